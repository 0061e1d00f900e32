"""What `make epreuves` prints at its end, to be pasted into docs/explications/epreuves.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

PROPRIETE = "épreuve"  # name under which a test records (what, how many) with `record_property`
_NATURES = {
    "unit": "unitaires",
    "cases": "cas (YAML, avec leur source)",
    "agreement": "accords (moteurs et algorithmes entre eux)",
    "properties": "propriétés (hypothesis)",
    "acceptance": "recette (commandes, fichiers, coupures)",
    "web": "site (base réelle)",
    "docs": "documentation et maison",
    "e2e": "navigateur et pannes",
}


def lines(stats: Mapping[str, Iterable[Any]], exemples: int) -> list[str]:
    """Return the Markdown tables of a run.

    Parameters
    ----------
    stats : mapping of str to iterable of reports
        Those of the terminal reporter, of all workers.
    exemples : int
        Examples that a property draws where it says nothing else.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    said: list[tuple[str, str]] = []
    for state in ("passed", "failed", "error", "skipped"):
        for report in stats.get(state, ()):
            counts[report.nodeid.split("/")[1]][state] += 1
            said += [(str(v[0]), str(v[1])) for name, v in report.user_properties if name == PROPRIETE]
    rows = [
        f"| {_NATURES.get(nature, nature)} | {found['passed']} | {found['failed'] + found['error']}"
        f" | {found['skipped']} |"
        for nature, found in sorted(counts.items(), key=lambda item: list(_NATURES).index(item[0]))
    ]
    head = ["", "| tests | passés | en échec | sautés |", "| --- | --- | --- | --- |", *rows, ""]
    said.append(("exemples tirés par propriété, sauf mention contraire", f"{exemples}"))
    return [
        *head,
        "| épreuve | nombre |",
        "| --- | --- |",
        *(f"| {what} | {n} |" for what, n in sorted(said)),
    ]
