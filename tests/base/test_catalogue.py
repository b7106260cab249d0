"""The interface's strings, as they are found in templates."""

from io import BytesIO

import pytest
from django.template import Context, Engine

from portal.base.catalogue import extract_template


def found(source):
    """Return (function, message) of each string in `source`."""
    return [(function, message) for _line, function, message, _comments in extract_template(BytesIO(source.encode()), [], [], {})]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "Save" %}', ("gettext", "Save")),
        ("{% trans 'Save' %}", ("gettext", "Save")),
        ('{% translate "Save" as label %}', ("gettext", "Save")),
        ("""{% translate "It's here" %}""", ("gettext", "It's here")),
        (r'{% translate "Say \"yes\"" %}', ("gettext", 'Say "yes"')),
        ('{% translate "May" context "month" %}', ("pgettext", ("month", "May"))),
        ("""{% translate "May" context 'month' as m %}""", ("pgettext", ("month", "May"))),
        ('{{ who|default:_("Nobody") }}', ("gettext", "Nobody")),
        ('{% include "a.html" with title=_("Moderation") %}', ("gettext", "Moderation")),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", ("gettext", "Hello %(name)s")),
        ("{% blocktrans %}100 %{% endblocktrans %}", ("gettext", "100 %%")),
        ("{% blocktranslate trimmed %}\n  One\n  two\n{% endblocktranslate %}", ("gettext", "One two")),
        ('{% blocktranslate context "verb" %}Open{% endblocktranslate %}', ("pgettext", ("verb", "Open"))),
        (
            "{% blocktranslate count n=x %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            ("ngettext", ("%(n)s day", "%(n)s days")),
        ),
        (
            "{% blocktranslate count n=x context 'age' trimmed %}\n {{ n }} day{% plural %} {{ n }} days{% endblocktranslate %}",
            ("npgettext", ("age", "%(n)s day", "%(n)s days")),
        ),
    ],
)
def test_one_string(source, expected):
    assert found(source) == [expected]


@pytest.mark.parametrize("source", ["plain text", "{# {% translate 'no' %} #}", "{{ name }}", "{% translate variable %}", ""])
def test_no_string(source):
    assert found(source) == []


def test_several_strings_of_one_tag():
    assert found('{% pairs a _("Home") b _("Good practices") as way %}') == [("gettext", "Home"), ("gettext", "Good practices")]


def test_a_constant_inside_blocktranslate_is_found_beside_its_text():
    source = '{% blocktranslate with who=name|default:_("Nobody") %}By {{ who }}{% endblocktranslate %}'
    assert found(source) == [("gettext", "Nobody"), ("gettext", "By %(who)s")]


def test_strings_bear_their_line():
    source = BytesIO(b'a\n\n{% translate "Save" %}')
    assert [message[0] for message in extract_template(source, [], [], {})] == [3]


@pytest.mark.parametrize(
    "source",
    ['{% translate "100 % sure" %}', '{{ x|default:_("100 % sure") }}', "{% blocktranslate %}100 % sure{% endblocktranslate %}"],
)
def test_a_percent_sign_is_found_as_django_asks_for_it(source, monkeypatch):
    asked = []
    monkeypatch.setattr("django.template.base.gettext_lazy", lambda text: asked.append(text) or text)
    monkeypatch.setattr("django.templatetags.i18n.translation.gettext", lambda text: asked.append(text) or text, raising=False)
    Engine(libraries={"i18n": "django.templatetags.i18n"}, builtins=["django.templatetags.i18n"]).from_string(source).render(
        Context()
    )
    assert [message for _function, message in found(source)] == asked == ["100 %% sure"]
