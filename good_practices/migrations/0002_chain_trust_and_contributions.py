import django.core.validators
import django.db.models.deletion
import good_practices.models.contribution
import modelcluster.fields
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


def align_children(apps, schema_editor):
    """Let the stages and the evidence of a practice's translations know each other, where there are as many in each."""
    for name in ("PracticeStage", "PracticeEvidence"):
        model = apps.get_model("good_practices", name)
        pages = {}
        for row in model.objects.select_related("page").order_by("page__locale_id", "page_id", "sort_order", "pk"):
            pages.setdefault(row.page.translation_key, {}).setdefault(row.page_id, []).append(row)
        for translations in pages.values():
            first, *others = translations.values()
            for other in others:
                if len(other) == len(first):
                    for row, twin in zip(other, first, strict=True):
                        row.translation_key = twin.translation_key
                        row.save(update_fields=["translation_key"])


class Migration(migrations.Migration):

    dependencies = [
        ('good_practices', '0001_initial'),
        ('people', '0002_memberships_and_partnerships'),
        ('vocabulary', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectionPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('illustrative', models.BooleanField(default=False, help_text='Invented example: the public pages say so.', verbose_name='illustrative')),
                ('summary', models.TextField(blank=True, help_text='One or two sentences: shown on cards, in search and when the page is shared.', max_length=300, verbose_name='summary')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'collection',
                'verbose_name_plural': 'collections',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.AddField(
            model_name='practicepage',
            name='contributor',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contributed_practices', to=settings.AUTH_USER_MODEL, verbose_name='contributed by'),
        ),
        migrations.AddField(
            model_name='practicepage',
            name='credit',
            field=models.CharField(blank=True, help_text='Who is thanked for this record.', max_length=200, verbose_name='credit'),
        ),
        migrations.AddField(
            model_name='practicepage',
            name='external_id',
            field=models.CharField(blank=True, db_index=True, help_text='Where it was imported from: source and number.', max_length=120, verbose_name='identifier elsewhere'),
        ),
        migrations.AddField(
            model_name='practicepage',
            name='inspired_by_key',
            field=models.UUIDField(blank=True, db_index=True, editable=False, null=True, verbose_name='inspired by'),
        ),
        migrations.AddField(
            model_name='practicepage',
            name='institutionalised_on',
            field=models.DateField(blank=True, help_text='The day on which an authority made it a rule.', null=True, verbose_name='institutionalised on'),
        ),
        migrations.AddField(
            model_name='practicepage',
            name='institutionalising_act',
            field=models.CharField(blank=True, help_text='Decision, convention, by-law: its name, number and date.', max_length=300, verbose_name='act that made it a rule'),
        ),
        migrations.AddField(
            model_name='practicepage',
            name='institutionalising_link',
            field=models.URLField(blank=True, verbose_name='address of the act'),
        ),
        migrations.AddField(
            model_name='practicepage',
            name='licence',
            field=models.CharField(choices=[('CC-BY-4.0', 'Creative Commons Attribution 4.0'), ('CC-BY-SA-4.0', 'Creative Commons Attribution-ShareAlike 4.0'), ('CC0-1.0', 'Public domain (CC0 1.0)'), ('reserved', 'All rights reserved')], default='CC-BY-4.0', max_length=20, verbose_name='licence'),
        ),
        migrations.AddField(
            model_name='practicestage',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtaildocs.document', verbose_name='evidence: document'),
        ),
        migrations.AddField(
            model_name='practicestage',
            name='link',
            field=models.URLField(blank=True, verbose_name='evidence: address'),
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('illustrative', models.BooleanField(default=False, help_text='Invented example: the public pages say so.', verbose_name='illustrative')),
                ('text_ar', models.TextField(max_length=600, verbose_name='what, in Arabic')),
                ('text_fr', models.TextField(blank=True, max_length=600, verbose_name='what, in French')),
                ('text_en', models.TextField(blank=True, max_length=600, verbose_name='what, in English')),
                ('made_on', models.DateField(verbose_name='promised on')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('status', models.CharField(choices=[('pending', 'Not due yet'), ('kept', 'Kept'), ('partly_kept', 'Partly kept'), ('not_kept', 'Not kept')], default='pending', max_length=12, verbose_name='kept or not')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='known since')),
                ('evidence_link', models.URLField(blank=True, verbose_name='evidence: address')),
                ('practice_key', models.UUIDField(blank=True, db_index=True, null=True, verbose_name='practice')),
                ('evidence_document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtaildocs.document', verbose_name='evidence: document')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='people.organisation', verbose_name='who')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='vocabulary.territory', verbose_name='where')),
            ],
            options={
                'verbose_name': 'commitment',
                'verbose_name_plural': 'commitments',
                'ordering': ['-made_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ConsultationSpace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_ar', models.CharField(max_length=200, verbose_name='name in Arabic')),
                ('name_fr', models.CharField(max_length=200, verbose_name='name in French')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='name in English')),
                ('illustrative', models.BooleanField(default=False, help_text='Invented example: the public pages say so.', verbose_name='illustrative')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='address')),
                ('kind', models.CharField(choices=[('equity_body', 'Consultative body for equity, equal opportunities and the gender approach'), ('youth_body', "Consultative body on young people's concerns"), ('economic_body', 'Consultative body on economic affairs'), ('committee', 'Standing or joint committee'), ('national', 'National body'), ('other', 'Other space')], max_length=16, verbose_name='kind')),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='legal basis')),
                ('description_ar', models.TextField(blank=True, verbose_name='presentation in Arabic')),
                ('description_fr', models.TextField(blank=True, verbose_name='presentation in French')),
                ('description_en', models.TextField(blank=True, verbose_name='presentation in English')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telephone')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='postal address')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='spaces', to='people.organisation', verbose_name='authority it sits with')),
                ('territory', models.ForeignKey(blank=True, help_text='Empty for a national body.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spaces', to='vocabulary.territory', verbose_name='territory')),
            ],
            options={
                'verbose_name': 'space of consultation',
                'verbose_name_plural': 'spaces of consultation',
                'ordering': ['slug'],
            },
        ),
        migrations.AddField(
            model_name='practicepage',
            name='space',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='practices', to='good_practices.consultationspace', verbose_name='space of consultation'),
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('fr', 'French'), ('en', 'English')], max_length=8, verbose_name='language')),
                ('data', models.JSONField(default=dict, verbose_name='what was written')),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Sent, to be reviewed'), ('returned', 'Changes asked for'), ('published', 'Published'), ('declined', 'Not taken up')], default='draft', max_length=12, verbose_name='state')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
                ('contributor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to=settings.AUTH_USER_MODEL, verbose_name='contributor')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contributions', to='people.organisation', verbose_name='on behalf of')),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contributions', to='good_practices.practicepage', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'contribution',
                'verbose_name_plural': 'contributions',
                'ordering': ['-updated_at'],
            },
        ),
        migrations.CreateModel(
            name='ContributionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, storage=good_practices.models.contribution.private_files, upload_to=good_practices.models.contribution.contribution_path, verbose_name='file')),
                ('name', models.CharField(max_length=255, verbose_name='name of the file')),
                ('title', models.CharField(blank=True, max_length=250, verbose_name='title')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='good_practices.contribution', verbose_name='contribution')),
            ],
            options={
                'verbose_name': 'file of a contribution',
                'verbose_name_plural': 'files of contributions',
            },
        ),
        migrations.CreateModel(
            name='MistakeReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice_key', models.UUIDField(db_index=True, verbose_name='practice')),
                ('text', models.TextField(max_length=2000, verbose_name='what is wrong')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('fr', 'French'), ('en', 'English')], max_length=8, verbose_name='language')),
                ('email', models.EmailField(blank=True, help_text='Only if you want an answer.', max_length=254, verbose_name='e-mail address')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='sent at')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
            ],
            options={
                'verbose_name': 'reported mistake',
                'verbose_name_plural': 'reported mistakes',
                'ordering': ['settled_at', '-created_at'],
            },
        ),
        migrations.CreateModel(
            name='PracticeFacts',
            fields=[
                ('practice_key', models.UUIDField(primary_key=True, serialize=False, verbose_name='practice')),
                ('instrument', models.CharField(choices=[('petition', 'Petition'), ('advisory_opinion', 'Advisory opinion'), ('memorandum', 'Memorandum'), ('proposal', 'Proposal'), ('other', 'Other consultation')], max_length=20, verbose_name='instrument')),
                ('outcome', models.CharField(choices=[('under_way', 'Under way'), ('accepted', 'Accepted'), ('partly_accepted', 'Partly accepted'), ('rejected', 'Rejected'), ('carried_out', 'Carried out')], max_length=20, verbose_name='outcome')),
                ('stage', models.CharField(blank=True, choices=[('filed', 'Filed'), ('acknowledged', 'Acknowledged'), ('checked', 'Conditions checked'), ('accepted', 'Found admissible'), ('rejected', 'Rejected'), ('scheduled', 'Put on the agenda'), ('deliberated', 'Deliberated'), ('answered', 'Answered'), ('carried_out', 'Carried out')], max_length=20, verbose_name='last stage')),
                ('authority_level', models.CharField(blank=True, choices=[('region', 'Region'), ('prefecture', 'Prefecture'), ('province', 'Province'), ('commune', 'Commune')], max_length=12, verbose_name='level of the authority')),
                ('filed_on', models.DateField(null=True, verbose_name='filed on')),
                ('replied_on', models.DateField(null=True, verbose_name='replied on')),
                ('days_to_reply', models.IntegerField(null=True, verbose_name='days to reply')),
                ('reply_due_on', models.DateField(null=True, verbose_name='reply due on')),
                ('institutionalised_on', models.DateField(null=True, verbose_name='institutionalised on')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
                ('illustrative', models.BooleanField(default=False, verbose_name='illustrative')),
                ('authority', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation', verbose_name='authority')),
                ('province', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vocabulary.territory', verbose_name='province')),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vocabulary.territory', verbose_name='region')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vocabulary.territory', verbose_name='place')),
                ('themes', models.ManyToManyField(related_name='+', to='vocabulary.theme', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'facts of a practice',
                'verbose_name_plural': 'facts of practices',
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice_key', models.UUIDField(db_index=True, verbose_name='practice')),
                ('illustrative', models.BooleanField(default=False, help_text='Invented example: the public pages say so.', verbose_name='illustrative')),
                ('transferable', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(3)])),
                ('sustained', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(3)])),
                ('includes_women', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(3)])),
                ('includes_youth', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(3)])),
                ('measured', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(3)])),
                ('comment', models.TextField(blank=True, max_length=2000, verbose_name='comment')),
                ('adjusted', models.TextField(blank=True, max_length=2000, verbose_name='what was adjusted after')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('fr', 'French'), ('en', 'English')], max_length=8, verbose_name='language')),
                ('expert', models.BooleanField(default=False, verbose_name='by an expert')),
                ('assessed_on', models.DateField(verbose_name='assessed on')),
                ('public', models.BooleanField(default=False, verbose_name='public')),
                ('assessor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assessments', to=settings.AUTH_USER_MODEL, verbose_name='assessor')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assessments', to='people.organisation', verbose_name='on behalf of')),
            ],
            options={
                'verbose_name': 'assessment',
                'verbose_name_plural': 'assessments',
                'ordering': ['-assessed_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('practice_key', 'assessor'), name='practice_assessed_once_by_each')],
            },
        ),
        migrations.CreateModel(
            name='CollectionPractice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why it is here')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='practices', to='good_practices.collectionpage')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='practice')),
            ],
            options={
                'verbose_name': 'practice of a collection',
                'verbose_name_plural': 'practices of collections',
                'ordering': ['sort_order'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
        migrations.CreateModel(
            name='ResultFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='value')),
                ('unit', models.CharField(blank=True, help_text='For example %, km, MAD.', max_length=30, verbose_name='unit')),
                ('label', models.CharField(max_length=160, verbose_name='what is counted')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='good_practices.practicepage')),
            ],
            options={
                'verbose_name': 'figure of the result',
                'verbose_name_plural': 'figures of the result',
                'ordering': ['sort_order'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
        migrations.RunPython(align_children, migrations.RunPython.noop),
    ]
