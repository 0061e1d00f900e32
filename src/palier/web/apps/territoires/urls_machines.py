"""Addresses read by programs: outlines."""

from __future__ import annotations

from django.urls import path

from palier.web.apps.territoires import views

app_name = "territoires"
urlpatterns = [path("carte/contours/<slug:nom>.geojson", views.contours, name="contours")]
