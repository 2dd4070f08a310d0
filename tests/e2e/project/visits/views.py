"""Pages that need every other container."""

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from .models import Tick, Visit
from .tasks import answer


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Whether requests can be answered: what they need answers, too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.get("health")
    return HttpResponse(status=204)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """A page with a style, and with a form's token."""
    return render(request, "home.html")


def visits(request: HttpRequest) -> JsonResponse:
    """All visits; a new one is stored, remembered, and handed to a task."""
    if request.method == "POST":
        visit = Visit.objects.create(note=request.POST["note"])
        cache.set(f"visit-{visit.pk}", visit.note)
        answer.delay(visit.pk)
        return JsonResponse({"visit": visit.pk}, status=201)
    return JsonResponse({"visits": list(Visit.objects.order_by("pk").values_list("pk", flat=True))})


@require_GET
def visit(request: HttpRequest, number: int) -> JsonResponse:
    """One visit, as the database, the cache and the task know it."""
    found = get_object_or_404(Visit, pk=number)
    cached = cache.get(f"visit-{number}")
    return JsonResponse({"row": found.note, "cached": cached, "answer": found.answer})


@require_POST
def files(request: HttpRequest) -> JsonResponse:
    """Keep a file, and say where it is served."""
    name = default_storage.save("file.txt", request.FILES["file"])
    return JsonResponse({"url": default_storage.url(name)}, status=201)


@require_GET
def ticks(request: HttpRequest) -> JsonResponse:
    """Every run of the scheduled task."""
    return JsonResponse({"ticks": list(Tick.objects.order_by("pk").values("task", "worker"))})
