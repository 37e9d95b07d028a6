#!/usr/bin/env bats
# Relays that the simulators can't play: inside TLS, over IPv6, and with another way out than in.

bats_require_minimum_version 1.5.0

load servers

setup() {
    AJAR=$(realpath "${AJAR:-$BATS_TEST_DIRNAME/../../build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    start_relays
    read -r _ _ _ POLITE STAGES STAGES6 <ports
}

teardown() { stop_server; }

probe() { # PROBE TARGET… [OPTION…]
    local id=$1
    shift
    "$AJAR" probe --json --sink "127.0.0.1:$SINK" --wait 5 --timeout 10 -p "$id" "$@" | tee result |
        jq -r .verdict
}

steps() {
    jq -r '.steps[].say' result
}

@test "a rule that trusts whoever is inside TLS is found, and only there" {
    [ "$(probe relay/starttls "127.0.0.1:$POLITE")" = open ]
    [ "$(jq -r .reason result)" = "T3 came back: relays for whoever comes inside TLS, and refuses the same in plain text" ]
    [ "$(probe relay/third-party "127.0.0.1:$POLITE")" = closed ]
    [ "$(probe relay/envelope "127.0.0.1:$POLITE")" = closed ]
}

@test "inside TLS the forms of an envelope are tried too, all of them with --thorough, and only what TLS changes is found" {
    stop_server
    local ids=(relay-r4-in-tls relay-r6-in-tls relay-r4-also-in-tls relay-tls-first-careful)
    start_simulators 175 "${ids[@]}"
    tls() { # SCENARIO [OPTION…]
        "$AJAR" probe --json --sink "127.0.0.1:$SINK" --wait 3 --timeout 10 -p relay/starttls "$(target "$1")" "${@:2}" | tee result | jq -r '.verdict + ": " + .reason'
    }
    [ "$(tls relay-r4-in-tls)" = "open: R4t came back: relays by the percent hack: user%elsewhere@its-own-name; inside TLS alone" ]
    jq -e '[.steps[] | select(.form) | .form + " " + .cause] == ["R4t percent-route"]' result
    [ "$(tls relay-r6-in-tls)" = "closed: 554 5.7.1 Relay access denied" ]
    [[ $(tls relay-r6-in-tls --thorough) == "open: R6t came back: "* ]]
    [ "$(tls relay-r4-also-in-tls)" = "closed: 554 5.7.1 Relay access denied" ]
    steps | grep -q '^R4t: taken in plain text too, so no finding of this probe'
    # a server that wants TLS of everyone offers it, and there is nothing to compare
    [[ $(tls relay-tls-first-careful) == "closed: not by this: wants STARTTLS of everyone, "* ]]
}

@test "the operator's limit of messages holds for --thorough too, and what is beyond it is told as unproven" {
    local sent
    for how in "relay/every-form --thorough" "relay/envelope --thorough"; do
        # shellcheck disable=SC2086
        [ "$(probe $how "127.0.0.1:$STAGES" --arg messages=5)" = open ]
        sent=$(steps | grep -c ': message accepted')
        echo "$how: $sent"
        [ "$sent" -eq 5 ]
        steps | grep -q '^S[0-9]*, .*: recipient accepted, and no message was sent to prove it: suspect$'
        [ "$(jq '[.steps[] | select(.form)] | length' result)" -eq 4 ] # no finding without proof
    done
    [ "$(probe relay/envelope --thorough "127.0.0.1:$STAGES")" = open ] # without a word it is five as well
    [ "$(steps | grep -c ': message accepted')" -eq 5 ]
}

@test "the tests' senders are strangers to the mailbox: of bounce. and the mail domain, or of the domain that is named" {
    stop_server
    start_simulators 175 relay-s2
    senders() { # [OPTION…]: the domains of what stands behind MAIL FROM, and in the message's From
        "$AJAR" probe --json --sink "127.0.0.1:$SINK" --wait 5 --timeout 10 -p relay/envelope --trace "$(target relay-s2)" \
            "$@" 2>&1 >result | grep -aoE '(MAIL FROM:|From: ).*<bounce-[a-z0-9]{32}@[a-z.]*>' | sed 's/:.*@/ @/; s/>//' |
            sort -u | tr '\n' ' '
    }
    [ "$(senders)" = "From @bounce.ajar.test MAIL FROM @ajar.test MAIL FROM @bounce.ajar.test MAIL FROM @mail.sim.test " ]
    [ "$(jq -r .verdict result)" = open ]
    [ "$(senders --sender-domain other.test)" = "From @other.test MAIL FROM @ajar.test MAIL FROM @mail.sim.test MAIL FROM @other.test " ]
    [[ $(senders --mail-domain mail.test) == "From @bounce.mail.test MAIL FROM @bounce.mail.test MAIL FROM @mail.sim.test MAIL FROM @mail.test " ]]
    run -2 "$AJAR" probe --sender-domain ajar.test 127.0.0.1:1
    [[ $output == *"--sender-domain: \"ajar.test\" is the mail domain; senders need another one"* ]]
    run -2 "$AJAR" probe --sender-domain 'a b' 127.0.0.1:1
    [[ $output == *"--sender-domain: \"a b\" is no domain name"* ]]
    run -2 "$AJAR" probe --mail-domain "$(printf 'a%.0s' {1..250})" 127.0.0.1:1
    [[ $output == *"name --sender-domain"* ]]
}

@test "who relays within one domain alone is not said to relay any mail, and who relays between two is not called closed" {
    stop_server
    start_simulators 175 relay-s2 relay-s16
    [ "$(probe relay/third-party "$(target relay-s2)")" = closed ]
    [ "$(probe relay/envelope "$(target relay-s2)")" = open ]
    jq -e '[.steps[] | select(.form) | .form + " " + .cause] == ["S2 same-domain"]' result
    [ "$(probe relay/third-party "$(target relay-s16)")" = open ]
    [ "$(probe relay/envelope "$(target relay-s16)")" = open ]
    jq -e '[.steps[] | select(.form) | .form + " " + .cause] == ["S1 no-rule"]' result
}

@test "who does not find the senders' domain, and relays for others, is open, and for what is not said" {
    stop_server
    start_simulators 175 relay-unknown-sender
    [ "$(probe relay/third-party "$(target relay-unknown-sender)")" = inconclusive ]
    jq -r .reason result | grep -q '^refuses us for want of a sender whose domain the DNS knows (--sender-domain), and says nothing of relaying: 553 5.1.8'
    [ "$(probe relay/envelope "$(target relay-unknown-sender)")" = open ]
    jq -r .reason result | grep -q '; S1 was refused for something else than relaying, so it may relay any mail$'
    [ "$(jq '[.steps[] | select(.form)] | length' result)" -eq 0 ]
}

@test "a message that is refused counts for the limit of messages, and what is accepted beyond it is told" {
    stop_server
    start_simulators 175 relay-refuses-late greylists-messages
    local server=relay-refuses-late
    transmitted() { # PROBE [OPTION…]
        probe "$1" "$(target $server)" --trace "${@:2}" 2>&1 >verdict | grep -ac '→ DATA'
    }
    [ "$(transmitted relay/third-party)" -eq 1 ]
    [ "$(cat verdict)" = closed ]
    for id in relay/envelope relay/every-form; do
        [ "$(transmitted $id)" -eq 4 ] # the fifth would be the one that confirms
        [ "$(cat verdict)" = inconclusive ]
        jq -r .reason result | grep -q ': recipient accepted, message refused: 550 5.7.1 not for strangers; [0-9]* more were accepted, and no message was sent'
    done
    [ "$(transmitted relay/envelope --arg messages=1)" -eq 1 ]
    [ "$(transmitted relay/envelope --arg messages=0)" -eq 0 ]
    [ "$(cat verdict)" = suspect ]
    [ "$(transmitted relay/envelope --arg messages=100)" -gt 10 ]
    [ "$(cat verdict)" = closed ]
    # who puts messages off gets one before the wait, the same once more, and the one that confirms
    server=greylists-messages
    [ "$(transmitted relay/envelope)" -eq 3 ]
    [ "$(cat verdict)" = open ]
}

@test "the PROXY line that is sent is the one that is declared" {
    stop_server
    start_simulators 175 relay-proxy-header
    local at declared
    at=$(target relay-proxy-header)
    declared=$("$AJAR" probes --json relay/proxy-header | jq -r '.forms[] | select(.id == "T6p") | .envelope[0]')
    declared=${declared/\{address\}/${at%:*}}
    probe relay/proxy-header "$at" --trace 2>&1 | grep -aqF "→ ${declared/\{port\}/${at##*:}}"
}

@test "an open relay over IPv6 is found by the forms too" {
    [ "$(probe relay/envelope "[::1]:$STAGES6")" = open ]
    jq -e '[.steps[] | select(.form) | .cause] == ["no-rule", "ipv6-clients"]' result
}

@test "who comes out elsewhere is told with both addresses" {
    [ "$(probe relay/envelope "127.0.0.1:$STAGES")" = open ]
    steps | grep -q ': put in at 127.0.0.1 and came out at 127.0.0.9'
}

@test "where it is open without TLS as well, TLS is not to blame" {
    [ "$(probe relay/starttls "127.0.0.1:$STAGES")" = closed ]
    jq -r .reason result | grep -q 'not by this'
}

@test "the verdict names the form, what it shows and what closes it" {
    probe relay/envelope "127.0.0.1:$STAGES"
    steps | grep -q '^S1 (a stranger to a stranger) shows: the server relays mail from any stranger'
    steps | grep -q '^remedy: .*reject_unauth_destination'
}

@test "every form has a message of its own where so many are allowed, and all are in the bundle, which replays" {
    "$AJAR" key new --no-password -o test.key
    [ "$(probe relay/every-form "127.0.0.1:$STAGES" --arg messages=75 -e run.tar -k test.key)" = open ]
    steps | grep -q '2 deliveries of 2'
    # the reason says what the first shows, and of the others no more than that they came
    jq -r .reason result | grep -q '^S1 came back: relays mail from any stranger to any stranger; also came back: R4, '
    tar -xf run.tar
    [ "$(cat run/data/cases/*/receipts/*.eml | grep -c '^X-Test-Form: relay/every-form ')" -gt 30 ]
    grep -q '^X-Test-Form: relay/every-form R12' run/data/cases/*/receipts/*.eml
    run -0 "$AJAR" replay run.tar
    [[ $output == *"1 derived again, 0 different"* ]]
}

# --- the innocent

scope() { # LINE…: a scope file for loopback with these lines
    printf '%s\n' "authority: A test" "contact: mailto:a@test.example" "info: https://test.example/" \
        "allow 127.0.0.0/8" "$@" >scope.txt
}

@test "a relay in a network of our own is not called open, and loopback is no such network by itself" {
    scope
    [ "$(probe relay/third-party "127.0.0.1:$STAGES" --scope scope.txt --mail-domain ajar.test)" = open ]
    scope "own 127.0.0.0/8"
    "$AJAR" key new --no-password -o own.key
    [ "$(probe relay/third-party "127.0.0.1:$STAGES" --scope scope.txt --mail-domain ajar.test -e own.tar -k own.key)" = inconclusive ]
    jq -r .reason result | grep -q "in a network of the prober's own"
    [ "$(jq 'has("proof")' result)" = false ]
    run -0 "$AJAR" replay own.tar
    # what the script came to stays in the case, as the tape has it, and is shown
    tar -xOf own.tar --wildcards '*/tape.jsonl' | tail -1 | jq -c '{verdict, reason}' >said
    [ "$(jq -c .overruled result)" = "$(cat said)" ]
    [ "$(tar -xOf own.tar --wildcards '*/case.json' | jq -c .overruled)" = '{"verdict":"open","reason":"token returned"}' ]
    run -0 "$AJAR" show own.tar c-
    [[ $output == *"The probe itself came to open (token returned), which does not stand: the token returned, but the target is in a network"* ]]
    run -0 --separate-stderr "$AJAR" notify own.tar --print --include-suspect
    [ -z "$output" ]
    scope "own 127.0.0.0/9" "own 10.0.0.0/8"
    [ "$(probe relay/envelope "127.0.0.1:$STAGES" --scope scope.txt --mail-domain ajar.test)" = inconclusive ]
}

@test "a mail server of our own domain that delivers to it is not called open" {
    python3 "$BATS_TEST_DIRNAME/dns_server.py" >resolver 2>asked 3>&- &
    local server=$!
    for _ in $(seq 100); do [ -s resolver ] || sleep 0.05; done
    "$AJAR" key new --no-password -o mx.key
    for id in third-party envelope; do
        rm -f mx.tar
        [ "$(probe "relay/$id" "127.0.0.1:$STAGES" --mail-domain x.here.org --resolver "127.0.0.1:$(cat resolver)" \
            -e mx.tar -k mx.key)" = inconclusive ]
        jq -r .reason result | grep -q "is a mail server of our own domain x.here.org"
        run -0 "$AJAR" replay mx.tar
        [[ $output == *"1 derived again, 0 different"* ]]
        [ "$(probe "relay/$id" "127.0.0.1:$STAGES" --mail-domain x.mail.org \
            --resolver "127.0.0.1:$(cat resolver)")" = open ]
    done
    # a list's host names are often those that the owners of the addresses have given themselves
    printf 'ip,port,hostname\n127.0.0.1,%s,mx.mail.test\n' "$STAGES" >list.csv
    [ "$(probe relay/third-party -i list.csv --mail-domain x.mail.org --resolver "127.0.0.1:$(cat resolver)")" = open ]
    # accepted, and nothing comes back: the relay delivers to a sink that is not this run's
    for domain in x.here.org=inconclusive x.mail.org=suspect; do
        run -0 --separate-stderr "$AJAR" probe --json --wait 1 --timeout 10 -p relay/third-party -p relay/envelope \
            --mail-domain "${domain%=*}" --resolver "127.0.0.1:$(cat resolver)" "127.0.0.1:$STAGES"
        [ "$(jq -r .verdict <<<"$output" | sort -u)" = "${domain#*=}" ]
    done
    [ "$(probe relay/third-party "127.0.0.1:$STAGES" --mail-domain x.servfail.org \
        --resolver "127.0.0.1:$(cat resolver)")" = open ]
    : >asked
    [ "$(probe relay/third-party "127.0.0.1:$STAGES" --resolver "127.0.0.1:$(cat resolver)")" = open ]
    [ ! -s asked ] # nobody is asked for a name that no DNS has
    kill "$server"
}

@test "one message that came back is not enough where a second does not" {
    [ "$(probe relay/third-party "127.0.0.1:$STAGES")" = open ]
    steps | grep -q '2 deliveries of 2'
    [ "$(probe relay/envelope "127.0.0.1:$STAGES" --arg messages=1)" = open ]
    steps | grep -q 'no second message was allowed: 1 delivery of 1'
}

@test "each relay probe says why it got no answer: a tarpit, a limit, greylisting" {
    local ids=(tarpit-sender tarpit-recipient tarpit-drip limits-at-once limits-senders relay-greylists-long)
    stop_server
    start_simulators 171 "${ids[@]}"
    for id in "${ids[@]}"; do target "$id"; done >targets
    "$AJAR" probe --json --wait 1 --timeout 2 -p relay/third-party -p relay/envelope -p relay/every-form \
        -p relay/second-recipient -p relay/srs -i targets >results
    said() { jq -r --arg at "$(target "$1" | sed 's/:.*//')" 'select(.target == $at) | .reason' results | sort -u; }
    for id in "${ids[@]:0:3}"; do
        said "$id"
        [ "$(said "$id")" = "perhaps a tarpit: no answer in time: the probe's own time is up" ]
    done
    [ "$(said limits-at-once)" = "limits how often it is asked: 421 4.7.0 too many connections from your network" ]
    [ "$(said limits-senders)" = "limits how often it is asked: 450 4.7.1 rate limit exceeded" ]
    [ "$(said relay-greylists-long)" = "greylisted: asks to wait 300 s" ]
}

# A server that says this to each envelope so many times, and then relays for anyone.
putting_off() { # TIMES REPLY
    stop_server
    cat >mine.lua <<LUA
return { sim.scenario { id = "mine", port = 2525, summary = "Puts off", expects = {}, serve = function(c, state)
    sim.mail_server(c, { message = sim.deliver, rcpt = function(to)
        state[to] = (state[to] or 0) + 1
        return state[to] > $1 and "250 2.1.5 ok" or "$2"
    end })
end } }
LUA
    start_simulators 123 mine.lua
}

@test "a server that greylists and names no time is tried again after what patience there is" {
    putting_off 1 "451 4.7.1 Greylisting in action, please come back later"
    for id in relay/third-party relay/envelope; do
        [ "$(probe $id "$(target mine)" --arg patience=1)" = open ]
        steps | grep -q '^put off, and no time was named: waiting 1 s, and trying the same again$'
    done
}

@test "who is put off for longer than the probe's own time reads the reply in the reason, not the end of the time alone" {
    putting_off 99 "450 4.2.0 Greylisted, try later"
    for id in relay/third-party relay/second-recipient relay/envelope; do
        "$AJAR" probe --json --sink "127.0.0.1:$SINK" --wait 1 --timeout 2 -p "$id" "$(target mine)" >result
        jq -e '.verdict == "inconclusive"' result
        [[ $(jq -r .reason result) == "may be greylisted: 450 4.2.0 Greylisted, try later"*": the probe's own time is up" ]]
    done
}

@test "a wait of no time is as good as none named, and one without an end is told as a month" {
    putting_off 1 "451 4.7.1 Greylisted, please come back in 0 seconds"
    for id in relay/third-party relay/envelope; do
        [ "$(probe $id "$(target mine)" --arg patience=1)" = open ]
        steps | grep -q '^put off, and no time was named: waiting 1 s, and trying the same again$'
    done
    putting_off 99 "451 4.7.1 Greylisted, wait 99999999999999999999 hours"
    for id in relay/third-party relay/envelope; do
        [ "$(probe $id "$(target mine)" --arg patience=1)" = inconclusive ]
        [ "$(jq -r .reason result)" = "greylisted: asks to wait 2592000 s or longer" ]
    done
}

@test "4.7.1 again after the wait is a refusal, and greylisting in words that we did not wait for is not" {
    putting_off 99 "451 4.7.1 Relaying denied"
    for id in relay/third-party relay/envelope relay/second-recipient; do
        [ "$(probe $id "$(target mine)" --arg patience=1)" = closed ]
        [ "$(jq -r .reason result)" = "refused, the same after 1 s: 451 4.7.1 Relaying denied" ]
    done
    putting_off 99 "451 4.7.1 Greylisting in action, please come back later"
    for id in relay/third-party relay/envelope; do
        [ "$(probe $id "$(target mine)" --arg patience=1)" = inconclusive ]
        [[ $(jq -r .reason result) == "may be greylisted, and put off again after 1 s (--arg patience=SECONDS waits longer): 451 "* ]]
    done
    [ "$(probe relay/envelope "$(target mine)" --arg patience=0)" = inconclusive ]
}

@test "who puts off without a word of relaying, and again after our wait, may greylist for longer" {
    putting_off 99 "451 4.7.1 Please try again later"
    for id in relay/third-party relay/envelope relay/second-recipient; do
        [ "$(probe $id "$(target mine)" --arg patience=1)" = inconclusive ]
        [[ $(jq -r .reason result) == "put off, the same after 1 s (--arg patience=SECONDS waits longer): 451 "* ]]
    done
    putting_off 99 "454 4.7.1 Relay access denied"
    [ "$(probe relay/envelope "$(target mine)")" = closed ]
}

@test "a form that is only put off is tried again, and what is open is not laid to another's charge" {
    stop_server
    start_simulators 178 puts-off-form-plain-once puts-off-form-plain puts-off-form-percent puts-off-form-unknown-users
    [ "$(probe relay/envelope "$(target puts-off-form-plain-once)")" = open ]
    [[ $(jq -r .reason result) == "S1 came back: relays mail from any stranger to any stranger"* ]]
    steps | grep -q '^asked to wait 1 s: waiting, and trying the same again$'
    # put off for longer than we wait: what came back is told, and its cause is left open
    [ "$(probe relay/envelope "$(target puts-off-form-plain)")" = open ]
    [[ $(jq -r .reason result) == "R4 came back: relays by the percent hack: "*"; S1 was only put off, so it may relay any mail" ]]
    jq -e '[.steps[] | select(.cause)] == []' result
    steps | grep -q '^S1 was only put off: it may be that any mail is relayed: 451 4.3.2 Busy, try again in 2 hours$'
    [ "$(probe relay/envelope "$(target puts-off-form-percent)")" = inconclusive ]
    [ "$(jq -r .reason result)" = "554 5.7.1 Relay access denied; but R4 was only put off: put off: 451 4.3.2 Busy, try again in 1 second" ]
    [ "$(probe relay/envelope "$(target puts-off-form-unknown-users)")" = closed ]
    [ "$(jq -r .reason result)" = "554 5.7.1 Relay access denied" ]
}

@test "a silent port is told of as one that may speak TLS, and is probed so by an argument; a late banner is waited for" {
    cat >mine.lua <<'LUA'
return {
    sim.scenario { id = "mine", port = 2526, summary = "TLS from the start", expects = {}, serve = function(c)
        sim.mail_server(c, { tls = "good", message = sim.deliver })
    end },
    sim.scenario { id = "late", port = 2525, summary = "A late banner", expects = {}, serve = function(c)
        sim.sleep(2)
        sim.mail_server(c, { message = sim.deliver })
    end },
}
LUA
    for id in relay/third-party relay/envelope; do
        stop_server
        start_simulators 123 mine.lua
        [ "$(probe $id "$(target mine)" --arg banner=1)" = inconclusive ]
        jq -r .reason result | grep -q '^perhaps a tarpit: no banner in 1 s (--arg banner=SECONDS waits longer); or a port that speaks TLS from the start (--arg tls=true)$'
        [ "$(probe $id "$(target mine)" --arg tls=true)" = open ]
        [ "$(probe $id "$(target late)" --arg banner=1)" = inconclusive ]
        [ "$(probe $id "$(target late)" --arg banner=4)" = open ]
    done
}

@test "a server that takes any name at its own domain is told from a relay even where the time ends in the wait" {
    stop_server
    start_simulators 172 relay-odd-local
    "$AJAR" probe --json --wait 5 --timeout 1 -p relay/every-form "$(target relay-odd-local)" >result
    cat result
    [ "$(jq -r .verdict result)" = closed ]
    jq -r .reason result | grep -q 'accepted, as is any name at its own domain, and nothing came back$'
}
