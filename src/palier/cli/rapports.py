"""Results as files: comparison, wait curve, document."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import polars as pl

from palier.base import mots
from palier.base.errors import Problem, RuleFileError
from palier.base.exact import parse_exact
from palier.base.explanation import Explanation, Phrase
from palier.cli.options import IMAGES, TABLES, check_sortie
from palier.cli.tableaux import cohort_name
from palier.cli.travaux import Cotation, find_row
from palier.engines.cotation.attente import Attente, Attentes, Strate, courbe, estimate_attentes, plot_words
from palier.engines.cotation.comparaison import Comparaison, compare_files, explain_change
from palier.engines.cotation.model import Grille
from palier.engines.cotation.position import explain_position, position
from palier.formats import (
    Sortie,
    documents,
    graphiques,
    read_table,
    write_bytes,
    write_tables,
    write_text,
)
from palier.formats.chemins import usage
from palier.law import LoiAu


def explain_place(made: Cotation, numero: str, langue: str) -> Explanation:
    """Explain the position of a request among similar ones."""
    return explain_position(position(made.tables.demandes, made.result.table, numero), langue)


def explain_difference(before: Cotation, after: Cotation, numero: str, langue: str) -> Explanation:
    """Explain the change of one score between two grids."""
    find_row(before.tables, numero)
    rows = [c.result.table.filter(pl.col("numero_unique") == numero).to_dicts()[0] for c in (before, after)]
    return explain_change(rows[0], rows[1], before.grille, after.grille, langue)


def read_part(text: str) -> Fraction:
    """Read the share of a queue taken as its head.

    Raises
    ------
    UsageError
        USG-014 if the share is not between 0 and 100 %.
    """
    try:
        part = parse_exact(text)
    except ValueError:
        part = Fraction(0)
    if not 0 < part <= 1:
        raise usage("USG-014", "--part-tete")
    return part


def compare(before: Cotation, after: Cotation, part: Fraction, loi: LoiAu) -> Comparaison:
    """Compare the queues of two scored stocks.

    Raises
    ------
    RuleFileError
        COT-087 if the grids are not of one territory.
    """
    if before.program.communes != after.program.communes:
        raise RuleFileError(
            Problem(
                "COT-087",
                after.grille.origine,
                f"Cette grille n'est pas du même territoire que « {before.grille.origine} ».",
                "Comparez deux versions d'une grille, ou deux grilles d'un même territoire.",
            )
        )
    return compare_files(
        before.files,
        after.files,
        before.tables.demandes,
        au=loi.date,
        loi=loi,
        part_tete=part,
        territoire=after.grille.territoire,
    )


def plot_path(sortie: Path) -> Path:
    """Name the plot of a comparison: the file itself, or an image beside a table."""
    return sortie if sortie.suffix.lower() in IMAGES else sortie.with_suffix(".svg")


def check_comparison(sortie: Path, *lus: Path | None) -> None:
    """Refuse at once a comparison that could not be written, or would take the place of a file read."""
    check_sortie(sortie, (*TABLES, *IMAGES), *lus)
    check_sortie(plot_path(sortie), IMAGES, *lus)


def write_comparison(
    made: Comparaison, before: Cotation, after: Cotation, sortie: Path, langue: str = "fr"
) -> list[Path]:
    """Write the comparison: places as a table, cohorts as a plot beside it."""
    plot = plot_path(sortie)
    image = comparison_plot(made, before, after, plot.suffix.lower(), langue)
    if plot != sortie:
        write_tables([Sortie(made.places, sortie)])
    write_bytes(plot, image)
    return list(dict.fromkeys([sortie, plot]))


def comparison_plot(
    made: Comparaison, before: Cotation, after: Cotation, suffix: str, langue: str = "fr"
) -> bytes:
    """Draw who rises and who falls, cohort by cohort."""
    rows = [
        graphiques.LigneComparaison(
            cohort_name(item, langue, before.grille, after.grille),
            item.baisse,
            item.stable,
            item.monte,
            mots.word(f"cohorte.{item.famille}", langue),
            item.sort,
            item.entre,
        )
        for item in made.mouvements
        if item.cohorte != "inconnu"
    ]
    draw = graphiques.comparison_plot_png if suffix == ".png" else graphiques.comparison_plot_svg
    places = mots.nombre(made.places.height)
    labels = grid_names(before.grille, after.grille, langue)
    words = {"avant": labels[0], "apres": labels[1], "places": places}
    said = [Phrase("comparaison.legende", words), made.quartile.phrase]
    if made.passages:
        said.insert(1, Phrase("comparaison.passages"))
    return draw(
        rows,
        titre=mots.render(Phrase("comparaison.titre"), langue),
        sous_titre=mots.render(Phrase("comparaison.sous_titre", words), langue),
        legende=" ".join(mots.render(phrase, langue) for phrase in said),
        langue=langue,
    )


def grid_names(before: Grille, after: Grille, langue: str = "fr") -> tuple[str, str]:
    """Name two grids, with their day or their file where their label does not tell them apart."""
    if before.libelle != after.libelle:
        return before.libelle, after.libelle
    if before.du != after.du:
        first, second = (
            mots.render(
                Phrase("comparaison.version", {"libelle": g.libelle, "jour_date": g.du.isoformat()}), langue
            )
            for g in (before, after)
        )
        return first, second
    return f"{before.libelle} ({before.origine})", f"{after.libelle} ({after.origine})"


def estimate(baux: Path, au: dt.date, depuis: dt.date | None) -> Attentes:
    """Estimate waits from a table of leases and exits."""
    return estimate_attentes(read_table(baux, "baux", au=au).table, au, depuis=depuis)


def find_group(found: Attentes, typologie: str, secteur: str) -> Attente:
    """Return the group asked for: the territory, a size, or a size in a sector.

    Raises
    ------
    UsageError
        USG-012 if no request of the table is of this group; the known ones are named.
    """
    group = found.strates.get(Strate(typologie or None, secteur or None))
    if group is not None:
        return group
    if secteur and Strate(typologie) in found.strates:
        known = sorted({str(s.secteur) for s in found.strates if s.typologie == typologie and s.secteur})
        raise usage("USG-012", "--secteur", f"Connus pour {typologie} : {', '.join(known) or 'aucun'}.")
    sizes = sorted({s.typologie for s in found.strates if s.typologie})
    raise usage("USG-012", "--typologie", f"Connues dans cette table : {', '.join(sizes) or 'aucune'}.")


def write_curve(attente: Attente, sortie: Path, source: str, langue: str = "fr") -> None:
    """Draw the wait curve of a group as PNG or SVG."""
    words = plot_words(attente, source)
    draw = graphiques.wait_curve_png if sortie.suffix.lower() == ".png" else graphiques.wait_curve_svg
    image = draw(
        courbe(attente, 30),
        titre=mots.render(words.titre, langue),
        sous_titre=mots.render(words.sous_titre, langue),
        legende=mots.render(words.legende, langue),
        reperes=[
            graphiques.Repere(day, part, mots.render(text, langue)) for day, part, text in words.reperes
        ],
        langue=langue,
    )
    write_bytes(sortie, image)


def write_document(text: str, titre: str, sortie: Path) -> None:
    """Write a Markdown text as .md, .docx or .pdf, as its name announces."""
    suffix = sortie.suffix.lower()
    if suffix == ".docx":
        write_bytes(sortie, documents.markdown_to_docx(text))
    elif suffix == ".pdf":
        write_bytes(sortie, documents.markdown_to_pdf(text, titre))
    else:
        write_text(sortie, text)
