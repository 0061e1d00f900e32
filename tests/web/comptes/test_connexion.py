"""Login of the staff: password, second factor, recovery; sessions, limits, answers that tell nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

import argon2
import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from palier.web.apps.comptes import tasks
from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.journal.models import Evenement
from palier.web.middleware import duree
from tests.web.personnel import MOT_DE_PASSE, SECRET_TOTP, client_de, code_totp, creer_agent

pytestmark = pytest.mark.django_db
CONNEXION = "/compte/connexion/"


def _poster(client: Client, courriel: str, motdepasse: str = MOT_DE_PASSE, **kwargs: Any) -> Any:
    return client.post(CONNEXION, {"login": courriel, "password": motdepasse}, **kwargs)


def _entrer(client: Client, user: Utilisateur) -> None:
    assert _poster(client, user.courriel)["Location"] == reverse("mfa_authenticate")
    assert client.post(reverse("mfa_authenticate"), {"code": code_totp()})["Location"] == "/agents/"


def _neutre(answer: Any) -> str:
    """The page without what changes at each call: token of the form, and the address that was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r'value="[^"]*@[^"]*"', "", page)


def test_premiere_entree_installe_le_second_facteur_avant_tout(
    django_capture_on_commit_callbacks: Any,
) -> None:
    user, client = creer_agent("agent_bailleur", facteur=False), Client()
    assert _poster(client, user.courriel)["Location"] == "/agents/"
    for path in ("/agents/", "/agents/comptes/", "/en/agents/"):
        assert client.get(path)["Location"].endswith("/compte/facteur/installer/")
    translation.activate("fr")  # the request in English leaves its language to the thread
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    drawing = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", page, re.DOTALL)
    assert drawing is not None
    assert "style" not in drawing[0]
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret is not None
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "pas le bon code" in wrong.content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", wrong.content.decode())
    assert secret is not None
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code_totp(secret[1])})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d+)</code>", client.get(done["Location"]).content.decode())
    assert len(codes) == 10
    assert client.get("/agents/").status_code == 200
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret[1] not in stored  # closed in the database
    acts = list(Evenement.objects.values_list("verbe", flat=True))
    assert acts.count("compte.facteur") == 2
    assert "compte.entrer" in acts


def test_le_code_ne_sert_qu_une_fois_et_le_code_de_secours_aussi() -> None:
    user = creer_agent("agent_bailleur")
    first = Client()
    _entrer(first, user)
    again = Client()
    _poster(again, user.courriel)
    assert again.post(reverse("mfa_authenticate"), {"code": code_totp()}).status_code == 200  # already used
    assert again.get("/agents/").status_code == 302
    client = client_de(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp(), "email": user.courriel}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.findall(r"<code>(\d+)</code>", page)[3]
    for attendu in (302, 200):
        other = Client()
        _poster(other, user.courriel)
        assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == attendu


def test_le_mot_de_passe_seul_n_ouvre_rien() -> None:
    user, client = creer_agent("agent_bailleur"), Client()
    _poster(client, user.courriel)
    assert client.get("/agents/")["Location"].startswith(CONNEXION)
    assert client.post(reverse("mfa_authenticate"), {"code": "123456"}).status_code == 200
    assert client.get("/agents/")["Location"].startswith(CONNEXION)


def test_la_session_change_de_cle_a_l_entree_et_meurt_a_la_sortie() -> None:
    user, client = creer_agent("agent_bailleur"), Client()
    client.get(reverse("account_reset_password"))
    session = client.session
    session["semis"] = "1"
    session.save()
    client.cookies["palier_session"] = session.session_key
    before = session.session_key
    _entrer(client, user)
    after = client.cookies["palier_session"].value
    assert before != after
    assert not Session.objects.filter(session_key=before).exists()
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=after).exists()
    assert client.get("/agents/").status_code == 302


