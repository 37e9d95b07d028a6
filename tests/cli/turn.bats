#!/usr/bin/env bats
# TURN servers, by UDP, TCP and TLS, through the confined worker to the confined sink; and their replay.

bats_require_minimum_version 1.5.0
load servers

setup() {
    AJAR=$(realpath "${AJAR:-$BATS_TEST_DIRNAME/../../build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    "$AJAR" key new --no-password -o key >/dev/null
    start_simulators 174 turn-open turn-open-tcp turn-tls turn-asks turn-peers turn-deaf turn-echo-data
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
