"""Settings by environment, checked at start: all that is wrong is said at once.

Each setting is described, in French, in ``reglages.yaml`` beside this module.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from palier.base.errors import UsageError
from palier.web.reglages.contraste import check_accent
from palier.web.reglages.fond import Fond, read_fond
from palier.web.reglages.lecture import Adresse, Lecteur, split_adresse

MODES = ("production", "demonstration", "essai")
_SECRET_DEMO = "secret-de-demonstration-jamais-en-production-0123456789"  # noqa: S105 - refused in production
#: What is asked of the provider of applicants: what ties a request, and nothing else.
PORTEES_USAGERS = ("openid", "given_name", "family_name", "birthdate", "birthplace")
_COURRIEL = r"[^@\s]{1,64}@[^@\s]{1,190}"


@dataclass(frozen=True)
class Oidc:
    """Login through an OpenID Connect provider."""

    serveur: str
    client: str
    secret: str
    nom: str
    portees: tuple[str, ...] = ()


@dataclass(frozen=True)
class Environnement:
    """All settings of the site, valid."""

    mode: str
    secret: str
    secrets_anciens: tuple[str, ...]
    adresse: str
    hotes: tuple[str, ...]
    webhooks: tuple[str, ...]
    donnees: Path
    base: Adresse | None
    base_admin: Adresse | None
    courriel: Adresse | None
    expediteur: str
    operateur: str
    contact: str
    telephone: str
    adresse_postale: str
    accent: str
    oidc: Oidc | None
    oidc_usagers: Oidc | None
    fond: Fond | None
    limites: bool
    reprise_s: int
    journaux: str
    mandataires: int
    cle_sauvegarde: str
    cle_sensible: str
    cles_sensibles_anciennes: tuple[str, ...]

    @property
    def production(self) -> bool:
        """Tell whether real persons use the site."""
        return self.mode == "production"


def _webhook_hosts(lu: Lecteur) -> tuple[str, ...]:
    """Return the hosts that may be told what happens: exact names, no address, no port."""
    found = [nom.lower() for nom in lu.liste("PALIER_WEBHOOKS_HOTES")]
    for nom in found:
        if not re.fullmatch(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}", nom):
            lu.refuse(
                "PALIER_WEBHOOKS_HOTES",
                "Un nom d'hôte n'en est pas un.",
                "Écrivez des noms complets, sans adresse chiffrée, port ni chemin.",
            )
            return ()
    return tuple(found)


def read_environnement(env: Mapping[str, str]) -> Environnement:
    """Read and check all settings.

    Parameters
    ----------
    env : mapping of str to str
        The environment of the process.

    Raises
    ------
    UsageError
        SIT-001 missing, SIT-002 malformed, SIT-003 unsafe; all at once.
    """
    lu = Lecteur(env)
    mode = lu.choix("PALIER_MODE", "production", MODES)
    production = mode == "production"
    adresse = _public_address(lu, production)
    base = _database(lu, "DATABASE_URL")
    admin = _database(lu, "DATABASE_URL_ADMIN")
    _check_roles(lu, base, admin)
    found = Environnement(
        mode=mode,
        secret=_secret(lu, production),
        secrets_anciens=tuple(lu.liste("PALIER_SECRETS_ANCIENS")),
        adresse=adresse,
        hotes=tuple(lu.liste("PALIER_HOTES")) or _hosts(adresse, production),
        webhooks=_webhook_hosts(lu),
        donnees=Path(lu.texte("PALIER_DONNEES", "donnees")).absolute(),
        base=base,
        base_admin=admin,
        courriel=_mail(lu, production),
        expediteur=lu.motif("PALIER_EXPEDITEUR", "palier@localhost", _COURRIEL, "une adresse de courriel"),
        operateur=lu.texte("PALIER_OPERATEUR", "Palier", maximum=80),
        contact=lu.motif("PALIER_CONTACT", "", _COURRIEL, "une adresse de courriel"),
        telephone=lu.motif("PALIER_TELEPHONE", "", r"[0-9+ .]{2,20}", "un numéro de téléphone"),
        adresse_postale=lu.texte("PALIER_ADRESSE_POSTALE", maximum=200),
        accent=check_accent(lu, "PALIER_ACCENT"),
        oidc=_oidc(lu, "PALIER_OIDC", "Compte professionnel"),
        oidc_usagers=_oidc(lu, "PALIER_OIDC_USAGERS", "FranceConnect", PORTEES_USAGERS),
        fond=read_fond(lu, "PALIER_CARTE_PMTILES", "PALIER_CARTE_MENTION"),
        limites=lu.booleen("PALIER_LIMITES", True),
        reprise_s=lu.entier("PALIER_REPRISE", 60, 2, 3_600),
        journaux=lu.choix("PALIER_JOURNAUX", "json" if production else "texte", ("json", "texte")),
        mandataires=lu.entier("PALIER_MANDATAIRES", 1 if production else 0, 0, 5),
        cle_sauvegarde=lu.motif("PALIER_CLE_SAUVEGARDE", "", r"\S{43,200}", "43 caractères ou plus"),
        cle_sensible=_sensitive_key(lu, production),
        cles_sensibles_anciennes=tuple(lu.liste("PALIER_CLES_SENSIBLES_ANCIENNES")),
    )
    if production and not found.limites:
        lu.refuse(
            "PALIER_LIMITES",
            "Les limites de débit sont levées.",
            "Retirez ce réglage en production.",
            "SIT-003",
        )
    if lu.problems:
        raise UsageError(lu.problems)
    return found


def _secret(lu: Lecteur, production: bool) -> str:
    """Return the signing secret; a demonstration has one of its own."""
    value = lu.texte("PALIER_SECRET", "" if production else _SECRET_DEMO, requis=production)
    if production and value and (len(value) < 50 or len(set(value)) < 10 or value == _SECRET_DEMO):
        lu.refuse(
            "PALIER_SECRET",
            "Le secret est trop court, trop régulier ou celui de la démonstration.",
            "Donnez au moins 50 caractères tirés au hasard.",
            "SIT-003",
        )
    return value


def _sensitive_key(lu: Lecteur, production: bool) -> str:
    """Return the key of what is most personal; outside production the site makes one for itself."""
    value = lu.texte("PALIER_CLE_SENSIBLE", requis=production)
    if value and (not re.fullmatch(r"\S{43,200}", value) or len(set(value)) < 10):
        lu.refuse(
            "PALIER_CLE_SENSIBLE",
            "La clé est trop courte ou trop régulière.",
            "Donnez au moins 43 caractères tirés au hasard, sans espace, et gardez-la hors de la base.",
            "SIT-003",
        )
        return ""
    return value


def _public_address(lu: Lecteur, production: bool) -> str:
    """Return the public address without its last slash."""
    value = lu.texte("PALIER_ADRESSE", "" if production else "http://localhost:8000", requis=production)
    value = value.rstrip("/")
    if value and not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+", value):
        lu.refuse(
            "PALIER_ADRESSE", "Ce n'est pas une adresse de site.", "Écrivez https://nom-du-site, sans chemin."
        )
    elif production and value and not value.startswith("https://"):
        lu.refuse("PALIER_ADRESSE", "L'adresse n'est pas en https.", "Servez le site en https.", "SIT-003")
    return value


def _hosts(adresse: str, production: bool) -> tuple[str, ...]:
    """Return the host of the address, and this machine outside production."""
    host = re.sub(r"^https?://", "", adresse).rsplit(":", 1)[0] if adresse else ""
    local = () if production else ("localhost", "127.0.0.1", "[::1]", "testserver")
    return tuple(dict.fromkeys((*((host,) if host else ()), *local)))


def _database(lu: Lecteur, nom: str) -> Adresse | None:
    """Return a PostgreSQL address, None where absent."""
    value = lu.texte(nom, maximum=1_000)
    if not value:
        return None
    try:
        found = split_adresse(value)
    except ValueError:
        found = None
    if found is None or found.schema not in {"postgres", "postgresql"} or not found.chemin:
        lu.refuse(
            nom,
            "Ce n'est pas une adresse PostgreSQL complète.",
            "Écrivez postgresql://role:motdepasse@hote:port/base.",
        )
        return None
    return found


def _check_roles(lu: Lecteur, base: Adresse | None, admin: Adresse | None) -> None:
    """Demand both addresses or none, two roles, one database."""
    if (base is None) != (admin is None):
        nom = "DATABASE_URL" if base is None else "DATABASE_URL_ADMIN"
        if not any(problem.ou.endswith(nom) for problem in lu.problems):
            lu.refuse(
                nom,
                "Une seule des deux adresses de la base est donnée.",
                "Donnez DATABASE_URL (rôle du site) et DATABASE_URL_ADMIN (propriétaire), ou aucune.",
                "SIT-001",
            )
    elif base and admin and base.utilisateur == admin.utilisateur:
        lu.refuse(
            "DATABASE_URL",
            "Le site se connecterait avec le rôle propriétaire de la base.",
            "Donnez-lui un rôle à lui, sans droit de propriétaire (palier_app).",
            "SIT-003",
        )


def _mail(lu: Lecteur, production: bool) -> Adresse | None:
    """Return the mail server, None for the local outbox."""
    value = lu.texte("PALIER_COURRIEL", requis=production)
    if not value:
        return None
    try:
        found = split_adresse(value)
    except ValueError:
        found = None
    if found is None or found.schema not in {"smtp", "smtps"} or not found.hote:
        lu.refuse(
            "PALIER_COURRIEL",
            "Ce n'est pas une adresse de serveur de courriel.",
            "Écrivez smtp://utilisateur:motdepasse@hote:port (ou smtps://).",
        )
        return None
    return found


def _oidc(lu: Lecteur, prefixe: str, mots: str, portees: tuple[str, ...] = ()) -> Oidc | None:
    """Return an OIDC provider when all of it is given."""
    names = tuple(f"{prefixe}_{part}" for part in ("SERVEUR", "CLIENT", "SECRET"))
    values = [lu.texte(name) for name in names]
    if not any(values):
        return None
    for name, value in zip(names, values, strict=True):
        if not value:
            lu.refuse(name, "Ce réglage manque.", "Donnez les trois réglages OIDC, ou aucun.", "SIT-001")
    serveur, client, secret = values
    return Oidc(serveur, client, secret, lu.texte(f"{prefixe}_NOM", mots, maximum=60), portees)
