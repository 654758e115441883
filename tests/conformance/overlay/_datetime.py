"""A stand-in for _datetime: CPython's C half of datetime, of which one file wants a capsule."""

datetime_CAPI = None
