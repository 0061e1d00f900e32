"""What the pages of the commission share: the path, the words of a state, problems said at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from palier.base.errors import InputError, Problem
from palier.web.apps.attributions import phrases
from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions.models import Seance
from palier.web.components.dates import ecrire_date
from palier.web.components.pieces import Etat, Lien

_SIGNES = {
    "projet": "info", "convoquee": "en_attente", "ouverte": "a_vous", "suspendue": "attente",
    "close": "en_attente", "pv_signe": "verifie", "transmise": "fait", "annulee": "ecarte",
}  # fmt: skip


def title_of(seance: Seance) -> str:
    """Return a session by its day: « Séance du jeudi 9 avril 2026 »."""
    return _("Séance du %(jour)s") % {"jour": ecrire_date(seance.le, "longue")}


def state_of(seance: Seance) -> Etat:
    """Return where a session stands."""
    return Etat(_SIGNES[seance.etat], mots.state("seance", seance.etat))


def mode_of(seance: Seance) -> str:
    """Return how a session meets."""
    return _(phrases.MODES[seance.mode])


def path_of(*links: Lien) -> list[Lien]:
    """Return the path of a page of the commission."""
    return [Lien(_("Commission"), reverse("commission:agenda")), *links]


def session_link(seance: Seance) -> Lien:
    """Return the link to a session."""
    return Lien(title_of(seance), reverse("commission:seance", args=[seance.pk]))


def said(problems: Iterable[Problem]) -> list[str]:
    """Return problems as sentences: what, then what to do."""
    return [f"{_(p.constat)} {_(p.que_faire)}" for p in problems]


def status_of(error: InputError) -> int:
    """Return the status of a page that shows what an act refuses."""
    from palier.web.erreurs import status_of as of

    return of(error)


def short(numero: str) -> str:
    """Return a number as the commission says it: its last four signs."""
    return f"…{numero[-4:]}"


def base_context(titre: str, chemin: list[Lien], problemes: Iterable[str] = ()) -> dict[str, Any]:
    """Return what each page of the commission starts from."""
    return {"titre": titre, "chemin": [*chemin, Lien(titre, "")], "problemes": list(problemes)}
