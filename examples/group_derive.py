"""A group class of one's own survives split() and except*, if it has derive()."""


class RetryableErrors(ExceptionGroup):
    def derive(self, excs):
        return RetryableErrors(self.message, excs)


errors = RetryableErrors("network issues", [
    ConnectionError("timeout"),
    ConnectionError("refused"),
    ValueError("bad response"),
])
network, other = errors.split(ConnectionError)
print(type(network))  # <class 'RetryableErrors'> — preserved!
print(network.exceptions, other.exceptions, sep="\n")


class Plain(ExceptionGroup):
    pass


# Without derive(), splitting gives a plain ExceptionGroup.
print(type(Plain("p", [ValueError(), TypeError()]).subgroup(ValueError)).__name__)
