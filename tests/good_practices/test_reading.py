"""Tables as others keep them: encodings, titles above the header, formulas, broken lines, files that are no tables."""

import io
import json

import pytest
from django.utils import translation
from openpyxl import Workbook

from good_practices.exchange.cells import CellError, date_of
from good_practices.exchange.lists import Lists
from good_practices.exchange.reading import FileError, rows_of
from good_practices.exchange.rows import Options, RowReader

ARABIC = "العنوان;المكان\nالنقل المدرسي للبنات;جهة سوس ماسة\n"
FRENCH = "titre;lieu\nL’école « éloignée » où Noël manque…;Fès\n"
LANGUAGES = ("ar", "fr", "en")


def known(name):
    return RowReader(Options(), Lists(), str).knows(name)


def read(tmp_path, content, **options):
    path = tmp_path / "a"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(rows_of(path, known if options.get("known") else None))


def refused(tmp_path, content):
    """Return why a file is refused, in each language."""
    words = set()
    for language in LANGUAGES:
        with translation.override(language), pytest.raises(FileError) as told:
            read(tmp_path, content, known=True)
        words.add(str(told.value))
    assert all(words)
    return words


def workbook(*sheets, change=None):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((ARABIC, name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859_6")),
        *((FRENCH, name) for name in ("utf-8", "utf-16-le", "cp1252", "mac_roman")),
        ("titre;lieu\nécole;Fès\n", "latin-1"),
        (FRENCH.replace("Fès", "فاس") * 3, "cp1256"),
    ],
)
def test_encodings_of_two_alphabets(tmp_path, text, encoding):
    found = read(tmp_path, text.encode(encoding))
    assert list(found[0].cells.values()) == text.split("\n")[1].split(";")
    assert not found[0].faults


def test_letters_far_from_the_beginning_are_not_lost(tmp_path):
    text = "title_fr;problem_fr\n" + "ecole;route\n" * 60_000 + "école;piste\n"
    assert read(tmp_path, text.encode("cp1252"))[-1].cells["title_fr"] == "école"


def test_a_broken_letter_in_utf8_is_told_and_the_rest_is_read(tmp_path):
    found = read(tmp_path, "title_fr;problem_fr\nécole éloignée;été\n".encode() + b"br\xe9f;x\n")
    assert found[0].cells["title_fr"] == "école éloignée"
    assert not found[0].faults
    assert list(found[1].faults) == ["title_fr"]


def test_a_lost_letter_that_the_file_has_is_kept(tmp_path):
    assert not read(tmp_path, "title_fr;problem_fr\nx\ufffd;y\n")[0].faults


@pytest.mark.parametrize(
    "before",
    [
        "Pratiques de la région;;\n",
        "Pratiques, bilan 2020\n\n",
        "sep=;\n",
        ";;\n;Liste des pratiques;2020\n\n",
        "\ufeff",
    ],
)
def test_what_stands_above_the_header_does_no_harm(tmp_path, before):
    found = read(tmp_path, f"{before}External ID;TITLE-fr;Territory \n1;École;04\n\n;;\n2;Puits;05\n", known=True)
    assert [row.cells["External ID"] for row in found] == ["1", "2"]
    assert found[0].number == before.count("\n") + 2
    assert not any(row.faults for row in found)


def test_a_title_is_no_header_where_no_column_is_known(tmp_path):
    assert read(tmp_path, "Bilan;;\nnom;lieu;an\na;b;c\n")[0].cells == {"nom": "a", "lieu": "b", "an": "c"}


def test_an_open_quotation_mark_is_told_at_its_row(tmp_path):
    found = read(tmp_path, 'a;b\n1;x\n2;"y\n3;z\n4;w\n')
    assert [(row.number, bool(row.faults)) for row in found] == [(2, False), (3, True)]
    assert not read(tmp_path, 'a;b\n1;"x\ny ""z"""\n')[0].faults


def test_rows_that_are_too_long_and_too_short(tmp_path):
    found = read(tmp_path, "a;b\n1;2;3\n4\n")
    assert [bool(row.faults) for row in found] == [True, False]
    assert found[1].cells == {"a": "4"}


def test_ten_thousand_columns(tmp_path):
    assert refused(tmp_path, ";".join(f"c{number}" for number in range(10_000)) + "\n1;2\n")


