from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from palier.base.errors import PalierError
from palier.synthetic.marges import MARQUES, Marge, all_marges, taux, urne
from palier.synthetic.menages import fit_margins
from palier.synthetic.souhaits import keep_distinct
from palier.synthetic.tirage import Echelle, Urne, draw_below, draw_chance, stream


def test_streams_of_two_places_differ_and_repeat() -> None:
    draws = {cle: stream(7, *cle).integers(0, 1 << 62, size=4).tolist() for cle in ((0, 1), (0, 2), (1, 1))}
    assert len({tuple(d) for d in draws.values()}) == 3
    assert stream(7, 0, 1).integers(0, 1 << 62, size=4).tolist() == draws[0, 1]


def test_urne_gives_its_weights_and_never_a_code_without_chance() -> None:
    drawn = Urne([[Fraction(1), Fraction(0), Fraction(3)]]).draw(stream(1), 200_000)
    shares = np.bincount(drawn, minlength=3) / len(drawn)
    assert shares[1] == 0
    assert shares[2] == pytest.approx(0.75, abs=0.005)


def test_urne_reads_the_line_of_its_stratum() -> None:
    lignes = [[Fraction(1), Fraction(0)], [Fraction(0), Fraction(1)]]
    strates = np.asarray([0, 1, 1, 0], dtype=np.uint8)
    assert Urne(lignes).draw(stream(1), 4, strates).tolist() == [0, 1, 1, 0]


def test_echelle_stays_between_its_ends_and_crosses_its_points() -> None:
    drawn = Echelle([{0: 10, 50: 20, 100: 100}]).draw(stream(1), 200_000)
    assert (drawn.min(), drawn.max()) == (10, 99)
    assert np.mean(drawn < 20) == pytest.approx(0.5, abs=0.005)


def test_chance_is_exact_at_its_ends() -> None:
    assert not draw_chance(stream(1), 1000, Fraction(0)).any()
    assert draw_chance(stream(1), 1000, Fraction(1)).all()


def test_below_respects_each_bound() -> None:
    bornes = np.asarray([1, 2, 0, -5, 1000] * 2000)
    drawn = draw_below(stream(1), bornes)
    assert (drawn >= 0).all()
    assert (drawn < np.maximum(bornes, 1)).all()


def test_fit_margins_meets_both_margins() -> None:
    fitted = fit_margins([[1, 2], [3, 1]], [0.3, 0.7], [0.4, 0.6])
    assert [sum(ligne) for ligne in fitted] == pytest.approx([0.3, 0.7], abs=1e-9)
    assert [sum(c) for c in zip(*fitted, strict=True)] == pytest.approx([0.4, 0.6], abs=1e-9)


def test_keep_distinct_keeps_the_first_ones_in_order() -> None:
    essais = np.asarray([[5, 5, 2, 5, 9, 2, 1, 1, 0, 3, 4, 7]], dtype=np.int32)
    communes, compte = keep_distinct(essais, np.asarray([4], dtype=np.uint8))
    assert communes.tolist() == [[5, 2, 9, 1, -1, -1, -1, -1]]
    assert compte.tolist() == [4]


@pytest.mark.parametrize("marge", all_marges().values(), ids=lambda m: m.nom)
def test_each_marginal_has_words_source_and_mark(marge: Marge) -> None:
    assert marge.libelle
    assert marge.marque in MARQUES
    says_invented = "invent" in marge.source
    assert says_invented if marge.marque == "invente" else marge.source != "inventé"


def test_shares_written_in_percent_make_a_hundred() -> None:
    for marge in all_marges().values():
        if marge.forme == "parts" and all(v < 1 for v in marge.numbers().values()):
            assert sum(marge.numbers().values()) == 1, marge.nom
    assert taux("label_anru") == Fraction(3, 4)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(PalierError, match="SYN-004"):
        urne("menage_type", ("seul",))
