"""Settings of technical logs: one structured line per event, no query string, no personal data."""

from __future__ import annotations

from typing import Any

from palier.web.reglages.environnement import Environnement


def settings(env: Environnement) -> dict[str, Any]:
    """Return the Django settings of logs for this environment."""
    return {
        "LOGGING_CONFIG": "logging.config.dictConfig",
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {"()": "palier.web.middleware.traces.JsonFormatter"},
                "texte": {"()": "palier.web.middleware.traces.TexteFormatter"},
            },
            "handlers": {
                "console": {"class": "logging.StreamHandler", "formatter": env.journaux},
            },
            "root": {"handlers": ["console"], "level": "INFO"},
            "loggers": {
                "django": {"level": "WARNING"},
                "django.request": {"level": "ERROR"},  # our own line tells each request
                "django.server": {"level": "WARNING", "propagate": True, "handlers": []},
                "procrastinate": {"level": "WARNING"},
                "palier": {"level": "INFO"},
                "weasyprint": {"level": "ERROR"},
                "fontTools": {"level": "ERROR"},
            },
        },
    }
