from django.db import migrations, models


def empty(_apps, schema_editor):
    """Empty the index: it is made anew, with texts and languages, once the tables are up to date."""
    if schema_editor.connection.vendor == 'sqlite':
        for name in ('added', 'changed', 'deleted'):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS core_searchindex_{name}')
        schema_editor.execute('DROP TABLE IF EXISTS core_searchindex')
    schema_editor.execute('DELETE FROM core_searchentry')


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0011_who_may_know'),
    ]

    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='searchentry',
            name='handle',
            field=models.CharField(max_length=200),
        ),
    ]
