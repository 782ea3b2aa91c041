"""The wire contract between kiosk and backend: models, message union, problem codes, paths and limits.

Only what crosses the wire lives here: standard library and pydantic, no logic, no settings.
Every model refuses unknown fields from clients (``WireRequest``) and tolerates new ones from servers
(``WireModel``), so that an older kiosk keeps working against a newer backend.
"""
