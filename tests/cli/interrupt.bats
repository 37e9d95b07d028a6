#!/usr/bin/env bats
# Ctrl-C: what is in flight is brought to an end, what was not begun is left, the output stays whole.
bats_require_minimum_version 1.5.0

load servers

setup() {
    AJAR=${AJAR:-build/ajar}
    cd "$BATS_TEST_TMPDIR" || return 1
    stderr=
    # A server that takes connections and says nothing; its port goes to the file "port".
    start_server port python3 - <<'PYTHON'
import socket, sys, time
listener = socket.create_server(("127.0.0.1", 0), backlog=64)
print(listener.getsockname()[1], flush=True)
time.sleep(30)
PYTHON
}

teardown() { stop_server; }

# Interrupts, after a second, the whole group of processes, as a terminal does.
interrupted() { interrupted_after 1 "$@"; }
interrupted_after() { timeout --preserve-status --kill-after=20 --signal=INT "$@"; }

@test "one Ctrl-C ends what is in flight, and no process dies of it" {
    run --separate-stderr interrupted "$AJAR" probe -p '*' "127.0.0.1:$(cat port)"
    echo "$status: $stderr"
    [ "$status" -le 1 ]
    [[ $stderr == *"stopping:"* ]]
    [[ $stderr != *"ended by signal"* ]]
}

@test "what was cut short is a whole line of output" {
    interrupted "$AJAR" probe -p relay/third-party "127.0.0.1:$(cat port)" >out || [ $? -eq 1 ]
    [ "$(jq -r .verdict out)" = inconclusive ]
}

# Proxies that lead to one of our sink's two ports, and keep silent about the other; and one that refuses.
start_proxies() {
    cat >proxies.lua <<'LUA'
local function leads_to(id, n)
    return sim.scenario { id = id, summary = "Leads to one port", port = 3128, expects = {}, serve = function(c)
        local _, to = sim.http_request(c)
        if tonumber(to:match("%d+$")) ~= sim.sink_ports()[n] then
            return c:hush()
        end
        c:write("HTTP/1.1 200 Connection established\r\n\r\n")
        c:pipe(sim.dial(to))
    end }
end

return { leads_to("first", 1), leads_to("second", 2), sim.scenario { id = "refuses", summary = "Refuses", port = 3128,
    expects = {}, serve = function(c)
        sim.http_request(c)
        sim.http_answer(c, "403 Forbidden", "no")
    end } }
LUA
    stop_server
    PORTS=$(free_port) # the first, and the one above it
    start_server servers "$AJAR" sim --net 187 --for 30 --sink "127.0.0.1:$PORTS,$((PORTS + 1))" proxies.lua </dev/null
    await_servers 3
}

result() { jq -c --arg at "$(target "$1" | sed 's/:.*//')" 'select(.target == $at)' out; }

@test "a port whose answer was still waited for is said to be neither reached nor missed, and each target has one result" {
    start_proxies
    # by then the second has been asked for its first port again
    run --separate-stderr interrupted_after 8 "$AJAR" probe --json -p proxy/http-connect --inflight 3 --wait 2 \
        --sink "127.0.0.1:$PORTS,$((PORTS + 1))" "$(target first)" "$(target second)" "$(target refuses)"
    echo "$output" >out
    cat out
    echo "$stderr"
    [ "$status" -eq 1 ]
    [ "$(jq -r .target out | sort | uniq -c | awk '{ print $1 }' | paste -sd ' ')" = "1 1 1" ]
    [ "$(result first | jq -c '[.verdict, .ports]')" = "[\"open\",{\"reached\":[$PORTS],\"missed\":[]}]" ]
    [[ $(result first | jq -r .reason) == *"; stopped before an answer from $((PORTS + 1))" ]]
    [ "$(result second | jq -c '[.verdict, .ports]')" = "[\"open\",{\"reached\":[$((PORTS + 1))],\"missed\":[]}]" ]
    [[ $(result second | jq -r .reason) == *"; no answer in time from $PORTS" ]]
    [ "$(result refuses | jq -r .verdict)" = closed ]
    [[ $stderr == *"3 tested in "*": 2 open, 1 closed"* ]]
}
