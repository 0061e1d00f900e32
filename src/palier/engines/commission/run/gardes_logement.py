"""Guards of a home: notice, description, orientation, withdrawal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from palier.base.calendrier import Echeance
from palier.base.errors import Problem
from palier.engines.commission.run.faits import Faits

GardeFn = Callable[[Faits], Iterator[Problem]]
DECRITS = ("loyer_cent", "surface_m2", "financement", "dpe_classe", "accessible")
RETRAITS = ("vente", "demolition", "travaux", "erreur", "locataire_reste")
_L441_1, _R441_5 = "L441-1 CCH", "R441-5 CCH"


def _conge(faits: Faits) -> Iterator[Problem]:
    if faits.date("conge_le") > faits.date("bail_fin"):
        yield Problem(
            "COM-030", "congé", "Le congé est daté après la fin du bail.", "Corrigez une des deux dates."
        )


def _seule(faits: Faits) -> Iterator[Problem]:
    if faits.read("vacances_ouvertes", int) > 0:
        yield Problem(
            "COM-031",
            "logement",
            "Ce logement a déjà une vacance ouverte.",
            "Reprenez-la, ou retirez-la avec son motif.",
        )


def _decrit(faits: Faits) -> Iterator[Problem]:
    home: Mapping[str, object] = faits.read("logement", Mapping)  # type: ignore[type-abstract]
    for nom in DECRITS:
        if home.get(nom) is None:
            yield Problem(
                "COM-032", f"logement, {nom}", "Cette réponse manque.", "Complétez la fiche du logement."
            )


def _programme(faits: Faits) -> Iterator[Problem]:
    if faits.maybe_date("livraison_le") is None:
        yield Problem(
            "COM-033", "programme", "Le programme n'est ni livré, ni daté.", "Donnez sa date de livraison."
        )


def _convention(faits: Faits) -> Iterator[Problem]:
    au, du, fin = faits.date("au"), faits.date("convention_du"), faits.maybe_date("convention_au")
    if not du <= au or (fin is not None and fin < au):
        yield Problem(
            "COM-034",
            "convention",
            "La convention n'est pas en vigueur ce jour.",
            "Orientez vers un autre réservataire, ou renouvelez-la.",
            _R441_5,
        )


def _perimetre(faits: Faits) -> Iterator[Problem]:
    if not faits.read("dans_perimetre", bool):
        yield Problem(
            "COM-035",
            "convention",
            "Ce logement est hors du périmètre de la convention.",
            "Orientez vers un autre réservataire.",
            _R441_5,
        )


def _une_orientation(faits: Faits) -> Iterator[Problem]:
    if faits.read("orientations_en_cours", int) > 0:
        yield Problem(
            "COM-036",
            "vacance",
            "Ce logement est déjà orienté.",
            "Attendez le terme, ou la réponse du réservataire.",
            _L441_1,
        )


def _candidat(faits: Faits) -> Iterator[Problem]:
    if faits.read("candidats_eligibles", int) < 1:
        yield Problem(
            "COM-037",
            "candidats",
            "Aucun candidat proposé n'est éligible.",
            "Proposez-en au moins un.",
            _L441_1,
        )


def _avant_terme(faits: Faits) -> Iterator[Problem]:
    term, au = faits.maybe("terme_reservataire", Echeance), faits.date("au")
    if term is not None and au >= term.ouvert_le:
        words = f"Le terme du réservataire était le {term.limite.isoformat()}."
        yield Problem("COM-038", "terme", words, "Le bailleur peut reprendre le logement.", _L441_1)


def _terme_passe(faits: Faits) -> Iterator[Problem]:
    term, au = faits.maybe("terme_reservataire", Echeance), faits.date("au")
    given_back = faits.maybe_date("renonciation_le")
    if given_back is not None and given_back <= au:
        return
    if term is None or au < term.ouvert_le:
        words = "Le réservataire a encore le temps de proposer."
        fix = (
            "Attendez le terme."
            if term is None
            else f"Reprenez le logement à partir du {term.ouvert_le.isoformat()}."
        )
        yield Problem("COM-039", "terme", words, fix, _L441_1)


def _non_reserve(faits: Faits) -> Iterator[Problem]:
    covered, said_free = faits.read("conventions_vivantes", int) > 0, faits.read("dit_non_reserve", bool)
    if covered and not said_free:
        yield Problem(
            "COM-045",
            "logement",
            "Une convention de réservation en vigueur couvre ce logement.",
            "Orientez-le, ou consignez qu'il n'est réservé à personne.",
            _R441_5,
        )


def _motif_retrait(faits: Faits) -> Iterator[Problem]:
    if faits.read("motif_retrait", str) not in RETRAITS:
        words = "Ce n'est pas un motif pour retirer un logement."
        yield Problem("COM-040", "motif", words, f"Choisissez parmi : {', '.join(RETRAITS)}.")


GARDES: dict[str, GardeFn] = {
    "conge_avant_fin": _conge,
    "seule_vacance": _seule,
    "logement_decrit": _decrit,
    "programme_date": _programme,
    "convention_vivante": _convention,
    "perimetre": _perimetre,
    "une_orientation": _une_orientation,
    "candidat_eligible": _candidat,
    "avant_terme": _avant_terme,
    "terme_passe": _terme_passe,
    "non_reserve": _non_reserve,
    "motif_retrait": _motif_retrait,
}
