-- Commands by which whoever reads a letter can see for himself what it says: data for the letters, in no language.
--
--   commands(facts, cause)  { ask = "check.relay", lines, answer = "check.relay_answer" }, the messages before and behind
--                           them; nil where no simple command shows it. cause: what was found, where that is known
--
-- Of the facts nothing but the address and the port stands in a command, and these are digits, letters a to f, "." and ":".
-- The longest address leaves a line its width.

-- Shown by no more than a stranger's message to a recipient elsewhere.
local BY_RECIPIENT = { ["no-rule"] = true, ["unknown-sender"] = true, ["ipv6-clients"] = true }
-- Not shown by an envelope, nor by asking a proxy for a page.
local BY_NO_COMMAND = { ["web-form"] = true, ["web-proxy"] = true, ["local-services"] = true, ["connect-udp"] = true }

local PROXIES = { http = { "http" }, socks = { "socks5h", "socks4a" } }
local PAGES = { http = { "http://example.com/", "https://example.com/" }, socks = { "http://example.com/" } }

local function host_and_port(address, port)
  return address:find(":", 1, true) and string.format("[%s]:%d", address, port) or string.format("%s:%d", address, port)
end

local function of_relay(facts, cause)
  local address, port = facts.address, facts.port
  if not cause or BY_RECIPIENT[cause] then
    return { ask = "check.relay", answer = "check.relay_answer", lines = {
      string.format("swaks --quit-after RCPT --port %d \\", port),
      string.format("  --server %s \\", address),
      "  --from you@elsewhere.example --to you@elsewhere.example",
    } }
  end
  local lines = { string.format("nc -C %s %d", address, port) }
  if cause == "inside-tls" then
    lines = { "openssl s_client -quiet -crlf -starttls smtp \\",
      string.format("  -connect '%s'", host_and_port(address, port)) }
  end
  return { ask = "check.relay_lines", answer = "check.relay_answer", lines = lines }
end

local function of_proxy(facts)
  local lines = {}
  for _, scheme in ipairs(PROXIES[facts.kind]) do
    for _, page in ipairs(PAGES[facts.kind]) do
      lines[#lines + 1] = string.format("curl -m 20 %s \\", page)
      lines[#lines + 1] = string.format("  -x '%s://%s'", scheme, host_and_port(facts.address, facts.port))
    end
  end
  return { ask = "check.proxy", answer = "check.proxy_answer", lines = lines }
end

local function commands(facts, cause)
  if BY_NO_COMMAND[cause] or not facts.address:find("^[%x.:]+$") then
    return nil
  end
  return facts.kind == "relay" and of_relay(facts, cause) or of_proxy(facts)
end

return { commands = commands }
