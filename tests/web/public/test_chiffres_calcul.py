"""The figures computed from the database are those of the engines, and a failure leaves the former ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from palier import law
from palier.base.errors import RefusalError
from palier.engines.cotation.catalogue import read_grille
from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.run import score
from palier.engines.cotation.statistiques import Secteurs, publish_files
from palier.web.apps.demandes.models import Demande
from palier.web.apps.journal.models import Evenement
from palier.web.apps.parc.models import Logement
from palier.web.apps.public import tasks
from palier.web.apps.public.models import GrillePubliee, StatistiqueFile
from palier.web.apps.public.operations import calcul
from palier.web.exploitation.chiffres import compute
from palier.web.postgres.perimetre import perimetre
from tests.web.cotation.outils import GRILLE, adopte, cote
from tests.web.demandes.outils import AU, MAINTENANT, TERRITOIRE, charge, invente
from tests.web.personnel import creer_organisme

pytestmark = pytest.mark.django_db
SECTEURS = {"67482": "Centre", "67218": "Couronne"}


def _rempli() -> Any:
    """Requests that are scored, homes that say the sectors, forty requests housed this year."""
    made = invente(taille=0.03)
    charge([creer_organisme()], table=made.demandes, evenements=made.evenements, publics=made.publics)
    Logement.objects.bulk_create(
        Logement(identifiant=f"S{code}", commune_code=code, secteur=nom, typologie="T3")
        for code, nom in SECTEURS.items()
    )
    adopte()
    cote()
    return made


def test_les_chiffres_de_la_base_sont_ceux_du_moteur() -> None:
    made = _rempli()
    done = calcul.calculer(territoire=TERRITOIRE, maintenant=MAINTENANT, origine="essai")
    grid = parse_grille(read_grille(GRILLE), f"{GRILLE}.yaml")
    scored = score(made.demandes, compile_grille(grid, law.at(AU)), au=AU, evenements=made.evenements)
    wanted = publish_files(scored.table, made.demandes, Secteurs(SECTEURS))
    rows = {(r.secteur, r.typologie): r for r in StatistiqueFile.objects.all()}
    assert {(f.secteur, f.typologie): f.n for f in wanted.files} == {key: r.n for key, r in rows.items()}
    for file in wanted.files:
        kept = rows[file.secteur, file.typologie].histogramme["segments"]
        assert [[s.systeme, s.classe, s.n] for s in file.segments] == [
            [s["systeme"], s["classe"], s["n"]] for s in kept
        ]
    assert {secteur for secteur, _ in rows} > {"Centre"}
    assert done.masquees == wanted.masquees
    whole = rows["", ""]
    assert whole.provenance["grille"] == f"{GRILLE}@2026-01-01"
    assert whole.provenance["secteurs"] == SECTEURS
    assert GrillePubliee.objects.get().texte == read_grille(GRILLE)
    assert whole.attente["en_attente_mediane"] is not None

    with perimetre(territoire=TERRITOIRE):  # a year of exits: waits follow, those housed and those who left
        live = Demande.objects.filter(statut="active", date_depot_initial__lt=dt.date(2026, 1, 1))
        ids = list(live.order_by("numero_unique").values_list("pk", flat=True)[:90])
        Demande.objects.filter(pk__in=ids[:60]).update(
            statut="attribuee", motif_radiation="attribution", radiee_le=dt.date(2026, 6, 1)
        )
        Demande.objects.filter(pk__in=ids[60:]).update(
            statut="radiee", motif_radiation="non_renouvellement", radiee_le=dt.date(2026, 6, 1)
        )
    calcul.calculer(territoire=TERRITOIRE, maintenant=MAINTENANT, origine="essai")
    waits = StatistiqueFile.objects.get(secteur="", typologie="").attente
    assert (waits["baux"], waits["liberes_12_mois"]) == (60, 60)
    assert waits["estimee"]["horizon_mois"] > 0


def test_un_echec_laisse_les_chiffres_d_avant(monkeypatch: pytest.MonkeyPatch) -> None:
    _rempli()
    calcul.calculer(territoire=TERRITOIRE, maintenant=MAINTENANT, origine="essai")
    kept = list(StatistiqueFile.objects.order_by("pk").values())

    def broken(*_: Any) -> None:
        raise RuntimeError("panne")

    monkeypatch.setattr(calcul, "publish_attentes", broken)
    with pytest.raises(RuntimeError):
        tasks.calculer_territoire(TERRITOIRE)
    assert list(StatistiqueFile.objects.order_by("pk").values()) == kept
    monkeypatch.undo()

    lines = list(compute([]))
    assert "déjà publiées, sans changement" in lines[1]
    assert list(StatistiqueFile.objects.order_by("pk").values()) == kept
    assert Evenement.objects.filter(verbe="chiffres.publier").count() == 1

    assert not calcul.due(TERRITOIRE, AU.replace(day=30))
    assert calcul.due(TERRITOIRE, dt.date(2026, 12, 1))
    handed: list[str] = []
    monkeypatch.setattr(tasks, "aujourdhui", lambda: dt.date(2026, 12, 1))
    monkeypatch.setattr(
        tasks.calculer_territoire, "configure",
        lambda **_: type("Job", (), {"defer": staticmethod(lambda **given: handed.extend(given.values()))}),
    )  # fmt: skip
    tasks.calculer_chiffres(0)
    assert handed == [TERRITOIRE]


def test_sans_cotation_rien_ne_se_calcule() -> None:
    charge([creer_organisme()])
    with pytest.raises(RefusalError) as found:
        list(compute([TERRITOIRE]))
    assert [p.code for p in found.value.problems] == ["CHI-007"]
    assert not StatistiqueFile.objects.exists()
