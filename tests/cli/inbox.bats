#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2030,SC2031
bats_require_minimum_version 1.5.0
# ajar inbox: what comes back, in the shapes in which programs in the field send it (inbox_mails.py).

CASE=c-0011223344556677
ID="<$CASE.5f@example.org>"

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    HERE=$BATS_TEST_DIRNAME
    cd "$BATS_TEST_TMPDIR" || exit
    mkdir out
    printf '%s\r\n' "From: Project <project@example.org>" "To: abuse@victim.example" "Message-ID: $ID" \
        "Subject: An open mail server" "Date: Sat, 28 Nov 2026 02:00:00 +0000" "" "Dear owner" >"out/$CASE.eml"
    (umask 077 && printf '%064d\n' 7 >key)
    BOUNCE=$("$AJAR" deliver out --smtp h:1 --dry-run --json --bounces bounces@example.org --ticket-key key |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["sender"])')
    OURS=(--ticket-key key --letters out --bounces bounces@example.org --retest retest@example.org
        --objection objections@example.org --stop-letters stop@example.org)
}

mails() { python3 -B "$HERE/inbox_mails.py" mails "$@"; }
came_back() { mails "$BOUNCE" "$ID" "$CASE"; }

# "NAME: FIELD…" of each mail.
sorted() { # FIELD…
    python3 -c 'import json, sys
for mail in map(json.loads, sys.stdin): print(mail["mail"] + ":", *(mail.get(name, "-") for name in sys.argv[1:]))' "$@"
}

@test "each is what it is, and about the letter it is about" {
    came_back
    "$AJAR" inbox mails "${OURS[@]}" >lines 2>err
    sorted kind match certain <lines >got
    cat got
    diff got - <<EOF
auto-de: auto-reply address True
auto-en: auto-reply address True
auto-field: auto-reply message-id True
auto-fr: auto-reply address True
auto-ja: auto-reply address True
auto-nb: auto-reply address True
auto-precedence: auto-reply message-id True
auto-ru: auto-reply address True
auto-zh: auto-reply address True
bare: bounced address True
exchange: bounced address True
exim: bounced address True
exim-old: bounced address True
forged: bounced none False
gmail: bounced address True
objection: objection subject False
other: other message-id True
postfix: bounced address True
postfix-delayed: delayed address True
postfix-delivered: delivered address True
qmail: bounced address True
retest-code: retest subject False
retest-german: retest message-id True
retest-quoted: other message-id True
retest-thread: retest message-id True
stop-letters: stop-letters subject False
stop-tests: stop-tests subject False
stranger: other none False
subject-alone: other subject False
unsubscribe: stop-letters subject False
EOF
    cat err
    [ "$(cat err)" = "30 mails: 8 bounced, 1 delayed, 1 delivered, 9 auto-reply, 3 retest, 1 stop-tests, 2 stop-letters, 1 objection, 4 other; 4 that ask for something may be anybody's; 1 with a forged mark" ]
    [ "$(grep -c "\"ticket\":\"$CASE\"" lines)" -eq 28 ]
}

@test "a report says why" {
    came_back
    "$AJAR" inbox mails "${OURS[@]}" 2>err | sorted status recipient by >got
    grep -qx 'postfix: 5.1.1 abuse@victim.example report' got
    grep -qx 'exim: 5.0.0 abuse@victim.example report' got
    grep -qx 'exchange: 5.1.10 abuse@victim.example report' got
    grep -qx 'gmail: 5.1.1 abuse@victim.example report' got
    grep -qx 'qmail: - - words' got
}

@test "a mark that is not the letter's is forged, and matches nothing" {
    came_back
    "$AJAR" inbox mails "${OURS[@]}" 2>err | sorted forged ticket >got
    grep -qx 'forged: True -' got
    [ "$(grep -c True got)" -eq 1 ]
}

@test "without the key no address is certain; the Message-ID is" {
    came_back
    "$AJAR" inbox mails --letters out --bounces bounces@example.org 2>err | sorted match certain >got
    grep -qx 'exim: message-id True' got
    grep -qx 'bare: none False' got
}

@test "without the letters a case's name is told by its form" {
    came_back
    "$AJAR" inbox mails --retest retest@example.org 2>err | sorted kind ticket match >got
    grep -qx "retest-code: retest $CASE subject" got
    grep -qx "postfix: bounced $CASE report" got
    grep -qx "other: other - none" got
}

@test "an address without a mark is a match, and not certain" {
    mails "bounces+$CASE@example.org" "<x@y>" none
    "$AJAR" inbox mails --bounces bounces@example.org 2>err | sorted match certain >got
    grep -qx 'postfix: plain-address False' got
}

@test "the addresses can be the profile's" {
    came_back
    sed "s/retest@secure-your-server.example/retest@example.org/; s/objections@secure-your-server.example/objections@example.org/" \
        "$OLDPWD/lang/profiles/secure-your-server.lua" >profile.lua
    "$AJAR" inbox mails --profile profile.lua 2>err | sorted kind by >got
    grep -qx 'objection: objection address' got
}

