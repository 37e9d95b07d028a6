#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2030,SC2031
bats_require_minimum_version 1.5.0
# ajar deliver: letters handed to a mail server on loopback (smarthost.py), which fails as it is told.
load servers

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    export AJAR
    cd "$BATS_FILE_TMPDIR" || exit
    for ca in good other; do
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$ca CA" \
            -keyout $ca-ca.key -out $ca-ca.pem 2>openssl.log
    done
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=smarthost -keyout server.key \
        -out server.csr 2>>openssl.log
    for name in localhost elsewhere.test; do
        openssl x509 -req -in server.csr -CA good-ca.pem -CAkey good-ca.key -days 2 -out $name.pem \
            -extfile <(echo "subjectAltName=DNS:$name") 2>>openssl.log
    done
    openssl x509 -req -in server.csr -CA good-ca.pem -CAkey good-ca.key -days 2 -out address.pem \
        -extfile <(echo "subjectAltName=IP:127.0.0.1") 2>>openssl.log
    mkdir ca && : >ca/index
    openssl ca -batch -config <(printf '%s\n' '[ca]' default_ca=c '[c]' database=ca/index new_certs_dir=ca rand_serial=yes \
        default_md=sha256 policy=p '[p]' commonName=supplied '[x]' subjectAltName=DNS:localhost) -extensions x \
        -cert good-ca.pem -keyfile good-ca.key -in server.csr -startdate 20200101000000Z -enddate 20200201000000Z \
        -notext -out expired.pem 2>>openssl.log
    openssl req -x509 -key server.key -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -out self.pem 2>>openssl.log
    printf 'anna\nhemmelig ord\n' >auth
    chmod 600 auth
}

