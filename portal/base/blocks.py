"""The blocks that a facilitator composes a page's body of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
"""What running text may hold: structure comes from the page's own fields and blocks."""


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and whose they are."""

    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody's words, set apart from the text")
        template = "blocks/quote.html"
        preview_value = {"text": "من لا يُجَب عن عريضته يكتب الثانية أحسن من الأولى.", "source": "مثال توضيحي"}


class FigureBlock(blocks.StructBlock):
    """A picture with its caption."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with a caption below it")
        template = "blocks/figure.html"


class DocumentBlock(blocks.StructBlock):
    """A document to download."""

    document = DocumentChooserBlock(label=_("Document"))
    description = blocks.CharBlock(label=_("What it is"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        description = _("A file to download, with its kind and size")
        template = "blocks/document.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    heading = blocks.CharBlock(
        label=_("Heading"),
        icon="title",
        description=_("Opens a part of the page"),
        form_classname="title",
        template="blocks/heading.html",
        preview_value="عنوان فقرة",
    )
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        description=_("Paragraphs, lists and links"),
        features=TEXT_FEATURES,
        template="blocks/paragraph.html",
        preview_value="<p>نص قصير يوضح شكل الفقرة.</p>",
    )
    quote = QuoteBlock()
    figure = FigureBlock()
    document = DocumentBlock()
