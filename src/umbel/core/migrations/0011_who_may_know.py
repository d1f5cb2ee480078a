from django.db import migrations, models

AUDIENCES = [
    ('public', 'public'),
    ('members', 'members'),
    ('participants', 'participants of a group or body'),
    ('board', 'board'),
    ('secretariat', 'secretariat'),
    ('funder', 'funder'),
    ('administrator', 'administrator'),
]


def audience():
    return models.CharField(choices=AUDIENCES, default='administrator', max_length=16, verbose_name='audience')


class Migration(migrations.Migration):
    """What was deleted, merged or brought in before is known to administrators: whom it was for was not kept."""

    dependencies = [
        ('core', '0010_funding_and_retention'),
    ]

    operations = [
        migrations.AddField(model_name='deletion', name='audience', field=audience()),
        migrations.AddField(model_name='merge', name='audience', field=audience()),
        migrations.AddField(model_name='importjob', name='audience', field=audience()),
    ]
