"""Properties of the page of `ajar view`: its elements are the same, whatever the server said."""
import os
import re

import look
from given import Faults

TREE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def look_page(given, bundle, file):
    given.run("view", bundle, "-o", file)
    shape = look.shape_of(given.read(file))
    look.look_text("".join(shape.said).encode(), "\n", file)
    return shape


def a_page_has_no_element_of_the_servers(given, runs):
    faults = Faults()
    for kind in runs.hostile:
        harmless = look_page(given, runs.harmless[kind].bundle, f"harmless-{kind}.html")
        hostile = faults.look(look_page, given, runs.hostile[kind].bundle, f"hostile-{kind}.html")
        if not hostile:
            continue
        # "b" with its class marks what was escaped; a twin may have had nothing to escape.
        more = hostile.shape - harmless.shape - {("b", ("class",))}
        if more:
            faults.found.append(f"{kind}: elements that the twin has not: {sorted(more)}")
        addresses = {value for value in hostile.values if value[1] != "href" or not value[2].startswith("#")}
        if addresses - harmless.values:
            faults.found.append(f"{kind}: attributes: {sorted(addresses - harmless.values)[:5]}")
        if hostile.code != harmless.code:
            faults.found.append(f"{kind}: another script or style")
    faults.end()


def ranges_of(name):
    with open(os.path.join(TREE, name), encoding="utf-8") as file:
        return re.findall(r"[{[](0x[0-9a-f]+), (0x[0-9a-f]+)[]}]", file.read())


def a_page_knows_the_characters_that_the_program_knows(_given):
    program, page = ranges_of("core/base/character.c"), ranges_of("data/view/characters.js")
    if program != page or len(page) < 300:
        raise look.Fault(f"{len(program)} ranges here, {len(page)} there, or others")


OF_TREE = [("a page knows the characters that the program knows", a_page_knows_the_characters_that_the_program_knows)]
PROPERTIES = [("a page has no element, attribute or script of the server's", a_page_has_no_element_of_the_servers)]
