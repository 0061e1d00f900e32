"""What goes back to the national register: leases with their contingent, removals, the same file twice."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from palier.base.errors import UsageError
from palier.cli import main
from palier.formats.retour import COLONNES, LigneRetour, write_retour
from palier.web.apps.attributions.operations import baux
from palier.web.apps.attributions.operations.retour import faire_retour
from palier.web.apps.demandes.models import Demande
from palier.web.apps.journal.models import Evenement
from palier.web.exploitation import demandes as site
from palier.web.horloge import aujourdhui
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import LAST, Monde, a
from tests.web.personnel import client_de, creer_agent

JOUR = dt.date(2026, 12, 22)


def _lues(contenu: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(contenu.decode("utf-8-sig")), delimiter=";"))


def test_le_fichier_ne_depend_pas_de_l_ordre_et_neutralise_les_formules() -> None:
    lines = [
        LigneRetour(f"06711260000{n}", "radiation", dt.date(2026, 1, 10 - n), "renoncement", "732829320")
        for n in range(3)
    ]
    assert write_retour(lines) == write_retour(reversed(lines))
    odd = LigneRetour("1", "attribution", JOUR, "attribution", "2", logement="=CMD()")
    assert _lues(write_retour([odd]))[0]["logement"] == "'=CMD()"
    assert len({line.cle for line in lines}) == 3


@pytest.mark.django_db
def test_un_bail_et_une_radiation_sont_rendus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monde = Monde()
    point = monde.decide(rangs=1)
    number = next(n for n, c in monde.candidatures(point).items() if c.rang == 1 or c.etat == "a")
    monde.signe(point.seance)
    offer = monde.envoie(point, number)
    monde.repond(offer, "oui", LAST)
    baux.signer_bail(
        acteur=monde.agent, candidature=monde.candidatures(point)[number].pk, signe_le=LAST, reference="B-1",
        identite_verifiee=True, au=LAST, maintenant=a(LAST),
    )  # fmt: skip
    with perimetre(organismes=[monde.bailleur.pk]):
        gone = Demande.objects.filter(statut="active").first()
        assert gone is not None
        Demande.objects.filter(pk=gone.pk).update(
            statut="radiee", motif_radiation="renoncement", radiee_le=JOUR
        )
    period = {"du": dt.date(2026, 12, 1), "au": JOUR, "aujourdhui": JOUR}
    made = faire_retour(acteur="essai", organisme=monde.bailleur, **period)
    assert (made.attributions, made.radiations) == (1, 1)
    lease, removal = _lues(made.contenu)
    assert tuple(lease) == tuple(COLONNES)
    assert (lease["numero_unique"], lease["contingent"]) == (number, "reservataire")
    assert (lease["reservataire"], lease["motif"]) == (monde.reservataire.siren, "attribution")
    assert (removal["numero_unique"], removal["motif"], removal["logement"]) == (
        gone.numero_unique, "renoncement", "",
    )  # fmt: skip
    again = faire_retour(acteur="essai", organisme=monde.bailleur, **period)
    assert (again.nom, again.contenu) == (made.nom, made.contenu)
    assert gone.nom not in made.contenu.decode()
    assert Evenement.objects.filter(verbe="demandes.retour").count() == 2
    assert faire_retour(acteur="essai", organisme=monde.reservataire, **period).attributions == 0
    for du, au in ((JOUR, LAST), (JOUR, dt.date(2027, 1, 1)), (dt.date(2025, 1, 1), JOUR)):
        with pytest.raises(UsageError, match="DEM-070"):
            faire_retour(acteur="essai", organisme=monde.bailleur, du=du, au=au, aujourdhui=JOUR)
    client = client_de(creer_agent("agent_bailleur", monde.bailleur))
    today = aujourdhui().isoformat()
    answer = client.post(reverse("attributions:retour"), {"du": today, "au": today})
    assert answer["Content-Disposition"].startswith(f'attachment; filename="retour-{monde.bailleur.siren}')
    assert client.post(reverse("attributions:retour"), {"du": today, "au": "2020-01-01"}).status_code == 422
    monkeypatch.setattr(site, "prepare", lambda: None)
    days = ["--du", "2026-01-01", "--au", "2026-01-31"]
    assert main(["demandes", "retour", monde.bailleur.siren, *days, "--vers", str(tmp_path)]) == 0
    assert "0 baux, 0 radiations" in capsys.readouterr().out
    assert [f.name.startswith("retour-") for f in tmp_path.iterdir()] == [True]
    assert main(["demandes", "retour", "000", *days, "--vers", str(tmp_path)]) == 2
