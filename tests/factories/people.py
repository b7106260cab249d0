"""People and organisations."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.people.domain import give_role
from portal.people.domain.addresses import confirm_address
from portal.people.enums import OrganisationKind, Purpose
from portal.people.models import Consent, Membership, Organisation, User
from portal.people.notices import NOTICES

PASSWORD = "un-souk-vert-7-heures"


class UserFactory(DjangoModelFactory):
    """A person whose address is confirmed and who has agreed to be published; `role` puts them into its group."""

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    display_name = factory.Sequence(lambda number: f"Person {number}")

    class Meta:
        model = User
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        person = model_class.objects.create_user(password=PASSWORD, **kwargs)
        confirm_address(person)
        Consent.objects.create(
            person=person, purpose=Purpose.PUBLISHING, version=NOTICES[Purpose.PUBLISHING].version, language="ar"
        )
        return person

    @factory.post_generation
    def role(self, create, role, **kwargs):
        if role:
            give_role(self, role)


class OrganisationFactory(DjangoModelFactory):
    slug = factory.Sequence(lambda number: f"association-{number}")
    kind = OrganisationKind.ASSOCIATION
    name_ar = factory.LazyAttribute(lambda one: f"جمعية {one.slug}")
    name_fr = factory.LazyAttribute(lambda one: f"Association {one.slug}")

    class Meta:
        model = Organisation


class MembershipFactory(DjangoModelFactory):
    """That a person belongs to an organisation, verified unless told otherwise."""

    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    verified_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Membership
