"""What a person typed for one home: decisions, reasons, departures, hands, roll; kept as it was typed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from palier.base.errors import Problem
from palier.engines.commission import EcartOrdre
from palier.web.apps.attributions import phrases
from palier.web.apps.attributions.models import Candidature, Decision
from palier.web.apps.attributions.operations.appel import Presente
from palier.web.apps.attributions.operations.points import Choix

_LONG = 1_000


@dataclass(frozen=True, slots=True)
class Saisie:
    """The ballot of one candidate, as text.

    Parameters
    ----------
    code, rang, rang_condition, piece, limite, texte, ecart, ecart_texte : str
        As typed.
    motifs : mapping of str to mapping
        Reasons ticked, with their figures.
    """

    code: str = ""
    rang: str = ""
    rang_condition: str = ""
    piece: str = ""
    limite: str = ""
    texte: str = ""
    motifs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ecart: str = ""
    ecart_texte: str = ""


def typed(data: QueryDict, candidature: uuid.UUID, au: dt.date) -> Saisie:
    """Return what was typed for a candidate."""

    def one(nom: str) -> str:
        return data.get(f"{nom}-{candidature}", "").strip()[:_LONG]

    known = phrases.details("caleol_motifs", au)
    ticked = [code for code in data.getlist(f"motif-{candidature}") if code in known]
    reasons = {
        code: {
            nom: value
            for nom in known[code].get("chiffres", "").split()
            if (value := one(f"chiffre-{code}-{nom}"))
        }
        for code in ticked
    }
    return Saisie(
        one("decision"), one("rang"), one("rang_condition"), one("piece"), one("limite"), one("texte"),
        reasons, one("ecart"), one("ecart_texte"),
    )  # fmt: skip


def stored(decision: Decision | None, ecarts: Sequence[Mapping[str, str]], numero: str, ordre: int) -> Saisie:
    """Return what was kept for a candidate; nothing is chosen where nobody has chosen."""
    gap = next((e for e in ecarts if e["numero"] == numero), {})
    if decision is None:
        return Saisie(rang=str(ordre), ecart=gap.get("code", ""), ecart_texte=gap.get("texte", ""))
    rank = str(decision.rang or "")
    ranked = decision.code == "attribution_rang"
    return Saisie(
        decision.code,
        rank if ranked else str(ordre),
        "" if ranked else rank,
        decision.condition_piece,
        decision.condition_limite.isoformat() if decision.condition_limite else "",
        decision.texte,
        {code: {k: str(v) for k, v in values.items()} for code, values in decision.motifs.items()},
        gap.get("code", ""),
        gap.get("texte", ""),
    )


def choices_of(
    saisies: Mapping[uuid.UUID, Saisie], lettres: Mapping[uuid.UUID, str]
) -> tuple[list[Choix], list[Problem]]:
    """Return the proposal, and what cannot be read in it."""
    made, problems = [], []
    for pk, said in saisies.items():
        if not said.code:
            continue
        letter = lettres[pk]
        rank = {"attribution_rang": said.rang, "attribution_condition": said.rang_condition}.get(
            said.code, ""
        )
        number, day = _number(rank), _day(said.limite)
        if rank and number is None:
            problems.append(_unread(letter, "Le rang n'est pas un nombre.", "Écrivez 1, 2, 3…"))
        conditional = said.code == "attribution_condition"
        if conditional and said.limite and day is None:
            problems.append(
                _unread(letter, "Le dernier jour de la pièce n'est pas une date.", "Corrigez-la.")
            )
        refusal = said.code in ("non_attribution", "irrecevabilite")
        reasons = {c: {k: _value(v) for k, v in chiffres.items()} for c, chiffres in said.motifs.items()}
        made.append(
            Choix(
                pk, said.code, number, said.piece if conditional else "", day if conditional else None,
                reasons if refusal else {}, said.texte,
            )
        )  # fmt: skip
    return made, problems


def gaps_of(saisies: Mapping[uuid.UUID, Saisie], files: Sequence[Candidature]) -> list[EcartOrdre]:
    """Return the departures from the order that somebody explained."""
    return [
        EcartOrdre(c.numero_unique, said.ecart, said.ecart_texte)
        for c in files
        if (said := saisies[c.pk]).ecart or said.ecart_texte
    ]


def hands_typed(data: QueryDict, voters: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the hand of each member: her own, else that of all."""
    everyone = data.get("voix_tous", "")
    found = {pk: data.get(f"voix-{pk}", "") or everyone for pk in voters}
    return {pk: sens for pk, sens in found.items() if sens}


def roll_typed(
    data: QueryDict, membres: Sequence[uuid.UUID]
) -> tuple[dict[uuid.UUID, Presente], list[Problem]]:
    """Return who is said to be there, and proxies held by nobody."""
    said = {pk: data.get(f"etat-{pk}", "") for pk in membres}
    held: dict[uuid.UUID, list[uuid.UUID]] = {}
    problems = []
    for pk, text in said.items():
        kind, _sep, value = text.partition(":")
        if kind != "pouvoir":
            continue
        holder = next((m for m in membres if str(m) == value and said[m] == "present"), None)
        if holder is None:
            problems.append(
                Problem("ATR-125", "pouvoir", "Un pouvoir est donné à une personne absente.",
                        "Choisissez une personne présente, ou dites le membre absent.")
            )  # fmt: skip
        else:
            held.setdefault(holder, []).append(pk)
    there = {
        pk: Presente(tuple(held.get(pk, ())), text.partition(":")[2] if text.startswith("interet:") else "")
        for pk, text in said.items()
        if text == "present" or text.startswith("interet:")
    }
    return there, problems


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None


def _value(text: str) -> int | str:
    found = _number(text) if len(text) < 4 else None
    if found is None and text.isascii() and text.isdecimal() and len(text) < 12:
        found = int(text)
    return text[:60] if found is None else found


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _unread(lettre: str, constat: str, que_faire: str) -> Problem:
    return Problem("ATR-126", lettre, constat, que_faire)
