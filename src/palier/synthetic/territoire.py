"""One territory the size of the Eurométropole de Strasbourg."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from palier.synthetic.baux import (
    RADIATIONS,
    lease_frame,
    observe,
    queue_typologie,
    queue_weights,
    yearly_leases,
)
from palier.synthetic.commission import decision_frame, hold_sessions, proposition_frame
from palier.synthetic.controles import check_date, check_graine, check_taille
from palier.synthetic.dates import draw_dates, format_numbers
from palier.synthetic.demandes import draw_profils
from palier.synthetic.evenements import Journal, add_ordinary
from palier.synthetic.file_attente import FileAttente, run_file
from palier.synthetic.lieux import Lieux, lieux_territoire
from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import taux, valeurs
from palier.synthetic.motifs import HLM
from palier.synthetic.parc import bailleurs, draw_bailleurs, draw_parc
from palier.synthetic.personnes import draw_noms, person_frame, public_frame
from palier.synthetic.tirage import Tableau, draw_chance
from palier.tables import colonne

_STATUTS = colonne("statut").codes
_DOSSIER = 0


@dataclass(frozen=True, slots=True)
class Territoire:
    """An invented territory at a date: the tables of the registry, and its communes.

    Parameters
    ----------
    siren, nom : str
        The real EPCI whose communes, codes and size are borrowed.
    communes : tuple of str
        Official codes of its communes.
    au : date
        Date of state.
    graine : int
        Seed.
    """

    siren: str
    nom: str
    communes: tuple[str, ...]
    au: dt.date
    graine: int
    demandes: pl.DataFrame
    personnes: pl.DataFrame
    evenements: pl.DataFrame
    publics: pl.DataFrame
    logements: pl.DataFrame
    baux: pl.DataFrame
    propositions: pl.DataFrame
    decisions: pl.DataFrame


def generate_territoire(
    graine: int, au: dt.date, taille: float = 1.0, ressources_nulles_avec_loyer: int = 0
) -> Territoire:
    """Invent a territory: 20,000 requests, 52,000 homes, 4,800 leases a year.

    Parameters
    ----------
    graine : int
        Seed, 0 or more: the same seed gives the same bytes.
    au : date
        Date of state; nothing happens after it.
    taille : float
        Scale, 1 for the size above.
    ressources_nulles_avec_loyer : int
        Requests spoilt on purpose (a rent, yet no resources), to show a refusal.

    Returns
    -------
    Territoire

    Raises
    ------
    UsageError
        SYN-010 (size), SYN-011 (date), SYN-013 (seed).

    Examples
    --------
    >>> import datetime as dt
    >>> petit = generate_territoire(1, dt.date(2026, 11, 24), taille=0.01)
    >>> len(petit.demandes), len(petit.logements), len(petit.communes)
    (200, 520, 33)
    """
    check_graine(graine)
    check_date(au)
    check_taille(taille)
    repere = valeurs("attributions_par_an")
    jour = (au - dt.date(1970, 1, 1)).days
    lieux = lieux_territoire()
    lot = Lot(graine, _DOSSIER, round(repere["demandes"] * taille), jour)
    parc = Lot(graine, _DOSSIER, round(repere["logements"] * taille), jour)
    draw_profils(lot, lieux, au.year, ressources_nulles_avec_loyer)
    draw_parc(parc, lieux)
    typologie = queue_typologie(lot)
    attente = run_file(lot.rng(Place.FILE), jour, typologie, queue_weights(lot), yearly_leases(parc))
    return _assemble(lot, parc, lieux, attente, typologie, au)


def _assemble(
    lot: Lot, parc: Lot, lieux: Lieux, attente: FileAttente, typologie: Tableau, au: dt.date
) -> Territoire:
    vues = observe(lot, parc, attente, typologie)
    dernier = _last_seen(vues.place, vues.depot, attente)
    fin = np.where(attente.fermee, vues.sortie[dernier], lot.au).astype(np.int32)
    draw_dates(lot, attente.depot, fin)
    numeros = format_numbers(
        lot.rng(Place.NUMEROS),
        lieux.prefixes[np.zeros(len(vues.place), dtype=np.int64)],
        vues.depot,
        np.argsort(np.argsort(vues.depot, kind="stable"), kind="stable"),
    )
    siens = numeros.gather(dernier)
    _draw_dossier(lot, siens, attente.fermee, vues.motif[dernier])
    logements = parc.frame("logements")
    seances = hold_sessions(lot, vues, typologie, attente.fermee)
    journal = Journal()
    add_ordinary(journal, lot, fin)
    propositions = proposition_frame(lot, vues, seances, (numeros, siens), logements, journal)
    closes = np.flatnonzero(attente.fermee)
    journal.add(closes, fin[closes], "radiation")
    zone = lieux.zones[0]
    return Territoire(
        siren=zone.code,
        nom=zone.nom,
        communes=zone.communes,
        au=au,
        graine=lot.graine,
        demandes=lot.frame("demandes"),
        personnes=person_frame(lot, siens),
        evenements=journal.frame(siens),
        publics=public_frame(lot, siens),
        logements=logements,
        baux=lease_frame(vues, numeros, parc, lieux, typologie, lot.au),
        propositions=propositions,
        decisions=decision_frame(lot, vues, seances, (numeros, siens), logements["logement_id"]),
    )


def _last_seen(place: Tableau, depot: Tableau, attente: FileAttente) -> Tableau:
    """Return, for each place of the file, the row of its last request among the observations."""
    dernier = np.zeros(len(attente.depot), dtype=np.int64)
    ordre = np.argsort(depot, kind="stable")
    dernier[place[ordre]] = ordre
    return dernier


def _draw_dossier(lot: Lot, numeros: pl.Series, fermee: Tableau, motif: Tableau) -> None:
    rng = lot.rng(Place.DOSSIERS)
    lot["numero_unique"] = numeros
    attend = draw_chance(rng, lot.n, taux("en_attente_piece"))
    vivante = np.where(attend, _STATUTS.index("en_attente_piece"), _STATUTS.index("active"))
    finie = np.where(
        motif == RADIATIONS.index("attribution"), _STATUTS.index("attribuee"), _STATUTS.index("radiee")
    )
    lot["statut"] = np.where(fermee, finie, vivante)
    lot["motif_radiation"] = motif
    lot.blank("motif_radiation", ~fermee)
    hlm = lot["_groupe"] == HLM
    lot["bailleur_siren"] = pl.Series(list(bailleurs())).gather(draw_bailleurs(rng, lot.n))
    rangs = pl.Series(np.arange(lot.n))
    lot["numero_bail"] = pl.select(pl.lit("B") + pl.lit(rangs).cast(pl.String).str.zfill(7)).to_series()
    lot.blank("bailleur_siren", ~hlm)
    lot.blank("numero_bail", ~hlm)
    draw_noms(lot)
