"""Waits told in codes and values, for all doors."""

from __future__ import annotations

from typing import NamedTuple

from palier.base.explanation import Explanation, Phrase, Valeur
from palier.base.mots import word
from palier.engines.cotation.attente.model import Attente, Observee, Quantile, Strate, mois

_R441_2_17 = "R441-2-17 CCH"
_R441_2_10 = "R441-2-10, 5° CCH"


def resume(attente: Attente) -> Phrase:
    """Return the result in one sentence: the title of a plot or of a block."""
    estimee = attente.estimee_demandeurs
    if estimee.horizon_jour is None:
        return Phrase("attente.trop_peu")
    reached = [quantile for quantile in estimee.quantiles if quantile.jours is not None]
    best = next((quantile for quantile in reached if quantile.part == 50), reached[-1] if reached else None)
    part = best.part if best else min((quantile.part for quantile in estimee.quantiles), default=0)
    days = best.jours if best and best.jours is not None else estimee.horizon_jour
    code = f"attente.resume.{'atteint' if best else 'non_atteint'}"
    values: dict[str, Valeur] = {"part_ratio": [part, 100], "mois": mois(days)}
    if estimee.condition_jour:
        return Phrase(f"{code}.condition", values | {"jours": estimee.condition_jour})
    return Phrase(code, values)


class MotsCourbe(NamedTuple):
    """What a plot of the curve says; ``reperes`` holds day, share and words."""

    titre: Phrase
    sous_titre: Phrase
    legende: Phrase
    reperes: tuple[tuple[int, float, Phrase], ...]


def plot_words(attente: Attente, source: str) -> MotsCourbe:
    """Return the words of a plot: result, group, base with date and source, quantiles reached."""
    estimee, strate = attente.estimee_demandeurs, attente.strate
    values: dict[str, Valeur] = {"au_date": attente.au.isoformat(), "source": source}
    group = Phrase(f"attente.strate.{strate.niveau}", _names(strate))
    if estimee.horizon_jour is None:
        return MotsCourbe(resume(attente), group, Phrase("attente.legende.masquee", values), ())
    values |= {"effectif": estimee.effectif, "loges": estimee.loges}
    marks = []
    for quantile in estimee.quantiles:
        if quantile.jours is not None:
            code = "attente.repere.moitie" if quantile.part == 50 else "attente.repere"
            words = Phrase(code, {"part_ratio": [quantile.part, 100], "mois": mois(quantile.jours)})
            marks.append((quantile.jours, quantile.part / 100, words))
    return MotsCourbe(resume(attente), group, Phrase("attente.legende", values), tuple(marks))


def explain_attente(attente: Attente, langue: str = "fr") -> Explanation:
    """Explain the wait of one group.

    Parameters
    ----------
    attente : Attente
        One group.
    langue : str
        Language of the ``libelle`` of each line; other words stay codes.

    Returns
    -------
    Explanation
        ``attente`` with one child per notion: observed waits of those housed,
        seniority of pending requests, estimate for those who wait.
    """
    strate = attente.strate
    past = [
        _line("attente.observee_loges", langue, _observee("attente.observee_loges", summary), _R441_2_17)
        for summary in attente.observee_loges
    ]
    pending = _line(
        "attente.anciennete_en_attente",
        langue,
        _observee("attente.anciennete_en_attente", attente.anciennete_en_attente),
        None,
    )
    return Explanation(
        code="attente",
        libelle=word("attente", langue),
        lu=Phrase(f"attente.strate.{strate.niveau}", _names(strate)),
        regle=Phrase("attente.avertissement"),
        reference=_R441_2_17,
        enfants=(*past, pending, _estimee(attente, langue)),
    )


def _estimee(attente: Attente, langue: str) -> Explanation:
    estimee = attente.estimee_demandeurs
    code = "attente.estimee_demandeurs"
    if estimee.horizon_jour is None:
        return _line(code, langue, Phrase("attente.trop_peu"), _R441_2_10)
    lines = [
        _line("attente.quantile", langue, _quantile(q, estimee.horizon_jour), None) for q in estimee.quantiles
    ]
    if estimee.condition_jour:
        condition = Phrase("attente.condition.lu", {"jours": estimee.condition_jour})
        lines.append(_line("attente.condition", langue, condition, None))
    if estimee.poids_parent and attente.strate.parent is not None:
        borrowed = Phrase(
            "attente.emprunt.lu",
            {"poids": estimee.poids_parent, "effectif": estimee.effectif},
        )
        lines.append(_line("attente.emprunt", langue, borrowed, None))
    values: dict[str, Valeur] = {"effectif": estimee.effectif, "loges": estimee.loges}
    return Explanation(
        code=code,
        libelle=word(code, langue),
        lu=Phrase(f"{code}.lu", values),
        regle=Phrase(f"{code}.regle"),
        reference=_R441_2_10,
        enfants=tuple(lines),
    )


def _quantile(quantile: Quantile, horizon: int) -> Phrase:
    values: dict[str, Valeur] = {"part_ratio": [quantile.part, 100]}
    if quantile.jours is None:
        return Phrase("attente.quantile.non_atteint", values | {"horizon_mois": mois(horizon)})
    values |= {"mois": mois(quantile.jours), "bas_mois": mois(quantile.bas_jours or 0)}
    if quantile.haut_jours is None:
        return Phrase("attente.quantile.sans_haut", values | {"horizon_mois": mois(horizon)})
    return Phrase("attente.quantile.atteint", values | {"haut_mois": mois(quantile.haut_jours)})


def _observee(code: str, summary: Observee) -> Phrase:
    if summary.moyenne_jours is None or summary.mediane_jours is None:
        return Phrase("attente.trop_peu")
    values: dict[str, Valeur] = {
        "effectif": summary.effectif,
        "moyenne_mois": mois(summary.moyenne_jours),
        "mediane_mois": mois(summary.mediane_jours),
    }
    if summary.fenetre_mois is not None:
        values["fenetre_mois"] = summary.fenetre_mois
    return Phrase(f"{code}.lu", values)


def _names(strate: Strate) -> dict[str, Valeur]:
    names: dict[str, Valeur] = {}
    if strate.typologie is not None:
        names["typologie_code"] = ["typologie", strate.typologie]
    if strate.secteur is not None:
        names["secteur"] = strate.secteur
    return names


def _line(code: str, langue: str, lu: Phrase, reference: str | None) -> Explanation:
    return Explanation(code=code, libelle=word(code, langue), lu=lu, reference=reference)
