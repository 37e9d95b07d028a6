-- Command lines by telnet whose prompt nobody knows, and that lead on by a command; and what looks like them.

local TELNET = "proxy/telnet"
local list = {}

local function scenario(id, summary, verdict, serve)
    list[#list + 1] = sim.scenario { id = id, port = 2323, summary = summary, expects = { [TELNET] = verdict }, serve = serve }
end

-- Where a command leads; nil: to nobody. Says so as a telnet client does.
local function lead(c, host, port)
    local other = sim.dial(host .. ":" .. port)
    if other then
        c:write("Trying ", host, "...\r\nConnected to ", host, ".\r\n")
        c:pipe(other)
        return true
    end
    c:say("Unable to connect to ", host)
end

-- A command line: leads on by what fits the pattern, and says the rest to be wrong, as often as it is asked.
local function shell(c, prompt, pattern, wrong)
    while true do
        c:write(prompt)
        local host, port = c:line():match(pattern)
        if not host then
            c:write(wrong)
        elseif lead(c, host, port) then
            return
        end
    end
end

scenario("telnet-shell", "A terminal server with a prompt of its own, that leads on by telnet HOST PORT", "open",
    function(c)
        shell(c, "ts1-hall> ", "^telnet ([%d.]+) (%d+)$", "% Unknown command or computer name\r\n")
    end)

scenario("telnet-shell-connect", "The same by connect HOST PORT", "open", function(c)
    c:write("\255\251\1\255\251\3\r\nMicroServer 4.1\r\n")
    shell(c, "Local_1> ", "^connect ([%d.]+) (%d+)$", "Local -711- Syntax error\r\n")
end)

scenario("telnet-shell-nc", "A shell of Unix that asks nobody who he is, with nc alone to lead on", "open", function(c)
    shell(c, "\r\nBusyBox v1.22.1 built-in shell (ash)\r\n\r\n~ # ", "^nc ([%d.]+) (%d+)$", "-sh: not found\r\n")
end)

scenario("telnet-shell-once", "A gateway that takes one command by connection: open HOST PORT", "open", function(c)
    c:write("gate ready\r\n? ")
    local host, port = c:line():match("^open ([%d.]+) (%d+)$")
    if not host then
        return c:say("what?")
    end
    lead(c, host, port)
end)

scenario("telnet-shell-greeting", "Greets without a prompt, takes one command and says nothing to others", "open",
    function(c)
        c:write("Network gateway\r\n")
        local host, port = c:line():match("^telnet ([%d.]+) (%d+)$")
        if host then
            lead(c, host, port)
        end
    end)

scenario("telnet-shell-mute", "Has no prompt, and no word for what it does not know", "open", function(c)
    shell(c, "", "^telnet ([%d.]+) (%d+)$", "")
end)

scenario("telnet-shell-late", "Its prompt comes late, and what was said before is lost", "open", function(c)
    sim.sleep(5)
    c:try_read(0.1)
    shell(c, "slow-gw> ", "^open ([%d.]+) (%d+)$", "?\r\n")
end)

scenario("telnet-shell-port", "Leads to one port alone, which the second of our sink's stands for", "open", function(c)
    local allowed = tostring(sim.sink_ports()[2])
    while true do
        c:write("gw$ ")
        local host, port = c:line():match("^telnet ([%d.]+) (%d+)$")
        if not host then
            c:say("gw: command not found")
        elseif port ~= allowed then
            c:say("port ", port, " is not permitted")
        elseif lead(c, host, port) then
            return
        end
    end
end)

scenario("telnet-shell-refused", "Says of everything that it was refused, and leads on by telnet HOST PORT", "open",
    function(c)
        shell(c, "> ", "^telnet ([%d.]+) (%d+)$", "Connection refused\r\n")
    end)

-- What speaks of log-ins and asks for none.
for _, row in ipairs {
    { "last", "with the last log-in in its message of the day", "Last login: Fri Nov 27 09:12:01 2026 from 192.0.2.7\r\n", "$ " },
    { "none", "that says that no log-in is needed", "Public gateway. No login: just type nc HOST PORT\r\n", "gw> " },
    { "user", "that says that names are noted", "NOTICE: Username and address are logged.\r\n\r\n", "proxy> " },
} do
    scenario("telnet-shell-" .. row[1], "A command line " .. row[2], "open", function(c)
        c:write(row[3])
        shell(c, row[4], "^nc ([%d.]+) (%d+)$", "not found\r\n" .. row[3])
    end)
end

scenario("telnet-host-then-port", "A gateway that asks for the host, and for the port then", "open", function(c)
    while true do
        c:write("Host: ")
        local host = c:line()
        c:write("Port [23]: ")
        local port = c:line()
        if host:find("^[%d.]+$") and lead(c, host, port) then
            return
        end
        c:say("unknown host ", host)
    end
end)

scenario("telnet-support", "A command line that names the support behind each command, as if it asked for a port", "open",
    function(c)
        shell(c, "gw> ", "^nc ([%d.]+) (%d+)$", "unknown command, ask support: ")
    end)

scenario("telnet-host-then-port-only", "Asks for a host and a port, and leads nowhere", "closed", function(c)
    while true do
        c:write("Host: ")
        c:line()
        c:write("Port: ")
        c:line()
        c:say("unknown host")
    end
end)

-- Until the client has refused what it is asked for (RFC 854).
local function negotiate(c, asked, refused)
    local said = ""
    c:write(asked)
    while not said:find(refused, 1, true) do
        said = said .. c:read()
    end
end

scenario("telnet-shell-negotiates", "Prompts when its negotiation is over, of which the commands come in pieces", "open",
    function(c)
        c:write("\255")
        sim.sleep(0.2)
        c:write("\253\31\255\251")
        sim.sleep(0.2)
        negotiate(c, "\1", "\255\252\31\255\254\1")
        negotiate(c, "\255\253\24", "\255\252\24")
        shell(c, "ts2> ", "^telnet ([%d.]+) (%d+)$", "?\r\n")
    end)

-- What leads nowhere -----------------------------------------------------------------------------------

scenario("telnet-shell-echo", "A trap: a command line that repeats all that it is told", "closed", function(c)
    c:write("echo> ")
    while true do
        c:write(c:line(), "\r\necho> ")
    end
end)

scenario("telnet-negotiates-on", "A trap: asks for one option after the other, without end and without a prompt",
    "inconclusive", function(c)
        local option = 0
        while true do
            c:write("\255\253", string.char(option))
            option = (option + 1) % 255
            sim.sleep(0.01)
        end
    end)

scenario("telnet-echo", "A trap: sends back what it hears, byte by byte, without a prompt", "closed", function(c)
    while true do
        c:write(c:read())
    end
end)

scenario("telnet-shell-nothing", "A command line without a way to others", "closed", function(c)
    shell(c, "cpe# ", "^(leads) (nowhere)$", "% Invalid input\r\n")
end)

scenario("telnet-shell-says-connected", "A trap: says Connected to whatever it is told", "closed", function(c)
    shell(c, "gw> ", "^(leads) (nowhere)$", "Connected.\r\n")
end)

scenario("telnet-shell-false-greeting", "A trap: knows our sink's greeting, and shows it for every telnet command",
    "inconclusive", function(c)
        while true do
            c:write("gw> ")
            local leads = c:line():find("^telnet ")
            c:say(leads and "Connected.\r\n220 sim.test ESMTP ajar sink; for tests only" or "no such command")
        end
    end)

-- Whoever is told something takes it for a name, then asks for a password, and lets anyone on who gives one: nobody may.
local function log_in(c)
    c:line()
    c:write("Password: ")
    c:line()
    shell(c, "\r\nwelcome$ ", "^telnet ([%d.]+) (%d+)$", "?\r\n")
end

scenario("telnet-login-late", "Asks for a log-in, late, and takes what was said before for a name", "closed", function(c)
    sim.sleep(5)
    c:write("router login: ")
    log_in(c)
end)

scenario("telnet-login-behind", "Asks for a password behind every command", "closed", function(c)
    c:write("gw> ")
    log_in(c)
end)

scenario("telnet-login-second", "Prompts the first time and asks for a log-in then", "closed", function(c, state)
    state.seen = (state.seen or 0) + 1
    if state.seen > 1 then
        c:write("login: ")
        return log_in(c)
    end
    c:write("gw> ")
    c:line()
    c:say("no such host")
end)

return list
