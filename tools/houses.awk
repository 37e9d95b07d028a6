# Holds core/ to its walls: who includes whom, and how long files and functions may be.
#
#     awk -f tools/houses.awk core/HOUSES core/*/*.[ch]
#
# Prints FILE:LINE: SENTENCE for each fault; exit status 1 if there was one.

BEGIN {
    # Which files may include the headers of a library: the pattern of the header, of the files.
    only("(lua|lauxlib|lualib|luajit).h", "script/.*")
    only("event2/.*", "net/.*")
    only("sodium.h", "base/(hash|random).c|evidence/.*|mail/(scram|ticket).c|notice/dkim_key.c")
    only("openssl/.*", "base/hash.c|net/stream_tls.c|net/self_signed.c|evidence/stamp.*|notice/dkim_key.c")
    only("curl/.*", "net/(fetch.c|curl_library.h)")
    only("dlfcn.h", "base/library.c")
    only("histedit.h", "cli/edit.*")
    only("(archive|archive_entry).h", "nowhere") # in tests alone
    only("jansson.h", "(tape|evidence|export|notice|mail|intake|script|view|contact|cli|paper)/.*")
    only("gmime/.*", "(notice|mail)/.*")
    only("(pango|cairo)(/.*|.*\\.h)", "paper/.*")
    only("(unilbrk|uninorm|unictype|unicase|iconv).h", "notice/.*")
    only("sqlite3.h", "store/sql_sqlite.c")
    only("libpq-fe.h", "store/(sql_postgres.*|libpq.h)")
    only("glib.h", "evidence/(letter_case|needles).c")
    only("(seccomp.h|linux/landlock.h|linux/seccomp.h|linux/capability.h)", "run/.*")
    only("(sys/socket|sys/un|netinet/.*|arpa/.*).h", "net/.*|base/addr.c")
    only("netdb.h", "proto/dns.c")
    only("arpa/inet.h", "net/.*|base/addr.c")
    only("ares.h", "(net|proto)/dns.c")
    only("getopt.h", "cli/.*")
    # And which may include the headers of a house, where HOUSES is not strict enough.
    only("guard/.*", "guard/.*|run/supervisor.*|cli/.*")
    FILE_LINES_MOST = 600
    FUNCTION_LINES_MOST = 80
}

function only(header, files)
{
    rule_count++
    rule_header[rule_count] = "^(" header ")$"
    rule_files[rule_count] = "^core/(" files ")$"
}

function fault(line, sentence)
{
    printf "%s:%d: %s\n", FILENAME, line, sentence
    failed = 1
}

# The list of houses: a name, and the names, all listed above, that it may include. As nothing can
# name what stands below it, there is no cycle.
FILENAME ~ /HOUSES$/ {
    sub(/#.*/, "")
    if (NF == 0)
        next
    if ($1 in house)
        fault(FNR, "house '" $1 "' is listed twice")
    for (i = 2; i <= NF; i++) {
        if (!($i in house))
            fault(FNR, "house '" $1 "' may include only houses listed above it, and '" $i "' is not")
        edge[$1, $i] = 1
    }
    house[$1] = 1
    next
}

FNR == 1 {
    finish_file()
    file = FILENAME
    split(FILENAME, part, "/")
    own = part[2]
    has_once = FILENAME ~ /\.c$/
    in_function = 0
    if (!(own in house))
        fault(1, "house '" own "' is not listed in core/HOUSES")
}

{ last_line = FNR }

/^#pragma once$/ { has_once = 1 }

/^[ \t]*#[ \t]*include/ { check_include() }

# A declaration of one's own would reach over every wall.
/^[ \t]*extern[ \t]/ && FILENAME ~ /\.c$/ { fault(FNR, "what another file has is declared by its header alone") }

# clang-format puts the braces of functions, and of nothing else, in the first column.
/^{$/ { in_function = FNR; is_long_switch = 0 }
/\/\* lint: long switch \*\// { is_long_switch = 1 }
/^}/ && in_function {
    lines = FNR - in_function - 1
    if (lines > FUNCTION_LINES_MOST && !is_long_switch)
        fault(in_function, "a function of " lines " lines; at most " FUNCTION_LINES_MOST)
    in_function = 0
}

END {
    finish_file()
    exit failed
}

function finish_file()
{
    if (file == "")
        return
    if (!has_once)
        printf "%s:1: a header begins with #pragma once\n", file
    if (last_line > FILE_LINES_MOST && file ~ /\.c$/)
        printf "%s:%d: %d lines; at most %d\n", file, last_line, last_line, FILE_LINES_MOST
    if (!has_once || (last_line > FILE_LINES_MOST && file ~ /\.c$/))
        failed = 1
    file = ""
}

function check_include(    name, to, i)
{
    name = $0
    gsub(/^[^"<]*["<]|[">].*$/, "", name)
    if ($0 ~ /"/) {
        if (name !~ /^[a-z]+\/[a-z0-9_]+\.h$/) {
            fault(FNR, "'" name "': our own headers are included as \"house/file.h\"")
            return
        }
        to = name
        sub(/\/.*/, "", to)
        if (to != own && !((own, to) in edge))
            fault(FNR, own "/ may not include " to "/ (core/HOUSES)")
    }
    for (i = 1; i <= rule_count; i++) {
        if (name ~ rule_header[i] && FILENAME !~ rule_files[i])
            fault(FNR, "'" name "' may be included only in " rule_text(i))
    }
}

function rule_text(i,    text)
{
    text = rule_files[i]
    gsub(/^\^core\/\(|\)\$$/, "", text)
    gsub(/\.\*/, "", text)
    gsub(/\|/, ", ", text)
    return text
}
