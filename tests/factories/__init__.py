"""Everything that tests need made, one module for each room."""

from tests.factories.facts import PracticeFactsFactory
from tests.factories.pages import (
    AssessmentFactory,
    CollectionPageFactory,
    CommitmentFactory,
    EvaluationFactory,
    HomePageFactory,
    LibraryPageFactory,
    PracticePageFactory,
    RecordingFactory,
    RoomFactory,
    SessionPageFactory,
    SpaceFactory,
    SpeakerFactory,
    StandardPageFactory,
    WorkshopPageFactory,
)
from tests.factories.participation import (
    CommentFactory,
    EndorsementFactory,
    FollowFactory,
    ModerationReasonFactory,
    QuestionFactory,
    TaggingFactory,
)
from tests.factories.people import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.site import PortalSite, make_site
from tests.factories.vocabulary import AxisFactory, ProvinceFactory, RegionFactory, TerritoryFactory, ThemeFactory

__all__ = [
    "PASSWORD",
    "AssessmentFactory",
    "AxisFactory",
    "CollectionPageFactory",
    "CommentFactory",
    "CommitmentFactory",
    "EndorsementFactory",
    "EvaluationFactory",
    "FollowFactory",
    "HomePageFactory",
    "LibraryPageFactory",
    "MembershipFactory",
    "ModerationReasonFactory",
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
    "SpaceFactory",
    "SpeakerFactory",
    "StandardPageFactory",
    "TaggingFactory",
    "TerritoryFactory",
    "ThemeFactory",
    "UserFactory",
    "WorkshopPageFactory",
    "make_site",
]
