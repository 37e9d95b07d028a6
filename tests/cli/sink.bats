#!/usr/bin/env bats
# The sink's name and its ports: what is checked before anything is sent, and what proxies are asked for.
bats_require_minimum_version 1.5.0

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    HERE=$(realpath "$BATS_TEST_DIRNAME")
    cd "$BATS_TEST_TMPDIR" || return 1
    SERVER='' SIM='' stderr='' stderr_lines=()
}

teardown() {
    [ -z "$SERVER" ] || kill "$SERVER" 2>/dev/null || true
    [ -z "$SIM" ] || kill "$SIM" 2>/dev/null || true
}

resolver() {
    python3 "$HERE/dns_server.py" >port 2>asked 3>&- &
    SERVER=$!
    for _ in {1..200}; do [ -s port ] || sleep 0.05; done
    RESOLVER=127.0.0.1:$(cat port)
}

# So many free ports, with commas between them.
free_ports() {
    python3 -c '
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for s in held:
    s.bind(("127.0.0.1", 0))
print(",".join(str(s.getsockname()[1]) for s in held))' "$1"
}

# sim SINK SCENARIO...: a scenario's address stands in the variable of its name with '_' for '-'.
sim() {
    "$AJAR" sim --net 201 --sink "$@" >served 3>&- &
    SIM=$!
    for _ in {1..200}; do [ -s served ] || sleep 0.05; done
}

at() { sed -n "s/ $1\$//p" served; }

# A proxy that goes to names alone, and looks them up as the resolver would.
names_only() {
    cat >names.lua <<'LUA'
local function socks(c)
    c:read(c:read(1):byte())
    c:write("\5\0")
    if c:read(4):byte(4) ~= 3 then
        return c:write("\5\2\0\1\0\0\0\0\0\0")
    end
    local name = c:read(c:read(1):byte())
    local high, low = c:read(2):byte(1, 2)
    local other = name == "x.sink.test" and sim.dial("127.0.0.1:" .. high * 256 + low)
    c:write(other and "\5\0\0\1\0\0\0\0\0\0" or "\5\5\0\1\0\0\0\0\0\0")
    return other and c:pipe(other)
end
return { sim.scenario {
    id = "names-only", port = 1080, summary = "x", expects = {},
    serve = function(c)
        if c:read(1) == "\5" then
            socks(c)
        end
    end,
} }
LUA
}

@test "a sink's name must lead to the sink, and to nobody else" {
    resolver
    run -1 --separate-stderr "$AJAR" probe --resolver "$RESOLVER" --sink-name x.mail.test 127.0.0.2:1080
    [[ $stderr == *"--sink-name: x.mail.test leads to 127.0.0.25, which is not the sink (127.0.0.1)"* ]]
    run -1 --separate-stderr "$AJAR" probe --resolver "$RESOLVER" --sink-name x.both.test 127.0.0.2:1080
    [[ $stderr == *"leads to 192.0.2.1, which is not the sink"* ]]
    run -1 --separate-stderr "$AJAR" probe --resolver "$RESOLVER" --sink-name none.test 127.0.0.2:1080
    [[ $stderr == *"--sink-name: none.test has no address; it must lead to the sink (127.0.0.1)"* ]]
    run -1 --separate-stderr "$AJAR" probe --resolver "$RESOLVER" --sink-name x.servfail.test 127.0.0.2:1080
    [[ $stderr == *"--sink-name: x.servfail.test: "* ]]
    run -2 --separate-stderr "$AJAR" probe --sink-name localhost 127.0.0.2:1080
    [[ $stderr == *'"localhost" is no full name of a host'* ]]
}

@test "a proxy that goes to names alone is asked for the sink's name, and for its control by name" {
    resolver
    names_only
    sink=127.0.0.1:$(free_ports 1)
    sim "$sink" names.lua
    "$AJAR" key new --no-password -o key
    run -0 --separate-stderr "$AJAR" probe --json --resolver "$RESOLVER" --sink "$sink" --sink-name x.sink.test \
        --wait 3 -p proxy/socks5 -p proxy/socks5-name -e run.tar -k key "$(at names-only)"
    [ "$(jq -r 'select(.probe == "proxy/socks5-name").verdict' <<<"$output")" = open ]
    [ "$(jq -r 'select(.probe == "proxy/socks5").verdict' <<<"$output")" = closed ]
    grep -q "control: refuses a port of ours that is closed: SOCKS 5 5" <<<"$output"
    run -0 --separate-stderr "$AJAR" replay run.tar
    run -0 --separate-stderr tar -xOf run.tar --wildcards '*/data/run.json'
    [ "$(jq -r .ways.name <<<"$output")" = x.sink.test ]
    [ "$(jq -r '.ways.closed > 0' <<<"$output")" = true ]
}

