"""Letters: each act prepares its own, once; receipt starts the clocks; the PDF is tagged and says all."""

from __future__ import annotations

import datetime as dt
import os
import re
import zlib
from pathlib import Path
from typing import Any

import pytest

from palier.formats.lettres import letters_to_pdf
from palier.web.apps.attributions.courrier import dessins, textes
from palier.web.apps.attributions.courrier.motifs import MOTIFS, PIECES, REPORTS
from palier.web.apps.attributions.models import Courrier, Decision, GenreCourrier, Proposition
from palier.web.apps.attributions.operations import courriers, horloge, lettres, points, rappels, seances
from palier.web.apps.attributions.operations.points import NON_EXAMENS, Choix
from palier.web.apps.attributions.queries.faits import loi_du
from palier.web.apps.attributions.rules.courriers import GENRES
from palier.web.apps.demandes.models import VIVANTES, Avertissement, Coordonnees, Demande
from palier.web.apps.demandes.operations import vie
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import AFTER, LAST, SENT, SESSION, TERRITOIRE, Monde, a, refuse

pytestmark = pytest.mark.django_db
DEMAIN = SENT + dt.timedelta(days=1)


@pytest.fixture
def monde() -> Monde:
    return Monde()


def _tous(monde: Monde, **filtre: Any) -> list[Courrier]:
    with monde.voir():
        rows = Courrier.objects.filter(**filtre).select_related("demande", "organisme")
        return list(rows.order_by("genre", "demande__numero_unique"))


def _part(monde: Monde, courrier: Courrier, le: dt.date = SENT) -> None:
    courriers.imprimer(acteur=monde.agent, courriers=[courrier.pk], maintenant=a(le))
    courriers.envoyer(acteur=monde.agent, courriers=[courrier.pk], le=le, au=le)


def _arrive(monde: Monde, courrier: Courrier, le: dt.date = DEMAIN, preuve: str = "LR 12") -> Courrier:
    return courriers.recevoir(
        acteur=monde.agent, courrier=courrier.pk, le=le, preuve=preuve, au=le, maintenant=a(le)
    )


def test_chaque_acte_prepare_son_courrier(monde: Monde) -> None:
    point = monde.decide(rangs=2)
    made = _tous(monde)
    assert [c.genre for c in made] == ["attribution_rang", "attribution_rang", "non_attribution"]
    assert [c.contenu["rang"] for c in made] == [1, 2, None]
    assert "recours" in made[2].contenu
    assert "recours" not in made[1].contenu
    assert "496595" in made[1].contenu["sans_recours"]
    assert "sans_recours" not in made[0].contenu

    for row in made:
        _part(monde, row)
        _arrive(monde, row)
    with monde.voir():
        told = set(Decision.objects.values_list("etat", "notifiee_le", "remise"))
    assert told == {("notifiee", DEMAIN, "LR 12")}

    monde.envoie(point, monde.numeros[0])
    offer = _tous(monde, genre="proposition")[0]
    assert offer.contenu["limite"] == LAST.isoformat()
    _part(monde, offer)
    _arrive(monde, offer, preuve="")
    with monde.voir():
        moved = Proposition.objects.get(rang=1)
    assert (moved.recue_le, moved.limite) == (DEMAIN, LAST)  # the eleventh is a Friday: the Monday stands
    horloge.passer(bailleur=monde.bailleur.pk, au=AFTER, maintenant=a(AFTER))
    ended, following = _tous(monde, genre__in=("proposition_passee", "proposition_suivante"))
    assert (ended.contenu["etat"], following.contenu["rang"]) == ("sans_reponse", 2)
    horloge.passer(bailleur=monde.bailleur.pk, au=AFTER, maintenant=a(AFTER, 10))
    assert len(_tous(monde)) == 6

    _part(monde, following, AFTER)
    answer = {"sens": "oui", "canal": "telephone", "le": AFTER, "au": AFTER, "maintenant": a(AFTER)}
    courriers.repondre(acteur=monde.agent, courrier=following.pk, **answer)  # type: ignore[arg-type]
    with monde.voir():
        held = Proposition.objects.get(rang=2)
    assert (held.etat, held.canal, held.repondu_par) == ("acceptee", "telephone", "agent_bailleur")
    with refuse("ATR-143"):
        courriers.repondre(acteur=monde.agent, courrier=ended.pk, **answer)  # type: ignore[arg-type]


