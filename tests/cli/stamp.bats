#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
# Time-stamps (RFC 3161) on the command line, by a service on loopback that openssl makes: tsa.py.

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    export AJAR HOME=$BATS_FILE_TMPDIR
    unset AJAR_KEY_PASSWORD_FILE http_proxy https_proxy all_proxy HTTPS_PROXY ALL_PROXY
    local service=$BATS_TEST_DIRNAME/tsa.py
    cd "$BATS_FILE_TMPDIR" || exit
    timeout 240 python3 -B "$service" tsa >tsa.log 2>&1 3>&- &
    echo $! >tsa.pid
    for ((i = 0; i < 200; i++)); do
        [ -e tsa/port ] && break
        sleep 0.1
    done
    "$AJAR" key new --no-password -o made.key
    "$AJAR" probe -k made.key -e made.tar -p relay/third-party 127.0.0.1:1
    "$AJAR" probe -k made.key -e stamped.tar -p relay/third-party 127.0.0.1:1 \
        --tsa "http://127.0.0.1:$(cat tsa/port)/"
}

teardown_file() {
    kill "$(cat "$BATS_FILE_TMPDIR/tsa.pid")"
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    cp "$BATS_FILE_TMPDIR"/*.tar "$BATS_FILE_TMPDIR"/made.* "$BATS_FILE_TMPDIR"/tsa/*.pem .
    service=http://127.0.0.1:$(cat "$BATS_FILE_TMPDIR/tsa/port")
    cp made.tar before.tar
}

# stamp --tsa SERVICE/WHAT on made.tar ends with this sentence, and leaves the bundle as it is.
assert_refused() { # WHAT SENTENCE
    run --separate-stderr "$AJAR" stamp --timeout 1 --tsa "$service/$1" made.tar
    echo "$1: $status $stderr"
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [ "$stderr" = "ajar stamp: $service/$1: $2" ]
    cmp made.tar before.tar
}

@test "probe --tsa stamps what it has sealed; verify says when and by whom" {
    run --separate-stderr "$AJAR" verify -P made.pub stamped.tar
    [ "$status" -eq 0 ]
    [[ $output == *"time-stamp  20"*" UTC, by CN=Tïme,O=Test stamps"* ]]
    [[ $output == *"it holds; whether to trust that service is for you to say (--tsa-ca)"* ]]
    run --separate-stderr "$AJAR" verify -P made.pub --tsa-ca root.pem stamped.tar
    [ "$status" -eq 0 ]
    [[ $output == *"a service that the certificates you gave vouch for"* ]]
}

@test "stamp does it later, and adds to what is there; the rest of the bundle stays as it is" {
    run --separate-stderr "$AJAR" stamp --tsa "$service/" --tsa "$service/" stamped.tar
    [ "$status" -eq 0 ]
    [ "$output" = "stamped.tar: 2 time-stamps added" ]
    [ -z "$stderr" ]
    run "$AJAR" verify --tsa-ca root.pem stamped.tar
    [ "$(grep -c 'you gave vouch for' <<<"$output")" -eq 3 ]
    run "$AJAR" stamp --tsa "$service/" made.tar
    [ "$status" -eq 0 ]
    mkdir before after
    tar -xf before.tar -C before
    tar -xf made.tar -C after
    run diff -r before after
    [ "$output" = "Only in after/made: tagmanifest-sha256.txt.minisig.tsr" ]
}

@test "openssl checks them with the command of VERIFY.txt, and the other commands still hold" {
    cp made.pub operator.pub
    cp root.pem tsa-ca.pem
    mv stamped.tar s.tar
    tar -xOf s.tar stamped/VERIFY.txt >guide
    cp s.tar stamped.tar
    run bash -e <(grep '^     [a-z]' guide)
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output != *FAILED* ]]
    cd stamped
    run bash -e <(grep '^       .*[a-z]' ../guide | grep -A 1 'openssl ts -verify')
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"Verification: OK"* ]]
    run openssl ts -verify -data VERIFY.txt -in tagmanifest-sha256.txt.minisig.tsr -CAfile ../root.pem
    [ "$status" -eq 1 ]
}

@test "whom the reader does not trust does not count" {
    run --separate-stderr "$AJAR" verify --tsa-ca unfit.pem stamped.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar verify: stamped.tar: no time-stamp by a service that you trust: the certificate of the \
time-stamp's signer: unable to get local issuer certificate" ]
    run --separate-stderr "$AJAR" verify --tsa-ca root.pem made.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *"there is no time-stamp, and one by a service that you trust is asked for" ]]
    run --separate-stderr "$AJAR" verify --tsa-ca made.pub stamped.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar verify: --tsa-ca: made.pub: there is no certificate in it (PEM: -----BEGIN CERTIFICATE-----)" ]
    : >empty.pem
    run --separate-stderr "$AJAR" verify --tsa-ca empty.pem stamped.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar verify: --tsa-ca: empty.pem: there is no certificate in it (PEM: -----BEGIN CERTIFICATE-----)" ]
}

# made.tar, sealed by its key with this time in the trusted comment.
seal_at() { # UTC
    tar -xf made.tar
    tar -tf made.tar >order
    comment=$(sed -n 's/^trusted comment: //p' made/tagmanifest-sha256.txt.minisig | sed "s/utc:.*/utc:$1/")
    minisign -S -s made.key -t "$comment" -m made/tagmanifest-sha256.txt
    tar --format=ustar -cf made.tar -T order
}

