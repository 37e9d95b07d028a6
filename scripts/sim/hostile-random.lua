-- Servers that say pieces of their protocol in no order, another one on each connection: in the order of connections
-- always the same, so that what they break can be broken again. Right by chance they can't be: nothing may be open.

local list = {}

local GREETING = { mail = "220 mail.sim.test ESMTP\r\n", telnet = "", http = "", socks = "", tls = "", h2 = "\0\0\0\4\0\0\0\0\0" }
local PORTS = { mail = 2525, http = 8080, socks = 1080, telnet = 2323, tls = 8443, h2 = 8080 }
local PIECES = {
    mail = {
        "220 mx\r\n", "220-mx\r\n", "250-", "250 ok\r\n", "250 ok\r\n", "354 go on\r\n", "421 bye\r\n", "554 5.7.1 no\r\n", "25",
        "250-STARTTLS\r\n", "250 PIPELINING\r\n", "530 5.7.0 Must issue a STARTTLS command first\r\n", "220 go\r\n", "250 \r\n",
        "451 4.7.1 greylisted for 1 second\r\n", "\0", "\255", "\r", "\n", "\r\n", ("x"):rep(5000),
    },
    http = {
        "HTTP/1.1 ", "HTTP/1.0 ", "200 OK\r\n", "200\r\n", "Content-Length: ", "10", "0", "\r\n", "\r\n\r\n", "AJAR ", "\0",
        "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n", "0\r\n\r\n", "100 Continue\r\n\r\n", "407 no\r\n", "a;b=c\r\n",
        "HTTP/1.1 200 Connection established\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", ("y"):rep(4000),
    },
    socks = {
        "\0", "\1", "\2", "\3", "\4", "\5", "\90", "\91", "\255", "\5\0", "\5\2", "\5\255", "\0\90\0\0\0\0\0\0", "AJAR ",
        "250 AJAR \r\n", "\5\0\0\1\127\0\0\1\0\80", "\5\0\0\3\5hello\0\80", "\5\0\0\4" .. ("\0"):rep(18), "\5\0\0\1\0\0\0\0\4\0",
    },
    telnet = {
        "\255\253\1", "\255\250", "\255\240", "\255\255", "login:", "WinGate>", "\r\n", "Connected\r\n", "x", "\0", "220 ftp\r\n",
        "220 sim.test ESMTP ajar sink; for tests only\r\n", "331 password\r\n", "230 ok\r\n", "230-x\r\n",
    },
    tls = {
        "\22\3\3\0\4\0\0\0\0", "\22\3\3\0\122\2\0\0\118\3\3", "\21\3\3\0\2\2\40", "\21\3\3\0\2\1\0", "\20\3\3\0\1\1",
        "\23\3\3\0\4abcd", "\22\3\1", "\0", "\255", ("z"):rep(300),
    },
}
local BLOCKS = { "", "\136", "\8\003100", "\0\1x\1y", "\130", "\190", "\255\255\255", "12345678", "\0\4\0\0\0\0", "\0\0\0\1",
    "\63\225\31" }

-- Numbers from 1 to n, always the same for a seed.
local function dice(seed)
    return function(n)
        seed = (seed * 1103515245 + 12345) % 2147483648
        return math.floor(seed / 65536) % n + 1
    end
end

local function h2_frame(roll)
    local payload = BLOCKS[roll(#BLOCKS)] .. BLOCKS[roll(#BLOCKS)]
    local flags = ({ 0, 1, 4, 5, 8, 12, 32 })[roll(7)]
    return string.char(0, 0, #payload, roll(11) - 1, flags, 0, 0, 0, ({ 0, 1, 1, 1, 2, 3 })[roll(6)]) .. payload
end

local function piece(kind, roll)
    local pieces = PIECES[kind]
    return pieces and pieces[roll(#pieces)] or h2_frame(roll)
end

local function talk(c, kind, roll)
    c:write(GREETING[kind])
    for _ = 1, roll(30) do
        local act = roll(40)
        if act <= 14 then
            c:write(piece(kind, roll), roll(2) == 1 and piece(kind, roll) or "")
        elseif act <= 34 then
            c:read(nil, 0.3)
        elseif act <= 37 then
            c:write(c:read(nil, 0.3))
        elseif act == 38 then
            c:shutdown()
        elseif act == 39 then
            return c:reset()
        else
            return
        end
    end
end

for kind, port in pairs(PORTS) do
    list[#list + 1] = sim.scenario {
        id = "hostile-random-" .. kind, port = port, summary = "Pieces of a protocol in no order: " .. kind, expects = {},
        serve = function(c, state)
            state.connections = (state.connections or 0) + 1
            talk(c, kind, dice(state.connections * 100003 + port))
        end,
    }
end
table.sort(list, function(a, b) return a.id < b.id end)

return list
