"""``palier cotation``: check a grid, score, explain, compare, waits, annex, replay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from palier import law
from palier.base.errors import InputError, RuleFileError
from palier.base.mots import word
from palier.cli import affichage, notes, options, rejeu
from palier.cli.affichage import say, working
from palier.cli.francais import Commande, Groupe
from palier.cli.travaux import (
    find_row,
    grille_file,
    load_grille,
    load_tables,
    load_text,
    other_versions,
    read_paths,
    score_tables,
    verify_grille,
)
from palier.formats.chemins import usage

app = typer.Typer(
    cls=Groupe, help="La cotation : vérifier, noter, expliquer, comparer.", no_args_is_help=True
)


@app.command("verifier", cls=Commande)
def verifier(
    grilles: Annotated[
        list[str], typer.Argument(metavar="GRILLE", help="Fichiers YAML, ou noms de grilles livrées.")
    ],
    au: options.AuVerification = "",
) -> None:
    """Vérifier une grille : forme, sens, motifs interdits, exemples. Tous les problèmes à la fois."""
    date = options.read_date(au) if au else None
    found: list[InputError] = []
    for nom in grilles:
        try:
            made = verify_grille(*load_text(nom), date)
        except InputError as error:
            found.append(error)
            continue
        affichage.show_verdict(Console(), made)
        if made.erreurs:
            found.append(RuleFileError(made.erreurs))
    if found:
        raise type(found[0])([problem for error in found for problem in error.problems])


@app.command("noter", cls=Commande)
def noter(
    demandes: options.Demandes,
    grille: options.Grille,
    au: options.Au,
    sortie: options.SortieTable,
    evenements: options.Evenements = None,
    non_verifiee: options.NonVerifiee = False,
    bonnes_lignes: options.BonnesLignes = False,
) -> None:
    """Noter et classer toutes les demandes : points et total de chacune ; à côté, les files d'attente."""
    console, errors, date = Console(), Console(stderr=True), options.read_date(au)
    for path in notes.score_paths(sortie, bonnes_lignes):
        options.check_sortie(path, options.TABLES, *read_paths(demandes, evenements, grille))
    load_grille(grille)
    with working(errors, "Lecture"):
        tables = load_tables(demandes, evenements, date, bonnes_lignes)
    with working(errors, "Notation et classement"):
        made = score_tables(tables, grille, date, non_verifiee)
    with working(errors, "Écriture"):
        paths = notes.write_scores(made, sortie)
    affichage.show_reading(errors, tables)
    affichage.show_simulation(errors, made.grille, date, made.result.provenance.simulation)
    if demandes.suffix.lower() != ".parquet":
        affichage.show_mapping(console, tables.lecture.correspondance, tables.lecture.ignorees)
    affichage.show_scores(console, made)
    for nom, path in zip(("Notes", "Files"), paths, strict=False):
        say(console, f"{nom} : {path}")
    for path in paths[2:]:
        say(console, affichage.rejects_line(tables.lecture.lignes_lues - tables.demandes.height, path))
    if sortie.suffix.lower() != ".parquet":
        say(console, "La provenance ne tient que dans un .parquet : ces notes ne pourront pas être rejouées.")


@app.command("expliquer", cls=Commande)
def expliquer(
    demandes: options.Demandes,
    grille: options.Grille,
    au: options.Au,
    numero: options.Numero,
    evenements: options.Evenements = None,
    non_verifiee: options.NonVerifiee = False,
    bonnes_lignes: options.BonnesLignes = False,
    position: Annotated[
        bool, typer.Option("--position", help="Donner aussi la position parmi les demandes semblables.")
    ] = False,
    tout: Annotated[
        bool, typer.Option("--tout", help="Montrer aussi les critères qui ne donnent rien.")
    ] = False,
    format_: options.Format = "texte",
    langue: options.Langue = "fr",
) -> None:
    """Expliquer la note d'une demande, ligne par ligne."""
    from palier.engines.cotation.explain import explain
    from palier.engines.cotation.reference import prepare, score_row
    from palier.engines.cotation.vigueur import motifs_de_simulation

    date, console = options.read_date(au), Console()
    as_json = options.check_format(format_) == "json"
    options.check_langue(langue)
    loi = law.at(date, non_verifie=non_verifiee)
    made = load_grille(grille, loi)
    regle = prepare(made, loi, other_versions(grille, made))
    motifs = motifs_de_simulation(made, date, regle.connues)
    affichage.show_simulation(Console(stderr=True), made, date, motifs)
    tables = load_tables(demandes, evenements, date, bonnes_lignes)
    numero = options.read_numero(numero)
    row, events = find_row(tables, numero)
    parts = [explain(regle, score_row(regle, row, date, events), langue)]
    if position:
        from palier.cli import rapports

        parts.append(rapports.explain_place(score_tables(tables, grille, date, non_verifiee), numero, langue))
    if as_json:
        typer.echo(json.dumps([part.to_dict() for part in parts], ensure_ascii=False, indent=2))
        return
    for place, part in enumerate(parts):
        if place:
            console.print()
        affichage.show_short(console, part, langue, tout)


