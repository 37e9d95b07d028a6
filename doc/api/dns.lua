---@meta
-- ajar.dns: what the DNS says of the target
-- Name: ajar.dns
-- Capability: dns
--
-- Asks the resolvers that the operator has configured (`--resolver`, else the system's; on loopback only those given), thirty
-- times in a probe's life at most, and only for what the target or an earlier answer has named: the target's name and
-- address, our mail domain, mail servers, and the domains above these. Each answer is on the tape.
--
-- Where there is no answer, the functions give nil and the reason, and the script goes on. A name that may not be asked for is
-- raised as `error`, code ECONDUCT; more than thirty questions as ELIMIT.

---@class ajar.dns
ajar.dns = {}

---The IPv4 addresses of a name.
---
---Raises `error` for a name that nobody has named, code ECONDUCT.
---
---```lua
----- ajar sim relay-open, with --resolver
---local names = ajar.dns.ptr(target.address)
---local addresses = ajar.dns.a(names[1])
---ajar.note(addresses[1]) --> 127.0.0.25
---local ok, problem = pcall(ajar.dns.a, "stranger.example") --> false, error: …
---```
---@param name string
---@return string[]? addresses
---@return string? reason why there are none
function ajar.dns.a(name) end

---The IPv6 addresses of a name.
---
---Raises `error` for a name that nobody has named, code ECONDUCT.
---
---```lua
----- ajar sim relay-open, with --resolver
---local names = ajar.dns.ptr(target.address)
---local addresses, reason = ajar.dns.aaaa(names[1])
---ajar.note(addresses and addresses[1] or reason) --> ::1
---```
---@param name string
---@return string[]? addresses
---@return string? reason why there are none
function ajar.dns.aaaa(name) end

---The names of an address.
---
---Raises `error` for an address that is not the target's, nor of an answer, code ECONDUCT.
---
---```lua
----- ajar sim relay-open, with --resolver
---local names = ajar.dns.ptr(target.address)
---ajar.note(names[1]) --> mx.mail.test
---```
---@param address string
---@return string[]? names
---@return string? reason why there are none
function ajar.dns.ptr(address) end

---The mail servers of a domain, in the order in which they are to be tried (RFC 5321, section 5.1).
---
---Raises `error` for a name that nobody has named, code ECONDUCT.
---
---```lua
----- ajar sim relay-open, with --resolver
---local names = ajar.dns.ptr(target.address)
---local servers = ajar.dns.mx(names[1])
---ajar.note(servers[1].preference .. " " .. servers[1].name) --> 10 mx.mail.test
---```
---@param name string
---@return { preference: integer, name: string }[]? servers
---@return string? reason why there are none
function ajar.dns.mx(name) end

---The texts of a name.
---
---Raises `error` for a name that nobody has named, code ECONDUCT.
---
---```lua
----- ajar sim relay-open, with --resolver
---local names = ajar.dns.ptr(target.address)
---local texts = ajar.dns.txt(names[1])
---ajar.note(texts[1]) --> v=spf1 -all
---```
---@param name string
---@return string[]? texts
---@return string? reason why there are none
function ajar.dns.txt(name) end