def test_a_cell_of_a_megabyte(tmp_path):
    (row,) = read(tmp_path, f"external_id;title_fr\n1;{'é' * 1_000_000}\n", known=True)
    _record, errors = RowReader(Options(), Lists(), str).read(row)
    assert [error.column for error in errors] == ["title_fr"]
    assert len(errors[0].value) <= 80


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"  \n\n",
        b"<html><table><tr><td>x</td></tr></table>",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        b"PK\x03\x04 broken",
        b"[1, 2",
        b'[\n {\n"a": 1},\n {"a": \n]',
        b'{\n "a": 1,\n',
        b"a;a\n1;2\n",
        b";;;\n;;\n",
    ],
)
def test_files_that_are_no_tables(tmp_path, content):
    assert refused(tmp_path, content)


def test_a_password_is_told_apart(tmp_path):
    locked = refused(tmp_path, b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert not locked & refused(tmp_path, b"\xd0\xcf\x11\xe0" + b"\0" * 600)


def test_a_workbook_with_a_title_across_and_a_sheet_of_explanations_before(tmp_path):
    rows = [
        ["Bilan de la région", None, None],
        [None, None, None],
        ["External id", "Title FR", "Territory"],
        ["1", "École", "04"],
    ]

    def merge(book):
        book["Données"].merge_cells("A1:C1")

    content = workbook(("Lisez-moi", [["Bonjour"], ["Ce fichier", "a deux feuilles"]]), ("Données", rows), change=merge)
    (row,) = read(tmp_path, content, known=True)
    assert (row.number, row.cells) == (4, {"External id": "1", "Title FR": "École", "Territory": "04"})


def test_formulas_without_results_are_told_cell_by_cell(tmp_path):
    content = workbook(("a", [["external_id", "title_fr", "credit"], ["1", '="x"&"y"', "z"], ["2", "t", "#N/A"], [None, "=A2"]]))
    found = read(tmp_path, content)
    assert [(row.number, list(row.faults)) for row in found] == [(2, ["title_fr"]), (3, ["credit"]), (4, ["title_fr"])]


def test_an_empty_workbook_and_one_with_hidden_sheets_alone(tmp_path):
    assert refused(tmp_path, workbook(("a", [])))

    def hide(book):
        book.create_sheet("empty")
        book["a"].sheet_state = "hidden"

    assert refused(tmp_path, workbook(("a", [["x"]]), change=hide))


def test_a_broken_line_of_json_is_told_and_the_others_are_read(tmp_path):
    found = read(tmp_path, '{"a": 1,\n{"a": 2}\n\n{"a": \u2028}\n{"a": "\u2028"}\n[1]\n')
    assert [(row.number, bool(row.faults)) for row in found] == [(1, True), (2, False), (4, True), (5, False), (6, True)]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([{"a": 1}, {"a": "ب"}], indent=2, ensure_ascii=False).encode(),
        json.dumps([{"a": 1}, {"a": "ب"}]).encode("utf-16"),
        json.dumps({"meta": {"n": 2}, "practices": [{"a": 1}, {"a": "ب"}]}, indent=1).encode("utf-8-sig"),
        b'{\n"a": 1}\n{\n"a": "\xd8\xa8"\n}',
        '{"a": 1}\n{"a": "ب"}\n'.encode("utf-16-le"),
        '[\n{"a": 1},\n{"a": "ب"}\n]\n'.encode(),
    ],
)
def test_json_in_every_layout(tmp_path, content):
    assert [row.cells for row in read(tmp_path, content)] == [{"a": 1}, {"a": "ب"}]


@pytest.mark.parametrize(
    "text",
    [
        "2020-11-23",
        "23/11/2020",
        "23.11.2020",
        "2020/11/23",
        "20201123",
        "2020-11-23T09:00:00Z",
        "23 نونبر 2020",
        "الاثنين 23 نوفمبر 2020",
        "٢٣/١١/٢٠٢٠",
        "\u200f23\u200f/11\u200f/2020",
        "lundi 23 novembre 2020",
        "23 nov. 2020",
        "November 23rd, 2020",
        44158,
        44158.5,
    ],
)
def test_dates_as_people_write_them(text):
    assert date_of(text).isoformat() == "2020-11-23"


@pytest.mark.parametrize(
    "text", ["11/23/2020", "31/02/2020", "23/11/20", "2020", "1442-04-08", "soon", True, 10**400, float("inf")]
)
def test_what_is_no_date(text):
    with pytest.raises(CellError):
        date_of(text)