setup() {
    unset SSL_CERT_FILE
    cd "$BATS_TEST_TMPDIR" || exit
    cp "$BATS_FILE_TMPDIR"/*.* "$BATS_FILE_TMPDIR/auth" .
    mkdir out
}

teardown() { stop_server; }

# c-1 to c-COUNT, each to another domain; or those named, to one mailbox each.
letters() { # COUNT
    for ((i = 1; i <= $1; i++)); do
        letter "c-$i" "abuse@d$i.example"
    done
}

letter() { # NAME TO [MESSAGE-ID]
    printf '%s\r\n' "From: Project <project@example.org>" "To: $2" "Message-ID: ${3:-<$1.5f@example.org>}" \
        "Subject: An open server" "Date: Sat, 28 Nov 2026 02:00:00 +0000" "" "Dear owner" ".a line with a dot" \
        "." "bye" >"out/$1.eml"
}

smarthost() { # OPTION…
    start_server port python3 -B "$BATS_TEST_DIRNAME/smarthost.py" --log log "$@"
    PORT=$(cut -d' ' -f2 port)
}

plain_smarthost() { smarthost "$@"; TO=(--smtp "127.0.0.1:$PORT" --tls none); }
tls_smarthost() { smarthost --cert localhost.pem --key server.key "$@"; TO=(--smtp "localhost:$PORT" --tls-ca good-ca.pem); }

deliver() { run --separate-stderr "$AJAR" deliver out "${TO[@]}" --timeout 5 "$@"; }

# What the server has answered for, one Message-ID a line.
taken() { [ ! -e log ] || python3 -c 'import json, sys
for line in sys.stdin: print(json.loads(line)["id"])' <log; }
# Until the server has answered for one.
await_first() { for _ in {1..400}; do [ -e log ] && return; sleep 0.05; done; return 1; }

field() { python3 -c 'import json, sys
print(json.loads(sys.stdin.readline())[sys.argv[1]])' "$1" <log; }
state() { "$AJAR" deliver out --list --json | python3 -c 'import json, sys
print(*(e["letter"] + ":" + e["shown"] for e in map(json.loads, sys.stdin)))'; }

@test "each letter goes once, and what the server said is kept" {
    letters 3
    plain_smarthost
    deliver
    echo "$stderr"
    [ "$status" -eq 0 ]
    [ "${stderr_lines[0]}" = "ajar deliver: 3 letters to 3 domains by 127.0.0.1:$PORT (without TLS, on this machine)" ]
    [ "${stderr_lines[1]}" = "3 letters sent" ]
    [ "$(taken)" = "$(printf '<c-%d.5f@example.org>\n' 1 2 3)" ]
    [ "$(state)" = "c-1:sent c-2:sent c-3:sent" ]
    grep -q '"said":"250 2.0.0 queued as 1"' out/delivery/c-1.json
    deliver
    [ "$status" -eq 0 ]
    [ "$stderr" = "0 letters sent" ]
    [ "$(taken | wc -l)" -eq 3 ]
}

@test "the letter arrives byte for byte" {
    letters 1
    plain_smarthost
    deliver
    [ "$(field size)" -eq "$(wc -c <out/c-1.eml)" ]
}

@test "STARTTLS: the certificate must be the server's, from the authorities that are trusted" {
    letters 1
    tls_smarthost
    deliver
    echo "$stderr"
    [ "$status" -eq 0 ]
    [ "$(field tls)" = True ]
    [[ $stderr == *"by localhost:$PORT (STARTTLS, verified)"* ]]
}

@test "one of another authority is refused, and nothing is sent" {
    letters 1
    smarthost --cert localhost.pem --key server.key
    TO=(--smtp "localhost:$PORT" --tls-ca other-ca.pem)
    deliver
    echo "$stderr"
    [ "$status" -eq 1 ]
    [[ ${stderr_lines[1]} == "ajar deliver: localhost:$PORT: localhost: TLS: unable to get local issuer certificate" ]]
    [ "$(state)" = c-1:waiting ]
    [ ! -e log ]
}

@test "one for another name is refused" {
    letters 1
    smarthost --cert elsewhere.test.pem --key server.key
    TO=(--smtp "localhost:$PORT" --tls-ca good-ca.pem)
    deliver
    echo "$stderr"
    [ "$status" -eq 1 ]
    [[ $stderr == *"TLS: hostname mismatch"* ]]
    [ "$(state)" = c-1:waiting ]
}

@test "one whose time is over is refused, and one that has signed itself" {
    letters 1
    for certificate in expired self; do
        smarthost --cert $certificate.pem --key server.key
        TO=(--smtp "localhost:$PORT" --tls-ca good-ca.pem)
        deliver
        stop_server
        echo "$stderr"
        [ "$status" -eq 1 ]
        case $certificate in
            expired) [[ $stderr == *"TLS: certificate has expired"* ]] ;;
            self) [[ $stderr == *"TLS: self-signed certificate"* ]] ;;
        esac
        [ "$(state)" = c-1:waiting ]
        [ ! -e log ]
    done
}

@test "an address can stand in a certificate" {
    letters 1
    smarthost --cert address.pem --key server.key
    TO=(--smtp "127.0.0.1:$PORT" --tls-ca good-ca.pem)
    deliver
    echo "$stderr"
    [ "$status" -eq 0 ]
    TO=(--smtp "localhost:$PORT" --tls-ca good-ca.pem)
    letter c-2 abuse@d2.example
    deliver
    [ "$status" -eq 1 ]
}

@test "the system's authorities don't know it" {
    letters 1
    smarthost --cert localhost.pem --key server.key
    TO=(--smtp "localhost:$PORT")
    deliver
    [ "$status" -eq 1 ]
    [ "$(state)" = c-1:waiting ]
}

@test "TLS from the beginning" {
    letters 2
    tls_smarthost --implicit
    deliver --tls implicit
    echo "$stderr"
    [ "$status" -eq 0 ]
    [ "$(field tls)" = True ]
}

@test "a server without STARTTLS gets nothing" {
    letters 1
    smarthost
    TO=(--smtp "localhost:$PORT" --tls-ca good-ca.pem)
    deliver --auth auth
    [ "$status" -eq 1 ]
    [[ $stderr == *"the smarthost offers no STARTTLS, and nothing is sent in the clear"* ]]
    [ ! -e log ]
}

@test "another machine gets nothing without TLS" {
    letters 1
    run --separate-stderr "$AJAR" deliver out --smtp 192.0.2.1:25 --tls none
    [ "$status" -eq 2 ]
    [[ $stderr == *"--tls none: 192.0.2.1 is another machine, and letters go there by TLS alone"* ]]
}

@test "AUTH PLAIN, and LOGIN where there is no PLAIN" {
    for mechanisms in "PLAIN LOGIN" LOGIN; do
        rm -rf log out/*
        letters 1
        tls_smarthost --auth "anna:hemmelig ord" --mechanisms "$mechanisms"
        deliver --auth auth
        stop_server
        echo "$stderr"
        [ "$status" -eq 0 ]
        [ "$(field user)" = anna ]
    done
}

@test "a wrong password ends it at once, and is held against no letter" {
    letters 2
    tls_smarthost --auth anna:other
    deliver --auth auth
    echo "$stderr"
    [ "$status" -eq 1 ]
    [[ $stderr == *"the smarthost says to AUTH: 535 5.7.8 who are you?"* ]]
    [ "$(state)" = "c-1:waiting c-2:waiting" ]
    [ ! -e out/delivery/c-1.json ]
}

@test "SCRAM-SHA-256 before all others, in which the password does not go out" {
    tls_smarthost --auth "anna:hemmelig ord" --mechanisms "PLAIN LOGIN SCRAM-SHA-256"
    letters 1
    deliver --auth auth
    echo "$stderr"
    [ "$status" -eq 0 ]
    [ "$(field user)" = anna ]
    [ "$(field mechanism)" = SCRAM-SHA-256 ]
}

@test "SCRAM as Cyrus' library, which Postfix has, does it" {
    find /usr/lib -name 'libscram.so*' | grep -q sasl2 || skip "libsasl2-modules is not installed (make deps)"
    letters 1
    mkdir users
    tls_smarthost --auth "anna:hemmelig ord" --mechanisms SCRAM-SHA-256 --cyrus users
    deliver --auth auth
    echo "$stderr"
    [ "$status" -eq 0 ]
    [ "$(field user)" = cyrus ]
    stop_server
    letter c-2 abuse@d2.example
    (umask 077 && printf 'anna\nanother\n' >wrong)
    tls_smarthost --auth "anna:hemmelig ord" --mechanisms SCRAM-SHA-256 --cyrus users
    deliver --auth wrong
    [ "$status" -eq 1 ]
    [[ $stderr == *"535 5.7.8 who are you?"* ]]
}

@test "SCRAM with a wrong password" {
    tls_smarthost --auth "anna:another" --mechanisms SCRAM-SHA-256
    letters 1
    deliver --auth auth
    [ "$status" -eq 1 ]
    [[ $stderr == *"the smarthost says to AUTH: 535 5.7.8 who are you?"* ]]
    [ "$(state)" = c-1:waiting ]
}

@test "a server that can't prove that it knows the password gets no letter" {
    for lie in wrong silent; do
        rm -rf out/*
        letters 1
        tls_smarthost --auth "anna:hemmelig ord" --mechanisms SCRAM-SHA-256 --scram-lies $lie
        deliver --auth auth
        stop_server
        echo "$stderr"
        [ "$status" -eq 1 ]
        [[ $stderr == *"prove"*" that it knows the password (SCRAM)"* ]]
        [ "$(state)" = c-1:waiting ]
        [ ! -e log ]
    done
}

@test "one that makes SCRAM weak, or asks for work without end, is left" {
    for turns in 100 20000000; do
        letters 1
        tls_smarthost --auth "anna:hemmelig ord" --mechanisms SCRAM-SHA-256 --turns $turns
        deliver --auth auth
        stop_server
        echo "$stderr"
        [ "$status" -eq 1 ]
        [[ $stderr == *SCRAM* ]]
        [ "$(state)" = c-1:waiting ]
    done
}

@test "a password beyond ASCII goes by PLAIN, and where there is SCRAM alone it is said why not" {
    (umask 077 && printf 'anna\npassørd\n' >beyond)
    letters 1
    tls_smarthost --auth "anna:passørd" --mechanisms "PLAIN SCRAM-SHA-256"
    deliver --auth beyond
    [ "$status" -eq 0 ]
    stop_server
    letter c-2 abuse@d2.example
    tls_smarthost --auth "anna:passørd" --mechanisms SCRAM-SHA-256
    deliver --auth beyond
    echo "$stderr"
    [ "$status" -eq 1 ]
    [[ $stderr == *"other characters than printable ASCII (no SASLprep)"* ]]
}

@test "a password that others may read is not used" {
    letters 1
    chmod 640 auth
    tls_smarthost --auth "anna:hemmelig ord"
    deliver --auth auth
    [ "$status" -eq 1 ]
    [[ $stderr == *"auth: others may read it; the file with a password is its owner's alone (chmod 600)"* ]]
}

@test "--auth without TLS is wrong usage" {
    run --separate-stderr "$AJAR" deliver out --smtp 127.0.0.1:25 --tls none --auth auth
    [ "$status" -eq 2 ]
}

@test "what is refused for now waits, and goes later" {
    letters 3
    plain_smarthost --reply "rcpt@abuse@d2.example=451 4.7.1 greylisted*1"
    deliver --retry-after 0.1
    echo "$stderr"
    [ "$status" -eq 1 ]
    [ "$(state)" = "c-1:sent c-2:waiting c-3:sent" ]
    grep -q '"said":"451 4.7.1 greylisted"' out/delivery/c-2.json
    sleep 0.2
    deliver
    [ "$status" -eq 0 ]
    [ "$(taken | sort)" = "$(printf '<c-%d.5f@example.org>\n' 1 2 3)" ]
}

@test "one that waits is not tried before its time" {
    letters 1
    plain_smarthost --reply "mail=450 4.3.2 busy"
    deliver
    [[ $stderr == *"0 letters sent; 1 waiting, the first until 20"* ]]
    deliver
    [[ $stderr == *"0 letters sent; 1 waiting, the first until 20"* ]]
    grep -q '"tries":1,' out/delivery/c-1.json
}

@test "--until-done waits for it" {
    letters 2
    plain_smarthost --reply "rcpt@abuse@d1.example=451 4.7.1 greylisted*2"
    deliver --until-done --retry-after 0.2
    echo "$stderr"
    [ "$status" -eq 0 ]
    grep -q '"tries":3,' out/delivery/c-1.json
}

@test "--until-done waits for a server that is away" {
    letters 1
    plain_smarthost --reply "banner=421 4.3.2 coming up*2"
    deliver --until-done --retry-after 0.2
    echo "$stderr"
    [ "$status" -eq 0 ]
    [[ $stderr == *"tried again later"* ]]
}

@test "one that is put off for too long fails" {
    letters 1
    plain_smarthost --reply "rcpt=452 4.2.2 full"
    deliver --give-up 0
    [ "$status" -eq 1 ]
    [ "$(state)" = c-1:failed ]
    grep -q 'given up after 1 tries: 452 4.2.2 full' out/delivery/c-1.json
}

@test "what is refused for good is not tried again, unless it is asked for" {
    letters 2
    plain_smarthost --reply "rcpt@abuse@d1.example=550 5.1.1 nobody of that name*1"
    deliver
    [ "$status" -eq 1 ]
    [ "$(state)" = "c-1:failed c-2:sent" ]
    deliver
    [ "$(state)" = "c-1:failed c-2:sent" ]
    "$AJAR" deliver out --again c-1
    [ "$(state)" = "c-1:waiting c-2:sent" ]
    deliver
    [ "$status" -eq 0 ]
    [ "$(taken | wc -l)" -eq 2 ]
}

@test "a server that refuses the sender refuses us, not the letters" {
    letters 3
    plain_smarthost --reply "mail=553 5.7.1 not your address"
    deliver
    echo "$stderr"
    [ "$status" -eq 1 ]
    [[ $stderr == *"the smarthost says to MAIL: 553 5.7.1 not your address"* ]]
    [ "$(state)" = "c-1:waiting c-2:waiting c-3:waiting" ]
}

@test "a server that refuses everything is asked ten times" {
    letters 15
    plain_smarthost --reply "rcpt=554 5.7.1 relay access denied"
    deliver
    echo "$stderr"
    [ "$status" -eq 1 ]
    [[ $stderr == *"refused the first 10 letters; the last reply: 554 5.7.1 relay access denied"* ]]
    [ "$(state | tr ' ' '\n' | grep -c failed)" -eq 10 ]
}

@test "a connection that breaks before the letter's end costs nothing" {
    for step in banner ehlo mail rcpt data; do
        rm -rf log out/*
        letters 3
        plain_smarthost --drop "$step*1"
        deliver --until-done --retry-after 0.2
        stop_server
        echo "$step: $stderr"
        [ "$status" -eq 0 ]
        [ "$(taken | sort)" = "$(printf '<c-%d.5f@example.org>\n' 1 2 3)" ]
    done
}

@test "one that breaks in the midst of a letter, too, or the letter is uncertain: its end may have been on its way" {
    letters 3
    plain_smarthost --drop "body*1"
    deliver --until-done --retry-after 0.2
    echo "$stderr"
    [[ $(state) =~ ^c-1:(sent|uncertain)\ c-2:sent\ c-3:sent$ ]]
    [ "$(taken | sort | uniq -d)" = "" ]
}

@test "a letter that was refused leaves nothing behind for the next one" {
    letters 3
    plain_smarthost --reply "rcpt@abuse@d1.example=550 5.1.1 nobody"
    deliver
    [ "$(taken)" = "$(printf '<c-%d.5f@example.org>\n' 2 3)" ]
    [ "$(field size)" -eq "$(wc -c <out/c-2.eml)" ]
}

@test "a connection that breaks again and again at one letter holds up no other" {
    letters 3
    plain_smarthost --drop rcpt@abuse@d2.example
    deliver
    echo "$stderr"
    [ "$status" -eq 1 ]
    [ "$(state)" = "c-1:sent c-2:waiting c-3:sent" ]
}

@test "one that breaks between a letter's end and the answer leaves it uncertain: it is not sent again" {
    for step in end accepted; do
        rm -rf log out/*
        letters 2
        plain_smarthost --drop "$step*1"
        deliver --until-done --retry-after 0.2
        stop_server
        echo "$step: $stderr"
        [ "$status" -eq 1 ]
        [ "$(state)" = "c-1:uncertain c-2:sent" ]
        [[ $stderr == *"1 letter sent; 1 uncertain (see ajar deliver --list --state uncertain)"* ]]
    done
    [ "$(taken)" = "$(printf '<c-%d.5f@example.org>\n' 1 2)" ] # of "accepted": it had come
}

@test "what to do about an uncertain one is said, and can be" {
    letters 3
    plain_smarthost --drop "accepted*3"
    deliver
    [ "$(state)" = "c-1:uncertain c-2:uncertain c-3:uncertain" ]
    run "$AJAR" deliver out --list --state uncertain --table
    [[ $output == *"look for Message-ID <c-1.5f@example.org> in the log of 127.0.0.1:$PORT; then --mark-sent c-1, or --again c-1"* ]]
    "$AJAR" deliver out --mark-sent c-1 --mark-sent c-2
    "$AJAR" deliver out --again c-3
    [ "$(state)" = "c-1:sent c-2:sent c-3:waiting" ]
    deliver
    [ "$status" -eq 0 ]
    [ "$(taken | sort | uniq -c | awk '{print $1}' | tr '\n' ' ')" = "1 1 2 " ]
}

@test "only what is uncertain or failed is for a person to decide" {
    letters 1
    run --separate-stderr "$AJAR" deliver out --again c-1
    [ "$status" -eq 2 ]
    [ "$stderr" = "ajar deliver: c-1 is waiting: only one that failed or is uncertain can be sent again" ]
    run --separate-stderr "$AJAR" deliver out --mark-sent c-9
    [ "$status" -eq 2 ]
    [ "$stderr" = "ajar deliver: there is no letter 'c-9' in that folder" ]
}

@test "an answer that comes before the letter's end is believed by nobody" {
    letters 1
    plain_smarthost --reply "data=354 go on
250 2.0.0 queued already"
    deliver
    echo "$stderr"
    [ "$status" -eq 1 ]
    [ "$(state)" = c-1:waiting ]
    grep -q 'answered before it was asked' out/delivery/c-1.json
}

@test "without pipelining each command waits for its answer" {
    letters 3
    plain_smarthost --offer "" --reply "rcpt@abuse@d2.example=550 5.1.1 nobody*1"
    deliver
    echo "$stderr"
    [ "$(state)" = "c-1:sent c-2:failed c-3:sent" ]
}

@test "a letter that the server finds too large fails, and nothing else" {
    letters 2
    head -c 3000 /dev/zero | tr '\0' x | fold -w 70 >>out/c-1.eml
    plain_smarthost --offer "PIPELINING SIZE=2000"
    deliver
    [ "$(state)" = "c-1:failed c-2:sent" ]
    grep -q 'the letter is larger than the smarthost takes' out/delivery/c-1.json
}

@test "bounces come to an address with the letter's ticket, which nobody can make without the key" {
    letters 2
    plain_smarthost --offer "PIPELINING DSN"
    deliver --bounces bounces@example.org --ticket-key tickets
    echo "$stderr"
    [ "$status" -eq 0 ]
    [[ $stderr == *"tickets: made; keep it"* ]]
    [ "$(stat -c %a tickets)" = 600 ]
    [[ $(field from) =~ ^bounces\+c-1\.[a-z2-7]{16}@example\.org$ ]]
    [[ $(field mail) == *" RET=HDRS ENVID=c-1" ]]
    [[ $(cat out/delivery/c-2.json) == *'"sender":"bounces+c-2.'* ]]
    first=$(field from)
    rm -rf log out/delivery
    deliver --bounces bounces@example.org --ticket-key tickets
    [ "$(field from)" = "$first" ]
}

@test "a letter's own Return-Path is the envelope's sender, and not sent; with the key it gets a mark" {
    letters 1
    sed -i '1i Return-Path: <bounces+c-1@authority.example>\r' out/c-1.eml
    plain_smarthost
    deliver
    [ "$(field from)" = bounces+c-1@authority.example ]
    [ "$(field size)" -eq $(($(wc -c <out/c-1.eml) - 46)) ]
    rm -rf log out/delivery
    deliver --ticket-key tickets
    [[ $(field from) =~ ^bounces\+c-1\.[a-z2-7]{16}@authority\.example$ ]]
}

@test "--bounces needs the key" {
    run --separate-stderr "$AJAR" deliver out --smtp 127.0.0.1:1 --bounces b@example.org
    [ "$status" -eq 2 ]
}

@test "--dry-run says who would get what from whom, and connects to nobody" {
    letters 1
    letter c-2 'undisclosed-recipients:;'
    run --separate-stderr "$AJAR" deliver out --smtp 127.0.0.1:1 --dry-run
    [ "$status" -eq 0 ]
    [ "$output" = '{"letter":"c-1","to":"abuse@d1.example","sender":"project@example.org"}' ]
    [ "${stderr_lines[0]}" = "ajar deliver: c-2: would not be sent: To names no mailbox yet" ]
    [ "${stderr_lines[1]}" = "ajar deliver: by 127.0.0.1:1 (STARTTLS, verified)" ]
    [ ! -e out/delivery ]
}

dry_run() { run --separate-stderr "$AJAR" deliver out --smtp localhost:587 --dry-run "$@"; echo "$stderr"; }

@test "--dry-run looks at the password's file" {
    letters 1
    dry_run --auth auth
    [ "$status" -eq 0 ]
    [ "$stderr" = "ajar deliver: by localhost:587 (STARTTLS, verified, with a password)" ]
    chmod 644 auth
    dry_run --auth auth
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar deliver: auth: others may read it;"* ]]
    (umask 077 && echo anna >one)
    dry_run --auth one
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar deliver: one: it holds two lines, the user's name and the password, and no more" ]
    dry_run --auth nowhere
    [ "$status" -eq 1 ]
}

@test "--dry-run looks at what TLS would need" {
    letters 1
    dry_run --tls-ca good-ca.pem
    [ "$status" -eq 0 ]
    dry_run --tls-ca auth
    [ "$status" -eq 1 ]
    dry_run --tls-ca nowhere
    [ "$status" -eq 1 ]
    run --separate-stderr "$AJAR" deliver out --smtp 192.0.2.1:25 --tls none --dry-run
    [ "$status" -eq 2 ]
}

# The letters of out/ in a Maildir, and in a mailbox file.
boxed() {
    python3 - <<'EOF'
import mailbox, os
for box in mailbox.Maildir("box"), mailbox.mbox("mbox"):
    for name in sorted(os.listdir("out")):
        with open("out/" + name, "rb") as file:
            box.add(file.read().replace(b"\r\n", b"\n"))
    box.close()
EOF
}

@test "letters of a Maildir or a mailbox file, each once" {
    for i in 1 2 3; do
        letter "c-$i" "abuse@d$i.example"
        sed -i "1i X-Ajar-Case: c-$i\r" "out/c-$i.eml"
    done
    printf 'From here on\r\n' >>out/c-3.eml
    boxed
    plain_smarthost
    for source in box mbox; do
        rm -f log
        run --separate-stderr "$AJAR" deliver $source "${TO[@]}"
        echo "$stderr"
        [ "$status" -eq 0 ]
        [ "${stderr_lines[0]}" = "ajar deliver: 3 letters of $source taken over into $source.delivery" ]
        [ "$(taken | sort)" = "$(printf '<c-%d.5f@example.org>\n' 1 2 3)" ]
        diff out/c-3.eml $source.delivery/c-3.eml
        run --separate-stderr "$AJAR" deliver $source "${TO[@]}"
        [ "${stderr_lines[0]}" = "ajar deliver: 0 letters of $source taken over into $source.delivery" ]
        [ "$(taken | wc -l)" -eq 3 ]
        run "$AJAR" deliver $source --list --table
        [[ ${lines[1]} == "sent         c-2  abuse@d2.example"* ]]
    done
}

@test "two letters about one case have two names; what is no letter is told and left" {
    letter c-1 abuse@d1.example "<c-1.a@example.org>"
    letter c-2 abuse@d1.example "<c-1.b@example.org>"
    sed -i "1i X-Ajar-Case: c-1\r" out/*.eml
    printf 'Subject: note\n\nhello\n' >out/c-3.eml
    boxed
    plain_smarthost
    run --separate-stderr "$AJAR" deliver mbox "${TO[@]}"
    echo "$stderr"
    [ "$status" -eq 0 ]
    [ "${stderr_lines[0]}" = "ajar deliver: mbox: mail 3: not sent: it has no Message-ID: it is no letter of 'ajar notify'" ]
    [ -e mbox.delivery/c-1.eml ]
    [ -e mbox.delivery/c-1-2.eml ]
    [ "$(taken | sort)" = "$(printf '<c-1.%s@example.org>\n' a b)" ]
}

@test "a letter without a recipient waits for one" {
    letter c-1 'undisclosed-recipients:;'
    letter c-2 'a@x.example, b@x.example, c@x.example, d@x.example, e@x.example, f@x.example'
    letter c-3 'Abuse Desk <abuse@x.example>'
    plain_smarthost
    deliver
    [ "$status" -eq 1 ]
    [ "$(state)" = "c-1:unaddressed c-2:waiting c-3:sent" ]
    [[ $stderr == *"c-2: not sent: To names 6 mailboxes, and may name 5"* ]]
    [[ $stderr == *"1 letter sent; 2 can't be sent as they are"* ]]
    letter c-1 abuse@y.example
    deliver
    [ "$(state)" = "c-1:sent c-2:waiting c-3:sent" ]
}

@test "a letter to several goes to each of them at once, and who is refused keeps it from no other" {
    letter c-1 'a@x.example, b@x.example'
    letter c-2 'a@x.example, gone@x.example'
    plain_smarthost --reply 'rcpt@gone@x.example=550 5.1.1 nobody'
    deliver
    [ "$status" -eq 0 ]
    [ "$(state)" = "c-1:sent c-2:sent" ]
    [ "$(python3 -c 'import json; print(*sorted("+".join(json.loads(line)["to"]) for line in open("log")))')" = "a@x.example a@x.example+b@x.example" ]
    run "$AJAR" deliver out --list --json
    [[ $output == *"1 of 2 recipients was refused: 550 5.1.1 nobody"* ]]
}

@test "another letter under the name of one that was sent is not taken for it" {
    letters 1
    plain_smarthost
    deliver
    letter c-1 abuse@other.example "<another@example.org>"
    deliver
    [ "$status" -eq 0 ]
    [ "$(taken | wc -l)" -eq 1 ]
    run "$AJAR" deliver out --list --table
    [[ $output == *"is another one now; give it another name"* ]]
}

@test "letters to one domain are paced" {
    for i in 1 2 3; do letter "c-$i" "abuse@same.example"; done
    letter c-4 abuse@other.example
    plain_smarthost
    begun=$(date +%s%N)
    deliver --rate-domain 60
    took=$((($(date +%s%N) - begun) / 1000000))
    echo "$took ms"
    [ "$status" -eq 0 ]
    [ "$took" -ge 2000 ]
    [ "$(taken | head -n 2 | sort)" = "$(printf '<c-%d.5f@example.org>\n' 1 4)" ] # the other one did not wait
}

@test "two can't send from one folder" {
    letters 9
    plain_smarthost --slow 0.3
    "$AJAR" deliver out "${TO[@]}" 3>&- &
    first=$!
    await_first
    deliver
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar deliver: out: somebody else sends letters from there now" ]]
    kill "$first"
    wait "$first" || true
    [ "$(taken | sort | uniq -d | wc -l)" -eq 0 ]
}

@test "Ctrl-C, which reaches all of its processes, ends it between two letters, too" {
    letters 9
    plain_smarthost --slow 0.1
    setsid "$AJAR" deliver out "${TO[@]}" 2>err 3>&- &
    first=$!
    await_first
    kill -INT -- "-$first"
    wait "$first" || true
    cat err
    grep -q 'stopped; what was not sent is waiting' err
    [ "$(state | tr ' ' '\n' | grep -c uncertain)" -eq 0 ]
    [ "$(state | tr ' ' '\n' | grep -c sent)" -eq "$(taken | wc -l)" ]
}

@test "an IPv6 address" {
    letters 1
    smarthost --address ::1
    TO=(--smtp "[::1]:$PORT" --tls none)
    deliver
    echo "$stderr"
    [ "$status" -eq 0 ]
}

@test "a server that does not answer in time" {
    letters 1
    plain_smarthost --slow 3
    run --separate-stderr "$AJAR" deliver out "${TO[@]}" --timeout 1
    echo "$stderr"
    [ "$status" -eq 1 ]
    [[ $stderr == *"no answer in time"* ]]
    [ "$(state)" = c-1:waiting ]
}

@test "a server that talks nonsense" {
    letters 1
    for banner in "hello" "$(head -c 70000 /dev/zero | tr '\0' 2)" "220-never ends"; do
        plain_smarthost --reply "banner=$banner"
        run --separate-stderr "$AJAR" deliver out "${TO[@]}" --timeout 1
        stop_server
        echo "$stderr" | cut -c1-300
        [ "$status" -eq 1 ]
        [ "$(state)" = c-1:waiting ]
    done
}

@test "SIGTERM ends it between two letters" {
    letters 9
    plain_smarthost --slow 0.1
    "$AJAR" deliver out "${TO[@]}" 2>err 3>&- &
    first=$!
    await_first
    kill "$first"
    wait "$first" || true
    cat err
    grep -q 'stopped; what was not sent is waiting' err
    [ "$(state | tr ' ' '\n' | grep -c uncertain)" -eq 0 ]
    [ "$(state | tr ' ' '\n' | grep -c sent)" -eq "$(taken | wc -l)" ]
    deliver
    [ "$(taken | sort -u | wc -l)" -eq 9 ]
    [ "$(taken | wc -l)" -eq 9 ]
}

@test "killed at fifty moments: no letter is lost, none is sent twice, and a kill leaves one uncertain at most" {
    run python3 -B "$BATS_TEST_DIRNAME/deliver_kill.py" "$AJAR" moments 50
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "killed at fifty of its writes, as between the server's answer and the note of it, the same" {
    command -v strace >/dev/null || skip "strace is not installed (make deps)"
    run python3 -B "$BATS_TEST_DIRNAME/deliver_kill.py" "$AJAR" writes 50
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "after twenty power cuts, which take what was not put on the disk, no letter is lost, none is sent twice" {
    run python3 -B "$BATS_TEST_DIRNAME/deliver_kill.py" "$AJAR" power 20
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "what is not begun when it is killed is no letter that nobody knows of" {
    letters 9
    plain_smarthost --slow 0.1
    "$AJAR" deliver out "${TO[@]}" 2>err 3>&- &
    first=$!
    await_first
    kill -KILL "$first"
    wait "$first" || true
    sleep 0.5
    deliver
    state
    [ "$(state | tr ' ' '\n' | grep -c uncertain)" -le 1 ]
    [ "$(taken | sort | uniq -d | wc -l)" -eq 0 ]
}

@test "--list says what becomes of letters while they are sent" {
    letters 9
    plain_smarthost --slow 0.1
    "$AJAR" deliver out "${TO[@]}" --rate 0 2>err 3>&- &
    first=$!
    await_first
    sleep 0.3
    now=$(state)
    kill "$first"
    wait "$first" || true
    echo "$now"
    [[ $now == "c-1:sent "*" c-9:waiting" ]]
}

@test "by way of a real Postfix, whose bounce is matched to its letter" {
    [ -x /usr/lib/postfix/sbin/smtpd ] || skip "Postfix is not installed (make deps)"
    place=$(mktemp -d /tmp/ajar-letters.XXXXXX)
    cp "$BATS_TEST_DIRNAME"/../lab/*.py "$BATS_TEST_DIRNAME"/{smarthost,cyrus}.py "$AJAR" "$place"
    cp good-ca.pem "$place/ca.pem"
    cp localhost.pem "$place/server.pem"
    cp server.key "$place"
    run=(env "TMPDIR=$place" timeout 100 /usr/bin/python3 -B "$place/letters.py" "$place/ajar" "$place/smarthost.py" "$place")
    if [ "$(id -u)" -eq 0 ]; then # as in tests/lab/run.sh
        chown -R nobody:nogroup "$place"
        run=(setpriv --reuid nobody --regid nogroup --clear-groups --inh-caps -all --bounding-set -all --no-new-privs "${run[@]}")
    fi
    run "${run[@]}" 3>&-
    rm -rf "$place"
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "what can't be written down is not sent" {
    letters 2
    plain_smarthost
    "$AJAR" deliver out --list >before
    run bash -c 'ulimit -f 0; exec "$@" 2>&1' - "$AJAR" deliver out "${TO[@]}"
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output == *"out/delivery/journal: File too large"* ]]
    [ ! -e log ]
    [ "$(state)" = "c-1:waiting c-2:waiting" ]
    [ ! -e out/delivery/c-1.json ]
    [ ! -s out/delivery/journal ]
}

@test "a state that can't be read stops it, and names the file" {
    letters 2
    mkdir out/delivery
    echo '{"letter":"c-1","state":"lost"}' >out/delivery/c-1.json
    plain_smarthost
    deliver
    [ "$status" -eq 1 ]
    [[ $stderr == *"out/delivery/c-1.json: it does not say what has become of the letter; nothing is sent until it does"* ]]
    [ ! -e log ]
}

@test "wrong usage" {
    for words in "" "--list --again c-1" "--smtp a:b:c" "--smtp h:0" "--smtp h --tls yes" "--list --state lost" "--smtp h:1 --rate -1"; do
        # shellcheck disable=SC2086
        run --separate-stderr "$AJAR" deliver out $words
        echo "$words: $stderr"
        [ "$status" -eq 2 ]
    done
    run "$AJAR" deliver nowhere --list
    [ "$status" -eq 1 ]
}
