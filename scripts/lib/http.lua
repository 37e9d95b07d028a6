-- ajar.http: requests to a proxy, whose only destination is our own sink.

local raw, ajar = raw, ajar
local check, check_open = ajar.internal.check, ajar.internal.check_open
local tunnel = ajar.internal.tunnel

---@class ajar.http.response
---@field code integer
---@field reason string
---@field fields table<string, string> those that tell of a proxy, names in lower case
---@field body string at most 64 KiB
---@field line integer of the tape
local response_meta = { __metatable = false }
response_meta.__tostring = function(r)
    return "HTTP " .. r.code .. (r.reason ~= "" and " " .. r.reason or "")
end

local function response(r)
    r.ok = r.code >= 200 and r.code < 300
    return setmetatable(r, response_meta)
end

---@class ajar.http.session
local session = {}
local session_meta = { __index = session, __metatable = false }

ajar.http = {}

---Connects. Without a connection the probe ends as unreachable.
---@param target ajar.target
---@param options? { port?: integer, seconds?: number }
---@return ajar.http.session
function ajar.http.connect(target, options)
    options = options or {}
    local seconds = options.seconds or 30
    local conn = check_open(raw.open(options.port or target.port, seconds))
    return setmetatable({ conn = conn, seconds = seconds }, session_meta)
end

---GET http://SINK/TOKEN: what a forward proxy is asked (RFC 9112, section 3.2.2).
---@param token string
---@return ajar.http.response
function session:get(token)
    return response(check(raw.http(self.conn, "GET", "absolute", token, self.seconds)))
end

---HEAD http://SINK/TOKEN.
---@param token string
---@return ajar.http.response
function session:head(token)
    return response(check(raw.http(self.conn, "HEAD", "absolute", token, self.seconds)))
end

---CONNECT SINK (RFC 9110, section 9.3.6).
---@param token string
---@return ajar.http.response
function session:connect(token)
    return response(check(raw.http(self.conn, "CONNECT", "authority", token, self.seconds)))
end

---Proves a tunnel that CONNECT has opened.
---@param token string
---@param said ajar.http.response
---@return ajar.verdict
function session:prove(token, said)
    return tunnel.prove(self.conn, token, said)
end

function session:close()
    raw.close(self.conn)
end

---A refusal in words.
---@param r ajar.http.response
---@return ajar.verdict
function ajar.http.refused(r)
    if r.code == 407 or r.code == 401 then
        return ajar.closed(r, "asks for authentication: " .. tostring(r))
    elseif r.code >= 500 or r.code == 408 or r.code == 429 then
        return ajar.inconclusive(r)
    end
    return ajar.closed(r)
end

return ajar.http
