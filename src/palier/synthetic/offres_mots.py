"""Invented words of offers: addresses, titles, descriptions; nobody is in them."""

from __future__ import annotations

import numpy as np
import polars as pl

from palier.synthetic.lot import Lot
from palier.synthetic.tirage import Tableau, draw_below

VOIES = (
    "rue des Tilleuls", "rue du Moulin", "rue de la Fontaine", "rue des Vergers", "rue du Canal",
    "rue des Écoles", "rue de la Tuilerie", "rue des Cerisiers", "avenue du Parc", "avenue des Platanes",
    "allée des Acacias", "allée des Mésanges", "place du Marché", "place des Lavandières",
    "quai des Bateliers", "chemin du Pré", "impasse des Jardins", "boulevard des Remparts",
    "square des Lilas", "rue de l'Abreuvoir", "rue du Verger", "rue des Charpentiers", "rue du Lavoir",
    "rue des Glycines",
)  # fmt: skip
_SUITES = (
    "", " lumineux", " traversant", " au calme", " près du tramway", " près des commerces",
    " près d'une école", " rénové",
)  # fmt: skip
_PIECES = (
    "Séjour orienté au sud, cuisine séparée.",
    "Grand séjour avec coin cuisine, rangements dans l'entrée.",
    "Pièces distribuées par un couloir, salle d'eau avec fenêtre.",
    "Double exposition, vue dégagée sur un parc.",
    "Cuisine ouverte sur le séjour, salle de bains refaite.",
    "Entrée avec placard, toilettes séparées.",
)
_ALENTOURS = (
    "Arrêt de bus à cinq minutes à pied.",
    "École, crèche et marché dans le quartier.",
    "Commerces au pied de l'immeuble.",
    "Piste cyclable et parc à proximité.",
    "Gare à dix minutes à pied.",
    "Quartier en cours de rénovation, jardins partagés.",
)
_ETATS = (
    "Peintures refaites.",
    "Sols changés récemment.",
    "Fenêtres remplacées lors de la dernière réhabilitation.",
    "Électricité mise aux normes.",
    "Bon état général.",
)
_LOCAUX = (
    "Vitrine sur rue passante.",
    "Angle de deux rues, près d'un arrêt de bus.",
    "Pied d'immeuble, sur une place commerçante.",
    "Accès de plain-pied, livraison possible le matin.",
)
ACTIVITES = (
    "alimentation, commerce de bouche",
    "artisanat, réparation",
    "santé, paramédical",
    "association, économie sociale et solidaire",
    "librairie, culture",
    "services aux habitants",
)


def pick(rng: np.random.Generator, n: int, mots: tuple[str, ...]) -> pl.Series:
    """Draw one of several texts for each row, evenly."""
    return pl.Series(mots).gather(draw_below(rng, np.full(n, len(mots))))


def draw_words(lot: Lot, rng: np.random.Generator, local: Tableau) -> None:
    """Write addresses, titles and descriptions; ``local`` tells business premises."""
    n = lot.n
    frame = pl.DataFrame(
        {
            "no": 1 + draw_below(rng, np.full(n, 120)),
            "voie": pick(rng, n, VOIES),
            "type": pl.Series(("Chambre", "T1", "T2", "T3", "T4", "T5", "T6")).gather(lot["typologie"]),
            "m2": lot["surface_m2"],
            "suite": pick(rng, n, _SUITES),
            "pieces": pick(rng, n, _PIECES),
            "alentours": pick(rng, n, _ALENTOURS),
            "etats": pick(rng, n, _ETATS),
            "vitrine": pick(rng, n, _LOCAUX),
            "local": local,
        }
    )
    named = pl.format("{} de {} m²{}", pl.col("type"), pl.col("m2"), pl.col("suite"))
    words = frame.select(
        pl.format("{} {}", pl.col("no"), pl.col("voie")).alias("adresse"),
        pl.when("local")
        .then(pl.format("Local d'activité de {} m²", pl.col("m2")))
        .otherwise(named)
        .alias("titre"),
        pl.format(
            "{} {} {}",
            pl.when("local").then(pl.col("vitrine")).otherwise(pl.col("pieces")),
            pl.col("alentours"),
            pl.col("etats"),
        ).alias("description"),
    )
    for nom in words.columns:
        lot[nom] = words[nom]
