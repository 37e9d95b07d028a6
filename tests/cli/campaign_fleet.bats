#!/usr/bin/env bats
# A campaign in PostgreSQL that several machines run: here folders, each with evidence of its own.
bats_require_minimum_version 1.5.0

load servers
load probing

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    POSTGRES=$(realpath "$BATS_TEST_DIRNAME/../postgres.sh")
    cd "$BATS_TEST_TMPDIR" || return 1
    cluster=$(mktemp -d "${TMPDIR:-/tmp}/ajar-fleet-XXXXXX")
    "$POSTGRES" start "$cluster" >/dev/null || skip "PostgreSQL is not installed"
    url="postgresql://ajar@/ajar?host=$cluster"
    "$AJAR" key new --no-password -o key >/dev/null
    printf 'allow 127.0.0.0/8\noptout optout\n' >scope
    : >optout
}

teardown() {
    for run in "${RUNS[@]:-}"; do
        [ -z "$run" ] || kill "$run" 2>/dev/null || true
    done
    stop_server
    [ ! -d "${cluster:-}" ] || "$POSTGRES" stop "$cluster"
}

campaign() { # HOSTS
    "$AJAR" campaign new --scope scope "$url"
    hosts "$1" >list
    "$AJAR" campaign import --source list "$url" list 2>/dev/null
}

# On the machine of this name, in the background; its words in NAME.err.
machine_on() { # NAME OPTION…
    "$AJAR" campaign run -k key --chain none -p relay/third-party --rate 0 --prefix-rate 0 --workers 1 --wait 1 \
        --folder "$1" "${@:2}" "$url" >/dev/null 2>"$1.err" 3>&- &
    RUNS+=($!)
}

told() { "$AJAR" campaign status --json "$url" | jq -c "$1"; }

@test "two machines share the tests, and none is done twice" {
    serve 0.1
    campaign 60
    RUNS=()
    machine_on one --inflight 5
    machine_on two --inflight 5
    wait "${RUNS[@]}"
    cat ./*.err
    [ "$(told '[.jobs.finished, .cases]')" = '[60,60]' ]
    [ "$(wc -l <seen)" -eq 60 ]
    for bundle in one/evidence/*.tar two/evidence/*.tar; do
        "$AJAR" verify "$bundle"
    done
}

@test "the scope of the campaign holds on each of its machines" {
    serve
    printf 'allow 127.1.0.1\noptout optout\n' >scope
    campaign 3
    RUNS=()
    machine_on one
    wait "${RUNS[@]}"
    [ "$(wc -l <seen)" -eq 1 ]
    cmp scope one/scope
}

@test "a server that is away for a while holds up no test, and what was found is noted when it is back" {
    serve hold
    campaign 10
    RUNS=()
    machine_on one
    connections 10
    "$POSTGRES" halt "$cluster"
    touch go
    for _ in {1..100}; do
        ! grep -q "waits until it is there again" one.err || break
        sleep 0.1
    done
    "$POSTGRES" go_on "$cluster"
    wait "${RUNS[@]}"
    cat one.err
    [ "$(told '[.jobs.finished, .cases]')" = '[10,10]' ]
    [ "$(wc -l <seen)" -eq 10 ]
}

@test "what a lost machine held is tested by another one" {
    serve hold
    campaign 10
    RUNS=()
    machine_on one
    connections 10
    pkill -KILL -P "${RUNS[0]}"
    kill -KILL "${RUNS[0]}"
    wait "${RUNS[0]}" || true
    touch go
    # Its lease would hold for a minute.
    psql -qh "$cluster" -U ajar ajar -c 'UPDATE machines SET until = 1'
    machine_on two
    wait "${RUNS[1]}"
    [ "$(told '[.jobs.finished, .cases]')" = '[10,10]' ]
}

@test "who opts out by the database gets no connection any more, on any machine" {
    serve hold
    campaign 40
    RUNS=()
    machine_on one --inflight 1
    connections 1
    psql -qh "$cluster" -U ajar ajar -c "INSERT INTO optouts (network, at, reason) VALUES ('127.1.0.0/24', 1, 'asked')"
    for _ in {1..100}; do
        ! grep -q "opt-outs have changed" one.err || break
        sleep 0.1
    done
    touch go
    wait "${RUNS[@]}"
    [ "$(wc -l <seen)" -eq 1 ]
}
