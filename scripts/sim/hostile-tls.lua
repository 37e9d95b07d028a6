-- What stands in place of a TLS handshake, and HTTP/2 that floods, starves or ends too early.

local HTTPS, HTTPS_GET, H2 = "proxy/https-connect", "proxy/https-get", "proxy/h2-connect"
local list = {}

local function scenario(id, port, summary, expects, serve)
    list[#list + 1] = sim.scenario { id = "hostile-" .. id, port = port, summary = summary, expects = expects, serve = serve }
end

-- TLS ----------------------------------------------------------------------------------------------------

local function inside(id, summary, serve)
    scenario("tls-" .. id, 8443, summary, { [HTTPS] = "inconclusive", [HTTPS_GET] = "inconclusive" }, function(c)
        c:read()
        serve(c)
    end)
end

-- A record, and in it the beginning of a ServerHello of 64 KB and of one of 16 MB.
local HELLO, VAST = "\22\3\3\64\0\2\0\255\255\3\3", "\22\3\3\64\0\2\255\255\255\3\3"

for _, way in ipairs(sim.breaks()) do
    inside("hello-" .. way.id, "After the ClientHello it " .. way.words, way.act)
    inside("record-" .. way.id, "After half a record it " .. way.words, function(c)
        c:write(HELLO)
        way.act(c)
    end)
    scenario("tls-inside-" .. way.id, 8443, "Once TLS stands it " .. way.words,
        { [HTTPS] = "inconclusive", [HTTPS_GET] = "inconclusive" }, function(c)
            c:secure("good")
            c:line()
            way.act(c)
        end)
end

local SAID = {
    { "alert", "A fatal alert", "\21\3\3\0\2\2\40" },
    { "alert-close", "close_notify in place of a handshake", "\21\3\3\0\2\1\0" },
    { "alert-half", "Half an alert", "\21\3\3\0\2\2" },
    { "plain", "A page in plain text", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n" },
    { "ssl2", "A hello of SSL 2", "\128\46\4\0\1\0\2" .. ("\0"):rep(41) },
    { "record-vast", "A record of 65535 bytes", "\22\3\3\255\255" .. ("x"):rep(65535) },
    { "record-empty", "Records without content", ("\22\3\3\0\0"):rep(2000) },
    { "data", "Data before the handshake", "\23\3\3\0\4abcd" },
    { "hello-request", "Asks for a handshake over and over", ("\22\3\3\0\4\0\0\0\0"):rep(20000) },
    { "hello-vast", "A ServerHello of 16 MB", VAST .. ("x"):rep(16379) },
}
for _, row in ipairs(SAID) do
    inside(row[1], row[2], function(c)
        c:write(row[3])
        c:hush()
    end)
end

inside("endless-alerts", "Warnings without end", function(c) c:flood("\21\3\3\0\2\1\90") end)
inside("endless-hello", "A ServerHello without end", function(c)
    c:write(VAST, ("x"):rep(16378))
    c:flood("\22\3\3\64\0" .. ("x"):rep(16384))
end)
inside("slow", "A handshake of one byte a second", function(c) c:drip("\22\3\3\0\122\2\0\0\118\3\3" .. ("r"):rep(32), 1) end)

for _, certificate in ipairs { "huge", "weak" } do
    scenario("tls-" .. certificate, 8443, "A proxy inside TLS that refuses; its certificate: " .. certificate,
        { [HTTPS] = certificate == "weak" and "closed" or "inconclusive" }, function(c)
            c:secure(certificate)
            sim.http_request(c)
            sim.http_answer(c, "403 Forbidden", "not for you\n")
        end)
end

-- HTTP/2 in clear ----------------------------------------------------------------------------------------

local DATA, HEADERS, RST, SETTINGS, PROMISE, PING, GOAWAY, WINDOW, MORE = 0, 1, 3, 4, 5, 6, 7, 8, 9

local function frame(kind, flags, stream, payload)
    payload = payload or ""
    local n = #payload
    return string.char(math.floor(n / 65536), math.floor(n / 256) % 256, n % 256, kind, flags, 0, 0, 0, stream) .. payload
end

local PREFACE, NO_SETTINGS = 24, frame(SETTINGS, 0, 0)
local END_HEADERS, STATUS_200 = 4, "\136" -- :status 200 in HPACK's static table
local YES = frame(HEADERS, END_HEADERS, 1, STATUS_200)

local function h2(id, summary, verdict, serve)
    scenario("h2-" .. id, 8080, summary, { [H2] = verdict }, function(c)
        c:read(PREFACE)
        serve(c)
    end)
end

-- Hears the client's settings and its request, as far as they come in one go.
local function request(c, settings)
    c:write(settings or NO_SETTINGS, frame(SETTINGS, 1, 0))
    local got = ""
    repeat
        got = got .. c:read()
    until got:find("127.0.0.1", 1, true) or #got > 60
end

-- Who closes in order, or says other things, when HTTP/2 begins, does not speak it.
local NO_H2 = { close = "closed", half = "closed", garbage = "closed" }
for _, way in ipairs(sim.breaks()) do
    h2("preface-" .. way.id, "HTTP/2: after the preface it " .. way.words, NO_H2[way.id] or "inconclusive", way.act)
    h2("request-" .. way.id, "HTTP/2: after the request it " .. way.words, "inconclusive", function(c)
        request(c)
        way.act(c)
    end)
    h2("tunnel-" .. way.id, "HTTP/2: after its yes it " .. way.words, "inconclusive", function(c)
        request(c)
        c:write(YES)
        way.act(c)
    end)
end

-- What it says over and over, behind the request.
local FLOODS = {
    { "settings", "SETTINGS", NO_SETTINGS },
    { "ping", "PING", frame(PING, 0, 0, "12345678") },
    { "reset", "RST_STREAM for our stream", frame(RST, 0, 1, "\0\0\0\8") },
    { "idle-reset", "RST_STREAM for streams that there are not", frame(RST, 0, 3, "\0\0\0\8") },
    { "window", "WINDOW_UPDATE", frame(WINDOW, 0, 0, "\0\0\0\1") },
    { "overflow", "WINDOW_UPDATE beyond 2^31", frame(WINDOW, 0, 0, "\127\255\255\255") },
    { "unknown", "frames of no known kind", frame(200, 0, 0, "12345678") },
    { "empty-data", "DATA without content", frame(DATA, 0, 1) },
    { "promise", "PUSH_PROMISE", frame(PROMISE, END_HEADERS, 1, "\0\0\0\2\130") },
    { "goaway", "GOAWAY", frame(GOAWAY, 0, 0, "\0\0\0\0\0\0\0\0") },
    { "interim", "100 over and over", frame(HEADERS, END_HEADERS, 1, "\8\003100") },
}
for _, row in ipairs(FLOODS) do
    h2("endless-" .. row[1], "HTTP/2: " .. row[2] .. " without end", "inconclusive", function(c)
        request(c)
        c:flood(row[3])
    end)
end

h2("endless-headers", "HTTP/2: a head without end", "inconclusive", function(c)
    request(c)
    c:write(frame(HEADERS, 0, 1, STATUS_200))
    c:flood(frame(MORE, 0, 1, ("\0\1x\1y"):rep(100)))
end)
h2("endless-empty", "HTTP/2: a head that goes on without content and without end", "inconclusive", function(c)
    request(c)
    c:write(frame(HEADERS, 0, 1, STATUS_200))
    c:flood(frame(MORE, 0, 1))
end)
h2("bomb", "HTTP/2: a head of 1,000 bytes that unpacks to 4 MB", "inconclusive", function(c)
    request(c)
    -- A field of 4,000 bytes goes into the table, and is named a thousand times.
    c:write(frame(HEADERS, END_HEADERS, 1, STATUS_200 .. "\64\1x\127\161\30" .. ("y"):rep(4000) .. ("\190"):rep(1000)))
    c:hush()
end)
h2("lines", "HTTP/2: a tunnel that lines come out of without end", "inconclusive", function(c)
    request(c)
    c:write(YES)
    c:flood(frame(DATA, 0, 1, ("250 ok\r\n"):rep(100)))
end)

-- What it says once: what is no HTTP/2 from the start closes the matter.
local ONCE = {
    { "goaway", "goes away before it is asked", NO_SETTINGS .. frame(GOAWAY, 0, 0, "\0\0\0\0\0\0\0\0") },
    { "vast-frame", "a frame of 16 MB", NO_SETTINGS .. "\255\255\255\0\0\0\0\0\1" },
    { "frame-size", "settings of no sense", frame(SETTINGS, 0, 0, "\0\5\0\0\0\0"), "closed" },
    { "settings-odd", "settings of five bytes", frame(SETTINGS, 0, 0, "\0\5\0\0\0"), "closed" },
    { "window-vast", "a window of 2^32 - 1", frame(SETTINGS, 0, 0, "\0\4\255\255\255\255"), "closed" },
    { "streams-0", "allows no streams", frame(SETTINGS, 0, 0, "\0\3\0\0\0\0") },
    { "table-0", "has no table for fields", frame(SETTINGS, 0, 0, "\0\1\0\0\0\0") },
    { "ahead", "says yes before it is asked", NO_SETTINGS .. YES },
    { "data-first", "data before a head", NO_SETTINGS .. frame(DATA, 0, 1, "x") },
    { "stream-0", "a head for stream 0", NO_SETTINGS .. frame(HEADERS, END_HEADERS, 0, STATUS_200) },
    { "padding", "more padding than frame", NO_SETTINGS .. frame(HEADERS, END_HEADERS + 8, 1, "\255" .. STATUS_200) },
    { "first", "a frame other than settings first", frame(PING, 0, 0, "12345678"), "closed" },
}
for _, row in ipairs(ONCE) do
    h2(row[1], "HTTP/2: " .. row[2], row[4] or "inconclusive", function(c)
        c:write(row[3])
        c:hush()
    end)
end

h2("window-0", "HTTP/2: says yes and lets nothing into its tunnel", "inconclusive", function(c)
    request(c, frame(SETTINGS, 0, 0, "\0\4\0\0\0\0"))
    c:write(YES)
    c:hush()
end)

return list
