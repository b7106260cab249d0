"""The programme as tables: rooms across, hours down."""

import datetime

import pytest
from bs4 import BeautifulSoup

from sessions.models import WorkshopBreak
from tests.factories import RoomFactory, SessionPageFactory


def utc(hour, minute=0, day=23):
    return datetime.datetime(2020, 11, day, hour, minute, tzinfo=datetime.UTC)


@pytest.fixture
def workshop(portal_site):
    return portal_site.workshops["en"]


@pytest.fixture
def rooms(db):
    return [RoomFactory(name_en=name, order=order) for order, name in enumerate(("Blue", "Red", "Never used"))]


def session(workshop, title, start, end, room=None):
    return SessionPageFactory(parent=workshop, title=title, starts_at=start, ends_at=end, room=room)


def pause(workshop, title, start, end):
    WorkshopBreak.objects.create(page=workshop, title=title, starts_at=start, ends_at=end, locale=workshop.locale)


def tables(client):
    """Return each day's table as rows of (text, rows, columns); every row must fill the table's width."""
    html = BeautifulSoup(client.get("/en/sessions/?view=grid").content, "html.parser")
    return [_read(table) for table in html("table", class_="grid")]


def _read(table):
    found = []
    for row in table("tr"):
        cells = row.find_all(["th", "td"])
        link = [cell.find("a", id=True) for cell in cells]
        texts = [
            (a.get_text() if a else cell.get_text(" ", strip=True), int(cell.get("rowspan", 1)), int(cell.get("colspan", 1)))
            for cell, a in zip(cells, link, strict=True)
        ]
        found.append(texts)
    width = sum(columns for _text, _rows, columns in found[0])
    covered = [0] * (len(found) + 1)
    for number, row in enumerate(found):
        for _text, rows, columns in row:
            for below in range(number, number + rows):
                covered[below] += columns
    assert covered == [width] * len(found) + [0]
    return found


def test_parallel_sessions_stand_beside_each_other_and_breaks_across(client, workshop, rooms):
    session(workshop, "opening", utc(8), utc(9), rooms[0])
    session(workshop, "left", utc(10), utc(11), rooms[0])
    session(workshop, "right", utc(10), utc(12), rooms[1])
    pause(workshop, "Tea", utc(9), utc(10))
    (table,) = tables(client)
    assert [text for text, _rows, _columns in table[0]] == ["Time", "Blue", "Red"]
    assert table[1:] == [
        [("09:00", 1, 1), ("opening", 1, 1), ("", 1, 1)],
        [("10:00", 1, 1), ("Tea 10:00 – to 11:00", 1, 2)],
        [("11:00", 1, 1), ("left", 1, 1), ("right", 2, 1)],
        [("12:00", 1, 1), ("", 1, 1)],
    ]


def test_a_break_stands_only_where_nothing_is_on(client, workshop, rooms):
    session(workshop, "long", utc(9), utc(11), rooms[0])
    session(workshop, "short", utc(9), utc(10), rooms[1])
    pause(workshop, "Tea", utc(10), utc(11))
    (table,) = tables(client)
    assert table[2] == [("11:00", 1, 1), ("Tea 11:00 – to 12:00", 1, 1)]


def test_a_break_while_everything_is_on_is_not_lost(client, workshop, rooms):
    session(workshop, "long", utc(9), utc(12), rooms[0])
    pause(workshop, "Tea", utc(10), utc(11))
    (table,) = tables(client)
    assert [text for text, _rows, _columns in table[0]] == ["Time", "Blue", "Breaks"]
    assert "Tea 11:00 – to 12:00" in [text for row in table for text, _rows, _columns in row]


def test_sessions_that_overlap_in_one_room_share_it(client, workshop, rooms):
    session(workshop, "first", utc(9), utc(11), rooms[0])
    session(workshop, "second", utc(10), utc(12), rooms[0])
    (table,) = tables(client)
    assert table[0] == [("Time", 1, 1), ("Blue", 1, 2)]


def test_a_session_without_a_room_has_a_column(client, workshop, rooms):
    session(workshop, "roomless", utc(9), utc(10))
    session(workshop, "blue", utc(9), utc(10), rooms[0])
    (table,) = tables(client)
    assert [text for text, _rows, _columns in table[0]] == ["Time", "All participants", "Blue"]


def test_each_day_has_its_table_and_headings_name_rows_and_columns(client, workshop, rooms):
    session(workshop, "one", utc(9), utc(10), rooms[0])
    session(workshop, "two", utc(9, day=24), utc(10, day=24), rooms[0])
    html = BeautifulSoup(client.get("/en/sessions/?view=grid").content, "html.parser")
    found = html("table", class_="grid")
    assert len(found) == 2
    for table in found:
        assert {heading["scope"] for heading in table.thead("th")} == {"col"}
        assert {row.find("th")["scope"] for row in table.tbody("tr")} == {"row"}
        region = table.parent
        assert region["role"] == "region"
        assert region["tabindex"] == "0"
        assert html.find(id=region["aria-labelledby"])


def test_a_grid_of_nothing_says_so(client, workshop, rooms):
    session(workshop, "one", utc(9), utc(10), rooms[0])
    session(workshop, "two", utc(9, day=24), utc(10, day=24), rooms[1])
    question = f"?view=grid&day=2020-11-23&room={rooms[1].slug}"
    assert "No session has all of this" in client.get(f"/en/sessions/{question}").content.decode()
