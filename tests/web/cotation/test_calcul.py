"""Scores in the database are those of the engine; a run replaces the former; all of it under the policies."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from typing import Any

import polars as pl
import pytest
from django.db import connection

from palier import law
from palier.base.errors import RefusalError, RuleFileError
from palier.base.provenance import Provenance
from palier.engines.cotation.catalogue import read_grille
from palier.engines.cotation.classement import rank_demandes
from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.run import score
from palier.web.apps.cotation.models import Calcul, Grille, Place, Score
from palier.web.apps.cotation.operations.adoption import adopter
from palier.web.apps.cotation.operations.calcul import purger
from palier.web.apps.cotation.queries import grilles, scores
from palier.web.apps.cotation.queries.explication import explain_difference, explain_score
from palier.web.apps.demandes.models import Demande
from palier.web.apps.journal.models import Evenement
from palier.web.postgres.perimetre import perimetre
from tests.web.cotation.outils import GRILLE, SUIVANTE, adopte, cote
from tests.web.demandes.outils import AU, MAINTENANT, TERRITOIRE, charge, fonction, invente
from tests.web.personnel import creer_organisme

JANVIER = dt.date(2027, 1, 4)


@pytest.fixture
def owner(db: None) -> Any:
    """A landlord whose requests are loaded; the grid of the territory is adopted."""
    found = creer_organisme()
    charge([found])
    adopte()
    return found


def _engine() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Scores and queues as the engine gives them from the files."""
    regles = parse_grille(read_grille(GRILLE), "demo.yaml")
    made = invente()
    program = compile_grille(regles, law.at(AU, non_verifie=True))
    result = score(made.demandes, program, au=AU, evenements=made.evenements)
    return result.with_lists(), rank_demandes(result.table, made.demandes, regles)


def test_la_base_dit_ce_que_dit_le_moteur(owner: Any) -> None:
    done = cote()
    table, files = _engine()
    with perimetre(organismes=[owner.pk]):
        rows = list(Score.objects.select_related("demande"))
        found = {row.demande.numero_unique: row for row in rows}
        placed = set(
            Place.objects.values_list("demande__numero_unique", "systeme", "typologie", "rang", "ordre")
        )
    names = done.calcul.criteres
    assert len(found) == table.height == done.calcul.demandes
    for wanted in table.iter_rows(named=True):
        row = found[wanted["numero_unique"]]
        for nom in ("systeme", "classe", "total", "total_verifie", "etat", "motif_etat", "manque"):
            assert getattr(row, nom) == wanted[nom], nom
        assert row.points == [wanted[f"pts__{nom}"] for nom in names]
    columns = ("numero_unique", "systeme", "typologie", "rang", "ordre")
    assert placed == {(n, s, t or "", r, o) for n, s, t, r, o in files.select(columns).iter_rows()}
    provenance = Provenance.from_json(json.dumps(done.calcul.provenance))
    assert (provenance.grille_sha256, provenance.au) == (done.calcul.grille_id, AU)
    assert len(provenance.donnees_sha256) == 64


def test_un_calcul_remplace_le_precedent_et_la_purge_garde_chaque_grille(owner: Any) -> None:
    first = cote()
    same = cote()
    assert same.calcul.provenance == first.calcul.provenance
    assert list(Calcul.objects.filter(courant=True)) == [same.calcul]
    third = cote(AU + dt.timedelta(days=1))
    adopte(SUIVANTE)
    fourth = cote(JANVIER)
    assert fourth.calcul.grille.identifiant == parse_grille(read_grille(SUIVANTE), "x").id
    assert fourth.calcul.grille_id != first.calcul.grille_id
    assert purger(territoire=TERRITOIRE) == 2
    assert set(Calcul.objects.all()) == {third.calcul, fourth.calcul}
    with perimetre(territoire=TERRITOIRE):
        assert set(Score.objects.values_list("calcul_id", flat=True)) == {third.calcul.pk, fourth.calcul.pk}
    assert Evenement.objects.filter(verbe="cotation.recalculer").count() == 4


@pytest.mark.parametrize("table", ["cotation_score", "cotation_place"])
def test_les_points_ne_se_voient_que_du_perimetre(owner: Any, table: str) -> None:
    cote()
    stranger = creer_organisme()

    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
            return int(cursor.fetchone()[0])

    assert count() == 0
    with perimetre(organismes=[stranger.pk]):
        assert count() == 0
    with perimetre(organismes=[owner.pk]):
        assert count() > 0


