"""The law of ads at one date, read once from the registry and ready for thousands of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from palier.law import LoiAu, ValeurLegale

TABLES = (
    "annonce_classes_mentions",
    "annonce_depense_mention",
    "annonce_energie_excessive",
    "communes_a_arrondissements",
    "depot_garantie_mois",
    "dpe_location_interdite",
    "dpe_valable_depuis",
    "dpe_validite_ans",
    "logement_surface_min_m2",
    "psla_option_max_ans",
    "vente_hlm_anciennete_ans",
    "vente_hlm_classes_exclues",
    "vente_hlm_locataire_ans",
    "vente_hlm_medias",
    "vente_hlm_mentions",
    "vente_hlm_offres_mois",
    "vente_hlm_ordre",
)
OUTRE_MER = ("97", "98")


@dataclass(frozen=True, slots=True)
class LoiAnnonces:
    """Values of ``law/data/annonces`` at a date.

    Parameters
    ----------
    au : date
        Date at which the law was read.
    mention_depense : str
        What precedes the estimate of energy costs, word for word.
    mention_classes : mapping
        ``energie``, ``climat``: words before the letters.
    mentions_excessives : mapping
        Class (``f``, ``g``) to the whole mention.
    location_interdite : mapping
        (territory, class) to the first day when it may no longer be let.
    dpe_ans : int
        Validity of a certificate, in years.
    dpe_depuis : date
        Older certificates are void.
    surface_min_m2 : int
        Least habitable area of a home to let.
    depot_mois : int
        Months of bare rent that a deposit may reach.
    vente_ans : int
        Years since building or acquisition that must be exceeded before a sale.
    vente_classes_exclues : frozenset of str
        Classes that may not be sold.
    vente_medias : mapping
        Medium (``site``, ``immeuble``, ``journal``) to its words.
    vente_media_maison : str
        Words of the second medium for a house.
    vente_offres_mois : int
        Months of offers after the last publication.
    locataire_ans : int
        Years of occupation before a tenant may buy.
    psla_ans : int
        Years to take up the option.
    arrondissements : frozenset of str
        Communes whose ad must name the arrondissement.
    references : mapping
        Table to article, with « à vérifier » when nobody checked the value.
    """

    au: dt.date
    mention_depense: str
    mention_classes: Mapping[str, str]
    mentions_excessives: Mapping[str, str]
    location_interdite: Mapping[tuple[str, str], dt.date]
    dpe_ans: int
    dpe_depuis: dt.date
    surface_min_m2: int
    depot_mois: int
    vente_ans: int
    vente_classes_exclues: frozenset[str]
    vente_medias: Mapping[str, str]
    vente_media_maison: str
    vente_offres_mois: int
    locataire_ans: int
    psla_ans: int
    arrondissements: frozenset[str]
    references: Mapping[str, str]

    def banned_on(self, commune: str | None, classe: str) -> dt.date | None:
        """Return the first day when a home of this class may no longer be let there, if any."""
        territoire = "outre_mer" if (commune or "").startswith(OUTRE_MER) else "metropole"
        return self.location_interdite.get((territoire, classe))


def load_loi(loi: LoiAu) -> LoiAnnonces:
    """Read the law of ads from the registry at a date.

    Parameters
    ----------
    loi : palier.law.LoiAu
        ``law.at(date, non_verifie=True)``: ads are checked with unverified
        values too, and each message that used one says so.

    Raises
    ------
    LoiError
        LOI-002 for a date before the first value; LOI-003 and LOI-004 unless
        ``non_verifie``.
    """
    read = {id_: loi.get(id_) for id_ in TABLES}

    def words(id_: str) -> Mapping[str, str]:
        table = read[id_].table or {}
        return MappingProxyType({cle[0]: str(cell) for cle, cell in table.items()})

    def number(id_: str) -> int:
        return int(loi.nombre(id_))

    interdite = read["dpe_location_interdite"].table or {}
    medias = read["vente_hlm_medias"]
    return LoiAnnonces(
        au=loi.date,
        mention_depense=str(read["annonce_depense_mention"].valeur),
        mention_classes=words("annonce_classes_mentions"),
        mentions_excessives=words("annonce_energie_excessive"),
        location_interdite=MappingProxyType(
            {(cle[0], cle[1]): dt.date.fromisoformat(str(jour)) for cle, jour in interdite.items()}
        ),
        dpe_ans=number("dpe_validite_ans"),
        dpe_depuis=dt.date.fromisoformat(str(read["dpe_valable_depuis"].valeur)),
        surface_min_m2=number("logement_surface_min_m2"),
        depot_mois=number("depot_garantie_mois"),
        vente_ans=number("vente_hlm_anciennete_ans"),
        vente_classes_exclues=frozenset(words("vente_hlm_classes_exclues")),
        vente_medias=words("vente_hlm_medias"),
        vente_media_maison=medias.details.get("immeuble", {}).get("maison", ""),
        vente_offres_mois=number("vente_hlm_offres_mois"),
        locataire_ans=number("vente_hlm_locataire_ans"),
        psla_ans=number("psla_option_max_ans"),
        arrondissements=frozenset(words("communes_a_arrondissements")),
        references=MappingProxyType({id_: _reference(valeur) for id_, valeur in read.items()}),
    )


def _reference(valeur: ValeurLegale) -> str:
    article = f", article {valeur.reference.article}" if valeur.reference.article else ""
    doubt = "" if valeur.verifie else " (valeur à vérifier)"
    return f"{valeur.reference.texte}{article}{doubt}"
