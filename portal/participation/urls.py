"""Where what participants write is sent, under `/{lang}/participation/`."""

from django.urls import path

from portal.participation.views.comments import add_comment, comment, find_useful, reply_form
from portal.participation.views.endorsements import endorse, take_back_endorsement
from portal.participation.views.following import follow
from portal.participation.views.moderation import appeal_comment, report_comment
from portal.participation.views.own_comments import edit_comment, history, take_back
from portal.participation.views.questions import answer, questions, vote
from portal.participation.views.stopping import stop_digests, stop_following
from portal.participation.views.tags import add_tags, suggest_tags, take_back_tag
from portal.participation.views.transparency import transparency, transparency_csv

urlpatterns = [
    path("<uuid:key>/comments/", add_comment, name="add_comment"),
    path("comments/<int:pk>/", comment, name="comment"),
    path("comments/<int:pk>/reply/", reply_form, name="reply_comment"),
    path("comments/<int:pk>/useful/", find_useful, name="find_useful"),
    path("comments/<int:pk>/edit/", edit_comment, name="edit_comment"),
    path("comments/<int:pk>/take-back/", take_back, name="take_back_comment"),
    path("comments/<int:pk>/history/", history, name="comment_history"),
    path("<uuid:key>/tags/", add_tags, name="add_tags"),
    path("tags/suggest/", suggest_tags, name="suggest_tags"),
    path("tags/<int:pk>/take-back/", take_back_tag, name="take_back_tag"),
    path("<uuid:key>/endorse/", endorse, name="endorse"),
    path("endorsements/<int:pk>/take-back/", take_back_endorsement, name="take_back_endorsement"),
    path("<uuid:key>/questions/", questions, name="questions"),
    path("questions/<int:pk>/vote/", vote, name="vote"),
    path("questions/<int:pk>/answer/", answer, name="answer_question"),
    path("comments/<int:pk>/report/", report_comment, name="report_comment"),
    path("comments/<int:pk>/appeal/", appeal_comment, name="appeal_comment"),
    path("transparency/", transparency, name="transparency"),
    path("transparency.csv", transparency_csv, name="transparency_csv"),
    path("follow/", follow, name="follow"),
    path("digests/stop/<str:token>/", stop_digests, name="stop_digests"),
    path("following/stop/<str:token>/", stop_following, name="stop_following"),
]