@test "the address of List-Unsubscribe has a mark, too, when the letters were written with the key" {
    cp -r "$OLDPWD/tests/cli/notify_bundle.py" .
    (cd "$OLDPWD" && python3 tests/cli/notify_bundle.py "$BATS_TEST_TMPDIR" c-00112233445566aa:relay/third-party:open)
    sed 's/^  links = {/  bounces = "bounces@example.org", unsubscribe = { mail = "stop@example.org" },\n&/' \
        "$OLDPWD/lang/profiles/secure-your-server.lua" >profile.lua
    "$AJAR" notify evidence.tar --out written --profile profile.lua --ticket-key key --to abuse@victim.example
    letter=written/c-00112233445566aa.eml
    mark=$(grep -o 'stop+c-00112233445566aa\.[a-z2-7]*@example.org' "$letter")
    grep -q '^Return-Path: <bounces+c-00112233445566aa\.[a-z2-7]*@example.org>' "$letter"
    mkdir -p one/new
    printf '%s\n' "From: owner@victim.example" "To: $mark" "Subject: stop c-00112233445566aa" "" "" >one/new/marked
    printf '%s\n' "From: stranger@else.example" "To: stop@example.org" "Subject: stop c-00112233445566aa" "" "" >one/new/plain
    "$AJAR" inbox one --letters written --ticket-key key --profile profile.lua 2>err | sorted kind match certain >got
    cat got err
    diff got - <<EOF
marked: stop-letters address True
plain: stop-letters subject False
EOF
}

