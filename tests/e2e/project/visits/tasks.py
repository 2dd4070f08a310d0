"""What Celery does."""

from celery import Task, shared_task

from .models import Tick, Visit


@shared_task
def answer(number: int) -> None:
    """Answer a visitor's note."""
    visit = Visit.objects.get(pk=number)
    visit.answer = visit.note.upper()
    visit.save()


@shared_task(bind=True)
def tick(self: Task) -> None:
    """Record that the clock struck, and who heard it."""
    Tick.objects.create(task=self.request.id, worker=self.request.hostname)
