"""What each nature asks, what it has no use for, identities, lengths, negative amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from palier.base.identifiers import is_siren
from palier.base.mots import nombre, word
from palier.tables import schema
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.parametrage import fields_of, numbers
from palier.web.apps.offres.rules.saisie import NATURES, OffreSaisie

_MAISON = frozenset({"etage", "avec_ascenseur"})
_COPROPRIETE = ("nb_lots", "charges_copro_an_cent", "procedure_copro")
_L721_1 = "L721-1 du code de la construction et de l'habitation"
_REFERENCE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._/ -]{0,38}[A-Za-z0-9])?")


@cache
def _montants() -> tuple[str, ...]:
    return tuple(c.nom for c in schema("offres").colonnes if c.type == "cent")


@cache
def _libelle(champ: str) -> str:
    return schema("offres")[champ].libelle


def check(offre: OffreSaisie, contexte: Contexte, illisibles: frozenset[str]) -> Iterator[Anomalie]:
    """Give OFF-010 to OFF-014, OFF-020 to OFF-022, OFF-067 and OFF-132."""
    yield from _identity(offre, contexte)
    yield from _fields(offre, illisibles)
    for champ, longest in numbers("longueurs").items():
        text = getattr(offre, champ)
        if text is not None and len(text) > longest:
            words = f"{nombre(len(text))} caractères, pour {nombre(longest)} au plus."
            yield Anomalie("OFF-132", champ, words)
    for champ in _montants():
        amount = getattr(offre, champ)
        if amount is not None and amount < 0:
            yield Anomalie("OFF-067", champ)


def _identity(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    siren, reference = offre.bailleur, offre.reference_bailleur
    if siren is not None and not is_siren(siren):
        yield Anomalie("OFF-010", "bailleur", f"Lu : « {siren[:20]} ».")
    elif siren is not None and contexte.emetteur is not None and siren != contexte.emetteur:
        words = f"Lu : {siren} ; ce compte dépose pour {contexte.emetteur}."
        yield Anomalie("OFF-011", "bailleur", words)
    longest = numbers("longueurs")["reference_bailleur"]
    if reference is not None and len(reference) <= longest and not _is_reference(reference):
        yield Anomalie("OFF-012", "reference_bailleur")


def _is_reference(text: str) -> bool:
    return _REFERENCE.fullmatch(text) is not None and "  " not in text


def _fields(offre: OffreSaisie, illisibles: frozenset[str]) -> Iterator[Anomalie]:
    nature = offre.nature
    for champ in ("reference_bailleur", "nature", "commune_code"):
        if not getattr(offre, champ) and champ not in illisibles:
            yield Anomalie("OFF-020", champ)
    if nature in NATURES:
        said = f"L'offre est « {word(f'code.nature.{nature}')} »."
        yield from _missing(offre, fields_of(nature, "requis"), illisibles, "OFF-020", said)
        house = _MAISON if offre.type_bien == "maison" else frozenset()
        yield from _missing(offre, fields_of(nature, "conseille"), illisibles | house, "OFF-022", "")
        for champ in fields_of(nature, "sans_objet"):
            if getattr(offre, champ) not in (None, ""):
                yield Anomalie("OFF-021", champ, said)
    elif nature is not None:
        yield Anomalie("OFF-014", "nature")
    if offre.public_reserve not in (None, "aucun") and not offre.public_reserve_base:
        yield Anomalie("OFF-068", "public_reserve_base")
    if offre.copropriete:
        yield from _missing(offre, _COPROPRIETE, illisibles, "OFF-077", "", _L721_1)


def _missing(
    offre: OffreSaisie,
    champs: tuple[str, ...],
    illisibles: frozenset[str],
    code: str,
    detail: str,
    reference: str | None = None,
) -> Iterator[Anomalie]:
    for champ in champs:
        if getattr(offre, champ) in (None, "") and champ not in illisibles:
            yield Anomalie(code, champ, detail, reference)
