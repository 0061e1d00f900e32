"""The table of ratios, as it is printed and committed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


def number(value: float, digits: int = 2) -> str:
    """Write a number as French readers do."""
    return f"{value:,.{digits}f}".replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


@dataclass(frozen=True)
class Ligne:
    """One measure beside its target; ``atteint`` None where there is none."""

    mesure: str
    palier: str
    voisin: str
    rapport: str
    cible: str
    atteint: bool | None


@dataclass
class Tableau:
    """All measures of a run."""

    taille: int
    lignes: list[Ligne] = field(default_factory=list)
    droite: list[tuple[int, float, float, float, float]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(
        self, mesure: str, palier: str, voisin: str, rapport: str, cible: str, atteint: bool | None
    ) -> None:
        """Add one line."""
        self.lignes.append(Ligne(mesure, palier, voisin, rapport, cible, atteint))

    def render(self, au: dt.date, versions: str) -> str:
        """Write the page."""
        today = dt.date.today()
        head = [
            "# Mesures",
            "",
            f"Faites le {today:%d/%m/%Y} par `make bench` sur 2 cœurs partagés (x86-64 de serveur, 24 Gio),",
            f"{number(self.taille, 0)} demandes inventées à la date du {au:%d/%m/%Y}, 40 critères.",
            f"Versions : {versions}.",
            "",
            "Temps de processeur (utilisateur et système), un processus par mesure ; les deux chiffres d'une",
            "ligne viennent du même tour, celui dont le rapport est médian. La page « Mesures » dit comment.",
            "",
            "| mesure | Palier | voisin | rapport | cible | verdict |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        verdicts = {True: "atteint", False: "**non atteint**", None: "—"}
        rows = [
            f"| {x.mesure} | {x.palier} | {x.voisin} | {x.rapport} | {x.cible} | {verdicts[x.atteint]} |"
            for x in self.lignes
        ]
        return "\n".join([*head, *rows, *self._line(), *self._notes()]) + "\n"

    def _line(self) -> list[str]:
        if not self.droite:
            return []
        top = max(ours for _, ours, *_ in self.droite)
        found = [
            "",
            "## Temps de processeur par demande, selon la taille",
            "",
            "En microsecondes : tout compris, puis sans le coût fixe d'un appel.",
            "",
            "| demandes | Palier | à la main | Palier sans coût fixe | à la main sans coût fixe | Palier |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for size, ours, theirs, bare, bare_theirs in self.droite:
            bar = "█" * max(1, round(ours / top * 30))
            cells = [number(size, 0), *(number(v, 3) for v in (ours, theirs, bare, bare_theirs)), f"`{bar}`"]
            found.append(f"| {' | '.join(cells)} |")
        return found

    def _notes(self) -> list[str]:
        return ["", "## Notes", "", *(f"- {note}" for note in self.notes)] if self.notes else []
