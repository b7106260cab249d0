

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workshop_sessions', '0002_recordings_agenda_and_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentPreview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_hash', models.CharField(max_length=40, unique=True, verbose_name='file')),
                ('images', models.PositiveSmallIntegerField(default=0, verbose_name='images')),
                ('pages', models.PositiveIntegerField(default=0, verbose_name='pages of the document')),
                ('width', models.PositiveSmallIntegerField(default=0, verbose_name='width in pixels')),
                ('height', models.PositiveSmallIntegerField(default=0, verbose_name='height in pixels')),
                ('made_at', models.DateTimeField(auto_now=True, verbose_name='made at')),
            ],
            options={
                'verbose_name': 'preview of a document',
                'verbose_name_plural': 'previews of documents',
            },
        ),
    ]
