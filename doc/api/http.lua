---@meta
-- ajar.http: proxies and web servers
-- Name: ajar.http
-- Capability: http
--
-- Requests over HTTP/1.1 (RFC 9112) and HTTP/2 (RFC 9113), whose only destination is our own sink. Whole tests stand beside
-- the parts that they are made of.
--
-- The whole tests ask for each of the sink's ports, and where none is reached by the name of `--sink-name`. A yes is put to a
-- control: who says yes to a port of ours that is closed, too, or to a method that does not exist, is `inconclusive`. Where the
-- token stands in the request itself, `open` is only who brings our sink's answer back.

---@class ajar.http
ajar.http = {}

---@class ajar.tunnel.options
---@field port? integer default: the target's
---@field seconds? number for each answer; default 30
---@field tls? string the protocol that is offered inside TLS: "http/1.1"; none: no TLS

---A connection to a proxy that leads to our sink, if it does.
---@class ajar.tunnel.session
---@field target ajar.target
---@field seconds number for each answer
---@field options ajar.tunnel.options
local tunnel = {}

---Proves a way that was granted: puts the token through, waits for it, and puts the yes to the control.
---
---```lua
----- ajar sim http-open
---local token = ajar.token()
---local http = ajar.http.connect(target)
---local response = http:connect(token)
---return http:prove(token, response) --> open: token returned
---```
---@param token string
---@param said table the reply that said yes
---@return ajar.verdict verdict for `probe.run` to return
function tunnel:prove(token, said) end

---Closes the connection. One that is still open when the probe ends is closed then.
---
---```lua
----- ajar sim http-open
---local http = ajar.http.connect(target)
---http:close()
---local ok, problem = pcall(http.get, http, ajar.token()) --> false, error: connection 1 is closed
---```
function tunnel:close() end

---Makes a new connection of the same kind in place of this one.
---
---```lua
----- ajar sim http-closed
---local http = ajar.http.connect(target)
---local first = http:get(ajar.token()) --> HTTP 403 Forbidden
---http = http:again()
---local second = http:get(ajar.token()) --> HTTP 403 Forbidden
---```
---@return ajar.tunnel.session session
function tunnel:again() end

---Says our question in the tunnel. For the whole tests.
---@private
---@param token string
---@return boolean? said
---@return string? text what went wrong
---@return string? code
function tunnel:say(token) end

---A line that came out of the tunnel. For the whole tests.
---@private
---@param seconds? number
---@return string? line
---@return string? text what went wrong
---@return string? code
function tunnel:line(seconds) end

---The control. For the whole tests.
---@private
---@return table reply
function tunnel:nowhere() end

---An answer. `tostring` gives "HTTP 403 Forbidden".
---@class ajar.http.response
---@field code integer 403; 0 for what has no head
---@field reason string "Forbidden"
---@field ok boolean 2xx
---@field body string at most 64 KiB
---@field fields table<string, string> server, via, proxy-authenticate, content-type, content-length, transfer-encoding, proxy-agent, x-squid-error, location, upgrade, by names in lower case
---@field line integer of the tape

---@class ajar.http.session: ajar.tunnel.session
local session = {}

---Connects.
---
---Raises `unreachable` without a connection, `inconclusive` where TLS fails.
---
---```lua
----- ajar sim http-closed
---local http = ajar.http.connect(target, { seconds = 10 })
---local response = http:get(ajar.token()) --> HTTP 403 Forbidden
---```
---@param target ajar.target
---@param options? ajar.tunnel.options
---@return ajar.http.session session
function ajar.http.connect(target, options) end

---Sends a request and receives the response.
---
---Raises `inconclusive` where no valid one comes.
---
---```lua
----- ajar sim http-closed
---local http = ajar.http.connect(target)
---local response = http:request("post", ajar.token(), "address:closed") --> HTTP 403 Forbidden
---```
---@param form "get"|"head"|"connect"|"post"|"put"|"origin"|"at" post, put: the token is in the body; origin: GET /TOKEN, the sink as Host; at: GET @SINK/TOKEN
---@param token string
---@param where? string "address" (default) or "name", with a port of the sink behind it ("address:443"), or ":closed", the control
---@param old? boolean HTTP/1.0, with an empty line of its own behind it
---@return ajar.http.response response
function session:request(form, token, where, old) end

