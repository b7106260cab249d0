"""The figures of an evaluation are those of the site's own search."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.evaluation import guess_language

pytestmark = pytest.mark.django_db  # the glossary of the site


def write(path, *lines):
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    return str(path)


@pytest.mark.django_db
def test_figures_and_ranks(tmp_path, capsys):
    documents = write(
        tmp_path / "d.jsonl",
        {"id": 1, "t": "", "c": "عرائض المواطنين \u2028 والمواطنات"},
        {"id": "b", "t": "Budget", "c": "le budget de la commune, le budget"},
        {"id": 3, "t": "", "c": "un autre budget, avec beaucoup d'autres mots encore pour la longueur"},
    )
    queries = write(
        tmp_path / "q.jsonl",
        {"id": 7, "q": "عريضة", "rel": 1},
        {"id": "x", "q": "budgets ?", "rel": 3},
        {"id": 9, "q": "inconnu", "rel": "b"},
    )

    call_command("search_evaluate", documents=Path(documents), queries=Path(queries), ranks=tmp_path / "ranks")

    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"documents", "queries", "mrr10", "recall10", "p50_ms", "p95_ms", "build_s", "index_bytes"}
    assert (report["documents"], report["queries"], report["mrr10"], report["recall10"]) == (3, 3, 0.5, 0.6667)
    assert [json.loads(line) for line in (tmp_path / "ranks").read_text().splitlines()] == [
        {"id": 7, "rank": 1},
        {"id": "x", "rank": 2},
        {"id": 9, "rank": None},
    ]


@pytest.mark.parametrize("line", ["nonsense", "{}", '{"id": 1}'])
def test_a_file_that_is_not_a_collection_is_one_clear_line(tmp_path, line):
    (tmp_path / "d.jsonl").write_text(line)

    with pytest.raises(CommandError):
        call_command("search_evaluate", documents=tmp_path / "d.jsonl", queries=tmp_path / "d.jsonl")


@pytest.mark.parametrize(
    ("text", "language"),
    [("قال محمد في Rabat", "ar"), ("La commune de Tiznit et ses habitants", "fr"), ("The council of the city", "en"), ("", "fr")],
)
def test_the_language_of_a_text_is_guessed(text, language):
    assert guess_language(text) == language


def test_the_glossary_and_the_speller_are_part_of_it(tmp_path, capsys):
    documents = write(
        tmp_path / "d.jsonl",
        {"id": 1, "t": "", "c": "تعميم النقل المدرسي بالدواوير"},
        {"id": 2, "t": "", "c": "la redevance de stationnement"},
    )
    queries = write(
        tmp_path / "q.jsonl",
        {"id": 1, "q": "transports scolaires", "rel": 1},
        {"id": 2, "q": "stationnemant", "rel": 2},
    )
    call_command("search_evaluate", documents=Path(documents), queries=Path(queries))

    assert json.loads(capsys.readouterr().out)["mrr10"] == 1.0
