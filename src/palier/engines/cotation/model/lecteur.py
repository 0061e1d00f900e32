"""Reading helpers: take YAML nodes apart and collect every problem with its line."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from palier.base.errors import Problem
from palier.base.exact import parse_exact
from palier.base.periods import parse_date
from palier.base.yamlstrict import Liste, Noeud, Table, Texte
from palier.tables import Colonne, all_colonnes

_ID = re.compile(r"[a-z][a-z0-9_]{0,47}")
_KINDS: dict[type, str] = {
    Texte: "un mot ou un nombre",
    Liste: "une liste entre crochets, comme [a, b]",
    Table: "un bloc de lignes « nom: valeur », en retrait",
}

MAX_NUMERATEUR, MAX_DENOMINATEUR = 4_000_000_000, 1_000_000

# Words that name a ground the law forbids; an unknown column with such a name
# is refused as a ground (COT-037), not as a spelling mistake.
# fmt: off
FORBIDDEN_WORDS = (
    "nationalite", "origine", "race", "racial", "ethnie", "ethnique", "religion", "religieux", "confession",
    "nom", "prenom", "patronyme", "pays_naissance", "lieu_naissance", "langue", "sexe", "genre", "civilite",
    "orientation_sexuelle", "opinion", "syndicat", "diagnostic", "maladie", "pathologie", "sante",
    "grossesse", "enceinte", "apparence", "etranger", "immigre", "titre_sejour",
)
# fmt: on
MOTIF_INTERDIT = "ni origine, ni nationalité, ni nom, ni religion, ni sexe, ni détail de santé"
ARTICLE_INTERDIT = "loi n° 2008-496 ; art. L441 et L441-1 CCH"
ARTICLE_UNIFORME = "R441-2-10 CCH, 11°"
FORBIDDEN_COLUMNS = frozenset(
    {"nationalite", "titre_sejour_au", "nom", "prenom", "nb_a_naitre", "naissance_prevue"}
)


def near(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return a hint that names the closest known words, or an empty text."""
    close = difflib.get_close_matches(word, list(known), n=3, cutoff=cutoff)
    return f"Vouliez-vous dire {' ou '.join(f'« {c} »' for c in close)} ?" if close else ""


