"""The effort is exact, each term is shown, and what is left out is said."""

from __future__ import annotations

from fractions import Fraction

import pytest

from palier.base.mots import LANGUES, render
from palier.web.apps.offres.rules import OffreSaisie
from palier.web.apps.offres.rules.effort import Effort, estimate_effort

OFFRE = OffreSaisie(
    loyer_logement_cent=41_250, charges_logement_cent=9_750, depense_min_cent=72_000, depense_max_cent=108_000
)


@pytest.mark.parametrize(
    ("offre", "ressources", "apl", "bas", "haut"),
    [
        (OFFRE, 180_000, 12_000, Fraction(1, 4), Fraction(4, 15)),
        (OFFRE, 180_000, None, Fraction(19, 60), Fraction(1, 3)),
        (OFFRE, 180_000, 0, Fraction(19, 60), Fraction(1, 3)),
        (OFFRE, 180_000, 99_999, Fraction(1, 30), Fraction(1, 20)),
        (OffreSaisie(loyer_logement_cent=1_683), 5_100, None, Fraction(33, 100), Fraction(33, 100)),
        (
            OffreSaisie(loyer_logement_cent=100, depense_max_cent=1),
            100,
            None,
            Fraction(1201, 1200),
            Fraction(1201, 1200),
        ),
        (OFFRE, 0, None, None, None),
        (OffreSaisie(charges_logement_cent=100), 100_000, None, None, None),
    ],
)
def test_the_share_is_exact(
    offre: OffreSaisie, ressources: int, apl: int | None, bas: Fraction | None, haut: Fraction | None
) -> None:
    found = estimate_effort(offre, ressources, apl)
    assert (found.bas, found.haut) == (bas, haut)


def test_what_is_left_of_the_resources() -> None:
    found = estimate_effort(OFFRE, 180_000, 12_000)
    assert (found.reste_bas_cent, found.reste_haut_cent) == (132_000, 135_000)


def lines(found: Effort) -> dict[str, str]:
    return {
        line.code: render(line.lu).replace("\u00a0", " ").replace("\u202f", " ")
        for _, line in found.explication.walk()
    }


def test_each_term_is_said() -> None:
    assert lines(estimate_effort(OFFRE, 180_000, 12_000)) == {
        "effort": "de 25 % à 26,67 % des ressources",
        "loyer_logement_cent": "412,50 € par mois",
        "charges_logement_cent": "97,50 € par mois",
        "apl": "120 € par mois, d’après vous",
        "energie": "de 60 € à 90 € par mois",
        "ressources_mensuelles_cent": "1 800 € par mois",
    }


def test_what_is_unknown_is_said_and_named() -> None:
    found = estimate_effort(OffreSaisie(loyer_logement_cent=40_000), 160_000)
    said = lines(found)
    assert said["effort"] == "25 % des ressources"
    assert said["apl"].startswith("non comptée")
    assert said["charges_logement_cent"] == said["energie"] == "inconnu, non compté"
    assert found.explication.manque == ("charges_logement_cent", "depense_max_cent")


@pytest.mark.parametrize("langue", LANGUES)
def test_every_line_has_words_in_each_language(langue: str) -> None:
    for offre in (OFFRE, OffreSaisie()):
        for _, line in estimate_effort(offre, 100, langue=langue).explication.walk():
            assert line.libelle != f"effort.ligne.{line.code}"
            assert render(line.lu, langue)
            assert not line.regle or render(line.regle, langue)


@pytest.mark.parametrize(("ressources", "apl"), [(-1, None), (100, -1)])
def test_a_negative_amount_is_refused(ressources: int, apl: int | None) -> None:
    with pytest.raises(ValueError, match="positives"):
        estimate_effort(OFFRE, ressources, apl)
