#!/usr/bin/env bats
# ajar lang: what is told of a language's file, and what the page for reviewers holds.
# shellcheck disable=SC2154
bats_require_minimum_version 1.5.0

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    ROOT=$PWD
    cd "$BATS_TEST_TMPDIR" || return 1
}

language() { sed -e "$2" "$ROOT/lang/nb.lua" >"$1"; } # FILE SED: Norwegian, changed

check() { run --separate-stderr "$AJAR" lang check "$@"; }

told() { # STATUS LINE: one of the lines is this
    echo "$output$stderr"
    [ "$status" -eq "$1" ]
    grep -qF -- "$2" <<<"$output"
}

@test "nothing is wrong with the languages that are built in" {
    check
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [[ $stderr == *" looked at, 0 faults" ]]
}

@test "they are listed with their names, their tones, and how complete they are" {
    run --separate-stderr "$AJAR" lang list
    [ "$status" -eq 0 ]
    grep -qE '^en +English +English +[0-9]+ of [0-9]+  first reminder provider all-clear$' <<<"$output"
    grep -qE '^nb +Norwegian Bokmål +norsk bokmål +' <<<"$output"
    run ! "$AJAR" lang list --json --json | jq -e 'select(.messages != .of)'
}

@test "a message that is missing, or says less, is told with file, line and column" {
    language x.lua 's/^  regards = .*//; s/Spørsmål kan rettes til {contact}/Spørsmål kan rettes/'
    check x.lua
    told 1 "x.lua:$(grep -n '^  contact' x.lua | cut -d: -f1):3: messages.contact: {contact} is missing: the English message has it"
    told 1 "messages: the message 'regards' is missing"
}

@test "a tone says all that the English one says" {
    language x.lua "s/^      again = .*//"
    check x.lua
    told 1 "messages.tones.reminder: the message 'again' is missing"
}

@test "plural forms are complete" {
    language x.lua 's/return n == 1 and "one" or "other"/return n == 2 and "two" or n == 1 and "one" or "other"/'
    check x.lua
    told 1 "messages.more_lines: the plural form 'two' is missing: plural(2) gives it"
}

@test "letters of another alphabet, or another script, are told" {
    language x.lua 's/code = "nb"/code = "sv"/; s/name = "norsk bokmål"/name = "svenska"/; s/"Norwegian Bokmål"/"Swedish"/; s/, aliases = { "no" }//'
    check x.lua
    told 1 "messages.contact: 'ø' is no letter of this language"
    language x.lua 's/Med vennlig hilsen/Med vennlig һilsen/'
    check x.lua
    told 1 "messages.regards: 'һ' is no letter of this language's script"
}

@test "what is left of English is told, and names are not" {
    language x.lua 's/Med vennlig hilsen/Yours with hilsen/'
    check x.lua
    told 1 "messages.regards: the English word 'with' was left in it"
    language x.lua 's/Med vennlig hilsen/Med vennlig føtheå, hilsenèwith “éthat”/'
    check x.lua
    echo "$output$stderr"
    [ "$status" -eq 0 ]
    sed -e 's/code = "en"/code = "uk"/; s/^  regards = .*/  regards = "З повагою, SMTP Postfix sha256sum sincerely",/' "$ROOT/lang/en.lua" >x.lua
    check x.lua
    told 1 "messages.regards: 'sha256sum' is left in Latin letters"
    told 1 "messages.greeting: it is the English text"
    sed -i 's/ sha256sum sincerely/ sincerely/' x.lua
    check x.lua
    told 1 "messages.regards: 'sincerely' is left in Latin letters"
}

