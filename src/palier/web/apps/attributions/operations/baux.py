"""The lease: it ends the path, removes the request from the register, and frees the other homes."""

from __future__ import annotations

import datetime as dt
import uuid

from palier.engines import commission as moteur
from palier.web.apps.attributions.models import Bail, Candidature, Proposition, Vacance
from palier.web.apps.attributions.operations.acces import acte, lock, move, note
from palier.web.apps.attributions.operations.chutes import end, end_all, fall, lock_vacancies, save
from palier.web.apps.attributions.queries.faits import VIVANTES, closing_of, cloture_of, reponse_of
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.demandes.operations.vie import radier
from palier.web.postgres.perimetre import perimetre


def signer_bail(
    *,
    acteur: Acteur,
    candidature: uuid.UUID,
    signe_le: dt.date,
    reference: str,
    identite_verifiee: bool,
    au: dt.date,
    maintenant: dt.datetime,
    numero: str | None = None,
) -> Bail:
    """Sign the lease of the candidate who accepted, in one transaction with all that it ends.

    The request leaves the register as housed; its other candidacies end everywhere, and call the next rank
    of those homes; the other ranks of this home end too.

    Parameters
    ----------
    numero : str, optional
        Number written on the lease, if it was read again; that of the request otherwise.

    Raises
    ------
    RefusalError
        Those of the machines: COM-020, COM-070 to COM-072; DEM-011, DEM-012 of the removal.
    """
    with acte(acteur, "bail", "C", Candidature, candidature) as seen:
        others = _elsewhere(seen)
        homes = _lock_all(seen, others)
        vacance = homes[seen.vacance_id]
        locked = lock(Candidature, candidature)
        facts = _facts(locked, signe_le, numero, identite_verifiee)
        move("candidature", locked, "bail", acteur.role, facts)
        move("vacance", vacance, "bail_signe", acteur.role, facts)
        save(locked, maintenant)
        vacance.modifiee_le = maintenant
        vacance.save()
        made = Bail.objects.create(
            candidature=locked, reference=reference, signe_le=signe_le, loyer_cent=vacance.loyer_cent or 0
        )
        radier(
            acteur=acteur.qui,
            demande=locked.demande,
            motif="attribution",
            le=signe_le,
            prouve_le=signe_le,
            preuve=f"bail {reference}".strip() if reference.strip() else "",
            maintenant=maintenant,
        )
        end_all(vacance, "logement_pourvu", acteur.role, au, maintenant)
        _free(locked, others, homes, au, maintenant)
        note(acteur, "bail.signer", "candidature", locked.pk, locked.bailleur_id)
    return made


def _elsewhere(seen: Candidature) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return the other live candidacies of the request, of any landlord, with their vacancies."""
    with perimetre(territoire=seen.territoire):
        rows = Candidature.objects.filter(demande_id=seen.demande_id, etat__in=VIVANTES).exclude(pk=seen.pk)
        return list(rows.order_by("pk").values_list("pk", "vacance_id"))


def _lock_all(seen: Candidature, others: list[tuple[uuid.UUID, uuid.UUID]]) -> dict[uuid.UUID, Vacance]:
    """Lock every home that the lease touches, in the order of their ids: two leases never wait in a ring."""
    with perimetre(territoire=seen.territoire):
        return lock_vacancies([seen.vacance_id, *(home for _pk, home in others)])


def _facts(
    candidature: Candidature, signe_le: dt.date, numero: str | None, identite_verifiee: bool
) -> dict[str, object]:
    number = numero or candidature.numero_unique
    found = Proposition.objects.filter(candidature=candidature).select_related("candidature").first()
    facts: dict[str, object] = {
        "identite_verifiee": identite_verifiee,
        "numero": number,
        "piece_recue_le": candidature.piece_recue_le,
        "bail": moteur.Bail(number, signe_le),
    }
    if found is not None and found.etat == "acceptee":
        facts["reponse"] = reponse_of(found)
        facts["cloture"] = cloture_of(closing_of(candidature))
    return facts


def _free(
    housed: Candidature,
    others: list[tuple[uuid.UUID, uuid.UUID]],
    homes: dict[uuid.UUID, Vacance],
    au: dt.date,
    maintenant: dt.datetime,
) -> None:
    """End the candidacies of a household that is housed, and let each of those homes go on."""
    for pk, home in others:
        owner = homes[home].bailleur_id
        with perimetre(organismes=[owner, housed.bailleur_id], territoire=housed.territoire):
            other = lock(Candidature, pk)
            if other.etat not in VIVANTES:
                continue
            there = homes[home]
            end(there, other, cause="loge_ailleurs", role="moteur", au=au, maintenant=maintenant)
            fall(there, other, role="horloge", au=au, maintenant=maintenant)
