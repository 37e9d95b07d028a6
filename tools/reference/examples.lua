-- The examples of the reference as scripts that run, with what each must show.
--
-- An example begins with the simulated server that it is for, "-- ajar sim relay-open", or, where it is one itself, with a
-- probe and the verdict that this comes to, "-- relay/third-party --> closed". It is a whole script, or what stands in
-- probe.run(target) or serve(c). Behind "-->" stands what a line gives: of a verdict that is returned, of what variables get,
-- of the text of ajar.note. "…" stands for anything. What the function that an example is for gives is also held against the
-- fields of its class.

local examples = {}

local TELL = "local function __tell(n, ...) local t = {} for i = 1, select('#', ...) do t[i] = tostring((select(i, ...))) end "
    .. "ajar.step('example ' .. n .. ': ' .. table.concat(t, ', ')) return ... end "
-- Of a simulated server nothing is seen but its errors.
local EXPECT = "local function __tell(said, n, ...) local t = {} for i = 1, n do "
    .. "t[i] = tostring((select(i, ...))) end "
    .. "t = table.concat(t, ', ') if t ~= said and not (said:sub(-3) == '…' and t:sub(1, #said - 3) == said:sub(1, -4)) then "
    .. "error('example: ' .. t .. ', not ' .. said, 0) end end "

-- Fields --------------------------------------------------------------------------------------------

-- A field that is not there, or of another type, is an error.
local FIELDS = "local function __fields(name, x) for f, t in pairs(__classes[name]) do "
    .. "local wanted, value = t:match('^[^?:]+'), x[f] "
    .. "if value == nil and not t:find('?', 1, true) or value ~= nil and type(value) ~= wanted then "
    .. "error('example: the field ' .. f .. ' of ' .. name .. ' is a ' .. type(value) .. ', not a ' .. wanted, 0) "
    .. "elseif value ~= nil and t:find(':', 1, true) then __fields(t:match(':(.*)$'), value) end end end "

local BASIC = { string = "string", integer = "number", number = "number", boolean = "boolean" }

---What Lua calls a type of the annotations: "string", "number?", "table:ajar.smtp.reply?"; nil for what can be several.
local function lua_type(text, optional, classes)
    local plain, mark = text:match("^(.-)(%??)$")
    mark = (optional or mark == "?") and "?" or ""
    if classes[plain] and classes[plain].kind == "class" then
        return "table" .. mark .. ":" .. plain
    elseif BASIC[plain] or classes[plain] or plain:find('^"') then
        return (BASIC[plain] or "string") .. mark
    elseif plain:find("^table<") or plain:find("%[%]$") or plain:find("^{") then
        return "table" .. mark
    end
    return plain:find("^fun%(") and "function" .. mark or nil
end

---The fields of a class and of those that its fields are of, as Lua that puts them into __classes.
local function fields_of(name, classes, done)
    local e, fields, others = classes[name], {}, {}
    done[name] = true
    while e do
        for _, f in ipairs(e.fields) do
            local type = f.name:find("^%[") == nil and lua_type(f.type, f.optional, classes)
            if type then
                table.insert(fields, ("[%q] = %q"):format(f.name, type))
                local class = type:match(":(.*)$")
                table.insert(others, class and not done[class] and fields_of(class, classes, done) or nil)
            end
        end
        e = classes[e.parent]
    end
    return ("__classes[%q] = { %s } "):format(name, table.concat(fields, ", ")) .. table.concat(others)
end

---The class of what a function returns, where it has fields and all of them stand at once.
local function returned_class(e, classes)
    local name = e.returns[1] and e.returns[1].type:match("^[^?]*")
    return name ~= "ajar.probe" and name ~= "sim.scenario" and classes[name] and classes[name].kind == "class" and name or nil
end

---The lines, of which the one that calls the function looks at what it gets.
local function with_fields(e, lines, classes)
    local class = e.kind == "function" and returned_class(e, classes)
    local call = (e.method and ":" or "") .. (e.method or e.name)
    for i, line in ipairs(class and lines or {}) do
        local name = line:match("^%s*local ([%a_]+)[%w_, ]* = ")
        if name and line:find(call, 1, true) and not line:find("pcall", 1, true) then
            local optional = e.returns[1].type:find("%?$") and name .. " and " or ""
            local looking = (" local _ = %s__fields(%q, %s)"):format(optional, class, name)
            lines[i] = { line, looking }
            return "local __classes = {} " .. fields_of(class, classes, {}) .. FIELDS
        end
    end
    return ""
end

-- Values --------------------------------------------------------------------------------------------

---A line of an example, made to tell what it gives. `call`: what goes before the values.
local function telling(line, code, call, of_verdict)
    local indent, rest = code:match("^(%s*)(.-)%s*$")
    local names = rest:match("^local ([%w_, ]+) = ") or rest:match("^([%w_]+) = ")
    local note = rest:match("^ajar%.note%((.*)%)$")
    local verdict = rest:match("^return (.*)$")
    if verdict then
        assert(of_verdict, "what a server returns is nothing: " .. line)
        return indent .. "return " .. call .. verdict .. ")", true
    elseif note then
        return indent .. "ajar.note(" .. call .. note .. "))"
    end
    assert(names, "of this line nothing can be told: " .. line)
    return code .. " " .. call .. names .. ")"
