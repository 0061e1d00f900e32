"""The same home offered by two landlords, and the homes that only look alike."""

from __future__ import annotations

import pytest

from palier.web.apps.offres.rules.doublons import Fiche, Suspect, address_key, find_suspects

A, B = "732829320", "552100554"
BASE = Fiche("a", A, "67447", "12 bis, rue de la Gare", "location", "t3", 65, 2)


@pytest.mark.parametrize(
    ("ecrit", "cle"),
    [
        ("12 B R. de la Gare", "12 bis rue de la gare"),
        ("12bis, RUE DE LA GARE", "12 bis rue de la gare"),
        ("3 r des Lilas", "3 rue des lilas"),
        ("3, bd Saint-Michel", "3 boulevard saint michel"),
        ("3 boulevard St-Michel\nBât. C", "3 boulevard saint michel"),
        ("14 A rue du Port", "14 a rue du port"),
        ("5 q des Belges", "5 quai des belges"),
        ("Rue des Lilas", ""),
        ("7", ""),
        ("", ""),
    ],
)
def test_an_address_is_reduced_to_its_key(ecrit: str, cle: str) -> None:
    assert address_key(ecrit) == cle


@pytest.mark.parametrize(
    ("nom", "change", "suspect"),
    [
        ("autre bailleur", {}, True),
        ("même bailleur", {"bailleur": A}, False),
        ("un mètre carré de plus", {"surface_m2": 66}, True),
        ("deux mètres carrés de plus", {"surface_m2": 67}, False),
        ("autre étage", {"etage": 3}, False),
        ("autre typologie", {"typologie": "t2"}, False),
        ("autre commune", {"commune_code": "67482"}, False),
        ("autre nature", {"nature": "vente_hlm"}, False),
        ("adresse écrite autrement", {"adresse": "12 B R de la gare"}, True),
        ("sans numéro", {"adresse": "rue de la Gare"}, False),
        ("sans surface", {"surface_m2": None}, False),
    ],
)
def test_what_is_suspect(nom: str, change: dict[str, object], suspect: bool) -> None:
    from dataclasses import replace

    other = replace(BASE, **{"id": "b", "bailleur": B, **change})  # type: ignore[arg-type]
    assert find_suspects([BASE, other]) == ([Suspect("a", "b")] if suspect else []), nom


def test_each_pair_is_told_once_in_the_order_of_arrival() -> None:
    from dataclasses import replace

    third = replace(BASE, id="c", bailleur="000000018")
    second = replace(BASE, id="b", bailleur=B)
    pairs = find_suspects([BASE, second, third])
    assert pairs == [Suspect("a", "b"), Suspect("a", "c"), Suspect("b", "c")]
