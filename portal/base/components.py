"""The parts that pages are made of: each declares its props and refuses any other.

A component is a dataclass whose fields are its props; `templates/components/<name>.html` draws it. In a template:
`{% component "badge" text=_("Live now") tone="live" %}`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, TypeVar

from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString
from laces.components import Component

from portal.base.icons import ICONS, icon_svg
from portal.base.languages import Translation, direction, locale_code
from portal.base.memory import remembered

TONES = ("neutral", "info", "good", "warn", "bad", "live")

_TONE_OF = {
    "under_way": "info",
    "accepted": "good",
    "partly_accepted": "warn",
    "rejected": "bad",
    "carried_out": "good",
    "to-come": "info",
    "live": "live",
    "over": "neutral",
    "recorded": "good",
    "cancelled": "bad",
}

_registry: dict[str, type[PortalComponent]] = {}
_Class = TypeVar("_Class", bound="type[PortalComponent]")


class PortalComponent(Component):
    """A component whose template knows its props, and nothing else of the page unless it says so."""

    prop_names: ClassVar[tuple[str, ...]] = ()
    required_props: ClassVar[frozenset[str]] = frozenset()

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the props by name."""
        return {name: getattr(self, name) for name in self.prop_names}


def register(name: str) -> Callable[[_Class], _Class]:
    """Make a dataclass known to templates as `name`, drawn by `components/<name>.html`."""

    def enter(component: _Class) -> _Class:
        declared = fields(component)
        component.template_name = f"components/{name}.html"
        component.prop_names = tuple(prop.name for prop in declared)
        component.required_props = frozenset(
            prop.name for prop in declared if prop.default is MISSING and prop.default_factory is MISSING
        )
        _registry[name] = component
        return component

    return enter


def component_names() -> list[str]:
    """Return the names of all components, in the order in which they are declared."""
    return list(_registry)


def build(name: str, props: Mapping[str, Any]) -> PortalComponent:
    """Return the component `name` with `props`.

    Raises LookupError where there is no such component, TypeError where a prop is unknown or missing.
    """
    if name not in _registry:
        raise LookupError(f'there is no component "{name}"; there are {", ".join(_registry)}')
    component = _registry[name]
    declared = component.prop_names
    if unknown := props.keys() - set(declared):
        raise TypeError(f'component "{name}" has no prop {_quoted(unknown)}; it takes {_quoted(declared) or "none"}')
    if missing := component.required_props - props.keys():
        raise TypeError(f'component "{name}" needs the prop {_quoted(missing)}')
    return component(**props)


def tone_of(value: object) -> str:
    """Return the tone in which the value of an outcome or of a state in time is shown."""
    return _TONE_OF.get(str(value), "neutral")


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in sorted(names))


def _check_tone(tone: str) -> None:
    if tone not in TONES:
        raise ValueError(f'"{tone}" is no tone; there are {_quoted(TONES)}')


def _page_address(page: Any, parent_context: Any) -> str:
    """Return the address of a Wagtail page, made once for each version of the content."""
    request = (parent_context or {}).get("request")
    host = request.get_host() if request else ""
    return remembered(("address", host, page.pk), lambda: page.get_url(request) or "")


@register("icon")
@dataclass(frozen=True)
class Icon(PortalComponent):
    """A small drawing beside words. It has no template: its SVG is made once and kept."""

    name: str

    def __post_init__(self) -> None:
        if self.name not in ICONS:
            raise ValueError(f'there is no icon "{self.name}"')

    def render_html(self, parent_context: Any = None) -> SafeString:
        """Return the icon as inline SVG."""
        return icon_svg(self.name)


@register("badge")
@dataclass(frozen=True)
class Badge(PortalComponent):
    """A word or two on where something stands. The tone adds to the text and never replaces it."""

    text: str
    tone: str = "neutral"

    def __post_init__(self) -> None:
        _check_tone(self.tone)


@register("notice")
@dataclass(frozen=True)
class Notice(PortalComponent):
    """A sentence set apart. `role` is "status" or "alert" where it must be announced."""

    text: str
    tone: str = "info"
    role: str = ""

    def __post_init__(self) -> None:
        _check_tone(self.tone)


