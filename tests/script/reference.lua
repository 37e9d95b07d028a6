-- How the reference is made of annotations, with some that are made up: what is deprecated says so, and since when a thing is
-- there. Run by reference.sh.

package.path = "tools/reference/?.lua"
local parse, markdown, manual = require "parse", require "markdown", require "manual"

local ANNOTATIONS = [[
---@meta
-- ajar.gopher: menus
-- Name: ajar.gopher
-- Capability: tcp
--
-- Of old.

ajar.gopher = {}

---A menu.
---@class ajar.gopher.menu
---@field lines string[] its lines
local menu = {}

---Asks for a *menu*. It waits.
---
---Raises `error`.
---
---```lua
----- ajar sim echo
---local menu = ajar.gopher.ask("/", 1) --> x
---```
---@since 2
---@deprecated take `ajar.http.connect`
---@param path string|fun(a: b): c, d where it is
---@param seconds? number
---@return ajar.gopher.menu? menu what came
---@return string? reason
function ajar.gopher.ask(path, seconds) end

---Its length.
---@private
function menu:length() end
]]

local passed, failed = 0, 0

local function has(what, text, ...)
    for _, part in ipairs { ... } do
        if text:find(part, 1, true) then
            passed = passed + 1
        else
            failed = failed + 1
            print(what .. " lacks: " .. part .. "\n" .. text)
        end
    end
end

local page = parse.page("gopher", ANNOTATIONS:gmatch("([^\n]*)\n"))

has("a page", markdown.page(page),
    "# ajar.gopher: menus", "capability `tcp`", "### `ajar.gopher.ask(path[, seconds])`", "Since API 2.",
    "**Deprecated:** take `ajar.http.connect`.", "| `path` | `string\\|fun(a: b): c, d` | where it is |",
    "| `seconds` (optional) | `number` |", "Returns *menu* `ajar.gopher.menu?`: what came", "Returns *reason* `string?`",
    '```lua\n-- ajar sim echo\nlocal menu = ajar.gopher.ask("/", 1) --> x\n```', "| `lines` | `string[]` | its lines |")
has("the index", markdown.index({ page }, 2),
    "now 2", "[`ajar.gopher.ask(path[, seconds])`](gopher.md#ajargopheraskpath-seconds) | **Deprecated.** Asks for a *menu* |")
has("a manual", manual.page(page, { page }, "1.0", "2026-11-27"),
    '.TH "AJAR.GOPHER" 3 2026-11-27 "ajar 1.0"', "\\fBDeprecated:\\fR take \\fBajar.http.connect\\fR.\nSince API 2.",
    '.SS "ajar.gopher.ask(path[, seconds])"', "Asks for a \\fImenu\\fR. It waits.")
for name, text in pairs { page = markdown.page(page), manual = manual.page(page, { page }, "1.0", "x") } do
    if text:find("length", 1, true) then
        failed = failed + 1
        print("the " .. name .. " shows what is private")
    end
end

-- What no reader could use is refused, with its place.
for text, why in pairs {
    ["---Words.\n\n"] = "doc/api/x.lua:2: a comment that belongs to nothing",
    ["---@prama x y\n"] = "doc/api/x.lua:1: there is no tag @prama",
    ["---```lua\n---x\nfunction f() end\n"] = "doc/api/x.lua:3: an example without an end",
} do
    local ok, problem = pcall(parse.page, "x", text:gmatch("([^\n]*)\n"))
    has("a refusal", ok and "" or problem, why)
end

print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and 0 or 1)
