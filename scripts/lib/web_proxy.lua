-- ajar.web_proxy: pages of a web server that fetch what their own URL names, for anyone (P22).
--
-- The URL is always that of a token at our sink (core/script/own_page.h). A page that says yes is no sign: most servers
-- have one for every path. `open` is only who was seen at our sink and shows the answer that he got there; who fetches
-- and shows nothing, a preview or a filter that looks at what stands in requests, is no proxy.

local raw, ajar = raw, ajar
local check, fail, make_verdict = ajar.internal.check, ajar.internal.fail, ajar.internal.verdict
local peer_address, http, tunnel = ajar.internal.peer_address, ajar.internal.http, ajar.internal.tunnel

ajar.web_proxy = {}

local FORM = {
    id = "P22", cause = "web-proxy", name = "a page that fetches what its URL names",
    shows = "has a page that fetches any URL for any stranger",
    remedy = "Remove the script, or let it fetch from hosts on a list of your own alone, and only for those who have "
        .. "logged in.",
}

-- Where web proxies are found, in the words of core/script/own_page.c. The root is the fourth: where there is no page
-- even there, what comes behind is not asked for.
local PLACES = {
    "/proxy?url={url}",
    "/browse.php?u={url}", -- Glype
    "/index.php?q={base64}", -- PHProxy
    "/?url={url}",
    "/cgi-bin/nph-proxy.cgi/000000A/http/{sink}/{token}", -- CGIProxy
    "/miniProxy.php?http://{sink}/{token}",
    "/proxy.php?url={url}",
    "/index.php?q={url}",
}
local WALL = 4

-- By these a server says that it has no such page, and by those that it has none for us: what goes for all pages.
local MISSING = { [404] = true, [410] = true, [503] = true }
local FOR_ALL = { [401] = true, [407] = true, [421] = true, [429] = true, [511] = true }

-- What may take its time to fetch, in seconds.
local FETCH_WAIT = 2

-- What a probe declares: tables of its own, as scripts share nothing that they can write.
function ajar.web_proxy.forms()
    local envelope = {}
    for i, place in ipairs(PLACES) do
        envelope[i] = "GET " .. place .. " HTTP/1.1"
    end
    return { {
        id = FORM.id, name = FORM.name, cause = FORM.cause, shows = FORM.shows, remedy = FORM.remedy,
        envelope = envelope,
    } }
end

-- Pages are fetched from port 80, where the sink has it; some web proxies know no other.
local function usual_port()
    local ports = raw.fact("sink_ports")
    for _, port in ipairs(ports) do
        if port == 80 then
            return port
        end
    end
    return ports[1]
end

---@class ajar.web_proxy.page
---@field place string
---@field token string
---@field response ajar.http.response
---@field answer? string the sink's, where the page shows it
---@field added string[] what was added to the request that came to the sink
---@field session ajar.http.session

---One request, by a connection in place of the last.
---@param place string
---@param where string "address:80", "closed"
---@param token string
---@return ajar.web_proxy.page
local function ask(state, place, where, token)
    state.session = state.session and state.session:again()
        or ajar.http.connect(state.target, http.page_options(state.target))
    check(raw.web_proxy_send(state.session.conn, place, where, token))
    local session = state.session
    local answered, r = pcall(http.receive, session, "GET", token)
    local answer, added
    if answered then
        answer, added = http.answer_in(r, token)
    else
        answer, added, r = http.answer_in_rest(session, token, r)
    end
    return { place = place, token = token, response = r, answer = answer, added = added, session = session }
end

---Asks, and gives what no answer to it means.
---@return ajar.web_proxy.page? page, ajar.verdict? problem
local function try(state, place, where, token)
    local asked, result = pcall(ask, state, place, where, token)
    if asked then
        return result
    elseif type(result) ~= "table" or result.verdict == "error" or result.code == "ESTOPPED" then
        error(result, 0)
    end
    return nil, result
end

---What came for a token, if anything.
local function receipt_of(token, seconds)
    local receipt, text, code = raw.receipt(token, seconds)
    if not receipt and code ~= "ETIMEDOUT" then
        fail(text, code)
    end
    return receipt
end

