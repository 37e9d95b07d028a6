-- Compares what a script can reach with what doc/api says. Called by test_reference.c with the globals of a sandbox, the name of
-- the table that stands for the API there, and a function that gives the capability a member of it takes. Prints the faults,
-- and says how many there are, if any.

local globals, root, capability_of = ...

local parse = dofile("tools/reference/parse.lua")

local faults = {}

local function fault(...)
    table.insert(faults, (string.format(...)))
end

---What a read-only table shows; any other as it is.
local function shown(t)
    local meta = debug.getmetatable(t)
    return meta and meta.__newindex and type(meta.__index) == "table" and meta.__index or t
end

local function walk(found, name, value)
    found[name] = value
    if type(value) ~= "table" then
        return
    end
    for key, member in pairs(shown(value)) do
        walk(found, name .. "." .. tostring(key), member)
    end
end

---All tables that the functions of the API have hold of: among them the methods of what they return. The API's own table,
---by which each part reaches all others, is none of them.
local function held_tables(found)
    local seen, tables = { [shown(globals[root])] = true, [globals] = true }, {}
    local function visit(value)
        if (type(value) ~= "table" and type(value) ~= "function") or seen[value] then
            return
        end
        seen[value] = true
        if type(value) == "function" then
            for i = 1, debug.getinfo(value, "u").nups do
                local _, upvalue = debug.getupvalue(value, i)
                visit(upvalue)
            end
            return
        end
        table.insert(tables, value)
        visit(debug.getmetatable(value))
        for _, member in next, value do
            visit(member)
        end
    end
    for _, value in pairs(found) do
        if type(value) == "function" then
            visit(value)
        end
    end
    return tables
end

local function functions_of(t)
    local list = {}
    for key, value in next, t do
        if type(key) == "string" and type(value) == "function" then
            list[key] = value
        end
    end
    return list
end

---Names in one and not in the other, with a comma between them.
local function missing(from, other)
    local list = {}
    for name in pairs(from) do
        if not other[name] then
            table.insert(list, name)
        end
    end
    table.sort(list)
    return table.concat(list, ", ")
end

