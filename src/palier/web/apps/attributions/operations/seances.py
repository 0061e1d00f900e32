"""A session: made, filled, called, opened, suspended, closed; its règlement and its members."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Max

from palier.base.errors import RefusalError
from palier.engines import commission as moteur
from palier.web.apps.attributions.models import (
    Candidature,
    Membre,
    Nature,
    PointSeance,
    Recherche,
    Reglement,
    Seance,
    Vacance,
)
from palier.web.apps.attributions.operations import lettres
from palier.web.apps.attributions.operations.acces import acte, lock, move, note, ouvert, refus
from palier.web.apps.attributions.operations.chutes import save
from palier.web.apps.attributions.queries.faits import (
    dossier_of,
    dossiers_of,
    examined,
    logement_of,
    loi_du,
    membres_at,
    reglement_au,
    reglement_of,
    seance_of,
)
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.organismes.models import Organisme


def adopter_reglement(*, acteur: Acteur, texte: str, origine: str) -> Reglement:
    """Keep a vintage of the règlement intérieur, checked whole; the one before ends the day before.

    Raises
    ------
    RuleFileError
        COM-001 to COM-017.
    RefusalError
        ATR-010 if it is another body's, or starts before the last one.
    """
    with ouvert(acteur, "reglement", "C"):
        read = moteur.parse_reglement(texte, origine)
        body = Organisme.objects.select_for_update().get(pk=acteur.organismes[0])
        last = Reglement.objects.filter(bailleur=body).order_by("-du").first()
        if read.organisme != body.siren or (last is not None and last.du >= read.du):
            raise refus(
                "ATR-010",
                origine,
                "Ce règlement est celui d'un autre organisme, ou commence avant le dernier.",
                "Vérifiez le SIREN et la date « du ».",
                "R441-9 CCH",
            )
        if last is not None and (last.au is None or last.au >= read.du):
            Reglement.objects.filter(pk=last.pk).update(au=read.du - dt.timedelta(days=1))
        made = Reglement.objects.create(
            bailleur=body, texte=texte, sha256=read.sha256, du=read.du, au=read.au
        )
        note(acteur, "reglement.adopter", "reglement", made.pk, body.pk)
    return made


def nommer_membre(*, acteur: Acteur, membre: Membre, au: dt.date) -> Membre:
    """Give a seat in the commission of a landlord.

    Raises
    ------
    RefusalError
        Those of the composition: COM-115, COM-120.
    """
    with ouvert(acteur, "seance", "C"):
        membre.bailleur_id = acteur.organismes[0]
        Organisme.objects.select_for_update().get(pk=membre.bailleur_id)
        membre.save(force_insert=True)
        problems = moteur.check_membres(membres_at(membre.bailleur_id, max(au, membre.du)), loi_du(au))
        if problems:
            raise RefusalError(problems)
        note(acteur, "membre.nommer", "membre", membre.pk, membre.bailleur_id)
    return membre


def creer_seance(
    *, acteur: Acteur, bailleur: uuid.UUID, le: dt.date, mode: str = "salle", lieu: str = ""
) -> Seance:
    """Make a session of the commission of a landlord.

    Raises
    ------
    RefusalError
        COM-018 no règlement on that day.
    """
    with ouvert(acteur, "seance", "C", bailleur):
        body = Organisme.objects.select_for_update().get(pk=bailleur, pk__in=acteur.organismes)
        last = Seance.objects.filter(bailleur=body).aggregate(n=Max("numero"))["n"] or 0
        made = Seance(bailleur=body, numero=last + 1, le=le, mode=mode, lieu=lieu, etat="")
        rule = reglement_of(reglement_au(bailleur, le))
        move("seance", made, "projet", acteur.role, {"reglement": rule, "seance_le": le})
        made.save(force_insert=True)
        note(acteur, "seance.creer", "seance", made.pk, bailleur)
    return made


def inscrire(
    *,
    acteur: Acteur,
    seance: uuid.UUID,
    vacance: uuid.UUID,
    maintenant: dt.datetime,
    recherche: uuid.UUID | None = None,
) -> PointSeance:
    """Put a home and its eligible candidates on the agenda of a session that is not called yet.

    Parameters
    ----------
    recherche : UUID, optional
        The recorded search behind an exception to three files.

    Raises
    ------
    RefusalError
        ATR-011 the session is called already; ATR-018 the home is on an agenda already; those of the
        machines: COM-020, COM-042, COM-050 to COM-053.
    """
    with acte(acteur, "seance", "U", Seance, seance):
        held = lock(Seance, seance)
        if held.etat != "projet":
            raise refus(
                "ATR-011",
                "séance",
                "L'ordre du jour est parti avec la convocation.",
                "Inscrivez ce logement à une séance qui n'est pas encore convoquée.",
                "R441-9 CCH",
            )
        home = lock(Vacance, Vacance.objects.get(pk=vacance, bailleur_id=held.bailleur_id).pk)
        _not_twice(held, home)
        search = None if recherche is None else Recherche.objects.get(pk=recherche, vacance=home)
        loi = loi_du(held.le)
        for candidature in _eligible(home):
            facts = {"dossier": dossier_of(candidature), "seance_le": held.le, "loi": loi}
            move("candidature", candidature, "inscrite", acteur.role, facts)
            save(candidature, maintenant)
        place = (held.points.aggregate(n=Max("place"))["n"] or 0) + 1
        made = PointSeance(seance=held, vacance=home, place=place, recherche=search)
        _examine(made, home, acteur.role, maintenant)
        made.save(force_insert=True)
        note(acteur, "seance.inscrire", "vacance", home.pk, held.bailleur_id)
    return made


def _not_twice(seance: Seance, vacance: Vacance) -> None:
    """Refuse a home that this session has already, or that waits for another one."""
    waiting = PointSeance.objects.filter(vacance=vacance, etat="a_examiner", nature=Nature.EXAMEN)
    if waiting.exists() or seance.points.filter(vacance=vacance).exists():
        raise refus(
            "ATR-018",
            "vacance",
            "Ce logement est déjà à l'ordre du jour d'une séance.",
            "Attendez son examen, ou choisissez une autre séance.",
        )


def _eligible(vacance: Vacance) -> list[Candidature]:
    rows = Candidature.objects.filter(vacance=vacance, etat="eligible").select_for_update(of=("self",))
    return list(rows.select_related("demande").order_by("pk"))


def _examine(point: PointSeance, vacance: Vacance, role: str, maintenant: dt.datetime) -> None:
    """Take the home to the agenda; one that comes back from a session is there already."""
    candidatures = examined(point)
    search = None
    if point.recherche is not None:
        kept = point.recherche
        search = moteur.RechercheConsignee(kept.au, kept.n, kept.eligibles, kept.motifs)
    day = point.seance.le
    found = moteur.check_dossiers(logement_of(vacance), dossiers_of(candidatures), day, loi_du(day), search)
    ranked = sorted((c for c in candidatures if c.ordre is not None), key=lambda c: c.ordre or 0)
    point.ordre = [c.numero_unique for c in ranked]
    if vacance.etat == "inscrite":
        if not found.conforme:
            raise RefusalError(found.problemes)
        return
    move("vacance", vacance, "inscrite", role, {"dossiers": found})
    vacance.modifiee_le = maintenant
    vacance.save()


def convoquer(*, acteur: Acteur, seance: uuid.UUID, au: dt.date) -> Seance:
    """Call a session: its règlement is that of its day, and its members may read the files.

    Raises
    ------
    RefusalError
        Those of the machine: COM-018, COM-020, COM-080, COM-081, COM-117.
    """
    with acte(acteur, "seance", "U", Seance, seance):
        held = lock(Seance, seance)
        rule = reglement_au(held.bailleur_id, held.le)
        files = dossiers_of(c for point in held.points.all() for c in examined(point))
        facts = {
            "reglement": reglement_of(rule),
            "seance_le": held.le,
            "seance": seance_of(held, rule, au, files),
            "au": au,
        }
        move("seance", held, "convoquee", acteur.role, facts)
        held.reglement, held.convoquee_le, held.dossiers_ouverts = rule, au, True
        held.save()
        note(acteur, "seance.convoquer", "seance", held.pk, held.bailleur_id)
    return held


def ouvrir(*, acteur: Acteur, seance: uuid.UUID, au: dt.date, maintenant: dt.datetime) -> Seance:
    """Open a session on its day, under the règlement of its convocation.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-022, COM-082, COM-084.
    """
    return _sit(acteur, seance, "ouverte", au, maintenant)


def suspendre(*, acteur: Acteur, seance: uuid.UUID, au: dt.date, maintenant: dt.datetime) -> Seance:
    """Suspend a session; it opens again by :func:`ouvrir`."""
    return _sit(acteur, seance, "suspendue", au, maintenant)


def _sit(acteur: Acteur, seance: uuid.UUID, vers: str, au: dt.date, maintenant: dt.datetime) -> Seance:
    with acte(acteur, "seance", "U", Seance, seance):
        held = lock(Seance, seance)
        move("seance", held, vers, acteur.role, _sitting(held, au))
        held.ouverte_le = held.ouverte_le or maintenant
        held.save()
        note(acteur, f"seance.{vers}", "seance", held.pk, held.bailleur_id)
    return held


def _sitting(seance: Seance, au: dt.date) -> dict[str, object]:
    """Return the facts of a session that was called; none for another one, whose arrows do not exist."""
    if seance.reglement is None or seance.convoquee_le is None:
        return {"au": au}
    return {
        "au": au,
        "seance": seance_of(seance, seance.reglement, seance.convoquee_le),
        "reglement": reglement_of(reglement_au(seance.bailleur_id, seance.le)),
    }


def annuler(*, acteur: Acteur, seance: uuid.UUID, motif: str) -> Seance:
    """Cancel a session before it opens; its homes wait for another one.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-088.
    """
    with acte(acteur, "seance", "U", Seance, seance):
        held = lock(Seance, seance)
        move("seance", held, "annulee", acteur.role, {"motif": motif})
        held.motif_annulation, held.dossiers_ouverts = motif[:200], False
        held.save()
        held.points.filter(etat="a_examiner").update(etat="non_examine", motif_non_examen="annulation")
        note(acteur, "seance.annuler", "seance", held.pk, held.bailleur_id)
    return held


def clore(*, acteur: Acteur, seance: uuid.UUID, maintenant: dt.datetime) -> Seance:
    """Close a session whose every home was examined, or said not to be: its decisions no longer change.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-085.
    """
    with acte(acteur, "seance", "U", Seance, seance):
        held = lock(Seance, seance)
        left = held.points.filter(etat="a_examiner").count()
        move("seance", held, "close", acteur.role, {"points_ouverts": left})
        held.close_le = maintenant
        held.save()
        lettres.de_la_seance(held, maintenant)
        note(acteur, "seance.clore", "seance", held.pk, held.bailleur_id)
    return held
