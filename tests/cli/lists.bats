#!/usr/bin/env bats
# ajar lists: what public DNS lists say, and how little they are believed. A resolver of our own on loopback
# plays them all: no query leaves the machine.
bats_require_minimum_version 1.5.0

load servers

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    start_resolver
    zones
    stderr=''
}

teardown() { stop_server; }

# A table with one list for each behaviour of the resolver.
zones() {
    local mode
    {
        echo '[{"zone": "old.test", "name": "Old", "state": "closed", "note": "closed in 2004", "families": ["IPv4"],'
        echo '  "codes": {}}'
        for mode in good all none error alien silent servfail refused wrongid wrongname trunc loop short huge escape; do
            echo ",{\"zone\": \"$mode.test\", \"name\": \"$mode\", \"state\": \"alive\", \"families\": [\"IPv4\"],"
            echo ' "rate": 1000, "codes": {"127.0.0.2": ["relay", "open relay"], "127.0.0.9": ["proxy", "open proxy"]},'
            echo ' "errors": {"127.255.255.254": "public resolvers get no answer"}}'
        done
        echo ',{"zone": "mask.test", "name": "Mask", "state": "alive", "families": ["IPv4"], "rate": 1000,'
        echo '  "mask": {"1": ["proxy", "WinGate"], "2": ["proxy", "SOCKS"], "8": ["proxy", "router"]}}]'
    } >zones.json
}

lists() { "$AJAR" lists --zones zones.json --resolver "$RESOLVER" "$@"; }

@test "without an address the lists that are known are shown, and nothing is asked" {
    run -0 --separate-stderr "$AJAR" lists --table
    [[ $output == *"dnsbl.dronebl.org"*"alive"*"SOCKS proxy"* ]]
    [[ $output == *"dnsbl.sorbs.net"*"closed in June 2024"* ]]
    run -0 --separate-stderr lists
    [ "$(jq -r 'select(.list == "good.test") | .codes[0].text' <<<"$output")" = "open relay" ]
    [ "$(jq -r 'select(.list == "opm.blitzed.org") | .codes // .mask | .[1].bit' <<<"$output")" = 2 ]
    [ ! -s asked ]
}

@test "nothing is asked unless lists are named" {
    run -2 --separate-stderr lists 192.0.2.10
    [[ $stderr == *"nothing is asked but of the lists that --list names"* ]]
    run -2 --separate-stderr lists --list old.test 192.0.2.10
    [[ $stderr == *"old.test is not asked: closed in 2004"* ]]
    run -2 --separate-stderr lists --list other.test 192.0.2.10
    [[ $stderr == *"other.test is no list that is known"* ]]
    run -2 --separate-stderr lists --list good.test
    [[ $stderr == *"no address"* ]]
    run -2 --separate-stderr lists --list good.test mail.example
    [[ $stderr == *"mail.example is a name"* ]]
    [ ! -s asked ]
}

@test "what a list says is told with its reason" {
    run -0 --separate-stderr lists --list good.test 192.0.2.10
    [ "$(jq -r '[.address, .list, .state, .says[0].code, .says[0].kind, .says[0].text] | join(" ")' <<<"$output")" = \
        "192.0.2.10 good.test listed 127.0.0.9 proxy open proxy" ]
    [ "$(jq -r .reason <<<"$output")" = "open proxy, see http://good.test/10.2.0.192" ]
    run -0 --separate-stderr lists --list good.test --table 192.0.2.11 192.0.2.12
    [[ $output == *"192.0.2.11       good.test            listed   open relay (127.0.0.2); open proxy (127.0.0.9): open"* ]]
    [[ $output == *"192.0.2.12       good.test            clear"* ]]
}

@test "a sum of bits is taken apart" {
    printf '[{"zone": "good.test", "name": "Mask", "state": "alive", "families": ["IPv4"], "rate": 1000,
        "mask": {"1": ["proxy", "WinGate"], "8": ["proxy", "router"], "16": ["proxy", "POST"]}}]' >mask.json
    run -0 --separate-stderr lists --zones mask.json --list good.test 192.0.2.10
    [ "$(jq -r '[.says[].text] | join("+")' <<<"$output")" = "WinGate+router" ]
}

@test "each address is asked for once, wherever it was named" {
    printf 'ip,port\n192.0.2.10,25\n192.0.2.10,587\n192.0.2.11,25\n' >suspects.csv
    run -0 --separate-stderr lists --list good.test -i suspects.csv 192.0.2.11:25
    [ "${#lines[@]}" -eq 2 ]
}

@test "--fail-on-listed gives status 3" {
    run -3 lists --list good.test --fail-on-listed 192.0.2.10
    run -0 lists --list good.test --fail-on-listed 192.0.2.99
}

@test "a list that does not show that it lives is not believed" {
    run -1 --separate-stderr lists --list all.test --list none.test 192.0.2.10
    [ "$(jq -r 'select(.list == "all.test") | .state + ": " + .error' <<<"$output")" = \
        "error: all.test is not believed: it lists 127.0.0.1, which no list that works does" ]
    [ "$(jq -r 'select(.list == "none.test") | .state + ": " + .error' <<<"$output")" = \
        "error: none.test is not believed: it does not list 127.0.0.2, as every list that works does" ]
    run ! grep -q 10.2.0.192 asked
}

@test "an answer that is an error is never a listing" {
    run -1 --separate-stderr lists --list error.test --list alien.test 192.0.2.10
    [ "$(jq -r 'select(.list == "error.test") | .state + ": " + .error' <<<"$output")" = \
        "error: error.test answered 127.255.255.254: public resolvers get no answer" ]
    [ "$(jq -r 'select(.list == "alien.test") | .state + ": " + .error' <<<"$output")" = \
        "error: alien.test answered 192.0.2.1, which no list may: it is not believed" ]
}

