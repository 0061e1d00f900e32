"""The file that goes back to the national register: what ended a request here, and in which contingent.

CSV, UTF-8 with mark, semicolons, one line per request that ended. ``cle`` is the same for the same end in
every file: a line read twice is known. The name of a file says its period and what it holds: made twice
from the same facts, it is the same file.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass

#: Columns in order, and what each holds.
COLONNES = {
    "cle": "Identifiant de la ligne, le même dans tous les fichiers",
    "numero_unique": "Numéro unique de la demande",
    "operation": "attribution (bail signé) ou radiation",
    "date": "Jour du bail ou de la radiation",
    "motif": "L'un des cinq motifs de R441-2-8",
    "siren": "SIREN de l'organisme qui rend compte",
    "contingent": "etat, collectivites, reservataire ou bailleur ; vide pour une radiation sans bail",
    "reservataire": "SIREN du réservataire du contingent",
    "logement": "Identifiant RPLS du logement, ou référence du bailleur",
    "commune": "Code INSEE de la commune du logement",
    "typologie": "Typologie du logement",
    "financement": "Financement du logement",
}
_DANGER = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class LigneRetour:
    """The end of a request."""

    numero_unique: str
    operation: str
    date: dt.date
    motif: str
    siren: str
    contingent: str = ""
    reservataire: str = ""
    logement: str = ""
    commune: str = ""
    typologie: str = ""
    financement: str = ""

    @property
    def cle(self) -> str:
        """What tells this end from any other, in every file."""
        parts = (self.siren, self.numero_unique, self.operation, self.date.isoformat())
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]


def write_retour(lignes: Iterable[LigneRetour]) -> bytes:
    """Return the file; its lines follow days, then numbers, whatever the order in which they come."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLONNES)
    for ligne in sorted(lignes, key=lambda found: (found.date, found.numero_unique, found.operation)):
        writer.writerow([_cell(getattr(ligne, nom)) for nom in COLONNES])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def name_retour(siren: str, du: dt.date, au: dt.date, contenu: bytes) -> str:
    """Return the name of a file: who, which period, and a digest of what it holds."""
    digest = hashlib.sha256(contenu).hexdigest()[:8]
    return f"retour-{siren}-{du:%Y%m%d}-{au:%Y%m%d}-{digest}.csv"


def _cell(value: object) -> str:
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    return f"'{text}" if text.startswith(_DANGER) else text