def _decide_tout(monde: Monde) -> None:
    """A session whose home gets a condition, an irrecevability and a refusal with figures."""
    point = monde.examen(4)
    files = list(monde.candidatures(point).values())
    plafond = {"ressources_eur": 31000, "plafond_eur": 26500}
    monde.vote(point, [
        Choix(files[0].pk, "attribution_rang", rang=1),
        Choix(files[1].pk, "attribution_condition", rang=2, piece="avis_imposition", limite=LAST),
        Choix(files[2].pk, "non_attribution", motifs={"RESS_PLAFOND": plafond, "DETTE": {}}, texte="Plan."),
        Choix(files[3].pk, "irrecevabilite", motifs={"IRR_DECLARATION": {}}),
    ])  # fmt: skip
    monde.clot(point)
    seances.clore(acteur=monde.president, seance=point.seance_id, maintenant=a(SESSION, 12))


def _une(monde: Monde, numero: str) -> Demande:
    with monde.voir():
        return Demande.objects.get(numero_unique=numero)


def test_chaque_sorte_se_lit_et_se_prouve(monde: Monde) -> None:
    _decide_tout(monde)
    last = _une(monde, monde.numeros[4])
    courriers.preparer_avertissement(acteur=monde.agent, demande=last.pk, maintenant=a(SENT))
    courriers.preparer_avertissement(acteur=monde.agent, demande=last.pk, maintenant=a(DEMAIN))
    courriers.preparer_attestation(acteur=monde.agent, demande=last.pk, maintenant=a(SENT))
    with monde.voir():
        lettres.du_renouvellement(last, a(SENT))
        Demande.objects.filter(pk=last.pk).update(date_depot_initial=SENT - dt.timedelta(days=9))
    kinds = ["attestation", "attribution_condition", "attribution_rang", "avertissement", "irrecevabilite",
             "non_attribution", "renouvellement"]  # fmt: skip
    made = _tous(monde)
    assert [c.genre for c in made] == kinds
    by_kind = {c.genre: c for c in made}

    warned = by_kind["avertissement"]
    _part(monde, warned)
    with refuse("ATR-142"):
        _arrive(monde, warned, preuve=" ")
    with refuse("ATR-141"):
        _arrive(monde, warned, le=SENT - dt.timedelta(days=1))
    _arrive(monde, warned)
    for kind in ("irrecevabilite", "renouvellement"):
        _part(monde, by_kind[kind])
        _arrive(monde, by_kind[kind])
    with monde.voir():
        assert sorted(Avertissement.objects.values_list("motif", "recu_le", "preuve")) == [
            ("contact_impossible", DEMAIN, "LR 12"),
            ("irrecevabilite", DEMAIN, "LR 12"),
            ("non_renouvellement", DEMAIN, "LR 12"),
        ]
        vie.radier(acteur="essai", demande=last, motif="contact_impossible", le=dt.date(2027, 1, 12),
                   preuve="LR 12", maintenant=a(dt.date(2027, 1, 12)))  # fmt: skip
    gone = _tous(monde, genre="radiation")[0]
    assert gone.contenu["motif"] == "contact_impossible"
    said = {c.genre: textes.volet(c, "fr") for c in _tous(monde)}
    for kind, part in said.items():
        assert part.blocs, kind
        assert all(1 <= len(_mots(line)) <= 12 for line in part.facile), (kind, part.facile)
        assert not re.search(r"\b(?!OK)[A-Z]{3,}\b", " ".join(map(_nu, part.facile))), kind
    whole = " ".join(said["non_attribution"].blocs).replace("\u202f", " ").replace("\u00a0", " ")
    assert "31 000 €" in whole
    assert "26 500 €" in whole
    assert "tribunal administratif" in whole
    assert "2 mois" in whole
    assert "médiation" in whole
    assert "tribunal" not in " ".join(said["attribution_condition"].blocs)
    assert "496595" in " ".join(said["attribution_condition"].blocs)
    _lit_le_pdf(_tous(monde))


