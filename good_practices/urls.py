from django.urls import path, re_path

from good_practices.views import exchange

urlpatterns = [
    re_path(r"^export\.(?P<kind>csv|json|xlsx)$", exchange.export, name="practices_export"),
    path("export/dictionary/", exchange.dictionary_page, name="practices_dictionary"),
    path("export/dictionary.json", exchange.dictionary_json, name="practices_dictionary_json"),
    path("export/dictionary.csv", exchange.dictionary_csv, name="practices_dictionary_csv"),
    path("import-template.xlsx", exchange.import_template, name="practices_template"),
]
