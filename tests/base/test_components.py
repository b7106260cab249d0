"""The components' props, the template library, and what the style sheets promise."""

import datetime
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from portal.base import components, icons
from portal.base.languages import translations

STATIC = Path(icons.__file__).parent.parent / "static" / "portal"
SHEETS = sorted((STATIC / "css").glob("*.css"))
PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunken"),
    ("link", "paper"),
    ("link", "surface"),
    ("link-hover", "paper"),
    ("brick", "paper"),
    ("brick", "surface"),
    ("brick", "sunken"),
    ("on-tile", "tile"),
    ("on-tile-soft", "tile"),
    ("on-tile-soft", "tile-deep"),
    ("on-saffron", "saffron"),
    ("on-button", "button"),
    ("on-button", "button-hover"),
    ("on-mark", "mark"),
    *((f"{tone}-ink", f"{tone}-ground") for tone in components.TONES),
]


def draw(source, **context):
    return Template(source).render(Context(context))


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_a_component_draws_its_props():
    assert draw('{% component "badge" text=words tone="good" %}', words="<b>Done") == (
        '<span class="badge badge--good">&lt;b&gt;Done</span>\n'
    )


@pytest.mark.parametrize(
    ("name", "props", "message"),
    [
        ("badge", {"text": "x", "colour": "red"}, r'component "badge" has no prop "colour"; it takes "text", "tone"'),
        ("badge", {}, r'component "badge" needs the prop "text"'),
        ("timeline", {"steps": []}, r'no prop "steps"; it takes "stages"'),
    ],
)
def test_unknown_and_missing_props_are_refused(name, props, message):
    with pytest.raises(TypeError, match=message):
        components.build(name, props)


def test_a_component_that_does_not_exist_is_refused_with_the_names_of_those_that_do():
    with pytest.raises(LookupError, match=r'no component "bagde"; there are icon, badge'):
        components.build("bagde", {})


@pytest.mark.parametrize("name", ["badge", "notice"])
def test_an_unknown_tone_is_refused(name):
    with pytest.raises(ValueError, match='"red" is no tone'):
        components.build(name, {"text": "x", "tone": "red"})


@pytest.mark.parametrize("name", components.component_names())
def test_every_component_says_what_it_is_and_has_its_template(name):
    component = components._registry[name]
    assert not component.__doc__.startswith(component.__name__)  # a sentence of its own, not the dataclass's signature
    templates = Path(icons.__file__).parent.parent.parent / "templates"
    assert name == "icon" or (templates / component.template_name).is_file()


def test_an_icon_is_hidden_from_screen_readers_and_turns_only_where_it_points():
    assert 'aria-hidden="true"' in icons.icon_svg("place")
    assert "icon--turned" not in icons.icon_svg("place")
    assert "icon--turned" in icons.icon_svg("arrow")
    assert icons.ICONS.keys() >= icons.MIRRORED
    with pytest.raises(ValueError, match='no icon "nothing"'):
        components.build("icon", {"name": "nothing"})


def test_the_drawn_files_are_those_that_the_geometry_gives():
    assert (STATIC / "img" / "zellige.svg").read_text() == icons.zellige_tile()
    assert (STATIC / "img" / "favicon.svg").read_text() == icons.favicon()


def test_the_star_has_sixteen_corners_of_right_angles():
    corners = icons.khatam(50, 50)
    assert len(corners) == 16
    (x0, y0), (x1, y1), (x2, y2) = corners[15], corners[0], corners[1]
    assert (x0 - x1) * (x2 - x1) + (y0 - y1) * (y2 - y1) == pytest.approx(0, abs=1e-9)


def test_a_timeline_gives_each_stage_its_date_for_machines_and_people():
    stage = SimpleNamespace(kind="filed", get_kind_display="Filed", date=datetime.date(2019, 6, 18), note="At the council <1>")
    drawn = draw('{% component "timeline" stages=stages %}', stages=[stage])
    assert '<time class="timeline__date" datetime="2019-06-18">18 June 2019</time>' in drawn
    assert "&lt;1&gt;" in drawn


def _slot(state, number=1):
    starts = datetime.datetime(2020, 11, 22 + number, 10, tzinfo=datetime.UTC)
    session = SimpleNamespace(state=state, title=f"Session {number}", url=f"/en/sessions/{number}/")
    return SimpleNamespace(session=session, starts=starts, ends=starts + datetime.timedelta(hours=1))


class State(str):
    label = property(lambda self: f"<{self}>")


