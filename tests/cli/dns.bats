#!/usr/bin/env bats
# ajar.dns: what a probe may ask, what it is told, and that the tape holds it. The resolver is ours, on loopback.
bats_require_minimum_version 1.5.0

load servers

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    start_resolver
}

teardown() { stop_server; }

# A probe whose steps are what this Lua says with say(…).
script() {
    {
        echo 'local probe = ajar.probe { id = "relay/asks", kind = "relay", ports = { 25 }, summary = "Asks the DNS" }'
        echo 'local function say(list, reason) ajar.step(list and table.concat(list, " ") or "none: " .. reason) end'
        echo 'function probe.run(target)'
        cat
        echo 'return ajar.closed("asked") end return probe'
    } >asks.lua
}

probe() { "$AJAR" probe --resolver "$RESOLVER" -p ./asks.lua --json "$@"; }

steps() { jq -r '.steps[].say'; }

ASK_ALL='
    say(ajar.dns.ptr(target.address))
    say(ajar.dns.a(target.name))
    say(ajar.dns.aaaa(target.name))
    say(ajar.dns.txt("mail.test"))
    local servers = ajar.dns.mx(target.name)
    ajar.step(servers[1].preference .. " " .. servers[1].name .. ", " .. servers[2].name)
    say(ajar.dns.a(servers[2].name))'

@test "a probe asks for addresses, names, mail servers and texts" {
    script <<<"$ASK_ALL"
    run -0 --separate-stderr probe x.mail.test:25
    [ "$(jq -s 'length' <<<"$output")" = 2 ]
    steps <<<"${lines[0]}" >said
    [ "$(sed -n 1p said)" = mx.mail.test ]
    [ "$(sed -n 2p said)" = 127.0.0.25 ]
    [ "$(sed -n 3p said)" = ::1 ]
    [[ $(sed -n 4p said) == "v=spf1 -all xxx"* ]]
    [ "$(sed -n 5p said)" = "10 mx.mail.test, mx2.mail.test" ]
    [ "$(sed -n 6p said)" = 127.0.0.25 ]
}

@test "question and answer are on the tape, and a replay is exact" {
    "$AJAR" key new --no-password -o key
    script <<<"$ASK_ALL"
    run -0 --separate-stderr probe x.mail.test:25 -e bundle.tar -k key
    kill "$SERVER"
    run -0 --separate-stderr "$AJAR" replay bundle.tar
    case=$(tar -tf bundle.tar | sed -n 's#.*/cases/\(c-[^/]*\)/tape.jsonl#\1#p' | head -1)
    tar -xOf bundle.tar --wildcards "*/cases/$case/tape.jsonl" >tape
    [ "$(jq -r 'select(.op == "ask") | .name + " " + .type' tape | sed -n 2p)" = "x.mail.test A" ]
    [ "$(jq -r 'select(.op == "answer") | .from' tape | head -1)" = "$RESOLVER" ]
    run -0 --separate-stderr "$AJAR" show bundle.tar "$case"
    [[ $output == *"asks the DNS for MX of x.mail.test"* ]]
}

@test "what was cut comes over TCP" {
    script <<<'say(ajar.dns.a(target.name))'
    run -0 --separate-stderr probe x.cut.test:25
    [ "$(steps <<<"${lines[0]}" | head -1)" = 127.0.0.25 ]
}

@test "a name that is not, a resolver that fails and one that lies give a reason" {
    script <<<'
    say(ajar.dns.a("none.test"))
    say(ajar.dns.a("x.servfail.test"))
    say(ajar.dns.a("x.short.test"))'
    run -0 --separate-stderr probe --mail-domain none.test 127.0.0.2:25
    [ "$(steps <<<"$output" | head -1)" = "none: there is no such name" ]
    [[ $output == *"was named neither by the target nor by the DNS"* ]]
    script <<<'say(ajar.dns.a("x.servfail.test"))'
    run -0 --separate-stderr probe --mail-domain x.servfail.test 127.0.0.2:25
    [ "$(steps <<<"$output" | head -1)" = "none: the resolver could not find out (SERVFAIL)" ]
    script <<<'say(ajar.dns.a("x.short.test"))'
    run -0 --separate-stderr probe --mail-domain x.short.test 127.0.0.2:25
    [ "$(steps <<<"$output" | head -1)" = "none: the resolver's answer is broken" ]
}

@test "answers to other questions do not count, and silence ends in time" {
    script <<<'say(ajar.dns.a("x.wrongid.test"))'
    run -0 --separate-stderr timeout 30 "$AJAR" probe --resolver "$RESOLVER" -p ./asks.lua --json \
        --mail-domain x.wrongid.test 127.0.0.2:25
    [ "$(steps <<<"$output" | head -1)" = "none: the resolvers gave no answer in time" ]
}

@test "no resolver that listens is no reason to fail" {
    script <<<'say(ajar.dns.ptr(target.address))'
    run -0 --separate-stderr "$AJAR" probe --resolver 127.0.0.1:1 -p ./asks.lua --json 127.0.0.2:25
    [[ $(steps <<<"$output" | head -1) == "none: "* ]]
}

@test "a second resolver is asked when the first is silent" {
    script <<<'say(ajar.dns.ptr(target.address))'
    run -0 --separate-stderr "$AJAR" probe --resolver 127.0.0.1:1 --resolver "$RESOLVER" -p ./asks.lua --json 127.0.0.2:25
    [ "$(steps <<<"$output" | head -1)" = mx.mail.test ]
}

@test "a script can't tell strangers anything by what it asks for" {
    script <<<'say(ajar.dns.txt("secret-" .. target.port .. ".example.org"))'
    run -0 --separate-stderr probe 127.0.0.2:25
    [ "$(jq -r .verdict <<<"$output")" = error ]
    [[ $output == *"was named neither by the target nor by the DNS: it may not be asked for"* ]]
    script <<<'say(ajar.dns.ptr("192.0.2.7"))'
    run -0 --separate-stderr probe 127.0.0.2:25
    [ "$(jq -r .verdict <<<"$output")" = error ]
    [ ! -s asked ]
}

@test "a probe may ask thirty times" {
    script <<<'for _ = 1, 31 do say(ajar.dns.ptr(target.address)) end'
    run -0 --separate-stderr probe 127.0.0.2:25
    [ "$(jq -r '[.verdict, .reason] | join(": ")' <<<"$output")" = "error: a probe may ask the DNS 30 times" ]
    [ "$(grep -c asked asked)" = 30 ]
}
