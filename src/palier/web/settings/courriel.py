"""Settings of mail: an SMTP server, or a local outbox that a page shows."""

from __future__ import annotations

from typing import Any

from palier.web.reglages.environnement import Environnement


def settings(env: Environnement) -> dict[str, Any]:
    """Return the Django settings of mail for this environment."""
    shared = {
        "DEFAULT_FROM_EMAIL": env.expediteur,
        "SERVER_EMAIL": env.expediteur,
        "EMAIL_SUBJECT_PREFIX": "",
        "EMAIL_TIMEOUT": 20,
        "BOITE_LOCALE": None,
    }
    if env.courriel is None:
        return shared | {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(env.donnees / "courriels"),
            "BOITE_LOCALE": env.donnees / "courriels",
        }
    return shared | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": env.courriel.hote,
        "EMAIL_PORT": env.courriel.port or (465 if env.courriel.schema == "smtps" else 587),
        "EMAIL_HOST_USER": env.courriel.utilisateur,
        "EMAIL_HOST_PASSWORD": env.courriel.motdepasse,
        "EMAIL_USE_SSL": env.courriel.schema == "smtps",
        "EMAIL_USE_TLS": env.courriel.schema == "smtp" and "clair" not in env.courriel.options,
    }
