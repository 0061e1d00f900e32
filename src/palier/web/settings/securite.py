"""Settings of security: transport, cookies, content policy, limits."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF

from palier.web.reglages.environnement import Environnement

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def settings(env: Environnement) -> dict[str, Any]:
    """Return the Django settings of security for this environment."""
    safe = env.adresse.startswith("https://")
    issuer = [oidc.serveur for oidc in (env.oidc, env.oidc_usagers) if oidc]
    tiles = [env.fond.origine] if env.fond and env.fond.adresse else []
    return {
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": [NONE],
                "script-src": [SELF],
                "style-src": [SELF],
                "font-src": [SELF],
                "connect-src": [SELF, *tiles],
                "manifest-src": [SELF],
                "img-src": [SELF, "data:", "blob:"],
                "worker-src": [SELF, "blob:"],
                "frame-ancestors": [NONE],
                "form-action": [SELF, *issuer],
                "base-uri": [NONE],
                "object-src": [NONE],
            }
        },
        "SECURE_SSL_REDIRECT": safe,
        "SECURE_REDIRECT_EXEMPT": [r"^sante$"],
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if safe else None,
        "SECURE_HSTS_SECONDS": 365 * _DAY if safe else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": safe,
        "SECURE_HSTS_PRELOAD": safe,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "SESSION_COOKIE_SECURE": safe,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "palier_session",
        "SESSION_COOKIE_AGE": 30 * _MINUTE,
        "SESSION_SAVE_EVERY_REQUEST": True,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "CSRF_COOKIE_SECURE": safe,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": "palier_csrf",
        "CSRF_FAILURE_VIEW": "palier.web.erreurs.csrf",
        "CSRF_TRUSTED_ORIGINS": [env.adresse] if env.adresse else [],
        "LIMITES_DE_DEBIT": env.limites,
        # (calls, seconds) by kind of door; figures of plateforme.md 5.5 and 1.6
        "DEBITS": {
            "api": (60, _MINUTE),
            "lieux": (300, _MINUTE),  # asked at each letter by the search of places
            "alerte": (3, _HOUR),
            "entree": (20, _HOUR),
            "essai": (60, _HOUR),  # codes typed
            "export": (20, _MINUTE),
            "fond": (1_200, _MINUTE),  # a dozen tiles at each move of the map
            "simulation": (30, _MINUTE),
            "pdf": (10, _MINUTE),
            "depot": (30, _MINUTE),
            "photo": (60, _MINUTE),  # an offer has up to twelve
        },
    }
