-- HTTP servers that break off, lie about lengths or go on without end. A page is no tunnel, and half an answer is none.

local CONNECT, GET = "proxy/http-connect", "proxy/http-get"
local list = {}

local function scenario(id, summary, expects, serve)
    list[#list + 1] = sim.scenario {
        id = "hostile-http-" .. id, port = 8080, summary = summary, expects = expects, serve = serve,
    }
end

local function both(connect, get)
    return { [CONNECT] = connect, [GET] = get or connect }
end

local OK, ESTABLISHED = "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 Connection established\r\n\r\n"

-- Breaks -------------------------------------------------------------------------------------------------

-- What it says before it breaks off, and the verdicts. What there is of a page is looked at: GET says that it is none of
-- ours, or that the end was missing.
local STEPS = {
    { "request", "the request", "", both("inconclusive") },
    { "head", "half a head", OK .. "Serv", both("inconclusive") },
    { "body", "10 bytes of 1000", OK .. "Content-Length: 1000\r\n\r\n0123456789", { [CONNECT] = "closed" } },
    { "chunk", "half a chunk", OK .. "Transfer-Encoding: chunked\r\n\r\n100\r\nx", { [CONNECT] = "closed" } },
    { "tunnel", "its yes", ESTABLISHED, { [CONNECT] = "inconclusive" } },
}
for _, step in ipairs(STEPS) do
    for _, way in ipairs(sim.breaks()) do
        scenario(step[1] .. "-" .. way.id, "After " .. step[2] .. " it " .. way.words, step[4], function(c)
            sim.http_request(c)
            c:write(step[3])
            way.act(c)
        end)
    end
end

-- Without end --------------------------------------------------------------------------------------------

local ENDLESS = {
    { "head", "A head without end", OK, "X-Bomb: 1\r\n", both("inconclusive") },
    { "line", "A status line without end", "HTTP/1.1 200 ", "x", both("inconclusive") },
    { "interim", "100 Continue without end", "", "HTTP/1.1 100 Continue\r\n\r\n", both("inconclusive") },
    { "chunks", "Chunks without end", OK .. "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", both("closed", "inconclusive") },
    { "page", "A page without end or length", OK .. "\r\n", "<html>", { [CONNECT] = "inconclusive", [GET] = "closed" } },
    { "trailer", "A trailer without end", OK .. "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X: 1\r\n",
        both("closed", "inconclusive") },
    { "extension", "A chunk's extension without end", OK .. "Transfer-Encoding: chunked\r\n\r\n1;", "x",
        both("closed", "inconclusive") },
    { "tunnel", "A tunnel that garbage comes out of without end",
        ESTABLISHED, "\255\13", { [CONNECT] = "inconclusive" } },
    { "lines", "A tunnel that lines come out of without end",
        ESTABLISHED, "250 ok\r\n", { [CONNECT] = "inconclusive" } },
}
for _, row in ipairs(ENDLESS) do
    scenario("endless-" .. row[1], row[2], row[5], function(c)
        sim.http_request(c)
        c:write(row[3])
        c:flood(row[4])
    end)
end

scenario("slow", "A refusal of one byte a second", both("inconclusive"), function(c)
    sim.http_request(c)
    c:drip("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", 1)
end)

scenario("split", "A refusal in single bytes", both("closed"), function(c)
    sim.http_request(c)
    c:drip("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno", 0.001)
end)

-- Lies ---------------------------------------------------------------------------------------------------

-- Said behind the request's head in one go, after which it closes.
local SAID = {
    { "length-short", "A page longer than it says", OK .. "Content-Length: 2\r\n\r\n0123456789", both("closed") },
    { "length-two", "Two lengths", OK .. "Content-Length: 2\r\nContent-Length: 5\r\n\r\n01", both("inconclusive") },
    { "length-zero", "A length of 0 that is none, and a page", OK .. "Content-Length: 0\r\n\r\n<html>x</html>\r\n",
        { [CONNECT] = "inconclusive", [GET] = "closed" } },
    { "length-minus", "A negative length", OK .. "Content-Length: -1\r\n\r\nx", both("inconclusive") },
    { "length-hex", "A length in hexadecimals", OK .. "Content-Length: 0x10\r\n\r\nx", both("inconclusive") },
    { "length-vast", "A length beyond 64 bits", OK .. "Content-Length: 99999999999999999999\r\n\r\nx",
        both("inconclusive") },
    { "length-chunked", "A length and chunks", OK .. "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        both("closed") },
    { "chunk-vast", "A chunk of 2^64 bytes", OK .. "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\nx",
        both("closed", "inconclusive") },
    { "chunk-most", "A chunk of 2^64 - 1 bytes", OK .. "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
        both("closed", "inconclusive") },
    { "chunk-minus", "A chunk of -1 bytes", OK .. "Transfer-Encoding: chunked\r\n\r\n-1\r\nx", both("closed", "inconclusive") },
    { "status-long", "A status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", both("inconclusive") },
    { "status-low", "A status of 099", "HTTP/1.1 099 OK\r\n\r\n", both("inconclusive") },
    { "version", "HTTP/9.9", "HTTP/9.9 200 OK\r\n\r\n", both("inconclusive") },
    { "no-head", "A page without a head", "<html>welcome</html>\r\n", both("inconclusive") },
    { "nul", "A NUL in the head", "HTTP/1.1 200 OK\r\nX: \0\r\n\r\n", both("inconclusive") },
    { "folded", "A length on a folded line", OK .. "Content-Length:\r\n 2\r\n\r\n01", {} },
    { "switching", "101 in place of an answer", "HTTP/1.1 101 Switching Protocols\r\n\r\n", both("inconclusive") },
    { "interim", "100, 102 and 103, then a refusal",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" ..
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", both("closed") },
    { "more", "A refusal, and a yes that nobody asked for",
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n" .. ESTABLISHED, both("closed") },
    { "no-reason", "A refusal without words", "HTTP/1.1 403\r\n\r\n", both("closed") },
}
for _, row in ipairs(SAID) do
    scenario(row[1], row[2], row[4], function(c)
        sim.http_request(c)
        c:write(row[3])
    end)
end

scenario("ahead", "Says yes before it is asked", both("inconclusive"), function(c)
    c:write(ESTABLISHED)
    c:hush()
end)

scenario("kept-alive", "Keeps the connection, and goes on with refusals that nobody asked for", both("closed"), function(c)
    sim.http_request(c)
    for _ = 1, 20 do
        c:write("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno")
        sim.sleep(0.1)
    end
end)

scenario("never-reads", "Answers without reading, then resets what it did not read", both("inconclusive"), function(c)
    sim.sleep(0.3)
    c:write("HTTP/1.1 200 O")
    c:reset()
end)

return list
