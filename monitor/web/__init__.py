"""The pages, feeds and API over HTTP: `create_app(house)` makes the application; nothing else here is for others.

Server-rendered, without scripts; every answer carries strict headers. What is said comes from the floors below.
"""

from monitor.web.app import create_app

__all__ = ["create_app"]
