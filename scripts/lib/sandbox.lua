-- What the sandbox puts in place of the library's pairs, next and xpcall. Loaded by core/script/sandbox.c,
-- with the library's own functions as arguments.

local next_of, pcall, select, rawget, sort, type, error = ...

-- Tables in the order of their keys: the library's order is another in each process, and a verdict must not
-- hang on it.
local rank = { number = 1, string = 2, boolean = 3 }

local function check(key, name)
    return rank[type(key)] or error(name .. ": only numbers, strings and booleans have an order as keys", 3)
end

local function less(a, b)
    local kind, other = type(a), type(b)
    if kind ~= other then
        return rank[kind] < rank[other]
    elseif kind == "boolean" then
        return b and not a
    end
    return a < b
end

local function pairs(t)
    local numbers, strings, others = {}, {}, {}
    local lists = { numbers, strings, others }
    for key in next_of, t do
        local list = lists[check(key, "pairs")]
        list[#list + 1] = key
    end
    sort(numbers)
    sort(strings)
    sort(others, less)
    local which, at = 1, 0
    return function()
        while which <= 3 do
            at = at + 1
            local key = lists[which][at]
            if key == nil then
                which, at = which + 1, 0
            else
                local value = rawget(t, key)
                if value ~= nil then
                    return key, value
                end
            end
        end
    end, t
end

local function next(t, after)
    local best
    for key in next_of, t do
        check(key, "next")
        if (after == nil or less(after, key)) and (best == nil or less(key, best)) then
            best = key
        end
    end
    if best ~= nil then
        return best, rawget(t, best)
    end
end

-- The library calls the handler before it unwinds: in an error that the instruction budget raised, where no
-- hook could stop the handler.
local function finish(handler, ok, ...)
    if ok then
        return true, ...
    end
    return false, select(2, pcall(handler, (...)))
end

local function xpcall(f, handler, ...)
    return finish(handler, pcall(f, ...))
end

return pairs, next, xpcall
