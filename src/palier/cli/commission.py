"""``palier commission``: replay a session that was held, from the site or a file; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from palier import law
from palier.base.errors import Problem, TableError, UsageError
from palier.cli.affichage import counted, say
from palier.cli.francais import Commande, Groupe
from palier.engines.commission import Difference, Enregistrement, parse_enregistrement, replay_seance
from palier.formats import read_text, write_text

app = typer.Typer(
    cls=Groupe, help="Les commissions tenues : rejouer une séance, l'exporter.", no_args_is_help=True
)

_OCTETS_MAX = 50_000_000
Organisme = Annotated[str, typer.Option("--organisme", metavar="SIREN", help="Le bailleur.")]


@app.callback()
def commission() -> None:
    """Les commissions tenues : rejouer une séance, l'exporter."""


@app.command("rejouer", cls=Commande)
def rejouer(
    fichier: Annotated[
        Path | None,
        typer.Argument(readable=False, metavar="[FICHIER]", help="Une séance écrite par « exporter »."),
    ] = None,
    organisme: Organisme = "",
    numero: Annotated[
        int | None, typer.Option("--numero", min=1, help="Une séance ; toutes les séances closes sinon.")
    ] = None,
) -> None:
    """Recompter une séance avec son règlement et la loi de son jour, et dire ce qui diffère. N'écrit rien."""
    if (fichier is None) == (not organisme):
        raise UsageError(
            Problem(
                "COM-142",
                "commission rejouer",
                "Il faut un fichier, ou un organisme, et pas les deux.",
                "Donnez FICHIER, ou --organisme SIREN (et --numero).",
            )
        )
    console = Console()
    problems = []
    for nom, held in _sessions(fichier, organisme, numero):
        found = replay_seance(held, law.at(held.seance.le, non_verifie=True))
        closed = sum(p.etat == "clos" for p in held.points)
        end = counted(len(found), "différence") if found else "rien ne diffère"
        say(console, f"{nom} : {counted(closed, 'logement')} recompté(s), {end}.")
        problems += [_problem(nom, difference) for difference in found]
    if problems:
        raise TableError(problems)


def _sessions(fichier: Path | None, organisme: str, numero: int | None) -> list[tuple[str, Enregistrement]]:
    if fichier is not None:
        return [(fichier.name, parse_enregistrement(read_text(fichier, _OCTETS_MAX), fichier.name))]
    from palier.web.exploitation import seances

    return [
        (nom, parse_enregistrement(seances.as_text(held), nom))
        for nom, held in seances.records(organisme, numero)
    ]


def _problem(nom: str, difference: Difference) -> Problem:
    return Problem(
        "COM-143",
        f"{nom}, {difference.ou}, {difference.quoi}",
        f"Enregistré : {difference.enregistre} ; rejoué : {difference.rejoue}.",
        "Cherchez ce qui a changé depuis : la base, le fichier, la loi en données ou Palier.",
    )


@app.command("exporter", cls=Commande)
def exporter(
    organisme: Organisme,
    numero: Annotated[int, typer.Option("--numero", min=1, help="Numéro de la séance.")],
    sortie: Annotated[
        Path, typer.Option("--sortie", writable=False, metavar="FICHIER", help="Le fichier JSON à écrire.")
    ],
) -> None:
    """Écrire une séance close dans un fichier qui se rejoue ailleurs : des numéros, aucun nom."""
    from palier.web.exploitation import seances

    ((nom, held),) = seances.records(organisme, numero)
    write_text(sortie, seances.as_text(held))
    say(Console(), f"{nom} écrite dans {sortie}.")
