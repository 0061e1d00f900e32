"""Pages of the commission, below ``/agents/commission/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.attributions.views.commission import (
    agenda,
    gestes,
    membres,
    ordre_du_jour,
    point,
    pv,
    rectification,
    reglement,
    seance,
)

app_name = "commission"
urlpatterns: list[URLPattern] = [
    path("", agenda.agenda, name="agenda"),
    path("creer/", agenda.creer, name="creer"),
    path("reglement/", reglement.reglement, name="reglement"),
    path("reglement/deposer/", reglement.deposer, name="deposer"),
    path("membres/", membres.liste, name="membres"),
    path("membres/nommer/", membres.nommer, name="nommer"),
    path("membres/<uuid:pk>/finir/", membres.finir, name="finir"),
    path("membres/<uuid:pk>/compte/", membres.compte, name="lier"),
    path("seances/<uuid:pk>/", seance.une, name="seance"),
    path("seances/<uuid:pk>/acte/", seance.acte, name="acte"),
    path("seances/<uuid:pk>/reunion/", seance.reunion, name="reunion"),
    path("seances/<uuid:pk>/inscrire/", ordre_du_jour.inscrire, name="inscrire"),
    path("points/<uuid:point>/place/", ordre_du_jour.ordonner, name="ordonner"),
    path("points/<uuid:point>/", point.point, name="point"),
    path("points/<uuid:point>/projection/", point.projection, name="projection"),
    path("points/<uuid:point>/appel/", gestes.appel, name="appel"),
    path("points/<uuid:point>/decisions/", gestes.decider, name="decider"),
    path("points/<uuid:point>/scrutin/", gestes.scrutin, name="scrutin"),
    path("points/<uuid:point>/vote/", gestes.voter, name="voter"),
    path("points/<uuid:point>/clore/", gestes.clore, name="clore_point"),
    path("points/<uuid:point>/non-examine/", gestes.ecarter, name="ecarter"),
    path("points/<uuid:point>/rectification/", rectification.rectifier, name="rectifier"),
    path(
        "points/<uuid:point>/rectification/proposer/", rectification.proposer, name="proposer_rectification"
    ),
    path("points/<uuid:point>/rectification/clore/", rectification.clore, name="clore_rectification"),
    path("seances/<uuid:pk>/rectifier/", rectification.inscrire, name="inscrire_rectification"),
    path("seances/<uuid:pk>/pv/", pv.pv, name="pv"),
    path("seances/<uuid:pk>/pv/document/", pv.document, name="pv_pdf"),
    path("seances/<uuid:pk>/pv/signer/", pv.signer, name="signer"),
    path("seances/<uuid:pk>/pv/transmettre/", pv.transmettre, name="transmettre"),
]
