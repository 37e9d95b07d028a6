#!/usr/bin/env bats
# Proxies that take their time, and how long ajar waits for them: --arg answer=SECONDS.

bats_require_minimum_version 1.5.0
load servers

setup() {
    AJAR=$(realpath "${AJAR:-$BATS_TEST_DIRNAME/../../build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    "$AJAR" key new --no-password -o key >/dev/null
}

teardown() { stop_server; }

# Open proxies that say nothing before two seconds are over, but to refuse what leads nowhere. The sink has so many ports.
slow_proxies() { # PORTS
    cat >slow.lua <<'LUA'
local SECONDS = 2

local function way(address)
    local other = sim.dial(address)
    if other then
        sim.sleep(SECONDS)
    end
    return other
end

local function scenario(id, port, serve)
    return sim.scenario { id = id, port = port, summary = "x", expects = {}, serve = serve }
end

local function dotted(address)
    return ("%d.%d.%d.%d"):format(address:byte(1, 4))
end

return {
    scenario("http", 3128, function(c)
        local _, target = sim.http_request(c)
        local other = way(target)
        if not other then
            return sim.http_answer(c, "503 Service Unavailable", "no\n")
        end
        c:write("HTTP/1.1 200 OK\r\n\r\n")
        c:pipe(other)
    end),
    scenario("socks", 1080, function(c)
        c:read(c:read(2):byte(2))
        c:write("\5\0")
        local r = c:read(10)
        local high, low = r:byte(9, 10)
        local other = way(dotted(r:sub(5, 8)) .. ":" .. high * 256 + low)
        c:write(other and "\5\0\0\1\0\0\0\0\0\0" or "\5\5\0\1\0\0\0\0\0\0")
        return other and c:pipe(other)
    end),
    scenario("telnet", 23, function(c)
        c:write("telnet> ")
        local host, port = c:line():match("^telnet ([%d.]+) (%d+)$")
        local other = host and way(host .. ":" .. port)
        c:say(other and "Connected." or "refused")
        return other and c:pipe(other)
    end),
    scenario("ftp", 21, function(c)
        c:say("220 gate")
        local address = c:line():match("^USER [^@]+@(.+)$")
        local other = way(address)
        if not other then
            return c:say("421 no connection")
        end
        c:pipe(other)
    end),
}
LUA
    PORTS=$(free_port)
    for _ in $(seq 2 "$1"); do PORTS+=,$(free_port); done
    start_server servers "$AJAR" sim --net 131 --for 90 --sink "127.0.0.1:$PORTS" slow.lua </dev/null
    await_servers 4
}

# probe PROBE SCENARIO OPTION...: "VERDICT: REASON", and the case is derived again.
probe() {
    rm -f "$2.tar"
    "$AJAR" probe --json --sink "127.0.0.1:$PORTS" --wait 2 -p "$1" -k key -e "$2.tar" "${@:3}" "$(target "$2")" >"$2.json"
    "$AJAR" replay "$2.tar" >/dev/null
    jq -r '.verdict + ": " + .reason' "$2.json"
}

@test "a proxy that answers later than it is waited for is undecided, and how to wait longer is said" {
    slow_proxies 1
    [ "$(probe proxy/http-connect http --arg answer=1)" = \
        "inconclusive: no answer in time (--arg answer=SECONDS waits longer)" ]
    [ "$(probe proxy/socks5 socks --arg proxy/socks5.answer=1)" = \
        "inconclusive: no answer in time (--arg answer=SECONDS waits longer)" ]
    # What helps where the probe's own time was up is another option.
    run -0 --separate-stderr probe proxy/socks5 socks --arg answer=60 --timeout 1 --wait 0
    [[ $output == "inconclusive: "*": the probe's own time is up" ]]
}

@test "waited for as long as it takes, it is open" {
    slow_proxies 1
    [[ $(probe proxy/http-connect http --arg answer=8) == "open: token returned"* ]]
    [[ $(probe proxy/socks5 socks --arg answer=8) == "open: token returned"* ]]
    [[ $(probe proxy/telnet telnet --arg answer=8) == "open: token returned"* ]]
    [[ $(probe proxy/ftp-user ftp --arg answer=8) == "open: token returned"* ]]
}

@test "each of several ports is waited for as long" {
    slow_proxies 3
    [ "$(probe proxy/http-connect http --arg answer=1)" = \
        "inconclusive: no answer in time (--arg answer=SECONDS waits longer)" ]
    [ "$(probe proxy/http-connect http --arg answer=8)" = \
        "open: token returned; leads to our ports $(tr , '\n' <<<"$PORTS" | paste -sd, | sed 's/,/, /g')" ]
}

@test "a proxy that takes more than half a minute is found by who waits for it" {
    PORTS=$(free_port)
    start_server servers "$AJAR" sim --net 132 --for 90 --sink "127.0.0.1:$PORTS" http-slow </dev/null
    await_servers 1
    "$AJAR" probe --json --sink "127.0.0.1:$PORTS" --wait 5 --arg answer=60 -p proxy/http-connect "$(target http-slow)" >found
    [ "$(jq -r .verdict found)" = open ]
}
