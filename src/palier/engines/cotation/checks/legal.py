"""What the law forbids in a grid."""

from __future__ import annotations

from collections.abc import Iterator

from palier.engines.cotation.checks.constats import Constats, joined
from palier.engines.cotation.checks.parcours import Lue, atoms, conditions, familles, places
from palier.engines.cotation.checks.points import range_of_critere
from palier.engines.cotation.model.lecteur import (
    ARTICLE_INTERDIT,
    ARTICLE_UNIFORME,
    MOTIF_INTERDIT,
    forbidden_words,
)
from palier.engines.cotation.model.nodes import (
    Compte,
    Condition,
    Connu,
    Contient,
    Critere,
    Cumul,
    Egal,
    Grille,
    Parmi,
    columns_of,
    columns_of_critere,
)

LIEN_LOCAL = ("vit_sur_territoire", "travaille_sur_territoire", "logement_commune", "commune_travail")
LIEU_OU_BAILLEUR = ("bailleur_siren", "numero_bail", "logement_commune", "localisations")
REFUS = ("offre_refusee", "offre_sans_reponse")
CONDUITE = ("procedure_trouble", "absence", "rendez_vous_manque")
ARTICLE_LIEN = "L441 CCH"
_REFUS_ADAPTE = "compte: offre_refusee, ou: {adaptee: oui}"

# fmt: off
_MOTS_INTERDITS = (
    "nationalite", "etranger", "immigre", "race", "racial", "ethnie", "ethnique", "religion",
    "religieux", "confession", "musulman", "juif", "chretien", "sexe", "patronyme", "prenom", "consonance",
    "homosexuel", "orientation_sexuelle", "opinion_politique", "syndicat", "syndical", "diagnostic",
    "maladie", "pathologie", "grossesse", "enceinte", "cancer", "vih", "sida", "psychiatrique",
    "apparence_physique", "titre_sejour", "titre_de_sejour", "nationality", "ethnicity", "religious",
    "pregnancy", "illness",
)
_MOTS_DOUTEUX = ("origine", "langue", "pays", "francais", "medical", "nom_de_famille", "genre")
# fmt: on
_FAITS_INTERDITS = ("grossesse", "sante")


def check_legal(constats: Constats) -> None:
    """Say what the law forbids: grounds, places, local link; and flag each malus."""
    _check_words(constats)
    for lue in conditions(constats.grille):
        _check_ground(constats, lue)
        _check_lieu(constats, lue)
        _check_link(constats, lue)
    for place in places(constats.grille):
        _check_link_absent(constats, place.critere)
        _check_malus(constats, place.critere)
    for name in constats.grille.departage:
        _check_departage_link(constats, name.removeprefix("-"))


# --- forbidden grounds --------------------------------------------------------------------------------------


def _check_words(constats: Constats) -> None:
    for where, ligne, texts in _texts(constats.grille):
        found = forbidden_words(" ".join(texts), _MOTS_INTERDITS)
        if found:
            constats.add(
                "037",
                ligne,
                f"{where} parle de « {found[0].replace('_', ' ')} », un motif que la loi interdit "
                "pour classer des demandes.",
                f"Retirez-le ({MOTIF_INTERDIT}) ; si le mot est innocent, changez le nom ou le libellé.",
                ARTICLE_INTERDIT,
                grave=constats.grille.cadre != "etranger",
            )
            continue
        doubt = forbidden_words(" ".join(texts), _MOTS_DOUTEUX)
        if doubt:
            words = (
                f"{where} emploie le mot « {doubt[0].replace('_', ' ')} », qui peut cacher un motif interdit."
            )
            advice = "Vérifiez ce que le critère mesure, et précisez son libellé."
            constats.warn("037", ligne, words, advice, ARTICLE_INTERDIT)


def _texts(grille: Grille) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    for hors in grille.hors_champ:
        yield f"le motif hors champ « {hors.motif} »", hors.ligne, (hors.motif,)
    for systeme in grille.systemes:
        yield f"le système « {systeme.id} »", systeme.ligne, (systeme.id, systeme.libelle)
        for classe in systeme.classes:
            yield f"la classe « {classe.id} »", classe.ligne, (classe.id, classe.libelle)
        for force in systeme.forces:
            yield f"le total forcé « {force.id} »", force.ligne, (force.id,)
    for _, famille in familles(grille):
        names = (famille.id, famille.libelle, famille.libelle_en or "")
        yield f"la famille « {famille.id} »", famille.ligne, names
    for place in places(grille):
        critere = place.critere
        names = (critere.id, critere.libelle, critere.libelle_en or "")
        if not any(critere.ligne == f.ligne for f in place.familles):
            yield f"le critère « {critere.id} »", critere.ligne, names


def _check_ground(constats: Constats, lue: Lue) -> None:
    for atom, _ in atoms(lue.condition):
        codes = _codes(atom)
        name = next(iter(columns_of(atom)))
        if name.startswith("verifie_") and codes & set(_FAITS_INTERDITS):
            constats.add(
                "037",
                lue.ligne,
                f"{lue.ou} compte une pièce de santé ou de grossesse comme une raison de points.",
                f"Retirez cette condition ({MOTIF_INTERDIT}).",
                ARTICLE_INTERDIT,
            )
        if name in ("motifs", "motif_principal") and "sante" in codes:
            constats.warn(
                "037",
                lue.ligne,
                f"{lue.ou} donne un effet au motif « sante » : la loi n'admet que le handicap et la sortie "
                "d'appartement de coordination thérapeutique.",
                "Préférez handicap: oui ou publics_valides: {contient: [a, b]}, ou dites pourquoi au vote.",
                "L441-1 CCH, a et b",
            )


