"""Write the public calendar and extracts of the commissions, landlord by landlord, under its perimeter."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from palier.engines.commission import seal
from palier.engines.commission.model.decision import FAVORABLES
from palier.web.apps.attributions.models import Decision, PointSeance, Pv, Reglement, Seance
from palier.web.apps.journal.operations import SYSTEME, inscrire
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.parc.models import Logement
from palier.web.apps.public.models import EtatSeance, SeancePubliee
from palier.web.apps.public.rules.extrait import PointLu, extract
from palier.web.postgres.perimetre import perimetre

_ETATS = {"annulee": EtatSeance.ANNULEE, "projet": EtatSeance.PREVUE, "convoquee": EtatSeance.PREVUE}


@dataclass(frozen=True, slots=True)
class SeancesEcrites:
    """How many sessions changed on the public calendar, how many extracts are new."""

    seances: int = 0
    extraits: int = 0


def publier_seances(*, maintenant: dt.datetime, origine: str = "tache") -> SeancesEcrites:
    """Bring the public sessions of all landlords up to date; an extract is written once.

    Parameters
    ----------
    maintenant : datetime
        Instant of the publication.
    origine : str
        Door, for the journal.
    """
    owners = Organisme.objects.filter(pk__in=Reglement.objects.values("bailleur_id")).order_by("siren")
    done = [_publish(owner, maintenant, origine) for owner in owners]
    return SeancesEcrites(sum(d.seances for d in done), sum(d.extraits for d in done))


def _publish(bailleur: Organisme, maintenant: dt.datetime, origine: str) -> SeancesEcrites:
    """Write what changed of one landlord, in one transaction."""
    with perimetre(organismes=[bailleur.pk]):
        Organisme.objects.select_for_update().get(pk=bailleur.pk)  # one chain, one writer at a time
        changed = _calendar(bailleur, maintenant)
        made = _extracts(bailleur, maintenant)
        if changed or made:
            inscrire(
                acteur=SYSTEME,
                verbe="commission.publier",
                objet_type="organisme",
                objet_id=bailleur.pk,
                organisme=bailleur.pk,
                origine=origine,
            )
    return SeancesEcrites(changed, made)


def _calendar(bailleur: Organisme, maintenant: dt.datetime) -> int:
    known = {row.pk: row for row in SeancePubliee.objects.filter(organisme=bailleur)}
    rows = Seance.objects.filter(bailleur=bailleur).annotate(n=Count("points"))
    changed = 0
    for seance in rows.order_by("numero"):
        held = known.get(seance.pk)
        if held is not None and held.etat == EtatSeance.SIGNEE:
            continue
        facts = {
            "numero": seance.numero,
            "le": seance.le,
            "mode": seance.mode,
            "etat": _ETATS.get(seance.etat, EtatSeance.TENUE).value,
            "logements": seance.n,
        }
        if held is not None and all(getattr(held, name) == value for name, value in facts.items()):
            continue
        SeancePubliee.objects.update_or_create(
            pk=seance.pk, defaults={**facts, "organisme": bailleur, "publiee_le": maintenant}
        )
        changed += 1
    return changed


def _extracts(bailleur: Organisme, maintenant: dt.datetime) -> int:
    """Add the extracts of the minutes that have none yet, in the order of the chain."""
    told = SeancePubliee.objects.filter(organisme=bailleur, pv_numero__isnull=False).order_by("-pv_numero")
    last = told.first()
    number, before = (last.pv_numero or 0, last.empreinte_extrait) if last else (0, "")
    fresh = Pv.objects.filter(bailleur=bailleur, numero__gt=number).select_related("seance__reglement")
    stock = _stock(bailleur) if fresh.exists() else ({}, {})
    made = 0
    for minutes in fresh.order_by("numero"):
        content = _extract_of(minutes, *stock)
        digest = seal(content, before)
        SeancePubliee.objects.filter(pk=minutes.seance_id).update(
            etat=EtatSeance.SIGNEE,
            pv_numero=minutes.numero,
            signe_le=minutes.seance.pv_le or minutes.signe_le.date(),
            empreinte=minutes.empreinte,
            precedent=minutes.precedent,
            extrait=content,
            empreinte_extrait=digest,
            publiee_le=maintenant,
        )
        before, made = digest, made + 1
    return made


def _stock(bailleur: Organisme) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """Count the homes of a landlord by commune and size, and by commune."""
    rows = Logement.objects.filter(organisme=bailleur).values_list("commune_code", "typologie")
    sizes: Counter[tuple[str, str]] = Counter()
    places: Counter[str] = Counter()
    for commune, typologie, n in rows.annotate(n=Count("pk")).order_by():
        sizes[commune, typologie.lower()] += n
        places[commune] += n
    return sizes, places


def _extract_of(
    minutes: Pv, semblables: dict[tuple[str, str], int], voisins: dict[str, int]
) -> dict[str, Any]:
    seance = minutes.seance
    points = list(seance.points.select_related("vacance").order_by("place"))
    decided: dict[uuid.UUID, list[str]] = {point.pk: [] for point in points}
    rows = Decision.objects.filter(point__seance=seance).exclude(etat="proposee")
    for point_id, code in rows.order_by("pk").values_list("point_id", "code"):
        decided[point_id].append(code)
    return extract(
        numero=minutes.numero,
        seance=seance.numero,
        le=seance.le,
        mode=seance.mode,
        reglement=seance.reglement.sha256 if seance.reglement else "",
        points=[_read(point, tuple(decided[point.pk]), semblables, voisins) for point in points],
    )


def _read(
    point: PointSeance,
    decisions: tuple[str, ...],
    semblables: dict[tuple[str, str], int],
    voisins: dict[str, int],
) -> PointLu:
    home = point.vacance
    return PointLu(
        commune=home.commune_code,
        typologie=home.typologie.lower(),
        financement=(home.financement or "").lower(),
        semblables=semblables.get((home.commune_code, home.typologie.lower()), 0),
        voisins=voisins.get(home.commune_code, 0),
        etat=point.etat,
        motif=point.motif_non_examen,
        attribue=any(code in FAVORABLES for code in decisions),
        quorum=(point.quorum_comptes, point.quorum_requis),
        exception=point.exception,
        votes=(point.oui or 0, point.non or 0, point.abstentions or 0),
        decisions=decisions,
        ecarts=tuple(departure["code"] for departure in point.ecarts),
        rectifie=point.nature == "rectification",
    )
