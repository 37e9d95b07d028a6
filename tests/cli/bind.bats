#!/usr/bin/env bats
# SOCKS BIND: the supervisor connects to the target, the sink speaks there, and the token goes both ways.

bats_require_minimum_version 1.5.0
load servers

setup() {
    probed_simulators 124 socks-bind-open socks-bind-deaf socks-bind-liar socks-bind-service
}

teardown() { stop_server; }

probe() {
    "$AJAR" probe --json --wait 2 -p "proxy/socks$2-bind" -k key -e bundle.tar "$(target "$1")" >results
    jq -r .verdict results
}

@test "who waits for connections in our place is open, by SOCKS 4 and 5, by the sink's receipt, and replays" {
    for version in 4 5; do
        rm -f bundle.tar
        [ "$(probe socks-bind-open "$version")" = open ]
        grep -q "the sink's answer came back through the target" results
        # The receipt names the target: the sink went there.
        [ "$(jq -r '.receipts[0].peer | sub(":.*"; "")' results)" = "$(target socks-bind-open | sed 's/:.*//')" ]
        "$AJAR" verify bundle.tar
        "$AJAR" replay bundle.tar
        "$AJAR" show bundle.tar "$(jq -r .case results)" >shown
        grep -q "connects to sink 127" shown
    done
}

@test "who says yes and passes nothing is not open, and replays" {
    [ "$(probe socks-bind-deaf 5)" = suspect ]
    "$AJAR" replay bundle.tar
}

@test "who says that somebody has come before anybody could is found out" {
    [ "$(probe socks-bind-liar 5)" = inconclusive ]
    grep -q "when nobody was sent" results
    "$AJAR" replay bundle.tar
}

@test "the sink is not sent to a service of the target" {
    [ "$(probe socks-bind-service 4)" = inconclusive ]
    run ! grep -q "our sink connects" results
}

@test "a script has no say in where the sink is sent" {
    mkdir -p pack
    printf '%s\n' 'local probe = ajar.probe { id = "proxy/mine", kind = "proxy", ports = { 1080 }, summary = "x" }' \
        'function probe.run() return ajar.closed(tostring(raw) .. tostring(ajar.visit)) end return probe' >pack/mine.lua
    "$AJAR" probe --json -p ./pack/mine.lua "$(target socks-bind-open)" >results
    grep -q '"nilnil"' results
}
