"""Lists of what hangs on practices, in the CMS."""

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from wagtail.admin.views.generic import IndexView

from good_practices.models import PracticePage
from portal.base.languages import current_language


def title_of(key: str) -> Subquery:
    """Return the title of the practice whose key stands in the field `key`, in the reader's language where there is one."""
    rank = Case(When(locale__language_code=current_language(), then=Value(0)), default=Value(1))
    pages = PracticePage.objects.filter(translation_key=OuterRef(key)).order_by(rank, "pk")
    return Subquery(pages.values("title")[:1])


class PracticeRowsView(IndexView):
    """The rows, each with the title of its practice."""

    def get_base_queryset(self) -> QuerySet:
        """Return the rows with the titles, in one query."""
        rows: QuerySet = super().get_base_queryset()
        rows = rows.annotate(practice_title=title_of("practice_key"))
        if hasattr(self.model, "inspired_by_key"):
            rows = rows.annotate(inspired_by_title=title_of("inspired_by_key"))
        return rows
