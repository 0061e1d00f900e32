"""Counters of the process, in the text format of Prometheus: no personal data, routes as patterns."""

from __future__ import annotations

import threading
from collections import defaultdict

from palier.web.horloge import maintenant

_BOUNDS = (0.005, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
_START = maintenant().timestamp()  # tells one process from another
_lock = threading.Lock()
_requests: dict[tuple[str, str, int], int] = defaultdict(int)
_seconds: dict[str, list[float]] = defaultdict(lambda: [0.0] * (len(_BOUNDS) + 3))


def observe(methode: str, route: str, statut: int, secondes: float) -> None:
    """Count one request."""
    with _lock:
        _requests[methode, route, statut] += 1
        row = _seconds[route]
        for place, bound in enumerate(_BOUNDS):
            row[place] += secondes <= bound
        row[-3] += 1
        row[-2] += secondes


def render(jauges: dict[str, float]) -> str:
    """Return all counters, and gauges read from the database, as text."""
    lines = [
        "# TYPE palier_processus_depart_secondes gauge",
        f"palier_processus_depart_secondes {_START:.6f}",
    ]
    lines.append("# TYPE palier_requetes_total counter")
    with _lock:
        lines += [
            f'palier_requetes_total{{methode="{m}",route="{_safe(r)}",statut="{s}"}} {n}'
            for (m, r, s), n in sorted(_requests.items())
        ]
        lines.append("# TYPE palier_requete_secondes histogram")
        for route, row in sorted(_seconds.items()):
            name = _safe(route)
            lines += [
                f'palier_requete_secondes_bucket{{route="{name}",le="{bound}"}} {row[place]:.0f}'
                for place, bound in enumerate(_BOUNDS)
            ]
            lines.append(f'palier_requete_secondes_bucket{{route="{name}",le="+Inf"}} {row[-3]:.0f}')
            lines.append(f'palier_requete_secondes_sum{{route="{name}"}} {row[-2]:.6f}')
            lines.append(f'palier_requete_secondes_count{{route="{name}"}} {row[-3]:.0f}')
    for name, value in sorted(jauges.items()):
        lines += [f"# TYPE {name} gauge", f"{name} {value:g}"]
    return "\n".join(lines) + "\n"


def _safe(label: str) -> str:
    """Escape a label of Prometheus."""
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
