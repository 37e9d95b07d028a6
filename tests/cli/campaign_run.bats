#!/usr/bin/env bats
# A campaign that is run: each test finished once, whatever happens meanwhile.
bats_require_minimum_version 1.5.0

load servers
load probing

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    "$AJAR" key new --no-password -o key >/dev/null
    printf 'allow 127.0.0.0/8\noptout optout\n' >scope
    : >optout
    stderr=''
}

teardown() {
    [ -z "${RUN:-}" ] || kill "$RUN" 2>/dev/null || true
    stop_server
}

# A campaign with so many hosts of the server that `serve` began.
campaign() { # HOSTS
    "$AJAR" campaign new --scope scope c
    hosts "$1" >list
    "$AJAR" campaign import --source list c list 2>/dev/null
}

run_options=(-k key --chain chain -p relay/third-party --rate 0 --prefix-rate 0 --workers 1 --wait 1)
campaign_run() { "$AJAR" campaign run "${run_options[@]}" "$@" c; }
told() { "$AJAR" campaign status --json c | jq -c "$1"; }

# In the background, its words in the files out and err.
campaign_run_on() {
    "$AJAR" campaign run "${run_options[@]}" "$@" c >out 2>err 3>&- &
    RUN=$!
}

await_words() { # WORDS
    for _ in {1..200}; do
        ! grep -q -- "$1" err || return 0
        sleep 0.05
    done
    cat err
    return 1
}

