"""Fill a base with an invented territory, then measure search, scores and a year beside their neighbours."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

AU = dt.date(2026, 11, 24)


class Annule(Exception):
    """Undoes a measure."""


def timed(act: Callable[[], object], fois: int) -> float:
    """Return the median time of an act [s], each undone."""
    from django.db import transaction

    found = []
    for _ in range(fois):
        start = 0.0
        try:
            with transaction.atomic():
                start = time.perf_counter()
                act()
                found.append(time.perf_counter() - start)
                raise Annule
        except Annule:
            continue
    return statistics.median(found)


def prepare(dossier: Path, taille: float, vacances: int, jours: int) -> tuple[Any, Any]:
    """Make the base anew, with its requests scored; return the territory and the world of the year."""
    shutil.rmtree(dossier, ignore_errors=True)
    dossier.mkdir(parents=True)
    dossier.chmod(0o755)  # the embedded server runs as another user when we are root
    os.environ |= {"PALIER_MODE": "essai", "PALIER_DONNEES": str(dossier)}
    from palier.web.exploitation import schema

    list(schema.migrate())
    from django.db import connections

    from palier.synthetic import generate_territoire
    from palier.web.exploitation import peuplement
    from palier.web.exploitation.annee import comptes, monde, remplissage

    made = generate_territoire(graine=1, au=AU, taille=taille)
    owner = peuplement._landlord(made.logements["bailleur"][0], 0)
    list(peuplement.fill_requests(AU, made))
    neighbours = comptes.open_neighbours(made.siren)
    world = remplissage._world(made, owner, neighbours, AU - dt.timedelta(days=jours))
    monde.open_homes(world, made.logements, vacances)
    with connections["admin"].cursor() as cursor:
        cursor.execute("ANALYZE")
    return made, world


def measure_search(made: Any, monde: Any, fois: int) -> tuple[float, float]:
    """Return the time of a search with all reasons, and of the bare reading of the same requests [s]."""
    from palier.engines.recherche.compiler import COLONNES
    from palier.web.apps.attributions.operations import candidats, vacances
    from palier.web.apps.demandes.queries import stock
    from palier.web.postgres.perimetre import perimetre

    now = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
    home, described = monde.logements[0]
    held = vacances.recevoir_conge(
        acteur=monde.agent, logement=home.pk, territoire=made.siren, conge_le=AU, bail_fin=AU, maintenant=now
    )
    vacances.qualifier(acteur=monde.agent, vacance=held.pk, description=described, maintenant=now)

    def search() -> None:
        candidats.rechercher(
            acteur=monde.agent, vacance=held.pk, seance_le=AU, signature_le=AU, maintenant=now
        )

    def bare() -> None:
        with perimetre(territoire=made.siren, lecteur=True):
            stock.read(made.siren, COLONNES)

    found = timed(search, fois), timed(bare, fois)
    vacances.retirer_vacance(
        acteur=monde.acteur("admin_bailleur"), vacance=held.pk, motif="erreur", au=AU, maintenant=now
    )
    return found


def measure_scores(made: Any, fois: int) -> float:
    """Return the time to score and rank the territory again [s]."""
    from palier.web.apps.cotation.operations.calcul import recalculer

    now = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
    return timed(lambda: recalculer(acteur="banc", territoire=made.siren, au=AU, maintenant=now), fois)


def measure_year(made: Any, monde: Any, jours: int) -> tuple[float, float, int, int]:
    """Return the time of a year by the real operations, of its bare writes [s], its leases, its writes."""
    from django.db import connection, transaction

    from palier.web.apps.organismes.models import Organisme
    from palier.web.exploitation.annee.partie import play
    from palier.web.postgres.perimetre import perimetre

    writes: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            writes.append((sql, params))
        return execute(sql, params, many, context)

    spent, leases = [], 0
    try:
        with transaction.atomic(), connection.execute_wrapper(keep):
            start = time.perf_counter()
            done = play(
                monde,
                du=AU - dt.timedelta(days=jours),
                au=AU,
                maintenant=dt.datetime(2026, 11, 24, 20, tzinfo=dt.UTC),
            )
            spent.append(time.perf_counter() - start)
            leases = done.faits["baux"]
            raise Annule
    except Annule:
        everyone = list(Organisme.objects.values_list("pk", flat=True))
    try:
        with perimetre(organismes=everyone, territoire=made.siren, lecteur=True):
            start = time.perf_counter()
            with connection.cursor() as cursor:
                for sql, params in writes:
                    cursor.execute(sql, params)
            spent.append(time.perf_counter() - start)
            raise Annule
    except Annule:
        return spent[0], spent[1], leases, len(writes)


def main() -> None:
    """Run the bench."""
    options = argparse.ArgumentParser()
    options.add_argument("--taille", type=float, default=1.0, help="1 : 20 000 demandes ; 15 : 300 000")
    options.add_argument("--vacances", type=int, default=200, help="logements libérés dans l'année jouée")
    options.add_argument("--jours", type=int, default=365)
    options.add_argument("--fois", type=int, default=5)
    options.add_argument("--dossier", type=Path, default=Path("donnees/banc-attributions"))
    given = options.parse_args()
    made, monde = prepare(given.dossier.absolute(), given.taille, given.vacances, given.jours)
    load = os.getloadavg()[0]
    print(f"{len(made.demandes)} demandes, charge {load:.1f}")
    print("| mesure | Palier | voisin | rapport |\n| --- | --- | --- | --- |")
    search, bare = measure_search(made, monde, given.fois)
    print(f"| recherche, tous motifs (voisin : lecture nue) | {search:.3f} s | {bare:.3f} s"
          f" | {search / bare:.2f} |")  # fmt: skip
    print(f"| recotation et rangs | {measure_scores(made, given.fois):.2f} s | - | - |")
    real, writes, leases, count = measure_year(made, monde, given.jours)
    print(f"| {given.vacances} logements, {leases} baux (voisin : les mêmes {count} écritures)"
          f" | {real:.1f} s | {writes:.1f} s | {real / writes:.1f} |")  # fmt: skip
    print(f"Rythme : {given.vacances / real:.1f} logements par seconde.")
    from palier.web.postgres import embarque

    embarque.stop(given.dossier.absolute())


if __name__ == "__main__":
    main()
