"""Fill the database of a live site with a small seeded set.

``python -m tests.e2e.semis [vide | pannes | parcours | lettres]``

Everything is invented. What the pages of the table need (identifiers, signed links, cookies of sessions) is
written as JSON on the standard output.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palier.web.settings")
django.setup()

import polars as pl  # noqa: E402 - Django is ready first
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from procrastinate.contrib.django import app  # noqa: E402

from palier.synthetic import generate_territoire  # noqa: E402
from palier.synthetic.offres import generate_offres  # noqa: E402
from palier.web.apps.attributions.models import Courrier  # noqa: E402
from palier.web.apps.attributions.operations import lettres as courriers  # noqa: E402
from palier.web.apps.attributions.operations import suites  # noqa: E402
from palier.web.apps.comptes import jetons  # noqa: E402
from palier.web.apps.comptes.models import Utilisateur  # noqa: E402
from palier.web.apps.demandes.models import Demande  # noqa: E402
from palier.web.apps.demandes.operations.pieces import deposer_piece  # noqa: E402
from palier.web.apps.demandes.operations.suivi import juger_piece, nommer_lecteur  # noqa: E402
from palier.web.apps.espace.operations import mandats  # noqa: E402
from palier.web.apps.espace.queries.comptes import Dossier  # noqa: E402
from palier.web.apps.journal.models import Evenement, TetePubliee  # noqa: E402
from palier.web.apps.journal.operations import inscrire  # noqa: E402
from palier.web.apps.offres.models import MotifRetrait, Offre  # noqa: E402
from palier.web.apps.offres.operations import ecriture, lots, photos  # noqa: E402
from palier.web.apps.offres.operations.photos import Envoi  # noqa: E402
from palier.web.apps.offres.queries.contexte import contexte_du, parametres  # noqa: E402
from palier.web.apps.organismes.models import CleApi, Organisme  # noqa: E402
from palier.web.apps.organismes.operations import creer_cle  # noqa: E402
from palier.web.apps.public.operations import alertes, publications  # noqa: E402
from palier.web.apps.public.queries.alertes import SEL_CONFIRMER, SEL_VOIR, token  # noqa: E402
from palier.web.apps.territoires.models import Commune  # noqa: E402
from palier.web.apps.territoires.rules import index  # noqa: E402
from palier.web.exploitation import peuplement, schema  # noqa: E402
from palier.web.horloge import aujourdhui, maintenant  # noqa: E402
from palier.web.postgres.ecriture import copy_values  # noqa: E402
from palier.web.postgres.perimetre import perimetre  # noqa: E402
from palier.web.reglages.demonstration import SECRET_TOTP  # noqa: E402
from tests.web.attributions.outils import SENT, Monde  # noqa: E402
from tests.web.cotation.outils import adopte, cote  # noqa: E402
from tests.web.demandes.documents import pdf  # noqa: E402
from tests.web.demandes.outils import charge, invente, une  # noqa: E402
from tests.web.espace.outils import compte, entre, usager  # noqa: E402
from tests.web.offres.outils import SIREN, bailleur, csv_de, json_de, lieux, ligne  # noqa: E402
from tests.web.offres.photos import dessin  # noqa: E402
from tests.web.personnel import MOT_DE_PASSE, client_de, creer_agent, creer_organisme  # noqa: E402

NOMBRE, TIRES = 150, 420
COMMUNES = ("67482", "67447")
NATURES = ("location", "vente_hlm", "location_accession", "brs", "vefa_accession", "local_activite")
SESSION = "palier_session"


def places() -> None:
    """Two communes, and the index by which a person finds them."""
    lieux()
    fiches = [index._commune(row) for row in Commune.objects.values()]
    rows, texts = index.rows_of(fiches)
    copy_values("territoires_lieu", ("id", *index.LIEU), rows)
    copy_values("territoires_entree", index.ENTREE, texts)


def offers(au: dt.date) -> pl.DataFrame:
    """Offers of the two communes that are loaded, all natures."""
    made = generate_territoire(graine=1, au=au, taille=0.05)
    frame = generate_offres(1, au, made.logements, n=TIRES, lieux=peuplement.town_halls())
    near = frame.filter(pl.col("commune_code").is_in(COMMUNES))
    kept = pl.concat(
        [near.filter(pl.col("nature") != "location"), near.filter(pl.col("nature") == "location")]
    )
    return kept.head(NOMBRE)


def _session(client: Client, user: Utilisateur | None = None) -> str:
    """Key of a session; with the trace of a password later than any test, so that none is asked again."""
    session = client.session
    if user is not None:
        given = {"method": "password", "at": maintenant().timestamp() + 3_600, "email": user.courriel}
        session["account_authentication_methods"] = [given]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return str(client.cookies[SESSION].value)


def _code_pending(user: Utilisateur) -> str:
    """Session of a person who has given her password and not yet her code."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.courriel, "password": MOT_DE_PASSE})
    return str(client.cookies[SESSION].value)


