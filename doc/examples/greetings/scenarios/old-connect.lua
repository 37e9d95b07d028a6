-- Proxies whose rules look at the version of a request.

local ID = "proxy/greetings-old-connect"

---A proxy that tunnels where `rule` says so; `goes` is false where it only says yes.
local function proxy(id, summary, verdict, goes, rule)
    return sim.scenario {
        id = id, summary = summary, port = 3128, expects = { [ID] = verdict },
        serve = function(c)
            local address, version = c:line(2):match("^CONNECT (%S+) HTTP/1%.([01])$")
            while c:line() ~= "" do end -- the fields
            if not address or not rule(version) then
                return sim.http_answer(c, "403 Forbidden", "not for you\n")
            end
            local other = goes and sim.dial(address)
            if goes and not other then
                return sim.http_answer(c, "503 Service Unavailable", "no connection\n")
            end
            c:write("HTTP/1.0 200 Connection established\r\n\r\n")
            if other then
                c:pipe(other)
            else
                c:hush()
            end
        end,
    }
end

return {
    proxy("greetings-old-open", "Tunnels by HTTP/1.0 alone", "open", true, function(version) return version == "0" end),
    proxy("greetings-old-closed", "Tunnels by HTTP/1.1 alone", "closed", true, function(version) return version == "1" end),
    proxy("greetings-old-says-yes", "Says yes to everything and leads nowhere", "inconclusive", false,
        function() return true end),
}
