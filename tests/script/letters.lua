-- What holds for each language of the letters: every message that English has, and no other; the same
-- placeholders; typographic quotes of its own; no marks of another script; short settings.

local passed, failed, wrong = 0, 0, 0

local function ok(condition, what)
  if not condition then
    wrong = wrong + 1
    print("not ok: " .. what)
  end
end

-- One test: it passes when nothing in it is wrong.
local function test(fn, ...)
  local before = wrong
  fn(...)
  if wrong == before then
    passed = passed + 1
  else
    failed = failed + 1
  end
end

local function placeholders(text)
  local names, seen = {}, {}
  for name in text:gmatch("{([%w_]+)}") do
    names[#names + 1] = not seen[name] and name or nil
    seen[name] = true
  end
  table.sort(names)
  return table.concat(names, " ")
end

-- path = text, for all messages. Lists may be of any length and plural forms are the language's own.
local function flatten(messages, path, out)
  for key, value in pairs(messages) do
    local at = path == "" and tostring(key) or path .. "." .. tostring(key)
    if type(value) == "table" then
      flatten(value, at, out)
    else
      out[at] = value
    end
  end
  return out
end

-- A text of a list, or one of the forms that a language has for numbers.
local function is_one_of_several(path)
  return path:find("%.%d+$") or path:find("%.zero$") or path:find("%.one$") or path:find("%.two$") or path:find("%.few$")
    or path:find("%.many$") or path:find("%.other$")
end

-- By the paths of what depends on a number.
local function with_forms(messages, path, out)
  for key, value in pairs(messages) do
    if type(value) == "table" and value.other then
      out[path .. key] = value
    elseif type(value) == "table" then
      with_forms(value, path .. key .. ".", out)
    end
  end
  return out
end

local function same_messages(file, messages, english)
  for path, text in pairs(english) do
    if not is_one_of_several(path) then
      ok(messages[path], file .. ": no message " .. path)
      ok(messages[path] and placeholders(messages[path]) == placeholders(text),
        file .. ": other placeholders than English in " .. path)
    end
  end
  for path, text in pairs(messages) do
    local shared = english[path] or english[path:gsub("^tones%.[^.]+%.", "")] -- a tone may put any message in its own way
    ok(shared or is_one_of_several(path), file .. ": a message that English lacks: " .. path)
    ok(not shared or is_one_of_several(path) or placeholders(text) == placeholders(shared),
      file .. ": other placeholders than English in " .. path)
  end
end

local function well_formed(file, messages)
  for path, text in pairs(messages) do
    ok(not text:find("%c") and not text:find("  ") and not text:find("^ ") and not text:find(" $"),
      file .. ": blanks or control characters in " .. path)
    ok(not text:find('"', 1, true) and not text:find("{}", 1, true),
      file .. ": straight quotes or an empty placeholder in " .. path)
    ok(not text:find("\204[\128-\191]"), file .. ": not composed (NFC): " .. path)
  end
end

local function functions_work(file, language)
  local t = { year = 2026, month = 11, day = 4, hour = 2, minute = 10, second = 6 }
  ok(language.date(t):find("2026", 1, true), file .. ": the date has no year")
  local time = language.time(t) -- with the units' names in it, as Japanese has them, hours and seconds may be of one digit
  ok(time:find("^02.10.06$") or time:find("^0?2[\128-\255]+10[\128-\255]+0?6[\128-\255]+$"),
    file .. ": the time is not 24 hours, minutes, seconds")
  for month = 1, 12 do
    t.month = month
    ok(pcall(language.date, t), file .. ": no name for month " .. month)
  end
  for path in pairs(with_forms(dofile("lang/en.lua").messages, "", {})) do
    local own = language.messages
    for step in path:gmatch("[%w_-]+") do
      own = own and own[step]
    end
    for n = 0, 200 do
      ok(own and own[language.plural(n)], file .. ": no plural form of " .. path .. " for " .. n)
    end
  end
  ok(language.list({ "a" }) == "a", file .. ": a list of one")
  ok(language.list({ "a", "b", "c" }):find("^a.+b.+c$"), file .. ": a list of three")
  ok(language.number(999):find("^999$") and language.number(0) == "0", file .. ": small numbers")
  ok(language.number(123456):find("^123.*456$") and language.number(12345):find("^12.*345$"),
    file .. ": numbers in groups of three")
end

local function named(file, language)
  ok(file == "lang/" .. language.code .. ".lua", file .. ": the code is not the file's name")
  ok(language.name and language.english, file .. ": its own name and its English one")
end

local function settings_are_short(remedy)
  for _, step in ipairs(remedy.steps) do
    for _, line in ipairs(step.lines or step.run or step.shell) do
      ok(#line <= 72 and not line:find("[\128-\255%c]"), remedy.name .. ": too wide: " .. line)
    end
  end
  ok(not remedy.link or #remedy.link <= 74, remedy.name .. ": its link is too wide: " .. tostring(remedy.link))
  for _, mark in ipairs(remedy.find) do
    ok(mark == mark:lower(), remedy.name .. ": a mark to find is in lower case")
  end
  ok(next(remedy.kinds), remedy.name .. ": closes nothing")
end

local english_causes = dofile("lang/en.lua").messages.causes

local function cause_is_explained(cause, entries)
  ok(english_causes[cause], cause .. ": settings, and no words in lang/en.lua")
  for _, entry in ipairs(entries) do
    settings_are_short({ name = cause .. ", " .. entry.software, steps = entry.steps, find = {}, kinds = { "relay" } })
  end
end

-- The envelopes' own list, which wants no more than a table to put itself into.
local function forms_are_explained()
  rawset(_G, "ajar", { internal = {} })
  local all = dofile("scripts/lib/relay_forms.lua")
  all.inside_tls() -- these put themselves into the list as well
  local forms = all.by_id
  for id, form in pairs(forms) do
    ok(english_causes[form.cause], id .. ": no words in lang/en.lua for " .. tostring(form.cause))
    ok(form.shows and form.remedy, id .. ": does not say what it shows and what closes it")
  end
end

local function has_instructions(general)
  for _, kind in ipairs({ "relay", "http", "socks" }) do
    ok(general[kind] and general[kind][1], kind .. ": no instructions that hold for any software")
    for _, link in ipairs(general[kind] or {}) do
      ok(link.url:find("^https://%S+$") and #link.url <= 74, link.name .. ": its address: " .. link.url)
    end
  end
end

-- What keeps strangers out lets the owner's own network in.
local function firewalls_let_the_own_network_in(general)
  for _, step in ipairs(general.firewall.proxy) do
    local text = table.concat(step.lines, "\n")
    settings_are_short({ name = step.system, steps = { step }, find = {}, kinds = { "http" } })
    ok(text:find("192.0.2.0/24", 1, true), step.system .. ": the own network is not in it")
    ok(text:find("PORT", 1, true), step.system .. ": the port is not in it")
    ok(not text:find("-Action Block", 1, true), step.system .. ": in Windows one rule that blocks wins over all that allow")
  end
end

local english = flatten(dofile("lang/en.lua").messages, "", {})
for _, file in ipairs(arg) do
  local language = dofile(file)
  local messages = flatten(language.messages, "", {})
  test(named, file, language)
  test(same_messages, file, messages, english)
  test(well_formed, file, messages)
  test(functions_work, file, language)
end

local remedies = dofile("scripts/notice/remedy.lua")
for _, remedy in ipairs(remedies) do
  test(settings_are_short, remedy)
end
test(has_instructions, remedies.general)
test(firewalls_let_the_own_network_in, remedies.general)

for cause, entries in pairs(dofile("scripts/notice/cause.lua")) do
  test(cause_is_explained, cause, entries)
end
test(forms_are_explained)

print(string.format("%d passed, %d failed", passed, failed))
os.exit(failed == 0 and 0 or 1)
