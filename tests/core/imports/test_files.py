"""Every file that is no table, or too much of one, is refused with a clear message before it does harm."""

import io
import struct
import zipfile
import zlib
from datetime import date

import pytest

from umbel.core.imports import files
from umbel.core.imports.files import UnreadableError, look
from umbel.core.imports.reading import examine_head, table


def nature(content, encoding=""):
    return look(io.BytesIO(content), len(content), encoding)


def rows(content, encoding=""):
    found = nature(content, encoding)
    with table(io.BytesIO(content), found) as read:
        return list(read)


def read_whole(content, encoding):
    examine_head(io.BytesIO(content), nature(content, encoding))


def refusal(content, encoding=""):
    with pytest.raises(UnreadableError) as refused:
        read_whole(content, encoding)
    return str(refused.value)


def packed(entries, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiter_is_found_out(mark):
    content = f'Name{mark}City\n"A{mark} B"{mark}Łódź\n'.encode()

    assert nature(content).delimiter == mark
    assert rows(content) == [(1, ["Name", "City"]), (2, [f"A{mark} B", "Łódź"])]


@pytest.mark.parametrize(
    ("codec", "encoding", "is_guess"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8", False),
        ("utf-16", "utf-16", False),
        ("cp1252", "cp1252", True),
    ],
)
def test_encoding_is_found_out(codec, encoding, is_guess):
    content = "Name,City\nSociété,Liège\n".encode(codec)

    found = nature(content)

    assert (found.encoding, found.is_guess) == (encoding, is_guess)
    assert rows(content)[1] == (2, ["Société", "Liège"])


def test_big_endian_utf_16_is_read():
    content = b"\xfe\xff" + "Name\nSociété\n".encode("utf-16-be")

    assert rows(content) == [(1, ["Name"]), (2, ["Société"])]


def test_another_encoding_can_be_chosen():
    content = "Name\nŁódź\n".encode("cp1250")

    assert rows(content, "cp1250") == [(1, ["Name"]), (2, ["Łódź"])]


def test_encoding_that_does_not_fit_is_told_by_line():
    assert refusal("Name\nA\nSociété\n".encode("cp1252"), "utf-8").startswith("Line 3 is not in the encoding utf-8.")


def test_lines_inside_quotes_belong_to_one_row():
    content = b'Name,Note\nA,"two\nlines"\nB,one\n'

    assert rows(content) == [(1, ["Name", "Note"]), (2, ["A", "two\nlines"]), (4, ["B", "one"])]


def test_quotation_mark_that_is_not_closed_is_told_by_line():
    assert "breaks off at line 3" in refusal(b'Name,Note\nA,b\n"C,d\nE,f\n')


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "This is a PDF document"),
        (b"\x89PNG\r\n\x1a\n0000", "This is a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel"),
        (b"<html><table><tr><td>Name</td></tr></table>", "HTML or XML"),
        (b"Name\0City\nA\0B\n", "The file is no text"),
        (b"", "The file is empty."),
        (b"\n  \n", "The file is empty."),
        (b"Name,City\n", "no row below it"),
        (b"Name,Name\na,b\n", "Two columns have the same name: Name."),
    ],
)
def test_what_is_no_table_is_refused_by_its_content(content, told):
    assert told in refusal(content)


def test_too_many_columns_are_refused():
    assert "more than 200 columns" in refusal(
        ",".join(f"c{n}" for n in range(201)).encode() + b"\n" + b"1," * 200 + b"1\n"
    )


def test_too_many_rows_are_refused():
    assert "more than 200000 rows" in refusal(b"Name\n" + b"a\n" * 200_001)


def test_file_above_the_limit_is_refused_by_its_size(settings):
    settings.IMPORT_LIMIT_MB = 1

    with pytest.raises(UnreadableError) as refused:
        look(io.BytesIO(b"Name\nA\n"), 2 << 20)

    assert "at most 1.0\xa0MB" in str(refused.value)


def test_workbook_is_read_as_typed(workbook):
    content = workbook(
        ["Name", "Founded", "Members", "Share", "Open"],
        ["Alfa", date(1999, 12, 31), 3411, 9.6, True],
    )

    assert rows(content)[1] == (2, ["Alfa", "1999-12-31", "3411", "9.6", "true"])


def test_formulas_of_a_workbook_are_read_as_values():
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Members"])
        sheet.write_row(1, 0, ["Alfa"])
        sheet.write_formula(1, 1, "=1+1", None, 2)

    assert rows(buffer.getvalue())[1] == (2, ["Alfa", "2"])


def test_other_archive_is_no_workbook():
    assert "it is no Excel workbook" in refusal(packed({"a.txt": "a"}))


def test_damaged_workbook_is_refused(workbook):
    assert "damaged" in refusal(workbook(["Name"], ["A"])[:-200])


def test_workbook_that_unpacks_beyond_measure_is_not_opened():
    content = packed({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * (600 << 20)})

    assert len(content) < 1 << 20
    assert "It is not opened." in refusal(content)


def test_workbook_that_lies_about_its_size_is_found_out():
    content = bytearray(packed({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * (50 << 20)}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    told, real = struct.pack("<LL", entry.compress_size, 1000), struct.pack("<LL", entry.compress_size, 50 << 20)

    lying = bytes(content).replace(real, told)

    assert lying != bytes(content)
    assert "It is not opened." in refusal(lying)


def test_workbook_with_a_cell_at_the_end_of_the_world_is_not_opened():
    sheet = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"/></row>'

    assert "more than 200000 rows" in refusal(
        packed({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet})
    )


@pytest.mark.parametrize(("rows", "columns"), [(1, 201), (200_002, 1), (100_000, 51)])
def test_extent_of_a_table_has_bounds(rows, columns):
    with pytest.raises(UnreadableError):
        files.check_extent(rows, columns, rows * columns)


def test_encrypted_workbook_is_refused():
    content = bytearray(packed({"xl/workbook.xml": "<workbook/>"}, zipfile.ZIP_STORED))
    start = content.rindex(b"PK\x01\x02")
    content[start + 8] |= 1

    assert "password" in refusal(bytes(content))


def test_stream_inside_a_workbook_may_not_be_broken():
    content = packed({"xl/workbook.xml": "<workbook/>" * 100})
    broken = content.replace(zlib.compress(b"")[2:4], b"\xff\xff")

    assert refusal(broken[:60] + b"\xff" * 8 + broken[68:])
