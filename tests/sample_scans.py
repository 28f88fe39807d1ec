"""Scans to test with, made on the spot: pictures, papers of several pages, and files that mean harm."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas


def picture(text: str = "1", kind: str = "PNG", size: tuple[int, int] = (210, 297)) -> bytes:
    """A small page with a word on it."""
    return _saved(_drawn(text, size), kind)


def _drawn(text: str, size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).text((20, 20), text, fill="black")
    return image


def _saved(image: Image.Image, kind: str, **more: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def tiff(pages: int) -> bytes:
    """A TIFF of several pages, black and white as scanners of forms make it."""
    frames = [_drawn(str(number), (210, 297)).convert("1") for number in range(1, pages + 1)]
    return _saved(frames[0], "TIFF", save_all=True, append_images=frames[1:], compression="group4")


def pdf(*words: str) -> bytes:
    """A PDF with a page for each word."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for word in words or ("1",):
        canvas.drawString(100, 700, word)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF with a password."""
    writer = PdfWriter(PdfReader(BytesIO(pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def png_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A few bytes that call themselves a picture of thousands of millions of pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def pdf_bomb() -> bytes:
    """A small PDF whose one picture unpacks to a hundred million pixels; readers find its objects without a table."""
    drawn, packed = b"/I Do", zlib.compress(b"\0" * (10_000 * 10_000 // 8))
    image = b"/Subtype/Image/Width 10000/Height 10000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/XObject%s/Length %d>>stream\n%s\nendstream" % (image, len(packed), packed),
    )
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, content) for number, content in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"
