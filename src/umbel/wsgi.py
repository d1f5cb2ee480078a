import gc
import os

from django.core.wsgi import get_wsgi_application

from umbel.core.languages import prime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umbel.settings")
application = get_wsgi_application()
prime()
gc.freeze()  # what a worker begins with stays: the collector need not look at it again
