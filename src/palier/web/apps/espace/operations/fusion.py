"""Two requests become one: who entered the other finds the one that is kept, and her adviser too."""

from __future__ import annotations

from collections.abc import Sequence

from palier.web.apps.demandes.models import Demande
from palier.web.apps.espace.models import Mandat, Rattachement

_LIEN, _MANDAT = "lien", "mandat"


def deplacer(gardee: Demande, autre: Demande) -> list[str]:
    """Tie to the kept request the accounts and the live mandates of the other; return what was moved.

    A mandate whose adviser has one for the kept request already stays where it is: that one goes on.
    """
    ties = list(Rattachement.objects.filter(demande_id=autre.pk).values_list("pk", flat=True))
    Rattachement.objects.filter(pk__in=ties).update(demande_id=gardee.pk)
    alive = Mandat.objects.filter(revoque_le__isnull=True)
    known = set(alive.filter(demande=gardee).values_list("cle_courriel", flat=True))
    moved = list(alive.filter(demande=autre).exclude(cle_courriel__in=known).values_list("pk", flat=True))
    Mandat.objects.filter(pk__in=moved).update(demande=gardee)
    return [*(f"{_LIEN}:{pk}" for pk in ties), *(f"{_MANDAT}:{pk}" for pk in moved)]


def rendre(gardee: Demande, autre: Demande, deplaces: Sequence[str]) -> None:
    """Give back what was moved and is still there; a mandate revoked meanwhile goes back revoked."""
    told = [line.partition(":") for line in deplaces]
    ties = [pk for kind, _sep, pk in told if kind == _LIEN]
    held = [pk for kind, _sep, pk in told if kind == _MANDAT]
    Rattachement.objects.filter(pk__in=ties, demande_id=gardee.pk).update(demande_id=autre.pk)
    Mandat.objects.filter(pk__in=held, demande=gardee).update(demande=autre)
