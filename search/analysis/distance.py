"""How many typing errors lie between a word and many others, counted for all of them at once."""

import numpy as np
import numpy.typing as npt

Letters = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.uint8]

_FAR = 99


def distances(word: str, letters: Letters, lengths: Counts, limit: int) -> Counts:
    """Return the edit distance of `word` to each of many words, exact up to `limit` and larger than it beyond.

    A letter added, left out, replaced, or exchanged with its neighbour is one error (optimal string alignment). `letters`
    holds a word in each column, a letter in each row; no word is shorter or longer than `word` by more than `limit`.
    """
    number = letters.shape[1]
    far = np.full(number, _FAR, np.uint8)
    before: dict[int, Counts] = {}
    row = {column: np.full(number, column, np.uint8) for column in range(limit + 1)}
    for place, letter in enumerate(map(ord, word), 1):
        before, previous, row = row, before, {}
        for column in range(max(0, place - limit), min(len(letters), place + limit) + 1):
            row[column] = _cell(word, place, letter, column, letters, (previous, before, row), far)
    result = far.copy()
    for column, found in row.items():
        np.copyto(result, found, where=lengths == column)
    return result


def _cell(
    word: str,
    place: int,
    letter: int,
    column: int,
    letters: Letters,
    rows: tuple[dict[int, Counts], dict[int, Counts], dict[int, Counts]],
    far: Counts,
) -> Counts:
    """Return the distances between the first `place` letters of the word and the first `column` of the others."""
    two_before, before, row = rows
    if column == 0:
        return np.full_like(far, place)
    same = letters[column - 1] == letter
    best: Counts = before.get(column - 1, far) + ~same
    best = np.minimum(best, np.minimum(before.get(column, far), row.get(column - 1, far)) + np.uint8(1))
    if place > 1 and column > 1 and column - 2 in two_before:
        swapped = (letters[column - 2] == letter) & (letters[column - 1] == ord(word[place - 2]))
        best = np.where(swapped, np.minimum(best, two_before[column - 2] + np.uint8(1)), best)
    return best
