"""``kill -9`` of the web process, of the worker and of the database, during imports and digests.

Afterwards no offer is half written, no alert is lost, none that the mail server had acknowledged is sent
again, save where the kill fell between the acknowledgement and the commit: that is found and told.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from tests.e2e.pannes import Maison, wait_for
from tests.e2e.smtp import Boite, mail_server
from tests.web.offres.outils import SIREN, csv_de, ligne

EPREUVES = os.environ.get("PALIER_EPREUVES") == "1"
COUPS = 50 if EPREUVES else 5
GRAINE = 20_261_124
LIGNES, ALERTES = 40, 12
CIBLES = ("ouvrier", "base", "web", "ouvrier", "base")
_PLUS_TARD_S = 1.2


@pytest.fixture
def maison() -> Iterator[tuple[Maison, Boite]]:
    folder = Path(tempfile.mkdtemp(prefix="pk-"))
    folder.chmod(0o755)  # the embedded server runs as another user when we are root
    with mail_server() as boite:
        made = Maison(folder, boite.port)
        try:
            made.build()
            yield made, boite
        finally:
            made.close()
            shutil.rmtree(folder, ignore_errors=True)


def _alerts(maison: Maison, coup: int) -> None:
    """Alerts of this round, running since yesterday."""
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    for number in range(ALERTES):
        maison.query(
            "INSERT INTO public_alerte (id, courriel, filtres, langue, etat, creee_le, confirmee_le,"
            " vue_jusqu_a, retours) VALUES (gen_random_uuid(), %s, '', 'fr', 'active', %s, %s, %s, 0)",
            f"p{coup}-{number}@exemple.fr", since, since, since,
        )  # fmt: skip


class Envoyeur(threading.Thread):
    """A landlord's program: it sends a lot, and sends it again under the same key until it is taken."""

    def __init__(self, maison: Maison, coup: int) -> None:
        super().__init__(daemon=True)
        self.maison, self.coup, self.pris = maison, coup, False
        rows = [
            ligne(reference_bailleur=f"C{coup}-{i}", adresse=f"{i + 1} rue de la Douane")
            for i in range(LIGNES)
        ]
        self.contenu = csv_de(rows)

    def run(self) -> None:
        headers = {
            "Authorization": f"Bearer {self.maison.semis['noms']['cle_secrete']}",
            "Idempotency-Key": f"coup-{self.coup}",
        }
        address = f"{self.maison.adresse}/api/v1/bailleurs/{SIREN}/lots"
        limit = time.monotonic() + 60
        while not self.pris and time.monotonic() < limit:
            try:
                files = {"fichier": ("lot.csv", self.contenu)}
                answer = requests.post(address, files=files, headers=headers, timeout=20)
                self.pris = answer.status_code == 202
            except requests.RequestException:
                time.sleep(0.05)


def _written(maison: Maison) -> list[str]:
    """What is half written: a lot of which some offers only are there, or an applied lot without them."""
    rows = maison.query(
        "SELECT l.cle_idempotence, l.etat, (SELECT count(*) FROM offres_offre o"
        " WHERE o.reference LIKE replace(l.cle_idempotence, 'coup-', 'C') || '-%%'),"
        " (SELECT count(*) FROM journal_evenement e JOIN offres_offre o ON o.id::text = e.objet_id"
        "  WHERE e.verbe = 'offre.creer'"
        "  AND o.reference LIKE replace(l.cle_idempotence, 'coup-', 'C') || '-%%')"
        " FROM offres_lot l WHERE l.cle_idempotence <> ''"
    )
    expected = {"applique": LIGNES, "recu": 0}
    return [
        f"{key} : {state}, {count} offres, {lines} lignes de journal"
        for key, state, count, lines in rows
        if state not in expected or count != expected[state] or lines != count
    ]


def _message_id(envoi: object) -> str:
    return f"<{envoi}@127.0.0.1>"


def _in_doubt(maison: Maison, boite: Boite) -> set[str]:
    """Messages that the server has acknowledged and that the database does not know to be."""
    waiting = maison.query("SELECT id FROM public_envoi WHERE accepte_le IS NULL")
    return {_message_id(pk) for (pk,) in waiting} & set(boite.times())


def _settle(maison: Maison, coups: int) -> None:
    """Let the periodic jobs do what an hour would do, until nothing waits."""

    def calm() -> bool:
        for task, queue in (
            ("public.reprendre", "horloge"),
            ("offres.reprendre_lots", "horloge"),
            ("public.preparer_alertes", "courriels"),
        ):
            maison.ask(task, queue)
        maison.repair("")
        (lots,) = maison.query("SELECT count(*) FROM offres_lot WHERE etat = 'applique'")[0]
        (served,) = maison.query(
            "SELECT count(DISTINCT alerte_id) FROM public_envoi WHERE accepte_le IS NOT NULL"
        )[0]
        time.sleep(0.4)
        return bool(lots >= coups and served >= coups * ALERTES)

    wait_for(calm, 90 if EPREUVES else 60, f"le site ne s'est pas remis : {maison.dossier}")


