"""The mails of alerts: neutral subjects, plain text, one link to see, change and stop."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from palier.web.apps.public.models import Alerte, Envoi
from palier.web.apps.public.presentation import cartes
from palier.web.apps.public.presentation import recherche as mots
from palier.web.apps.public.queries.alertes import SEL_CONFIRMER, SEL_VOIR, filters_of, token
from palier.web.apps.public.queries.lieux import place_of
from palier.web.components.ecriture import ecrire_montant
from palier.web.components.liens import adresse


def _absolute(path: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{path}"


def summary(alerte: Alerte) -> list[str]:
    """Return the filters of an alert, in words of the current language."""
    filtres = filters_of(alerte)
    place = place_of(filtres)
    label = filtres.autour_de or (place.libelle if place else "")
    langue = translation.get_language() or "fr"
    kinds = {
        "louer": _("Logements à louer"),
        "acheter": _("Logements à acheter"),
        "local": _("Locaux d'activité"),
    }
    names = [mots.filter_name(filtres, name, label, langue) for name in filtres.active()]
    return [kinds[filtres.nature], *names]


def _message(alerte: Alerte, template: str, subject: str, **context: object) -> EmailMessage:
    """Return a mail in the language of the alert."""
    see = _absolute(reverse("public:alerte", args=[token(alerte, SEL_VOIR)]))
    body = render_to_string(
        f"public/courriels/{template}.txt",
        {"filtres": summary(alerte), "voir": see, "operateur": settings.ENVIRONNEMENT, **context},
    )
    stop = _absolute(reverse("machines:alerte_stop", args=[token(alerte, SEL_VOIR)]))
    return EmailMessage(
        subject=subject,
        body=body,
        to=[alerte.courriel],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def confirmation(alerte: Alerte) -> EmailMessage:
    """Return the mail whose link confirms the alert."""
    with translation.override(alerte.langue):
        link = _absolute(reverse("public:alerte_confirmer", args=[token(alerte, SEL_CONFIRMER)]))
        return _message(alerte, "confirmer", _("Confirmez votre alerte"), lien=link)


def already(alerte: Alerte) -> EmailMessage:
    """Return the mail to somebody who asks again for an alert that runs."""
    with translation.override(alerte.langue):
        return _message(alerte, "deja", _("Votre alerte est déjà en place"))


def renewal(alerte: Alerte) -> EmailMessage:
    """Return the mail that asks whether to go on after six months."""
    with translation.override(alerte.langue):
        return _message(alerte, "renouveler", _("Voulez-vous garder votre alerte ?"))


def letter(alerte: Alerte, lettre: str, numero: int) -> EmailMessage:
    """Return a letter by its name, under the ``Message-ID`` of its job, whatever the attempt.

    Raises
    ------
    KeyError
        If there is no such letter.
    """
    message = {"confirmer": confirmation, "deja": already, "renouveler": renewal}[lettre](alerte)
    message.extra_headers["Message-ID"] = f"<{alerte.pk}.{numero}@{_host()}>"
    return message


def _host() -> str:
    return settings.ADRESSE_PUBLIQUE.split("//")[-1].split(":")[0]


def digest(envoi: Envoi) -> EmailMessage:
    """Return the digest of a day; its ``Message-ID`` is that of the row, whatever the attempt."""
    alerte = envoi.alerte
    with translation.override(alerte.langue):
        lines = [_line(carte) for carte in envoi.offres["cartes"]]
        count = envoi.offres["nombre"]
        subject = translation.ngettext("%(n)d nouvelle offre", "%(n)d nouvelles offres", count) % {"n": count}
        rest = count - len(lines)
        link = _absolute(mots.link("/offres", filters_of(alerte)))
        message = _message(alerte, "nouvelles", subject, offres=lines, reste=rest, liste=link)
    message.extra_headers["Message-ID"] = f"<{envoi.pk}@{_host()}>"
    message.extra_headers["Date"] = _date(envoi.prepare_le)
    return message


def _line(carte: dict[str, object]) -> dict[str, str]:
    """Return an offer of a digest in words."""
    price, mention = cartes.price_of(carte)
    langue = translation.get_language() or "fr"
    return {
        "titre": cartes.title_of(carte),
        "lieu": cartes.place_of(carte),
        "prix": f"{ecrire_montant(price, langue)} {mention}" if price is not None else "",
        "url": _absolute(adresse(f"/offres/{carte['id']}")),
    }


def _date(instant: dt.datetime) -> str:
    """Return a date as mails write it."""
    return format_datetime(instant)
