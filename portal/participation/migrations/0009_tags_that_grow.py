import portal.base.clock
from django.db import migrations, models

from search.analysis import FOLDED_LENGTH, fold


def fold_tags(apps, schema_editor):
    """Give every tag its folded form; tags that are one become the first written, who gave them kept."""
    Tag = apps.get_model('participation', 'Tag')
    TagAlias = apps.get_model('participation', 'TagAlias')
    OutboxEntry = apps.get_model('search', 'OutboxEntry')
    first, changed = {}, set()
    for tag in Tag.objects.filter(folded='').order_by('pk'):
        folded = fold(tag.name) or tag.name.casefold()[:FOLDED_LENGTH]
        kept = first.get(folded) or Tag.objects.filter(folded=folded).first()
        if kept is None:
            first[folded] = tag
            Tag.objects.filter(pk=tag.pk).update(folded=folded)
            continue
        first[folded] = kept
        changed.update(move_taggings(tag, kept))
        slug = tag.slug
        tag.delete()
        TagAlias.objects.get_or_create(slug=slug, defaults={'tag_id': kept.pk})
    OutboxEntry.objects.bulk_create([OutboxEntry(key=str(key)) for key in sorted(changed)], batch_size=200)


def move_taggings(tag, kept):
    """Give `kept` what `tag` was given to; where both were, what is seen stays, else what was given first."""
    keys = set()
    for tagging in tag.taggings.select_related('content_object'):
        keys.add(tagging.content_object.translation_key)
        twin = kept.taggings.filter(content_object=tagging.content_object).first()
        if twin is None:
            tagging.tag_id = kept.pk
            tagging.save(update_fields=['tag'])
        elif (tagging.hidden_at is not None, tagging.tagged_at) < (twin.hidden_at is not None, twin.tagged_at):
            twin.delete()
            tagging.tag_id = kept.pk
            tagging.save(update_fields=['tag'])
    return keys


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0008_bounces_and_runs'),
        ('search', '0002_glossary_promotions_counts'),
    ]

    operations = [
        migrations.AddField(
            model_name='tagalias',
            name='folded',
            field=models.CharField(blank=True, editable=False, max_length=100, verbose_name='as search reads it'),
        ),
        migrations.AddField(
            model_name='tagging',
            name='removed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='taken back at'),
        ),
        migrations.AlterField(
            model_name='tagging',
            name='tagged_at',
            field=models.DateTimeField(default=portal.base.clock.now, verbose_name='tagged at'),
        ),
        migrations.AddConstraint(
            model_name='tagalias',
            constraint=models.UniqueConstraint(condition=models.Q(('folded', ''), _negated=True), fields=('folded',), name='participation_alias_folded'),
        ),
        migrations.RunPython(fold_tags, migrations.RunPython.noop),
    ]
