"""Programs that are told: no private address, a name resolved once, a signed body of identifiers, tries."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import html
import http.server
import ipaddress
import json
import ssl
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from palier.base.errors import UsageError
from palier.web.apps.attributions.models import Livraison
from palier.web.apps.attributions.operations import annonces, envoi
from palier.web.apps.attributions.operations.envoi import Reponse
from palier.web.apps.attributions.rules import annonces as regles
from palier.web.apps.attributions.tasks import LivraisonEnAttente, livrer_annonce
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import CONGE, Monde, a
from tests.web.personnel import client_de, creer_agent, creer_organisme

HOTE = "si.bailleur.fr"
URL = f"https://{HOTE}/palier?c=1"


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("http://si.bailleur.fr/", "https"), ("ftp://si.bailleur.fr/", "https"),
        ("//si.bailleur.fr/", "https"),
        ("https://autre.fr/", "hote"), ("https://si.bailleur.fr.autre.fr/", "hote"),
        ("https://127.0.0.1/", "hote"),
        ("https://[::1]/", "hote"), ("https://localhost/", "hote"), ("https://2130706433/", "hote"),
        ("https://169.254.169.254/latest/meta-data", "hote"), ("https://si.bailleur.fr:8443/", "port"),
        ("https://si.bailleur.fr:22/", "port"), ("https://si.bailleur.fr:99999/", "forme"),
        ("https://u:p@si.bailleur.fr/", "forme"), ("https://autre.fr@si.bailleur.fr/", "forme"),
        ("https://si.bailleur.fr@autre.fr/", "forme"), ("https://si.bailleur.fr/#x", "forme"),
        ("https://si.bailleur.fr\\@autre.fr/", "forme"), ("https://si.bailleur.fr /", "forme"),
        ("https://si.bailleur.fr/\r\nX: y", "forme"), ("https://si.bailleur.fr/é", "forme"),
        ("https://si.bailleur.fr/" + "x" * 300, "forme"), ("https://[", "forme"), ("", "https"), (URL, ""),
        ("https://SI.BAILLEUR.FR/", ""), ("https://si.bailleur.fr:443", ""),
    ],
)  # fmt: skip
def test_une_adresse_se_juge_entiere(url: str, cause: str) -> None:
    assert regles.wrong_with(url, (HOTE,)) == cause


@pytest.mark.parametrize(
    "adresse",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fc00::1", "fe80::1", "fe80::1%eth0",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "ff02::1", "198.18.0.1", "192.0.2.1",
    ],
)  # fmt: skip
def test_une_adresse_privee_ferme_le_nom(adresse: str) -> None:
    assert not regles.all_public([adresse])
    assert not regles.all_public(["93.184.216.34", adresse])


class Recepteur(http.server.BaseHTTPRequestHandler):
    """The program of a landlord, on this machine, with a certificate of its name."""

    recus: ClassVar[list[tuple[dict[str, str], bytes]]] = []
    reponse: ClassVar[tuple[int, dict[str, str]]] = (204, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.recus.append((dict(self.headers.items()), body))
        status, headers = self.reponse
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        return


def _certificate(folder: Path, nom: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nom)])
    day = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(day).not_valid_after(dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(nom)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    cert, secret = folder / "c.pem", folder / "k.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return cert, secret


@pytest.fixture
def recepteur(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A live receiver, and how to reach it in place of the network."""
    cert, key = _certificate(tmp_path, HOTE)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recepteur)
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(cert, key)
    server.socket = inside.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Recepteur.recus.clear()
    Recepteur.reponse = (204, {})
    yield {
        "port": server.server_port, "contexte": ssl.create_default_context(cafile=str(cert)),
        "resoudre": lambda _hote, _port: ["127.0.0.1"], "publiques": lambda _adresses: True,
    }  # fmt: skip
    server.shutdown()
    server.server_close()
    thread.join()


def test_l_appel_part_vers_l_adresse_jugee_et_ne_suit_rien(recepteur: dict[str, Any]) -> None:
    assert envoi.send(URL, b"{}", {"X": "1"}, **recepteur) == Reponse(204, "")
    headers, body = Recepteur.recus[0]
    assert (headers["Host"].partition(":")[0], headers["X"], body) == (HOTE, "1", b"{}")
    Recepteur.reponse = (302, {"Location": "https://127.0.0.1/secret"})
    assert envoi.send(URL, b"{}", {}, **recepteur) == Reponse(302, "refus")
    assert len(Recepteur.recus) == 2
    others = recepteur | {"publiques": regles.all_public}
    assert envoi.send(URL, b"{}", {}, **others) == Reponse(None, "adresse_interdite")
    unknown = recepteur | {"contexte": None}
    assert envoi.send(URL, b"{}", {}, **unknown) == Reponse(None, "certificat")
    assert envoi.send("https://autre.fr/", b"{}", {}, **recepteur) == Reponse(None, "certificat")
    assert envoi.send(URL, b"{}", {}, **recepteur | {"port": 9}) == Reponse(None, "injoignable")

    def nowhere(_hote: str, _port: int) -> list[str]:
        raise OSError

    assert envoi.send(URL, b"{}", {}, **recepteur | {"resoudre": nowhere}).cause == "nom_inconnu"
    assert len(Recepteur.recus) == 2
    assert ipaddress.ip_address("127.0.0.1").is_loopback


@pytest.fixture
def monde(db: None, settings: Any) -> Monde:
    settings.WEBHOOKS_HOTES = (HOTE,)
    return Monde(candidats_prets=1)


def _livraisons(monde: Monde) -> list[Livraison]:
    with perimetre(organismes=[monde.bailleur.pk]):
        return list(Livraison.objects.select_related("abonnement").order_by("pk"))


