"""The page of figures, in words, tables and drawings; every number with its unit, date, base and method."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.engines.cotation.position import pressure
from palier.web.apps.public.presentation import dates
from palier.web.apps.public.presentation.durees import months
from palier.web.apps.public.presentation.methodes import method_link
from palier.web.apps.public.queries.chiffres import Chiffres, FilePubliee
from palier.web.components.dessin.attente import Attente as Bande
from palier.web.components.dessin.barres import Barre
from palier.web.components.ecriture import ecrire_decimal, ecrire_nombre, ecrire_part
from palier.web.components.liens import adresse
from palier.web.components.pieces import Chiffre, Colonne, Lien, Tableau

DEUX_ANS = 24


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its result in words, its caption, its method and its table twin."""

    nom: str
    legende: str
    methode: Lien
    tableau: Tableau
    barres: tuple[Barre, ...] = ()
    bande: Bande | None = None
    masques: str = ""


class Redaction:
    """Writes the figures of one territory in one language."""

    def __init__(self, chiffres: Chiffres, langue: str) -> None:
        self.chiffres, self.langue = chiffres, langue
        self.jour = dates.full(chiffres.au)

    def number(self, n: int | None) -> str:
        """Write a count, or say that it is hidden."""
        return _("calcul masqué") if n is None else ecrire_nombre(n, self.langue)

    def size(self, typologie: str) -> str:
        """Name a size."""
        if typologie == "chambre":
            return _("Chambre")
        return typologie.upper() if typologie else _("Toutes tailles")

    def wait(self, n: int | None) -> str:
        """Write a wait, or say that it is hidden."""
        return _("calcul masqué") if n is None else months(n)

    def share(self, pour_cent: int) -> str:
        """Write a whole percentage."""
        return ecrire_part(Fraction(pour_cent, 100), self.langue)

    def pressure(self, file: FilePubliee | None) -> str:
        """Write requests per home let: « 4,1 »."""
        ratio = pressure_of(file)
        return _("calcul masqué") if ratio is None else ecrire_decimal(ratio, self.langue, 1)

    def summary(self) -> list[Chiffre]:
        """Return what holds in one look: requests, homes let, pressure, share housed after two years."""
        whole = self.chiffres.file()
        if whole is None:
            return []
        found = [
            Chiffre(
                self.number(whole.n),
                _("demandes en attente, le %(jour)s.") % {"jour": self.jour},
                lien=method_link("demandes"),
            )
        ]
        waits = whole.attente
        if waits and waits.liberes is not None:
            words = _("logements attribués en douze mois, jusqu'au %(jour)s.") % {"jour": self.jour}
            found.append(Chiffre(self.number(waits.liberes), words))
            found.append(
                Chiffre(
                    self.pressure(whole),
                    _("demandes pour un logement attribué."),
                    lien=method_link("tension"),
                )
            )
        point = waits.estimee.at(DEUX_ANS) if waits and waits.estimee else None
        if point:
            words = _("des demandes sont logées après deux ans. Estimation.")
            found.append(Chiffre(self.share(point.loge), words, lien=method_link("attente-estimee")))
        return found

    def expected(self) -> Figure:
        """Return the share housed after two years by size, and the table of all delays."""
        bars, rows = [], []
        for taille in self.chiffres.tailles:
            file = self.chiffres.file("", taille)
            estimee = file.attente.estimee if file and file.attente else None
            point = estimee.at(DEUX_ANS) if estimee else None
            if point:
                bars.append(Barre(self.size(taille), point.loge, self.share(point.loge)))
            cells = [self._share_at(estimee.at(m) if estimee else None) for m in (12, 24, 36, 60)]
            rows.append([self.size(taille), *cells])
        heads = [ngettext("Après %(n)d an", "Après %(n)d ans", n) % {"n": n} for n in (1, 2, 3, 5)]
        return Figure(
            nom=_("Part des demandes logées après deux ans : %(liste)s")
            % {"liste": ", ".join(f"{bar.nom} {bar.mot}" for bar in bars)},
            legende=_(
                "Sur 100 demandes de la taille, combien sont logées deux ans après leur dépôt. Estimation au"
                " %(jour)s, %(lieu)s."
            )
            % {"jour": self.jour, "lieu": self.chiffres.nom},
            methode=method_link("attente-estimee"),
            tableau=Tableau(
                [Colonne(_("Taille")), *(Colonne(head, True) for head in heads)],
                rows,
                _("Part logée, et fourchette à 95 %"),
            ),
            barres=tuple(bars),
            masques=self._hidden(bars),
        )

    def _hidden(self, shown: list[Barre]) -> str:
        """Say which sizes the drawing leaves out, and that they are hidden."""
        told = {bar.nom for bar in shown}
        names = [self.size(taille) for taille in self.chiffres.tailles if self.size(taille) not in told]
        return _("Calcul masqué : %(tailles)s.") % {"tailles": ", ".join(names)} if names else ""

    def _share_at(self, point: Any) -> str:
        if point is None:
            return _("non observé")
        return _("%(part)s (%(bas)s à %(haut)s)") % {
            "part": self.share(point.loge),
            "bas": ecrire_nombre(point.bas, self.langue),
            "haut": self.share(point.haut),
        }

    def housed(self) -> Figure:
        """Return what those housed have waited: the strip of the whole territory, the table by size."""
        whole = self.chiffres.file()
        waits = whole.attente if whole else None
        band = strip(waits.q10, waits.q50, waits.q90, waits.maximum) if waits else None
        rows = []
        for taille in ("", *self.chiffres.tailles):
            file = self.chiffres.file("", taille)
            found = file.attente if file else None
            rows.append(
                [
                    self.size(taille),
                    self.wait(found.q50 if found else None),
                    self.band(found),
                    self.number(found.baux if found else None),
                ]
            )
        since = dates.full(waits.depuis) if waits and waits.depuis else ""
        words = _("La moitié des ménages logés ont attendu moins de %(milieu)s, huit sur dix entre %(bande)s")
        return Figure(
            nom=words % {"milieu": self.wait(waits.q50), "bande": self.band(waits)} if band and waits else "",
            legende=_("Base : %(n)s ménages logés depuis le %(depuis)s, %(lieu)s. Calcul du %(jour)s.")
            % {
                "n": self.number(waits.baux if waits else None),
                "depuis": since,
                "lieu": self.chiffres.nom,
                "jour": self.jour,
            },
            methode=method_link("attente-logees"),
            tableau=Tableau(
                [
                    Colonne(_("Taille")),
                    Colonne(_("La moitié, moins de"), True),
                    Colonne(_("Huit sur dix, entre"), True),
                    Colonne(_("Ménages logés"), True),
                ],
                rows,
                _("Attente des ménages logés depuis 24 mois"),
            ),
            bande=band,
        )

    def band(self, found: Any) -> str:
        """Write « 9 mois et 58 mois », or say that it is hidden."""
        if found is None or found.q10 is None or found.q90 is None:
            return _("calcul masqué")
        return _("%(bas)s et %(haut)s") % {"bas": months(found.q10), "haut": months(found.q90)}

    def tension(self) -> Figure:
        """Return requests per home let, by size."""
        bars, rows = [], []
        for taille in ("", *self.chiffres.tailles):
            file = self.chiffres.file("", taille)
            ratio = pressure_of(file)
            if ratio is not None and taille:
                bars.append(Barre(self.size(taille), round(ratio * 10), self.pressure(file)))
            waits = file.attente if file else None
            rows.append(
                [
                    self.size(taille),
                    self.number(file.n if file else None),
                    self.number(waits.liberes if waits else None),
                    self.pressure(file),
                    self.wait(waits.en_attente_mediane if waits else None),
                ]
            )
        return Figure(
            nom=_("Demandes pour un logement attribué : %(liste)s")
            % {"liste": ", ".join(f"{bar.nom} {bar.mot}" for bar in bars)},
            legende=_(
                "Demandes en attente le %(jour)s, pour un logement attribué dans les douze mois d'avant,"
                " %(lieu)s."
            )
            % {"jour": self.jour, "lieu": self.chiffres.nom},
            methode=method_link("tension"),
            tableau=Tableau(
                [
                    Colonne(_("Taille")),
                    Colonne(_("Demandes"), True),
                    Colonne(_("Logements attribués en 12 mois"), True),
                    Colonne(_("Demandes par logement"), True),
                    Colonne(_("Ancienneté médiane des demandes"), True),
                ],
                rows,
                _("Une demande de deux tailles compte dans les deux"),
            ),
            barres=tuple(bars),
            masques=self._hidden(bars),
        )

    def sectors(self, typologie: str) -> Figure:
        """Return the table of the sectors for a size, the whole territory last."""
        rows = [self._sector(secteur, typologie) for secteur in self.chiffres.secteurs]
        return Figure(
            nom="",
            legende="",
            methode=method_link("demandes"),
            tableau=Tableau(
                [
                    Colonne(_("Secteur")),
                    Colonne(_("Demandes"), True),
                    Colonne(_("Demandes par logement"), True),
                    Colonne(_("Attente médiane des logés"), True),
                    Colonne(_("Logées après 2 ans (estimation)"), True),
                ],
                rows,
                _("%(taille)s, le %(jour)s. Une demande de deux secteurs compte dans les deux.")
                % {"taille": self.size(typologie), "jour": self.jour},
                self._sector("", typologie),
            ),
        )

    def _sector(self, secteur: str, typologie: str) -> list[str]:
        file = self.chiffres.file(secteur, typologie)
        waits = file.attente if file else None
        point = waits.estimee.at(DEUX_ANS) if waits and waits.estimee else None
        return [
            secteur or _("Tout le territoire"),
            self.number(file.n if file else None),
            self.pressure(file),
            self.wait(waits.q50 if waits else None),
            self.share(point.loge) if point else _("calcul masqué"),
        ]


