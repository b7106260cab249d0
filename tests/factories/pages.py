"""Pages: published, below the site's tree, in the language of their parent unless told otherwise."""

import datetime
import uuid

import factory
import wagtail_factories
from django.utils import timezone
from wagtail.models import Locale, Page

from good_practices.enums import Outcome, SpaceKind, StageKind
from good_practices.models import (
    Assessment,
    CollectionPage,
    CollectionPractice,
    Commitment,
    ConsultationSpace,
    LibraryPage,
    PracticeOrganisation,
    PracticePage,
    PracticeStage,
)
from portal.home.models import HomePage, StandardPage
from portal.vocabulary.enums import Instrument
from sessions.enums import RecordingStatus, SessionKind
from sessions.models import Evaluation, Recording, Room, SessionPage, SessionSpeaker, Speaker, WorkshopPage
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.vocabulary import TerritoryFactory, ThemeFactory


def locale(language):
    """Return the Wagtail locale of a language, made when it is first asked for."""
    return Locale.objects.get_or_create(language_code=language)[0]


class PageFactory(wagtail_factories.PageFactory):
    """A page below `parent`; `translation_of` shares its subject with another page."""

    title = factory.Sequence(lambda number: f"صفحة رقم {number}")
    slug = factory.Sequence(lambda number: f"page-{number}")
    summary = "ملخص قصير"
    translation_key = factory.LazyAttribute(
        lambda page: page.translation_of.translation_key if page.translation_of else uuid.uuid4()
    )
    first_published_at = factory.LazyFunction(timezone.now)

    class Meta:
        abstract = True

    class Params:
        translation_of = None

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        return super()._create_instance(model_class, parent, {"locale": parent.locale, **kwargs})


class HomePageFactory(PageFactory):
    title = "البوابة"
    slug = factory.LazyAttribute(lambda page: f"home-{page.language}")
    locale = factory.LazyAttribute(lambda page: locale(page.language))
    parent = factory.LazyFunction(Page.get_first_root_node)
    hero_title = "معا من أجل ديمقراطية محلية"
    hero_text = "ورشة ومكتبة"

    class Meta:
        model = HomePage

    class Params:
        language = "ar"


class WorkshopPageFactory(PageFactory):
    title = "ورشة الممارسات الجيدة"
    slug = "sessions"

    class Meta:
        model = WorkshopPage


class LibraryPageFactory(PageFactory):
    title = "مكتبة الممارسات"
    slug = "practices"

    class Meta:
        model = LibraryPage


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage


class SpeakerFactory(factory.django.DjangoModelFactory):
    slug = factory.Sequence(lambda number: f"speaker-{number}")
    name_ar = factory.LazyAttribute(lambda one: f"متدخلة {one.slug}")
    name_fr = factory.LazyAttribute(lambda one: f"Intervenante {one.slug}")

    class Meta:
        model = Speaker


class SessionPageFactory(PageFactory):
    """A session of ninety minutes on the first morning; `speakers` in their order."""

    kind = SessionKind.THEMATIC
    starts_at = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
    ends_at = factory.LazyAttribute(lambda page: page.starts_at + datetime.timedelta(minutes=90))

    class Meta:
        model = SessionPage
        skip_postgeneration_save = True

    @factory.post_generation
    def speakers(self, create, speakers, **kwargs):
        for order, speaker in enumerate(speakers or ()):
            SessionSpeaker.objects.create(page=self, speaker=speaker, sort_order=order)


class RoomFactory(factory.django.DjangoModelFactory):
    slug = factory.Sequence(lambda number: f"room-{number}")
    name_ar = factory.LazyAttribute(lambda room: f"قاعة {room.slug}")
    name_fr = factory.LazyAttribute(lambda room: f"Salle {room.slug}")
    order = factory.Sequence(int)

    class Meta:
        model = Room


