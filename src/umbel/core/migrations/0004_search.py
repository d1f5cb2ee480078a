from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_desk'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('type', models.CharField(max_length=60)),
                ('audience', models.CharField(max_length=16)),
                ('handle', models.CharField(max_length=100)),
                ('title', models.CharField(max_length=400)),
                ('sort', models.CharField(blank=True, max_length=32)),
                ('date', models.CharField(blank=True, max_length=10)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('name', models.CharField(db_index=True, max_length=400)),
                ('other_names', models.TextField(blank=True)),
                ('other_folded', models.TextField(blank=True)),
                ('name_words', models.TextField(blank=True)),
                ('other_words', models.TextField(blank=True)),
                ('text_words', models.TextField(blank=True)),
                ('part_words', models.TextField(blank=True)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['type', 'name'], name='entry_of_type_by_name', opclasses=['varchar_ops', 'varchar_pattern_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Spelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spelling', models.CharField(max_length=30)),
                ('word', models.CharField(max_length=30)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('spelling', 'word'), name='spelling_once_a_word')],
            },
        ),
    ]
