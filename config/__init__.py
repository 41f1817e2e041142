"""Settings, addresses and processes: what ties the apps into one site."""

from __future__ import annotations

from config.celery import app as celery_app

__all__ = ["celery_app"]