@app.command("comparer", cls=Commande)
def comparer(
    demandes: options.Demandes,
    grille: options.Grille,
    contre: options.Contre,
    au: options.Au,
    sortie: Annotated[
        Path | None,
        typer.Option(
            "--sortie",
            readable=False,
            metavar="FICHIER",
            help="Image (.png, .svg), ou table des places avec l'image à côté (.parquet, .csv, .xlsx).",
        ),
    ] = None,
    numero: Annotated[
        str, typer.Option("--numero", metavar="N", help="Dire le changement pour une demande.")
    ] = "",
    evenements: options.Evenements = None,
    non_verifiee: options.NonVerifiee = False,
    bonnes_lignes: options.BonnesLignes = False,
    part_tete: Annotated[
        str,
        typer.Option(
            "--part-tete", metavar="PART", help="Part des files prise comme tête, par exemple 10 %."
        ),
    ] = "10 %",
    langue: options.Langue = "fr",
) -> None:
    """Comparer deux grilles : qui monte, qui baisse, par public, et les objectifs légaux."""
    from palier.cli import rapports, tableaux

    date, console, errors = options.read_date(au), Console(), Console(stderr=True)
    part, numero = rapports.read_part(part_tete), options.read_numero(numero)
    options.check_langue(langue)
    if sortie is not None and numero:
        raise usage("USG-010", "--sortie", "Avec « --numero », le changement est seulement affiché.")
    if sortie is not None:
        rapports.check_comparison(sortie, *read_paths(demandes, evenements, grille, contre))
    with working(errors, "Lecture"):
        tables = load_tables(demandes, evenements, date, bonnes_lignes)
    affichage.show_reading(errors, tables)
    with working(errors, "Notation avec les deux grilles"):
        before, after = (score_tables(tables, nom, date, non_verifiee) for nom in (grille, contre))
    # the other grid is compared because it does not apply
    affichage.show_simulation(errors, before.grille, date, before.result.provenance.simulation)
    if numero:
        affichage.show_explanation(
            console, rapports.explain_difference(before, after, numero, langue), langue
        )
        return
    made = rapports.compare(before, after, part, law.at(date, non_verifie=non_verifiee))
    written = rapports.write_comparison(made, before, after, sortie, langue) if sortie is not None else []
    tableaux.show_comparison(console, before.grille, after.grille, made, langue)
    for path in written:
        say(console, word("cli.ecrit.comparaison", langue).format(fichier=path))


@app.command("attente", cls=Commande)
def attente(
    baux: Annotated[
        Path,
        typer.Argument(
            readable=False, metavar="BAUX", help="Table des demandes logées, parties et en attente."
        ),
    ],
    au: options.Au,
    depuis: Annotated[
        str, typer.Option("--depuis", metavar="DATE", help="Début de la période observée.")
    ] = "",
    typologie: Annotated[
        str, typer.Option("--typologie", metavar="T", help="Une seule taille, en détail : t1, t2…")
    ] = "",
    secteur: Annotated[
        str, typer.Option("--secteur", metavar="SECTEUR", help="Avec une taille : un seul secteur.")
    ] = "",
    sortie: Annotated[
        Path | None,
        typer.Option(
            "--sortie", readable=False, metavar="FICHIER", help="Courbe du groupe montré (.png ou .svg)."
        ),
    ] = None,
    format_: options.Format = "texte",
    langue: options.Langue = "fr",
) -> None:
    """Estimer les attentes : ceux qui ont été logés, et ceux qui attendent encore."""
    from palier.cli import rapports, tableaux
    from palier.engines.cotation.attente import explain_attente

    date, console = options.read_date(au), Console()
    as_json = options.check_format(format_) == "json"
    options.check_langue(langue)
    if sortie is not None:
        options.check_sortie(sortie, options.IMAGES, baux)
    found = rapports.estimate(baux, date, options.read_date(depuis, "--depuis") if depuis else None)
    group = rapports.find_group(found, typologie, secteur)
    if group.etat == "trop_peu":
        say(Console(stderr=True), word("attentes.trop_peu", langue).format(fichier=baux.name))
    if sortie is not None:  # before anything is shown: the reader of a pipe may go
        rapports.write_curve(group, sortie, baux.name, langue)
    if as_json:
        shown = group.to_dict() if typologie else found.to_dict()
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    elif typologie:
        affichage.show_explanation(console, explain_attente(group, langue), langue)
    else:
        tableaux.show_waits(console, found, langue)
    if sortie is not None:
        say(Console(stderr=as_json), word("cli.ecrit.courbe", langue).format(fichier=sortie))


@app.command("annexe", cls=Commande)
def annexe(
    grille: options.Grille,
    au: options.AuLoi = "",
    sortie: Annotated[
        Path | None,
        typer.Option(
            "--sortie", readable=False, metavar="FICHIER", help="Document à écrire (.md, .docx ou .pdf)."
        ),
    ] = None,
) -> None:
    """Écrire la grille en français courant, comme annexe du PPGDID (.md, .docx ou .pdf)."""
    from palier.cli import rapports
    from palier.engines.cotation.annexe import annexe as write_annexe

    if sortie is not None:
        options.check_sortie(sortie, options.DOCUMENTS, grille_file(grille))
    made = load_grille(grille)
    loi = law.at(options.read_date(au) if au else made.du, non_verifie=True)
    text = write_annexe(made, loi)
    if sortie is None:
        typer.echo(text)
        return
    rapports.write_document(text, made.libelle, sortie)
    say(Console(), f"Annexe écrite dans {sortie}")


@app.command("rejouer", cls=Commande)
def rejouer(
    resultat: Annotated[
        Path, typer.Argument(readable=False, metavar="RESULTAT", help="Fichier parquet écrit par « noter ».")
    ],
    demandes: Annotated[
        Path, typer.Option("--demandes", readable=False, metavar="FICHIER", help="Les demandes d'origine.")
    ],
    grille: options.Grille,
    evenements: options.Evenements = None,
) -> None:
    """Refaire un résultat passé depuis sa provenance : égal, ou refusé si une valeur a changé."""
    rows = rejeu.replay(resultat, demandes, grille, evenements)
    say(Console(), f"Résultat refait à l'identique : {affichage.counted(rows, 'demande')}.")
