"""Papers made for tests: PDF by hand, plain or with what must be refused; pictures with a position inside."""

from __future__ import annotations

import io
import zlib

from PIL import Image

_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"


def pdf(*more: bytes, catalogue: bytes = b"", fin: bytes = b"") -> bytes:
    """A PDF of one blank page, then the objects ``more``."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        _PAGE,
    ]
    body = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    for number, content in enumerate([*objects, *more], 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return body + b"trailer<</Root 1 0 R" + fin + b">>\nstartxref\n0\n%%EOF\n"


def stream(content: bytes, dictionary: bytes = b"", filtre: bool = True) -> bytes:
    """A stream, compressed unless said."""
    body = zlib.compress(content) if filtre else content
    word = b"/Filter/FlateDecode" if filtre else b""
    return b"<<" + dictionary + word + b"/Length %d>>\nstream\n" % len(body) + body + b"\nendstream"


def picture(genre: str = "JPEG", taille: tuple[int, int] = (600, 400)) -> bytes:
    """A picture that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "MARQUE-SECRETE"
    out = io.BytesIO()
    Image.new("RGB", taille, (200, 220, 240)).save(out, genre, exif=exif)
    return out.getvalue()


#: Name, bytes, code (empty: accepted).
FICHIERS: list[tuple[str, bytes, str]] = [
    ("pdf simple", pdf(), ""),
    ("pdf avec contenu comprimé", pdf(stream(b"BT /F1 12 Tf (bonjour) Tj ET")), ""),
    ("pdf d'objets comprimés", pdf(stream(b"4 0 <</Type/Font>>", b"/Type/ObjStm/N 1/First 4")), ""),
    ("octets qui ressemblent", pdf(stream(b"\x00/JS \x01", filtre=False)), ""),
    ("jpeg", picture(), ""),
    ("png", picture("PNG"), ""),
    ("vide", b"", "DEM-040"),
    ("texte", b"bonjour", "DEM-040"),
    ("page web", b"<html><script>1</script></html>", "DEM-040"),
    ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "DEM-040"),
    ("classeur", b"PK\x03\x04" + bytes(60), "DEM-040"),
    ("webp", picture("WEBP"), "DEM-040"),
    ("lourd", pdf() + bytes(10_000_000), "DEM-041"),
    ("pdf tronqué", pdf()[:120], "DEM-042"),
    ("jpeg coupé", picture()[:40], "DEM-042"),
    ("programme", pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), "DEM-043"),
    ("programme échappé", pdf(b"<</S/J#61vaScript/J#53(1)>>"), "DEM-043"),
    (
        "programme comprimé",
        pdf(stream(b"4 0 <</S/JavaScript/JS(1)>>", b"/Type/ObjStm/N 1/First 4")),
        "DEM-043",
    ),
    ("objets au nom échappé", pdf(stream(b"4 0 <</S /JS 5 0 R>>", b"/Type/Obj#53tm/N 1/First 4")), "DEM-043"),
    ("lancement", pdf(b"<</S/Launch/F(x.exe)>>"), "DEM-043"),
    ("fichier joint", pdf(stream(b"MZ", b"/Type/EmbeddedFile")), "DEM-043"),
    ("formulaire XFA", pdf(catalogue=b"/AcroForm<</XFA 4 0 R>>"), "DEM-043"),
    ("envoi", pdf(b"<</S/SubmitForm/F(http://a)>>"), "DEM-043"),
    ("protégé", pdf(fin=b"/Encrypt 9 0 R"), "DEM-044"),
    (
        "objets fermés",
        pdf(stream(b"x", b"/Type/ObjStm/N 1/First 4/DecodeParms<</Predictor 12>>")),
        "DEM-042",
    ),
    ("objets abîmés", pdf(b"<</Type/ObjStm/Filter/FlateDecode>>\nstream\nrien\nendstream"), "DEM-042"),
    ("autre filtre", pdf(b"<</Type/ObjStm/Filter[/ASCIIHexDecode]>>\nstream\n00>\nendstream"), "DEM-042"),
]
