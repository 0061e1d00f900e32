"""Guards of the examination: numbers, three files, quorum, vote, decisions."""

from __future__ import annotations

from collections.abc import Iterator

from palier.base.errors import Problem
from palier.base.identifiers import parse_numero_unique
from palier.engines.commission.model.dossier import Dossier, ExamenDossiers
from palier.engines.commission.model.resultats import Cloture
from palier.engines.commission.run.faits import Faits
from palier.engines.commission.run.gardes_logement import GardeFn
from palier.law.registre import LoiAu

ECARTS = ("plafond", "menage_trop_grand", "menage_trop_petit", "surface", "expiree", "radiee", "attribuee")
_R441_3 = "R441-3 CCH"


def _numero(faits: Faits) -> Iterator[Problem]:
    try:
        parse_numero_unique(faits.read("numero", str))
    except ValueError:
        yield Problem(
            "COM-041",
            "candidature",
            "Le numéro unique est mal formé.",
            "Vérifiez ses 18 caractères.",
            "L441-2-1 CCH",
        )


def _vivant(faits: Faits) -> Iterator[Problem]:
    dossier, day, loi = faits.read("dossier", Dossier), faits.date("seance_le"), faits.read("loi", LoiAu)
    why = dossier.ecart(day, loi)
    if why is not None:
        words = f"La demande ne sera pas en vigueur le {day.isoformat()} ({why})."
        yield Problem(
            "COM-042",
            dossier.numero,
            words,
            "Faites-la renouveler, ou choisissez un autre candidat.",
            "R441-2-7 CCH",
        )


def _aucun_ecart(faits: Faits) -> Iterator[Problem]:
    reasons = [m for m in faits.read("motifs_ecart", tuple) if m in ECARTS]
    if reasons:
        words = f"Une règle calculée écarte cette demande : {', '.join(reasons)}."
        yield Problem("COM-043", "candidature", words, "Écartez-la avec ces motifs, ou corrigez la demande.")


def _ecart(faits: Faits) -> Iterator[Problem]:
    reasons = faits.read("motifs_ecart", tuple)
    if not reasons or any(m not in ECARTS for m in reasons):
        words = "Seule une règle calculée écarte une demande avant la commission."
        yield Problem(
            "COM-044", "candidature", words, f"Motifs admis : {', '.join(ECARTS)}. Le reste va en commission."
        )


def _dossiers(faits: Faits) -> Iterator[Problem]:
    seen = faits.read("dossiers", ExamenDossiers)
    if not seen.conforme or (seen.n < seen.requis and seen.exception is None) or seen.n < 1:
        yield from seen.problemes or (
            Problem(
                "COM-050",
                "dossiers",
                f"{seen.n} demandes en vigueur, il en faut {seen.requis}.",
                "Ajoutez des dossiers, ou enregistrez une exception.",
                _R441_3,
            ),
        )


def _ouverte(faits: Faits) -> Iterator[Problem]:
    if faits.read("seance_etat", str) != "ouverte":
        yield Problem("COM-055", "séance", "La séance n'est pas ouverte.", "Ouvrez-la, ou reprenez-la.")


def _close(faits: Faits) -> Iterator[Problem]:
    if faits.read("seance_etat", str) not in ("close", "pv_signe", "transmise"):
        yield Problem("COM-055", "séance", "La séance n'est pas close.", "Fermez-la d'abord.")


def _quorum(faits: Faits) -> Iterator[Problem]:
    made = faits.read("cloture", Cloture)
    if not made.examine or not made.quorum.atteint:
        words = f"{made.quorum.comptes} membres comptés pour ce logement, il en faut {made.quorum.requis}."
        yield Problem(
            "COM-056",
            made.logement,
            words,
            "Le point est « non examiné » : il revient à une autre séance.",
            "R441-9 CCH",
        )


def _vote(faits: Faits) -> Iterator[Problem]:
    made = faits.read("cloture", Cloture)
    if made.vote is None or not made.vote.adopte or not made.vote.valide:
        yield Problem(
            "COM-057",
            made.logement,
            "La proposition n'est pas adoptée.",
            "Votez une autre proposition.",
            "L441-2 CCH",
        )


def _conformes(faits: Faits) -> Iterator[Problem]:
    made = faits.read("cloture", Cloture)
    yield from made.problemes
    if not made.decisions:
        yield Problem(
            "COM-058", made.logement, "Aucune décision n'est prise.", "Décidez pour chaque candidat.", _R441_3
        )


def _favorable(faits: Faits) -> Iterator[Problem]:
    made = faits.read("cloture", Cloture)
    if not made.attributaires:
        yield Problem(
            "COM-059",
            made.logement,
            "Aucune attribution n'est décidée.",
            "Le logement retourne à la recherche.",
            _R441_3,
        )


def _aucune(faits: Faits) -> Iterator[Problem]:
    made = faits.read("cloture", Cloture)
    if made.attributaires:
        yield Problem("COM-060", made.logement, "Une attribution est décidée.", "Envoyez l'offre.", _R441_3)


def _du_candidat(faits: Faits) -> Iterator[Problem]:
    made, numero = faits.read("cloture", Cloture), faits.read("numero", str)
    found = made.decision(numero)
    if found is None or found.code != faits.read("vers", str):
        words = "Ce n'est pas la décision prise pour ce candidat."
        yield Problem("COM-061", f"décision {numero}", words, "Reprenez celle qui a été votée.", _R441_3)


GARDES: dict[str, GardeFn] = {
    "numero_unique": _numero,
    "numero_vivant": _vivant,
    "aucun_ecart": _aucun_ecart,
    "ecart_calcule": _ecart,
    "trois_dossiers": _dossiers,
    "seance_ouverte": _ouverte,
    "seance_close": _close,
    "quorum_atteint": _quorum,
    "vote_adopte": _vote,
    "decisions_conformes": _conformes,
    "decision_favorable": _favorable,
    "aucune_attribution": _aucune,
    "decision_du_candidat": _du_candidat,
}
