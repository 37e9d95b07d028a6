-- The order of a letter, by its tone. core/script/compose.c calls these functions:
--
--   check(given)  the profile as it was; raises when it lacks a key or has a wrong one
--   usable(given) raises when a letter can't be used
--   speaks(given) raises when there is no letter in the language or the tone; gives { missing } as write does
--   faults(given) of each of the letters { faults = what is wrong with it, is = "en first" } (scripts/notice/wording.lua)
--   texts(given)  what each of the letters says
--   write(given)  the words of one letter; or { missing = code of a language that must be loaded first }
--
-- given: name (what the profile's file is called), language (the one that comes first; or nil), tone (or nil), letters (of
-- packs: a list of { name, letter = what it returned }), profile (lang/profiles/), languages (code = lang/CODE.lua, or, until
-- that is loaded, what data/languages.json has of it and stub = true), facts, json (a function: a value as the text of JSON), and
-- the other scripts of scripts/notice/: profiles, wording, oneself, remedies, causes.
--
-- facts, made by core/notice/facts.c, every string fit for a reader's eyes:
--   case, verdict ("open", "suspect", "closed"), kind ("relay", "http", "socks"), address, port, started (RFC
--   3339), bundle = { name, digest, key_id, public_key }, causes = { { form, cause }, … } (what exactly was found,
--   by the names of cause.lua; may be empty); and where known: host, source, from, said (what
--   the server wrote of itself), lines = { 0, 3, … } (of each line of the dialogue how many are left out behind it; the
--   lines themselves no wording sees),
--   returned = { token, at, peer, same_address }, ports = { reached, missed (lists in words), mail = true or false },
--   languages (what the owner reads, "nb, en"), today (when this one is written),
--   written (when a letter about this server was sent before, RFC 3339), earlier_case (the case that it was about)
--
-- The words: subject, languages (codes, for Content-Language), writer (the name in the From field), rtl (true where the first
-- language is written from right to left), for paper letterhead (lines) and date, and blocks, each a kind, a text, its language
-- and its rtl, which core/notice/layout.c wraps and indents, and core/paper prints:
--   title, text, lead (a text that belongs to the next block), item (of a list), line (not wrapped),
--   code (indented), rule, quote (line: which one of the dialogue, with no text of its own), left_out (what is said of the
--   lines that are left out behind a quote)

-- By these names messages tell one kind from the other.
local MORE_KINDS = { http = "proxy", socks = "proxy", relay = "relay" }

--- Words -----------------------------------------------------------------------------------------

-- One part of a letter: all of it in one language.
local Part = {}
Part.__index = Part

-- The profile's text for this language, or the English one.
function Part:of_profile(words)
  return words and (self.wording.lookup(words, self.language.code) or words.en)
end

function Part:own(key)
  return self:of_profile(self.profile[key])
end

-- Most texts are the same in many letters: what is found out about one is kept, of those that came up lately.
local function keeper(most, make)
  local young, old, count = {}, {}, 0
  return function(text, more)
    local known = young[text]
    if known == nil then
      known = old[text] or make(text, more)
      if count == most then
        young, old, count = {}, young, 0
      end
      young[text], count = known, count + 1
    end
    return known
  end
end