---GET http://SINK/TOKEN: what a forward proxy is asked (RFC 9112, section 3.2.2).
---
---```lua
----- ajar sim http-open
---local token = ajar.token()
---local http = ajar.http.connect(target)
---local response = http:get(token) --> HTTP 200 OK
---return ajar.await(token) --> open: token returned
---```
---@param token string
---@return ajar.http.response response
function session:get(token) end

---HEAD http://SINK/TOKEN (RFC 9110, section 9.3.2).
---
---```lua
----- ajar sim http-closed
---local http = ajar.http.connect(target)
---local response = http:head(ajar.token()) --> HTTP 403 Forbidden
---```
---@param token string
---@return ajar.http.response response
function session:head(token) end

---CONNECT SINK (RFC 9110, section 9.3.6).
---
---```lua
----- ajar sim http-password
---local http = ajar.http.connect(target)
---local response = http:connect(ajar.token()) --> HTTP 407 Proxy Authentication Required
---return ajar.http.refused(response) --> closed: asks for authentication: HTTP 407 Proxy Authentication Required
---```
---@param token string which goes with the connection; it is put through by `prove`
---@param old? boolean HTTP/1.0
---@return ajar.http.response response
function session:connect(token, old) end

---The control by a method that nobody can know. For the whole tests.
---@private
---@return string? shown what a yes to it shows
function session:any_method() end

---The verdict that a refusing response means: `closed`, or `inconclusive` where it says nothing of us (5xx, 408, 429).
---
---```lua
----- ajar sim http-closed
---local http = ajar.http.connect(target)
---return ajar.http.refused(http:get(ajar.token())) --> closed: HTTP 403 Forbidden
---```
---@param response ajar.http.response
---@return ajar.verdict verdict for `probe.run` to return
function ajar.http.refused(response) end

---The same where other ways to the sink are tried after this one: what a refusal says of one port or name may not go for
---others (403, 5xx), and then the verdict's `final` is false.
---
---```lua
----- ajar sim http-closed
---local http = ajar.http.connect(target)
---local verdict = ajar.http.refused_way(http:get(ajar.token())) --> closed: HTTP 403 Forbidden
---ajar.note(tostring(verdict.final)) --> false
---```
---@param response ajar.http.response
---@return ajar.verdict verdict for `probe.run` to return
function ajar.http.refused_way(response) end

---The whole test of CONNECT.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim http-open
---return ajar.http.test_connect(target) --> open: token returned
---```
---@param target ajar.target
---@param options? ajar.tunnel.options
---@return ajar.verdict verdict for `probe.run` to return
function ajar.http.test_connect(target, options) end

---The whole test of a request that is to be passed on: the sink's answer must be in the page.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim http-open
---return ajar.http.test_request(target, "get") --> open: token returned
---```
---@param target ajar.target
---@param form "get"|"post"|"put"
---@param options? ajar.tunnel.options
---@return ajar.verdict verdict for `probe.run` to return
function ajar.http.test_request(target, form, options) end

---The whole test of a web server that passes on what is meant for other hosts: in the forms in which its own pages are asked
---for, and as `@HOST`, which a careless rule of rewriting puts behind a name (CVE-2011-3368).
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim web-any-host
---return ajar.http.test_web_server(target) --> open: token returned
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.http.test_web_server(target) end

---Proxies that are spoken to by HTTP/2.
---@class ajar.h2
ajar.h2 = {}

---The whole test of CONNECT (RFC 9113, section 8.5), inside TLS or in clear, as the port has it, then the other way.
---
---Raises `unreachable` without a connection.
---
---```lua
----- ajar sim h2-closed
---return ajar.h2.test_connect(target) --> closed: HTTP/2 403
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.h2.test_connect(target) end

---The whole test of extended CONNECT (RFC 8441): our sink is asked for as if it were a WebSocket, and the request that
---reaches it is the proof.
---
---Raises `unreachable` without a connection.
---
---```lua
----- ajar sim h2-connect-only
---return ajar.h2.test_websocket(target) --> closed: offers no extended CONNECT
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.h2.test_websocket(target) end

---Proxies for UDP in HTTP (RFC 9298): by the path `/.well-known/masque/udp/HOST/PORT/`, whose host and port are our sink's.
---Behind a yes the token goes out and the sink's answer comes back as datagrams in capsules (RFC 9297). `open` is by the
---token alone, `suspect` who says yes and lets no datagram through.
---@class ajar.http_udp
ajar.http_udp = {}

