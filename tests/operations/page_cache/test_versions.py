"""Which writes draw a new version of the content."""

import pytest
from django.db import transaction
from wagtail.models import Page

from portal.operations import content_version
from sessions.models import SessionPage, Speaker


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("sql", "changes"),
    [
        ('UPDATE "wagtailcore_page" SET "title" = %s WHERE "id" = %s', "content"),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "latest_revision_id" = %s WHERE "id" = %s', None),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "live" = %s WHERE "id" = %s', "content"),
        ('UPDATE "wagtailcore_page" SET "draft_title" = CASE WHEN 1 THEN "x" END', "content"),
        ('INSERT INTO "participation_comment" ("text") VALUES (%s)', "activity"),
        ('DELETE FROM "participation_tagging" WHERE "id" IN (%s)', "activity"),
        ('INSERT OR IGNORE INTO "vocabulary_theme" ("slug") VALUES (%s)', "content"),
        ("update home_keyfigure set value = '1'", "content"),
        ('INSERT INTO "people_user" ("email") VALUES (%s)', None),
        ('UPDATE "people_user" SET "last_login" = %s WHERE "id" = %s', None),
        ('UPDATE "people_user" SET "display_name" = %s WHERE "id" = %s', "content"),
        ('INSERT INTO "search_outboxentry" ("key") VALUES (%s)', None),
        ('DELETE FROM "search_outboxentry" WHERE "id" IN (%s)', "content"),
        ('INSERT INTO "a_table_that_comes_later" ("x") VALUES (%s)', "content"),
        ('UPDATE "django_session" SET "session_data" = %s', None),
        ('SAVEPOINT "s1"', None),
    ],
)
def test_which_writes_change_which_version(sql, changes):
    statement = content_version.drawn_by(sql)
    assert (statement.rsplit(" ", 3)[-3] if statement else None) == changes


def test_a_write_that_is_rolled_back_changes_nothing(plain, kept):
    with transaction.atomic():
        Page.objects.filter(pk=plain.pk).update(title="Second titre")
        transaction.set_rollback(True)
    assert "Premier titre" in text(kept("/fr/apropos/"))


@pytest.mark.django_db(transaction=True)
def test_a_write_outside_of_a_transaction_changes_the_version_with_it():
    content_version.current()
    seen = []
    for make in (lambda: Speaker.objects.create(slug="a", name_ar="أ"), lambda: Speaker.objects.update(name_ar="ب")):
        make()
        seen.append(content_version.current())
    assert None not in seen
    assert seen[0].content != seen[1].content
    assert SessionPage.objects.count() == 0
