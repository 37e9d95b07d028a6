-- The examples of the reference as scripts that run, with what each must show.
--
-- An example begins with the simulated server that it is for, "-- ajar sim relay-open", or, where it is one itself, with a
-- probe and the verdict that this comes to, "-- relay/third-party --> closed". It is a whole script, or what stands in
-- probe.run(target) or serve(c). Behind "-->" stands what a line gives: of a verdict that is returned, of what variables get,
-- of the text of ajar.note. "…" stands for anything.

local examples = {}

local TELL = "local function __tell(n, ...) local t = {} for i = 1, select('#', ...) do t[i] = tostring((select(i, ...))) end "
    .. "ajar.step('example ' .. n .. ': ' .. table.concat(t, ', ')) return ... end "
-- Of a simulated server nothing is seen but its errors.
local EXPECT = "local function __tell(said, n, ...) local t = {} for i = 1, n do "
    .. "t[i] = tostring((select(i, ...))) end "
    .. "t = table.concat(t, ', ') if t ~= said and not (said:sub(-3) == '…' and t:sub(1, #said - 3) == said:sub(1, -4)) then "
    .. "error('example: ' .. t .. ', not ' .. said, 0) end end "

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
    for i, line in ipairs(lines) do
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
    end
    return script, expected, verdict
end

local function ends_with_return(lines)
    return lines[#lines]:find("^return ") ~= nil or lines[#lines] == "})" or lines[#lines] == "}"
end

---A name for files and ids.
local function slug(name)
    return (name:gsub("[^%w]+", "-"):lower())
end

local function probe_script(e, page, lines)
    local script, expected, verdict = instrument(lines, false)
    local text = table.concat(script, "\n")
    local id = (page.capability == "smtp" or not page.capability) and "relay/" or "proxy/"
    id = id .. "x-" .. slug(e.qualified)
    if text:find('id = "%a+/example"') then
        id = text:match('id = "(%a+/)example"') .. "x-" .. slug(e.qualified)
        text = TELL .. text:gsub('id = "%a+/example"', ('id = "%s"'):format(id))
    else
        text = TELL .. ('local probe = ajar.probe { id = %q, kind = %q, ports = {}, summary = "x" } ')
            :format(id, id:match("^%a+")) .. "function probe.run(target) " .. text
            .. (ends_with_return(lines) and "" or '\nreturn ajar.inconclusive("the example\'s end")') .. "\nend\nreturn probe\n"
    end
    return text, expected, verdict, id
end

local function server_script(e, probe, verdict, lines)
    local script = instrument(lines, true)
    return EXPECT .. ('return sim.scenario { id = %q, summary = "x", port = 2525, expects = { [%q] = %q }, ')
        :format("x-" .. slug(e.qualified):sub(1, 34), probe, verdict)
        .. "serve = function(c) " .. table.concat(script, "\n") .. "\nend }\n"
end

---What is needed to run one example; see the top.
---@return table of name, kind, script, and: of a probe scenario, resolver, expected, verdict, id; of a server probe
function examples.of(e, page)
    local lines = {}
    for i, line in ipairs(e.example) do
        lines[i] = line
    end
    local first = table.remove(lines, 1)
    local scenario, more = first:match("^%-%- ajar sim ([%w-]+)(.*)$")
    if scenario and scenario ~= "check" then
        local x = { name = e.qualified, kind = "probe", scenario = scenario, resolver = more == ", with --resolver" }
        x.script, x.expected, x.verdict, x.id = probe_script(e, page, lines)
        return x
    elseif scenario then
        local text = table.concat(lines, "\n")
        return { name = e.qualified, kind = "server", script = text, probe = text:match('expects = { %["([%w/-]+)"%]') }
    end
    local probe, verdict = first:match("^%-%- ([%w/-]+) %-%-> (%a+)$")
    assert(probe, e.qualified .. ": an example begins with what it is run with: " .. first)
    return { name = e.qualified, kind = "server", script = server_script(e, probe, verdict, lines), probe = probe }
end

---"ajar.smtp.session:ehlo": by its class, as variables have one name for several.
function examples.qualify(e)
    e.qualified = e.class and e.class.name .. ":" .. e.method or e.name
end

---Writes them into a folder, and one line for each to stdout, fields between tabs: kind, name, file, and of a probe the
---scenario, "resolver" or "-", its id, its verdict or "-"; of a server the probe. NAME.expected has what is told.
function examples.write(pages, folder)
    for _, page in ipairs(pages) do
        for _, e in ipairs(page.entries) do
            if e.example then
                examples.qualify(e)
                local x = examples.of(e, page)
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
