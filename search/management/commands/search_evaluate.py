"""`manage.py search_evaluate`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import EngineUnavailableError
from search.evaluation import ENGINES, as_json, evaluate


class Command(BaseCommand):
    """Measure how well questions find their documents."""

    help = "Index documents in a throw-away index, run queries and print MRR@10, recall@10 and times as one JSON object."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--documents", type=Path, required=True, help="JSON Lines with id, t (title), c (text)")
        parser.add_argument("--queries", type=Path, required=True, help="JSON Lines with id, q, rel (the id to find)")
        parser.add_argument("--engine", choices=sorted(ENGINES), default="embedded")
        parser.add_argument("--ranks", type=Path, help="write a JSON line for each query: id, rank")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report, ranks = evaluate(options["documents"], options["queries"], options["engine"])
            if options["ranks"]:
                options["ranks"].write_text("".join(f"{as_json(rank)}\n" for rank in ranks), encoding="utf-8")
        except KeyError as error:
            raise CommandError(f"A line lacks the field {error}.") from error
        except (OSError, ValueError, EngineUnavailableError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(as_json(report))