def test_trente_minutes_sans_geste_ferment_la_session() -> None:
    client = client_de(creer_agent("agent_bailleur"))
    assert client.get("/agents/").status_code == 200
    row = Session.objects.get()
    left = row.expire_date - timezone.now()
    assert dt.timedelta(minutes=29) < left <= dt.timedelta(minutes=30)
    cookie = client.cookies["palier_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""  # ends with the browser
    row.expire_date -= dt.timedelta(minutes=20)
    row.save()
    assert client.get("/agents/").status_code == 200  # a gesture gives thirty minutes again
    assert Session.objects.get().expire_date - timezone.now() > dt.timedelta(minutes=29)
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    assert client.get("/agents/")["Location"].startswith(CONNEXION)


def test_douze_heures_ferment_la_session_meme_active(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    _entrer(client, creer_agent("agent_bailleur"))
    assert client.get("/agents/").status_code == 200
    later = timezone.now() + dt.timedelta(hours=12, minutes=1)
    monkeypatch.setattr(duree, "maintenant", lambda: later)
    assert client.get("/agents/")["Location"].startswith(CONNEXION)
    assert client.get("/agents/").status_code == 302


def test_fermer_un_compte_arrete_ses_sessions() -> None:
    user = creer_agent("agent_bailleur")
    client = client_de(user)
    assert client.get("/agents/").status_code == 200
    Utilisateur.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/agents/")["Location"].startswith(CONNEXION)


def test_la_reponse_ne_dit_pas_si_un_compte_existe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Same page and same hashes: known with a wrong password, unknown, invited, closed."""
    known, invited, closed = (creer_agent("agent_bailleur") for _ in range(3))
    invited.set_unusable_password()
    invited.save()
    Utilisateur.objects.filter(pk=closed.pk).update(is_active=False)
    hashes: list[str] = []
    for name in ("hash_secret", "verify_secret"):
        real = getattr(argon2.low_level, name)

        def counted(*args: Any, _real: Any = real, **kwargs: Any) -> Any:
            hashes.append("")
            return _real(*args, **kwargs)

        monkeypatch.setattr(argon2.low_level, name, counted)
        monkeypatch.setattr(f"argon2._password_hasher.{name}", counted, raising=False)
    pages, counts = [], []
    for address in (known.courriel, "personne@exemple.fr", invited.courriel, closed.courriel):
        hashes.clear()
        answer = _poster(Client(), address, "un mauvais mot de passe")
        assert answer.status_code == 200
        pages.append(_neutre(answer))
        counts.append(len(hashes))
    assert len(set(pages)) == 1
    assert "le mot de passe n’est pas le bon" in pages[0]
    assert len(set(counts)) == 1, counts
    assert counts[0] >= 1


def test_l_oubli_fait_le_meme_travail_que_le_compte_existe_ou_non(
    django_assert_max_num_queries: Any, mailoutbox: list[Any]
) -> None:
    user = creer_agent("agent_bailleur")
    answers, works = [], []
    for address in (user.courriel, "personne@exemple.fr"):
        with django_assert_max_num_queries(30) as seen:
            answer = Client().post(reverse("account_reset_password"), {"email": address})
        answers.append((answer.status_code, answer["Location"]))
        works.append(len(seen))
    assert len(set(answers)) == 1
    assert len(set(works)) == 1, works
    assert mailoutbox == []  # the worker writes, never the answer
    jobs = list(ProcrastinateJob.objects.order_by("id"))
    assert [job.task_name for job in jobs] == ["comptes.envoyer"] * 2
    assert not any("@" in str(job.args) for job in jobs)
    for job in jobs:
        tasks.envoyer(**job.args)
    assert len(mailoutbox) == 1
    assert mailoutbox[0].to == [user.courriel]
    assert mailoutbox[0].subject == "Votre accès à Palier"


def test_le_lien_d_oubli_sert_une_fois(mailoutbox: list[Any]) -> None:
    user = creer_agent("agent_bailleur")
    tasks.envoyer(utilisateur=str(user.pk), lettre="reinitialisation")
    link = re.search(r"http://localhost:8000(/compte/\S+)", mailoutbox[0].body)
    assert link is not None
    assert user.courriel not in link[1]
    client = Client()
    moved = client.get(link[1])["Location"]
    assert "set-password" in moved  # the key leaves the address
    new = "un tout autre long secret"
    weak = client.post(moved, {"password1": "court", "password2": "court"})
    assert weak.status_code == 200
    assert client.post(moved, {"password1": new, "password2": new}).status_code == 302
    assert "ne sert plus" in Client().get(link[1]).content.decode()
    user.refresh_from_db()
    assert user.check_password(new)
    assert "compte.motdepasse" in Evenement.objects.values_list("verbe", flat=True)
    notice = ProcrastinateJob.objects.get()
    assert notice.args["lettre"] == "avis"
    assert Client().get("/agents/").status_code == 302  # resetting does not log in


def test_cinq_echecs_par_compte_puis_attendre() -> None:
    user, other = creer_agent("agent_bailleur"), creer_agent("agent_bailleur")
    for _ in range(5):
        assert "pas le bon" in _poster(Client(), user.courriel, "faux").content.decode()
    answer = _poster(Client(), user.courriel)  # the right one, too late
    assert "Trop d’essais" in answer.content.decode()
    assert "Trop d’essais" not in _poster(Client(), other.courriel, "faux").content.decode()


def test_les_echecs_d_un_compte_inconnu_se_comptent_de_meme() -> None:
    for _ in range(5):
        _poster(Client(), "personne@exemple.fr", "faux")
    assert "Trop d’essais" in _poster(Client(), "personne@exemple.fr", "faux").content.decode()


def test_vingt_echecs_par_adresse_d_appel(settings: Any) -> None:
    """Behind a proxy, the caller counts, not the proxy, nor what the caller claims."""
    settings.ENVIRONNEMENT = dataclasses.replace(settings.ENVIRONNEMENT, mandataires=1)
    for number in range(20):
        page = _poster(
            Client(), f"p{number}@exemple.fr", "faux", headers={"x-forwarded-for": f"9.9.9.{number}, 7.7.7.7"}
        )
        assert "Trop d’essais" not in page.content.decode(), number
    same = _poster(Client(), "z@exemple.fr", "faux", headers={"x-forwarded-for": "1.1.1.1, 7.7.7.7"})
    assert "Trop d’essais" in same.content.decode()
    other = _poster(Client(), "z@exemple.fr", "faux", headers={"x-forwarded-for": "7.7.7.7, 8.8.8.8"})
    assert "Trop d’essais" not in other.content.decode()


def test_trop_d_appels_repond_429_avec_un_delai(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    _poster(Client(), "a@exemple.fr")
    answer = _poster(Client(), "a@exemple.fr")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"


@pytest.mark.parametrize("suite", ["https://ailleurs.fr/", "//ailleurs.fr", "javascript:alert(1)"])
def test_l_entree_ne_mene_jamais_ailleurs(suite: str) -> None:
    user, client = creer_agent("agent_bailleur", facteur=False), Client()
    answer = client.post(CONNEXION, {"login": user.courriel, "password": MOT_DE_PASSE, "next": suite})
    assert answer["Location"] == "/agents/"


def test_chaque_formulaire_du_personnel_demande_son_jeton() -> None:
    user = creer_agent("admin_bailleur")
    client = client_de(user, enforce_csrf_checks=True)
    for name in ("account_login", "account_logout", "account_change_password", "organismes:inviter",
                 "organismes:creer_cle", "organismes:choisir", "account_reset_password"):  # fmt: skip
        for headers in ({}, {"hx-request": "true"}):
            answer = client.post(reverse(name), {"x": "1"}, headers=headers)
            assert answer.status_code == 403, name
            assert "ouverte trop longtemps" in answer.content.decode()


def test_la_securite_du_compte_se_confirme_apres_cinq_minutes() -> None:
    client = client_de(creer_agent("agent_bailleur"))
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        assert client.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))
    refused = client.post(reverse("account_reauthenticate"), {"password": "faux"})
    assert "pas le bon" in refused.content.decode()
    assert client.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE}).status_code == 302
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_les_pages_du_personnel_ne_se_gardent_ni_ne_s_encadrent() -> None:
    answer = client_de(creer_agent("admin_bailleur")).get("/agents/comptes/")
    policy = answer["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=(self)" in answer["Permissions-Policy"]
    assert "private" in answer["Cache-Control"]
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_le_secret_du_facteur_survit_a_une_rotation(settings: Any) -> None:
    user = creer_agent("agent_bailleur")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 60
    assert Authenticator.objects.get(user=user).wrap().validate_code(code_totp(SECRET_TOTP))
