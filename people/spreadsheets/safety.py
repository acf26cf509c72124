"""The look at a file before anything parses it: size, zip directory, forbidden parts.

Reads only the directory and the small relationship and content-type parts.  Whatever
passes here is parsed in a limited child process all the same.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from people.spreadsheets.problems import SpreadsheetRefused

MEGABYTE = 1024 * 1024
MAX_FILE = 10 * MEGABYTE
MAX_UNPACKED = 50 * MEGABYTE
MAX_RATIO = 100
RATIO_FLOOR = MEGABYTE  # below this an entry may be as well packed as it likes
MAX_ENTRIES = 200
MAX_RELATIONS = 2 * MEGABYTE

OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_HEADER = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = re.compile(r"vbaproject|macrosheets/|vbadata|activex", re.IGNORECASE)
_LINKS = re.compile(
    r"externallinks/|embeddings/|oleobject|(^|/)connections\.xml", re.IGNORECASE
)
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[^>]*>")
# A link a person may click is not fetched by anyone; every other one is refused.
_HYPERLINK = re.compile(rb"relationships/hyperlink[\"']")


def check_size(content: bytes, *, most: int = MAX_FILE) -> None:
    """Refuse a file that is empty or larger than the limit."""
    if not content:
        raise SpreadsheetRefused(
            "empty-file",
            "文件是空的，请重新导出后上传。 / The file is empty: export it again.",
        )
    if len(content) > most:
        size = f"{most // MEGABYTE} MB"
        raise SpreadsheetRefused(
            "file-too-large",
            f"文件超过 {size}，请删去图片和无关工作表后再上传。 / "
            f"The file is larger than {size}: remove pictures and unrelated sheets.",
        )


def refuse_ole(content: bytes) -> None:
    """Refuse an encrypted workbook and the old binary format, each with its remedy."""
    if _ENCRYPTED in content:
        raise SpreadsheetRefused(
            "encrypted",
            "工作簿设有打开密码，请在 Excel 或 WPS 中取消密码后另存为 .xlsx。 / "
            "The workbook is encrypted: remove its password and save it as .xlsx.",
        )
    raise SpreadsheetRefused(
        "old-format",
        "这是旧版二进制格式（.xls 等），请另存为 .xlsx。 / "
        "This is an old binary format (.xls): save it as .xlsx.",
    )


def not_a_workbook() -> SpreadsheetRefused:
    """Return the refusal of a file that is no workbook at all."""
    return SpreadsheetRefused(
        "not-a-workbook",
        "这不是可以读取的 .xlsx 工作簿，请在 Excel 或 WPS 中打开并另存为 .xlsx。 / "
        "This is not a readable .xlsx workbook: open it in Excel or WPS and "
        "save it as .xlsx.",
    )


def check_archive(content: bytes, *, unpacked: int = MAX_UNPACKED) -> None:
    """Refuse bombs, macros, encryption and links to other files, unread."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries, len(content), unpacked)
            _check_parts(archive, entries)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise not_a_workbook() from error
    except (zlib.error, RuntimeError, OSError) as error:
        raise not_a_workbook() from error


def _check_directory(entries: list[zipfile.ZipInfo], size: int, most: int) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise SpreadsheetRefused(
            "encrypted",
            "压缩包已加密，请取消密码后另存为 .xlsx。 / "
            "The archive is encrypted: remove its password and save it as .xlsx.",
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    dense = any(
        entry.file_size > RATIO_FLOOR
        and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    too_many = len(entries) > MAX_ENTRIES
    if unpacked > most or packed > size or dense or too_many:
        raise SpreadsheetRefused(
            "unpacks-too-large",
            "文件解压后过大或结构异常（可能是压缩炸弹），请只保留需要的工作表，"
            "另存为新的 .xlsx。 / The file unpacks to far more than it should: "
            "copy the needed sheet into a new workbook and save that.",
        )


def _check_parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise not_a_workbook()
    if any(_MACROS.search(name) for name in names):
        raise _macros()
    if any(_LINKS.search(name) for name in names):
        raise _links()
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise not_a_workbook()
    if b"macroEnabled" in _part(archive, "[Content_Types].xml"):
        raise _macros()
    for name in names:
        if name.endswith(".rels"):
            relations = _EXTERNAL.findall(_part(archive, name))
            if any(not _HYPERLINK.search(relation) for relation in relations):
                raise _links()


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(MAX_RELATIONS + 1)
    if len(content) > MAX_RELATIONS:
        raise not_a_workbook()
    return content


def _macros() -> SpreadsheetRefused:
    return SpreadsheetRefused(
        "macros",
        "工作簿含有宏，请另存为不含宏的 .xlsx。 / "
        "The workbook contains macros: save it as .xlsx without macros.",
    )


def _links() -> SpreadsheetRefused:
    return SpreadsheetRefused(
        "external-links",
        "工作簿含有外部链接、嵌入对象或数据连接，请断开链接并以数值粘贴后另存。 / "
        "The workbook links to other files or embeds objects: break the links, "
        "paste values and save again.",
    )
