"""Two homes, from the notice to the lease, by the pages alone, under a clock that the test moves.

Nothing is done by operations: the agent, the réservataire and the president each have their session, and the
days between their acts are jumped by the clock of the site (``tests.e2e.decalage``).
"""

from __future__ import annotations

import datetime as dt
import email.policy
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e import decalage
from tests.e2e.semis import SESSION
from tests.e2e.semis_parcours import DEBUT, LOGEMENTS, NOM
from tests.e2e.serveur import RACINE, Site, live_site, web_command

pytestmark = pytest.mark.xdist_group("navigateur")
SEANCE, SILENCE = dt.date(2026, 12, 8), dt.date(2026, 12, 21)  # ten days end on Friday 18 December


@dataclass
class Monde:
    """The site, its clock, its log, and every address that a browser asked for."""

    site: Site
    horloge: Path
    journal: Path
    navigateur: Browser
    adresses: list[str] = field(default_factory=list)
    salles: list[BrowserContext] = field(default_factory=list)

    def midi(self, jour: dt.date) -> None:
        """Move the clock of the site."""
        decalage.set_clock(self.horloge, dt.datetime.combine(jour, dt.time(11), dt.UTC))

    def heure(self) -> None:
        """Let the worker do what it does each hour."""
        command = [sys.executable, "-W", "ignore", "-m", "tests.e2e.decalage", "heure"]
        with self.journal.open("ab") as log:
            subprocess.run(command, env=self.site.env, cwd=RACINE, stdout=log, stderr=log, check=True)

    def qui(self, role: str) -> Page:
        """Open the browser of a person."""
        room = self.navigateur.new_context(
            viewport={"width": 1280, "height": 900}, locale="fr-FR", reduced_motion="reduce"
        )
        key = self.site.semis["cookies"][role]
        room.add_cookies([{"name": SESSION, "value": key, "url": self.site.adresse}])
        room.on("request", lambda request: self.adresses.append(request.url))
        self.salles.append(room)
        page = room.new_page()
        page.set_default_timeout(60_000)  # a sheet of letters takes its time on a busy machine
        return page

    def va(self, page: Page, chemin: str) -> None:
        answer = page.goto(self.site.adresse + chemin)
        assert answer is not None
        assert answer.status == 200, (chemin, answer.status)


@pytest.fixture(scope="module")
def monde(base_embarquee: Path, worker_id: str, navigateur: Browser) -> Iterator[Monde]:
    name = "palier_parcours" if worker_id == "master" else f"palier_parcours_{worker_id}"
    folder = base_embarquee / name
    folder.mkdir(parents=True)
    clock, log = folder / "horloge", folder / "journal.txt"
    decalage.set_clock(clock, dt.datetime.combine(DEBUT, dt.time(11), dt.UTC))

    def launch(port: int) -> list[str]:
        return [sys.executable, "-m", "tests.e2e.decalage", "site", *web_command(port)[3:]]

    with (
        log.open("ab") as written,
        live_site(
            folder, base_embarquee / "pg", name, "parcours", lancer=launch, journal=written,
            **{decalage.HORLOGE: str(clock)},
        ) as site,
    ):  # fmt: skip
        made = Monde(site, clock, log, navigateur)
        yield made
        for room in made.salles:
            room.close()


def _ouvre(page: Page, code: str) -> None:
    """Unfold an act of the page of a home."""
    act = page.locator(f"details#{code}")
    if act.get_attribute("open") is None:
        act.locator("summary").click()


def _envoie(page: Page, code: str) -> None:
    page.locator(f"details#{code} form button").click()
    expect(page.locator("[role=status]").first).to_be_visible()


def _libere(monde: Monde, agent: Page, reference: str) -> str:
    """A notice, the description, the orientation; return the path of the home."""
    monde.va(agent, "/agents/attributions/vacances/ouvrir/conge/")
    agent.fill("#id_reference", reference)
    agent.fill("#id_conge_le", "2026-11-20")
    agent.fill("#id_bail_fin", "2026-12-31")
    agent.locator("main form button.btn-primary").click()
    agent.wait_for_url("**/vacances/*/")
    for name, value in (
        ("surface_m2", "66"),
        ("etage", "1"),
        ("loyer_cent", "450,00"),
        ("charges_cent", "58,80"),
    ):
        agent.fill(f"#id_qualifier-{name}", value)
    for name, value in (("typologie", "t3"), ("financement", "plus"), ("dpe_classe", "C")):
        agent.select_option(f"#id_qualifier-{name}", value)
    for name, value in (("ascenseur", "oui"), ("accessible", "non")):
        agent.check(f"input[name=qualifier-{name}][value={value}]")
    agent.check("#id_qualifier-zone_tendue")
    _envoie(agent, "qualifier")
    _ouvre(agent, "orienter")
    agent.check("details#orienter input[type=radio]")
    _envoie(agent, "orienter")
    expect(agent.locator("h1 + p")).to_contain_text("vers Ville d")
    return agent.url.removeprefix(monde.site.adresse)


