---@meta
-- For editors alone: what the scripts of a pack find as globals.

ajar = require "ajar" -- in probes/
sim = require "sim" -- in scenarios/
