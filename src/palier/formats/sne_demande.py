"""One request of the State's XML, read into cells of the registry and children rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from lxml import etree

from palier.base.exact import parse_cents, parse_integer
from palier.base.periods import complete_years
from palier.formats.sne_codes import codes_sne
from palier.formats.sne_xml import ESPACE

MAX_PERSONNES = 30
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:\d{2})?")
_COUPLE = ("conjoint", "pacs", "concubin")
_EN_COUPLE = ("marie", "pacs", "concubin")
Element = etree._Element
Cellule = str | None


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
    """One request: its cells as texts, its children, its faults.

    ``fautes`` are (code, element, detail); ``incertains`` the elements that held
    a code whose meaning is not verified.
    """

    cellules: dict[str, Cellule] = field(default_factory=dict)
    personnes: list[PersonneLue] = field(default_factory=list)
    ressources: list[tuple[int | None, str, int]] = field(default_factory=list)
    fautes: list[tuple[str, str, str]] = field(default_factory=list)
    incertains: set[str] = field(default_factory=set)


def _name(element: Element) -> str:
    return etree.QName(element).localname


class LecteurDemande:
    """Reads one ``demande`` element.

    Counts of children are made at ``au``, the date of the work: a child is minor
    below 18 complete years, and counts below 14 complete years, on that day.

    Parameters
    ----------
    au : date
        Date at which ages are counted.
    """

    def __init__(self, au: dt.date) -> None:
        self.au = au
        self.lue = DemandeLue()

    def read(self, demande: Element) -> DemandeLue:
        """Read a request; every fault is kept, none is raised."""
        self.lue = DemandeLue()
        logement = self._one(demande, "demandeLogement")
        physique = self._one(logement, "personnePhysique")
        demandeur = self._one(physique, "demandeur")
        cells = self.lue.cellules
        cells["numero_unique"] = self._text(logement, "numUnique")
        cells["date_depot_initial"] = self._date(logement, "dateCreationDemande")
        for found, element in (
            (cells["numero_unique"], "numUnique"),
            (self._text(logement, "dateCreationDemande"), "dateCreationDemande"),
            (demandeur, "demandeur"),
        ):
            if found is None:
                self._fault("SNE-003", element)
        if physique is not None and demandeur is not None:
            titulaires = [demandeur, *self._several(physique, "listeCotitulaire", "cotitulaire")]
            self._demandeur(demandeur)
            self._household(physique, titulaires)
            self._fiscal(titulaires)
            self._resources(titulaires)
            self._logement(physique)
        self._wishes(logement)
        return self.lue

    # --- elements -----------------------------------------------------------------------------------------

    def _fault(self, code: str, element: str, detail: str = "") -> None:
        self.lue.fautes.append((code, element, detail))

    def _one(self, parent: Element | None, nom: str) -> Element | None:
        """Return the only child of that name; two are two boxes ticked."""
        if parent is None:
            return None
        found = parent.findall(f"{ESPACE}{nom}")
        if len(found) > 1:
            self._fault("SNE-004", nom)
        return found[0] if found else None

    def _several(self, parent: Element | None, liste: str, nom: str) -> list[Element]:
        holder = self._one(parent, liste)
        return [] if holder is None else holder.findall(f"{ESPACE}{nom}")

    def _text(self, parent: Element | None, nom: str) -> Cellule:
        found = self._one(parent, nom)
        text = (found.text or "").strip() if found is not None else ""
        return text or None

    def _date(self, parent: Element | None, nom: str) -> Cellule:
        text = self._text(parent, nom)
        if text is None:
            return None
        if match := _DATE.fullmatch(text):
            with suppress(ValueError):
                return dt.date.fromisoformat(match[1]).isoformat()
        self._fault("SNE-006", nom)
        return None

    def _number(self, parent: Element | None, nom: str, *, cents: bool = False) -> int | None:
        text = self._text(parent, nom)
        if text is None:
            return None
        try:
            value = parse_cents(text) if cents else parse_integer(text)
        except ValueError:
            self._fault("SNE-007", nom)
            return None
        if value < 0:
            self._fault("SNE-007", nom)
            return None
        return value

    def _code(self, parent: Element | None, nom: str) -> Cellule:
        return self._decode(self._one(parent, nom))

    def _decode(self, element: Element | None) -> Cellule:
        if element is None or not element.get("code"):
            return None
        nom = _name(element)
        known = codes_sne()[nom].get(str(element.get("code")))
        if known is None:
            self._fault("SNE-005", nom)
            return None
        if not known.verifie:
            self.lue.incertains.add(nom)
        return known.vers

    def _commune(self, parent: Element | None) -> Cellule:
        place = self._one(parent, "commune")
        return place.get("code") if place is not None else None

    # --- request ------------------------------------------------------------------------------------------

    def _demandeur(self, demandeur: Element) -> None:
        travail = self._one(demandeur, "situationProfessionnelle")
        cells = self.lue.cellules
        cells["nom"] = self._text(demandeur, "nom")
        cells["prenom"] = self._text(demandeur, "prenom")
        cells["naissance"] = self._date(demandeur, "dateNaissance")
        cells["nationalite"] = self._code(demandeur, "nationalite")
        cells["situation_familiale"] = self._code(demandeur, "situationFamiliale")
        cells["situation_professionnelle"] = self._code(travail, "typeContratTravail")
        cells["commune_travail"] = self._commune(travail)
        cells["logement_commune"] = self._commune(self._one(demandeur, "adressePostale"))

    def _household(self, physique: Element, titulaires: list[Element]) -> None:
        """Count the household: applicant, co-holders, dependants, children of both kinds of custody."""
        cells, au = self.lue.cellules, self.au
        charge = [
            PersonneLue(
                self._date(p, "dateNaissance"), self._sex(p), self._code(p, "lienParente"), None, True
            )
            for p in self._several(physique, "listePersonneACharge", "personneACharge")
        ]
        garde = [
            PersonneLue(
                self._date(p, "dateNaissance"), self._sex(p), "enfant", self._code(p, "coParentalite"), False
            )
            for p in self._several(physique, "listePersonneEnGarde", "personneEnGarde")
        ]
        others = [
            PersonneLue(self._date(p, "dateNaissance"), None, self._code(p, "lienDemandeur"), None, False)
            for p in titulaires[1:]
        ]
        first = PersonneLue(cells["naissance"], None, "demandeur", None, False)
        self.lue.personnes = [first, *others, *charge, *garde]
        if len(self.lue.personnes) > MAX_PERSONNES:
            self._fault("SNE-012", "personnePhysique")
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
        unborn = self._one(physique, "personneANaitre")
        expected = self._number(unborn, "nombre")
        cells["nb_a_naitre"] = str(expected) if expected is not None else None
        cells["naissance_prevue"] = self._date(unborn, "dateNaissancePrevue")

    def _sex(self, personne: Element) -> str | None:
        self._code(personne, "sexe")
        found = personne.find(f"{ESPACE}sexe")
        return found.get("code") if found is not None else None

    def _check_counted_once(self, charge: list[PersonneLue], garde: list[PersonneLue]) -> None:
        for place, child in enumerate(garde):
            same = [p for p in charge if _looks_the_same(child, p)]
            same += [p for p in garde[:place] if _looks_the_same(child, p) and p.garde != child.garde]
            if same:
                self._fault("SNE-008", "listePersonneEnGarde")

    def _fiscal(self, titulaires: list[Element]) -> None:
        """Sum the reference tax incomes of the household.

        A spouse without amount is on the same tax notice; any other co-holder
        without amount makes the household's income unknown.
        """
        for year, column in (("1", "rfr_n1_eur"), ("2", "rfr_n2_eur")):
            found = [(self._one(t, "revenuFiscal"), self._code_silent(t)) for t in titulaires]
            amounts = [(self._number(r, f"montantMoins{year}"), link) for r, link in found]
            years = {y for r, _ in found if (y := self._number(r, f"anneeMoins{year}")) is not None}
            if len(years) > 1:
                self._fault("SNE-013", f"anneeMoins{year}")
            missing = amounts[0][0] is None or any(
                a is None and link not in ("M", "P") for a, link in amounts[1:]
            )
            total = None if missing else str(sum(a for a, _ in amounts if a is not None))
            self.lue.cellules[column] = total
            if year == "2":
                self.lue.cellules["rfr_n2_annee"] = str(min(years)) if len(years) == 1 else None

    def _code_silent(self, titulaire: Element) -> str | None:
        link = titulaire.find(f"{ESPACE}lienDemandeur")
        return link.get("code") if link is not None else None

    def _resources(self, titulaires: list[Element]) -> None:
        """Sum what all receive, minus what all pay; unknown if a holder has no list received."""
        total, known = 0, True
        for rank, holder in enumerate(titulaires, start=1):
            known = known and holder.find(f"{ESPACE}listeRessourceRecue") is not None
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
            self._fault("SNE-010", "listeRessourceVersee")
        self.lue.cellules["ressources_mensuelles_cent"] = str(total) if known and total >= 0 else None

    def _details(self, holder: Element, liste: str) -> Iterator[tuple[str, int]]:
        for detail in self._several(holder, liste, "detailRessource"):
            code = self._code(detail, "ressource")
            cents = self._number(detail, "montant", cents=True)
            if code is not None and cents is not None:
                yield code, cents

    def _logement(self, physique: Element) -> None:
        home = self._one(physique, "logementActuel")
        modes = self._several(home, "listeModeleLogement", "modeleLogement")
        if len(modes) > 1:
            self._fault("SNE-004", "modeleLogement")
        cells = self.lue.cellules
        cells["logement_mode"] = self._decode(modes[0]) if len(modes) == 1 else None
        cells["logement_type"] = self._code(home, "typeLogementActuel")
        rent = self._number(home, "montantMensuelLoyer", cents=True)
        cells["loyer_cent"] = str(rent) if rent is not None else None
        cells["logement_surface_m2"] = self._text(home, "surface")
        cells["logement_nb_occupants"] = self._text(home, "nombreHabitant")

    def _wishes(self, logement: Element | None) -> None:
        wanted = self._one(logement, "logementRecherche")
        kinds = [self._decode(e) for e in self._several(wanted, "listeTypeLogement", "typeLogement")]
        places = [
            self._commune(e)
            for e in self._several(wanted, "listeLocalisationSouhaite", "localisationSouhaite")
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