local function check_parameters(e, f, object)
    local named, info = {}, debug.getinfo(f, "u")
    for name in e.arguments:gmatch("[%w_.]+") do
        table.insert(named, name)
    end
    for i, name in ipairs(named) do
        if not e.params[i] or e.params[i].name ~= name then
            fault("%s: its parameter %s has no @param in its place", e.name, name)
        elseif e.params[i].type == "" then
            fault("%s: its parameter %s has no type", e.name, name)
        end
    end
    local given = info.nparams - (object and 1 or 0) + (info.isvararg and 1 or 0)
    if #e.params ~= given or #named ~= given then
        fault("%s: %d parameters, %d @param, and the function takes %d", e.name, #named, #e.params, given)
    end
end

local sources = {}

local function lines_of(file)
    if not sources[file] then
        sources[file] = {}
        for line in io.lines(file) do
            table.insert(sources[file], line)
        end
    end
    return sources[file]
end

---A function whose last statement returns something must say what.
local function check_returns(e, f)
    local info = debug.getinfo(f, "S")
    local last = info.what == "Lua" and lines_of(info.short_src)[info.lastlinedefined - 1] or ""
    if last:find("^    return %S") and #e.returns == 0 then
        fault("%s: it is not said what it returns", e.name)
    end
end

---The types that the comment above a function in scripts/lib/ gives to what it takes and returns.
local function types_above(lines, at)
    local first = at
    while lines[first - 1] and lines[first - 1]:sub(1, 3) == "---" do
        first = first - 1
    end
    local text = { "-- x" }
    for i = first, at - 1 do
        table.insert(text, lines[i])
    end
    table.insert(text, "function f() end")
    local i = 0
    return parse.page("above", function()
        i = i + 1
        return text[i]
    end).entries[1]
end

local function types_of(list)
    local types = {}
    for i, one in ipairs(list) do
        types[i] = one.type .. (one.optional and "?" or "")
    end
    return table.concat(types, "; ")
end

---The library's own annotations, where it has them, are the same.
local function check_library(e, f)
    local info = debug.getinfo(f, "S")
    local above = info.what == "Lua" and types_above(lines_of(info.short_src), info.linedefined)
    for _, what in ipairs { "params", "returns" } do
        local here, there = types_of(e[what]), above and types_of(above[what]) or ""
        if there ~= "" and here ~= there then
            fault("%s: %s %s in doc/api, and %s in %s:%d", e.name, what, here, there, info.short_src, info.linedefined)
        end
    end
end

local function check_function(e, f, object)
    check_parameters(e, f, object)
    check_returns(e, f)
    check_library(e, f)
end

local function check_words(e)
    if #e.text == 0 then
        fault("%s: it is not said what it is", e.name)
    elseif not e.private and not e.example then
        fault("%s: it has no example", e.name)
    end
end

---The methods of a class, and of what it is a kind of.
local function methods_of(class, classes)
    local all = {}
    local at = class
    while at do
        for name, e in pairs(at.methods or {}) do
            all[name] = e
        end
        at = classes[at.parent]
    end
    return all
end

---The table with the methods of a class: the one that differs least is named where there is none.
local function check_class(class, classes, tables)
    local documented = methods_of(class, classes)
    local best, undocumented, invented
    for _, t in ipairs(tables) do
        local there = functions_of(t)
        local more, less = missing(there, documented), missing(documented, there)
        local off = #more + #less
        if not best or off < best then
            best, undocumented, invented = off, more, less
        end
        if off == 0 then
            for name, e in pairs(documented) do
                check_function(e, there[name], true)
            end
            return
        end
    end
    fault("%s: not in doc/api are the methods [%s], and not there are [%s]", class.name, undocumented, invented)
end

local function check_entry(e, page, found)
    if e.kind == "class" or e.kind == "alias" or e.class or e.name:match("^%a+") ~= root then
        return
    end
    local value = found[e.name]
    local kind = e.kind == "value" and type(value) ~= "table" and type(value) or e.kind
    if value == nil then
        fault("%s is in doc/api/%s.lua, and there is none", e.name, page.file)
    elseif type(value) ~= kind then
        fault("%s is a %s in doc/api/%s.lua, and in truth a %s", e.name, e.kind, page.file, type(value))
    elseif kind == "function" then
        check_function(e, value)
    end
    local member = e.name:match("^ajar%.([%w_]+)")
    if member and capability_of(member) ~= page.capability then
        fault("%s takes the capability %s, and doc/api/%s.lua says %s", e.name, tostring(capability_of(member)), page.file,
            tostring(page.capability))
    end
end

---Each class or alias that a type names is one that there is.
local function check_types(e, classes)
    for _, what in ipairs { "params", "returns", "fields" } do
        for _, one in ipairs(e[what]) do
            for name in one.type:gmatch("%a+%.[%w_.]+") do
                if not classes[name] then
                    fault("%s: there is no %s", e.name, name)
                end
            end
        end
    end
end

-- What is reached, and what of it is documented.
local found, documented, classes = {}, {}, {}
walk(found, root, globals[root])
local tables = held_tables(found)
local pages = parse.all("doc/api")
for _, page in ipairs(pages) do
    for _, e in ipairs(page.entries) do
        if e.kind == "class" or e.kind == "alias" then
            classes[e.name] = e
        end
        if e.kind == "function" or e.kind == "value" then
            check_words(e)
        end
        documented[e.name] = true
        check_entry(e, page, found)
    end
end
for _, page in ipairs(pages) do
    for _, e in ipairs(page.entries) do
        check_types(e, classes)
    end
end
for name in pairs(found) do
    if not documented[name] then
        fault("%s can be reached, and is not in doc/api", name)
    end
end
for name, class in pairs(classes) do
    if name:match("^%a+") == root and class.methods and name ~= "ajar.tunnel.session" then
        check_class(class, classes, tables)
    end
end

---The library says again neither what a class is nor its fields: only what it has for itself.
local function check_fields_said_once(file)
    local said
    for number, line in ipairs(lines_of(file)) do
        local class, field = line:match("^%-%-%-@class ([%w_.]+)"), line:match("^%-%-%-@field ([%w_]+)")
        if line:sub(1, 3) ~= "---" then
            said = nil
        elseif class then
            said = classes[class] and {}
            for _, f in ipairs(said and classes[class].fields or {}) do
                said[f.name] = true
            end
        elseif field and said and said[field] then
            fault("%s:%d: the field %s stands in doc/api", file, number, field)
        end
    end
end

local files = {}
for _, value in pairs(found) do
    local info = type(value) == "function" and debug.getinfo(value, "S")
    if info and info.what == "Lua" then
        files[info.short_src] = true
    end
end
for name in pairs(files) do
    check_fields_said_once(name)
end

-- doc/probes.md lists what else there is in a probe's world.
local listed = {}
local file = assert(io.open("doc/probes.md"))
local section = file:read("*a"):match("\n## What a script can name, and its limits\n\n(.-)There is no `io`")
file:close()
for word in section:gmatch("[%a]+") do
    listed[word] = true
end
for name, value in pairs(globals) do
    local members = type(value) == "table" and name ~= root and shown(value) or {}
    if name ~= root and not listed[name] then
        fault("%s is a global, and doc/probes.md does not list it", name)
    end
    for member in pairs(members) do
        if not listed[member] then
            fault("%s.%s is there, and doc/probes.md does not list it", name, member)
        end
    end
end

table.sort(faults)
io.stderr:write(table.concat(faults, "\n"), "\n")
return #faults > 0 and #faults .. " faults" or nil
