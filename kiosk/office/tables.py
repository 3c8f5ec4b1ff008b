"""Reads the comma-separated tables of a bank source, whatever a spreadsheet program has done to them.

Rules: UTF-8 with or without byte-order mark, nothing else; every demanded column stands in the header, once; a row has
as many cells as the header; cells lose their outer white space. Hostile bytes give findings, never exceptions.
It does not know what the columns mean.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.office.findings import Finding, finding

LARGEST_FILE = 64 * 2**20
MOST_ROWS = 200_000
LONGEST_CELL = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: its number in the spreadsheet and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_table(file: str, data: bytes, columns: Sequence[str]) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Return the rows that can be read and a finding for everything that cannot; columns not asked for are ignored."""
    text, refused = decode_text(file, data)
    if refused:
        return (), refused
    return _rows(file, text, columns)


def decode_text(file: str, data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of a file, or the one finding that says why it is none."""
    if len(data) > LARGEST_FILE:
        return "", (finding(file, "file/too-large", detail=str(len(data))),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        return "", (finding(file, "file/encoding", row=row, detail=data[error.start : error.start + 4].hex()),)
    return text, () if text.strip() else (finding(file, "file/empty"),)


def _rows(file: str, text: str, columns: Sequence[str]) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    if "\0" in text:
        return (), (finding(file, "file/encoding", row=text.count("\n", 0, text.index("\0")) + 1, detail="\0"),)
    records, findings = _records(file, text)
    if not records:
        return (), findings or (finding(file, "file/empty"),)
    header = [cell.strip() for cell in records[0]]
    refused = _check_header(file, header, columns)
    if refused:
        return (), (*findings, *refused)
    rows: list[Row] = []
    for number, cells in enumerate(records[1:], start=2):
        if any(cell.strip() for cell in cells):
            problems = _check_row(file, number, cells, header)
            findings = (*findings, *problems)
            if not problems:
                named = zip(header, (cell.strip() for cell in cells), strict=True)
                rows.append(Row(number=number, cells=dict(named)))
    return tuple(rows), findings


def _records(file: str, text: str) -> tuple[list[list[str]], tuple[Finding, ...]]:
    """Split the text into records; a fault in the quoting ends the reading there."""
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), strict=True):
            if len(records) > MOST_ROWS:
                return [], (finding(file, "file/too-many-rows", row=len(records)),)
            records.append(record)
    except csv.Error as error:
        return records, (finding(file, "file/quoting", row=len(records) + 1, detail=str(error)),)
    return records, ()


def _check_header(file: str, header: Sequence[str], columns: Sequence[str]) -> list[Finding]:
    counts = Counter(header)
    missing = [finding(file, "file/missing-column", row=1, column=name) for name in columns if not counts[name]]
    twice = [finding(file, "file/column-twice", row=1, column=name) for name in columns if counts[name] > 1]
    return missing + twice


def _check_row(file: str, number: int, cells: Sequence[str], header: Sequence[str]) -> list[Finding]:
    if len(cells) != len(header):
        return [finding(file, "row/cells", row=number, detail=f"{len(cells)}/{len(header)}")]
    long = [name for name, cell in zip(header, cells, strict=True) if len(cell) > LONGEST_CELL]
    return [finding(file, "row/cell-too-long", row=number, column=name) for name in long]