def _nu(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html).strip()


def _mots(html: str) -> list[str]:
    return [word for word in re.split(r"[\s\u00a0\u202f]+", _nu(html)) if re.search(r"\w", word)]


def _ouvert(content: bytes) -> bytes:
    """The bytes of a PDF, its compressed streams opened."""
    opened = [content]
    for match in re.finditer(rb"stream\r?\n", content):
        try:
            opened.append(zlib.decompressobj().decompress(content[match.end() :]))
        except zlib.error:
            continue
    return b"".join(opened)


def _lit_le_pdf(rows: list[Courrier]) -> None:
    """One file for all: tags, language, title, a heading 1 per text, alternatives of the pictures."""
    made = letters_to_pdf([textes.lettre(row) for row in rows], "Courriers", dessins.fonts())
    if folder := os.environ.get("PALIER_PDF"):
        Path(folder, "courriers.pdf").write_bytes(made)
    words = _ouvert(made)
    for needed in (b"pdfuaid", b"/StructTreeRoot", b"fr-FR", b"/MarkInfo", b"/TH", b"/DisplayDocTitle true"):
        assert needed in words, needed
    assert len(re.findall(rb"/S\s?/H1", words)) == 2 * len(rows)
    sections = sum("<h2>" in bloc for row in rows for bloc in textes.volet(row, "fr").blocs)
    assert len(re.findall(rb"/S\s?/H2", words)) == sections > len(rows)
    alternatives = re.findall(rb"/Alt\s?\(([^)]*)\)|/Alt\s?<([0-9a-f]*)>", words)
    assert len(alternatives) >= len(rows)


def test_un_report_se_dit_et_n_est_pas_un_refus(monde: Monde) -> None:
    point = monde.examen()
    points.non_examiner(acteur=monde.president, point=point.pk, motif="temps", maintenant=a(SESSION, 11))
    seances.clore(acteur=monde.president, seance=point.seance_id, maintenant=a(SESSION, 12))
    told = _tous(monde)
    assert [c.genre for c in told] == ["report"] * 3
    body = " ".join(textes.volet(told[0], "fr").blocs)
    assert "Ce n’est pas un refus" in body


def test_un_courrier_revenu_se_refait_et_rien_ne_se_reecrit(monde: Monde) -> None:
    monde.decide(rangs=1)
    first = _tous(monde, genre="attribution_rang")[0]
    with refuse("ATR-140"):
        courriers.refaire(acteur=monde.agent, courrier=first.pk, maintenant=a(SENT))
    with refuse("ATR-140"):
        courriers.imprimer(acteur=monde.agent, courriers=[], maintenant=a(SENT))
    _part(monde, first)
    with refuse("ATR-140"):
        courriers.imprimer(acteur=monde.agent, courriers=[first.pk], maintenant=a(SENT))
    courriers.revenir(acteur=monde.agent, courrier=first.pk, le=DEMAIN, au=DEMAIN)
    again = courriers.refaire(acteur=monde.agent, courrier=first.pk, maintenant=a(DEMAIN))
    assert (again.essai, again.etat, again.cle) == (2, "a_imprimer", first.cle)
    assert again.code != first.code
    with pytest.raises(Exception, match="ATR-050"), monde.voir():
        Courrier.objects.filter(pk=first.pk).update(contenu={})
    other = monde.personne("agent_bailleur", monde.reservataire)
    with pytest.raises(Courrier.DoesNotExist):
        courriers.envoyer(acteur=other, courriers=[again.pk], le=DEMAIN, au=DEMAIN)


