"""Properties of the page of `ajar view`: its elements are the same, whatever the server said."""
import look
from given import Faults


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


PROPERTIES = [("a page has no element, attribute or script of the server's", a_page_has_no_element_of_the_servers)]
