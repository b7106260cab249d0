"""What is counted of practices follows what is public."""

import datetime

import pytest
from django.core.management import call_command
from wagtail.models import Page, PageViewRestriction

from good_practices.domain.facts import complete_facts, keep_facts, rebuild_facts
from good_practices.enums import Outcome, StageKind
from good_practices.models import PracticeFacts, PracticePage
from portal.vocabulary.enums import Level
from tests.factories import OrganisationFactory, PracticePageFactory, TerritoryFactory, ThemeFactory

FILED, ANSWERED = datetime.date(2019, 1, 17), datetime.date(2019, 5, 30)


@pytest.fixture
def library(portal_site):
    return portal_site.libraries["ar"]


def publish(page):
    """Publish a page as the CMS does."""
    page = PracticePage.objects.get(pk=page.pk)
    page.save_revision().publish()
    return page


def facts_of(page):
    return PracticeFacts.objects.filter(practice_key=page.translation_key).first()


def test_a_published_practice_is_counted_whole(library):
    place = TerritoryFactory()
    council = OrganisationFactory(territory=place)
    facts = facts_of(publish(PracticePageFactory(parent=library, territory=place, authority=council, illustrative=True)))
    assert (facts.territory, facts.province, facts.region) == (place, place.parent, place.parent.parent)
    assert (facts.authority, facts.authority_level) == (council, Level.COMMUNE)
    assert (facts.filed_on, facts.replied_on, facts.days_to_reply) == (FILED, ANSWERED, 133)
    assert facts.reply_due_on == datetime.date(2019, 4, 17)
    assert (facts.instrument, facts.outcome, facts.stage, facts.illustrative) == ("petition", "accepted", "answered", True)
    assert [theme.slug for theme in facts.themes.all()] == ["school-transport"]


def test_a_change_is_counted_and_a_draft_is_not(library):
    page = publish(PracticePageFactory(parent=library))
    page.outcome, page.themes = Outcome.CARRIED_OUT, [ThemeFactory(slug="water")]
    revision = page.save_revision()
    assert facts_of(page).outcome == Outcome.ACCEPTED
    revision.publish()
    facts = facts_of(page)
    assert (facts.outcome, [theme.slug for theme in facts.themes.all()]) == (Outcome.CARRIED_OUT, ["water"])


def test_a_stage_is_counted_with_its_publication(library):
    page = publish(PracticePageFactory(parent=library, stages=[(StageKind.FILED, FILED)]))
    assert facts_of(page).replied_on is None
    page.stages.add(PracticePage.stages.rel.related_model(kind=StageKind.ANSWERED, date=ANSWERED, locale=page.locale))
    page.save()
    assert facts_of(page).replied_on == ANSWERED


def test_a_practice_without_stages_or_authority_is_counted_without_dates(library):
    facts = facts_of(publish(PracticePageFactory(parent=library, stages=[])))
    assert (facts.stage, facts.filed_on, facts.days_to_reply, facts.reply_due_on, facts.authority_level) == (
        "",
        None,
        None,
        None,
        "",
    )


def test_a_draft_is_not_counted(library):
    assert facts_of(PracticePageFactory(parent=library, live=False)) is None


def test_a_withdrawn_practice_is_counted_no_more_and_again_when_it_is_back(library):
    page = publish(PracticePageFactory(parent=library))
    page.unpublish()
    assert facts_of(page) is None
    assert facts_of(publish(page))


def test_a_plain_page_that_is_withdrawn_is_counted_no_more(library):
    page = publish(PracticePageFactory(parent=library))
    Page.objects.get(pk=page.pk).unpublish()
    assert facts_of(page) is None


def test_one_row_for_all_languages_until_the_last_is_gone(portal_site, library):
    arabic = publish(PracticePageFactory(parent=library))
    french = publish(PracticePageFactory(parent=portal_site.libraries["fr"], translation_of=arabic))
    assert PracticeFacts.objects.count() == 1
    PracticePage.objects.get(pk=arabic.pk).unpublish()
    assert facts_of(french)
    PracticePage.objects.get(pk=french.pk).delete()
    assert not PracticeFacts.objects.exists()


def test_deleting_what_lies_above_forgets_the_practices(library):
    publish(PracticePageFactory(parent=library))
    Page.objects.get(pk=library.pk).delete()
    assert not PracticeFacts.objects.exists()


def test_a_private_section_is_not_counted(library):
    page = publish(PracticePageFactory(parent=library))
    restriction = PageViewRestriction.objects.create(page=library, restriction_type=PageViewRestriction.LOGIN)
    assert facts_of(page) is None
    restriction.delete()
    assert facts_of(page)


def test_a_move_under_a_private_section_is_not_counted(portal_site, library):
    page = publish(PracticePageFactory(parent=library))
    PageViewRestriction.objects.create(page=portal_site.libraries["fr"], restriction_type=PageViewRestriction.LOGIN)
    PracticePage.objects.get(pk=page.pk).move(Page.objects.get(pk=portal_site.libraries["fr"].pk), "last-child")
    assert facts_of(page) is None


def test_an_authority_that_changes_its_place_changes_the_time_limit(library):
    council = OrganisationFactory(territory=TerritoryFactory())
    page = publish(PracticePageFactory(parent=library, authority=council))
    council.territory = council.territory.parent.parent
    council.save()
    assert facts_of(page).reply_due_on == datetime.date(2019, 3, 17)


@pytest.mark.parametrize("number", [1, 5])
def test_a_batch_costs_the_same_however_many_there_are(library, number, django_assert_num_queries):
    keys = [PracticePageFactory(parent=library).translation_key for _ in range(number)]
    PracticeFacts.objects.all().delete()
    with django_assert_num_queries(10):
        assert keep_facts(keys) == number
    assert PracticeFacts.objects.count() == number


def test_what_is_missing_is_written_and_what_is_left_over_forgotten(library, capsys):
    page, other = (publish(PracticePageFactory(parent=library)) for _ in range(2))
    PracticeFacts.objects.filter(practice_key=page.translation_key).delete()
    assert (complete_facts(), complete_facts()) == (1, 0)
    PracticePage.objects.filter(pk=other.pk).update(live=False)
    assert rebuild_facts() == 1
    assert facts_of(other) is None
    call_command("rebuild_facts", missing=True)
    call_command("rebuild_facts")
    assert capsys.readouterr().out == "up to date\n1 practices counted\n"
