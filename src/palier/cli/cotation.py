"""``palier cotation``: check a grid, score, explain, compare, waits, annex, replay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from palier import law
from palier.base.errors import Problem, RuleFileError, UsageError
from palier.cli import affichage, rapports, rejeu
from palier.cli.francais import Commande, Groupe
from palier.cli.options import (
    Au,
    BonnesLignes,
    Demandes,
    Evenements,
    Format,
    Grille,
    NonVerifiee,
    Sortie,
    SortieRequise,
    check_format,
    read_date,
)
from palier.cli.travaux import find_row, load_grille, load_tables, load_text, score_tables
from palier.engines.cotation.annexe import annexe as write_annexe
from palier.engines.cotation.checks import check_grille
from palier.engines.cotation.examples import run_examples
from palier.engines.cotation.explain import explain
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.reference import prepare, score_row

app = typer.Typer(
    cls=Groupe, help="La cotation : vérifier, noter, expliquer, comparer.", no_args_is_help=True
)
Grilles = Annotated[
    list[str], typer.Argument(metavar="GRILLE…", help="Fichiers YAML ou noms de grilles livrées.")
]
Numero = Annotated[
    str, typer.Option("--numero", metavar="N", help="Numéro unique de la demande (18 caractères).")
]
Langue = Annotated[str, typer.Option("--langue", metavar="LANGUE", help="fr ou en.")]


@app.command("verifier", cls=Commande)
def verifier(
    grilles: Grilles,
    au: Annotated[str, typer.Option("--au", metavar="DATE", help="Date de la loi lue.")] = "",
) -> None:
    """Vérifier une grille : forme, sens, motifs interdits, exemples. Tous les problèmes à la fois."""
    console = Console()
    found: list[Problem] = []
    for nom in grilles:
        texte, origine = load_text(nom)
        try:
            grille = parse_grille(texte, origine)
        except RuleFileError as error:
            found += error.problems
            continue
        loi = law.at(read_date(au) if au else grille.du, non_verifie=True)
        verdict = check_grille(grille, loi)
        wrong = list(verdict.erreurs) or list(run_examples(grille, loi))
        found += wrong
        affichage.show_verdict(console, grille, verdict.avertissements, wrong)
    if found:
        raise RuleFileError(found)


@app.command("noter", cls=Commande)
def noter(
    demandes: Demandes,
    grille: Grille,
    au: Au,
    sortie: SortieRequise,
    evenements: Evenements = None,
    non_verifiee: NonVerifiee = False,
    bonnes_lignes: BonnesLignes = False,
) -> None:
    """Noter et classer toutes les demandes ; écrit les points, le total, et les files à côté."""
    date = read_date(au)
    made = score_tables(load_tables(demandes, evenements, date, bonnes_lignes), grille, date, non_verifiee)
    files = rapports.write_scores(made, sortie)
    affichage.show_scores(Console(), made, sortie, files)


@app.command("expliquer", cls=Commande)
def expliquer(
    demandes: Demandes,
    grille: Grille,
    au: Au,
    numero: Numero,
    evenements: Evenements = None,
    non_verifiee: NonVerifiee = False,
    position: Annotated[
        bool, typer.Option("--position", help="Donner aussi la position parmi les demandes semblables.")
    ] = False,
    format_: Format = "texte",
    langue: Langue = "fr",
) -> None:
    """Expliquer la note d'une demande, ligne par ligne."""
    date = read_date(au)
    loi = law.at(date, non_verifie=non_verifiee)
    regle = prepare(load_grille(grille, loi), loi)
    tables = load_tables(demandes, evenements, date)
    row, events = find_row(tables, numero)
    parts = [explain(regle, score_row(regle, row, date, events))]
    if position:
        parts.append(rapports.explain_place(score_tables(tables, grille, date, non_verifiee), numero, langue))
    if check_format(format_) == "json":
        typer.echo(json.dumps([p.to_dict() for p in parts], ensure_ascii=False, indent=2))
        return
    affichage.show_explanations(Console(), parts, langue)


