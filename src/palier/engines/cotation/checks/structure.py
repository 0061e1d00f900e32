"""How a grid holds together: systems, classes, ties, status, proofs, examples."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from palier.engines.cotation.checks.constats import Constats, is_share, joined, value_text
from palier.engines.cotation.checks.logique import Hypothese, contradiction
from palier.engines.cotation.checks.parcours import atoms, bornes_of, conditions, places
from palier.engines.cotation.checks.points import range_of_critere
from palier.engines.cotation.model.lecteur import ARTICLE_UNIFORME, near
from palier.engines.cotation.model.nodes import (
    Compte,
    Condition,
    Connu,
    Critere,
    Egal,
    Mesure,
    Non,
    Systeme,
)
from palier.tables import all_colonnes, colonne, schema

_MUTATION = Egal("logement_mode", "locataire_hlm")
_SHARE_LIMIT = 5


def check_structure(constats: Constats) -> None:
    """Say what does not hold together, apart from points and law."""
    _check_systemes(constats)
    for systeme in constats.grille.systemes:
        _check_names(constats, systeme)
        _check_classes(constats, systeme)
    _check_departage(constats)
    _check_statut(constats)
    for place in places(constats.grille):
        _check_preuve(constats, place.critere)
        _check_absent(constats, place.critere)
    _check_unknown_scores(constats)
    _check_units(constats)
    _check_exemples(constats)


# --- systems and classes ------------------------------------------------------------------------------------


def _check_systemes(constats: Constats) -> None:
    grille = constats.grille
    line = grille.ligne("systemes")
    for systeme in grille.systemes:
        if not any(systeme.criteres()):
            words = f"le système « {systeme.id} » n'a aucun critère."
            constats.add("058", systeme.ligne, words, "Ajoutez des familles, ou retirez le système.")
    if len(grille.systemes) > 2:
        names = joined(f"« {s.id} »" for s in grille.systemes)
        constats.add(
            "040",
            line,
            f"la grille a {len(grille.systemes)} systèmes ({names}) : deux au plus sont permis.",
            "Gardez le système commun et, si besoin, celui des mutations ; le reste se dit par des critères.",
            ARTICLE_UNIFORME,
        )
    default = [systeme for systeme in grille.systemes if systeme.si is None]
    if not default and grille.systemes:
        words = "aucun système ne s'applique par défaut : chacun a une condition « si »."
        constats.add("044", line, words, "Retirez « si » du système commun.")
    if len(default) > 1:
        names = joined(f"« {s.id} »" for s in default)
        words = f"les systèmes {names} n'ont pas de condition : le second ne servira jamais."
        advice = "Écrivez si: {logement_mode: locataire_hlm} pour celui des mutations."
        constats.add("044", default[1].ligne, words, advice)
    if grille.cadre == "etranger":
        return
    for systeme in grille.systemes:
        if systeme.si is not None:
            _check_mutation(constats, systeme, systeme.si)


def _check_mutation(constats: Constats, systeme: Systeme, si: Condition) -> None:
    if contradiction(Hypothese(si)) is not None:
        return
    if contradiction(Hypothese(si), Hypothese(_MUTATION, False)) is None:
        words = f"le système « {systeme.id} » ne vise pas les demandes de mutation."
        advice = "Seules les mutations peuvent avoir un système à part : si: {logement_mode: locataire_hlm}."
        constats.add("040", systeme.ligne, words, advice, ARTICLE_UNIFORME)
    elif contradiction(Hypothese(_MUTATION), Hypothese(si, False)) is None:
        words = f"le système « {systeme.id} » ne vise qu'une partie des mutations."
        advice = "Vérifiez que c'est voulu : les autres mutations suivent le système commun."
        constats.warn("040", systeme.ligne, words, advice, ARTICLE_UNIFORME)


def _check_names(constats: Constats, systeme: Systeme) -> None:
    for names, kind in (
        ([c.id for c in systeme.classes], "classes"),
        ([f.id for f in systeme.forces], "totaux forcés"),
    ):
        for name, times in Counter(names).items():
            if times > 1:
                words = f"le système « {systeme.id} » a {times} {kind} du même nom, « {name} »."
                constats.add("059", systeme.ligne, words, "Donnez-leur des noms différents.")


def _check_classes(constats: Constats, systeme: Systeme) -> None:
    if not systeme.classes:
        return
    rest = [place for place, classe in enumerate(systeme.classes) if classe.si is None]
    if not rest:
        words = f"les classes du système « {systeme.id} » ne prennent pas tout le monde."
        advice = "Ajoutez à la fin une classe sans condition : {id: autres}."
        constats.add("045", systeme.classes[-1].ligne, words, advice)
    elif rest[0] < len(systeme.classes) - 1:
        late = joined(f"« {c.id} »" for c in systeme.classes[rest[0] + 1 :])
        first = systeme.classes[rest[0]]
        words = f"la classe « {first.id} », sans condition, prend tout le monde : {late} ne sert jamais."
        constats.add("045", first.ligne, words, "Mettez la classe sans condition à la fin.")


# --- ties, status -------------------------------------------------------------------------------------------


def _check_departage(constats: Constats) -> None:
    grille = constats.grille
    line = grille.ligne("departage")
    names = [name.removeprefix("-") for name in grille.departage]
    known = schema("demandes")
    unsortable = [n for n in names if n in known and known[n].type in ("liste", "ensemble")]
    for name in unsortable:
        words = f"« departage » ne peut pas ranger selon « {name} », qui contient plusieurs réponses."
        constats.add("043", line, words, "Prenez une date ou un nombre.")
    for name, times in Counter(names).items():
        if times > 1:
            constats.warn("043", line, f"« departage » cite « {name} » {times} fois.", "Gardez la première.")
    if "numero_unique" not in names:
        words = "« departage » ne finit pas par le numéro unique : deux demandes pourraient rester à égalité."
        constats.add("043", line, words, "Ajoutez « numero_unique » à la fin de la liste.")
    elif names[-1] != "numero_unique":
        words = "dans « departage », ce qui suit « numero_unique » ne sert jamais."
        constats.warn("043", line, words, "Mettez « numero_unique » à la fin.")


def _check_statut(constats: Constats) -> None:
    grille = constats.grille
    if (
        grille.cadre == "france"
        and grille.statut in ("adoptee", "en_vigueur")
        and grille.deliberation is None
    ):
        words = f"la grille est dite « {grille.statut} » sans délibération."
        advice = "Ajoutez deliberation: {texte: …, le: AAAA-MM-JJ}, ou écrivez « statut: brouillon »."
        grave = grille.completude == "complete"
        constats.add("053", grille.ligne("version"), words, advice, ARTICLE_UNIFORME, grave)
    if grille.cadre == "france" and grille.territoire is None and not grille.communes:
        words = "la grille ne dit pas son territoire."
        advice = 'Ajoutez territoire: "…" avec le SIREN de l\'EPCI (neuf chiffres entre guillemets).'
        constats.add("054", 1, words, advice, ARTICLE_UNIFORME, grave=grille.statut != "brouillon")
    if grille.completude == "partielle":
        _say_partial(constats)


def _say_partial(constats: Constats) -> None:
    grille = constats.grille
    missing = []
    if grille.cadre == "etranger":
        words = "la grille est dite partielle : ses totaux ne sont pas ceux du système réel."
        constats.warn(
            "047", grille.ligne("completude"), words, "Ne comparez que les points des critères connus."
        )
        return
    if grille.deliberation is None:
        missing.append("la délibération")
    if grille.territoire is None and not grille.communes:
        missing.append("le territoire")
    if not any(isinstance(place.critere.mecanisme, Compte) for place in places(grille)):
        missing.append("l'effet des refus d'offre")
    if not any(place.critere.priorite for place in places(grille)):
        missing.append("les publics prioritaires servis (« priorite »)")
    if not grille.exemples:
        missing.append("des exemples calculés")
    words = "la grille est dite partielle : les totaux ne sont pas ceux du territoire"
    suffix = f" ; il lui manque au moins {joined(missing)}." if missing else "."
    advice = "Complétez-la avant de la publier, puis écrivez « completude: complete »."
    constats.warn("047", grille.ligne("completude"), words + suffix, advice, ARTICLE_UNIFORME)


# --- criteria -----------------------------------------------------------------------------------------------


def _check_preuve(constats: Constats, critere: Critere) -> None:
    if critere.preuve != "declare" and not critere.faits:
        words = (
            f"le critère « {critere.id} » demande une preuve ({critere.preuve}) mais n'a aucun fait à "
            "prouver : ses points vérifiés seront toujours 0."
        )
        constats.warn("050", critere.ligne, words, "Ajoutez « faits: … », ou écrivez « preuve: declare ».")


def _check_absent(constats: Constats, critere: Critere) -> None:
    if critere.absent == "zero" and range_of_critere(critere).bas < 0:
        words = f"dans le critère « {critere.id} », une réponse absente évite le malus (« absent: zero »)."
        constats.warn("051", critere.ligne, words, "Préférez « absent: manque » : la réponse sera demandée.")


def _check_unknown_scores(constats: Constats) -> None:
    for lue in conditions(constats.grille):
        if lue.critere is None or range_of_critere(lue.critere).haut <= 0:
            continue
        for atom, positive in atoms(lue.condition):
            if isinstance(atom, Connu) and atom.connu is not positive:
                words = f"{lue.ou} donne des points parce que « {atom.colonne} » n'est pas connu."
                advice = "Une réponse absente ne devrait jamais rapporter : retirez cette condition."
                constats.warn("051", lue.ligne, words, advice)
        if isinstance(lue.condition, Non) and lue.critere.absent == "zero":
            words = (
                f"{lue.ou} teste une absence (« non ») et compte 0, sans rien demander, si elle est inconnue."
            )
            constats.warn("051", lue.ligne, words, "Préférez « absent: manque » : la réponse sera demandée.")


def _check_units(constats: Constats) -> None:
    for where, ligne, source, borne in bornes_of(constats.grille):
        if not isinstance(borne.valeur, Fraction):
            continue
        text = value_text(source, borne.valeur)
        if is_share(source) and borne.valeur >= _SHARE_LIMIT:
            words = f"une borne écrite dans {where} vaut {text} : le signe « % » a sans doute été oublié."
            constats.add("063", ligne, words, "Écrivez par exemple 33 % et non 33.")
        if isinstance(source, Mesure) and borne.valeur.denominator != 1:
            words = (
                f"une borne écrite dans {where} vaut {text}, mais « {source.colonne} » est un nombre entier."
            )
            constats.warn("063", ligne, words, "Écrivez un nombre entier.")


# --- worked examples ----------------------------------------------------------------------------------------


def _check_exemples(constats: Constats) -> None:
    grille = constats.grille
    early = [exemple for exemple in grille.exemples if exemple.au < grille.du]
    if early:
        what = f"{len(early)} exemples sont datés" if len(early) > 1 else "un exemple est daté"
        words = f"{what} d'avant l'application de la grille, par exemple « {early[0].nom} »."
        constats.warn("057", early[0].ligne, words, f"Prenez une date à partir du {grille.du.isoformat()}.")
    criteria = grille.criteres()
    readable = [*(c.nom for c in schema("demandes").colonnes), "evenements"]
    for exemple in grille.exemples:
        where = f"l'exemple « {exemple.nom} »"
        for name, _ in exemple.points:
            if name not in criteria:
                hint = near(name, criteria) or f"Critères : {', '.join(criteria)}."
                constats.add("057", exemple.ligne, f"{where} cite un critère inconnu, « {name} ».", hint)
        for name, _ in exemple.demande:
            if name not in readable:
                derived = name in all_colonnes() and bool(colonne(name).derive)
                hint = (
                    f"Elle est calculée : donnez {joined(colonne(name).derive)}."
                    if derived
                    else near(name, readable) or "La liste des colonnes est dans le dictionnaire des tables."
                )
                constats.add("057", exemple.ligne, f"{where} cite une colonne inconnue, « {name} ».", hint)
        if exemple.total is None and not exemple.points:
            words = f"{where} n'attend rien : ni « total » ni « points »."
            constats.warn("057", exemple.ligne, words, "Écrivez le total que la grille doit donner.")