@test "a time of sealing that is still to come is told, and proven false by a stamp that the reader trusts" {
    seal_at 2099-11-24T02:10:16.123456Z
    run --separate-stderr "$AJAR" verify -P made.pub made.tar
    [ "$status" -eq 0 ]
    [[ $output == *"sealed      2099-"*"which is still to come by this machine's clock: one of the two is wrong"* ]]
    "$AJAR" stamp --tsa "$service/" made.tar
    run --separate-stderr "$AJAR" verify -P made.pub made.tar
    [ "$status" -eq 0 ]
    [[ $output == *"which is before it was sealed by the signer's clock: one of the two is false"* ]]
    run --separate-stderr "$AJAR" verify -P made.pub --tsa-ca root.pem made.tar
    [ "$status" -eq 1 ]
    [ "$output" = "made.tar: NOT verified" ]
    [[ $stderr == *"made.tar: it says that it was sealed at 2099-11-24T02:10:16.123456Z, and a time-stamp that you trust shows that very seal at 20"*": that time is false" ]]
}

@test "a service that is slow, refuses or lies is told by its own sentence" {
    local none="not a time-stamp reply as RFC 3161 describes it"
    assert_refused digest "the time-stamp is for something else: its digest is another one"
    for what in nonce no-nonce; do
        assert_refused $what "the time-stamp answers another request: its nonce is not the one that was sent"
    done
    assert_refused refuse "the service refuses: the policy is not supported: Requested policy is not supported."
    assert_refused bent "the signature of the time-stamp does not hold"
    for what in cut longer garbage empty; do
        assert_refused $what "$none"
    done
    assert_refused huge "its answer is longer than 65536 bytes"
    assert_refused nothing "it answers HTTP 503"
    assert_refused slow "no answer within 1 seconds"
    [ "$(ls ./*.tar.new* 2>/dev/null)" = "" ]
}

@test "one that nobody answers for is named, and the others count" {
    run --separate-stderr "$AJAR" stamp --tsa http://127.0.0.1:1/ --tsa "$service/" made.tar
    [ "$status" -eq 1 ]
    [ "$output" = "made.tar: 1 time-stamp added" ]
    [[ $stderr == "ajar stamp: http://127.0.0.1:1/: Failed to connect to 127.0.0.1 port 1"* ]]
    "$AJAR" verify --tsa-ca root.pem made.tar
}

@test "a run whose service fails is sealed all the same, and says how to ask again" {
    run --separate-stderr "$AJAR" probe -k made.key -e new.tar -p relay/third-party 127.0.0.1:1 \
        --tsa "$service/garbage"
    [ "$status" -eq 1 ]
    [[ $stderr == *"ajar probe: sealed new.tar with 1 case"* ]]
    [[ $stderr == *"$service/garbage: not a time-stamp reply as RFC 3161 describes it"* ]]
    [[ $stderr == *"1 of 1 time-stamps are missing; the bundle is sealed without them: \`ajar stamp --tsa URL new.tar\` asks again"* ]]
    "$AJAR" verify -P made.pub new.tar
    "$AJAR" stamp --tsa "$service/" new.tar
    "$AJAR" verify -P made.pub --tsa-ca root.pem new.tar
}

@test "a bundle that was changed is not stamped" {
    head -c 4096 made.tar >cut.tar
    run --separate-stderr "$AJAR" stamp --tsa "$service/" cut.tar
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar stamp: cut.tar: the tar file is cut off"* ]]
}

@test "killed at any moment, the bundle is the old one or the new one" {
    for delay in 0 0.005 0.01 0.02 0.03 0.05 0.08; do
        cp before.tar made.tar
        "$AJAR" stamp --tsa "$service/" made.tar >/dev/null 2>&1 3>&- &
        sleep "$delay"
        kill -KILL $! 2>/dev/null || true
        wait $! 2>/dev/null || true
        "$AJAR" verify -P made.pub made.tar
    done
}

@test "wrong usage ends with status 2" {
    for words in "stamp" "stamp made.tar" "stamp --tsa ftp://127.0.0.1/ made.tar" "stamp --tsa hello made.tar" \
        "stamp --tsa http://u:p@127.0.0.1/ made.tar" "stamp --tsa http://127.0.0.1/" \
        "probe --tsa http://127.0.0.1/ 127.0.0.1:1"; do
        # shellcheck disable=SC2086
        run --separate-stderr "$AJAR" $words
        echo "$words: $status $stderr"
        [ "$status" -eq 2 ]
        [ -z "$output" ]
        [ "$(wc -l <<<"$stderr")" -eq 1 ]
    done
}

@test "a page says beside its result that a browser does not check the stamps, and with which command openssl does" {
    "$AJAR" stamp --tsa "$service/" stamped.tar
    "$AJAR" view made.tar -o none.html
    "$AJAR" view stamped.tar -o two.html
    run ! grep -q 'openssl ts' <(sed '/VERIFY.txt of the/,$d' none.html)
    grep -q 'a browser does not check it: openssl does, by the command <a href="#checking">below</a>' two.html
    command=$(sed -n 's/^\(for stamp in .*done\)$/\1/p' two.html | sed 's/&quot;/"/g; s/&#34;/"/g')
    tar -xf stamped.tar
    cp root.pem stamped/tsa-ca.pem
    run -0 bash -c "cd stamped && $command"
    [ "$(grep -c 'Verification: OK' <<<"$output")" -eq 2 ]
    command -v chromium >/dev/null || skip "there is no chromium here"
    run -0 --separate-stderr timeout 120 python3 -B "$BATS_TEST_DIRNAME/page.py" two.html 'document.querySelector("#check").textContent'
    echo "$output"
    [[ ${lines[0]} == *"it holds."*"Not checked in a browser are the 2 time-stamps: openssl does, by the command below, under "*"Checking it"* ]]
}
