"""The test-suite: everything real but kept in a folder of its own, cheap password hashes, tasks run at once."""

import os
import tempfile

os.environ["VAR_DIR"] = os.environ.get("TEST_VAR_DIR") or tempfile.mkdtemp(prefix="portal-tests-")

from portal.settings.base import *  # noqa: F403

DEBUG = False
ELASTICSEARCH_URL = []
SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES["default"]["BACKEND"] = "django.core.cache.backends.locmem.LocMemCache"  # noqa: F405
PAGE_CACHE = False  # tests that are about it turn it on
SEARCH_COUNT_SECONDS = 0  # what was asked is counted at once, not beside the request
