from django.core.management import call_command
from django.db import migrations


def make(_apps, schema_editor):
    """The table of the cache in which sign-in limits are counted for all processes."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0003_sign_in_by_email")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
