-- How a target goes on after a test. `ajar campaign notify` and `ajar campaign recheck` ask rules.next of each target that is
-- due: one that was just tested, or whose time has come. It is told what is known, and gives what is to be done.
--
-- target: found   what all its tests together say: "open" (proven), "suspect" (it said yes, without proof), "closed" (it was
--                 one of these, and each test that found it so says "closed" now), "unknown" (it was, and the last test
--                 could not tell), "nothing" (it never was)
--         tested  days since its last test; not there: it was never tested
--         rounds  how often it was tested
--         state   "tested", "notified", "reminded", "escalated", "closed"; in_state: days in it
--         letters what was written about it, the oldest first: { kind = "first", "reminder", "provider" or "all-clear",
--                 days = how long ago, bounced = true where it came back, withheld = true where it was not written, as the
--                 target is held out }
--         holdout true: it gets no letters, and what `notify` names is only noted, so that its dates are those of others
--
-- Gives one of { recheck_in = TIME }              it is tested again then
--              { notify = KIND, next = TIME }     a letter, about the last test; a test is the ground for one letter
--              { next = TIME }                    nothing now
--              { stop = true }                    nothing any more, unless something happens to it
-- with why = "..." where it should be said. A TIME is from now on: "14d", "12h", "0h"; then it is asked again.
--
-- The numbers here are the operator's to change.

local remind_after = 14 -- days from one letter to the next
local letters_to_open = { "first", "reminder", "provider" } -- in this order, and then no more
local look_again_after = "30d" -- from one test to the next, where no letter is to be written
local write_about_suspects = false -- what said yes without proof: tested again in any case
local most_tests = 12
local fresh = 1 -- days: a letter is about a test that is no older

local rules = {}

-- The letters since it was last said that all is well, and the last of them.
local function letters_now(target)
  local count, last = 0, nil
  for _, letter in ipairs(target.letters) do
    last = letter
    count = letter.kind == "all-clear" and 0 or count + 1
  end
  return count, last
end

local function look_again(target, time, why)
  if target.rounds >= most_tests then
    return { stop = true, why = "it was tested " .. target.rounds .. " times" }
  end
  return { recheck_in = time, why = why }
end

-- Days until the last letter is old enough for another one.
local function days_left(last)
  return last and remind_after - last.days or 0
end

local function open_one(target)
  local count, last = letters_now(target)
  local kind = letters_to_open[count + 1]
  if not kind then
    return look_again(target, look_again_after, "all letters are written")
  end
  local left = count > 0 and days_left(last) or 0
  if left > 0 then
    return look_again(target, math.ceil(left) .. "d", "it was written to lately")
  end
  if target.tested > fresh then
    return { recheck_in = "0h", why = "a letter is about a fresh test" }
  end
  return { notify = kind, next = remind_after .. "d" }
end

local function closed_one(target)
  local count = letters_now(target)
  if count == 0 then
    return { stop = true, why = "it is closed" }
  elseif target.tested > fresh then
    return { recheck_in = "0h", why = "a letter is about a fresh test" }
  end
  return { notify = "all-clear", next = look_again_after }
end

function rules.next(target)
  if not target.tested then
    return { recheck_in = "0h" }
  elseif target.found == "open" then
    return open_one(target)
  elseif target.found == "suspect" then
    if write_about_suspects then
      return open_one(target)
    end
    return look_again(target, look_again_after, "it is suspect")
  elseif target.found == "closed" then
    return closed_one(target)
  elseif target.found == "unknown" then
    return look_again(target, look_again_after, "the test could not tell")
  end
  return { stop = true, why = "nothing was found" }
end

return rules
