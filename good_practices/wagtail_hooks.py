from wagtail import hooks

from good_practices.viewsets.mistakes import MistakeViewSet


@hooks.register("register_admin_viewset")
def register_mistakes() -> MistakeViewSet:
    """Give facilitators the reports of readers."""
    return MistakeViewSet("mistake")
