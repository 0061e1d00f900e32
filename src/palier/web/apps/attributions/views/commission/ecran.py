"""The screen of one home: what its page shows, from what was read and what was just typed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from palier.base.errors import InputError, Problem
from palier.engines import commission as moteur
from palier.engines.commission.run.college import is_deliberatif, siege
from palier.web.apps.attributions import phrases
from palier.web.apps.attributions.models import Candidature, Membre
from palier.web.apps.attributions.queries import faits
from palier.web.apps.attributions.queries.commission import alertes
from palier.web.apps.attributions.queries.commission.lot import Examen, Lot
from palier.web.apps.attributions.views.commission.communs import short
from palier.web.apps.attributions.views.commission.saisie import Saisie, stored
from palier.web.components.pieces import Etat

LETTRES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Ecran:
    """What was read of a home, inside its perimeter.

    Parameters
    ----------
    siegent : tuple of (Membre, bool)
        Who sits for this home, and whether she votes.
    apercu : Cloture, optional
        What closing now would give.
    refus : tuple of Problem
        Why nobody can be counted.
    adresses : list
        Members who live where a candidate does.
    """

    lot: Lot
    examen: Examen
    siegent: tuple[tuple[Membre, bool], ...]
    apercu: moteur.Cloture | None
    refus: tuple[Problem, ...]
    adresses: list[tuple[Membre, Problem]]

    def letters(self) -> dict[uuid.UUID, str]:
        """Return the letter of each candidacy."""
        return {c.pk: LETTRES[k] for k, (c, _d) in enumerate(self.examen.candidats[: len(LETTRES)])}

    def voters(self) -> list[uuid.UUID]:
        """Return who is there with a vote, represented members included."""
        voting = {m.pk for m, votes in self.siegent if votes}
        there = [p for p in self.examen.presences if not p.interet and p.membre_id in voting]
        return [p.membre_id for p in there] + [m for p in there for m in p.pouvoirs if m in voting]


def read(lot: Lot, examen: Examen) -> Ecran:
    """Read what the screen of a home needs beyond the session itself; call inside the perimeter."""
    seance, loi = lot.seance, faits.loi_du(lot.seance.le)
    sitting = tuple(
        (m, is_deliberatif(engine, loi))
        for m in lot.membres
        if siege(engine := faits.membre_of(m), examen.logement, loi)
    )
    preview: moteur.Cloture | None = None
    refused: tuple[Problem, ...] = ()
    if seance.reglement is not None and seance.convoquee_le is not None:
        examen.point.seance = seance
        files = _presented(examen)
        called = faits.seance_of(seance, seance.reglement, seance.convoquee_le, faits.dossiers_of(files))
        try:
            if examen.point.etat != "a_examiner":
                preview = faits.cloture_of(examen.point)
            elif examen.point.nature == "examen":
                proposals = [d for _c, d in examen.candidats if d is not None and d.etat == "proposee"]
                held = faits.gathered(
                    examen.point, examen.logement, files, [faits.membre_of(m) for m in lot.membres],
                    examen.presences, sorted(proposals, key=lambda d: d.pk), examen.bulletins,
                )  # fmt: skip
                preview = moteur.preview_point(called, held, loi)
        except InputError as error:
            refused = tuple(error.problems)
    return Ecran(lot, examen, sitting, preview, refused, alertes.item_warnings(examen, lot.membres))


def _presented(examen: Examen) -> list[Candidature]:
    """Return the files as they were put on the agenda, by number: those withdrawn since come last."""
    kept = [c for c, _d in examen.candidats if c.etat in faits.PRESENTES]
    return sorted(kept, key=lambda c: (c.etat == "retiree", c.numero_unique))


def saisies_of(ecran: Ecran) -> dict[uuid.UUID, Saisie]:
    """Return what is kept for each candidate."""
    gaps = ecran.examen.point.ecarts
    return {
        c.pk: stored(d, gaps, c.numero_unique, place)
        for place, (c, d) in enumerate(ecran.examen.candidats, start=1)
    }


def candidates(ecran: Ecran, saisies: Mapping[uuid.UUID, Saisie]) -> list[dict[str, Any]]:
    """Return the ballot of each candidate."""
    au = ecran.lot.seance.le
    labels, rules = phrases.codes("caleol_motifs", au), phrases.details("caleol_motifs", au)
    papers, gaps = phrases.codes("pieces_condition", au), phrases.codes("caleol_motifs_ecart", au)
    letters = ecran.letters()
    return [
        {
            "pk": c.pk,
            "lettre": letters.get(c.pk, ""),
            "numero": short(c.numero_unique),
            "retiree": c.etat == "retiree",
            "etat": c.etat,
            "saisie": saisies[c.pk],
            "decisions": [
                {"code": code, "touche": key, "mot": _(words), "choisi": saisies[c.pk].code == code}
                for code, (key, words) in phrases.DECISIONS.items()
            ],
            "pieces": papers.items(),
            "ecarts": gaps.items(),
            "motifs": [
                reason(code, words, rules[code], saisies[c.pk]) for code, words in labels.items()
            ],
            "decision": d,
            "dit": _said(d, labels, papers),
        }
        for c, d in ecran.examen.candidats
    ]  # fmt: skip


def reason(code: str, words: str, rule: Any, saisie: Saisie) -> dict[str, Any]:
    """Return a coded reason, with the figures that it needs."""
    figures = saisie.motifs.get(code, {})
    return {
        "code": code,
        "mot": words,
        "pour": rule["decisions"],
        "choisi": code in saisie.motifs,
        "chiffres": [
            {"nom": nom, "mot": _(phrases.CHIFFRES.get(nom, nom)), "valeur": figures.get(nom, "")}
            for nom in rule.get("chiffres", "").split()
        ],
    }


def _said(decision: Any, labels: Mapping[str, str], papers: Mapping[str, str]) -> dict[str, Any] | None:
    if decision is None:
        return None
    letter, words = phrases.DECISIONS[decision.code]
    return {
        "touche": letter,
        "mot": f"{_(words)} {decision.rang}" if decision.rang else _(words),
        "motifs": [labels.get(code, code) for code in decision.motifs],
        "piece": papers.get(decision.condition_piece, ""),
        "limite": decision.condition_limite,
        "texte": decision.texte,
    }


def roll(ecran: Ecran) -> list[dict[str, Any]]:
    """Return who sits for this home: there, left, represented, away."""
    there = {p.membre_id: p for p in ecran.examen.presences}
    holders = {absent: p.membre_id for p in ecran.examen.presences for absent in p.pouvoirs}
    names = {m.pk: m.nom for m, _v in ecran.siegent}
    words = phrases.codes("caleol_membres", ecran.lot.seance.le)
    interests = phrases.codes("caleol_interets", ecran.lot.seance.le)
    proxies = bool(ecran.lot.reglement and ecran.lot.reglement.pouvoirs)
    made = []
    for m, votes in ecran.siegent:
        row = there.get(m.pk)
        value = (
            f"interet:{row.interet}" if row is not None and row.interet
            else "present" if row is not None
            else f"pouvoir:{holders[m.pk]}" if m.pk in holders
            else ""
        )  # fmt: skip
        options = [("", _("Absent")), ("present", _("Présent"))]
        options += [
            (f"interet:{code}", _("Sorti : %(lien)s") % {"lien": text}) for code, text in interests.items()
        ]
        if proxies and votes:
            options += [
                (f"pouvoir:{o.pk}", _("Représenté par %(nom)s") % {"nom": o.nom})
                for o, v in ecran.siegent
                if v and o.pk != m.pk
            ]
        made.append(
            {
                "pk": m.pk, "nom": m.nom, "qualite": words.get(m.qualite, m.qualite), "vote": votes,
                "president": m.president, "valeur": value, "options": options,
                "etat": _presence(value, interests, names),
                "code": "present" if value == "present" else "absent",
            }
        )  # fmt: skip
    return made


def _presence(value: str, interests: Mapping[str, str], names: Mapping[uuid.UUID, str]) -> str:
    kind, _sep, rest = value.partition(":")
    if kind == "present":
        return _("présent")
    if kind == "interet":
        return _("sorti, intérêt déclaré : %(lien)s") % {"lien": interests.get(rest, rest)}
    if kind == "pouvoir":
        return _("représenté par %(nom)s") % {"nom": names.get(uuid.UUID(rest), "")}
    return _("absent")


def checks(ecran: Ecran) -> list[Etat]:
    """Return the checks of the law, as they stand: done, missing, to be seen."""
    found = [Etat("bloque", "", text) for text in _told(ecran, ecran.refus)]
    made = ecran.apercu
    if made is not None:
        if made.quorum.atteint:
            found.append(Etat("fait", "", _("Quorum atteint")))
        else:
            found.append(Etat("bloque", "", _("Quorum non atteint : ce logement ne sera pas examiné")))
        if made.dossiers.conforme:
            kind = _EXCEPTIONS.get(made.dossiers.exception or "")
            found.append(
                Etat("fait", "", _(kind) if kind else _("Au moins trois demandes en vigueur ce jour"))
            )
        found += [Etat("bloque", "", text) for text in _told(ecran, made.problemes)]
        found += [Etat("attention", "", text) for text in _told(ecran, made.avertissements)]
    found += [Etat("attention", m.nom, f" : {_(p.constat)} {_(p.que_faire)}") for m, p in ecran.adresses]
    return found


_EXCEPTIONS = {
    "INSUFFISANCE": "Pas assez de candidats",
    "DALO_PREFET": "Personnes désignées par le préfet",
    "D331-25-1": "Logement d'un programme particulier (D331-25-1)",
}


def _told(ecran: Ecran, problems: Sequence[Problem]) -> list[str]:
    """Return problems in words; a candidate by letter, a member by name, never an identifier."""
    letters = ecran.letters()
    who = {c.numero_unique: letters.get(c.pk, "") for c, _d in ecran.examen.candidats}
    who |= {str(m.pk): m.nom for m in ecran.lot.membres}
    said = []
    for p in problems:
        target = next((name for key, name in who.items() if key and key in p.ou), "")
        text = f"{_(p.constat)} {_(p.que_faire)}"
        said.append(f"{target} : {text}" if target else text)
    return list(dict.fromkeys(said))


def told(ecran: Ecran, problems: Sequence[Problem]) -> list[str]:
    """Return the problems of an act in words."""
    return _told(ecran, problems)


def neighbours(ecran: Ecran) -> dict[str, Any]:
    """Return the links to the homes before and after."""
    lot, examen = ecran.lot, ecran.examen
    found = {"precedent": lot.before(examen), "suivant": lot.after(examen)}
    return {
        name: other and {"url": reverse("commission:point", args=[other.point.pk]),
                         "place": other.point.place, "vacance": other.point.vacance}
        for name, other in found.items()
    }  # fmt: skip
