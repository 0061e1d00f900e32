"""``palier site``: serve, migrate, verify, save, restore. The web room is loaded inside the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from palier.cli.affichage import say
from palier.cli.francais import Commande, Groupe

app = typer.Typer(
    cls=Groupe, help="Le site : servir, migrer, vérifier, sauvegarder, restaurer.", no_args_is_help=True
)

Hote = Annotated[str, typer.Option("--hote", metavar="ADRESSE", help="Adresse d'écoute.")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port d'écoute.")]
Processus = Annotated[int, typer.Option("--processus", min=1, max=64, help="Processus web.")]
Ouvrier = Annotated[bool, typer.Option("--ouvrier/--sans-ouvrier", help="Lancer aussi l'ouvrier des tâches.")]
Sortie = Annotated[Path, typer.Option("--sortie", metavar="FICHIER", help="La sauvegarde à écrire.")]
Source = Annotated[Path, typer.Argument(metavar="FICHIER", help="Une sauvegarde faite par Palier.")]
Ecraser = Annotated[bool, typer.Option("--ecraser", help="Remplacer un site qui n'est pas vide.")]
Dossier = Annotated[Path, typer.Argument(metavar="DOSSIER", help="Messages revenus, un par fichier .eml.")]
Courriel = Annotated[str, typer.Argument(metavar="COURRIEL", help="Adresse de la personne.")]
Nom = Annotated[str, typer.Option("--nom", metavar="NOM", help="Nom montré aux collègues.")]


@app.command("migrer", cls=Commande)
def migrer() -> None:
    """Mettre le schéma de la base à la version de Palier, et donner ses droits au rôle du site."""
    from palier.web.exploitation import schema

    for line in schema.migrate():
        say(Console(), line)


@app.command("servir", cls=Commande)
def servir(
    hote: Hote = "127.0.0.1", port: Port = 8000, processus: Processus = 1, ouvrier: Ouvrier = True
) -> None:
    """Servir le site et faire ses tâches, jusqu'à Ctrl-C."""
    from palier.web.exploitation import service

    service.serve(hote=hote, port=port, processus=processus, ouvrier=ouvrier)


@app.command("ouvrier", cls=Commande)
def ouvrier_seul() -> None:
    """Faire les tâches du site, sans servir de pages."""
    from palier.web.exploitation import service

    service.work()


@app.command("verifier", cls=Commande)
def verifier() -> None:
    """Vérifier les réglages, la base, le rôle du site et la chaîne du journal."""
    from palier.web.exploitation import verification

    console = Console()
    for line in verification.verify():
        say(console, line)


@app.command("sauvegarder", cls=Commande)
def sauvegarder(sortie: Sortie) -> None:
    """Sauvegarder la base et les fichiers déposés dans un seul fichier, le site en marche ou non."""
    from palier.web.exploitation import sauvegarde

    console = Console()
    for line in sauvegarde.save(sortie):
        say(console, line)


@app.command("restaurer", cls=Commande)
def restaurer(source: Source, ecraser: Ecraser = False) -> None:
    """Remettre une sauvegarde en place, le site arrêté : tout est vérifié avant et comparé après."""
    from palier.web.exploitation import restauration

    console = Console()
    for line in restauration.restore(source, ecraser=ecraser):
        say(console, line)


@app.command("retours", cls=Commande)
def retours(dossier: Dossier) -> None:
    """Lire les messages revenus et noter les adresses qui refusent définitivement."""
    from palier.web.exploitation import adresses

    console = Console()
    for line in adresses.note_returns(dossier):
        say(console, line)


@app.command("demo", cls=Commande)
def demo(
    dossier: Annotated[
        Path, typer.Option("--dossier", metavar="DOSSIER", help="Base et fichiers de la démonstration.")
    ] = Path("donnees/demo-site"),
    hote: Hote = "127.0.0.1",
    port: Port = 8000,
    offres: Annotated[int, typer.Option("--offres", min=1, max=200_000, help="Offres inventées.")] = 3_000,
    vacances: Annotated[
        int, typer.Option("--vacances", min=0, max=5_000, help="Logements libérés dans l'année inventée.")
    ] = 60,
    national: Annotated[bool, typer.Option("--national", help="Dans tout le pays (100 000 offres).")] = False,
) -> None:
    """Servir un territoire rempli, tout inventé, sur cette machine."""
    from palier.web.exploitation import demonstration

    demonstration.demonstrate(
        dossier=dossier,
        hote=hote,
        port=port,
        offres=max(offres, 100_000) if national else offres,
        vacances=vacances,
        national=national,
        dire=lambda line: say(Console(), line),
    )


@app.command("exploitant", cls=Commande)
def exploitant(courriel: Courriel, nom: Nom = "") -> None:
    """Ouvrir un compte d'exploitant, le premier par exemple, et donner son lien d'invitation."""
    from palier.web.exploitation import premier

    console = Console()
    for line in premier.open_operator(courriel, nom):
        say(console, line)
