"""Section 5 of doc/evidence.md: JSON in a bundle."""
import json

from refusal import Refused, require


def once(pairs):
    require(len({name for name, _ in pairs}) == len(pairs), "a name twice in a JSON object")
    return dict(pairs)


def whole(digits):
    require(-(2**63) <= int(digits) < 2**63, "a number that is too large")
    return int(digits)


def no_constant(name):
    raise Refused(f"{name} in JSON")


def object_of(content, what):
    """The JSON object that fills a file."""
    try:
        found = json.loads(content.decode(), object_pairs_hook=once, parse_int=whole, parse_constant=no_constant)
        json.dumps(found, ensure_ascii=False).encode()  # no half of a surrogate pair
    except (ValueError, RecursionError) as why:
        raise Refused(f"{what}: {why}") from why
    require(isinstance(found, dict), f"{what}: no JSON object")
    return found
