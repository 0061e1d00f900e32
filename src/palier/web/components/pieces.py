"""What the parts of a page need: frozen objects that views and queries fill; templates accept any twin.

Texts are in the language of the page already. A part never computes: it writes what it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from palier.web.components.dessin.carte import Cadre, Contour, Repere
from palier.web.components.dessin.facade import Facade

__all__ = [
    "Action",
    "CarteOffre",
    "ChampLibre",
    "Chiffre",
    "Choix",
    "Colonne",
    "Courrier",
    "Critere",
    "Echeance",
    "Etape",
    "Etat",
    "Facade",
    "Fait",
    "GroupeChoix",
    "GroupeCriteres",
    "Lien",
    "LigneMontant",
    "Pages",
    "PanneauCarte",
    "Puce",
    "Recherche",
    "Retrait",
    "Tableau",
    "Vide",
]


@dataclass(frozen=True, slots=True)
class Lien:
    """A link; ``icone`` is a name of ``icones.json``."""

    texte: str
    url: str
    icone: str = ""
    courant: bool = False


@dataclass(frozen=True, slots=True)
class Action(Lien):
    """A button; ``principale`` once a page at most."""

    principale: bool = False


@dataclass(frozen=True, slots=True)
class Etat:
    """A status line: icon, bold word, then the rest (a date, a reason).

    Parameters
    ----------
    code : str
        One of ``palier.ETATS``: fait, verifie, a_vous, en_attente, a_verifier, ecarte, non_examine, info,
        attention, bloque, attente.
    mot : str
        The bold word.
    suite : str
        What follows, its own comma included.
    """

    code: str
    mot: str
    suite: str = ""


@dataclass(frozen=True, slots=True)
class Fait:
    """A fact with its icon: « 2e étage »."""

    icone: str
    texte: str


@dataclass(frozen=True, slots=True)
class CarteOffre:
    """An offer in a list.

    Parameters
    ----------
    url, titre, lieu : str
        Link, « Trois-pièces de 64 m² », « Les Tanneries, Orlemont ».
    facade : Facade
        Its drawing; ``description`` says it in words.
    faits : sequence of Fait
        Floor, lift, availability.
    prix_cent : int
        Rent with charges, or price [cent].
    prix_mention : str
        « par mois, charges comprises ».
    etat : Etat
        Freshness.
    bailleur : str
        Landlord.
    energie : str
        Class A to G, empty where the law asks none.
    attente : str
        The line about the wait, or « Groupe trop petit pour un calcul ».
    marques : sequence of str
        « Nouveau », « Réservé aux étudiants ».
    """

    url: str
    titre: str
    lieu: str
    facade: Facade
    description: str
    prix_cent: int | None
    prix_mention: str
    etat: Etat
    bailleur: str
    faits: Sequence[Fait] = ()
    energie: str = ""
    attente: str = ""
    marques: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A measured figure: number in words, unit, what it counts, link to its method."""

    valeur: str
    texte: str
    unite: str = ""
    lien: Lien | None = None


@dataclass(frozen=True, slots=True)
class LigneMontant:
    """A line of a money block; a negative amount is written with a true minus and in green."""

    libelle: str
    cent: int
    estimation: bool = False


@dataclass(frozen=True, slots=True)
class Echeance:
    """A deadline.

    Parameters
    ----------
    jours : int
        Days left; 0 is the last day, less is over.
    date : str
        « jusqu'au jeudi 12 mars 2026, à minuit ».
    effet : str
        What silence does.
    telephone : str
        Shown in the last three days.
    """

    jours: int
    date: str
    effet: str
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Etape:
    """A landing of a path: ``etat`` is fait, maintenant or a_venir."""

    titre: str
    texte: str
    etat: str = "fait"


@dataclass(frozen=True, slots=True)
class Choix:
    """One answer of a group, with how many results it keeps."""

    valeur: str
    texte: str
    compte: int | None = None
    choisi: bool = False


@dataclass(frozen=True, slots=True)
class GroupeChoix:
    """A group of boxes (``plusieurs``) or radios under one legend."""

    nom: str
    legende: str
    choix: Sequence[Choix]
    plusieurs: bool = True


