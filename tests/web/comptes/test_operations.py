"""Accounts: opened, invited, closed; each act a line of journal without any personal value."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from palier.base.errors import InputError
from palier.web.apps.comptes import jetons, operations, tasks
from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.journal.models import Evenement
from palier.web.exploitation import premier
from palier.web.horloge import maintenant
from tests.web.personnel import creer_agent

pytestmark = pytest.mark.django_db
NOUVEAU = "un tres long secret nouveau"


def _invite() -> Utilisateur:
    user = operations.creer_compte(acteur="essai", courriel="Invitee@exemple.fr", nom="Invitée")
    operations.inviter(acteur="essai", utilisateur=user)
    return user


def _lien(outbox: list[Any]) -> str:
    for job in ProcrastinateJob.objects.all():
        tasks.envoyer(**job.args)
    found = re.search(r"http://localhost:8000(\S+)", outbox[-1].body)
    assert found is not None
    return found[1]


def test_l_invitation_pose_le_mot_de_passe_une_fois(mailoutbox: list[Any]) -> None:
    user = _invite()
    link = _lien(mailoutbox)
    assert mailoutbox[0].to == ["Invitee@exemple.fr"]
    assert "@" not in link
    client = Client()
    assert "Choisissez votre mot de passe" in client.get(link).content.decode()
    done = client.post(link, {"password1": NOUVEAU, "password2": NOUVEAU})
    assert done["Location"] == reverse("account_login")
    user.refresh_from_db()
    assert user.check_password(NOUVEAU)
    again = client.get(link)
    assert again.status_code == 404
    assert "ne sert plus" in again.content.decode()
    assert client.get("/agents/").status_code == 302  # the invitation does not log in


@pytest.mark.parametrize(
    ("un", "deux", "mot"),
    [
        ("court", "court", "trop court"),
        ("password1234", "password1234", "trop courant"),
        ("Invitee@exemple.fr", "Invitee@exemple.fr", "trop semblable"),
        (NOUVEAU, NOUVEAU + "x", "pas les mêmes"),
        ("x" * 1025, "x" * 1025, "1024"),
        ("", "", "obligatoire"),
    ],
)
def test_un_mot_de_passe_faible_est_refuse(un: str, deux: str, mot: str) -> None:
    user = _invite()
    link = reverse("compte_invitation", args=[jetons.invitation(user)])
    page = Client().post(link, {"password1": un, "password2": deux})
    user.refresh_from_db()
    assert page.status_code == 200
    assert mot in page.content.decode()
    assert not user.has_usable_password()


def test_une_invitation_meurt_avec_le_compte_le_temps_ou_la_signature(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = _invite()
    token = jetons.invitation(user)
    assert jetons.read_invitation(token) == user
    assert jetons.read_invitation(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert jetons.read_invitation(signing.dumps([str(user.pk), "x" * 24])) is None  # another salt
    assert jetons.read_invitation("") is None
    monkeypatch.setattr(jetons, "VALIDITE_HEURES", -1)
    assert jetons.read_invitation(token) is None
    monkeypatch.undo()
    operations.fermer_compte(acteur="essai", utilisateur=user)
    assert jetons.read_invitation(token) is None


def test_fermer_efface_facteurs_et_mot_de_passe_et_rouvrir_ne_les_rend_pas() -> None:
    user = creer_agent("agent_bailleur")
    operations.fermer_compte(acteur="essai", utilisateur=user)
    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password(), user.authenticator_set.count()) == (False, False, 0)
    with pytest.raises(InputError, match="CPT-003"):
        operations.inviter(acteur="essai", utilisateur=user)
    operations.rouvrir_compte(acteur="essai", utilisateur=user)
    assert not Utilisateur.objects.get(pk=user.pk).has_usable_password()


def test_le_dernier_exploitant_reste() -> None:
    first, second = creer_agent("exploitant"), creer_agent("exploitant")
    operations.fermer_compte(acteur=first, utilisateur=second)
    with pytest.raises(InputError, match="CPT-004"):
        operations.fermer_compte(acteur=first, utilisateur=first)


@pytest.mark.parametrize(
    ("courriel", "code"),
    [("pas une adresse", "CPT-001"), ("", "CPT-001"), ("a@b", "CPT-001"), ("DEJA@exemple.fr", "CPT-002")],
)
def test_une_adresse_mauvaise_ou_prise_est_refusee(courriel: str, code: str) -> None:
    operations.creer_compte(acteur="essai", courriel="deja@exemple.fr")
    lines = Evenement.objects.count()
    with pytest.raises(InputError, match=code):
        operations.creer_compte(acteur="essai", courriel=courriel)
    assert Evenement.objects.count() == lines


def test_la_base_refuse_deux_comptes_d_une_adresse() -> None:
    Utilisateur.objects.create_user("a@exemple.fr")
    with pytest.raises(IntegrityError), transaction.atomic():
        Utilisateur.objects.create_user("A@exemple.fr")


def test_une_lettre_a_un_compte_ferme_ou_inconnu_ne_part_pas(mailoutbox: list[Any]) -> None:
    user = _invite()
    Utilisateur.objects.filter(pk=user.pk).update(is_active=False)
    tasks.envoyer(utilisateur=str(user.pk), lettre="invitation")
    tasks.envoyer(utilisateur="00000000-0000-7000-8000-000000000000", lettre="reinitialisation")
    assert mailoutbox == []


def test_une_adresse_en_echec_est_notee_sur_le_compte() -> None:
    user = creer_agent("agent_bailleur")
    assert operations.noter_echec_courriel(courriel=user.courriel.upper(), maintenant=maintenant())
    user.refresh_from_db()
    assert user.courriel_en_echec_le is not None
    assert not operations.noter_echec_courriel(courriel="personne@exemple.fr", maintenant=maintenant())


def test_aucun_acte_n_ecrit_de_valeur_personnelle_au_journal() -> None:
    user = _invite()
    operations.accepter_invitation(utilisateur=user, motdepasse=NOUVEAU)
    operations.retirer_facteurs(acteur=user, utilisateur=user)
    operations.fermer_compte(acteur=user, utilisateur=user)
    acts = list(Evenement.objects.values())
    assert [a["verbe"] for a in acts] == [
        "compte.creer", "compte.inviter", "compte.ouvrir", "compte.retirer_facteurs", "compte.fermer",
    ]  # fmt: skip
    for word in ("nvitee", "Invitée", "exemple.fr", NOUVEAU):
        assert word not in str(acts)


def test_la_commande_ouvre_le_premier_exploitant() -> None:
    lines = list(premier.open_operator("premier@exemple.fr", "Première"))
    assert lines[1].startswith("http://localhost:8000/compte/invitation/")
    link = lines[1].removeprefix("http://localhost:8000")
    assert Client().post(link, {"password1": NOUVEAU, "password2": NOUVEAU}).status_code == 302
    assert Utilisateur.objects.get().exploitant
    with pytest.raises(InputError, match="CPT-002"):
        list(premier.open_operator("premier@exemple.fr", ""))
