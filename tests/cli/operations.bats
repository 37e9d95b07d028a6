#!/usr/bin/env bats
# What doc/operations.md says how to do: backups of campaigns, brought back elsewhere and gone on with; opt-outs and scope of
# a campaign that several machines share.
bats_require_minimum_version 1.5.0

load servers
load probing

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    TOOLS=$(realpath tests)
    cd "$BATS_TEST_TMPDIR" || return 1
    "$AJAR" key new --no-password -o key >/dev/null
    printf 'allow 127.0.0.0/8\noptout optout\n' >scope
    : >optout
}

teardown() {
    [ -z "${RUN:-}" ] || kill -KILL -- "-$RUN" 2>/dev/null || true
    stop_server
    cd /
    [ -z "${CLUSTER:-}" ] || "$TOOLS/postgres.sh" stop "$CLUSTER"
}

# What is there is imported as so many hosts more.
import() { # CAMPAIGN HOSTS
    hosts "$2" >list
    "$AJAR" campaign import --source list "$1" list >/dev/null
}

run_options=(-q --json -p relay/third-party --rate 0 --prefix-rate 0 --workers 1 --wait 1)
campaign_run() { # KEY CHAIN CAMPAIGN OPTION…
    "$AJAR" campaign run "${run_options[@]}" -k "$1" --chain "$2" "${@:4}" "$3"
}

told() { "$AJAR" campaign status --json "$1" | jq -c "$2"; } # CAMPAIGN WHAT

# As the document says: the database first, by its own means, then the files, which are only ever added to.
back_up() { # CAMPAIGN TO
    mkdir -p "$2"
    sqlite3 "$1/campaign.db" '.timeout 10000' ".backup '$2/campaign.db'"
    tar -C "$1" -cf "$2/files.tar" --exclude='campaign.db*' .
    cp key key.pub chain "$2/"
}

bring_back() { # FROM CAMPAIGN
    mkdir -m 700 "$2"
    tar -C "$2" -xpf "$1/files.tar"
    cp "$1/campaign.db" "$2/"
}

@test "a campaign that stands still is brought back elsewhere as it was, and goes on" {
    serve
    "$AJAR" campaign new -s scope c
    import c 5
    campaign_run key chain c >/dev/null
    import c 12
    before=$(told c .)
    back_up c backup
    rm -r c key chain
    bring_back backup elsewhere
    [ "$(told elsewhere .)" = "$before" ]
    campaign_run backup/key backup/chain elsewhere >out
    [ "$(told elsewhere '[.verdicts, .jobs]')" = '[{"closed":12},{"waiting":0,"under_way":0,"finished":12}]' ]
    [ "$(wc -l <out)" -eq 7 ]
    [ "$(wc -l <seen)" -eq 12 ]
}

