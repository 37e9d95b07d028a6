#!/usr/bin/env bats
# TURN servers, by UDP, TCP and TLS, through the confined worker to the confined sink; and their replay.

bats_require_minimum_version 1.5.0
load servers

setup() {
    probed_simulators 125 turn-open turn-open-tcp turn-tls turn-asks turn-peers turn-deaf turn-echo-data \
        turn-but-25 socks-udp-but-25
}

teardown() { stop_server; }

# By the ports that the probe names for itself.
probe() {
    rm -f bundle.tar
    "$AJAR" probe --json --wait 2 -k key -e bundle.tar "$(target "$1")" >results
    jq -r 'select(.probe == "proxy/turn").verdict' results
}

@test "who relays for anyone is open by the sink's receipt, by UDP, TCP and TLS, and replays" {
    for server in turn-open turn-open-tcp turn-tls; do
        [ "$(probe "$server")" = open ]
        grep -q "the target relays from 127.0.0.1:" results
        grep -q "the sink's answer came back through the target" results
        "$AJAR" verify bundle.tar
        "$AJAR" replay bundle.tar
    done
}

@test "who asks for a log-in is closed, and nobody logs in" {
    [ "$(probe turn-asks)" = closed ]
    grep -q "asks for authentication: TURN Allocate 401" results
    "$AJAR" replay bundle.tar
    run ! grep -qi "username" <(tar -xOf bundle.tar --wildcards 'data/cases/*/tape.jsonl' '*/data/cases/*/tape.jsonl' 2>/dev/null)
}

@test "who gives an address and relays to none of ours is closed" {
    [ "$(probe turn-peers)" = closed ]
    grep -q "CreatePermission 403" results
    "$AJAR" replay bundle.tar
}

@test "who gives an address and relays nothing is not open, and an echo is found out" {
    [ "$(probe turn-deaf)" = suspect ]
    "$AJAR" replay bundle.tar
    [ "$(probe turn-echo-data)" = inconclusive ]
    grep -q "sends datagrams back" results
}

# A sink with three ports, of which the first is filtered on the way.
three_ports() { # ID PROBE
    three_sink_ports 126 "$1"
    rm -f bundle.tar
    "$AJAR" probe --json --wait 1 -k key -e bundle.tar --sink "127.0.0.1:$PORTS" -p "$2" "$(target "$1")" >results
    [ "$(jq -r .verdict results)" = open ]
    jq -e --arg ports "$PORTS" '.ports == ($ports / "," | map(tonumber) | { reached: .[1:], missed: .[:1] })' results
    jq -r .reason results | grep -q "leads only to some of our ports"
    "$AJAR" verify bundle.tar
    "$AJAR" replay bundle.tar
}

@test "to which of the sink's ports datagrams are carried is found out by TURN and by SOCKS" {
    three_ports turn-but-25 proxy/turn
    three_ports socks-udp-but-25 proxy/socks5-udp
}

@test "a port on which our own sink hears no datagrams is not held against the proxy" {
    local first second
    first=$(free_port) second=$(free_port)
    python3 -c 'import socket, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", int(sys.argv[1])))
print("bound", flush=True)
time.sleep(20)' "$second" >holder 3>&- &
    local holder=$!
    until [ -s holder ]; do sleep 0.05; done
    "$AJAR" probe --json --wait 1 -k key -e bundle.tar --sink "127.0.0.1:$first,$second" -p proxy/turn \
        "$(target turn-open)" >results 2>told
    kill "$holder"
    grep -q "no datagrams reach our sink on port $second" told
    [ "$(jq -r .verdict results)" = open ]
    [ "$(jq -r .ports results)" = null ]
    "$AJAR" verify bundle.tar
    "$AJAR" replay bundle.tar
}