---The control: the same page, for a port of ours that is closed, has nothing of ours to show. Some know no ports, and
---fetch it from another of ours: then it was there.
---@return string? odd what shows that its pages mean nothing
local function control(state, place)
    local page, problem = try(state, place, "closed", ajar.token())
    if not page then
        raw.step("control: asked for a port of ours that is closed, it gives no answer: " .. problem.reason)
    elseif not page.answer then
        raw.step("control: of a port of ours that is closed it shows nothing: " .. tostring(page.response),
            page.response.line)
    else
        local receipt = page.session.receipt or receipt_of(page.token, math.min(raw.fact("wait"), FETCH_WAIT))
        if not receipt or receipt.answer ~= page.answer then
            return "shows what can't have come from our sink: an answer from a port of ours that is closed"
        end
        raw.step("control: asked for a port of ours that is closed, it fetches from another of ours", receipt.line)
    end
end

---The verdict where a page shows what the sink has answered.
---@param page ajar.web_proxy.page
local function proven(state, page)
    local r = page.response
    ajar.step(r, "an answer as our sink's stands in the page at " .. page.place)
    local v = tunnel.await(page.session, page.token)
    if v.verdict ~= "open" then
        return ajar.closed(r, "answers with a page of its own: " .. tostring(r))
    elseif page.answer ~= v.receipt.answer then
        return make_verdict("inconclusive", "fetches the URL that a request names, and shows another answer than it got")
    end
    for _, field in ipairs(page.added) do
        raw.step("the target added to our request: " .. field, r.line)
    end
    local odd = control(state, page.place)
    if odd then
        return make_verdict("inconclusive", odd)
    end
    v.reason = "token returned, through the page at " .. page.place
    raw.step("P22: " .. FORM.shows, r.line, FORM.id, FORM.cause)
    raw.step("remedy: " .. FORM.remedy, r.line)
    return v
end

---What was fetched and not shown: no way for strangers, but not nothing either. It is never `suspect`: that would become
---`open` by a later visit to our sink, and a visit alone proves no proxy here. It is waited for where a page may have
---fetched it.
local function fetched(state)
    local seconds = (state.page or state.problem) and math.min(raw.fact("wait"), FETCH_WAIT) or 0
    for _, asked in ipairs(state.asked) do
        local receipt = asked.session and asked.session.receipt or receipt_of(asked.token, seconds)
        if receipt then
            local from = peer_address(receipt.peer)
            raw.step(("the URL in the request for %s was fetched from %s"):format(asked.place, receipt.peer),
                receipt.line)
            return make_verdict("inconclusive", from == state.target.address
                and "fetches the URL that a request names, and does not show what it got"
                or "another address fetches the URL that a request names: " .. from)
        end
        seconds = 0
    end
end

---The verdict when no page has shown anything of ours.
local function nothing_shown(state)
    local v, last = fetched(state), state.last
    if v then
        return v
    elseif not last then
        error(state.problem, 0)
    elseif state.page then
        return ajar.closed(state.page, "answers with pages of its own: " .. tostring(state.page))
    elseif last.code >= 400 and last.code ~= 404 then
        return ajar.http.refused(last)
    end
    return ajar.closed(last, "has none of the known web proxies: " .. tostring(last))
end

-- What the answer for a place says of those to come: whether to ask no more.
local function is_enough(state, r)
    if MISSING[r.code] then
        state.misses = state.misses + 1
    else
        state.misses = 0
        state.page = state.page or r.code < 400 and r or nil
    end
    return FOR_ALL[r.code] or state.misses == WALL
end

-- What one place has answered, noted; gives the verdict where there is one, and whether to ask no more.
local function visit(state, place)
    local token = ajar.token()
    local asked = { token = token, place = place }
    state.asked[#state.asked + 1] = asked
    local page, problem = try(state, place, "address:" .. state.port, token)
    asked.session = state.session
    if page then
        state.last = page.response
        if page.answer then
            return proven(state, page), true
        end
        return nil, is_enough(state, page.response)
    elseif problem.verdict ~= "inconclusive" and not state.last then
        error(problem, 0)
    end
    state.problem, state.misses = problem, state.misses + 1
    return nil, not state.last or problem.verdict ~= "inconclusive" or state.misses == WALL
end

---Asks the pages at which web proxies are found for a token at our sink: eight requests, and one for the control, at most.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.web_proxy.test(target)
    local state = { target = target, port = usual_port(), asked = {}, misses = 0 }
    for _, place in ipairs(PLACES) do
        local v, over = visit(state, place)
        if v then
            return v
        elseif over then
            break
        end
    end
    return nothing_shown(state)
end

return ajar.web_proxy
