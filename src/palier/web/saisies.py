"""What is wrong in the parameters of a program, in French: one problem per field, values never repeated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from palier.base.errors import Problem

_WHERE = {"query": "paramètre", "path": "adresse", "body": "corps", "form": "champ", "header": "en-tête"}
_WORDS = {
    "missing": ("Cette valeur manque.", "Donnez-la."),
    "literal_error": ("Cette valeur n'est pas dans la liste.", "Choisissez parmi : {expected}."),
    "greater_than_equal": ("Le nombre est trop petit.", "Donnez au moins {ge}."),
    "less_than_equal": ("Le nombre est trop grand.", "Donnez au plus {le}."),
    "int_parsing": ("Un nombre entier est attendu.", "Écrivez-le en chiffres, sans unité."),
    "int_type": ("Un nombre entier est attendu.", "Écrivez-le en chiffres, sans unité."),
    "int_parsing_size": ("Le nombre est trop grand.", "Donnez un nombre plus petit."),
    "bool_parsing": ("Oui ou non est attendu.", "Écrivez true ou false."),
    "string_pattern_mismatch": ("La valeur n'a pas la forme attendue.", "Suivez la forme : {pattern}"),
    "string_too_long": ("Le texte est trop long.", "Gardez au plus {max_length} caractères."),
    "string_too_short": ("Le texte est trop court.", "Donnez au moins {min_length} caractères."),
    "string_type": ("Un texte est attendu.", "Donnez un texte."),
    "too_long": ("Il y a trop de valeurs.", "Gardez-en au plus {max_length}."),
    "list_type": ("Une liste est attendue.", "Donnez une liste."),
    "dict_type": ("Un objet JSON est attendu.", "Donnez un objet { }, avec les noms des colonnes."),
    "uuid_parsing": ("Ce n'est pas un identifiant.", "Reprenez celui qu'une liste vous a donné."),
    "json_invalid": ("Le JSON ne se lit pas.", "Vérifiez les guillemets, virgules et accolades."),
}
_DATES = ("Une date est attendue.", "Écrivez-la ainsi : 2026-12-31.")
_OTHER = ("La valeur n'est pas acceptée.", "Corrigez-la ; la forme est dans /api/openapi.json.")


class _Lenient(dict[str, Any]):
    """Values of a message; an absent one is left out."""

    def __missing__(self, key: str) -> str:
        return ""


def french_problems(errors: Iterable[Mapping[str, Any]], code: str = "WEB-422") -> list[Problem]:
    """Return the errors of pydantic as problems.

    Parameters
    ----------
    errors : iterable of mapping
        As ``ValidationError.errors()`` gives them: ``type``, ``loc``, ``ctx``.
    code : str
        Stable code of the problems.
    """
    found = []
    for error in errors:
        kind = str(error.get("type", ""))
        constat, que_faire = _WORDS.get(kind, _DATES if kind.startswith("date") else _OTHER)
        context = _Lenient(error.get("ctx") or {})
        if "expected" in context:
            context["expected"] = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        parts = [str(part) for part in error.get("loc", ())]
        place = _WHERE.get(parts[0], parts[0]) if parts else ""
        names = [part for part in parts[1:] if part != "q"]
        que_faire = que_faire if "{ }" in que_faire else que_faire.format_map(context)
        found.append(Problem(code, f"{place} « {'.'.join(names)} »" if names else place, constat, que_faire))
    return found
