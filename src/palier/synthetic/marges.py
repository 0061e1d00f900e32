"""Published marginals: YAML read once, then urns and scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import cast

from palier.base.errors import PalierError, Problem
from palier.base.exact import parse_exact
from palier.base.ressources import read_packaged
from palier.base.yamlstrict import Noeud, Table, load_strict
from palier.synthetic.tirage import Echelle, Urne

MARQUES = {
    "lu": "lu dans la source",
    "memoire": "ordre de grandeur à vérifier",
    "cale": "calé sur une autre marge",
    "invente": "inventé",
}
FICHIERS = (
    "menages",
    "logement",
    "motifs",
    "ressources",
    "souhaits",
    "priorites",
    "preuves",
    "parc",
    "file",
    "commission",
    "offres",
)
_FORMES = ("parts", "par", "quantiles", "taux", "taux_par", "valeurs")


@dataclass(frozen=True, slots=True)
class Marge:
    """One marginal: its words, its source, its mark and its numbers."""

    nom: str
    fichier: str
    libelle: str
    source: str
    marque: str
    forme: str
    noeud: Noeud

    def numbers(self, cle: str = "") -> dict[str, Fraction]:
        """Return code to number; ``cle`` names the line of a table."""
        table = cast(Table, self.noeud)
        line = cast(Table, table[cle]) if cle else table
        return {code: parse_exact(str(value)) for code, value in line.items()}


def load_table(nom: str) -> Table:
    """Read one packaged YAML of the room.

    Raises
    ------
    PalierError
        SYN-001 to SYN-003 when the YAML is not strict.
    """
    lecture = load_strict(read_packaged("palier.synthetic", f"donnees/{nom}.yaml"), f"{nom}.yaml", "SYN")
    if lecture.racine is None:
        raise PalierError(lecture.problemes)
    return cast(Table, lecture.racine)


@cache
def all_marges() -> dict[str, Marge]:
    """Return all marginals by name.

    Raises
    ------
    PalierError
        SYN-004 when a marginal lacks its words, its source or its numbers.
    """
    found: dict[str, Marge] = {}
    for fichier in FICHIERS:
        for nom, noeud in load_table(fichier).items():
            raw = cast(Table, noeud)
            formes = [forme for forme in _FORMES if forme in raw]
            marque = str(raw.get("marque", ""))
            if len(formes) != 1 or marque not in MARQUES or not raw.get("source") or not raw.get("libelle"):
                raise PalierError(
                    Problem(
                        "SYN-004",
                        f"{fichier}.yaml, ligne {raw.ligne}",
                        f"La marge « {nom} » est incomplète.",
                        "Donnez libelle, source, marque et une seule forme de nombres.",
                    )
                )
            found[nom] = Marge(
                nom, fichier, str(raw["libelle"]), str(raw["source"]), marque, formes[0], raw[formes[0]]
            )
    return found


@cache
def taux(nom: str, cle: str = "") -> Fraction:
    """Return a probability; ``cle`` names it among several."""
    marge = all_marges()[nom]
    return marge.numbers()[cle] if cle else parse_exact(str(marge.noeud))


@cache
def valeurs(nom: str) -> dict[str, int]:
    """Return named whole numbers."""
    return {cle: int(value) for cle, value in all_marges()[nom].numbers().items()}


def codes(nom: str) -> list[str]:
    """Return the codes of a simple marginal, in the order of the file."""
    return list(all_marges()[nom].numbers())


@cache
def urne(nom: str, ordre: tuple[str, ...], lignes: tuple[str, ...] = ()) -> Urne:
    """Return the urn of a marginal.

    Parameters
    ----------
    nom : str
        Name of the marginal.
    ordre : tuple of str
        Codes in the order of the indices to draw; a code absent from a line
        has no chance.
    lignes : tuple of str, optional
        Strata in the order of their numbers.
    """
    marge = all_marges()[nom]
    return Urne([_weights(marge, cle, ordre) for cle in lignes or ("",)])


def _weights(marge: Marge, cle: str, ordre: Sequence[str]) -> list[Fraction]:
    parts = marge.numbers(cle)
    unknown = set(parts) - set(ordre)
    if unknown:
        raise PalierError(
            Problem(
                "SYN-004",
                marge.nom,
                f"Code inconnu : {', '.join(sorted(unknown))}.",
                "Employez un code du registre des colonnes.",
            )
        )
    return [parts.get(code, Fraction(0)) for code in ordre]


@cache
def echelle(nom: str, lignes: tuple[str, ...] = ()) -> Echelle:
    """Return the scale of a marginal given by quantiles, one line per stratum."""
    marge = all_marges()[nom]
    return Echelle([{int(p): int(v) for p, v in marge.numbers(cle).items()} for cle in lignes or ("",)])


def describe_marges() -> str:
    """Return the table of marginals for the documentation, in Markdown."""
    lignes = ["| Marge | Ce qu'elle règle | Marque | Source |", "|---|---|---|---|"]
    lignes += [
        f"| `{m.nom}` | {m.libelle} | {MARQUES[m.marque]} | {m.source} |" for m in all_marges().values()
    ]
    return "\n".join(lignes)
