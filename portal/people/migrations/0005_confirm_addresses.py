from django.db import migrations


def confirm_addresses(apps, schema_editor):
    """Whoever had an account before addresses had to be confirmed goes on signing in with theirs."""
    User = apps.get_model('people', 'User')
    EmailAddress = apps.get_model('account', 'EmailAddress')
    owners = {email.lower(): owner for email, owner in EmailAddress.objects.filter(verified=True).values_list('email', 'user_id')}
    for person in User.objects.only('pk', 'email'):
        if owners.get(person.email.lower(), person.pk) != person.pk:
            continue
        EmailAddress.objects.filter(user_id=person.pk).exclude(email__iexact=person.email).delete()
        own = EmailAddress.objects.filter(user_id=person.pk).first()
        address = own or EmailAddress(user_id=person.pk)
        address.email, address.verified, address.primary = person.email.lower(), True, True
        address.save()


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_profile_and_consent'),
        ('account', '0009_emailaddress_unique_primary_email'),
    ]

    operations = [migrations.RunPython(confirm_addresses, migrations.RunPython.noop)]
