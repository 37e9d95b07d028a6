"""What a reader refuses a bundle for: the first thing that does not hold."""


class Refused(Exception):
    pass


def require(condition, why):
    if not condition:
        raise Refused(why)
