"""Addresses of the library that are no Wagtail pages, under `/{lang}/practices/`."""

from django.urls import URLPattern, URLResolver, path, re_path

from good_practices.views import citing, contributing, dashboard, exchange, following, history, mistakes, places, sheet

urlpatterns: list[URLPattern | URLResolver] = [
    path("dashboard/", dashboard.dashboard, name="practices_dashboard"),
    path("dashboard.csv", dashboard.dashboard_csv, name="practices_dashboard_csv"),
    path("<str:slug>/update/", following.update, name="practice_update"),
    path("map/", places.practice_map, name="practice_map"),
    path("<str:slug>/cite.bib", citing.cite_bibtex, name="practice_bibtex"),
    path("<str:slug>/cite.json", citing.cite_csl, name="practice_csl"),
    path("<str:slug>/history/", history.history, name="practice_history"),
    path("<str:slug>/report/", mistakes.report, name="practice_report"),
    path("<str:slug>/report/sent/", mistakes.sent, name="practice_report_sent"),
    path("<str:slug>/sheet.pdf", sheet.sheet, name="practice_sheet"),
    re_path(r"^export\.(?P<kind>csv|json|xlsx)$", exchange.export, name="practices_export"),
    path("export/dictionary/", exchange.dictionary_page, name="practices_dictionary"),
    path("export/dictionary.json", exchange.dictionary_json, name="practices_dictionary_json"),
    path("export/dictionary.csv", exchange.dictionary_csv, name="practices_dictionary_csv"),
    path("import-template.xlsx", exchange.import_template, name="practices_template"),
    path("contribute/", contributing.contribute, name="contribute"),
    path("contribute/<uuid:key>/withdraw/", contributing.withdraw, name="contribution_withdraw"),
    path("contribute/<uuid:key>/files/add/", contributing.add_file, name="contribution_add_file"),
    path("contribute/<uuid:key>/files/<int:pk>/", contributing.download, name="contribution_file"),
    path("contribute/<uuid:key>/files/<int:pk>/remove/", contributing.remove_file, name="contribution_remove_file"),
    path("contribute/<uuid:key>/<slug:slug>/", contributing.step, name="contribution_step"),
    path("contribute/<uuid:key>/<slug:slug>/save/", contributing.autosave, name="contribution_autosave"),
]
