#!/usr/bin/env bats
# Datagrams through proxies, through the confined worker to the confined sink; and their replay.

bats_require_minimum_version 1.5.0

setup() {
    AJAR=$(realpath "${AJAR:-$BATS_TEST_DIRNAME/../../build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    python3 "$BATS_TEST_DIRNAME/udp_proxy.py" >ports 3>&- &
    PROXY=$!
    for _ in $(seq 100); do
        [ -s ports ] && break
        sleep 0.1
    done
    "$AJAR" key new --no-password -o key >/dev/null
    read -r OPEN CLOSED PASSWORD DEAF FOREIGN <ports
}

teardown() {
    kill "$PROXY" 2>/dev/null || true
}

probe() {
    rm -f bundle.tar
    "$AJAR" probe --json --wait 2 -p proxy/socks5-udp -k key -e bundle.tar "127.0.0.1:$1" | tee results | jq -r .verdict
}

@test "a proxy that passes datagrams on is open, by the sink's receipt, and replays" {
    [ "$(probe "$OPEN")" = open ]
    grep -q "our datagram reached our sink" results
    grep -q "answer came back through the target" results
    "$AJAR" verify bundle.tar
    "$AJAR" replay bundle.tar
}

@test "one that refuses, or asks for a password, is closed" {
    [ "$(probe "$CLOSED")" = closed ]
    "$AJAR" replay bundle.tar
    [ "$(probe "$PASSWORD")" = closed ]
    grep -q "asks for authentication" results
}

@test "one that says yes and passes nothing on is suspect, and replays" {
    [ "$(probe "$DEAF")" = suspect ]
    "$AJAR" replay bundle.tar
}

@test "a foreign host for datagrams is not followed" {
    [ "$(probe "$FOREIGN")" = inconclusive ]
    grep -q "which is not followed" results
    "$AJAR" replay bundle.tar
}