@test "the addresses that a letter tells its reader have its mark, too: only who has had it can ask for a test, or for none" {
    cp -r "$OLDPWD/tests/cli/notify_bundle.py" .
    (cd "$OLDPWD" && python3 tests/cli/notify_bundle.py "$BATS_TEST_TMPDIR" c-00112233445566aa:relay/third-party:open)
    "$AJAR" notify evidence.tar --out written --ticket-key key --to abuse@victim.example
    python3 -B - written/*.eml >addresses <<'EOF'
import email, email.policy, re, sys
message = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
text = next(part for part in message.walk() if part.get_content_type() == "text/plain").get_content()
print(*sorted(set(re.findall(r"[a-z]+\+c-[0-9a-f]+\.[a-z2-7]{16}@[a-z.-]+[a-z]", text.replace("\n", " ")))), sep="\n")
assert not re.search(r"(retest|objections)@", text), text
EOF
    cat addresses
    [ "$(cut -d. -f1 addresses | tr '\n' ' ')" = "objections+c-00112233445566aa retest+c-00112233445566aa " ]
    retest=$(grep retest addresses)
    objection=$(grep objections addresses)
    domain=${retest#*@}
    mkdir -p one/new
    mail() { # NAME FROM TO SUBJECT
        printf '%s\n' "From: $2" "To: $3" "Subject: $4" "" "" >"one/new/$1"
    }
    mail fixed owner@victim.example "$retest" "RETEST c-00112233445566aa"
    mail fixed-words owner@victim.example "$retest" "we are done"
    mail moved owner@victim.example "${retest/retest/objections}" "STOP-TESTS c-00112233445566aa"
    mail object owner@victim.example "$objection" "this is no server of ours"
    mail stop owner@victim.example "$objection" "STOP-TESTS c-00112233445566aa"
    mail stranger stranger@else.example "retest@$domain" "RETEST c-00112233445566aa"
    mail stranger-stop stranger@else.example "objections@$domain" "STOP-LETTERS c-00112233445566aa"
    "$AJAR" inbox one --letters written --ticket-key key --profile "$OLDPWD/lang/profiles/secure-your-server.lua" 2>err >lines
    sorted kind match certain forged <lines >got
    cat got err
    diff got - <<EOF
fixed: retest address True -
fixed-words: retest address True -
moved: stop-tests subject False True
object: objection address True -
stop: stop-tests address True -
stranger: retest subject False -
stranger-stop: stop-letters subject False -
EOF
    grep -q "; 3 that ask for something may be anybody's; 1 with a forged mark" err
}

@test "a mailbox in one file" {
    came_back
    for mail in mails/new/*; do
        echo "From MAILER-DAEMON Sat Nov 28 02:10:00 2026"
        sed 's/^>*From />&/' "$mail"
        echo
    done >mbox
    "$AJAR" inbox mails "${OURS[@]}" 2>err | sorted kind ticket match | cut -d: -f2 >folder
    "$AJAR" inbox mbox "${OURS[@]}" 2>err | sorted kind ticket match | cut -d: -f2 >file
    diff folder file
    "$AJAR" inbox - "${OURS[@]}" <mbox 2>err | sorted kind ticket match | cut -d: -f2 | diff folder -
    : >empty
    run --separate-stderr "$AJAR" inbox empty
    [ "$status" -eq 0 ]
    [ "$stderr" = "0 mails" ]
}

@test "hostile mails are read, or cost themselves alone" {
    mails hostile
    cp "$HERE/inbox_mails.py" . && python3 -B inbox_mails.py good "$BOUNCE" "$ID" "$CASE"
    cp good/new/postfix mails/new/z-postfix
    run --separate-stderr "$AJAR" inbox mails "${OURS[@]}"
    echo "$stderr"
    [ "${#lines[@]}" -eq 12 ]
    printf '%s\n' "${lines[@]}" | python3 -c 'import json, sys
for mail in map(json.loads, sys.stdin):
    assert all(text.isprintable() for text in mail.values() if isinstance(text, str)), mail
    assert len(json.dumps(mail)) < 60000
assert mail["kind"] == "bounced" and mail["certain"], mail'
    "$AJAR" inbox mails --table >table 2>err
    [ "$(wc -l <table)" -eq 12 ]
    [ -z "$(LC_ALL=C tr -d '\n -~\200-\377' <table)" ]
}

@test "what came back settles an uncertain letter, where it is certain" {
    came_back
    mkdir out/delivery
    echo "{\"letter\":\"$CASE\",\"state\":\"uncertain\",\"message_id\":\"$ID\",\"said\":\"lost\"}" >"out/delivery/$CASE.json"
    mkdir -p one/new
    cp mails/new/subject-alone mails/new/forged one/new
    "$AJAR" inbox one "${OURS[@]}" --settle
    grep -q '"state":"uncertain"' out/delivery/*.json
    cp mails/new/auto-en one/new
    run --separate-stderr "$AJAR" inbox one "${OURS[@]}" --settle
    [[ $stderr == *"; 1 uncertain letter was sent" ]]
    grep -q '"said":"it was sent: auto-reply came back"' out/delivery/*.json
    grep -q '"state":"sent"' out/delivery/*.json
}

@test "nothing is changed in the mailbox" {
    came_back
    find mails -type f -exec sha256sum {} + | sort >before
    "$AJAR" inbox mails "${OURS[@]}" >lines 2>err
    find mails -type f -exec sha256sum {} + | sort | diff before -
}

@test "what is no mailbox is said to be none" {
    mkdir folder
    echo "Hello" >text
    for path in folder text none; do
        run --separate-stderr "$AJAR" inbox "$path"
        echo "$stderr"
        [ "$status" -eq 1 ]
        [ -n "$stderr" ]
    done
    run --separate-stderr "$AJAR" inbox text --letters none
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar inbox: none: No such file or directory" ]
    run --separate-stderr "$AJAR" inbox folder --settle
    [ "$status" -eq 2 ]
    chmod 644 key
    run --separate-stderr "$AJAR" inbox text --ticket-key key
    [ "$status" -eq 1 ]
    [[ $stderr == *"others may read it"* ]]
}

@test "the words are such as can be found" {
    python3 - "$OLDPWD/data/inbox.json" <<'EOF'
import json, sys, unicodedata
with open(sys.argv[1], encoding="utf-8") as file:
    words = json.load(file)
for kind, list in words.items():
    for word in list if kind != "note" else []:
        assert word == unicodedata.normalize("NFKC", word).casefold(), word
EOF
}

@test "what comes back about a letter on several findings names its cases" {
    python3 -B "$HERE/notify_bundle.py" . c-1:relay/third-party:open c-2:proxy/socks5:open
    sed 's/^  contact = .*/&\n  bounces = "bounces@example.org",/' "$HERE/../../lang/profiles/secure-your-server.lua" >profile.lua
    "$AJAR" notify evidence.tar --to abuse@victim.example --out letters --profile profile.lua --ticket-key key
    file=(letters/g-*.eml)
    ticket=$(basename "${file[0]}" .eml)
    bounce=$(sed -n 's/^Return-Path: <\(.*\)>.*/\1/p' "${file[0]}" | tr -d '\r')
    [[ $bounce == "bounces+$ticket."*@example.org ]]
    mkdir -p back/new
    printf '%s\n' "From: MAILER-DAEMON@mx.victim.example" "To: $bounce" "Subject: Undelivered Mail Returned to Sender" "" \
        "no such user" >back/new/bounce
    printf '%s\n' "From: admin@victim.example" "To: retest@secure-your-server.example" "Subject: Re: RETEST $ticket" "" \
        "It is closed." >back/new/retest
    "$AJAR" inbox back --ticket-key key --letters letters --profile profile.lua --json >lines
    python3 - "$ticket" <<'END'
import json, sys
mails = {mail["mail"]: mail for mail in map(json.loads, open("lines"))}
assert mails["bounce"]["kind"] == "bounced" and mails["bounce"]["certain"], mails
assert mails["retest"]["kind"] == "retest", mails
assert all(mail["ticket"] == sys.argv[1] and mail["cases"] == ["c-1", "c-2"] for mail in mails.values()), mails
END
}
