-- The order of a letter. core/script/compose.c calls these functions:
--
--   check(given)  the profile as it was; raises when it lacks a key or has a wrong one
--   usable(given) raises when a letter can't be used
--   speaks(given) raises when there is no letter in the language or the tone
--   faults(given) of each of the letters { faults = what is wrong with it, is = "en first" } (scripts/notice/wording.lua)
--   write(given)  the words of one letter
--
-- given: name (what the profile's file is called), language (the one that comes first; or nil), tone (or nil), letters (of
-- packs: a list of { name, letter = what it returned }), profile (lang/profiles/), languages (code = lang/CODE.lua),
-- wording (scripts/notice/wording.lua), remedies (scripts/notice/remedy.lua), causes (scripts/notice/cause.lua), facts.
--
-- facts, made by core/notice/facts.c, every string fit for a reader's eyes:
--   case, verdict ("open", "suspect"), kind ("relay", "http", "socks"), address, port, started (RFC
--   3339), bundle = { name, digest, key_id, public_key }, causes = { { form, cause }, … } (what exactly was found,
--   by the names of cause.lua; may be empty); and where known: host, source, from, said (what
--   the server wrote of itself), dialogue = { { who = "C" or "S", text, more = lines left out } },
--   returned = { token, at, peer, same_address }, ports = { reached, missed (lists in words), mail = true or false }
--
-- The words: subject, languages (codes, for Content-Language), writer (the name in the From field), and blocks, each a kind
-- and a text, which core/notice/layout.c wraps and indents:
--   title, text, lead (a text that belongs to the next block), item (of a list), line (not wrapped),
--   code (indented), rule, quote (line: which one of the dialogue, with no text of its own), left_out (what is said of the
--   lines that are left out behind a quote)

local MORE_KINDS = { http = "proxy", socks = "proxy", relay = "relay" }

-- The profile's keys. "words" are one text a language; English must be among them.
local KEYS = {
  remark = { "words", optional = true }, -- stands on top, for what must not be overlooked
  project = { "words" },
  partners = { "words" },
  authority = { "words" },
  writer = { "words" },
  signature = { "word lists" },
  from = { "address" },
  reply_to = { "address" },
  contact = { "text" },
  objection = { "text" },
  retest = { "text" },
  languages_at = { "text", optional = true },
  links = { "links" },
  questions = { "word lists", optional = true },
}

--- Checking a profile ----------------------------------------------------------------------------

local function is_text(value)
  return type(value) == "string" and #value > 0 and #value < 2000 and not value:find("%c")
end

local function is_address(value)
  return is_text(value) and #value < 255 and value:find("^[%w.+_=-]+@[%w-]+%.[%w.-]+$") ~= nil
end

local function each(value, test)
  if type(value) ~= "table" then
    return false
  end
  for _, entry in pairs(value) do
    if not test(entry) then
      return false
    end
  end
  return true
end

local function is_list(value)
  return type(value) == "table" and #value > 0 and each(value, is_text)
end

local function is_words(value)
  return each(value, is_text) and value.en ~= nil
end

local CHECKS = {
  text = { is_text, "a text" },
  address = { is_address, "a mail address" },
  words = { is_words, 'a table of texts by language, with "en" among them' },
  ["word lists"] = {
    function(value)
      return each(value, is_list) and value.en ~= nil
    end,
    'a table of lists of texts by language, with "en" among them',
  },
  links = {
    function(value)
      return each(value, function(link)
        return type(link) == "table" and is_words(link.title) and is_text(link.url)
          and link.url:find("^https?://[^%s]+$") ~= nil
      end)
    end,
    'a list of { title = texts by language, url = "https://…" }',
  },
}

local function check(given)
  local profile, name = given.profile, given.name
  if type(profile) ~= "table" then
    error(name .. ": a profile returns a table, see lang/profiles/secure-your-server.lua", 0)
  end
  for key, rule in pairs(KEYS) do
    local test, what = unpack(CHECKS[rule[1]])
    if profile[key] == nil then
      if not rule.optional then
        error(string.format("%s: the key '%s' is missing; it must be %s", name, key, what), 0)
      end
    elseif not test(profile[key]) then
      error(string.format("%s: the key '%s' must be %s", name, key, what), 0)
    end
  end
  for key in pairs(profile) do
    if not KEYS[key] then
      error(string.format("%s: unknown key '%s'", name, tostring(key):sub(1, 40)), 0)
    end
  end
  return profile
end

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

local function fill(text, values)
  return (text:gsub("{([%w_]+)}", function(name)
    local value = values[name]
    if value == nil then
      error("no value for {" .. name .. "} in: " .. text:sub(1, 60), 0)
    end
    return tostring(value)
  end))
end

local function message_at(messages, path)
  for step in path:gmatch("[%w_-]+") do
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
  return fill(message, setmetatable(more or {}, { __index = self.values }))
end

