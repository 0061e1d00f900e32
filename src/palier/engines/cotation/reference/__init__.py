"""The reference engine: one request at a time, in plain Python, readable by a lawyer.

It says what the language of grids means. The compiled engine must agree with
it on every grid; it knows neither the compiler nor Polars.

Read it in this order: ``jugement`` (scope, system, total), ``familles``
(rules, caps, what is verified), ``mecanismes`` (points of a criterion),
``conditions`` (true, false, unknown), ``demande`` (what is computed from the
answers), ``droit`` (what is read in the law).
"""

from palier.engines.cotation.reference.jugement import score_row
from palier.engines.cotation.reference.regle import Regle, prepare
from palier.engines.cotation.reference.traces import ScoreRow, Trace, TraceCritere, TraceFamille

__all__ = ["Regle", "ScoreRow", "Trace", "TraceCritere", "TraceFamille", "prepare", "score_row"]