def staff(owner: Organisme) -> tuple[dict[str, str], dict[str, str]]:
    """Accounts: cookies by role, and what addresses name."""
    empty = creer_organisme(nom="Bailleur sans offre")
    users = {
        "agent": creer_agent("agent_bailleur", owner),
        "admin": creer_agent("admin_bailleur", owner),
        "agent_vide": creer_agent("agent_bailleur", empty),
        "admin_vide": creer_agent("admin_bailleur", empty),
        "exploitant": creer_agent("exploitant"),
        "auditeur": creer_agent("auditeur"),
        "reservataire": creer_agent("reservataire_chef"),
        "reservataire_vide": creer_agent("reservataire"),
    }
    cookies = {role: _session(client_de(user), user) for role, user in users.items()}
    bare = creer_agent("agent_bailleur", owner, facteur=False)
    nobody = Utilisateur.objects.create(courriel="sans-fonction@exemple.fr", nom="Sans fonction")
    nobody.set_unusable_password()
    nobody.save()
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(nobody, SECRET_TOTP)
    cookies |= {
        "sans_facteur": _session(client_de(bare), bare),
        "sans_fonction": _session(client_de(nobody), nobody),
        "code": _code_pending(creer_agent("agent_bailleur", owner)),
    }
    rescue = creer_agent("agent_bailleur", owner)
    client = client_de(rescue)
    cookies["secours"] = _session(client, rescue)
    client.post(reverse("mfa_generate_recovery_codes"))
    guest = creer_agent("agent_bailleur", owner, facteur=False)
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    creer_cle(acteur="essai", organisme=owner, libelle="Progiciel", portees=["offres:lire"],
              expire_le=aujourdhui() + dt.timedelta(days=9))  # fmt: skip
    names = {
        "utilisateur": str(users["agent"].pk),
        "organisme": str(owner.pk),
        "cle": str(CleApi.objects.get(organisme=owner).pk),
        "invitation": jetons.invitation(guest),
        "uid": user_pk_to_url_str(guest),
        "motdepasse": default_token_generator.make_token(guest),
        "parcours_agent": creer_agent("agent_bailleur", owner).courriel,
    }
    return cookies, names


def _lot(owner: Organisme, lignes: list[dict[str, str]], **options: Any) -> str:
    """Send a file of offers; return its number."""
    now = maintenant()
    lot = lots.recevoir(acteur="essai", organisme=owner, contenu=csv_de(lignes), nom="offres.csv",
                        source="page", maintenant=now, **options)  # fmt: skip
    contexte = contexte_du(aujourdhui(), owner.siren)
    lots.traiter(acteur="essai", lot=lot, contexte=contexte, parametres=parametres(), maintenant=now)
    return str(lot.pk)


def landlord() -> tuple[Organisme, dict[str, str]]:
    """A landlord with a lot in each state, an offer on line, one withdrawn, one to confirm."""
    owner = bailleur()
    many = [ligne(reference_bailleur=f"L{i}", adresse=f"{i + 1} rue de la Douane") for i in range(12)]
    names = {
        "lot_applique": _lot(owner, many),
        "lot_retenu": _lot(owner, many[:2], complet=True),
        "lot_controle": _lot(owner, many[:1], essai=True),
        "lot_refuse": _lot(owner, [ligne(surface_m2="8", dpe_classe="H"), ligne(loyer_logement_cent="x")]),
    }
    received = lots.recevoir(acteur="essai", organisme=owner, contenu=csv_de(many), nom="attend.csv",
                             source="page", maintenant=maintenant())  # fmt: skip
    offer = Offre.objects.get(organisme=owner, reference="L0")
    gone = Offre.objects.get(organisme=owner, reference="L1")
    ecriture.retirer(acteur="essai", offre=gone, motif=MotifRetrait.POURVUE.value, maintenant=maintenant(),
                     source="page")  # fmt: skip
    for rank, words in enumerate(("Séjour, deux fenêtres sur la rue", "Cuisine", "Façade sur la rue")):
        picture = Envoi(dessin(1600, 1200 + 300 * rank, teinte=40 * rank), words, "photo.jpg")
        photos.ajouter(acteur="essai", offre=offer, envoi=picture, source="page")
    old = maintenant() - dt.timedelta(days=16)
    Offre.objects.filter(organisme=owner, reference="L2").update(
        confirmee_le=old, publiee_le=old, statut="a_confirmer"
    )
    return owner, names | {"lot_recu": str(received.pk), "mienne": str(offer.pk), "retiree": str(gone.pk)}


