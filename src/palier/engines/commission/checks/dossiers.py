"""Three files per home, counted by live number, and the exceptions of the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from palier.base.errors import Problem
from palier.engines.commission.model.dossier import Dossier, ExamenDossiers, Exception3, RechercheConsignee
from palier.engines.commission.model.seance import Logement
from palier.law.registre import LoiAu

_R441_3 = "R441-3 CCH"


def check_dossiers(
    logement: Logement,
    dossiers: Sequence[Dossier],
    au: dt.date,
    loi: LoiAu,
    recherche: RechercheConsignee | None = None,
) -> ExamenDossiers:
    """Tell whether a home may be examined with these files.

    Parameters
    ----------
    logement : Logement
        The home.
    dossiers : sequence of Dossier
        Those proposed.
    au : date
        Day of the session: a number must live on that day.
    loi : LoiAu
        Gives the number of files and the life of a request.
    recherche : RechercheConsignee, optional
        The recorded search behind the exception ``INSUFFISANCE``.

    Returns
    -------
    ExamenDossiers
        ``problemes`` holds COM-050 (too few), COM-051 (the search does not
        prove it), COM-052 (DALO without designation), COM-053 (withdrawn
        before the session); empty if it conforms.

    References
    ----------
    R441-3 and L441-2-3, II, CCH.
    """
    requis = int(loi.nombre("caleol_candidats_min"))
    ecartes, vivants = _split(dossiers, au, loi)
    n, numbers = len(vivants), tuple(d.numero for d in vivants)
    if n >= requis:
        return ExamenDossiers(n, requis, None, ecartes, True, (), numbers)
    exception = _exception(logement, vivants, au, requis, recherche)
    if exception is not None:
        return ExamenDossiers(n, requis, exception, ecartes, True, (), numbers)
    problems = tuple(_problems(logement, vivants, ecartes, au, requis, recherche))
    return ExamenDossiers(n, requis, None, ecartes, False, problems, numbers)


def _split(
    dossiers: Sequence[Dossier], au: dt.date, loi: LoiAu
) -> tuple[tuple[tuple[str, str], ...], list[Dossier]]:
    ecartes, vivants = [], {}
    for dossier in dossiers:
        why = "double" if dossier.numero in vivants else dossier.ecart(au, loi)
        if why is None:
            vivants[dossier.numero] = dossier
        else:
            ecartes.append((dossier.numero, why))
    return tuple(ecartes), list(vivants.values())


def _exception(
    logement: Logement,
    vivants: Sequence[Dossier],
    au: dt.date,
    requis: int,
    recherche: RechercheConsignee | None,
) -> Exception3 | None:
    if not vivants:
        return None
    if all(d.designe_prefet for d in vivants):
        return "DALO_PREFET"
    if logement.d331_25_1:
        return "D331-25-1"
    proved = recherche is not None and not _unproved(recherche, len(vivants), au, requis)
    return "INSUFFISANCE" if proved else None


def _unproved(recherche: RechercheConsignee, n: int, au: dt.date, requis: int) -> list[str]:
    """Return what a recorded search lacks to prove that there are too few candidates."""
    excluded = recherche.n - recherche.eligibles
    found = []
    if recherche.au != au:
        found.append(
            f"elle juge les demandes au {recherche.au.isoformat()}, la séance est le {au.isoformat()}"
        )
    if recherche.eligibles >= requis:
        found.append(f"elle trouve {recherche.eligibles} demandes éligibles")
    if n < recherche.eligibles:
        found.append(f"{n} dossiers sont présentés sur {recherche.eligibles} éligibles")
    if excluded < 0 or sum(recherche.motifs.values()) < excluded:
        found.append("elle ne dit pas pourquoi chaque autre demande est écartée")
    return found


def _problems(
    logement: Logement,
    vivants: Sequence[Dossier],
    ecartes: Sequence[tuple[str, str]],
    au: dt.date,
    requis: int,
    recherche: RechercheConsignee | None,
) -> list[Problem]:
    words = f"{len(vivants)} demandes en vigueur au {au.isoformat()}, il en faut {requis}."
    if ecartes:
        words += f" Ne comptent pas : {', '.join(sorted(why for _, why in ecartes))}."
    fix = "Ajoutez des dossiers, reportez le point, ou enregistrez une exception."
    found = [Problem("COM-050", logement.id, words, fix, _R441_3)]
    if recherche is not None and (lacks := _unproved(recherche, len(vivants), au, requis)):
        found.append(
            Problem(
                "COM-051",
                logement.id,
                f"La recherche ne prouve pas l'insuffisance : {' ; '.join(lacks)}.",
                "Refaites la recherche pour le jour de la séance et présentez tous les éligibles.",
                _R441_3,
            )
        )
    if any(d.dalo and not d.designe_prefet for d in vivants):
        found.append(
            Problem(
                "COM-052",
                logement.id,
                "Une reconnaissance DALO ne suffit pas : le préfet n'a pas désigné "
                "cette personne pour ce logement.",
                "Joignez sa désignation, s'il y en a une.",
                "L441-2-3, II CCH",
            )
        )
    if any(why == "retiree" for _, why in ecartes):
        found.append(
            Problem(
                "COM-053",
                logement.id,
                "Un candidat s'est retiré avant la séance.",
                "Reportez le point, ou enregistrez une exception.",
                _R441_3,
            )
        )
    return found
