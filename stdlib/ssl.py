"""There is no TLS for sockets here.  skein.http makes TLS connections through libcurl."""

raise ImportError("the module ssl is not available: sockets and asyncio have no TLS here; skein.http makes TLS connections", name="ssl")
