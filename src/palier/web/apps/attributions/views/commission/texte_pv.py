"""Minutes as a document: Markdown, laid out as a tagged PDF by ``formats.documents``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from palier.web.apps.attributions import phrases
from palier.web.apps.attributions.presentation_minutes import Minutes, Point
from palier.web.components.dates import ecrire_date

EXCEPTIONS = {
    "INSUFFISANCE": "Pas assez de candidats",
    "DALO_PREFET": "Personnes désignées par le préfet",
    "D331-25-1": "Logement d'un programme particulier (D331-25-1)",
}


def title_of(made: Minutes) -> str:
    """Return the title of the document."""
    return _("Procès-verbal n° %(n)s de la commission d'attribution") % {"n": made.pv.numero}


def markdown(made: Minutes) -> str:
    """Return minutes as Markdown: numbers of requests, names of members, none of an applicant."""
    seance, said = made.seance, made.pv.contenu
    signed = timezone.localtime(made.pv.signe_le)
    lines = [
        f"# {title_of(made)}",
        "",
        _("%(bailleur)s, séance n° %(n)s du %(jour)s.")
        % {
            "bailleur": _plain(seance.bailleur.nom), "n": seance.numero,
            "jour": ecrire_date(seance.le, "longue"),
        },
        "",
        f"- {_('Mode')} : {_(phrases.MODES[seance.mode])}",
        f"- {_('Lieu')} : {_plain(said['lieu'])}",
        f"- {_('Ouverte')} : {_hour(said['ouverte'])}",
        f"- {_('Close')} : {_hour(said['close'])}",
        f"- {_('Président')} : {_plain(made.president)}",
        "",
    ]  # fmt: skip
    if seance.reunion_demandee_le:
        lines += [_("Un membre a demandé une réunion pendant cette séance écrite."), ""]
    for point in made.points:
        lines += _home(point, seance.le)
    lines += [
        f"## {_('Signature et empreintes')}",
        "",
        _("Signé par %(nom)s, le %(jour)s.")
        % {"nom": _plain(made.president), "jour": ecrire_date(signed, "longue")},
        "",
        f"- {_('Empreinte du contenu')} : {_code(made.pv.empreinte)}",
        f"- {_('Empreinte du procès-verbal précédent')} : {_code(made.pv.precedent)}",
        f"- {_('Empreinte du règlement appliqué')} : {_code(said['reglement'] or '')}",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def _home(point: Point, le: Any) -> list[str]:
    item = point.contenu
    lines = [f"## {_('Logement')} {point.place} : {_plain(point.nom)}", ""]
    if item["nature"] == "rectification":
        lines += [_("Ce point corrige une décision d'une séance passée."), ""]
    if item["etat"] != "clos":
        why = _(phrases.NON_EXAMENS.get(item["non_examen"], item["non_examen"]))
        return [
            *lines,
            _("Non examiné : %(motif)s. Le logement revient à une prochaine séance.") % {"motif": why},
            "",
        ]
    counted, needed = point.quorum
    votes = item["votes"]
    lines += [
        f"- {_('Quorum')} : " + _("%(n)s comptés pour %(r)s demandés") % {"n": counted, "r": needed},
        f"- {_('Vote')} : "
        + _("pour %(a)s, contre %(b)s, abstentions %(c)s")
        % {"a": votes["oui"], "b": votes["non"], "c": votes["abstention"]},
    ]  # fmt: skip
    if item["departage"] == "maire":
        lines.append(f"- {_('À égalité, la voix du maire a compté.')}")
    if item["departage"] == "president":
        lines.append(f"- {_('À égalité, la voix du président a compté.')}")
    if item["exception"]:
        kind = _(EXCEPTIONS.get(item["exception"], item["exception"]))
        lines.append(f"- {_('Exception à la règle des trois demandes')} : {kind}")
    lines += [
        "",
        *_table(item, le),
        "",
        f"### {_('Présents pour ce logement')}",
        "",
        *_presents(point, le),
        "",
    ]
    return lines


def _table(item: Mapping[str, Any], le: Any) -> list[str]:
    reasons, papers = phrases.codes("caleol_motifs", le), phrases.codes("pieces_condition", le)
    gaps, apart = phrases.codes("caleol_motifs_ecart", le), {e["numero"]: e["code"] for e in item["ecarts"]}
    rows = [f"| {_('Demande')} | {_('Décision')} | {_('Motifs et conditions')} |", "| --- | --- | --- |"]
    for d in item["decisions"]:
        letter, words = phrases.DECISIONS[d["code"]]
        said = f"{letter}) {_(words)}" + (f" {d['rang']}" if d["rang"] else "")
        why = [reasons.get(code, code) for code in d["motifs"]]
        if d["condition"]:
            why.append(papers.get(d["condition"], d["condition"]))
        if d["numero"] in apart:
            why.append(_("Écart à l'ordre : %(motif)s") % {"motif": gaps.get(apart[d["numero"]], "")})
        if d["corrige"]:
            why.append(_("Corrige une décision passée"))
        rows.append(f"| {d['numero']} | {said} | {' ; '.join(why) or _('aucun')} |")
    return rows


def _presents(point: Point, le: Any) -> list[str]:
    links = phrases.codes("caleol_interets", le)
    return [
        f"- {_plain(nom)}, {quality}, {timezone.localtime(at):%H:%M}"
        + (f" ({_('sorti, intérêt déclaré : %(lien)s') % {'lien': links.get(left, left)}})" if left else "")
        for nom, quality, at, left in point.presents
    ] or [f"- {_('personne')}"]


def _hour(text: str | None) -> str:
    if not text:
        return _("non")
    from datetime import datetime

    at = timezone.localtime(datetime.fromisoformat(text))
    return f"{ecrire_date(at, 'courante')}, {at:%H:%M}"


def _code(text: str) -> str:
    return f"`{text}`" if text else _("aucune : c'est le premier")


def _plain(text: str) -> str:
    """Return a text that Markdown leaves as it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in str(text).replace("\n", " "))
