"""Everything that tests need made, one module for each room."""

from tests.factories.facts import PracticeFactsFactory
from tests.factories.pages import (
    EvaluationFactory,
    HomePageFactory,
    LibraryPageFactory,
    PracticePageFactory,
    RecordingFactory,
    RoomFactory,
    SessionPageFactory,
    SpeakerFactory,
    StandardPageFactory,
    WorkshopPageFactory,
)
from tests.factories.participation import CommentFactory, QuestionFactory, TaggingFactory
from tests.factories.people import PASSWORD, OrganisationFactory, UserFactory
from tests.factories.site import PortalSite, make_site
from tests.factories.vocabulary import AxisFactory, ProvinceFactory, RegionFactory, TerritoryFactory, ThemeFactory

__all__ = [
    "PASSWORD",
    "AxisFactory",
    "CommentFactory",
    "EvaluationFactory",
    "HomePageFactory",
    "LibraryPageFactory",
    "OrganisationFactory",
    "PortalSite",
    "PracticeFactsFactory",
    "PracticePageFactory",
    "ProvinceFactory",
    "QuestionFactory",
    "RecordingFactory",
    "RegionFactory",
    "RoomFactory",
    "SessionPageFactory",
    "SpeakerFactory",
    "StandardPageFactory",
    "TaggingFactory",
    "TerritoryFactory",
    "ThemeFactory",
    "UserFactory",
    "WorkshopPageFactory",
    "make_site",
]
