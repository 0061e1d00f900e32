"""The commission of allocation (CALEOL): what it may do, counted exactly; it never decides.

The public API, for the web room and for scripts. Nothing here reads a clock or a
file: days, law and calendar are arguments. What the law forbids is a
:class:`~palier.base.errors.RefusalError` with every problem (codes ``COM-…``); the
functions named ``check_…`` return or yield the problems, ``warn_…`` the warnings.

**States.** ``load_machine("vacance" | "candidature" | "seance" | "decision")`` gives
the arrows as data (``donnees/machines``). ``transition(machine, etat, vers, role,
faits)`` returns the new state or raises; ``refusals(…)`` lists why not;
``machine.depuis(etat)`` lists the next acts; the facts that each guard reads are
named in ``machine.gardes[code].faits``. A thing that does not exist yet is in state
``"debut"``.
``donnees/gardes.yaml`` describes every fact: days, numbers, and the objects below
(``cloture`` is what ``preview_point`` or ``close_point`` gave, ``dossiers`` what
``check_dossiers`` gave, ``offre`` what ``make_offre`` made). The machine judges one
act: the caller reads the facts of one home under one lock.

**Session.** ``parse_reglement(texte, origine)`` then ``reglement_at(…)``;
``check_membres``, ``check_seance``, ``check_reglement``, ``warn_seance``,
``warn_adresses``. One home: build a ``Point``; ``preview_point(seance, point, loi)``
tells everything that prevents its closing, ``close_point`` raises it; both give a
``Cloture`` (quorum, files, vote, decisions) that the machines read as the fact
``cloture``. Its parts alone: ``gather_college``, ``count_quorum``, ``count_votes``,
``check_dossiers``, ``check_decisions``, ``check_ordre``, ``check_correction``.

**After.** ``make_offre``, ``check_reponse``, ``next_rang``, ``bail_du``,
``check_bail``; ``count_echeance`` for every other clock; ``check_radiation``.

**Objectives.** ``read_objectifs(count_suites(suites), loi)``, then
``si_attribue(objectifs, menage, qpv, contingent)`` for « if this home goes to A ».

**Replay.** ``parse_enregistrement(texte, origine)`` then ``replay_seance(held, loi)``: what differs.

**Words.** ``explain_point``, ``explain_dossiers``, ``explain_quorum``,
``explain_vote``, ``explain_objectifs``, ``explain_si_attribue`` give trees that
``base.mots`` writes; none holds a name.
"""

from palier.engines.commission.checks import (
    bail_du,
    check_bail,
    check_correction,
    check_decisions,
    check_dossiers,
    check_ordre,
    check_reglement,
    check_reponse,
    check_seance,
    passed_over,
    warn_adresses,
    warn_motifs,
    warn_seance,
)
from palier.engines.commission.explain import (
    explain_dossiers,
    explain_objectif,
    explain_objectifs,
    explain_point,
    explain_quorum,
    explain_si_attribue,
    explain_vote,
)
from palier.engines.commission.model import (
    Bail,
    Bulletin,
    Cloture,
    College,
    Condition,
    Decision,
    Depouillement,
    Dossier,
    EcartOrdre,
    Etat,
    ExamenDossiers,
    Fleche,
    Garde,
    Logement,
    Machine,
    Mandat,
    Membre,
    Offre,
    Presence,
    Quorum,
    RechercheConsignee,
    Reglement,
    RegleQuorum,
    Reponse,
    Scrutin,
    Seance,
    list_machines,
    load_machine,
    parse_machine,
    parse_reglement,
    read_exemple,
    reglement_at,
)
from palier.engines.commission.run import (
    ECARTS,
    Comptes,
    Difference,
    Enregistrement,
    Menage,
    Objectif,
    Point,
    Preuves,
    Radiation,
    Suite,
    check_membres,
    check_radiation,
    close_point,
    count_echeance,
    count_quorum,
    count_reservataire,
    count_suites,
    count_votes,
    gather_college,
    make_offre,
    next_rang,
    objectif_said,
    parse_enregistrement,
    preview_point,
    read_objectifs,
    refusals,
    replay_seance,
    reprise_possible,
    seal,
    si_attribue,
    transition,
)

__all__ = [
    "ECARTS",
    "Bail",
    "Bulletin",
    "Cloture",
    "College",
    "Comptes",
    "Condition",
    "Decision",
    "Depouillement",
    "Difference",
    "Dossier",
    "EcartOrdre",
    "Enregistrement",
    "Etat",
    "ExamenDossiers",
    "Fleche",
    "Garde",
    "Logement",
    "Machine",
    "Mandat",
    "Membre",
    "Menage",
    "Objectif",
    "Offre",
    "Point",
    "Presence",
    "Preuves",
    "Quorum",
    "Radiation",
    "RechercheConsignee",
    "RegleQuorum",
    "Reglement",
    "Reponse",
    "Scrutin",
    "Seance",
    "Suite",
    "bail_du",
    "check_bail",
    "check_correction",
    "check_decisions",
    "check_dossiers",
    "check_membres",
    "check_ordre",
    "check_radiation",
    "check_reglement",
    "check_reponse",
    "check_seance",
    "close_point",
    "count_echeance",
    "count_quorum",
    "count_reservataire",
    "count_suites",
    "count_votes",
    "explain_dossiers",
    "explain_objectif",
    "explain_objectifs",
    "explain_point",
    "explain_quorum",
    "explain_si_attribue",
    "explain_vote",
    "gather_college",
    "list_machines",
    "load_machine",
    "make_offre",
    "next_rang",
    "objectif_said",
    "parse_enregistrement",
    "parse_machine",
    "parse_reglement",
    "passed_over",
    "preview_point",
    "read_exemple",
    "read_objectifs",
    "refusals",
    "reglement_at",
    "replay_seance",
    "reprise_possible",
    "seal",
    "si_attribue",
    "transition",
    "warn_adresses",
    "warn_motifs",
    "warn_seance",
]
