"""Publishing figures: whole or nothing, once, journaled, never a small group, never another text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from palier.base.errors import RefusalError
from palier.engines.cotation.model import parse_grille
from palier.web.apps.journal.models import Evenement
from palier.web.apps.public.models import GrillePubliee, StatistiqueFile
from tests.web.public.outils_chiffres import AU, EMS, a_conserver, publie

pytestmark = pytest.mark.django_db


def test_ce_qui_est_publie_est_ce_qui_a_ete_calcule() -> None:
    made = publie()
    rows = StatistiqueFile.objects.filter(territoire=EMS, au=AU)
    assert made.change
    assert made.files == rows.count() > 10
    whole = rows.get(secteur="", typologie="")
    figure = a_conserver().figures[0]
    assert (whole.n, whole.histogramme, whole.attente) == (figure.n, figure.histogramme, figure.attente)
    assert whole.provenance["grille"] == "demo-ems@2026-01-01"
    assert GrillePubliee.objects.get().texte == a_conserver().texte


def test_aucun_nombre_publie_n_est_petit() -> None:
    publie()
    for row in StatistiqueFile.objects.all():
        counts = [row.n, *(s["n"] for s in row.histogramme["segments"])]
        counts += [n for s in row.histogramme["segments"] for *_, n in s["classes"]]
        counts += [n for n in ((row.attente or {}).get(k) for k in ("baux", "liberes_12_mois")) if n]
        assert min(counts) >= 11
        assert sum(s["n"] for s in row.histogramme["segments"]) == row.n


def test_deux_fois_ne_change_rien() -> None:
    publie()
    before = list(StatistiqueFile.objects.order_by("pk").values_list("pk", flat=True))
    again = publie()
    assert not again.change
    assert list(StatistiqueFile.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert Evenement.objects.filter(verbe="chiffres.publier").count() == 1


def test_une_file_que_l_on_ne_peut_plus_dire_est_retiree() -> None:
    publie()
    made = publie(figures=a_conserver().figures[:3])
    assert (made.files, made.retirees) == (3, len(a_conserver().figures) - 3)
    assert StatistiqueFile.objects.count() == 3


def test_une_autre_date_garde_la_premiere() -> None:
    publie()
    publie(au=AU + dt.timedelta(days=30))
    assert set(StatistiqueFile.objects.values_list("au", flat=True)) == {AU, AU + dt.timedelta(days=30)}
    assert GrillePubliee.objects.count() == 1


def test_une_version_publiee_ne_change_pas_de_texte() -> None:
    publie()
    texte = a_conserver().texte.replace("Parent isolé", "Parent seul")
    with pytest.raises(RefusalError) as found, transaction.atomic():
        publie(texte=texte, grille=parse_grille(texte, "demo-ems.yaml"), figures=())
    assert [p.code for p in found.value.problems] == ["CHI-004"]
    assert StatistiqueFile.objects.count() == len(a_conserver().figures)


def test_la_base_refuse_une_file_sous_le_seuil() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        publie(figures=(replace(a_conserver().figures[0], n=10),))


def test_le_journal_dit_le_territoire_la_date_et_la_grille() -> None:
    publie()
    line = Evenement.objects.get(verbe="chiffres.publier")
    assert (line.objet_id, line.motif, line.origine) == (f"{EMS}@{AU}", "demo-ems@2026-01-01", "commande")
