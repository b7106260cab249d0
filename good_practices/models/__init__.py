"""The library: who asked what of whom, through which instrument and stages, with what answer and result."""

from good_practices.models.assessment import Assessment
from good_practices.models.collection import CollectionPage, CollectionPractice
from good_practices.models.commitment import Commitment
from good_practices.models.contribution import Contribution, ContributionFile
from good_practices.models.facts import PracticeFacts
from good_practices.models.imports import ImportedRow, ImportFault, ImportRun
from good_practices.models.inspiration import Inspiration
from good_practices.models.library import LibraryPage
from good_practices.models.news import PracticeNews
from good_practices.models.practice import PracticeEvidence, PracticeOrganisation, PracticePage, PracticeStage, ResultFigure
from good_practices.models.report import MistakeReport
from good_practices.models.space import ConsultationSpace

__all__ = [
    "Assessment",
    "CollectionPage",
    "CollectionPractice",
    "Commitment",
    "ConsultationSpace",
    "Contribution",
    "ContributionFile",
    "ImportFault",
    "ImportRun",
    "ImportedRow",
    "Inspiration",
    "LibraryPage",
    "MistakeReport",
    "PracticeEvidence",
    "PracticeFacts",
    "PracticeNews",
    "PracticeOrganisation",
    "PracticePage",
    "PracticeStage",
    "ResultFigure",
]
