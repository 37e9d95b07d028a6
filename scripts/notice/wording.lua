-- Wordings: the messages of a letter in one language and one tone. lang/CODE.lua holds those that are built in: the tone
-- "first", and under messages.tones what other tones have in its place; a pack's letters/NAME.lua, or the operator's own file,
-- holds one that is put over them (doc/letters.md).
--
--   faults(letter, languages)  what is wrong with one: a list of { path = "messages.what.relay", words, grave }; with one
--                              that is grave it can't be used
--   texts(letter)              its messages: a list of { path, text }, sorted by path
--   tags(letter)               the other tags that mean its language
--   samples(letter)            what its functions write: a list of { name, text }
--   is(letter)                 its language and tone in one text, by which letters are told apart
--   check(given)               raises where there is one that is grave in any of the letters
--   choose(given)              which languages a letter is to have, in which tone: their messages are those of that tone;
--                              or nil, and the code of a language that must be loaded for that
--   lookup(languages, tag)     of what is by BCP 47 tags in small letters, the closest
--
-- Tables of strangers are never handed on: what is used of them is copied, text by text.

local BUILT_IN_TONE = "first"

local TEXT_MOST, LIST_MOST, CAUSES_MOST, FAULTS_MOST = 2000, 20, 200, 200
local TEXTS_MOST, DEPTH_MOST = 1000, 6

local FIELDS = { code = true, tone = true, builds_on = true, summary = true, name = true, english = true, aliases = true,
  messages = true, plural = true, date = true, time = true, number = true, list = true, gap = true, direction = true }

-- In each message these may stand; what else may is what the English one has.
local ALWAYS = { address = true, port = true, case = true, project = true, contact = true }

-- A message that depends on a number: its members are the plural forms of the language.
local PLURAL = { ["messages.more_lines"] = true, ["messages.interval"] = true, ["messages.group_findings"] = true,
  ["messages.group_at"] = true, ["messages.tones.provider.group_findings"] = true,
  ["messages.tones.all-clear.group_findings"] = true }

-- Plural forms that spell their number out.
local SPELT = { zero = true, one = true, two = true }

local FUNCTIONS = { "plural", "date", "time", "number", "list" }
local SAMPLES = {
  plural = { 0, 1, 2, 3, 5, 11, 21, 100 }, number = { 0, 7, 12345, 1234567 },
  date = { { year = 2026, month = 1, day = 1, hour = 0, minute = 0, second = 0 },
    { year = 2026, month = 12, day = 31, hour = 23, minute = 59, second = 59 } },
  list = { { "a" }, { "a", "b" }, { "a", "b", "c" } },
}
SAMPLES.time = SAMPLES.date

-- A sample for a stranger's function to keep.
local function copied(sample)
  if type(sample) ~= "table" then
    return sample
  end
  local copy = {}
  for key, value in pairs(sample) do
    copy[key] = value
  end
  return copy
end

-- A language that is not loaded yet is known by its names and tags: what data/languages.json has of it, and unloaded = true.

--- Languages by their tags ------------------------------------------------------------------------

local function with_alias(languages, code)
  if languages[code] then
    return languages[code]
  end
  for _, language in pairs(languages) do
    for _, alias in ipairs(language.aliases or {}) do
      if alias == code then
        return language
      end
    end
  end
  return nil
end

-- Where nothing is left of a tag: what CLDR has as the parent. Who writes Nynorsk reads Bokmål.
local PARENTS = { nn = "no" }

-- The closest to a BCP 47 tag (RFC 4647, 3.4): "pt-BR", then "pt"; and whether it is the very one. Languages are by their tags in
-- small letters.
local function lookup(languages, tag)
  if languages[tag] then
    return languages[tag], true
  end
  local wanted = tag:lower():gsub("_", "-")
  local code = wanted
  while code do
    local language = with_alias(languages, code)
    if language then
      return language, code == wanted
    end
    code = code:match("^(.*)-[^-]*$") or PARENTS[code]
  end
  return nil
end

