"""A public server refuses to start on what is unsafe or missing."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "SECRET_KEY": "q8Zr2Lk0vX5tYb7NcW3mHd9sJf6gPa1eUo4iTxRzKyQwVnBhMlCj-ED_",
    "ALLOWED_HOSTS": "portal.example.ma",
    "BASE_URL": "https://portal.example.ma",
    "EMAIL_URL": "smtp://localhost:25",
}


def start(tmp_path, *command, **environment):
    """Run a command on the production settings with nothing of this machine's environment but its path."""
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "portal.settings.production", "VAR_DIR": str(tmp_path)}
    environment = {name: value for name, value in {**clean, **environment}.items() if value is not None}
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, timeout=120, check=False)


def load(tmp_path, **environment):
    return start(tmp_path, "-c", "import portal.settings.production", **environment)


def test_good_values_are_taken(tmp_path):
    result = load(tmp_path, **GOOD)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("name", GOOD)
def test_nothing_may_be_missing(tmp_path, name):
    result = load(tmp_path, **{**GOOD, name: None})
    assert result.returncode == 1
    assert f"{name} must be set in production" in result.stderr


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too weak"),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY is too weak"),
        ("SECRET_KEY", "django-insecure-" + GOOD["SECRET_KEY"], "SECRET_KEY is too weak"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name"),
        ("ALLOWED_HOSTS", "portal.example.ma, *", "ALLOWED_HOSTS must name"),
        ("SECRET_KEY", "", "SECRET_KEY must be set"),
        ("EMAIL_URL", "", "Invalid email schema"),
        ("BASE_URL", "http://portal.example.ma", "BASE_URL must be an https address"),
        ("BASE_URL", "portal.example.ma", "BASE_URL must be an https address"),
    ],
)
def test_what_is_unsafe_is_refused(tmp_path, name, value, reason):
    result = load(tmp_path, **{**GOOD, name: value})
    assert result.returncode == 1
    assert reason in result.stderr


def test_hosts_are_read_with_spaces_between(tmp_path):
    code = "from portal.settings.production import ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS as o; print(ALLOWED_HOSTS, o)"
    result = start(tmp_path, "-c", code, **{**GOOD, "ALLOWED_HOSTS": "a.ma, b.ma", "BASE_URL": "https://a.ma/"})
    assert result.stdout.strip() == "['a.ma', 'b.ma'] ['https://a.ma']"


def test_django_s_own_deployment_check_is_clean(tmp_path):
    result = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "INFO", **GOOD)
    assert (result.returncode, "no issues" in result.stdout) == (0, True), result.stderr


def test_nothing_demonstrational_is_in_production(tmp_path):
    code = "from portal.settings import production as p; print(p.DEBUG, p.DEMONSTRATION_ACCOUNTS)"
    assert start(tmp_path, "-c", code, **GOOD).stdout.strip() == "False False"