---Makes what such a probe declares as its `forms`.
---
---```lua
----- ajar sim http-closed
---local forms = ajar.http_udp.forms { "GET /.well-known/masque/udp/{sink}/{port}/ HTTP/1.1" }
---ajar.note(forms[1].name) --> UDP through HTTP (RFC 9298)
---```
---@param request string[] what is said, line by line
---@return ajar.form[] forms
function ajar.http_udp.forms(request) end

---The whole test over HTTP/1.1: an upgrade for each of the sink's ports, inside TLS on ports 443 and 8443.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim http-closed
---return ajar.http_udp.test_upgrade(target) --> closed: HTTP 403 Forbidden
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.http_udp.test_upgrade(target) end

---The whole test over HTTP/2: an extended CONNECT for each of the sink's ports.
---
---Raises `unreachable` without a connection.
---
---```lua
----- ajar sim h2-connect-only
---return ajar.http_udp.test_h2(target) --> closed: offers no extended CONNECT
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.http_udp.test_h2(target) end

---Forms on web servers that mail whomever they are told to (FormMail and its kin). It takes the capability `http` alone.
---@class ajar.web_form
ajar.web_form = {}

---Fills the known forms with the attempt's own mailbox, which is all that can be put into one, and waits for their mail; what
---came back must do so twice. Eleven requests at most. `closed` is who has no such page, and whose forms refuse the recipient or
---have mailed their sender alone; a page that says neither yes nor no is `inconclusive`.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim web-form-open
---local probe = ajar.probe {
---    id = "relay/example", kind = "relay", ports = { 80 }, summary = "Has a form that mails whomever it names",
---}
---
---function probe.run(target)
---    return ajar.web_form.test(target) --> open: T10 came back from …
---end
---
---return probe
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.web_form.test(target) end

---Pages of a web server that fetch what their own URL names (Glype, PHProxy, CGIProxy, `/proxy?url=` and others).
---@class ajar.web_proxy
ajar.web_proxy = {}

---Makes what such a probe declares as its `forms`.
---
---```lua
----- ajar sim web-proxy-none
---ajar.note(ajar.web_proxy.forms()[1].envelope[2]) --> GET /browse.php?u={url} HTTP/1.1
---```
---@return ajar.form[] forms
function ajar.web_proxy.forms() end

---Asks the pages at which web proxies are found for the URL of a token at our sink: eight requests, and one for the control,
---at most. `open` is who was seen at our sink and shows the answer that it got there. Who fetches and shows nothing (a
---preview, a filter) is `inconclusive`.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim web-proxy-glype
---return ajar.web_proxy.test(target) --> open: token returned, through the page at /browse.php?u={url}
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.web_proxy.test(target) end

---Proxies that lead to ports of their own machine, at 127.0.0.1 and at the target's address, which is all that can be named.
---@class ajar.local_service
ajar.local_service = {}

---Makes what such a probe declares as its `forms`.
---
---```lua
----- ajar sim http-closed
---ajar.note(ajar.local_service.forms()[1].id) --> P16
---```
---@return ajar.form[] forms
function ajar.local_service.forms() end

---Makes the arguments that such a probe must declare: `ports`, at most eight, default "22,25", and that of `ajar.proxy.args`.
---
---```lua
----- ajar sim http-closed
---ajar.note(ajar.local_service.args().ports.default) --> 22,25
---```
---@return table<string, ajar.argument> args
function ajar.local_service.args() end

---Asks for each port of the argument `ports` by CONNECT, and by GET where that is refused, until a service greets. A greeting
---that comes out is `suspect`, unless the target says yes to everything; `open` it is never. Nothing is said in a tunnel.
---
---Raises `unreachable` without a connection, `inconclusive` where no answer could be had.
---
---```lua
----- ajar sim http-closed
---local probe = ajar.probe {
---    id = "proxy/example", kind = "proxy", ports = { 3128 },
---    summary = "Leads strangers to services of its own machine",
---    args = ajar.local_service.args(), forms = ajar.local_service.forms(),
---}
---
---function probe.run(target)
---    return ajar.local_service.test(target) --> closed: HTTP 403 Forbidden
---end
---
---return probe
---```
---@param target ajar.target
---@return ajar.verdict verdict for `probe.run` to return
function ajar.local_service.test(target) end