@test "a refusal of localhost says nothing where our sink has another address of loopback" {
    sink=127.0.201.250:$(free_ports 1)
    sim "$sink" socks-names
    for probe in proxy/socks4a proxy/socks5-name; do
        run -0 --separate-stderr "$AJAR" probe --json --sink "$sink" --wait 2 -p "$probe" "$(at socks-names)"
        [ "$(jq -r .verdict <<<"$output")" = inconclusive ]
    done
}

# verdict PROBE SCENARIO, on a sink with the ports in $PORTS; the result stands in the file "result".
verdict() {
    rm -f "$2.tar"
    "$AJAR" probe --json --sink "127.0.0.1:$PORTS" --wait 3 --timeout 10 -p "$1" -e "$2.tar" -k key "$(at "$2")" >result
    "$AJAR" replay "$2.tar" >/dev/null
    jq -r .verdict result
}

ports() {
    PORTS=$(free_ports 3)
    IFS=, read -r FIRST SECOND THIRD <<<"$PORTS"
    "$AJAR" key new --no-password -o key
    sim "127.0.0.1:$PORTS" "$@"
}

@test "a proxy that passes one port alone is open, and it is said which" {
    ports http-443-only socks-25-only socks-but-25
    [ "$(verdict proxy/http-connect http-443-only)" = open ]
    [ "$(jq -r .reason result)" = "token returned; leads only to some of our ports: $SECOND, not to $FIRST, $THIRD" ]
    [ "$(jq -c .ports result)" = "{\"reached\":[$SECOND],\"missed\":[$FIRST,$THIRD]}" ]
    jq -r '.steps[].say' result | grep -qx "our port $FIRST: not reached: HTTP 403 Forbidden"
    jq -r '.steps[].say' result | grep -qx "our port $SECOND: reached"
    [ "$(verdict proxy/socks5 socks-25-only)" = open ]
    [ "$(jq -c .ports result)" = "{\"reached\":[$FIRST],\"missed\":[$SECOND,$THIRD]}" ]
    [ "$(verdict proxy/socks4a socks-but-25)" = open ]
    [ "$(jq -c .ports result)" = "{\"reached\":[$SECOND,$THIRD],\"missed\":[$FIRST]}" ]
    run -0 "$AJAR" show socks-but-25.tar "$(jq -r .case result)"
    [[ $output == *"our port $FIRST, by name: not reached: SOCKS 4a 91"* ]]
}

@test "a port of ours is reached where the token came, and not where the proxy was asked to lead" {
    ports http-one-port
    [ "$(verdict proxy/http-connect http-one-port)" = open ]
    [ "$(jq -c .ports result)" = "{\"reached\":[$SECOND],\"missed\":[$FIRST,$THIRD]}" ]
    [ "$(jq -r .reason result)" = "token returned; leads only to some of our ports: $SECOND, not to $FIRST, $THIRD; \
asked for our port $FIRST it led to $SECOND" ]
    jq -r '.steps[].say' result | grep -qx "we asked for our port $FIRST, and it led to our port $SECOND"
    jq -r '.steps[].say' result | grep -qx "our port $FIRST: not reached: it led to port $SECOND"
    [ "$(jq -c '[.receipts[].port] | unique' result)" = "[$SECOND]" ]
    run -0 "$AJAR" show http-one-port.tar "$(jq -r .case result)"
    [[ $output == *"at the sink's port: $SECOND"* ]]
}

@test "the letter to a proxy's owner says which ports it leads to" {
    ports socks-but-25
    [ "$(verdict proxy/socks5 socks-but-25)" = open ]
    run -0 --separate-stderr "$AJAR" notify socks-but-25.tar --print --lang en
    output=$(tr -s ' \n' '  ' <<<"$output")
    [[ $output == *"The connections to these passed: $SECOND, $THIRD. Those to these did not: $FIRST."* ]]
    [[ $output != *"send e-mail through your server"* ]]
}

