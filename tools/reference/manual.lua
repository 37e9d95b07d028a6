-- The reference as manuals, ajar.smtp.3 and so on, in the macros of man(7).

local parse = require "parse"

local manual = {}

local function put(out, ...)
    table.insert(out, table.concat({ ... }))
end

local function escape(text)
    return (text:gsub("\\", "\\e"):gsub("%-", "\\-"):gsub("…", "..."):gsub("→", "->"))
end

-- What begins with a point or an apostrophe would be a macro.
local function put_line(out, text)
    put(out, (text:gsub("^[.']", "\\&%0")))
end

local WIDTH = 78

local function put_text(out, text)
    local line
    for word in text:gmatch("%S+") do
        if line and #line + #word >= WIDTH then
            put_line(out, line)
            line = nil
        end
        line = line and line .. " " .. word or word
    end
    put_line(out, line)
end

-- Of Markdown no more is used than this.
local function inline(text)
    text = escape(text):gsub("%[(`?[^%]]+)%]%([^)]+%)", "%1")
    return (text:gsub("`([^`]+)`", "\\fB%1\\fR"):gsub("%*%*([^*]+)%*%*", "\\fB%1\\fR"):gsub("%*([^*]+)%*", "\\fI%1\\fR"))
end

local function paragraphs(out, lines, first)
    for i, paragraph in ipairs(parse.paragraphs(lines)) do
        if i > 1 or not first then
            put(out, ".PP")
        end
        put_text(out, inline(table.concat(paragraph, " ")))
    end
end

local function put_list(out, list)
    for _, p in ipairs(list) do
        put(out, ".TP")
        put(out, "\\fI", escape(p.name or ""), "\\fR: ", escape(p.type), p.optional and " (optional)" or "")
        put_text(out, p.words ~= "" and inline(p.words) or "\\&")
    end
end

local function put_returns(out, e)
    put(out, ".PP")
    for i, r in ipairs(e.returns) do
        if i > 1 then
            put(out, ".br")
        end
        put_text(out, ("Returns %s%s%s."):format(r.name and "\\fI" .. escape(r.name) .. "\\fR: " or "", escape(r.type),
            r.words ~= "" and " (" .. inline(r.words) .. ")" or ""))
    end
    if #e.returns == 0 then
        put(out, "Returns nothing.")
    end
end

local function put_marks(out, e)
    if e.deprecated then
        put(out, ".PP")
        put_text(out, "\\fBDeprecated:\\fR " .. inline(e.deprecated) .. ".")
    end
    put(out, "Since API ", tostring(e.since), ".")
end

local function put_example(out, lines)
    put(out, ".PP")
    put(out, ".RS 4")
    put(out, ".nf")
    for _, line in ipairs(lines) do
        put_line(out, line == "" and "\\&" or escape(line))
    end
    put(out, ".fi")
    put(out, ".RE")
end

local function put_entry(out, e)
    put(out, '.SS "', escape(e.kind == "function" and parse.signature(e) or e.name), '"')
    paragraphs(out, e.text, true)
    for _, w in ipairs(e.words) do
        put(out, ".TP")
        put(out, "\\fB", escape(w.name), "\\fR")
        put_text(out, inline(w.words))
    end
    put_list(out, e.kind == "class" and e.fields or e.params)
    if e.kind == "function" then
        put_returns(out, e)
    end
    if e.kind == "function" or e.kind == "value" then
        put(out, e.kind == "value" and ".PP" or ".br")
        put_marks(out, e)
    end
    if e.example then
        put_example(out, e.example)
    end
end

---One manual.
---@param version string
---@param date string
function manual.page(page, pages, version, date)
    local out = {}
    local name, what = page.name, page.title:match("^[%w.]+: (.*)$")
    put(out, '.TH "', name:upper(), '" 3 ', date, ' "ajar ', version, '"')
    put(out, ".SH NAME")
    put(out, escape(name), " \\- ", escape(what))
    put(out, ".SH DESCRIPTION")
    paragraphs(out, page.text, true)
    if page.capability then
        put(out, ".PP")
        put(out, "Takes the capability \\fB", page.capability, "\\fR, which a pack declares.")
    end
    put(out, ".SH ENTRIES")
    for _, e in ipairs(page.entries) do
        if not e.private and not (e.kind == "table" and #e.text == 0) then
            put_entry(out, e)
        end
    end
    put(out, ".SH SEE ALSO")
    for i, other in ipairs(pages) do
        if other ~= page then
            put(out, ".BR ", escape(other.name), " (3)", i < #pages and "," or "")
        end
    end
    return (table.concat(out, "\n"):gsub(",$", "")) .. "\n"
end

return manual
