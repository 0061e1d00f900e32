"""Codes and values of an explanation: conditions, bounds, values read; no sentence here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from palier.base.explanation import Phrase
from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.model.parcours import nodes_of
from palier.engines.cotation.reference.conditions import seuil
from palier.engines.cotation.reference.demande import Demande
from palier.engines.cotation.reference.droit import VALIDITE
from palier.engines.cotation.reference.jugement import est_sans_case
from palier.engines.cotation.reference.vocabulaire import codes_de, en_centimes, mots

UNITES = {
    "mois": "mois", "ans": "ans", "m2": "m2", "personnes": "personnes", "euros par an": "euros_an",
    "dixièmes d'UC": "dixiemes_uc", "année": "annee",
}  # fmt: skip
RAPPORT_UC = n.Rapport("ressources_uc_annuelles_cent", "uc_dixieme")


def p(code: str, **valeurs: Any) -> Phrase:
    """Make a phrase of the catalogue ``cotation``."""
    return Phrase(f"cotation.{code}", valeurs)


def mesure(unite: str, valeur: int | Fraction) -> list[str]:
    """Return a quantity with its unit, exact."""
    if isinstance(valeur, int) or valeur.denominator == 1:
        return [unite, str(int(valeur))]
    return [unite, str(valeur.numerator), str(valeur.denominator)]


def points(valeur: int | Fraction) -> list[str]:
    """Return a number of points."""
    return mesure("points", valeur)


def validite(d: Demande) -> list[str]:
    """Return how long a request lives without renewal."""
    return mesure("mois", int(d.droit.nombre(VALIDITE)))


def unite_de(source: n.Source) -> str:
    """Return the unit in which the bounds of a source are written."""
    if en_centimes(source):
        return "cent"
    if isinstance(source, n.Mesure):
        return UNITES.get(mots()[source.colonne].unite, "nombre")
    kinds = [mots()[nom].type for nom in source.colonnes]
    units = [mots()[nom].unite for nom in source.colonnes]
    return "ratio" if kinds == ["cent", "cent"] or units[0] == units[1] else "nombre"


def lit_table(node: object) -> bool:
    """Tell whether a rule reads a threshold in a table, so that its words depend on the request."""
    return bool(nodes_of(node, n.RefTable))


def si(condition: n.Condition, d: Demande | None) -> Phrase:
    """Write a condition; thresholds of tables are given if the request is known."""
    match condition:
        case n.Et(membres):
            return p("si.et", membres_et=[_membre(m, d) for m in membres])
        case n.Ou(membres):
            return p("si.ou", membres_ou=[_membre(m, d) for m in membres])
        case n.Non(membre):
            return p("si.non", membre=_membre(membre, d))
    return _si_feuille(condition, d)


def _si_feuille(condition: n.Condition, d: Demande | None) -> Phrase:
    match condition:
        case n.Connu(colonne, connu):
            return p("si.connu" if connu else "si.inconnu", nom_colonne=colonne)
        case n.Egal(colonne, bool(valeur)):
            return p("si.egal", nom_colonne=colonne, attendu=valeur)
        case n.Egal(colonne, str(valeur)):
            return p("si.egal_code", nom_colonne=colonne, attendu_code=[colonne, valeur])
        case n.Egal(colonne, int(valeur)):
            unite = unite_de(n.Mesure(colonne))
            return p("si.egal_nombre", nom_colonne=colonne, attendu_mesure=mesure(unite, valeur))
        case n.Parmi(colonne, codes):
            return p("si.parmi", nom_colonne=colonne, attendus_codes=[colonne, *codes])
        case n.Contient(colonne, codes):
            code = "si.contient" if len(codes) == 1 else "si.contient_un"
            return p(code, nom_colonne=colonne, attendus_codes=[colonne, *codes])
        case n.Dans(n.Mesure(colonne) as source, limites):
            return p("si.mesure", nom_colonne=colonne, bornes=bornes(limites, source, d))
        case n.Dans(source, limites) if source == RAPPORT_UC:
            return p("si.par_uc", bornes=bornes(limites, source, d))
        case n.Dans(n.Rapport(haut, bas) as source, limites):
            return p("si.rapport", haut_colonne=haut, bas_colonne=bas, bornes=bornes(limites, source, d))
    raise AssertionError(condition)  # pragma: no cover


def _membre(condition: n.Condition, d: Demande | None) -> Phrase:
    made = si(condition, d)
    return p("si.groupe", membre=made) if isinstance(condition, n.Et | n.Ou) else made


def bornes(limites: tuple[n.Borne, ...], source: n.Source, d: Demande | None) -> Phrase:
    """Write one or two bounds: ``des``, ``plus_de``, ``jusqu_a``, ``moins_de``."""
    ordre = sorted(limites, key=lambda borne: not borne.basse)
    values = {"bas" if borne.basse else "haut": _seuil(borne, source, d) for borne in ordre}
    return p(f"borne.{'.'.join(borne.sens for borne in ordre)}", **values)


def _seuil(borne: n.Borne, source: n.Source, d: Demande | None) -> Phrase:
    table = borne.valeur
    if isinstance(table, Fraction):
        return p("seuil", valeur_mesure=mesure(unite_de(source), table))
    valeur = seuil(borne, source, d) if d is not None else None
    nom = d.droit.valeurs[table.id].libelle if d is not None and table.loi else table.id.replace("_", " ")
    if valeur is None and d is not None and est_sans_case(table, d):
        return p("seuil.absent", table=nom)
    if valeur is None:
        return p("seuil.inconnu", table=nom, cle_colonnes=list(table.par))
    return p("seuil.table", valeur_mesure=mesure(unite_de(source), valeur), table=nom)


def lectures(colonnes: tuple[str, ...], node: object) -> tuple[str | n.Rapport, ...]:
    """Return what to show of the request: columns, ratios in place of their two columns."""
    rapports = tuple(dict.fromkeys(nodes_of(node, n.Rapport)))
    divided = {nom for rapport in rapports for nom in rapport.colonnes}
    return (*rapports, *(nom for nom in colonnes if nom not in divided and nom != "evenements"))


Lectures = dict[str | n.Rapport, Phrase]


def lu(parts: tuple[str | n.Rapport, ...], d: Demande, faites: Lectures) -> Phrase | None:
    """Write the values read, None if nothing is read; ``faites`` keeps what was already written."""
    found = []
    for part in parts:
        phrase = faites.get(part)
        if phrase is None:
            phrase = _lu_rapport(part, d) if isinstance(part, n.Rapport) else lu_colonne(part, d)
            faites[part] = phrase
        found.append(phrase)
    if len(found) < 2:
        return found[0] if found else None
    return p("lu.plusieurs", valeurs_suite=found)


def lu_colonne(nom: str, d: Demande) -> Phrase:
    """Write one value read, as its type asks."""
    valeur = d.lire(nom)
    if valeur is None or mots()[nom].type in ("code", "booleen"):
        return _lu_code(nom, valeur)
    return _LUS.get(mots()[nom].type, _lu_connu)(nom, valeur)


@cache
def _lu_code(nom: str, valeur: str | bool | None) -> Phrase:
    """Write an answer out of a short list: each phrase is made once."""
    if valeur is None:
        return p("lu.inconnu", nom_colonne=nom)
    if isinstance(valeur, bool):
        return p("lu.booleen", nom_colonne=nom, valeur=valeur)
    return p("lu.code", nom_colonne=nom, valeur_code=[nom, valeur])


def _lu_connu(nom: str, valeur: object) -> Phrase:
    return p("lu.connu", nom_colonne=nom)


def _lu_entier(nom: str, valeur: int) -> Phrase:
    exact = Fraction(valeur, 10) if nom == "uc_dixieme" else valeur
    unite = "uc" if nom == "uc_dixieme" else UNITES.get(mots()[nom].unite, "nombre")
    return p("lu.mesure", nom_colonne=nom, valeur_mesure=mesure(unite, exact))


_LUS: Mapping[str, Callable[[str, Any], Phrase]] = {
    "cent": lambda nom, valeur: p("lu.montant", nom_colonne=nom, valeur_cent=valeur),
    "entier": _lu_entier,
    "ensemble": lambda nom, valeur: p(
        "lu.codes", nom_colonne=nom, valeur_codes=[nom, *codes_de(nom, valeur)]
    ),
    "date": lambda nom, valeur: p("lu.date", nom_colonne=nom, valeur_date=valeur.isoformat()),
    "liste": lambda nom, valeur: p("lu.liste", nom_colonne=nom, valeur=[str(item) for item in valeur]),
}


def _lu_rapport(rapport: n.Rapport, d: Demande) -> Phrase:
    haut, bas = d.lire(rapport.numerateur), d.lire(rapport.denominateur)
    parts = [lu_colonne(nom, d) for nom in rapport.colonnes]
    if haut is None or bas is None or bas <= 0:
        return p("lu.rapport_indefini", parts_suite=parts)
    if rapport == RAPPORT_UC:
        base = [lu_colonne("ressources_mensuelles_cent", d), parts[1]]
        if haut % bas:
            return p("lu.par_uc_environ", valeur_centime=[haut, bas], parts_suite=base)
        return p("lu.par_uc", valeur_mesure=mesure("cent", haut // bas), parts_suite=base)
    unite, valeur = unite_de(rapport), Fraction(haut, bas)
    if unite == "ratio" and (valeur * 10_000).denominator != 1:
        return p("lu.rapport_environ", valeur_ratio=[haut, bas], parts_suite=parts)
    return p("lu.rapport", valeur_mesure=mesure(unite, valeur), parts_suite=parts)


def date(jour: dt.date | None) -> str | None:
    """Write a date as ISO text."""
    return None if jour is None else jour.isoformat()
