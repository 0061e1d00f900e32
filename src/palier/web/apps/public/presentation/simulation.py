"""The result of a simulation, in words, tables and drawings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.base import mots
from palier.law import LoiAu
from palier.web.apps.offres.rules.filtres import Filtres
from palier.web.apps.public.presentation.methodes import method_link
from palier.web.apps.public.presentation.recherche import link
from palier.web.apps.public.queries.chiffres import FilePubliee
from palier.web.apps.public.rules.simulation import Eligibilite, Note, Place, Plafond, Reponses
from palier.web.components.dessin.histogramme import Histogramme
from palier.web.components.ecriture import ecrire_montant, ecrire_nombre
from palier.web.components.explication import Arbre, tree_of, words_language
from palier.web.components.pieces import Choix, Colonne, Etat, GroupeChoix, Lien, Tableau

DEUX_ANS = 24
_NOMS = {"plai": "PLAI", "plus": "PLUS", "pls": "PLS"}


@dataclass(frozen=True, slots=True)
class Droits:
    """Whether the household is below the ceilings: an answer, its reasons, the margins."""

    titre: str
    etat: Etat
    raisons: list[str]
    raisons_langue: str
    tableau: Tableau | None
    a_verifier: str
    methode: Lien


@dataclass(frozen=True, slots=True)
class PlaceTaille:
    """The place of a total among published requests of one size, and what those requests may expect."""

    taille: str
    phrase: str
    dessin: Histogramme | None
    nom: str
    legende: str
    attente: str
    masque: Etat | None
    methode: Lien
    methode_attente: Lien


def rights(found: Eligibilite, loi: LoiAu, langue: str) -> Droits:
    """Return the answer about ceilings.

    Parameters
    ----------
    found : Eligibilite
        Margins by financing.
    loi : LoiAu
        Names the category and the zone.
    langue : str
        Language of the page.
    """
    names = loi.registre.fiche("plafonds_plus").libelles
    reasons = []
    if found.zone is not None and found.categorie is not None:
        category = names["categorie_menage"].get(str(found.categorie))
        reasons = [
            _("Catégorie %(n)d") % {"n": found.categorie} + (f" : {category}" if category else ""),
            _("Zone") + f" : {names['zone_plafond'][found.zone]}",
        ]
        if found.jeune_menage:
            reasons.append(_("Jeune ménage : la somme des deux âges le permet."))
    unsure = [_NOMS[p.financement] for p in found.plafonds if not p.verifie]
    return Droits(
        titre=_answer(found),
        etat=_state(found),
        raisons=reasons,
        raisons_langue="fr",
        tableau=_ceilings(found, langue) if found.plafonds else None,
        a_verifier=_("Plafond à vérifier dans le texte officiel : %(liste)s.") % {"liste": ", ".join(unsure)}
        if unsure
        else "",
        methode=method_link("plafonds"),
    )


def _answer(found: Eligibilite) -> str:
    if found.plus_social:
        return _("Oui, vous pouvez demander un logement social")
    if not found.plafonds:
        return _("Les plafonds de ce lieu ne sont pas connus de ce site")
    if not found.complete:
        return _("Un plafond n'est pas connu : le guichet peut répondre")
    return _("Vos revenus dépassent les plafonds")


def _state(found: Eligibilite) -> Etat:
    if found.plus_social:
        words = _(" : %(liste)s") % {"liste": ", ".join(_NOMS[f] for f in found.ouverts)}
        return Etat("fait", _("Sous le plafond"), words)
    if not found.plafonds:
        return Etat("info", _("Pas de calcul"), _(", ces plafonds relèvent d'autres textes"))
    if not found.complete:
        return Etat("info", _("Calcul incomplet"))
    return Etat("ecarte", _("Au-dessus des trois plafonds"))


def _ceilings(found: Eligibilite, langue: str) -> Tableau:
    rows = [[_NOMS[p.financement], *_ceiling(p, langue)] for p in found.plafonds]
    heads = [
        Colonne(_("Financement")),
        Colonne(_("Plafond par an"), True),
        Colonne(_("Votre marge"), True),
        Colonne(_("Résultat")),
    ]
    return Tableau(heads, rows, _("Revenu fiscal de référence de tout le ménage, comparé au plafond"))


def _ceiling(p: Plafond, langue: str) -> list[Any]:
    if p.plafond is None or p.marge is None:
        return [_("non connu"), "", Etat("info", _("Non connu"))]
    cell = ecrire_montant(p.plafond * 100, langue, rond=True)
    margin = ecrire_montant(p.marge * 100, langue, rond=True)
    verdict = Etat("fait", _("Sous le plafond")) if p.marge >= 0 else Etat("ecarte", _("Au-dessus"))
    if not p.verifie:
        verdict = Etat("a_verifier", verdict.mot, _(", plafond à vérifier"))
    return [cell, margin, verdict]


def points(note: Note, langue: str) -> Arbre:
    """Return the tree of points."""
    return tree_of(note.explication, langue)


def place_of(
    taille: str, file: FilePubliee | None, place: Place | None, lieu: str, jour: str, langue: str
) -> PlaceTaille:
    """Return the place of a total among the published requests of one size.

    Parameters
    ----------
    taille : str
        Code of the size.
    file : FilePubliee or None
        The queue; None: hidden or not published.
    place : Place or None
        Where the total stands.
    lieu, jour : str
        Name of the territory, date of the figures.
    langue : str
        Language of the page.
    """
    size = taille.upper()
    links = (method_link("position"), method_link("attente-estimee"))
    if file is None:
        hidden = Etat("info", _("Calcul masqué"), _(", trop peu de demandes comparables"))
        return PlaceTaille(size, "", None, "", "", "", hidden, *links)
    where = f"{file.secteur}, {lieu}" if file.secteur else lieu
    waiting = _expected(file, size, where)
    if place is None:
        nothing = Etat("info", _("Pas de position"), _(", il n'y a pas de total à comparer"))
        return PlaceTaille(size, "", None, "", "", waiting, nothing, *links)
    sure, most = place.devant, place.devant + place.dans
    words = ngettext(
        "Sur %(n)s demande de %(taille)s comparable, %(devant)s est dans une tranche plus haute que la"
        " vôtre, et %(dans)s dans la vôtre.",
        "Sur %(n)s demandes de %(taille)s comparables, %(devant)s sont dans une tranche plus haute que la"
        " vôtre, et %(dans)s dans la vôtre.",
        place.n,
    )
    phrase = words % {
        "n": ecrire_nombre(place.n, langue),
        "taille": size,
        "devant": ecrire_nombre(sure, langue),
        "dans": ecrire_nombre(place.dans, langue),
    }
    name = _("Entre %(bas)s et %(haut)s demandes ont plus de points, sur %(n)s") % {
        "bas": ecrire_nombre(sure, langue),
        "haut": ecrire_nombre(most - 1, langue),
        "n": ecrire_nombre(place.n, langue),
    }
    low, high = _axis(file, place)
    drawing = Histogramme(
        [n for n, _width in place.effectifs],
        _points(low),
        _points(high),
        place.rang,
        _("vous"),
        [width for _n, width in place.effectifs],
    )
    caption = _(
        "%(lieu)s, le %(jour)s. Votre tranche : de %(de)s à %(a)s points. En foncé : celles d'au-dessus."
    )
    return PlaceTaille(
        size,
        phrase,
        drawing,
        name,
        caption % {"lieu": where, "jour": jour, "de": place.de, "a": place.a},
        waiting,
        None,
        *links,
    )


def _axis(file: FilePubliee, place: Place) -> tuple[int, int]:
    classes = next(s.classes for s in file.segments if any(de == place.de for de, _a, _n in s.classes))
    return classes[0][0], classes[-1][1]


def _points(n: int) -> str:
    return ngettext("%(n)d point", "%(n)d points", n) % {"n": n}


def _expected(file: FilePubliee, size: str, where: str) -> str:
    point = file.attente.estimee.at(DEUX_ANS) if file.attente and file.attente.estimee else None
    if point is None:
        return ""
    words = _(
        "Sur 100 demandes de %(taille)s (%(lieu)s), environ %(loge)d sont logées après deux ans, et"
        " %(parti)d sont parties sans logement."
    )
    return words % {"taille": size, "lieu": where, "loge": point.loge, "parti": point.parti}


def offers_that_fit(reponses: Reponses, found: Eligibilite) -> Filtres:
    """Return the filters of the offers that a household may ask for."""
    pieces = tuple(sorted({min(int(taille[1:]), 6) for taille in reponses.tailles if taille[1:].isdigit()}))
    return Filtres(communes=(reponses.commune,), pieces=pieces, financement=found.ouverts)


def offers_link(filtres: Filtres) -> str:
    """Return the address of the list of these offers."""
    return link("/offres", filtres)


def alert_link(filtres: Filtres) -> str:
    """Return the address where a person asks to be told of such offers."""
    return link("/alertes", filtres)


def hypotheses(reponses: Reponses, choisie: str) -> GroupeChoix:
    """Return the changes that a person may suppose, one at a time."""
    words = {
        "": _("choisir"),
        "attente": _("j'attends 12 mois de plus"),
        "dalo": _("ma demande est reconnue prioritaire (DALO)"),
        "enfant": _("un enfant de plus dans le ménage"),
        "ressources": _("mes revenus baissent de 10 %"),
        "adulte": _("je vis en couple"),
    }
    known = {"dalo"} if reponses.dalo else set()
    known |= {"adulte"} if reponses.couple else set()
    choices = [Choix(code, text, choisi=code == choisie) for code, text in words.items() if code not in known]
    return GroupeChoix("hypothese", _("Je suppose que"), choices)


def sizes(reponses: Reponses, tailles: tuple[str, ...], choisie: str) -> GroupeChoix:
    """Return the other sizes that a person may suppose."""
    choices = [Choix("", _("comme aujourd'hui"), choisi=not choisie)]
    choices += [
        Choix(code, code.upper(), choisi=code == choisie) for code in tailles if (code,) != reponses.tailles
    ]
    return GroupeChoix("hypothese_taille", _("Je cherche plutôt un"), choices)


@dataclass(frozen=True, slots=True)
class Bilan:
    """What a simulation comes to, to be compared with another one."""

    total: int | None
    place: Place | None
    loge: int | None
    financement: str | None


def comparison(avant: Bilan, apres: Bilan, langue: str) -> Tableau:
    """Return today and then, side by side."""

    def ahead(bilan: Bilan) -> str:
        if bilan.place is None:
            return _("calcul masqué")
        return _("%(devant)s sur %(n)s") % {
            "devant": ecrire_nombre(bilan.place.devant, langue),
            "n": ecrire_nombre(bilan.place.n, langue),
        }

    def number(value: int | None, unit: str = "") -> str:
        return _("calcul masqué") if value is None else ecrire_nombre(value, langue) + unit

    rows = [
        [
            _("Points"),
            *(
                _("pas de note") if b.total is None else ecrire_nombre(b.total, langue)
                for b in (avant, apres)
            ),
        ],
        [_("Demandes dans une tranche plus haute"), ahead(avant), ahead(apres)],
        [_("Logées après deux ans, sur 100"), number(avant.loge), number(apres.loge)],
        [
            _("Plafond le plus social"),
            *(_NOMS[b.financement] if b.financement else _("aucun") for b in (avant, apres)),
        ],
    ]
    return Tableau([Colonne(""), Colonne(_("aujourd'hui"), True), Colonne(_("alors"), True)], rows)


def unknown_words(note: Note, langue: str) -> str:
    """Name the answers that the grid reads and that were not given."""
    names = [nom for nom in note.explication.manque if ":" not in nom]
    spoken = words_language(langue)
    return ", ".join(mots.word(f"colonne.{nom}", spoken) for nom in names)
