#!/usr/bin/env bats
# What a pack says that its probes take at most: it is shown, it holds, and a replay holds it too.
bats_require_minimum_version 1.5.0

load packs

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    export HOME=$PWD
    write_pack acme/envelopes 1.0.0
    "$AJAR" key new --no-password -o k.key
    "$AJAR" sim --net 94 --sink 127.0.0.1:2694 --for 60 relay-open >served 3>&- &
    SIM=$!
    for _ in $(seq 100); do [ -s served ] && break; sleep 0.1; done
}

teardown() { kill "$SIM"; }

# Builds the pack with these limits and a probe whose body is stdin, runs it on the open relay, and replays that.
limited() { # LIMITS
    sed -i "s#^  \"capabilities\"#  \"limits\": $1,\n  \"capabilities\"#" folder/pack.json
    {
        echo 'local probe = ajar.probe { id = "relay/acme-plain", kind = "relay", ports = { 25 }, summary = "Plain" }'
        echo 'function probe.run(target)'
        cat
        echo 'end return probe'
    } >folder/probes/plain.lua
    "$AJAR" pack build folder
    "$AJAR" probe --json --sink 127.0.0.1:2694 -p envelopes-1.0.0.tar -e run.tar -k k.key 127.0.94.2:2525 >out
    "$AJAR" replay run.tar | grep -q '^1 derived again, 0 different$'
}

@test "a connection too many fails, with the number" {
    limited '{"connections": 2}' <<'LUA'
    for i = 1, 2 do ajar.smtp.connect(target):quit() end
    local ok, err = pcall(ajar.smtp.connect, target)
    return ajar.closed(tostring(err))
LUA
    [[ $(jq -r .reason out) == *"a probe may have 4 connections at once and 2 in all"* ]]
}

@test "its time is over sooner than that of others" {
    limited '{"seconds": 1}' <<'LUA'
    local began = ajar.now()
    local ok, err = pcall(ajar.sleep, 30)
    return ajar.closed(tostring(err))
LUA
    [ "$(jq '.elapsed_ms < 3000' out)" = true ]
}

@test "its memory is less than that of others" {
    limited '{"memory": 16}' <<'LUA'
    local all = {}
    for i = 1, 1e6 do all[i] = ("x"):rep(1000) .. i end
    return ajar.closed("all")
LUA
    [ "$(jq -r .verdict out)" = error ]
    [[ $(jq -r .reason out) == *"not enough memory"* ]]
}

@test "who is to install it is told" {
    sed -i 's#^  "capabilities"#  "limits": {"seconds": 60, "connections": 4, "memory": 16},\n  "capabilities"#' folder/pack.json
    "$AJAR" pack build folder
    run "$AJAR" pack info envelopes-1.0.0.tar
    [[ $output == *"at most       60 seconds at a target, 4 connections to it, 16 MiB of memory"* ]]
    [ "$("$AJAR" pack info --json envelopes-1.0.0.tar | jq -c .limits)" = '{"seconds":60,"connections":4,"memory":16}' ]
}
