#!/usr/bin/env bash
# Measures ajar against a bare epoll client and against nmap, on loopback; see doc/performance.md.
#
#     tests/bench/run.sh [--quick | --long] [--only a,b,...] [--json]
#
# BUILD (build) is where ajar is and where build/bench/ goes; `make bench` sets it. Some 20 minutes;
# --quick: three or four. A machine that has nothing else to do gives figures worth keeping.
set -eu
cd "$(dirname "$0")/../.."
exec python3 -B tests/bench/bench.py "$@"
