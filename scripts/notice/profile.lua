-- Checking a profile (lang/profiles/): who writes, on whose authority.
--
--   check(profile, name)  the profile as it was; raises when it lacks a key or has a wrong one. name: what its file is called

-- The profile's keys. "words" are one text a language; English must be among them.
local KEYS = {
  remark = { "words", optional = true }, -- stands on top, for what must not be overlooked
  project = { "words" },
  partners = { "words", optional = true }, -- a list of names; without it the project stands alone
  authority = { "words" },
  writer = { "words" },
  signature = { "word lists" },
  letterhead = { "word lists", optional = true }, -- the lines on top of a letter on paper: name, street, telephone
  from = { "address" },
  reply_to = { "address" },
  contact = { "text" },
  objection = { "text" },
  retest = { "text" },
  stop_tests = { "text", optional = true }, -- where they are told to write who want no more tests, and no more letters;
  stop_letters = { "text", optional = true }, -- without these it is where objections go
  languages_at = { "text", optional = true },
  links = { "links" },
  sources = { "lists", optional = true }, -- what the lists are called in letters that addresses came from
  questions = { "word lists", optional = true },
  bounces = { "address", optional = true }, -- where letters bounce to, with "+CASE" before the @
  unsubscribe = { "ways out", optional = true }, -- for List-Unsubscribe
}

local function is_text(value)
  return type(value) == "string" and #value > 0 and #value < 2000 and not value:find("%c")
end

local function is_url(value)
  return is_text(value) and value:find("^https?://[^%s]+$") ~= nil
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
  text = { is_text, "a text of one line" },
  address = { is_address, "a mail address" },
  words = { is_words, 'a table of texts by language, each of one line, with "en" among them' },
  ["word lists"] = {
    function(value)
      return each(value, is_list) and value.en ~= nil
    end,
    'a table of lists of texts by language, each text of one line, with "en" among them',
  },
  ["ways out"] = {
    function(value)
      return type(value) == "table" and (value.url ~= nil or value.mail ~= nil)
        and (value.url == nil or is_text(value.url) and value.url:find("^https://[^%s<>]+$") ~= nil)
        and (value.mail == nil or is_address(value.mail))
    end,
    'a table { url = "https://…/{case}", mail = "…" }, with one of the two at least',
  },
  lists = {
    function(value)
      return each(value, function(list)
        if type(list) ~= "table" then
          return is_text(list)
        end
        return (is_text(list.name) or is_words(list.name)) and (list.url == nil or is_url(list.url))
      end)
    end,
    'a table { ["report.csv"] = "its name", ["other.txt"] = { name = a text or texts by language, url = "https://…" } }',
  },
  links = {
    function(value)
      return each(value, function(link)
        return type(link) == "table" and is_words(link.title) and is_url(link.url)
      end)
    end,
    'a list of { title = texts by language, url = "https://…" }',
  },
}

local function check(profile, name)
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

return { check = check }
