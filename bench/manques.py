"""Which base columns a criterion names when its points are missing."""

from __future__ import annotations

from typing import Any

Regle = dict[str, Any]


def reads(c: Regle) -> list[str]:
    """Columns that a criterion names when it is missing, each with the test of being blamed."""
    household = [
        "nb_personnes",
        "nb_a_charge",
        "en_couple",
        "naissance",
        "conjoint_naissance",
        "nb_carte_invalidite",
    ]
    derived = {
        "parent_isole": ["en_couple", "nb_a_charge"],
        "loyer_net_cent": ["loyer_cent", "charges_cent", "aide_logement_cent"],
        "ressources_uc_annuelles_cent": ["ressources_mensuelles_cent"],
        "uc_dixieme": ["nb_personnes", "nb_moins_14"],
    }  # fmt: skip
    if c["forme"] == "plafond":
        return [c["colonne"], "zone", *household]
    names = [c["num"], c["den"]] if c["forme"] == "bandes" else [c["colonne"]]
    return [base for nom in names for base in derived.get(nom, [nom])]
