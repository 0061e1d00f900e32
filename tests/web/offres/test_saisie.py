"""One offer by hand: the same rules as every door, all faults at once, nothing lost of what was typed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from palier.tables import schema
from palier.web.apps.offres.models import Offre
from palier.web.apps.offres.operations import ecriture
from palier.web.apps.offres.queries.communes import read_commune
from palier.web.apps.offres.queries.contexte import contexte_du
from palier.web.apps.offres.rules import NATURES, read_saisies
from palier.web.apps.offres.rules.formulaire import HORS_PAGE, gather, groups_of, is_required, title_of, write
from palier.web.apps.offres.rules.saisie import CHAMPS
from palier.web.apps.organismes.models import Organisme
from tests.cases.offres.outils import bases
from tests.cases.offres.outils import contexte as contexte_inventes
from tests.web.offres.outils import AU, BONNE, MAINTENANT, SIREN, bailleur, json_de
from tests.web.offres.test_lots import envoie, plusieurs
from tests.web.offres.test_pages import agent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
CREER = "/agents/offres/creer/location/"
EN_EUROS = {"loyer_logement_cent": "412,50", "charges_logement_cent": "95", "depot_garantie_cent": "412.50",
            "depense_min_cent": "820", "depense_max_cent": "1 150"}  # fmt: skip


def reponses(**change: str) -> dict[str, str]:
    """What an agent types for the good offer: euros, a commune by its name."""
    asked = {nom for groupe in groups_of("location") for nom in groupe.champs}
    typed = {nom: value for nom, value in BONNE.items() if nom in asked}
    typed |= EN_EUROS | {"commune_code": "Strasbourg (67482)", "dpe_classe": "c", "ges_classe": "b"}
    return typed | change


@pytest.fixture
def owner() -> Organisme:
    return bailleur()


@pytest.fixture
def poste(owner: Organisme, client: Client) -> Client:
    return agent(owner, client)


# --- The questions ----------------------------------------------------------------------------------------


def test_tout_ce_qu_un_bailleur_peut_dire_est_demande_quelque_part() -> None:
    asked = {nom for nature in NATURES for groupe in groups_of(nature) for nom in groupe.champs}
    assert set(CHAMPS) - asked == HORS_PAGE


@pytest.mark.parametrize("nature", NATURES)
def test_ce_qui_est_necessaire_est_demande(nature: str) -> None:
    asked = [nom for groupe in groups_of(nature) for nom in groupe.champs]
    assert len(asked) == len(set(asked))
    assert {nom for nom in CHAMPS if is_required(nom, nature)} - HORS_PAGE <= set(asked)
    folded = {nom for groupe in groups_of(nature) if groupe.replie for nom in groupe.champs}
    assert not any(is_required(nom, nature) for nom in folded)


@pytest.mark.parametrize("nom", list(bases()))
def test_une_offre_ecrite_puis_relue_est_la_meme(nom: str) -> None:
    """Whatever the nature: values of the registry, written as a person would, are read back as they were."""
    contexte = contexte_inventes()
    first = read_saisies([bases()[nom]], contexte)
    (line,) = first.lignes
    given = {k: v for k, v in line.offre.to_dict().items() if v is not None}
    again = read_saisies(
        [gather({k: write(k, v) for k, v in given.items()}, given["nature"], given)], contexte
    )
    assert [line.offre for line in again.lignes] == [line.offre for line in first.lignes]


def test_chaque_titre_designe_une_seule_colonne() -> None:
    from palier.formats.entetes import key, titles_of

    known = titles_of("offres")
    for colonne in schema("offres").colonnes:
        assert list(known[key(title_of(colonne))]) == [colonne.nom]


# --- A new offer ------------------------------------------------------------------------------------------


def test_une_offre_se_depose_a_la_main_comme_par_l_api(poste: Client, owner: Organisme) -> None:
    page = poste.get("/agents/offres/creer/").content.decode()
    for nature in NATURES:
        assert f"/agents/offres/creer/{nature}/" in page
        assert poste.get(f"/agents/offres/creer/{nature}/").status_code == 200
    answer = poste.post(CREER, reponses())
    assert answer.status_code == 302, re.findall(r"erreur-champ.*?</p>", answer.content.decode())
    made = Offre.objects.get()
    assert (made.statut, made.source, made.version, made.organisme) == ("publiee", "page", 1, owner)
    contexte = contexte_du(AU, SIREN)
    pushed = read_saisies([json_de(reference_bailleur="LGT-1")], contexte).lignes[0].offre
    other = ecriture.values_of(owner, pushed, ecriture.situation_of(pushed.commune_code, AU))
    assert made.saisie == other["saisie"]
    shown = poste.get(answer["Location"]).content.decode()
    assert "est en ligne" in shown
    assert "412,50 € par mois" in shown.replace("\u202f", " ").replace("\u00a0", " ")


def test_une_offre_se_garde_sans_paraitre(poste: Client, client: Client) -> None:
    poste.post(CREER, reponses(suite="garder"))
    made = Offre.objects.get()
    assert (made.statut, made.publiee_le) == ("controlee", None)
    assert Client().get(f"/offres/{made.pk}").status_code == 404
    assert "Relire et mettre en ligne" in client.get(f"/agents/offres/{made.pk}/").content.decode()


def test_toutes_les_fautes_se_disent_et_rien_de_ce_qui_est_ecrit_ne_se_perd(poste: Client) -> None:
    typed = reponses(
        surface_m2="8", loyer_logement_cent="beaucoup", dpe_classe="", titre="T3 <b>clair</b>",
        description="Appelez M. Dupont au 06 12 34 56 78",
    )  # fmt: skip
    del typed["contact_telephone"]
    answer = poste.post(CREER, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Offre.objects.exists()
    for nom in ("surface_m2", "loyer_logement_cent", "titre", "description", "contact_telephone"):
        assert f'id="id_{nom}_error"' in page, nom
        assert f'href="#id_{nom}"' in page, nom
    assert "Cette réponse est nécessaire." in page
    assert 'value="beaucoup"' in page
    assert "T3 &lt;b&gt;clair&lt;/b&gt;" in page
    assert "resume-erreurs" in page


def test_une_reference_prise_n_est_jamais_ecrasee(poste: Client, owner: Organisme) -> None:
    poste.post(CREER, reponses())
    answer = poste.post(CREER, reponses(surface_m2="70"))
    assert answer.status_code == 422
    assert 'id="id_reference_bailleur_error"' in answer.content.decode()
    assert Offre.objects.get().surface_m2 == 64


def test_la_suivante_reprend_le_contact_de_la_derniere(poste: Client) -> None:
    assert "Service location" not in poste.get(CREER).content.decode()
    poste.post(CREER, reponses())
    page = poste.get("/agents/offres/creer/vente_hlm/").content.decode()
    assert 'value="Service location"' in page
    assert 'value="LGT-1"' not in page


def test_une_nature_inconnue_n_a_pas_de_page(poste: Client) -> None:
    assert poste.get("/agents/offres/creer/chateau/").status_code == 404


def test_en_anglais_les_questions_et_les_choix_le_sont(poste: Client) -> None:
    page = poste.get("/en/agents/offres/creer/location/").content.decode()
    assert "Rent of the home without charges" in page
    assert "non renseigné" not in page
    assert "facultatif" not in page


@pytest.mark.parametrize(
    ("ecrit", "code"),
    [
        ("67482", "67482"), ("Strasbourg (67482)", "67482"), ("  strasbourg  (67482) ", "67482"),
        ("Schiltigheim (67482)", ""), ("Nulle-Part", ""), ("", ""), ("99999", ""), ("x" * 500, ""),
    ],
)  # fmt: skip
def test_une_commune_se_lit_sans_jamais_se_deviner(ecrit: str, code: str) -> None:
    assert read_commune(ecrit, AU).code == code


# --- A change ---------------------------------------------------------------------------------------------


@pytest.fixture
def offre(owner: Organisme) -> Offre:
    envoie(owner, plusieurs(1))
    return Offre.objects.get()


def page_de(poste: Client, offre: Offre) -> dict[str, Any]:
    """What the form holds when it opens, as a browser would send it back."""
    form = poste.get(f"/agents/offres/{offre.pk}/modifier/").context["form"]
    values = {nom: form[nom].value() for nom in form.fields}
    return {nom: value for nom, value in values.items() if value not in (None, [])}


def test_rouvrir_et_enregistrer_ne_change_rien(poste: Client, offre: Offre) -> None:
    before = dict(offre.saisie)
    answer = poste.post(f"/agents/offres/{offre.pk}/modifier/", page_de(poste, offre))
    assert answer.status_code == 302, re.findall(r"erreur-champ.*?</p>", answer.content.decode())
    after = Offre.objects.get()
    assert (after.saisie, after.version) == (before, 1)
    assert after.confirmee_le is not None
    assert after.confirmee_le > MAINTENANT


def test_ce_que_la_page_ne_demande_pas_est_garde(poste: Client, offre: Offre) -> None:
    kept = offre.saisie | {"livraison_date": "2027-01-01"}
    Offre.objects.update(saisie=kept)
    body = page_de(poste, offre) | {"surface_m2": "66"}
    assert poste.post(f"/agents/offres/{offre.pk}/modifier/", body).status_code == 302
    after = Offre.objects.get()
    assert (after.surface_m2, after.version, after.saisie["livraison_date"]) == (66, 2, "2027-01-01")
    assert after.reference == offre.reference


@pytest.mark.parametrize("version", ["1", "", "x", "99999999", "²", "-1"])
def test_une_page_perimee_n_ecrase_pas_le_changement_d_un_autre(
    poste: Client, offre: Offre, version: str
) -> None:
    body = page_de(poste, offre) | {"version": version, "surface_m2": "70"}
    Offre.objects.update(version=2)
    answer = poste.post(f"/agents/offres/{offre.pk}/modifier/", body)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Relire l'offre telle qu'elle est maintenant" in page.replace("’", "'").replace("&#x27;", "'")
    assert 'value="70"' in page
    assert Offre.objects.get().surface_m2 == 64


def test_une_offre_retiree_revient_par_sa_page(poste: Client, offre: Offre) -> None:
    ecriture.retirer(acteur="essai", offre=offre, motif="annulee", maintenant=MAINTENANT, source="page")
    poste.post(f"/agents/offres/{offre.pk}/modifier/", page_de(poste, offre) | {"suite": "publier"})
    assert Offre.objects.get().statut == "publiee"


def test_toujours_disponible_en_un_geste(poste: Client, offre: Offre) -> None:
    Offre.objects.update(statut="a_confirmer")
    answer = poste.post("/agents/offres/confirmer/", {"offre": str(offre.pk), "page": "une"})
    assert answer["Location"] == f"/agents/offres/{offre.pk}/"
    assert Offre.objects.get().statut == "publiee"


def test_l_offre_d_un_autre_bailleur_ne_se_modifie_pas(client: Client, offre: Offre) -> None:
    agent(bailleur("552100554", "Autre"), client)
    path = f"/agents/offres/{offre.pk}/modifier/"
    assert (client.get(path).status_code, client.post(path, reponses()).status_code) == (404, 404)
    assert Offre.objects.get().version == 1
