"""Results as files: scores and queues, comparison, wait curve, document."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import polars as pl

from palier.base import mots
from palier.base.errors import Problem, UsageError
from palier.base.exact import parse_exact
from palier.base.explanation import Explanation, Phrase
from palier.cli.rejeu import CLE
from palier.cli.travaux import Cotation, find_row
from palier.engines.cotation.attente import Attentes, Strate, courbe, estimate_attentes, plot_words
from palier.engines.cotation.comparaison import Comparaison, Mouvement, compare_files, explain_change
from palier.engines.cotation.position import explain_position, position
from palier.formats import documents, graphiques, read_table, write_bytes, write_table, write_text
from palier.law import at


def write_scores(made: Cotation, sortie: Path) -> Path:
    """Write scores and, beside them, the queues; returns the path of the queues."""
    metadata = {
        CLE: made.result.provenance.to_json(),
        "palier.grille": made.grille.version,
        "palier.etat_loi": ",".join(made.result.provenance.non_verifie),
    }
    files = sortie.with_name(f"{sortie.stem}.files{sortie.suffix}")
    write_table(made.result.with_lists(), sortie, metadata=metadata)
    write_table(made.files, files, metadata=metadata)
    return files


def explain_place(made: Cotation, numero: str, langue: str) -> Explanation:
    """Explain the position of a request among similar ones."""
    return explain_position(position(made.tables.demandes, made.result.table, numero), langue)


def explain_difference(before: Cotation, after: Cotation, numero: str) -> Explanation:
    """Explain the change of one score between two grids."""
    find_row(before.tables, numero)
    rows = [c.result.table.filter(pl.col("numero_unique") == numero).to_dicts()[0] for c in (before, after)]
    return explain_change(rows[0], rows[1], before.grille, after.grille)


def compare(before: Cotation, after: Cotation, part_tete: str) -> Comparaison:
    """Compare the queues of two scored stocks.

    Raises
    ------
    UsageError
        USG-014 if the share is not between 0 and 100 %.
    """
    try:
        part = parse_exact(part_tete)
    except ValueError:
        part = Fraction(0)
    if not 0 < part <= 1:
        raise UsageError(
            Problem("USG-014", "--part-tete", "La part est illisible.", "Écrivez entre 1 % et 100 %.")
        )
    au = before.result.provenance.au
    return compare_files(
        before.files, after.files, before.tables.demandes, au=au, loi=at(au, non_verifie=True), part_tete=part
    )


def write_comparison(made: Comparaison, before: Cotation, after: Cotation, sortie: Path) -> list[Path]:
    """Write the comparison: places as a table, cohorts as a plot beside it."""
    if sortie.suffix in (".png", ".svg"):
        write_bytes(sortie, comparison_plot(made, before, after, sortie.suffix))
        return [sortie]
    write_table(made.places, sortie)
    plot = sortie.with_suffix(".svg")
    write_bytes(plot, comparison_plot(made, before, after, ".svg"))
    return [sortie, plot]


def comparison_plot(made: Comparaison, before: Cotation, after: Cotation, suffix: str) -> bytes:
    """Draw who rises and who falls, cohort by cohort."""
    rows = [
        graphiques.LigneComparaison(cohort_name(item), item.baisse, item.stable, item.monte)
        for item in made.mouvements
        if item.cohorte != "inconnu"
    ]
    draw = graphiques.comparison_plot_png if suffix == ".png" else graphiques.comparison_plot_svg
    places = mots.nombre(made.places.height)
    words = {"avant": before.grille.libelle, "apres": after.grille.libelle, "places": places}
    return draw(
        rows,
        titre=mots.render(Phrase("comparaison.titre")),
        sous_titre=mots.render(Phrase("comparaison.sous_titre", words)),
        legende=mots.render(Phrase("comparaison.legende", words)),
    )


def cohort_name(item: Mouvement) -> str:
    """Name a cohort in words."""
    family = mots.word(f"cohorte.{item.famille}")
    return f"{family} : {mots.word(f'cohorte.{item.famille}.{item.cohorte}')}"


def estimate(baux: Path, au: dt.date, depuis: dt.date | None) -> Attentes:
    """Estimate waits from a table of leases and exits."""
    return estimate_attentes(read_table(baux, "baux", au=au).table, au, depuis=depuis)


def write_curve(found: Attentes, typologie: str, sortie: Path, source: str) -> None:
    """Draw the wait curve of a size, or of the territory, as PNG or SVG."""
    attente = found[Strate(typologie=typologie or None)]
    words = plot_words(attente, source)
    draw = graphiques.wait_curve_png if sortie.suffix == ".png" else graphiques.wait_curve_svg
    image = draw(
        courbe(attente, 30),
        titre=mots.render(words.titre),
        sous_titre=mots.render(words.sous_titre),
        legende=mots.render(words.legende),
        reperes=[graphiques.Repere(day, part, mots.render(text)) for day, part, text in words.reperes],
    )
    write_bytes(sortie, image)


def write_document(text: str, titre: str, sortie: Path) -> None:
    """Write a Markdown text as .md, .docx or .pdf.

    Raises
    ------
    UsageError
        USG-003 for another extension.
    """
    if sortie.suffix == ".md":
        write_text(sortie, text)
    elif sortie.suffix == ".docx":
        write_bytes(sortie, documents.markdown_to_docx(text))
    elif sortie.suffix == ".pdf":
        write_bytes(sortie, documents.markdown_to_pdf(text, titre))
    else:
        raise UsageError(
            Problem(
                "USG-003", str(sortie), "Cette extension n'est pas admise.", "Choisissez .md, .docx ou .pdf."
            )
        )
