"""What may be published of queues: classes, segments, quartiles, and what hides."""

from __future__ import annotations

import pytest

from palier.engines.cotation.statistiques import Classe, Secteurs, merge, publish_files, read_secteurs
from palier.engines.cotation.statistiques.masquage import publishable
from tests.unit.statistiques.outils import ligne, tables

SECTEURS = Secteurs({"A": "Nord", "B": "Nord", "C": "Sud"})


@pytest.mark.parametrize(
    ("cellules", "attendu"),
    [
        ([11], [(0, 0, 11)]),
        ([10], []),
        ([], []),
        ([0, 0, 11, 0], [(0, 3, 11)]),
        ([11, 11, 3], [(0, 0, 11), (1, 2, 14)]),
        ([5, 6, 5, 6, 1], [(0, 1, 11), (2, 4, 12)]),
    ],
)
def test_les_cellules_voisines_se_joignent(cellules: list[int], attendu: list[tuple[int, int, int]]) -> None:
    assert merge(cellules) == attendu


def test_une_file_de_dix_demandes_n_est_pas_publiee_une_de_onze_l_est() -> None:
    rows = [ligne(i, "t3") for i in range(11)] + [ligne(i, "t4") for i in range(30)]
    found = publish_files(*tables(rows), SECTEURS)
    assert {(f.secteur, f.typologie): f.n for f in found.files} == {
        ("", ""): 41,
        ("", "t3"): 11,
        ("", "t4"): 30,
        ("Nord", ""): 41,
        ("Nord", "t3"): 11,
        ("Nord", "t4"): 30,
    }
    fewer = publish_files(*tables(rows[1:]), SECTEURS)
    assert [f.typologie for f in fewer.files if not f.secteur] == [""]  # t4 = 40 - 10 would tell the ten
    assert fewer.masquees == 4


def test_une_demande_compte_une_fois_par_taille_et_par_secteur() -> None:
    rows = [(i, ("t2", "t3"), ("A", "B", "C"), "primo", "x") for i in range(20)]
    found = publish_files(*tables(rows), SECTEURS)
    assert {f.n for f in found.files} == {20}
    assert len(found.files) == 9


def test_une_demande_sans_souhait_ni_secteur_ne_compte_que_dans_l_ensemble() -> None:
    rows = [ligne(i) for i in range(20)] + [(5, (), ("Z",), "primo", "x") for _ in range(11)]
    assert {(f.secteur, f.typologie): f.n for f in publish_files(*tables(rows), SECTEURS).files} == {
        ("", ""): 31,
        ("", "t3"): 20,
        ("Nord", ""): 20,
        ("Nord", "t3"): 20,
    }


def test_une_demande_hors_champ_ne_compte_pas() -> None:
    scores, demandes = tables([ligne(i) for i in range(12)])
    scores[0, "etat"], scores[0, "total"] = "hors_champ", None
    assert publish_files(scores, demandes, SECTEURS).files[0].n == 11


def test_toutes_les_files_ont_le_meme_axe() -> None:
    rows = [ligne(0, "t2") for _ in range(11)] + [ligne(100, "t3") for _ in range(11)]
    files = publish_files(*tables(rows), SECTEURS).files
    assert {(f.segments[0].classes[0].de, f.segments[0].classes[-1].a) for f in files} == {(0, 104)}


def test_systemes_et_classes_se_disent_quand_chacun_suffit() -> None:
    rows = [ligne(i, systeme="primo", classe="a_dalo") for i in range(11)]
    rows += [ligne(i, systeme="primo", classe="b_autres") for i in range(30)]
    rows += [ligne(i, systeme="mutation", classe="b_autres") for i in range(15)]
    parts = [(s.systeme, s.classe, s.n) for s in publish_files(*tables(rows), SECTEURS).files[0].segments]
    assert parts == [("mutation", "b_autres", 15), ("primo", "a_dalo", 11), ("primo", "b_autres", 30)]
    parts = [(s.systeme, s.classe, s.n) for s in publish_files(*tables(rows[1:]), SECTEURS).files[0].segments]
    assert parts == [("mutation", "b_autres", 15), ("primo", None, 40)]
    parts = [
        (s.systeme, s.classe, s.n) for s in publish_files(*tables(rows[:45]), SECTEURS).files[0].segments
    ]
    assert parts == [(None, None, 45)]


@pytest.mark.parametrize(
    ("n", "quartiles"), [(21, {}), (22, {50: 10}), (43, {50: 21}), (44, {25: 10, 50: 21, 75: 32})]
)
def test_un_quartile_a_onze_demandes_de_chaque_cote(n: int, quartiles: dict[int, int]) -> None:
    assert publish_files(*tables([ligne(i) for i in range(n)]), SECTEURS).files[0].quartiles == quartiles


def test_sans_demande_rien_n_est_publie() -> None:
    found = publish_files(*tables([]), SECTEURS)
    assert (found.files, found.masquees) == ((), 0)


def test_une_classe_va_d_un_total_a_l_autre_compris() -> None:
    files = publish_files(*tables([ligne(i) for i in range(30)]), SECTEURS).files
    assert files[0].segments[0].classes == (Classe(0, 10, 11), Classe(11, 29, 19))


def test_ce_qui_se_trouverait_par_difference_est_masque() -> None:
    def motif(secteur: str, typologie: str) -> tuple[frozenset[str], frozenset[str]]:
        return frozenset({secteur}), frozenset({typologie})

    motifs = {motif("Nord", "t3"): 40, motif("Sud", "t3"): 20, motif("Ouest", "t3"): 5}
    assert publishable(motifs) == {("", ""), ("", "t3"), ("Nord", ""), ("Nord", "t3")}
    motifs[motif("Ouest", "t3")] = 11
    assert ("Sud", "t3") in publishable(motifs)


def test_une_commune_de_deux_secteurs_ne_dit_aucun_secteur() -> None:
    import polars as pl

    baux = pl.DataFrame({"commune_code": ["A", "A", "B", None], "secteur": ["Nord", "Sud", "Nord", "Sud"]})
    found = read_secteurs(baux)
    assert (found.par_commune, found.partagees) == ({"B": "Nord"}, ("A",))
    assert read_secteurs(pl.DataFrame({"numero_unique": ["1"]})).par_commune == {}
