---@meta
-- ajar.gateway: FTP proxies and telnet gateways
-- Name: ajar.gateway
-- Capability: tcp
--
-- Servers that are told in a line where to go. The destination is always our own sink; nothing logs in.

---@class ajar.gateway
ajar.gateway = {}

---The whole test of an FTP proxy that goes where the user name says: `USER TOKEN@SINK`, without a password.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim ftp-proxy
---return ajar.gateway.test_ftp(target) --> open: token returned
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.gateway.test_ftp(target) end

---The whole test of a telnet gateway: in the form that its prompt is known to want (WinGate, CCProxy, SpoonProxy, tn-gw and
---others). One whose prompt nobody knows is told `HOST:PORT`, `telnet HOST PORT`, `open HOST PORT`, `connect HOST PORT`,
---`HOST PORT` and `nc HOST PORT`, one after the other, until our sink's greeting comes; twelve lines at most. A prompt for a
---name or a password ends it as `closed`. Who is silent to everything takes half a minute.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim telnet-wingate
---return ajar.gateway.test_telnet(target) --> open: token returned
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.gateway.test_telnet(target) end