def requests(owner: Organisme) -> dict[str, str]:
    """Requests that a landlord manages, a reader of class 4 among its staff."""
    today = aujourdhui()
    charge([owner], au=today)
    adopte()
    for day in (today - dt.timedelta(days=40), today):
        cote(day)
    named = Utilisateur.objects.get(fonctions__organisme=owner, fonctions__role="admin_bailleur")
    nommer_lecteur(acteur="essai", utilisateur=named, organisme=owner, du=aujourdhui())
    live = une(owner, statut="active", localisations__len__gt=1)
    with perimetre(organismes=[owner.pk]):
        for fait in ("identite", "revenu_fiscal"):
            deposer_piece(acteur="essai", demande=live, fait=fait, contenu=pdf(), le=today,
                          maintenant=maintenant())  # fmt: skip
        juger_piece(acteur="essai", demande=live, fait="revenu_fiscal", niveau="piece", etat="refusee",
                    motif="perimee", le=today, maintenant=maintenant())  # fmt: skip
    with perimetre(organismes=[owner.pk]):
        twins = list(Demande.objects.filter(statut="active").exclude(pk=live.pk).order_by("pk")[:2])
        Demande.objects.filter(pk=twins[1].pk).update(
            nom=twins[0].nom, prenom=twins[0].prenom, naissance=twins[0].naissance
        )
        old = Demande.objects.filter(statut="attribuee").order_by("-pk")[0]
        Demande.objects.filter(pk=old.pk).update(radiee_le=today - dt.timedelta(days=500))
    pair = {"doublon_a": str(twins[0].pk), "doublon_b": str(twins[1].pk)}
    return (
        pair
        | outbox(owner, live)
        | {"demande": str(live.pk), "demande_logee": str(une(owner, statut="attribuee").pk)}
    )


def outbox(owner: Organisme, demande: Demande) -> dict[str, str]:
    """Letters of a landlord: one to print, one that has left and whose receipt is awaited."""
    with perimetre(organismes=[owner.pk]):
        waiting = courriers.de_l_attestation(demande, owner.pk, maintenant())
        gone = courriers.de_l_avertissement(demande, owner.pk, maintenant())
        Courrier.objects.filter(pk=gone.pk).update(etat="envoyee", envoye_le=aujourdhui())
    return {"courrier": str(waiting.pk), "courrier_parti": str(gone.pk)}


def applicants(owner: Organisme, noms: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Persons in their space: one with an offer, one refused, one who waits, one untied, and an adviser."""
    monde = Monde(table=invente(graine=9, au=aujourdhui()).demandes)
    cote(aujourdhui())
    point = monde.decide()
    offer, files = monde.envoie(point, monde.numeros[0]), monde.candidatures(point)
    with monde.voir():
        first, last = (Demande.objects.get(numero_unique=monde.numeros[k]) for k in (0, 2))
    refused = files[monde.numeros[2]].pk
    decision = next(d for d in monde.decisions(point) if d.candidature_id == refused)
    suites.notifier(acteur=monde.agent, decision=decision.pk, remise_le=SENT, preuve="AR 1")
    waiting = une(owner, pk=noms["demande"])
    clients = {
        "usager": usager(first),
        "usager_refus": usager(last, "malik@exemple.fr"),
        "usager_file": usager(waiting, "lea@exemple.fr"),
        "usager_seul": entre(compte("seul@exemple.fr")),
        "usager_lien": entre(compte("lien@exemple.fr")),
        "accompagnant": entre(compte("aide@exemple.fr")),
        "usager_code": Client(),
    }
    clients["usager_code"].post("/ma-demande/entrer/", {"courriel": "nadia@exemple.fr"})
    clients["usager_lien"].post(
        "/ma-demande/ouvrir/", {"numero": first.numero_unique, "naissance": "23/04/1988"}
    )
    terms = {"mandat": 90, "mandat_fini": -1}
    given = {}
    for (name, days), held in zip(terms.items(), (first, last), strict=True):
        given[name] = mandats.donner(
            dossier=Dossier(held, compte("aide@exemple.fr")), nom="Toit", courriel="aide@exemple.fr",
            portees=["lire", "repondre"], du=aujourdhui() - dt.timedelta(days=10),
            au=aujourdhui() + dt.timedelta(days=days), langue="fr", maintenant=maintenant(),
        )  # fmt: skip
    inscrire(acteur="essai", verbe="demande.lire", objet_type="demande", objet_id=first.pk,
             organisme=monde.bailleur.pk)  # fmt: skip
    cookies = {role: str(client.cookies[SESSION].value) for role, client in clients.items()}
    return cookies, {
        "proposition_usager": str(offer.pk),
        "candidature_usager": str(files[monde.numeros[0]].pk),
        "candidature_refusee": str(refused),
        **{name: str(mandat.pk) for name, mandat in given.items()},
    }


def alerts() -> dict[str, str]:
    """An alert that runs, and one to confirm."""
    made = {}
    for name, query in (("active", "commune=67447&typologie=T3&loyer_max=600"), ("neuve", "")):
        made[name] = alertes.demander(
            courriel="nadia@exemple.fr", filtres=alertes.parse(query), langue="fr", maintenant=maintenant()
        )
    alertes.confirmer(alerte=made["active"], maintenant=maintenant())
    return {
        "alerte_voir": token(made["active"], SEL_VOIR),
        "alerte_confirmer": token(made["neuve"], SEL_CONFIRMER),
    }


def letters() -> None:
    """Let a worker send the letters that wait, then stop."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(
            wait=False, listen_notify=False, queues=[alertes.FILE_LETTRES], install_signal_handlers=False
        )


