"""Objects of an organisme for the test of the matrix: the arguments of the addresses that name them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from palier.engines.commission import read_exemple
from palier.web.apps.attributions.models import (
    Abonnement,
    Candidature,
    Convention,
    Courrier,
    Delegation,
    Membre,
    Orientation,
    PointSeance,
    Reglement,
    Seance,
    Vacance,
)
from palier.web.apps.attributions.operations import lettres
from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.operations.doublons import distinguer
from palier.web.apps.demandes.operations.pieces import deposer_piece
from palier.web.apps.demandes.operations.suivi import nommer_lecteur
from palier.web.apps.offres.models import EtatLot, Lot, Offre
from palier.web.apps.offres.operations import ecriture, photos
from palier.web.apps.offres.operations.photos import Envoi
from palier.web.apps.offres.queries.contexte import contexte_du
from palier.web.apps.offres.rules import read_saisies
from palier.web.apps.organismes.models import CleApi, Fonction, Organisme
from palier.web.apps.organismes.rules.roles import roles_of
from palier.web.apps.parc.models import Logement
from palier.web.horloge import aujourdhui
from palier.web.postgres.perimetre import perimetre
from tests.web.comptes.fabriques_bureau import FABRIQUES_BUREAU
from tests.web.demandes.documents import pdf
from tests.web.demandes.outils import TERRITOIRE, charge, invente, une
from tests.web.offres.outils import AU, MAINTENANT, json_de, lieux
from tests.web.offres.photos import dessin
from tests.web.personnel import creer_agent, creer_organisme


def _utilisateur(organisme: Organisme) -> dict[str, Any]:
    return {"pk": creer_agent(roles_of(organisme.genre)[0], organisme).pk}


def _fonction(organisme: Organisme) -> dict[str, Any]:
    user = creer_agent(roles_of(organisme.genre)[0], organisme)
    return {"pk": user.pk, "fonction": Fonction.objects.get(utilisateur=user).pk}


def _cle(organisme: Organisme) -> dict[str, Any]:
    number = CleApi.objects.count()
    key = CleApi.objects.create(
        organisme=organisme,
        libelle="essai",
        prefixe=f"pal_{number:08x}",
        empreinte=f"{number:064x}",
        portees=["offres:lire"],
        expire_le=dt.date(2099, 1, 1),
    )
    return {"pk": key.pk}


def _offre(organisme: Organisme) -> dict[str, Any]:
    lieux()
    contexte = contexte_du(AU, organisme.siren)
    content = json_de() | {"reference_bailleur": "LGT-1"}
    content.pop("bailleur", None)
    done = ecriture.deposer(
        acteur="essai",
        organisme=organisme,
        saisie=read_saisies([content], contexte, "essai").lignes[0].offre,
        contexte=contexte,
        maintenant=MAINTENANT,
        source="page",
    )
    return {"identifiant": done.offre.pk}


def _photo(organisme: Organisme) -> dict[str, Any]:
    found = _offre(organisme)
    envoi = Envoi(dessin(500, 400), "Séjour", "a.jpg")
    offre = Offre.objects.get(pk=found["identifiant"])
    photo = photos.ajouter(acteur="essai", offre=offre, envoi=envoi, source="page").photo
    return found | {"photo": photo.pk, "largeur": 480}


def _lot(organisme: Organisme) -> dict[str, Any]:
    lot = Lot.objects.create(
        organisme=organisme,
        source="page",
        nom="essai.csv",
        fichier="lots/essai.csv",
        sha256="0" * 64,
        etat=EtatLot.RECU,
        par="essai",
        recu_le=MAINTENANT,
    )
    return {"identifiant": lot.pk}


def _demande(organisme: Organisme) -> dict[str, Any]:
    charge([organisme], table=invente().demandes.head(2))
    return {"identifiant": une(organisme).pk}


def _vacance(organisme: Organisme) -> dict[str, Any]:
    number = Logement.objects.count()
    home = Logement.objects.create(
        identifiant=f"V{number}", organisme=organisme, commune_code="67482", typologie="T3"
    )
    with perimetre(organismes=[organisme.pk]):
        made = Vacance.objects.create(
            logement=home, bailleur=organisme, organismes=[organisme.pk], territoire=TERRITOIRE,
            etat="conge_recu", commune_code="67482", typologie="t3", conge_le=AU, bail_fin=AU,
            ouverte_le=MAINTENANT, modifiee_le=MAINTENANT,
        )  # fmt: skip
    return {"pk": made.pk}


def _seance(organisme: Organisme, etat: str = "projet") -> dict[str, Any]:
    number = Seance.objects.count() + 1
    with perimetre(organismes=[organisme.pk]):
        rule = None
        if etat != "projet":
            text = read_exemple().replace("732829320", organisme.siren)
            rule = Reglement.objects.create(
                bailleur=organisme, texte=text, sha256="0" * 64, du=dt.date(2026, 1, 1)
            )
        made = Seance.objects.create(
            bailleur=organisme, numero=number, le=AU, mode="salle", etat=etat, reglement=rule,
            convoquee_le=rule and AU,
        )  # fmt: skip
    return {"pk": made.pk}


def _point(organisme: Organisme) -> dict[str, Any]:
    home = _vacance(organisme)["pk"]
    session = _seance(organisme)["pk"]
    with perimetre(organismes=[organisme.pk]):
        return {"point": PointSeance.objects.create(seance_id=session, vacance_id=home, place=1).pk}


def _membre(organisme: Organisme) -> dict[str, Any]:
    made = Membre.objects.create(bailleur=organisme, nom="M", qualite="organisme", du=dt.date(2026, 1, 1))
    return {"pk": made.pk}


def _fichier(organisme: Organisme) -> dict[str, Any]:
    found = _demande(organisme)
    with perimetre(organismes=[organisme.pk]):
        made = deposer_piece(
            acteur="essai", demande=Demande.objects.get(pk=found["identifiant"]), fait="identite",
            contenu=pdf(), le=AU, maintenant=MAINTENANT,
        )  # fmt: skip
    return found | {"fichier": made.pk}


def _paire(organisme: Organisme) -> dict[str, Any]:
    _demande(organisme)
    with perimetre(organismes=[organisme.pk]):
        first, second = Demande.objects.order_by("pk").values_list("pk", flat=True)
    return {"identifiant": first, "autre": second}


def _rapprochement(organisme: Organisme) -> dict[str, Any]:
    pair = _paire(organisme)
    with perimetre(organismes=[organisme.pk]):
        first, second = (Demande.objects.get(pk=pk) for pk in pair.values())
        made = distinguer(acteur="essai", gardee=first, autre=second, maintenant=MAINTENANT)
    return {"identifiant": made.pk}


def _lecteur(organisme: Organisme) -> dict[str, Any]:
    user = creer_agent(roles_of(organisme.genre)[0], organisme)
    return {
        "identifiant": nommer_lecteur(
            acteur="essai", utilisateur=user, organisme=organisme, du=aujourdhui()
        ).pk
    }


def _orientee(organisme: Organisme) -> dict[str, Any]:
    """A home that a landlord oriented to an organisme."""
    owner = creer_organisme()
    pk = _vacance(owner)["pk"]
    with perimetre(organismes=[owner.pk]):
        home = Vacance.objects.get(pk=pk)
        Vacance.objects.filter(pk=pk).update(
            organismes=[owner.pk, organisme.pk], etat="orientee", surface_m2=64, financement="plus",
            loyer_cent=40_000,
        )  # fmt: skip
        right = Convention.objects.create(
            bailleur=owner, reservataire=organisme, reference="C", du=AU, communes=["67482"]
        )
        Orientation.objects.create(vacance=home, convention=right, notifiee_le=AU, limite=AU)
    return {"pk": pk}


def _candidat(organisme: Organisme) -> dict[str, Any]:
    """A request that an organisme proposed."""
    home = _orientee(organisme)["pk"]
    charge([organisme], table=invente().demandes.head(2))
    found = une(organisme)
    with perimetre(organismes=[organisme.pk]):
        vacance = Vacance.objects.get(pk=home)
        made = Candidature.objects.create(
            vacance=vacance, demande=found, bailleur_id=vacance.bailleur_id,
            organismes=[organisme.pk, vacance.bailleur_id], territoire=TERRITOIRE,
            numero_unique=found.numero_unique, proposee_par=organisme, etat="eligible", proposee_le=AU,
            modifiee_le=MAINTENANT,
        )  # fmt: skip
    return {"pk": made.pk}


def _delegation(organisme: Organisme) -> dict[str, Any]:
    right = Convention.objects.create(
        bailleur=creer_organisme(), reservataire=organisme, reference="C", du=AU, communes=[]
    )
    made = Delegation.objects.create(convention=right, du=AU, au=dt.date(2099, 1, 1), donnee_le=MAINTENANT)
    return {"pk": made.pk}


def _courrier(organisme: Organisme) -> dict[str, Any]:
    """A letter of an organisme, that came back."""
    charge([organisme], table=invente().demandes.head(2))
    found = une(organisme)
    with perimetre(organismes=[organisme.pk]):
        made = lettres.de_l_attestation(found, organisme.pk, MAINTENANT)
        Courrier.objects.filter(pk=made.pk).update(etat="revenue", envoye_le=AU, revenu_le=AU)
    return {"pk": made.pk}


def _abonnement(organisme: Organisme) -> dict[str, Any]:
    with perimetre(organismes=[organisme.pk]):
        made = Abonnement.objects.create(
            organisme=organisme, url="https://si.exemple.fr/palier", evenements=["bail"], secret="x",
            cree_le=MAINTENANT,
        )  # fmt: skip
    return {"pk": made.pk}


#: By the name that ``avec:`` gives in ``tests/cases/comptes/matrice.yaml``.
FABRIQUES: dict[str, Callable[[Organisme], dict[str, Any]]] = {
    "seance": _seance,
    "seance_close": lambda organisme: _seance(organisme, "close"),
    "point": _point,
    "membre": _membre,
    "utilisateur": _utilisateur,
    "fonction": _fonction,
    "cle": _cle,
    "offre": _offre,
    "photo": _photo,
    "lot": _lot,
    "demande": _demande,
    "fichier": _fichier,
    "lecteur": _lecteur,
    "paire": _paire,
    "rapprochement": _rapprochement,
    "vacance": _vacance,
    "orientee": _orientee,
    "candidat": _candidat,
    "delegation": _delegation,
    "courrier": _courrier,
    "demande_a_ecrire": lambda organisme: {"demande": _demande(organisme)["identifiant"]},
    **FABRIQUES_BUREAU,
    "abonnement": _abonnement,
    "organisme": lambda organisme: {"pk": organisme.pk},
}
