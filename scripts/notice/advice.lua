-- How the server is closed: what the test has found open, the software that it runs, and where more can be read.
--
--   remedy(part)  settings for exactly what was found, and for its software, or for all that it may be
--   remedies(part, parts)  the same for several: parts about one finding of each sort; each advice once
--   links(part)   the profile's links, the lists that the address came from, and behind a remedy the instructions for that
--
-- part: see scripts/notice/part.lua; its remedies and causes are what scripts/notice/remedy.lua and cause.lua returned.

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

local function put_steps(part, steps)
  for _, step in ipairs(steps) do
    if step.file then
      part:put("lead", part:say("in_file", { file = step.file }))
    elseif step.remove then
      part:put("lead", part:say("remove", { file = step.remove }))
    else
      part:put("lead", part:say(step.run and "run" or "shell"))
    end
    for _, line in ipairs(step.lines or step.run or step.shell) do
      part:put("code", line)
    end
  end
end

-- Of a server that relays for everyone no more needs to be said; else the first few, one of a kind.
local CAUSES_MOST = 4

local function chosen_causes(found)
  local chosen, by_name = {}, {}
  for _, entry in ipairs(found or {}) do
    if not by_name[entry.cause] then
      by_name[entry.cause] = true
      chosen[#chosen + 1] = entry.cause
    end
  end
  if by_name["no-rule"] then
    return { "no-rule", by_name["ipv6-clients"] and "ipv6-clients" or nil }
  end
  for i = #chosen, CAUSES_MOST + 1, -1 do
    chosen[i] = nil
  end
  return chosen
end

-- What closes exactly this: for the software that names itself, or for all of which it is known.
local function cause_settings(part, cause, software)
  local list = part.causes[cause] or {}
  for _, entry in ipairs(list) do
    if entry.software == software then
      part:put("text", part:say("cause_named", entry))
      put_steps(part, entry.steps)
    elseif not software or entry.beside then
      part:put("text", part:say("cause_if", entry))
      put_steps(part, entry.steps)
    end
  end
end

-- What the test has found open, and how that is closed. A cause that no language knows is left to the rest.
local function what_was_found(part, software)
  for _, cause in ipairs(chosen_causes(part.facts.causes)) do
    local path = "causes." .. cause
    local english = not part:has(path) and part:in_english()
    local speaker = not english and part or english:has(path) and english
    if speaker then
      local words = { what = speaker:say(path .. ".what"), close = speaker:say(path .. ".close") }
      part:put("text", part:say("found." .. part.facts.verdict, words))
      cause_settings(part, cause, software)
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
local function firewall(part)
  local steps = part.remedies.general.firewall[part.kind]
  if steps then
    part:put("text", part:say("firewall"))
    for _, step in ipairs(steps) do
      part:put("lead", part:say("on_system", { system = step.system }))
      for _, line in ipairs(step.lines) do
        part:put("code", (line:gsub("PORT", part.values.port)))
      end
    end
  end
end

local function remedy_section(part)
  local remedy, intro = remedy_for(part.remedies, part.facts)
  part:title("remedy_title")
  what_was_found(part, intro == "software_named" and remedy.name or nil)
  part:put_all("item", part.language.messages.remedy[part.kind])
  part:put("text", part:say(intro, { software = remedy and remedy.name }))
  if remedy then
    put_steps(part, remedy.steps)
  end
  local named = intro == "software_named" and remedy or nil
  if not named then
    firewall(part)
    part:put("text", part:say("makers"))
  end
  if part.kind == "proxy" and part.profile.questions then
    part:put("text", part:say("questions"))
    part:as_written(part.profile.questions):put_all("item", part:own("questions"))
  end
  part.more_links = instructions(part.remedies, part.facts, named)
end

--- For several findings ---------------------------------------------------------------------------

local SORTS_MOST = 8

-- Which setting closes it, and what for: what is alike in this is told once.
local function sort_of(part, remedy, intro)
  local names = { part.facts.kind, intro, remedy and remedy.name or "" }
  for _, cause in ipairs(chosen_causes(part.facts.causes)) do
    names[#names + 1] = cause.name
  end
  return table.concat(names, " ")
end

local function sorts_of(parts)
  local sorts, known = {}, {}
  for _, part in ipairs(parts) do
    local remedy, intro = remedy_for(part.remedies, part.facts)
    local sort = sort_of(part, remedy, intro)
    if not known[sort] and #sorts < SORTS_MOST then
      known[sort] = true
      sorts[#sorts + 1] = { part = part, remedy = remedy, intro = intro,
        named = intro == "software_named" and remedy or nil }
    end
  end
  return sorts
end

-- One sort; what holds for all of its kind is told with the first of them.
local function sort_section(sort, told)
  local part, remedy = sort.part, sort.remedy
  what_was_found(part, sort.named and remedy.name or nil)
  if not told[part.kind] then
    part:put_all("item", part.language.messages.remedy[part.kind])
  end
  local settings = sort.intro .. (remedy and remedy.name or "")
  if not told[settings] then
    part:put("text", part:say(sort.intro, { software = remedy and remedy.name }))
    put_steps(part, remedy and remedy.steps or {})
  end
  told[part.kind], told[settings] = true, true
end

local function add_links(links, more)
  for _, link in ipairs(more) do
    if not links[link.url] then
      links[link.url] = true
      links[#links + 1] = link
    end
  end
end

-- What is told of proxies behind all settings.
local function behind_settings(part, unnamed, a_proxy)
  if unnamed.proxy then
    firewall(unnamed.proxy)
  end
  if next(unnamed) then
    part:put("text", part:say("makers"))
  end
  if a_proxy and part.profile.questions then
    part:put("text", part:say("questions"))
    part:as_written(part.profile.questions):put_all("item", part:own("questions"))
  end
end

local function remedies_section(part, parts)
  local sorts, told, unnamed, links = sorts_of(parts), {}, {}, {}
  part:title("remedy_title")
  for _, sort in ipairs(sorts) do
    if #sorts > 1 then
      part:put("text", sort.part:say("group_remedy_for"))
    end
    sort_section(sort, told)
    if not sort.named then
      unnamed[sort.part.kind] = unnamed[sort.part.kind] or sort.part
    end
    add_links(links, instructions(sort.part.remedies, sort.part.facts, sort.named))
  end
  behind_settings(part, unnamed, told.proxy)
  part.more_links = links
end

local function links_section(part)
  part:title("links_title")
  for _, link in ipairs(part.profile.links) do
    part:as_written(link.title):put("item", part:of_profile(link.title) .. ": " .. link.url)
  end
  for _, list in ipairs(part:lists()) do
    if list.url then
      part:put("item", list.name .. ": " .. list.url)
    end
  end
  for _, link in ipairs(part.more_links or {}) do
    part:put("item", link.name .. ": " .. link.url)
  end
end

return { remedy = remedy_section, remedies = remedies_section, links = links_section }
