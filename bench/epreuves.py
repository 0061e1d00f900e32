"""The comparisons, one function each: who runs, what is compared, what is the target."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from bench import donnees
from bench.lancer import PYTHON, Course, interleave, median_pair, run, run_command
from bench.tableau import Tableau, number

ZEN = 100_000
SITUATIONS = 2_000  # their cost grows faster than their number: the size that suits the neighbour


def seconds(course: Course) -> str:
    """Processor time of the work."""
    return f"{number(course.cpu, 3)} s"


def same(*courses: Course, key: str = "empreinte") -> None:
    """Refuse to compare contestants that do not say the same."""
    found = {str(c.dit.get(key)) for c in courses}
    if len(found) > 1:
        raise SystemExit(f"Les résultats diffèrent ({key}) : {sorted(found)}")


def arrays(tableau: Tableau, taille: int, fois: int, complet: bool) -> None:
    """Palier beside the hand-written query, table in memory, with and without ranks."""
    donnees.stock(taille)
    for options, titre in (
        ((), "note et points par critère"),
        (("--rang",), "avec rang par territoire et taille"),
    ):
        ours, theirs = interleave(
            fois,
            ("palier_tableaux", (taille, *options), "palier"),
            ("polars_tableaux", (taille, *options), "palier"),
        )
        same(*ours, *theirs)
        same(*ours, *theirs, key="rang")
        a, b = median_pair(ours, theirs)
        ratio = a.cpu / b.cpu
        tableau.add(
            f"{titre}, à côté de Polars à la main",
            seconds(a),
            seconds(b),
            number(ratio),
            "≤ 1,15",
            ratio <= 1.15,
        )
        extra = max(c.memoire for c in ours)
        tableau.add(
            f"mémoire en plus, {titre}",
            f"{extra} Mo",
            f"{max(c.memoire for c in theirs)} Mo",
            number(extra / max(c.memoire for c in theirs)),
            "< 600 Mo à 2,9 M",
            extra < 600,
        )
        if not options:
            tableau.notes.append(
                f"Lire la grille et la loi, hors du compte : {number(a.dit['fixe'] * 1000, 0)} ms, une fois ;"
                f" dans le compte de Palier : compiler {number(a.dit['compilation'] * 1000, 0)} ms."
            )


def line(tableau: Tableau, taille: int, fois: int, complet: bool) -> None:
    """Processor time per request from 100,000 to the whole stock; two thousand show the fixed cost."""
    sizes = [2_000, 100_000, 300_000, 1_000_000, 2_900_000] if complet else [2_000, 100_000, 300_000]
    fixed: tuple[float, float] = (0.0, 0.0)
    for size in sizes:
        donnees.stock(size)
        ours, theirs = interleave(
            fois, ("palier_tableaux", (size,), "palier"), ("polars_tableaux", (size,), "palier")
        )
        a, b = (min(c.cpu for c in runs) for runs in (ours, theirs))
        if size == sizes[0]:
            fixed = a, b
            continue
        rates = [t / size * 1e6 for t in (a, b, a - fixed[0], b - fixed[1])]
        tableau.droite.append((size, *rates))
    tableau.notes.append(
        f"Coût fixe (2 000 demandes) : Palier {number(fixed[0] * 1000, 0)} ms,"
        f" requête à la main {number(fixed[1] * 1000, 0)} ms."
    )
    small, large = tableau.droite[0], tableau.droite[-1]
    ratio = large[1] / small[1]
    tableau.add(
        f"par demande, à {number(large[0], 0)} et à {number(small[0], 0)}",
        f"{number(large[1], 3)} µs",
        f"{number(small[1], 3)} µs",
        number(ratio),
        "pas plus (≤ 1,15)",
        ratio <= 1.15,
    )


def files(tableau: Tableau, taille: int, fois: int, complet: bool) -> None:
    """From parquet to parquet."""
    donnees.stock(taille)
    ours, theirs = interleave(
        fois, ("fichiers", (taille, "palier"), "palier"), ("fichiers", (taille, "manuel"), "palier")
    )
    same(*ours, *theirs)
    a, b = median_pair(ours, theirs)
    ratio = a.cpu / b.cpu
    tableau.add("de parquet à parquet", seconds(a), seconds(b), number(ratio), "≤ 1,2", ratio <= 1.2)
    tableau.notes.append(
        f"De parquet à parquet, sommet moins départ : {a.memoire} Mo, à la main {b.memoire} Mo."
    )


def floor(tableau: Tableau, taille: int, fois: int, complet: bool) -> None:
    """The C loop: the distance to the machine."""
    donnees.raw(taille)
    ours, theirs = interleave(
        fois, ("palier_tableaux", (taille,), "palier"), ("boucle_c", (taille,), "palier")
    )
    same(*ours, *theirs)
    a, b = median_pair(ours, theirs)
    tableau.add("distance à une boucle C par blocs", seconds(a), seconds(b), number(a.cpu / b.cpu), "—", None)


def duckdb(tableau: Tableau, taille: int, fois: int, complet: bool) -> None:
    """DuckDB SQL of the same rules, to Arrow."""
    donnees.raw(taille)
    for options, titre, target in (
        ((), "DuckDB, même SQL vers Arrow", 2.3),
        (("--rang",), "DuckDB avec rang", 3.0),
    ):
        ours, theirs = interleave(
            fois,
            ("palier_tableaux", (taille, *options), "palier"),
            ("duckdb_sql", (taille, *options), "pairs"),
        )
        same(*ours, *theirs)
        same(*ours, *theirs, key="rang")
        a, b = median_pair(ours, theirs)
        ratio = b.cpu / a.cpu
        tableau.add(
            titre,
            seconds(a),
            seconds(b),
            f"{number(ratio, 1)} fois",
            f"≥ {number(target, 1)}",
            ratio >= target,
        )


def zen(tableau: Tableau, taille: int, fois: int, complet: bool) -> None:
    """zen-engine on 100,000 requests (a sample, per request, in a quick run)."""
    size = ZEN if complet else 5_000
    donnees.raw(size)
    donnees.raw(ZEN)
    for mode, titre, target in (("un", "zen-engine, une à une", 800), ("lot", "zen-engine, par lots", 350)):
        turns = 1 if mode == "un" else fois
        ours, theirs = interleave(
            turns, ("palier_tableaux", (ZEN,), "palier"), ("zen_regles", (size, mode), "pairs")
        )
        if size == ZEN:
            same(*ours, *theirs, key="points")
        a, b = median_pair(ours, theirs, "par_ligne")
        ratio = b.par_ligne / a.par_ligne
        tableau.add(
            f"{titre}, sur {number(size, 0)} demandes",
            f"{number(a.par_ligne)} µs",
            f"{number(b.par_ligne, 0)} µs",
            f"{number(ratio, 0)} fois",
            f"≥ {target}",
            ratio >= target,
        )


def openfisca(tableau: Tableau, taille: int, fois: int, complet: bool) -> None:
    """openfisca-core, from arrays and from rows."""
    donnees.raw(taille)
    ours, theirs = interleave(
        fois, ("palier_tableaux", (taille,), "palier"), ("openfisca_systeme", (taille, "tableaux"), "pairs")
    )
    same(*ours, *theirs, key="points")
    a, b = median_pair(ours, theirs)
    ratio, memory = b.cpu / a.cpu, b.memoire / max(a.memoire, 1)
    tableau.add(
        "openfisca-core, tableaux", seconds(a), seconds(b), f"{number(ratio, 1)} fois", "≥ 1,3", ratio >= 1.3
    )
    tableau.add(
        "openfisca-core, mémoire en plus",
        f"{a.memoire} Mo",
        f"{b.memoire} Mo",
        f"{number(memory, 1)} fois",
        "≥ 2",
        memory >= 2,
    )
    size = SITUATIONS
    donnees.raw(size)
    a, b = run("palier_tableaux", ZEN), run("openfisca_systeme", size, "lignes", venv="pairs")
    ratio = b.par_ligne / a.par_ligne
    tableau.add(
        f"openfisca-core, {number(size, 0)} situations JSON",
        f"{number(a.par_ligne)} µs",
        f"{number(b.par_ligne, 0)} µs",
        f"{number(ratio, 0)} fois",
        "≥ 200",
        ratio >= 200,
    )


def csv(tableau: Tableau, taille: int, fois: int, complet: bool) -> None:
    """A CSV of 100,000 to scored parquet by the command line; a large one read in bounded memory."""
    source = donnees.csv(100_000)
    palier = str(Path(PYTHON["palier"]).parent / "palier")
    table, scores = donnees.TRAVAIL / "importe.parquet", donnees.TRAVAIL / "scores.parquet"
    au = f"--au={donnees.AU}"
    score = [f"--grille={donnees.GRILLE_CLI}", f"--sortie={scores}", au, "--loi-non-verifiee"]
    ways = {
        "une commande": [[palier, "cotation", "noter", str(source), *score]],
        "deux commandes": [
            [palier, "demandes", "importer", str(source), f"--sortie={table}", au],
            [palier, "cotation", "noter", str(table), *score],
        ],
    }
    for nom, steps in ways.items():
        cpu, wall = min(
            tuple(map(sum, zip(*(run_command(s)[:2] for s in steps), strict=True))) for _ in range(fois)
        )
        titre = f"CSV de 100 000 vers parquet noté et classé, {nom}"
        tableau.add(titre, f"{number(wall)} s", f"({number(cpu)} s de processeur)", "—", "≈ 1 s", wall <= 1.5)
    size = 3_000_000 if complet else taille
    donnees.csv(size)
    ours, theirs = interleave(1, ("csv_lu", (size, "palier"), "palier"), ("csv_lu", (size, "nu"), "palier"))
    a, b = ours[0], theirs[0]
    rates = [c.dit["octets"] / 1e6 / c.mur for c in (a, b)]
    tableau.add(
        f"CSV de {number(size, 0)} lu et contrôlé, débit",
        f"{number(rates[0], 0)} Mo/s",
        f"{number(rates[1], 0)} Mo/s nu",
        number(a.mur / b.mur),
        "—",
        None,
    )
    octets = a.dit["octets"] // 1_000_000
    tableau.add(
        f"mémoire en plus pour ce CSV ({number(octets, 0)} Mo)",
        f"{a.memoire} Mo",
        f"{b.memoire} Mo nu",
        "—",
        "bornée",
        a.memoire < 1_000,
    )


def one(tableau: Tableau, taille: int, fois: int, complet: bool) -> None:
    """One request with its explanation, by the row engine."""
    donnees.stock(100_000)
    a = min((run("une_demande", 100_000) for _ in range(fois)), key=lambda c: c.dit["mediane_us"])
    median = a.dit["mediane_us"]
    tableau.add(
        "une demande expliquée (médiane ; 99e centile)",
        f"{number(median, 0)} µs",
        f"{number(a.dit['centile_99_us'], 0)} µs",
        "—",
        "< 1 000 µs",
        median < 1_000,
    )


def clean(tableau: Tableau, taille: int, fois: int, complet: bool) -> None:
    """Give the disk back after a complete run."""
    for path in donnees.TRAVAIL.iterdir() if complet else ():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


EPREUVES: dict[str, Callable[[Tableau, int, int, bool], None]] = {
    "tableaux": arrays,
    "droite": line,
    "fichiers": files,
    "boucle_c": floor,
    "duckdb": duckdb,
    "zen": zen,
    "openfisca": openfisca,
    "csv": csv,
    "demande": one,
    "menage": clean,
}
