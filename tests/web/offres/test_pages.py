"""The pages of the landlords' staff: send, read the report, write; confirm and withdraw."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.offres.models import Lot, Offre
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.organismes.operations import donner_fonction
from tests.web.offres.outils import bailleur, csv_de, ligne
from tests.web.offres.test_lots import envoie, plusieurs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


def agent(organisme: Organisme, client: Client) -> Client:
    """Log an agent in, second factor in place."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    user = Utilisateur.objects.create_user(f"agent@{organisme.siren}.example", "motdepasse-invente-1")
    donner_fonction(
        acteur="essai", utilisateur=user, organisme=organisme, role="agent_bailleur", du=dt.date(2020, 1, 1)
    )
    TOTP.activate(user, generate_totp_secret())
    client.force_login(user)
    return client


def poste(client: Client, lignes: list[dict[str, str]], **champs: str) -> Lot:
    answer = client.post(
        "/agents/lots/envoyer/",
        {"fichier": SimpleUploadedFile("mon lot.csv", csv_de(lignes), "text/csv"), **champs},
    )
    assert answer.status_code == 302, answer.content
    return Lot.objects.latest("recu_le")


def test_un_fichier_est_controle_puis_ecrit_quand_la_personne_le_dit(client: Client) -> None:
    agent(bailleur(), client)
    lot = poste(client, plusieurs(2))
    assert lot.etat == "controle"
    assert not Offre.objects.exists()
    page = client.get(f"/agents/lots/{lot.pk}/").content.decode()
    assert re.search(r"offres nouvelles</dt><dd[^>]*>2<", page)
    client.post(f"/agents/lots/{lot.pk}/accepter/")
    assert Offre.objects.filter(statut="publiee").count() == 2


def test_le_rapport_dit_tous_les_problemes(client: Client) -> None:
    agent(bailleur(), client)
    lot = poste(client, [ligne(surface_m2="8"), ligne(reference_bailleur="B", dpe_classe="H")])
    page = client.get(f"/agents/lots/{lot.pk}/").content.decode()
    assert lot.etat == "refuse"
    assert "OFF-" in page


@pytest.mark.parametrize(("nom", "contenu"), [("x.exe", b"MZ"), ("x.csv", b"")])
def test_un_mauvais_fichier_se_dit_sur_le_formulaire(client: Client, nom: str, contenu: bytes) -> None:
    agent(bailleur(), client)
    answer = client.post("/agents/lots/envoyer/", {"fichier": SimpleUploadedFile(nom, contenu)})
    assert answer.status_code == 422
    assert not Lot.objects.exists()


def test_confirmer_et_retirer(client: Client) -> None:
    owner = bailleur()
    envoie(owner, plusieurs(3))
    Offre.objects.update(statut="a_confirmer")
    agent(owner, client)
    ids = list(Offre.objects.order_by("reference").values_list("pk", flat=True))
    client.post("/agents/offres/confirmer/", {"offre": [str(ids[0]), "pas-un-id"]})
    client.post(f"/agents/offres/{ids[1]}/retirer/", {"motif": ""})
    client.post(f"/agents/offres/{ids[2]}/retirer/", {"motif": "pourvue"})
    assert list(Offre.objects.order_by("reference").values_list("statut", flat=True)) == [
        "publiee", "a_confirmer", "retiree",
    ]  # fmt: skip


def test_les_offres_et_lots_d_un_autre_bailleur_n_existent_pas(client: Client) -> None:
    """PLA-O42: out of the perimeter is 404."""
    other = bailleur("552100554", "Autre")
    envoie(other, [ligne(bailleur="552100554")])
    offer, lot = Offre.objects.get(), Lot.objects.get()
    agent(bailleur(), client)
    assert client.get(f"/agents/offres/{offer.pk}/").status_code == 404
    assert client.post(f"/agents/offres/{offer.pk}/retirer/", {"motif": "pourvue"}).status_code == 404
    assert client.get(f"/agents/lots/{lot.pk}/").status_code == 404
    assert client.post(f"/agents/lots/{lot.pk}/accepter/").status_code == 404
    client.post("/agents/offres/confirmer/", {"offre": [str(offer.pk)]})
    assert Offre.objects.get().statut == "publiee"
