"""Alerts: double opt-in, a signed link as the only key, one digest a day, nothing kept beyond its time."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from palier.web.apps.journal.models import Evenement
from palier.web.apps.public.models import Alerte, Envoi
from palier.web.apps.public.operations import alertes
from palier.web.apps.public.queries.alertes import SEL_CONFIRMER, SEL_VOIR, read_token, token
from tests.web.offres.outils import MAINTENANT, bailleur
from tests.web.offres.test_lots import envoie, plusieurs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
ADRESSE = "nadia@exemple.fr"


def lettres() -> list[str]:
    """Do what the worker would, once; return the kinds of letters."""
    jobs = list(ProcrastinateJob.objects.filter(task_name=alertes.TACHE_LETTRE).order_by("id"))
    for job in jobs:
        alertes.ecrire(alerte_id=uuid.UUID(job.args["alerte_id"]), lettre=job.args["lettre"], numero=job.pk)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [[job.pk for job in jobs]])
    return [job.args["lettre"] for job in jobs]


def demande(client: Client, filtres: str = "commune=67482&typologie=T3") -> str:
    answer = client.post("/alertes", {"courriel": ADRESSE, "filtres": filtres})
    assert (answer.status_code, answer.url) == (302, "/alertes/envoye")
    assert lettres() == ["confirmer"]
    found = re.search(r"/alertes/confirmer/(\S+)", mail.outbox[-1].body)
    assert found is not None
    return found.group(1)


def active(filtres: str = "commune=67482", maintenant: dt.datetime = MAINTENANT) -> Alerte:
    alerte = alertes.demander(
        courriel=ADRESSE, filtres=alertes.parse(filtres), langue="fr", maintenant=maintenant
    )
    return alertes.confirmer(alerte=alerte, maintenant=maintenant)


def test_rien_ne_part_avant_la_confirmation(client: Client) -> None:
    jeton = demande(client)
    envoie(bailleur(), plusieurs(2), maintenant=MAINTENANT + dt.timedelta(hours=1))
    assert alertes.preparer(maintenant=MAINTENANT + dt.timedelta(hours=2)) == []
    assert client.get(f"/alertes/confirmer/{jeton}").status_code == 200  # a mail scanner opens the link
    assert Alerte.objects.get().etat == "a_confirmer"
    client.post(f"/alertes/confirmer/{jeton}")
    assert Alerte.objects.get().etat == "active"


def test_les_deux_liens_ne_servent_pas_l_un_pour_l_autre(client: Client) -> None:
    demande(client)
    alerte = Alerte.objects.get()
    assert read_token(token(alerte, SEL_CONFIRMER), SEL_VOIR) is None
    assert read_token(token(alerte, SEL_VOIR), SEL_CONFIRMER) is None
    assert client.get("/alertes/nimporte:quoi:faux").status_code == 404


def test_la_meme_reponse_que_l_adresse_soit_connue_ou_non(client: Client) -> None:
    active("commune=67482&typologie=T3")
    answer = client.post("/alertes", {"courriel": ADRESSE.upper(), "filtres": "commune=67482&typologie=T3"})
    assert lettres() == ["confirmer", "deja"]
    assert (answer.status_code, answer.url) == (302, "/alertes/envoye")
    assert Alerte.objects.count() == 1
    assert "déjà en place" in mail.outbox[-1].body


def test_une_adresse_fausse_est_dite_sans_rien_garder(client: Client) -> None:
    answer = client.post("/alertes", {"courriel": "nadia", "filtres": ""})
    assert answer.status_code == 422
    assert "Exemple : nom@exemple.fr" in answer.content.decode().replace("\u00a0", " ")
    assert not Alerte.objects.exists()


def test_un_envoi_par_jour_et_par_alerte_avec_les_seules_nouvelles() -> None:
    owner = bailleur()
    envoie(owner, plusieurs(1))
    active()
    at = MAINTENANT + dt.timedelta(hours=1)
    envoie(owner, plusieurs(3), maintenant=at)
    first = alertes.preparer(maintenant=at + dt.timedelta(minutes=5))
    assert len(first) == 1
    assert alertes.envoyer(envoi_id=first[0], maintenant=at)
    assert not alertes.envoyer(envoi_id=first[0], maintenant=at)
    assert [m.subject for m in mail.outbox] == ["2 nouvelles offres"]
    envoie(owner, plusieurs(5), maintenant=at + dt.timedelta(hours=1))
    assert alertes.preparer(maintenant=at + dt.timedelta(hours=2)) == []
    tomorrow = alertes.preparer(maintenant=at + dt.timedelta(days=1))
    assert Envoi.objects.get(pk=tomorrow[0]).offres["nombre"] == 2


def test_une_offre_datee_avant_un_envoi_et_ecrite_apres_lui_est_dite_le_lendemain() -> None:
    """A lot dates its offers when its reading begins: a digest may pass in between."""
    owner = bailleur()
    active()
    at = MAINTENANT + dt.timedelta(hours=1)
    envoie(owner, plusieurs(1), maintenant=at)
    (first,) = alertes.preparer(maintenant=at + dt.timedelta(minutes=2))
    assert alertes.envoyer(envoi_id=first, maintenant=at)
    envoie(owner, plusieurs(3), maintenant=at + dt.timedelta(minutes=1))
    (second,) = alertes.preparer(maintenant=at + dt.timedelta(days=1))
    assert [Envoi.objects.get(pk=pk).offres["nombre"] for pk in (first, second)] == [1, 2]
    assert alertes.envoyer(envoi_id=second, maintenant=at)
    assert alertes.preparer(maintenant=at + dt.timedelta(days=2)) == []


def test_ce_qui_parait_entre_la_demande_et_la_confirmation_est_dit_une_fois() -> None:
    owner = bailleur()
    envoie(owner, plusieurs(1))
    envoie(owner, plusieurs(2), maintenant=MAINTENANT + dt.timedelta(hours=1))
    asked = MAINTENANT + dt.timedelta(hours=1, minutes=5)  # the list shows both, one of them just on line
    alerte = alertes.demander(courriel=ADRESSE, filtres=alertes.parse(""), langue="fr", maintenant=asked)
    envoie(owner, plusieurs(4), maintenant=asked + dt.timedelta(hours=2))
    alertes.confirmer(alerte=alerte, maintenant=asked + dt.timedelta(hours=20))
    (first,) = alertes.preparer(maintenant=asked + dt.timedelta(hours=21))
    assert Envoi.objects.get(pk=first).offres["nombre"] == 2
    assert alertes.envoyer(envoi_id=first, maintenant=asked + dt.timedelta(hours=21))
    assert alertes.preparer(maintenant=asked + dt.timedelta(hours=45)) == []


def test_redemander_repart_de_ce_que_la_liste_montre_alors() -> None:
    owner, later = bailleur(), MAINTENANT + dt.timedelta(days=2)
    for at in (MAINTENANT, later):
        alerte = alertes.demander(courriel=ADRESSE, filtres=alertes.parse(""), langue="fr", maintenant=at)
        envoie(owner, plusieurs(1 if at == MAINTENANT else 2), maintenant=at + dt.timedelta(hours=1))
    alertes.confirmer(alerte=alerte, maintenant=later + dt.timedelta(hours=2))
    (first,) = alertes.preparer(maintenant=later + dt.timedelta(hours=3))
    assert Envoi.objects.get(pk=first).offres["nombre"] == 1


def test_une_alerte_posee_juste_apres_un_grand_fichier_ne_garde_pas_ses_offres(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alertes, "_VUES_MAX", 2)
    envoie(bailleur(), plusieurs(3))
    alerte = active("", MAINTENANT + dt.timedelta(minutes=1))
    alerte.refresh_from_db()
    assert alerte.deja_vues is None
    assert alertes.preparer(maintenant=MAINTENANT + dt.timedelta(minutes=2)) == []


def test_changer_de_filtres_avant_le_premier_envoi_ne_redit_pas_ce_qui_est_en_ligne() -> None:
    envoie(bailleur(), plusieurs(3))
    alerte = active("typologie=T6", MAINTENANT + dt.timedelta(minutes=1))
    alertes.changer(alerte=alerte, filtres=alertes.parse(""))
    assert alertes.preparer(maintenant=MAINTENANT + dt.timedelta(minutes=2)) == []


def test_une_lettre_reprise_garde_son_numero() -> None:
    alerte = active()
    for _ in range(2):
        assert alertes.ecrire(alerte_id=alerte.pk, lettre="confirmer", numero=7)
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1
    alertes.arreter(alerte=alerte)
    assert not alertes.ecrire(alerte_id=alerte.pk, lettre="renouveler", numero=8)
    assert len(mail.outbox) == 2


def test_chaque_courriel_porte_le_lien_pour_arreter(client: Client) -> None:
    alerte = active()
    envoie(bailleur(), plusieurs(1), maintenant=MAINTENANT + dt.timedelta(minutes=1))
    (envoi,) = alertes.preparer(maintenant=MAINTENANT + dt.timedelta(hours=1))
    alertes.envoyer(envoi_id=envoi, maintenant=MAINTENANT)
    message = mail.outbox[-1]
    assert ADRESSE not in message.subject
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = re.fullmatch(
        r"<http://localhost:8000(/alertes/stop/\S+)>", message.extra_headers["List-Unsubscribe"]
    )
    assert stop is not None
    assert str(envoi) in message.extra_headers["Message-ID"]
    assert Client(enforce_csrf_checks=True).post(stop.group(1)).status_code == 204
    assert not Alerte.objects.filter(pk=alerte.pk).exists()
    assert client.post(stop.group(1)).status_code == 204  # twice: same answer


def test_la_page_de_l_alerte_ne_se_laisse_ni_indexer_ni_suivre(client: Client) -> None:
    answer = client.get(f"/alertes/{token(active(), SEL_VOIR)}")
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "same-origin"  # not no-referrer: the form must keep its origin
    assert "sessionid" not in answer.cookies
    assert ADRESSE not in answer.content.decode()


def test_arreter_efface_l_adresse(client: Client) -> None:
    alerte = active()
    client.post(f"/alertes/{token(alerte, SEL_VOIR)}", {"geste": "arreter"})
    assert not Alerte.objects.exists()


def test_changer_les_filtres(client: Client) -> None:
    alerte = active()
    client.post(
        f"/alertes/{token(alerte, SEL_VOIR)}/changer",
        {"nature": "louer", "lieu": "", "typologie": ["T4"], "loyer_max": "700"},
    )
    alerte.refresh_from_db()
    assert alerte.filtres == "typologie=T4&loyer_max=700"


@pytest.mark.parametrize(("jours", "restent", "relancees"), [(179, 1, 0), (185, 1, 1), (213, 0, 0)])
def test_apres_six_mois_on_demande_apres_sept_on_efface(jours: int, restent: int, relancees: int) -> None:
    active()
    lettres()
    mail.outbox.clear()
    done = alertes.entretenir(maintenant=MAINTENANT + dt.timedelta(days=jours))
    assert lettres() == ["renouveler"] * relancees
    assert (Alerte.objects.count(), done["relancees"], len(mail.outbox)) == (restent, relancees, relancees)


def test_une_demande_jamais_confirmee_est_effacee_apres_sept_jours() -> None:
    alertes.demander(courriel=ADRESSE, filtres=alertes.parse(""), langue="fr", maintenant=MAINTENANT)
    alertes.entretenir(maintenant=MAINTENANT + dt.timedelta(days=6))
    assert Alerte.objects.count() == 1
    alertes.entretenir(maintenant=MAINTENANT + dt.timedelta(days=8))
    assert not Alerte.objects.exists()


def test_une_adresse_qui_revient_trois_fois_est_effacee() -> None:
    active()
    for _ in range(3):
        alertes.noter_retour(courriel=ADRESSE)
    assert Alerte.objects.get().etat == "suspendue"
    alertes.entretenir(maintenant=MAINTENANT + dt.timedelta(days=1))
    assert not Alerte.objects.exists()


def test_aucune_ligne_du_journal_ne_porte_l_adresse() -> None:
    active()
    assert not Evenement.objects.filter(objet_id__contains="nadia").exists()


def test_trois_demandes_par_heure_et_par_adresse_de_reseau(client: Client, settings: Any) -> None:
    settings.LIMITES_DE_DEBIT = True
    codes = [
        client.post("/alertes", {"courriel": f"a{i}@exemple.fr", "filtres": ""}).status_code for i in range(4)
    ]
    assert codes == [302, 302, 302, 429]
