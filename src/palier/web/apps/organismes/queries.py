"""Read who acts for whom."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import F, Q

from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.organismes.models import CleApi, Fonction, Organisme, Parametre
from palier.web.apps.organismes.rules.parametres import Reglage, reglages

EXPLOITANT = "exploitant"


@dataclass(frozen=True)
class FonctionActive:
    """The role in which a person acts now."""

    role: str
    organisme_id: uuid.UUID | None
    organisme_nom: str
    siren: str


def alive(au: dt.date) -> Q:
    """Return the condition of a function that has not ended on a day."""
    return Q(au__isnull=True) | Q(au__gte=au)


def active_functions(utilisateur: Utilisateur, au: dt.date) -> list[FonctionActive]:
    """Return the roles that an account holds on a day; the operator's own comes first."""
    held = (
        Fonction.objects.filter(utilisateur=utilisateur, du__lte=au, organisme__actif=True)
        .filter(alive(au))
        .select_related("organisme")
        .order_by("organisme__nom", "role")
    )
    found = [FonctionActive(f.role, f.organisme.pk, f.organisme.nom, f.organisme.siren) for f in held]
    if utilisateur.exploitant:
        found.insert(0, FonctionActive(EXPLOITANT, None, "", ""))
    return found


def by_siren(siren: str) -> Organisme | None:
    """Return an active organisme by its SIREN."""
    return Organisme.objects.filter(siren=siren, actif=True).first()


def find_key(empreinte: str, au: dt.date) -> CleApi | None:
    """Return the live key that has this hash."""
    return (
        CleApi.objects.filter(
            empreinte=empreinte, revoquee_le__isnull=True, expire_le__gte=au, organisme__actif=True
        )
        .select_related("organisme")
        .first()
    )


def parameters(au: dt.date) -> dict[str, int]:
    """Return the value of each parameter of the site on a day: the last one given, else the default."""
    given = dict(
        Parametre.objects.filter(du__lte=au, cle__in=reglages())
        .order_by("cle", "-du")
        .distinct("cle")
        .values_list("cle", "valeur")
    )
    return {key: given.get(key, row.defaut) for key, row in reglages().items()}


@dataclass(frozen=True)
class ReglageEnVigueur:
    """A parameter, its value on a day, and the values given to it, newest first."""

    reglage: Reglage
    valeur: int
    historique: list[Parametre]


def parameters_with_history(au: dt.date) -> list[ReglageEnVigueur]:
    """Return all parameters as the operator's page shows them."""
    values = parameters(au)
    given: dict[str, list[Parametre]] = {}
    for row in Parametre.objects.order_by("-du"):
        given.setdefault(row.cle, []).append(row)
    return [ReglageEnVigueur(r, values[key], given.get(key, [])) for key, r in reglages().items()]


@dataclass(frozen=True)
class Membre:
    """An account as the people who answer for it see it."""

    utilisateur: Utilisateur
    fonctions: list[Fonction]
    facteur: bool


def members(
    organisme_id: uuid.UUID | None, au: dt.date, apres: uuid.UUID | None = None, nombre: int = 50
) -> list[Membre]:
    """Return the accounts of an organisme (None: of all), by page of key: the account seen last."""
    accounts = Utilisateur.objects.order_by("courriel", "pk")
    if organisme_id is not None:
        accounts = accounts.filter(
            pk__in=Fonction.objects.filter(organisme_id=organisme_id).values("utilisateur_id")
        )
    last = Utilisateur.objects.filter(pk=apres).first() if apres else None
    if last is not None:
        accounts = accounts.filter(Q(courriel__gt=last.courriel) | Q(courriel=last.courriel, pk__gt=last.pk))
    return _members(list(accounts[:nombre]), organisme_id, au)


def _members(accounts: list[Utilisateur], organisme_id: uuid.UUID | None, au: dt.date) -> list[Membre]:
    """Return accounts with their live functions and whether they have a second factor: two queries."""
    held = Fonction.objects.filter(utilisateur__in=accounts).filter(alive(au)).select_related("organisme")
    if organisme_id is not None:
        held = held.filter(organisme_id=organisme_id)
    functions: dict[uuid.UUID, list[Fonction]] = {account.pk: [] for account in accounts}
    for row in held.order_by("organisme__nom", "role"):
        functions[row.utilisateur_id].append(row)
    strong = set(
        Authenticator.objects.filter(user__in=accounts, type=Authenticator.Type.TOTP).values_list(
            "user_id", flat=True
        )
    )
    return [Membre(account, functions[account.pk], account.pk in strong) for account in accounts]


def member(utilisateur: Utilisateur, organisme_id: uuid.UUID | None, au: dt.date) -> Membre:
    """Return an account with the live functions that one may see of it."""
    return _members([utilisateur], organisme_id, au)[0]


def belongs(utilisateur: Utilisateur, organisme_id: uuid.UUID) -> bool:
    """Tell whether an account holds or held a function in an organisme."""
    return Fonction.objects.filter(utilisateur=utilisateur, organisme_id=organisme_id).exists()


def count_members(organisme_id: uuid.UUID | None, au: dt.date) -> tuple[int, int]:
    """Return how many open accounts there are, and how many refuse our mails."""
    accounts = Utilisateur.objects.filter(is_active=True)
    if organisme_id is not None:
        held = Fonction.objects.filter(alive(au), organisme_id=organisme_id)
        accounts = accounts.filter(pk__in=held.values("utilisateur_id"))
    return accounts.count(), accounts.filter(courriel_en_echec_le__isnull=False).count()


def all_organismes(apres: uuid.UUID | None = None, nombre: int = 50) -> list[Organisme]:
    """Return organismes by page of key: the one seen last."""
    found = Organisme.objects.order_by("nom", "pk")
    last = Organisme.objects.filter(pk=apres).first() if apres else None
    if last is not None:
        found = found.filter(Q(nom__gt=last.nom) | Q(nom=last.nom, pk__gt=last.pk))
    return list(found[:nombre])


def count_organismes() -> int:
    """Return how many organismes are open."""
    return Organisme.objects.filter(actif=True).count()


def open_organismes() -> list[Organisme]:
    """Return open organismes by name."""
    return list(Organisme.objects.filter(actif=True).order_by("nom"))


def live_keys(organisme_id: uuid.UUID, au: dt.date) -> Q:
    """Return the condition of a key that works on a day."""
    return Q(organisme_id=organisme_id, revoquee_le__isnull=True, expire_le__gte=au)


def count_keys(organisme_id: uuid.UUID, au: dt.date) -> tuple[int, int]:
    """Return how many keys work on a day, and how many of them stop within 30 days."""
    live = CleApi.objects.filter(live_keys(organisme_id, au))
    return live.count(), live.filter(expire_le__lt=au + dt.timedelta(days=30)).count()


def keys_of(organisme_id: uuid.UUID) -> list[CleApi]:
    """Return the keys of an organisme, live ones first."""
    return list(
        CleApi.objects.filter(organisme_id=organisme_id).order_by(
            F("revoquee_le").desc(nulls_first=True), "-creee_le"
        )
    )


def names_of(identifiants: Iterable[str]) -> dict[str, str]:
    """Return the name of each account id of the journal that is still known."""
    numbers = []
    for text in set(identifiants):
        try:
            numbers.append(uuid.UUID(text))
        except ValueError:
            continue
    return {str(pk): nom for pk, nom in Utilisateur.objects.filter(pk__in=numbers).values_list("pk", "nom")}