-- "at {time} on {date}" as "at ", "time", " on ", "date", "": every second one is a name.
local pieces_of = keeper(2000, function(text)
  local pieces, from = {}, 1
  for before, name, after in text:gmatch("(){([%w_]+)}()") do
    pieces[#pieces + 1] = text:sub(from, before - 1)
    pieces[#pieces + 1] = name
    from = after
  end
  pieces[#pieces + 1] = text:sub(from)
  return pieces
end)

-- Values that are in none of the two tables are a fault of the text.
local function fill(text, values, more)
  local pieces, filled = pieces_of(text), {}
  if not pieces[2] then
    return text
  end
  for i = 1, #pieces, 2 do
    filled[i] = pieces[i]
    local name = pieces[i + 1]
    if name then
      local value = more and more[name]
      if value == nil then
        value = values[name]
      end
      if value == nil then
        error("no value for {" .. name .. "} in: " .. text:sub(1, 60), 0)
      end
      filled[i + 1] = tostring(value)
    end
  end
  return table.concat(filled)
end

-- "tested.open.relay" as its steps.
local steps_of = keeper(500, function(path)
  local steps = {}
  for step in path:gmatch("[%w_-]+") do
    steps[#steps + 1] = step
  end
  return steps
end)

local function message_at(messages, path)
  for _, step in ipairs(steps_of(path)) do
    messages = type(messages) == "table" and messages[step] or nil
  end
  return messages
end

-- The message under a path such as "tested.open.relay", filled in.
function Part:say(path, more)
  local message = message_at(self.language.messages, path)
  if type(message) ~= "string" then
    error(string.format("no message '%s' in the language %s", path, self.language.code), 0)
  end
  return fill(message, self.values, more)
end

-- A block that is a text stands in the words as its JSON: most are in every letter.
local function json_of(language, kind)
  return keeper(100, function(text, json)
    return json({ kind = kind, text = text, language = language.code, rtl = language.direction == "rtl" or nil })
  end)
end

-- By the language's code and direction, and the kind.
local jsons = {}

function Part:put(kind, text)
  local language = self.language
  local key = kind .. (language.direction or "") .. language.code
  if not jsons[key] then
    jsons[key] = json_of({ code = language.code, direction = language.direction }, kind)
  end
  self.blocks[#self.blocks + 1] = jsons[key](text, self.json)
end

function Part:put_all(kind, list)
  for _, text in ipairs(list) do
    self:put(kind, fill(text, self.values))
  end
end

-- Sentences in one paragraph; nil among them is none. Between them stands what the language has there, mostly a blank.
function Part:paragraph(...)
  local sentences = {}
  for i = 1, select("#", ...) do
    sentences[#sentences + 1] = (select(i, ...))
  end
  if sentences[1] then
    self:put("text", table.concat(sentences, self.language.gap or " "))
  end
end

function Part:title(path)
  self:put("title", self:say(path))
end

local function instant(text)
  local field = { text:match("^(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)") }
  for i, digits in ipairs(field) do
    field[i] = tonumber(digits)
  end
  return { year = field[1], month = field[2], day = field[3], hour = field[4], minute = field[5],
    second = field[6] }
end

-- The values for {date} and {time} of an instant.
function Part:at(text)
  local t = instant(text)
  return { date = self.language.date(t), time = self.language.time(t) }
end

--- The parts of the letter, in order --------------------------------------------------------------

-- Where the suspicion comes from: no list, one, or several, with "; " between them.
function Part:suspicion()
  local names = {}
  for name in ((self.facts.source or "") .. "; "):gmatch("(.-); ") do
    names[#names + 1] = name ~= "" and self:say("source_name", { name = name }) or nil
  end
  if #names > 1 then
    return self:say("sources", { sources = self.language.list(names) })
  end
  return self:say(#names == 1 and "source" or "source_unknown")
end

function Part:address()
  return self:say(self.facts.host and "address_name" or "address")
end

-- That this is not the first letter.
function Part:earlier()
  local facts = self.facts
  local before = facts.written and self:say("earlier_on", self:at(facts.written)) or self:say("earlier")
  return before, facts.earlier_case and self:say("earlier_case", { earlier_case = facts.earlier_case })
end

function Part:tested()
  local facts = self.facts
  local tested = facts.verdict == "suspect" and facts.returned and "doubtful" or facts.verdict
  return self:say("tested." .. tested .. "." .. self.kind, self:at(facts.started))
end

-- A paragraph that says at its end who writes. The authority's own sentence is apart where the profile has it in English alone.
function Part:who(before)
  local authority = self.profile.authority
  local own = self.wording.lookup(authority, self.language.code)
  self:paragraph(before, self:say(self.profile.partners and "who" or "who_alone"), own)
  if not own then
    self:in_english():put("text", authority.en)
  end
end

function Part:first_opening()
  self:put("text", self:say("greeting"))
  self:paragraph(self:address(), self:suspicion())
  self:put("text", self:tested())
  self:who(self:say("matter"))
  self:paragraph(self:say("purpose"), self:say("first_step"))
  self:put("text", self:say("no_blame"))
end

function Part:reminder_opening()
  local earlier, case = self:earlier()
  self:put("text", self:say("greeting"))
  self:put("text", self:address())
  self:paragraph(earlier, case or self:say("again"), case and self:say("again"))
  self:paragraph(self:tested(), self.facts.verdict == "open" and self:say("still") or nil)
  self:who(self:say("matter"))
  self:paragraph(self:say("first_step"))
  self:put("text", self:say("no_blame"))
end

function Part:provider_opening()
  self:put("text", self:say("greeting"))
  self:paragraph(self:address(), self:suspicion())
  self:put("text", self:tested())
  self:who(self:say("matter"))
  self:paragraph(self:say("first_step"), self:say("limit." .. self.kind))
  self:put("text", self:say("no_blame"))
end

function Part:clear_opening()
  local earlier, case = self:earlier()
  self:put("text", self:say("greeting"))
  self:paragraph(self:address(), earlier, case)
  self:paragraph(self:tested(), self:say("thanks"))
  self:paragraph(self:say("settled"), self:say("bounds"))
  self:who()
end

local quote_of = keeper(100, function(i, json)
  return json({ kind = "quote", language = "en", line = i })
end)

function Part:dialogue()
  for i, more in ipairs(self.facts.lines or {}) do
    self.blocks[#self.blocks + 1] = quote_of(i, self.json)
    if more > 0 then
      local form = self.language.plural(more)
      form = self.language.messages.more_lines[form] and form or "other"
      self.blocks[#self.blocks + 1] = { kind = "left_out", language = self.language.code, line = i,
        text = self:say("more_lines." .. form, { n = self.language.number(more) }) }
    end
  end
end

-- Which of our ports a proxy led to, and whether mail could be sent through it.
function Part:ports()
  local ports, words = self.facts.ports or {}, {}
  if ports.reached then
    words[1] = self:say(ports.missed and "ports_some" or "ports_all", ports)
  end
  if ports.mail then
    words[#words + 1] = self:say("ports_mail")
  end
  self:paragraph(unpack(words))
end

function Part:returned()
  local returned = self.facts.returned
  if returned then
    local values = self:at(returned.at)
    values.token, values.peer = returned.token, returned.peer
    self:paragraph(self:say("returned." .. self.kind, values),
      self:say(returned.same_address and "peer_same" or "peer_other"))
  end
  self:ports()
  if self.facts.verdict ~= "closed" then -- else there was nothing to arrive
    self:put("text", self:say("ours_alone." .. self.kind))
  end
end

function Part:seen()
  self:title("seen_title")
  self:put("text", self:say(self.facts.from and "seen_from" or "seen"))
  self:dialogue()
  self:returned()
end

-- Commands that show it, those for the first thing that was found.
function Part:oneself()
  local first = self.facts.causes and self.facts.causes[1]
  local show = self.commands(self.facts, first and first.cause)
  if show then
    self:title("check_title")
    self:put("lead", self:say(show.ask))
    for _, line in ipairs(show.lines) do
      self:put("code", line)
    end
    self:put("text", self:say(show.answer))
  end
end

function Part:explain()
  self:title("what_title")
  self:put("text", self:say("what_they_are"))
  self:put("text", self:say("how_abused"))
  self:title("harm_title")
  self:put_all("item", self.language.messages.harm)
end

function Part:pass_on()
  self:put("text", self:say("pass_on"))
end

function Part:left()
  self:title("left_title")
  self:put_all("item", self.language.messages.left[self.kind])
end

local function names_itself(remedy, said)
  for _, mark in ipairs(remedy.find) do
    if said:find(mark, 1, true) then
      return true
    end
  end
  return false
end

-- What the server says it runs, or software of that kind that never says so; and which of the two.
local function remedy_for(remedies, facts)
  local said = (facts.said or ""):lower()
  local example = nil
  for _, remedy in ipairs(remedies) do
    if remedy.kinds[facts.kind] then
      if names_itself(remedy, said) then
        return remedy, "software_named"
      end
      example = example or (remedy.quiet and remedy)
    end
  end
  return example, example and "software_if" or "software_none"
end

function Part:steps(steps)
  for _, step in ipairs(steps) do
    if step.file then
      self:put("lead", self:say("in_file", { file = step.file }))
    elseif step.remove then
      self:put("lead", self:say("remove", { file = step.remove }))
    else
      self:put("lead", self:say(step.run and "run" or "shell"))
    end
    for _, line in ipairs(step.lines or step.run or step.shell) do
      self:put("code", line)
    end
  end
end

-- Of a server that relays for everyone no more needs to be said; else the first few, one of a kind.
local CAUSES_MOST = 4

local function chosen_causes(found)
  local chosen, by_name = {}, {}
  for _, entry in ipairs(found or {}) do
    local known = by_name[entry.cause]
    if known then
      known.forms = known.forms .. ", " .. entry.form
    else
      known = { name = entry.cause, forms = entry.form }
      by_name[entry.cause] = known
      chosen[#chosen + 1] = known
    end
  end
  if by_name["no-rule"] then
    return { by_name["no-rule"], by_name["ipv6-clients"] }
  end
  for i = #chosen, CAUSES_MOST + 1, -1 do
    chosen[i] = nil
  end
  return chosen
end

-- What closes exactly this: for the software that names itself, or for all of which it is known.
function Part:cause_settings(cause, software)
  local list = self.causes[cause] or {}
  for _, entry in ipairs(list) do
    if entry.software == software then
      self:put("text", self:say("cause_named", entry))
      self:steps(entry.steps)
    elseif not software or entry.beside then
      self:put("text", self:say("cause_if", entry))
      self:steps(entry.steps)
    end
  end
end

-- What the test has found open, and how that is closed. A cause that no language knows is left to the rest.
function Part:found(software)
  for _, cause in ipairs(chosen_causes(self.facts.causes)) do
    local path = "causes." .. cause.name
    local part = message_at(self.language.messages, path) and self
      or message_at(self.english.messages, path) and self:in_english()
    if part then
      local words = { forms = cause.forms, what = part:say(path .. ".what"), close = part:say(path .. ".close") }
      self:put("text", self:say("found." .. self.facts.verdict, words))
      self:cause_settings(cause.name, software)
    end
  end
end

-- Where instructions can be read: those for its software, or while that is not known for all of this kind; then those
-- that hold for any.
local function instructions(remedies, facts, named)
  local links = {}
  for _, remedy in ipairs(named and { named } or remedies) do
    if remedy.kinds[facts.kind] and remedy.link then
      links[#links + 1] = { name = remedy.name, url = remedy.link }
    end
  end
  for _, link in ipairs(remedies.general[facts.kind]) do
    links[#links + 1] = link
  end
  return links
end

-- For a proxy, what closes it whatever it is. A mail server must be reached by strangers.
function Part:firewall()
  local steps = self.remedies.general.firewall[self.kind]
  if steps then
    self:put("text", self:say("firewall"))
    for _, step in ipairs(steps) do
      self:put("lead", self:say("on_system", { system = step.system }))
      for _, line in ipairs(step.lines) do
        self:put("code", (line:gsub("PORT", self.values.port)))
      end
    end
  end
end

function Part:remedy()
  local remedy, intro = remedy_for(self.remedies, self.facts)
  self:title("remedy_title")
  self:found(intro == "software_named" and remedy.name or nil)
  self:put_all("item", self.language.messages.remedy[self.kind])
  self:put("text", self:say(intro, { software = remedy and remedy.name }))
  if remedy then
    self:steps(remedy.steps)
  end
  local named = intro == "software_named" and remedy or nil
  if not named then
    self:firewall()
    self:put("text", self:say("makers"))
  end
  if self.kind == "proxy" and self.profile.questions then
    self:put("text", self:say("questions"))
    self:put_all("item", self:own("questions"))
  end
  self.more_links = instructions(self.remedies, self.facts, named)
end

function Part:links()
  self:title("links_title")
  for _, link in ipairs(self.profile.links) do
    self:put("item", self:of_profile(link.title) .. ": " .. link.url)
  end
  for _, link in ipairs(self.more_links or {}) do
    self:put("item", link.name .. ": " .. link.url)
  end
end

function Part:after()
  self:title("after_title")
  if self.facts.verdict ~= "closed" then
    self:put("text", self:say("retest"))
  end
  self:put("text", self:say("object"))
  self:put("lead", self:say("lists"))
  self:put("item", self:say("list_tests"))
  self:put("item", self:say("list_letters"))
end

function Part:evidence()
  self:title("evidence_title")
  self:put("text", self:say("evidence"))
  self:put("code", self.facts.bundle.digest)
  self:put("text", self:say("evidence_check"))
  self:put("code", self.facts.bundle.public_key)
end

function Part:ending()
  self:put("text", self:say("contact"))
  self:put("text", self:say("regards"))
  self:put_all("line", self:own("signature"))
end

function Part:remark()
  local remark = self:own("remark")
  if remark then
    self:put("text", remark)
  end
end

-- What a letter of each tone consists of; one of a pack's own tone is as the first.
local ORDERS = {
  first = { "remark", "first_opening", "seen", "oneself", "explain", "remedy", "links", "after", "evidence", "ending" },
  reminder = { "remark", "reminder_opening", "seen", "oneself", "explain", "remedy", "links", "after", "evidence", "ending" },
  provider = { "remark", "provider_opening", "seen", "explain", "pass_on", "oneself", "remedy", "links", "after", "evidence",
    "ending" },
  ["all-clear"] = { "remark", "clear_opening", "seen", "oneself", "left", "links", "after", "evidence", "ending" },
}

local function write_part(part, tone)
  for _, step in ipairs(ORDERS[tone] or ORDERS.first) do
    part[step](part)
  end
end

--- Languages -------------------------------------------------------------------------------------

local function full_name(language)
  if language.name == language.english then
    return language.name
  end
  return language.english .. " (" .. language.name .. ")"
end

-- The names of all languages but the letter's own, each in itself.
local function other_languages(languages, own)
  local others, names = {}, {}
  for _, language in pairs(languages) do
    if language ~= own[1] and language ~= own[2] then
      others[#others + 1] = language
    end
  end
  table.sort(others, function(a, b)
    return a.english .. a.code < b.english .. b.code
  end)
  for i, language in ipairs(others) do
    names[i] = language.name
  end
  return names
end

-- The line on top, in English for every reader.
local function preface(given, languages, own)
  local english = given.languages.en
  local words = english.preface
  local names = { first = full_name(own[1]), second = own[2] and full_name(own[2]) }
  local text = fill(own[2] and words.two or words.one, names)
  local others = other_languages(languages, own)
  if #others > 0 then
    text = text .. " " .. fill(words.more, { languages = english.list(others),
      where = given.profile.languages_at or given.profile.contact })
  end
  return text
end

--- The letter ------------------------------------------------------------------------------------

-- The same words in English, for a message that this language does not have yet.
function Part:in_english()
  return setmetatable({ language = self.english, values = self.values, blocks = self.blocks, json = self.json }, Part)
end

local function new_part(given, language, english, blocks)
  local facts, profile = given.facts, given.profile
  local part = setmetatable({ language = language, english = english, facts = facts, profile = profile,
    wording = given.wording, remedies = given.remedies, causes = given.causes, commands = given.oneself.commands,
    kind = MORE_KINDS[facts.kind], blocks = blocks, json = given.json }, Part)
  part.values = {
    address = facts.address, port = string.format("%d", facts.port), host = facts.host,
    source = facts.source, from = facts.from, case = facts.case, bundle = facts.bundle.name,
    key_id = facts.bundle.key_id, contact = profile.contact, retest = profile.retest,
    objection = profile.objection, stop_tests = profile.stop_tests or profile.objection,
    stop_letters = profile.stop_letters or profile.objection, project = part:own("project"),
    partners = part:own("partners"),
  }
  return part
end

-- An all-clear is about a server that is closed, and nothing else is.
local function fits(tone, verdict)
  if (tone == "all-clear") ~= (verdict == "closed") then
    error(verdict == "closed" and "about a server that is closed there is a letter in the tone 'all-clear' alone"
      or "the letter is in the tone 'all-clear', and the server was not found closed", 0)
  end
end

-- The languages of a letter are those of all that ask for the same ones, unless letters of packs are put over them: these come
-- anew with each.
local CHOICES_MOST = 100
local choices, choice_count = {}, 0

local function choice(given)
  if #given.letters > 0 then
    return given.wording.choose(given)
  end
  local key = table.concat({ given.tone or "", given.language or "", given.facts.languages or "" }, " / ")
  if not choices[key] then
    local chosen, missing = given.wording.choose(given)
    if missing then
      return nil, missing
    end
    if choice_count == CHOICES_MOST then
      choices, choice_count = {}, 0
    end
    choices[key], choice_count = chosen, choice_count + 1
  end
  return choices[key]
end

local function write(given)
  local chosen, missing = choice(given)
  if missing then
    return { missing = missing }
  end
  local first, english = chosen.first, chosen.english
  local own = { first, first ~= english and english or nil }
  fits(chosen.tone, given.facts.verdict)
  chosen.preface = chosen.preface or preface(given, chosen.languages, own)
  local blocks = { { kind = "text", language = "en", text = chosen.preface } }
  local part = new_part(given, first, english, blocks)
  write_part(part, chosen.tone)
  if own[2] then
    blocks[#blocks + 1] = { kind = "rule", language = english.code, text = full_name(english) }
    write_part(new_part(given, english, english, blocks), chosen.tone)
  end
  return {
    subject = part:say("subject." .. given.facts.verdict .. "." .. part.kind),
    languages = own[2] and first.code .. ", " .. own[2].code or first.code,
    writer = part:own("writer"),
    letterhead = part:own("letterhead"),
    date = given.facts.today and part:at(given.facts.today).date,
    rtl = first.direction == "rtl" or nil,
    blocks = blocks,
  }
end

local function check(given)
  return given.profiles.check(given.profile, given.name)
end

local function usable(given)
  given.wording.check(given)
end

local function speaks(given)
  local _, missing = given.wording.choose(given)
  return { missing = missing }
end

local function faults(given)
  local all = {}
  for i, entry in ipairs(given.letters) do
    all[i] = { faults = given.wording.faults(entry.letter, given.languages), is = given.wording.is(entry.letter) }
  end
  return all
end

-- What each of the letters says: { code, name, english, aliases, direction, texts = { { path, text }, … },
-- samples = { { name, text }, … } }.
local function texts(given)
  local all = {}
  for i, entry in ipairs(given.letters) do
    local letter = entry.letter
    all[i] = { texts = given.wording.texts(letter), samples = given.wording.samples(letter) }
    all[i].aliases = table.concat(given.wording.tags(letter), " ")
    for _, field in ipairs({ "code", "name", "english", "tone", "direction" }) do
      local value = type(letter) == "table" and letter[field]
      all[i][field] = type(value) == "string" and value:sub(1, 60) or nil
    end
  end
  return all
end

return { check = check, texts = texts, usable = usable, speaks = speaks, faults = faults, write = write }
