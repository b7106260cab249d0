"""The register of personal data: nothing that names a person is missing from it."""

import re

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from portal.people.models import User
from portal.people.personal_data import entries, impersonal
from portal.people.personal_data.inventory import inventory

NAMES = re.compile(
    r"e?mail|phone|address_ip|ip|ip_address|user_agent|first_name|last_name|display_name|author_name|credit|reply_to",
    re.IGNORECASE,
)
KEYS_OF_PEOPLE = {"actor_key", "author_key", "person_key", "user_key", "user_id", "person_id"}


def links_to_people():
    """Every field of every installed model that leads to a person, third parties' with them: (label, name)."""
    for model in apps.get_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if field.is_relation and field.related_model is User:
                yield model._meta.label, field.name


def fields_that_name_people():
    for model in apps.get_models():
        for field in model._meta.local_fields:
            personal_type = isinstance(field, models.EmailField | models.GenericIPAddressField)
            if not field.is_relation and (personal_type or NAMES.fullmatch(field.name)):
                yield model._meta.label, field.name


def test_every_link_to_a_person_has_an_entry():
    known = {(entry.model, entry.link) for entry in entries()}
    assert not [link for link in links_to_people() if link not in known]


def test_every_field_that_names_a_person_is_in_a_table_of_the_register():
    known = {entry.model for entry in entries()}
    assert not [found for found in fields_that_name_people() if found[0] not in known and found not in impersonal()]


def test_every_key_of_a_person_is_in_a_table_of_the_register():
    known = {entry.model for entry in entries()}
    keys = [
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if not field.is_relation and field.name in KEYS_OF_PEOPLE
    ]
    assert keys
    assert not [found for found in keys if found[0] not in known]


@pytest.mark.django_db
def test_every_entry_can_be_asked(participant):
    for entry in entries():
        fields = [field.format(language="fr") for field in entry.fields]
        rows = list(entry.own_rows(participant)) if entry.own_rows else list(entry.rows(participant).values(*fields))
        assert isinstance(rows, list), entry.model


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_everybody_reads_the_inventory(client, portal_site, language):
    response = client.get(f"/{language}/privacy/inventory/")
    assert response.status_code == 200
    text = response.content.decode()
    for part in inventory():
        assert part.purpose in text or language != "ar"
    assert text.count('<h3 class="card__title">') == len(entries())


@pytest.mark.django_db
def test_the_inventory_asks_the_database_for_no_table_of_people(client, portal_site, django_assert_max_num_queries):
    client.get("/en/privacy/inventory/")
    with django_assert_max_num_queries(6):
        client.get(reverse("privacy_inventory"))
