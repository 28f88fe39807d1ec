"""What scanners and phones write is shown as the paper was: upright, in its own shades, in bounds of memory."""

from __future__ import annotations

import struct
import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from claims_desk.domain.errors import UserError
from claims_desk.imports.scan_file import look_at, page_picture
from claims_desk.models.database import Database
from claims_desk.services.scan_store import FolderStore, folder_beside, read_scan
from claims_desk.services.scans import add_scan, scans_off_their_digest
from tests.sample_scans import picture, tiff
from tests.small_office import open_small_office

ORIENTATION = 0x112
AS_HELD = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def shown(content, page_no=1, longest=300):
    page = page_picture(content, page_no, longest)
    return Image.frombytes("RGB", (page.width, page.height), page.pixels)


def saved(image, kind, **more):
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def marked(mode="RGB"):
    """A paper with a dark square at its left upper corner."""
    image = Image.new("RGB", (200, 300), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 60, 60), fill="black")
    return image.convert(mode)


def is_upright(image):
    return image.size == (200, 300) and max(image.getpixel((30, 30))) < 40 < 215 < min(image.getpixel((150, 150)))


@pytest.mark.parametrize("held", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_photo_stands_upright_however_the_phone_was_held(kind, held):
    exif = Image.Exif()
    exif[ORIENTATION] = held
    raw = marked().transpose(AS_HELD[held]) if held in AS_HELD else marked()
    assert is_upright(shown(saved(raw, kind, exif=exif)))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_depth_of_colour_keeps_dark_and_light(mode):
    if mode == "I;16":
        shades = (2_000 if row < 60 and column < 60 else 60_000 for row in range(300) for column in range(200))
        image = Image.frombytes(mode, (200, 300), b"".join(struct.pack("<H", shade) for shade in shades))
    else:
        image = marked(mode)
    assert is_upright(shown(saved(image, "TIFF" if mode == "CMYK" else "PNG")))
    if mode == "CMYK":
        assert is_upright(shown(saved(image, "JPEG")))


@pytest.mark.filterwarnings("ignore:Truncated File Read", "ignore:Corrupt EXIF data")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF of 3"])
def test_a_torn_picture_is_refused_wherever_it_is_torn_and_never_loses_a_page(kind):
    content = tiff(3) if kind == "TIFF of 3" else picture("x", kind)
    whole, told = look_at(content).pages, 0
    for end in range(1, len(content)):
        try:
            assert look_at(content[:end]).pages == whole  # what was cut off belongs to no page
        except UserError:
            told += 1
    assert told > len(content) * 0.95


MEASURED = """
import resource, sys
from io import BytesIO
from PIL import Image
from claims_desk.imports.scan_file import look_at, page_picture
out = BytesIO()
Image.new("L", (4_960, 7_016), 200).save(out, "PNG")
content = out.getvalue()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
look_at(content)
page_picture(content, 1, 2_400)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="what memory was at its most is told in other units elsewhere")
def test_a_grey_page_of_600_dots_an_inch_needs_little_more_memory_than_its_own_pixels():
    told = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True)
    assert int(told.stdout) < 70_000  # kilobytes: the page has 35,000, its copy in colour would have 105,000


@pytest.fixture
def kept(new_sqlite):
    """A database with a scan, and where its bytes lie."""
    db = Database.open(new_sqlite(True))
    people = open_small_office(db)
    found = add_scan(db, people.noy, picture(), "a.png")
    yield db, found.sha256, FolderStore(folder_beside(db.path)).path_of(found.sha256)
    db.close()


def test_a_scan_the_disk_does_not_give_is_a_sentence_and_a_fault_of_verify(kept):
    db, sha256, place = kept
    place.unlink()
    place.mkdir()
    with pytest.raises(UserError, match="could not be read"):
        db.read(read_scan, sha256)
    assert [str(fault) for fault in db.read(lambda session: list(scans_off_their_digest(session)))] == [
        f"the scan {sha256[:12]} (a.png) cannot be read"
    ]


def test_a_store_whose_folder_is_gone_is_a_missing_scan(kept):
    db, sha256, place = kept
    place.unlink()
    place.parent.rmdir()
    place.parent.write_bytes(b"")
    with pytest.raises(UserError, match="missing"):
        db.read(read_scan, sha256)
