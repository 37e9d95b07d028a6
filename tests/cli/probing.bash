# shellcheck shell=bash
# probing: a server that refuses, and a run of ajar probe in the background on it. `load probing` behind `load servers`.

# An SMTP server that refuses to relay, on 127.0.0.0/8 at the port in the file "port". $1: seconds that it waits
# before its banner, or "hold": until there is a file "go". Each connection is a line in the file "seen".
serve() {
    start_server port python3 - "${1:-0}" <<'PYTHON'
import os, socketserver, sys, time
class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        with open("seen", "a") as seen:
            seen.write("one\n")
        while sys.argv[1] == "hold" and not os.path.exists("go"):
            time.sleep(0.05)
        time.sleep(0 if sys.argv[1] == "hold" else float(sys.argv[1]))
        self.wfile.write(b"220 mx.example\r\n")
        for line in self.rfile:
            verb = line[:4].upper()
            self.wfile.write({b"RCPT": b"554 5.7.1 Relay access denied\r\n", b"QUIT": b"221 bye\r\n",
                              b"NOOP": (b"250-" + 900 * b"x" + b"\r\n") * 15 + b"250 that was long\r\n"}
                             .get(verb, b"250 ok\r\n"))
            if verb == b"QUIT":
                break
class Server(socketserver.ThreadingTCPServer):
    daemon_threads, request_queue_size, block_on_close = True, 512, False
    def handle_error(self, request, address):
        pass
server = Server(("0.0.0.0", 0), Talk)
print(server.server_address[1], flush=True)
server.serve_forever()
PYTHON
    PORT=$(cat port)
}

# Waits until the server has seen so many connections.
connections() {
    for _ in $(seq 600); do
        [ ! -s seen ] || [ "$(wc -l <seen)" -lt "$1" ] || return 0
        sleep 0.05
    done
    return 1
}

# So many hosts, one a line: a host is talked to by one probe at a time.
hosts() { seq -f "127.1.0.%g:$PORT" "$1"; }

# How many connections the server has.
established() { awk -v "port=$(printf ':%04X' "$PORT")" '$2 ~ port "$" && $4 == "01"' /proc/net/tcp | wc -l; }

# A probe of one's own, relay/$1 in the file $1.lua, its body from stdin.
script() {
    {
        printf 'local probe = ajar.probe { id = "relay/%s", kind = "relay", ports = { 25 }, summary = "x" }\n' "$1"
        printf 'function probe.run(target)\n'
        cat
        printf 'end\nreturn probe\n'
    } >"$1.lua"
}

# The probe in the background; its output goes to the files out and err.
start() {
    timeout --kill-after=5 100 "$AJAR" probe --json "$@" >out 2>err 3>&- &
    PROBE=$!
    for _ in $(seq 100); do
        SUPERVISOR=$(pgrep -P "$PROBE" || true)
        [ -n "$SUPERVISOR" ] && [ "$(children --as-worker | wc -l)" -ge 1 ] && return
        sleep 0.05
    done
    cat err
    return 1
}

# shellcheck disable=SC2034
# Waits for it; its status stands in $status, its time in milliseconds in $took.
finish() {
    local began
    began=$(date +%s%N)
    status=0
    wait "$PROBE" || status=$?
    PROBE=
    took=$((($(date +%s%N) - began) / 1000000))
    echo "status $status after $took ms: $(cat err)"
}

# The processes of the run that are told this as their role.
children() { pgrep -P "$SUPERVISOR" -f -- "$1" || true; }

# Each target has one result, each a line of JSON.
one_result_each() { # TARGETS
    [ "$(jq -r '"\(.target):\(.port)"' out | sort | uniq -c | awk '$1 == 1' | wc -l)" -eq "$1" ]
    [ "$(wc -l <out)" -eq "$1" ]
}
