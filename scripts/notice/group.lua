-- A letter about several findings of one recipient: its order, by its tone, and what it says in its own way. What it shares
-- with a letter about one finding are the sections of scripts/notice/letter.lua.
--
--   write(given, part, tone, sections)  puts the letter's blocks; given: as in letter.lua
--
-- given.facts.group, made by core/notice/group.c:
--   findings, addresses (how many), file (the attached file's name),
--   rows = { { case, verdict, kind, address, port, started }, … } (the first findings; more of them are in the file),
--   examples = { facts, … } (of one finding of each kind; first_line: so many lines of the dialogue stand before its own),
--   remedies = { facts, … } (of one finding of each sort that is closed in its own way)
-- The other facts are those of the first finding, but for `case`: that is the letter's own number.

-- A part about one of the findings.
local function part_about(given, part, facts)
  local about = setmetatable({ facts = facts }, { __index = given })
  return given.parts.new(about, part.language, part.english, part.blocks)
end

local sections = {}

local function findings(part)
  local group = part.facts.group
  return part:count("group_findings", group.findings),
    group.addresses == 1 and part:say("group_at_one") or part:count("group_at", group.addresses)
end

local function earlier_letter(part)
  local written = part.facts.written
  return written and part:say("group_earlier_on", part:at(written)) or part:say("group_earlier")
end

function sections.group_first_opening(part, _, shared)
  part:put("text", part:say("group_greeting"))
  part:paragraph(findings(part))
  part:put("text", part:say("group_tested"))
  shared.who_writes(part, part:say("matter"))
  part:paragraph(part:say("purpose"), part:say("group_first_step"))
  part:put("text", part:say("no_blame"))
end

function sections.group_reminder_opening(part, _, shared)
  part:put("text", part:say("group_greeting"))
  part:paragraph(findings(part))
  part:paragraph(earlier_letter(part), part:say("group_tested"))
  shared.who_writes(part, part:say("matter"))
  part:put("text", part:say("group_first_step"))
  part:put("text", part:say("group_no_blame"))
end

function sections.group_provider_opening(part, _, shared)
  part:put("text", part:say("group_greeting"))
  part:paragraph(findings(part))
  part:put("text", part:say("group_tested"))
  shared.who_writes(part, part:say("matter"))
  part:paragraph(part:say("group_first_step"), part:say("group_limit"))
  part:put("text", part:say("no_blame"))
end

function sections.group_clear_opening(part, _, shared)
  part:put("text", part:say("group_greeting"))
  part:paragraph(findings(part))
  part:paragraph(earlier_letter(part), part:say("group_tested"))
  part:put("text", part:say("group_thanks"))
  part:paragraph(part:say("settled"), part:say("group_bounds"))
  shared.who_writes(part)
end

local COLUMNS = { "address", "port", "found", "time" }
local KINDS = { http = "proxy", socks = "proxy", relay = "relay" }

-- "2026-11-24 02:10": in a table alike in all languages.
local function instant(text)
  return text:sub(1, 10) .. " " .. text:sub(12, 16)
end

function sections.table(part)
  local group, head, cells = part.facts.group, { "#" }, {}
  for i, column in ipairs(COLUMNS) do
    head[i + 1] = part:say("group_columns." .. column)
  end
  cells[1] = head
  for i, row in ipairs(group.rows) do
    cells[i + 1] = { string.format("%d", i), row.address, string.format("%d", row.port),
      part:say("group_found." .. row.verdict .. "." .. KINDS[row.kind]), instant(row.started) }
  end
  part:title("group_title")
  part:put_table(cells)
  local rest = group.findings - #group.rows
  if rest > 0 then
    part:put("line", part:count("more_lines", rest))
  end
  part:put("text", part:say("group_attached", { file = group.file }))
end

function sections.examples(part, given, shared)
  part:title("seen_title")
  for _, facts in ipairs(part.facts.group.examples) do
    local example = part_about(given, part, facts)
    example:paragraph(example:say("group_example"), shared.tested(example))
    shared.seen(example)
  end
end

-- Commands for each of the examples: what shows an open mail server shows nothing of a proxy.
function sections.group_oneself(part, given, shared)
  local shown = {}
  for _, facts in ipairs(part.facts.group.examples) do
    local example = part_about(given, part, facts)
    local show = shared.commands(example)
    if show then
      shown[#shown + 1] = { part = example, show = show }
    end
  end
  if shown[1] then
    part:title("check_title")
  end
  for _, one in ipairs(shown) do
    if #shown > 1 then
      one.part:put("text", one.part:say("group_remedy_for"))
    end
    shared.shown(one.part, one.show)
  end
end

function sections.group_remedy(part, given)
  local parts = {}
  for i, facts in ipairs(part.facts.group.remedies) do
    parts[i] = part_about(given, part, facts)
  end
  given.advice.remedies(part, parts)
end

function sections.group_left(part)
  local told = {}
  part:title("left_title")
  for _, row in ipairs(part.facts.group.rows) do
    local kind = KINDS[row.kind]
    for _, text in ipairs(told[kind] and {} or part.language.messages.left[kind]) do
      if not told[text] then
        part:put("item", text)
      end
      told[text] = true
    end
    told[kind] = true
  end
end

function sections.group_after(part, _, shared)
  part:title("after_title")
  if part.facts.verdict ~= "closed" then
    part:put("text", part:say("group_retest"))
  end
  part:put("text", part:say("object"))
  part:put("lead", part:say("lists"))
  part:put("item", part:say("group_list_tests"))
  part:put("item", part:say("list_letters"))
  shared.interval(part)
end

function sections.group_evidence(part, _, shared)
  shared.proof(part, "group_evidence")
end

local ORDERS = {
  first = { "remark", "group_first_opening", "table", "examples", "group_oneself", "explain", "group_remedy", "links",
    "group_after", "group_evidence", "ending" },
  reminder = { "remark", "group_reminder_opening", "table", "examples", "group_oneself", "explain", "group_remedy", "links",
    "group_after", "group_evidence", "ending" },
  provider = { "remark", "group_provider_opening", "table", "examples", "explain", "pass_on", "group_oneself", "group_remedy",
    "links", "group_after", "group_evidence", "ending" },
  ["all-clear"] = { "remark", "group_clear_opening", "table", "group_left", "links", "group_after", "group_evidence",
    "ending" },
}

local function write(given, part, tone, shared)
  for _, step in ipairs(ORDERS[tone] or ORDERS.first) do
    local section = sections[step] or shared[step] or given.advice[step]
    section(part, given, shared)
  end
end

return { write = write }
