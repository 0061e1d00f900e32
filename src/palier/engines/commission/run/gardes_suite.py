"""Guards of what follows a decision: offer, answer, ranks, lease, appeal."""

from __future__ import annotations

from collections.abc import Iterator

from palier.base.calendrier import Echeance
from palier.base.errors import Problem
from palier.engines.commission.checks import bail_du, check_bail, check_condition, check_offre, check_reponse
from palier.engines.commission.model.decision import Bail, Offre, Reponse
from palier.engines.commission.model.dossier import Dossier
from palier.engines.commission.model.resultats import Cloture
from palier.engines.commission.run.faits import Faits
from palier.engines.commission.run.gardes_logement import GardeFn

TOMBEES = ("refusee", "sans_reponse", "rang_suivant", "retiree", "caduque")
_R441_10, _R421_1 = "R441-10 CCH", "R421-1 CJA"


def _tour(faits: Faits) -> Iterator[Problem]:
    if faits.read("rangs_devant", int) > 0:
        yield Problem(
            "COM-062",
            "rang",
            "Un rang précédent peut encore accepter.",
            "Attendez sa réponse, ou son silence.",
            "R441-3 CCH",
        )


def _offre(faits: Faits) -> Iterator[Problem]:
    yield from check_offre(faits.read("offre", Offre))


def _reponse(faits: Faits) -> Iterator[Problem]:
    yield from check_reponse(faits.read("offre", Offre), faits.read("reponse", Reponse))


def _sens(attendu: str) -> GardeFn:
    def garde(faits: Faits) -> Iterator[Problem]:
        if faits.read("reponse", Reponse).sens != attendu:
            words = (
                "La réponse n'est pas une acceptation."
                if attendu == "oui"
                else "La réponse n'est pas un refus."
            )
            yield Problem("COM-066", "réponse", words, "Prenez l'acte qui correspond à la réponse.", _R441_10)

    return garde


def _echu(faits: Faits) -> Iterator[Problem]:
    offre, au = faits.read("offre", Offre), faits.date("au")
    if au < offre.echeance.ouvert_le:
        words = f"La personne peut répondre jusqu'au {offre.echeance.limite.isoformat()} inclus."
        yield Problem("COM-067", f"offre {offre.numero}", words, "Attendez le lendemain.", _R441_10)


def _tombee(faits: Faits) -> Iterator[Problem]:
    if faits.read("candidature_etat", str) not in TOMBEES:
        words = "L'offre en cours n'est pas tombée."
        fix = f"Attendez que la candidature soit dans l'un de ces états : {', '.join(TOMBEES)}."
        yield Problem("COM-068", "offre", words, fix, _R441_10)


def _rangs(reste: bool) -> GardeFn:
    def garde(faits: Faits) -> Iterator[Problem]:
        if (faits.read("rangs_restants", int) > 0) != reste:
            words = "Il ne reste aucun rang." if reste else "Il reste un rang à appeler."
            yield Problem("COM-069", "rang", words, "Prenez l'autre suite.", "R441-3 CCH")

    return garde


def _condition(faits: Faits) -> Iterator[Problem]:
    made, numero = faits.read("cloture", Cloture), faits.read("numero", str)
    received = faits.maybe_date("piece_recue_le")
    found = made.decision(numero)
    if found is None:
        yield Problem(
            "COM-061", f"décision {numero}", "Aucune décision pour ce numéro.", "Vérifiez le numéro unique."
        )
    else:
        yield from check_condition(found, received)


def _identite(faits: Faits) -> Iterator[Problem]:
    if not faits.read("identite_verifiee", bool):
        yield Problem("COM-071", "bail", "L'identité n'est pas vérifiée.", "Vérifiez-la avant de signer.")


def _bail(faits: Faits) -> Iterator[Problem]:
    yield from check_bail(
        faits.read("cloture", Cloture), faits.read("reponse", Reponse), faits.read("bail", Bail)
    )


def _caducite(faits: Faits) -> Iterator[Problem]:
    cause, dossier = faits.read("cause_caducite", str), faits.read("dossier", Dossier)
    made, numero = faits.maybe("cloture", Cloture), faits.read("numero", str)
    received, au = faits.maybe_date("piece_recue_le"), faits.date("au")
    home = faits.read("vacance_etat", str)
    decision = made.decision(numero) if made is not None else None
    lapsed = decision is not None and decision.condition is not None and au > decision.condition.limite
    proved = {
        "radiation": dossier.statut == "radiee",
        "loge_ailleurs": dossier.statut == "attribuee",
        "condition_echue": lapsed and decision is not None and not bail_du(decision, received),
        "logement_pourvu": home == "bail_signe",
        "logement_retire": home == "retiree",
    }
    if cause not in proved:
        fix = f"Choisissez parmi : {', '.join(proved)}."
        yield Problem("COM-073", "candidature", "Ce n'est pas une cause de caducité.", fix)
    elif not proved[cause]:
        words = "Rien ne prouve cette cause de caducité."
        yield Problem("COM-074", "candidature", words, "La candidature suit son cours ; vérifiez la demande.")


def _recours(dans_delai: bool) -> GardeFn:
    def garde(faits: Faits) -> Iterator[Problem]:
        term, au = faits.read("echeance_recours", Echeance), faits.date("au")
        if dans_delai and au > term.limite:
            words = f"Le recours pouvait être déposé jusqu'au {term.limite.isoformat()}."
            yield Problem("COM-134", "recours", words, "La décision est définitive.", _R421_1)
        if not dans_delai and au < term.ouvert_le:
            words = f"Un recours peut encore être déposé jusqu'au {term.limite.isoformat()}."
            yield Problem("COM-135", "recours", words, "Attendez le lendemain.", _R421_1)

    return garde


def _juge(faits: Faits) -> Iterator[Problem]:
    if faits.maybe_date("recours_clos_le") is None:
        yield Problem(
            "COM-136",
            "recours",
            "Le recours attend sa réponse.",
            "Attendez la décision du juge ou du bailleur.",
            _R421_1,
        )


def _lettre(faits: Faits) -> Iterator[Problem]:
    if faits.maybe_date("notifiee_le") is None:
        yield Problem(
            "COM-137",
            "lettre",
            "La date de remise de la lettre est inconnue.",
            "Joignez la preuve de remise.",
            "L441-2-2 CCH",
        )


GARDES: dict[str, GardeFn] = {
    "tour_du_rang": _tour,
    "offre_valide": _offre,
    "reponse_dans_delai": _reponse,
    "reponse_oui": _sens("oui"),
    "reponse_non": _sens("non"),
    "delai_echu": _echu,
    "offre_tombee": _tombee,
    "rang_restant": _rangs(True),
    "aucun_rang": _rangs(False),
    "condition_remplie": _condition,
    "identite_verifiee": _identite,
    "bail_conforme": _bail,
    "caducite": _caducite,
    "recours_dans_delai": _recours(True),
    "recours_echu": _recours(False),
    "recours_juge": _juge,
    "lettre_datee": _lettre,
}
