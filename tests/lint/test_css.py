"""What no linter of ours looks for: physical sides in CSS, inline style and script, addresses of other people's servers."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
STYLESHEETS = sorted((ROOT / "portal" / "static").rglob("*.css"))
CARRIED_AWAY = {"mail", "archive.html"}
"""Folders and names of what is read outside the portal, where it must bear its own style: letters, and a person's own data."""
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if CARRIED_AWAY.isdisjoint(path.parts))

COMMENT_OR_STRING = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
DECLARATION = re.compile(r"(?<=[{;\s])([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])")
PHYSICAL_PROPERTY = re.compile(
    r"^(?:left|right|(?:scroll-)?(?:margin|padding)-(?:left|right)|border-(?:left|right)(?:-.+)?|border-(?:top|bottom)-(?:left|right)-radius)$"
)
PHYSICAL_VALUE = {"float", "clear", "text-align", "text-align-last", "caption-side"}
FOUR_SIDES = {"margin", "padding", "inset", "border-width", "border-style", "border-color", "scroll-margin", "scroll-padding"}
ELSEWHERE = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
ASSET_ATTRIBUTES = {"src", "srcset", "poster", "data", "action", "formaction", "background"}
DATA_BLOCKS = {"application/ld+json", "application/json"}
TEMPLATE_TAG = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def parts(value: str) -> list[str]:
    """Split a value at its spaces, leaving functions whole."""
    return re.findall(r"[^\s(]+(?:\((?:[^()]|\([^()]*\))*\))?", value.replace("!important", "").strip())


def physical(css: str) -> Iterator[str]:
    """Yield the declarations that name a left or a right, which a page written from right to left has the other way round."""
    bare = COMMENT_OR_STRING.sub('""', css)
    for name, value in DECLARATION.findall(bare):
        sides = parts(value) if name in FOUR_SIDES else []
        if (
            PHYSICAL_PROPERTY.match(name)
            or (name in PHYSICAL_VALUE and value.strip() in ("left", "right"))
            or (len(sides) == 4 and sides[1] != sides[3])
        ):
            yield f"{name}: {value.strip()}"


def fetched_from_elsewhere(css: str) -> list[str]:
    """Return the addresses on other servers that a style sheet would fetch."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", bare) + re.findall(r"@import\s+[\"']([^\"']+)", bare)
    return [address for address in addresses if ELSEWHERE.match(address)]


class TemplateReader(HTMLParser):
    """Collects what a content security policy without `unsafe-inline` or third parties would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if tag == "style":
            self.found.append(f"{line}: <style>")
        if tag == "script" and "src" not in attributes and attributes.get("type") not in DATA_BLOCKS:
            self.found.append(f"{line}: inline <script>")
        for name, value in attributes.items():
            if name == "style" or name.startswith("on"):
                self.found.append(f"{line}: {name}= on <{tag}>")
            if value.strip().lower().startswith("javascript:"):
                self.found.append(f"{line}: javascript: on <{tag}>")
            if self._fetches(tag, name, attributes) and ELSEWHERE.match(value):
                self.found.append(f"{line}: {value} on <{tag}>")

    @staticmethod
    def _fetches(tag: str, name: str, attributes: dict[str, str]) -> bool:
        if name in ASSET_ATTRIBUTES:
            return True
        return name == "href" and (
            tag in ("use", "image") or (tag == "link" and attributes.get("rel") not in ("canonical", "license"))
        )


def refused(html: str) -> list[str]:
    """Return what a public page must not contain, each with its line; template tags are taken out first."""
    reader = TemplateReader()
    reader.feed(TEMPLATE_TAG.sub(lambda tag: "\n" * tag.group().count("\n"), html))
    reader.close()
    return reader.found


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: path.name)
def test_style_sheets_know_no_left_or_right(path: Path) -> None:
    assert list(physical(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: path.name)
def test_style_sheets_fetch_nothing_from_elsewhere(path: Path) -> None:
    assert fetched_from_elsewhere(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_hold_no_inline_code_and_no_third_party(path: Path) -> None:
    assert refused(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "css",
    [
        "a{margin-left:1px}",
        "a { color: red; padding-right : 2px ; }",
        "a{left:0}",
        "a{border-left-color:red}",
        "a{border-top-right-radius:1px}",
        "a{text-align:right}",
        "a{float: left;}",
        "a{margin:0 1px 0 2px}",
        "@media print{a{\n  right: calc(1px + 2px);\n}}",
    ],
)
def test_the_lint_sees_physical_sides(css: str) -> None:
    assert list(physical(css))


@pytest.mark.parametrize(
    "css",
    [
        "a{margin-inline-start:1px}",
        "a{/* left:0; */color:red}",
        "a{content:'x;left:0'}",
        "a{margin:0 calc(1px + 2px) 0 calc(1px + 2px)}",
        ".left{color:red}",
        "a{text-align:start}",
    ],
)
def test_the_lint_lets_logical_sides_pass(css: str) -> None:
    assert not list(physical(css))


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:red">',
        "<style>a{}</style>",
        "<script>alert(1)</script>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="//cdn.example/x.png">',
        '<link rel="stylesheet" href="https://fonts.example/x.css">',
        '{% if x %}<p {% if y %}style="a"{% endif %}>{% endif %}',
    ],
)
def test_the_lint_sees_what_templates_must_not_hold(html: str) -> None:
    assert refused(html)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://www.hcp.ma/">',
        '<script src="{% static "x.js" %}" type="module"></script>',
        '<script type="application/ld+json">{}</script>',
        '<link rel="canonical" href="https://example.org/">',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        '{# <p style="x"> #}',
    ],
)
def test_the_lint_lets_the_rest_pass(html: str) -> None:
    assert not refused(html)


def test_addresses_in_style_sheets() -> None:
    assert fetched_from_elsewhere("@import 'https://a.example/x.css'; a{background:url(//b.example/y.png)}")
    assert not fetched_from_elsewhere(
        "a{background:url(data:image/svg+xml,x)} /* url(https://c.example) */ b{mask:url(../i.svg)}"
    )
