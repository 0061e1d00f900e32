"""Bad inputs: each is refused with its code, nothing is written, no personal value is said."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from palier import formats
from palier.base.errors import PalierError, TableError
from tests.unit.formats.outils import (
    AU,
    BASE,
    NUMERO,
    SECRETS,
    csv_rows,
    csv_with,
    demande_xml,
    other,
    xlsx_of,
    xml_of,
    zip_of,
)

Contenu = str | bytes | Callable[[Path], None]
VALUES = list(BASE.values())


def _parquet(change: Callable[[pl.DataFrame], pl.DataFrame]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        text = path.with_suffix(".modele.csv")
        text.write_text(csv_with(), encoding="utf-8")
        change(formats.read_table(text, au=AU).table).write_parquet(path)
        text.unlink()

    return write


def _truncated(path: Path) -> None:
    _parquet(lambda df: df)(path)
    path.write_bytes(path.read_bytes()[:-200])


def _bomb() -> bytes:
    sheet = b"<worksheet>" + b"<c/>" * 14_000_000 + b"</worksheet>"
    return zip_of(
        {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": sheet}
    )


def _lies() -> bytes:
    """A workbook whose sheet does not match its checksum."""
    good = xlsx_of([list(BASE), VALUES])
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    made = zip_of(files, zipfile.ZIP_STORED)
    return made.replace(b"<sheetData>", b"<sheetDatb>", 1)


GUARD = demande_xml({"2012-01-01": "2015-01-01", '<n:sexe code="M"/>': '<n:sexe code="F"/>'})
TWO_CHOICES = demande_xml(
    {'<n:modeleLogement code="LP"/>': '<n:modeleLogement code="LP"/><n:modeleLogement code="HOT"/>'}
)
LAUGHS = (
    "<!DOCTYPE l [<!ENTITY a 'x'>"
    + "".join(
        f"<!ENTITY {b} '{'&' + a + ';' * 1}{'&' + a + ';'}'>"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
EXTERNAL = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
DEEP = "<n:x>" * 60 + "</n:x>" * 60
NEUF = "|".join(f"674{i:02d}" for i in range(82, 91))
PAID = """</n:listeRessourceRecue><n:listeRessourceVersee><n:detailRessource><n:ressource code="PAV"/>
<n:montant>5000</n:montant></n:detailRessource></n:listeRessourceVersee>"""
OTHER_YEAR = """<n:listeCotitulaire><n:cotitulaire><n:revenuFiscal><n:anneeMoins2>2015</n:anneeMoins2>
</n:revenuFiscal></n:cotitulaire></n:listeCotitulaire><n:listePersonneACharge>"""
HEADLESS = ";".join(VALUES) + "\n"

# (what is wrong, name of the file, content, code expected)
CASES: list[tuple[str, str, Contenu, str]] = [
    # the ten of the domain page
    ("numéro trop court", "d.csv", csv_with({"Numéro unique": NUMERO[:-1]}), "TAB-020"),
    ("numéro sans son zéro de tête", "d.csv", csv_with({"Numéro unique": "67031801698211000"}), "TAB-022"),
    ("numéro hors motif", "d.csv", csv_with({"Numéro unique": "1111318016982G1104"}), "TAB-020"),
    ("numéro utilisé deux fois", "d.csv", csv_rows([BASE, other(1), BASE]), "TAB-021"),
    ("dépôt dans l'avenir", "d.csv", csv_with({"Date de dépôt": "25/11/2026"}), "TAB-034"),
    ("naissance après le dépôt", "d.csv", csv_with({"Date de naissance": "19/07/2020"}), "TAB-070"),
    ("plus de 130 ans", "d.csv", csv_with({"Date de naissance": "19/07/1895"}), "TAB-071"),
    ("naissance avant 1890", "d.csv", csv_with({"Date de naissance": "19/07/1789"}), "TAB-033"),
    ("dépôt avant 1990", "d.csv", csv_with({"Date de dépôt": "15/03/1989"}), "TAB-033"),
    ("ressources négatives", "d.csv", csv_with({"Ressources mensuelles": "-1987,65"}), "TAB-042"),
    ("ressources en lettres", "d.csv", csv_with({"Ressources mensuelles": "mille"}), "TAB-040"),
    ("ressources NaN", "d.csv", csv_with({"Ressources mensuelles": "NaN"}), "TAB-041"),
    ("loyer infini", "d.csv", csv_with({"Loyer (€)": "inf"}), "TAB-041"),
    ("virgule ambiguë", "d.csv", csv_with({"Ressources mensuelles": "1,987"}), "TAB-043"),
    ("point ambigu", "d.csv", csv_with({"Ressources mensuelles": "1.987"}), "TAB-043"),
    ("écriture anglaise", "d.csv", csv_with({"Ressources mensuelles": "1,987.65"}), "TAB-043"),
    ("deux cases cochées", "d.csv", csv_with({"Mode de logement": "hotel|chez_particulier"}), "TAB-051"),
    ("zéro personne", "d.csv", csv_with({"Nb personnes": "0"}), "TAB-060"),
    ("plus à charge que de personnes", "d.csv", csv_with({"Personnes à charge": "4"}), "TAB-061"),
    ("enfant à charge et en garde", "d.csv", csv_with({"Garde alternée": "2"}), "TAB-064"),
    ("enfant deux fois, à charge et en garde", "d.xml", xml_of(GUARD), "SNE-008"),
    ("nom de commune", "d.csv", csv_with({"Commune": "Strasbourg"}), "TAB-054"),
    ("code de commune impossible", "d.csv", csv_with({"Commune": "99999"}), "TAB-054"),
    # numbers
    ("loyer démesuré", "d.csv", csv_with({"Loyer (€)": "123456789"}), "TAB-045"),
    ("débordement", "d.csv", csv_with({"Ressources mensuelles": "9" * 30}), "TAB-045"),
    ("trois décimales", "d.csv", csv_with({"Ressources mensuelles": "1987,6543"}), "TAB-044"),
    ("personnes avec décimale", "d.csv", csv_with({"Nb personnes": "2,5"}), "TAB-044"),
    ("notation scientifique", "d.csv", csv_with({"Ressources mensuelles": "1,98E+03"}), "TAB-047"),
    ("espace mal placé", "d.csv", csv_with({"Ressources mensuelles": "19 87"}), "TAB-040"),
    ("chiffres d'une autre écriture", "d.csv", csv_with({"Ressources mensuelles": "١٩٨٧"}), "TAB-040"),
    ("quarante personnes", "d.csv", csv_with({"Nb personnes": "40"}), "TAB-045"),
    ("surface nulle", "d.csv", csv_with({"Surface": "0"}), "TAB-046"),
    ("loyer en milliers", "d.csv", csv_with({"Charges (k€)": "1"}), "TAB-013"),
    # dates
    ("date impossible", "d.csv", csv_with({"Date de dépôt": "31/02/2018"}), "TAB-030"),
    ("date américaine", "d.csv", csv_with({"Date de dépôt": "03/15/2018"}), "TAB-030"),
    ("année courte", "d.csv", csv_with({"Date de naissance": "19/07/31"}), "TAB-031"),
    ("numéro de tableur", "d.csv", csv_with({"Date de dépôt": "43174"}), "TAB-032"),
    ("renouvellement avant dépôt", "d.csv", csv_with({"Renouvellement": "01/01/2018"}), "TAB-072"),
    ("conjoint né dans l'avenir", "d.csv", csv_with({"Naissance conjoint": "01/01/2027"}), "TAB-034"),
    ("instant avec fuseau", "d.csv", csv_with({"Horodatage": "2018-03-15T10:00:00+01:00"}), "TAB-035"),
    ("dépôt vide", "d.csv", csv_with({"Date de dépôt": ""}), "TAB-015"),
    ("numéro vide", "d.csv", csv_with({"Numéro unique": ""}), "TAB-015"),
    # codes
    ("code inconnu", "d.csv", csv_with({"Mode de logement": "hôtelière"}), "TAB-050"),
    ("ni oui ni non", "d.csv", csv_with({"Handicap": "peut-être"}), "TAB-053"),
    ("quatre motifs", "d.csv", csv_with({"Motifs": "expulsion|violences|sante|autre"}), "TAB-052"),
    ("trois typologies", "d.csv", csv_with({"Typologie": "T1|T2|T3"}), "TAB-052"),
    ("motif inconnu parmi deux", "d.csv", csv_with({"Motifs": "expulsion|xyz"}), "TAB-050"),
    ("neuf communes", "d.csv", csv_with({"Commune": NEUF}), "TAB-052"),
    ("zéro de tête perdu", "d.csv", csv_with({"Commune": "1004"}), "TAB-055"),
    ("SIREN trop court", "d.csv", csv_with({"Bailleur actuel": "24670048"}), "TAB-023"),
    ("numéro en notation scientifique", "d.csv", csv_with({"Numéro unique": "1,11032E+17"}), "TAB-022"),
    ("caractère de commande", "d.csv", csv_with({"Nom": "ZEBULON\x07QUARTZ"}), "TAB-057"),
    # household
    ("plus de mineurs que de personnes", "d.csv", csv_with({"Enfants mineurs": "5"}), "TAB-062"),
    ("plus de moins de 14 ans que de mineurs", "d.csv", csv_with({"Moins de 14 ans": "3"}), "TAB-063"),
    ("plus de cartes que de personnes", "d.csv", csv_with({"Carte invalidité": "5"}), "TAB-065"),
    ("revenu fiscal de l'année en cours", "d.csv", csv_with({"Année RFR": "2026"}), "TAB-078"),
    # titles and shape
    ("colonne obligatoire absente", "d.csv", csv_with(drop=["Date de dépôt"]), "TAB-010"),
    ("deux titres pour une colonne", "d.csv", csv_with({"Loyer actuel": "500"}), "TAB-011"),
    ("titre ambigu", "d.csv", csv_with({"Ville": "67482"}), "TAB-012"),
    ("titres inconnus", "d.csv", "alpha;beta\n1;2\n", "TAB-014"),
    ("sans titres", "d.csv", HEADLESS, "FMT-010"),
    ("fichier vide", "d.csv", b"", "FMT-001"),
    ("lignes vides", "d.csv", b"\n\n  \n", "FMT-001"),
    ("titres seuls", "d.csv", ";".join(BASE) + "\n", "FMT-009"),
    ("une seule colonne", "d.csv", "numero_unique\n1\n", "FMT-005"),
    ("cellule en trop", "d.csv", csv_with() + ";".join([*VALUES, "x"]) + "\n", "FMT-007"),
    ("cellule manquante", "d.csv", csv_with() + ";".join(VALUES[:-1]) + "\n", "FMT-007"),
    ("guillemet ouvert", "d.csv", csv_with({"Nom": '"ZEBULONQUARTZ'}), "FMT-006"),
    ("guillemet mal placé", "d.csv", csv_with({"Nom": 'ZEBULON"QUARTZ"'}), "FMT-016"),
    ("cellule démesurée", "d.csv", csv_with({"Nom": "Z" * 5_000}), "FMT-008"),
    ("ligne sans fin", "d.csv", csv_with() + "Z" * 9_000_000, "FMT-017"),
    ("mille colonnes", "d.csv", "numero_unique;" + "x;" * 1_200 + "\n", "FMT-019"),
    # bytes
    ("octets nuls", "d.csv", csv_with().encode() + b"\0\0", "FMT-003"),
    ("UTF-16 sans marque", "d.csv", csv_with().encode("utf-16-le"), "FMT-003"),
    ("UTF-32", "d.csv", codecs.BOM_UTF32_LE + csv_with().encode("utf-32-le"), "FMT-004"),
    ("UTF-8 abîmé", "d.csv", csv_with().encode() + b"\xe9\n", "FMT-004"),
    ("octets hors Windows-1252", "d.csv", b"numero_unique;nom\n1;\x81\x8d\n", "FMT-004"),
    ("image nommée .csv", "d.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "FMT-002"),
    ("archive nommée .csv", "d.csv", xlsx_of([list(BASE), VALUES]), "FMT-002"),
    ("texte nommé .xlsx", "d.xlsx", csv_with(), "FMT-002"),
    ("PDF nommé .xml", "d.xml", b"%PDF-1.7\n", "FMT-002"),
    ("gzip nommé .csv", "d.csv", b"\x1f\x8b\x08" + bytes(40), "FMT-002"),
    ("extension inconnue", "d.ods", b"x", "USG-003"),
    # parquet
    ("parquet tronqué", "d.parquet", _truncated, "FMT-012"),
    ("texte nommé .parquet", "d.parquet", csv_with(), "FMT-002"),
    ("parquet : montant à virgule flottante", "d.parquet",
     _parquet(lambda df: df.with_columns(pl.col("loyer_cent").cast(pl.Float64))), "FMT-013"),
    ("parquet : colonne inconnue", "d.parquet",
     _parquet(lambda df: df.with_columns(pl.lit(1).alias("xyz"))), "FMT-014"),
    ("parquet : code inconnu", "d.parquet",
     _parquet(lambda df: df.with_columns(pl.lit("igloo").alias("logement_mode"))), "TAB-050"),
    ("parquet : bit inconnu", "d.parquet",
     _parquet(lambda df: df.with_columns(pl.lit(1 << 30).cast(pl.UInt32).alias("motifs"))), "TAB-050"),
    ("parquet : trop de bits", "d.parquet",
     _parquet(lambda df: df.with_columns(pl.lit(15).cast(pl.UInt32).alias("motifs"))), "TAB-052"),
    ("parquet : entier trop large", "d.parquet",
     _parquet(lambda df: df.with_columns(pl.lit(1 << 40).alias("loyer_cent"))), "TAB-045"),
    # workbooks
    ("classeur en morceaux", "d.xlsx", xlsx_of([list(BASE), VALUES])[:3_000], "FMT-020"),
    ("classeur qui ment", "d.xlsx", _lies(), "FMT-020"),
    ("archive sans classeur", "d.xlsx", zip_of({"a.txt": b"x"}), "FMT-002"),
    ("classeur qui gonfle", "d.xlsx", _bomb(), "FMT-021"),
    ("ancien .xls", "d.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "FMT-025"),
    ("classeur vide", "d.xlsx", xlsx_of([]), "FMT-026"),
    ("classeur à formules", "d.xlsx", xlsx_of([list(BASE), VALUES], formule=True), "FMT-023"),
    ("cellules fusionnées", "d.xlsx", xlsx_of([list(BASE), VALUES, VALUES], fusion=True), "FMT-024"),
    ("cellule en erreur", "d.xlsx", xlsx_of([list(BASE), VALUES], erreur=True), "FMT-027"),
    ("numéro saisi comme nombre", "d.xlsx",
     xlsx_of([list(BASE), [111031801698211000.0, *VALUES[1:]]]), "FMT-028"),
    # the State's XML
    ("XML mal formé", "d.xml", xml_of(demande_xml())[:-30], "FMT-030"),
    ("XML à entités en cascade", "d.xml", xml_of(demande_xml({NUMERO: "&i;"}), tete=LAUGHS), "FMT-031"),
    ("XML à entité externe", "d.xml", xml_of(demande_xml({NUMERO: "&a;"}), tete=EXTERNAL), "FMT-031"),
    ("XML avec DTD", "d.xml", xml_of(demande_xml(), tete="<!DOCTYPE interfaceNuu>"), "FMT-031"),
    ("XML imbriqué", "d.xml", xml_of(demande_xml({"<n:surface>": DEEP + "<n:surface>"})), "FMT-032"),
    ("demande démesurée", "d.xml", xml_of(demande_xml({"<n:nom>": "<n:nom>" + "Z" * 3_000_000})), "FMT-032"),
    ("XML d'autre chose", "d.xml", "<?xml version='1.0'?><liste/>", "SNE-001"),
    ("autre racine", "d.xml", xml_of(demande_xml(), racine="interfaceXyz"), "SNE-001"),
    ("autre version", "d.xml", xml_of(demande_xml(), version="03.00"), "SNE-002"),
    ("sans numéro", "d.xml", xml_of(demande_xml({f"<n:numUnique>{NUMERO}</n:numUnique>": ""})), "SNE-003"),
    ("deux modes de logement", "d.xml", xml_of(TWO_CHOICES), "SNE-004"),
    ("code inconnu du SNE", "d.xml", xml_of(demande_xml({'code="LP"': 'code="IGLOO"'})), "SNE-005"),
    ("date illisible du SNE", "d.xml", xml_of(demande_xml({"1931-07-19": "19/07/1931"})), "SNE-006"),
    ("montant négatif du SNE", "d.xml", xml_of(demande_xml({"1987.65": "-1987.65"})), "SNE-007"),
    ("montant en lettres du SNE", "d.xml", xml_of(demande_xml({"508.80": "beaucoup"})), "SNE-007"),
    ("aucune demande", "d.xml", xml_of(), "SNE-009"),
    ("versé plus que reçu", "d.xml", xml_of(demande_xml({"</n:listeRessourceRecue>": PAID})), "SNE-010"),
    ("quarante personnes du SNE", "d.xml", xml_of(demande_xml({
        "<n:listePersonneACharge>": "<n:listePersonneACharge>" + "<n:personneACharge/>" * 40})), "SNE-012"),
    ("deux années de revenu", "d.xml",
     xml_of(demande_xml({"<n:listePersonneACharge>": OTHER_YEAR})), "SNE-013"),
    ("demande en double du SNE", "d.xml", xml_of(demande_xml(), demande_xml()), "TAB-021"),
    ("naissance après dépôt du SNE", "d.xml", xml_of(demande_xml({"1931-07-19": "2019-07-19"})), "TAB-070"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "code"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_is_refused(name: str, content: Contenu, code: str, tmp_path: Path) -> None:
    source = tmp_path / name
    if callable(content):
        content(source)
    else:
        source.write_bytes(content.encode() if isinstance(content, str) else content)
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(PalierError) as caught:
        formats.import_table(source, tmp_path / "sortie.parquet", au=AU)
    with pytest.raises(PalierError) as also:
        formats.read_table(source, au=AU)
    assert also.value.problems == caught.value.problems
    codes = [problem.code for problem in caught.value.problems]
    assert code in codes, f"attendu {code}, trouvé {codes}"
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    said = str(caught.value)
    assert not [secret for secret in SECRETS if secret in said], said
    assert caught.value.exit_code == (11 if isinstance(caught.value, TableError) else 2)


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60
    assert len({case[0] for case in CASES}) == len(CASES)


def test_the_good_file_is_not_refused(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(csv_with(), encoding="utf-8")
    (tmp_path / "d.xlsx").write_bytes(xlsx_of([list(BASE), VALUES]))
    (tmp_path / "d.xml").write_text(xml_of(demande_xml()), encoding="utf-8")
    for name in ("d.csv", "d.xlsx", "d.xml"):
        assert formats.import_table(tmp_path / name, tmp_path / "s.parquet", au=AU).lignes_ecrites == 1, name
