"""Erasing a person: all or nothing, threads stay whole, nothing names them any more."""

import json

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from wagtail.models import ModelLogEntry, Revision

from good_practices.enums import ContributionState
from good_practices.models import Contribution, ContributionFile, MistakeReport, PracticePage
from portal.participation.enums import FollowKind, ModerationAct
from portal.participation.models import Bookmark, Comment, CommentVersion, Endorsement, Follow, ModerationAction, Tagging, Vote
from portal.people.domain import erasure
from portal.people.domain.consent import record_consent
from portal.people.domain.data_requests import ask
from portal.people.enums import Purpose, RequestKind, Role
from portal.people.models import Membership, User
from portal.people.personal_data import entries
from sessions.models import Agenda
from tests.factories import (
    AssessmentFactory,
    CommentFactory,
    MembershipFactory,
    OrganisationFactory,
    PracticePageFactory,
    QuestionFactory,
    TaggingFactory,
    UserFactory,
)

NAME, ADDRESS = "Zineb Unique-Nom", "zineb.unique@example.org"


@pytest.fixture
def person(db):
    return UserFactory(role=Role.PARTICIPANT, display_name=NAME, email=ADDRESS)


@pytest.fixture
def practice(portal_site, person):
    page = PracticePageFactory(parent=portal_site.libraries["ar"], slug="water", contributor=person, credit=NAME)
    page.save_revision(user=person, log_action=True).publish()
    return PracticePage.objects.get(pk=page.pk)


@pytest.fixture
def life(person, practice, client, facilitator):
    """Something in every table that people fill."""
    client.force_login(person)
    client.get("/ar/")
    comment = CommentFactory(page=practice, author=person, text="كلام زينب")
    CommentVersion.objects.create(comment=comment, text="قبل", written_at=comment.created_at)
    CommentFactory(page=practice, text="جواب", parent=comment)
    other = CommentFactory(page=practice, useful_count=1)
    Vote.objects.create(comment=other, voter=person)
    Vote.objects.create(comment=QuestionFactory(page=practice), voter=person)
    TaggingFactory(page=practice, name="ماء", tagged_by=person)
    Bookmark.objects.create(person=person, subject=comment.subject)
    Follow.objects.create(person=person, kind=FollowKind.PRACTICE, key=str(practice.translation_key))
    Endorsement.objects.create(
        subject=comment.subject, organisation=OrganisationFactory(), person=person, kind="useful", language="ar"
    )
    MembershipFactory(person=person)
    MembershipFactory(verified_by=person)
    Agenda.objects.create(owner=person)
    AssessmentFactory(page=practice, assessor=person)
    record_consent(person, Purpose.ACCOUNT, "ar")
    ask(person, RequestKind.OBJECT, "لا تذكروا جمعيتي")
    MistakeReport.objects.create(practice_key=practice.translation_key, text="خطأ", language="ar", email=ADDRESS.upper())
    ModerationAction.objects.create(act=ModerationAct.HIDE, author_key=person.key, target="comment", target_id=comment.pk)
    ModelLogEntry.objects.log_action(person, "wagtail.edit", user=facilitator)
    return comment


def everything():
    """Return all that the database says in words, table by table."""
    told = {}
    for model in apps.get_models():
        if not model._meta.managed or model._meta.proxy:
            continue
        words = [field.attname for field in model._meta.local_fields if not isinstance(field, models.BinaryField)]
        told[model._meta.label] = json.dumps(list(model._base_manager.values_list(*words)), default=str, ensure_ascii=False)
    return told


def tables_that_say(*words):
    return {name for name, text in everything().items() if any(word.lower() in text.lower() for word in words)}


def test_nothing_names_the_person_any_more(life, person, practice):
    assert {"people.User", "account.EmailAddress", "good_practices.PracticePage"} <= tables_that_say(NAME, ADDRESS)
    erasure.erase_person(person)
    assert tables_that_say(NAME, ADDRESS) == set()


def test_no_row_leads_to_the_person_any_more(life, person):
    key = person.pk
    erasure.erase_person(person)
    for entry in entries():
        if entry.link and entry.fate != "kept":
            assert not entry.model_class._base_manager.filter(**{entry.link: key}).exists(), entry.model
    assert not Session.objects.exists()


def test_threads_stay_whole_under_no_name(life, person, client, practice):
    erasure.erase_person(person)
    comment = Comment.objects.get(pk=life.pk)
    assert (comment.author, comment.text, comment.removed_at) == (None, "كلام زينب", None)
    assert comment.replies.count() == 1
    assert not comment.versions.exists()
    client.logout()
    html = client.get("/en" + practice.url[3:]).content.decode() + client.get(practice.url).content.decode()
    assert "كلام زينب" in html
    assert NAME not in html


