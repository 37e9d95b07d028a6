-- Mail servers whose mail comes to our sink in another shape: careful ones that return it in a way of their own, and open
-- ones that deliver it under another header.

local NAME = "mail.sim.test"
local THIRD, ENVELOPE, EVERY = "relay/third-party", "relay/envelope", "relay/every-form"
local OTHERS = { "relay/starttls", "relay/xclient", "relay/proxy-header", "relay/srs", "relay/normalise",
    "relay/second-recipient" }
local list = {}

---`different`: what is not closed. rules: as sim.mail_server's.
local function scenario(id, summary, different, rules)
    local expects = {}
    for _, probe in ipairs { THIRD, ENVELOPE, EVERY, unpack(OTHERS) } do
        expects[probe] = different[probe] or "closed"
    end
    list[#list + 1] = sim.scenario {
        id = "relay-" .. id, summary = summary, port = 2525, expects = expects,
        serve = function(c)
            sim.mail_server(c, rules())
        end,
    }
end

local DENIED = "554 5.7.1 Relay access denied"
local OPEN = { [THIRD] = "open", [ENVELOPE] = "open", [EVERY] = "open" }
local NOT_ALL_SENT = { [EVERY] = "inconclusive" } -- of all its forms five get a message

---A mailbox elsewhere, plainly written.
local function is_plain(to)
    return to:find("^<%w+@%w[%w.-]*%w>$") ~= nil and not to:find("@mail%.sim%.test>$")
end

---Takes plain mailboxes elsewhere, of any sender or of the null one alone.
local function relay(message, null_alone)
    return function()
        local from
        return {
            mail = function(argument)
                from = argument:match("<[^>]*>")
                return "250 2.1.0 ok"
            end,
            rcpt = function(argument)
                local taken = is_plain(argument:match("<[^>]*>") or "") and (not null_alone or from == "<>")
                return taken and "250 2.1.5 ok" or DENIED
            end,
            message = message,
        }
    end
end

-- Careful: what they take they return, of whatever sender ---------------------------------------------------

for _, row in ipairs {
    { "quotes", "with all of it below", function(message) return "\r\nNot delivered:\r\n\r\n" .. message end },
    { "report", "in a multipart/report", function(message)
        return 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n\r\nno\r\n'
            .. "--b\r\nContent-Type: message/rfc822\r\n\r\n" .. message .. "\r\n--b--\r\n"
    end },
    { "words", "with words of its own alone", function() return "\r\nNot delivered: user unknown.\r\n" end },
} do
    scenario("returns-" .. row[1], "Takes all mail, and returns it from its daemon's own mailbox, " .. row[2], NOT_ALL_SENT,
        function()
            return { message = function(from, _, message)
                if from ~= "<>" then
                    sim.deliver("<mailer-daemon@" .. NAME .. ">", from, "From: mailer-daemon@" .. NAME
                        .. "\r\nSubject: undeliverable\r\nMessage-ID: <1@" .. NAME .. ">\r\n" .. row[3](message))
                end
            end }
        end)
end
scenario("tells-the-recipient", "Takes mail of the null sender, and tells its recipient that it is held",
    { [ENVELOPE] = "suspect", [EVERY] = "suspect" },
    relay(function(_, to) sim.deliver("<>", to, "Subject: a mail is held\r\n\r\nLog in.\r\n") end, true))

-- Open: what they take they deliver, with the null sender ---------------------------------------------------

local function deliver_anew(_, to, message)
    sim.deliver("<>", to, (message:gsub("Message%-ID: <[^>]*>", "Message-ID: <1@" .. NAME .. ">")))
end
scenario("null-delivery", "Relays for anyone, with the null sender and a Message-ID of its own", OPEN, relay(deliver_anew))
scenario("null-delivery-s4", "Relays for the null sender alone, with a Message-ID of its own",
    { [ENVELOPE] = "open", [EVERY] = "open" }, relay(deliver_anew, true))
scenario("new-header", "Relays for anyone, with the null sender and a header of its own", OPEN,
    relay(function(_, to, message)
        sim.deliver("<>", to, "Subject: mail for you\r\n\r\n" .. message:match("\r\n\r\n(.*)$"))
    end))

-- Open: what they take they deliver with a Message-ID of their own, and the text in another form --------------

local LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

---Base64, in lines of 76.
local function base64(text)
    local out = {}
    for a, b, c in text:gmatch("(.)(.?)(.?)") do
        local n = a:byte() * 65536 + (b:byte() or 0) * 256 + (c:byte() or 0)
        for i = 1, #b + #c + 2 do
            local at = math.floor(n / 64 ^ (4 - i)) % 64 + 1
            out[#out + 1] = LETTERS:sub(at, at)
        end
        out[#out + 1] = ("="):rep(2 - #b - #c)
    end
    return (table.concat(out):gsub(("."):rep(76), "%0\r\n")) .. "\r\n"
end

for _, row in ipairs {
    { "base64", "in base64", "Content-Transfer-Encoding: base64\r\n", base64 },
    { "quoted-printable", "in quoted-printable", "Content-Transfer-Encoding: quoted-printable\r\n", function(text)
        return (text:gsub("=", "=3D"):gsub("[^\r\n]+", function(line) return (line:gsub(("."):rep(40), "%0=\r\n")) end))
    end },
    { "multipart", "as a part of a multipart", "Content-Type: multipart/alternative; boundary=b\r\n", function(text)
        return "In several parts.\r\n--b\r\nContent-Type: text/plain\r\n\r\n" .. text
            .. "--b\r\nContent-Type: text/html\r\n\r\n<pre>" .. text .. "</pre>\r\n--b--\r\n"
    end },
    { "wraps", "with its lines wrapped anew", "", function(text)
        return (text:gsub("\r\n", " "):gsub("(" .. ("."):rep(50) .. "%S*) ", "%1\r\n")) .. "\r\n"
    end },
    { "warns", "below a warning", "", function(text) return "CAUTION: external mail.\r\n\r\n" .. text end },
} do
    scenario("delivers-" .. row[1], "Relays for anyone, with a Message-ID and a subject of its own and the text " .. row[2], OPEN,
        relay(function(from, to, message)
            sim.deliver(from, to, "From: " .. message:match("From: ([^\r\n]*)") .. "\r\nSubject: [EXT] a mail\r\nMessage-ID: <1@"
                .. NAME .. ">\r\n" .. row[3] .. "\r\n" .. row[4](message:match("\r\n\r\n(.*)$")))
        end))
end

-- More than our sink takes: it refuses them, and has seen enough.
for _, row in ipairs {
    { "lines", "5000 lines", ("disclaimer\r\n"):rep(5000) },
    { "bytes", "400 KB in long lines", (("x"):rep(900) .. "\r\n"):rep(450) },
    { "line", "400 KB in one line", ("x"):rep(400000) .. "\r\n" },
} do
    scenario("adds-" .. row[1], "Relays for anyone, and writes below what it passes on: " .. row[2], OPEN,
        relay(function(from, to, message) sim.deliver(from, to, message .. row[3]) end))
end

return list