def pressure_of(file: FilePubliee | None) -> Fraction | None:
    """Return requests per home let in twelve months; None where it may not be told."""
    if file is None or file.attente is None or not file.attente.liberes:
        return None
    return pressure(file.n, file.attente.liberes)


def strip(q10: int | None, q50: int | None, q90: int | None, maximum: int) -> Bande | None:
    """Return the wait strip of those housed; None without its band."""
    if q10 is None or q50 is None or q90 is None:
        return None
    return Bande(
        q10,
        q50,
        q90,
        maximum,
        months(q10),
        _("médiane %(duree)s") % {"duree": months(q50)},
        months(q50),
        months(q90),
        months(maximum),
    )


def programs(chiffres: Chiffres) -> list[Lien]:
    """Return the same figures for programs, and the other dates."""
    query = f"?territoire={chiffres.territoire}"
    return [Lien("CSV", f"/chiffres.csv{query}"), Lien("Atom", "/chiffres.atom")]


def other_dates(chiffres: Chiffres) -> list[Lien]:
    """Return the other dates that are kept, the latest first."""
    return [
        Lien(
            dates.full(day),
            adresse(f"/chiffres?territoire={chiffres.territoire}&au={day.isoformat()}"),
        )
        for day in chiffres.dates
        if day != chiffres.au
    ][:24]
