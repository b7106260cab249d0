from django.db import models


class ContentVersion(models.Model):
    """One row: numbers drawn anew in the transaction of each write that visitors can see (`portal.operations.content_version`).

    They are drawn, not counted, so that no number comes twice, not even after a backup was put back.
    """

    content = models.BigIntegerField()
    activity = models.BigIntegerField()

    class Meta:
        verbose_name = "version of the content"
        verbose_name_plural = "version of the content"

    def __str__(self) -> str:
        return f"{self.content}, {self.activity}"
