---@meta
-- ajar.turn: TURN servers
-- Name: ajar.turn
-- Capability: udp
--
-- TURN (RFC 8656) without a name or password. The only peer is our own sink.

---@class ajar.turn
ajar.turn = {}

---The whole test: a relay address, a permission for our sink, and the token there and back as datagrams. By UDP; by TCP where
---UDP stays silent; by TLS on port 5349. The relay address is given back at the end.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim turn-asks
---return ajar.turn.test(target) --> closed: asks for authentication: TURN Allocate 401: Unauthorized
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.turn.test(target) end
