"""Alerts with real commits: what is being written meanwhile, and letters that outlive their process."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.db import connection, connections, transaction
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from palier.web.apps.public.models import Alerte, Envoi
from palier.web.apps.public.operations import alertes, courriels
from tests.web.offres.outils import MAINTENANT, bailleur, lieux
from tests.web.offres.test_lots import envoie, plusieurs

ADRESSE = "nadia@exemple.fr"
_MINUTE, _HEURE = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def site(base_reelle: None, tmp_path: Path, settings: Any) -> None:
    """Two communes, and a storage of its own, in a database whose commits are real."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "depots"},
        }
    }
    lieux()


def lettres() -> Any:
    """Jobs of letters: a worker also adds those of its calendar."""
    return ProcrastinateJob.objects.filter(queue_name=alertes.FILE_LETTRES)


def ouvrier() -> None:
    """Let a worker write the letters that wait, then stop."""
    real = alertes.ecrire

    def ecrire(**options: Any) -> bool:
        try:
            return real(**options)
        finally:
            connections.close_all()  # those of the thread of the job, that ends with the worker

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with mock.patch.object(alertes, "ecrire", ecrire), app.replace_connector(connector) as worker:
        worker.run_worker(
            wait=False,
            listen_notify=False,
            queues=[alertes.FILE_LETTRES],
            install_signal_handlers=False,
        )


class _Ecriture(threading.Thread):
    """A lot dated before the wish for an alert, whose transaction ends when it is told to."""

    def __init__(self, nombre: int, maintenant: dt.datetime) -> None:
        super().__init__()
        self.nombre, self.maintenant = nombre, maintenant
        self.ecrit, self.finir = threading.Event(), threading.Event()

    def run(self) -> None:
        try:
            with transaction.atomic():
                envoie(bailleur(), plusieurs(self.nombre), maintenant=self.maintenant)
                self.ecrit.set()
                self.finir.wait(30)
        finally:
            connections.close_all()


@pytest.mark.parametrize("confirmee_avant", [True, False])
def test_un_lot_qui_s_ecrit_pendant_qu_on_confirme_est_dit_une_fois(
    site: None, confirmee_avant: bool
) -> None:
    """Its offers are dated before the wish and seen after it, by nobody but the first digest."""
    lot = _Ecriture(3, MAINTENANT)
    lot.start()
    assert lot.ecrit.wait(30)
    asked = MAINTENANT + _MINUTE
    alerte = alertes.demander(courriel=ADRESSE, filtres=alertes.parse(""), langue="fr", maintenant=asked)
    if confirmee_avant:
        alertes.confirmer(alerte=alerte, maintenant=asked + _MINUTE)
    lot.finir.set()
    lot.join()
    if not confirmee_avant:
        alertes.confirmer(alerte=alerte, maintenant=asked + _MINUTE)
    (first,) = alertes.preparer(maintenant=asked + _HEURE)
    assert Envoi.objects.get(pk=first).offres["nombre"] == 3
    assert alertes.envoyer(envoi_id=first, maintenant=asked + _HEURE)
    assert alertes.preparer(maintenant=asked + 25 * _HEURE) == []


def test_une_lettre_survit_a_l_arret_du_site_apres_l_ecriture(site: None, client: Client) -> None:
    """The web process sends nothing itself: once the wish is kept, its letter is too."""
    assert client.post("/alertes", {"courriel": ADRESSE, "filtres": "typologie=T3"}).status_code == 302
    assert mail.outbox == []  # killed here, nothing would be lost
    assert lettres().filter(status="todo").count() == 1
    ouvrier()
    assert [m.to for m in mail.outbox] == [[ADRESSE]]
    assert "/alertes/confirmer/" in mail.outbox[0].body
    ouvrier()
    assert len(mail.outbox) == 1


def test_un_souhait_qui_echoue_n_ecrit_a_personne(site: None) -> None:
    with transaction.atomic():
        alertes.demander(courriel=ADRESSE, filtres=alertes.parse(""), langue="fr", maintenant=MAINTENANT)
        transaction.set_rollback(True)
    ouvrier()
    assert (Alerte.objects.count(), lettres().count(), mail.outbox) == (0, 0, [])


def test_un_serveur_de_courriel_muet_est_rappele(site: None, monkeypatch: pytest.MonkeyPatch) -> None:
    alertes.demander(courriel=ADRESSE, filtres=alertes.parse(""), langue="fr", maintenant=MAINTENANT)

    def silent(*_: Any) -> Any:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(courriels, "letter", silent)
        ouvrier()
    (job,) = lettres()
    assert (job.status, job.attempts) == ("todo", 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    ouvrier()
    assert len(mail.outbox) == 1
    assert f"{job.pk}@" in mail.outbox[0].extra_headers["Message-ID"]


def test_la_relance_des_six_mois_part_par_l_ouvrier(site: None) -> None:
    alerte = alertes.demander(courriel=ADRESSE, filtres=alertes.parse(""), langue="fr", maintenant=MAINTENANT)
    alertes.confirmer(alerte=alerte, maintenant=MAINTENANT)
    ouvrier()
    assert alertes.entretenir(maintenant=MAINTENANT + dt.timedelta(days=185))["relancees"] == 1
    assert len(mail.outbox) == 1
    ouvrier()
    assert [m.subject for m in mail.outbox][1:] == ["Voulez-vous garder votre alerte ?"]