@test "what is due is tested, and the evidence lies in the campaign's folder by its digest" {
    serve
    campaign 20
    campaign_run >out 2>err
    [ "$(told '[.states, .verdicts, .jobs.finished, .cases]')" = '[{"tested":20},{"closed":20},20,20]' ]
    bundle=$(echo c/evidence/*.tar)
    [ "$(sha256sum <"$bundle")" = "$(basename "$bundle" .tar)  -" ]
    "$AJAR" verify "$bundle"
    [ "$(wc -l <out)" -eq 20 ]
    [ -z "$(ls c/run)" ]
}

@test "what is finished is not tested again" {
    serve
    campaign 5
    campaign_run -q >/dev/null
    campaign_run -q >/dev/null
    [ "$(wc -l <seen)" -eq 5 ]
    [ "$(find c/evidence -name '*.tar' | wc -l)" -eq 1 ]
}

@test "a target's source and name go into the evidence" {
    serve
    campaign 1
    campaign_run -q | jq -r .source >out
    [ "$(cat out)" = list ]
}

@test "a bundle is sealed after so many tests, and the next one begun" {
    serve
    campaign 30
    campaign_run -q --shift-cases 10 --inflight 1 >/dev/null
    [ "$(told .cases)" -eq 30 ]
    [ "$(find c/evidence -name '*.tar' | wc -l)" -ge 1 ]
}

@test "what finds nothing out is tried again, so many times, and its last attempt counts" {
    # shellcheck disable=SC2034 # `hosts` reads it
    PORT=$(free_port) # nobody is there
    campaign 2
    campaign_run -q --attempts 2 --retry-after 3600 >/dev/null
    [ "$(told '[.jobs.waiting, .cases, .states]')" = '[2,0,{"suspected":2}]' ]
    campaign_run -q --attempts 2 >/dev/null # not due yet
    [ "$(told .jobs.waiting)" -eq 2 ]
    sqlite3 c/campaign.db "UPDATE jobs SET due = 1"
    campaign_run -q --attempts 2 >/dev/null
    [ "$(told '[.jobs.waiting, .cases, .verdicts]')" = '[0,2,{"unreachable":2}]' ]
}

@test "a target outside the scope gets no packet, and waits" {
    serve
    printf 'allow 127.1.0.1\n' >scope
    campaign 2
    campaign_run -q >/dev/null 2>err
    [ "$(told '[.jobs.waiting, .cases]')" = '[1,1]' ]
    [ "$(wc -l <seen)" -eq 1 ]
}

@test "who opts out while the campaign is run gets no connection from then on" {
    serve hold
    campaign 40
    campaign_run_on --inflight 1
    connections 1
    printf '127.1.0.0/24\n' >c/optout
    await_words "opt-outs have changed"
    touch go
    wait "$RUN"
    [ "$(wc -l <seen)" -eq 1 ]
    [ "$(told .cases)" -eq 1 ]
}

@test "an opt-out that is noted by a command holds while the campaign is run, and later" {
    serve hold
    campaign 40
    campaign_run_on --inflight 1
    connections 1
    "$AJAR" campaign optout --reason "by telephone" c 127.1.0.0/24 2001:db8::1
    await_words "opt-outs have changed"
    touch go
    wait "$RUN"
    [ "$(wc -l <seen)" -eq 1 ]
    sqlite3 c/campaign.db "UPDATE jobs SET due = 1 WHERE state = 0"
    campaign_run -q >/dev/null 2>&1
    [ "$(wc -l <seen)" -eq 1 ]
}

@test "opt-outs hold in each shift, also where the scope does not name their file" {
    serve
    printf 'allow 127.0.0.0/8\n' >scope
    campaign 6
    printf '127.1.0.1\n' >c/optout
    "$AJAR" campaign optout c 127.1.0.6
    campaign_run -q --shift-cases 2 >/dev/null 2>&1
    [ "$(wc -l <seen)" -eq 4 ]
    [ "$(told '[.cases, .jobs.waiting]')" = '[4,2]' ]
}

@test "what is no network is refused before anything is noted" {
    "$AJAR" campaign new c
    run --separate-stderr "$AJAR" campaign optout c 192.0.2.1 nobody
    [ "$status" -eq 2 ]
    [[ $stderr == *"'nobody' is no address"* ]]
    [ "$(sqlite3 c/campaign.db 'SELECT count(*) FROM optouts')" -eq 0 ]
}

@test "a mistake in the opt-outs is said, and those before hold on" {
    serve hold
    campaign 2
    campaign_run_on
    connections 2
    printf 'no address\n' >c/optout
    await_words "optout:1"
    touch go
    wait "$RUN"
    [ "$(told .cases)" -eq 2 ]
}

@test "a new scope holds from the next bundle on, which is begun then" {
    serve hold
    campaign 6
    campaign_run_on --inflight 1
    connections 1
    printf 'allow 127.1.0.0/30\n' >c/scope
    await_words "scope has changed"
    touch go
    wait "$RUN"
    [ "$(told .cases)" -lt 6 ]
    [ "$(find c/evidence -name '*.tar' | wc -l)" -ge 1 ]
}

@test "a campaign that is stopped begins no test, and goes on when it may" {
    serve
    campaign 3
    "$AJAR" campaign stop c
    campaign_run >/dev/null 2>err
    [ ! -e seen ]
    grep -q "was stopped" err
    "$AJAR" campaign resume c
    campaign_run -q >/dev/null
    [ "$(told .cases)" -eq 3 ]
}

@test "stopping ends a run that is under way" {
    serve hold
    campaign 40
    campaign_run_on --inflight 1
    connections 1
    "$AJAR" campaign stop c
    await_words "was stopped"
    touch go
    wait "$RUN"
    [ "$(told .jobs.waiting)" -gt 0 ]
}

@test "a target that said yes, and whose mail may still come, is not waited for when nothing else is due" {
    SINK=$(free_port)
    start_simulators 244 relay-swallowing
    "$AJAR" campaign new --scope scope c
    cut -d' ' -f1 servers >list
    "$AJAR" campaign import --source list c list 2>/dev/null
    timeout 60 "$AJAR" campaign run -q "${run_options[@]}" --sink "127.0.0.1:$SINK" c >/dev/null
    [ "$(told '[.verdicts, .jobs.waiting]')" = '[{"suspect":1},0]' ]
}

@test "an interrupt ends it with what was finished, and the next run does the rest" {
    serve hold
    campaign 10
    campaign_run_on --inflight 2
    connections 2
    kill -INT "$RUN"
    wait "$RUN"
    [ "$(told .machines)" -eq 0 ]
    touch go
    campaign_run -q >/dev/null
    [ "$(told '[.jobs.waiting, .states.tested]')" = '[0,10]' ]
}

@test "while the database can't be written results wait, and are noted later" {
    serve hold
    campaign 10
    campaign_run_on
    connections 10
    sqlite3 c/campaign.db "BEGIN EXCLUSIVE" ".shell touch go" ".shell sleep 8" "COMMIT"
    wait "$RUN"
    [ "$(told '[.jobs.finished, .cases]')" = '[10,10]' ]
    [ "$(wc -l <seen)" -eq 10 ]
}

@test "a bundle that can't be sealed is not kept as one that is" {
    serve hold
    campaign 3
    trap '' XFSZ
    campaign_run_on
    trap - XFSZ
    connections 3
    prlimit --pid "$(pgrep -P "$RUN")" --fsize=2000
    touch go
    wait "$RUN"
    [ "$(told '[.jobs.finished, .cases]')" = '[3,3]' ]
    for bundle in c/evidence/*.tar; do
        "$AJAR" verify "$bundle"
    done
}

@test "two runs of one campaign share its tests" {
    serve 0.1
    campaign 60
    campaign_run_on -q --inflight 5
    campaign_run -q --inflight 5 >/dev/null
    wait "$RUN"
    [ "$(told '[.jobs.finished, .cases]')" = '[60,60]' ]
    [ "$(wc -l <seen)" -eq 60 ]
}

@test "processes that are killed at any moment leave nothing lost and nothing tested twice" {
    for seed in 1 2; do
        mkdir "faults-$seed"
        (cd "faults-$seed" && python3 "$BATS_TEST_DIRNAME/campaign_faults.py" "$AJAR" 6 "$seed")
    done
}

@test "a campaign at a URL wants to know where this machine keeps its evidence" {
    run --separate-stderr "$AJAR" campaign run postgresql://nobody@127.0.0.1:1/none
    [ "$status" -eq 2 ]
    [[ $stderr == *"--folder is missing"* ]]
}

@test "without --mail-domain nothing beyond loopback is tested" {
    printf 'authority: Example\ncontact: mailto:a@cert.example\ninfo: https://cert.example/\nallow 192.0.2.0/24\n' >scope
    "$AJAR" campaign new --scope scope c
    run --separate-stderr "$AJAR" campaign run c
    [ "$status" -eq 2 ]
    [[ $stderr == *"--mail-domain is missing"* ]]
}