def fold(text: str) -> str:
    """Write a text as lower-case words without accents, joined by ``_``.

    >>> fold("État de santé")
    'etat_de_sante'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def forbidden_words(text: str, words: Iterable[str] = FORBIDDEN_WORDS) -> list[str]:
    """List the words of a forbidden ground that a text holds, plurals included."""
    found = f"_{fold(text)}_"
    return [word for word in words if any(f"_{word}{end}_" in found for end in ("", "s", "e", "es"))]


class Lecteur:
    """Collects problems while the grid is taken apart."""

    def __init__(self, origine: str) -> None:
        """Start with no problem; ``origine`` names the file in messages."""
        self.origine = origine
        self.problemes: list[Problem] = []
        self.blesses: set[int] = set()
        self.dans_criteres = 0

    def refuse(
        self, code: str, ligne: int, constat: str, que_faire: str, reference: str | None = None
    ) -> None:
        """Add one problem."""
        place = f"{self.origine}, ligne {ligne}"
        words = constat.replace(" de le ", " du ")
        self.problemes.append(
            Problem(f"COT-{code}", place, words[:1].upper() + words[1:], que_faire, reference)
        )

    def close_critere(self, ligne: int, before: int) -> None:
        """Remember a criterion in which problems were found; ``before`` is their number ahead of it."""
        if len(self.problemes) > before:
            self.blesses.add(ligne)
            self.dans_criteres += len(self.problemes) - before

    def table(self, node: Noeud | None, ou: str, known: Iterable[str] | None = None) -> Table | None:
        """Expect a mapping; refuse keys that are not known."""
        if not isinstance(node, Table):
            if node is not None:
                self._wrong(node, ou, Table)
            return None
        if known is not None:
            self.keys(node, ou, known)
        return node

    def keys(self, node: Table, ou: str, known: Iterable[str]) -> None:
        """Refuse the keys of a mapping that are not known."""
        allowed = list(known)
        for key in node:
            if key not in allowed:
                hint = near(key, allowed) or f"On peut y écrire : {', '.join(allowed)}."
                if key[:1].isdigit():
                    hint = "Entre accolades la virgule sépare : écrivez un nombre à virgule entre guillemets."
                self.refuse("010", node.lignes[key], f"« {key}: » n'est pas prévu dans {ou}.", hint)

    def liste(self, node: Noeud | None, ou: str) -> list[Noeud]:
        """Expect a list; an absent one is empty."""
        if node is None:
            return []
        if isinstance(node, Liste):
            return list(node)
        self._wrong(node, ou, Liste)
        return []

    def text(self, node: Noeud | None, ou: str) -> Texte | None:
        """Expect a scalar that is not empty."""
        if node is None:
            return None
        if not isinstance(node, Texte):
            self._wrong(node, ou, Texte)
            return None
        if node.nul:
            self.refuse(
                "012",
                node.ligne,
                f"La valeur de {ou} est vide.",
                "Écrivez-la après le deux-points, ou retirez la ligne.",
            )
            return None
        return node

    def _wrong(self, node: Noeud, ou: str, expected: type) -> None:
        self.refuse(
            "012",
            node.ligne,
            f"{ou} devrait être {_KINDS[expected]}.",
            f"Vous avez écrit {_KINDS[type(node)]}.",
        )

    def missing(self, ligne: int, ou: str, key: str) -> None:
        """Say that a required key is absent."""
        self.refuse("011", ligne, f"Il manque « {key} » dans {ou}.", f"Ajoutez une ligne « {key}: … ».")

    def ident(self, word: str, ligne: int, ou: str) -> None:
        """Refuse an identifier that could not become a column name."""
        if not _ID.fullmatch(word):
            self.refuse(
                "019",
                ligne,
                f"« {word} » ne peut pas servir de nom dans {ou}.",
                "Prenez des minuscules sans accent, des chiffres et « _ », en commençant par une lettre.",
            )

    def choice(self, node: Noeud | None, ou: str, allowed: Iterable[str], default: str) -> str:
        """Expect one word of a closed list."""
        text = self.text(node, ou)
        if text is None:
            return default
        words = list(allowed)
        if text not in words:
            self.refuse(
                "012",
                text.ligne,
                f"« {text} » n'est pas admis pour {ou}.",
                f"Choisissez : {', '.join(words)}.",
            )
            return default
        return str(text)

    def exact(self, node: Noeud | None, ou: str) -> Fraction | None:
        """Expect an exact number (percentages and fractions allowed)."""
        text = self.text(node, ou)
        return self.number(text, text, ou, "Écrivez un nombre, sans unité.") if text is not None else None

    def number(self, written: Texte, digits: str, ou: str, advice: str) -> Fraction | None:
        """Make a number exact; refuse one too long to be compared in 64 bits."""
        try:
            value = parse_exact(digits)
        except ValueError:
            self.refuse("012", written.ligne, f"« {written} » n'est pas un nombre ({ou}).", advice)
            return None
        if abs(value.numerator) > MAX_NUMERATEUR or value.denominator > MAX_DENOMINATEUR:
            words = f"« {written[:40]} » a trop de chiffres ({ou})."
            self.refuse("015", written.ligne, words, "Arrondissez : six décimales suffisent, ou écrivez 1/3.")
            return None
        return value

    def integer(self, node: Noeud | None, ou: str) -> int | None:
        """Expect a whole number of at most six digits."""
        value = self.exact(node, ou)
        if value is None:
            return None
        ligne = node.ligne if node is not None else 0
        if value.denominator != 1:
            self.refuse(
                "015",
                ligne,
                f"{ou} : {node} n'est pas un nombre entier.",
                "Les points sont des nombres entiers.",
            )
            return None
        if abs(value) > 999_999:
            self.refuse("015", ligne, f"{ou} dépasse 999 999.", "Vérifiez la valeur.")
            return None
        return value.numerator

    def yes_no(self, node: Noeud | None, ou: str, default: bool) -> bool:
        """Expect ``oui`` or ``non``."""
        return self.choice(node, ou, ("oui", "non"), "oui" if default else "non") == "oui"

    def date(self, node: Noeud | None, ou: str) -> dt.date | None:
        """Expect an ISO date."""
        text = self.text(node, ou)
        if text is None:
            return None
        try:
            return parse_date(text)
        except ValueError:
            self.refuse("012", text.ligne, f"« {text} » n'est pas une date ({ou}).", "Écrivez AAAA-MM-JJ.")
            return None

    def colonne(self, word: str, ligne: int, ou: str, types: tuple[str, ...] | None = None) -> Colonne | None:
        """Expect the name of a column of the table ``demandes`` (or derived from it)."""
        known = _readable()
        found = known.get(word)
        if found is None or word in FORBIDDEN_COLUMNS:
            self._unknown_colonne(word, ligne, ou, known)
            return None
        if types is not None and found.type not in types:
            if is_lieu_ou_bailleur(found):
                self.refuse_lieu(found, ligne, ou)
                return None
            self.refuse(
                "018",
                ligne,
                f"La colonne « {word} » ({found.libelle}) ne convient pas à {ou}.",
                f"Il faut une colonne de type {' ou '.join(types)} ; celle-ci est de type {found.type}.",
            )
            return None
        return found

    def refuse_lieu(self, col: Colonne, ligne: int, ou: str) -> None:
        """Refuse points that would change with the commune or the landlord."""
        self.refuse(
            "039",
            ligne,
            f"{ou} fait dépendre la cotation de « {col.nom} » ({col.libelle}).",
            "Retirez-le : les points sont les mêmes pour toutes les communes et tous les bailleurs.",
            ARTICLE_UNIFORME,
        )

    def _unknown_colonne(self, word: str, ligne: int, ou: str, known: dict[str, Colonne]) -> None:
        if word in FORBIDDEN_COLUMNS or forbidden_words(word):
            self.refuse(
                "037",
                ligne,
                f"{ou} s'appuie sur « {word} », un motif que la loi interdit pour classer des demandes.",
                f"Retirez ce critère : {MOTIF_INTERDIT}.",
                ARTICLE_INTERDIT,
            )
            return
        hint = near(word, known, cutoff=0.85) or _called(word, known) or near(word, known)
        hint = hint or "Leurs noms sont sur la page « Tables et colonnes », première colonne du tableau."
        self.refuse("013", ligne, f"Les demandes n'ont pas de réponse nommée « {word} » ({ou}).", hint)


def _called(word: str, known: dict[str, Colonne]) -> str:
    """Return a hint for a column written by its public name or by a name that files give it."""
    asked = fold(word)
    for col in known.values():
        if asked in map(fold, (col.libelle, *col.synonymes)):
            return f"Pour « {col.libelle} », écrivez « {col.nom} »."
    return ""


def is_lieu_ou_bailleur(col: Colonne) -> bool:
    """Tell whether a column names a commune or a landlord."""
    return col.commune or col.nom in ("bailleur_siren", "numero_bail")


@cache
def _readable() -> dict[str, Colonne]:
    from palier.tables import schema

    base = {c.nom: c for c in schema("demandes").colonnes}
    base.update({c.nom: c for c in all_colonnes().values() if c.derive})
    return base
