"""A file of requests is loaded whole or not at all; what the file says comes back as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from palier.base.errors import TableError
from palier.formats import write_table
from palier.web.apps.demandes.chiffrement import decrypt
from palier.web.apps.demandes.models import (
    Demande,
    EvenementDemande,
    PublicPrioritaire,
    Territoire,
)
from palier.web.apps.demandes.operations.chargement import charger
from palier.web.apps.demandes.queries import stock
from palier.web.apps.journal.models import Evenement
from palier.web.postgres.perimetre import perimetre
from tests.unit.formats.outils import demande_xml, xml_of
from tests.web.demandes.outils import AU, MAINTENANT, TERRITOIRE, charge, invente
from tests.web.personnel import creer_organisme

pytestmark = pytest.mark.django_db


def _voit(owner: Any, **filtre: Any) -> int:
    with perimetre(organismes=[owner.pk]):
        return Demande.objects.filter(**filtre).count()


def test_tout_revient_de_la_base_comme_dans_le_fichier() -> None:
    charge([creer_organisme()])
    wanted = invente().demandes
    names = [nom for nom in wanted.columns if nom != "statut"]
    with perimetre(territoire=TERRITOIRE, lecteur=True):
        found = stock.read(TERRITOIRE, names)
    assert found.select(names).sort("numero_unique").equals(wanted.select(names).sort("numero_unique"))
    assert {nom: found.schema[nom] for nom in names} == {nom: wanted.schema[nom] for nom in names}


def test_les_evenements_et_les_publics_suivent() -> None:
    charge([creer_organisme()])
    with perimetre(territoire=TERRITOIRE, lecteur=True):
        assert EvenementDemande.objects.count() == invente().evenements.height
        boxes = list(PublicPrioritaire.objects.values_list("demande_id", "chiffre"))
        codes = sorted(decrypt(pk, bytes(box))["public_code"] for pk, box in boxes)
        events = stock.read_events(TERRITOIRE)
    assert codes == sorted(invente().publics["public_code"].cast(pl.String))
    keys = ["numero_unique", "evenement_date", "evenement_type"]
    wanted = invente().evenements.select(keys)
    assert events.select(keys).sort(keys).equals(wanted.cast(events.select(keys).schema).sort(keys))


def test_recharger_ne_change_rien_puis_change_ce_qui_a_change() -> None:
    owner = creer_organisme()
    first = charge([owner])
    assert first.nouvelles == first.lues == invente().demandes.height
    assert (charge([owner]).nouvelles, charge([owner]).changees) == (0, 0)
    changed = invente().demandes.with_columns(
        nb_personnes=pl.when(pl.int_range(pl.len()) == 0)
        .then(7)
        .otherwise(pl.col("nb_personnes"))
        .cast(pl.UInt8)
    )
    again = charge([owner], table=changed)
    assert (again.nouvelles, again.changees, again.inchangees) == (0, 1, again.lues - 1)
    verbs = Evenement.objects.filter(objet_type="demande").values_list("verbe", flat=True)
    assert sorted(verbs) == ["demande.creer"] * first.lues + ["demande.modifier"]


def test_un_second_organisme_s_ajoute_au_premier() -> None:
    first, second = creer_organisme(), creer_organisme()
    charge([first])
    charge([second])
    assert _voit(first) == _voit(second) == invente().demandes.height


MAUVAIS = [
    ("territoire mal écrit", {"territoire": "Strasbourg"}, "DEM-001"),
    ("aucun organisme", {"organismes": []}, "DEM-002"),
    ("close sans motif", {"motif_radiation": None, "statut": "radiee"}, "DEM-003"),
    ("vivante avec motif", {"motif_radiation": "renoncement", "statut": "active"}, "DEM-004"),
    ("événement d'une absente", {"absente": True}, "DEM-005"),
]


@pytest.mark.parametrize(("nom", "faute", "code"), MAUVAIS, ids=[nom for nom, *_ in MAUVAIS])
def test_un_mauvais_lot_n_ecrit_rien(nom: str, faute: dict[str, Any], code: str) -> None:
    del nom
    owners = faute.get("organismes", [creer_organisme()])
    table = invente().demandes
    for column in ("statut", "motif_radiation"):
        if column in faute:
            first = pl.int_range(pl.len()) == 0
            value = pl.lit(faute[column]).cast(table.schema[column])
            table = table.with_columns(pl.when(first).then(value).otherwise(pl.col(column)).alias(column))
    children = {"evenements": invente().evenements}
    if "absente" in faute:
        table = table.head(3)
    with pytest.raises(TableError) as raised:
        charge(owners, faute.get("territoire", TERRITOIRE), table, **children)
    assert code in [problem.code for problem in raised.value.problems]
    assert not Evenement.objects.filter(verbe__startswith="demande").exists()
    with perimetre(territoire=TERRITOIRE):
        assert Demande.objects.count() == 0
    assert not Territoire.objects.exists()


def test_le_numero_d_un_autre_territoire_est_refuse_sans_rien_ecrire() -> None:
    first, second = creer_organisme(), creer_organisme()
    charge([first], table=invente().demandes.head(5))
    with pytest.raises(TableError, match="DEM-006"):
        charge([second], "200046977", invente().demandes)
    assert _voit(second) == 0
    assert _voit(first) == 5


@pytest.mark.parametrize("suffixe", ["parquet", "csv", "xlsx"])
def test_un_fichier_de_chaque_sorte(tmp_path: Path, suffixe: str) -> None:
    path = tmp_path / f"demandes.{suffixe}"
    write_table(invente().demandes.head(12), path)
    owner = creer_organisme()
    done = charger(
        acteur="essai",
        fichier=path,
        territoire=TERRITOIRE,
        organismes=[owner],
        au=AU,
        maintenant=MAINTENANT,
    )
    assert done.nouvelles == 12
    assert _voit(owner) == 12


def test_tous_les_problemes_d_un_fichier_sont_dits_et_rien_n_est_ecrit(tmp_path: Path) -> None:
    path = tmp_path / "demandes.csv"
    path.write_text(
        "numero unique;date de depot;nombre de personnes\n12;demain;beaucoup\n067012600000167GR1;;0\n",
        encoding="utf-8",
    )
    owner = creer_organisme()
    with pytest.raises(TableError) as raised:
        charger(
            acteur="essai",
            fichier=path,
            territoire=TERRITOIRE,
            organismes=[owner],
            au=AU,
            maintenant=MAINTENANT,
        )
    assert len({problem.code for problem in raised.value.problems}) >= 3
    assert _voit(owner) == 0


def test_le_xml_du_sne_se_charge_avec_ses_personnes_et_ses_ressources(tmp_path: Path) -> None:
    path = tmp_path / "demandes.xml"
    path.write_text(xml_of(demande_xml()), encoding="utf-8")
    owner = creer_organisme()
    done = charger(
        acteur="essai", fichier=path, territoire=TERRITOIRE, organismes=[owner], au=AU, maintenant=MAINTENANT
    )
    assert done.nouvelles == 1
    assert done.enfants["personnes"] > 1
    assert done.enfants["ressources"] > 0
    with perimetre(organismes=[owner.pk]):
        found = Demande.objects.get()
        assert found.argent.ressources_mensuelles_cent == 198_765
        assert sum(row.ressource_cent or 0 for row in found.ressources.all()) > 0
