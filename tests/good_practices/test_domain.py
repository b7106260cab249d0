"""A publication: translations take the facts and keep their words."""

import datetime
import uuid

import pytest

from good_practices.enums import Outcome, StageKind
from good_practices.models import PracticePage, PracticeStage, ResultFigure
from tests.factories import PracticePageFactory

DAY = datetime.date(2020, 1, 10)


@pytest.fixture
def pages(portal_site):
    """A practice in Arabic and its French translation, published, with one stage that both tell in their words."""
    arabic = PracticePageFactory(parent=portal_site.libraries["ar"], stages=[])
    french = PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=arabic, stages=[])
    key = uuid.uuid4()
    for page, note in ((arabic, "أودعت"), (french, "Déposée")):
        PracticeStage.objects.create(
            page=page, kind=StageKind.FILED, date=DAY, note=note, translation_key=key, locale=page.locale, sort_order=0
        )
    for page in (arabic, french):
        fresh(page).save_revision().publish()
    return arabic, french


def fresh(page):
    return PracticePage.objects.get(pk=page.pk)


def test_a_new_stage_is_in_every_language_and_old_ones_keep_their_words(pages):
    arabic, french = fresh(pages[0]), pages[1]
    arabic.stages.first().date = DAY
    arabic.outcome = Outcome.REJECTED
    arabic.stages.add(PracticeStage(kind=StageKind.REJECTED, date=DAY, note="رفضت", sort_order=1, locale=arabic.locale))
    arabic.save_revision().publish()
    stages = list(fresh(french).stages.all())
    assert [(stage.kind, stage.note) for stage in stages] == [("filed", "Déposée"), ("rejected", "")]
    assert fresh(french).outcome == Outcome.REJECTED
    assert stages[1].translation_key == fresh(arabic).stages.last().translation_key


def test_a_stage_that_is_taken_out_goes_in_every_language(pages):
    arabic = fresh(pages[0])
    arabic.stages.set([])
    arabic.save_revision().publish()
    assert not fresh(pages[1]).stages.exists()


def test_a_figure_waits_for_its_translation(pages):
    arabic = fresh(pages[0])
    arabic.figures.add(ResultFigure(value=3, unit="km", label="طريق", locale=arabic.locale))
    arabic.save_revision().publish()
    assert not fresh(pages[1]).figures.exists()


def test_a_draft_keeps_its_words_and_takes_the_facts(pages):
    arabic, french = fresh(pages[0]), fresh(pages[1])
    french.title = "Brouillon"
    french.save_revision()
    arabic.outcome = Outcome.CARRIED_OUT
    arabic.save_revision().publish()
    draft = fresh(french).get_latest_revision_as_object()
    assert (draft.title, draft.outcome) == ("Brouillon", Outcome.CARRIED_OUT)
    assert fresh(french).title != "Brouillon"
