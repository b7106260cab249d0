"""What participants write and follow."""

import datetime

import factory
from factory.django import DjangoModelFactory

from portal.participation.enums import CommentKind, EndorsementKind
from portal.participation.models import Comment, Endorsement, Follow, ModerationReason, Subject, Tag, Tagging, Vote
from tests.factories.people import OrganisationFactory, UserFactory


class CommentFactory(DjangoModelFactory):
    """A comment; `page` says on what."""

    author = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda number: f"تعليق رقم {number}")
    language = "ar"
    subject = factory.LazyAttribute(lambda comment: Subject.of(comment.page.translation_key))

    class Meta:
        model = Comment
        exclude = ("page",)

    page = None


class QuestionFactory(CommentFactory):
    """A question; `votes` says how many want it answered."""

    kind = CommentKind.QUESTION
    text = factory.Sequence(lambda number: f"سؤال رقم {number}؟")

    class Meta:
        model = Comment
        exclude = ("page",)
        skip_postgeneration_save = True

    @factory.post_generation
    def votes(self, create, votes, **kwargs):
        for _ in range(votes or 0):
            Vote.objects.create(comment=self, voter=UserFactory())


class TaggingFactory(DjangoModelFactory):
    """A given tag; `page` says to what, `name` which."""

    name = factory.Sequence(lambda number: f"وسم {number}")
    tagged_by = factory.SubFactory(UserFactory)
    tag = factory.LazyAttribute(lambda given: Tag.objects.filter(name=given.name).first() or Tag.objects.create(name=given.name))
    content_object = factory.LazyAttribute(lambda given: Subject.of(given.page.translation_key))

    class Meta:
        model = Tagging
        exclude = ("page", "name")

    page = None


class ModerationReasonFactory(DjangoModelFactory):
    """Why something is hidden."""

    name_ar = factory.Sequence(lambda number: f"سبب {number}")
    name_fr = factory.Sequence(lambda number: f"Raison {number}")
    message_ar = "هذا مخالف للقواعد."
    message_fr = "C’est contraire aux règles."
    message_en = "This breaks the rules."

    class Meta:
        model = ModerationReason


class FollowFactory(DjangoModelFactory):
    """That somebody follows `kind` and `key`, since long ago."""

    person = factory.SubFactory(UserFactory)
    created_at = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)

    class Meta:
        model = Follow


class EndorsementFactory(DjangoModelFactory):
    """What an organisation says; `page` says of what."""

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(UserFactory)
    kind = EndorsementKind.USEFUL
    text = factory.Sequence(lambda number: f"استفدنا منها في {number} دواوير")
    language = "ar"
    subject = factory.LazyAttribute(lambda said: Subject.of(said.page.translation_key))

    class Meta:
        model = Endorsement
        exclude = ("page",)

    page = None
