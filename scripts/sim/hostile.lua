-- Servers that do harm or harm themselves: what they say must not crash, hang or fill a client, nor look open.
-- Each says little about verdicts and much about bounds: all that is said here ends by itself.

local RELAY, CONNECT, GET, SOCKS5 = "relay/third-party", "proxy/http-connect", "proxy/http-get", "proxy/socks5"
local list = {}

local function scenario(id, port, summary, expects, serve)
    list[#list + 1] = sim.scenario { id = "hostile-" .. id, port = port, summary = summary, expects = expects, serve = serve }
end

-- Mail -------------------------------------------------------------------------------------------------

local function says(id, summary, text, times)
    scenario(id, 2525, summary, { [RELAY] = "inconclusive" }, function(c)
        for _ = 1, times or 1 do
            c:write(text)
        end
        c:try_read(3)
    end)
end

says("endless-banner", "A banner of 16 MB that never ends", ("220-welcome\r\n"):rep(80000), 16)
says("long-line", "A banner in one line of 1 MB", "220 " .. ("x"):rep(1024 * 1024) .. "\r\n")
says("nuls", "NUL bytes in place of a banner", ("\0"):rep(4096))
says("garbage", "Bytes that are no protocol at all", ("\255\254\13\128"):rep(1024))

scenario("slow-banner", 2525, "A banner of one byte a second", { [RELAY] = "inconclusive" }, function(c)
    c:drip("220 mail.sim.test ESMTP", 1)
end)

scenario("ahead", 2525, "Says all its replies before it is asked", {}, function(c)
    c:write("220 x\r\n250 x\r\n250 ok\r\n250 ok\r\n354 go\r\n250 queued\r\n221 bye\r\n")
    c:try_read(3)
end)

-- HTTP -------------------------------------------------------------------------------------------------

local function answers(id, summary, text)
    scenario(id, 8080, summary, { [CONNECT] = "inconclusive", [GET] = "inconclusive" }, function(c)
        sim.http_request(c)
        c:write(text)
    end)
end

answers("http-many-fields", "A head of 90,000 fields", "HTTP/1.1 200 OK\r\n" .. ("X-Bomb: 1\r\n"):rep(90000))
answers("http-long-field", "A field of 1 MB", "HTTP/1.1 200 OK\r\nX-Bomb: " .. ("x"):rep(1024 * 1024) .. "\r\n\r\n")

scenario("http-length", 8080, "Says that its page has 10^18 bytes", {}, function(c)
    sim.http_request(c)
    c:write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000000\r\n\r\nx")
    c:try_read(3)
end)

scenario("http-chunks", 8080, "Chunks of a size that no machine has", {}, function(c)
    sim.http_request(c)
    c:write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "fffffffffffffff0\r\nx")
    c:try_read(3)
end)

-- SOCKS and TLS ----------------------------------------------------------------------------------------

scenario("socks-drip", 1080, "A refusal in single bytes", { [SOCKS5] = "closed" }, function(c)
    c:read(c:read(2):byte(2))
    c:drip("\5\0")
    sim.socks5_request(c)
    c:drip("\5\2\0\1\0\0\0\0\0\0")
    c:try_read(1)
end)

scenario("tls-garbage", 8443, "Garbage in place of a handshake", { ["proxy/https-connect"] = "inconclusive" }, function(c)
    c:read()
    c:write(("\22\3\1\255\255"):rep(1000))
    c:try_read(1)
end)

for _, certificate in ipairs { "good", "expired", "early", "other", "chain", "ed25519", "old" } do
    scenario("tls-" .. certificate, 8443, "A proxy inside TLS that refuses; its certificate: " .. certificate,
        { ["proxy/https-connect"] = "closed" }, function(c)
            c:secure(certificate)
            sim.http_request(c)
            sim.http_answer(c, "403 Forbidden", "not for you\n")
        end)
end

return list