local function sorted(set)
  local names = {}
  for name in pairs(set) do
    names[#names + 1] = name
  end
  table.sort(names, function(a, b)
    return tostring(a) < tostring(b)
  end)
  return names
end

--- Tones ------------------------------------------------------------------------------------------

-- Messages of one tone: what it has of its own takes the place of what all share.
local function in_tone(messages, tone)
  local all = {}
  for key, message in pairs(messages) do
    all[key] = key ~= "tones" and message or nil
  end
  for key, message in pairs(messages.tones and messages.tones[tone] or {}) do
    all[key] = message
  end
  return all
end

-- Built-in languages, each once for each tone: they stay the same.
local toned = {}

local function language_in_tone(language, tone)
  if language.unloaded then
    return language
  end
  local key = language.code .. " " .. tone
  if not toned[key] then
    local copy = {}
    for field, value in pairs(language) do
      copy[field] = value
    end
    copy.messages = in_tone(language.messages, tone)
    toned[key] = copy
  end
  return toned[key]
end

--- What is wrong with a letter ------------------------------------------------------------------------

local function is_text(value)
  return type(value) == "string" and #value > 0 and #value < TEXT_MOST and not value:find("%c")
end

local function is_tag(value)
  return is_text(value) and #value <= 35 and value:find("^%a%a%a?$") ~= nil
    or is_text(value) and #value <= 35 and value:find("^%a%a%a?%-[%w-]*%w$") ~= nil and not value:find("--", 1, true)
end

local function is_tone(value)
  return is_text(value) and #value <= 32 and value:find("^[a-z][a-z0-9-]*$") ~= nil
end

local function is_list(value)
  if type(value) ~= "table" or #value == 0 or #value > LIST_MOST then
    return false
  end
  for _, entry in ipairs(value) do
    if not is_text(entry) then
      return false
    end
  end
  return true
end

local function placeholders(text)
  local found = {}
  for name in text:gmatch("{([%w_]+)}") do
    found[name] = true
  end
  return found
end

local Report = {}
Report.__index = Report

function Report:tell(path, words, grave)
  if #self.faults < FAULTS_MOST then
    self.faults[#self.faults + 1] = { path = path, words = words, grave = grave or false }
  end
end

-- A wording says no fact that it is not given, and leaves none out.
function Report:compare(path, text, english, may_lack)
  local known, own = placeholders(english), placeholders(text)
  for _, name in ipairs(sorted(own)) do
    if not known[name] and not ALWAYS[name] then
      self:tell(path, string.format("there is no {%s} for this message", name:sub(1, 40)), true)
    end
  end
  for _, name in ipairs(sorted(known)) do
    if not own[name] and not may_lack then
      self:tell(path, string.format("{%s} is missing: the English message has it", name))
    end
  end
end

function Report:text(path, text, english, may_lack)
  if is_text(text) then
    self:compare(path, text, english, may_lack)
  else
    self:tell(path, "a text is expected, on one line, of at most " .. TEXT_MOST - 1 .. " bytes", true)
  end
end

-- What all the texts of a list say together is held against the English ones.
function Report:list(path, list, english)
  if is_list(list) then
    self:compare(path, table.concat(list, " "), table.concat(english, " "))
  else
    self:tell(path, "a list of texts is expected, at most " .. LIST_MOST, true)
  end
end

function Report:forms(path, forms, english, plural)
  if type(forms) ~= "table" then
    self:tell(path, "a table of plural forms is expected", true)
    return
  end
  for _, form in ipairs(sorted(forms)) do
    self:text(path .. "." .. tostring(form):sub(1, 40), forms[form], english.other, SPELT[form])
  end
  for _, n in ipairs(type(plural) == "function" and SAMPLES.plural or {}) do
    local known, form = pcall(plural, n)
    if known and type(form) == "string" and forms[form] == nil then
      self:tell(path, string.format("the plural form '%s' is missing: plural(%d) gives it", form:sub(1, 40), n))
      return
    end
  end
end

-- A cause that is not one of ours is that of a probe of the pack's.
local CAUSE = { what = "", close = "" }

function Report:group(path, own, english)
  if type(own) ~= "table" then
    self:tell(path, "a table of messages is expected", true)
    return
  end
  local is_causes = path == "messages.causes"
  local shared = path:find("^messages%.tones%.[^.]+$") and self.english or {}
  for i, key in ipairs(sorted(own)) do
    local like = english[key] or shared[key] or (is_causes and type(key) == "string" and i <= CAUSES_MOST and CAUSE)
    if like then
      self:message(path .. "." .. key, own[key], like)
    else
      self:tell(path .. "." .. tostring(key):sub(1, 40), "no letter has such a message")
    end
  end
  for _, key in ipairs((self.whole or english == CAUSE) and sorted(english) or {}) do
    if own[key] == nil then
      local why = english == CAUSE and ": a cause has what and close" or "; a letter that builds on none has them all"
      self:tell(path, string.format("the message '%s' is missing%s", key, why), english == CAUSE)
    end
  end
end

function Report:message(path, own, english)
  if type(english) == "string" then
    self:text(path, own, english)
  elseif english[1] then
    self:list(path, own, english)
  elseif PLURAL[path] then
    self:forms(path, own, english, self.letter.plural)
  else
    self:group(path, own, english)
  end
end

function Report:functions()
  for _, name in ipairs(FUNCTIONS) do
    local own = self.letter[name]
    if own == nil then
      if self.whole then
        self:tell(name, "the function is missing; a letter that builds on none has them all", true)
      end
    elseif type(own) ~= "function" then
      self:tell(name, "a function is expected", true)
    else
      for _, sample in ipairs(SAMPLES[name]) do
        local worked, text = pcall(own, copied(sample))
        if not worked or not is_text(text) then
          self:tell(name, "it gives no text: " .. (worked and type(text) or tostring(text):sub(1, 200)), true)
          break
        end
      end
    end
  end
end

function Report:head(languages)
  local letter = self.letter
  if not is_tag(letter.code) then
    self:tell("code", 'the language is missing: code = "en", a tag as BCP 47 has it', true)
  end
  if letter.tone ~= nil and not is_tone(letter.tone) then
    self:tell("tone", "a tone is a name of a-z, 0-9 and '-', at most 32", true)
  end
  if not is_text(letter.summary) or #letter.summary > 203 then
    self:tell("summary", "a summary is missing: one line that says what the letter is for")
  end
  if not self.whole then
    local base = is_tag(letter.builds_on) and lookup(languages, letter.builds_on)
    if not base then
      self:tell("builds_on", "no language that is built in; there is: " .. table.concat(sorted(languages), ", "), true)
    elseif is_tag(letter.code) and lookup(languages, letter.code:match("^%a+")) ~= base then
      self:tell("builds_on", "it builds on another language than its own", true)
    end
  end
  for _, name in ipairs({ "name", "english" }) do
    local needed = self.whole or letter[name] ~= nil
    if needed and (not is_text(letter[name]) or #letter[name] > 60) then
      self:tell(name, "the language's name is missing: name in itself, english in English", true)
    end
  end
  if letter.gap ~= nil and letter.gap ~= "" and letter.gap ~= " " then
    self:tell("gap", 'what stands between two sentences is " " or "" (as in Chinese)', true)
  end
  if letter.direction ~= nil and letter.direction ~= "rtl" and letter.direction ~= "ltr" then
    self:tell("direction", 'a direction of writing is "ltr" or "rtl"', true)
  end
  if letter.aliases ~= nil and not is_list(letter.aliases) then
    self:tell("aliases", "a list of tags is expected", true)
  end
end

local function faults(letter, languages)
  if type(letter) ~= "table" then
    return { { path = "", words = "a letter returns a table, see doc/letters.md", grave = true } }
  end
  local report = setmetatable({ letter = letter, faults = {}, whole = letter.builds_on == nil,
    english = letter.tone == nil and languages.en.messages or in_tone(languages.en.messages, letter.tone) }, Report)
  report:head(languages)
  for _, field in ipairs(sorted(letter)) do
    if not FIELDS[field] then
      report:tell(tostring(field):sub(1, 40), "a letter has no such field")
    end
  end
  report:functions()
  report:group("messages", letter.messages, report.english)
  return report.faults
end

--- Its texts ------------------------------------------------------------------------------------------

local function add_texts(all, path, messages, depth)
  for _, key in ipairs(sorted(messages)) do
    local message, at = messages[key], path .. "." .. tostring(key):sub(1, 40)
    if type(message) == "table" and depth > 0 then
      add_texts(all, at, message, depth - 1)
    elseif is_text(message) and #all < TEXTS_MOST then
      all[#all + 1] = { at, message }
    end
  end
end

local function texts(letter)
  local all = {}
  if type(letter) == "table" and type(letter.messages) == "table" then
    add_texts(all, "messages", letter.messages, DEPTH_MOST)
  end
  return all
end

-- The other tags that mean its language.
local function tags(letter)
  local all = {}
  for _, tag in ipairs(type(letter) == "table" and type(letter.aliases) == "table" and letter.aliases or {}) do
    all[#all + 1] = is_tag(tag) and #all < LIST_MOST and tag or nil
  end
  return all
end

-- How it writes an instant, a number and a list, as a reader of the language would see it: a list of { name, text }.
local SHOWN = {
  { "date", { year = 2026, month = 11, day = 24, hour = 2, minute = 10, second = 16 } },
  { "date", { year = 2026, month = 3, day = 1, hour = 14, minute = 5, second = 0 } },
  { "time", { year = 2026, month = 11, day = 24, hour = 2, minute = 10, second = 16 } },
  { "number", 1234 }, { "number", 1234567 },
  { "list", { "A", "B" } }, { "list", { "A", "B", "C" } },
  { "plural", 0 }, { "plural", 1 }, { "plural", 2 }, { "plural", 5 }, { "plural", 11 }, { "plural", 21 }, { "plural", 100 },
}

local function samples(letter)
  local all = {}
  for _, sample in ipairs(type(letter) == "table" and SHOWN or {}) do
    local name, value = sample[1], sample[2]
    local worked, text = pcall(letter[name], copied(value))
    if worked and is_text(text) then
      all[#all + 1] = { type(value) == "number" and string.format("%s(%d)", name, value) or name, text }
    end
  end
  return all
end

--- A letter put over a language -------------------------------------------------------------------------

local merge

local function merged(path, own, base, english)
  if type(english or base or own) == "string" then
    return type(own) == "string" and own or base or english
  elseif path == "aliases" or (english or base or own)[1] then
    local list = {}
    for i, text in ipairs(own or base or english) do
      list[i] = text
    end
    return list
  end
  return merge(path, own or {}, base or {}, english or {})
end

-- Each message is the letter's, or that of the language, or the English one.
function merge(path, own, base, english)
  local all = {}
  for _, messages in ipairs(path == "messages.causes" and { own, base } or PLURAL[path] and { own, base } or { english }) do
    for key in pairs(messages) do
      all[key] = true
    end
  end
  for key in pairs(all) do
    all[key] = merged(path .. "." .. key, own[key], base[key], english[key])
  end
  return all
end

-- Or nil, and the code of the language that must be loaded first.
local function built(letter, languages, tone)
  local base = language_in_tone(lookup(languages, letter.builds_on or letter.code) or languages.en, tone)
  if base.unloaded then
    return nil, base.code
  end
  local english = language_in_tone(languages.en, tone)
  local own = type(letter.messages) == "table" and letter.tone == nil and in_tone(letter.messages, tone) or letter.messages
  local wording = { code = letter.code, name = letter.name or base.name, english = letter.english or base.english,
    aliases = merged("aliases", letter.aliases, base.aliases, {}),
    direction = letter.direction or base.direction, gap = letter.gap or base.gap,
    messages = merge("messages", own, base.messages, english.messages) }
  for _, name in ipairs(FUNCTIONS) do
    wording[name] = letter[name] or base[name]
  end
  return wording
end

local function check(given)
  for _, entry in ipairs(given.letters) do
    for _, fault in ipairs(faults(entry.letter, given.languages)) do
      if fault.grave then
        error(string.format("%s: %s%s%s", entry.name, fault.path, fault.path == "" and "" or ": ", fault.words), 0)
      end
    end
  end
end

--- Choosing -----------------------------------------------------------------------------------------------

local function tone_of(letter)
  return letter.tone or BUILT_IN_TONE
end

local function is(letter)
  return type(letter) == "table" and is_tag(letter.code) and letter.code:lower() .. " " .. tostring(tone_of(letter)) or ""
end

-- Is it a letter of this tone? One without a tone is of the first, and of those that it has messages for.
local function serves(letter, tone)
  local tones = letter.tone == nil and letter.messages.tones
  return tone_of(letter) == tone or (type(tones) == "table" and tones[tone] ~= nil)
end

local function built_in_tones(given)
  local tones = { [BUILT_IN_TONE] = true }
  for tone in pairs(given.languages.en.messages.tones) do
    tones[tone] = true
  end
  return tones
end

local function chosen_tone(given, letters)
  local tones, all = {}, built_in_tones(given)
  for _, letter in ipairs(letters) do
    tones[tone_of(letter)] = true
    all[tone_of(letter)] = true
  end
  local names = sorted(tones)
  if given.tone then
    if not all[given.tone] then
      error(string.format("no letter in the tone '%s'; there is: %s", given.tone:sub(1, 40),
        table.concat(sorted(all), ", ")), 0)
    end
    return given.tone
  elseif #names > 1 then
    error("letters in several tones: choose one by --tone: " .. table.concat(names, ", "), 0)
  end
  return names[1] or BUILT_IN_TONE
end

-- Those of one tone, put over what is built in; or nil, nil, and the code of one that must be loaded for that.
local function of_tone(given, letters, tone)
  local languages, own = {}, {}
  if built_in_tones(given)[tone] then
    for code, language in pairs(given.languages) do
      languages[code] = language_in_tone(language, tone)
    end
  end
  for i, letter in ipairs(letters) do
    if serves(letter, tone) then
      local code = letter.code:lower()
      if own[code] then
        error(string.format("%s and %s are both in the language %s and the tone %s: name one of them", own[code],
          given.letters[i].name, letter.code, tone), 0)
      end
      own[code] = given.letters[i].name
      local wording, missing = built(letter, given.languages, tone)
      if missing then
        return nil, nil, missing
      end
      languages[code] = wording
    end
  end
  return languages, sorted(own)
end

-- The first language that the owner reads, of those that there are.
local function read_by_owner(languages, facts)
  for tag in (facts and facts.languages or ""):gmatch("[%w-]+") do
    if lookup(languages, tag) then
      return tag
    end
  end
  return nil
end

-- The language of the tag or the closest to it: where there is none of its kind, English. And whether it is the very one.
local function of_tag(languages, tag, tone)
  local first, exact = lookup(languages, tag)
  if not first and languages.en and is_tag(tag) then
    return languages.en, false
  elseif not first then
    error(string.format("no letter in the language '%s'%s; there is: %s", tag:sub(1, 40),
      tone == BUILT_IN_TONE and "" or " and the tone '" .. tone .. "'", table.concat(sorted(languages), ", ")), 0)
  end
  return first, exact
end

-- first: the language that comes first; english: the one that comes second, or the same one; languages: all; tone; fell_back: the
-- code of the first one, where the operator asked for another one.
local function choose(given)
  local letters = {}
  for i, entry in ipairs(given.letters) do
    letters[i] = entry.letter
  end
  local tone = chosen_tone(given, letters)
  local languages, own, missing = of_tone(given, letters, tone)
  if missing then
    return nil, missing
  end
  local tag = given.language or read_by_owner(languages, given.facts) or (#own == 1 and own[1]) or "en"
  local first, exact = of_tag(languages, tag, tone)
  if first.unloaded then
    return nil, first.code
  end
  return { first = first, english = languages.en or language_in_tone(given.languages.en, tone), languages = languages,
    tone = tone, fell_back = given.language and not exact and first.code or nil }
end

return { faults = faults, texts = texts, tags = tags, samples = samples, is = is, check = check, choose = choose,
  lookup = lookup }