def test_sans_grille_rien_n_est_cote(db: None) -> None:
    charge([creer_organisme()])
    with pytest.raises(RefusalError, match="DEM-032"):
        cote()
    adopte()
    with pytest.raises(RefusalError, match="DEM-032"):
        cote(dt.date(2000, 1, 1))
    assert not Calcul.objects.exists()


def test_une_grille_s_adopte_une_fois_pour_son_territoire(db: None) -> None:
    text = read_grille(GRILLE)

    def adopt(texte: str, territoire: str = TERRITOIRE) -> Grille:
        return adopter(
            acteur="essai", texte=texte, origine="g.yaml", territoire=territoire, maintenant=MAINTENANT
        )

    assert adopt(text) == adopt(text)
    assert Evenement.objects.filter(verbe="grille.adopter").count() == 1
    with pytest.raises(RefusalError) as raised:
        adopt(text + "\n# autre\n", "200046977")
    assert [p.code for p in raised.value.problems] == ["DEM-030", "DEM-031"]
    with pytest.raises(RuleFileError):
        adopt("palier: grille/1\n")


def test_les_lignes_s_ajoutent_au_total_et_la_classe_4_se_tait(owner: Any) -> None:
    cote()
    criteria = set(grilles.parsed(Grille.objects.get()).criteres())
    hidden = shown = 0
    with perimetre(organismes=[owner.pk]):
        for held in Score.objects.select_related("demande", "calcul__grille").filter(total__isnull=False):
            whole = explain_score(fonction(owner), held.demande, held, True, "fr")
            bare = explain_score(fonction(owner), held.demande, held, False, "fr")
            assert whole.a_jour
            assert whole.explication.points == bare.explication.points == held.total
            for tree in (whole.explication, bare.explication):
                assert sum(line.retenu or 0 for line in tree.enfants) == held.total
            codes = {line.code for _, line in bare.explication.walk()}
            assert "reserve" not in criteria
            hidden += "reserve" in codes
            shown += len(codes)
            text = str(bare.explication)
            assert "violences" not in text
            assert "handicap" not in text
    assert hidden
    assert shown


def test_pourquoi_les_points_ont_change(owner: Any) -> None:
    cote()
    cote(AU + dt.timedelta(days=62))
    with perimetre(organismes=[owner.pk]):
        changed = 0
        for demande in Demande.objects.all():
            after, before = scores.history(demande)[:2]
            tree = explain_difference(before, after, True, "fr")
            assert tree.points == (after.total or 0) - (before.total or 0)
            changed += bool(tree.enfants)
    assert changed


def test_une_demande_qui_a_change_le_dit(owner: Any) -> None:
    cote()
    with perimetre(organismes=[owner.pk]):
        held = Score.objects.filter(etat="note", total__gt=0).order_by("pk").first()
        assert held is not None
        Demande.objects.filter(pk=held.demande_id).update(date_depot_initial=AU, date_renouvellement=None)
        demande = Demande.objects.get(pk=held.demande_id)
        assert not explain_score(fonction(owner), demande, held, True, "fr").a_jour


def test_un_territoire_entier_est_cote_et_classe(base_reelle: None) -> None:
    """Read, score, rank and write back a whole territory; a bare copy of the same rows stands beside."""
    size = 1.0 if os.environ.get("PALIER_EPREUVES") == "1" else 0.1
    made = invente(size)
    charge([creer_organisme()], table=made.demandes, evenements=made.evenements)
    adopte()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM demandes_demande")
    times = []
    for _ in range(2):
        start = time.perf_counter()
        done = cote()
        times.append(time.perf_counter() - start)
    with perimetre(territoire=TERRITOIRE), connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute(
            "CREATE TEMP TABLE nue AS SELECT * FROM cotation_score WHERE calcul_id = %s", [done.calcul.pk]
        )
        cursor.execute(
            "CREATE TEMP TABLE nue_place AS SELECT * FROM cotation_place WHERE calcul_id = %s",
            [done.calcul.pk],
        )
        bare = time.perf_counter() - start
    print(
        f"\n{done.calcul.demandes} demandes cotées et classées en {min(times):.2f} s, {done.places} places ;"
        f" copie nue des mêmes lignes {bare:.2f} s"
    )
    assert done.calcul.demandes == round(20_000 * size)