@pytest.mark.parametrize(
    ("states", "expected", "coming"),
    [
        (["over", "live", "to-come"], "live", 2),
        (["over", "to-come"], "to-come", 2),
        (["over", "recorded", "over"], "recorded", None),
        (["over", "over"], "over", None),
    ],
)
def test_the_workshop_card_tells_what_is_on(states, expected, coming):
    days = [
        SimpleNamespace(date=datetime.date(2020, 11, 22 + number), slots=[_slot(State(state), number)])
        for number, state in enumerate(states, 1)
    ]
    workshop = SimpleNamespace(pk=1, title="The workshop", get_url=lambda request: "/en/sessions/")
    card = components.build("card_workshop", {"workshop": workshop, "days": days})
    context = card.get_context_data({})
    assert context["state"] == expected
    assert (context["coming"].session.title if context["coming"] else None) == (f"Session {coming}" if coming else None)
    assert "/en/sessions/#day-2020-11-23" in card.render_html({})


class AddressForm(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="Nobody sees it.")
    next = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_wrong_field_is_tied_to_its_help_and_error_and_summarised_above():
    drawn = draw('{% component "form_fields" form=form %}', form=AddressForm({"email": "<nowhere>"}))
    assert 'aria-describedby="id_email_helptext id_email_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_email_helptext"' in drawn
    assert 'id="id_email_error"' in drawn
    assert 'role="alert"' in drawn
    assert '<a href="#id_email">E-mail</a>' in drawn
    assert drawn.count('name="next"') == 1


def test_a_form_that_is_right_has_no_summary():
    assert "error-summary" not in draw('{% component "form_fields" form=form %}', form=AddressForm())


def test_dates_and_moments():
    moment = datetime.datetime(2020, 11, 23, 9, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
    assert (
        draw("{{ m|localtime }} {{ m|iso }} {{ m|localdate:'short' }}", m=moment) == "09:05 2020-11-23T09:05:00+01:00 23 Nov 2020"
    )
    assert draw("{{ m|localtime }}{{ m|localdate }}{{ m|iso }}", m=None) == ""
    with translation.override("ar"):
        assert draw("{{ m|localdate }}", m=moment) == "23 نونبر 2020"


def _links(path, tag="language_links", **context):
    one = "{{ link.language }}={{ link.page_url|safe }}{% if link.current %}*{% endif %} "
    source = f"{{% {tag} as links %}}{{% for link in links %}}{one}{{% endfor %}}"
    return draw(source, request=RequestFactory().get(path), **context).split()


def test_outside_pages_the_language_changes_at_the_front_of_the_address_and_the_question_stays():
    assert _links("/en/search/?q=eau&theme=water") == [
        "ar=/ar/search/?q=eau&theme=water",
        "fr=/fr/search/?q=eau&theme=water",
        "en=/en/search/?q=eau&theme=water*",
    ]


def test_an_address_without_a_language_leads_home():
    assert _links("/nowhere/") == ["ar=/ar/", "fr=/fr/", "en=/en/*"]


def test_a_page_leads_to_its_translations_only():
    known = translations({"ar": "/ar/a/", "en": "/en/a/"}, "en")
    assert _links("/en/a/?x=1", translations=known) == ["ar=/ar/a/?x=1", "fr=None", "en=/en/a/?x=1*"]
    assert _links("/en/a/?x=1", tag="language_alternates", translations=known) == [
        "ar=http://testserver/ar/a/",
        "en=http://testserver/en/a/*",
    ]


def test_the_switch_says_which_page_is_not_translated():
    links = translations({"ar": "/ar/a/", "en": "/en/a/"}, "en")
    drawn = draw('{% component "language_switch" links=links %}', links=links)
    assert 'href="?untranslated=fr"' in drawn
    assert "not translated" in drawn
    assert drawn.count("aria-current") == 1


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_style_sheets_know_no_left_and_right(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert not re.search(r"\b(left|right)\b", text)
    assert not re.search(r"(?<![-\w])(margin|padding|border)-(top|bottom)\b|(?<![-\w])(width|height)\s*:", text)
    assert "http" not in text.replace('a[href^="http"]', "")


EVERYWHERE = {"tokens.css", "base.css", "components.css", "pages.css", "print.css"}


def test_style_sheets_are_light():
    assert sum(sheet.stat().st_size for sheet in SHEETS if sheet.name in EVERYWHERE) < 45_000
    assert {sheet.name for sheet in SHEETS if sheet.name not in EVERYWHERE and sheet.stat().st_size >= 8_000} == set()


def _tokens(block):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", block))


def _luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_seven_to_one_on_every_ground(scheme):
    light, dark = (STATIC / "css" / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    tokens = {**_tokens(light), **(_tokens(dark) if scheme == "dark" else {})}
    low = {pair: round(_contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 7} == {}
    drawn = [("line-strong", "surface"), ("thread", "paper"), ("focus", "paper")]
    assert {pair for pair in drawn if _contrast(tokens[pair[0]], tokens[pair[1]]) < 3} == set()