class RecordingFactory(factory.django.DjangoModelFactory):
    """A recording of `page`, elsewhere and ready, unless told otherwise."""

    session_key = factory.SelfAttribute("page.translation_key")
    external_url = "https://video.example.org/w/1"
    status = RecordingStatus.READY
    has_video = True

    class Meta:
        model = Recording
        exclude = ["page"]


class EvaluationFactory(factory.django.DjangoModelFactory):
    """What somebody thought of `page`: rather good, unless told otherwise."""

    session_key = factory.SelfAttribute("page.translation_key")
    useful = clear = heard = technical = 4
    language = "ar"
    submitted_on = datetime.date(2020, 11, 23)

    class Meta:
        model = Evaluation
        exclude = ["page"]


class PracticePageFactory(PageFactory):
    """A petition in a commune, filed and answered; `themes`, `organisations` and `stages` [(kind, date)] as asked."""

    problem = "<p>لا يوجد نقل مدرسي</p>"
    instrument = Instrument.PETITION
    outcome = Outcome.ACCEPTED
    territory = factory.SubFactory(TerritoryFactory)

    class Meta:
        model = PracticePage
        skip_postgeneration_save = True

    @factory.post_generation
    def themes(self, create, themes, **kwargs):
        self.themes = themes if themes is not None else [ThemeFactory(slug="school-transport")]
        self.save()

    @factory.post_generation
    def organisations(self, create, organisations, **kwargs):
        for order, organisation in enumerate(organisations or ()):
            PracticeOrganisation.objects.create(page=self, organisation=organisation, sort_order=order)

    @factory.post_generation
    def axes(self, create, axes, **kwargs):
        if axes:
            self.axes = axes
            self.save()

    @factory.post_generation
    def stages(self, create, stages, **kwargs):
        default = [(StageKind.FILED, datetime.date(2019, 1, 17)), (StageKind.ANSWERED, datetime.date(2019, 5, 30))]
        for order, (kind, date) in enumerate(default if stages is None else stages):
            note = f"مرحلة {order}"
            PracticeStage.objects.create(page=self, kind=kind, date=date, note=note, sort_order=order, locale=self.locale)


class CollectionPageFactory(PageFactory):
    """A collection; `practices` [(page, reason)] in their order."""

    class Meta:
        model = CollectionPage
        skip_postgeneration_save = True

    @factory.post_generation
    def practices(self, create, practices, **kwargs):
        for order, (page, reason) in enumerate(practices or ()):
            CollectionPractice.objects.create(page=self, practice=page, reason=reason, sort_order=order, locale=self.locale)


class SpaceFactory(factory.django.DjangoModelFactory):
    slug = factory.Sequence(lambda number: f"space-{number}")
    kind = SpaceKind.EQUITY_BODY
    territory = factory.SubFactory(TerritoryFactory)
    name_ar = factory.LazyAttribute(lambda one: f"هيئة {one.slug}")
    name_fr = factory.LazyAttribute(lambda one: f"Instance {one.slug}")
    name_en = factory.LazyAttribute(lambda one: f"Body {one.slug}")

    class Meta:
        model = ConsultationSpace


class CommitmentFactory(factory.django.DjangoModelFactory):
    """A promise of the first of January 2020, due at the end of June, of which nothing is known."""

    organisation = factory.SubFactory(OrganisationFactory)
    territory = factory.SubFactory(TerritoryFactory)
    text_ar = factory.Sequence(lambda number: f"التزام رقم {number}")
    text_en = factory.Sequence(lambda number: f"Promise {number}")
    made_on = datetime.date(2020, 1, 1)
    due_on = datetime.date(2020, 6, 30)

    class Meta:
        model = Commitment


class AssessmentFactory(factory.django.DjangoModelFactory):
    """What a peer finds of `page`: public, unless told otherwise."""

    practice_key = factory.SelfAttribute("page.translation_key")
    assessor = factory.SubFactory(UserFactory)
    transferable = 2
    language = "en"
    assessed_on = datetime.date(2020, 11, 23)
    public = True

    class Meta:
        model = Assessment
        exclude = ["page"]