@test "what is cut comes over TCP" {
    run -0 --separate-stderr lists --list trunc.test 192.0.2.10
    [ "$(jq -r .state <<<"$output")" = listed ]
}

@test "resolvers that fail, are silent or lie give errors, and hold nobody up" {
    run -1 --separate-stderr timeout 50 "$AJAR" lists --zones zones.json --resolver "$RESOLVER" --list servfail.test \
        --list refused.test --list silent.test --list wrongid.test --list wrongname.test --list loop.test \
        --list short.test --list good.test 192.0.2.10
    [ "$(jq -r 'select(.state != "error") | .list' <<<"$output")" = good.test ]
    [ "${#lines[@]}" -eq 8 ]
    [ "$(jq -r .list <<<"${lines[0]}")" != silent.test ]
}

@test "a huge answer is cut to size" {
    run -1 --separate-stderr lists --list huge.test 192.0.2.10
    [ "$(jq -r .state <<<"$output")" = error ]
}

@test "a reason with escapes in it reaches no terminal" {
    run -0 --separate-stderr lists --list escape.test --table 192.0.2.10
    [[ $output == *"?[31mred?[0m"* ]]
    [[ $output != *$'\033'* ]]
}

@test "a table that is broken is named with its fault" {
    echo '[{"zone": "x.test"}]' >bad.json
    run -1 --separate-stderr lists --zones bad.json
    [[ $stderr == *'bad.json: line 1: x.test: it has no "name"'* ]]
    printf '%s\n' '[{"zone": "x.test", "name": "X", "state": "alive", "families": ["IPv4"],' \
        '"codes": {"127.0.0.2": ["relay", "a"],' '"127.0.0.300": ["relay", "b"]}}]' >bad.json
    run -1 --separate-stderr lists --zones bad.json
    [ "$stderr" = 'ajar lists: bad.json: line 3: x.test: the code "127.0.0.300": a code is an address in 127.0.0.0/8' ]
    sed -i 's/300": ."relay"/3": ["rely"/' bad.json
    run -1 --separate-stderr lists --zones bad.json
    [[ $stderr == *'line 3: x.test: the code "127.0.0.3": a code'"'"'s meaning is ["relay", "proxy" or "other", TEXT]' ]]
    echo '[{"zone": "x.test", "name": "X", "state": "alive", "families": ["IPv4"], "mask": [1, 8]}]' >bad.json
    run -1 --separate-stderr lists --zones bad.json
    [[ $stderr == *'bad.json: line 1: x.test: "mask" is an object: {"1": [KIND, TEXT], ...}'* ]]
    echo '[{' >bad.json
    run -1 --separate-stderr lists --zones bad.json
    [[ $stderr == *"bad.json: line "* ]]
    run -1 --separate-stderr lists --zones nofile.json
    [[ $stderr == *"nofile.json"* ]]
}

@test "names given to ajar probe are looked up beside the run" {
    printf 'mx.slow.test:1\n127.0.0.3:1\nx.silent.test:1\nx.none.test:1\n' >list
    run -1 --separate-stderr timeout 50 "$AJAR" probe --resolver "$RESOLVER" -p relay/third-party -i list localhost:2
    [ "$(jq -r .target <<<"${lines[0]}")" != 127.0.0.25 ]
    [ "$(jq -r 'select(.name == "mx.slow.test") | .target' <<<"$output" | sort | xargs)" = "127.0.0.25 ::1" ]
    [[ $stderr == *"list:3: x.silent.test: the resolver gave no answer in time"* ]]
    [[ $stderr == *"list:4: x.none.test has no address"* ]]
}

@test "a pipe that has nothing to say yet keeps nobody waiting" {
    mkfifo pipe
    { sleep 3; echo 127.0.0.3:1; sleep 1; } >pipe 3>&- &
    timeout 20 "$AJAR" probe -p relay/third-party -i pipe 127.0.0.2:1 >out 2>err 3>&- &
    PROBE=$!
    sleep 2
    [ "$(jq -r .target out)" = 127.0.0.2 ]
    wait "$PROBE"
    [ "$(jq -r .target out | xargs)" = "127.0.0.2 127.0.0.3" ]
}

@test "what lists say goes into the cases as the source of the suspicion" {
    printf '192.0.2.10\n127.0.0.10\n127.0.0.11\n' >suspects
    run -0 --separate-stderr lists --list good.test --list mask.test -i suspects
    sort <<<"$output" >listings # they come as they are answered
    run -0 --separate-stderr "$AJAR" probe --listings listings -p relay/third-party 127.0.0.10:1 127.0.0.11:1
    [ "$(jq -r 'select(.target == "127.0.0.10") | .source' <<<"$output")" = "good.test: open proxy; mask.test: WinGate, router" ]
    [ "$(jq -r 'select(.target == "127.0.0.11") | .source' <<<"$output")" = null ]
    printf '127.0.0.10:1\n' >list
    "$AJAR" key new --no-password -o key
    run -0 --separate-stderr "$AJAR" probe --listings listings -p relay/third-party -i list -e run.tar -k key
    [ "$(jq -r .source <<<"$output")" = "list; good.test: open proxy; mask.test: WinGate, router" ]
    run -0 "$AJAR" show run.tar c- # and are shown to whoever reads one
    [ "${lines[1]}" = "Named by: list; good.test: open proxy; mask.test: WinGate, router" ]
    echo '{"address": "x"}' >listings
    run -1 --separate-stderr "$AJAR" probe --listings listings 127.0.0.10:1
    [[ $stderr == *"listings:1: this is no line of 'ajar lists --json'"* ]]
}
