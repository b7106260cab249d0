"""Where what participants write is sent, under `/{lang}/participation/`."""

from django.urls import path

from portal.participation.views.comments import add_comment
from portal.participation.views.following import follow
from portal.participation.views.questions import answer, questions, vote
from portal.participation.views.stopping import stop_digests, stop_following
from portal.participation.views.tags import add_tags

urlpatterns = [
    path("<uuid:key>/comments/", add_comment, name="add_comment"),
    path("<uuid:key>/tags/", add_tags, name="add_tags"),
    path("<uuid:key>/questions/", questions, name="questions"),
    path("questions/<int:pk>/vote/", vote, name="vote"),
    path("questions/<int:pk>/answer/", answer, name="answer_question"),
    path("follow/", follow, name="follow"),
    path("digests/stop/<str:token>/", stop_digests, name="stop_digests"),
    path("following/stop/<str:token>/", stop_following, name="stop_following"),
]
