std = "luajit"
max_line_length = 130
read_globals = { "ajar" }

-- The library fills ajar, from the C functions that it alone is given as raw.
files["scripts/lib"] = { globals = { "ajar" }, read_globals = { "raw" } }
-- Letters are prose.
files["lang"] = { max_line_length = false }
files["scripts/sim"] = { read_globals = { "sim" } }
-- What `ajar pack new` makes a pack of.
files["data/pack/open.lua"] = { read_globals = { "sim" } }
files["data/pack/closed.lua"] = { read_globals = { "sim" } }
-- Declarations for editors, of which the reference is made.
files["doc/api"] = { globals = { "ajar", "sim" }, unused = false, redefined = false, max_line_length = false }
files["tools"] = { std = "lua51" }
files["doc/examples/*/scenarios"] = { read_globals = { "sim" } }
