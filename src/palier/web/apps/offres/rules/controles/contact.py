"""Contacts are services: a role mailbox, a number, a postal address; never somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from palier.base.lieux import make_cle
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.parametrage import load_data, words
from palier.web.apps.offres.rules.saisie import OffreSaisie

_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_PHONE = re.compile(
    r"(?:(?:\+|00)(?:33|262|508|590|594|596|687|689)|0)[1-9]\d{8}|(?:\+|00)(?:508|687|689)\d{6,8}|3\d{3}"
)
_CIVILITE = re.compile(r"\b(m|mr|mme|mlle|monsieur|madame|mademoiselle)\b")


@cache
def _set(nom: str) -> frozenset[str]:
    return frozenset(words(load_data("personnes")[nom]))


def _tokens(mail: str) -> list[str]:
    return [t for t in re.split(r"[^a-z]+", make_cle(mail.partition("@")[0]).replace(" ", "-")) if t]


@lru_cache(4096)
def is_role_mail(mail: str) -> bool:
    """Tell whether a mailbox is that of a service: one of its words is a role, outside private mail."""
    domain = mail.rpartition("@")[2].lower()
    return domain not in _set("messageries") and any(token in _set("roles") for token in _tokens(mail))


def check(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    """Give OFF-160 to OFF-165; a contact is never repeated in a message."""
    del contexte
    if offre.contact_mail:
        yield from _mail(offre.contact_mail.strip())
    phone = offre.contact_telephone
    if phone and _PHONE.fullmatch(re.sub(r"\(0\)|[\s.\-/()\u00a0\u202f]", "", phone)) is None:
        yield Anomalie("OFF-163", "contact_telephone")
    if offre.contact_service and is_person(offre.contact_service):
        yield Anomalie("OFF-164", "contact_service")


def _mail(mail: str) -> Iterator[Anomalie]:
    if _MAIL.fullmatch(mail) is None:
        yield Anomalie("OFF-162", "contact_mail")
    elif mail.rpartition("@")[2].lower() in _set("messageries"):
        yield Anomalie("OFF-161", "contact_mail")
    elif not is_role_mail(mail):
        tokens = _tokens(mail)
        named = any(token in _set("prenoms") for token in tokens) or (
            len(tokens) == 2 and len(tokens[0]) == 1
        )
        yield Anomalie("OFF-160" if named else "OFF-165", "contact_mail")


@lru_cache(4096)
def is_person(text: str) -> bool:
    """Tell whether a contact names somebody: a title, or a first name and no word of a service."""
    cle = make_cle(text)
    tokens = cle.split()
    if any(token in _set("roles") for token in tokens):
        return _CIVILITE.search(cle) is not None
    return _CIVILITE.search(cle) is not None or (
        1 < len(tokens) <= 4 and any(t in _set("prenoms") for t in tokens)
    )
