-- ajar.session: lines that a person types, or has typed, one after another (`ajar repl`).

local raw, ajar = raw, ajar
local pairs, pcall, select, setmetatable, tostring, type = pairs, pcall, select, setmetatable, tostring, type

-- Of a value that is shown.
local LONGEST, DEEPEST, MOST = 4096, 3, 40

local show

-- Fields in their order; fails where the keys have none.
local function fields(t, depth)
    local out = {}
    local listed = #t
    for i = 1, listed < MOST and listed or MOST do
        out[i] = show(t[i], depth)
    end
    local n = #out
    for key, value in pairs(t) do
        local place = type(key) == "number" and key >= 1 and key <= listed and key % 1 == 0
        if not place and n == MOST then
            out[n + 1] = "…"
            break
        elseif not place then
            n = n + 1
            out[n] = (type(key) == "string" and key or "[" .. tostring(key) .. "]") .. " = " .. show(value, depth)
        end
    end
    return #out == 0 and "{}" or "{ " .. table.concat(out, ", ") .. " }"
end

local function cut(text)
    return #text > LONGEST and text:sub(1, LONGEST) .. "…" or text
end

---A value for a person, on one line.
function show(value, depth)
    if type(value) == "string" then
        return '"' .. cut(value) .. '"'
    end
    local text = tostring(value)
    if type(value) ~= "table" or text ~= "table" or depth == DEEPEST then
        return cut(text)
    end
    local ok, inside = pcall(fields, value, depth + 1)
    return ok and cut(inside) or text
end

---@class ajar.session
local session = {}
local session_meta = { __index = session, __metatable = false }

---A session: a script that says lines one after another, whatever becomes of each. `ajar repl` writes such scripts.
---@return ajar.session
function ajar.session()
    return setmetatable({ count = 0 }, session_meta)
end

local function shown(self, ...)
    local out = {}
    local first = ...
    if type(first) == "table" and type(first.verdict) == "string" then
        self.last = first
    end
    for i = 1, select("#", ...) do
        out[i] = show((select(i, ...)), 0)
    end
    return table.concat(out, "  ")
end

---Runs one line. What it fails with is no end of the session.
---@param line fun(): any
function session:line(line)
    self.count = self.count + 1
    local ok, said = raw.xpcall(function()
        return shown(self, line())
    end, raw.caught)
    said = ok and said or tostring(said)
    local own = not ok and said:find("\n\tscripts/lib/session.lua:", 1, true)
    raw.said(own and said:sub(1, own - 1) or said, not ok)
end

---Lines as they are typed, until there are no more: in `ajar repl` alone.
---@param like function whose globals a line sees
function session:listen(like)
    while true do
        local line, problem = raw.next_line(like)
        if line then
            self:line(line)
        elseif problem then
            raw.said(problem, true)
        else
            return
        end
    end
end

---What the last line gave that gave a verdict; inconclusive where none did.
---@return ajar.verdict
function session:verdict()
    return self.last or ajar.inconclusive(("lines that were typed, and none gave a verdict: %d"):format(self.count))
end

return session
