from django.db import models
from django.utils.translation import gettext_lazy as _


class CommentKind(models.TextChoices):
    """What somebody says about a subject."""

    EXPERIENCE = "experience", _("Experience")
    QUESTION = "question", _("Question")
    RESOURCE = "resource", _("Resource")
    COMMENT = "comment", _("Comment")
