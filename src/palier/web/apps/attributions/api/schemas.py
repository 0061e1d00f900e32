"""Bodies and answers of the API of allocations; amounts in cents a month, surfaces in m²."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from palier.web.apps.offres.api import Erreur

__all__ = ["Erreur"]

_DU, _AU = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
Jour = Annotated[dt.date, Field(ge=_DU, le=_AU, examples=["2026-11-24"])]
Numero = Annotated[
    str, Field(pattern=r"^\d{13}[0-9A-Z]{5}$", description="Numéro unique", examples=["067112600000112345"])
]
Code = Annotated[str, Field(pattern=r"^[A-Za-z_0-9]{1,40}$")]
Epci = Annotated[str, Field(pattern=r"^(\d{9})?$", examples=["246700488"])]
Cent = Annotated[int, Field(ge=0, le=2_000_000)]


class Description(Schema):
    """What describes a home; only what is given is written."""

    loyer_cent: Cent | None = None
    charges_cent: Cent = 0
    surface_m2: Annotated[int, Field(ge=5, le=500)] | None = None
    financement: Literal["plai", "plus", "pls"] | None = None
    dpe_classe: Literal["A", "B", "C", "D", "E", "F", "G"] | None = None
    accessible: bool | None = None
    adapte: bool = False
    etage: Annotated[int, Field(ge=-5, le=60)] | None = None
    ascenseur: bool | None = None
    typologie: Literal["t1", "t2", "t3", "t4", "t5", "t6"] = "t1"
    epci: Epci = ""
    mandant: Epci = ""
    zone_tendue: bool = True
    d331_25_1: bool = False


class Ouverture(Schema):
    """A home to allocate: a notice (both days), or a first letting (its day, its description)."""

    logement: Annotated[str, Field(pattern=r"^[\w.\-]{1,60}$", examples=["L42"])]
    territoire: Annotated[str, Field(pattern=r"^\d{9}$", examples=["246700488"])]
    conge_le: Jour | None = None
    bail_fin: Jour | None = None
    livraison_le: Jour | None = None
    description: Description | None = None


class OrientationEntree(Schema):
    """The right by which a home is oriented."""

    convention: uuid.UUID


class RetraitVacance(Schema):
    """Why a home is withdrawn."""

    motif: Literal["vente", "demolition", "travaux", "erreur", "locataire_reste"]


class RechercheEntree(Schema):
    """Days of a search, and the requests whose reasons are asked for."""

    seance_le: Jour
    signature_le: Jour
    premiers: Annotated[int, Field(ge=0, le=500)] = 50
    numeros: Annotated[list[Numero], Field(max_length=50)] = []


class CandidatureEntree(Schema):
    """A request to propose."""

    numero: Numero


class PointEntree(Schema):
    """A home to put on an agenda."""

    vacance: uuid.UUID
    recherche: uuid.UUID | None = None


class NotificationEntree(Schema):
    """Proof that a letter was handed over."""

    remise_le: Jour
    preuve: Annotated[str, Field(pattern=r"^[\w .,:/\-]{1,60}$", examples=["LR 1A 234 567 8901 2"])]


class PropositionEntree(Schema):
    """The offer of a home."""

    envoyee_le: Jour
    recue_le: Jour
    jours: Annotated[int, Field(ge=1, le=60)] | None = None


class ReceptionEntree(Schema):
    """A later day of reception."""

    recue_le: Jour


class ReponseEntree(Schema):
    """An answer that came by phone, by letter or at the desk."""

    sens: Literal["oui", "non"]
    le: Jour
    canal: Literal["telephone", "papier", "guichet"]
    motif: Annotated[str, Field(pattern=r"^[a-z_]{0,30}$")] = ""


class BailEntree(Schema):
    """A lease."""

    signe_le: Jour
    reference: Annotated[str, Field(pattern=r"^[\w .,/\-]{1,40}$", examples=["B 12"])]
    identite_verifiee: bool


# --- answers ---


class OrientationSortie(Schema):
    """An orientation that runs."""

    convention: uuid.UUID
    reservataire: str
    notifiee_le: dt.date
    limite: dt.date | None


class Vacance(Schema):
    """A home to allocate."""

    id: uuid.UUID
    logement: str
    etat: str
    territoire: str
    commune_code: str
    typologie: str
    loyer_cent: int | None
    charges_cent: int
    surface_m2: int | None
    financement: str | None
    dpe_classe: str | None
    conge_le: dt.date | None
    bail_fin: dt.date | None
    livraison_le: dt.date | None
    orientation: OrientationSortie | None


class Vacances(Schema):
    """A page of homes."""

    vacances: list[Vacance]
    suivante: uuid.UUID | None


class Jugement(Schema):
    """A request in a search: its place, or all that excludes it."""

    numero: str
    ordre: int | None
    motifs: list[str]
    signaux: list[str]


class Recherche(Schema):
    """What a search counted: by reason, and for this reason alone."""

    id: uuid.UUID
    n: int
    eligibles: int
    comptes: dict[str, int]
    seuls: dict[str, int]
    premiers: list[Jugement]
    demandes: list[Jugement]


class Candidature(Schema):
    """A request proposed for a home."""

    id: uuid.UUID
    vacance: uuid.UUID
    numero: str
    proposee_par: str
    proposee_le: dt.date
    etat: str
    motifs_ecart: list[str]
    signaux: list[str]
    ordre: int | None
    rang: int | None


class Candidatures(Schema):
    """A page of candidates."""

    candidatures: list[Candidature]
    suivante: uuid.UUID | None


class Point(Schema):
    """A home on an agenda."""

    id: uuid.UUID
    vacance: uuid.UUID
    place: int
    nature: str
    etat: str


class Seance(Schema):
    """A session and its agenda."""

    id: uuid.UUID
    numero: int
    le: dt.date
    mode: str
    etat: str
    convoquee_le: dt.date | None
    points: list[Point]


class SeanceLigne(Schema):
    """A session in a list."""

    id: uuid.UUID
    numero: int
    le: dt.date
    mode: str
    etat: str
    convoquee_le: dt.date | None


class Seances(Schema):
    """A page of sessions."""

    seances: list[SeanceLigne]
    suivante: uuid.UUID | None


class Decision(Schema):
    """What the commission decided for a candidate."""

    id: uuid.UUID
    candidature: uuid.UUID
    numero: str
    code: str
    rang: int | None
    motifs: list[str]
    condition_piece: str
    condition_limite: dt.date | None
    etat: str
    notifiee_le: dt.date | None
    recours_limite: dt.date | None


class Decisions(Schema):
    """A page of decisions."""

    decisions: list[Decision]
    suivante: uuid.UUID | None


class Proposition(Schema):
    """The offer of a home, with its last day."""

    id: uuid.UUID
    candidature: uuid.UUID
    vacance: uuid.UUID
    rang: int
    envoyee_le: dt.date
    recue_le: dt.date
    limite: dt.date
    etat: str
    reponse_le: dt.date | None
    canal: str


class Propositions(Schema):
    """A page of offers."""

    propositions: list[Proposition]
    suivante: uuid.UUID | None


class Reponse(Schema):
    """What an answer did: the offer, and the one that it called for the next rank."""

    proposition: Proposition
    suivante: Proposition | None


class Bail(Schema):
    """A lease."""

    id: uuid.UUID
    candidature: uuid.UUID
    reference: str
    signe_le: dt.date
    loyer_cent: int


class Demande(Schema):
    """A request, without amounts nor anything of class 3 or 4."""

    id: uuid.UUID
    numero: str
    statut: str
    date_depot_initial: dt.date
    expire_le: dt.date
    nom: str | None
    prenom: str | None
    nb_personnes: int | None
    typologies: list[str]
    localisations: list[str]


class Demandes(Schema):
    """A page of requests."""

    demandes: list[Demande]
    suivante: uuid.UUID | None


class Pages(Schema):
    """A page by key."""

    apres: uuid.UUID | None = None
    limite: int = Field(50, ge=1, le=200)


class FiltreEtat(Pages):
    """A page, of one state."""

    etat: str = Field("", pattern=r"^[a-z_]{0,24}$")


class FiltreCandidatures(FiltreEtat):
    """A page of candidates, of a home."""

    vacance: uuid.UUID | None = None


class FiltreDecisions(FiltreEtat):
    """A page of decisions, of a session."""

    seance: uuid.UUID | None = None
