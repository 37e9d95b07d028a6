#!/usr/bin/env bats
# Which probes are tried, and what they are told: ajar probes, --probe, --arg, --thorough.
bats_require_minimum_version 1.5.0

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    stderr='' stderr_lines=()
}

# A probe of one's own in mine.lua, which says what it was told.
telling() {
    cat >mine.lua <<'LUA'
local probe = ajar.probe {
    id = "relay/mine", kind = "relay", ports = { 25 }, summary = "Says what it was told",
    args = {
        limit = { type = "integer", default = 6, min = 1, max = 40, help = "how many" },
        thorough = { type = "boolean", default = false, help = "all of them" },
        word = { type = "string", default = "hei", max = 5, help = "what to say" },
    },
}
function probe.run(target)
    local a = target.args
    assert(not pcall(function() a.limit = 1 end), "args can be written")
    assert(a.other == nil)
    return ajar.closed(("%d %s %s"):format(a.limit, tostring(a.thorough), a.word))
end
return probe
LUA
}

# The reason that the probe in mine.lua gives.
told() { "$AJAR" probe --json -p ./mine.lua 127.0.0.1:9 "$@" | jq -r .reason; }

ids() { "$AJAR" probes --json "$@" | jq -r .id; }

@test "probes are listed in 80 columns, and as JSON with all that they say of themselves" {
    run -0 --separate-stderr "$AJAR" probes
    [ "$(wc -L <<<"$output")" -le 80 ]
    [[ ${lines[0]} == PROBE*KIND*CATEGORIES*PORTS ]]
    telling
    run -0 --separate-stderr "$AJAR" probes --json ./mine.lua
    [ "$(jq -c '[.id, .kind, .ports, .categories, .pack, .summary]' <<<"$output")" = \
        '["relay/mine","relay",[25],["safe"],"local","Says what it was told"]' ]
    [ "$(jq -c .args.limit <<<"$output")" = '{"type":"integer","default":6,"min":1,"max":40,"help":"how many"}' ]
}

@test "of a single probe all is told, its arguments too" {
    telling
    run -0 --separate-stderr "$AJAR" probes ./mine.lua
    [[ $output == *"id          relay/mine"*"--arg limit=integer"*"how many: a whole number from 1 to 40; default 6"* ]]
    [ "$(wc -L <<<"$output")" -le 80 ]
}

@test "each form of a relay test is told: its envelope, what it shows, and what closes it" {
    form() { "$AJAR" probes --json "$1" | jq -ce --arg id "$2" ".forms[] | select(.id == \$id) | $3"; }
    [ "$(form relay/every-form R4 '[.envelope, .cause, .category]')" = \
        '[["MAIL FROM:<{sender}>","RCPT TO:<{vu}%{vd}@{host}>"],"percent-route","thorough"]' ]
    [[ $(form relay/every-form R4 .remedy) == *"allow_untrusted_routing = no"* ]]
    [ "$(form relay/envelope R4 .category)$(form relay/envelope T8 .category)" = '"safe""thorough"' ]
    [[ $(form relay/xclient T6x .envelope) == '["XCLIENT ADDR=127.0.0.1","MAIL FROM:<'* ]]
    [ "$(form relay/web-form T10 .envelope[1])" = '"recipient={victim}"' ]
    run -0 --separate-stderr "$AJAR" probes relay/every-form
    [[ $output == *"R4      a percent route"*"RCPT TO:<{vu}%{vd}@{host}>"*"shows: relays by the percent hack"* ]]
    [ "$(grep -c '^  percent-route$' <<<"$output")" -eq 1 ] # what closes it: once, for all its forms
    [ "$(wc -L <<<"$output")" -le 80 ]
}

@test "a relay test tells every form that it tries" {
    for id in $("$AJAR" probes --json relay thorough intrusive | jq -r 'select(.kind == "relay").id'); do
        "$AJAR" probes --json "$id" | jq -e '.forms | length > 0' >/dev/null || { echo "$id"; false; }
    done
}

@test "a probe of one's own tells its forms the same way, and a bad one is named" {
    telling
    sed -i 's|summary = .*|summary = "x", forms = { { id = "A1", name = "n", envelope = { "QUIT" }, shows = "it goes", remedy = "none" } },|' mine.lua
    run -0 --separate-stderr "$AJAR" probes ./mine.lua
    [[ $output == *"  A1      n (safe)"*"QUIT"*"shows: it goes"*"    none"* ]]
    sed -i 's/remedy = "none"/remedy = 7/' mine.lua
    run -1 --separate-stderr "$AJAR" probes ./mine.lua
    [[ $stderr == *"./mine.lua: "*"forms[1].remedy must be one line"* ]]
}

