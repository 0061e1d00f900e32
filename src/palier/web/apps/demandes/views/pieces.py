"""Papers of a request: what is expected, what was filed, who judged; each reading of a file is written."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from palier.base.errors import InputError
from palier.web.apps.comptes.droits import droit
from palier.web.apps.demandes import presentation as mots
from palier.web.apps.demandes.models import EtatPiece, MotifRefus, NiveauPreuve
from palier.web.apps.demandes.operations import pieces as operations
from palier.web.apps.demandes.operations.suivi import juger_piece
from palier.web.apps.demandes.queries import pieces as lectures
from palier.web.apps.demandes.rules.papiers import MAX_OCTETS
from palier.web.apps.demandes.views.outils import Ouverte, page_language, path_of, reached
from palier.web.apps.organismes.views.outils import hold
from palier.web.components.pieces import Etat
from palier.web.horloge import aujourdhui, maintenant

OBJET = "piece"
_SIGNES = {"attendue": "en_attente", "recue": "a_verifier", "verifiee": "verifie", "refusee": "ecarte"}


class DepotForm(forms.Form):
    """A file and the fact that it proves."""

    fait = forms.ChoiceField(label=gettext_lazy("Ce que prouve le document"))
    fichier = forms.FileField(
        label=gettext_lazy("Fichier"),
        help_text=gettext_lazy("PDF, JPEG ou PNG, dix mégaoctets au plus."),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def __init__(self, *args: Any, faits: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["fait"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = faits


class JugementForm(forms.Form):
    """What a paper proves, or why it proves nothing."""

    fait = forms.CharField(max_length=30, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=gettext_lazy("Après lecture des fichiers"),
        choices=[
            (EtatPiece.VERIFIEE.value, gettext_lazy("La pièce prouve ce fait")),
            (EtatPiece.REFUSEE.value, gettext_lazy("La pièce est refusée")),
        ],
        widget=forms.RadioSelect,
    )
    motif = forms.ChoiceField(
        label=gettext_lazy("Motif du refus"),
        choices=[("", gettext_lazy("Sans objet")), *MotifRefus.choices],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask a reason of a refusal, and of it alone."""
        given = super().clean() or {}
        refused = given.get("verdict") == EtatPiece.REFUSEE
        if refused and not given.get("motif"):
            self.add_error("motif", _("Dites pourquoi : la personne doit pouvoir la remplacer."))
        if given.get("verdict") == EtatPiece.VERIFIEE and given.get("motif"):
            self.add_error("motif", _("Une pièce acceptée n'a pas de motif de refus."))
        return given


@require_safe
@droit(OBJET, "R")
def pieces(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """List the papers of a request, expected first."""
    with reached(request, identifiant, OBJET) as held:
        return _page(request, held)


def _page(
    request: HttpRequest, held: Ouverte, depot: DepotForm | None = None, jugement: JugementForm | None = None
) -> HttpResponse:
    langue = page_language()
    vues = lectures.papers_of(held.demande, aujourdhui(), lecteur=held.lecteur)
    bad = depot or jugement
    context = {
        "demande": held.demande,
        "chemin": path_of(held.demande, _("Pièces")),
        "lignes": [_line(vue, langue, jugement) for vue in vues],
        "depot": depot or _depot(held, langue),
        "form": bad,
        "lecteur": held.lecteur,
        "langue_mots": langue,
    }
    return render(request, "demandes/pieces.html", context, status=422 if bad else 200)


def _line(vue: lectures.PieceVue, langue: str, jugement: JugementForm | None) -> dict[str, Any]:
    piece = vue.piece
    day = piece and (piece.jugee_le or piece.recue_le)
    reason = piece.get_motif_refus_display() if piece and piece.motif_refus else ""
    form = None
    if vue.a_juger:
        own = jugement is not None and jugement.data.get("fait") == vue.fait
        form = jugement if own else JugementForm(initial={"fait": vue.fait}, auto_id=f"{vue.fait}_%s")
    return {
        "vue": vue,
        "titre": mots.fact(vue.fait, langue),
        "etat": Etat(_SIGNES[vue.etat], str(EtatPiece(vue.etat).label), f" : {reason}" if reason else ""),
        "jour": day,
        "form": form,
    }


def _depot(held: Ouverte, langue: str, *donnees: Any) -> DepotForm:
    facts = lectures.fileable_facts(lecteur=held.lecteur)
    return DepotForm(*donnees, faits=[(fait, mots.fact(fait, langue)) for fait in facts])


@require_POST
@droit(OBJET, "C")
def deposer(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Keep a paper that came to the desk."""
    with reached(request, identifiant, OBJET) as held:
        form = _depot(held, page_language(), request.POST, request.FILES)
        if not (form.is_valid() and _deposit(request, held, form)):
            return _page(request, held, depot=form)
    messages.success(request, _("Le document est gardé, fermé à clé."))
    return redirect("demandes:pieces", identifiant)


def _deposit(request: HttpRequest, held: Ouverte, form: DepotForm) -> bool:
    upload = form.cleaned_data["fichier"]
    content = b"" if upload.size > 2 * MAX_OCTETS else upload.read()
    try:
        operations.deposer_piece(
            acteur=request.user,
            demande=held.demande,
            fait=form.cleaned_data["fait"],
            contenu=content,
            le=aujourdhui(),
            maintenant=maintenant(),
            organisme=held.fonction.organisme_id or "",
        )
    except InputError as error:
        for problem in error.problems:
            form.add_error("fichier", f"{problem.constat} {problem.que_faire}")
        return False
    return True


@require_POST
@droit(OBJET, "U")
def juger(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Say what a paper proves, once its files are read."""
    with reached(request, identifiant, OBJET) as held:
        form = JugementForm(request.POST, auto_id=f"{request.POST.get('fait', '')[:30]}_%s")
        seen = {
            v.fait for v in lectures.papers_of(held.demande, aujourdhui(), lecteur=held.lecteur) if v.a_juger
        }
        valid = form.is_valid()
        if valid and form.cleaned_data["fait"] not in seen:
            form.add_error(None, _("Aucun fichier de cette pièce n'attend d'être jugé."))
        if not form.errors:
            try:
                juger_piece(
                    acteur=request.user,
                    demande=held.demande,
                    fait=form.cleaned_data["fait"],
                    niveau=NiveauPreuve.PIECE.value,
                    etat=form.cleaned_data["verdict"],
                    motif=form.cleaned_data["motif"],
                    le=aujourdhui(),
                    maintenant=maintenant(),
                    organisme=held.fonction.organisme_id or "",
                )
            except InputError as error:
                hold(form, error)
        if form.errors:
            return _page(request, held, jugement=form)
    messages.success(request, _("La pièce est jugée ; les points changeront au prochain calcul."))
    return redirect("demandes:pieces", identifiant)


@require_safe
@droit(OBJET, "R")
def fichier(request: HttpRequest, identifiant: uuid.UUID, fichier: uuid.UUID) -> HttpResponse:
    """Give a file to who may read it, never shown by the site itself; no cache keeps it."""
    with reached(request, identifiant, OBJET) as held:
        found = lectures.file_of(held.demande, fichier)
        if found is None:
            raise Http404
        try:
            content = operations.lire_fichier(
                acteur=request.user, fichier=found, organisme=held.fonction.organisme_id or ""
            )
        except FileNotFoundError as error:
            raise Http404 from error
    kind = "application/pdf" if found.genre == "pdf" else "image/jpeg"
    name = f"piece-{str(found.pk)[-12:]}.{found.genre.replace('jpeg', 'jpg')}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
