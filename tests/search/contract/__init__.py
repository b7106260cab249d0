"""What every engine does. A test class per engine gives the `engine` fixture: a new engine with an empty index."""

import pytest

from search.engines import Change
from search.query import SearchQuery
from tests.search.contract.bad_texts import BAD_TEXTS, script_samples
from tests.search.contract.enduring import EnduringContract
from tests.search.contract.helping import HelpingContract
from tests.search.contract.making import document, fill, keys, stems_of
from tests.search.contract.narrowing import NarrowingContract
from tests.search.contract.updating import UpdatingContract
from tests.search.contract.words import WordsContract

__all__ = ["BAD_TEXTS", "EngineContract", "document", "fill", "keys", "script_samples", "stems_of"]


class EngineContract(WordsContract, NarrowingContract, UpdatingContract, HelpingContract, EnduringContract):
    """Tests of an engine through its protocol alone, one part for each topic."""

    @pytest.fixture
    def indexed(self, engine):
        """A function that indexes documents as one update."""
        versions = iter(range(100, 10_000))

        def index(*documents):
            version = next(versions)
            engine.apply([Change(document.key, version, document) for document in documents])

        return index

    @pytest.fixture
    def found(self, engine):
        """A function that returns the keys found for a text."""
        return lambda text, **options: keys(engine.search(SearchQuery(text, **options)))
