-- The order of a letter, by its tone. core/script/compose.c calls these functions:
--
--   check(given)  the profile as it was; raises when it lacks a key or has a wrong one
--   usable(given) raises when a letter can't be used
--   speaks(given) raises when there is no letter in the language or the tone; gives { missing } as write does; and
--                 { fell_back = code } where the operator asked for a language that there is not, and gets that one
--   faults(given) of each of the letters { faults = what is wrong with it, is = "en first" } (scripts/notice/wording.lua)
--   texts(given)  what each of the letters says
--   write(given)  the words of one letter; or { missing = code of a language that must be loaded first }
--
-- given: name (what the profile's file is called), language (the one that comes first; or nil), tone (or nil), letters (of
-- packs: a list of { name, letter = what it returned }), profile (lang/profiles/), languages (code = lang/CODE.lua, or, until
-- that is loaded, what data/languages.json has of it and unloaded = true), facts, json (a function:
-- a value as the text of JSON, between the two texts that follow it, where there are any),
-- and the other scripts of scripts/notice/: profiles, wording, choice, parts, advice, oneself, remedies, causes,
-- group.
--
-- facts, made by core/notice/facts.c, every string fit for a reader's eyes:
--   case, verdict ("open", "suspect", "closed"), kind ("relay", "http", "socks"), address, port, started (RFC
--   3339), bundle = { name, digest, key_id, public_key }, causes = { { form, cause }, … } (what exactly was found,
--   by the names of cause.lua; may be empty); and where known: host, source, from, said (what
--   the server wrote of itself), lines = { 0, 3, … } (of each line of the dialogue how many are left out behind it; the
--   lines themselves no wording sees), lines_before (how many ahead of the first), decisive (some are marked as those that
--   decide),
--   returned = { token, at, peer, same_address }, ports = { reached, missed (lists in words), mail = true or false },
--   languages (what the owner reads, "nb, en"), today (when this one is written),
--   written (when a letter about this server was sent before, RFC 3339), earlier_case (the case that it was about),
--   interval (days: nobody gets more than one letter in so many), group (of a letter about several findings:
--   scripts/notice/group.lua)
--
-- The words: subject, languages (codes, for Content-Language), writer (the name in the From field), rtl (true where the first
-- language is written from right to left), for paper letterhead (lines) and date, and blocks, each a kind, a text, its language
-- and its rtl, which core/notice/layout.c wraps and indents, and core/paper prints:
--   title, text, lead (a text that belongs to the next block), item (of a list), line (not wrapped),
--   code (indented), rule, quote (line: which one of the dialogue, with no text of its own), left_out (what is said of the
--   lines that are left out behind a quote), table (cells: lists of texts, the first of them the head; its text is empty)

--- What it says, but for how a server is closed (scripts/notice/advice.lua) --------------------------

-- A function of a part (scripts/notice/part.lua) for each section; the other functions here are for these.
local sections = {}

-- Where the suspicion comes from: no list, one, or several. A list whose name is not known is told of where there is no other.
local function suspicion(part)
  local lists, unnamed = part:lists()
  local names = {}
  for i, list in ipairs(lists) do
    names[i] = part:say("source_name", { name = list.name })
  end
  if #names > 1 then
    return part:say("sources", { sources = part.language.list(names) })
  elseif #names == 1 then
    return part:say("source", { source = lists[1].name })
  end
  return part:say(unnamed and "source_given" or "source_unknown")
end

local function which_server(part)
  return part:say(part.facts.host and "address_name" or "address")
end

-- That this is not the first letter.
local function earlier_letter(part)
  local facts = part.facts
  local before = facts.written and part:say("earlier_on", part:at(facts.written)) or part:say("earlier")
  return before, facts.earlier_case and part:say("earlier_case", { earlier_case = facts.earlier_case })
end

-- What the test gave, in a sentence or two.
function sections.tested(part)
  local facts = part.facts
  local tested = facts.verdict == "suspect" and facts.returned and "doubtful" or facts.verdict
  return part:say("tested." .. tested .. "." .. part.kind, part:at(facts.started))
end

