"""What an import makes of rows: errors by row and column, updates, languages kept apart, encodings."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from good_practices.enums import ImportState
from good_practices.exchange import runs
from good_practices.exchange.formats import template
from good_practices.exchange.reading import FileError, rows_of
from good_practices.models import ImportRun, PracticePage
from tests.factories import PracticePageFactory
from tests.good_practices.exchange_data import ROW, exported, prepare, run, write


@pytest.fixture
def library(portal_site):
    prepare()
    return portal_site


def test_a_row_becomes_a_public_practice_that_search_finds(library, tmp_path, committed, client):
    with committed():
        counts, errors = run(write(tmp_path / "a.jsonl"))
    assert (counts.created, errors) == (1, [])
    page = PracticePage.objects.get()
    assert page.live
    assert page.live_revision.as_object().title == page.title
    assert "نقل مدرسي للبنات" in client.get(page.url).content.decode()
    found = client.get(reverse("practices_export", args=["csv"]), {"q": "نقل"})
    assert "essai-1" in b"".join(found.streaming_content).decode("utf-8-sig")


def test_importing_again_changes_nothing_and_a_language_never_blanks_another(library, tmp_path):
    run(write(tmp_path / "ar.jsonl"))
    assert run(write(tmp_path / "ar.jsonl"))[0].unchanged == 1
    french = {"external_id": "essai-1", "title": "Transport scolaire", "problem": "Pas de car", "language": "fr"}
    path = tmp_path / "fr.jsonl"
    path.write_text(json.dumps(french), encoding="utf-8")
    counts, errors = run(path)
    assert (counts.updated, errors) == (1, [])
    (one,) = exported()
    assert (one["title_ar"], one["title_fr"]) == (ROW["title_ar"], "Transport scolaire")
    assert one["themes"] == ["school-transport"]
    changed, _errors = run(write(tmp_path / "ar.jsonl", outcome="accepted", title_ar="عنوان جديد"))
    assert changed.updated == 1
    (one,) = exported()
    assert (one["title_ar"], one["title_fr"], one["outcome"]) == ("عنوان جديد", "Transport scolaire", "accepted")
    assert set(PracticePage.objects.values_list("outcome", flat=True)) == {"accepted"}


def test_every_error_says_its_row_and_column_and_the_other_rows_are_imported(library, tmp_path):
    path = write(
        tmp_path / "a.jsonl",
        {"external_id": "good"},
        {"external_id": "bad", "instrument": "wish", "territory": "nowhere", "stage_filed_on": "2999-01-01"},
        {"external_id": "long", "title_ar": "x" * 300},
        {"external_id": "none", "problem_ar": ""},
    )
    counts, errors = run(path)
    assert (counts.created, counts.refused) == (1, 3)
    assert [(error.row, error.column) for error in errors] == [
        (2, "instrument"),
        (2, "territory"),
        (3, "title_ar"),
        (4, "problem_ar"),
    ]
    assert all(error.message for error in errors)


def test_a_dry_run_writes_nothing(library, tmp_path):
    counts, _errors = run(write(tmp_path / "a.jsonl"), dry_run=True)
    assert counts.created == 1
    assert not PracticePage.objects.exists()


def test_impossible_stages_are_refused(library, tmp_path):
    _counts, errors = run(write(tmp_path / "a.jsonl", stage_filed_on="2019-05-01", stage_answered_on="2019-01-01"))
    assert [error.column for error in errors] == ["stage_answered_on"]


def test_without_publishing_a_public_practice_keeps_what_readers_see(library, tmp_path):
    run(write(tmp_path / "a.jsonl"))
    run(write(tmp_path / "a.jsonl", title_ar="مسودة"), publish=False)
    page = PracticePage.objects.get()
    assert (page.title, page.get_latest_revision_as_object().title) == (ROW["title_ar"], "مسودة")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found_out(tmp_path, encoding, delimiter):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([list(ROW), list(ROW.values()), list(ROW.values())])
    path = tmp_path / "a.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    assert [row.cells for row in rows_of(path)] == [ROW, ROW]


def test_french_of_windows_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("title_fr;problem_fr\nÉcole éloignée;Les élèves marchent à pied, l’été\n".encode("cp1252"))
    (row,) = rows_of(path)
    assert row.cells["title_fr"] == "École éloignée"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", b"[1, 2"])
def test_what_cannot_be_read_is_said(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileError):
        list(rows_of(path))


def test_hostile_lines_are_refused_one_by_one(library, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"external_id": "a\\u0000\\ud800", "title_ar": ["x"], "instrument": {}}\nnull\n{"a": \n' + b"[" * 100_000 + b"\n"
    )
    counts, errors = run(path)
    assert counts.refused == 4
    assert {error.row for error in errors} == {1, 2, 3, 4}


def test_the_template_is_read_back_without_rows(library, tmp_path):
    path = tmp_path / "a.xlsx"
    with template() as book:
        path.write_bytes(book.read())
    assert list(rows_of(path)) == []


def test_the_command_ends_with_1_if_a_row_is_refused(library, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("import_practices", write(tmp_path / "a.jsonl", territory="nowhere"))
    assert ended.value.code == 1
    assert "territory" in capsys.readouterr().err
    with pytest.raises(CommandError):
        call_command("import_practices", tmp_path / "none.csv")


def test_exports_hold_public_practices_only(library, client):
    PracticePageFactory(parent=library.libraries["ar"], title="عمومية")
    PracticePageFactory(parent=library.libraries["ar"], title="مسودة خفية", live=False)
    text = b"".join(client.get(reverse("practices_export", args=["json"])).streaming_content).decode()
    assert "عمومية" in text
    assert "مسودة خفية" not in text
    assert client.get(reverse("practices_dictionary")).status_code == 200
    assert client.get(reverse("practices_dictionary_csv")).content.startswith(b"\xef\xbb\xbf")


def test_a_facilitator_checks_then_imports(library, tmp_path, client, facilitator, participant):
    client.force_login(participant)
    assert client.get(reverse("practices_imports")).status_code in (302, 403)
    client.force_login(facilitator)
    with write(tmp_path / "a.jsonl", {}, {"external_id": "b", "territory": "nowhere"}).open("rb") as file:
        answer = client.post(reverse("practices_imports"), {"file": file, "publish": "on"})
    made = ImportRun.objects.get()
    assert answer.url == reverse("practices_import", args=[made.pk])
    runs.perform(made.pk)
    made.refresh_from_db()
    assert (made.state, made.counts["created"], PracticePage.objects.count()) == (ImportState.CHECKED, 1, 0)
    assert "territory" in client.get(answer.url).content.decode()
    client.post(reverse("practices_import_act", args=[made.pk]), {"import": "1"})
    runs.perform(made.pk)
    made.refresh_from_db()
    assert (made.state, PracticePage.objects.count()) == (ImportState.DONE, 1)
    assert PracticePage.objects.get().owner == facilitator
    assert "nowhere" in client.get(reverse("practices_import_faults", args=[made.pk])).content.decode()


def test_an_outcome_that_the_stages_contradict_is_refused_in_its_column(library, tmp_path):
    row = {"instrument": "petition", "outcome": "carried_out", "stage_filed_on": "2019-01-01", "stage_rejected_on": "2019-02-01"}
    counts, errors = run(write(tmp_path / "a.jsonl", **row))
    assert (counts.created, [(error.column, error.value) for error in errors]) == (0, [("outcome", "carried_out")])
