-- A first notice in plainer words than the built-in one. What it does not say itself is that one's: lang/en.lua of ajar has
-- every message, and doc/letters.md says how a letter is made. {address} and its like are filled in.

return {
  code = "en", -- its language: a tag as BCP 47 has it
  tone = "friendly", -- a name that tells it from other letters in that language
  builds_on = "en", -- the built-in language whose words stand where it has none
  summary = "A first notice in plain and friendly words",
  messages = {
    greeting = "Hello! This letter is about your server {address}.",
    no_blame = "Most of those who get this letter did not know that their server is open: often a setting was never "
      .. "changed. Nobody says that you have done anything wrong.",
    regards = "Thank you for your help, and kind regards",
  },
}
