"""What is not an honest source document or medium is refused with a clear line, and never followed or run."""

import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from lms.content.packs import Fault, Faults
from lms.content.sources.documents import read_yaml
from lms.content.sources.media import AUDIO, DOWNLOAD, IMAGE, Family, Unusable, medium
from tests.content.conftest import GALLERY, PRACTICAL, PROSE, spoil

Found = Callable[[], list[Fault]]
PNG = (GALLERY / "media/tone-contours.png").read_bytes()
OPUS = (GALLERY / "media/four-tones.opus").read_bytes()


def only(faults: list[Fault]) -> Fault:
    assert len(faults) == 1, "\n".join(map(str, faults))
    return faults[0]


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("---\ntitle: é\n".encode("latin-1"), 2, "not UTF-8"),
        ("---\ntitle: x\n".encode("utf-16"), 1, "not UTF-8"),
        (b"---\ntitle: x\n\x00", 3, "U+0000"),
        ("---\ntitle: x\n---\na\u202eb".encode(), 4, "U+202E"),
        (b"---\n" + b"x" * 600_000, 1, "larger than 512 KB"),
        (b"", 1, "front matter"),
    ],
)
def test_an_odd_encoding_is_refused(gallery: Path, faults: Found, content: bytes, line: int, message: str):
    (gallery / PROSE).write_bytes(content)
    fault = only(faults())
    assert (fault.file, fault.line) == (PROSE, line)
    assert message in fault.message


def test_windows_line_ends_and_a_byte_order_mark_are_welcome(gallery: Path, faults: Found):
    text = (gallery / PROSE).read_bytes()
    (gallery / PROSE).write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert faults() == []


def test_a_link_out_of_the_pack_is_not_followed(gallery: Path, faults: Found, tmp_path: Path):
    outside = tmp_path / "outside.md"
    outside.write_text((gallery / PROSE).read_text())
    (gallery / PROSE).unlink()
    (gallery / PROSE).symlink_to(outside)
    assert "not a file of this pack" in only(faults()).message


def test_a_linked_folder_is_not_followed(gallery: Path, faults: Found, tmp_path: Path):
    (gallery / "media").rename(tmp_path / "elsewhere")
    (gallery / "media").symlink_to(tmp_path / "elsewhere")
    assert {"not a file of this pack" in fault.message for fault in faults()} == {True}


def test_a_folder_is_no_file(gallery: Path, faults: Found):
    (gallery / PROSE).unlink()
    (gallery / PROSE).mkdir()
    assert "not a file" in only(faults()).message


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]",
        "[" * 5000,
        "- " * 5000 + "x",
        "{" * 5000,
        "a: [" + "x," * 60_000 + "]",
        "!!python/object/apply:os.system ['true']",
        "!include /etc/passwd",
        "<<: {a: b}\n? [a, b]\n: c",
    ],
    ids=["aliases", "deep flow", "deep list", "deep keys", "many", "python", "include", "odd keys"],
)
def test_a_yaml_bomb_is_refused_quickly(bomb: str):
    began = time.perf_counter()
    with pytest.raises(Faults) as error:
        read_yaml(bomb, "bomb.yaml")
    assert error.value.faults[0].file == "bomb.yaml"
    assert error.value.faults[0].line >= 1
    assert time.perf_counter() - began < 2


def test_words_stay_words():
    read = read_yaml("{no: no, yes: Yes, on: on, time: 12:30, day: 2026-12-01, n: 007, big: 1e5}", "x").value
    assert read == {
        "no": "no", "yes": "Yes", "on": "on", "time": "12:30", "day": "2026-12-01", "n": "007", "big": "1e5",
    }  # fmt: skip
    assert read_yaml("[1, -2, 1.5, true, null, ~, '1']", "x").value == [1, -2, 1.5, True, None, None, "1"]


