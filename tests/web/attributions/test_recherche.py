"""The order of a search is that of the grid of the territory; its counts are kept, nobody's name."""

from __future__ import annotations

import polars as pl
import pytest

from palier.engines.recherche.compiler import COLONNES
from palier.web.apps.attributions.models import Recherche
from palier.web.apps.attributions.operations import candidats
from palier.web.apps.cotation.models import Score
from palier.web.apps.demandes.chiffrement import encrypt
from palier.web.apps.demandes.models import Sensible
from palier.web.apps.demandes.queries import ouverts, stock
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import PROPOSED, SESSION, Monde, a
from tests.web.cotation.outils import adopte, cote
from tests.web.demandes.outils import TERRITOIRE

pytestmark = pytest.mark.django_db


def test_les_eligibles_viennent_dans_l_ordre_de_la_cotation() -> None:
    monde = Monde()
    adopte()
    cote()
    home = monde.orientee()
    proposed = {n: monde.proposer(home, n) for n in monde.numeros[:3]}
    kept, found = candidats.rechercher(
        acteur=monde.agent, vacance=home.pk, seance_le=SESSION, signature_le=SESSION, maintenant=a(PROPOSED)
    )
    with perimetre(territoire=TERRITOIRE):
        totals = dict(
            Score.objects.filter(calcul__courant=True).values_list("demande__numero_unique", "total")
        )
    first = found.premiers(20)["numero_unique"].to_list()
    scored = [totals[n] for n in first if totals.get(n) is not None]
    assert len(set(scored)) > 1
    assert scored == sorted(scored, reverse=True)
    with monde.voir():
        for numero, candidature in proposed.items():
            candidature.refresh_from_db()
            assert candidature.ordre == first.index(numero) + 1
        stored = Recherche.objects.get(pk=kept.pk)
    assert (stored.n, stored.eligibles) == (found.n, len(first))
    assert all(isinstance(count, int) for count in stored.motifs.values())


def test_ce_qui_est_garde_ouvert_dit_la_meme_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    monde = Monde()
    read: list[int] = []
    real = stock._boxes
    monkeypatch.setattr(stock, "_boxes", lambda ids, cols: read.append(len(ids)) or real(ids, cols))
    ouverts.forget()
    with perimetre(territoire=TERRITOIRE, lecteur=True):
        plain = stock.read(TERRITOIRE, COLONNES)
        assert plain["handicap"].n_unique() > 1
        for _ in range(2):
            assert stock.read(TERRITOIRE, COLONNES, garde=True).equals(plain)
        assert read == [plain.height]  # opened once
        row = Sensible.objects.get(demande__numero_unique=monde.numeros[0])
        told = {"handicap": not plain.filter(pl.col("id") == str(row.pk))["handicap"][0]}
        Sensible.objects.filter(pk=row.pk).update(chiffre=encrypt(row.pk, told))
        after = stock.read(TERRITOIRE, COLONNES, garde=True)
        assert after.equals(stock.read(TERRITOIRE, COLONNES))
        assert not after.equals(plain)
        assert read == [plain.height, 1]  # only what was written again
    with perimetre(territoire=TERRITOIRE):  # who may not read it is given nothing of what is held
        assert stock.read(TERRITOIRE, COLONNES, garde=True)["handicap"].null_count() == plain.height
