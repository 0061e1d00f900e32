"""Why a request has no score: out of scope, or a value to be given first."""

from __future__ import annotations

import datetime as dt

from palier.base.explanation import Explanation, Phrase
from palier.engines.cotation.explain_fiches import fiche_condition, fiche_critere, libelle
from palier.engines.cotation.explain_phrases import lu, lu_colonne, p, validite
from palier.engines.cotation.reference import Regle, ScoreRow, TraceCritere
from palier.engines.cotation.reference.conditions import vrai
from palier.engines.cotation.reference.jugement import a_demander
from palier.engines.cotation.vigueur import motifs_de_simulation, phrase_de_simulation

_LUS = {
    "posterieure": "date_depot_initial",
    "radiee": "statut",
    "attribuee": "statut",
    "expiree": "date_renouvellement",
    "autre_territoire": "localisations",
}


def explain_sans_note(regle: Regle, ligne: ScoreRow, langue: str) -> Explanation:
    """Explain a request that has no score: the reason, what was read, what to give."""
    grille, d, motif = regle.grille, ligne.trace.demande, ligne.motif_etat or ""
    words: Phrase
    read = lu_colonne(_LUS[motif], d) if motif in _LUS else None
    lines: tuple[Explanation, ...] = ()
    if motif in _LUS or motif in ("aucun_systeme", "reponse_absente", "rapport_indefini"):
        words = p(f"{ligne.etat}.{motif}", au_date=ligne.au.isoformat(), validite_mesure=validite(d))
    else:
        cause = next(h for h in grille.hors_champ if h.motif == motif and vrai(h.si, d))
        fiche = fiche_condition(regle, cause.si)
        words = p("hors_champ.grille", motif=motif.replace("_", " "), si=fiche.si(d))
        read = lu(fiche.parts, d, {})
    if motif == "reponse_absente":
        absents = [t for t in ligne.trace.criteres() if t.points is None and t.critere.absent == "hors_champ"]
        lines = tuple(_sans_points(regle, t, langue, p("regle.absent_hors_champ")) for t in absents)
    elif motif == "rapport_indefini":
        asked = p("regle.rapport_indefini")
        lines = tuple(_sans_points(regle, t, langue, asked) for t in ligne.trace.indefinis)
    return Explanation(
        code="total",
        libelle=grille.libelle,
        lu=read,
        regle=words,
        manque=tuple(sorted({nom for line in lines for nom in line.manque})),
        reference=grille.deliberation or grille.source,
        enfants=(*simulation(regle, ligne.au), *lines),
    )


def simulation(regle: Regle, au: dt.date) -> list[Explanation]:
    """Return the line that says that the grid does not apply on a day, if so."""
    motifs = motifs_de_simulation(regle.grille, au, regle.connues)
    words = phrase_de_simulation(regle.grille, motifs)
    return [Explanation("simulation", "", regle=words)] if motifs else []


def _sans_points(regle: Regle, t: TraceCritere, langue: str, words: Phrase) -> Explanation:
    fiche = fiche_critere(regle, t.critere)
    return Explanation(
        code=t.critere.id,
        libelle=libelle(t.critere, langue),
        lu=lu(fiche.parts, t.demande, {}),
        regle=words,
        manque=tuple(sorted(set(a_demander(t.critere, t.demande)))),
        reference=fiche.reference,
    )
