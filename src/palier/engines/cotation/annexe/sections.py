"""Sections of the annex, in the order of R441-2-10, 11°."""

from __future__ import annotations

from collections.abc import Iterator

from palier.base.errors import InputError
from palier.base.mots import date_longue, nombre
from palier.engines.cotation.annexe.mots import Plume, decimal, safe
from palier.engines.cotation.annexe.references import tables_of
from palier.engines.cotation.annexe.tableaux import criterion_rows, famille_text, table
from palier.engines.cotation.model.nodes import Compte, Critere, Cumul, Grille, Systeme, TableLocale
from palier.tables import colonne

_REFUS = ("offre_refusee", "offre_sans_reponse")


def titre(plume: Plume, grille: Grille) -> Iterator[str]:
    """Write title and state of the document."""
    yield f"# {plume.dit(f'titre.{grille.cadre}')}"
    yield f"**{safe(grille.libelle)}**"
    yield plume.dit(f"statut.{grille.statut}", date=date_longue(grille.du, plume.langue))
    if grille.completude == "partielle":
        yield "> " + plume.dit("partielle")


def principe(plume: Plume, grille: Grille) -> Iterator[str]:
    """Write principle and modalities."""
    yield f"## {plume.dit('section.principe')}"
    yield plume.dit(f"principe.{grille.cadre}")
    if grille.territoire is not None or grille.communes:
        place = grille.territoire or plume.enumeration("et", grille.communes)
        yield plume.dit("territoire", territoire=_territoire(plume, place))
    yield plume.dit("principe.calcul")
    rules = [plume.dit(f"arrondi.{grille.arrondi}")]
    if grille.plafond is not None:
        rules.append(plume.dit("total.plafond", points=grille.plafond))
    if grille.plancher is not None:
        rules.append(plume.dit("total.plancher", points=grille.plancher))
    yield " ".join(rules)


def _territoire(plume: Plume, place: str) -> str:
    if plume.loi is None:
        return place
    try:
        names = plume.loi.registre.fiche("epci_communes").libelles.get("territoire", {})
    except InputError:
        return place
    return plume.dit("territoire.nom", nom=names[place], insee=place) if place in names else place


def criteres(plume: Plume, grille: Grille) -> Iterator[str]:
    """Write criteria and their weights, system by system, family by family."""
    yield f"## {plume.dit('section.criteres')}"
    systemes = sorted(grille.systemes, key=lambda s: s.si is not None)
    several = len(systemes) > 1
    for systeme in systemes:
        first = systemes[0] if systeme is not systemes[0] else None
        if several:
            yield f"### {safe(systeme.libelle)}"
        if systeme.si is not None:
            yield plume.dit("systeme.si", condition=safe(plume.condition(systeme.si)))
        elif several:
            yield plume.dit("systeme.autres")
        yield from _avant(plume, systeme, first)
        shared = [f for f in systeme.familles if first is not None and f in first.familles]
        if first is not None and shared:
            names = plume.enumeration("et", [safe(f.libelle) for f in shared])
            yield plume.dit("systeme.memes_familles", systeme=safe(first.libelle), familles=names)
        for famille in systeme.familles:
            if famille not in shared:
                yield from famille_text(plume, famille, 4 if several else 3)
    yield from _seuils(plume, grille)


def _avant(plume: Plume, systeme: Systeme, first: Systeme | None) -> Iterator[str]:
    if first is not None and (systeme.classes, systeme.forces) == (first.classes, first.forces):
        if systeme.classes or systeme.forces:
            yield plume.dit("systeme.memes_classes", systeme=safe(first.libelle))
        return
    if systeme.classes:
        yield plume.dit("classes")
        yield "\n".join(
            f"{place}. {safe(classe.libelle)}"
            + (f" — {safe(plume.condition(classe.si))}" if classe.si is not None else "")
            for place, classe in enumerate(systeme.classes, 1)
        )
    for force in systeme.forces:
        condition = safe(plume.condition(force.si))
        yield plume.dit("force", condition=condition, total=force.total)


def _seuils(plume: Plume, grille: Grille) -> Iterator[str]:
    legal = sorted({r.id for r in tables_of(grille) if r.loi})
    if not grille.tables and not legal:
        return
    yield f"### {plume.dit('section.seuils')}"
    for local in grille.tables:
        yield from _table_locale(plume, local)
    for nom in legal:
        if plume.loi is None:
            yield plume.dit("seuil.loi", table=safe(nom))
        else:
            value = plume.loi.get(nom)
            code = "seuil.loi.verifie" if value.verifie else "seuil.loi.non_verifie"
            yield plume.dit(code, table=safe(value.libelle), texte=safe(value.reference.texte))


def _table_locale(plume: Plume, local: TableLocale) -> Iterator[str]:
    header = [safe(plume.nom(nom)) for nom in local.par] + [plume.dit("colonne.seuil")]
    rows = [
        [*(safe(plume.code(nom, cle)) for nom, cle in zip(local.par, cles, strict=True)), decimal(valeur)]
        for cles, valeur in local.valeurs
    ]
    yield plume.dit("seuil.local", table=safe(local.id.replace("_", " ")))
    yield table(header, rows)


def justificatifs(plume: Plume, grille: Grille) -> Iterator[str]:
    """Describe proofs, and why a score is provisional."""
    yield f"## {plume.dit('section.justificatifs')}"
    levels = {c.preuve for s in grille.systemes for c in s.criteres()}
    yield plume.dit("justificatifs" if levels - {"declare"} else "justificatifs.aucun")


