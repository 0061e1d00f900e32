"""A state machine as SVG: states in a column, jumps in lanes beside it; no library, the same bytes each time.

Forward jumps run on the right, returns on the left; one lane per state reached,
so that « from anywhere » is one line.
"""

from __future__ import annotations

from html import escape

from palier.engines.commission import Machine
from palier.engines.commission.model.machine import DEBUT

LARGEUR, HAUTEUR, PAS, VOIE, MARGE = 300, 38, 66, 22, 16
_DESC = "Le tableau qui suit le dessin dit chaque flèche en toutes lettres."
_STYLE = (
    "text{font:15px sans-serif;fill:#1b1b1f}rect{fill:#fff;stroke:#3a3a55;stroke-width:1.5}"
    "rect.fin{stroke-width:3}path{fill:none;stroke:#3a3a55;stroke-width:1.5}path.p{fill:#3a3a55;stroke:none}"
)


def draw(machine: Machine) -> str:
    """Draw a machine.

    Examples
    --------
    >>> from palier.engines.commission import load_machine
    >>> draw(load_machine("seance")).count("<rect")
    10
    """
    order = [DEBUT, *machine.etats]
    jumps: dict[tuple[bool, int], set[int]] = {}
    steps: set[int] = set()
    for fleche in machine.fleches:
        start, end = order.index(fleche.de), order.index(fleche.vers)
        if end == start + 1:
            steps.add(start)
        else:
            jumps.setdefault((end > start, end), set()).add(start)
    right = _lanes({end: starts for (forward, end), starts in jumps.items() if forward})
    left = _lanes({end: starts for (forward, end), starts in jumps.items() if not forward})
    x = MARGE + (len(set(left.values())) + 1) * VOIE
    width = x + LARGEUR + (len(set(right.values())) + 1) * VOIE + MARGE
    parts = [_box(machine, code, x, place) for place, code in enumerate(order)]
    parts += [_step(x, start) for start in sorted(steps)]
    for (forward, end), starts in sorted(jumps.items()):
        side = x + LARGEUR if forward else x
        shift = (right if forward else left)[end] * VOIE * (1 if forward else -1)
        parts += [_jump(side, shift, start, end) for start in sorted(starts)]
    height = 2 * MARGE + (len(order) - 1) * PAS + HAUTEUR
    size = f'width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" {size}>'
    head += f"<title>{escape(machine.libelle)} : états et flèches</title><desc>{_DESC}</desc>"
    head += f'<style>{_STYLE}</style><rect {size} style="stroke:none"/>'
    return "\n".join([head, *parts, "</svg>\n"])


def _lanes(jumps: dict[int, set[int]]) -> dict[int, int]:
    """Give each state reached its lane, short jumps nearest; lanes that do not meet are shared."""
    lanes: dict[int, int] = {}
    taken: list[list[tuple[int, int]]] = []
    spans = {end: (min(starts | {end}), max(starts | {end})) for end, starts in jumps.items()}
    for end, (low, high) in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item[0])):
        lane = next(
            (k for k, held in enumerate(taken) if all(high < a or b < low for a, b in held)), len(taken)
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        lanes[end] = lane + 1
    return lanes


def _y(place: int) -> int:
    return MARGE + place * PAS


def _box(machine: Machine, code: str, x: int, place: int) -> str:
    y = _y(place)
    name = "(début)" if code == DEBUT else machine.etats[code].libelle
    last = code != DEBUT and machine.etats[code].fin
    kind = ' class="fin"' if last else ""
    return (
        f'<rect x="{x}" y="{y}" width="{LARGEUR}" height="{HAUTEUR}" rx="6"{kind}/>'
        f'<text x="{x + LARGEUR // 2}" y="{y + HAUTEUR // 2 + 5}" text-anchor="middle">{escape(name)}</text>'
    )


def _step(x: int, start: int) -> str:
    middle, top, low = x + LARGEUR // 2, _y(start) + HAUTEUR, _y(start + 1)
    return f'<path d="M{middle} {top}V{low - 7}"/><path class="p" d="M{middle} {low}l-5 -9h10z"/>'


def _jump(side: int, shift: int, start: int, end: int) -> str:
    leave, reach = _y(start) + HAUTEUR * 2 // 3, _y(end) + HAUTEUR // 3
    back = 9 if shift > 0 else -9
    return (
        f'<path d="M{side} {leave}h{shift}V{reach}H{side + back}"/>'
        f'<path class="p" d="M{side} {reach}l{back} -5v10z"/>'
    )
