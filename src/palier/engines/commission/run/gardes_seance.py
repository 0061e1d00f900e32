"""Guards of a session: règlement, convocation, day, items, minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from palier.base.errors import Problem
from palier.engines.commission.checks import check_reglement, check_seance
from palier.engines.commission.model.reglement import Reglement
from palier.engines.commission.model.seance import Seance
from palier.engines.commission.run.faits import Faits
from palier.engines.commission.run.gardes_logement import GardeFn

PV = (
    "numero",
    "date",
    "mode",
    "lieu",
    "president",
    "presents",
    "quorums",
    "ordre_du_jour",
    "decisions",
    "signature",
    "empreinte",
)
_R441_9 = "R441-9 CCH"


def _en_vigueur(faits: Faits) -> Iterator[Problem]:
    rule, day = faits.maybe("reglement", Reglement), faits.date("seance_le")
    if rule is None or not rule.du <= day or (rule.au is not None and rule.au < day):
        words = f"Aucun règlement en vigueur au {day.isoformat()}."
        yield Problem("COM-018", "règlement", words, "Enregistrez le règlement de ce jour.", _R441_9)


def _convocation(faits: Faits) -> Iterator[Problem]:
    seance, au = faits.read("seance", Seance), faits.date("au")
    yield from check_seance(seance)
    if seance.convoquee_le > au:
        words = "La convocation porte une date à venir."
        yield Problem("COM-080", "convocation", words, "Datez-la du jour où elle part.", _R441_9)


def _inchange(faits: Faits) -> Iterator[Problem]:
    yield from check_reglement(faits.read("seance", Seance).reglement, faits.read("reglement", Reglement))


def _jour(faits: Faits) -> Iterator[Problem]:
    seance, au = faits.read("seance", Seance), faits.date("au")
    if au != seance.le:
        words = f"La séance est convoquée pour le {seance.le.isoformat()}."
        yield Problem("COM-084", "séance", words, "Ouvrez-la ce jour-là, ou convoquez de nouveau.", _R441_9)


def _points(faits: Faits) -> Iterator[Problem]:
    left = faits.read("points_ouverts", int)
    if left > 0:
        words = f"{left} logements ne sont ni examinés, ni dits non examinés."
        yield Problem("COM-085", "séance", words, "Traitez-les, ou dites-les non examinés.")


def _pv(faits: Faits) -> Iterator[Problem]:
    held: Mapping[str, object] = faits.read("pv", Mapping)  # type: ignore[type-abstract]
    for nom in PV:
        if held.get(nom) in (None, ""):
            yield Problem(
                "COM-086",
                f"procès-verbal, {nom}",
                "Cette mention manque.",
                "Complétez le procès-verbal.",
                _R441_9,
            )


def _prefet(faits: Faits) -> Iterator[Problem]:
    if faits.maybe_date("envoi_le") is None:
        yield Problem(
            "COM-087",
            "procès-verbal",
            "L'envoi au préfet n'est pas daté.",
            "Envoyez-le, et gardez la preuve.",
            _R441_9,
        )


def _annulation(faits: Faits) -> Iterator[Problem]:
    if not faits.read("motif", str).strip():
        yield Problem(
            "COM-088",
            "séance",
            "Le motif de l'annulation manque.",
            "Écrivez-le : il est dit aux personnes convoquées.",
        )


GARDES: dict[str, GardeFn] = {
    "reglement_en_vigueur": _en_vigueur,
    "convocation_conforme": _convocation,
    "reglement_inchange": _inchange,
    "jour_de_seance": _jour,
    "points_traites": _points,
    "pv_complet": _pv,
    "envoi_prefet": _prefet,
    "motif_annulation": _annulation,
}
