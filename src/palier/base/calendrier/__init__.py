"""The legal clock: holidays, delays, instants and zones.

It reads no clock and knows no law: holidays and delays are given to it, by
``palier.law.calendrier`` from its dated files.
"""

from palier.base.calendrier.decompte import check_duree_min, count_delai, last_evenement, next_anniversaire
from palier.base.calendrier.delai import Arret, Delai, Duree, Echeance
from palier.base.calendrier.explication import explain_echeance
from palier.base.calendrier.feries import Calendrier, JourFerie, paques
from palier.base.calendrier.instants import elapsed, end_of_day, local_day, start_of_day, zone

__all__ = [
    "Arret",
    "Calendrier",
    "Delai",
    "Duree",
    "Echeance",
    "JourFerie",
    "check_duree_min",
    "count_delai",
    "elapsed",
    "end_of_day",
    "explain_echeance",
    "last_evenement",
    "local_day",
    "next_anniversaire",
    "paques",
    "start_of_day",
    "zone",
]
