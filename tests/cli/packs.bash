# shellcheck shell=bash
# packs: a small pack to try things on. `load packs`.

# The folder "folder": a pack of one relay probe.
write_pack() { # NAME VERSION
    mkdir -p folder/probes
    cat >folder/pack.json <<JSON
{
  "pack": 1,
  "name": "$1",
  "version": "$2",
  "api": 1,
  "summary": "One more envelope",
  "license": "Apache-2.0",
  "maintainers": ["A <a@example.org>"],
  "capabilities": ["smtp"],
  "probes": ["probes/plain.lua"]
}
JSON
    cat >folder/probes/plain.lua <<'LUA'
local probe = ajar.probe { id = "relay/acme-plain", kind = "relay", ports = { 25 }, summary = "Plain" }
function probe.run(target)
    local mailbox = ajar.mailbox()
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    local reply = smtp:mail("")
    if reply.ok then
        reply = smtp:rcpt(mailbox)
    end
    if not reply.ok then
        return ajar.closed(reply)
    end
    smtp:data(ajar.message { to = mailbox })
    return ajar.await(mailbox)
end
return probe
LUA
}
