"""The real parts, started by the site itself where DATABASE_URL and REDIS_URL don't name others.

``environment`` where they are · ``places`` whose they are and in which folders · ``postgres`` and ``valkey`` the two
services · ``supervisor`` starts, watches and stops · ``lifetime`` nothing outlives its parent. ``config/site.py`` puts
them together: ``with running_services(folder) as services`` and ``with running_site(folder) as site``.
"""