def test_les_rappels_se_preparent_une_fois(monde: Monde) -> None:
    day = dt.date(2027, 6, 10)
    asked = _une(monde, monde.numeros[0])
    with monde.voir():
        Demande.objects.filter(statut__in=VIVANTES).update(expire_le=dt.date(2028, 6, 1))
        Demande.objects.filter(pk=asked.pk).update(expire_le=dt.date(2027, 8, 1))
        Demande.objects.filter(numero_unique=monde.numeros[1]).update(date_depot_initial=dt.date(2027, 6, 1))
    done = rappels.preparer(territoire=TERRITOIRE, maintenant=a(day))
    assert (done.attestations, done.renouvellements, done.courriels) == (1, 1, ())
    again = rappels.preparer(territoire=TERRITOIRE, maintenant=a(day, 12))
    assert (again.attestations, again.renouvellements) == (0, 0)
    notice = _tous(monde, genre="renouvellement")[0]
    assert notice.pour_le == dt.date(2027, 6, 30)  # one month before the end: the notice must be there
    with perimetre(territoire=TERRITOIRE):
        assert not rappels.envoyer(courrier=notice.pk, territoire=TERRITOIRE, maintenant=a(day))


def test_un_avis_part_une_fois_par_courriel(monde: Monde, mailoutbox: Any) -> None:
    day = dt.date(2027, 6, 10)
    asked = _une(monde, monde.numeros[0])
    with monde.voir():
        Demande.objects.filter(statut__in=VIVANTES).update(expire_le=dt.date(2028, 6, 1))
        Demande.objects.filter(pk=asked.pk).update(expire_le=dt.date(2027, 8, 1))
        Coordonnees.objects.create(
            demande=asked, courriel="z@exemple.fr", adresse=["3 rue Basse", "67000 Strasbourg"], langue="ar",
            modifiees_le=a(day),
        )  # fmt: skip
    done = rappels.preparer(territoire=TERRITOIRE, maintenant=a(day))
    (notice,) = done.courriels
    sent = [rappels.envoyer(courrier=notice, territoire=TERRITOIRE, maintenant=a(day)) for _ in range(2)]
    assert sent == [True, False]
    (mail,) = mailoutbox
    assert mail.to == ["z@exemple.fr"]
    assert mail.extra_headers["Message-ID"].startswith(f"<{notice}@")
    assert not re.search(rf"{asked.nom}|{asked.prenom}|{asked.numero_unique}", mail.subject)
    assert "1er août 2027" in mail.body.replace("\u00a0", " ")
    row = _tous(monde, genre="renouvellement")[0]
    assert (row.etat, row.envoye_le, row.langue) == ("envoyee", day, "ar")
    sheet = textes.lettre(row)
    assert sheet.destinataire[1:] == ["3 rue Basse", "67000 Strasbourg"]
    assert [part.langue for part in sheet.volets] == ["fr", "ar"]
    assert len(sheet.volets[0].blocs) == len(sheet.volets[1].blocs)
    with monde.voir():
        assert not Avertissement.objects.filter(demande=asked).exists()  # sent is not received
    assert b"fr-FR" in _ouvert(letters_to_pdf([sheet], "Avis", dessins.fonts()))


def test_chaque_code_a_ses_mots() -> None:
    loi = loi_du(SESSION)
    assert set(MOTIFS) == set(loi.codes("caleol_motifs"))
    assert set(PIECES) == set(loi.codes("pieces_condition"))
    assert set(REPORTS) == set(NON_EXAMENS)
    assert set(GENRES) == set(GenreCourrier.values) == set(textes.TITRES)
