-- A second letter, when nobody has answered the first and the server is still open.

return {
  code = "en",
  tone = "reminder",
  builds_on = "en",
  summary = "A second letter to an owner who has not answered the first",
  messages = {
    subject = {
      open = {
        relay = "{project}: second letter about the open mail server at {address}, port {port}",
        proxy = "{project}: second letter about the open proxy at {address}, port {port}",
      },
      suspect = {
        relay = "{project}: second letter about the mail server at {address}, port {port}",
        proxy = "{project}: second letter about the proxy at {address}, port {port}",
      },
    },
    greeting = "A second letter to those in charge of the server {address}",
    no_blame = "We have written to you about this server before, and have now tested it once more. The first letter may not "
      .. "have reached you, so this one says everything again. It does not say that you have done anything wrong.",
    first_step = "We ask you once more to close the server to strangers. How to do so is explained below. If you are at work "
      .. "on it, or need help, please tell us: a short message to {contact} is enough.",
    regards = "With kind regards, and thanks for your trouble",
  },
}
