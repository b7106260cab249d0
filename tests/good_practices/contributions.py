"""What tests of contributions start from."""

import datetime

from good_practices.domain import contributing as domain
from good_practices.forms.steps import check
from tests.factories import TerritoryFactory, ThemeFactory

TITLE = "حافلة مدرسية لبنات الدوار"


def words(place=None):
    """Everything that a whole contribution holds."""
    place = place or TerritoryFactory(name_ar="تامسنا", name_fr="Tamesna")
    return {
        "title": TITLE,
        "problem": "الطريق طويل\n\nوثلث البنات ينقطعن",
        "summary": "طلب الآباء حافلة",
        "themes": [ThemeFactory(slug="school-transport").slug],
        "territory": place.code,
        "instrument": "petition",
        "authority_place": place.code,
        "action": "جمعنا <b>التوقيعات</b>",
        "stages": [{"kind": "filed", "date": "2019-01-17", "note": "أودعت"}],
        "outcome": "under_way",
    }


def written(person, language="ar", **more):
    """Return a whole contribution that waits to be sent."""
    return domain.keep(domain.start(person, language), {**words(), **more})


def proposal_of(contribution, credit="Name"):
    proposal, wrong = check(contribution)
    assert not wrong, [form.errors for _slug, form in wrong]
    return {**proposal, "credit": credit}


def sent(person, **more):
    """Return a contribution that is with the reviewers."""
    contribution = written(person, **more)
    return domain.send(contribution, proposal_of(contribution))


def future():
    return (datetime.date.today() + datetime.timedelta(days=400)).isoformat()
