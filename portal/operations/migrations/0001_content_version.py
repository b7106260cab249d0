import secrets

from django.db import migrations, models


def draw(apps, schema_editor):
    """Begin with numbers that no process has seen."""
    numbers = {"content": secrets.randbits(62), "activity": secrets.randbits(62)}
    apps.get_model("operations", "ContentVersion").objects.using(schema_editor.connection.alias).create(pk=1, **numbers)


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='ContentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.BigIntegerField()),
                ('activity', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'version of the content',
                'verbose_name_plural': 'version of the content',
            },
        ),
        migrations.RunPython(draw, migrations.RunPython.noop),
    ]
