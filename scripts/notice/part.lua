-- One part of a letter, all of it in one language: how its words become blocks.
--
--   new(given, language, english, blocks)  a part that adds to these blocks; given: as in letter.lua
--   fill(text, values)                     the text with the values in place of {names}; raises for one that has none
--
-- A part has: language and english, facts, profile, values (for messages), kind, and of given what advice is made of.

-- By these names messages tell one kind from the other.
local MORE_KINDS = { http = "proxy", socks = "proxy", relay = "relay" }

local Part = {}
Part.__index = Part

-- What is found out about a language once, for all letters with this profile: its messages by their paths, those that are
-- the same in all letters, the profile's texts. A letter of a pack is another language each time.
local function known_of(language, profile)
  local known = language.known
  if not known or known.profile ~= profile then
    known = { profile = profile, messages = {}, texts = {}, of_profile = {} }
    language.known = known
  end
  return known
end

-- The profile's text for this language, or the English one.
function Part:of_profile(words)
  if not words then
    return nil
  end
  local all = self.known.of_profile
  if all[words] == nil then
    all[words] = self.wording.lookup(words, self.language.code) or words.en
  end
  return all[words]
end

function Part:own(key)
  return self:of_profile(self.profile[key])
end

-- Whether the profile has these words in this language.
function Part:has_own(words)
  return self.wording.lookup(words, self.language.code) ~= nil
end

-- A part for a block of the profile's words: of this language, or where they are not in it, of English, so that what is read from
-- left to right stands as such among what is read from right to left.
function Part:as_written(words)
  return self:has_own(words) and self or self:in_english()
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

-- Used again and again: table.concat is told where it ends.
local filled = {}

-- Values that are in none of the two tables are a fault of the text.
local function fill(text, values, more)
  local pieces = pieces_of(text)
  local count = #pieces
  if count == 1 then
    return text
  end
  for i = 1, count, 2 do
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
  return table.concat(filled, "", 1, count)
end

-- Values that a profile gives: they are the same in all letters. Addresses to answer to are not: they may have a letter's mark.
local OF_PROFILE = { contact = true, project = true, partners = true }

local function is_the_same_in_all(text)
  local pieces = pieces_of(text)
  for i = 2, #pieces, 2 do
    if not OF_PROFILE[pieces[i]] then
      return false
    end
  end
  return true
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

-- Whether the language has a message, or messages, under the path.
function Part:has(path)
  return message_at(self.language.messages, path) ~= nil
end

function Part:message(path)
  local message = self.known.messages[path]
  if not message then
    message = message_at(self.language.messages, path)
    if type(message) ~= "string" then
      error(string.format("no message '%s' in the language %s", path, self.language.code), 0)
    end
    self.known.messages[path] = message
  end
  return message
end

-- The message under a path such as "tested.open.relay", filled in.
function Part:say(path, more)
  local text = self.known.texts[path]
  if text and not more then
    return text
  end
  local message = self:message(path)
  text = fill(message, self.values, more)
  if not more and is_the_same_in_all(message) then
    self.known.texts[path] = text
  end
  return text
end

-- A block that is a text stands in the words as its JSON: most are in every letter.
local function json_of(kind, code, direction, json)
  local begin = json({ kind = kind, language = code, rtl = direction == "rtl" or nil }):sub(1, -2) .. ',"text":'
  return keeper(100, function(text, to_json)
    return to_json(text, begin, "}")
  end)
end

-- By the language's code and direction, and the kind.
local jsons = {}

local function jsons_of(language)
  local key = language.code .. " " .. (language.direction or "")
  jsons[key] = jsons[key] or {}
  return jsons[key]
end

