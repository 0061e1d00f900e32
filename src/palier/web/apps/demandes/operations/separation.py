"""A couple that parts: one request becomes two, each with the filing date that they had together."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from palier.base.errors import Problem, RefusalError
from palier.tables import colonne
from palier.web.apps.demandes.models import (
    VIVANTES,
    Argent,
    Demande,
    NatureRapprochement,
    Personne,
    Rapprochement,
)
from palier.web.apps.demandes.operations.gardes import held_back
from palier.web.apps.journal.operations import inscrire
from palier.web.identifiants import uuid7
from palier.web.postgres.perimetre import perimetre

_NUMERO = re.compile(r"\d{3}(0[1-9]|1[0-2])\d{2}\d{6}[0-9A-Z]{5}")
DEPARTS = ("separe", "divorce", "celibataire")
#: What the second request shares with the first: place, wishes, home left, dates; nothing of the person.
_PARTAGEES = (
    "territoire", "organismes", "date_depot_initial", "horodatage_depot", "date_renouvellement", "expire_le",
    "statut", "logement_mode", "logement_depuis", "logement_type", "logement_surface_m2", "logement_commune",
    "logement_non_decent", "bailleur_siren", "typologies", "localisations", "accepte_autre_commune",
    "vit_sur_territoire", "zone",
)  # fmt: skip
#: What was that of the couple, and must be said anew by the one who stays.
_A_REDIRE = ("rfr_n1_eur", "rfr_n2_eur", "ressources_mensuelles_cent")


@dataclass(frozen=True, slots=True)
class Menage:
    """A household after the parting: persons to house, minors among them, family situation."""

    nb_personnes: int
    nb_mineurs: int
    situation: str


def separer(
    *,
    acteur: Any,
    demande: Demande,
    numero: str,
    nom: str,
    prenom: str,
    naissance: dt.date,
    reste: Menage,
    part: Menage,
    rangs: frozenset[int] = frozenset(),
    preuve: str,
    le: dt.date,
    maintenant: dt.datetime,
    organisme: object = "",
) -> Demande:
    """Make a second request of a couple's one, for the person who leaves; both keep the filing date.

    Amounts and what a paper had proven of the couple are said anew by each; class 4 and past events stay
    with the first: they are not carried to another person's file. Call inside a perimeter that sees the
    request.

    Parameters
    ----------
    numero : str
        The unique number that the register has given to the second request.
    nom, prenom, naissance : str, date
        Who leaves.
    reste, part : Menage
        Household of each.
    rangs : frozenset of int
        Ranks of the persons who leave, where the request lists its persons.
    preuve : str
        Reference of the writing: joint declaration, judgement, protection order.

    Raises
    ------
    RefusalError
        DEM-012, DEM-051, DEM-052, DEM-054 to DEM-058, all at once.
    """
    locked: Demande = Demande.objects.select_for_update().get(pk=demande.pk)
    problems = [*_refused(locked, numero, preuve, naissance, le), *_households(locked, reste, part)]
    if problems:
        raise RefusalError(problems)
    made = _second(locked, numero, nom, prenom, naissance, part, maintenant)
    _first(locked, reste, maintenant)
    Personne.objects.filter(demande=locked, personne_rang__in=rangs).update(demande=made)
    Rapprochement.objects.create(
        nature=NatureRapprochement.SEPARATION.value, gardee=locked, autre=made,
        par=str(getattr(acteur, "pk", None) or acteur), le=maintenant,
    )  # fmt: skip
    for verb, row in (("demande.creer", made), ("demande.separer", locked)):
        inscrire(acteur=acteur, verbe=verb, objet_type="demande", objet_id=row.pk, organisme=organisme)
    return made


def _refused(demande: Demande, numero: str, preuve: str, naissance: dt.date, le: dt.date) -> list[Problem]:
    found = []
    if demande.statut not in VIVANTES:
        words = "Cette demande ne vit plus."
        found.append(Problem("DEM-051", "demande", words, "Seule une demande vivante se sépare."))
    if demande.en_couple is False or (demande.nb_personnes is not None and demande.nb_personnes < 2):
        words = "Cette demande n'est pas celle d'un couple."
        found.append(Problem("DEM-056", "demande", words, "Corrigez d'abord le ménage, s'il est faux."))
    if not _NUMERO.fullmatch(numero):
        words = "Le numéro de la seconde demande n'a pas la forme d'un numéro unique."
        found.append(Problem("DEM-054", "numero", words, "Recopiez les 18 signes donnés par le guichet."))
    if not naissance < le:
        words = "La date de naissance n'est pas passée."
        found.append(Problem("DEM-058", "naissance", words, "Corrigez la date."))
    if not preuve.strip():
        words = "La séparation n'est prouvée par aucun écrit."
        found.append(Problem("DEM-012", "preuve", words, "Citez la déclaration ou le jugement."))
    with perimetre(territoire=demande.territoire):
        found += held_back(demande)
    return found


def _households(demande: Demande, reste: Menage, part: Menage) -> list[Problem]:
    found = []
    for where, home in (("reste", reste), ("part", part)):
        if not 1 <= home.nb_personnes <= 20 or not 0 <= home.nb_mineurs < home.nb_personnes:
            words = "Un ménage a au moins une personne majeure, et vingt personnes au plus."
            found.append(Problem("DEM-057", where, words, "Recomptez les personnes à loger."))
        if home.situation not in DEPARTS:
            words = "Cette situation n'est pas celle d'une personne qui se sépare."
            found.append(Problem("DEM-057", where, words, "Choisissez-la dans la liste."))
    return found


def _second(
    demande: Demande, numero: str, nom: str, prenom: str, naissance: dt.date, part: Menage,
    maintenant: dt.datetime,
) -> Demande:  # fmt: skip
    made = Demande(
        **{name: getattr(demande, name) for name in _PARTAGEES},
        id=uuid7(),
        numero_unique=numero,
        nom=nom.strip() or None,
        prenom=prenom.strip() or None,
        naissance=naissance,
        situation_familiale=part.situation,
        en_couple=False,
        nb_personnes=part.nb_personnes,
        nb_mineurs=part.nb_mineurs,
        modifiee_le=maintenant,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if "numero_unique" not in str(error):
            raise
        words = "Ce numéro unique est déjà celui d'une demande."
        raise RefusalError(
            Problem("DEM-055", "numero", words, "Vérifiez le numéro de la seconde demande.")
        ) from error
    Argent.objects.create(demande=made)
    return made


def _first(demande: Demande, reste: Menage, maintenant: dt.datetime) -> None:
    demande.en_couple, demande.conjoint_naissance = False, None
    demande.situation_familiale = reste.situation
    demande.nb_personnes, demande.nb_mineurs = reste.nb_personnes, reste.nb_mineurs
    demande.nb_a_charge = demande.nb_moins_14 = None
    demande.modifiee_le = maintenant
    for mask in ("verifie_piece", "verifie_social", "verifie_etat"):
        held = getattr(demande, mask)
        for fact in ("composition", "ressources", "revenu_fiscal"):
            held = None if held is None else held & ~colonne("verifie_piece").bit(fact)
        setattr(demande, mask, held)
    demande.save()
    Argent.objects.filter(pk=demande.pk).update(**dict.fromkeys(_A_REDIRE))
