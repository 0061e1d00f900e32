"""The State's XML as a table of requests with its children."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from palier.formats.anomalies import Anomalies
from palier.formats.entetes import Champ, Titres
from palier.formats.sne_demande import DemandeLue, LecteurDemande
from palier.formats.sne_elements import LecteurElements
from palier.formats.sne_xml import stream_demandes
from palier.formats.source import Faute, Lignes, SourceArbre
from palier.tables.registre import schema

LOT = 5_000
CHAMPS = {
    "numero_unique": "numUnique",
    "date_depot_initial": "dateCreationDemande",
    "nom": "demandeur/nom",
    "prenom": "demandeur/prenom",
    "naissance": "demandeur/dateNaissance",
    "conjoint_naissance": "cotitulaire/dateNaissance",
    "nationalite": "demandeur/nationalite",
    "situation_familiale": "demandeur/situationFamiliale",
    "en_couple": "cotitulaire/lienDemandeur",
    "nb_personnes": "demandeur, cotitulaire, personneACharge, personneEnGarde",
    "nb_a_charge": "personneACharge",
    "nb_mineurs": "personneACharge, personneEnGarde (18 ans à la date de travail)",
    "nb_moins_14": "personneACharge, personneEnGarde (14 ans à la date de travail)",
    "nb_a_naitre": "personneANaitre/nombre",
    "naissance_prevue": "personneANaitre/dateNaissancePrevue",
    "nb_garde_alternee": "personneEnGarde/coParentalite G",
    "nb_droit_visite": "personneEnGarde/coParentalite D",
    "rfr_n1_eur": "revenuFiscal/montantMoins1",
    "rfr_n2_eur": "revenuFiscal/montantMoins2",
    "rfr_n2_annee": "revenuFiscal/anneeMoins2",
    "ressources_mensuelles_cent": "listeRessourceRecue moins listeRessourceVersee",
    "situation_professionnelle": "typeContratTravail",
    "commune_travail": "situationProfessionnelle/commune",
    "logement_commune": "adressePostale/commune",
    "logement_mode": "modeleLogement",
    "logement_type": "typeLogementActuel",
    "logement_surface_m2": "surface",
    "logement_nb_occupants": "nombreHabitant",
    "loyer_cent": "montantMensuelLoyer",
    "typologies": "logementRecherche/typeLogement",
    "localisations": "localisationSouhaite/commune",
}


@dataclass
class SourceSne(SourceArbre):
    """An open XML of the State; children pile up as batches are read."""

    path: Path
    anomalies: Anomalies
    au: dt.date
    entetes: list[str] = field(default_factory=lambda: list(CHAMPS))
    lecteur: LecteurElements = field(default_factory=LecteurElements)
    _personnes: list[pl.DataFrame] = field(default_factory=list)
    _ressources: list[pl.DataFrame] = field(default_factory=list)

    def lots(self) -> Iterator[Lignes]:
        """Give the requests by batches, in the order of the file."""
        reader = self.lecteur = LecteurDemande(self.au)
        waiting: list[DemandeLue] = []
        lines: list[int] = []
        empty = True
        for element in stream_demandes(self.path, self.anomalies):
            empty = False
            waiting.append(reader.read(element))
            lines.append(int(element.sourceline or 0))
            if len(waiting) == LOT:
                yield self._batch(waiting, lines)
                waiting, lines = [], []
        if waiting:
            yield self._batch(waiting, lines)
        elif empty and not self.anomalies.fatals:
            self.anomalies.refuse_fichier("SNE-009")
        if reader.incertains:
            self.anomalies.refuse_fichier("SNE-011", f"Éléments : {', '.join(sorted(reader.incertains))}.")

    @property
    def titres(self) -> Titres:
        """Mapping of elements to columns."""
        table = schema("demandes")
        champs = (
            Champ(place, element, table[nom], 1, "élément du SNE")
            for place, (nom, element) in enumerate(CHAMPS.items())
        )
        return Titres(tuple(champs), ())

    @property
    def ignorees(self) -> list[str]:
        """Elements of the requests that no column reads."""
        return sorted(self.lecteur.vus - self.lecteur.lus)

    def _batch(self, read: list[DemandeLue], lines: list[int]) -> Lignes:
        cells = pl.DataFrame(
            {str(i): [d.cellules.get(nom) for d in read] for i, nom in enumerate(CHAMPS)},
            schema={str(i): pl.String() for i in range(len(CHAMPS))},
        )
        faults: dict[tuple[str, str], list[int]] = {}
        for rank, demande in enumerate(read):
            for fault in demande.fautes:
                faults.setdefault(fault, []).append(rank)
        self._personnes.append(_personnes(read))
        self._ressources.append(_ressources(read))
        fautes = [Faute(code, ranks, element) for (code, element), ranks in faults.items()]
        return Lignes(cells, pl.Series("ligne", lines, dtype=pl.Int64), fautes=fautes)

    def enfants(self, kept: pl.Series) -> dict[str, pl.DataFrame]:
        """Return the children of the requests that are kept, given by their unique numbers."""
        numbers = kept.rename("numero_unique").to_frame()
        made = {}
        for nom, frames in (("personnes", self._personnes), ("ressources", self._ressources)):
            whole = pl.concat([pl.DataFrame(schema=schema(nom).polars), *frames])
            made[nom] = whole.join(numbers, on="numero_unique", how="semi", maintain_order="left")
        return made


def _personnes(read: list[DemandeLue]) -> pl.DataFrame:
    rows = [
        (d.cellules["numero_unique"], rank, p.naissance, p.lien, p.garde, p.a_charge, None)
        for d in read
        for rank, p in enumerate(d.personnes[:255], start=1)
    ]
    target = schema("personnes").polars
    texts = target | {"personne_naissance": pl.String()}
    frame = pl.DataFrame(rows, schema=texts, orient="row")
    return frame.with_columns(pl.col("personne_naissance").str.to_date("%Y-%m-%d", strict=False))


def _ressources(read: list[DemandeLue]) -> pl.DataFrame:
    rows = [
        (d.cellules["numero_unique"], rank, code, cents)
        for d in read
        for rank, code, cents in d.ressources
        if cents < 2**31
    ]
    return pl.DataFrame(rows, schema=schema("ressources").polars, orient="row")
