"""The child process that parses a workbook from standard input, under limits.

Started by ``reading`` as a script, never imported by it.  Writes one line of JSON; a
file that needs more than the limits ends the process, which the parent reports.
"""

import datetime
import io
import json
import resource
import sys

MEGABYTE = 1024 * 1024


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


def read(limits):
    """Return the answer to write: sheets, a broken limit, or ``unreadable``."""
    import python_calamine  # slow import

    try:
        book = python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        sheets = [
            [name, sheet_rows(book.get_sheet_by_name(name), limits)]
            for name in book.sheet_names
        ]
    except LimitError as error:
        return {"limit": error.args[0], "sheet": error.args[1]}
    except python_calamine.PasswordError:
        return {"encrypted": True}
    except (python_calamine.CalamineError, ValueError, OSError):
        return {"unreadable": True}
    return {"sheets": sheets}


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
