"""A recorded session, read back: règlement, members, and each item as it was put to the vote."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from palier.base.errors import Problem, TableError
from palier.engines.commission.model.decision import Condition, Decision, EcartOrdre
from palier.engines.commission.model.dossier import Dossier, RechercheConsignee
from palier.engines.commission.model.reglement import parse_reglement
from palier.engines.commission.model.seance import Bulletin, Logement, Membre, Presence, Scrutin, Seance
from palier.engines.commission.run.cloture import Point

FORMAT = "seance/1"


@dataclass(frozen=True)
class PointEnregistre:
    """One item of a record: the item itself, and what its closing counted then."""

    place: int
    nature: str
    etat: str
    non_examen: str
    point: Point
    compte: Mapping[str, Any]


@dataclass(frozen=True)
class Enregistrement:
    """A recorded session: all that replays it, and what it said.

    Parameters
    ----------
    objectifs : tuple of mapping
        Objectives of the year at the day of the session: counts, what is missing, reached or not.
    pv : mapping, optional
        Minutes: ``contenu``, ``precedent``, ``empreinte``.
    """

    organisme: str
    numero: int
    seance: Seance
    points: tuple[PointEnregistre, ...]
    objectifs: tuple[Mapping[str, Any], ...]
    pv: Mapping[str, Any] | None


def seal(contenu: Mapping[str, Any], precedent: str) -> str:
    """Return the hash of minutes: of the hash before, then of the content in one writing."""
    text = json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{precedent}\n{text}".encode()).hexdigest()


def parse_enregistrement(texte: str, origine: str) -> Enregistrement:
    """Read a record of a session.

    Raises
    ------
    TableError
        COM-140 if the text is not one, or lacks something.
    RuleFileError
        Those of its règlement.
    """
    try:
        held = json.loads(texte)
        if held["palier"] != FORMAT:
            raise ValueError(f"« palier » vaut {str(held['palier'])[:20]}")
        return _read(held, origine)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TableError(
            Problem(
                "COM-140",
                origine,
                f"Ce fichier n'est pas une séance enregistrée : {str(error)[:80] or type(error).__name__}.",
                "Donnez un fichier écrit par « palier commission exporter ».",
            )
        ) from error


def _read(held: Mapping[str, Any], origine: str) -> Enregistrement:
    said = held["seance"]
    le = _day(said["le"])
    rule = parse_reglement(held["reglement"], f"{origine}, règlement")
    members = tuple(Membre(m["id"], m["qualite"], m["lieu"], bool(m["president"])) for m in held["membres"])
    points = tuple(
        PointEnregistre(
            int(p["place"]), p["nature"], p["etat"], p["non_examen"], _point(p, members), p["compte"]
        )
        for p in held["points"]
    )
    session = Seance(le, _day(said["convoquee_le"]), said["mode"], rule)
    return Enregistrement(
        str(held["organisme"]), int(said["numero"]), session, points, tuple(held["objectifs"]), held["pv"]
    )


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _maybe(text: str | None) -> dt.date | None:
    return None if text is None else _day(text)


def _point(p: Mapping[str, Any], membres: tuple[Membre, ...]) -> Point:
    found, ballot = p["recherche"], p["scrutin"]
    return Point(
        Logement(**p["logement"]),
        tuple(_dossier(d) for d in p["dossiers"]),
        membres,
        tuple(Presence(x["membre"], tuple(x["pouvoirs"]), x["interet"] or None) for x in p["presences"]),
        tuple(_decision(d) for d in p["decisions"]),
        tuple(
            Bulletin(b["membre"], b["sens"], b["par"], dt.datetime.fromisoformat(b["recu"]))
            for b in p["bulletins"]
        ),
        tuple(p["ordre"]),
        tuple(EcartOrdre(e["numero"], e["code"], e["texte"]) for e in p["ecarts"]),
        None
        if found is None
        else RechercheConsignee(_day(found["au"]), found["n"], found["eligibles"], found["motifs"]),
        None if ballot is None else Scrutin(*(dt.datetime.fromisoformat(t) for t in ballot)),
    )


def _dossier(d: Mapping[str, Any]) -> Dossier:
    return Dossier(
        d["numero"],
        _day(d["depot"]),
        _maybe(d["renouvellement"]),
        d["statut"],
        bool(d["designe_prefet"]),
        bool(d["dalo"]),
        _maybe(d["retire_le"]),
    )


def _decision(d: Mapping[str, Any]) -> Decision:
    waits = Condition(d["piece"], _day(d["limite"])) if d["limite"] else None
    return Decision(d["numero"], d["code"], d["rang"], waits, d["motifs"], d["texte"])
