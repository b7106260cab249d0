"""Periodic jobs: one that fails holds up no other, and is tried again."""

import pytest
from django.core import mail

from portal.operations import periodic
from portal.participation.digests.turn import BusyError, turn
from portal.participation.models import DigestRun

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("error", [OSError("no server"), RuntimeError("anything"), BusyError("another")])
def test_a_job_that_fails_holds_up_no_other(monkeypatch, error):
    ran = []

    def fail():
        raise error

    monkeypatch.setattr(periodic, "close_old_connections", lambda: None)
    monkeypatch.setattr(periodic, "JOBS", (fail, lambda: ran.append(1)))
    periodic.run_once()
    assert ran == [1]


def test_digests_are_among_them_and_done_once(monkeypatch, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(periodic, "close_old_connections", lambda: None)
    with turn():
        periodic.run_once()
    assert not DigestRun.objects.exists()
    periodic.run_once()
    periodic.run_once()
    assert DigestRun.objects.exclude(finished_at=None).count() == 2
    assert not mail.outbox
