"""Many things drawn by one template."""

from unittest.mock import Mock

from django.template import Context, Template

from sessions.programme.drawing import Pen


def pen(source):
    template = Template(source)
    counted = Mock(render=Mock(side_effect=lambda context: template.render(context)))
    return Pen(counted, Context()), counted.render


def test_things_of_one_shape_share_a_rendering():
    drawn, render = pen("<b>{{ item.name }}{% if item.note %} ({{ item.note }}){% endif %}</b>")
    things = [{"name": f"n{number}", "note": "late" if number % 2 else ""} for number in range(10)]
    assert drawn.draw(things[:3]) == "<b>n0</b><b>n1 (late)</b><b>n2</b>"
    drawn.draw(things)
    assert render.call_count == 2


def test_texts_are_put_in_as_they_are_and_never_read_again():
    drawn, _render = pen("50% {{ item.name }} %(note)s {{ item.note }}")
    hostile = "%(note)s &amp; {{ item.note }}"
    assert drawn.draw([{"name": hostile, "note": "x%"}]) == f"50% {hostile} %(note)s x%"


def test_different_things_are_told_apart():
    drawn, _render = pen("{% if item.now %}now{% else %}{{ item.name }}{% endif %}")
    assert drawn.draw([{"now": "10:00"}, {"name": "a"}]) == "nowa"
