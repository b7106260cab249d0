"""Where what participants write is sent, under `/{lang}/participation/`."""

from django.urls import path

from portal.participation.views.comments import add_comment
from portal.participation.views.moderation import appeal_comment, report_comment
from portal.participation.views.questions import answer, questions, vote
from portal.participation.views.tags import add_tags
from portal.participation.views.transparency import transparency, transparency_csv

urlpatterns = [
    path("<uuid:key>/comments/", add_comment, name="add_comment"),
    path("<uuid:key>/tags/", add_tags, name="add_tags"),
    path("<uuid:key>/questions/", questions, name="questions"),
    path("questions/<int:pk>/vote/", vote, name="vote"),
    path("questions/<int:pk>/answer/", answer, name="answer_question"),
    path("comments/<int:pk>/report/", report_comment, name="report_comment"),
    path("comments/<int:pk>/appeal/", appeal_comment, name="appeal_comment"),
    path("transparency/", transparency, name="transparency"),
    path("transparency.csv", transparency_csv, name="transparency_csv"),
]
