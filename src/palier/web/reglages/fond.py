"""The background of the map, given by the operator: a file that we serve, or an address of his own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from palier.web.reglages.lecture import Lecteur


@dataclass(frozen=True, slots=True)
class Fond:
    """A background and whom it owes its data to.

    Parameters
    ----------
    fichier : Path, optional
        The file that we serve.
    adresse : str
        The address elsewhere; empty for a file.
    mention : str
        What its licence asks to show under the map.
    """

    fichier: Path | None
    adresse: str
    mention: str

    @property
    def origine(self) -> str:
        """The site that browsers may ask for tiles; empty for ours."""
        parts = urlsplit(self.adresse)
        return f"{parts.scheme}://{parts.netloc}" if self.adresse else ""


def read_fond(lu: Lecteur, nom: str, nom_mention: str) -> Fond | None:
    """Read the background and its attribution; None without one.

    Parameters
    ----------
    nom, nom_mention : str
        Names of the two settings.
    """
    value, mention = lu.texte(nom), lu.texte(nom_mention, maximum=300)
    if not value:
        if mention:
            lu.refuse(nom_mention, "Une mention est donnée sans fond de carte.", f"Donnez aussi {nom}.")
        return None
    if not mention:
        lu.refuse(
            nom_mention,
            "La mention du fond de carte manque.",
            "Écrivez qui l'a fait, et sa licence.",
            "SIT-001",
        )
    if "://" in value:
        if not re.fullmatch(r"https://[A-Za-z0-9.\-]+(:\d{1,5})?/[A-Za-z0-9._~/%\-]+", value):
            lu.refuse(
                nom,
                "Ce n'est pas l'adresse d'un fichier en https.",
                "Écrivez https://hote/chemin/fond.pmtiles, sans paramètre, ou le chemin d'un fichier.",
            )
        return Fond(None, value, mention)
    from palier.formats import pmtiles  # brings the readers of tables: only who serves tiles pays

    path = Path(value).absolute()
    if fault := pmtiles.fault_of(path):
        lu.refuse(nom, fault, "Donnez le chemin d'un fichier PMTiles que le site peut lire.")
    return Fond(path, "", mention)
