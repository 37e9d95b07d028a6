#!/usr/bin/env bats
# shellcheck disable=SC2154
bats_require_minimum_version 1.5.0
# ajar view: a bundle as a page, looked at in headless Chromium (page.py) where there is one.

load servers

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    PAGE=$(realpath "$BATS_TEST_DIRNAME/page.py")
    export AJAR PAGE HOME=$BATS_FILE_TMPDIR
    cd "$BATS_FILE_TMPDIR" || exit
    sealed_run 219 --operator 'Kari <Nordmann> \o/' 127.0.0.1:9 127.0.0.1:10
    "$AJAR" view -P k.pub a.tar -o a.html
    root=$BATS_TEST_DIRNAME/../..
    (cd "$root" && python3 -B tests/cli/notify_bundle.py "$BATS_FILE_TMPDIR" c-1:relay/third-party:open:fields \
        c-2:relay/third-party:closed:hostile)
    "$AJAR" view evidence.tar -o hostile.html
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    cp "$BATS_FILE_TMPDIR"/*.{tar,pub,html} "$BATS_FILE_TMPDIR"/open .
}

made_bundle() { # CASE...: evidence.tar, as notify_bundle.py makes it
    (cd "$BATS_TEST_DIRNAME/../.." && python3 -B tests/cli/notify_bundle.py "$BATS_TEST_TMPDIR" "$@")
}

# What the page's own check says, and what is wrong.
CHECK='document.querySelector("#check").textContent'
FAULTS='[...document.querySelectorAll("#faults li")].map(e => e.textContent)'

looks() { # ARGUMENT...: the lines that page.py prints
    command -v chromium >/dev/null || skip "there is no chromium here"
    run --separate-stderr timeout 120 python3 -B "$PAGE" "$@"
    echo "$output" "$stderr"
    [ "$status" -eq 0 ]
}

# Nothing was asked for, and the browser had nothing to say against the page.
is_quiet() { [[ $output == *$'requests []\nconsole []' ]]; }

# The file NAME in the page PAGE with other bytes, as somebody may change them.
alter() { # PAGE NAME OLD NEW
    python3 - "$@" <<'PY'
import base64, re, sys
page, name, old, new = sys.argv[1:]
text = open(page).read()
def change(found):
    content = base64.b64decode(found.group(2))
    assert old.encode() in content
    return found.group(1) + base64.b64encode(content.replace(old.encode(), new.encode())).decode()
open(page, "w").write(re.sub(r'(data-file="%s">)([^<]*)' % re.escape(name), change, text, count=1))
PY
}

@test "the page checks itself in the browser, asks nobody for anything, and fits a phone" {
    looks a.html --width 320 "$CHECK" "$FAULTS" 'document.documentElement.scrollWidth' \
        'document.querySelector("#made").textContent'
    [[ ${lines[0]} == '"Checked in this browser: it holds. The signature, '*' files by their digests, the tree'* ]]
    [ "${lines[1]}" = "[]" ]
    [ "${lines[2]}" = 320 ]
    [[ ${lines[3]} == '"Verified when this page was made, '*', which the maker of the page trusts."' ]]
    is_quiet
}

@test "no verdict is broken in two on a phone, whichever are counted" {
    looks a.html --width 390 '(() => {
        const list = document.querySelector(".counts"), one = list.firstElementChild;
        for (const word of ["suspect", "closed", "unreachable", "inconclusive", "error"]) {
            const more = one.cloneNode(true);
            more.lastChild.textContent = word;
            list.append(more);
        }
        return [...list.children].every((each) => each.offsetHeight === one.offsetHeight);
    })()' 'document.documentElement.scrollWidth'
    [ "${lines[0]}" = true ]
    [ "${lines[1]}" = 390 ]
}

@test "what was altered in the page is named: a file, the signature, a script, what is shown" {
    case=data/cases/$(cat open)
    for n in 1 2 3; do cp a.html $n.html; done
    alter 1.html "$case/tape.jsonl" 250 550
    alter 2.html tagmanifest-sha256.txt bagit.txt bagit.tx_
    alter 3.html tagmanifest-sha256.txt.minisig 'cases:4' 'cases:5'
    sed 's/<span class="verdict v-closed">closed/<span class="verdict v-open">open/' a.html >4.html
    sed 's|<code>RCPT TO:&lt;|<code>RCPT TO:\&lt;x|' a.html >5.html
    looks {1,2,3,4,5}.html "$CHECK" "$FAULTS"
    said=("$case/tape.jsonl was changed" "the signature does not hold for tagmanifest-sha256.txt"
        "its trusted comment was changed" "is shown as open, and was sealed as closed"
        "is shown in another way than it was sealed")
    for n in 0 1 2 3 4; do
        [[ ${lines[4 * n]} == '"Checked in this browser: it does NOT hold.'* ]]
        [[ ${lines[4 * n + 1]} == *"${said[n]}"* ]]
    done
}

@test "each thing that a page shows of what was sealed is compared with it" {
    mkdir forged
    python3 -B "$BATS_TEST_DIRNAME/forge_page.py" a.html "$(cat open)" forged >said
    mapfile -t names < <(cut -f 1 said)
    names=("${names[@]/#/forged/}")
    looks "${names[@]/%/.html}" "$CHECK" "$FAULTS"
    while IFS=$'\t' read -r -u 3 name words; do
        echo "$name: ${lines[*]:0:2}"
        [[ ${lines[0]} == '"Checked in this browser: it does NOT hold.'* ]]
        [[ ${lines[1]} == *"$words"* ]]
        lines=("${lines[@]:4}")
    done 3<said
}

@test "a case that its own tape contradicts is nowhere green: in the summary, the table, above the case, and in the browser's check" {
    open=$(cat open)
    "$BATS_TEST_DIRNAME"/resealed.py a.tar lie.tar "$BATS_FILE_TMPDIR/k" "data/cases/$open/case.json" '"verdict":"open"' '"verdict":"closed"' \
        "data/cases/$open/case.json" ',"proof":"[a-z2-7]*"' ''
    "$BATS_TEST_DIRNAME"/resealed.py a.tar peer.tar "$BATS_FILE_TMPDIR/k" "data/cases/$open/case.json" '"peer":"127[^"]*"' '"peer":"192.0.2.1:25"'
    for name in lie peer; do
        "$AJAR" view -P k.pub $name.tar -o $name.html
        grep -q '<div class="state bad" id="lies"><strong>NOT what lies beside it.</strong> One case does not say what ' $name.html
        grep -q "It is ${open:0:10}: .*expected " $name.html
        [ "$(grep -c 'class="lie"> contradicted</span>' $name.html)" = 1 ]
        [ "$(grep -c '<div class="state bad lie"><strong>NOT what lies beside it' $name.html)" = 1 ]
    done
    grep -q 'class="state good" id="made"' a.html
    looks lie.html peer.html "$CHECK" "$FAULTS" '[...document.querySelectorAll(".state")].map(e => e.className)'
    for n in 0 5; do
        [[ ${lines[n]} == '"Checked in this browser: it is as it was sealed, but NOT what lies beside its cases.'* ]]
        [ "${lines[n + 2]}" = '["state bad claims", "state bad", "state bad", "state bad lie"]' ]
    done
    [ "${lines[1]}" = "[\"$open: case.json says the verdict closed, and its tape open\"]" ]
    [ "${lines[6]}" = "[]" ] # what receipts say, ajar alone compares
}

@test "the page says whether the built-in scripts are this ajar's" {
    grep -q '<dt class="whose">Scripts</dt><dd class="whose">those of the pack builtin are those of this ajar' a.html
    tar -xJf "$BATS_TEST_DIRNAME"/../tapes/ajar-0.1.0-interface-8.tar.xz proxy-ftp-user.tar
    mv proxy-ftp-user.tar old.tar
    "$AJAR" view old.tar -o old.html
    grep -q '<dd class="whose">those of the pack builtin are not those of this ajar' old.html
    "$AJAR" notify old.tar --print 2>said >letters || true
    grep -q "^ajar notify: old.tar: the scripts: those of the pack builtin are not those of this ajar" said
}

@test "the table is filtered and sorted, and says so" {
    looks a.html \
        'document.querySelector("#shown").textContent' \
        '(document.querySelector("#verdict").value = "open", document.querySelector("#verdict").dispatchEvent(new Event("input")), document.querySelector("#shown").textContent)' \
        '[...document.querySelectorAll(".case")].filter(e => !e.hidden).map(e => e.id)' \
        '(document.querySelector("#verdict").value = "", document.querySelector("#find").value = ":10", document.querySelector("#find").dispatchEvent(new Event("input")), document.querySelector("#shown").textContent)' \
        '(document.querySelector("#find").value = "", document.querySelector("#find").dispatchEvent(new Event("input")), [...document.querySelectorAll("#table tbody .verdict")].map(e => e.textContent))' \
        'document.querySelectorAll("#table thead th")[1].getAttribute("aria-sort")' \
        '(document.querySelectorAll("thead button")[1].click(), [...document.querySelectorAll("#table tbody .verdict")].map(e => e.textContent).concat(document.querySelectorAll("#table thead th")[1].getAttribute("aria-sort")))' \
        '(document.querySelectorAll("thead button")[2].click(), document.querySelectorAll("thead button")[2].click(), document.querySelector("#table tbody td[data-label=Target]").textContent)'
    [ "${lines[0]}" = '"4 of 4 cases shown"' ]
    [ "${lines[1]}" = '"1 of 4 cases shown"' ]
    [ "${lines[2]}" = "[\"$(cat open)\"]" ]
    [ "${lines[3]}" = '"1 of 4 cases shown"' ]
    [ "${lines[4]}" = '["open", "closed", "unreachable", "unreachable"]' ]
    [ "${lines[5]}" = '"ascending"' ]
    [ "${lines[6]}" = '["unreachable", "unreachable", "closed", "open", "descending"]' ]
    [[ ${lines[7]} == '"127.0.219.'* ]]
    is_quiet
}

@test "hostile words stay words: no element, no script, no control character, no turned line" {
    run ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' hostile.html
    run ! grep -qi '<script>alert' hostile.html
    grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' hostile.html
    grep -q '<b class="x">\\x1b</b>' hostile.html
    looks hostile.html "$CHECK" "$FAULTS" 'document.querySelectorAll("img, iframe, object, link").length' 'document.querySelectorAll("script:not([data-file])").length'
    [[ ${lines[0]} == '"Checked in this browser: it is as it was sealed, but NOT what lies beside its cases.'* ]]
    [[ ${lines[1]} == *'X\\x1b]0;title\\x07'* ]]
    [ "${lines[2]}" = 0 ]
    [ "${lines[3]}" = 8 ]
    is_quiet
}

@test "it can be read without scripts, prints, and has what a screen reader goes by" {
    looks a.html --scripts off --pdf a.pdf "$CHECK" 'document.querySelector("#filter").hidden' \
        '[...document.querySelectorAll("#table tbody .verdict")].length' \
        '["header", "nav", "main", "footer", "h1"].map(e => document.querySelectorAll(e).length)' \
        '[...document.querySelectorAll("input, select")].every(e => e.closest("label"))' \
        '[...document.querySelectorAll("[aria-labelledby]")].every(e => document.getElementById(e.getAttribute("aria-labelledby")))' \
        'document.querySelectorAll(".way .host").length'
    [[ ${lines[0]} == '"No script has run here'* ]]
    [ "${lines[1]}" = true ]
    [ "${lines[2]}" = 4 ]
    [ "${lines[3]}" = "[1, 1, 1, 1, 1]" ]
    [ "${lines[4]}" = true ]
    [ "${lines[5]}" = true ]
    [ "${lines[6]}" -ge 3 ]
    is_quiet
    [ "$(head -c 5 a.pdf)" = "%PDF-" ]
    [ "$(grep -ac '/Type /Page$' a.pdf)" -le 8 ]
    looks a.html '[...document.querySelectorAll(".dialogue th")].every(e => e.getClientRects().length === 0 || getComputedStyle(e).whiteSpace === "nowrap")'
    [ "${lines[0]}" = true ]
}

@test "an extract and a redacted one check themselves too, by the tree" {
    "$AJAR" extract a.tar "$(cat open)" -o e.tar
    "$AJAR" redact e.tar --lines 3-5 -o r.tar
    for name in e r; do
        "$AJAR" view $name.tar -o $name.html
    done
    cp e.html x.html
    alter x.html "data/cases/$(cat open)/tape.jsonl" 250 550
    looks {e,r,x}.html "$CHECK" "$FAULTS"
    [[ ${lines[0]} == '"Checked in this browser: it holds.'* ]]
    [[ ${lines[4]} == '"Checked in this browser: it holds.'* ]]
    [[ ${lines[9]} == *"its parts were changed"* ]]
    is_quiet
}

@test "a redacted case shows no times for what is hidden, and nobody is told to replay it" {
    "$AJAR" extract a.tar "$(cat open)" -o e.tar
    "$AJAR" redact e.tar --lines 3-5 -o r.tar
    "$AJAR" view e.tar -o e.html
    "$AJAR" view r.tar -o r.html
    [ "$(grep -c '<td>[345]</td><td></td><td>hidden</td><td>this record was redacted</td>' r.html)" -eq 3 ]
    grep -q '^ajar replay e.tar' e.html
    run ! grep -q '^ajar replay' r.html
    grep -q "Parts of the case are hidden here, so that it can&#39;t be replayed" r.html
}

@test "on the way that a mail took each host stands once, our receiver with the line that it wrote itself" {
    looks a.html '[...document.querySelector(".way").querySelectorAll("li")].map(e => e.textContent)'
    [[ ${lines[0]} == '["The tested server, 127.0.219.'*' was given the message by us", "relay.sim.test says: '*'", "Our receiver, ajar.test ([127.0.0.1]) got it from 127.0.219.'*'; its own line says: from relay.sim.test ([127.0.219.'*', by ESMTP, '*'"]' ]]
    [ "$(grep -o ajar.test <<<"${lines[0]}" | wc -l)" -eq 1 ]
}

@test "of a redacted mail the way is drawn as far as it is shown, and it says what is hidden" {
    "$AJAR" extract a.tar "$(cat open)" -o e.tar
    "$AJAR" redact e.tar --hide relay.sim.test -o r.tar
    "$AJAR" view r.tar -o r.html
    looks r.html "$CHECK" '[...document.querySelector(".way").querySelectorAll("li")].map(e => e.textContent)' "$FAULTS"
    [[ ${lines[0]} == '"Checked in this browser: it holds.'* ]]
    [[ ${lines[1]} == '["The tested server, 127.0.219.'*' was given the message by us", "Hidden: '*' of its header so that what they say of the way is not drawn", '*'"Our receiver got it; from whom and when, and what kind of mail it is, is hidden"]' ]]
    is_quiet
    "$AJAR" redact e.tar --lines 3 -o r2.tar
    "$AJAR" view r2.tar -o r2.html
    run ! grep -q 'Hidden: [0-9]' r2.html
}

@test "the custody beside a bundle is told: who did what, when, by which key, and that the page does not check it" {
    cp "$BATS_FILE_TMPDIR"/k.key .
    "$AJAR" key new --no-password -o second.key
    "$AJAR" custody add -k k.key --event handed-over --by 'Kari <b>' --to Kripos --note 'case 7' a.tar
    "$AJAR" custody add -k second.key --event received --by Ola a.tar
    "$AJAR" view a.tar -o x.html
    looks x.html --width 320 "$CHECK" '[...document.querySelectorAll("#custody li")].map(e => e.innerText.replace(/\n/g, " "))' \
        'document.querySelector("#custody").textContent' 'document.documentElement.scrollWidth' \
        'document.querySelector("nav").textContent'
    [[ ${lines[0]} == '"Checked in this browser: it holds.'*"Not compared: "*"the custody"* ]]
    [[ ${lines[1]} == '["handed-over by Kari <b>, to Kripos, '*' UTC “case 7” signed by key '*"; the bundle's file was the one that this page was made from\", \"received by Ola, "* ]]
    [[ ${lines[2]} == *"2 records beside the bundle (a.tar.custody) held when this page was made"*"nobody vouches for these"*"does not check them in the browser"* ]]
    [[ ${lines[2]} == *"$("$AJAR" custody show a.tar | sed -n 's/^last .* //p')"* ]]
    [ "${lines[3]}" = 320 ]
    [[ ${lines[4]} == *Custody* ]]
    is_quiet
}

@test "of a custody that does not hold no page is made, unless asked; then it says so, and shows nothing of it" {
    "$AJAR" custody add -k "$BATS_FILE_TMPDIR"/k.key --event copied --by Kari a.tar
    sed -i 's/Kari/Nils/' a.tar.custody
    run --separate-stderr "$AJAR" view a.tar -o x.html
    [ "$status" -eq 1 ]
    [ ! -e x.html ]
    [[ $stderr == "ajar view: a.tar.custody: "*"no page is made of what does not verify, unless with --unverified" ]]
    "$AJAR" view --unverified a.tar -o x.html
    grep -q '<strong>Verified</strong>' x.html
    grep -q '<strong>The custody does NOT hold.</strong> a.tar.custody lies beside the bundle; ' x.html
    run ! grep -q Nils x.html
    python3 -B "$BATS_TEST_DIRNAME/alter.py" a.tar x.tar "$(cat open)/case.json" third-party third-porty
    mv a.tar.custody x.tar.custody
    "$AJAR" view --unverified x.tar -o y.html
    grep -q '<strong>The custody was NOT checked.</strong>' y.html
}

@test "a second officer's signature is checked too" {
    "$AJAR" key new --no-password -o second.key
    "$AJAR" cosign -k second.key a.tar
    "$AJAR" view a.tar -o 1.html
    cp 1.html 2.html
    alter 2.html "tagmanifest-sha256.txt.$(sed -n '1s/.* //p' second.pub).minisig" 'bag:a' 'bag:b'
    looks {1,2}.html "$CHECK" "$FAULTS"
    [[ ${lines[0]} == '"Checked in this browser: it holds. 2 signatures, '* ]]
    [[ ${lines[5]} == *".minisig is for another bundle"* ]]
}

@test "of what does not verify no page is made, unless asked; then it says so" {
    sed 's/Postfix/Sendmail/' a.tar >x.tar
    run --separate-stderr "$AJAR" view x.tar -o x.html
    [ "$status" -eq 1 ]
    [ ! -e x.html ]
    [[ $stderr == *"no page is made of what does not verify, unless with --unverified" ]]
    head -c 5000 a.tar >cut.tar
    run --separate-stderr "$AJAR" view --unverified cut.tar -o x.html
    [ "$status" -eq 1 ]
    [ ! -e x.html ]
    python3 -B "$BATS_TEST_DIRNAME/alter.py" a.tar x.tar "$(cat open)/case.json" third-party third-porty
    run --separate-stderr "$AJAR" view --unverified x.tar -o x.html
    [ "$status" -eq 0 ]
    grep -q '<div class="state bad" id="made"><strong>NOT verified</strong>' x.html
    looks x.html "$FAULTS"
    [ "${lines[0]}" = "[\"data/cases/$(cat open)/case.json was changed\"]" ]
}

@test "nothing is overwritten; wrong usage ends with status 2; too large a bundle is refused" {
    run --separate-stderr "$AJAR" view a.tar -o a.html
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar view: a.html is there already; nothing is overwritten" ]
    for words in "view" "view a.tar" "view a.tar b.tar -o x.html" "view -o x.html" "view a.tar --only opened -o x.html" \
        "view a.tar --only open, -o x.html"; do
        # shellcheck disable=SC2086
        run --separate-stderr "$AJAR" $words
        [ "$status" -eq 2 ]
        [ ! -e x.html ]
    done
    run --separate-stderr "$AJAR" view a.tar -o missing/x.html
    [ "$status" -eq 1 ]
    truncate -s 70M big.tar
    run --separate-stderr "$AJAR" view --unverified big.tar -o x.html
    [ "$status" -eq 1 ]
    [[ $stderr == *"70 MiB are too much for a page, which holds at most 64: choose with --only open,suspect or --summary, or make one of an extract"* ]]
}

@test "of very many steps and lines as many are shown as fit, and the page says so" {
    made_bundle c-1:relay/third-party:closed:long
    "$AJAR" view evidence.tar -o long.html
    grep -q '<li>… 9000 steps more, which are not shown here</li>' long.html
    grep -q '<p class="cut">The dialogue is longer: [0-9]* rows more are not shown here.</p>' long.html
    [ "$(grep -c '<td>so</td>' long.html)" -le 1000 ]
    [ "$(grep -c '^<tr class="[a-z]* *[a-z]*"[ >]' long.html)" -le 21000 ]
    looks long.html "$CHECK" "$FAULTS"
    [[ ${lines[0]} == '"Checked in this browser: it is as it was sealed, but NOT what lies beside its cases. Its maker found '* ]]
    [ "${lines[1]}" = "[]" ]
    is_quiet
}

@test "a page of very many cases is checked in the browser in time" {
    mapfile -t cases < <(printf 'c-%s:relay/third-party:closed\n' {1..1500})
    made_bundle "${cases[@]}"
    "$AJAR" view evidence.tar -o many.html
    looks many.html "$CHECK" "$FAULTS"
    [[ ${lines[0]} == '"Checked in this browser: it holds.'* ]]
    is_quiet
}

LEFT='document.querySelector("#left").textContent'
CASES='[...document.querySelectorAll("section.case")].length'
ROWS='[...document.querySelectorAll("#table tbody .verdict")].map(e => e.textContent)'

@test "a page of some cases says which it leaves out, has nothing of theirs, and checks what is there" {
    "$AJAR" view a.tar --only open,closed -o x.html
    [ "$(grep -o 'data-file="data/cases/[^/]*/case.json' x.html | wc -l)" -eq 2 ]
    [ "$(grep -o 'data-file="data/cases/[^/]*/' x.html | sort -u | wc -l)" -eq 2 ]
    looks x.html "$CHECK" "$LEFT" "$CASES" "$ROWS"
    [[ ${lines[0]} == '"Checked in this browser: it holds.'*'Not checked is what was left out, nor the tree over all cases.'* ]]
    [[ ${lines[1]} == '"Not all cases are here: 2 of 4, which ended as open or closed. The other 2 are left out with all their files.'* ]]
    [ "${lines[2]}" = 2 ]
    [ "${lines[3]}" = '["open", "closed"]' ]
    is_quiet
}

