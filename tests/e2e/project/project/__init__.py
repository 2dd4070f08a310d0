"""A Django project as small as one that uses everything can be."""

from .celery import app

__all__ = ["app"]
