"""A person follows her request, answers, corrects, renews, waives, names an adviser; nobody else does."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from palier.tables import colonne
from palier.web.apps.attributions.models import Candidature, Courrier, Proposition
from palier.web.apps.demandes.models import Argent, Coordonnees, Demande, EvenementDemande, Piece
from palier.web.apps.espace.models import Ecrit, Mandat
from palier.web.apps.espace.operations import mandats as operations
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.urls import urlpatterns
from palier.web.apps.espace.views import candidatures as vues_candidatures
from palier.web.apps.espace.views import demande as vues_demande
from palier.web.apps.espace.views import droits as vues_droits
from palier.web.apps.espace.views import pieces as vues_pieces
from palier.web.apps.journal.models import Evenement
from palier.web.apps.organismes.models import Organisme
from palier.web.horloge import aujourdhui, maintenant
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import LAST, SENT, Monde
from tests.web.demandes.outils import charge, invente, une
from tests.web.espace.outils import compte, entre, poste, texte, usager
from tests.web.offres.photos import dessin
from tests.web.personnel import creer_organisme

pytestmark = pytest.mark.django_db
AU = dt.date(2026, 12, 14)


@pytest.fixture
def le(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """Set the day of the pages, and the instant of what they write."""

    def put(jour: dt.date) -> None:
        from palier.web.apps.espace import droits

        for module in (vues_candidatures, vues_demande, vues_droits, vues_pieces, droits):
            monkeypatch.setattr(module, "aujourdhui", lambda: jour)

    return put


@pytest.fixture
def monde() -> Monde:
    return Monde()


@pytest.fixture
def simple() -> Demande:
    """A request of an organisme, alone."""
    owner = creer_organisme()
    charge([owner], table=invente().demandes.head(3))
    return une(owner)


def _demande(monde: Monde, rang: int = 0) -> Demande:
    with monde.voir():
        found: Demande = Demande.objects.get(numero_unique=monde.numeros[rang])
    return found


def _offre(monde: Monde) -> Proposition:
    return monde.envoie(monde.decide(), monde.numeros[0])


def _etat(monde: Monde, row: Any) -> str:
    return monde.etat(row)


# --- the path of an offer ---


def test_une_proposition_se_lit_puis_s_accepte_en_deux_temps(
    monde: Monde, le: Callable[[dt.date], None]
) -> None:
    offer = _offre(monde)
    le(AU)
    client = usager(_demande(monde))
    home = texte(client.get("/ma-demande/"))
    assert "Répondre à une proposition de logement" in home
    assert "lundi 21 décembre 2026" in home
    assert '<span class="nombre-grand">7</span>' in home
    assert home.count("btn-primary") == 1
    assert 'aria-current="step"' in home
    url = f"/ma-demande/propositions/{offer.pk}/"
    page = texte(client.get(url))
    assert "450,00 €" in page
    assert "Il vous resterait 1 350,00 € par mois" in page
    assert page.count("btn-primary") == 0  # accept and refuse are equal
    asked = client.post(url, {"sens": "oui"})
    assert "Vous acceptez ce logement ?" in texte(asked)
    assert _etat(monde, offer) == "en_cours"
    done = client.post(url, {"sens": "oui", "confirme": "oui"})
    assert done.status_code == 302
    assert _etat(monde, offer) == "acceptee"
    letter = next(link for link in re.findall(r'href="(/ma-demande/lettres/[^"]+)"', page))
    given = client.get(letter)
    assert (given["Content-Type"], given.content[:5]) == ("application/pdf", b"%PDF-")
    assert usager(_demande(monde, 3), "autre@exemple.fr").get(letter).status_code == 404
    with monde.voir():
        held = Proposition.objects.get(pk=offer.pk)
    assert (held.repondu_par, held.canal, held.saisi_par) == (
        "demandeur",
        "ecran",
        str(compte("nadia@exemple.fr").pk),
    )
    assert "Le bailleur vous appelle" in texte(client.get(done["Location"]))
    again = client.post(url, {"sens": "non", "motif": "loyer", "confirme": "oui"})
    assert again.status_code == 409  # an answer is given once
    assert _etat(monde, offer) == "acceptee"


def test_un_refus_dit_pourquoi_et_passe_au_rang_suivant(monde: Monde, le: Callable[[dt.date], None]) -> None:
    offer = _offre(monde)
    le(AU)
    client = usager(_demande(monde))
    url = f"/ma-demande/propositions/{offer.pk}/"
    for given in ({"sens": "non"}, {"sens": "peut-être"}, {}, {"sens": "non", "motif": "x"}):
        assert client.post(url, given | {"confirme": "oui"}).status_code == 422
    assert _etat(monde, offer) == "en_cours"
    assert client.post(url, {"sens": "non", "motif": "loyer", "confirme": "oui"}).status_code == 302
    with monde.voir():
        assert Proposition.objects.get(pk=offer.pk).motif_refus == "loyer"
        following = Proposition.objects.exclude(pk=offer.pk).get()
        assert EvenementDemande.objects.filter(evenement_type="offre_refusee", evenement_date=AU).count() == 1
    le(AU)
    second = usager(_demande(monde, 1), "second@exemple.fr")
    assert f"/ma-demande/propositions/{following.pk}/" in texte(second.get("/ma-demande/"))


def test_apres_le_dernier_jour_la_reponse_est_refusee(monde: Monde, le: Callable[[dt.date], None]) -> None:
    offer = _offre(monde)
    client = usager(_demande(monde))
    le(LAST)
    assert '<span class="nombre-grand">0</span>' in texte(client.get("/ma-demande/"))
    le(LAST + dt.timedelta(days=1))
    assert "Le délai a fini" in texte(client.get("/ma-demande/"))
    answer = client.post(f"/ma-demande/propositions/{offer.pk}/", {"sens": "oui", "confirme": "oui"})
    assert answer.status_code == 409
    assert "Le dernier jour est passé : la loi compte un refus." in texte(answer)
    assert _etat(monde, offer) == "en_cours"


def test_la_decision_dit_les_raisons_et_les_recours(monde: Monde, le: Callable[[dt.date], None]) -> None:
    from palier.web.apps.attributions.operations import suites

    point = monde.decide(rangs=2)
    files = monde.candidatures(point)
    refused = files[monde.numeros[2]]
    decision = next(d for d in monde.decisions(point) if d.candidature_id == refused.pk)
    suites.notifier(acteur=monde.agent, decision=decision.pk, remise_le=SENT, preuve="AR 1")
    le(AU)
    client = usager(_demande(monde, 2))
    page = texte(client.get(f"/ma-demande/candidatures/{refused.pk}/"))
    assert "La commission n'a pas retenu votre dossier pour ce logement." in page
    assert "Une dette envers ce bailleur" in page
    assert "jeudi 11 février 2027" in page
    easy = texte(client.get(f"/ma-demande/candidatures/{refused.pk}/facile/"))
    assert "La commission a choisi un autre dossier." in easy
    assert "Retirer ma candidature" not in page  # it is over
    assert "Non attribué" in texte(client.get("/ma-demande/candidatures/"))


def test_une_candidature_se_retire(monde: Monde, le: Callable[[dt.date], None]) -> None:
    point = monde.decide()
    held = monde.candidatures(point)[monde.numeros[0]]
    le(AU)
    client = usager(_demande(monde))
    url = f"/ma-demande/candidatures/{held.pk}/"
    assert client.post(url).status_code == 422
    assert client.post(url, {"sur": "oui"}).status_code == 302
    assert _etat(monde, held) == "retiree"
    assert client.post(url, {"sur": "oui"}).status_code == 409


# --- by a mandate ---


def _mandat(demande: Demande, *portees: str, au: dt.date, du: dt.date | None = None) -> Mandat:
    owner = Dossier(demande, compte("nadia@exemple.fr"))
    return operations.donner(
        dossier=owner, nom="Toit pour tous", courriel="aide@exemple.fr", portees=portees or ("lire",),
        du=du or AU, au=au, langue="fr", maintenant=maintenant(),
    )  # fmt: skip


def test_un_accompagnant_repond_pour_la_personne_et_elle_le_sait(
    monde: Monde, le: Callable[[dt.date], None]
) -> None:
    offer = _offre(monde)
    le(AU)
    usager(_demande(monde))
    held = _mandat(_demande(monde), "repondre", au=dt.date(2027, 6, 30))
    poste()
    adviser = entre(compte("aide@exemple.fr"))
    assert "Nadia Quivernois" in texte(adviser.get("/ma-demande/mandats/"))
    assert "Vous agissez pour Nadia" in texte(adviser.get(f"/ma-demande/pour/{held.pk}/"))
    url = f"/ma-demande/pour/{held.pk}/propositions/{offer.pk}/"
    assert adviser.post(url, {"sens": "oui", "confirme": "oui"}).status_code == 302
    with monde.voir():
        row = Proposition.objects.get(pk=offer.pk)
    assert (row.etat, row.repondu_par) == ("acceptee", "accompagnant")
    assert Evenement.objects.filter(verbe="mandat.agir", motif=f"mandat {held.pk}").exists()
    assert [m.to for m in poste()] == [["nadia@exemple.fr"]]


def test_un_accompagnant_sans_cette_portee_ne_repond_pas(monde: Monde, le: Callable[[dt.date], None]) -> None:
    """Bad input 40: it is said, and nothing is written."""
    offer = _offre(monde)
    le(AU)
    usager(_demande(monde))
    held = _mandat(_demande(monde), "deposer", au=dt.date(2027, 6, 30))
    adviser = entre(compte("aide@exemple.fr"))
    url = f"/ma-demande/pour/{held.pk}/"
    answer = adviser.post(f"{url}propositions/{offer.pk}/", {"sens": "oui", "confirme": "oui"})
    assert answer.status_code == 409
    assert "mandat" in texte(answer)
    with monde.voir():
        file = Candidature.objects.get(propositions=offer)
    assert adviser.post(f"{url}candidatures/{file.pk}/", {"sur": "oui"}).status_code == 403
    assert (_etat(monde, offer), _etat(monde, file)) == ("en_cours", "offre_envoyee")


def test_un_mandat_fini_ou_arrete_repond_404_et_le_dit(
    simple: Demande, le: Callable[[dt.date], None]
) -> None:
    """PLA-O46."""
    client = usager(simple)
    held = _mandat(simple, "lire", du=AU, au=dt.date(2027, 1, 10))
    adviser = entre(compte("aide@exemple.fr"))
    url = f"/ma-demande/pour/{held.pk}/"
    le(dt.date(2027, 1, 10))
    assert adviser.get(url).status_code == 200
    le(dt.date(2027, 1, 11))
    answer = adviser.get(url)
    assert answer.status_code == 404
    assert "Il allait jusqu'au 10 janvier 2027." in texte(answer)
    assert Evenement.objects.filter(verbe="acces.refuser", objet_type="mandat").count() == 1
    assert "Nadia" not in texte(adviser.get("/ma-demande/mandats/"))
    le(AU)
    stranger = entre(compte("autre@exemple.fr")).get(url)
    assert stranger.status_code == 404
    assert "Votre mandat" not in texte(stranger)
    assert client.post(f"/ma-demande/accompagnant/{held.pk}/arreter/").status_code == 302
    assert adviser.get(url).status_code == 404
    assert "La personne l'a arrêté" in texte(adviser.get(url))


def test_un_accompagnant_ne_lit_ni_la_classe_4_ni_les_pages_de_la_personne(simple: Demande) -> None:
    client = usager(simple)
    held = _mandat(simple, "lire", du=aujourdhui(), au=aujourdhui() + dt.timedelta(days=30))
    adviser = entre(compte("aide@exemple.fr"))
    page = texte(adviser.get(f"/ma-demande/pour/{held.pk}/demande/"))
    assert "Mon foyer" in page
    assert "Ce que peu de personnes lisent" not in page
    assert "Ce que peu de personnes lisent" in texte(client.get("/ma-demande/demande/"))
    assert (
        Evenement.objects.filter(verbe="demande.lire", acteur=str(compte("aide@exemple.fr").pk)).count() == 1
    )
    for closed in ("droits/", "accompagnant/", "demande/corriger/", "droits/export/"):
        assert adviser.get(f"/ma-demande/pour/{held.pk}/{closed}").status_code == 404


def test_donner_un_mandat_dit_tout_ce_qui_manque(simple: Demande) -> None:
    client = usager(simple)
    url = "/ma-demande/accompagnant/"
    good = {"nom": "Toit pour tous", "courriel": "aide@exemple.fr", "portees": ["lire", "deposer"],
            "au": (aujourdhui() + dt.timedelta(days=60)).strftime("%d/%m/%Y")}  # fmt: skip
    assert "4 réponses à corriger" in texte(client.post(url, {}))
    for change in ({"au": "01/01/2020"}, {"au": "31/12/2099"}, {"portees": ["decider"]}, {"courriel": "x"}):
        assert client.post(url, good | change).status_code == 422
    with perimetre(demandes=[simple.pk]):
        assert Mandat.objects.count() == 0
    assert client.post(url, good).status_code == 302
    assert poste()[-1].to == ["aide@exemple.fr"]
    assert "Nadia" not in mail.outbox[-1].body + mail.outbox[-1].subject
    assert "Toit pour tous" in texte(client.get(url))


# --- the request ---


def test_ce_qui_se_corrige_en_ligne_est_trace(simple: Demande) -> None:
    client = usager(simple)
    url = "/ma-demande/demande/corriger/"
    page = texte(client.get(url))
    assert 'value="nadia@exemple.fr"' in page
    place = (simple.localisations or ["67482"])[0]
    given = {
        "typologies": ["t2", "t3"], "localisations": [place], "ascenseur": "oui", "courriel": "n2@exemple.fr",
        "telephone": "06 00 00 00 00", "adresse": "3 rue du Port\r\n67000 Strasbourg",
        "situation": "J'ai un nouveau travail.",
    }  # fmt: skip
    wrong = client.post(url, {"courriel": "n2", "telephone": "abc", "adresse": "x" * 80})
    assert wrong.status_code == 422
    assert "5 réponses à corriger" in texte(wrong)
    assert 'value="n2"' in texte(wrong)
    assert client.post(url, given | {"localisations": ["13055"]}).status_code == 422
    assert not Evenement.objects.filter(verbe="demande.corriger").exists()
    assert client.post(url, given).status_code == 302
    with perimetre(demandes=[simple.pk]):
        held, reached = Demande.objects.get(), Coordonnees.objects.get()
        assert Ecrit.objects.get().texte == "J'ai un nouveau travail."
    bit = colonne("typologies").bit
    assert (vars(held)["typologies"], vars(held)["ascenseur"]) == (bit("t2") | bit("t3"), True)
    assert (reached.courriel, reached.adresse) == ("n2@exemple.fr", ["3 rue du Port", "67000 Strasbourg"])
    line = Evenement.objects.get(verbe="demande.corriger")
    assert {"typologies", "ascenseur", "courriel", "adresse"} <= set(line.champs)
    assert client.post(url, given | {"situation": ""}).status_code == 302
    assert Evenement.objects.filter(verbe="demande.corriger").count() == 1  # nothing changed: nothing said


def test_renouveler_puis_renoncer(simple: Demande) -> None:
    client = usager(simple)
    with perimetre(organismes=simple.organismes):
        Demande.objects.filter(pk=simple.pk).update(
            statut="active", motif_radiation=None, radiee_le=None,
            expire_le=aujourdhui() + dt.timedelta(days=20), date_depot_initial=dt.date(2024, 1, 1),
            date_renouvellement=None,
        )  # fmt: skip
    assert "Renouveler ma demande" in texte(client.get("/ma-demande/"))
    assert client.post("/ma-demande/demande/renouveler/").status_code == 302
    with perimetre(demandes=[simple.pk]):
        assert Demande.objects.get().expire_le > aujourdhui() + dt.timedelta(days=300)
    url = "/ma-demande/demande/renoncer/"
    assert client.post(url).status_code == 422
    assert client.post(url, {"sur": "on"}).status_code == 302
    with perimetre(demandes=[simple.pk]):
        held, written = Demande.objects.get(), Ecrit.objects.get()
    assert (held.statut, held.motif_radiation, written.genre) == ("radiee", "renoncement", "renoncement")
    assert "Votre demande est close" in texte(client.get("/ma-demande/"))
    assert client.post(url, {"sur": "on"}).status_code == 422
    assert client.post("/ma-demande/demande/renouveler/").status_code == 409


def test_une_piece_se_depose_et_se_relit(simple: Demande, communes: None) -> None:
    del communes
    client = usager(simple)
    url = "/ma-demande/pieces/"
    assert client.get(url).status_code == 200
    from django.core.files.uploadedfile import SimpleUploadedFile

    for name, content, kind in (
        ("a.txt", b"bonjour", 422), ("a.pdf", b"%PDF-1.7 /JavaScript (x)", 422), ("a.jpg", b"", 422),
    ):  # fmt: skip
        sent = SimpleUploadedFile(name, content)
        assert client.post(url, {"fait": "logement_mode", "fichier": sent}).status_code == kind, name
    with perimetre(demandes=[simple.pk], lecteur=True):
        before = Piece.objects.count()
    facts = list(colonne("verifie_piece").codes)
    sent = SimpleUploadedFile("moi.jpg", dessin(300, 200))
    assert client.post(url, {"fait": facts[0], "fichier": sent}).status_code == 302
    with perimetre(demandes=[simple.pk], lecteur=True):
        assert Piece.objects.count() >= before
        file = Piece.objects.get(fait=facts[0], niveau="piece").fichiers.get()
    got = client.get(f"{url}{file.pk}/")
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got.content[:2] == b"\xff\xd8"
    other = creer_organisme()
    charge([other], "200046977", invente(graine=2).demandes.head(1))
    stranger = usager(une(other), "autre@exemple.fr")
    assert stranger.get(f"{url}{file.pk}/").status_code == 404


def test_les_droits_qui_m_a_lue_l_export_et_l_ecrit(simple: Demande) -> None:
    from palier.web.apps.journal.operations import inscrire

    owner = simple.organismes[0]
    inscrire(acteur="agent", verbe="demande.lire", objet_type="demande", objet_id=simple.pk, organisme=owner)
    inscrire(acteur="agent", verbe="demande.lire", objet_type="demande", objet_id="autre", organisme=owner)
    client = usager(simple)
    owner_name = Organisme.objects.get(pk=owner).nom
    page = texte(client.get("/ma-demande/droits/"))
    assert page.count(owner_name) == 1
    data = json.loads(client.get("/ma-demande/droits/export/").content)
    assert data["demande"]["numero_unique"] == simple.numero_unique
    assert data["coordonnees"]["courriel"] == "nadia@exemple.fr"
    assert {"reserve", "montants", "candidatures", "lectures", "actes"} <= set(data)
    with perimetre(organismes=simple.organismes):
        income = Argent.objects.get(pk=simple.pk)
    assert data["montants"]["loyer_cent"] == vars(income)["loyer_cent"]
    assert simple.numero_unique in texte(client.get("/ma-demande/droits/export/?format=page"))
    url = "/ma-demande/droits/ecrire/"
    assert "2 réponses à corriger" in texte(client.post(url, {}))
    assert client.post(url, {"genre": "opposition", "texte": "Pas de statistiques."}).status_code == 302
    assert "Pas de statistiques." in texte(client.get("/ma-demande/droits/"))


# --- who sees what ---


def _pages(objets: dict[str, Any]) -> list[str]:
    """Every address of a request, with objects of that request."""
    found = []
    for pattern in urlpatterns:
        names = set(pattern.pattern.converters)
        if "mandat" in names or str(pattern.name) in _LIBRES:
            continue
        given = {"identifiant": objets.get(str(pattern.name).partition("_")[0])} if names else None
        found.append(reverse(f"espace:{pattern.name}", kwargs=given))
    return found


_LIBRES = {"entrer", "code", "sortir", "rattacher", "rattacher_code", "mandats", "facile", "revoquer"}


def test_chaque_page_hors_de_portee_repond_404(monde: Monde, le: Callable[[dt.date], None]) -> None:
    """Built from the addresses: nobody, somebody else, an adviser of somebody else."""
    offer = _offre(monde)
    le(AU)
    owner = _demande(monde)
    usager(owner)
    held = _mandat(owner, "lire", au=dt.date(2027, 6, 30))
    with monde.voir():
        file = Candidature.objects.get(propositions=offer)
        letter = Courrier.objects.filter(demande=owner).first()
    assert letter is not None
    objects = {"candidature": file.pk, "proposition": offer.pk, "fichier": offer.pk, "lettre": letter.pk}
    pages = _pages(objects)
    assert len(pages) > 15
    other = usager(_demande(monde, 3), "autre@exemple.fr")
    mine = entre(compte("nadia@exemple.fr"))
    for page in pages:
        assert Client().get(page)["Location"].startswith("/ma-demande/entrer/"), page
        named = any(str(pk) in page for pk in objects.values())
        assert other.get(page).status_code == (404 if named else 200), page
        inside = 404 if "/pieces/0" in page else 200  # an offer is no file
        assert mine.get(page).status_code == inside, page
    for pattern in urlpatterns:
        if "mandat" not in pattern.pattern.converters:
            continue
        kind = str(pattern.name).removeprefix("pour_").partition("_")[0]
        given = {"identifiant": objects[kind]} if "identifiant" in pattern.pattern.converters else {}
        page = reverse(f"espace:{pattern.name}", kwargs={"mandat": held.pk, **given})
        assert other.get(page).status_code == 404, page
        assert entre(compte("aide@exemple.fr")).get(page).status_code == 200, page


@pytest.mark.parametrize("langue", ["en", "ar", "pt"])
def test_les_pages_existent_dans_chaque_langue(simple: Demande, langue: str) -> None:
    client = usager(simple)
    for page in ("", "demande/", "points/", "droits/", "facile/", "accompagnant/"):
        answer = client.get(f"/{langue}/ma-demande/{page}")
        assert answer.status_code == 200
        assert f'lang="{langue}"' in texte(answer)