@dataclass(frozen=True, slots=True)
class Puce:
    """A chosen filter; its link removes it."""

    texte: str
    url: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Keys to the other pages of a list.

    Parameters
    ----------
    resume : str
        « 1 à 20 sur 38 ».
    debut, suite : str
        Links to the first page and to the next; empty where there is none.
    """

    resume: str
    debut: str = ""
    suite: str = ""


@dataclass(frozen=True, slots=True)
class Critere:
    """A criterion of an explanation.

    Parameters
    ----------
    nom : str
        Its public name.
    points : str
        Points in words.
    textes : sequence of str
        The person's fact, the rule.
    preuve : Etat, optional
        State of the proof.
    retenu : bool
        False: points are struck, with the words « non retenu ».
    nul : bool
        No point was given.
    enfants : sequence of Critere
        What it is made of.
    """

    nom: str
    points: str
    textes: Sequence[str] = ()
    preuve: Etat | None = None
    retenu: bool = True
    nul: bool = False
    enfants: Sequence[Critere] = ()


@dataclass(frozen=True, slots=True)
class GroupeCriteres:
    """A family: its rule in a sentence, its sub-total in words."""

    nom: str
    regle: str
    sous_total: str
    criteres: Sequence[Critere] = ()


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column of a table; ``chiffre`` aligns figures at the end."""

    titre: str
    chiffre: bool = False


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table whose first column names the row; under 576 px each row is a card.

    Parameters
    ----------
    colonnes : sequence of Colonne
        First one: the row headers.
    lignes : sequence of sequences
        Cells: text, safe HTML, :class:`Lien` or :class:`Etat`.
    legende : str
        Caption: base, date, source.
    total : sequence
        A last row over a rule.
    """

    colonnes: Sequence[Colonne]
    lignes: Sequence[Sequence[Any]]
    legende: str = ""
    total: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Retrait:
    """A filter of an empty search: what dropping it gives back."""

    texte: str
    url: str


@dataclass(frozen=True, slots=True)
class Vide:
    """An empty result: what, which filters cost most, a way out."""

    titre: str
    texte: str
    retraits: Sequence[Retrait] = ()
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class ChampLibre:
    """A text field of a GET form.

    Parameters
    ----------
    nom, libelle, valeur : str
        Name in the address, label, what was asked.
    suffixe : str
        Unit after the field.
    aide : str
        A short help.
    mode : str
        ``inputmode``: text, numeric, decimal.
    completion : str
        ``autocomplete``.
    suggestions : str
        Address that answers ``{"lieux": […]}`` to ``?q=`` (``/api/v1/lieux``); an addition of JavaScript.
    erreur : str
        What is wrong with the value.
    """

    nom: str
    libelle: str
    valeur: str = ""
    suffixe: str = ""
    aide: str = ""
    mode: str = "text"
    completion: str = "off"
    suggestions: str = ""
    erreur: str = ""


@dataclass(frozen=True, slots=True)
class Recherche:
    """The search of the home page: four questions, one button, GET."""

    action: str
    natures: GroupeChoix
    lieu: ChampLibre
    tailles: GroupeChoix
    loyer: ChampLibre
    note: str = ""


@dataclass(frozen=True, slots=True)
class PanneauCarte:
    """A map and its buttons.

    Parameters
    ----------
    nom : str
        What the map shows, with its result.
    cadre : Cadre
        What is seen.
    contours, reperes : sequences
        Outlines and marks of the drawing.
    boutons : sequence of Lien
        Closer, farther, moves: links, so that no drag is needed; ``icone`` plus, minus, crosshair…
    points, lignes : str
        GeoJSON addresses of the offers and of the outlines, for the interactive map.
    fond : str
        Address of a PMTiles background, if the operator gives one.
    """

    nom: str
    cadre: Cadre
    contours: Sequence[Contour] = ()
    reperes: Sequence[Repere] = ()
    boutons: Sequence[Lien] = ()
    points: str = ""
    lignes: str = ""
    fond: str = ""


@dataclass(frozen=True, slots=True)
class Courrier:
    """What stands around a printed sheet (A4)."""

    emetteur: Sequence[str]
    destinataire: Sequence[str]
    lieu_date: str
    reference: str
    titre: str
    signature: str
    pied: Sequence[str] = ()
