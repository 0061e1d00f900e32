"""The fixed meanings of icons: a status is always an icon, a word and a date."""

from __future__ import annotations

from typing import NamedTuple


class Signe(NamedTuple):
    """Icon and family of colour of a status."""

    icone: str
    famille: str


ETATS = {
    "fait": Signe("check-circle", "fait"),
    "verifie": Signe("seal-check", "fait"),
    "a_vous": Signe("flag", "a-vous"),
    "en_attente": Signe("clock", "attente"),
    "a_verifier": Signe("seal-question", "attente"),
    "attention": Signe("warning-circle", "attente"),
    "ecarte": Signe("prohibit", "neutre"),
    "non_examine": Signe("circle-dashed", "neutre"),
    "attente": Signe("hourglass", "neutre"),
    "info": Signe("info", "info"),
    "bloque": Signe("x-circle", "bloque"),
}
