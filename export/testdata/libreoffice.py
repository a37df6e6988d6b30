"""Compares tables of CSV with what LibreOffice makes of them.

usage: libreoffice.py FOLDER, which holds csv/ and the same tables, converted by
LibreOffice, in xlsx/.
"""
import csv
import pathlib
import sys

import openpyxl

folder = pathlib.Path(sys.argv[1])
csv.field_size_limit(1 << 30)
cells = 0
for path in sorted((folder / "csv").glob("*.csv")):
    rows = list(csv.reader(open(path, encoding="utf-8-sig", newline="")))
    sheet = openpyxl.load_workbook(folder / "xlsx" / (path.stem + ".xlsx")).active
    assert sheet.max_row == len(rows), (path, sheet.max_row, len(rows))
    for r, row in enumerate(rows):
        for c, want in enumerate(row):
            cells += 1
            cell = sheet.cell(r + 1, c + 1)
            got = "" if cell.value is None else cell.value
            assert cell.data_type != "f", (path, "a formula", want)
            if isinstance(got, bool):
                same = str(got).lower() == want
            elif isinstance(got, (int, float)):
                same = float(want) == got
            else:
                same = str(got).replace("_x000D_", "\r").replace("\r\n", "\n") == want.replace("\r\n", "\n")
            assert same, (path, r, rows[0][c], want, got)
assert cells > 1000, cells
print(cells, "cells alike, no formula")
