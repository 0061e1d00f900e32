"""What an ad says of energy, word for word: scale, cost, excessive consumption.

References
----------
CCH R126-21 to R126-24; arrêté du 22 décembre 2021. The words come from
``law/data/annonces``; nothing here makes up a legal phrase.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from palier.base.mots import montant
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.droit import LoiAnnonces
from palier.web.apps.offres.rules.saisie import OffreSaisie

CLASSES = ("a", "b", "c", "d", "e", "f", "g")


class Barreau(NamedTuple):
    """One rung of a scale: its letter, and whether the home stands there."""

    lettre: str
    courant: bool


def scale(classe: str) -> tuple[Barreau, ...]:
    """Return the seven rungs of a scale, best first.

    Raises
    ------
    ValueError
        If the class is not ``a`` to ``g``.
    """
    if classe not in CLASSES:
        raise ValueError(f"classe hors de l'échelle : {classe!r}")
    return tuple(Barreau(lettre.upper(), lettre == classe) for lettre in CLASSES)


def scale_text(echelle: str, classe: str, loi: LoiAnnonces) -> str:
    """Return the words of a class, for who does not see the colours and for print.

    Parameters
    ----------
    echelle : str
        ``energie`` or ``climat``.
    classe : str
        ``a`` to ``g``.
    loi : LoiAnnonces
        Law of ads.

    Returns
    -------
    str
        ``classe énergie : D``; on paper the caller sets it in capitals.
    """
    return f"{loi.mention_classes[echelle]} : {classe.upper()}"


def cost_text(offre: OffreSaisie, loi: LoiAnnonces) -> str | None:
    """Return the estimate of yearly energy costs, or None if the offer does not give it whole.

    Returns
    -------
    str
        The legal words, the amount (or the two bounds), the reference year.
    """
    low, high, year = offre.depense_min_cent, offre.depense_max_cent, offre.prix_energie_annee
    if year is None or (low is None and high is None):
        return None
    if low is None or high is None or low == high:
        amount = montant(low if low is not None else high or 0)
    else:
        amount = f"entre {montant(low)} et {montant(high)}"
    return f"{loi.mention_depense} {amount} par an (prix de l'énergie de l'année {year})"


def excessive_text(offre: OffreSaisie, loi: LoiAnnonces) -> str | None:
    """Return « Logement à consommation énergétique excessive : classe F », or G, else None."""
    return loi.mentions_excessives.get(offre.dpe_classe or "")


def mentions(offre: OffreSaisie, loi: LoiAnnonces) -> tuple[str, ...]:
    """Return all that the ad of a home must say of energy, in the order in which it is read."""
    found = [
        scale_text(echelle, classe, loi)
        for echelle, classe in (("energie", offre.dpe_classe), ("climat", offre.ges_classe))
        if classe in CLASSES
    ]
    if offre.nature != "local_activite":
        found += [text for text in (cost_text(offre, loi), excessive_text(offre, loi)) if text]
    return tuple(found)


def check_mentions(texte: str, offre: OffreSaisie, loi: LoiAnnonces) -> list[Anomalie]:
    """Return OFF-099 for each mention that a written ad lacks, compared word for word.

    Parameters
    ----------
    texte : str
        What the reader sees: text of a page, of a PDF, of an e-mail. Line ends
        and no-break spaces do not count, and capitals are allowed.
    offre : OffreSaisie
        The offer that the ad is about.
    loi : LoiAnnonces
        Law of ads.
    """
    seen = _flat(texte)
    return [
        Anomalie("OFF-099", champ, f"Attendu : « {mention} ».", loi.references[table])
        for mention, champ, table in _wanted(offre, loi)
        if _flat(mention) not in seen
    ]


def _wanted(offre: OffreSaisie, loi: LoiAnnonces) -> Iterable[tuple[str, str, str]]:
    for mention in mentions(offre, loi):
        if mention.startswith(loi.mention_depense):
            yield mention, "depense_min_cent", "annonce_depense_mention"
        elif mention in loi.mentions_excessives.values():
            yield mention, "dpe_classe", "annonce_energie_excessive"
        else:
            climat = mention.startswith(loi.mention_classes["climat"])
            yield mention, "ges_classe" if climat else "dpe_classe", "annonce_classes_mentions"


def _flat(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()
