"""The child process that parses a workbook from standard input, under limits.

Started by ``reading`` as a script, never imported by it.  Writes one line of JSON; a
file that needs more than the limits ends the process, which the parent reports.
"""

import datetime
import io
import json
import posixpath
import re
import resource
import sys
import zipfile
from xml.parsers import expat

MEGABYTE = 1024 * 1024
FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
WIDE = (b"\xff\xfe", b"\xfe\xff")  # marks of UTF-16, where the pattern is blind
MOST_FORMULAS = 200
CHUNK = 65536


def cell_value(cell):
    """Return a cell as JSON: text and booleans as they are, the rest tagged."""
    if isinstance(cell, bool | str):
        return cell or (None if cell == "" else cell)
    if isinstance(cell, int | float):
        return ["n", repr(cell)]
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return ["d", cell.date().isoformat()] if midnight else ["t", cell.isoformat()]
    if isinstance(cell, datetime.date):
        return ["d", cell.isoformat()]
    return None if cell is None else str(cell)


def sheet_rows(sheet, limits):
    """Return one sheet's rows from row 1 on, ends trimmed, or the limit it breaks."""
    if sheet.start is None:
        return []
    left = sheet.start[1]  # rows above the first cell are given, columns are not
    rows = []
    for number, row in enumerate(sheet.iter_rows()):
        values = [cell_value(cell) for cell in row]
        while values and values[-1] is None:
            values.pop()
        if not values:
            continue
        if number >= limits["rows"]:
            raise LimitError("rows", sheet.name)
        if left + len(values) > limits["columns"]:
            raise LimitError("columns", sheet.name)
        limits["text"] -= sum(len(v) for v in values if isinstance(v, str))
        if limits["text"] < 0:
            raise LimitError("text", sheet.name)
        rows.extend([] for _ in range(number - len(rows)))
        rows.append([None] * left + values)
    return rows


class LimitError(Exception):
    """More rows, columns or text than allowed in the named sheet."""


def elements(part):
    """Yield the beginnings of an XML part's elements, (local name, attributes).

    The end of a cell is said too, as "/c".  A document type, and so every entity of
    one, is refused.
    """
    found = []

    def refuse(*_given):
        raise ValueError("a part of a workbook declares no document type")

    def begin(name, given):
        plain = {key.rpartition(" ")[2]: value for key, value in given.items()}
        found.append((name.rpartition(" ")[2], plain))

    def end(name):
        if name.rpartition(" ")[2] == "c":
            found.append(("/c", {}))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    for start in range(0, len(part), CHUNK):
        parser.Parse(part[start : start + CHUNK], False)
        yield from found
        found.clear()
    parser.Parse(b"", True)
    yield from found


def sheet_parts(archive):
    """Return the name of each sheet with the part that holds its cells."""
    relations = {
        given["Id"]: given.get("Target", "")
        for name, given in elements(archive.read("xl/_rels/workbook.xml.rels"))
        if name == "Relationship"
    }
    for name, given in elements(archive.read("xl/workbook.xml")):
        target = relations.get(given.get("id", ""))
        if name == "sheet" and target:
            yield given["name"], posixpath.join("/xl", target).lstrip("/")


def formulas(content):
    """Return [sheet, cell] of the cells that hold a formula, the first few hundred."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for sheet, part in sheet_parts(archive):
            text = archive.read(part)
            if not FORMULA.search(text) and not text.startswith(WIDE):
                continue
            place = None
            for name, given in elements(text):
                if name in ("c", "/c"):
                    place = given.get("r", "") if name == "c" else None
                elif name == "f" and place is not None and len(found) < MOST_FORMULAS:
                    found.append([sheet, place])
    return found


def read(limits):
    """Return the answer to write: sheets, a broken limit, or ``unreadable``."""
    import python_calamine  # slow import

    content = sys.stdin.buffer.read()
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        sheets = [
            [name, sheet_rows(book.get_sheet_by_name(name), limits)]
            for name in book.sheet_names
        ]
        found = formulas(content) if limits["formulas"] else []
    except LimitError as error:
        return {"limit": error.args[0], "sheet": error.args[1]}
    except python_calamine.PasswordError:
        return {"encrypted": True}
    except (zipfile.BadZipFile, expat.ExpatError, KeyError):
        return {"unreadable": True}
    except (python_calamine.CalamineError, ValueError, OSError):
        return {"unreadable": True}
    return {"sheets": sheets, "formulas": found}


def main():
    """Limit this process, read, answer."""
    limits = json.loads(sys.argv[1])
    memory = limits["megabytes"] * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = read(limits)
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


if __name__ == "__main__":
    main()
