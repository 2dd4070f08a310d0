"""The pages."""

from django.urls import path
from visits import views

urlpatterns = [
    path("", views.home),
    path("health", views.health),
    path("visits", views.visits),
    path("visits/<int:number>", views.visit),
    path("files", views.files),
    path("ticks", views.ticks),
]
