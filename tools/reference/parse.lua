-- Reads doc/api/*.lua, the annotations of the API for the Lua language server, into tables: what the reference, its tests
-- and its examples are made of.

local parse = {}

-- In the order in which a reader wants them.
parse.pages = { "ajar", "smtp", "relay", "http", "socks", "gateway", "turn", "dns", "sim" }

local OPEN, CLOSE = { ["("] = true, ["{"] = true, ["<"] = true, ["["] = true },
    { [")"] = true, ["}"] = true, [">"] = true, ["]"] = true }

---A type and what stands behind it: "fun(a: b): c, d words" ends at the blank that follows neither a colon, a comma nor a
---bar, outside of brackets and quotes.
local function take_type(text)
    local depth, quoted, before = 0, false, ""
    for i = 1, #text do
        local c = text:sub(i, i)
        if c == '"' then
            quoted = not quoted
        elseif quoted then
            before = c -- whatever stands in quotes
        elseif OPEN[c] then
            depth = depth + 1
        elseif CLOSE[c] then
            depth = depth - 1
        elseif c == " " and depth == 0 and not before:find("[:,|]") then
            return text:sub(1, i - 1), text:sub(i + 1)
        end
        before = c ~= " " and c or before
    end
    return text, ""
end

---"name? type words", of a parameter or field.
local function named(text)
    local name, optional, rest = text:match("^(%[?[%w_.]+%]?)(%??) (.*)$")
    assert(name, "no name and type: " .. text)
    local type, words = take_type(rest)
    return { name = name, optional = optional == "?", type = type, words = words }
end

local function returned(text)
    local type, rest = take_type(text)
    local name, words = rest:match("^([%a_]+) ?(.*)$")
    return { type = type, name = name, words = words or "" }
end

-- What each tag adds to an entry.
local tags = {
    param = function(e, text) table.insert(e.params, named(text)) end,
    field = function(e, text) table.insert(e.fields, named(text)) end,
    ["return"] = function(e, text) table.insert(e.returns, returned(text)) end,
    class = function(e, text)
        e.kind, e.name, e.parent = "class", text:match("^([%w_.]+):? ?(.*)$")
    end,
    alias = function(e, text) e.kind, e.name = "alias", text end,
    since = function(e, text) e.since = tonumber(text) end,
    deprecated = function(e, text) e.deprecated = text end,
    private = function(e) e.private = true end,
    type = function(e, text) e.type = text end,
    meta = function(e) e.meta = true end,
}

local function new_entry(line)
    return { params = {}, fields = {}, returns = {}, words = {}, text = {}, since = 1, line = line }
end

local function read_tag(e, text, place)
    local tag, rest = text:match("^@(%a+) ?(.*)$")
    assert(tags[tag], place .. ": there is no tag @" .. tostring(tag))
    tags[tag](e, rest)
end

---One line of a comment, without its three dashes.
local function read_line(e, text, place)
    if text:find("^```") then
        e.fenced, e.example = not e.fenced, e.example or {}
    elseif e.fenced then
        table.insert(e.example, text)
    elseif text:sub(1, 1) == "@" then
        read_tag(e, text, place)
    elseif text:find("^| ") then
        local word, words = text:match('^| "(%a+)" (.*)$')
        table.insert(e.words, { name = word, words = words })
    elseif not (text == "" and (e.example or #e.text == 0)) then
        table.insert(e.text, text)
    end
end

---What stands below a comment: a function, a method, a value, a table, or the variable of a class.
local function read_statement(page, e, line)
    local whole, arguments = line:match("^function ([%w_.:]+)%((.*)%) end$")
    local variable = line:match("^local ([%w_]+) = {}$")
    local table_name = line:match("^([%w_.]+) = {}$")
    local value = line:match("^([%w_.]+) = ")
    if whole then
        e.kind, e.name, e.arguments = "function", whole, arguments
        local object, method = whole:match("^(%w+):([%w_]+)$")
        local class = page.variables[object]
        assert(class or not object, line .. " is of no class")
        if class then
            e.class, e.method = class, method
            class.methods[method] = e
        end
    elseif variable then
        assert(e.kind == "class", line .. " is of no class")
        page.variables[variable] = e
        e.methods = {}
    elseif table_name then
        e.kind, e.name = "table", table_name
    elseif value then
        e.kind, e.name = "value", value
    end
end

---The comment at the beginning: the title, what it is called, the capability, and what goes for all of the page.
local function read_head(page, lines)
    page.title = lines[1]
    for i = 2, #lines do
        local key, value = lines[i]:match("^(%a+): (%S+)$")
        if key == "Name" or key == "Capability" then
            page[key:lower()] = value
        elseif lines[i] ~= "" or #page.text > 0 then
            table.insert(page.text, lines[i])
        end
    end
end

---A page of the reference from the text of its annotations.
---@param file string its name without ".lua"
---@param lines fun(): string?
function parse.page(file, lines)
    local page = { file = file, entries = {}, variables = {}, text = {} }
    local head, e, number = {}, nil, 0
    for line in lines do
        number = number + 1
        local place = "doc/api/" .. file .. ".lua:" .. number
        if line:sub(1, 3) == "---" then
            e = e or new_entry(number)
            read_line(e, line:sub(4), place)
        elseif line:sub(1, 2) == "--" then
            table.insert(head, line:sub(4))
            e = nil -- the tag @meta
        elseif e or line ~= "" then
            e = e or new_entry(number)
            read_statement(page, e, line)
            assert(e.kind, place .. ": a comment that belongs to nothing")
            assert(not e.fenced, place .. ": an example without an end")
            table.insert(page.entries, e)
            e = nil
        end
    end
    read_head(page, head)
    return page
end

---All pages, in their order.
---@param folder string
function parse.all(folder)
    local pages = {}
    for i, name in ipairs(parse.pages) do
        pages[i] = parse.page(name, assert(io.lines(folder .. "/" .. name .. ".lua")))
    end
    return pages
end

---The paragraphs of a text.
---@param lines string[]
---@return string[][]
function parse.paragraphs(lines)
    local list, now = {}, {}
    for _, line in ipairs(lines) do
        if line == "" and #now > 0 then
            table.insert(list, now)
            now = {}
        elseif line ~= "" then
            table.insert(now, line)
        end
    end
    if #now > 0 then
        table.insert(list, now)
    end
    return list
end

---"(target[, options])", as a function is called.
function parse.signature(e)
    local text, optional = "", 0
    for i, p in ipairs(e.params) do
        if p.optional then
            text, optional = text .. (i > 1 and "[, " or "[") .. p.name, optional + 1
        else
            text = text .. (i > 1 and ", " or "") .. p.name
        end
    end
    return e.name .. "(" .. text .. ("]"):rep(optional) .. ")"
end

return parse