@test "a message that is English as a whole is told in each language, though a word of it was changed" {
    local lua code
    for lua in luajit lua5.1 lua; do command -v $lua >/dev/null && break; done
    for code in $("$AJAR" lang list --json | jq -r 'select(.code != "en").code'); do
        "$lua" "$ROOT/tests/cli/english_left.lua" "$ROOT/lang/en.lua" "$code" >x.lua 2>paths
        [ "$(wc -l <paths)" -gt 150 ]
        check x.lua
        sed -n 's/^x.lua:[0-9]*:[0-9]*: \([^:]*\): it is English$/\1/p' <<<"$output" >told
        echo "$code: $(sort paths | comm -23 - <(sort told))"
        [ -z "$(sort paths | comm -23 - <(sort told))" ]
    done
}

profile() { sed -e "$1" "$ROOT/lang/profiles/secure-your-server.lua" >p.lua; } # SED: the example, changed

@test "a profile's texts are looked at as a language's are" {
    profile 's/^    project = "Sikr jeres server"/    project = "Sikr jeres sörver"/
        s/^    project = "Защитете сървъра си"/    project = "Защитете server си"/
        s/Har I installeret de nyeste rettelser og opdateringer?/Have you installed the latest patches and updates?/
        s/^    writer = "Het project .*"/    writer = "Het  project"/'
    check --profile p.lua
    told 1 "p.lua:$(grep -n '^  project = by' p.lua | cut -d: -f1):3: project.da: 'ö' is no letter of this language"
    told 1 "project.bg: 'server' is left in Latin letters"
    told 1 "questions.da.3: it is the English text"
    told 1 "writer.nl: two blanks"
    [ "$(wc -l <<<"$output")" -eq 4 ]
    [ "$stderr" = "0 languages and a profile looked at, 4 faults" ]
}

@test "a language that a profile has in some texts and not in others is told" {
    profile 's/^  authority = by_language("authority"),/  authority = { en = "We write.", nb = "Vi skriver." },/'
    check --profile p.lua
    told 1 ": authority: no text in 'uk', which other keys have: the English one is used"
    [ "$(wc -l <<<"$output")" -eq 24 ]
    sed -i 's/^  links = {/  sources = { ["s.txt"] = { name = { en = "A list", nb = "Lista the vi har" } } },\n&/' p.lua
    check --profile p.lua
    told 1 ": sources.s.txt.name.nb: the English word 'the' was left in it"
}

@test "a profile is run as a stranger's" {
    echo 'while true do end' >p.lua
    check --profile p.lua
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar lang check: p.lua:1: instruction budget spent"* ]]
    echo 'return { project = 7 }' >p.lua
    check --profile p.lua
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar lang check: p.lua: the key "* ]]
    check --profile none.lua
    [ "$status" -eq 1 ]
}

@test "Han and Hangul of another country are told, and narrow marks behind them" {
    sed -e 's/code = "en"/code = "zh"/; s/^  regards = .*/  regards = "此致敬禮",/; s/^  contact = .*/  contact = "如有问题,请联系{contact}。",/' "$ROOT/lang/en.lua" >x.lua
    check x.lua
    told 1 "messages.regards: '禮' is no character of this language's own set"
    told 1 "messages.contact: ',' behind a wide character: write the wide mark"
}

@test "a French text has its no-break spaces" {
    sed 's/^  regards = .*/  regards = "Salutations\\194\\160: «\\194\\160a!b\\194\\160», http:\/\/x",/' "$ROOT/lang/fr.lua" >fr.lua
    check fr.lua
    [ "$stderr" = "1 language looked at, 0 faults" ]
    sed 's/^  regards = .*/  regards = "Salutations :",/; s/^  seen_title = .*/  seen_title = "«Vu\\194\\160»",/' "$ROOT/lang/fr.lua" >fr.lua
    check fr.lua
    told 1 "messages.regards: ':' stands without its no-break space (U+00A0)"
    told 1 "messages.seen_title: '«' stands without its no-break space (U+00A0)"
}