@register("illustrative_notice")
@dataclass(frozen=True)
class IllustrativeNotice(PortalComponent):
    """Says that what follows is an invented example, and leads to the page on it.

    `thing`: organisation, practice, session, speaker or workshop.
    """

    thing: str = "practice"


@register("moment_bar")
@dataclass(frozen=True)
class MomentBar(PortalComponent):
    """Says that the portal is shown at another moment, and lets one choose it: `preview` is a `PreviewedMoment`."""

    preview: Any


@register("zellige")
@dataclass(frozen=True)
class Zellige(PortalComponent):
    """A band or a field of eight-pointed stars (a CSS mask of `img/zellige.svg`). `form`: band or field."""

    form: str = "band"


@register("page_header")
@dataclass(frozen=True)
class PageHeader(PortalComponent):
    """The head of a page. `illustrative` is "" or the thing that is illustrative (`IllustrativeNotice`)."""

    title: str
    summary: str = ""
    kicker: str = ""
    illustrative: str = ""


@register("breadcrumb")
@dataclass(frozen=True)
class Breadcrumb(PortalComponent):
    """The way back: pairs of address and name, the nearest last; the page itself is not in it."""

    links: Sequence[tuple[str, str]]


@register("language_switch")
@dataclass(frozen=True)
class LanguageSwitch(PortalComponent):
    """The languages of the portal, each in its own words (`{% language_links as links %}`)."""

    links: Sequence[Translation]


@register("figures")
@dataclass(frozen=True)
class Figures(PortalComponent):
    """Key figures, each with its source and date: items with value, label, source and as_of."""

    items: Sequence[Any]


@register("timeline")
@dataclass(frozen=True)
class Timeline(PortalComponent):
    """Dated stages in their order: items with get_kind_display, kind, date and note."""

    stages: Sequence[Any]


@register("card_practice")
@dataclass(frozen=True)
class CardPractice(PortalComponent):
    """A good practice in a list (load it with `for_cards`). `level` is that of its heading."""

    practice: Any
    level: int = 3

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the props, the practice's address, language and direction."""
        language = locale_code(self.practice.locale_id)
        own = {"url": _page_address(self.practice, parent_context), "language": language, "direction": direction(language)}
        return {**super().get_context_data(parent_context), **own}


@register("card_workshop")
@dataclass(frozen=True)
class CardWorkshop(PortalComponent):
    """What is on: the workshop, its days, and the session that is live or comes next."""

    workshop: Any
    days: Sequence[Any]
    intro: str = ""

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the props, the workshop's address, its state and the slot to look at."""
        slots = [slot for day in self.days for slot in day.slots]
        by_state: dict[str, list[Any]] = {}
        for slot in slots:
            by_state.setdefault(str(slot.session.state), []).append(slot)
        coming = by_state.get("live") or by_state.get("to-come") or []
        shown = coming[0] if coming else (by_state.get("recorded") or slots or [None])[-1]
        own = {
            "url": _page_address(self.workshop, parent_context),
            "state": shown.session.state if shown else None,
            "coming": coming[0] if coming else None,
            "dates": _span([day.date for day in self.days]),
        }
        return {**super().get_context_data(parent_context), **own}


@register("field")
@dataclass(frozen=True)
class Field(PortalComponent):
    """A field of a form: label, help and errors, tied to the control by `aria-describedby`."""

    field: BoundField

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the field, without the placeholders of allauth, which say the label a second time."""
        widget = self.field.field.widget
        if getattr(widget, "input_type", "") in {"email", "password"}:
            widget.attrs.pop("placeholder", None)
        return super().get_context_data(parent_context)


@register("form_fields")
@dataclass(frozen=True)
class FormFields(PortalComponent):
    """All fields of a form, under a summary of what is wrong that leads to each of them."""

    form: BaseForm
    skip: Sequence[str] = field(default_factory=tuple)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the fields that are seen, those that are hidden, and those that are wrong."""
        visible = [one for one in self.form.visible_fields() if one.name not in self.skip]
        hidden = [one for one in self.form.hidden_fields() if one.name not in self.skip]
        wrong = [one for one in visible if one.errors]
        return {**super().get_context_data(parent_context), "visible": visible, "hidden": hidden, "wrong": wrong}


def _span(dates: Sequence[datetime.date]) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day, None where there is none."""
    return (dates[0], dates[-1]) if dates else None
