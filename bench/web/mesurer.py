"""Fill a base with 100,000 invented offers, serve it three ways in turn, print the ratios."""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.web import demarrage, importation

RACINE = Path(__file__).resolve().parents[2]
PAGE = RACINE / "docs" / "explications" / "mesures-du-site.md"
DEBUT, FIN = "<!-- mesures -->", "<!-- /mesures -->"
PAIRS = RACINE / "bench" / ".venv-web" / "bin" / "python"
QUERY = "departement=67&typologie=T3&loyer_max=650"
SQL = """SELECT coalesce(json_agg(o.carte || jsonb_build_object('id', o.id, 'statut', o.statut,
    'publiee_le', o.publiee_le, 'confirmee_le', o.confirmee_le) ORDER BY p.cle DESC, p.id DESC), '[]')::text
  FROM (SELECT o.id, o.publiee_le AS cle FROM offres_offre o
    WHERE o.statut IN ('publiee', 'a_confirmer') AND o.doublon_de_id IS NULL AND o.nature IN ('location')
      AND o.departement = $1 AND o.pieces = $2 AND o.loyer_cc_cent <= $3
    ORDER BY o.publiee_le DESC, o.id DESC LIMIT $4) AS p JOIN offres_offre o ON o.id = p.id"""
COUNT = """SELECT count(*) FROM offres_offre o WHERE o.statut IN ('publiee', 'a_confirmer')
  AND o.doublon_de_id IS NULL AND o.nature IN ('location') AND o.departement = $1
  AND o.pieces = $2 AND o.loyer_cc_cent <= $3"""


