#!/usr/bin/env bats
# Where a pack's probes run: in a process of their own, or in the workers where the operator trusts its key so far.
bats_require_minimum_version 1.5.0

load servers
load probing
load packs

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    export HOME=$PWD
    PROBE=''
    "$AJAR" key new --no-password -o k.key
    write_pack acme/envelopes 1.0.0
    "$AJAR" pack build folder
    "$AJAR" pack sign -k k.key envelopes-1.0.0.tar
    serve 20
}

teardown() {
    [ -z "$PROBE" ] || kill -KILL "$PROBE" 2>/dev/null || true
    stop_server
}

trust() { "$AJAR" pack trust add --yes --packs acme/ --capabilities "$1" k.pub; }

# Are there so many processes for packs while this runs?
cells_are() { # NUMBER PROBE
    start -p "$2" "127.0.0.1:$PORT" --workers 1
    connections 1
    [ "$(children --as-cell | wc -l)" -eq "$1" ]
    kill -KILL "$PROBE"
    PROBE=''
}

@test "a pack has a process of its own, whoever signed it" {
    trust smtp
    run "$AJAR" pack install --yes envelopes-1.0.0.tar
    [[ $output == *"runs          in a process of its own, without a socket"* ]]
    cells_are 1 acme/envelopes
}

@test "that of a key that is trusted for it runs in the worker" {
    trust smtp,in-worker
    run "$AJAR" pack install --yes envelopes-1.0.0.tar
    [[ $output == *"runs          where the built-in probes do: you trust its key so far"* ]]
    cells_are 0 acme/envelopes
}

@test "so does that of a file, while its signature is such a key's" {
    trust all,in-worker
    cells_are 0 envelopes-1.0.0.tar
    rm envelopes-1.0.0.tar.minisig
    cells_are 1 envelopes-1.0.0.tar
}

@test "what it has not declared does not exist for it there either, and its own globals are not the others'" {
    trust smtp,in-worker
    rm envelopes-1.0.0.tar*
    cat >folder/probes/plain.lua <<'LUA'
tostring = nil
shared = "seen"
local probe = ajar.probe { id = "relay/acme-plain", kind = "relay", ports = { 25 }, summary = "Plain" }
function probe.run()
    return ajar.closed(type(ajar.http) .. type(ajar.socks) .. type(ajar.smtp))
end
return probe
LUA
    "$AJAR" pack build folder
    "$AJAR" pack sign -k k.key envelopes-1.0.0.tar
    "$AJAR" probe --json -p envelopes-1.0.0.tar -p relay/third-party "127.0.0.1:$PORT" --workers 1 --wait 1 >out
    [ "$(jq -r 'select(.probe == "relay/acme-plain") | .reason' out)" = nilniltable ]
    [ "$(jq -r 'select(.probe == "relay/third-party") | .verdict' out)" = closed ]
}

@test "its cases are derived again like all others" {
    trust smtp,in-worker
    stop_server
    "$AJAR" sim --net 93 --sink 127.0.0.1:2693 --for 20 relay-open >served 3>&- &
    for _ in $(seq 100); do [ -s served ] && break; sleep 0.1; done
    "$AJAR" probe --sink 127.0.0.1:2693 -p envelopes-1.0.0.tar -e run.tar -k k.key 127.0.93.2:2525
    kill %%
    "$AJAR" replay run.tar | grep -q '^1 derived again, 0 different$'
}
