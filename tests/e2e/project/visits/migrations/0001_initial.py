"""Visits and ticks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """What `makemigrations` makes of the models."""

    initial = True
    operations = [
        migrations.CreateModel(
            name="Tick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("task", models.UUIDField()),
                ("worker", models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.CharField(max_length=100)),
                ("answer", models.CharField(default="", max_length=100)),
            ],
        ),
    ]
