"""Write organismes, functions and keys; each act leaves a line of journal."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.db import IntegrityError, transaction

from palier.base.errors import Problem, RefusalError, UsageError
from palier.web.apps.comptes import operations as comptes
from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.journal.operations import inscrire
from palier.web.apps.organismes import queries
from palier.web.apps.organismes.models import CleApi, Fonction, Genre, Organisme, Parametre
from palier.web.apps.organismes.rules import parametres, roles

_PREFIXE = "pal_"
PORTEES = (
    "offres:ecrire", "offres:lire", "attributions:lire", "attributions:ecrire", "attributions:administrer",
)  # fmt: skip


def _luhn(siren: str) -> bool:
    """Tell whether nine digits satisfy the check of SIREN (Luhn)."""
    digits = [int(c) * (1 + i % 2) for i, c in enumerate(siren)]
    return sum(d // 10 + d % 10 for d in digits) % 10 == 0


@transaction.atomic
def creer_organisme(*, acteur: Any, siren: str, nom: str, genre: str, **champs: str) -> Organisme:
    """Open an organisme.

    Raises
    ------
    UsageError
        ORG-001 SIREN, ORG-002 already there, ORG-003 kind.
    """
    problems = []
    if not (siren.isascii() and siren.isdigit() and len(siren) == 9 and _luhn(siren)):
        problems.append(
            Problem("ORG-001", "SIREN", "Ce numéro n'est pas un SIREN.", "Vérifiez les neuf chiffres.")
        )
    elif Organisme.objects.filter(siren=siren).exists():
        problems.append(
            Problem("ORG-002", "SIREN", "Cet organisme est déjà ouvert.", "Modifiez celui qui existe.")
        )
    if genre not in Genre.values:
        problems.append(
            Problem(
                "ORG-003", "genre", "Ce genre n'existe pas.", f"Choisissez parmi : {', '.join(Genre.values)}."
            )
        )
    if not nom.strip():
        problems.append(Problem("ORG-004", "nom", "Le nom manque.", "Donnez le nom de l'organisme."))
    if problems:
        raise UsageError(problems)
    found = Organisme.objects.create(siren=siren, nom=nom.strip(), genre=genre, **champs)
    inscrire(
        acteur=acteur, verbe="organisme.creer", objet_type="organisme", objet_id=found.pk, organisme=found.pk
    )
    return found


@transaction.atomic
def donner_fonction(
    *,
    acteur: Any,
    utilisateur: Utilisateur,
    organisme: Organisme,
    role: str,
    du: dt.date,
    au: dt.date | None = None,
) -> Fonction:
    """Give an account a role in an organisme.

    Raises
    ------
    UsageError
        ORG-007: this kind of organisme does not give that role.
    RefusalError
        ORG-005: held already, or dates that contradict each other.
    """
    if role not in roles.roles_of(organisme.genre):
        raise UsageError(
            Problem(
                "ORG-007",
                "rôle",
                "Cet organisme ne donne pas ce rôle.",
                f"Choisissez parmi : {', '.join(roles.roles_of(organisme.genre))}.",
            )
        )
    try:
        with transaction.atomic():
            found = Fonction.objects.create(
                utilisateur=utilisateur, organisme=organisme, role=role, du=du, au=au
            )
    except IntegrityError as error:
        raise RefusalError(
            Problem(
                "ORG-005",
                "fonction",
                "Cette fonction existe déjà ou n'est pas valable.",
                "Vérifiez rôle et dates.",
            )
        ) from error
    inscrire(
        acteur=acteur,
        verbe="fonction.donner",
        objet_type="utilisateur",
        objet_id=utilisateur.pk,
        organisme=organisme.pk,
        champs=[role],
    )
    return found


@transaction.atomic
def inviter_membre(
    *, acteur: Any, organisme: Organisme, courriel: str, nom: str, role: str, aujourdhui: dt.date
) -> Utilisateur:
    """Give a role to the account of an address, opened and invited if it does not exist yet.

    The answer does not tell which of the two it was.

    Raises
    ------
    UsageError, RefusalError
        CPT-001, CPT-003, ORG-005, ORG-007.
    """
    found = Utilisateur.objects.filter(courriel__iexact=courriel.strip()).first()
    if found is None:
        found = comptes.creer_compte(acteur=acteur, courriel=courriel, nom=nom, organisme=organisme.pk)
    donner_fonction(acteur=acteur, utilisateur=found, organisme=organisme, role=role, du=aujourdhui)
    if not found.has_usable_password():
        comptes.inviter(acteur=acteur, utilisateur=found, organisme=organisme.pk)
    return found


@transaction.atomic
def inviter_exploitant(*, acteur: Any, courriel: str, nom: str) -> Utilisateur:
    """Open and invite another account of operator.

    Raises
    ------
    UsageError
        CPT-001, CPT-002.
    """
    found = comptes.creer_compte(acteur=acteur, courriel=courriel, nom=nom, exploitant=True)
    comptes.inviter(acteur=acteur, utilisateur=found)
    return found


@transaction.atomic
def finir_fonction(*, acteur: Any, fonction: Fonction, aujourdhui: dt.date) -> None:
    """End a role at once: it no longer opens anything from this minute on.

    Raises
    ------
    RefusalError
        ORG-008: the last person who answers for the users of an organisme cannot end her own role.
    """
    others = (
        Fonction.objects.select_for_update()
        .filter(organisme=fonction.organisme, role__in=roles.RESPONSABLES, du__lte=aujourdhui)
        .filter(queries.alive(aujourdhui))
        .exclude(pk=fonction.pk)
    )
    own = str(getattr(acteur, "pk", "")) == str(fonction.utilisateur_id)
    if own and fonction.role in roles.RESPONSABLES and not others.exists():
        raise RefusalError(
            Problem(
                "ORG-008",
                "fonction",
                "Vous êtes la dernière personne qui répond des comptes de cet organisme.",
                "Donnez d'abord ce rôle à quelqu'un d'autre.",
            )
        )
    person, organisme_id, role = fonction.utilisateur_id, fonction.organisme_id, fonction.role
    if fonction.du >= aujourdhui:
        fonction.delete()
    else:
        fonction.au = aujourdhui - dt.timedelta(days=1)
        fonction.save(update_fields=["au"])
    inscrire(
        acteur=acteur,
        verbe="fonction.finir",
        objet_type="utilisateur",
        objet_id=person,
        organisme=organisme_id,
        champs=[role],
    )


@transaction.atomic
def modifier_organisme(*, acteur: Any, organisme: Organisme, **champs: Any) -> Organisme:
    """Change name, contacts or opening of an organisme; SIREN and kind stay.

    Raises
    ------
    UsageError
        ORG-004: no name.
    """
    if not str(champs.get("nom", organisme.nom)).strip():
        raise UsageError(Problem("ORG-004", "nom", "Le nom manque.", "Donnez le nom de l'organisme."))
    allowed = ("nom", "courriel", "telephone", "adresse", "actif")
    changed = [name for name in allowed if name in champs and champs[name] != getattr(organisme, name)]
    for name in changed:
        setattr(organisme, name, champs[name])
    if changed:
        organisme.save(update_fields=changed)
        inscrire(
            acteur=acteur,
            verbe="organisme.modifier",
            objet_type="organisme",
            objet_id=organisme.pk,
            organisme=organisme.pk,
            champs=changed,
        )
    return organisme


@transaction.atomic
def poser_parametre(*, acteur: Any, cle: str, valeur: int, du: dt.date, aujourdhui: dt.date) -> Parametre:
    """Give a parameter a value from a day on.

    Raises
    ------
    UsageError
        ORG-010 to ORG-013, all at once.
    """
    problems = parametres.check(cle, valeur, du, aujourdhui, queries.parameters(du))
    if problems:
        raise UsageError(problems)
    found, _ = Parametre.objects.update_or_create(cle=cle, du=du, defaults={"valeur": valeur})
    inscrire(acteur=acteur, verbe="parametre.poser", objet_type="parametre", objet_id=cle, champs=["valeur"])
    return found


def hash_key(secret: str) -> str:
    """Return what is kept of a key: it is long and random, so a plain SHA-256 suffices."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def creer_cle(
    *,
    acteur: Any,
    organisme: Organisme,
    libelle: str,
    portees: list[str],
    expire_le: dt.date,
    aujourdhui: dt.date | None = None,
) -> tuple[CleApi, str]:
    """Make a key for a program; its secret is returned once and never kept.

    Raises
    ------
    UsageError
        ORG-006 scopes, ORG-009 end of life (checked when ``aujourdhui`` is given).
    """
    if aujourdhui is not None:
        longest = queries.parameters(aujourdhui)["cles.duree_max_jours"]
        if not aujourdhui < expire_le <= aujourdhui + dt.timedelta(days=longest):
            raise UsageError(
                Problem(
                    "ORG-009",
                    "fin de validité",
                    "La fin de validité est passée ou trop lointaine.",
                    f"Choisissez un jour dans les {longest} jours qui viennent.",
                )
            )
    wrong = [name for name in portees if name not in PORTEES]
    if wrong or not portees:
        raise UsageError(
            Problem(
                "ORG-006",
                "portées",
                "Une portée est inconnue, ou aucune n'est donnée.",
                f"Choisissez parmi : {', '.join(PORTEES)}.",
            )
        )
    prefix = _PREFIXE + secrets.token_hex(4)
    secret = f"{prefix}_{secrets.token_urlsafe(32)}"
    key = CleApi.objects.create(
        organisme=organisme,
        libelle=libelle[:60],
        prefixe=prefix,
        empreinte=hash_key(secret),
        portees=portees,
        expire_le=expire_le,
    )
    inscrire(acteur=acteur, verbe="cle.creer", objet_type="cle_api", objet_id=key.pk, organisme=organisme.pk)
    return key, secret


@transaction.atomic
def revoquer_cle(*, acteur: Any, cle: CleApi, maintenant: dt.datetime) -> None:
    """Close a key at once."""
    cle.revoquee_le = maintenant
    cle.save(update_fields=["revoquee_le"])
    inscrire(
        acteur=acteur, verbe="cle.revoquer", objet_type="cle_api", objet_id=cle.pk, organisme=cle.organisme_id
    )
