"""Small invented files for the tests of the formats."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from palier import formats
from palier.base.errors import PalierError
from palier.formats import LectureTable

AU = dt.date(2026, 11, 24)
NUMERO = "1110318016982G1104"
NOM, PRENOM = "ZEBULONQUARTZ", "Philomène-Xyz"
SECRETS = (NUMERO, "ZEBULONQUARTZ", "Philomène-Xyz", "1931-07-19", "19/07/1931", "1987.65", "1987,65")

BASE: dict[str, str] = {
    "Numéro unique": NUMERO,
    "Date de dépôt": "15/03/2018",
    "Nom": NOM,
    "Prénom": PRENOM,
    "Date de naissance": "19/07/1931",
    "Nb personnes": "4",
    "Personnes à charge": "2",
    "Enfants mineurs": "2",
    "Moins de 14 ans": "1",
    "Ressources mensuelles": "1987,65",
    "Loyer (€)": "508,80",
    "Mode de logement": "hotel",
    "Motifs": "expulsion|violences",
    "Typologie": "T3",
    "Commune": "67482",
    "DALO": "non",
}


def csv_rows(rows: Sequence[Mapping[str, str]], separateur: str = ";") -> str:
    """Text of a CSV whose titles are those of the first row."""
    titles = list(rows[0])
    lines = [separateur.join(titles), *(separateur.join(row[t] for t in titles) for row in rows)]
    return "\n".join(lines) + "\n"


def csv_with(change: Mapping[str, str] | None = None, drop: Sequence[str] = ()) -> str:
    """Text of a CSV of one good row, but for what is changed, added or dropped."""
    row = {title: value for title, value in (BASE | dict(change or {})).items() if title not in drop}
    return csv_rows([row])


def other(number: int, **change: str) -> dict[str, str]:
    """Another good row, with its own number."""
    return BASE | {"Numéro unique": f"1110318{number:06d}G1104"} | change


def xlsx_of(rows: Sequence[Sequence[object]], **options: object) -> bytes:
    """Bytes of a workbook; ``options``: formule, fusion, avant (an empty sheet first), apres (another)."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    if options.get("avant"):
        book.add_worksheet("Vide")
    page = book.add_worksheet("Demandes")
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, dt.date):
                page.write_datetime(line, place, dt.datetime.combine(cell, dt.time()), day)
            elif cell is not None:
                page.write(line, place, cell)
    if options.get("formule"):
        page.write_formula(1, 0, "=1+1", None, "2")
    if options.get("erreur"):
        page.write_formula(1, 5, "=1/0", None, "#DIV/0!")
    if options.get("fusion"):
        page.merge_range(1, 3, 2, 3, "x")
    if options.get("apres"):
        book.add_worksheet("Autre").write(0, 0, "x")
    book.close()
    return stream.getvalue()


def zip_of(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Bytes of an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


RESSOURCES = (
    "<n:listeRessourceRecue><n:detailRessource>"
    '<n:ressource code="SAL"/><n:montant>1987.65</n:montant></n:detailRessource></n:listeRessourceRecue>'
)


def demande_xml(change: Mapping[str, str] | None = None) -> str:
    """One request in the State's format; ``change`` replaces parts of its text."""
    text = f"""<n:demande><n:demandeLogement>
<n:numUnique>{NUMERO}</n:numUnique><n:dateCreationDemande>2018-03-15</n:dateCreationDemande>
<n:personnePhysique><n:demandeur><n:nom>{NOM}</n:nom><n:prenom>{PRENOM}</n:prenom>
<n:dateNaissance>1931-07-19</n:dateNaissance><n:nationalite code="1"/><n:situationFamiliale code="M"/>
<n:situationProfessionnelle><n:typeContratTravail code="CDI"/></n:situationProfessionnelle>
<n:revenuFiscal><n:anneeMoins2>2016</n:anneeMoins2><n:montantMoins2>20000</n:montantMoins2></n:revenuFiscal>
{RESSOURCES}</n:demandeur>
<n:listePersonneACharge><n:personneACharge><n:dateNaissance>2015-01-01</n:dateNaissance><n:sexe code="F"/>
<n:lienParente code="E"/></n:personneACharge></n:listePersonneACharge>
<n:listePersonneEnGarde><n:personneEnGarde><n:dateNaissance>2012-01-01</n:dateNaissance><n:sexe code="M"/>
<n:coParentalite code="G"/></n:personneEnGarde></n:listePersonneEnGarde>
<n:logementActuel><n:listeModeleLogement><n:modeleLogement code="LP"/></n:listeModeleLogement>
<n:montantMensuelLoyer>508.80</n:montantMensuelLoyer><n:nombreHabitant>3</n:nombreHabitant>
<n:typeLogementActuel code="T3"/><n:surface>50</n:surface></n:logementActuel>
</n:personnePhysique></n:demandeLogement></n:demande>"""
    for before, after in (change or {}).items():
        assert before in text, before
        text = text.replace(before, after)
    return text


def xml_of(*demandes: str, version: str = "02.00", tete: str = "", racine: str = "interfaceNuu") -> str:
    """A whole file in the State's format."""
    body = "".join(demandes)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{tete}<n:{racine} versionInterface="{version}" '
        f'xmlns:n="http://nuu.application.i2/"><n:entete/>{body}</n:{racine}>'
    )


def read(folder: Path, content: str | bytes, name: str = "d.csv", **options: object) -> LectureTable:
    """Write a file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return formats.read_table(path, au=AU, **options)  # type: ignore[arg-type]


def codes_of(folder: Path, content: str | bytes, name: str = "d.csv", **options: object) -> list[str]:
    """Write a file, read it, and return the codes that refuse it."""
    try:
        read(folder, content, name, **options)
    except PalierError as error:
        return [problem.code for problem in error.problems]
    return []
