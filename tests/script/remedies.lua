-- What closes which software (scripts/notice/remedy.lua), and which misconfiguration (scripts/notice/cause.lua), as JSON for the
-- lab: remedies.lua REMEDIES CAUSES

local function put(value)
  if type(value) ~= "table" then
    return (string.format("%q", tostring(value)):gsub("\\\n", "\\n"))
  end
  local parts = {}
  for key, entry in pairs(value) do
    parts[#parts + 1] = #value > 0 and put(entry) or put(key) .. ":" .. put(entry)
  end
  return #value > 0 and "[" .. table.concat(parts, ",") .. "]" or "{" .. table.concat(parts, ",") .. "}"
end

local list = {}
for i, remedy in ipairs(dofile(arg[1])) do
  list[i] = { name = remedy.name, steps = remedy.steps }
end
print(put({ remedies = list, causes = dofile(arg[2]) }))
