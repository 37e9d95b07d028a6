-- Gateways of telnet and FTP, open, closed and devious.

local TELNET, FTP = "proxy/telnet", "proxy/ftp-user"
local list = {}

local function scenario(id, port, summary, expects, serve)
    list[#list + 1] = sim.scenario { id = id, port = port, summary = summary, expects = expects, serve = serve }
end

-- Telnet gateways --------------------------------------------------------------------------------------

-- A gateway: what it shows first, and how it is told where to go.
local function gateway(id, summary, prompt, pattern)
    scenario(id, 2323, summary, { [TELNET] = "open" }, function(c)
        c:write(prompt)
        local line = c:line()
        local host, port = line:match(pattern)
        local other = host and sim.dial(host .. ":" .. port)
        if not other then
            return c:say("Connection refused")
        end
        c:write("Connecting to host ", host, "...Connected\r\n")
        c:pipe(other)
    end)
end

gateway("telnet-wingate", "WinGate: anyone types a host and a port", "\255\251\1\255\253\3\r\nWinGate>", "^([%d.]+):(%d+)$")
gateway("telnet-ccproxy", "CCProxy's telnet gateway", "CCProxy Telnet Service Ready.\r\nCCProxy Telnet>",
    "^open ([%d.]+) (%d+)$")
gateway("telnet-spoonproxy", "SpoonProxy's telnet gateway", "SpoonProxy>", "^([%d.]+) (%d+)$")
gateway("telnet-plain", "A telnet client that anyone may use", "telnet> ", "^telnet ([%d.]+) (%d+)$")
gateway("telnet-tn-gw", "The TIS firewall toolkit's telnet gateway", "Welcome\r\ntn-gw-> ", "^telnet ([%d.]+) (%d+)$")

for _, row in ipairs {
    { "manager", "MNGTR>" }, { "cisco", "cisco>" }, { "host-port", "Enter host[:port]: " }, { "host-name", "host_name:port> " },
} do
    gateway("telnet-" .. row[1], "A gateway that asks for a host and a port with " .. row[2], row[2], "^([%d.]+):(%d+)$")
end

scenario("telnet-silent-gateway", 2323, "A gateway without a prompt", { [TELNET] = "open" },
    function(c)
        local other = sim.dial(c:line())
        if other then
            c:pipe(other)
        end
    end)

scenario("telnet-login", 2323, "A telnet server that asks for a log-in", { [TELNET] = "closed" },
    function(c)
        c:write("\255\253\24\255\253\32\r\nrouter login: ")
        c:try_read(10)
    end)

scenario("telnet-command-line", 2323, "A command line that knows no such command", { [TELNET] = "closed" },
    function(c)
        c:write("device> ")
        c:line()
        c:write("% Unknown command or computer name\r\ndevice> ")
        c:try_read(3)
    end)

scenario("telnet-connected-to-nothing", 2323, "A trap: says Connected and shows a greeting of its own",
    { [TELNET] = "closed" },
    function(c)
        c:write("WinGate>")
        c:line()
        c:write("Connecting to host...Connected\r\n220 mail.sim.test ESMTP Postfix\r\n")
        c:try_read(3)
    end)

scenario("telnet-false-greeting", 2323, "A trap that knows our sink's greeting", { [TELNET] = "inconclusive" },
    function(c)
        c:write("WinGate>")
        c:line()
        c:write("Connecting to host...Connected\r\n220 sim.test ESMTP ajar sink; for tests only\r\n")
        c:line()
        c:say("500 5.5.2 no such command")
        c:try_read(3)
    end)

-- FTP proxies ------------------------------------------------------------------------------------------

local function ftp_proxy(c, shows_greeting)
    c:say("220 ftp.sim.test FTP proxy ready")
    local user, address = c:line():match("^USER ([^@]+)@(%S+)$")
    local other = address and sim.dial(address)
    if not other then
        return c:say("530 no connection")
    end
    local greeting = other:line()
    if shows_greeting then
        c:say(greeting)
    end
    other:say("USER ", user)
    c:pipe(other)
end

scenario("ftp-proxy", 2121, "An FTP proxy that goes where the user name says", { [FTP] = "open" },
    function(c)
        ftp_proxy(c, false)
    end)

scenario("ftp-proxy-talkative", 2121, "The same, and it passes the other server's greeting on", { [FTP] = "open" },
    function(c)
        ftp_proxy(c, true)
    end)

scenario("ftp-proxy-silent", 2121, "An FTP proxy that goes where the user name says, and tells nobody that name there",
    { [FTP] = "open" }, function(c)
        c:write("220-Welcome\r\n220 proxy ready\r\n")
        local address = c:line():match("^USER [^@]+@(%S+)$")
        local other = address and sim.dial(address)
        if not other then
            return c:say("421 no such host")
        end
        c:pipe(other)
    end)

scenario("ftp-false-greeting", 2121, "A trap that knows our sink's greeting, and takes every user", { [FTP] = "closed" },
    function(c)
        c:say("220 ftp.sim.test")
        c:line()
        c:say("220 sim.test ESMTP ajar sink; for tests only")
        c:line()
        c:say("230 User logged in")
        c:try_read(3)
    end)

scenario("ftp-server", 2121, "An FTP server that asks every user for a password", { [FTP] = "closed" },
    function(c)
        c:write("220-Welcome\r\n220 ftp.sim.test\r\n")
        local user = c:line():match("^USER (.*)$")
        c:say("331 Password required for ", user or "")
        c:try_read(3)
    end)

scenario("ftp-open-door", 2121, "An FTP server that greets every user as logged in", { [FTP] = "closed" },
    function(c)
        c:say("220 ftp.sim.test")
        c:line()
        c:say("230 User logged in")
        c:try_read(3)
    end)

scenario("ftp-full", 2121, "An FTP server with too many users", { [FTP] = "inconclusive" },
    function(c)
        c:say("421 Too many users, come back later")
    end)

return list
