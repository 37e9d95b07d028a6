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

@test "one that takes all the memory there takes its own: its probe ends as an error, all others finish and are derived again" {
    trust smtp,in-worker
    rm envelopes-1.0.0.tar*
    sed -i 's/"pack": 1,/&\n  "limits": {"memory": 16},/' folder/pack.json
    cat >folder/probes/plain.lua <<'LUA'
local kept
local probe = ajar.probe { id = "relay/acme-plain", kind = "relay", ports = { 25 }, summary = "Plain" }
function probe.run(target)
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    for i = 1, 1e7 do
        kept = { kept, ("x"):rep(3000) .. i }
    end
end
return probe
LUA
    "$AJAR" pack build folder
    "$AJAR" pack sign -k k.key envelopes-1.0.0.tar
    stop_server
    "$AJAR" sim --net 93 --sink 127.0.0.1:2694 --for 40 relay-open relay-closed >served 3>&- &
    for _ in $(seq 100); do [ "$(wc -l <served)" -eq 2 ] && break; sleep 0.1; done
    mapfile -t targets < <(cut -d ' ' -f 1 served)
    "$AJAR" probe --json --workers 1 --inflight 1 --sink 127.0.0.1:2694 --wait 5 -p envelopes-1.0.0.tar -p relay/third-party -p relay/envelope \
        -e run.tar -k k.key "${targets[@]}" >out
    kill %%
    [ "$(jq -r 'select(.probe == "relay/acme-plain") | .verdict + ": " + .reason' out | sort -u)" = "error: not enough memory" ]
    [ "$(jq -r 'select(.probe != "relay/acme-plain") | .probe + " " + .verdict' out | sort | paste -sd ,)" = \
        "relay/envelope closed,relay/envelope open,relay/third-party closed,relay/third-party open" ]
    "$AJAR" replay run.tar >replayed || true
    run ! grep -E '(third-party|envelope) .*(differs|not derived)' replayed
    [[ $(tail -n 1 replayed) == *", 0 different"* ]]
}

@test "so does one that has it while others of its pack come" {
    trust smtp,in-worker
    rm envelopes-1.0.0.tar*
    sed -i 's/"pack": 1,/&\n  "limits": {"memory": 16},/' folder/pack.json
    cat >folder/probes/plain.lua <<'LUA'
local kept
local probe = ajar.probe { id = "relay/acme-plain", kind = "relay", ports = { 25 }, summary = "Plain" }
function probe.run()
    for _, n in ipairs { 3000, 30, 1 } do
        pcall(function()
            while true do kept = { kept, ("x"):rep(n) .. tostring(math.random()) } end
        end)
    end
    ajar.sleep(2)
end
return probe
LUA
    "$AJAR" pack build folder
    "$AJAR" pack sign -k k.key envelopes-1.0.0.tar
    stop_server
    "$AJAR" sim --net 94 --sink 127.0.0.1:2695 --for 60 'relay-*' >served 3>&- &
    for _ in $(seq 100); do [ "$(wc -l <served)" -gt 20 ] && break; sleep 0.1; done
    mapfile -t targets < <(grep '^127' served | cut -d ' ' -f 1 | head -n 8)
    "$AJAR" probe --json --workers 1 --sink 127.0.0.1:2695 --wait 5 -p envelopes-1.0.0.tar -p relay/third-party \
        -e run.tar -k k.key "${targets[@]}" >out 2>err
    kill %%
    cat out err
    [ "$(jq -r 'select(.probe == "relay/acme-plain") | .verdict' out | sort -u)" = error ]
    [ "$(jq -r 'select(.probe != "relay/acme-plain") | .verdict' out | grep -c error)" -eq 0 ]
    run ! grep -i worker err
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
