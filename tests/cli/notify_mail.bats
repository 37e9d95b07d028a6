#!/usr/bin/env bats
# shellcheck disable=SC2012,SC2154
bats_require_minimum_version 1.5.0
# What the letters of ajar notify are as messages, and where they go: read by other programs (mail_check.py).

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    TESTS=$(realpath tests/cli)
    PROFILE=$(realpath lang/profiles/secure-your-server.lua)
    cd "$BATS_TEST_TMPDIR" || return 1
    python3 -B "$TESTS/notify_bundle.py" . c-1:relay/third-party:open c-2:proxy/socks5:open c-3:proxy/http-get:suspect
}

look() { /usr/bin/python3 -B "$TESTS/mail_check.py" "$@"; }

# The example profile with more keys.
profile() { sed "s|^  retest = |  $1\n&|" "$PROFILE" >profile.lua; }

@test "the last part is a XARF report that is valid" {
    "$AJAR" notify evidence.tar --each --out out --include-suspect
    for letter in out/c-1.eml out/c-2.eml out/c-3.eml; do
        [ "$(look types "$letter")" = "multipart/mixed text/plain application/json" ]
        look xarf "$letter" >>reports
    done
    [ "$(jq -r '.type + " " + .service + " " + (.confidence | tostring)' reports | tr '\n' ',')" = \
        "misconfiguration smtp 1,open_service socks5 1,open_service http-proxy 0.5," ]
    [ "$(jq -r 'select(.service == "smtp").evidence[] | select(.content_type == "message/rfc822").payload' reports |
        base64 -d | grep -c abcdefghijklmnopqrstuvwxyz234567)" -ge 1 ]
    [ "$(jq -r .report_id reports | sort -u | wc -l)" -eq 3 ]
}

@test "--machine arf: about a relay a feedback report with the mail that came back, else XARF" {
    "$AJAR" notify evidence.tar --each --out out --machine arf
    [ "$(look types out/c-1.eml)" = "multipart/report text/plain message/feedback-report text/plain message/rfc822 text/plain" ]
    look field Content-Type out/c-1.eml | grep -q 'report-type="feedback-report"'
    grep -A8 "^Content-Type: message/feedback-report" out/c-1.eml >feedback
    grep -q "^Feedback-Type: abuse" feedback
    grep -q "^Version: 1" feedback
    grep -q "^User-Agent: ajar/" feedback
    grep -q "^Source-IP: 192.0.2.1" feedback
    look part 2 out/c-1.eml | grep -q abcdefghijklmnopqrstuvwxyz234567
    look xarf out/c-2.eml >/dev/null
}

@test "--machine intelmq: an event on one line" {
    "$AJAR" notify evidence.tar --each --out out --machine intelmq
    look part 1 out/c-1.eml >events
    look part 1 out/c-2.eml >>events
    [ "$(wc -l <events)" -eq 2 ]
    [ "$(jq -r '[."classification.taxonomy", ."classification.type", ."classification.identifier", ."protocol.application",
        ."source.ip", (."source.port" | tostring)] | join(" ")' events | tr '\n' ',')" = \
        "vulnerable vulnerable-system openrelay smtp 192.0.2.1 25,other proxy openproxy socks5 192.0.2.1 1080," ]
}

@test "--machine none: the text alone; what is no form is wrong usage" {
    "$AJAR" notify evidence.tar --each --out out --machine none
    [ "$(look types out/c-1.eml)" = text/plain ]
    run -2 --separate-stderr "$AJAR" notify evidence.tar --each --out out2 --machine yaml
    [[ $stderr == *"'yaml' is none of xarf, arf, intelmq and none"* ]]
}

@test "a letter is signed by RSA and by Ed25519, and another program verifies both" {
    openssl genrsa -traditional -out rsa.pem 2048 2>/dev/null
    openssl genpkey -algorithm ed25519 -out ed.pem 2>/dev/null
    chmod 600 ./*.pem
    rsa="v=DKIM1; k=rsa; p=$(openssl rsa -in rsa.pem -pubout -outform DER 2>/dev/null | base64 -w0)"
    ed="v=DKIM1; k=ed25519; p=$(openssl pkey -in ed.pem -pubout -outform DER | tail -c 32 | base64 -w0)"
    names=("r1._domainkey.secure-your-server.example=$rsa" "e1._domainkey.mail.example.org=$ed")
    for form in xarf arf none; do
        "$AJAR" notify evidence.tar --each --out $form --machine $form --to "Ærlig <abuse@example.net>" \
            --dkim r1:rsa.pem --dkim e1@mail.example.org:ed.pem --lang nb
        for letter in $form/c-1.eml $form/c-2.eml; do
            [ "$(look dkim "$letter" "${names[@]}" | tr '\n' ',')" = "rsa-sha256 good,ed25519-sha256 good," ]
        done
    done
    for change in 's/192\.0\.2\.1/192.0.2.2/' 's/^Subject: /&x/' 's/^From: .*/&\r\nFrom: me@example.org/'; do
        sed "$change" xarf/c-1.eml >changed.eml
        [ "$(look dkim changed.eml "${names[@]}" | tr '\n' ',')" = "rsa-sha256 BAD,ed25519-sha256 BAD," ]
    done
}

@test "a letter without a recipient is signed so that one can be filled in" {
    openssl genpkey -algorithm ed25519 -out ed.pem 2>/dev/null
    chmod 600 ed.pem
    "$AJAR" notify evidence.tar --each --out out --dkim e1:ed.pem
    sed 's/^To: .*/To: abuse@example.net\r/' out/c-1.eml >filled.eml
    ed="v=DKIM1; k=ed25519; p=$(openssl pkey -in ed.pem -pubout -outform DER | tail -c 32 | base64 -w0)"
    [ "$(look dkim filled.eml "e1._domainkey.secure-your-server.example=$ed")" = "ed25519-sha256 good" ]
}

