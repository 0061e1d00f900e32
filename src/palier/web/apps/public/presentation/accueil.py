"""The home page: search, measured figures, doors, the six landings, waits, help."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.law import LoiAu
from palier.web.apps.offres.rules.filtres import Filtres
from palier.web.apps.public.presentation import chances
from palier.web.apps.public.presentation.durees import months
from palier.web.apps.public.presentation.recherche import natures, size_name
from palier.web.apps.public.queries.accueil import Mesure
from palier.web.apps.public.queries.statistiques import FigureFile
from palier.web.components.ecriture import ecrire_nombre, ecrire_part
from palier.web.components.liens import adresse
from palier.web.components.pieces import (
    Action,
    ChampLibre,
    Chiffre,
    Choix,
    Etape,
    GroupeChoix,
    Lien,
    Recherche,
    Vide,
)


def search_form() -> Recherche:
    """Return the search of the home page: four questions, one button."""
    sizes = [Choix("", _("toutes")), *(Choix(f"T{n}", size_name(n)) for n in range(1, 7))]
    return Recherche(
        action=adresse("/offres"),
        natures=natures(Filtres()),
        lieu=ChampLibre("lieu", _("Commune ou code postal"), suggestions="/api/v1/lieux"),
        tailles=GroupeChoix("typologie", _("Taille"), sizes),
        loyer=ChampLibre("loyer_max", _("Loyer ou prix maximum"), suffixe="€", mode="numeric"),
        note=_("Loyer par mois, charges comprises. Aucun compte n'est demandé pour chercher."),
    )


def figures(mesure: Mesure, langue: str) -> list[Chiffre]:
    """Return the four measured figures; a promise without an offer is not a figure."""
    rent, sale, premises = (mesure.total(name) for name in ("louer", "acheter", "local"))
    shared = mesure.par_nature["brs"]
    to_buy = ngettext("logement à acheter", "logements à acheter", sale)
    if shared:
        words = ngettext(
            "logement à acheter, dont %(n)s en bail réel solidaire",
            "logements à acheter, dont %(n)s en bail réel solidaire",
            sale,
        )
        to_buy = words % {"n": ecrire_nombre(shared, langue)}
    found = [
        Chiffre(ecrire_nombre(rent, langue), ngettext("logement à louer", "logements à louer", rent)),
        Chiffre(ecrire_nombre(sale, langue), to_buy),
        Chiffre(
            ecrire_nombre(premises, langue),
            ngettext("local pour travailler", "locaux pour travailler", premises),
        ),
    ]
    if mesure.fraiche is not None:
        words = _("des annonces confirmées depuis moins de %(n)d jours.") % {"n": mesure.jours}
        link = Lien(_("Notre mesure"), adresse("/chiffres"))
        found.append(Chiffre(ecrire_part(mesure.fraiche, langue), words, lien=link))
    return found


def nothing(mesure: Mesure) -> Vide | None:
    """Return what is said in place of figures where no offer is on line; None elsewhere."""
    if mesure.par_nature.total():
        return None
    way_out = Action(_("Me prévenir par courriel"), adresse("/alertes"), "bell")
    text = _("Recevez un courriel dès qu'une offre paraît.")
    return Vide(_("Aucune offre en ligne aujourd'hui"), text, action=way_out)


def doors() -> list[dict[str, str]]:
    """Return the three doors."""
    return [
        {
            "icone": "key",
            "titre": _("Chercher un logement"),
            "url": adresse("/offres"),
            "texte": _(
                "Louer, acheter, trouver un local. Recevoir les nouvelles annonces par courriel, sans compte."
            ),
        },
        {
            "icone": "footprints",
            "titre": _("Simuler ma demande"),
            "url": adresse("/simuler"),
            "texte": _(
                "Mes droits, mes points, ma position, le temps d'attente. Sans compte, rien n'est gardé."
            ),
        },
        {
            "icone": "scales",
            "titre": _("Comprendre les règles"),
            "url": adresse("/comprendre"),
            "texte": _(
                "Qui propose, qui décide, comment les points sont comptés, combien de temps attendre."
            ),
        },
    ]


def landings(loi: LoiAu) -> list[Etape]:
    """Return the path from the request to the keys, in six landings; numbers come from the law."""
    least, days = int(loi.nombre("caleol_candidats_min")), int(loi.nombre("caleol_offre_delai_jours"))
    return [
        Etape(
            _("Je dépose ma demande"),
            _("En ligne, au guichet ou sur papier. Je reçois un numéro unique."),
        ),
        Etape(_("Mes points sont comptés"), _("La règle est publique. Je vois chaque ligne.")),
        Etape(
            _("Un logement se libère"),
            _("Un réservataire ou le bailleur propose au moins %(n)d demandes.") % {"n": least},
        ),
        Etape(_("La commission décide"), _("Elle examine chaque dossier et motive sa décision.")),
        Etape(_("Je réponds"), _("J'ai au moins %(n)d jours. Sans réponse, c'est un refus.") % {"n": days}),
        Etape(_("Je signe le bail"), _("Ma demande est close. J'emménage.")),
    ]


def waiting(figure: FigureFile, territoire: str, langue: str) -> dict[str, Any] | None:
    """Return what is published of the wait in the largest queue; None where nothing is."""
    waits = figure.attentes
    if figure.etat != "publiee" or waits is None or waits.q10 is None or waits.q90 is None:
        return None
    words = _(
        "%(territoire)s, pour un %(taille)s : la moitié des ménages logés ont attendu moins de %(milieu)s."
        " Pour huit sur dix, entre %(bas)s et %(haut)s."
    )
    return {
        "texte": words
        % {
            "territoire": territoire,
            "taille": figure.typologie.upper(),
            "milieu": months(waits.q50),
            "bas": months(waits.q10),
            "haut": months(waits.q90),
        },
        "bande": chances.strip_of(waits),
        "nom": chances.strip_name(waits),
        "legende": chances.caption_of(figure, territoire, langue),
        "methode": Lien(_("Méthode"), adresse("/chiffres")),
    }
