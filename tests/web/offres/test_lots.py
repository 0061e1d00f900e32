"""A lot is checked whole, applied at once, held or refused; nothing is half written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from palier.web.apps.journal.models import Evenement
from palier.web.apps.journal.queries import verify
from palier.web.apps.offres import tasks
from palier.web.apps.offres.models import EtatLot, Lot, Offre
from palier.web.apps.offres.operations import lots
from palier.web.apps.offres.queries.contexte import contexte_du, parametres
from palier.web.apps.organismes.models import Organisme
from palier.web.horloge import maintenant
from tests.web.offres.outils import AU, MAINTENANT, bailleur, csv_de, ligne

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


def envoie(organisme: Organisme, lignes: list[dict[str, str]], **options: Any) -> Lot:
    accepte = options.pop("accepte", False)
    maintenant = options.pop("maintenant", MAINTENANT)
    lot = lots.recevoir(
        acteur="essai", organisme=organisme, contenu=csv_de(lignes), nom="lot.csv", source="page",
        maintenant=maintenant, **options,
    )  # fmt: skip
    return traite(lot, accepte=accepte, maintenant=maintenant)


def traite(lot: Lot, *, accepte: bool = False, maintenant: dt.datetime = MAINTENANT) -> Lot:
    return lots.traiter(
        acteur="essai",
        lot=lot,
        contexte=contexte_du(AU, lot.organisme.siren),
        parametres=parametres(),
        maintenant=maintenant,
        accepte=accepte,
    )


def plusieurs(nombre: int) -> list[dict[str, str]]:
    return [ligne(reference_bailleur=f"L{i}", adresse=f"{i + 1} rue de la Douane") for i in range(nombre)]


def test_un_bon_lot_met_ses_offres_en_ligne() -> None:
    lot = envoie(bailleur(), plusieurs(3))
    assert (lot.etat, lot.rapport["problemes"]) == (EtatLot.APPLIQUE, [])
    assert sorted(Offre.objects.values_list("reference", "statut")) == [
        (f"L{i}", "publiee") for i in range(3)
    ]
    assert Evenement.objects.filter(verbe="offre.creer").count() == 3
    assert verify().rompue is None


def test_le_meme_lot_deux_fois_confirme_sans_rien_changer() -> None:
    owner = bailleur()
    envoie(owner, plusieurs(2))
    before = list(Offre.objects.order_by("reference").values_list("version", "publiee_le"))
    later = MAINTENANT + dt.timedelta(days=3)
    envoie(owner, plusieurs(2), maintenant=later)
    assert list(Offre.objects.order_by("reference").values_list("version", "publiee_le")) == before
    assert set(Offre.objects.values_list("confirmee_le", flat=True)) == {later}


def test_un_lot_fautif_n_ecrit_rien_et_dit_tout() -> None:
    lignes = [
        *plusieurs(2),
        ligne(reference_bailleur="X", surface_m2="8"),
        ligne(reference_bailleur="Y", dpe_classe="H"),
    ]
    lot = envoie(bailleur(), lignes)
    assert lot.etat == EtatLot.REFUSE
    assert not Offre.objects.exists()
    assert len(lot.rapport["problemes"]) >= 2


def test_les_bonnes_lignes_ne_passent_que_si_on_le_demande() -> None:
    lot = envoie(
        bailleur(), [*plusieurs(2), ligne(reference_bailleur="X", surface_m2="8")], bonnes_lignes=True
    )
    assert (lot.etat, lot.rapport["bonnes"], lot.rapport["rejetees"]) == (EtatLot.APPLIQUE, 2, 1)
    assert Offre.objects.count() == 2


def test_un_essai_controle_sans_ecrire() -> None:
    lot = envoie(bailleur(), plusieurs(2), essai=True)
    assert (lot.etat, lot.rapport["nouvelles"]) == (EtatLot.CONTROLE, 2)
    assert not Offre.objects.exists()


@pytest.mark.parametrize(("restent", "etat", "en_ligne"), [(6, "retenu", 10), (7, "applique", 7)])
def test_un_flux_complet_qui_maigrit_trop_est_retenu(restent: int, etat: str, en_ligne: int) -> None:
    """PLA-O41: more than 30 % of withdrawals is held; less is applied."""
    owner = bailleur()
    envoie(owner, plusieurs(10), complet=True)
    lot = envoie(owner, plusieurs(restent), complet=True)
    assert lot.etat == etat
    assert Offre.objects.filter(statut="publiee").count() == en_ligne
    if etat == "retenu":
        assert traite(lot, accepte=True).etat == "applique"
        assert set(Offre.objects.filter(statut="retiree").values_list("motif_retrait", flat=True)) == {
            "annulee"
        }


def test_un_flux_complet_vide_est_refuse() -> None:
    owner = bailleur()
    envoie(owner, plusieurs(3), complet=True)
    assert envoie(owner, [], complet=True).etat == "refuse"
    assert Offre.objects.filter(statut="publiee").count() == 3


def test_un_fichier_plus_ancien_que_le_dernier_est_refuse() -> None:
    owner = bailleur()
    envoie(owner, plusieurs(2), fichier_du=MAINTENANT)
    old = envoie(owner, plusieurs(2), fichier_du=MAINTENANT - dt.timedelta(days=1))
    assert old.etat == "refuse"
    assert old.rapport["problemes"][0]["code"] == "OFF-101"


def test_la_meme_cle_donne_le_meme_lot() -> None:
    owner = bailleur()
    first = envoie(owner, plusieurs(1), cle_idempotence="k1")
    again = lots.recevoir(
        acteur="essai", organisme=owner, contenu=csv_de(plusieurs(1)), nom="lot.csv", source="page",
        maintenant=MAINTENANT, cle_idempotence="k1",
    )  # fmt: skip
    assert again.pk == first.pk
    with pytest.raises(Exception, match="OFF-213"):
        envoie(owner, plusieurs(2), cle_idempotence="k1")


def test_un_lot_ne_touche_pas_les_offres_d_un_autre_bailleur() -> None:
    one, other = bailleur(), bailleur("552100554", "Autre bailleur")
    envoie(one, plusieurs(3), complet=True)
    envoie(other, [ligne(reference_bailleur="L0", bailleur="552100554")], complet=True)
    assert Offre.objects.filter(organisme=one, statut="publiee").count() == 3


def test_un_lot_recu_que_personne_n_a_controle_est_repris_une_fois() -> None:
    """The process died between the receipt and the job; a lot that has just come is left to its own job."""
    owner, now = bailleur(), maintenant()
    old, new = (
        lots.recevoir(
            acteur="essai", organisme=owner, contenu=csv_de(plusieurs(n)), nom="lot.csv", source="api",
            maintenant=now - dt.timedelta(minutes=age),
        )
        for n, age in ((1, 10), (2, 0))
    )  # fmt: skip
    for _ in range(2):
        tasks.reprendre_lots(timestamp=0)
    jobs = ProcrastinateJob.objects.filter(task_name="offres.traiter_lot")
    assert [job.args["lot_id"] for job in jobs] == [str(old.pk)]
    assert new.etat == EtatLot.RECU
    tasks.traiter_lot(**jobs.get().args)
    tasks.reprendre_lots(timestamp=0)
    assert jobs.count() == 1
