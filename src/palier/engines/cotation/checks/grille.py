"""The verification of a whole grid."""

from __future__ import annotations

from palier.base.errors import Problem, RuleFileError
from palier.engines.cotation.checks.atteinte import check_atteinte, check_choix
from palier.engines.cotation.checks.bandes import check_bandes
from palier.engines.cotation.checks.constats import Constats, Verification
from palier.engines.cotation.checks.legal import check_legal
from palier.engines.cotation.checks.parcours import places
from palier.engines.cotation.checks.points import check_points
from palier.engines.cotation.checks.publics import check_publics
from palier.engines.cotation.checks.structure import check_structure
from palier.engines.cotation.checks.tables import check_tables
from palier.engines.cotation.model.lue import GrilleLue
from palier.engines.cotation.model.nodes import Grille
from palier.law import LoiAu

# What one sound criterion is enough to judge, whatever is wrong elsewhere in the file.
SURS = frozenset(
    f"COT-{number}" for number in ("030 031 032 034 035 037 038 039 042 048 049 055 063").split()
)
# What is judged of the whole grid, and stays true whatever the criteria taken out would have said.
SURS_SI_ENTIERE = SURS | {f"COT-{number}" for number in ("033 040 043 044 045 053 054 056 059").split()}


def check_grille(grille: Grille, loi: LoiAu | None = None) -> Verification:
    """Judge the sense of a grid; never raises for it.

    Parameters
    ----------
    grille : Grille
        A grid that :func:`palier.engines.cotation.model.parse_grille` accepted.
    loi : LoiAu, optional
        The law at a date. Without it, bands whose bounds are read in the law
        cannot be compared (a warning says so) and names of tables are not checked.

    Returns
    -------
    Verification
        Errors and warnings, COT-030 to COT-063, each once, sorted by line.

    References
    ----------
    R441-2-10 CCH, 11° ; L441 and L441-1 CCH.
    """
    constats = Constats(grille)
    check_structure(constats)
    check_atteinte(constats)
    check_choix(constats)
    check_points(constats)
    check_publics(constats)
    check_legal(constats)
    check_tables(constats, loi)
    for place in places(grille):
        check_bandes(constats, place.critere, loi)
    return constats.verification()


def check_lue(lue: GrilleLue, loi: LoiAu | None = None) -> tuple[Problem, ...]:
    """List every problem of a grid that could not be read whole, so that one pass mends it.

    Parameters
    ----------
    lue : GrilleLue
        What :func:`palier.engines.cotation.model.scan_grille` gives.
    loi : LoiAu, optional
        As for :func:`check_grille`.

    Returns
    -------
    tuple of Problem
        The problems of the form, then those of the sense that they cannot explain.

    References
    ----------
    R441-2-10 CCH, 11°.
    """
    if lue.grille is None:
        return lue.problemes
    sure = SURS_SI_ENTIERE if lue.entiere else SURS
    sense = [problem for problem in check_grille(lue.grille, loi).erreurs if problem.code in sure]
    return (*lue.problemes, *(problem for problem in sense if problem not in lue.problemes))


def require_valid(grille: Grille, loi: LoiAu | None = None) -> Verification:
    """Return the verification of a grid that can be used.

    Raises
    ------
    RuleFileError
        Every error found by :func:`check_grille`.
    """
    verification = check_grille(grille, loi)
    if verification.erreurs:
        raise RuleFileError(verification.erreurs)
    return verification
