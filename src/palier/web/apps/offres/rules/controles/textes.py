"""What a text may not hold: markup, broken characters, somebody's data, discrimination."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from palier.base.lieux import make_cle
from palier.base.yamlstrict import Liste, Table
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.controles.contact import is_role_mail
from palier.web.apps.offres.rules.parametrage import load_data, words
from palier.web.apps.offres.rules.saisie import OffreSaisie

TEXTES = (
    "titre", "description", "visites", "offres_modalites", "loyer_progressif", "activites_recherchees",
    "activites_exclues", "public_reserve_base",
)  # fmt: skip
_AUTRES = ("adresse", "contact_service", "contact_adresse", "reference_bailleur")
_AVEC_CONTACT = ("visites", "offres_modalites")
_HTML = re.compile(
    r"</?[a-zA-Z][^<>]{0,300}>|<!--|<(?:script|iframe|img|svg|style)\b"
    r"|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});"
    r"|javascript:|data:text/html|\bon[a-z]{3,15}\s*=\s*[\"']",
    re.IGNORECASE,
)
_SUITES = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
_ABIME = re.compile(f"[\u00c2\u00c3][{_SUITES}]|\u00e2\u20ac|\u00ef\u00bb\u00bf|\ufffd|\u00c3 ")
_CAPITALES = re.compile("[A-ZÀ-ÖØ-Þ]+")
_LIEN = re.compile(r"https?://|\bwww\.[a-z0-9-]+\.", re.IGNORECASE)
_TELEPHONE = re.compile(
    r"(?<![\d.,/-])(?:(?:\+|00)\s?33\s?(?:\(0\)\s?)?|0)[1-9](?:[ .\-\u00a0\u202f/]?\d{2}){4}(?!\d)"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_CIVILITE = re.compile(
    r"(?:\b(?:Mme|Mlle|Mr|MM|Monsieur|Madame|Mademoiselle)\b\.?|\bM\.)\s+(?:[A-Z]\.\s*)?[A-ZÀ-Ý][\w'’-]+"
)
_VOIE = re.compile(
    r"(?:rue|place|avenue|boulevard|allée|impasse|quai|cours|square|école|collège|lycée|parc|quartier|résidence"
    r"|passage|chemin|arrêt|station)(?:\s+(?:de|du|des|la|le|les|l'))*\s*$",
    re.IGNORECASE,
)
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@dataclass(frozen=True, slots=True)
class Interdit:
    """One line of ``mots.yaml``."""

    motif: re.Pattern[str]
    sauf: re.Pattern[str] | None
    admis_si: frozenset[str]
    raison: str


@cache
def _list(nom: str) -> tuple[Interdit, ...]:
    found = []
    for node in cast(Liste, load_data("mots")[nom]):
        raw = cast(Table, node)
        sauf = re.compile(rf"\b{raw['sauf']}\b") if "sauf" in raw else None
        motif = re.compile(rf"\b(?:{raw['motif']})\b")
        found.append(Interdit(motif, sauf, frozenset(words(raw.get("admis_si"))), str(raw["raison"])))
    return tuple(found)


@cache
def starters(nom: str) -> tuple[str, ...]:
    """Fragments of which every text at fault holds one: the patient patterns run on those texts alone."""
    return words(cast(Table, load_data("mots")["amorces"])[nom])


def _may_hold(cle: str, nom: str) -> bool:
    return any(start in cle for start in starters(nom))


def check(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    """Give OFF-130 to OFF-136, OFF-140 to OFF-144, OFF-150 and OFF-151."""
    del contexte
    for champ in TEXTES:
        text = getattr(offre, champ)
        if text:
            for code in _shape(text):
                yield Anomalie(code, champ)
            if champ in ("titre", "description") and _LIEN.search(text):
                yield Anomalie("OFF-136", champ)
            cle = plain(text)
            yield from _people(text, cle, champ, offre)
            yield from _grounds(cle, champ, offre)
    for champ in _AUTRES:
        text = getattr(offre, champ)
        if text:
            for code in _shape(text):
                yield Anomalie(code, champ)
    title = offre.titre
    if title is not None and not any(c.isalpha() for c in title):
        yield Anomalie("OFF-133", "titre")


def judge_text(texte: str) -> list[Anomalie]:
    """Return what is wrong in a text that stands beside an offer: the words of a picture."""
    alone = OffreSaisie(titre=texte)
    cle = plain(texte)
    shape = [Anomalie(code, "titre") for code in _shape(texte)]
    if not any(c.isalpha() for c in texte):
        shape.append(Anomalie("OFF-133", "titre"))
    return [*shape, *_people(texte, cle, "titre", alone), *_grounds(cle, "titre", alone)]


@lru_cache(4096)
def _shape(text: str) -> tuple[str, ...]:
    """Codes of what spoils a text, whoever wrote it; the same contact stands in thousands of offers."""
    found = []
    if any(c in text for c in "<&:=") and _HTML.search(text):
        found.append("OFF-130")
    if not text.isprintable() and any(_is_command(c) for c in text):
        found.append("OFF-131")
    if any(c in text for c in "ÂÃâï\ufffd") and _ABIME.search(text):
        found.append("OFF-134")
    capitals = len(text) - len(_CAPITALES.sub("", text))
    if capitals >= 16 and capitals * 10 > 8 * sum(map(str.isalpha, text)):
        found.append("OFF-135")
    return tuple(found)


@lru_cache(4096)
def plain(text: str) -> str:
    """Reduce a text to its words, in ASCII lower case: apostrophes and hyphens are spaces."""
    return make_cle(text)


def _is_command(c: str) -> bool:
    return c in _BIDI or (c not in "\n\t\r" and unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn"))


@cache
def _access() -> re.Pattern[str]:
    heads = "|".join(words(load_data("mots")["acces"]))
    return re.compile(rf"\b(?:{heads})( est| le| du| no| n| numero| code)* (?=[a-z0-9]*\d)[a-z0-9]{{3,8}}\b")


@cache
def _occupants() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words(load_data('mots')['occupants']))})\b")


def _people(text: str, cle: str, champ: str, offre: OffreSaisie) -> Iterator[Anomalie]:
    public = {_digits(offre.contact_telephone), _digits(offre.reference_bailleur)}
    shared = champ in _AVEC_CONTACT
    for match in _TELEPHONE.finditer(text) if "0" in text or "+" in text else ():
        number = _digits(match[0])
        if number not in public and not (shared and number[1:2] not in ("6", "7")):
            yield Anomalie("OFF-140", champ)
            break
    for match in _MAIL.finditer(text) if "@" in text else ():
        mail = match[0].rstrip(".").lower()
        if mail != (offre.contact_mail or "").lower() and not (shared and is_role_mail(mail)):
            yield Anomalie("OFF-141", champ)
            break
    if _may_hold(cle, "acces") and _access().search(cle):
        yield Anomalie("OFF-142", champ)
    if _may_hold(cle, "occupants") and _occupants().search(cle):
        yield Anomalie("OFF-143", champ)
    if "M" in text and any(
        not _VOIE.search(text[max(0, m.start() - 40) : m.start()]) for m in _CIVILITE.finditer(text)
    ):
        yield Anomalie("OFF-144", champ)


def _digits(text: str | None) -> str:
    digits = re.sub(r"\D", "", text or "")
    for prefix in ("0033", "33"):
        if digits.startswith(prefix) and len(digits) in (len(prefix) + 9, len(prefix) + 10):
            return "0" + digits[len(prefix) :].lstrip("0")
    return digits


def _grounds(cle: str, champ: str, offre: OffreSaisie) -> Iterator[Anomalie]:
    for nom, code in (("interdits", "OFF-150"), ("douteux", "OFF-151")):
        if not _may_hold(cle, nom):
            continue
        seen = set()
        for line in _list(nom):
            match = line.motif.search(cle)
            if match is None or line.raison in seen or offre.public_reserve in line.admis_si:
                continue
            around = cle[max(0, match.start() - 30) : match.end() + 30]
            if line.sauf is None or line.sauf.search(around) is None:
                seen.add(line.raison)
                said = f"« {match[0]} » : {line.raison}."
                yield Anomalie(code, champ, said, _LOI if code == "OFF-150" else None)


_LOI = "code pénal, article 225-1 ; loi n° 89-462 du 6 juillet 1989, article 1er"
