"""Django settings, all drawn from the environment (see ``environnement``)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from palier.web.postgres.embarque import addresses
from palier.web.reglages.environnement import read_environnement
from palier.web.reglages.lecture import Adresse
from palier.web.settings import authentification, courriel, journaux, securite

ENVIRONNEMENT = read_environnement(os.environ)
_WEB = Path(__file__).resolve().parent.parent

# --- Identity of the site ---------------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = ENVIRONNEMENT.secret
SECRET_KEY_FALLBACKS = list(ENVIRONNEMENT.secrets_anciens)
ALLOWED_HOSTS = list(ENVIRONNEMENT.hotes)
WEBHOOKS_HOTES = ENVIRONNEMENT.webhooks
CLE_SENSIBLE = ENVIRONNEMENT.cle_sensible
CLES_SENSIBLES_ANCIENNES = list(ENVIRONNEMENT.cles_sensibles_anciennes)
ADRESSE_PUBLIQUE = ENVIRONNEMENT.adresse
ROOT_URLCONF = "palier.web.urls"
WSGI_APPLICATION = "palier.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "comptes.Utilisateur"

# --- Parts ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "csp",
    "procrastinate.contrib.django",
    "palier.web.components",
    "palier.web.apps.journal",
    "palier.web.apps.comptes",
    "palier.web.apps.organismes",
    "palier.web.apps.territoires",
    "palier.web.apps.parc",
    "palier.web.apps.demandes",
    "palier.web.apps.offres",
    "palier.web.apps.cotation",
    "palier.web.apps.attributions",
    "palier.web.apps.public",
    "palier.web.apps.espace",
]
MIDDLEWARE = [
    "palier.web.middleware.adresse.AdresseMiddleware",
    "palier.web.middleware.requete.RequeteMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "palier.web.middleware.contenu.ContenuMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "palier.web.middleware.entrees.EntreesMiddleware",
    "palier.web.middleware.paresse.SessionParesseuseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "palier.web.middleware.langue.LangueMiddleware",
    "palier.web.middleware.duree.DureeMiddleware",
    "palier.web.middleware.second_facteur.SecondFacteurMiddleware",
    "palier.web.middleware.fonction.FonctionMiddleware",
    "palier.web.middleware.erreurs.ErreursMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_WEB / "apps" / "comptes" / "templates"],  # before those of allauth
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "palier.web.contexte.site",
                "palier.web.apps.organismes.contexte.agents",
            ],
        },
    }
]

# --- Database: the web role, and the owner for migrations -------------------------------------------------


def _database(adresse: Adresse) -> dict[str, Any]:
    """Return a connection of Django from an address."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": adresse.chemin,
        "USER": adresse.utilisateur,
        "PASSWORD": adresse.motdepasse,
        "HOST": adresse.hote,
        "PORT": adresse.port or "",
        # Statements are prepared where the code asks for it (postgres/lecture.py), never by counting.
        "OPTIONS": {"prepare_threshold": 1_000_000, **adresse.options},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


if ENVIRONNEMENT.base is None or ENVIRONNEMENT.base_admin is None:
    _site, _admin = addresses(ENVIRONNEMENT.donnees)
else:
    _site, _admin = ENVIRONNEMENT.base, ENVIRONNEMENT.base_admin
DATABASES = {"default": _database(_site), "admin": _database(_admin)}
DATABASES["default"]["TEST"] = {"MIRROR": "admin"}  # tests too connect as the web role
DATABASE_ROUTERS = ["palier.web.postgres.roles.Routeur"]

# --- Languages --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English"), ("ar", "العربية"), ("pt", "Português")]
LOCALE_PATHS = [_WEB / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# --- Files ------------------------------------------------------------------------------------------------
DONNEES = ENVIRONNEMENT.donnees
STATIC_URL = "/static/"
STATICFILES_DIRS = [_WEB / "static"]
STATIC_ROOT = DONNEES / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DONNEES / "depots"},
    },
    # The front-end build hashes its names already; a second hash would lose its modules that load others.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not ENVIRONNEMENT.production
WHITENOISE_IMMUTABLE_FILE_TEST = r"/dist/assets/.+-[\w-]{8}\.\w+$"
FORMAT_MODULE_PATH: list[str] = []
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300

# --- The rest by subject ----------------------------------------------------------------------------------
_SECURITE = securite.settings(ENVIRONNEMENT)
LIMITES_DE_DEBIT: bool = _SECURITE["LIMITES_DE_DEBIT"]
DEBITS: dict[str, tuple[int, int]] = _SECURITE["DEBITS"]
globals().update(_SECURITE)
globals().update(authentification.settings(ENVIRONNEMENT))
_COURRIEL = courriel.settings(ENVIRONNEMENT)
BOITE_LOCALE: Path | None = _COURRIEL["BOITE_LOCALE"]
globals().update(_COURRIEL)
globals().update(journaux.settings(ENVIRONNEMENT))
CACHES = {
    # Counters of login attempts are shared by all web processes.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Rates of public doors and figures kept some seconds: per process, no write per call.
    "memoire": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "memoire"},
}
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # unique whatever the case, by a constraint on lower(courriel)
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
