"""The report of a half-year in words and tables."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from palier.formats.ecriture import to_text_cells
from palier.web.apps.public.presentation import dates
from palier.web.apps.public.presentation.codes import word
from palier.web.apps.public.presentation.commissions import hidden
from palier.web.apps.public.queries.bilans import Bilan
from palier.web.apps.territoires.queries import communes_at
from palier.web.components.dessin.barres import Barre
from palier.web.components.ecriture import ecrire_nombre, ecrire_part
from palier.web.components.pieces import Chiffre, Colonne, Etat, Tableau

_SCHEMA: dict[str, pl.DataType] = {
    name: pl.String()
    for name in ("territoire", "du", "au", "tableau", "groupe", "sous_groupe", "mesure", "valeur")
}
_OBJECTIFS = ("objectif_hors_qpv_q1", "objectif_qpv_q234")


class Redaction:
    """Writes one report in one language."""

    def __init__(self, bilan: Bilan, langue: str) -> None:
        self.bilan, self.langue, self.contenu = bilan, langue, bilan.contenu
        self.communes = communes_at([code for code, _n in self._groups("commune")], bilan.au)

    def _groups(self, nom: str) -> list[list[Any]]:
        found: list[list[Any]] = self.contenu["categories"][nom]["groupes"]
        return found

    def number(self, n: int | None) -> str:
        """Write a count, or say that it is hidden."""
        return hidden() if n is None else ecrire_nombre(n, self.langue)

    def period(self) -> str:
        """Say the period and the place."""
        return _("%(lieu)s, du %(debut)s au %(fin)s") % {
            "lieu": self.bilan.nom,
            "debut": dates.full(self.bilan.du),
            "fin": dates.full(self.bilan.au),
        }

    def summary(self) -> list[Chiffre]:
        """Return the homes let, and the share of homes where the commission left the order."""
        homes = self.contenu["categories"]["financement"]["n"]
        found = [Chiffre(self.number(homes), _("baux signés dans le semestre."))]
        decided, share = self.contenu["ecarts"]["n"], self.departures_share()
        found.append(Chiffre(self.number(decided), _("logements décidés en commission.")))
        if share is not None:
            words = _("au moins, décidés dans un autre ordre que l'ordre calculé.")
            found.append(Chiffre(ecrire_part(share, self.langue), words))
        return found

    def departures_share(self) -> Fraction | None:
        """Return the share of homes of a told departure; None where none is told."""
        told = self.contenu["ecarts"]
        return Fraction(told["n"] - told["reste"], told["n"]) if told["groupes"] else None

    def label(self, famille: str, code: str) -> str:
        """Name a group of a category."""
        if famille == "commune":
            found = self.communes.get(code)
            return found.nom if found else code
        return word(famille, code)

    def categories(self) -> list[tuple[str, Tableau | None, tuple[Barre, ...], str]]:
        """Return each category: title, table, bars, what the drawing says."""
        titles = (
            ("financement", _("Par financement")),
            ("typologie", _("Par taille")),
            ("commune", _("Par commune")),
            ("priorite", _("Publics prioritaires")),
            ("quartile", _("Par ressources")),
        )
        return [(title, *self._category(name)) for name, title in titles]

    def _category(self, nom: str) -> tuple[Tableau | None, tuple[Barre, ...], str]:
        told = self.contenu["categories"][nom]
        if told["n"] is None or not told["groupes"]:
            return None, (), ""
        rows = [(self.label(nom, code), n) for code, n in told["groupes"]]
        if told["reste"]:
            rows.append((_("Autres, trop peu nombreux pour être dits"), told["reste"]))
        bars = tuple(Barre(text, n, self.number(n)) for text, n in rows)
        table = Tableau(
            [Colonne(_("Groupe")), Colonne(_("Baux"), True), Colonne(_("Part"), True)],
            [[text, self.number(n), self._share(n, told["n"])] for text, n in rows],
            "",
            [_("Total"), self.number(told["n"]), self._share(1, 1)],
        )
        words = _("Baux signés : %(liste)s") % {"liste": ", ".join(f"{bar.nom} {bar.mot}" for bar in bars)}
        return table, bars, words

    def _share(self, n: int, total: int) -> str:
        return ecrire_part(Fraction(n, total), self.langue)

    def _rows(self, famille: str, told: dict[str, Any]) -> list[list[str]]:
        whole = told["n"]
        return [[word(famille, code), self.number(n), self._share(n, whole)] for code, n in told["groupes"]]

    def channels(self) -> Tableau | None:
        """Return how files ended, by who proposed them."""
        cells = {(one, two): n for one, two, n in self.contenu["canaux"]}
        owners = sorted({one for one, _two in cells if one})
        if not owners:
            return None
        ends = [code for code in ("bail", "rang", "refus", "non_attribution", "irrecevabilite", "autre")
                if any(two == code for _one, two in cells)]  # fmt: skip
        rows = [
            [word("canal", one), *(self.number(cells.get((one, two))) for two in ends),
             self.number(cells.get((one, "")))]
            for one in owners
        ]  # fmt: skip
        heads = [Colonne(word("issue", code), True) for code in ends]
        return Tableau(
            [Colonne(_("Proposé par")), *heads, Colonne(_("Total"), True)],
            rows,
            _("Dossiers décidés par une commission dans la période."),
        )

    def points(self) -> Tableau | None:
        """Return the points that won, by sector and size."""
        told = [group for group in self.contenu["points"] if group["q50"] is not None]
        if not told:
            return None
        rows = [
            [
                _("%(taille)s, %(secteur)s")
                % {
                    "taille": word("typologie", g["typologie"]) or _("Toutes tailles"),
                    "secteur": g["secteur"] or _("tout le territoire"),
                },
                *(self.number(g[name]) for name in ("q25", "q50", "q75")),
                self.number(g["n"]),
            ]
            for g in told
        ]
        return Tableau(
            [
                Colonne(_("Taille et secteur")),
                Colonne(_("Un quart avait au plus"), True),
                Colonne(_("La moitié avait au plus"), True),
                Colonne(_("Trois quarts avaient au plus"), True),
                Colonne(_("Ménages logés"), True),
            ],
            rows,
            _(
                "Points le jour de la commission, pour les ménages qui ont signé un bail. Les groupes trop"
                " petits ne sont pas montrés."
            ),
        )

    def departures(self) -> Tableau | None:
        """Return the homes decided in another order, by reason."""
        told = self.contenu["ecarts"]
        if told["n"] is None:
            return None
        rows = self._rows("ecart", told)
        if told["reste"]:
            rest = _("Dans l'ordre calculé, ou motif trop rare pour être dit")
            rows.append([rest, self.number(told["reste"]), self._share(told["reste"], told["n"])])
        return Tableau(
            [Colonne(_("Motif")), Colonne(_("Logements"), True), Colonne(_("Part"), True)],
            rows,
            _("Un logement peut avoir plusieurs motifs."),
        )

    def counts(self, nom: str, famille: str, titre: str) -> Tableau | None:
        """Return a count of the sessions: decisions, exceptions."""
        told = self.contenu[nom]
        if told["n"] is None:
            return None
        rows = self._rows(famille, told)
        if told["reste"]:
            rest = (
                _("Trois dossiers ou plus, ou exception trop rare pour être dite")
                if nom == "exceptions"
                else _("Autres, trop peu nombreux pour être dits")
            )
            rows.append([rest, self.number(told["reste"]), self._share(told["reste"], told["n"])])
        return Tableau([Colonne(titre), Colonne(_("Nombre"), True), Colonne(_("Part"), True)], rows)

    def objectives(self) -> list[tuple[str, Tableau]]:
        """Return each objective of the law: the territory first, then each landlord."""
        found: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
        for row in self.contenu["objectifs"]:
            found.setdefault((row["code"], row["contingent"]), []).append(row)
        heads = [Colonne(_("Périmètre")), Colonne(_("Compté"), True), Colonne(_("Objectif"), True),
                 Colonne(_("Où on en est"))]  # fmt: skip
        return [
            (self._objective(*key), Tableau(heads, [self._progress(row) for row in rows]))
            for key, rows in found.items()
        ]

    def _objective(self, code: str, contingent: str | None) -> str:
        if code == _OBJECTIFS[0]:
            return _("Hors quartier prioritaire : ménages du premier quartile")
        if code == _OBJECTIFS[1]:
            return _("En quartier prioritaire : ménages des autres quartiles")
        return _("Publics prioritaires, contingent : %(qui)s") % {"qui": word("canal", contingent or "")}

    def _progress(self, row: dict[str, Any]) -> Sequence[Any]:
        who = self.bilan.bailleurs.get(row["perimetre"], row["perimetre"]) or _("Tout le territoire")
        share = ecrire_part(Fraction(row["part"]), self.langue)
        if row["etat"] == "sans_objet":
            return [who, _("sans objet"), share, Etat("non_examine", _("Sans objet"))]
        if row["etat"] == "masque":
            return [who, hidden(), share, Etat("info", _("Calcul masqué"))]
        counted = _("%(n)s sur %(total)s") % {"n": self.number(row["n"]), "total": self.number(row["total"])}
        if row["atteint"]:
            return [who, counted, share, Etat("fait", _("Atteint"))]
        missing = _("il en manque %(n)s") % {"n": self.number(row["manque"])}
        return [who, counted, share, Etat("a_verifier", _("Pas atteint"), f", {missing}")]

    def quartile_note(self) -> str:
        """Say where the threshold of the first quartile comes from."""
        origin = self.bilan.provenance.get("quartile", {}).get("origine")
        if origin == "loi":
            return _("Premier quartile : le seuil de l'arrêté annuel pour ce territoire.")
        if origin == "estime":
            return _(
                "Premier quartile : estimé sur les demandes du territoire, car le seuil de l'arrêté annuel"
                " n'est pas enregistré."
            )
        return _("Premier quartile : seuil inconnu, les ressources manquent.")


def won_words(found: tuple[Bilan, dict[str, Any]] | None, langue: str) -> str:
    """Say with how many points half of the households obtained a home of a size; else nothing."""
    if found is None:
        return ""
    bilan, group = found
    words = _(
        "Du %(debut)s au %(fin)s, %(n)s ménages ont obtenu un %(taille)s : la moitié avait %(points)s points"
        " au plus. La commission examine chaque dossier."
    )
    return words % {
        "debut": dates.full(bilan.du),
        "fin": dates.full(bilan.au),
        "n": ecrire_nombre(group["n"], langue),
        "taille": group["typologie"].upper(),
        "points": ecrire_nombre(group["q50"], langue),
    }


def csv_of(bilan: Bilan) -> str:
    """Return a report as CSV, one value a line; what is not there is hidden."""
    rows: list[tuple[str, str, str, str, object]] = []
    content = bilan.contenu
    counted = {name: content[name] for name in ("ecarts", "exceptions", "decisions")}
    tables = {**content["categories"], **counted}
    for name, told in tables.items():
        rows += [(name, code, "", "nombre", n) for code, n in told["groupes"]]
        if told["reste"]:
            rows.append((name, "reste", "", "nombre", told["reste"]))
        if told["n"] is not None:
            rows.append((name, "total", "", "nombre", told["n"]))
    rows += [("canaux", one, two, "dossiers", n) for one, two, n in content["canaux"]]
    for group in content["points"]:
        rows += [
            ("points", group["secteur"], group["typologie"], measure, group[measure])
            for measure in ("n", "q25", "q50", "q75")
            if group[measure] is not None
        ]
    for row in content["objectifs"]:
        name = row["code"] if row["contingent"] is None else f"{row['code']}_{row['contingent']}"
        rows.append((name, row["perimetre"], "", "etat", row["etat"]))
        rows += [(name, row["perimetre"], "", key, row[key]) for key in ("n", "total") if key in row]
        rows.append((name, row["perimetre"], "", "part_a_atteindre", row["part"]))
    head = (bilan.territoire, bilan.du.isoformat(), bilan.au.isoformat())
    table = pl.DataFrame(
        [(*head, *(cell or None for cell in row[:4]), str(row[4])) for row in rows],
        schema=_SCHEMA,
        orient="row",
    )
    return "\ufeff" + to_text_cells(table).write_csv(separator=";")
