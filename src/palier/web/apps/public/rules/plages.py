"""Which bytes of a file a program asks for.

References
----------
RFC 9110, 14: ``Range``, one range of bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class Plage:
    """Bytes from one place to another, both included."""

    debut: int
    fin: int

    @property
    def octets(self) -> int:
        """How many."""
        return self.fin - self.debut + 1


def parse_plage(entete: str, octets: int) -> Plage | None:
    """Read ``Range``; None where the whole file is to be given.

    Parameters
    ----------
    entete : str
        The header; empty without one. Another unit, several ranges and what cannot be read ask for nothing.
    octets : int
        Size of the file.

    Raises
    ------
    ValueError
        The range begins beyond the file: answer 416.
    """
    found = _RANGE.fullmatch(entete.strip())
    if found is None or found.group(0) == "bytes=-":
        return None
    first, last = found.groups()
    if not first:  # the last bytes
        if int(last) == 0 or octets == 0:
            raise ValueError(entete)
        return Plage(max(octets - int(last), 0), octets - 1)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= octets:
        raise ValueError(entete)
    return Plage(start, min(int(last), octets - 1) if last else octets - 1)
