"""How connections are served: the worker's event loop, its threads, and what bounds both.

``web.serve`` starts the server, ``web.gunicorn_settings`` tells gunicorn which worker to use.
"""