def by_nature() -> dict[str, str]:
    """One offer on line of each nature."""
    found = {}
    for nature in NATURES:
        row = Offre.objects.filter(nature=nature, statut="publiee").order_by("pk").first()
        assert row is not None, nature
        found[nature] = str(row.pk)
    return found


def files() -> dict[str, str]:
    """Files for the page that checks them: good, bad, of a kind that is not read."""
    folder = Path(os.environ["PALIER_DONNEES"])
    texts = {
        "bon.csv": csv_de([ligne(reference_bailleur=f"V{i}") for i in range(3)]),
        "mauvais.csv": csv_de([ligne(surface_m2="8", dpe_classe="H"), ligne(loyer_logement_cent="x")]),
        "texte.txt": b"rien",
    }
    for name, content in texts.items():
        (folder / name).write_bytes(content)
    return {f"fichier_{name.partition('.')[0]}": str(folder / name) for name in texts}


def heads(au: dt.date) -> dict[str, str]:
    """Publish the heads of two months that are over, on lines of the journal that are there."""
    lines = list(Evenement.objects.order_by("id")[:60])
    for number, line in enumerate(lines):
        TetePubliee.objects.create(
            jour=au - dt.timedelta(days=len(lines) - number),
            numero=line.pk,
            instant=line.instant,
            empreinte=bytes(line.empreinte).hex(),
        )
    return {"tete": (au - dt.timedelta(days=31)).isoformat()}


def key_of(owner: Organisme) -> str:
    """Secret of a key of a landlord's program."""
    return creer_cle(
        acteur="essai",
        organisme=owner,
        libelle="Programme",
        portees=["offres:ecrire", "offres:lire"],
        expire_le=dt.date(2099, 1, 1),
    )[1]


def main(kind: str) -> dict[str, Any]:
    """Make the schema, fill it, return what the tests need: ``plein``, ``vide`` or ``pannes``.

    ``lettres`` only sends those that wait.
    """
    if kind == "lettres":
        letters()
        return {}
    schema.apply_all()
    au = aujourdhui()
    if kind == "pannes":
        places()
        return {"noms": {"cle_secrete": key_of(bailleur())}}
    if kind == "parcours":
        from tests.e2e.semis_parcours import path

        return path()
    if kind == "vide":
        return {"noms": {}, "cookies": {"exploitant": _session(client_de(creer_agent("exploitant")))}}
    places()
    peuplement._write(offers(au), au)
    owner, names = landlord()
    cookies, more = staff(owner)
    more |= requests(owner)
    persons, theirs = applicants(owner, more)
    cookies |= persons
    more |= theirs
    from tests.web.public.outils_chiffres import publie
    from tests.web.public.outils_commissions import publie_bilan, publie_commission

    publie()
    publie_commission(owner, au)
    publie_bilan()
    from tests.e2e.semis_commission import sits

    seats, badges = sits(au, _session)
    more |= seats
    cookies |= badges
    from tests.e2e.semis_partenaires import oriented

    more |= oriented(au)
    for day in (au - dt.timedelta(days=1), au):
        publications.publier(au=day)
    names |= more | alerts() | by_nature() | files() | heads(au)
    from tests.e2e.semis_bureau import desk

    names |= desk(owner)
    names |= {"siren": SIREN, "commission": owner.siren, "cle_secrete": key_of(owner)}
    letters()
    return {"noms": names, "cookies": cookies, "offre": json_de()}


if __name__ == "__main__":
    print(json.dumps(main((sys.argv[1:] or ["plein"])[0])))
