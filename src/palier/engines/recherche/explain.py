"""« Pourquoi pas » : every reason that excludes a request, with what was read; and the counts."""

from __future__ import annotations

from collections.abc import Mapping

from palier.base.explanation import Explanation, Phrase, Valeur
from palier.engines.recherche.model import MOTIFS, Jugement, Ligne, Regle
from palier.engines.recherche.reference import categorie
from palier.engines.recherche.run import Candidats

REFERENCES: Mapping[str, str] = {
    "radiee": "R441-2-8 CCH",
    "expiree": "R441-2-7 CCH",
    "surface": "R822-25 CCH",
    "plafond": "R441-1 CCH",
}


def explain_jugement(regle: Regle, ligne: Ligne, jugement: Jugement) -> Explanation:
    """Explain to a person, or to an agent, why a request is not among the candidates.

    Parameters
    ----------
    regle : Regle
        The home.
    ligne : mapping
        The request; ``typologies`` as a collection of codes.
    jugement : Jugement
        Of either engine.

    Returns
    -------
    Explanation
        One line per reason, then one per mark; an eligible request has no reason.
    """
    values = _values(regle, ligne)
    lines = [
        Explanation(
            f"recherche.{kind}.{code}",
            "",
            Phrase(f"recherche.{kind}.{code}", values.get(code, {})),
            reference=REFERENCES.get(code),
        )
        for kind, codes in (("motif", jugement.motifs), ("signal", jugement.signaux))
        for code in codes
    ]
    state = "eligible" if jugement.eligible else "ecartee"
    return Explanation(
        "recherche",
        "",
        Phrase(f"recherche.{state}", {"n": len(jugement.motifs)}),
        enfants=tuple(lines),
    )


def _values(regle: Regle, ligne: Ligne) -> dict[str, dict[str, Valeur]]:
    """Return what each reason shows: the answer read and the bound that it meets."""
    home, category = regle.vacance, categorie(regle, ligne)
    ceiling = regle.plafonds[category] if category is not None and category < len(regle.plafonds) else None
    persons = ligne.get("nb_personnes")
    area = None if persons is None else regle.surfaces[min(persons, len(regle.surfaces) - 1)]
    people: Valeur = None if persons is None else ["personnes", str(persons)]
    size: Valeur = ["typologie", home.typologie]
    return {
        "posterieure": {"seance_date": home.seance_le.isoformat()},
        "expiree": {"seance_date": home.seance_le.isoformat()},
        "typologie": {"typologie_code": size},
        "typologie_admise": {"typologie_code": size},
        "menage_trop_grand": {"n_mesure": people, "borne": regle.personnes_max},
        "menage_trop_petit": {"n_mesure": people, "borne": regle.personnes_min},
        "surface": {"surface": home.surface_m2, "norme": area},
        "plafond": {
            "financement": home.financement.upper(),
            "plafond_cent": None if ceiling is None else 100 * ceiling,
        },
        "annee_revenu": {"annee": str(regle.annee_revenu)},
        "loyer_max": {"loyer_cent": home.loyer_cent},
        "effort": {"borne_ratio": _ratio(regle)},
    }


def _ratio(regle: Regle) -> Valeur:
    bound = regle.vacance.effort_max
    return None if bound is None else [bound.numerator, bound.denominator]


def explain_comptes(candidats: Candidats) -> Explanation:
    """Explain a search in numbers: how many requests each reason excludes, and alone."""
    lines = [
        Explanation(
            f"recherche.compte.{code}",
            "",
            Phrase(
                "recherche.compte",
                {"motif": Phrase(f"recherche.nom.{code}"), "n": n, "seul": candidats.seuls[code]},
            ),
            reference=REFERENCES.get(code),
        )
        for code in MOTIFS
        if (n := candidats.comptes[code])
    ]
    values: dict[str, Valeur] = {"n": candidats.n, "eligibles": candidats.eligibles}
    return Explanation("recherche.comptes", "", Phrase("recherche.comptes", values), enfants=tuple(lines))
