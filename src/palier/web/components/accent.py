"""The operator's accent and its two tones, as custom properties."""

from __future__ import annotations


def _mix(couleur: str, vers: int, parts: int) -> str:
    """Mix a colour with black (0) or white (255), ``parts`` out of 100 of it."""
    channels = (int(couleur[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{(c * (100 - parts) + vers * parts + 50) // 100:02x}" for c in channels)


def feuille_accent(couleur: str) -> str:
    """Return the style sheet of an accent ``#rrggbb``: itself, a darker tone, a pale one."""
    return (
        f":root{{--accent:{couleur};--accent-fonce:{_mix(couleur, 0, 32)};"
        f"--accent-clair:{_mix(couleur, 255, 89)}}}\n"
    )
