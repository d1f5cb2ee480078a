import os

from django.core.wsgi import get_wsgi_application

from umbel.core.languages import prime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umbel.settings")
application = get_wsgi_application()
prime()
