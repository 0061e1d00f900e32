"""Pictures made by hand, byte by byte: no library, nothing but headers."""

from __future__ import annotations

import struct
import zlib


def tiff(*tags: int, order: str = "II") -> bytes:
    """An EXIF block whose first directory holds some tags."""
    mark = "<" if order == "II" else ">"
    head = order.encode() + struct.pack(mark + "HI", 42, 8) + struct.pack(mark + "H", len(tags))
    return head + b"".join(struct.pack(mark + "HHII", tag, 4, 1, 26) for tag in tags) + b"\0\0\0\0"


def jpeg(width: int, height: int, exif: bytes = b"", xmp: bytes = b"", late: bytes = b"") -> bytes:
    """A JPEG of some size, as far as its headers go."""

    def segment(marker: int, body: bytes) -> bytes:
        return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body

    blocks = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    if exif:
        blocks += segment(0xE1, b"Exif\0\0" + exif)
    if xmp:
        blocks += segment(0xE1, xmp)
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 3) + b"\1\x22\0\2\x11\1\3\x11\1")
    after = segment(0xE1, b"Exif\0\0" + late) if late else b""
    return b"\xff\xd8" + blocks + frame + after + b"\xff\xda\0\x0c" + b"\0" * 10 + b"\xff\xd9"


def png(width: int, height: int, exif: bytes = b"", text: bytes = b"", end: bool = True) -> bytes:
    """A PNG of some size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    made = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    made += chunk(b"eXIf", exif) if exif else b""
    made += chunk(b"iTXt", text) if text else b""
    return made + chunk(b"IDAT", b"") + (chunk(b"IEND", b"") if end else b"")


def webp(kind: str, width: int, height: int, exif: bytes = b"") -> bytes:
    """A WebP of some size, of one of its three kinds."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    if kind == "VP8X":
        body = chunk(
            b"VP8X", b"\x08\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        )
    elif kind == "VP8L":
        body = chunk(b"VP8L", b"\x2f" + ((height - 1) << 14 | (width - 1)).to_bytes(4, "little"))
    else:
        body = chunk(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height))
    body += chunk(b"EXIF", exif) if exif else b""
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


XMP = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='48'/>"
GPS, SANS_GPS = tiff(0x010F, 0x8825), tiff(0x010F, 0x0112)
# name, bytes, codes, kind
PHOTOS = [
    ("JPEG simple", jpeg(1600, 1200), [], "jpeg"),
    ("JPEG sans position", jpeg(1600, 1200, exif=SANS_GPS), [], "jpeg"),
    ("JPEG avec position", jpeg(1600, 1200, exif=GPS), ["OFF-182"], "jpeg"),
    ("JPEG gros-boutiste", jpeg(1600, 1200, exif=tiff(0x8825, order="MM")), ["OFF-182"], "jpeg"),
    ("JPEG avec position en XMP", jpeg(1600, 1200, xmp=XMP), ["OFF-182"], "jpeg"),
    ("JPEG avec position après l'image", jpeg(1600, 1200, late=GPS), ["OFF-182"], "jpeg"),
    ("JPEG de 40 millions de pixels", jpeg(8000, 5000), [], "jpeg"),
    ("JPEG de 60 millions de pixels", jpeg(9000, 6667), ["OFF-181"], "jpeg"),
    ("JPEG de 15 Mo", jpeg(1600, 1200) + b"\0" * 15_000_000, ["OFF-181"], "jpeg"),
    ("JPEG minuscule", jpeg(399, 1200), ["OFF-184"], "jpeg"),
    ("JPEG de 400 pixels", jpeg(400, 400), [], "jpeg"),
    ("JPEG trop grand, avec position", jpeg(9000, 6667, exif=GPS), ["OFF-181", "OFF-182"], "jpeg"),
    ("JPEG coupé", jpeg(1600, 1200)[:30], ["OFF-183"], None),
    ("JPEG sans image", b"\xff\xd8\xff\xd9", ["OFF-183"], None),
    ("PNG simple", png(800, 600), [], "png"),
    ("PNG avec position", png(800, 600, exif=GPS), ["OFF-182"], "png"),
    ("PNG avec position en texte", png(800, 600, text=b"x\0exif:GPSLatitude"), ["OFF-182"], "png"),
    ("PNG coupé", png(800, 600, end=False), ["OFF-183"], None),
    ("PNG vide", png(0, 600), ["OFF-183"], None),
    ("WebP étendu avec position", webp("VP8X", 800, 600, GPS), ["OFF-182"], "webp"),
    ("WebP sans perte", webp("VP8L", 800, 600), [], "webp"),
    ("WebP simple", webp("VP8 ", 800, 600), [], "webp"),
    ("WebP démesuré", webp("VP8X", 16_000, 16_000), ["OFF-181"], "webp"),
    ("WebP sans image", b"RIFF\x04\0\0\0WEBP", ["OFF-183"], None),
    ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", ["OFF-180"], None),
    ("page web", b"<!doctype html><html></html>", ["OFF-180"], None),
    ("GIF", b"GIF89a\x01\0\x01\0", ["OFF-180"], None),
    ("vide", b"", ["OFF-180"], None),
    ("SVG sous un en-tête de JPEG coupé", b"\xff\xd8\xff<svg>", ["OFF-183"], None),
]  # fmt: skip
