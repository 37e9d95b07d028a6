---@meta
-- ajar.socks: SOCKS 4, 4a and 5
-- Name: ajar.socks
-- Capability: socks
--
-- SOCKS 4, 4a and 5 (RFC 1928). The destination is always our own sink; nothing logs in. Sessions also have the methods of
-- every tunnel: `prove`, `close` and `again` (`ajar.http`).

---@class ajar.socks
ajar.socks = {}

---An answer. `tostring` gives "SOCKS 5 2: not allowed".
---@class ajar.socks.reply
---@field code integer
---@field text string what the code means
---@field line integer of the tape

---@class ajar.socks.session: ajar.tunnel.session
local session = {}

---Connects.
---
---Raises `unreachable` without a connection.
---
---```lua
----- ajar sim socks-open
---local token = ajar.token()
---local socks = ajar.socks.connect(target)
---local reply = socks:socks4() --> SOCKS 4 90: granted
---return socks:prove(token, reply) --> open: token returned
---```
---@param target ajar.target
---@param options? ajar.tunnel.options
---@return ajar.socks.session session
function ajar.socks.connect(target, options) end

---SOCKS 4 CONNECT; code 90 grants. Only where the sink has an IPv4 address. By name it is SOCKS 4a.
---
---Raises `inconclusive` where no valid answer comes.
---
---```lua
----- ajar sim socks-closed
---local socks = ajar.socks.connect(target)
---local reply = socks:socks4() --> SOCKS 4 91: rejected or failed
---```
---@param where? string "address" (default) or "name", with a port of the sink behind it ("address:443"), or ":closed", the control
---@return ajar.socks.reply reply
function session:socks4(where) end

---The greeting (RFC 1928, section 3); the code is the method that the server chose, 255 for none.
---
---Raises `inconclusive` where no valid answer comes.
---
---```lua
----- ajar sim socks-password
---local socks = ajar.socks.connect(target)
---local method = socks:socks5_greet(true)
---ajar.note(tostring(method.code)) --> 2
---```
---@param with_password? boolean username and password are offered too, to see whether they are asked for; none is sent
---@return ajar.socks.reply reply
function session:socks5_greet(with_password) end

---CONNECT (RFC 1928, section 4); code 0 grants. Behind `socks5_greet`.
---
---Raises `inconclusive` where no valid answer comes.
---
---```lua
----- ajar sim socks-closed
---local socks = ajar.socks.connect(target)
---socks:socks5_greet()
---local reply = socks:socks5_connect() --> SOCKS 5 2: not allowed by the proxy's rules
---```
---@param where? string as in `socks4`; "ipv6": an IPv4 address in its mapped form
---@return ajar.socks.reply reply
function session:socks5_connect(where) end

---The whole test of SOCKS 4, or by name of SOCKS 4a.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim socks-closed
---return ajar.socks.test4(target, "address") --> closed: SOCKS 4 91: rejected or failed
---```
---@param target ajar.target
---@param where "address"|"name"
---@return ajar.verdict verdict for `probe.run` to return
function ajar.socks.test4(target, where) end

---The whole test of SOCKS 5. It offers no password and a password first; where that is refused, a password chosen, or nothing
---answered, no password alone, on another connection.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim socks-open
---return ajar.socks.test5(target, "address") --> open: token returned
---```
---@param target ajar.target
---@param where "address"|"name"|"ipv6"
---@return ajar.verdict verdict for `probe.run` to return
function ajar.socks.test5(target, where) end

---The whole test of UDP ASSOCIATE (RFC 1928, section 7): a datagram of ours to each port of our own sink, through one
---association. The control is the sink's own: it answers nothing but a token of this attempt.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim socks-udp-refuses
---return ajar.socks.test5_udp(target) --> closed: SOCKS 5 UDP ASSOCIATE 7: command not supported
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.socks.test5_udp(target) end

---The whole test of SOCKS 5 BIND: the proxy waits for a connection, which our sink makes. It names no port of the sink's.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim socks-closed
---return ajar.socks.test5_bind(target) --> closed: SOCKS 5 BIND 2: not allowed by the proxy's rules
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.socks.test5_bind(target) end

---The same by SOCKS 4.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim socks-closed
---return ajar.socks.test4_bind(target) --> closed: SOCKS 4 BIND 91: rejected or failed
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.socks.test4_bind(target) end
