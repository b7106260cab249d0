"""The sheet as a PDF: one page of A4, Arabic shaped and set from right to left, nothing but Python needed."""

from __future__ import annotations

from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.enums import TextDirection

from good_practices.sheet.content import Sheet, cut

FONTS = Path(__file__).resolve().parent.parent / "fonts"
FAMILY = "Sheet"
WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 14.0
SIDE, GAP = 58.0, 8.0
MAIN = WIDTH - 2 * MARGIN - SIDE - GAP
FOOT = 34.0
TILE, BRICK, INK, SOFT, LINE = (11, 74, 80), (138, 50, 22), (20, 28, 29), (65, 79, 79), (185, 132, 23)
BUDGETS = (620, 520, 430, 350, 280, 220, 160, 110)
"""How many characters of each part are tried in turn, until all fits on the page."""


def draw(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF of one page. Long texts are cut at the ends of sentences."""
    page = _Paper(sheet)
    for budget in BUDGETS:
        page = _Paper(sheet)
        if page.lay_out(budget):
            break
    return bytes(page.pdf.output())


class _Paper:
    """One attempt to lay a sheet out. `x` is counted from the side where reading starts, in millimetres."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.rtl = sheet, sheet.direction == "rtl"
        self.pdf = pdf = FPDF(format="A4")
        pdf.set_auto_page_break(auto=False)
        pdf.set_margins(0, 0, 0)
        pdf.c_margin = 0
        for style, name in (("", "Regular"), ("B", "Bold")):
            pdf.add_font(FAMILY, style, FONTS / f"SheetSansArabic-{name}.ttf")
        pdf.set_title(sheet.title)
        pdf.set_author(sheet.site)
        pdf.set_subject(sheet.citation)
        pdf.set_lang(sheet.language)
        pdf.set_text_shaping(True, direction=TextDirection.RTL if self.rtl else TextDirection.LTR)
        pdf.add_page()

    def lay_out(self, budget: int) -> bool:
        """Draw everything with at most `budget` characters of each text, and tell whether it fits."""
        top = self._head()
        main = self._story(top, budget)
        side = self._side(top, max(70, budget // 2))
        self._foot()
        return max(main, side) <= HEIGHT - MARGIN - FOOT

    def _text(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        size: float = 9.2,
        *,
        bold: bool = False,
        colour: tuple[int, int, int] = INK,
        leading: float = 1.5,
    ) -> float:
        """Write a paragraph and return where the next one starts."""
        if not text:
            return y
        self.pdf.set_font(FAMILY, "B" if bold else "", size)
        self.pdf.set_text_color(*colour)
        self.pdf.set_xy(WIDTH - x - width if self.rtl else x, y)
        self.pdf.multi_cell(width, size * 0.3528 * leading, text, align="R" if self.rtl else "L", new_x="LMARGIN", new_y="NEXT")
        return float(self.pdf.get_y())

    def _box(self, x: float, y: float, width: float, height: float, colour: tuple[int, int, int]) -> None:
        self.pdf.set_fill_color(*colour)
        self.pdf.rect(WIDTH - x - width if self.rtl else x, y, width, height, style="F")

    def _head(self) -> float:
        sheet, full = self.sheet, WIDTH - 2 * MARGIN
        self._box(0, 0, WIDTH, 17, TILE)
        self._box(0, 17, WIDTH, 1.2, LINE)
        self._text(sheet.site, MARGIN, 5.2, full / 2, 12, bold=True, colour=(255, 255, 255))
        label = f"{sheet.kind} · {sheet.outcome}"
        self.pdf.set_font(FAMILY, "B", 10)
        width = self.pdf.get_string_width(label) + 1
        self._text(label, WIDTH - MARGIN - width, 5.6, width, 10, bold=True, colour=(242, 193, 78))
        y = self._text(cut(sheet.title, 150), MARGIN, 22, full, 17, bold=True, colour=TILE, leading=1.35) + 1
        y = self._text(sheet.illustrative, MARGIN, y, full, 8.6, bold=True, colour=BRICK) + 1
        for label, value in sheet.facts:
            y = self._pair(label, cut(value, 160), MARGIN, y, full)
        self._box(MARGIN, y + 2, full, 0.3, LINE)
        return y + 5

    def _pair(self, label: str, value: str, x: float, y: float, width: float) -> float:
        self._text(label, x, y, 30, 9.2, colour=SOFT)
        return self._text(value, x + 30, y, width - 30, 9.2, bold=True)

    def _story(self, y: float, budget: int) -> float:
        for title, text in self.sheet.parts:
            y = self._text(title, MARGIN, y, MAIN, 11.5, bold=True, colour=TILE) + 0.3
            y = self._text(cut(text, budget), MARGIN, y, MAIN) + 2.6
        return self._figures(y) if self.sheet.figures else y

    def _figures(self, y: float) -> float:
        width = (MAIN - 4 * (len(self.sheet.figures) - 1)) / len(self.sheet.figures)
        ends = []
        for place, figure in enumerate(self.sheet.figures):
            x = MARGIN + place * (width + 4)
            self._box(x, y, width, 0.7, LINE)
            number = f"{figure.value} {figure.unit}".strip()
            below = self._text(number, x, y + 1.5, width, 17, bold=True, colour=TILE, leading=1.25)
            ends.append(self._text(figure.label, x, below, width, 8.2, colour=SOFT, leading=1.4))
        return max(ends) + 2

    def _side(self, y: float, budget: int) -> float:
        sheet, x = self.sheet, MARGIN + MAIN + GAP
        if sheet.stages:
            y = self._text(sheet.stages_title, x, y, SIDE, 11.5, bold=True, colour=TILE) + 0.5
        for name, day in sheet.stages:
            self._box(x, y + 1.4, 2, 2, LINE)
            y = self._text(name, x + 4, y, SIDE - 4, 9, bold=True, leading=1.35)
            y = self._text(day, x + 4, y, SIDE - 4, 8.4, colour=SOFT, leading=1.35) + 0.6
        y = self._text(sheet.coming, x, y, SIDE, 8.4, colour=SOFT)
        y = self._text(sheet.limit, x, y + 0.5, SIDE, 8.4, bold=True, colour=BRICK)
        y = self._text(cut(sheet.rule, 160), x, y + 0.5, SIDE, 8.4, bold=True, colour=TILE) + 3
        if sheet.needs:
            y = self._text(sheet.needs_title, x, y, SIDE, 11.5, bold=True, colour=TILE) + 0.5
        for label, text in sheet.needs:
            y = self._text(label, x, y, SIDE, 8.4, bold=True, colour=BRICK, leading=1.35)
            y = self._text(cut(text, budget), x, y, SIDE, 8.4, leading=1.4) + 0.8
        return y

    def _foot(self) -> None:
        sheet, y = self.sheet, HEIGHT - MARGIN - FOOT + 4
        self._box(MARGIN, y, WIDTH - 2 * MARGIN, 0.3, LINE)
        width = WIDTH - 2 * MARGIN - 34
        below = self._text(sheet.more, MARGIN, y + 3, width, 9, bold=True, colour=TILE)
        below = self._text(f"{sheet.cite_title} – {sheet.licence}", MARGIN, below + 0.5, width, 8.2, bold=True, colour=SOFT)
        below = self._text(cut(sheet.citation, 420), MARGIN, below, width, 8, colour=SOFT, leading=1.4)
        self.pdf.set_text_shaping(True, direction=TextDirection.LTR)  # an address is never turned
        self._text(sheet.url, MARGIN, below, width, 8, colour=SOFT, leading=1.4)
        self._code(WIDTH - MARGIN - 28, y + 2.5, 28)

    def _code(self, x: float, y: float, size: float) -> None:
        """Draw the QR code (ISO/IEC 18004) of the page's address."""
        rows = [bytes(row) for row in segno.make_qr(self.sheet.url, error="m").matrix]
        step = size / len(rows)
        left = WIDTH - x - size if self.rtl else x
        self.pdf.set_fill_color(0, 0, 0)
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    self.pdf.rect(left + across * step, y + down * step, step + 0.01, step + 0.01, style="F")
