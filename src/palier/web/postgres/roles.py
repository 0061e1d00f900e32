"""What the web role may do in the database: it owns nothing, and reads or writes what is granted here.

Grants are renewed after each migration, so a new table is never left out; a table that must not be
changed or erased by the site says so in its app (``DROITS_SQL`` of its ``apps`` module).
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections
from psycopg import sql

ALIAS_PROPRIETAIRE = "admin"
_ALL = "SELECT, INSERT, UPDATE, DELETE"
_HIDDEN = {"django_migrations": "SELECT"}


def restrictions() -> dict[str, str]:
    """Return the tables on which the web role has less than all rights."""
    found = dict(_HIDDEN)
    for config in apps.get_app_configs():
        found |= getattr(config, "droits_sql", {})
    return found


def web_role() -> str:
    """Return the name of the role with which the site connects."""
    return str(connections["default"].settings_dict["USER"])


def ensure_role() -> None:
    """Make the web role if the owner may, when it does not exist yet."""
    settings = connections["default"].settings_dict
    name, password = str(settings["USER"]), str(settings["PASSWORD"])
    with connections[ALIAS_PROPRIETAIRE].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone() is None:
            text = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}")
            cursor.execute(text.format(sql.Identifier(name), sql.Literal(password)))


def excesses() -> list[str]:
    """Return, in French, each power that the web role should not have."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole OR rolcreatedb"
            " FROM pg_roles WHERE rolname = current_user"
        )
        powers = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        (owned,) = cursor.fetchone()
    words = ("est super-utilisateur", "contourne les règles de lecture", "crée des rôles ou des bases")
    found = [word for word, power in zip(words, powers, strict=True) if power]
    return [*found, *([f"possède {owned} tables"] if owned else [])]


def is_owner_blind() -> bool:
    """Tell whether the owner is held by the policies of the requests: it could not save them."""
    with connections[ALIAS_PROPRIETAIRE].cursor() as cursor:
        cursor.execute("SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user")
        (blind,) = cursor.fetchone()
    return bool(blind)


def grant_all(alias: str = ALIAS_PROPRIETAIRE) -> None:
    """Give the web role its rights on every table, sequence and function of the schema."""
    role = sql.Identifier(web_role())
    limited = restrictions()
    with connections[alias].cursor() as cursor:
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
        cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            rights = sql.SQL(limited.get(table, _ALL))  # literals of our own apps
            name = sql.Identifier(table)
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(name, role))
            cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(rights, name, role))


def after_migrate(using: str, **_: Any) -> None:
    """Renew the grants (signal ``post_migrate``)."""
    if using == ALIAS_PROPRIETAIRE:
        grant_all(using)


class Routeur:
    """Migrations belong to the owner; everything else goes through the web role."""

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        """Let only the owner change the schema."""
        return db == ALIAS_PROPRIETAIRE
