#!/usr/bin/env bats
# Relays that speak only inside TLS, over IPv4 and IPv6, through the confined worker; and their replay.

bats_require_minimum_version 1.5.0

load servers

setup() {
    AJAR=$(realpath "${AJAR:-$BATS_TEST_DIRNAME/../../build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    start_relays
    read -r STARTTLS STARTTLS6 IMPLICIT _ <ports
}

teardown() { stop_server; }

verdict() {
    "$AJAR" probe --json --sink "127.0.0.1:$SINK" --wait 10 --timeout 20 "$@" | tee -a results | jq -r .verdict
}

@test "a relay that is open only after STARTTLS is found, over IPv4" {
    [ "$(verdict -p relay/third-party "127.0.0.1:$STARTTLS")" = open ]
}

@test "the same over IPv6" {
    [ "$(verdict -p relay/third-party "[::1]:$STARTTLS6")" = open ]
}

@test "a script can ask for TLS from the start" {
    cat >inside.lua <<'LUA'
local probe = ajar.probe {
    id = "relay/inside", kind = "relay", ports = { 465 }, summary = "Open inside TLS",
}
function probe.run(target)
    local mailbox = ajar.mailbox()
    local smtp = ajar.smtp.connect(target, { tls = true })
    smtp:ehlo()
    smtp:mail(mailbox.bounce)
    smtp:rcpt(mailbox)
    smtp:data(ajar.message { to = mailbox })
    return ajar.await(mailbox)
end
return probe
LUA
    [ "$(verdict -p ./inside.lua "127.0.0.1:$IMPLICIT")" = open ]
}

@test "a server without TLS where TLS is spoken from the start is inconclusive" {
    cat >inside.lua <<'LUA'
local probe = ajar.probe { id = "relay/inside", kind = "relay", ports = {}, summary = "Open inside TLS" }
function probe.run(target)
    ajar.smtp.connect(target, { tls = true })
    return ajar.closed("it speaks TLS")
end
return probe
LUA
    [ "$(verdict -p ./inside.lua "127.0.0.1:$STARTTLS")" = inconclusive ]
}

@test "what was said inside TLS stands on the tape, with the server's certificate, and replays" {
    "$AJAR" key new --no-password -o test.key
    [ "$(verdict -p relay/third-party -e run.tar -k test.key "127.0.0.1:$STARTTLS")" = open ]
    tar -xf run.tar
    tape=$(echo run/data/cases/*/tape.jsonl)
    [ "$(jq -r 'select(.op == "secured") | .version' "$tape" | sort -u)" = TLSv1.3 ]
    jq -r 'select(.op == "secured") | .chain[0]' "$tape" | head -1 | base64 -d >server.der
    openssl x509 -inform DER -in server.der -noout -subject | grep -q relay.test
    run -0 "$AJAR" replay run.tar
    [[ $output == *"1 derived again, 0 different"* ]]
}
