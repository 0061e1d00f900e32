"""An invented commission of Strasbourg, and short ways to write its facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from palier import law
from palier.engines.commission import (
    Bulletin,
    Condition,
    Decision,
    Dossier,
    EcartOrdre,
    Logement,
    Membre,
    Point,
    Presence,
    RechercheConsignee,
    Reglement,
    RegleQuorum,
    Scrutin,
    Seance,
    parse_reglement,
    read_exemple,
)
from palier.law.calendrier import calendrier

DOSSIER = Path(__file__).parent
JOUR = dt.date(2026, 11, 24)
LOI = law.at(JOUR, non_verifie=True)
PARIS = calendrier(LOI, "75056")
REGLEMENT = parse_reglement(read_exemple(), "exemple")
COMMUNES = {"A": "67482", "B": "67218"}
EPCI = "246700488"
MEMBRES = (
    Membre("o1", "organisme", president=True),
    *(Membre(f"o{k}", "organisme") for k in range(2, 7)),
    Membre("maire", "maire", COMMUNES["A"]),
    Membre("maire_b", "maire", COMMUNES["B"]),
    Membre("prefet", "prefet", "67"),
    Membre("epci", "epci", EPCI),
    Membre("mandant", "mandant", "732829320"),
    Membre("reservataire", "reservataire", "784824153"),
    Membre("reservataire_x", "reservataire", "542051180"),
    Membre("ccas", "ccas"),
)
NOMS = {f"n{k}": f"0671126{k:06d}67482" for k in range(10)}


def cases(nom: str) -> list[dict[str, Any]]:
    """Rows of a file."""
    found: list[dict[str, Any]] = yaml.safe_load((DOSSIER / nom).read_text(encoding="utf-8"))
    return found


def ident(row: dict[str, Any]) -> str:
    """Name of a row in the report."""
    return str(row["nom"])


def logement(nom: str = "A", **more: Any) -> Logement:
    """A home of commune A or B, in the EPCI unless said otherwise."""
    values = {"epci": EPCI, "reservataire": "784824153", **more}
    return Logement(f"logement {nom}", COMMUNES[nom], "67", **values)


def reglement(row: Mapping[str, Any] | None = None) -> Reglement:
    """The example, with another quorum or other choices."""
    rule = dict(row or {})
    quorum = rule.pop("quorum", None)
    if quorum is not None:
        part = quorum.get("part")
        counted = RegleQuorum(quorum["base"], quorum.get("min"), Fraction(part) if part else None)
        rule["quorum"] = counted
    return replace(REGLEMENT, **rule) if rule else REGLEMENT


def dossier(row: str | Mapping[str, Any]) -> Dossier:
    """A file: its short name alone is a live request."""
    values = {"numero": row} if isinstance(row, str) else dict(row)
    values["numero"] = NOMS.get(values["numero"], values["numero"])
    return Dossier(**{"depot": dt.date(2026, 1, 15), **values})


def decision(row: Mapping[str, Any]) -> Decision:
    """A decision: ``motifs`` may be a list of codes without numbers."""
    values = dict(row)
    motifs = values.get("motifs", {})
    values["motifs"] = {code: {} for code in motifs} if isinstance(motifs, list) else motifs
    if "condition" in values:
        values["condition"] = Condition(*values["condition"])
    values["numero"] = NOMS.get(values["numero"], values["numero"])
    return Decision(**values)


def presences(row: Mapping[str, Any]) -> tuple[Presence, ...]:
    """Who is there, with interests (``interets``) and proxies (``pouvoirs``: holder to absent)."""
    interests, proxies = row.get("interets", {}), row.get("pouvoirs", {})
    return tuple(Presence(m, tuple(proxies.get(m, ())), interests.get(m)) for m in row.get("presents", ()))


def bulletins(row: Mapping[str, Any]) -> tuple[Bulletin, ...]:
    """Ballots: ``oui: [o1]``, ``non``, ``abstention``; ``o2@o1`` is cast by proxy."""
    found = []
    for sens in ("oui", "non", "abstention", "peut_etre"):
        for name in row.get(sens, ()):
            membre, _, par = name.partition("@")
            recu = row.get("recus", {}).get(membre)
            found.append(Bulletin(membre, sens, par or None, recu and recu.replace(tzinfo=dt.UTC)))  # type: ignore[arg-type]
    return tuple(found)


def seance(row: Mapping[str, Any] | None = None) -> Seance:
    """A session of the day, called ten days before, in the room."""
    values = dict(row or {})
    rule = reglement(values.pop("reglement", None))
    files = tuple(dossier(d) for d in values.pop("dossiers", ()))
    values = {"le": JOUR, "convoquee_le": JOUR - dt.timedelta(days=10), "mode": "salle", **values}
    return Seance(**values, reglement=rule, dossiers=files)


def recherche(row: Mapping[str, Any] | None) -> RechercheConsignee | None:
    """A recorded search of the day."""
    return None if row is None else RechercheConsignee(**{"au": JOUR, **row})


def point(row: Mapping[str, Any]) -> Point:
    """One home with everything that was done for it."""
    opened = row.get("scrutin")
    return Point(
        logement(row.get("logement", "A"), **row.get("logement_plus", {})),
        tuple(dossier(d) for d in row.get("dossiers", ("n1", "n2", "n3"))),
        MEMBRES,
        presences(row),
        tuple(decision(d) for d in row.get("decisions", ())),
        bulletins(row),
        tuple(NOMS[n] for n in row.get("ordre", ())),
        tuple(EcartOrdre(NOMS[e["numero"]], e["code"], e["texte"]) for e in row.get("ecarts", ())),
        recherche(row.get("recherche")),
        opened and Scrutin(*(t.replace(tzinfo=dt.UTC) for t in opened)),
    )
