-- HISTORICAL EXAMPLE. The facts are those of "Operation Secure Your Server" of 29 January 2004, in
-- which the United States Federal Trade Commission and 36 other agencies in 26 countries wrote to
-- owners of open servers. The project is over, its addresses are gone, and those below lie under
-- example domains that reach nobody. Copy this file and put your own facts in; whoever sends letters
-- speaks for the authority that the profile names.
--
-- Texts are by language; where one is missing, the English one is used. Which keys
-- there are stands in scripts/notice/profile.lua.

return {
  -- Printed on top of each letter. Leave it out of your own profile.
  remark = {
    en = "EXAMPLE: this letter was made with the profile of a project of 2004. It has not been "
      .. "sent by the authorities that it names.",
    nb = "EKSEMPEL: Dette brevet er laget med profilen til et prosjekt fra 2004. Det er ikke sendt "
      .. "av myndighetene som er nevnt i det.",
  },

  project = {
    en = "Secure Your Server",
    nb = "Gjør deres server sikker",
  },

  -- Completes "a joint project of …" and «et samarbeid mellom …».
  partners = {
    en = "the Federal Trade Commission of the United States and 36 other agencies in 26 countries, "
      .. "among them the Norwegian Ministry of Transport and Communications and the Norwegian Post "
      .. "and Telecommunications Authority",
    nb = "Federal Trade Commission i USA og 36 andre myndigheter i 26 land, blant dem "
      .. "Samferdselsdepartementet og Post- og teletilsynet",
  },

  -- A whole sentence.
  authority = {
    en = "In Norway the letters are sent by the Ministry of Transport and Communications together "
      .. "with the Norwegian Post and Telecommunications Authority.",
    nb = "I Norge sendes brevene av Samferdselsdepartementet i samarbeid med Post- og "
      .. "teletilsynet.",
  },

  -- The name in the From field, and the lines under the letter.
  writer = {
    en = "The project “Secure Your Server”",
    nb = "Prosjektet «Gjør deres server sikker»",
  },
  signature = {
    en = { "Ministry of Transport and Communications",
      "Norwegian Post and Telecommunications Authority" },
    nb = { "Samferdselsdepartementet", "Post- og teletilsynet" },
  },

  from = "project@secure-your-server.example",
  reply_to = "answers@secure-your-server.example",
  contact = "contact@secure-your-server.example",
  retest = "retest@secure-your-server.example",
  objection = "objections@secure-your-server.example",

  links = {
    {
      title = {
        en = "The project's pages of 2004, which are gone",
        nb = "Prosjektets nettsider fra 2004, som ikke finnes lenger",
      },
      url = "http://www.ftc.gov/secureyourserver",
    },
  },

  -- The project's six questions to owners of proxies.
  questions = {
    en = {
      "Does the proxy accept connections from networks that you do not trust, such as the Internet?",
      "Do you use the latest version of the proxy's software and hardware?",
      "Have you installed the latest patches and updates?",
      "Is access to the server controlled as it should be?",
      "Does somebody look regularly for unauthorised use of the proxy?",
      "Do you have an address abuse@ in your own domain, where others can report misuse, and does "
        .. "somebody read it?",
    },
    nb = {
      "Tar mellomtjeneren imot forbindelser fra nett dere ikke stoler på, for eksempel Internett?",
      "Bruker dere siste versjon av mellomtjenerens program- og maskinvare?",
      "Har dere installert de siste feilrettingene og oppdateringene?",
      "Er tilgangen til serveren styrt slik den bør være?",
      "Er det noen som jevnlig ser etter uberettiget bruk av mellomtjeneren?",
      "Har dere en adresse abuse@ i deres eget domene, der andre kan melde fra om misbruk, og blir "
        .. "den lest?",
    },
  },
}