@test "a summary has the table alone, and checks it" {
    "$AJAR" view a.tar --summary -o x.html
    run ! grep -q 'tape.jsonl">' x.html
    looks x.html --width 320 "$CHECK" "$LEFT" "$CASES" "$ROWS" 'document.documentElement.scrollWidth'
    [[ ${lines[0]} == '"Checked in this browser: it holds.'*'Not checked is what was left out, nor the tree over all cases.'* ]]
    [[ ${lines[1]} == *"its steps, dialogue and receipts are left out."* ]]
    [ "${lines[2]}" = 0 ]
    [ "${lines[3]}" = '["open", "closed", "unreachable", "unreachable"]' ]
    [ "${lines[4]}" = 320 ]
    is_quiet
}

@test "what a page of a choice says that it leaves out is compared too" {
    "$AJAR" view a.tar --only open,closed -o x.html
    "$AJAR" view a.tar --summary -o s.html
    sed 's/2 of 4, which/2 of 2, which/' x.html >1.html
    sed 's/data-only="open closed"/data-only="open"/; s/as open or closed/as open/' x.html >2.html
    sed 's/ id="left"//' x.html >3.html
    sed 's/ data-summary="yes"/ data-summary=""/' s.html >4.html
    sed 's|<span class="verdict v-closed">closed|<span class="verdict v-closed">closing|' s.html >5.html
    looks {1,2,3,4,5}.html "$CHECK" "$FAULTS"
    said=("the list of what was left out of the page is shown as" "is none of those that the page says it is of"
        "case.json is missing" "tape.jsonl is missing" "is shown as closing, and was sealed as closed")
    for n in 0 1 2 3 4; do
        [[ ${lines[4 * n]} == '"Checked in this browser: it does NOT hold.'* ]]
        [[ ${lines[4 * n + 1]} == *"${said[n]}"* ]]
    done
}

