"""What PostgreSQL keeps."""

from django.db import models


class Visit(models.Model):
    """A note, and what a task made of it."""

    note = models.CharField(max_length=100)
    answer = models.CharField(max_length=100, default="")


class Tick(models.Model):
    """One run of the scheduled task."""

    task = models.UUIDField()
    worker = models.CharField(max_length=100)
