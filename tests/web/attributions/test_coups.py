"""``kill -9`` of a process that plays a session: nothing lost, doubled nor half written, and it goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection

from palier.web.apps.attributions.models import Bulletin, Candidature, Decision, Presence, Pv, Seance
from palier.web.apps.attributions.queries.pv import verify_chain
from palier.web.apps.journal.models import Evenement
from palier.web.apps.journal.queries import verify
from tests.web.attributions.outils import Monde

RACINE = Path(__file__).resolve().parents[3]
EPREUVES = os.environ.get("PALIER_EPREUVES") == "1"
COUPS = 200 if EPREUVES else 5
GRAINE = 20_261_124
LOGEMENTS = 2
_ACTES_MAX = 11  # acts that a play does at most before it is killed
_PAUSE_S = 0.03  # and how far into the next one
_TABLES = {
    "point.pointer": Presence, "point.voter": Bulletin, "pv.signer": Pv,
}  # fmt: skip


@dataclass
class Joueur:
    """The process that forks, and what its plays said they had done."""

    enfant: subprocess.Popen[str]
    dits: Counter[str] = field(default_factory=Counter)

    def ligne(self) -> str:
        """Read a line; acts are counted."""
        assert self.enfant.stdout is not None
        said = self.enfant.stdout.readline().strip()
        assert said, "le joueur s'est tu"
        assert not said.startswith("erreur"), said
        if "." in said:
            self.dits[said] += 1
        return said

    def joue(self, seance: Seance, actes: int | None, pause: float = 0.0) -> bool:
        """Play a session, killed after some acts; tell whether the kill came before its end."""
        assert self.enfant.stdin is not None
        self.enfant.stdin.write(f"{seance.bailleur_id} {seance.pk}\n")
        self.enfant.stdin.flush()
        pid = base = done = 0
        while True:
            if actes is not None and pid and base and done >= actes:
                time.sleep(pause)
                os.kill(pid, signal.SIGKILL)
                actes = None
            word, _, rest = self.ligne().partition(" ")
            pid = int(rest) if word == "pid" else pid
            base = int(rest) if word == "base" else base
            done += "." in word
            if word == "fin":
                _wait_for_base(base)
                return int(rest) == signal.SIGKILL


def _wait_for_base(pid: int) -> None:
    """Wait until the server has seen that its client is gone."""
    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [pid])
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.01)
    raise AssertionError("la connexion du mort est restée ouverte")


@pytest.fixture
def joueur(base_reelle: None) -> Iterator[Joueur]:
    del base_reelle
    name = str(connection.settings_dict["NAME"])
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.web.attributions.joueur", name],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=RACINE,
    ) as child:  # fmt: skip
        try:
            yield Joueur(child)
        finally:
            child.kill()


def _session(monde: Monde) -> Seance:
    """A session that was called, with homes of three files each."""
    from palier.web.apps.attributions.operations import seances
    from tests.web.attributions.outils import CALLED

    made = monde.seance()
    for _ in range(LOGEMENTS):
        monde.inscrit(3, made)
    return seances.convoquer(acteur=monde.agent, seance=made.pk, au=CALLED)


def _broken(monde: Monde) -> list[str]:
    """What is half written, or told otherwise than it is."""
    found = []
    lines = Counter(Evenement.objects.values_list("verbe", flat=True))
    with monde.voir():
        for verb, table in _TABLES.items():
            if table.objects.count() != lines[verb]:
                found.append(f"{verb} : {table.objects.count()} lignes, {lines[verb]} au journal")
        told = Decision.objects.filter(etat="notifiee").count()
        if told != lines["decision.notifier"]:
            found.append(f"{told} décisions notifiées, {lines['decision.notifier']} au journal")
        for seance in Seance.objects.all():
            found += _broken_session(seance, lines)
        closed = sum(s.points.filter(etat="clos").count() for s in Seance.objects.all())
    if closed != lines["point.clore"]:
        found.append(f"{closed} points clos, {lines['point.clore']} au journal")
    return found


def _broken_session(seance: Seance, lines: Counter[str]) -> list[str]:
    found = []
    for point in seance.points.all():
        files = Candidature.objects.filter(vacance=point.vacance_id)
        states = sorted(files.values_list("etat", flat=True))
        decided = Decision.objects.filter(point=point).exclude(etat="proposee")
        if point.etat == "clos":
            if sorted(decided.values_list("code", flat=True)) != states or len(states) != 3:
                found.append(f"point clos : {states}")
            if point.oui is None or point.bulletins.count() != point.oui + point.non + point.abstentions:
                found.append("point clos : ses voix ne sont pas ses bulletins")
        elif decided.exists() or states != ["inscrite"] * 3:
            found.append(f"point ouvert : {states}, {decided.count()} décisions prises")
    signed = Pv.objects.filter(seance=seance).exists()
    if signed != (seance.etat == "pv_signe"):
        found.append(f"séance {seance.etat}, procès-verbal : {signed}")
    return found


def test_une_commission_tuee_reprend_sans_rien_perdre(
    joueur: Joueur, record_property: Callable[[str, object], None]
) -> None:
    record_property("épreuve", ("coups (kill -9) portés à une commission", str(COUPS)))
    assert joueur.ligne() == "prêt"
    monde = Monde()
    draw = random.Random(GRAINE)
    seance, made, killed, sessions = _session(monde), 0, 0, 1
    before = Counter(Evenement.objects.values_list("verbe", flat=True))
    while killed < COUPS:
        if joueur.joue(seance, draw.randint(0, _ACTES_MAX), draw.uniform(0, _PAUSE_S)):
            killed += 1
        else:
            seance, sessions = _session(monde), sessions + 1
        made += 1
        assert made < 3 * COUPS, "les coups arrivent après la fin"
        assert _broken(monde) == [], f"coup {killed}"
        assert verify().rompue is None, f"coup {killed}"
        _nothing_lost(joueur, before, killed)
    assert joueur.joue(seance, None) is False
    assert _broken(monde) == []
    _nothing_lost(joueur, before, killed)
    _whole(monde, sessions)


def _nothing_lost(joueur: Joueur, before: Counter[str], killed: int) -> None:
    """What was said to be done is written, and no more than one act by kill that had no time to say so."""
    lines = Counter(Evenement.objects.values_list("verbe", flat=True)) - before
    missing = {verb: n - lines[verb] for verb, n in joueur.dits.items() if n > lines[verb]}
    assert missing == {}, "un acte dit n'est pas écrit"
    unsaid = sum(lines[verb] - joueur.dits[verb] for verb in joueur.dits)
    assert unsaid <= killed


def _whole(monde: Monde, sessions: int) -> None:
    """Every session ended: each home decided once, minutes chained, letters told, journal whole."""
    assert verify().rompue is None
    assert verify_chain(monde.bailleur.pk) is None
    with monde.voir():
        assert Pv.objects.count() == sessions
        assert set(Seance.objects.values_list("etat", flat=True)) == {"pv_signe"}
        assert Decision.objects.count() == sessions * LOGEMENTS * 3
        assert set(Decision.objects.values_list("etat", flat=True)) == {"notifiee"}
