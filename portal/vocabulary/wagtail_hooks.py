from wagtail.snippets.models import register_snippet

from portal.vocabulary.viewsets import VocabularyViewSetGroup

register_snippet(VocabularyViewSetGroup)
