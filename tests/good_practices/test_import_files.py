"""The documents that rows name, from an archive; imports that are checked, cut off, or made from the CMS."""

import datetime
import io
import json
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from openpyxl import Workbook
from wagtail.documents import get_document_model

from good_practices.enums import ImportState
from good_practices.exchange import importing, runs
from good_practices.exchange.formats import write as write_as
from good_practices.exchange.importing import Job, import_practices
from good_practices.exchange.mapping import mapping_of
from good_practices.exchange.reading import FileError
from good_practices.models import ImportRun, PracticePage
from portal.people.models import Organisation
from tests.good_practices.exchange_data import ROW, empty, exported, prepare, run, write

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
DOCX = b"PK\x03\x04" + b"\0" * 64


@pytest.fixture
def library(portal_site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    prepare()
    return portal_site


def archive(tmp_path, *members):
    path = tmp_path / "files.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return path


def stored(tmp_path):
    return [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


def test_documents_and_pictures_come_by_name(library, tmp_path):
    files = archive(tmp_path, ("scans/الرسالة.PDF", PDF), ("photo.png", PNG), ("../../etc/note.txt", "نص".encode()))
    path = write(
        tmp_path / "a.jsonl",
        evidence=["file:photo.png", "file:note.txt"],
        evidence_titles_ar=["صورة", "مذكرة"],
        stage_filed_on="2019-05-01",
        stage_filed_file="الرسالة.pdf",
    )
    counts, errors = run(path, archive=files)
    assert (counts.created, errors) == (1, [])
    page = PracticePage.objects.get()
    assert page.stages.get().document.file.read() == PDF
    assert [row.document.title for row in page.evidence.all()] == ["صورة", "مذكرة"]
    assert all(path.parent.name == "documents" for path in stored(tmp_path))
    run(path, archive=files)
    assert get_document_model().objects.count() == 3


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ([("a.pdf", PDF)], "b.pdf"),
        ([("a/plan.pdf", PDF), ("b/plan.pdf", PDF + b"2")], "plan.pdf"),
        ([("a.pdf", PNG)], "a.pdf"),
        ([("a.jpg", DOCX)], "a.jpg"),
        ([("a.html", b"<script>1</script>")], "a.html"),
        ([("a.exe", b"MZ\0\0")], "a.exe"),
        ([("a.pdf", b"")], "a.pdf"),
        ([("a.txt", b"0" * 50_000_001)], "a.txt"),
        ([("a.pdf", PDF)], "../a.pdf\0"),
    ],
)
def test_each_file_that_cannot_be_taken_is_told_at_its_row(library, tmp_path, members, name):
    path = write(tmp_path / "a.jsonl", evidence=[f"file:{name}"], evidence_titles_ar=["x"])
    counts, errors = run(path, archive=archive(tmp_path, *members))
    if name.endswith("\0"):  # what no file can carry is taken away, and the folder above the archive means nothing
        assert (counts.created, errors) == (1, [])
        return
    assert [(error.row, error.column, bool(error.message)) for error in errors] == [(1, "evidence", True)]
    assert stored(tmp_path) == []


def test_files_of_one_name_are_told_apart_by_their_folder(library, tmp_path):
    files = archive(tmp_path, ("a/plan.pdf", PDF), ("b/plan.pdf", PDF + b"2"))
    run(write(tmp_path / "a.jsonl", evidence=["file:b/plan.pdf"], evidence_titles_ar=["x"]), archive=files)
    assert PracticePage.objects.get().evidence.get().document.file.read() == PDF + b"2"


def test_a_check_stores_no_file_and_makes_no_organisation(library, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 1)
    files = archive(tmp_path, ("a.pdf", PDF))
    named = {"evidence": ["file:a.pdf"], "evidence_titles_ar": ["x"], "organisations": ["جمعية جديدة"]}
    path = write(tmp_path / "a.jsonl", *({"external_id": str(number), **named} for number in range(3)))
    counts, errors = run(path, archive=files, dry_run=True, create_organisations=True)
    assert (counts.created, errors) == (3, [])
    assert (stored(tmp_path), get_document_model().objects.count(), Organisation.objects.count()) == ([], 0, 0)
    run(write(tmp_path / "b.jsonl", *({"external_id": str(number)} for number in range(3))))
    counts, errors = run(path, archive=files, dry_run=True, create_organisations=True)
    assert (counts.updated, errors) == (3, [])
    counts, errors = run(path, archive=files, create_organisations=True)
    assert (counts.updated, errors) == (3, [])
    assert (len(stored(tmp_path)), Organisation.objects.count()) == (1, 1)