@test "a key that others can read, none at all, and words that name none sign nothing" {
    openssl genpkey -algorithm ed25519 -out ed.pem 2>/dev/null
    chmod 644 ed.pem
    run -1 --separate-stderr "$AJAR" notify evidence.tar --each --out out --dkim e1:ed.pem
    [[ $stderr == "ajar notify: ed.pem: others can read or change this secret key (mode 0644)"* ]]
    run -1 --separate-stderr "$AJAR" notify evidence.tar --each --out out --dkim e1:evidence.tar
    run -2 --separate-stderr "$AJAR" notify evidence.tar --each --out out --dkim ed.pem
    [[ $stderr == *"is not SELECTOR[@DOMAIN]:FILE"* ]]
    [ ! -e out/c-1.eml ]
}

@test "--mbox adds to a mailbox that other programs read" {
    run --separate-stderr "$AJAR" notify evidence.tar --each --mbox box
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ "$stderr" = "2 letters written; 1 case is not open" ]
    "$AJAR" notify evidence.tar --each --mbox box
    [ "$(look mbox box | wc -l)" -eq 4 ]
    [ "$(look mbox box | sort -u | head -n 1)" = "Secure Your Server: open mail server at 192.0.2.1, port 25" ]
    [ ! -e box.lock ]
}

@test "a run that fails leaves the mailbox as it was" {
    printf 'From a@b Tue Nov 24 02:10:16 2026\nSubject: x\n\nx\n\n' >box
    cp box before
    run -1 --separate-stderr bash -c "ulimit -f 8; \"$AJAR\" notify evidence.tar --each --mbox box"
    [[ $stderr == "ajar notify: box: "* ]]
    cmp box before
    [ ! -e box.lock ]
}

@test "--maildir delivers into a Maildir, and prints the files' names" {
    run --separate-stderr "$AJAR" notify evidence.tar --each --maildir box
    [ "$status" -eq 0 ]
    [ "$(ls box/new | sed 's|^|box/new/|')" = "$(sort <<<"$output")" ]
    [ "$(ls box/tmp | wc -l)" -eq 0 ]
    [ "$(look maildir box | wc -l)" -eq 2 ]
    run ! grep -q $'\r' box/new/*
}

@test "--dry-run says what would go to whom, and writes nothing" {
    run --separate-stderr "$AJAR" notify evidence.tar --each --out out --to abuse@example.net --dry-run
    [ "$status" -eq 0 ]
    [ "$stderr" = "2 letters would be written; 1 case is not open" ]
    [ "$(cut -f1-3 <<<"$output" | tr '\t\n' ' ,')" = "c-1 192.0.2.1:25 abuse@example.net,c-2 192.0.2.1:1080 abuse@example.net," ]
    [ ! -e out ]
}

@test "letters go to one place" {
    run -2 --separate-stderr "$AJAR" notify evidence.tar --each --out out --mbox box
    [[ $stderr == *"exclude each other"* ]]
    run -2 --separate-stderr "$AJAR" notify evidence.tar
    [[ $stderr == *"give --out DIR, --mbox FILE, --maildir DIR or --pdf DIR"* ]]
}

@test "the profile's way out is one click, and its bounces tell the case" {
    profile 'unsubscribe = { url = "https://example.org/stop/{case}", mail = "stop@example.org" }, bounces = "bounces@example.org",'
    "$AJAR" notify evidence.tar --each --out out --profile profile.lua
    [ "$(look field List-Unsubscribe out/c-1.eml)" = \
        "<https://example.org/stop/c-1>, <mailto:stop@example.org?subject=stop%20c-1>" ]
    [ "$(look field List-Unsubscribe-Post out/c-1.eml)" = "List-Unsubscribe=One-Click" ]
    [ "$(look field Return-Path out/c-2.eml)" = "<bounces+c-2@example.org>" ]
    [ "$(look field X-Ajar-Case out/c-2.eml)" = c-2 ]
    "$AJAR" notify evidence.tar --each --mbox box --profile profile.lua
    grep -q "^From bounces+c-1@example.org " box
}

@test "what a profile says wrong of them is named" {
    profile 'unsubscribe = { url = "http://example.org/" },'
    run -1 --separate-stderr "$AJAR" notify evidence.tar --each --out out --profile profile.lua
    [[ $stderr == *"the key 'unsubscribe' must be a table"* ]]
    profile 'bounces = "nobody",'
    run -1 --separate-stderr "$AJAR" notify evidence.tar --each --out out --profile profile.lua
    [[ $stderr == *"the key 'bounces' must be a mail address"* ]]
}

@test "a reminder names the letter that it follows, by an id that is the same each time" {
    "$AJAR" notify evidence.tar --each --out first
    "$AJAR" notify evidence.tar --each --out again --tone first
    [ "$(look field Message-ID first/c-1.eml)" = "$(look field Message-ID again/c-1.eml)" ]
    [ "$(look field Message-ID first/c-1.eml)" != "$(look field Message-ID first/c-2.eml)" ]
    printf 'return { code = "en", tone = "reminder", builds_on = "en", summary = "s", messages = {} }\n' >reminder.lua
    "$AJAR" notify evidence.tar --each --out later --letter reminder.lua --tone reminder --follows first
    for field in In-Reply-To References; do
        [ "$(look field $field later/c-1.eml)" = "$(look field Message-ID first/c-1.eml)" ]
    done
    [ "$(look field Message-ID later/c-1.eml)" != "$(look field Message-ID first/c-1.eml)" ]
    [ "$(look field References first/c-1.eml)" = None ]
}
