"""Energy of an offer: the classes, and the words that the law prescribes, never made up here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from palier.web.apps.offres.rules import LoiAnnonces, OffreSaisie
from palier.web.apps.offres.rules.energie import CLASSES, cost_text, excessive_text
from palier.web.apps.public.presentation import dates

_CHAMPS = ("nature", "dpe_classe", "ges_classe", "depense_min_cent", "depense_max_cent", "prix_energie_annee")


@dataclass(frozen=True, slots=True)
class Energie:
    """Classes in capitals (empty where unknown), the words of the law (French), day of the certificate.

    ``vierge``: the certificate gives no class.
    """

    energie: str
    climat: str
    depense: str
    excessive: str
    le: dt.date | None
    vierge: bool


def energy_of(d: dict[str, Any], loi: LoiAnnonces) -> Energie:
    """Return what the page of an offer says of energy."""
    offre = OffreSaisie(**{name: d.get(name) for name in _CHAMPS})
    home = d["nature"] != "local_activite"
    return Energie(
        energie=_letter(d.get("dpe_classe")),
        climat=_letter(d.get("ges_classe")),
        depense=(cost_text(offre, loi) or "") if home else "",
        excessive=(excessive_text(offre, loi) or "") if home else "",
        le=dates.parse(d.get("dpe_date")),
        vierge=d.get("dpe_classe") == "vierge",
    )


def _letter(classe: str | None) -> str:
    return classe.upper() if classe in CLASSES else ""