function Part:put(kind, text)
  self.blocks[#self.blocks + 1] = { kind = kind, text = text }
end

function Part:put_all(kind, list)
  for _, text in ipairs(list) do
    self:put(kind, fill(text, self.values))
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

function Part:opening()
  local facts = self.facts
  self:put("text", self:say("greeting"))
  self:put("text", self:say(facts.host and "address_name" or "address") .. " "
    .. self:suspicion())
  local tested = facts.verdict == "suspect" and facts.returned and "doubtful" or facts.verdict
  self:put("text", self:say("tested." .. tested .. "." .. self.kind, self:at(facts.started)))
  self:put("text", self:say("matter") .. " " .. self:say("who") .. " " .. self:own("authority"))
  self:put("text", self:say("purpose") .. " " .. self:say("first_step"))
  self:put("text", self:say("no_blame"))
end

function Part:dialogue()
  for i, line in ipairs(self.facts.dialogue or {}) do
    self.blocks[#self.blocks + 1] = { kind = "quote", line = i }
    if line.more then
      local form = self.language.plural(line.more)
      form = self.language.messages.more_lines[form] and form or "other"
      self.blocks[#self.blocks + 1] = { kind = "left_out", line = i,
        text = self:say("more_lines." .. form, { n = self.language.number(line.more) }) }
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
  if words[1] then
    self:put("text", table.concat(words, " "))
  end
end

function Part:returned()
  local returned = self.facts.returned
  if returned then
    local values = self:at(returned.at)
    values.token, values.peer = returned.token, returned.peer
    self:put("text", self:say("returned." .. self.kind, values) .. " "
      .. self:say(returned.same_address and "peer_same" or "peer_other"))
  end
  self:ports()
  self:put("text", self:say("ours_alone." .. self.kind))
end

function Part:seen()
  self:title("seen_title")
  self:put("text", self:say(self.facts.from and "seen_from" or "seen"))
  self:dialogue()
  self:returned()
end

function Part:explain()
  self:title("what_title")
  self:put("text", self:say("what_they_are"))
  self:put("text", self:say("how_abused"))
  self:title("harm_title")
  self:put_all("item", self.language.messages.harm)
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

-- Gives the links that belong to it.
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
    self:put("text", self:say("makers"))
  end
  if self.kind == "proxy" and self.profile.questions then
    self:put("text", self:say("questions"))
    self:put_all("item", self:own("questions"))
  end
  return instructions(self.remedies, self.facts, named)
end

function Part:links(more)
  self:title("links_title")
  for _, link in ipairs(self.profile.links) do
    self:put("item", self:of_profile(link.title) .. ": " .. link.url)
  end
  for _, link in ipairs(more) do
    self:put("item", link.name .. ": " .. link.url)
  end
end

function Part:ending()
  self:title("after_title")
  self:put("text", self:say("retest"))
  self:put("text", self:say("object"))
  self:title("evidence_title")
  self:put("text", self:say("evidence"))
  self:put("code", self.facts.bundle.digest)
  self:put("text", self:say("evidence_check"))
  self:put("code", self.facts.bundle.public_key)
  self:put("text", self:say("contact"))
  self:put("text", self:say("regards"))
  self:put_all("line", self:own("signature"))
end

local function write_part(part)
  local remark = part:own("remark")
  if remark then
    part:put("text", remark)
  end
  part:opening()
  part:seen()
  part:explain()
  part:links(part:remedy())
  part:ending()
end

--- Languages -------------------------------------------------------------------------------------

local function full_name(language)
  if language.name == language.english then
    return language.name
  end
  return language.english .. " (" .. language.name .. ")"
end

-- The names of all languages but the letter's own, sorted.
local function other_languages(given, languages, own)
  local names = {}
  local is_own = { [own[1].code:lower()] = true, [own[2] and own[2].code:lower() or ""] = true }
  for code, language in pairs(given.languages) do
    if not is_own[code] then
      names[#names + 1] = full_name(languages[code] or language)
    end
  end
  for code, language in pairs(languages) do
    if not given.languages[code] and not is_own[code] then
      names[#names + 1] = full_name(language)
    end
  end
  table.sort(names)
  return names
end

-- The line on top, in English for every reader.
local function preface(given, languages, own)
  local english = given.languages.en
  local words = english.preface
  local names = { first = full_name(own[1]), second = own[2] and full_name(own[2]) }
  local text = fill(own[2] and words.two or words.one, names)
  local others = other_languages(given, languages, own)
  if #others > 0 then
    text = text .. " " .. fill(words.more, { languages = english.list(others),
      where = given.profile.languages_at or given.profile.contact })
  end
  return text
end

--- The letter ------------------------------------------------------------------------------------

-- The same words in English, for a message that this language does not have yet.
function Part:in_english()
  return setmetatable({ language = self.english, values = self.values }, Part)
end

local function new_part(given, language, blocks)
  local facts, profile = given.facts, given.profile
  local part = setmetatable({ language = language, english = given.languages.en, facts = facts,
    profile = profile, wording = given.wording, remedies = given.remedies, causes = given.causes, kind = MORE_KINDS[facts.kind],
    blocks = blocks }, Part)
  part.values = {
    address = facts.address, port = string.format("%d", facts.port), host = facts.host,
    source = facts.source, from = facts.from, case = facts.case, bundle = facts.bundle.name,
    key_id = facts.bundle.key_id, contact = profile.contact, retest = profile.retest,
    objection = profile.objection, project = part:own("project"), partners = part:own("partners"),
  }
  part.values.what = part:say("what." .. facts.kind)
  return part
end

local function write(given)
  local chosen = given.wording.choose(given)
  local first, english = chosen.first, chosen.english
  local own = { first, first ~= english and english or nil }
  local blocks = { { kind = "text", text = preface(given, chosen.languages, own) } }
  local part = new_part(given, first, blocks)
  write_part(part)
  if own[2] then
    blocks[#blocks + 1] = { kind = "rule", text = full_name(english) }
    write_part(new_part(given, english, blocks))
  end
  return {
    subject = part:say("subject." .. given.facts.verdict),
    languages = own[2] and first.code .. ", " .. own[2].code or first.code,
    writer = part:own("writer"),
    blocks = blocks,
  }
end

local function usable(given)
  given.wording.check(given)
end

local function speaks(given)
  given.wording.choose(given)
end

local function faults(given)
  local all = {}
  for i, entry in ipairs(given.letters) do
    all[i] = { faults = given.wording.faults(entry.letter, given.languages), is = given.wording.is(entry.letter) }
  end
  return all
end

return { check = check, usable = usable, speaks = speaks, faults = faults, write = write }