@test "kinds, categories, globs and what is left out" {
    [[ $(ids relay) == *relay/third-party* && $(ids relay) != *proxy/* && $(ids relay) != *every-form* ]]
    [[ $(ids thorough) == *relay/every-form* && $(ids thorough) != *third-party* ]]
    [[ $(ids 'proxy/socks*') == *proxy/socks4*proxy/socks5* && $(ids 'proxy/socks*') != *http* ]]
    [[ $(ids '*connect*') == *proxy/http-connect* ]]
    [[ $(ids proxy '!proxy/http-get') != *proxy/http-get* && $(ids proxy '!proxy/http-get') == *proxy/http-put* ]]
    [[ $(ids '!proxy/*') != *proxy/* && $(ids '!proxy/*') != *every-form* ]]
    run -2 --separate-stderr "$AJAR" probes relay/none
    [[ $stderr == *'no probe "relay/none"'* ]]
    run -2 --separate-stderr "$AJAR" probe -p relay/srs -p '!relay/*' 127.0.0.1:25
    [[ $stderr == *"no probe is left"* ]]
}

@test "what is not safe is tried only when it is asked for" {
    telling
    sed -i 's/summary/categories = { "intrusive" }, summary/' mine.lua
    [ "$(told)" = "6 false hei" ]
    run -2 --separate-stderr "$AJAR" probe -p relay -p '!relay/[!m]*' -p '!proxy/*' 127.0.0.1:25
    [[ $stderr == *"no probe is left"* ]]
}

@test "a probe is told by --arg, for all or for itself, and by --thorough" {
    telling
    [ "$(told)" = "6 false hei" ]
    [ "$(told --arg limit=7 --thorough)" = "7 true hei" ]
    [ "$(told -a relay/mine.limit=40 -a limit=7 -a word=)" = "40 false " ]
    [ "$(told -a 'relay/m*.word=a=b' -a limit=7 -a limit=8)" = "8 false a=b" ]
    # --thorough is for those that know it
    run -0 --separate-stderr "$AJAR" probe --json --thorough -p proxy/socks4 127.0.0.1:9
}

@test "what a probe can't be told is said before anything is sent" {
    telling
    refuses() {
        run -2 --separate-stderr "$AJAR" probe -p ./mine.lua --arg "$1" 127.0.0.1:9
        [ -z "$output" ] && [ "${#stderr_lines[@]}" -eq 1 ] && [[ $stderr == *"$2"* ]]
    }
    refuses limt=3 'none of the chosen probes has this argument'
    refuses relay/srs.limit=3 'none of the chosen probes has this argument'
    refuses limit=41 'relay/mine: limit is a whole number from 1 to 40, and "41" is not'
    refuses limit=2.5 'limit is a whole number'
    refuses thorough=yes 'thorough is true or false, and "yes" is not'
    refuses word=toolong 'word is text of 0 to 5 bytes'
    refuses limit 'is no NAME=VALUE or PROBE.NAME=VALUE'
    refuses '=3' 'is no NAME=VALUE or PROBE.NAME=VALUE'
}

@test "what a probe was told is in the bundle, and told again in a replay" {
    telling
    export HOME=$PWD
    "$AJAR" key new --no-password 2>/dev/null
    "$AJAR" probe -p ./mine.lua -a limit=9 -e b.tar 127.0.0.1:9 >/dev/null 2>&1
    [ "$(tar -xOf b.tar b/data/run.json | jq -c .args)" = '{"relay/mine":{"limit":9}}' ]
    [ "$(tar -xOf b.tar --wildcards '*/tape.jsonl' | head -n 1 | jq -c .args)" = '{"limit":9}' ]
    "$AJAR" replay b.tar
}

@test "what a script declares wrongly is said with its line" {
    telling
    sed -i 's/default = 6/default = "6"/' mine.lua
    run -1 --separate-stderr "$AJAR" probe -p ./mine.lua 127.0.0.1:9
    [[ $stderr == *"./mine.lua:1: ajar.probe: args.limit: default must be"* ]]
}