def _codes(atom: Condition) -> set[str]:
    if isinstance(atom, Contient | Parmi):
        return set(atom.codes)
    return {atom.valeur} if isinstance(atom, Egal) and isinstance(atom.valeur, str) else set()


# --- commune, landlord, local link --------------------------------------------------------------------------


def _check_lieu(constats: Constats, lue: Lue) -> None:
    for name in dict.fromkeys(columns_of(lue.condition)):
        if name in LIEU_OU_BAILLEUR:
            constats.add(
                "039",
                lue.ligne,
                f"{lue.ou} dépend de « {name} » : les points changeraient selon la commune ou le bailleur.",
                "Retirez cette condition ; le territoire de la grille se dit une fois, avec « territoire ».",
                ARTICLE_UNIFORME,
                grave=constats.grille.cadre == "france",
            )


def _lacks_link(condition: Condition) -> str | None:
    """Return the column through which a condition asks that the local link be missing."""
    for atom, positive in atoms(condition):
        name = next(iter(columns_of(atom)))
        if name not in LIEN_LOCAL:
            continue
        holds = atom.connu if isinstance(atom, Connu) else isinstance(atom, Egal) and atom.valeur is True
        if holds is not positive:
            return name
    return None


def _check_link(constats: Constats, lue: Lue) -> None:
    reads = [name for name in columns_of(lue.condition) if name in LIEN_LOCAL]
    if not reads:
        return
    lack = _lacks_link(lue.condition)
    critere = lue.critere
    if lue.sorte == "hors_champ":
        _refuse_link(constats, lue, f"{lue.ou} écarte des demandes selon « {reads[0]} »")
    elif lack is not None and critere is not None and range_of_critere(critere).bas < 0:
        _refuse_link(constats, lue, f"{lue.ou} retire des points faute de lien local (« {lack} »)")
    elif lack is not None and lue.sorte == "force":
        _refuse_link(constats, lue, f"{lue.ou} impose un total faute de lien local (« {lack} »)")
    elif lack is not None and lue.sorte == "facteur":
        _refuse_link(constats, lue, f"{lue.ou} change les points faute de lien local (« {lack} »)")
    elif lue.sorte == "classe":
        words = (
            f"{lue.ou} classe selon « {reads[0]} » avant tout calcul de points : c'est presque une exclusion."
        )
        constats.warn("038", lue.ligne, words, "Préférez quelques points de plus à une classe.", ARTICLE_LIEN)
    elif critere is not None and critere.priorite is not None:
        words = f"{lue.ou} sert un public prioritaire mais le réserve au lien local (« {reads[0]} »)."
        constats.warn("038", lue.ligne, words, "Retirez la condition de lien local.", ARTICLE_LIEN)


def _check_link_absent(constats: Constats, critere: Critere) -> None:
    reads = [name for name in columns_of_critere(critere) if name in LIEN_LOCAL]
    if reads and critere.absent == "hors_champ":
        lue = Lue("critere", f"le critère « {critere.id} »", critere.ligne, Connu(reads[0], False))
        _refuse_link(constats, lue, f"{lue.ou} écarte les demandes dont le lien local n'est pas connu")


def _refuse_link(constats: Constats, lue: Lue, words: str) -> None:
    constats.add(
        "038",
        lue.ligne,
        f"{words} : l'absence de lien avec la commune ne peut pas, à elle seule, écarter une demande.",
        "Un bonus est permis (« vit_sur_territoire: oui » avec des points positifs) ; retirez l'exclusion.",
        ARTICLE_LIEN,
        grave=constats.grille.cadre != "etranger",
    )


def _check_departage_link(constats: Constats, name: str) -> None:
    if name in LIEN_LOCAL:
        words = f"« departage » range les ex æquo selon « {name} »."
        advice = "Un lien local départage rarement de façon équitable : préférez la date de dépôt."
        constats.warn("038", constats.grille.ligne("departage"), words, advice, ARTICLE_LIEN)


# --- malus --------------------------------------------------------------------------------------------------


def _check_malus(constats: Constats, critere: Critere) -> None:
    if range_of_critere(critere).bas >= 0 and not _losses(critere):
        return
    events = _losses(critere)
    france = constats.grille.cadre != "etranger"
    refusals = [event for event in events if event in REFUS]
    mecanisme = critere.mecanisme
    suited = isinstance(mecanisme, Compte) and mecanisme.adaptee is True
    if refusals and not suited and france:
        can = isinstance(mecanisme, Compte)
        constats.add(
            "042",
            critere.ligne,
            f"le critère « {critere.id} » retire des points pour une offre refusée, même si l'offre "
            "n'était pas adaptée.",
            "Ajoutez « ou: {adaptee: oui} »." if can else f"Comptez les refus à part : {_REFUS_ADAPTE}.",
            ARTICLE_UNIFORME,
        )
    conduct = [event for event in events if event in CONDUITE]
    if conduct:
        what = f"sanctionne un comportement ({joined(conduct)})"
    elif refusals:
        what = "sanctionne le refus d'une offre"
    else:
        what = "retire des points"
    constats.warn(
        "041",
        critere.ligne,
        f"le critère « {critere.id} » {what} : c'est un malus, un choix politique à délibérer et à publier.",
        "Vérifiez que la délibération le dit, et simulez son effet avec « palier cotation comparer ».",
        ARTICLE_UNIFORME if france else None,
    )


def _losses(critere: Critere) -> list[str]:
    """List the events that make a criterion lose points."""
    mecanisme = critere.mecanisme
    if isinstance(mecanisme, Compte) and mecanisme.points < 0:
        return [mecanisme.evenement]
    if isinstance(mecanisme, Cumul):
        return [event for event, change in mecanisme.evenements if change is None or change < 0]
    return []
