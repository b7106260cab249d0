"""The address of a connection (IP) is kept in no table and in no line of a log."""

import json
import logging

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import models

from portal.people.signals import NO_ADDRESS
from tests.factories import PracticePageFactory, SessionPageFactory
from tests.factories.people import PASSWORD

ADDRESS, FORWARDED, BROWSER = "203.0.113.77", "198.51.100.23", "Mozilla/5.0 (test)"
FROM = {"REMOTE_ADDR": ADDRESS, "HTTP_X_FORWARDED_FOR": FORWARDED, "HTTP_X_REAL_IP": FORWARDED, "HTTP_USER_AGENT": BROWSER}


@pytest.fixture
def practice(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"], slug="water")


def tables_that_say(*words):
    found = set()
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            names = [field.attname for field in model._meta.local_fields if not isinstance(field, models.BinaryField)]
            text = json.dumps(list(model._base_manager.values_list(*names)), default=str)
            found |= {model._meta.label for word in words if word in text}
    return found


def test_a_day_of_taking_part_leaves_none(client, portal_site, practice, participant, facilitator, moderator, caplog):
    SessionPageFactory(parent=portal_site.workshops["ar"], slug="live")
    key = practice.translation_key
    client.defaults.update(FROM)
    with caplog.at_level(logging.DEBUG):
        for path in ("/ar/", "/ar/search/?q=ماء", "/ar/practices/water/", "/ar/nowhere/", "/cms/", "/api/search/?q=x"):
            client.get(path)
        words = {"display_name": "سعاد", "email": "souad@example.org", "password1": PASSWORD}
        client.post("/ar/account/signup/", words)
        client.post("/ar/account/logout/")
        client.post("/ar/account/login/", {"login": participant.email, "password": "wrong"})
        client.post("/ar/account/login/", {"login": participant.email, "password": PASSWORD})
        client.post(f"/ar/participation/{key}/comments/", {"text": "تعليق"})
        client.post(f"/ar/participation/{key}/tags/", {"tags": "ماء"})
        client.post("/ar/practices/water/report/", {"text": "خطأ"}, HTTP_ORIGIN="http://testserver")
        client.post("/ar/account/password/reset/", {"email": participant.email})
        client.post("/ar/account/data/request/", {"kind": "other", "text": "سؤال"})
        client.post("/ar/sessions/live/evaluation/", {})
        for person in (facilitator, moderator):
            client.logout()
            client.post("/cms/login/", {"username": person.email, "password": PASSWORD})
            client.get("/cms/")
    assert tables_that_say(ADDRESS, FORWARDED) == set()
    assert not [record for record in caplog.records if ADDRESS in record.getMessage() or FORWARDED in record.getMessage()]


def test_no_model_of_ours_has_a_field_for_it():
    fields = {
        field.name
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.GenericIPAddressField) and model._meta.label != "usersessions.UserSession"
    }
    assert not fields


@pytest.mark.skipif(not apps.is_installed("allauth.usersessions"), reason="the list of sessions is not installed")
@pytest.mark.django_db
def test_the_list_of_sessions_holds_none(participant):
    kept = apps.get_model("usersessions", "UserSession").objects.create(
        user=participant, ip=ADDRESS, session_key="k", user_agent=BROWSER
    )
    kept.refresh_from_db()
    assert kept.ip == NO_ADDRESS


def test_what_limits_count_is_forgotten_with_their_window(client, practice, settings):
    """Limits hold a hash with a salt, or a number that ends with their window: nothing without an end."""
    client.post("/ar/practices/water/report/", {"text": "خطأ"}, REMOTE_ADDR=ADDRESS, HTTP_ORIGIN="http://testserver")
    kept = getattr(cache, "_cache", {})
    ours = [key for key in kept if "mistake" in key or "report" in key]
    assert ours
    assert not [key for key in kept if ADDRESS in key and "allauth" not in key]
    assert all(cache._expire_info[key] is not None for key in kept if "count" in key or "salt" in key or "allauth:rl" in key)