@test "the marks of a printed text are wanted, composed letters, and no mark of direction" {
    language x.lua "s/Med vennlig hilsen/Med 'vennlig'  hilsen.../"
    check x.lua
    told 1 "messages.regards: a straight apostrophe: write ’"
    told 1 "messages.regards: two blanks"
    told 1 "messages.regards: three full stops: write …"
    language x.lua "s/Med vennlig hilsen/Med va\\\\204\\\\138nlig/"
    check x.lua
    told 1 "messages.regards: it is not composed"
    language x.lua "s/Med vennlig hilsen/Med \\\\226\\\\128\\\\174vennlig/"
    check x.lua
    told 1 "messages.regards: a character that can't be printed"
    told 1 "in the tone first: no letter can be made: the wording gives a text with a line end, or another character"
}

@test "a line that can't be broken into 76 columns is told" {
    language x.lua "s/^  seen_title = .*/  seen_title = \"$(printf 'x %.0s' {1..40})\",/"
    check x.lua
    told 1 "in the tone first: a line is over 76 columns: x x x"
    [ "$(grep -c "over 76 columns" <<<"$output")" -eq 1 ]
}

@test "names are those of the table" {
    language x.lua 's/name = "norsk bokmål"/name = "Norsk"/'
    check x.lua
    told 1 "x.lua:$(grep -n 'name = "Norsk"' x.lua | cut -d: -f1):3: name: data/languages.json has 'norsk bokmål'"
}

@test "a hostile file is run as a stranger's" {
    echo 'while true do end' >x.lua
    check x.lua
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar lang check: x.lua:1: instruction budget spent"* ]]
    echo 'return os.execute("touch owned")' >x.lua
    check x.lua
    [ "$status" -eq 1 ]
    [ ! -e owned ]
    echo 'return 7' >x.lua
    check x.lua
    told 1 "x.lua:1:1: a letter returns a table, see doc/letters.md"
}

@test "an unknown language is wrong usage, and a file that is not there is told" {
    check tlh
    [ "$status" -eq 2 ]
    [[ $stderr == "ajar lang check: no language 'tlh' is built in; there is: en, "* ]]
    check none.lua
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar lang check: none.lua: No such file"* ]]
    run "$AJAR" lang
    [ "$status" -eq 2 ]
    run --separate-stderr "$AJAR" lang lst
    [ "$status" -eq 2 ]
    [ "$stderr" = "ajar lang: unknown command 'lst'; did you mean 'ajar lang list'?" ]
}

@test "the page for reviewers has each message beside the English one, and is closed to scripts" {
    language x.lua 's/code = "nb"/code = "ar", direction = "rtl"/; s/Med vennlig hilsen/<script>\&x/'
    "$AJAR" lang sheet nb x.lua -o sheet.html
    python3 - <<'PYTHON'
import html.parser

class Rows(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows, self.cell, self.tags = [], None, set()
    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.cell = [dict(attrs), ""]
            self.rows[-1].append(self.cell)
    def handle_endtag(self, tag):
        self.cell = None if tag in ("td", "th") else self.cell
    def handle_data(self, data):
        if self.cell:
            self.cell[1] += data

page = Rows()
page.feed(open("sheet.html").read())
assert "script" not in page.tags
rows = {row[0][1]: row[1:] for row in page.rows}
assert [cell[1] for cell in rows["message"]] == ["English", "norsk bokmål", "norsk bokmål"]
assert [cell[1] for cell in rows["messages.regards"]] == ["Yours faithfully", "Med vennlig hilsen", "<script>&x"]
assert rows["messages.regards"][2][0] == {"lang": "ar", "dir": "rtl"}
assert [cell[1] for cell in rows["number(1234567)"]] == ["1,234,567", "1\u00a0234\u00a0567", "1\u00a0234\u00a0567"]
assert rows["messages.contact"][0][1] == "Questions can be sent to {contact}."
PYTHON
    run --separate-stderr "$AJAR" lang sheet nb -o sheet.html
    [ "$status" -eq 1 ]
}