-- A paragraph that says at its end who writes. What the profile has in English alone is apart, in sentences of its own: within a
-- sentence of another language, one from right to left, an English part would have its marks at the wrong end.
function sections.who_writes(part, before)
  local authority, partners = part.profile.authority, part.profile.partners
  local names_partners = partners and part:has_own(partners)
  local has_authority = part:has_own(authority)
  part:paragraph(before, part:say(names_partners and "who" or "who_alone"), has_authority and part:own("authority") or nil)
  local english = {}
  if partners and not names_partners then
    english[1] = part:in_english():say("who", { project = part.profile.project.en })
  end
  if not has_authority then
    english[#english + 1] = authority.en
  end
  part:in_english():paragraph(unpack(english))
end

function sections.first_opening(part)
  part:put("text", part:say("greeting"))
  part:paragraph(which_server(part), suspicion(part))
  part:put("text", sections.tested(part))
  sections.who_writes(part, part:say("matter"))
  part:paragraph(part:say("purpose"), part:say("first_step"))
  part:put("text", part:say("no_blame"))
end

function sections.reminder_opening(part)
  local earlier, case = earlier_letter(part)
  part:put("text", part:say("greeting"))
  part:put("text", which_server(part))
  part:paragraph(earlier, case or part:say("again"), case and part:say("again"))
  part:paragraph(sections.tested(part), part.facts.verdict == "open" and part:say("still") or nil)
  sections.who_writes(part, part:say("matter"))
  part:paragraph(part:say("first_step"))
  part:put("text", part:say("no_blame"))
end

function sections.provider_opening(part)
  part:put("text", part:say("greeting"))
  part:paragraph(which_server(part), suspicion(part))
  part:put("text", sections.tested(part))
  sections.who_writes(part, part:say("matter"))
  part:paragraph(part:say("first_step"), part:say("limit." .. part.kind))
  part:put("text", part:say("no_blame"))
end

function sections.clear_opening(part)
  local earlier, case = earlier_letter(part)
  part:put("text", part:say("greeting"))
  part:paragraph(which_server(part), earlier, case)
  part:paragraph(sections.tested(part), part:say("thanks"))
  part:paragraph(part:say("settled"), part:say("bounds"))
  sections.who_writes(part)
end

local function left_out(part, more, line)
  part.blocks[#part.blocks + 1] = { kind = "left_out", language = part.language.code, line = line,
    text = part:count("more_lines", more) }
end

local function dialogue(part)
  local before = part.facts.first_line or 0
  if part.facts.lines_before then
    left_out(part, part.facts.lines_before, before + 1)
  end
  for i, more in ipairs(part.facts.lines or {}) do
    part:quote(before + i)
    if more > 0 then
      left_out(part, more, before + i)
    end
  end
end

-- Which of our ports a proxy led to, and whether mail could be sent through it.
local function ports_reached(part)
  local ports, words = part.facts.ports or {}, {}
  if ports.reached then
    words[1] = part:say(ports.missed and "ports_some" or "ports_all", ports)
  end
  if ports.mail then
    words[#words + 1] = part:say("ports_mail")
  end
  part:paragraph(unpack(words))
end

local function what_returned(part)
  local returned = part.facts.returned
  if returned then
    local values = part:at(returned.at)
    values.token, values.peer = returned.token, returned.peer
    part:paragraph(part:say("returned." .. part.kind, values),
      part:say(returned.same_address and "peer_same" or "peer_other"))
  end
  ports_reached(part)
  if part.facts.verdict ~= "closed" then -- else there was nothing to arrive
    part:put("text", part:say("ours_alone." .. part.kind))
  end
end

function sections.seen(part)
  part:paragraph(part:say(part.facts.from and "seen_from" or "seen"), part.facts.decisive and part:say("decisive") or nil)
  dialogue(part)
  what_returned(part)
end

function sections.what_we_saw(part)
  part:title("seen_title")
  sections.seen(part)
end

-- Commands that show it, those for the first thing that was found; nil where none does.
function sections.commands(part)
  local first = part.facts.causes and part.facts.causes[1]
  return part.commands(part.facts, first and first.cause)
end

function sections.shown(part, show)
  part:put("lead", part:say(show.ask))
  for _, line in ipairs(show.lines) do
    part:put("code", line)
  end
  part:put("text", part:say(show.answer))
end

function sections.oneself(part)
  local show = sections.commands(part)
  if show then
    part:title("check_title")
    sections.shown(part, show)
  end
end

function sections.explain(part)
  part:title("what_title")
  part:put("text", part:say("what_they_are"))
  part:put("text", part:say("how_abused"))
  part:title("harm_title")
  part:put_all("item", part.language.messages.harm)
end

function sections.pass_on(part)
  part:put("text", part:say("pass_on"))
end

function sections.left(part)
  part:title("left_title")
  part:put_all("item", part.language.messages.left[part.kind])
end

-- How often he is written to at most, where that is promised.
function sections.interval(part)
  local days = part.facts.interval
  if days then
    part:put("text", part:count("interval", days))
  end
end

function sections.after(part)
  part:title("after_title")
  if part.facts.verdict ~= "closed" then
    part:put("text", part:say("retest"))
  end
  part:put("text", part:say("object"))
  part:put("lead", part:say("lists"))
  part:put("item", part:say("list_tests"))
  part:put("item", part:say("list_letters"))
  sections.interval(part)
end

function sections.proof(part, words)
  part:title("evidence_title")
  part:put("text", part:say(words))
  part:put("code", part.facts.bundle.digest)
  part:put("text", part:say("evidence_check"))
  part:put("code", part.facts.bundle.public_key)
end

function sections.evidence(part)
  sections.proof(part, "evidence")
end

function sections.ending(part)
  part:put("text", part:say("contact"))
  part:put("text", part:say("regards"))
  part:as_written(part.profile.signature):put_all("line", part:own("signature"))
end

function sections.remark(part)
  local remark = part.profile.remark
  if remark then
    part:as_written(remark):put("text", part:own("remark"))
  end
end

--- The order -------------------------------------------------------------------------------------

-- What a letter of each tone consists of; one of a pack's own tone is as the first.
local ORDERS = {
  first = { "remark", "first_opening", "what_we_saw", "oneself", "explain", "remedy", "links", "after", "evidence",
    "ending" },
  reminder = { "remark", "reminder_opening", "what_we_saw", "oneself", "explain", "remedy", "links", "after", "evidence",
    "ending" },
  provider = { "remark", "provider_opening", "what_we_saw", "explain", "pass_on", "oneself", "remedy", "links", "after",
    "evidence", "ending" },
  ["all-clear"] = { "remark", "clear_opening", "what_we_saw", "oneself", "left", "links", "after", "evidence", "ending" },
}

local function write_part(given, part, tone)
  if given.facts.group then
    given.group.write(given, part, tone, sections)
    return
  end
  for _, step in ipairs(ORDERS[tone] or ORDERS.first) do
    local section = sections[step] or given.advice[step]
    section(part)
  end
end

-- An all-clear is about a server that is closed, and nothing else is.
local function fits(tone, verdict)
  if (tone == "all-clear") ~= (verdict == "closed") then
    error(verdict == "closed" and "about a server that is closed there is a letter in the tone 'all-clear' alone"
      or "the letter is in the tone 'all-clear', and the server was not found closed", 0)
  end
end

local function write(given)
  local chosen, missing = given.choice.choose(given)
  if missing then
    return { missing = missing }
  end
  local first, english, second = chosen.first, chosen.english, chosen.second
  fits(chosen.tone, given.facts.verdict)
  local blocks = { given.choice.preface(given, chosen) }
  local part = given.parts.new(given, first, english, blocks)
  write_part(given, part, chosen.tone)
  if second then
    blocks[#blocks + 1] = { kind = "rule", language = second.code, text = given.choice.full_name(second) }
    write_part(given, given.parts.new(given, second, english, blocks), chosen.tone)
  end
  return {
    subject = part:say(given.facts.group and "group_subject" or "subject." .. given.facts.verdict .. "." .. part.kind),
    languages = second and first.code .. ", " .. second.code or first.code,
    writer = part:own("writer"),
    letterhead = part:own("letterhead"),
    date = given.facts.today and part:at(given.facts.today).date,
    rtl = first.direction == "rtl" or nil,
    blocks = blocks,
  }
end

--- Of the letters alone --------------------------------------------------------------------------

local function check(given)
  return given.profiles.check(given.profile, given.name)
end

local function usable(given)
  given.wording.check(given)
end

local function speaks(given)
  local chosen, missing = given.wording.choose(given)
  return { missing = missing, fell_back = chosen and chosen.fell_back }
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