@test "an extract has one case, of which there is no choice" {
    "$AJAR" extract a.tar "$(cat open)" -o e.tar
    run --separate-stderr "$AJAR" view e.tar --summary -o x.html
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar view: an extract has one case: --only and --summary are for bundles" ]
    [ ! -e x.html ]
}

@test "a page that would be too large is not made" {
    made_bundle c-1:relay/third-party:closed:wide c-2:relay/third-party:closed:wide
    run --separate-stderr "$AJAR" view evidence.tar -o wide.html
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar view: evidence.tar: the page would have more than 192 MiB: choose with --only open,suspect or --summary, or make one of an extract (\`ajar extract\`)" ]
    [ -z "$(find . -name 'wide.html*')" ]
}

@test "a page is there whole or not at all, also when ajar is killed" {
    (ulimit -f 100 && exec "$AJAR" view a.tar -o x.html) || status=$?
    [ "$status" -gt 128 ]
    [ ! -e x.html ]
    "$AJAR" view a.tar -o x.html
    [ "$(stat -c %a x.html)" = "$(printf %o $((0666 & ~$(umask))))" ]
}

@test "the library in every page is the file that doc/third-party.md names" {
    cd "$BATS_TEST_DIRNAME/../.."
    grep "  data/view/noble.js$" doc/third-party.md | sha256sum -c --strict
}
