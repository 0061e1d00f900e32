"""Template tags: dates by language, links below the language, icons, fields, files of the build."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from palier.web.components import actifs, liens
from palier.web.components.accent import feuille_accent
from palier.web.components.etats import ETATS
from palier.web.components.exemples import contexte
from palier.web.components.pieces import Etat
from tests.conftest import RACINE

ICONES = {
    name
    for names in json.loads(
        (RACINE / "src/palier/web/components/icones.json").read_text(encoding="utf-8")
    ).values()
    for name in names
}
GABARITS = sorted((RACINE / "src/palier/web").rglob("templates/**/*.html"))


def _render(text: str, langue: str = "fr", **context: Any) -> str:
    with translation.override(langue):
        return Template("{% load i18n palier %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("filtre", "langue", "valeur", "attendu"),
    [
        ("date_longue", "fr", date(2026, 3, 12), "jeudi 12\u00a0mars 2026"),
        ("date_longue", "fr", date(2026, 3, 1), "dimanche 1er\u00a0mars 2026"),
        ("date_courante", "fr", date(2026, 8, 1), "1er\u00a0août 2026"),
        ("jour", "fr", date(2026, 2, 21), "21\u00a0février"),
        ("date_longue", "en", date(2026, 3, 1), "Sunday 1 March 2026"),
        ("date_courante", "pt", date(2026, 3, 12), "12 de março de 2026"),
        ("date_machine", "fr", date(2026, 3, 12), "2026-03-12"),
        # An instant is read in Paris: it is already the next day there.
        ("date_courante", "fr", datetime(2026, 3, 11, 23, 30, tzinfo=UTC), "12\u00a0mars 2026"),
        ("date_courante", "fr", None, ""),
        ("montant", "fr", 50_880, "508,80\u00a0€"),
        ("montant", "fr", None, ""),
        ("nombre", "fr", None, ""),
    ],
)
def test_filtre(filtre: str, langue: str, valeur: Any, attendu: str) -> None:
    assert _render("{{ v|" + filtre + " }}", langue, v=valeur) == attendu


@pytest.mark.parametrize(
    ("langue", "chemin", "attendu"),
    [("fr", "/offres", "/offres"), ("en", "/offres", "/en/offres"), ("ar", "/", "/ar/")],
)
def test_adresse(langue: str, chemin: str, attendu: str) -> None:
    assert _render("{% adresse c %}", langue, c=chemin) == attendu


@pytest.mark.parametrize(
    ("chemin", "courant"),
    [
        ("/offres", "page"),
        ("/en/offres", "page"),
        ("/offres/0190", "true"),
        ("/carte", "true"),
        ("/offres-proches", ""),
        ("/comprendre/cotation/246700488", ""),
        ("/", ""),
    ],
)
def test_rubrique_courante(chemin: str, courant: str) -> None:
    assert liens.couvre(liens.NAVIGATION[0], chemin) == courant


def test_une_date_dans_une_phrase_garde_son_exposant() -> None:
    found = _render(
        "{% typographie %}<p>libre le {{ d|date_courante }}</p>{% endtypographie %}", d=date(2026, 4, 1)
    )
    assert found == "<p>libre le 1<sup>er</sup>\u00a0avril 2026</p>"


def test_le_texte_donne_est_echappe() -> None:
    found = _render("{{ v|typo }}", v="<b>l'eau</b> ?")
    assert found == "&lt;b&gt;l’eau&lt;/b&gt;\u202f?"
    assert _render("{{ v|typo }}", "en", v="l'eau ?") == "l&#x27;eau ?"


@pytest.mark.parametrize("nom", sorted(ICONES))
def test_chaque_icone_est_dans_une_planche_construite(nom: str) -> None:
    sheet = actifs.DIST / actifs.chemin_actif(actifs.planche_icone(nom)).removeprefix("dist/")
    assert f'id="{nom}"' in sheet.read_text(encoding="utf-8"), "lancez « npm run build »"
    assert 'aria-hidden="true"' in _render("{% icone n %}", n=nom)


def test_une_icone_inconnue_est_refusee() -> None:
    with pytest.raises(LookupError, match="licorne"):
        _render('{% icone "licorne" %}')


@pytest.mark.parametrize("code", sorted(ETATS))
def test_un_etat_est_une_icone_et_un_mot(code: str) -> None:
    found = _render('{% include "components/etat.html" %}', etat=Etat(code, "Vérifié", ", le 9 janvier"))
    assert ETATS[code].icone in ICONES
    assert "<b>Vérifié</b>, le 9 janvier" in found


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda path: path.name)
def test_gabarit_sans_style_ni_script_en_ligne_et_icones_connues(gabarit: Any) -> None:
    text = gabarit.read_text(encoding="utf-8")
    assert not re.search(r'\sstyle\s*=|\son[a-z]+\s*=\s*["\']', text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", text)
    assert set(re.findall(r'{% icone "([a-z-]+)"', text)) <= ICONES


class _Essai(forms.Form):
    loyer = forms.IntegerField(label="Loyer", help_text="Par mois")
    nature = forms.ChoiceField(
        label="Nature", choices=[("a", "À louer"), ("b", "À acheter")], widget=forms.RadioSelect
    )
    accord = forms.BooleanField(label="Accord")


def test_un_champ_en_erreur_garde_la_saisie_et_dit_sa_faute() -> None:
    form = _Essai({"loyer": "six cents"})
    found = _render('{% champ form.loyer "€" %}', form=form)
    assert 'value="six cents"' in found
    assert 'type="text"' in found
    assert 'inputmode="numeric"' in found
    assert 'aria-invalid="true"' in found
    described = re.search(r'aria-describedby="([^"]+)"', found)
    assert described
    assert all(f'id="{name}"' in found for name in described[1].split())


def test_un_groupe_de_choix_a_une_legende_et_dit_sa_faute() -> None:
    found = _render("{% champ form.nature %}", form=_Essai({}))
    assert "<fieldset" in found
    assert "<legend>Nature</legend>" in found
    assert found.count('type="radio"') == 2
    described = re.search(r'aria-describedby="([^"]+)"', found)
    assert described
    assert f'id="{described[1]}"' in found


def test_le_resume_mene_a_chaque_champ() -> None:
    form = _Essai({"loyer": "six cents"})
    found = _render('{% include "components/resume_erreurs.html" %}', form=form)
    assert found.count('<li><a href="#id_') == 3
    assert "3 réponses à corriger" in found
    assert _render('{% include "components/resume_erreurs.html" %}', form=_Essai()).strip() == ""


@pytest.mark.parametrize("langue", ["fr", "en", "ar", "pt"])
def test_la_planche_n_a_pas_deux_fois_le_meme_identifiant(langue: str) -> None:
    from django.template.loader import render_to_string

    with translation.override(langue):
        page = render_to_string("composants.html", contexte(), RequestFactory().get("/composants"))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


def test_l_accent_de_l_operateur_a_trois_tons() -> None:
    assert (
        feuille_accent("#0b5a5e") == ":root{--accent:#0b5a5e;--accent-fonce:#073d40;--accent-clair:#e4eded}\n"
    )


def test_le_site_reste_lisible_avant_toute_construction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actifs, "manifeste", dict)
    assert actifs.chemin_actif("site.css") == "dist/site.css"