def test_un_acte_s_annonce_signe_et_se_retente(monde: Monde, recepteur: dict[str, Any]) -> None:
    me = monde.bailleur.pk
    made, secret = annonces.abonner(
        acteur="essai", organisme=me, url=URL, evenements=["vacance"], maintenant=a(CONGE)
    )
    assert secret not in made.secret
    home = monde.vacance()
    told = _livraisons(monde)
    assert [one.evenement for one in told] == ["vacance.ouvrir", "vacance.qualifier"]
    assert set(told[0].corps) == {"id", "evenement", "objet", "objet_id", "instant"}
    assert told[0].corps["objet_id"] == str(home.pk)
    jobs = ProcrastinateJob.objects.filter(task_name="attributions.livrer")
    assert [job.args["livraison"] for job in jobs.order_by("pk")] == [str(one.pk) for one in told]

    def by(url: str, corps: bytes, entetes: dict[str, str]) -> Reponse:
        return envoi.send(url, corps, entetes, **recepteur)

    first = {"organisme": me, "livraison": told[0].pk, "maintenant": a(CONGE), "envoyer": by}
    Recepteur.reponse = (500, {})
    assert annonces.livrer(**first) is False
    Recepteur.reponse = (200, {})
    assert annonces.livrer(**first) is True
    assert annonces.livrer(**first) is True  # a job that runs again sends nothing
    assert len(Recepteur.recus) == 2
    headers, body = Recepteur.recus[1]
    instant, mark = (part.partition("=")[2] for part in headers["Palier-Signature"].split(","))
    expected = hmac.new(secret.encode(), f"{instant}.".encode() + body, hashlib.sha256).hexdigest()
    assert mark == expected
    assert json.loads(body) == told[0].corps
    assert headers["Palier-Livraison"] == str(told[0].pk)
    done = _livraisons(monde)[0]
    assert (done.etat, done.essais, done.statut) == ("livree", 2, 200)

    second = first | {"livraison": told[1].pk, "envoyer": lambda *_: Reponse(None, "injoignable")}
    assert [annonces.livrer(**second) for _ in range(8)] == [False] * 7 + [True]
    assert _livraisons(monde)[1].etat == "abandonnee"
    annonces.oublier(organisme=me, maintenant=a(CONGE) + dt.timedelta(days=400))
    assert _livraisons(monde) == []


def test_un_hote_retire_n_est_plus_appele(monde: Monde, settings: Any) -> None:
    me = monde.bailleur.pk
    annonces.abonner(acteur="x", organisme=me, url=URL, evenements=["vacance"], maintenant=a(CONGE))
    monde.vacance()
    settings.WEBHOOKS_HOTES = ()
    told = _livraisons(monde)
    livrer_annonce(organisme=str(me), livraison=str(told[0].pk))
    held = _livraisons(monde)[0]
    assert (held.etat, held.cause) == ("abandonnee", "hote_interdit")
    livrer_annonce(organisme=str(creer_organisme().pk), livraison=str(told[1].pk))  # not its own: nothing
    assert _livraisons(monde)[1].etat == "en_attente"
    assert issubclass(LivraisonEnAttente, Exception)


def test_une_autre_cle_n_est_pas_prevenue(monde: Monde) -> None:
    other = creer_organisme()
    annonces.abonner(acteur="x", organisme=other.pk, url=URL, evenements=["vacance"], maintenant=a(CONGE))
    monde.vacance()
    assert _livraisons(monde) == []
    with perimetre(organismes=[other.pk]):
        assert not Livraison.objects.exists()
    with pytest.raises(UsageError, match="ATR-205"):
        annonces.abonner(acteur="x", organisme=other.pk, url=URL, evenements=["bail"], maintenant=a(CONGE))


def test_la_page_abonne_essaie_et_arrete(monde: Monde, settings: Any) -> None:
    admin = client_de(creer_agent("admin_bailleur", monde.bailleur))
    url = reverse("attributions:abonnements")
    for wrong, words in [
        ({"url": "http://si.bailleur.fr/", "evenements": "bail"}, "commencer par https"),
        ({"url": "https://10.0.0.1/", "evenements": "bail"}, "n'a pas permis cet hôte"),
        ({"url": URL}, "obligatoire"),
        ({"url": URL, "evenements": "tout"}, "1 réponse à corriger"),
    ]:
        answer = admin.post(url, wrong)
        assert answer.status_code == 422
        assert words in html.unescape(answer.content.decode()).replace("’", "'")
    answer = admin.post(url, {"url": URL, "evenements": ["bail", "vacance"]})
    assert answer.status_code == 200
    assert "plus jamais montré" in answer.content.decode()
    text = admin.get(url).content.decode()
    assert HOTE in text
    with perimetre(organismes=[monde.bailleur.pk]):
        held = monde.bailleur.abonnements.get()
    assert admin.post(reverse("attributions:essayer_abonnement", args=[held.pk])).status_code == 302
    assert [one.evenement for one in _livraisons(monde)] == ["essai"]
    assert "En attente" in admin.get(url).content.decode()
    other = client_de(creer_agent("admin_bailleur"))
    for act in ("essayer_abonnement", "arreter_abonnement"):
        assert other.post(reverse(f"attributions:{act}", args=[held.pk])).status_code == 404
        assert other.post(reverse(f"attributions:{act}", args=[uuid.uuid4()])).status_code == 404
    assert admin.post(reverse("attributions:arreter_abonnement", args=[held.pk])).status_code == 302
    assert [(one.etat, one.cause) for one in _livraisons(monde)] == [("abandonnee", "arrete")]
    assert admin.post(reverse("attributions:essayer_abonnement", args=[held.pk])).status_code == 404
    settings.WEBHOOKS_HOTES = ()
    assert "aucun hôte" in admin.get(url).content.decode()
