"""Error codes, from ``base/codes/*.yaml``, and exit codes."""

from __future__ import annotations

from typing import cast

from palier.base.errors import PalierError
from palier.base.ressources import list_packaged, read_packaged
from palier.base.yamlstrict import Table, load_strict
from tools.reference.markdown import page, table

SORTIES = (
    (0, "fait, même si des lignes ont été rejetées à votre demande (`--bonnes-lignes`)"),
    (2, "usage : option inconnue, fichier absent ou non inscriptible"),
    (3, "résultat possible, sans preuve qu'il soit le meilleur"),
    (10, "règle : une grille ou une convention ne peut pas servir"),
    (11, "table : un fichier de données ne respecte pas son schéma, ou un numéro est inconnu"),
    (12, "loi : valeur inconnue, trop ancienne ou périmée"),
    (13, "impossible, avec le certificat qui le montre"),
    (14, "secret statistique : un groupe trop petit serait reconnu"),
    (15, "refus légal"),
    (70, "notre faute : merci de la signaler"),
    (130, "interrompu"),
)
CHAPEAU = """
Chaque problème porte un code stable : vous pouvez le chercher ici, le citer dans un courriel, ou le filtrer
dans un programme. Tous les problèmes d'un fichier sont dits en une fois.
"""


def codes() -> dict[str, Table]:
    """Read all documented codes, in the order of their families.

    Raises
    ------
    PalierError
        If a file of codes is not strict YAML.
    """
    found: dict[str, Table] = {}
    for name in list_packaged("palier.base", "codes", ".yaml"):
        read = load_strict(read_packaged("palier.base", name), name, "TAB")
        if read.racine is None:
            raise PalierError(read.problemes)
        found |= {code: cast(Table, entry) for code, entry in cast(Table, read.racine).items()}
    return dict(sorted(found.items()))


def _entree(code: str, entry: Table) -> str:
    return (
        f"### {code} {{ #{code.lower()} }}\n\n**{entry['titre']}**\n\n{entry['explication']}\n\n"
        f"*Que faire :* {entry['que_faire']}"
    )


def render() -> str:
    """Write ``docs/reference/erreurs.md``."""
    parties = ["## Codes de sortie de la ligne de commande\n\n" + table(("Code", "Sens"), SORTIES)]
    family = ""
    for code, entry in codes().items():
        if code[:3] != family:
            family = code[:3]
            parties.append(f"## Famille {family}")
        parties.append(_entree(code, entry))
    return page("Codes d'erreur", CHAPEAU, parties)
