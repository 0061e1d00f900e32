"""The rule that applied to one criterion, as codes and values; one function per mechanism."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from palier.base.explanation import Explanation, Phrase
from palier.engines.cotation.explain_phrases import bornes, date, lit_table, mesure, p, points, si, unite_de
from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.reference import TraceCritere
from palier.engines.cotation.reference.conditions import vrai
from palier.engines.cotation.reference.demande import Demande
from palier.engines.cotation.reference.mecanismes import bande, comptes, unites

_PAR_MOIS = {1: "mois", 3: "trimestre", 6: "semestre", 12: "annee"}
Redaction = Callable[[TraceCritere], Phrase]


def redaction(critere: n.Critere) -> Redaction:
    """Prepare once what does not depend on the request, and return what writes the rule."""
    ecrire = _REGLES[type(critere.mecanisme)](critere.mecanisme)
    garde = condition_de(critere.garde) if critere.garde is not None else None
    absent = p("regle.absent_zero")

    def write(t: TraceCritere) -> Phrase:
        if t.brut is None and t.points is not None:
            made = absent
        elif garde is not None and not t.garde:
            made = p("regle.garde_non" if t.garde is False else "regle.garde_inconnue", si=garde(t.demande))
        else:
            made = ecrire(t)
        if t.points is None or t.points == (t.brut or 0):
            return made
        code = "regle.plafonnee" if t.points < (t.brut or 0) else "regle.relevee"
        return p(code, regle=made, avant_mesure=points(t.brut or 0), apres_mesure=points(t.points))

    return write


def condition_de(condition: n.Condition) -> Callable[[Demande], Phrase]:
    """Prepare the words of a condition, unless they depend on the request."""
    if lit_table(condition):
        return lambda d: si(condition, d)
    made = si(condition, None)
    return lambda d: made


def _fixe(m: n.Fixe) -> Redaction:
    words, valeur = condition_de(m.si), points(m.points)
    suites = ("inconnue", "oui", "non")
    made = (
        {}
        if lit_table(m.si)
        else {s: p(f"regle.fixe_{s}", si=si(m.si, None), valeur_mesure=valeur) for s in suites}
    )

    def write(t: TraceCritere) -> Phrase:
        remplie = vrai(m.si, t.demande) if m.points == 0 else t.brut == m.points
        suite = "inconnue" if t.brut is None else "oui" if remplie else "non"
        return made.get(suite) or p(f"regle.fixe_{suite}", si=words(t.demande), valeur_mesure=valeur)

    return write


def _bandes(m: n.Bandes) -> Redaction:
    dynamic = lit_table(m)
    made = {} if dynamic else {id(b): _bande(b, m, None) for b in m.bandes}
    inconnue, aucune = p("regle.bandes_inconnue"), p("regle.aucune_bande")

    def write(t: TraceCritere) -> Phrase:
        connue, trouvee = bande(m, t.demande)
        if not connue:
            return inconnue
        if trouvee is None:
            return aucune
        return made.get(id(trouvee)) or _bande(trouvee, m, t.demande)

    return write


def _bande(b: n.Bande, m: n.Bandes, d: Demande | None) -> Phrase:
    return p("regle.bande", bornes=bornes(b.bornes, m.source, d), valeur_mesure=points(b.points))


def _lineaire(m: n.Lineaire) -> Redaction:
    end = "entame" if m.entame else "acheve"
    source = n.Mesure(m.colonne) if m.colonne else None
    unite = unite_de(source) if source is not None else "mois"
    if source is None:
        par = p(f"par.{_PAR_MOIS[m.mois]}_{end}")
    else:
        par = p(f"par.tranche_{end}", pas_mesure=mesure(unite, m.pas))
    static: dict[str, Any] = {"valeur_mesure": points(m.points), "par": par}
    suite = ""
    if m.au_dela:
        static["au_dela_mesure"], suite = mesure(unite, m.au_dela), "_au_dela"
    depuis = m.depuis

    def write(t: TraceCritere) -> Phrase:
        compte = unites(m, t.demande)
        if compte is None:
            return p(f"regle.lineaire_inconnue{suite}", **static)
        if depuis is not None and t.demande.jour is not None:
            jours = {"depuis_date": date(t.demande.lire(depuis)), "jusqu_a_date": date(t.demande.jour)}
            return p(f"regle.duree{suite}", compte=compte, **static, **jours)
        return p(f"regle.lineaire{suite}", compte=compte, **static)

    return write


def _compte(m: n.Compte) -> Redaction:
    details = []
    if m.adaptee is not None:
        details.append(p("precision.adaptee" if m.adaptee else "precision.non_adaptee"))
    if m.fenetre_mois is not None:
        details.append(p("precision.fenetre", fenetre_mesure=mesure("mois", m.fenetre_mois)))
    if m.a_partir_de > 1:
        details.append(p("precision.a_partir_de", rang=m.a_partir_de))
    details.append(p("precision.une_fois" if m.une_fois else "precision.chaque"))
    static: dict[str, Any] = {
        "nature_code": ["evenement_type", m.evenement],
        "valeur_mesure": points(m.points),
        "precisions_suite": details,
    }

    def write(t: TraceCritere) -> Phrase:
        found = comptes(m, t.demande)
        if found is None:
            return p("regle.compte_inconnu", **static)
        return p("regle.compte", compte=len(found), **static)

    return write


def _cumul(m: n.Cumul) -> Redaction:
    static: dict[str, Any] = {
        "gain_mesure": points(m.gagne),
        "bas_mesure": points(m.bas),
        "haut_mesure": points(m.haut),
        "depuis_colonne": m.depuis,
    }

    def write(t: TraceCritere) -> Phrase:
        if t.brut is None:
            return p("regle.cumul_inconnu", **static)
        jour = date(t.demande.lire(m.depuis))
        return p("regle.cumul", solde_mesure=points(t.brut), depuis_date=jour, **static)

    return write


def _case(m: n.Case) -> Redaction:
    made: dict[str | None, Phrase] = {
        c: p("regle.case", case_code=[m.colonne, c], valeur_mesure=points(v)) for c, v in m.cases
    }
    made[None] = p("regle.case_inconnue")

    def write(t: TraceCritere) -> Phrase:
        code = t.demande.lire(m.colonne)
        return made.get(code) or p(
            "regle.case_autre", case_code=[m.colonne, code], valeur_mesure=points(m.autres)
        )

    return write


_REGLES: Mapping[type, Callable[[Any], Redaction]] = {
    n.Fixe: _fixe, n.Bandes: _bandes, n.Lineaire: _lineaire,
    n.Compte: _compte, n.Cumul: _cumul, n.Case: _case,
}  # fmt: skip


def evenements(t: TraceCritere) -> list[Explanation]:
    """Return one line for each event that counted."""
    m = t.critere.mecanisme
    if isinstance(m, n.Compte):
        return [_evenement(e, None) for e in _in_order(comptes(m, t.demande) or [])]
    if not isinstance(m, n.Cumul) or t.brut is None:
        return []
    effets, debut = dict(m.evenements), t.demande.lire(m.depuis)
    found = [
        e
        for e in _in_order(t.demande.evenements or [])
        if e["evenement_type"] in effets and debut <= e["evenement_date"] <= t.demande.au
    ]
    return [_evenement(e, _effet(effets[e["evenement_type"]])) for e in found]


def _in_order(found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(found, key=lambda e: (e["evenement_date"], e["evenement_type"]))


def _effet(points_: int | None) -> Phrase:
    if points_ is None:
        return p("regle.remise_a_zero")
    return p("regle.effet", valeur_mesure=points(points_))


def _evenement(e: Mapping[str, Any], effet: Phrase | None) -> Explanation:
    jour, nature = date(e["evenement_date"]), ["evenement_type", str(e["evenement_type"])]
    return Explanation("evenement", "", lu=p("lu.evenement", jour_date=jour, nature_code=nature), regle=effet)