@dataclass
class Service:
    """One server under measure."""

    nom: str
    commande: list[str]
    url: str
    env: dict[str, str]

    def start(self) -> subprocess.Popen[bytes]:
        """Start, and wait for the first answer."""
        child = subprocess.Popen(
            self.commande, env=os.environ | self.env, cwd=RACINE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        for _ in range(300):
            try:
                with urllib.request.urlopen(self.url, timeout=5) as answer:
                    answer.read()
                return child
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{self.nom} ne répond pas")


def wrk(url: str, seconds: int) -> tuple[float, float, float]:
    """Return requests per second, median and 95th percentile [ms] at 8 connections."""
    script = RACINE / "bench" / "web" / "centiles.lua"
    out = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{seconds}s", "-s", str(script), url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    median, p95 = re.search(r"centiles ([\d.]+) ([\d.]+)", out).groups()
    if "Non-2xx" in out:
        raise SystemExit(f"réponses en erreur : {url}\n{out}")
    return rate, float(median), float(p95)


def size(url: str, **headers: str) -> int:
    """Return the bytes of an answer, compressed."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", **headers})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return len(answer.read())


def sqlite_copy(folder: Path, rows: list[tuple[Any, ...]]) -> Path:
    """Write the same offers for Datasette, indexed for the same question."""
    path = folder / "offres.db"
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.execute(
        "CREATE TABLE offres (id text, carte text, publiee_le text, nature text, departement text,"
        " pieces int, loyer_cc_cent int)"
    )
    base.executemany("INSERT INTO offres VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    base.execute("CREATE INDEX i ON offres (departement, pieces, nature, loyer_cc_cent, publiee_le)")
    base.commit()
    base.close()
    return path


def main() -> None:
    """Run the bench."""
    options = argparse.ArgumentParser()
    options.add_argument("--offres", type=int, default=100_000)
    options.add_argument("--secondes", type=int, default=10)
    options.add_argument("--tours", type=int, default=3)
    options.add_argument("--dossier", type=Path, default=Path("/tmp/palier-bench"))
    options.add_argument("--ecrire", action="store_true", help="réécrire le tableau de la documentation")
    given = options.parse_args()
    env = {
        "PALIER_MODE": "essai", "PALIER_DONNEES": str(given.dossier), "PALIER_LIMITES": "non",
        "DJANGO_SETTINGS_MODULE": "palier.web.settings", "POLARS_MAX_THREADS": "1",
    }  # fmt: skip
    os.environ |= env
    given.dossier.mkdir(parents=True, exist_ok=True)
    places = RACINE / "donnees" / "territoires"
    target = given.dossier / "territoires"
    if places.is_dir() and not target.exists():
        import shutil

        shutil.copytree(places, target)
    from palier.web.exploitation import peuplement, schema

    for line in schema.migrate():
        print(line, file=sys.stderr)
    if not peuplement.is_filled():
        for line in peuplement.fill(au=dt.date.today(), nombre=given.offres, national=True, vacances=0):
            print(line, file=sys.stderr)
    from django.db import connection, connections

    with connections["admin"].cursor() as cursor:
        cursor.execute("ANALYZE")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, carte::text, publiee_le::text, nature, departement, pieces, loyer_cc_cent"
            " FROM offres_offre WHERE statut IN ('publiee', 'a_confirmer') AND doublon_de_id IS NULL"
        )
        rows = cursor.fetchall()
    base = sqlite_copy(given.dossier, rows)
    (given.dossier / "liste.sql").write_text(SQL, encoding="utf-8")
    (given.dossier / "compte.sql").write_text(COUNT, encoding="utf-8")
    neighbour = {
        "BENCH_SQL": str(given.dossier / "liste.sql"),
        "BENCH_SQL_COUNT": str(given.dossier / "compte.sql"),
        "BENCH_HOTE": str(given.dossier / "pg"),
    }
    # Datasette's own door for the same question: filters, order, twenty rows, and the count.
    ask = "nature=location&departement=67&pieces=3&loyer_cc_cent__lte=65000&_sort_desc=publiee_le&_size=20"
    services = [
        Service(
            "Palier",
            [sys.executable, "-m", "gunicorn", "palier.web.wsgi:application", "--bind", "127.0.0.1:8941",
             "--workers", "1", "--worker-class", "gthread", "--threads", "8", "--log-level", "error",
             "--no-control-socket"],
            f"http://127.0.0.1:8941/api/v1/offres?{QUERY}",
            env,
        ),
        Service(
            "Starlette + asyncpg",
            [str(PAIRS), "-m", "uvicorn", "voisin_starlette:app", "--app-dir", "bench/web", "--port", "8942",
             "--log-level", "error"],
            f"http://127.0.0.1:8942/api/v1/offres?{QUERY}",
            neighbour,
        ),
        Service(
            "Datasette",
            [str(PAIRS), "-m", "datasette", "serve", str(base), "--port", "8943",
             "--setting", "sql_time_limit_ms", "5000"],
            f"http://127.0.0.1:8943/offres/offres.json?{ask}&_extra=count",
            {},
        ),
    ]  # fmt: skip
    results: dict[str, list[tuple[float, float, float]]] = {service.nom: [] for service in services}
    children = [service.start() for service in services]
    try:
        for turn in range(given.tours):
            for service in itertools.islice(itertools.cycle(services), turn % 3, turn % 3 + 3):
                results[service.nom].append(wrk(service.url, given.secondes))
        site = "http://127.0.0.1:8941"
        html = size(f"{site}/offres?{QUERY}")
        country = size(f"{site}/carte") if _exists(f"{site}/carte") else None
        page = [wrk(f"{site}/offres?{QUERY}", given.secondes)]
    finally:
        for child in children:
            os.killpg(child.pid, signal.SIGTERM)
    lines = show(results, page[0], html, country, len(rows)) + others(given)
    print("\n".join(lines))
    if given.ecrire:
        write(lines)


def _exists(url: str) -> bool:
    try:
        size(url)
    except OSError:
        return False
    return True


def show(
    results: dict[str, list[tuple[float, float, float]]],
    page: tuple[float, float, float],
    html: int,
    country: int | None,
    live: int,
) -> list[str]:
    """Return the tables in Markdown."""
    medians = {
        nom: tuple(statistics.median(values) for values in zip(*found, strict=True))
        for nom, found in results.items()
    }
    ours = medians["Palier"]
    said = [
        (
            f"{live} offres en ligne, liste par l'API, 8 connexions, {len(results['Palier'])} tours dans un"
            " ordre tournant :"
        ),
        "",
        "| un processus chacun | réponses par seconde | médiane (ms) | 95e centile (ms) | Palier / lui |",
        "| --- | --- | --- | --- | --- |",
    ]
    said += [
        f"| {nom} | {rate:.0f} | {_fr(median)} | {_fr(p95)} | {_fr(ours[0] / rate, 2)} |"
        for nom, (rate, median, p95) in medians.items()
    ]
    said += [
        "",
        "| page | mesure | cible |",
        "| --- | --- | --- |",
        f"| `/offres`, 20 annonces, HTML seul compressé | {_fr(html / 1000)} ko | < 60 ko en tout |",
        (
            f"| `/offres`, page entière à 8 connexions | {page[0]:.0f} par seconde,"
            f" 95e centile {_fr(page[2])} ms | - |"
        ),
    ]
    if country is not None:
        said.append(f"| `/carte` du pays, compressée | {_fr(country / 1000)} ko | < 300 ko |")
    return said


def others(given: argparse.Namespace) -> list[str]:
    """Return the table of imports and starts."""
    done = importation.measure()
    wrong = importation.measure(fautives=200)
    starts = demarrage.measure(
        given.dossier.with_name("palier-banc-neuf"), RACINE / "donnees" / "territoires"
    )
    said = [
        "",
        "| autre mesure | temps | à côté |",
        "| --- | --- | --- |",
        (
            f"| fichier de {done.lignes} offres contrôlé et écrit ({done.etat}) | {_fr(done.mur)} s, dont"
            f" {_fr(done.processeur)} s de processeur | COPY nu des mêmes cases {_fr(done.nu, 2)} s"
            f" ({_fr(done.mur / done.nu)} fois) |"
        ),
        f"| le même avec 200 lignes fautives, refusé avec son rapport | {_fr(wrong.mur)} s | cible < 5 s |",
    ]
    return [*said, *(f"| {what} | {_fr(seconds)} s | - |" for what, seconds in starts.items())]


def _fr(value: float, places: int = 1) -> str:
    return f"{value:.{places}f}".replace(".", ",")


def write(lines: list[str]) -> None:
    """Put the tables in their page of the documentation."""
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(DEBUT)
    tail = rest.partition(FIN)[2]
    day = dt.date.today().strftime("%d/%m/%Y")
    made = [
        f"Faites le {day} sur {os.cpu_count()} cœurs partagés, base embarquée sur la même machine.",
        "",
        *lines,
    ]
    PAGE.write_text(head + DEBUT + "\n\n" + "\n".join(made) + "\n\n" + FIN + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
