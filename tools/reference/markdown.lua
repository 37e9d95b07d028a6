-- The reference as pages of Markdown: doc/api/*.md.

local parse = require "parse"

local markdown = {}

local MADE = "*Made from [%s.lua](%s.lua) by `make reference`, which is to be run after that was changed.*"

local function put(out, ...)
    table.insert(out, table.concat({ ... }))
end

local function cell(text)
    return (text:gsub("|", "\\|"))
end

---The anchor of a heading, as forges make it.
local function anchor(heading)
    return (heading:lower():gsub("`", ""):gsub("[^%w%-_ ]", ""):gsub(" ", "-"))
end

local function paragraphs(out, lines)
    for _, paragraph in ipairs(parse.paragraphs(lines)) do
        put(out, table.concat(paragraph, "\n"))
        put(out, "")
    end
end

local function first_sentence(e)
    local text = table.concat(parse.paragraphs(e.text)[1] or {}, " ")
    local first = text:match("^(.-)[.;]%s") or text:match("^(.-):%s") or text:gsub("%.$", "")
    return first
end

local function put_rows(out, title, list)
    if #list == 0 then
        return
    end
    put(out, "| ", title, " | type | |")
    put(out, "| --- | --- | --- |")
    for _, p in ipairs(list) do
        put(out, "| `", p.name, "`", p.optional and " (optional)" or "", " | `", cell(p.type), "` | ", cell(p.words), " |")
    end
    put(out, "")
end

local function put_returns(out, e)
    if #e.returns == 0 then
        put(out, "Returns nothing.")
    end
    for _, r in ipairs(e.returns) do
        put(out, "Returns ", r.name and "*" .. r.name .. "* " or "", "`", r.type, "`", r.words ~= "" and ": " .. r.words or "",
            "  ")
    end
    put(out, "")
end

local function put_marks(out, e)
    if e.deprecated then
        put(out, "**Deprecated:** ", e.deprecated, ".")
        put(out, "")
    end
    put(out, "Since API ", tostring(e.since), ".")
    put(out, "")
end

local function heading(e)
    if e.kind == "function" then
        return parse.signature(e)
    end
    return e.name
end

local function put_entry(out, e)
    put(out, (e.kind == "table" or e.kind == "class") and "## `" or "### `", heading(e), "`")
    put(out, "")
    if e.kind == "class" and e.parent ~= "" then
        put(out, "A kind of `", e.parent, "`.")
        put(out, "")
    end
    paragraphs(out, e.text)
    put_rows(out, e.kind == "class" and "field" or "parameter", e.kind == "class" and e.fields or e.params)
    for _, w in ipairs(e.words) do
        put(out, "- `\"", w.name, "\"`: ", w.words)
    end
    if #e.words > 0 then
        put(out, "")
    end
    if e.kind == "function" then
        put_returns(out, e)
    end
    if e.kind == "function" or e.kind == "value" then
        put_marks(out, e)
    end
    if e.example then
        put(out, "```lua")
        put(out, table.concat(e.example, "\n"))
        put(out, "```")
        put(out, "")
    end
end

---One page.
function markdown.page(page)
    local out = {}
    put(out, "# ", page.title)
    put(out, "")
    put(out, MADE:format(page.file, page.file), " [All of the API](README.md).")
    put(out, "")
    if page.capability then
        put(out, "Takes the capability `", page.capability, "`, which a pack declares.")
        put(out, "")
    end
    paragraphs(out, page.text)
    for _, e in ipairs(page.entries) do
        if not e.private and not (e.kind == "table" and #e.text == 0) then
            put_entry(out, e)
        end
    end
    return (table.concat(out, "\n"):gsub("\n+$", "\n"))
end

local INDEX = [[
# The API of ajar's scripts

*Made from the annotations beside it by `make reference`, which is to be run after they were changed.*

What a probe finds as `ajar`, and a simulated server as `sim`: each function with its parameters, what it returns and raises,
and an example. [probes.md](../probes.md) is the guide to writing one. `ajar pack new` puts the annotations of which this is
made, [ajar.lua](ajar.lua) and those beside it, into `.ajar/`, where editors with the Lua language server find them; after
`make install` the pages are also manuals: `man 3 ajar.smtp`.

The API has a version, [`ajar.api`](ajar.md#ajarapi), now %d. Each entry says since which one it is there, and whether it is
deprecated, and then what to take in its place.

**The examples** run as tests (`tests/script/examples.sh`). Each begins with the simulated server that it is for, `-- ajar sim
ID`, and is a whole script or what stands in `probe.run(target)`; one that is a server itself begins with a probe and the
verdict that this comes to, and is a whole scenario or what stands in `serve(c)`. Behind `-->` stands what a line gives: of
what is returned, of the variables that get a value, or of the text of `ajar.note`; `…` stands for anything. To try one, save
it between

    local probe = ajar.probe { id = "relay/try", kind = "relay", ports = {}, summary = "Try" }
    function probe.run(target)

and

        return ajar.inconclusive("done")
    end
    return probe

and run `ajar sim --sink 127.0.0.1:2600 ID &` and `ajar run --trace FILE --sink 127.0.0.1:2600 TARGET`.
]]

---The index of all pages.
function markdown.index(pages, api)
    local out = { INDEX:format(api) }
    for _, page in ipairs(pages) do
        put(out, "## [", page.title, "](", page.file, ".md)")
        put(out, "")
        if page.capability then
            put(out, "Capability: `", page.capability, "`.")
            put(out, "")
        end
        put(out, "| | |")
        put(out, "| --- | --- |")
        for _, e in ipairs(page.entries) do
            if (e.kind == "function" or e.kind == "value") and not e.private then
                put(out, "| [`", heading(e), "`](", page.file, ".md#", anchor(heading(e)), ") | ",
                    e.deprecated and "**Deprecated.** " or "", cell(first_sentence(e)), " |")
            end
        end
        put(out, "")
    end
    return (table.concat(out, "\n"):gsub("\n+$", "\n"))
end

return markdown
