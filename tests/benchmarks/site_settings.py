"""The portal's own settings, with Wagtail's database search mounted beside it to be measured."""

from portal.settings.local import *  # noqa: F403
from portal.settings.local import INSTALLED_APPS

ROOT_URLCONF = "tests.benchmarks.site_urls"
INSTALLED_APPS = [*INSTALLED_APPS, "tests.benchmarks"]