@app.command("comparer", cls=Commande)
def comparer(
    demandes: Demandes,
    grille: Grille,
    contre: Annotated[
        str, typer.Option("--contre", metavar="GRILLE", help="La grille à comparer à la première.")
    ],
    au: Au,
    sortie: Sortie = None,
    numero: Annotated[
        str, typer.Option("--numero", metavar="N", help="Dire le changement pour une demande.")
    ] = "",
    evenements: Evenements = None,
    non_verifiee: NonVerifiee = False,
    part_tete: Annotated[
        str,
        typer.Option(
            "--part-tete", metavar="PART", help="Part des files prise comme tête, par exemple 10 %."
        ),
    ] = "10 %",
    langue: Langue = "fr",
) -> None:
    """Comparer deux grilles : qui monte, qui baisse, par public, et les objectifs légaux."""
    date = read_date(au)
    tables = load_tables(demandes, evenements, date)
    before = score_tables(tables, grille, date, non_verifiee)
    after = score_tables(tables, contre, date, non_verifiee)
    if numero:
        affichage.show_explanation(Console(), rapports.explain_difference(before, after, numero), langue)
        return
    made = rapports.compare(before, after, part_tete)
    affichage.show_comparison(Console(), before.grille, after.grille, made)
    if sortie is not None:
        for path in rapports.write_comparison(made, before, after, sortie):
            Console().print(f"Écrit : {path}", highlight=False, soft_wrap=True)


@app.command("attente", cls=Commande)
def attente(
    baux: Annotated[
        Path, typer.Argument(metavar="BAUX", help="Table des demandes sorties, logées et en attente.")
    ],
    au: Au,
    depuis: Annotated[
        str, typer.Option("--depuis", metavar="DATE", help="Début de la période observée.")
    ] = "",
    sortie: Annotated[
        Path | None, typer.Option("--sortie", metavar="FICHIER", help="Courbe (.png ou .svg).")
    ] = None,
    typologie: Annotated[
        str, typer.Option("--typologie", metavar="T", help="t1, t2… pour une seule taille.")
    ] = "",
    langue: Langue = "fr",
) -> None:
    """Estimer les attentes : ceux qui ont été logés, et ceux qui attendent encore."""
    date = read_date(au)
    found = rapports.estimate(baux, date, read_date(depuis) if depuis else None)
    affichage.show_waits(Console(), found, typologie, langue)
    if sortie is not None:
        rapports.write_curve(found, typologie, sortie, baux.name)
        Console().print(f"Courbe écrite dans {sortie}", highlight=False, soft_wrap=True)


@app.command("annexe", cls=Commande)
def annexe(
    grille: Grille,
    au: Annotated[str, typer.Option("--au", metavar="DATE", help="Date de la loi lue.")] = "",
    sortie: Sortie = None,
    langue: Langue = "fr",
) -> None:
    """Écrire la grille en français courant, comme annexe du PPGDID (.md, .docx ou .pdf)."""
    made = load_grille(grille)
    loi = law.at(read_date(au) if au else made.du, non_verifie=True)
    text = write_annexe(made, loi, langue)
    if sortie is None:
        typer.echo(text)
        return
    rapports.write_document(text, made.libelle, sortie)
    Console().print(f"Annexe écrite dans {sortie}", highlight=False, soft_wrap=True)


@app.command("rejouer", cls=Commande)
def rejouer(
    resultat: Annotated[
        Path, typer.Argument(metavar="RESULTAT", help="Fichier parquet écrit par « noter ».")
    ],
    demandes: Annotated[Path, typer.Option("--demandes", metavar="FICHIER", help="Les demandes d'origine.")],
    grille: Grille,
    evenements: Evenements = None,
) -> None:
    """Refaire un résultat passé depuis sa provenance : égal, ou refusé si une valeur a changé."""
    if resultat.suffix != ".parquet":
        raise UsageError(
            Problem(
                "USG-013", str(resultat), "La provenance est dans le parquet.", "Donnez le fichier .parquet."
            )
        )
    rows = rejeu.replay(resultat, demandes, grille, evenements)
    Console().print(f"Résultat refait à l'identique : {rows} demandes.", highlight=False)
