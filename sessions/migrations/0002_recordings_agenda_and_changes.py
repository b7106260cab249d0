import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import sessions.models.agenda
import sessions.models.recording
import uuid
from django.conf import settings
from django.db import migrations, models


def addresses_to_recordings(apps, schema_editor):
    """Make a recording of each address that a session had; translations share theirs."""
    Recording = apps.get_model("workshop_sessions", "Recording")
    for page in apps.get_model("workshop_sessions", "SessionPage").objects.exclude(recording_url="").order_by("pk"):
        Recording.objects.get_or_create(
            session_key=page.translation_key, external_url=page.recording_url, defaults={"status": "ready", "has_video": True}
        )


def recordings_to_addresses(apps, schema_editor):
    """Give sessions back the address of their first recording elsewhere."""
    SessionPage = apps.get_model("workshop_sessions", "SessionPage")
    for recording in apps.get_model("workshop_sessions", "Recording").objects.exclude(external_url="").order_by("-pk"):
        SessionPage.objects.filter(translation_key=recording.session_key).update(recording_url=recording.external_url)


class Migration(migrations.Migration):

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
        ('workshop_sessions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.UUIDField(db_index=True, verbose_name='session')),
                ('useful', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='The session is useful for my work')),
                ('clear', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='What was said was clear')),
                ('heard', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='I could ask and be heard')),
                ('technical', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='Sound, picture and connection were good')),
                ('next_step', models.TextField(blank=True, max_length=1000, verbose_name='What will you do with it?')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('fr', 'French'), ('en', 'English')], max_length=8, verbose_name='language')),
                ('submitted_on', models.DateField(verbose_name='day')),
            ],
            options={
                'verbose_name': 'evaluation',
                'verbose_name_plural': 'evaluations',
                'ordering': ['-submitted_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_ar', models.CharField(max_length=200, verbose_name='name in Arabic')),
                ('name_fr', models.CharField(max_length=200, verbose_name='name in French')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='name in English')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='code')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='The column in the programme, from 0.', verbose_name='order')),
            ],
            options={
                'verbose_name': 'room',
                'verbose_name_plural': 'rooms',
                'ordering': ['order', 'slug'],
            },
        ),
        migrations.AddField(
            model_name='sessionpage',
            name='live_url',
            field=models.URLField(blank=True, help_text='Only people who are signed in see it, from 15 minutes before the start until the end.', max_length=500, verbose_name='address of the live meeting'),
        ),
        migrations.AddField(
            model_name='sessionpage',
            name='room_full',
            field=models.BooleanField(default=False, verbose_name='the live meeting is full'),
        ),
        migrations.AddField(
            model_name='sessionpage',
            name='spoken_language',
            field=models.CharField(choices=[('ar', 'Arabic'), ('fr', 'French'), ('en', 'English'), ('zgh', 'Amazigh')], default='ar', max_length=8, verbose_name='spoken language'),
        ),
        migrations.AddField(
            model_name='sessionpage',
            name='status',
            field=models.CharField(choices=[('confirmed', 'Confirmed'), ('cancelled', 'Cancelled')], default='confirmed', max_length=10, verbose_name='status'),
        ),
        migrations.AddField(
            model_name='sessionpage',
            name='status_note',
            field=models.CharField(blank=True, help_text='Why it was moved or cancelled, and what comes instead.', max_length=300, verbose_name='note on the change'),
        ),
        migrations.CreateModel(
            name='Agenda',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=sessions.models.agenda.new_token, editable=False, max_length=64, unique=True, verbose_name='private link')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('owner', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'agenda',
                'verbose_name_plural': 'agendas',
            },
        ),
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('illustrative', models.BooleanField(default=False, help_text='Invented example: the public pages say so.', verbose_name='illustrative')),
                ('session_key', models.UUIDField(db_index=True, verbose_name='session')),
                ('folder', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='folder')),
                ('label_ar', models.CharField(blank=True, max_length=120, verbose_name='label in Arabic')),
                ('label_fr', models.CharField(blank=True, max_length=120, verbose_name='label in French')),
                ('label_en', models.CharField(blank=True, max_length=120, verbose_name='label in English')),
                ('spoken_language', models.CharField(choices=[('ar', 'Arabic'), ('fr', 'French'), ('en', 'English'), ('zgh', 'Amazigh')], default='ar', max_length=8, verbose_name='spoken language')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('live', models.BooleanField(default=True, help_text='Visitors see it as soon as it is ready.', verbose_name='public')),
                ('original', models.FileField(blank=True, max_length=200, storage=sessions.models.recording.originals, upload_to=sessions.models.recording.original_path, verbose_name='file')),
                ('original_name', models.CharField(blank=True, editable=False, max_length=255, verbose_name='name of the file')),
                ('external_url', models.URLField(blank=True, max_length=500, verbose_name='address elsewhere')),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('processing', 'Being prepared'), ('ready', 'Ready'), ('failed', 'Failed')], default='waiting', editable=False, max_length=10, verbose_name='status')),
                ('progress', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='progress')),
                ('log', models.TextField(blank=True, editable=False, verbose_name='log')),
                ('duration', models.FloatField(blank=True, editable=False, null=True, verbose_name='duration in seconds')),
                ('has_video', models.BooleanField(default=False, editable=False, verbose_name='has a picture')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                ('uploaded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'recording',
                'verbose_name_plural': 'recordings',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Chapter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.FloatField(verbose_name='start in seconds')),
                ('title_ar', models.CharField(max_length=160, verbose_name='title in Arabic')),
                ('title_fr', models.CharField(blank=True, max_length=160, verbose_name='title in French')),
                ('title_en', models.CharField(blank=True, max_length=160, verbose_name='title in English')),
                ('recording', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='chapters', to='workshop_sessions.recording', verbose_name='recording')),
            ],
            options={
                'verbose_name': 'chapter',
                'verbose_name_plural': 'chapters',
                'ordering': ['start', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='sessionpage',
            name='room',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sessions', to='workshop_sessions.room', verbose_name='room'),
        ),
        migrations.CreateModel(
            name='AgendaEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.UUIDField(db_index=True, verbose_name='session')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added at')),
                ('agenda', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='workshop_sessions.agenda', verbose_name='agenda')),
            ],
            options={
                'verbose_name': 'session of an agenda',
                'verbose_name_plural': 'sessions of agendas',
                'constraints': [models.UniqueConstraint(fields=('agenda', 'session_key'), name='workshop_agenda_session_once')],
            },
        ),
        migrations.CreateModel(
            name='CaptionTrack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('fr', 'French'), ('en', 'English')], max_length=8, verbose_name='language')),
                ('vtt', models.TextField(verbose_name='WebVTT')),
                ('cues', models.JSONField(default=list, editable=False, verbose_name='cues')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tracks', to='workshop_sessions.recording', verbose_name='recording')),
            ],
            options={
                'verbose_name': 'captions',
                'verbose_name_plural': 'captions',
                'ordering': ['language'],
                'constraints': [models.UniqueConstraint(fields=('recording', 'language'), name='workshop_captions_language_once')],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('video-720', 'Video, 720p'), ('video-360', 'Video, 360p'), ('audio', 'Audio only'), ('poster', 'Poster'), ('waveform', 'Waveform')], max_length=12, verbose_name='kind')),
                ('file', models.FileField(max_length=200, upload_to=sessions.models.recording.rendition_path, verbose_name='file')),
                ('content_type', models.CharField(max_length=60, verbose_name='media type')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('width', models.PositiveIntegerField(blank=True, null=True, verbose_name='width in pixels')),
                ('height', models.PositiveIntegerField(blank=True, null=True, verbose_name='height in pixels')),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='workshop_sessions.recording', verbose_name='recording')),
            ],
            options={
                'verbose_name': 'rendition',
                'verbose_name_plural': 'renditions',
                'constraints': [models.UniqueConstraint(fields=('recording', 'kind'), name='workshop_rendition_kind_once')],
            },
        ),
        migrations.CreateModel(
            name='SlotVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.UUIDField(db_index=True, verbose_name='session')),
                ('sequence', models.PositiveIntegerField(verbose_name='sequence')),
                ('starts_at', models.DateTimeField(verbose_name='starts at')),
                ('ends_at', models.DateTimeField(verbose_name='ends at')),
                ('status', models.CharField(choices=[('confirmed', 'Confirmed'), ('cancelled', 'Cancelled')], max_length=10, verbose_name='status')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workshop_sessions.room', verbose_name='room')),
            ],
            options={
                'verbose_name': 'announced slot',
                'verbose_name_plural': 'announced slots',
                'ordering': ['session_key', 'sequence'],
                'constraints': [models.UniqueConstraint(fields=('session_key', 'sequence'), name='workshop_slot_sequence_once')],
            },
        ),
        migrations.CreateModel(
            name='WorkshopBreak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('starts_at', models.DateTimeField(verbose_name='starts at')),
                ('ends_at', models.DateTimeField(verbose_name='ends at')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='breaks', to='workshop_sessions.workshoppage')),
            ],
            options={
                'verbose_name': 'break',
                'verbose_name_plural': 'breaks',
                'ordering': ['sort_order'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
        migrations.RunPython(addresses_to_recordings, recordings_to_addresses),
        migrations.RemoveField(
            model_name='sessionpage',
            name='recording_url',
        ),
    ]
