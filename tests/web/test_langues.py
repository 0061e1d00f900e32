"""Languages of the site: nothing left in French, plural forms, and pages that say their language."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import translation
from django.utils.translation import ngettext

from palier.web.apps.public import urls
from palier.web.components.dates import ecrire_date
from palier.web.components.textes import enumerer, isoler
from palier.web.contexte import A_RELIRE
from palier.web.middleware.langue import LANGUES_AGENTS
from tools.traductions import catalogues, verification
from tools.traductions.catalogues import ENTIERES, LANGUES, Traduction
from tools.traductions.extraction import Message, read_messages

TEXTES = read_messages()
PAGES = sorted(
    p.name
    for p in urls.urlpatterns
    if isinstance(p, URLPattern) and p.name and not p.pattern.converters and p.name != "boite"
)
CODES = [code for code, _nom in settings.LANGUAGES]


def test_rien_ne_manque() -> None:
    assert verification.faults(TEXTES) == []


def test_les_pages_ouvertes_sont_dans_toutes_les_langues() -> None:
    assert {*LANGUES, "fr"} == set(CODES)
    assert set(LANGUES_AGENTS) == ENTIERES | {"fr"}
    for langue in LANGUES:
        wanted = catalogues.wanted(langue, TEXTES)
        assert {t for t, m in TEXTES.items() if m.public and not m.registre} <= set(wanted)
    assert len(catalogues.wanted("en", TEXTES)) > len(catalogues.wanted("pt", TEXTES))


FAUX = [
    ("en", Message("Voir %(n)s"), None, "manque"),
    ("en", Message("Voir"), Traduction(("See",), floue=True), "à relire (fuzzy)"),
    ("en", Message("Voir %(n)s"), Traduction(("See %(m)s",)), "marques ['%(m)s'] au lieu de ['%(n)s']"),
    ("en", Message("<b>Voir</b>"), Traduction(("See",)), "marques [] au lieu de ['</b>', '<b>']"),
    ("en", Message("10 %%"), Traduction(("10",)), "marques [] au lieu de ['%%']"),
    ("pt", Message("Où ?"), Traduction(("Onde\u202f?",)), "espace française dans 'Onde\\u202f?'"),
    ("pt", Message("Où"), Traduction(("« Onde »",)), "espace française dans '« Onde »'"),
    ("en", Message("Voir la page"), Traduction(("Voir la page",)), "laissé en français"),
    ("ar", Message("un", "des"), Traduction(("a", "b")), "6 formes attendues"),
    ("en", Message("%(n)s a %(x)s", "%(n)s as %(x)s"), Traduction(("a", "%(n)s b %(x)s")), "marques []"),
]


@pytest.mark.parametrize(("langue", "message", "traduction", "attendu"), FAUX)
def test_une_faute_est_vue(
    langue: str, message: Message, traduction: Traduction | None, attendu: str
) -> None:
    found = verification.faults_of(langue, message, traduction)
    assert any(fault.startswith(attendu) for fault in found), found


def test_un_singulier_peut_taire_son_nombre() -> None:
    message = Message("%(n)s offre", "%(n)s offres")
    forms = Traduction(("لا", "واحد", "اثنان", "%(n)s", "%(n)s", "%(n)s"))
    assert verification.faults_of("ar", message, forms) == []


def test_les_six_formes_de_l_arabe() -> None:
    with translation.override("ar"):
        found = [
            ngettext("%(n)s offre en ligne", "%(n)s offres en ligne", n)
            for n in (0, 1, 2, 3, 10, 11, 99, 100, 103)
        ]
    assert found == [
        catalogues.read("ar")["%(n)s offre en ligne"].formes[i] for i in (0, 1, 2, 3, 3, 4, 4, 5, 3)
    ]


def test_les_phrases_faciles_restent_courtes() -> None:
    easy = [t for t, m in TEXTES.items() if any(p.endswith("presentation/facile.py") for p in m.lieux)]
    assert easy
    for langue in ("en", "pt"):
        words = catalogues.read(langue)
        long = [words[t].formes[0] for t in easy if len(words[t].formes[0].split()) > 12]
        assert long == []


def test_compiler_suit_la_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "WEB", tmp_path)
    catalogues.write("pt", {"Voir": Message("Voir", public=True)}, {"Voir": Traduction(("Ver",))})
    assert catalogues.compile_stale() == ["pt"]
    assert catalogues.compile_stale() == []
    later = catalogues.path_of("pt", "mo").stat().st_mtime + 5
    os.utime(catalogues.path_of("pt"), (later, later))
    assert catalogues.compile_stale() == ["pt"]
    assert catalogues.read("pt")["Voir"].formes == ("Ver",)


JOUR = dt.date(2026, 3, 12)
DATES = [
    ("fr", "longue", "jeudi 12 mars 2026"),
    ("en", "longue", "Thursday 12 March 2026"),
    ("ar", "longue", "الخميس 12 مارس 2026"),
    ("pt", "longue", "quinta-feira, 12 de março de 2026"),
    ("pt", "courante", "12 de março de 2026"),
    ("pt", "jour", "12 de março"),
    ("ar", "courante", "12 مارس 2026"),
]


@pytest.mark.parametrize(("langue", "genre", "attendu"), DATES)
def test_date(langue: str, genre: str, attendu: str) -> None:
    with translation.override(langue):
        assert ecrire_date(JOUR, genre) == attendu


def test_listes_et_adresses() -> None:
    with translation.override("ar"):
        assert enumerer(["a", "b"]) == "a، b"
        assert isoler("12 rue du Port") == "\u206812 rue du Port\u2069"
        assert isoler("") == ""
    with translation.override("pt"):
        assert enumerer(["a", "b"]) == "a, b"
        assert isoler("12 rue du Port") == "12 rue du Port"


@pytest.mark.parametrize("langue", ["en", "ar", "pt"])
def test_les_mots_de_la_loi_restent_francais(langue: str) -> None:
    energie = {
        "excessive": "Logement à consommation énergétique excessive : classe F",
        "depense": "Montant estimé",
    }
    with translation.override(langue):
        page = render_to_string("public/offre_energie.html", {"energie": energie, "langue": langue})
    assert f'<p class="mention-energie" lang="fr">{energie["excessive"]}</p>' in page
    assert '<p lang="fr">Montant estimé.</p>' in page


@pytest.mark.django_db
@pytest.mark.parametrize("langue", CODES)
@pytest.mark.parametrize("nom", PAGES)
def test_page(client: Client, nom: str, langue: str) -> None:
    with translation.override(langue):
        address = reverse(f"public:{nom}")
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    head = re.search(r'<html lang="(\w+)" dir="(\w+)">', page)
    assert head
    assert head.groups() == (langue, "rtl" if langue == "ar" else "ltr")
    found = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page))
    assert set(found) == {*CODES, "x-default"}
    assert found["x-default"] == found["fr"]
    assert found[langue].endswith(address)
    assert ("note-langue" in page) == (langue in A_RELIRE)
    assert answer.cookies.get("django_language") is None


@pytest.mark.django_db
@pytest.mark.parametrize("langue", ["ar", "pt"])
def test_les_pages_des_agents_disent_qu_elles_sont_en_francais(client: Client, langue: str) -> None:
    with translation.override(langue):
        address = reverse("account_login")
    assert address.startswith(f"/{langue}/")
    page = client.get(address).content.decode()
    assert '<html lang="fr" dir="ltr">' in page
    assert "Entrer dans l’espace professionnel" in page
    assert f'<p class="container" lang="{langue}"' in page


def test_zero_est_singulier_en_francais() -> None:
    from django.utils import translation

    with translation.override("fr"):
        text = translation.ngettext("%(n)s offre en ligne", "%(n)s offres en ligne", 0) % {"n": 0}
    assert text == "0 offre en ligne"
