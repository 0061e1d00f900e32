"""One request of the State's XML, read into cells of the registry and children rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from palier.base.periods import complete_years
from palier.formats.sne_elements import Cellule, LecteurElements, Noeud

MAX_PERSONNES = 30
_COUPLE = ("conjoint", "pacs", "concubin")
_EN_COUPLE = ("marie", "pacs", "concubin")


@dataclass(frozen=True, slots=True)
class PersonneLue:
    """One person of the household."""

    naissance: str | None
    sexe: str | None
    lien: str | None
    garde: str | None
    a_charge: bool


@dataclass
class DemandeLue:
    """One request: its cells as texts, its children, its faults as (code, element)."""

    cellules: dict[str, Cellule] = field(default_factory=dict)
    personnes: list[PersonneLue] = field(default_factory=list)
    ressources: list[tuple[int | None, str, int]] = field(default_factory=list)
    fautes: list[tuple[str, str]] = field(default_factory=list)


class LecteurDemande(LecteurElements):
    """Reads one ``demande`` element.

    Counts of children are made at ``au``, the date of the work: a child is minor
    below 18 complete years, and counts below 14 complete years, on that day.

    Parameters
    ----------
    au : date
        Date at which ages are counted.
    """

    def __init__(self, au: dt.date) -> None:
        super().__init__()
        self.au = au
        self.lue = DemandeLue()

    def read(self, element: etree._Element) -> DemandeLue:
        """Read a request; every fault is kept, none is raised."""
        self.lue = DemandeLue()
        self.fautes = {}
        demande = self.tree(element)
        logement = self.one(demande, "demandeLogement")
        physique = self.one(logement, "personnePhysique")
        demandeur = self.one(physique, "demandeur")
        cells = self.lue.cellules
        cells["numero_unique"] = self.text(logement, "numUnique")
        cells["date_depot_initial"] = self.date(logement, "dateCreationDemande")
        for nom, found in (
            ("numUnique", cells["numero_unique"]),
            ("dateCreationDemande", self.text(logement, "dateCreationDemande")),
            ("demandeur", demandeur),
        ):
            if found is None:
                self.fault("SNE-003", nom)
        if physique is not None and demandeur is not None:
            titulaires = [demandeur, *self.several(physique, "listeCotitulaire", "cotitulaire")]
            self._demandeur(demandeur)
            self._household(physique, titulaires)
            self._fiscal(titulaires)
            self._resources(titulaires)
            self._logement(physique)
        self._wishes(logement)
        self.lue.fautes = list(self.fautes)
        return self.lue

    def _demandeur(self, demandeur: Noeud) -> None:
        travail = self.one(demandeur, "situationProfessionnelle")
        cells = self.lue.cellules
        cells["nom"] = self.text(demandeur, "nom")
        cells["prenom"] = self.text(demandeur, "prenom")
        cells["naissance"] = self.date(demandeur, "dateNaissance")
        cells["nationalite"] = self.code(demandeur, "nationalite")
        cells["situation_familiale"] = self.code(demandeur, "situationFamiliale")
        cells["situation_professionnelle"] = self.code(travail, "typeContratTravail")
        cells["commune_travail"] = self.commune(travail)
        cells["logement_commune"] = self.commune(self.one(demandeur, "adressePostale"))

    def _household(self, physique: Noeud, titulaires: list[Noeud]) -> None:
        """Count the household: applicant, co-holders, dependants, children of both kinds of custody."""
        cells, au = self.lue.cellules, self.au
        charge = [
            PersonneLue(self.date(p, "dateNaissance"), self._sex(p), self.code(p, "lienParente"), None, True)
            for p in self.several(physique, "listePersonneACharge", "personneACharge")
        ]
        garde = [
            PersonneLue(
                self.date(p, "dateNaissance"), self._sex(p), "enfant", self.code(p, "coParentalite"), False
            )
            for p in self.several(physique, "listePersonneEnGarde", "personneEnGarde")
        ]
        others = [
            PersonneLue(self.date(p, "dateNaissance"), None, self.code(p, "lienDemandeur"), None, False)
            for p in titulaires[1:]
        ]
        first = PersonneLue(cells["naissance"], None, "demandeur", None, False)
        self.lue.personnes = [first, *others, *charge, *garde]
        if len(self.lue.personnes) > MAX_PERSONNES:
            self.fault("SNE-012", "personnePhysique")
        self._check_counted_once(charge, garde)
        spouse = next((p for p in others if p.lien in _COUPLE), None)
        cells["conjoint_naissance"] = spouse.naissance if spouse else None
        cells["en_couple"] = _en_couple(spouse is not None, cells["situation_familiale"])
        children = charge + garde
        cells["nb_personnes"] = str(len(self.lue.personnes))
        cells["nb_a_charge"] = str(len(charge))
        cells["nb_mineurs"] = _count_below(children, 18, au)
        cells["nb_moins_14"] = _count_below(children, 14, au)
        cells["nb_garde_alternee"] = str(sum(p.garde == "alternee" for p in garde))
        cells["nb_droit_visite"] = str(sum(p.garde == "droit_visite" for p in garde))
        unborn = self.one(physique, "personneANaitre")
        expected = self.number(unborn, "nombre")
        cells["nb_a_naitre"] = str(expected) if expected is not None else None
        cells["naissance_prevue"] = self.date(unborn, "dateNaissancePrevue")

    def _sex(self, personne: Noeud) -> str | None:
        found = self.one(personne, "sexe")
        self.decode(found)
        return found.code if found is not None else None

    def _check_counted_once(self, charge: list[PersonneLue], garde: list[PersonneLue]) -> None:
        for place, child in enumerate(garde):
            same = [p for p in charge if _looks_the_same(child, p)]
            same += [p for p in garde[:place] if _looks_the_same(child, p) and p.garde != child.garde]
            if same:
                self.fault("SNE-008", "listePersonneEnGarde")

    def _fiscal(self, titulaires: list[Noeud]) -> None:
        """Sum the reference tax incomes of the household.

        A spouse without amount is on the same tax notice; any other co-holder
        without amount makes the household's income unknown.
        """
        for year, column in (("1", "rfr_n1_eur"), ("2", "rfr_n2_eur")):
            found = [(self.one(t, "revenuFiscal"), self._link(t)) for t in titulaires]
            amounts = [(self.number(r, f"montantMoins{year}"), link) for r, link in found]
            years = {y for r, _ in found if (y := self.number(r, f"anneeMoins{year}")) is not None}
            if len(years) > 1:
                self.fault("SNE-013", f"anneeMoins{year}")
            missing = amounts[0][0] is None or any(
                a is None and link not in ("M", "P") for a, link in amounts[1:]
            )
            total = None if missing else str(sum(a for a, _ in amounts if a is not None))
            self.lue.cellules[column] = total
            if year == "2":
                self.lue.cellules["rfr_n2_annee"] = str(min(years)) if len(years) == 1 else None

    def _link(self, titulaire: Noeud) -> str | None:
        found = self.one(titulaire, "lienDemandeur")
        return found.code if found is not None else None

    def _resources(self, titulaires: list[Noeud]) -> None:
        """Sum what all receive, minus what all pay; unknown if a holder has no list received."""
        total, known = 0, True
        for rank, holder in enumerate(titulaires, start=1):
            known = known and "listeRessourceRecue" in holder.enfants
            for liste, sign, person in (
                ("listeRessourceRecue", 1, rank),
                ("listeRessourceVersee", -1, rank),
                ("listeRessourceRecuePersACharge", 1, None),
                ("listeRessourceVerseePersACharge", -1, None),
            ):
                for code, cents in self._details(holder, liste):
                    total += sign * cents
                    self.lue.ressources.append((person, code, cents))
        if known and total < 0:
            self.fault("SNE-010", "listeRessourceVersee")
        self.lue.cellules["ressources_mensuelles_cent"] = str(total) if known and total >= 0 else None

    def _details(self, holder: Noeud, liste: str) -> Iterator[tuple[str, int]]:
        for detail in self.several(holder, liste, "detailRessource"):
            code = self.code(detail, "ressource")
            cents = self.number(detail, "montant", cents=True)
            if code is not None and cents is not None:
                yield code, cents

    def _logement(self, physique: Noeud) -> None:
        home = self.one(physique, "logementActuel")
        modes = self.several(home, "listeModeleLogement", "modeleLogement")
        if len(modes) > 1:
            self.fault("SNE-004", "modeleLogement")
        cells = self.lue.cellules
        cells["logement_mode"] = self.decode(modes[0]) if len(modes) == 1 else None
        cells["logement_type"] = self.code(home, "typeLogementActuel")
        rent = self.number(home, "montantMensuelLoyer", cents=True)
        cells["loyer_cent"] = str(rent) if rent is not None else None
        cells["logement_surface_m2"] = self.text(home, "surface")
        cells["logement_nb_occupants"] = self.text(home, "nombreHabitant")

    def _wishes(self, logement: Noeud | None) -> None:
        wanted = self.one(logement, "logementRecherche")
        kinds = [self.decode(e) for e in self.several(wanted, "listeTypeLogement", "typeLogement")]
        places = [
            self.commune(e) for e in self.several(wanted, "listeLocalisationSouhaite", "localisationSouhaite")
        ]
        self.lue.cellules["typologies"] = "|".join(k for k in kinds if k) or None
        self.lue.cellules["localisations"] = "|".join(p for p in places if p) or None


def _en_couple(spouse: bool, situation: str | None) -> Cellule:
    """Say whether the applicant lives as a couple: a spouse among the co-holders, else the declared state."""
    if spouse:
        return "oui"
    return None if situation is None or situation in _EN_COUPLE else "non"


def _count_below(children: list[PersonneLue], age: int, au: dt.date) -> Cellule:
    """Count the children below an age at a date; unknown if one birth is."""
    births = [child.naissance for child in children]
    if any(birth is None for birth in births):
        return None
    return str(sum(complete_years(dt.date.fromisoformat(b), au) < age for b in births if b))


def _looks_the_same(one: PersonneLue, other: PersonneLue) -> bool:
    same_birth = one.naissance is not None and one.naissance == other.naissance
    return same_birth and (one.sexe == other.sexe or None in (one.sexe, other.sexe))