@test "a proxy that hangs up on the first port is asked for the next" {
    ports socks-hang-up-on-25
    [ "$(verdict proxy/socks5 socks-hang-up-on-25)" = open ]
    [ "$(verdict proxy/socks4 socks-hang-up-on-25)" = open ]
}

@test "who leads to all ports is said to, and who asks for a password is asked once" {
    ports socks-all socks-needs-password
    [ "$(verdict proxy/socks5 socks-all)" = open ]
    [ "$(jq -r .reason result)" = "token returned; leads to our ports $FIRST, $SECOND, $THIRD" ]
    [ "$(verdict proxy/socks5 socks-needs-password)" = closed ]
    [ "$(jq '.ports' result)" = null ]
    [ "$(jq '.steps | length' result)" -lt 4 ]
}

@test "a port of the sink that can't be had is told, and the run goes on without it" {
    ports http-443-only
    python3 -c '
import socket, sys, time
s = socket.socket(); s.bind(("127.0.0.1", int(sys.argv[1]))); s.listen()
print("up", flush=True); time.sleep(60)' "$FIRST" >up 3>&- &
    SERVER=$!
    for _ in {1..200}; do [ -s up ] || sleep 0.05; done
    run -0 --separate-stderr verdict proxy/http-connect http-443-only
    [ "$output" = open ]
    [[ $stderr == *"the sink goes on without port $FIRST: 127.0.0.1:$FIRST: Address already in use"* ]]
    [ "$(jq -c .ports result)" = "{\"reached\":[$SECOND],\"missed\":[$THIRD]}" ]
}

# Proxies and a relay that go to the sink from 127.0.0.77, as what intercepts connections of that address does.
intercepting() {
    cat >intercepting.lua <<'LUA'
local OURS = { from = "127.0.0.77" }
return {
    sim.scenario {
        id = "intercepted-proxy", port = 1080, summary = "x", expects = {},
        serve = function(c)
            c:read(1)
            local other = sim.dial(sim.socks4_request(c), OURS)
            c:write(other and "\0\90\0\0\0\0\0\0" or "\0\91\0\0\0\0\0\0")
            return other and c:pipe(other)
        end,
    },
    sim.scenario {
        id = "intercepted-relay", port = 2525, summary = "x", expects = {},
        serve = function(c)
            sim.mail_server(c, { message = function(from, to, text) sim.deliver(from, to, text, OURS) end })
        end,
    },
}
LUA
    PORTS=$(free_ports 1)
    "$AJAR" key new --no-password -o key
    sim "127.0.0.1:$PORTS" intercepting.lua "$@"
}

# test PROBE SCENARIO OPTION...: "VERDICT: REASON", and the case is derived again.
test_from() {
    rm -f run.tar
    "$AJAR" probe --json --sink "127.0.0.1:$PORTS" --wait 3 --timeout 20 -p "$1" -e run.tar -k key "${@:3}" \
        "$(at "$2")" >result
    "$AJAR" replay run.tar >/dev/null
    jq -r '.verdict + ": " + .reason' result
}

@test "what reaches the sink from our own address did not come through the target" {
    intercepting
    run -0 --separate-stderr test_from proxy/socks4 intercepted-proxy --from 127.0.0.77
    [[ $output == "inconclusive: the token returned, but from our own address: "* ]]
    [ "$(jq -r '.proof' result)" = null ]
    [ "$(jq -r '.receipts[0].peer' result | cut -d: -f1)" = 127.0.0.77 ]
    run -0 --separate-stderr test_from relay/third-party intercepted-relay --from 127.0.0.77
    [[ $output == "inconclusive: the token returned, but from our own address: "* ]]
    run -0 --separate-stderr test_from proxy/socks4 intercepted-proxy --from 127.0.0.78
    [[ $output == "open: token returned"* ]]
    jq -r '.steps[].say' result | grep -qx "its exit has another address than the target: 127.0.0.77"
    run -0 --separate-stderr test_from relay/third-party intercepted-relay --from 127.0.0.78
    [[ $output == "open: "* ]]
    jq -r '.steps[].say' result | grep -q "came out at 127.0.0.77: .*multi-stage relay"
}

