-- ajar.dns: what the DNS says of the target.
--
-- Only the configured resolvers are asked, thirty times at most, and only for names that the target or an
-- earlier answer has named: its own name, its address, our mail domain, mail servers and the domains above.

local raw, ajar = raw, ajar
local fail = ajar.internal.fail

---@class ajar.dns
local dns = {}

-- What the DNS itself answers, or does not: the script may go on without.
local no_answer = {
    ENONAME = true, ENODATA = true, ESERVFAIL = true, EREFUSED = true, EFORMAT = true, ETIMEDOUT = true,
    ENOTSUP = true, ECONNREFUSED = true, ECONNRESET = true, EOF = true, ENETUNREACH = true, EHOSTUNREACH = true,
}

---@param type string
---@param name string
---@return table? list, string? reason
local function ask(type, name)
    local list, text, code = raw.dns(type, name)
    if list == nil and not no_answer[code] then
        fail(text, code)
    end
    return list, text
end

---The IPv4 addresses of a name.
---@param name string
---@return string[]? addresses
---@return string? reason
function dns.a(name)
    return ask("A", name)
end

---The IPv6 addresses of a name.
---@param name string
---@return string[]? addresses
---@return string? reason
function dns.aaaa(name)
    return ask("AAAA", name)
end

---The names of an address.
---@param address string
---@return string[]? names
---@return string? reason
function dns.ptr(address)
    return ask("PTR", address)
end

---The mail servers of a domain, in the order in which they are to be tried.
---@param name string
---@return { preference: integer, name: string }[]? servers
---@return string? reason
function dns.mx(name)
    local list, reason = ask("MX", name)
    if list then
        table.sort(list, function(a, b)
            return a.preference < b.preference or a.preference == b.preference and a.name < b.name
        end)
    end
    return list, reason
end

---The texts of a name.
---@param name string
---@return string[]? texts
---@return string? reason
function dns.txt(name)
    return ask("TXT", name)
end

ajar.dns = dns
return dns
