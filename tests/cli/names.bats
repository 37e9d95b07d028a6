#!/usr/bin/env bats
# Names of the target in envelopes: those that it gives itself, and the one that came with a list. Whoever owns the
# target has written both, so the DNS must lead them to it.
bats_require_minimum_version 1.5.0

load servers

# A relay open to the percent hack by its name alone (mail.sim.test), at AT.
setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    SINK=127.0.0.1:$(free_port)
    start_server servers "$AJAR" sim --sink "$SINK" --net 91 --for 40 relay-r4 </dev/null
    SIMULATOR=$SERVER
    SERVER=
    AT=$(target relay-r4)
    "$AJAR" key new --no-password -o key
}

teardown() {
    stop_server
    kill "$SIMULATOR" 2>/dev/null || true
}

probe() { # [OPTION…]: relay/envelope, with a bundle
    rm -f run.tar
    "$AJAR" probe --json --sink "$SINK" --wait 1 --timeout 20 -p relay/envelope -e run.tar -k key "$@" >result
    jq -r .verdict result
}

envelopes() { tar -xOf run.tar --wildcards '*/tape.jsonl' | jq -r 'select(.op == "send") | .data' | grep -E '^(MAIL|RCPT)'; }

replays() {
    run -0 --separate-stderr "$AJAR" replay run.tar
    [[ $output == *"1 derived again, 0 different"* ]]
}

@test "a name that the DNS leads to the target is used, and looked up once" {
    start_resolver "${AT%:*}"
    [ "$(probe --resolver "$RESOLVER" "$AT")" = open ]
    jq -r .reason result | grep -q '^R4 came back'
    [ "$(grep -c mail.sim.test asked)" = 1 ]
    replays
}

@test "a name that the DNS leads elsewhere stands in no envelope, and a step says so" {
    start_resolver 192.0.2.1
    [ "$(probe --resolver "$RESOLVER" "$AT")" = closed ]
    envelopes | grep -q '^RCPT'
    [ "$(envelopes | grep -c mail.sim.test)" = 0 ]
    jq -r '.steps[].say' result | grep -q "name mail.sim.test is not used in envelopes, .* leads it to 192.0.2.1"
    [ "$(grep -c mail.sim.test asked)" = 1 ]
    replays
}

@test "so does one of which the resolver says nothing" {
    start_resolver
    [ "$(probe --resolver 127.0.0.1:1 "$AT")" = closed ]
    [ "$(envelopes | grep -c mail.sim.test)" = 0 ]
    replays
}

@test "on loopback, where no resolver is named, names are taken as they are" {
    [ "$(probe "$AT")" = open ]
    jq -r .reason result | grep -q '^R4 came back'
    replays
}

@test "a host name that a list gives stands in no envelope unless it is the target's" {
    start_resolver "${AT%:*}"
    printf 'ip,port,hostname\n%s,%s,victim.mail.test\n' "${AT%:*}" "${AT#*:}" >list.csv
    [ "$(probe --resolver "$RESOLVER" --thorough -i list.csv)" = open ]
    [ "$(envelopes | grep -c victim)" = 0 ]
    envelopes | grep -q '<root@mail.sim.test>' # S9, with a name that is
    [ "$(grep -c victim.mail.test asked)" = 1 ]
    jq -r '.steps[].say' result | grep -q "name victim.mail.test is not used in envelopes, .* leads it to 127.0.0.25"
    replays
}