@pytest.mark.parametrize(
    ("name", "content", "family", "message"),
    [
        ("x.png", b"<svg onload='alert(1)'>", IMAGE, "not really png"),
        ("x.png", PNG[:100], IMAGE, "not really png"),
        ("x.jpg", PNG, IMAGE, "not really jpg"),
        ("x.jpg", b"\xff\xd8\xff\xe0\xff\xff", IMAGE, "not really jpg"),
        ("x.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", IMAGE, "not really webp"),
        ("x.svg", b"<svg/>", IMAGE, "cannot be used as image"),
        ("x.gif", b"GIF89a", IMAGE, "cannot be used as image"),
        ("x.png", png(5000, 5000), IMAGE, "5000 × 5000"),
        ("x.png", PNG + b"x" * 120 * 1024, IMAGE, "KB: learners pay"),
        ("x.png", png(0, 10), IMAGE, "not really png"),
        ("x.opus", b"ID3", AUDIO, "not really opus"),
        ("x.mp3", OPUS, AUDIO, "not really mp3"),
        ("x.mp3", b"", AUDIO, "not really mp3"),
        ("x.wav", b"RIFF", AUDIO, "cannot be used as audio"),
        ("x.pdf", b"%PDF-1.7", DOWNLOAD, "not really pdf"),
        ("x.csv", b"\xff\xfe", DOWNLOAD, "not really csv"),
        ("x.txt", b"\x00", DOWNLOAD, "not really txt"),
        ("x.html", b"<p>", DOWNLOAD, "cannot be used as download"),
        ("X.PNG", PNG, IMAGE, "not a file name"),
        ("a b.png", PNG, IMAGE, "not a file name"),
        ("a..png", PNG, IMAGE, "not a file name"),
        ("../x.png", PNG, IMAGE, "not a file name"),
    ],
)
def test_a_medium_is_what_its_bytes_say(name: str, content: bytes, family: Family, message: str):
    with pytest.raises(Unusable) as error:
        medium(name, content, family)
    assert message in error.value.message
    assert error.value.remedy


@pytest.mark.parametrize(
    ("name", "content", "size"),
    [
        ("x.png", PNG, (640, 300)),
        (
            "x.jpg",
            b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x20\x00\x40\x01xxxx\xff\xd9",
            (64, 32),
        ),
        ("x.webp", b"RIFF\x00\x00\x00\x00WEBPVP8X" + b"\x00" * 8 + b"\x3f\x00\x00\x1f\x00\x00", (64, 32)),
        ("x.webp", b"RIFF\x00\x00\x00\x00WEBPVP8L" + b"\x00" * 4 + b"\x2f\x3f\xc0\x07\x00", (64, 32)),
        (
            "x.webp",
            b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\x00" * 7 + b"\x9d\x01\x2a\x40\x00\x20\x00",
            (64, 32),
        ),
    ],
)
def test_a_picture_tells_its_size(name: str, content: bytes, size: tuple[int, int]):
    read = medium(name, content, IMAGE)
    assert (read.width, read.height) == size


def test_sounds_and_downloads_are_recognised():
    assert medium("x.opus", OPUS, AUDIO).media_type == "audio/ogg"
    assert medium("x.mp3", b"\xff\xfb\x90\x64" + b"\x00" * 100, AUDIO).media_type == "audio/mpeg"
    assert medium("x.mp3", b"ID3\x04", AUDIO).media_type == "audio/mpeg"
    assert medium("x.pdf", b"%PDF-1.7\n%%EOF", DOWNLOAD).media_type == "application/pdf"
    assert medium("x.csv", "字,zì\n".encode(), DOWNLOAD).media_type == "text/csv"


def test_a_picture_that_is_none_is_told_at_its_line(gallery: Path, faults: Found):
    (gallery / "media/tone-contours.png").write_bytes(b"<script>")
    fault = only(faults())
    assert fault.file == PRACTICAL
    assert fault.field == "src"
    assert "not really png" in fault.message
    stood = (gallery / PRACTICAL).read_text().split("\n").index("src: tone-contours.png") + 1
    assert fault.line == stood


def test_a_huge_picture_is_told_with_its_size(gallery: Path, faults: Found):
    (gallery / "media/tone-contours.png").write_bytes(PNG + b"\x00" * 200 * 1024)
    assert "204 KB" in only(faults()).message


def test_a_medium_in_another_folder_is_not_read(gallery: Path, faults: Found):
    spoil(gallery, PRACTICAL, "src: tone-words.csv", "src: /etc/passwd")
    assert any("not a file name" in fault.message for fault in faults())
