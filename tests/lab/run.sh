#!/usr/bin/env bash
# Probes real mail servers and proxies, each set up well or badly, and compares the verdicts.
#
#     tests/lab/run.sh [--self-test] [SERVER...]
#
# The servers are Debian's (`make deps`), started here on free ports of 127.0.0.1 and stopped here; no
# service of the system is touched, and what they pass on goes to ajar's sink or nowhere. Each is asked
# by every probe, after a few lines of Python have asked the same (oracle.py): so a lab that is wrong
# is told from a verdict that is wrong. --self-test stops there and needs no ajar.
#
# Nobody needs to be root. Root is put off first: the lab then runs as `nobody`, from a copy that nobody
# can read, and without any privilege to win back.
set -eu
cd "$(dirname "$0")"

AJAR=${AJAR:-../../build/ajar}
LAB_SECONDS=110

place=$(mktemp -d /tmp/ajar-lab.XXXXXX)
trap 'rm -rf "$place"' EXIT
chmod 755 "$place"
install -m 644 ./*.py "$place"
[ ! -x "$AJAR" ] || install -m 755 "$AJAR" "$place/ajar"
mkdir -m 700 "$place/run"

run=(timeout -k 10 "$LAB_SECONDS" env TMPDIR="$place/run" AJAR="$place/ajar" /usr/bin/python3 -B "$place/run.py")
if [ "$(id -u)" -eq 0 ]; then
    chown nobody:nogroup "$place/run"
    run=(setpriv --reuid nobody --regid nogroup --clear-groups --inh-caps -all --bounding-set -all
        --no-new-privs "${run[@]}")
fi
cd "$place"
"${run[@]}" "$@" &
lab=$!
# Told to stop, the lab stops its servers first.
trap 'kill "$lab" 2>/dev/null; wait "$lab"; exit 1' INT TERM
wait "$lab"
