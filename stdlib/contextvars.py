"""Variables whose value depends on the context: each task may have its own.

    >>> import contextvars
    >>> user = contextvars.ContextVar("user", default="nobody")
    >>> def job():
    ...     user.set("ann"); return user.get()
    >>> contextvars.copy_context().run(job), user.get()
    ('ann', 'nobody')
"""

__all__ = ["Context", "ContextVar", "Token", "copy_context"]

import _collections_abc
from _contextvars import Context, ContextVar, Token, copy_context

_collections_abc.Mapping.register(Context)
