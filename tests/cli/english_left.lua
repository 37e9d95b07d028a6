-- The English messages as a file of another language, each with a word of four or more changed: english_left.lua EN.lua CODE
-- Writes it to stdout, and to stderr the paths of those that have at least five words besides names and placeholders.

local english = dofile(arg[1])

local function plain_words(text)
  local n = 0
  for word in text:gsub("{[%w_]+}", " "):gmatch("%S+") do
    n = n + (word:find("^%a%l+[.,:;]?$") and 1 or 0)
  end
  return n
end

-- Its first word is another one now; of a short text none is.
local function changed(path, text)
  if plain_words(text) < 5 then
    return text
  end
  io.stderr:write(path, "\n")
  return (text:gsub("%f[%a]%l+%f[%A]", "qwxq", 1))
end

local function put(path, value)
  if type(value) == "string" then
    return string.format("%q", changed(path, value))
  end
  local parts = {}
  for key, entry in pairs(value) do
    parts[#parts + 1] = string.format("[%s] = %s", type(key) == "number" and key or string.format("%q", key),
      put(path .. "." .. key, entry))
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

print(string.format("return { code = %q, name = 'x', english = 'x', messages = %s }", arg[2], put("messages", english.messages)))