@test "what answers where nobody listens stands before the target too" {
    intercepting socks-all relay-open
    other=$(at socks-all)
    run -0 --separate-stderr test_from proxy/socks4 intercepted-proxy --control "${other%:*}"
    [[ $output == "inconclusive: something before the target answers in its place: "* ]]
    other=$(at relay-open)
    run -0 --separate-stderr test_from relay/third-party intercepted-relay --control "${other%:*}"
    [[ $output == "inconclusive: something before the target answers in its place: "* ]]
    run -0 --separate-stderr test_from proxy/socks4 socks-all --control 127.0.0.99
    [[ $output == "open: token returned" ]]
    jq -r '.steps[].say' result | grep -q "control: at an address where nobody listens nothing answers: .*refused"
    run -0 "$AJAR" show run.tar "$(jq -r .case result)"
    [[ $output == *"connects to 127.0.0.99:1080"* ]]
}

@test "the address that is tested from and the control are no targets" {
    run -0 --separate-stderr "$AJAR" probe --json -p relay/srs --from 127.0.0.5 127.0.0.5:9 127.0.0.6:9
    [ "$(jq -r 'select(.target == "127.0.0.5") | .verdict + ": " + .reason' <<<"$output")" = \
        "error: 127.0.0.5 is where --from tests from, and no stranger to itself" ]
    [[ ${stderr_lines[-1]} == *"1 unreachable; 1 not tested: the address of --from or --control" ]]
    run -1 --separate-stderr "$AJAR" probe --json -p relay/srs --control 127.0.0.7 127.0.0.7:9
    [ "${stderr_lines[0]}" = "ajar probe: 127.0.0.7:9 not tested: 127.0.0.7 is what --control names: nobody listens there" ]
}

@test "an address to test from must be ours, and a control must lie in the scope" {
    run -2 --separate-stderr "$AJAR" probe --from 192.0.2.1 127.0.0.2:1080
    [[ $stderr == *"--from: 192.0.2.1 is no address of this machine"* ]]
    run -2 --separate-stderr "$AJAR" probe --control 192.0.2.1 127.0.0.2:1080
    [[ $stderr == *"--control: 192.0.2.1 is outside"* ]]
    run -2 --separate-stderr "$AJAR" probe --control here 127.0.0.2:1080
    [[ $stderr == *'--control: "here" is no address'* ]]
}

# A scope that goes beyond loopback, in which nobody is asked but a simulated server that takes a second to refuse.
tested_with() { # OPTION...
    run -0 --separate-stderr "$AJAR" probe --scope scope --resolver "$RESOLVER" -p relay/third-party --wait 1 "$@" "$(at slow)"
}

@test "who tests beyond loopback is told of a mail domain and a senders' domain that have no MX" {
    resolver
    printf 'authority: A\ncontact: mailto:a@b.example\ninfo: https://b.example/\nallow 127.0.0.0/8\nallow 192.0.2.77\n' >scope
    cat >slow.lua <<'LUA'
return { sim.scenario { id = "slow", summary = "Refuses late", port = 2525, expects = {}, serve = function(c)
    sim.sleep(1)
    c:say("554 5.7.1 no")
end } }
LUA
    sim 127.0.0.1:9 slow.lua
    # "here" has an MX, "sim" an address alone, any other name is unknown
    tested_with --mail-domain x.here.org
    [[ $stderr != *"MX"* ]]
    grep -qx "asked bounce.x.here.org" asked
    tested_with --mail-domain x.here.org --sender-domain x.nowhere.org
    [[ $stderr == *"the senders' domain x.nowhere.org is not in the DNS: many servers refuse such senders, and then seem closed; give it an MX that leads to the sink, or name another (--sender-domain)"* ]]
    [[ $stderr != *"the mail domain"* ]]
    tested_with --mail-domain x.sim.org --sender-domain x.here.org
    [[ $stderr == *"the mail domain x.sim.org has no MX record: test mail finds the sink only where its MX leads to it (--mail-domain)"* ]]
    [[ $stderr != *"the senders' domain"* ]]
    # who does not answer, and who is kept for tests, says nothing
    tested_with --mail-domain x.servfail.org --sender-domain x.nowhere.test
    [[ $stderr != *"MX"* ]]
    [ "$(grep -c "nowhere.test" asked)" -eq 0 ]
    # nobody is asked on loopback, nor for proxies
    : >asked
    run -0 --separate-stderr "$AJAR" probe --resolver "$RESOLVER" --mail-domain x.nowhere.org -p relay/third-party "$(at slow)"
    [[ $stderr != *"MX"* ]]
    run -0 --separate-stderr "$AJAR" probe --scope scope --resolver "$RESOLVER" --mail-domain x.nowhere.org -p proxy/socks4 "$(at slow)"
    [[ $stderr != *"MX"* ]]
}