def _cherche(monde: Monde, agent: Page, logement: str) -> None:
    """The search of the agent: counted, without a name; kept as a proof."""
    monde.va(agent, f"{logement}candidats/")
    said = agent.locator("main").inner_text()
    assert re.search(r"Sur \d+ demandes, \d+ possibles", said)
    assert NOM not in said
    agent.get_by_role("button", name="Consigner la recherche seule").click()
    expect(agent.locator("[role=status]").first).to_contain_text("consignée")


def _propose(monde: Monde, reservataire: Page, logement: str, numeros: list[str]) -> None:
    monde.va(reservataire, logement.replace("/vacances/", "/orientes/"))
    for numero in numeros:
        row = reservataire.locator("tr", has=reservataire.locator(f"input[value='{numero}']"))
        row.get_by_role("button").click()
        expect(reservataire.locator("[role=status]").first).to_contain_text("proposée")


def _convoque(monde: Monde, agent: Page) -> str:
    monde.va(agent, "/agents/commission/creer/")
    agent.fill("#id_le", SEANCE.isoformat())
    agent.check("input[name=mode][value=salle]")
    agent.fill("#id_lieu", "Salle 2")
    agent.locator("main form button.btn-primary").click()
    agent.wait_for_url("**/seances/*/")
    session = agent.url.removeprefix(monde.site.adresse)
    agent.get_by_role("link", name="Inscrire des logements").click()
    for box in agent.locator("input[name=vacance]").all():
        box.check()
    agent.locator("form.a-inscrire button.btn-primary").click()
    monde.va(agent, session)
    expect(agent.locator("tbody tr")).to_have_count(2)
    agent.locator("form:has(input[value=convoquer]) button").click()
    expect(agent.locator("[role=status]").first).to_contain_text("convoquée")
    return session


def _delibere(presidente: Page, place: int) -> None:
    """The roll, three decisions, the hands, and on to the next home."""
    if place == 1:
        roll = presidente.locator("form[action$='/appel/']").last
        for who in roll.locator("select").all()[:4]:
            who.select_option("present")
        roll.get_by_role("button").click()
    else:
        presidente.locator("form[action$='/appel/'] button[value=reprendre]").click()
    expect(presidente.locator("#quorum")).to_contain_text("Quorum atteint")
    ballots = presidente.locator("fieldset.bulletin")
    expect(ballots).to_have_count(3)
    for rank, ballot in enumerate(ballots.all(), start=1):
        ballot.locator(f"input[value={'non_attribution' if rank == 3 else 'attribution_rang'}]").check()
        if rank == 3:
            ballot.locator("input[value=DETTE]").check()
        else:
            ballot.locator("input[name^=rang-]").fill(str(rank))
    presidente.check("input[name=voix_tous][value=oui]")
    presidente.locator("#barre button[value=clore]").click()
    expect(presidente.locator("[role=status]").first).to_contain_text("décisions sont prises")


def _siege(monde: Monde, presidente: Page, seance: str) -> None:
    """Open, examine, close, sign."""
    monde.va(presidente, seance)
    presidente.locator("form:has(input[value=ouvrir]) button").click()
    presidente.get_by_role("link", name="Examiner le prochain logement").click()
    for place in (1, 2):
        _delibere(presidente, place)
    presidente.wait_for_url(f"**{seance}")
    presidente.locator("form:has(input[value=clore]) button").click()
    presidente.get_by_role("link", name="Procès-verbal").click()
    presidente.get_by_role("button", name="Signer le procès-verbal").click()
    expect(presidente.locator("main")).to_contain_text("Chaîne vérifiée")


def _poste(monde: Monde, agent: Page, combien: int, genre: str = "") -> None:
    """Print the letters that wait, then say that they have left."""
    for act, state in (("imprimer", "a_imprimer"), ("envoyer", "imprimee")):
        monde.va(agent, f"/agents/courriers/?etat={state}&genre={genre}")
        boxes = agent.locator("input[name=courrier]")
        expect(boxes).to_have_count(combien)
        for box in boxes.all():
            box.check()
        if act == "imprimer":
            with agent.expect_download() as sheet:
                agent.get_by_role("button", name="Imprimer les courriers choisis").click()
            assert Path(sheet.value.path()).read_bytes().startswith(b"%PDF-1.7")
        else:
            agent.get_by_role("button", name="partis aujourd").click()
            expect(agent.locator("[role=status]").first).to_contain_text(str(combien))


def _offre(monde: Monde, agent: Page, logement: str) -> None:
    monde.va(agent, logement)
    _ouvre(agent, "offrir")
    _envoie(agent, "offrir")
    assert agent.locator("details#offrir").count() == 0  # nobody else may have an offer meanwhile


