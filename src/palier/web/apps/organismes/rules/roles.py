"""Which roles a kind of organisme gives, and who may give them."""

from __future__ import annotations

ROLES_PAR_GENRE: dict[str, tuple[str, ...]] = {
    "bailleur": ("agent_bailleur", "admin_bailleur"),
    "reservataire": ("reservataire", "reservataire_chef"),
    "epci": ("epci",),
    "etat": ("etat",),
    "audit": ("auditeur",),
}
# The role that answers for the users of its organisme.
RESPONSABLES = ("admin_bailleur", "reservataire_chef")


def roles_of(genre: str) -> tuple[str, ...]:
    """Return the roles that an organisme of this kind may give."""
    return ROLES_PAR_GENRE.get(genre, ())
