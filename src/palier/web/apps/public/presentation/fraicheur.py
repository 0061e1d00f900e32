"""The promise of freshness in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.web.apps.offres.models import MotifRetrait
from palier.web.apps.offres.queries.fraicheur import Fraicheur
from palier.web.apps.public.presentation import dates
from palier.web.apps.public.presentation.methodes import method_link
from palier.web.components.ecriture import ecrire_nombre, ecrire_part
from palier.web.components.pieces import Chiffre, Colonne, Tableau


def figures(found: Fraicheur, langue: str) -> list[Chiffre]:
    """Return the three measures; none that has no base."""
    made = []
    method = method_link("fraicheur")
    if found.part is not None and found.age_median is not None:
        words = ngettext(
            "des annonces confirmées depuis moins de %(jours)d jours. Base : %(n)s annonce.",
            "des annonces confirmées depuis moins de %(jours)d jours. Base : %(n)s annonces.",
            found.n,
        )
        said = words % {"jours": found.jours, "n": ecrire_nombre(found.n, langue)}
        made.append(Chiffre(ecrire_part(found.part, langue), said, lien=method))
        unit = ngettext("jour", "jours", found.age_median)
        made.append(
            Chiffre(
                ecrire_nombre(found.age_median, langue),
                _("depuis la dernière confirmation, pour la moitié des annonces."),
                unite=unit,
            )
        )
    if found.part_pourvue is not None:
        words = _(
            "des annonces retirées l'ont été parce que le logement a trouvé preneur."
            " Base : %(n)s, en %(jours)d jours."
        )
        said = words % {"n": ecrire_nombre(found.retirees.total(), langue), "jours": found.recul_jours}
        made.append(Chiffre(ecrire_part(found.part_pourvue, langue), said))
    return made


def table(found: Fraicheur, langue: str) -> Tableau:
    """Return the same in a table: live offers by age, withdrawn ones by motive."""
    young = sum(n for age, n in found.par_age.items() if age < found.jours)
    old = found.n - young
    rows = [
        [
            _("En ligne, confirmées depuis moins de %(n)d jours") % {"n": found.jours},
            ecrire_nombre(young, langue),
        ],
        [_("En ligne, à confirmer"), ecrire_nombre(old, langue)],
    ]
    rows += [
        [
            _("Retirées : %(motif)s") % {"motif": str(motif.label).lower()},
            ecrire_nombre(found.retirees[motif.value], langue),
        ]
        for motif in MotifRetrait
        if found.retirees[motif.value]
    ]
    caption = _("Annonces le %(jour)s ; retraits des %(n)d derniers jours") % {
        "jour": dates.full(found.au),
        "n": found.recul_jours,
    }
    return Tableau([Colonne(_("Annonces")), Colonne(_("Nombre"), True)], rows, caption)