def _codes(monde: Monde, agent: Page, genre: str, combien: int) -> list[str]:
    """Codes that persons read on the letters of a kind, once sent."""
    monde.va(agent, f"/agents/courriers/?etat=envoyee&genre={genre}")
    links = agent.locator("tbody th a")
    expect(links).to_have_count(combien)
    found = []
    for address in [link.get_attribute("href") for link in links.all()]:
        assert address is not None
        monde.va(agent, address)
        said = re.search(r"code ((?:\S+ ?)+)", agent.locator("h1 + p").inner_text())
        assert said is not None
        found.append(said[1].strip())
    return found


def _telephone(monde: Monde, agent: Page, code: str, jour: dt.date) -> str:
    """A person calls, says the code of her letter, and says yes; return the link to her request."""
    monde.va(agent, "/agents/courriers/")
    agent.fill("input[name=code]", code.lower())
    agent.get_by_role("button", name="Ouvrir ce courrier").click()
    assert agent.locator("main input:checked").count() == 0
    agent.check("input[name=sens][value=oui]")
    agent.check("input[name=canal][value=telephone]")
    agent.fill("#id_jour", jour.isoformat())
    agent.get_by_role("button", name="Enregistrer la réponse").click()
    expect(agent.locator("main")).to_contain_text("Elle accepte le logement.")
    found = agent.get_by_role("link", name="Voir la demande").get_attribute("href")
    assert found is not None
    return found


def _bail(monde: Monde, agent: Page, logement: str, demande: str, reference: str) -> None:
    """Sign the lease: not before the identity is checked; the request leaves the register."""
    monde.va(agent, logement)
    _ouvre(agent, "bail")
    agent.fill("#id_bail-reference", reference)
    agent.locator("details#bail form button").click()
    expect(agent.locator("#erreurs, .resume-erreurs").first).to_contain_text("identité")
    assert agent.input_value("#id_bail-reference") == reference
    agent.check("#id_bail-identite_verifiee")
    _envoie(agent, "bail")
    expect(agent.locator("main")).to_contain_text("de ce logement est finie")
    monde.va(agent, demande)
    expect(agent.locator("h1")).to_contain_text(NOM)
    expect(agent.locator("main")).to_contain_text("Logée : Bail signé")


def _baux(monde: Monde, agent: Page) -> int:
    """Return how many leases outside the priority districts count this year."""
    monde.va(agent, "/agents/attributions/objectifs/")
    return int(agent.locator("tbody tr").first.locator("td").nth(2).inner_text())


def test_du_conge_au_bail_par_les_pages(monde: Monde) -> None:
    agent, reservataire, presidente = (monde.qui(r) for r in ("agent", "reservataire", "presidente"))
    homes = [_libere(monde, agent, reference) for reference in LOGEMENTS]
    numbers = monde.site.semis["noms"]["numeros"]
    for home, files in zip(homes, (numbers[:3], numbers[3:6]), strict=True):
        _cherche(monde, agent, home)
        _propose(monde, reservataire, home, files)
    session = _convoque(monde, agent)
    assert _baux(monde, agent) == 0

    monde.midi(SEANCE)
    _siege(monde, presidente, session)
    _poste(monde, agent, 6)
    for home in homes:
        _offre(monde, agent, home)
    _poste(monde, agent, 2, "proposition")
    request = _telephone(monde, agent, _codes(monde, agent, "proposition", 2)[0], SEANCE)
    states = {_etat(monde, agent, home): home for home in homes}
    assert set(states) == {"Offre acceptée", "Attribué"}
    _bail(monde, agent, states["Offre acceptée"], request, "B 2026-1")
    assert _baux(monde, agent) == 1

    # rank 1 of the other home says nothing: the day after her last one, the clock calls rank 2
    silent = states["Attribué"]
    monde.midi(SILENCE)
    monde.heure()
    assert _etat(monde, agent, silent) == "Attribué"
    _poste(monde, agent, 1, "proposition_suivante")
    (code,) = _codes(monde, agent, "proposition_suivante", 1)
    following = _telephone(monde, agent, code, SILENCE)
    assert following != request
    _bail(monde, agent, silent, following, "B 2026-2")
    assert _baux(monde, agent) == 2
    assert len(monde.adresses) > 50
    _rien_de_personnel(monde)


def _etat(monde: Monde, agent: Page, logement: str) -> str:
    monde.va(agent, logement)
    return agent.locator("h1 + p b").first.inner_text()


def _rien_de_personnel(monde: Monde) -> None:
    """The surname is on pages and on letters; nowhere in logs, subjects of mails or addresses."""
    log = monde.journal.read_text(encoding="utf-8", errors="replace")
    assert "echeances" in log
    assert "route=agents/attributions/" in log
    subjects = []
    for file in monde.site.boite.iterdir():
        with file.open("rb") as content:
            mail = email.message_from_binary_file(content, policy=email.policy.default)
        subjects.append(str(mail["subject"]))
    assert subjects
    written = "\n".join([log, *subjects, *monde.adresses]).casefold()
    assert NOM.casefold() not in written
    for numero in monde.site.semis["noms"]["numeros"]:
        assert numero.casefold() not in written