def test_a_batch_that_fails_leaves_no_file_behind(library, tmp_path, monkeypatch):
    def fail(*_args):
        raise ValueError

    monkeypatch.setattr(importing.bulk, "create", fail)
    path = write(tmp_path / "a.jsonl", evidence=["file:a.pdf"], evidence_titles_ar=["x"])
    counts, errors = run(path, archive=archive(tmp_path, ("a.pdf", PDF)))
    assert (counts.refused, len(errors), stored(tmp_path)) == (1, 1, [])


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 broken"])
def test_an_archive_that_is_none(library, tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(FileError):
        run(write(tmp_path / "a.jsonl"), archive=tmp_path / "x.zip")


def test_an_organisation_that_another_import_made_meanwhile_is_not_made_twice(library, tmp_path):
    path = write(tmp_path / "a.jsonl", organisations=["جمعية جديدة"])

    def meanwhile(_counts):
        if Organisation.objects.count() == 1:
            run(write(tmp_path / "c.jsonl", {"external_id": "c", "organisations": ["جمعية أخرى"]}), create_organisations=True)

    rows = [{"external_id": "essai-1"}, {"external_id": "essai-1", "organisations": ["جمعية أخرى"]}]
    path = write(tmp_path / "a.jsonl", *rows, organisations=["جمعية جديدة"])
    errors = []
    job = Job(path, importing.Options(create_organisations=True), publish=True)
    import_practices(job, errors.append, meanwhile)
    assert errors == []
    assert Organisation.objects.count() == 2


def test_what_was_cut_off_goes_on_where_it_stood(library, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    path = write(tmp_path / "a.jsonl", *({"external_id": str(number)} for number in range(5)))
    cut = import_practices(Job(path, publish=True), lambda error: None, stopped=lambda: True)
    assert (cut.created, PracticePage.objects.count()) == (2, 2)
    counts, errors = run(path)
    assert (counts.created, counts.unchanged, errors) == (3, 2, [])


def test_errors_name_the_columns_of_a_mapped_file(library, tmp_path):
    mapping = mapping_of(
        '[fields]\nexternal_id="N°"\ntitle="Intitulé"\nproblem="Détail"\nterritory="Lieu"\n[constants]\ninstrument="petition"\n'
        'themes="environment"\n[refuse."Sorte"]\nAvis={fr="Un avis.", ar="رأي."}\n[options]\nlanguage="fr"\n'
    )
    path = tmp_path / "a.csv"
    path.write_text(
        "Relevé 2020;;;;\nn° ;INTITULÉ;Détail;Lieu;Sorte\n1;a;b;99.1;x\n2;a;;99.1;x\n3;a;b;ici;x\n4;a;b;99.1;Avis\n", "utf-8"
    )
    counts, errors = run(path, mapping=mapping)
    assert counts.created == 1
    assert [(error.row, error.column, error.value) for error in errors] == [
        (5, "Lieu → territory", "ici"),
        (6, "Sorte", "Avis"),
        (4, "Détail → problem_fr", ""),
    ]


@pytest.mark.parametrize("text", ["fields = 1", "[fields]\ntitle = 5", "[refuse]\nkind = 'x'", "[options]\ncut = 'title'", "a"])
def test_a_mapping_that_is_written_wrongly_is_told(text):
    with pytest.raises(FileError):
        mapping_of(text)


def test_unknown_columns_are_told_and_doubled_ones_refused(library, tmp_path):
    counts, errors = run(write(tmp_path / "a.jsonl", {"remarque": "x", "Title-AR": "y"}))
    assert counts.left_out == ["remarque"]
    assert [error.column for error in errors] == ["Title-AR"]


def test_an_outcome_that_its_stages_contradict_is_refused(library, tmp_path):
    stages = {"stage_filed_on": "2019-05-01", "stage_rejected_on": "2019-06-01", "outcome": "accepted"}
    assert [error.column for error in run(write(tmp_path / "a.jsonl", **stages))[1]] == ["outcome"]


def test_a_workbook_is_imported_from_the_cms(library, tmp_path, facilitator, client):
    book = Workbook()
    for row in (["Bilan"], [*ROW, "remarque"], [*ROW.values(), "x"]):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    made = ImportRun.objects.create(
        file=ContentFile(buffer.getvalue(), name="a.xlsx"),
        name="a.xlsx",
        publish=True,
        created_by=facilitator,
        reader_language="fr",
    )
    for state in (ImportState.CHECKING, ImportState.RUNNING):
        ImportRun.objects.update(state=state)
        runs.perform(made.pk)
        made.refresh_from_db()
        assert (made.message, made.counts["created"], made.counts["left_out"]) == ("", 1, ["remarque"])
    client.force_login(facilitator)
    assert "remarque" in client.get(f"/cms/practices/imports/{made.pk}/").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_documents_go_round(library, tmp_path, kind):
    files = archive(tmp_path, ("a.pdf", PDF), ("b.png", PNG))
    row = {
        **{"evidence": ["file:b.png", "https://example.org/" + "%D8%A7" * 100, ""], "evidence_titles_ar": ["ب", "ت", "ث"]},
        **{
            "stage_filed_on": "2019-05-01",
            "stage_filed_file": "a.pdf",
            "title_fr": "0012",
            "problem_fr": "=1+1",
            "credit": "007",
        },
        **{"institutionalised_on": str(datetime.date(2020, 2, 29)), "problem_ar": "<blink>x</blink>\n\n<p onclick='1'>y"},
    }
    _counts, errors = run(write(tmp_path / "a.jsonl", row), archive=files)
    assert errors == []
    before = exported()
    write_as(before, tmp_path / f"b.{kind}", kind)
    empty()
    _counts, errors = run(tmp_path / f"b.{kind}")
    assert errors == []
    assert exported() == before
    assert json.dumps(before)
    assert default_storage.exists("documents/a.pdf")


def test_practices_of_one_title_have_addresses_of_their_own_from_batch_to_batch(library, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 1)
    run(write(tmp_path / "a.jsonl", *({"external_id": str(number)} for number in range(3))))
    assert len(set(PracticePage.objects.values_list("slug", flat=True))) == 3


def test_the_page_of_an_import_asks_again_by_itself(library, facilitator, client):
    made = ImportRun.objects.create(file=ContentFile(b"x", name="a.csv"), name="a.csv", reader_language="fr")
    ImportRun.objects.update(moved_at=timezone.now())
    client.force_login(facilitator)
    text = client.get(f"/cms/practices/imports/{made.pk}/").content.decode()
    assert 'hx-trigger="every 2s"' in text
    assert "django_htmx/htmx" in text
