-- ajar.socks: SOCKS 4 and 5, whose only destination is our own sink. Nothing logs in.

local raw, ajar = raw, ajar
local check, check_open = ajar.internal.check, ajar.internal.check_open
local tunnel = ajar.internal.tunnel

---@class ajar.socks.reply
---@field code integer
---@field text string
---@field line integer of the tape
local reply_meta = { __metatable = false }
reply_meta.__tostring = function(r)
    return r.what .. " " .. r.code .. ": " .. r.text
end

local function reply(r, what)
    r.what = what
    return setmetatable(r, reply_meta)
end

---@class ajar.socks.session
local session = {}
local session_meta = { __index = session, __metatable = false }

ajar.socks = {}

---Connects. Without a connection the probe ends as unreachable.
---@param target ajar.target
---@param options? { port?: integer, seconds?: number }
---@return ajar.socks.session
function ajar.socks.connect(target, options)
    options = options or {}
    local seconds = options.seconds or 30
    local conn = check_open(raw.open(options.port or target.port, seconds))
    return setmetatable({ conn = conn, seconds = seconds }, session_meta)
end

---SOCKS 4 CONNECT to the sink; code 90 grants.
---@return ajar.socks.reply
function session:socks4()
    return reply(check(raw.socks4(self.conn, self.seconds)), "SOCKS 4")
end

---The SOCKS 5 greeting; the code is the method that the server chose, 255 for none. with_password also
---offers username/password, to see whether it is asked for; none is ever sent.
---@param with_password? boolean
---@return ajar.socks.reply
function session:socks5_greet(with_password)
    return reply(check(raw.socks5_greet(self.conn, with_password, self.seconds)), "SOCKS 5 method")
end

---SOCKS 5 CONNECT to the sink; code 0 grants.
---@return ajar.socks.reply
function session:socks5_connect()
    return reply(check(raw.socks5_connect(self.conn, self.seconds)), "SOCKS 5")
end

---Proves a tunnel that was granted.
---@param token string
---@param said ajar.socks.reply
---@return ajar.verdict
function session:prove(token, said)
    return tunnel.prove(self.conn, token, said)
end

function session:close()
    raw.close(self.conn)
end

return ajar.socks