def _round(maison: Maison, boite: Boite, coup: int, tirage: random.Random) -> set[str]:
    """Send a lot and digests, kill at an instant drawn, look, repair; return the messages in doubt."""
    target = CIBLES[coup % len(CIBLES)]
    _alerts(maison, coup)
    sender = Envoyeur(maison, coup)
    sender.start()
    before = tirage.uniform(0.0, _PLUS_TARD_S / 2)
    time.sleep(before)
    maison.ask("public.preparer_alertes", "courriels")
    time.sleep(tirage.uniform(0.0, _PLUS_TARD_S - before))
    maison.kill(target)
    if target == "base":
        maison.start_base()
    doubt = _in_doubt(maison, boite) if target != "web" else set()
    half = _written(maison)
    assert half == [], f"coup {coup}, {target}"
    maison.repair("" if target == "base" else target)
    sender.join(70)
    assert sender.pris, f"coup {coup} : le lot n'a jamais été pris"
    return doubt


def _lost(maison: Maison) -> list[str]:
    """Alerts that told too much, or that the digest of tomorrow cannot make whole.

    What a digest did not see though it is dated before it must be within the look back of the next one.
    """
    rows = maison.query(
        "SELECT a.courriel, (e.offres ->> 'nombre')::int, jsonb_array_length(e.offres -> 'recentes'),"
        " count(o.id) FILTER (WHERE NOT (e.offres -> 'recentes') ? o.id::text), count(o.id)"
        " FROM public_alerte a JOIN public_envoi e ON e.alerte_id = a.id"
        " LEFT JOIN offres_offre o ON o.nature = 'location' AND o.statut = 'publiee'"
        "  AND o.publiee_le > a.confirmee_le AND o.publiee_le <= a.vue_jusqu_a GROUP BY 1, 2, 3"
    )
    late = sum(behind for *_rest, behind, _real in rows)
    print(f"offres écrites derrière un envoi, que le suivant dira : {late}")
    return [
        f"{to} : {told} dites, {seen} vues, {behind} derrière, {real} en tout"
        for to, told, seen, behind, real in rows
        if not told == seen == real - behind
    ]


def test_rien_ne_se_perd_quand_on_tue(
    maison: tuple[Maison, Boite],
    capsys: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    house, boite = maison
    record_property("épreuve", ("coups (kill -9) portés au site, à l'ouvrier ou à la base", str(COUPS)))
    draw = random.Random(GRAINE)
    doubt: set[str] = set()
    for coup in range(COUPS):
        doubt |= _round(house, boite, coup, draw)
    _settle(house, COUPS)
    assert _written(house) == []
    lots = house.query("SELECT cle_idempotence, count(*) FROM offres_lot GROUP BY 1")
    assert {key: n for key, n in lots if key} == {f"coup-{coup}": 1 for coup in range(COUPS)}
    versions = house.query("SELECT DISTINCT version FROM offres_offre WHERE reference LIKE 'C%%-%%'")
    assert versions == [(1,)]  # applied once: a second time would have changed nothing, and said so
    times = boite.times()
    sent = {_message_id(pk) for (pk,) in house.query("SELECT id FROM public_envoi")}
    assert sent - set(times) == set(), "un envoi noté accepté que le serveur n'a pas reçu"
    twice = {name for name, instants in times.items() if len(instants) > 1}
    with capsys.disabled():
        print(f"\n{COUPS} coups, {len(lots)} lots, {len(sent)} envois ; acquittés avant l'écriture de"
              f" l'acquittement : {len(doubt)}, renvoyés sous le même Message-ID : {len(twice)}")  # fmt: skip
    assert twice - doubt == set(), "un courriel acquitté et noté a été renvoyé"
    with capsys.disabled():
        assert _lost(house) == []
    ((broken,),) = house.query(
        "SELECT count(*) FROM (SELECT empreinte, precedent, lag(empreinte) OVER (ORDER BY id) AS avant,"
        " sha256(precedent || journal_texte(e)) AS refaite FROM journal_evenement e) s"
        " WHERE empreinte IS DISTINCT FROM refaite"
        " OR precedent IS DISTINCT FROM coalesce(avant, '\\x00'::bytea)"
    )
    assert broken == 0
