"""Rules of places, without Django: what a person searches, what a commune is for a check."""

from palier.web.apps.territoires.rules.lieux import Boite, CommuneConnue, libelle
from palier.web.apps.territoires.rules.recherche import Question, entrees, poids, read_question

__all__ = ["Boite", "CommuneConnue", "Question", "entrees", "libelle", "poids", "read_question"]
