"""Publishing never shows a small group, loses nobody, and does not read the order of rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palier.engines.cotation.statistiques import Secteurs, merge, publish_files
from palier.engines.cotation.statistiques.masquage import TOUS, counts_of, publishable
from palier.engines.secret import SEUIL
from tests.unit.statistiques.outils import Ligne, tables

SECTEURS = Secteurs({"A": "Nord", "B": "Sud", "C": "Sud"})
LIGNES = st.tuples(
    st.integers(-20, 90),
    st.lists(st.sampled_from(["t2", "t3", "t4"]), unique=True, max_size=2).map(tuple),
    st.lists(st.sampled_from(["A", "B", "C", "Z"]), unique=True, max_size=3).map(tuple),
    st.sampled_from(["primo", "primo", "mutation"]),
    st.sampled_from(["autres", "autres", "autres", "dalo"]),
)
STOCKS = st.lists(st.tuples(LIGNES, st.integers(1, 14)), max_size=12).map(
    lambda found: [row for row, n in found for _ in range(n)]
)


@given(cellules=st.lists(st.integers(0, 30), max_size=30), seuil=st.integers(1, 20))
def test_les_classes_couvrent_tout_et_suffisent(cellules: list[int], seuil: int) -> None:
    found = merge(cellules, seuil)
    if not found:
        assert sum(cellules) < seuil
        return
    assert sum(n for *_, n in found) == sum(cellules)
    assert all(n >= seuil for *_, n in found)
    assert [first for first, *_ in found] == [0, *(last + 1 for _, last, _ in found[:-1])]
    assert found[-1][1] == len(cellules) - 1
    assert all(sum(cellules[first : last + 1]) == n for first, last, n in found)


@given(rows=STOCKS)
def test_aucun_nombre_publie_n_est_sous_le_seuil_et_la_somme_est_n(rows: list[Ligne]) -> None:
    for file in publish_files(*tables(rows), SECTEURS).files:
        mine = [
            row
            for row in rows
            if (not file.typologie or file.typologie in row[1])
            and (not file.secteur or file.secteur in {SECTEURS.par_commune.get(c) for c in row[2]})
        ]
        assert file.n == len(mine) >= SEUIL
        assert sum(segment.n for segment in file.segments) == file.n
        for segment in file.segments:
            assert segment.n == sum(classe.n for classe in segment.classes)
            assert all(classe.n >= SEUIL for classe in segment.classes)
        totals = sorted(row[0] for row in mine)
        for part, value in file.quartiles.items():
            assert totals[-(-len(totals) * part // 100) - 1] == value


@given(rows=STOCKS, hasard=st.randoms())
def test_l_ordre_des_lignes_ne_change_rien(rows: list[Ligne], hasard: object) -> None:
    other = list(rows)
    hasard.shuffle(other)  # type: ignore[attr-defined]  # a generator of hypothesis
    assert publish_files(*tables(rows), SECTEURS) == publish_files(*tables(other), SECTEURS)


@given(
    motifs=st.dictionaries(
        st.tuples(st.frozensets(st.sampled_from("NS")), st.frozensets(st.sampled_from("123"))),
        st.integers(1, 25),
        max_size=10,
    )
)
def test_aucun_reste_d_une_file_publiee_n_est_petit(
    motifs: dict[tuple[frozenset[str], frozenset[str]], int],
) -> None:
    kept, counts = publishable(motifs), counts_of(motifs)
    assert all(counts[file] >= SEUIL for file in kept)
    for parent in kept:
        for axe in (0, 1):
            parts = {f[axe] for f in kept if f[axe] != TOUS and f[1 - axe] == parent[1 - axe]}
            if parent[axe] != TOUS or not parts:
                continue
            rest = sum(
                n
                for motif, n in motifs.items()
                if (parent[1 - axe] in {TOUS, *motif[1 - axe]}) and parts.isdisjoint(motif[axe])
            )
            assert rest == 0 or rest >= SEUIL
