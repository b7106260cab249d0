from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from good_practices.models import PracticePage
from portal.people.models import Organisation
from search.domain import enqueue


@receiver(post_save, sender=Organisation, dispatch_uid="good_practices.organisation")
def organisation_changed(instance: Organisation, created: bool, **kwargs: Any) -> None:
    """The search documents of practices hold the names and slugs of the organisations that asked and were asked."""
    if not created:
        named = Q(practice_organisations__organisation=instance) | Q(authority=instance)
        enqueue(map(str, PracticePage.objects.filter(named).values_list("translation_key", flat=True).distinct()))
