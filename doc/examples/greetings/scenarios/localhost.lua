-- Mail servers that believe what a client calls itself, and some that do not.

local ID = "relay/greetings-localhost"
local DENIED = "554 5.7.1 Relay access denied"

---A mail server with a rule about the name in the greeting.
---@param rule fun(name: string): boolean
local function relay(id, summary, verdict, rule)
    return sim.scenario {
        id = id, summary = summary, port = 2525, expects = { [ID] = verdict },
        serve = function(c)
            local name = ""
            -- The library's server keeps the greeting to itself: the connection that it gets listens in.
            local ear = setmetatable({
                line = function(_, seconds)
                    local line = c:line(seconds)
                    name = line:match("^%a%aLO (%S+)") or name
                    return line
                end,
                say = function(_, ...) return c:say(...) end,
                close = function() return c:close() end,
            }, { __index = c })
            sim.mail_server(ear, {
                rcpt = function() return rule(name) and "250 2.1.5 ok" or DENIED end,
                message = sim.deliver,
            })
        end,
    }
end

return {
    relay("greetings-believes", "Relays for whoever greets as localhost", "open",
        function(name) return name == "localhost" end),
    relay("greetings-refuses", "Relays for nobody", "closed", function() return false end),
    relay("greetings-anyone", "Relays for anyone", "inconclusive", function() return true end),
}
