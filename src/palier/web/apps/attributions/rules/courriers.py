"""Letters: their kinds, their states, and the spoken code by which a desk finds one."""

from __future__ import annotations

from collections.abc import Mapping

#: Kinds of letters; those whose delivery is proven start a clock of the law, or end a request.
DECISIONS = (
    "attribution",
    "attribution_rang",
    "attribution_condition",
    "non_attribution",
    "irrecevabilite",
)
OFFRES = ("proposition", "proposition_suivante")
GENRES = (
    *DECISIONS, *OFFRES, "proposition_passee", "report", "avertissement", "radiation", "attestation",
    "renouvellement",
)  # fmt: skip
#: Reason of the warning that the receipt of a letter proves (R441-2-8).
AVERTISSEMENTS = {
    "irrecevabilite": "irrecevabilite",
    "avertissement": "contact_impossible",
    "renouvellement": "non_renouvellement",
}
PROUVES = (*DECISIONS, "avertissement", "radiation", "renouvellement")
FLECHES: Mapping[str, tuple[str, ...]] = {
    "a_imprimer": ("imprimee", "envoyee"),
    "imprimee": ("imprimee", "envoyee"),
    "envoyee": ("recue", "revenue"),
    "recue": (),
    "revenue": (),
}
#: Digits, and letters that a French voice does not confuse.
ALPHABET = "0123456789AFKRXZ"
_POIDS = (1, 3, 5, 7, 9, 11, 13)


def may_go(depuis: str, vers: str) -> bool:
    """Tell whether a letter may pass from a state to another.

    Examples
    --------
    >>> may_go("imprimee", "envoyee"), may_go("recue", "envoyee")
    (True, False)
    """
    return vers in FLECHES.get(depuis, ())


def make_code(tirage: int) -> str:
    """Return the spoken code of a draw: seven signs and one that checks them.

    Parameters
    ----------
    tirage : int
        0 to 16⁷ − 1.

    Examples
    --------
    >>> make_code(0), make_code(0x1234567)
    ('00000000', '1234567K')
    """
    signs = [tirage >> 4 * place & 15 for place in range(6, -1, -1)]
    return "".join(ALPHABET[sign] for sign in (*signs, _check(signs)))


def _check(signs: list[int]) -> int:
    return sum(weight * sign for weight, sign in zip(_POIDS, signs, strict=True)) % 16


def read_code(dit: str) -> str | None:
    """Return the code that somebody typed or scanned; None if a sign of it must be wrong.

    Examples
    --------
    >>> read_code("1234 567-k"), read_code("1234 5678"), read_code("")
    ('1234567K', None, None)
    """
    kept = "".join(sign for sign in dit.upper() if sign.isalnum())
    if len(kept) != len(_POIDS) + 1 or any(sign not in ALPHABET for sign in kept):
        return None
    signs = [ALPHABET.index(sign) for sign in kept]
    return kept if _check(signs[:-1]) == signs[-1] else None


def said(code: str) -> str:
    """Return a code as it is printed and told: two groups of four."""
    return f"{code[:4]} {code[4:]}"