def refus(plume: Plume, grille: Grille) -> Iterator[str]:
    """Tell the effect of the refusal of a suited home."""
    yield f"## {plume.dit('section.refus')}"
    found: dict[str, Critere] = {}
    for systeme in grille.systemes:
        for critere in systeme.criteres():
            node = critere.mecanisme
            counted = isinstance(node, Compte) and node.evenement in _REFUS
            moved = isinstance(node, Cumul) and any(kind in _REFUS for kind, _ in node.evenements)
            if counted or moved:
                found.setdefault(critere.id, critere)
    if not found:
        yield plume.dit("refus.inconnu" if grille.completude == "partielle" else "refus.aucun")
        return
    yield plume.dit("refus")
    yield "\n".join(
        plume.dit("refus.critere", critere=safe(label), condition=safe(condition), points=points)
        for critere in found.values()
        for label, condition, points in criterion_rows(plume, critere)
    )


def manquantes(plume: Plume, grille: Grille) -> Iterator[str]:
    """Say what happens when an answer is missing."""
    yield f"## {plume.dit('section.manquantes')}"
    yield plume.dit(f"absent.{grille.absent}")
    others: dict[str, dict[str, None]] = {}
    for systeme in grille.systemes:
        for critere in systeme.criteres():
            if critere.absent != grille.absent:
                others.setdefault(critere.absent, {})[safe(critere.libelle)] = None
    for policy, labels in others.items():
        yield plume.dit(f"absent.sauf.{policy}", criteres=plume.joint("point_virgule", labels))


def departage(plume: Plume, grille: Grille) -> Iterator[str]:
    """Tell how ties are settled."""
    yield f"## {plume.dit('section.departage')}"
    yield plume.dit("departage")
    yield "\n".join(
        f"{place}. " + plume.dit(_sens(nom), colonne=safe(plume.nom(nom.removeprefix("-"))))
        for place, nom in enumerate(grille.departage, 1)
    )


def _sens(nom: str) -> str:
    dated = colonne(nom.removeprefix("-")).type in ("date", "horodatage")
    return f"departage.{'decroissant' if nom.startswith('-') else 'croissant'}{'.date' if dated else ''}"


def mutations(plume: Plume, grille: Grille) -> Iterator[str]:
    """Describe the second system, for social tenants who ask to move."""
    yield f"## {plume.dit('section.mutations')}"
    special = [s for s in grille.systemes if s.si is not None]
    if len(grille.systemes) < 2 or not special:
        yield plume.dit("mutations.aucun")
        return
    other = next(s for s in grille.systemes if s.id != special[0].id)
    mine, theirs = ({f.id: f.libelle for f in s.familles} for s in (special[0], other))
    yield plume.dit("mutations", systeme=safe(special[0].libelle))
    for code, names in (
        ("mutations.sans", [theirs[k] for k in theirs if k not in mine]),
        ("mutations.avec", [mine[k] for k in mine if k not in theirs]),
    ):
        if names:
            yield plume.dit(code, familles=plume.enumeration("et", [safe(n) for n in names]))


def hors_champ(plume: Plume, grille: Grille) -> Iterator[str]:
    """List the requests that are not scored, and why."""
    yield f"## {plume.dit('section.hors_champ')}"
    yield plume.dit("hors_champ")
    lines = [plume.dit(f"hors_champ.{motif}") for motif in ("radiee", "attribuee", "expiree", "posterieure")]
    if grille.territoire is not None or grille.communes:
        lines.append(plume.dit("hors_champ.autre_territoire"))
    lines += [
        plume.dit(
            "hors_champ.motif", motif=safe(h.motif.replace("_", " ")), condition=safe(plume.condition(h.si))
        )
        for h in grille.hors_champ
    ]
    yield "\n".join(f"- {line}" for line in lines)


def evaluation_et_information(plume: Plume, grille: Grille) -> Iterator[str]:
    """Describe evaluation and information, as the decree asks."""
    for nom in ("evaluation", "information"):
        yield f"## {plume.dit(f'section.{nom}')}"
        yield plume.dit(nom)
    yield "\n".join(
        f"- {plume.dit(f'information.{nom}')}" for nom in ("public", "demandeur", "provisoire", "recours")
    )


def exemples(plume: Plume, grille: Grille) -> Iterator[str]:
    """List the worked examples of the grid."""
    shown = [e for e in grille.exemples if e.total is not None]
    if not shown:
        return
    yield f"## {plume.dit('section.exemples')}"
    yield plume.dit("exemples")
    rows = [
        (safe(e.nom), date_longue(e.au, plume.langue), nombre(e.total)) for e in shown if e.total is not None
    ]
    yield table([plume.dit(f"colonne.{k}") for k in ("exemple", "date", "total")], rows)


def version(plume: Plume, grille: Grille) -> Iterator[str]:
    """Write completeness, version and hash."""
    yield f"## {plume.dit('section.version')}"
    yield plume.dit(f"completude.{grille.completude}")
    lines = [plume.dit("version", version=safe(grille.version))]
    if grille.remplace is not None:
        lines.append(plume.dit("version.remplace", date=date_longue(grille.remplace, plume.langue)))
    if grille.deliberation is not None:
        lines.append(plume.dit("version.deliberation", texte=safe(grille.deliberation)))
    if grille.source is not None:
        lines.append(plume.dit("version.source", source=safe(grille.source)))
    lines.append(plume.dit("version.empreinte", empreinte=grille.sha256))
    yield "\n".join(f"- {line}" for line in lines)
