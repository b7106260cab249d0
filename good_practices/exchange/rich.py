"""Rich text in a cell: plain paragraphs wherever nothing is lost by it, else the few elements that the library's texts have."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from wagtail.rich_text import expand_db_html

from good_practices.exchange.cells import plain
from portal.base.text import writable

_KEPT = {"p", "ul", "ol", "li", "b", "i", "a", "br"}
_SAME = {"strong": "b", "em": "i", "div": "p", **{f"h{level}": "p" for level in range(1, 7)}, "blockquote": "p"}
_DROPPED = {"script", "style", "template", "head", "title", "iframe", "object", "noscript"}
_BLOCKS = {"p", "ul", "ol", "li"}
_HTML = re.compile(r"<(?:p|ul|ol|li|b|i|a|br|strong|em|div|h[1-6]|blockquote|span|table|script|style|iframe)\b[^<>]*/?>", re.I)
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|/)[^\s\"'<>\\]*", re.I)


def canonical(html: str) -> str:
    """Return rich text with the portal's few elements alone, each text in a block; again gives the same."""
    if "linktype" in html:
        html = expand_db_html(html)
    parser = _Canonical()
    parser.feed(plain(html))
    parser.close()
    return parser.result()


def from_cell(text: str) -> str:
    """Return rich text from a cell: HTML where it begins with an element that we know, else paragraphs."""
    return canonical(text) if _HTML.match(text) else paragraphs(text)


def to_cell(html: str) -> str:
    """Return rich text as a cell: plain paragraphs where `from_cell` gives all of it back."""
    if not html:
        return ""
    kept = canonical(html)
    blocks = _PARAGRAPHS.findall(kept)
    text = "\n\n".join(_unescaped(block) for block in blocks)
    return text if from_cell(plain(text)) == kept else kept


def paragraphs(text: str) -> str:
    """Return plain text as rich text: an empty line opens a paragraph, a line end is kept."""
    parts = (part.strip() for part in re.split(r"\n[^\S\n]*\n", text))
    return canonical("".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br/>')}</p>" for part in parts if part))


def _unescaped(block: str) -> str:
    return block.replace("<br/>", "\n").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


_PARAGRAPHS = re.compile(r"<p>(.*?)</p>", re.S)


class _Canonical(HTMLParser):
    """Writes what it keeps, closing whatever was left open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        if tag in _DROPPED:
            self._hidden += 1
        if self._hidden or tag not in _KEPT:
            return
        if tag == "br":
            if any(one in ("p", "li") for one in self._open):
                self._out.append("<br/>")
            return
        if tag in _BLOCKS:
            self._close_to(tag)
            if tag == "li" and not {"ul", "ol"} & set(self._open):
                tag = "p"
        else:
            self._begin_text()
            if tag in self._open:
                return
        address = dict(attrs).get("href") or "" if tag == "a" else ""
        if tag == "a" and not _ADDRESS.fullmatch(address):
            return
        self._out.append(f'<a href="{escape(address)}">' if tag == "a" else f"<{tag}>")
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = _SAME.get(tag, tag)
        if tag in _DROPPED:
            self._hidden = max(0, self._hidden - 1)
        elif not self._hidden and tag in self._open:
            while self._pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        text = re.sub(r"[^\S\u00a0]+", " ", writable(data))
        if self._hidden or not text:
            return
        if not text.strip() and (not self._open or self._open[-1] in ("ul", "ol")):
            return
        self._begin_text()
        self._out.append(escape(text, quote=False))

    def _begin_text(self) -> None:
        """Open a block for text that stands in none."""
        if not self._open or self._open[-1] in ("ul", "ol"):
            tag = "li" if self._open else "p"
            self._out.append(f"<{tag}>")
            self._open.append(tag)

    def _close_to(self, tag: str) -> None:
        """Close what a block cannot stand in: lists hold items alone, and lists in lists are not kept."""
        stop = ("ul", "ol") if tag == "li" else ()
        while self._open and self._open[-1] not in stop:
            self._pop()

    def _pop(self) -> str:
        tag = self._open.pop()
        self._out.append(f"</{tag}>")
        return tag

    def result(self) -> str:
        """Return what was kept, without empty blocks and without space at the ends of blocks."""
        while self._open:
            self._pop()
        html, before = "".join(self._out), ""
        while html != before:
            before = html
            html = _tidy(html)
        return html


def _tidy(html: str) -> str:
    html = re.sub(r" {2,}", " ", html)
    html = re.sub(r"(<(?:p|li)>|<br/>) ", r"\1", html)
    html = re.sub(r" (</(?:p|li)>|<br/>)", r"\1", html)
    html = re.sub(r"(<(?:p|li)>)<br/>|<br/>(</(?:p|li)>)", lambda found: found[1] or found[2], html)
    html = re.sub(r"(?:<br/>){2,}", "<br/>", html)
    return re.sub(r"<(p|ul|ol|li|b|i)></\1>|<a href=\"[^\"]*\"></a>", "", html)
