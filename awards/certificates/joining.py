"""Several PDFs written as one, part by part: no more than one part is in memory.

For the parts that ``drawing`` makes: no outlines, forms, tags or encryption to carry over.
"""

import io
from collections.abc import Iterable, Iterator
from typing import IO, Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

ROOT, TREE, ABOUT = 1, 2, 3  # numbers of the objects that are the whole's own
CONTAINERS = ("/ObjStm", "/XRef")


def join_pdfs(parts: Iterable[bytes], out: IO[bytes], *, title: str = "") -> int:
    """Write one PDF with the pages of all parts, in order; return the number of pages.

    Each part is asked for, written to ``out`` and let go before the next one.
    """
    joining = _Joining(out)
    for part in parts:
        joining.add(part)
    joining.close(title)
    return joining.pages


class _Joining:
    """A PDF in the making: what was written where, and the trees of pages so far."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._start = out, out.tell()
        self._places: dict[int, int] = {}
        self._trees = ArrayObject()
        self._next = ABOUT + 1
        self.pages = 0
        out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add(self, part: bytes) -> None:
        reader = PdfReader(io.BytesIO(part))
        shift = self._next - 1
        root = reader.trailer.raw_get("/Root").idnum
        tree = reader.root_object.raw_get("/Pages").idnum
        trees: Any = reader.root_object["/Pages"]
        self.pages += int(trees["/Count"])
        last = 0
        for number in _numbers(reader):
            found = reader.get_object(IndirectObject(number, 0, reader))
            last = max(last, number)
            if number == root or found is None or _is_container(found):
                continue
            moved = _moved(found, shift)
            if number == tree:
                moved[NameObject("/Parent")] = _to(TREE)
            self._write(number + shift, moved)
        self._trees.append(_to(tree + shift))
        self._next = shift + last + 1

    def close(self, title: str) -> None:
        kinds = {ROOT: "/Catalog", TREE: "/Pages"}
        own = {n: DictionaryObject() for n in (ROOT, TREE, ABOUT)}
        for number, kind in kinds.items():
            own[number][NameObject("/Type")] = NameObject(kind)
        own[ROOT][NameObject("/Pages")] = _to(TREE)
        own[TREE][NameObject("/Kids")] = self._trees
        own[TREE][NameObject("/Count")] = NumberObject(self.pages)
        if title:
            own[ABOUT][NameObject("/Title")] = TextStringObject(title)
        for number, each in own.items():
            self._write(number, each)
        self._write_places()

    def _write(self, number: int, found: PdfObject) -> None:
        self._places[number] = self._out.tell() - self._start
        self._out.write(b"%d 0 obj\n" % number)
        found.write_to_stream(self._out)
        self._out.write(b"\nendobj\n")

    def _write_places(self) -> None:
        begins, size = self._out.tell() - self._start, self._next
        self._out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        for number in range(1, size):
            place = self._places.get(number)
            line = b"0000000000 65535 f \n" if place is None else b"%010d 00000 n \n"
            self._out.write(line if place is None else line % place)
        trailer = b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n"
        self._out.write(trailer % (size, ROOT, ABOUT))
        self._out.write(b"startxref\n%d\n%%%%EOF\n" % begins)


def _numbers(reader: PdfReader) -> Iterator[int]:
    """The numbers of all objects of a part."""
    known = {number for places in reader.xref.values() for number in places}
    yield from sorted((known | set(reader.xref_objStm)) - {0})


def _is_container(found: Any) -> bool:
    return isinstance(found, StreamObject) and found.get("/Type") in CONTAINERS


def _to(number: int) -> IndirectObject:
    return IndirectObject(number, 0, None)


def _moved(found: Any, shift: int) -> Any:
    """The same object, pointing to objects whose numbers are higher by ``shift``."""
    if isinstance(found, IndirectObject):
        return _to(found.idnum + shift)
    if isinstance(found, ArrayObject):
        return ArrayObject(_moved(each, shift) for each in list.__iter__(found))
    if isinstance(found, DictionaryObject):
        for name in list(found):
            found[name] = _moved(found.raw_get(name), shift)
    return found