@test "the key's chain goes on, too: no run is missing between the bundles before and after" {
    serve
    "$AJAR" campaign new -s scope c
    import c 2
    campaign_run key chain c >/dev/null
    import c 4
    back_up c backup
    bring_back backup elsewhere
    campaign_run backup/key backup/chain elsewhere >/dev/null
    mapfile -t bundles < <(ls -tr elsewhere/evidence/*.tar)
    [ "${#bundles[@]}" -eq 2 ]
    run "$AJAR" verify --public-key key.pub "${bundles[@]}"
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"runs 1 to 2 of the key "*", no gap, no fork"* ]]
}

@test "one that is taken while the campaign is run loses no test, and repeats none that it knows as finished" {
    serve 0.1
    "$AJAR" campaign new -s scope c
    import c 80
    setsid "$AJAR" campaign run "${run_options[@]}" -k key --chain chain --inflight 4 c >first 3>&- &
    RUN=$!
    for _ in {1..300}; do
        [ "$(told c .cases)" -lt 10 ] || break
        sleep 0.1
    done
    back_up c backup
    kill -KILL -- "-$RUN" # all its processes
    wait "$RUN" || true
    RUN=
    sqlite3 backup/campaign.db "SELECT json_extract(line, '\$.target') FROM cases" | sort >known
    [ "$(wc -l <known)" -ge 10 ]
    bring_back backup elsewhere
    sqlite3 elsewhere/campaign.db "UPDATE jobs SET lease = 1 WHERE state = 1" # a minute later
    before=$(wc -l <seen)
    [ "$(told c .jobs.finished)" -lt 80 ]
    campaign_run backup/key backup/chain elsewhere >second
    told elsewhere .
    [ "$before" -lt "$(wc -l <seen)" ]
    [ "$(told elsewhere '[.jobs.finished, .jobs.under_way, .cases, .states]')" = '[80,0,80,{"tested":80}]' ]
    jq -r .target second | sort >repeated
    [ -z "$(comm -12 known repeated)" ]
    for bundle in elsewhere/evidence/*.tar; do
        "$AJAR" verify --public-key key.pub "$bundle" >/dev/null
    done
}

@test "a letter that was sent after the backup is not sent again, where the letters' folder was kept" {
    start_server servers "$AJAR" sim --net 166 --for 60 --sink 127.0.166.250:2600 relay-open </dev/null
    await_servers 1
    target relay-open >list
    "$AJAR" campaign new -s scope c
    "$AJAR" campaign import c list >/dev/null
    campaign_run key chain c --sink 127.0.166.250:2600 >/dev/null
    stop_server
    back_up c backup
    start_server port python3 -B "$BATS_TEST_DIRNAME/smarthost.py" --log log
    write_and_deliver() { # CAMPAIGN
        "$AJAR" campaign notify --to owner@example.net --out letters "$1"
        "$AJAR" deliver --smtp "127.0.0.1:$(cut -d' ' -f2 port)" --tls none letters
    }
    write_and_deliver c
    bring_back backup elsewhere
    write_and_deliver elsewhere
    cat log
    [ "$(told elsewhere .letters)" -eq 1 ]
    [ "$(grep -c owner@example.net log)" -eq 1 ]
}

# A database for a campaign: its URL in url.
postgres() {
    command -v pg_dump >/dev/null || skip "no PostgreSQL"
    CLUSTER=$(cd / && "$TOOLS/postgres.sh" start "$(mktemp -d /tmp/ajar-postgres-XXXXXX)")
    url="postgresql:///ajar?host=$CLUSTER&user=ajar"
}

@test "a campaign in PostgreSQL is brought back by pg_dump into another database, with a machine's folder" {
    postgres
    other="postgresql:///other?host=$CLUSTER&user=ajar"
    serve
    "$AJAR" campaign new -s scope "$url"
    import "$url" 5
    mkdir -m 700 here
    campaign_run key chain "$url" --folder here >/dev/null
    import "$url" 12
    pg_dump --host="$CLUSTER" --username=ajar --format=custom --file=dump ajar
    before=$(told "$url" .)
    createdb --host="$CLUSTER" --username=ajar other
    pg_restore --host="$CLUSTER" --username=ajar --dbname=other --no-owner --exit-on-error dump
    [ "$(told "$other" .)" = "$before" ]
    cp -a here elsewhere
    campaign_run key chain "$other" --folder elsewhere >out
    [ "$(told "$other" '[.jobs.finished, .cases]')" = '[12,12]' ]
    [ "$(wc -l <out)" -eq 7 ]
    [ "$(wc -l <seen)" -eq 12 ]
}

@test "an opt-out and a new scope that are written into the database hold on every machine" {
    postgres
    serve
    "$AJAR" campaign new -s scope "$url"
    import "$url" 4
    mkdir -m 700 here
    "$AJAR" campaign optout --reason "by telephone" "$url" 127.1.0.1
    printf 'allow 127.0.0.0/8\ndeny 127.1.0.2\noptout optout\n' >new
    psql -q "$url" <<'SQL'
\set text `cat new`
UPDATE texts SET content = :'text', version = version + 1 WHERE name = 'scope';
SQL
    campaign_run key chain "$url" --folder here >out
    cat out
    [ "$(wc -l <seen)" -eq 2 ]
    [ "$(jq -r 'select(.verdict == "closed").target' out | sort | paste -sd ' ')" = "127.1.0.3 127.1.0.4" ]
}

@test "an ajar that is older than a campaign's tables says so, and leaves them as they are" {
    "$AJAR" campaign new -s scope c
    sqlite3 c/campaign.db "UPDATE meta SET value = '9999' WHERE name = 'schema'; PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
    before=$(sqlite3 c/campaign.db .dump | sha256sum)
    for words in status run; do
        run "$AJAR" campaign "$words" c
        echo "$output"
        [ "$status" -eq 1 ]
        [[ $output == *"of version 9999"* ]]
    done
    [ "$(sqlite3 c/campaign.db .dump | sha256sum)" = "$before" ]
}
