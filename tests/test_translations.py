"""Every string of the interface, in our code and templates, is written in Arabic and in French."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.checkers import python_format
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

ROOT = Path(settings.BASE_DIR)
LAZY = {
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
FORMS = {"ar": 6, "fr": 2}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")

both = pytest.mark.parametrize("language", FORMS)


@cache
def messages():
    """Return {(context, singular): (plural or None, places)} as `babel.cfg` says where to look."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream)
    found = {}
    extracted = extract_from_dir(
        ROOT, methods, options, keywords={**DEFAULT_KEYWORDS, **LAZY}, directory_filter=lambda path: True
    )
    for file, line, message, _comments, context in extracted:
        singular, plural = message if isinstance(message, tuple) else (message, None)
        known = found.setdefault((context, singular), [plural, []])
        known[0] = known[0] or plural
        known[1].append(f"{file}:{line}")
    return found


@cache
def catalogue(language):
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as stream:
        return read_po(stream, locale=language)


def translation_of(language, key):
    context, singular = key
    return catalogue(language).get(singular, context)


def strings(message):
    """Return the translations of a message, one or one for each plural form."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def named(text):
    return Counter(match[0] for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def test_strings_of_code_and_templates_are_found():
    places = {place.split(":")[0].split("/")[0] for _plural, where in messages().values() for place in where}
    assert {"templates", "portal", "good_practices", "sessions", "search"} <= places
    assert (None, "Skip to the content") in messages()
    assert (None, "Where a session stands at a given moment.") not in messages()
    assert not any("tests" in place or ".venv" in place for _plural, where in messages().values() for place in where)


@both
def test_every_string_is_translated(language):
    missing = {}
    for key, (_plural, places) in messages().items():
        message = translation_of(language, key)
        if message is None or message.fuzzy or not all(text.strip() for text in strings(message)):
            missing[key[1]] = places[0]
    assert missing == {}


@both
def test_every_plural_is_complete(language):
    wrong = {}
    for key, (plural, places) in messages().items():
        message = translation_of(language, key)
        if message is not None and plural is not None and len(strings(message)) != FORMS[language]:
            wrong[key[1]] = (len(strings(message)), places[0])
    assert wrong == {}


@both
def test_translations_bear_the_same_placeholders(language):
    """A plural form may leave its number out ("one comment"), and nothing else."""
    wrong = {}
    for key, (plural, _places) in messages().items():
        message = translation_of(language, key)
        for text in strings(message) if message is not None else ():
            given, asked = named(text), named(plural or key[1])
            if given - asked or (asked - given and plural is None):
                wrong[key[1]] = text
    assert wrong == {}


@both
def test_babel_finds_no_fault_with_formats(language):
    checked = [python_format(None, message) for message in catalogue(language) if message.id and not message.pluralizable]
    assert len(checked) > 300  # `python_format` raises TranslationError where it finds one


@both
def test_leading_and_trailing_line_ends_agree(language):
    for key in messages():
        message = translation_of(language, key)
        for text in strings(message) if message is not None else ():
            assert text.startswith("\n") == key[1].startswith("\n"), key
            assert text.endswith("\n") == key[1].endswith("\n"), key


@both
def test_the_catalogue_holds_nothing_that_nobody_says(language):
    said = {singular for _context, singular in messages()}
    stale = [message.id for message in catalogue(language) if message.id and _singular(message) not in said]
    assert stale == []


def _singular(message):
    return message.id[0] if isinstance(message.id, tuple) else message.id


def test_arabic_is_written_in_arabic_letters():
    latin = {
        key[1]: text
        for key in messages()
        for text in strings(translation_of("ar", key))
        if not re.search("[\u0621-\u064a]", text)
    }
    latin = {source: text for source, text in latin.items() if re.search("[a-z]", re.sub(PLACEHOLDER, "", text), re.IGNORECASE)}
    assert latin == {}


@both
def test_the_compiled_catalogue_is_that_of_the_text(language):
    """A `.mo` that lags behind its `.po` would show English."""
    with override(language):
        for key, (plural, _places) in messages().items():
            if key[0] is None and plural is None and not key[1].startswith("\n"):
                expected = strings(translation_of(language, key))[0]
                assert gettext(key[1]) == expected, key[1]


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (103, 3)],
)
def test_arabic_counts_with_its_six_forms(number, form):
    source = ("%(total)s result", "%(total)s results")
    with override("ar"):
        assert ngettext(*source, number) == strings(translation_of("ar", (None, source[0])))[form]
