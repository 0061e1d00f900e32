"""Write the good rows of a lot in few statements, inside the transaction of the lot."""

from __future__ import annotations

import datetime as dt
from typing import Any

from palier.web.apps.journal.models import Evenement
from palier.web.apps.offres.models import EN_LIGNE, Lot, MotifRetrait, Offre, Statut
from palier.web.apps.offres.operations.ecriture import values_of
from palier.web.apps.offres.queries.lieux import situations
from palier.web.apps.offres.rules import LectureOffres
from palier.web.apps.offres.rules.colonnes import Situation
from palier.web.apps.offres.rules.flux import DecisionFlux
from palier.web.postgres.ecriture import copy_rows

_BATCH = 1_000
_DATED = ["statut", "motif_retrait", "publiee_le", "confirmee_le", "rappelee_le", "retiree_le", "modifiee_le"]


def write(
    *,
    acteur: Any,
    lot: Lot,
    lecture: LectureOffres,
    decision: DecisionFlux,
    au: dt.date,
    maintenant: dt.datetime,
) -> None:
    """Create, change, confirm and withdraw the offers of a lot.

    An offer whose content is the same is only confirmed. One line of journal per offer created, changed
    or withdrawn; confirmations are told by the line of the lot.
    """
    organisme = lot.organisme
    known = {
        offre.reference: offre
        for offre in Offre.objects.select_for_update().filter(
            organisme=organisme, reference__in=[line.offre.reference_bailleur for line in lecture.lignes]
        )
    }
    places = situations((line.offre.commune_code for line in lecture.lignes), au)
    unknown = Situation(commune="", departement="")
    names: list[str] = []
    fresh: list[Offre] = []
    changed: list[Offre] = []
    same: list[Offre] = []
    for line in lecture.lignes:
        reference = line.offre.reference_bailleur or ""
        values = values_of(organisme, line.offre, places.get(line.offre.commune_code or "", unknown))
        names = names or list(values)
        found = known.get(reference)
        if found is None:
            found = Offre(organisme=organisme, reference=reference, source=lot.source, **values)
            fresh.append(found)
        elif found.saisie != values["saisie"] or found.carte != values["carte"]:
            for name, value in values.items():
                setattr(found, name, value)
            found.version += 1
            changed.append(found)
        else:
            same.append(found)
        if found.statut not in EN_LIGNE or found.publiee_le is None:
            found.publiee_le = maintenant
        found.statut, found.motif_retrait, found.retiree_le = Statut.PUBLIEE, "", None
        found.confirmee_le, found.rappelee_le, found.modifiee_le = maintenant, None, maintenant
    copy_rows(fresh)
    if changed:
        Offre.objects.bulk_update(changed, [*names, "version", *_DATED], batch_size=_BATCH // 4)
    _confirm(same, maintenant)
    gone = list(
        Offre.objects.select_for_update().filter(
            organisme=organisme, reference__in=decision.retirees, statut__in=EN_LIGNE
        )
    )
    Offre.objects.filter(pk__in=[offre.pk for offre in gone]).update(
        statut=Statut.RETIREE,
        motif_retrait=MotifRetrait.ANNULEE,
        retiree_le=maintenant,
        modifiee_le=maintenant,
    )
    acts = [("offre.creer", fresh), ("offre.modifier", changed), ("offre.retirer.annulee", gone)]
    name = str(getattr(acteur, "pk", None) or acteur)
    copy_rows(
        [
            Evenement(
                acteur=name,
                verbe=verb,
                objet_type="offre",
                objet_id=str(offre.pk),
                organisme=str(organisme.pk),
                origine=lot.source,
            )
            for verb, offres in acts
            for offre in offres
        ]
    )


def _confirm(offres: list[Offre], maintenant: dt.datetime) -> None:
    """Confirm offers whose content is unchanged; one that had left comes back as new."""
    ids = [offre.pk for offre in offres]
    rows = Offre.objects.filter(pk__in=ids)
    rows.exclude(statut__in=EN_LIGNE).update(publiee_le=maintenant)
    rows.update(
        statut=Statut.PUBLIEE,
        motif_retrait="",
        retiree_le=None,
        confirmee_le=maintenant,
        rappelee_le=None,
        modifiee_le=maintenant,
    )