end

---The lines of a script that tells, what each must say, and the verdict, where one is named.
local function instrument(lines, is_server)
    local script, expected, verdict = {}, {}, nil
    for i, entry in ipairs(lines) do
        local line, behind = entry, ""
        if type(entry) == "table" then
            line, behind = entry[1], entry[2]
        end
        local code, said = line:match("^(.-)%s*%-%->%s?(.*)$")
        if not code or code == "" then
            script[i] = line
        elseif is_server then
            local _, commas = (code:match("local ([%w_, ]+) =") or ""):gsub(",", "")
            script[i] = telling(line, code, ("__tell(%q, %d, "):format(said, commas + 1), false)
        else
            table.insert(expected, said)
            local is_verdict
            script[i], is_verdict = telling(line, code, ("__tell(%d, "):format(#expected), true)
            verdict = is_verdict and said:match("^%a+") or verdict
        end
        script[i] = script[i] .. behind
    end
    return script, expected, verdict
end

local function ends_with_return(lines)
    local last = lines[#lines]
    return type(last) == "string" and (last:find("^return ") ~= nil or last == "})" or last == "}")
end

---A name for files and ids.
local function slug(name)
    return (name:gsub("[^%w]+", "-"):lower())
end

local function probe_script(e, page, lines, classes)
    local head = TELL .. with_fields(e, lines, classes)
    local script, expected, verdict = instrument(lines, false)
    local text = table.concat(script, "\n")
    local id = (page.capability == "smtp" or not page.capability) and "relay/" or "proxy/"
    id = id .. "x-" .. slug(e.qualified)
    if text:find('id = "%a+/example"') then
        id = text:match('id = "(%a+/)example"') .. "x-" .. slug(e.qualified)
        text = head .. text:gsub('id = "%a+/example"', ('id = "%s"'):format(id))
    else
        text = head .. ('local probe = ajar.probe { id = %q, kind = %q, ports = {}, summary = "x" } ')
            :format(id, id:match("^%a+")) .. "function probe.run(target) " .. text
            .. (ends_with_return(lines) and "" or '\nreturn ajar.inconclusive("the example\'s end")') .. "\nend\nreturn probe\n"
    end
    return text, expected, verdict, id
end

local function server_script(e, probe, verdict, lines, classes)
    local head = EXPECT .. with_fields(e, lines, classes)
    local script = instrument(lines, true)
    return head .. ('return sim.scenario { id = %q, summary = "x", port = 2525, expects = { [%q] = %q }, ')
        :format("x-" .. slug(e.qualified):sub(1, 34), probe, verdict)
        .. "serve = function(c) " .. table.concat(script, "\n") .. "\nend }\n"
end

---What is needed to run one example; see the top.
---@return table of name, kind, script, and: of a probe scenario, resolver, expected, verdict, id; of a server probe
function examples.of(e, page, classes)
    local lines = {}
    for i, line in ipairs(e.example) do
        lines[i] = line
    end
    local first = table.remove(lines, 1)
    local scenario, more = first:match("^%-%- ajar sim ([%w-]+)(.*)$")
    if scenario and scenario ~= "check" then
        local x = { name = e.qualified, kind = "probe", scenario = scenario, resolver = more == ", with --resolver" }
        x.script, x.expected, x.verdict, x.id = probe_script(e, page, lines, classes)
        return x
    elseif scenario then
        local text = table.concat(lines, "\n")
        return { name = e.qualified, kind = "server", script = text, probe = text:match('expects = { %["([%w/-]+)"%]') }
    end
    local probe, verdict = first:match("^%-%- ([%w/-]+) %-%-> (%a+)$")
    assert(probe, e.qualified .. ": an example begins with what it is run with: " .. first)
    return { name = e.qualified, kind = "server", script = server_script(e, probe, verdict, lines, classes), probe = probe }
end

---"ajar.smtp.session:ehlo": by its class, as variables have one name for several.
function examples.qualify(e)
    e.qualified = e.class and e.class.name .. ":" .. e.method or e.name
end

---Writes them into a folder, and one line for each to stdout, fields between tabs: kind, name, file, and of a probe the
---scenario, "resolver" or "-", its id, its verdict or "-"; of a server the probe. NAME.expected has what is told.
function examples.write(pages, folder)
    local classes = {}
    for _, page in ipairs(pages) do
        for _, e in ipairs(page.entries) do
            classes[e.name] = (e.kind == "class" or e.kind == "alias") and e or classes[e.name]
        end
    end
    for _, page in ipairs(pages) do
        for _, e in ipairs(page.entries) do
            if e.example then
                examples.qualify(e)
                local x = examples.of(e, page, classes)
                local file = folder .. "/" .. slug(e.qualified)
                local out = assert(io.open(file .. ".lua", "w"))
                out:write(x.script)
                out:close()
                out = assert(io.open(file .. ".expected", "w"))
                out:write(table.concat(x.expected or {}, "\n"), "\n")
                out:close()
                print(table.concat({ x.kind, x.name, file .. ".lua", x.scenario or x.probe, x.resolver and "resolver" or "-",
                    x.id or "-", x.verdict or "-" }, "\t"))
            end
        end
    end
end

return examples
