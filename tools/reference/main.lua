-- The reference of the API that scripts use, from its annotations:
--
--     lua tools/reference/main.lua markdown doc/api FOLDER      pages, FOLDER/*.md
--     lua tools/reference/main.lua check doc/api                are the pages in doc/api those of its annotations?
--     lua tools/reference/main.lua man doc/api FOLDER VERSION DATE      manuals, FOLDER/*.3
--     lua tools/reference/main.lua examples doc/api FOLDER      scripts that run, and what they must show
--
-- For LuaJIT and Lua 5.1.

package.path = (arg[0]:match("^(.*)/") or ".") .. "/?.lua"
local parse = require "parse"

local command, source, folder = unpack(arg)
local pages = parse.all(source)

local function api_version()
    for line in io.lines(source .. "/ajar.lua") do
        local number = line:match("^ajar%.api = (%d+)$")
        if number then
            return tonumber(number)
        end
    end
    error("ajar.api stands nowhere")
end

local function each_markdown(call)
    local markdown = require "markdown"
    for _, page in ipairs(pages) do
        call(page.file .. ".md", markdown.page(page))
    end
    call("README.md", markdown.index(pages, api_version()))
end

local function write(name, text)
    local out = assert(io.open(folder .. "/" .. name, "w"))
    out:write(text)
    out:close()
end

local commands = {}

function commands.markdown()
    each_markdown(write)
end

function commands.check()
    local stale = {}
    each_markdown(function(name, text)
        local file = io.open(source .. "/" .. name)
        if not file or file:read("*a") ~= text then
            table.insert(stale, name)
        end
    end)
    if #stale > 0 then
        io.stderr:write("not what doc/api/*.lua says: ", table.concat(stale, ", "), " in ", source, "; run make reference\n")
        os.exit(1)
    end
end

function commands.man()
    local manual = require "manual"
    for _, page in ipairs(pages) do
        write(page.name .. ".3", manual.page(page, pages, arg[4], arg[5]))
    end
end

function commands.examples()
    require("examples").write(pages, folder)
end

commands[command]()
