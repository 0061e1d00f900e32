"""A process that plays sessions of a commission and may be killed: Django once, then a fork for each play.

Spoken by lines: a session to play comes in; ``pid``, ``base`` (its connection), one verb per act that has
returned, then ``fin`` go out.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from typing import Any

SEANCE_LE, LETTRE_LE = dt.date(2026, 12, 8), dt.date(2026, 12, 14)


def say(*words: object) -> None:
    """Write a line at once: whole, or not at all."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def told(verbe: str, act: Any) -> Any:
    """Say that an act has returned, once it has."""

    def run(**given: Any) -> Any:
        made = act(**given)
        say(verbe)
        return made

    return run


def play(bailleur: str, seance: str) -> None:
    """Play a session to its letters, from wherever it was left."""
    from django.db import connection

    from palier.synthetic.annee import Depart
    from palier.web.apps.attributions.models import Decision, Membre, Seance
    from palier.web.apps.attributions.operations import points, pv, seances, suites
    from palier.web.apps.organismes.models import Organisme
    from palier.web.exploitation.annee.commission import hold
    from palier.web.exploitation.annee.jeu import Partie
    from palier.web.exploitation.annee.monde import Monde
    from palier.web.postgres.perimetre import perimetre

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        say("base", cursor.fetchone()[0])
    for module, act, verb in (
        (seances, "ouvrir", "seance.ouverte"), (points, "pointer", "point.pointer"),
        (points, "proposer_decisions", "point.proposer"), (points, "voter", "point.voter"),
        (points, "clore_point", "point.clore"), (seances, "clore", "seance.clore"),
        (pv, "signer_pv", "pv.signer"), (suites, "notifier", "decision.notifier"),
    ):  # fmt: skip
        setattr(module, act, told(verb, getattr(module, act)))
    owner = Organisme.objects.get(pk=bailleur)
    seats = list(Membre.objects.filter(bailleur=owner).order_by("-president", "pk"))
    party = Partie(
        Monde(owner, "246700488", 1, {}, seats), [SEANCE_LE], dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    )
    with perimetre(organismes=[owner.pk]):
        held = Seance.objects.get(pk=seance)
        for point in held.points.select_related("vacance"):
            party.places[point.vacance.logement_id] = Depart(point.place, SEANCE_LE, SEANCE_LE, False, 0)
    hold(party, held)
    with perimetre(organismes=[owner.pk]):
        left = list(Decision.objects.filter(point__seance=held, etat="votee").order_by("pk"))
    for decision in left:
        suites.notifier(acteur=party.monde.agent, decision=decision.pk, remise_le=LETTRE_LE, preuve="LR")


def main(base: str) -> None:
    """Load all, then fork once per line."""
    import django

    django.setup()
    from django.conf import settings

    import palier.web.exploitation.annee.commission  # noqa: F401 - loaded once, before the forks

    settings.DATABASES["default"]["NAME"] = base
    say("prêt")
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                play(*line.split())
                os._exit(0)
            except BaseException as error:
                say("erreur", repr(error)[:300].replace("\n", " "))
                os._exit(1)
        say("pid", child)
        _pid, status = os.waitpid(child, 0)
        say("fin", status)


if __name__ == "__main__":
    main(sys.argv[1])