def test_the_author_is_a_removed_person(life, person):
    from django.utils.translation import override

    erasure.erase_person(person)
    with override("en"):
        assert Comment.objects.get(pk=life.pk).author_name == "Removed person"


def test_the_texts_go_too_where_that_is_asked(life, person):
    erasure.erase_person(person, with_texts=True)
    comment = Comment.objects.get(pk=life.pk)
    assert comment.text == ""
    assert comment.removed_at
    assert comment not in Comment.objects.visible()
    assert comment.replies.count() == 1
    assert not Tagging.objects.exists()


@pytest.mark.parametrize(
    "state", [{"published_at": None}, {"hidden_at": "2026-01-01T00:00Z"}, {"removed_at": "2026-01-01T00:00Z"}]
)
def test_what_nobody_was_to_read_is_emptied_in_any_case(life, person, state):
    Comment.objects.filter(pk=life.pk).update(**state)
    erasure.erase_person(person)
    assert Comment.objects.get(pk=life.pk).text == ""


def test_counts_follow_the_votes_that_go(life, person):
    erasure.erase_person(person)
    assert not Vote.objects.filter(voter=person.pk).exists()
    assert not Comment.objects.filter(useful_count__gt=0).exists()


def test_the_practice_stays_and_thanks_nobody_in_any_version(life, person, practice):
    erasure.erase_person(person)
    page = PracticePage.objects.get(pk=practice.pk)
    assert (page.live, page.credit, page.contributor) == (True, "", None)
    assert all(NAME not in json.dumps(one.content, ensure_ascii=False) for one in Revision.objects.all())
    assert page.get_latest_revision_as_object().contributor is None


def test_another_credit_stays(person, practice):
    PracticePage.objects.filter(pk=practice.pk).update(credit="Association of the well")
    erasure.erase_person(person)
    assert PracticePage.objects.get(pk=practice.pk).credit == "Association of the well"


def test_drafts_and_files_go(person, portal_site, settings, tmp_path, committed):
    settings.STORAGES = {**settings.STORAGES, "originals": {**settings.STORAGES["originals"], "OPTIONS": {"location": tmp_path}}}
    contribution = Contribution.objects.create(contributor=person, language="ar", data={"title": "سر"})
    file = ContributionFile(contribution=contribution, name="a.pdf", size=3)
    file.file.save("a.pdf", ContentFile(b"%PD"))
    draft = PracticePageFactory(parent=portal_site.libraries["ar"], live=False, contributor=person)
    Contribution.objects.create(contributor=person, language="ar", page=draft, state=ContributionState.SUBMITTED)
    storage, path = file.file.storage, file.file.name
    with committed():
        erasure.erase_person(person)
    assert not Contribution.objects.exists()
    assert not PracticePage.objects.filter(pk=draft.pk).exists()
    assert not storage.exists(path)


def test_the_log_of_moderation_keeps_a_number_only(life, person):
    erasure.erase_person(person)
    assert ModerationAction.objects.get().author_key == person.key
    assert not User.objects.filter(key=person.key).exists()


def test_what_others_verified_stays(person):
    membership = MembershipFactory(verified_by=person)
    erasure.erase_person(person)
    membership.refresh_from_db()
    assert (membership.is_verified, membership.verified_by) == (True, None)


@pytest.mark.parametrize("number", range(0, 60, 7))
def test_it_is_done_wholly_or_not_at_all(life, person, number, monkeypatch):
    """Wherever it breaks off, everything is as it was."""
    before = everything()
    forget, seen = type(entries()[0]).forget, []

    def breaks(self, one):
        seen.append(self)
        if len(seen) > number:
            raise OSError("cut off")
        forget(self, one)

    monkeypatch.setattr(type(entries()[0]), "forget", breaks)
    if number >= len(entries()):
        pytest.skip("there are not so many entries")
    with pytest.raises(OSError, match="cut off"):
        erasure.erase_person(person)
    assert everything() == before


def test_whoever_deletes_a_person_erases_them(life, person):
    person.delete()
    assert tables_that_say(NAME, ADDRESS) == set()
    assert Comment.objects.filter(pk=life.pk).exists()


def test_the_last_administrator_cannot_go(db):
    last = User.objects.create_superuser("root@example.org", "x", display_name="Root")
    with pytest.raises(ValidationError):
        erasure.erase_person(last)
    User.objects.create_superuser("other@example.org", "x", display_name="Other", is_active=False)
    with pytest.raises(ValidationError):
        erasure.erase_person(last)
    User.objects.create_superuser("second@example.org", "x", display_name="Second")
    erasure.erase_person(last)
    assert not User.objects.filter(email="root@example.org").exists()


def test_a_declined_membership_of_another_is_left(person):
    MembershipFactory()
    erasure.erase_person(person)
    assert Membership.objects.count() == 1
