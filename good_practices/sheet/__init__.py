"""A practice on one sheet of paper, for whoever meets an elected official."""

from good_practices.sheet.content import Sheet, sheet_of
from good_practices.sheet.drawing import draw

__all__ = ["Sheet", "draw", "sheet_of"]
