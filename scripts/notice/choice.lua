-- Which languages a letter has, and what it says of that on top.
--
--   choose(given)           what scripts/notice/wording.lua chooses: { first, english, languages, tone }; and second, the English
--                           that comes behind another language; or nil, and the code of a language that must be loaded for that
--   preface(given, chosen)  the line on top, in English for every reader: a block, as JSON
--   full_name(language)     in English, and in itself

local function choose_anew(given)
  local chosen, missing = given.wording.choose(given)
  if chosen and chosen.first ~= chosen.english then
    chosen.second = chosen.english
  end
  return chosen, missing
end

-- The languages of a letter are those of all that ask for the same ones, unless letters of packs are put over them: these come
-- anew with each.
local CHOICES_MOST = 100
local choices, choice_count = {}, 0

local function choose(given)
  if #given.letters > 0 then
    return choose_anew(given)
  end
  local key = table.concat({ given.tone or "", given.language or "", given.facts.languages or "" }, " / ")
  if not choices[key] then
    local chosen, missing = choose_anew(given)
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

local function full_name(language)
  if language.name == language.english then
    return language.name
  end
  return language.english .. " (" .. language.name .. ")"
end

-- The names of all languages but the letter's own, each in itself.
local function other_languages(chosen)
  local others, names = {}, {}
  for _, language in pairs(chosen.languages) do
    if language ~= chosen.first and language ~= chosen.second then
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

local function preface_of(given, chosen)
  local english, fill = given.languages.en, given.parts.fill
  local words, second = english.preface, chosen.second
  local text = fill(second and words.two or words.one,
    { first = full_name(chosen.first), second = second and full_name(second) })
  local others = other_languages(chosen)
  if #others > 0 then
    text = text .. " " .. fill(words.more, { languages = english.list(others),
      where = given.profile.languages_at or given.profile.contact })
  end
  return text
end

-- The same for all letters of one choice.
local function preface(given, chosen)
  chosen.preface = chosen.preface or given.json({ kind = "text", language = "en", text = preface_of(given, chosen) })
  return chosen.preface
end

return { choose = choose, preface = preface, full_name = full_name }