function Part:put(kind, text)
  local json = self.jsons[kind]
  if not json then
    json = json_of(kind, self.language.code, self.language.direction, self.json)
    self.jsons[kind] = json
  end
  self.blocks[#self.blocks + 1] = json(text, self.json)
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

-- The message under the path in the form that goes with the number, {n} in it.
function Part:count(path, number)
  local form = self.language.plural(number)
  form = self:has(path .. "." .. form) and form or "other"
  return self:say(path .. "." .. form, { n = self.language.number(number) })
end

-- Rows of cells, the head first.
function Part:put_table(cells)
  self.blocks[#self.blocks + 1] = { kind = "table", text = "", cells = cells, language = self.language.code,
    rtl = self.language.direction == "rtl" or nil }
end

function Part:title(path)
  self:put("title", self:say(path))
end

local function two_digits(tens, ones)
  return tens * 10 + ones - 11 * 48
end

-- "2026-11-28T06:32:00.123456Z"
local function instant(text)
  local y1, y2, y3, y4, _, mo1, mo2, _, d1, d2, _, h1, h2, _, mi1, mi2, _, s1, s2 = text:byte(1, 19)
  return { year = two_digits(y1, y2) * 100 + two_digits(y3, y4), month = two_digits(mo1, mo2), day = two_digits(d1, d2),
    hour = two_digits(h1, h2), minute = two_digits(mi1, mi2), second = two_digits(s1, s2) }
end

-- The values for {date} and {time} of an instant.
function Part:at(text)
  local t = instant(text)
  return { date = self.language.date(t), time = self.language.time(t) }
end

-- The name of a file of ours, which says nothing to a reader, where a list's name should stand. A zone of the DNS has a dot too.
local FILES = {}
local ENDINGS = "bz2 conf csv dat gz ips ipset json jsonl list log lst ndjson netset out tmp tsv txt xml xz zip zst"
for ending in ENDINGS:gmatch("%w+") do
  FILES[ending] = true
end

local function is_file(name)
  return name == "-" or name == "stdin" or FILES[(name:match("%.(%w+)$") or ""):lower()] or false
end

local function lists_of(part, sources)
  local lists, unnamed, known = {}, false, part.profile.sources or {}
  for source in (sources .. "; "):gmatch("(.-); ") do
    local own = known[source]
    local name = type(own) == "table" and (type(own.name) == "table" and part:of_profile(own.name) or own.name) or own
    if name or source ~= "" and not is_file(source) then
      lists[#lists + 1] = { name = name or source, url = type(own) == "table" and own.url or nil }
    else
      unnamed = unnamed or source ~= ""
    end
  end
  return { lists = lists, unnamed = unnamed }
end

-- By the language's code: many addresses come from the same lists, and the profile is the same for all letters.
local lists_by_language = {}

-- The lists that the address came from, as the operator calls them: { name, url (where there is one) }, …; and whether there are
-- some without a name. In the facts "; " stands between them.
function Part:lists()
  local code = self.language.code
  lists_by_language[code] = lists_by_language[code] or keeper(100, function(sources, part)
    return lists_of(part, sources)
  end)
  local found = lists_by_language[code](self.facts.source or "", self)
  return found.lists, found.unnamed
end

local quote_of = keeper(100, function(i, json)
  return json({ kind = "quote", language = "en", line = i })
end)

-- Of the dialogue's line no more than which one it is: its words come into the letter later (core/notice/letter.c).
function Part:quote(line)
  self.blocks[#self.blocks + 1] = quote_of(line, self.json)
end

-- The same words in English, for a message that this language does not have yet.
function Part:in_english()
  local english = self.english
  return setmetatable({ language = english, values = self.values, blocks = self.blocks, json = self.json,
    profile = self.profile, wording = self.wording, known = known_of(english, self.profile), jsons = jsons_of(english) }, Part)
end

-- An address to answer to: the profile's, or it with this letter's mark.
local function address_of(given, name)
  local marked = given.facts.marked
  return marked and marked[name] or given.profile[name]
end

local function new_part(given, language, english, blocks)
  local facts, profile = given.facts, given.profile
  local part = setmetatable({ language = language, english = english, facts = facts, profile = profile,
    wording = given.wording, remedies = given.remedies, causes = given.causes, commands = given.oneself.commands,
    kind = MORE_KINDS[facts.kind], blocks = blocks, json = given.json, known = known_of(language, profile),
    jsons = jsons_of(language) }, Part)
  part.values = {
    address = facts.address, port = string.format("%d", facts.port), host = facts.host,
    from = facts.from, case = facts.case, bundle = facts.bundle.name,
    key_id = facts.bundle.key_id, contact = profile.contact, retest = address_of(given, "retest"),
    objection = address_of(given, "objection"),
    stop_tests = address_of(given, "stop_tests") or address_of(given, "objection"),
    stop_letters = address_of(given, "stop_letters") or address_of(given, "objection"), project = part:own("project"),
    partners = part:own("partners"),
  }
  return part
end

return { new = new_part, fill = fill }
