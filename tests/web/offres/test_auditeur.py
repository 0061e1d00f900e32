"""An auditor reads the offers and the lots of every landlord, and writes none."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from palier.web.apps.journal.models import Evenement
from palier.web.apps.offres.models import Lot, Offre
from palier.web.apps.organismes.models import Organisme
from tests.web.offres.outils import SIREN, bailleur, ligne
from tests.web.offres.test_lots import envoie
from tests.web.personnel import client_de, creer_agent
from tests.web.public.outils import arbre, texte

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
AUTRE = "552100554"


@pytest.fixture
def deux() -> tuple[Organisme, Organisme]:
    """Two landlords, each with a lot and its offers on line."""
    owners = (bailleur(SIREN, "Habitat du Rhin"), bailleur(AUTRE, "Foyer des Vosges"))
    for number, owner in enumerate(owners):
        rows = [
            ligne(reference_bailleur=f"B{number}-{i}", bailleur=owner.siren, adresse=f"{i + 1} rue du Port")
            for i in range(2)
        ]
        assert envoie(owner, rows).etat == "applique"
    return owners


@pytest.fixture
def auditeur() -> Client:
    return client_de(creer_agent("auditeur"))


def _references(client: Client, **query: str) -> set[str]:
    page = arbre(client.get(reverse("offres:liste"), query))
    return {texte(node).strip() for node in page.cssselect("tbody th")}


def test_il_voit_les_offres_de_tous_ou_d_un_seul(deux: tuple[Organisme, ...], auditeur: Client) -> None:
    assert _references(auditeur) == {"B0-0", "B0-1", "B1-0", "B1-1"}
    assert _references(auditeur, bailleur="552 100 554") == {"B1-0", "B1-1"}
    assert _references(auditeur, bailleur="000000000") == set()
    assert _references(auditeur, reference="B0-1") == {"B0-1"}
    page = arbre(auditeur.get(reverse("offres:liste")))
    assert "Foyer des Vosges" in texte(page)
    assert re.search(r"Confirmées\s*:\s*4\b", texte(page))


def test_il_va_de_page_en_page_sans_perdre_le_bailleur(
    deux: tuple[Organisme, ...], auditeur: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("palier.web.apps.offres.queries.miennes.PAR_PAGE", 1)
    first = arbre(auditeur.get(reverse("offres:liste"), {"bailleur": AUTRE}))
    (suite,) = first.cssselect("a[rel=next]")
    second = arbre(auditeur.get(reverse("offres:liste") + suite.get("href")))
    seen = [texte(node).strip() for page in (first, second) for node in page.cssselect("tbody th")]
    assert sorted(seen) == ["B1-0", "B1-1"]
    assert second.cssselect("a[rel=next]") == []


def test_il_lit_chaque_offre_et_chaque_lot(deux: tuple[Organisme, ...], auditeur: Client) -> None:
    for offre in Offre.objects.select_related("organisme"):
        page = auditeur.get(reverse("offres:une", args=[offre.pk]))
        assert page.status_code == 200
        assert offre.organisme.nom in page.content.decode()
    listed = auditeur.get(reverse("offres:lots")).content.decode()
    for lot in Lot.objects.select_related("organisme"):
        assert lot.organisme.nom in listed
        assert lot.organisme.nom in auditeur.get(reverse("offres:lot", args=[lot.pk])).content.decode()
    assert not Evenement.objects.filter(verbe="acces.refuser").exists()


def test_son_menu_y_mene(deux: tuple[Organisme, ...], auditeur: Client) -> None:
    links = {texte(a): a.get("href") for a in arbre(auditeur.get("/agents/")).cssselect("nav a")}
    assert links["Offres des bailleurs"] == reverse("offres:liste")
    assert links["Fichiers des bailleurs"] == reverse("offres:lots")


def test_ses_pages_ne_proposent_aucun_geste(deux: tuple[Organisme, ...], auditeur: Client) -> None:
    Lot.objects.update(etat="retenu")
    offre, lot = Offre.objects.first(), Lot.objects.first()
    assert offre is not None
    assert lot is not None
    for name, args in (("liste", []), ("une", [offre.pk]), ("lots", []), ("lot", [lot.pk])):
        main = arbre(auditeur.get(reverse(f"offres:{name}", args=args))).cssselect("main")[0]
        assert main.cssselect("form[method=post]") == [], name
        assert [
            a for a in main.cssselect("a") if "envoyer" in a.get("href") or "creer" in a.get("href")
        ] == []


def test_il_n_ecrit_rien(deux: tuple[Organisme, ...], auditeur: Client) -> None:
    Lot.objects.update(etat="retenu")
    offre, lot = Offre.objects.first(), Lot.objects.first()
    assert offre is not None
    assert lot is not None
    doors = [
        ("offres:retirer", [offre.pk], {"motif": "pourvue"}),
        ("offres:confirmer", [], {"offre": str(offre.pk)}),
        ("offres:accepter", [lot.pk], {}),
        ("offres:abandonner", [lot.pk], {}),
    ]
    for name, args, data in doors:
        assert auditeur.post(reverse(name, args=args), data).status_code == 404, name
    assert Evenement.objects.filter(verbe="acces.refuser").count() == len(doors)
    assert set(Offre.objects.values_list("statut", flat=True)) == {"publiee"}
    assert set(Lot.objects.values_list("etat", flat=True)) == {"retenu"}


def test_un_bailleur_ne_voit_toujours_que_les_siennes(deux: tuple[Organisme, ...]) -> None:
    client = client_de(creer_agent("admin_bailleur", deux[0]))
    assert _references(client) == {"B0-0", "B0-1"}
    assert _references(client, bailleur=AUTRE) == {"B0-0", "B0-1"}
    other = Offre.objects.filter(organisme=deux[1]).first()
    lot = Lot.objects.filter(organisme=deux[1]).first()
    assert other is not None
    assert lot is not None
    assert client.get(reverse("offres:une", args=[other.pk])).status_code == 404
    assert client.get(reverse("offres:lot", args=[lot.pk])).status_code == 404
    assert Evenement.objects.filter(verbe="acces.refuser").count() == 2
