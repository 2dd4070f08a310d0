"""Migrate, one container at a time."""

from typing import Any

from django.core.management import BaseCommand, call_command
from django.db import connection


class Command(BaseCommand):
    """`migrate`, for containers that start at the same time."""

    help = __doc__

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Wait for a lock, which ends with the connection."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(1)")
        call_command("migrate", interactive=False)
