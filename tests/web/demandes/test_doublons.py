"""Suspect pairs, joined or told apart by a person and undone; a couple that parts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
from typing import Any

import pytest
from django.urls import reverse

from palier.base.errors import RefusalError
from palier.web.apps.demandes.models import Argent, Demande, EvenementDemande, Piece, Rapprochement
from palier.web.apps.demandes.operations import doublons, gardes, pieces, suivi
from palier.web.apps.demandes.operations.separation import Menage, separer
from palier.web.apps.demandes.queries.doublons import reasons_of, suspects
from palier.web.apps.demandes.rules.doublons import Identite, find_pairs
from palier.web.apps.journal.models import Evenement
from palier.web.postgres.perimetre import perimetre
from tests.web.demandes.documents import pdf
from tests.web.demandes.outils import AU, MAINTENANT, charge, fonction, invente
from tests.web.personnel import client_de, creer_agent, creer_organisme

NE = dt.date(1980, 3, 12)
BASE = Identite("a", "Lefèvre", "Jeanne", NE, None, None)


@pytest.mark.parametrize(
    ("autre", "raisons"),
    [
        ({"nom": "LEFEVRE"}, ("naissance_nom",)),
        ({"nom": "Lefevre-Martin"}, ("naissance_nom",)),
        ({"nom": "Lefébre"}, ("naissance_nom",)),
        ({"nom": "Leefvre"}, ("naissance_nom",)),
        ({"nom": "Jeanne", "prenom": "Lefèvre"}, ("naissance_nom",)),
        ({"nom": "Li", "prenom": "An"}, ()),
        ({"nom": "Moreau"}, ()),
        ({"nom": ""}, ()),
        ({"naissance": dt.date(1980, 12, 3)}, ("nom_date_proche",)),
        ({"naissance": dt.date(1981, 3, 12)}, ("nom_date_proche",)),
        ({"naissance": dt.date(1994, 3, 17)}, ()),
        ({"naissance": None}, ()),
        ({"nom": "Li", "bail": ("732829320", "B1")}, ()),
    ],
)
def test_une_paire_dit_pourquoi(autre: dict[str, Any], raisons: tuple[str, ...]) -> None:
    found = find_pairs([BASE, dataclasses.replace(BASE, id="b", **autre)])
    assert [p.raisons for p in found] == ([raisons] if raisons else [])


def test_un_couple_et_un_bail_se_reconnaissent_et_un_bloc_enorme_se_tait() -> None:
    other = dt.date(1982, 1, 2)
    couple = [
        Identite("a", "Un", "Zoé", NE, other, ("1", "B")),
        Identite("b", "Deux", "Luc", other, NE, ("1", "B")),
    ]
    assert find_pairs(couple)[0].raisons == ("bail", "couple")
    many = [
        Identite(n, f"Nom{'abcdefgh'[n % 8]}", "Jeanne", dt.date(1900, 1, 1), None, None) for n in range(300)
    ]
    assert {r for p in find_pairs(many) for r in p.raisons} <= {"nom_date_proche"}


@pytest.fixture
def deux(db: Any) -> tuple[Any, Demande, Demande]:
    """Two live requests of a landlord that look alike, the second one older and with a verified paper."""
    owner = creer_organisme()
    charge([owner], table=invente().demandes.head(30), evenements=invente().evenements.head(0))
    with perimetre(organismes=[owner.pk]):
        first, second = Demande.objects.filter(statut="active").order_by("-date_depot_initial")[:2]
        Demande.objects.filter(pk=second.pk).update(
            nom=first.nom, prenom=first.prenom, naissance=first.naissance
        )
        EvenementDemande.objects.create(
            demande=second, evenement_date=AU, evenement_type="offre_refusee", adaptee=True
        )
        pieces.deposer_piece(
            acteur="essai", demande=second, fait="identite", contenu=pdf(), le=AU, maintenant=MAINTENANT
        )
        suivi.juger_piece(acteur="essai", demande=second, fait="identite", niveau="piece", etat="verifiee",
                          le=AU, maintenant=MAINTENANT)  # fmt: skip
        first.refresh_from_db()
        second.refresh_from_db()
    return owner, first, second


def _etat(*demandes: Demande) -> list[Any]:
    names = (
        "date_depot_initial",
        "horodatage_depot",
        "organismes",
        "statut",
        "motif_radiation",
        "verifie_piece",
    )
    rows = Demande.objects.filter(pk__in=[d.pk for d in demandes]).order_by("pk")
    children = [
        (model.__name__, sorted(model.objects.values_list("demande_id", "pk"), key=str))
        for model in (Piece, EvenementDemande)
    ]
    return [list(rows.values_list(*names)), children]


def _fond(first: Demande, second: Demande, preuve: str = "courrier du 3") -> Rapprochement:
    return doublons.fusionner(
        acteur="essai", gardee=first, autre=second, preuve=preuve, le=AU, maintenant=MAINTENANT,
        raisons=reasons_of(first, second),
    )  # fmt: skip


def test_reunir_garde_la_plus_ancienne_date_et_tout_se_defait(deux: tuple[Any, Demande, Demande]) -> None:
    owner, first, second = deux
    with perimetre(organismes=[owner.pk]):
        assert [(p.premiere, p.seconde) for p in suspects(fonction(owner))[0]] == [(second, first)]
        before = _etat(first, second)
        made = _fond(first, second)
        kept, gone = Demande.objects.get(pk=first.pk), Demande.objects.get(pk=second.pk)
        assert kept.date_depot_initial == second.date_depot_initial < first.date_depot_initial
        assert (gone.statut, gone.motif_radiation) == ("radiee", "renoncement")
        assert Piece.objects.get().demande_id == first.pk
        assert kept.verifie_piece == (first.verifie_piece or 0) | 1
        assert EvenementDemande.objects.get(evenement_type="offre_refusee").demande_id == first.pk
        assert made.raisons == ["naissance_nom"]
        assert suspects(fonction(owner)) == ([], 0)
        with pytest.raises(RefusalError, match="DEM-051"):
            _fond(first, second)
        doublons.defaire(acteur="essai", rapprochement=made, maintenant=MAINTENANT)
        assert _etat(first, second) == before
        with pytest.raises(RefusalError, match="DEM-053"):
            doublons.defaire(acteur="essai", rapprochement=made, maintenant=MAINTENANT)
        assert suspects(fonction(owner))[1] == 1
    verbs = list(Evenement.objects.order_by("id").values_list("verbe", flat=True))
    assert verbs[-3:] == ["demande.radier.renoncement", "demande.fusionner", "demande.defaire_fusion"]


def test_reunir_est_refuse_avec_toutes_ses_raisons(
    deux: tuple[Any, Demande, Demande], monkeypatch: pytest.MonkeyPatch
) -> None:
    from palier.base.errors import Problem

    owner, first, second = deux
    with perimetre(organismes=[owner.pk]):
        with pytest.raises(RefusalError, match="DEM-050"):
            _fond(first, first)
        doublons.distinguer(acteur="essai", gardee=first, autre=second, maintenant=MAINTENANT)
        assert suspects(fonction(owner)) == ([], 0)
        busy = Problem("DEM-052", "demande", "Une candidature court.", "Attendez.")
        monkeypatch.setitem(gardes._gardes, "essai", lambda demande: [busy])
        with pytest.raises(RefusalError) as refused:
            _fond(first, second, preuve=" ")
        assert [p.code for p in refused.value.problems] == ["DEM-053", "DEM-052", "DEM-012"]
        assert Demande.objects.get(pk=second.pk).statut == "active"


def _separe(demande: Demande, **voulu: Any) -> Demande:
    given: dict[str, Any] = {
        "numero": "067112600000199999", "nom": "Petit", "prenom": "Ali", "naissance": NE,
        "reste": Menage(2, 1, "separe"), "part": Menage(1, 0, "separe"), "preuve": "jugement",
    }  # fmt: skip
    return separer(acteur="essai", demande=demande, le=AU, maintenant=MAINTENANT, **given | voulu)


def test_un_couple_qui_se_separe_fait_deux_demandes(deux: tuple[Any, Demande, Demande]) -> None:
    owner, _first, second = deux
    with perimetre(organismes=[owner.pk]):
        Demande.objects.filter(pk=second.pk).update(en_couple=True, nb_personnes=3)
        Argent.objects.filter(pk=second.pk).update(rfr_n2_eur=30_000, loyer_max_cent=60_000)
        made = _separe(second)
        second.refresh_from_db()
        assert made.date_depot_initial == second.date_depot_initial
        assert made.expire_le == second.expire_le
        assert (second.nb_personnes, second.en_couple, made.nb_personnes) == (2, False, 1)
        assert Argent.objects.get(pk=second.pk).rfr_n2_eur is None
        assert Argent.objects.get(pk=second.pk).loyer_max_cent == 60_000
        assert not EvenementDemande.objects.filter(demande=made).exists()
        assert Rapprochement.objects.get(gardee=second).nature == "separation"
    with perimetre(organismes=[owner.pk], lecteur=True):
        assert not hasattr(made, "sensible")


@pytest.mark.parametrize(
    ("voulu", "codes"),
    [
        ({"numero": "067"}, ["DEM-054"]),
        ({"preuve": " ", "naissance": dt.date(2027, 1, 1)}, ["DEM-058", "DEM-012"]),
        ({"part": Menage(1, 1, "separe"), "reste": Menage(0, 0, "marie")}, ["DEM-057"] * 3),
    ],
)
def test_une_separation_refusee_dit_tout(
    deux: tuple[Any, Demande, Demande], voulu: dict[str, Any], codes: list[str]
) -> None:
    owner, first, second = deux
    with perimetre(organismes=[owner.pk]):
        Demande.objects.filter(pk=second.pk).update(en_couple=True, nb_personnes=3)
        with pytest.raises(RefusalError) as refused:
            _separe(second, **voulu)
        assert [p.code for p in refused.value.problems] == codes
        with pytest.raises(RefusalError, match="DEM-055"):
            _separe(second, numero=first.numero_unique)
        Demande.objects.filter(pk=second.pk).update(en_couple=False)
        with pytest.raises(RefusalError, match="DEM-056"):
            _separe(second)


def test_les_pages_comparent_reunissent_et_defont(deux: tuple[Any, Demande, Demande]) -> None:
    owner, first, second = deux
    agent = client_de(creer_agent("agent_bailleur", owner))

    def page(nom: str, *args: Any) -> str:
        answer = agent.get(reverse(f"demandes:{nom}", args=args))
        assert answer.status_code == 200
        return html.unescape(answer.content.decode())

    assert first.numero_unique in page("doublons")
    assert "noms proches" in page("paire", first.pk, second.pk)
    url = reverse("demandes:paire", args=[first.pk, second.pk])
    assert agent.post(url, {"gardee": "x"}).status_code == 422
    assert agent.post(url, {"gardee": str(first.pk), "preuve": "lettre"}).status_code == 302
    assert "Réunies" in page("une", first.pk)
    with perimetre(organismes=[owner.pk]):
        made = Rapprochement.objects.get()
    assert agent.post(reverse("demandes:defaire", args=[made.pk])).status_code == 302
    assert agent.post(reverse("demandes:distinguer", args=[first.pk, second.pk])).status_code == 302
    assert "Aucune paire" in page("doublons")
    with perimetre(organismes=[owner.pk]):
        Demande.objects.filter(pk=second.pk).update(en_couple=True, nb_personnes=3)
    url = reverse("demandes:separer", args=[second.pk])
    given = {
        "numero": "0671126 000001 99999", "nom": "Petit", "prenom": "Ali", "naissance": "1980-03-12",
        "part_personnes": 1, "part_mineurs": 0, "reste_personnes": 2, "reste_mineurs": 1,
        "situation": "separe", "preuve": "jugement",
    }  # fmt: skip
    assert agent.post(url, given | {"part_personnes": 0}).status_code == 422
    assert agent.post(url, given).status_code == 302
