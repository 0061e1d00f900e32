"""Why a request has its points: a tree of lines, from the total down to each criterion.

The tree is ``total`` → system, class, forced total → families → criteria.
Points kept by the children of a line add up to what the line keeps; caps,
floors, factors and the rounding are lines of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from palier.base.errors import PalierError, Problem
from palier.base.explanation import Explanation, Phrase
from palier.engines.cotation.explain_criteres import evenements
from palier.engines.cotation.explain_etat import explain_sans_note, simulation
from palier.engines.cotation.explain_fiches import fiche_condition, fiche_critere, inconnue, libelle
from palier.engines.cotation.explain_phrases import Lectures, lu, lu_colonne, mesure, p, points, validite
from palier.engines.cotation.explain_retenues import Nombre, ecarte, exact, gagnant, gains, limites
from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.reference import Regle, ScoreRow, TraceCritere, TraceFamille, score_row
from palier.engines.cotation.reference.conditions import vrai
from palier.engines.cotation.reference.familles import manquants, regler
from palier.engines.cotation.reference.jugement import a_demander, doit_etre_renouvelee
from palier.engines.cotation.reference.mecanismes import borner

FAMILLES = {regle: p(f"famille.{regle}") for regle in ("somme", "maximum", "choix")}


def explain(regle: Regle, ligne: ScoreRow, langue: str = "fr") -> Explanation:
    """Explain the score of one request.

    Parameters
    ----------
    regle : Regle
        The grid that scored it.
    ligne : ScoreRow
        What :func:`palier.engines.cotation.reference.score_row` returned.
    langue : str
        Language of the public names of the grid; codes have none.

    Returns
    -------
    Explanation
        Root ``total``. Out of scope or refused, it says why and has no points.
    """
    if ligne.total is None:
        return explain_sans_note(regle, ligne, langue)
    return _Redaction(regle, ligne, langue).total()


def explain_table_row(
    regle: Regle,
    row_of_demandes: Mapping[str, Any],
    row_of_scores: Mapping[str, Any],
    au: dt.date,
    evenements: Sequence[Mapping[str, Any]] | None,
    langue: str = "fr",
) -> Explanation:
    """Explain a row of a table of scores, after scoring it again.

    Parameters
    ----------
    regle : Regle
        The grid that made the table.
    row_of_demandes, row_of_scores : mapping
        The request, and what the table says of it (``pts__<critere>``, ``total``…).
    au : date
        The day of the table.
    evenements : sequence of mappings, optional
        Events of the request; None if the table was made without.
    langue : str
        Language of the public names of the grid.

    Raises
    ------
    PalierError
        COT-090 if the table says anything else than the grid.
    """
    ligne = score_row(regle, row_of_demandes, au, evenements)
    found = {f"pts__{nom}": valeur for nom, valeur in ligne.points.items()}
    for nom in ("etat", "motif_etat", "systeme", "classe", "total", "total_verifie"):
        found[nom] = getattr(ligne, nom)
    other = [nom for nom, valeur in found.items() if nom in row_of_scores and row_of_scores[nom] != valeur]
    if other:
        shown = ", ".join(other[:8])
        raise PalierError(
            Problem(
                "COT-090",
                f"grille {regle.grille.version}",
                f"La table des scores ne dit pas la même chose que la grille ({shown}).",
                "Notez de nouveau la demande avec la même grille, la même loi et la même date.",
            )
        )
    return explain(regle, ligne, langue)


class _Redaction:
    """Writes the tree of one scored request."""

    def __init__(self, regle: Regle, ligne: ScoreRow, langue: str) -> None:
        self.regle, self.ligne, self.langue = regle, ligne, langue
        self.d = ligne.trace.demande
        self.faites: Lectures = {}
        self.gains = gains(regle, ligne)
        self.manquants = {id(part) for famille in ligne.trace.familles for part in manquants(famille)}

    def lu(self, parts: tuple[str | n.Rapport, ...]) -> Phrase | None:
        """Write values read, each once."""
        return lu(parts, self.d, self.faites)

    def total(self) -> Explanation:
        grille, ligne, trace = self.regle.grille, self.ligne, self.ligne.trace
        force = trace.force
        mort = p("ecarte.force", total_mesure=points(force.total)) if force is not None else None
        somme: Nombre = force.total if force is not None else sum(f.points for f in trace.familles)
        lines = [
            *simulation(self.regle, ligne.au),
            *self._renouvellement(),
            *self._territoire(),
            *self._inconnues((h.si for h in grille.hors_champ), "hors_champ_inconnu"),
            *self._systeme(),
            *self._classe(),
            *self._forces(),
            *(self.famille(famille, mort) for famille in trace.familles),
            *(
                Explanation(code, "", regle=words, points=v, retenu=v)
                for code, words, v in self._limites(somme)
            ),
        ]
        complet = "note" if ligne.etat == "note" else "note_partielle"
        return Explanation(
            code="total",
            libelle=grille.libelle,
            lu=p("lu.jour", au_date=ligne.au.isoformat()),
            etat_preuve="verifie" if ligne.total == ligne.total_verifie else "a_verifier",
            regle=p(
                f"total.{complet}",
                total_mesure=points(ligne.total or 0),
                verifie_mesure=points(ligne.total_verifie or 0),
            ),
            points=ligne.total,
            retenu=ligne.total,
            manque=ligne.manque,
            reference=grille.deliberation or grille.source,
            enfants=tuple(lines),
        )

    def _limites(self, somme: Nombre) -> list[tuple[str, Phrase, Nombre]]:
        grille = self.regle.grille
        found = limites(somme, grille.plafond, grille.plancher)
        borne = borner(somme, grille.plafond, grille.plancher)
        reste = exact((self.ligne.total or 0) - borne)
        if reste:
            found.append(("arrondi", p(f"arrondi.{grille.arrondi}", avant_mesure=points(borne)), reste))
        return found

    def _inconnues(self, conditions: Iterable[n.Condition | None], code: str) -> list[Explanation]:
        """Return a line for each condition passed over for lack of an answer."""
        return [
            inconnue(self.regle, c, self.d, code)
            for c in conditions
            if c is not None and vrai(c, self.d) is None
        ]

    def _renouvellement(self) -> list[Explanation]:
        if not doit_etre_renouvelee(self.d):
            return []
        words = p("hors_champ.renouvellement", validite_mesure=validite(self.d))
        read = lu_colonne("date_depot_initial", self.d)
        return [Explanation("hors_champ_inconnu", "", lu=read, regle=words, manque=("date_renouvellement",))]

    def _territoire(self) -> list[Explanation]:
        if self.regle.droit.communes is None or self.d.lire("localisations") is not None:
            return []
        words = p("hors_champ.localisations")
        return [Explanation("hors_champ_inconnu", "", regle=words, manque=("localisations",))]

    def _systeme(self) -> list[Explanation]:
        systemes, pris = self.regle.grille.systemes, self.ligne.trace.systeme
        conditionnels = [s for s in systemes if s.si is not None]
        before = conditionnels[: conditionnels.index(pris)] if pris in conditionnels else conditionnels
        lines = self._inconnues((s.si for s in before), "systeme_inconnu")
        if pris is None or len(systemes) == 1:
            return lines
        fiche = fiche_condition(self.regle, pris.si) if pris.si is not None else None
        words = p("systeme.si", si=fiche.si(self.d)) if fiche is not None else p("systeme.autres")
        read = self.lu(fiche.parts) if fiche is not None else None
        return [*lines, Explanation("systeme", pris.libelle, lu=read, regle=words)]

    def _classe(self) -> list[Explanation]:
        systeme = self.ligne.trace.systeme
        if systeme is None or not systeme.classes:
            return []
        rang = self.ligne.classe_rang or 0
        lines = self._inconnues((c.si for c in systeme.classes[:rang]), "classe_inconnue")
        if self.ligne.classe is None:
            return [*lines, Explanation("classe", "", regle=p("classe.aucune"))]
        classe = systeme.classes[rang]
        fiche = fiche_condition(self.regle, classe.si) if classe.si is not None else None
        rangs = {"rang": rang + 1, "sur": len(systeme.classes)}
        words = (
            p("classe.si", si=fiche.si(self.d), **rangs) if fiche is not None else p("classe.autres", **rangs)
        )
        read = self.lu(fiche.parts) if fiche is not None else None
        return [*lines, Explanation("classe", classe.libelle, lu=read, regle=words)]

    def _forces(self) -> list[Explanation]:
        systeme, prise = self.ligne.trace.systeme, self.ligne.trace.force
        forces = systeme.forces if systeme is not None else ()
        before = forces[: forces.index(prise)] if prise is not None else forces
        lines = self._inconnues((f.si for f in before), "force_inconnue")
        if prise is None:
            return lines
        fiche = fiche_condition(self.regle, prise.si)
        words = p("force", si=fiche.si(self.d), total_mesure=points(prise.total))
        read, nom = self.lu(fiche.parts), prise.id.replace("_", " ")
        line = Explanation("force", nom, lu=read, regle=words, points=prise.total, retenu=prise.total)
        return [*lines, line]

    def famille(self, t: TraceFamille, mort: Phrase | None) -> Explanation:
        """Write a family; ``mort`` says what put it aside as a whole."""
        f = t.famille
        gagne = gagnant(t)
        lines = [self._membre(t, place, gagne, mort) for place in range(len(t.membres))]
        lines += self._ajustements(t, mort)
        return Explanation(
            code=f.id,
            libelle=libelle(f, self.langue),
            regle=FAMILLES[f.regle],
            points=exact(t.points),
            retenu=0 if mort is not None else exact(t.points),
            ecarte_par=mort,
            enfants=tuple(lines),
        )

    def _membre(self, t: TraceFamille, place: int, gagne: int | None, mort: Phrase | None) -> Explanation:
        membre = t.membres[place]
        propre = ecarte(t, place, gagne) if gagne is not None else None
        if isinstance(membre, TraceFamille):
            inside = self.famille(membre, mort or (p("ecarte.famille") if propre is not None else None))
            if propre is None or mort is not None:
                return inside
            return Explanation(
                inside.code, inside.libelle, regle=inside.regle, points=inside.points, retenu=0,
                ecarte_par=propre, enfants=inside.enfants,
            )  # fmt: skip
        return self.critere(membre, mort or propre)

    def critere(self, t: TraceCritere, ecarte_par: Phrase | None) -> Explanation:
        """Write a criterion: value read, rule, points, what is kept, missing, to be checked."""
        c, fiche = t.critere, fiche_critere(self.regle, t.critere)
        manque: tuple[str, ...] = ()
        if t.points is None and id(c) in self.manquants:
            manque = tuple(sorted(set(a_demander(c, t.demande))))
        elif t.points is None and ecarte_par is None:
            ecarte_par = p("ecarte.sans_effet")
        gain = self.gains.get(id(t))
        preuve = (fiche.preuve,) if gain is not None and fiche.preuve is not None else ()
        return Explanation(
            code=c.id,
            libelle=libelle(c, self.langue),
            lu=self.lu(fiche.parts) if t.demande is self.d else lu(fiche.parts, t.demande, {}),
            etat_preuve=_etat_preuve(t),
            regle=fiche.regle(t),
            points=t.points,
            retenu=0 if ecarte_par is not None or t.points is None else t.points,
            ecarte_par=ecarte_par,
            manque=manque,
            si_verifie=gain,
            reference=fiche.reference,
            enfants=(*evenements(t), *preuve, *fiche.lois) if fiche.enfants or preuve else (),
        )

    def _ajustements(self, t: TraceFamille, mort: Phrase | None) -> list[Explanation]:
        f = t.famille
        valeur: Nombre = regler(f, [membre.points for membre in t.membres])
        found = [
            Explanation(code, "", regle=words, points=v, retenu=0 if mort else v)
            for code, words, v in limites(valeur, f.plafond, f.plancher)
        ]
        valeur = borner(valeur, f.plafond, f.plancher)
        for facteur, reponse in zip(f.facteurs, t.facteurs, strict=True):
            if reponse is None:
                found.append(inconnue(self.regle, facteur.si, self.d, "facteur_inconnu"))
                continue
            fiche = fiche_condition(self.regle, facteur.si)
            plus = exact(valeur * (facteur.fois - 1)) if reponse else 0
            words = p(
                "facteur.applique" if reponse else "facteur.non_applique",
                si=fiche.si(self.d),
                fois_mesure=mesure("nombre", facteur.fois),
            )
            read = self.lu(fiche.parts)
            found.append(
                Explanation("facteur", "", lu=read, regle=words, points=plus, retenu=0 if mort else plus)
            )
            valeur *= facteur.fois if reponse else 1
        return found


def _etat_preuve(t: TraceCritere) -> str | None:
    if t.critere.preuve == "declare":
        return "declare"
    if not t.points:
        return None
    return "verifie" if t.verifie else "a_verifier"
