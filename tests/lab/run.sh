#!/usr/bin/env bash
# Probes real mail servers and proxies, each set up well or badly, and compares the verdicts.
#
#     tests/lab/run.sh [--self-test | --accuracy FILE] [SERVER...]
#
# SERVER is a name or a glob ('postfix-*'); a wrong one lists the names.
# The servers are Debian's (`make deps`), started here on free ports of 127.0.0.1 and stopped here; no
# service of the system is touched, and what they pass on goes to ajar's sink or nowhere. Each is asked
# by every probe, after a few lines of Python have asked the same (oracle.py): so a lab that is wrong
# is told from a verdict that is wrong. --self-test stops there and needs no ajar.
# --accuracy asks nmap's scripts as well and writes doc/accuracy.md; nmap needs two low ports, so root.
#
# Nobody needs to be root. Root is put off first: the lab then runs as `nobody`, from a copy that nobody
# can read, and without any privilege to win back.
set -eu
cd "$(dirname "$0")"

AJAR=${AJAR:-../../build/ajar}
LAB_SECONDS=900

accuracy=
if [ "${1:-}" = --accuracy ]; then
    accuracy=$(cd "$OLDPWD" && realpath -m "$2")
    LAB_SECONDS=1200
    shift 2
fi

place=$(mktemp -d /tmp/ajar-lab.XXXXXX)
trap 'rm -rf "$place"' EXIT
chmod 755 "$place"
install -m 644 ./*.py "$place"
# What the letters say of each software, for remedies.py.
"$(../../tools/lua.sh)" ../script/remedies.lua ../../scripts/notice/remedy.lua \
    ../../scripts/notice/cause.lua >"$place/remedies.json"
[ ! -x "$AJAR" ] || install -m 755 "$AJAR" "$place/ajar"
mkdir -m 700 "$place/run"

run=(timeout -k 10 "$LAB_SECONDS" env TMPDIR="$place/run" AJAR="$place/ajar" /usr/bin/python3 -B "$place/run.py")
if [ "$(id -u)" -eq 0 ]; then
    chown nobody:nogroup "$place/run"
    run=(setpriv --reuid nobody --regid nogroup --clear-groups --inh-caps -all --bounding-set -all
        --no-new-privs "${run[@]}")
    [ -z "$accuracy" ] || run=(/usr/bin/python3 -B "$place/low_ports.py" "${run[@]}")
fi
cd "$place"
"${run[@]}" ${accuracy:+--accuracy "$place/run/accuracy.md"} "$@" &
lab=$!
# Told to stop, the lab stops its servers first.
trap 'kill "$lab" 2>/dev/null; wait "$lab"; exit 1' INT TERM
status=0
wait "$lab" || status=$?
[ -z "$accuracy" ] || cp "$place/run/accuracy.md" "$accuracy"
exit "$status"
