"""Where what participants write is sent, under `/{lang}/participation/`."""

from django.urls import path

from portal.participation.views.comments import add_comment
from portal.participation.views.endorsements import endorse, take_back_endorsement
from portal.participation.views.questions import answer, questions, vote
from portal.participation.views.tags import add_tags, suggest_tags, take_back_tag

urlpatterns = [
    path("<uuid:key>/comments/", add_comment, name="add_comment"),
    path("<uuid:key>/tags/", add_tags, name="add_tags"),
    path("tags/suggest/", suggest_tags, name="suggest_tags"),
    path("tags/<int:pk>/take-back/", take_back_tag, name="take_back_tag"),
    path("<uuid:key>/endorse/", endorse, name="endorse"),
    path("endorsements/<int:pk>/take-back/", take_back_endorsement, name="take_back_endorsement"),
    path("<uuid:key>/questions/", questions, name="questions"),
    path("questions/<int:pk>/vote/", vote, name="vote"),
    path("questions/<int:pk>/answer/", answer, name="answer_question"),
]
