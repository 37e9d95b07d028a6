-- Norwegian Bokmål. What each message is for stands in scripts/notice/letter.lua, which puts them in
-- order; {name} is filled in there. The reader is addressed as «dere», as the ministry's letter of
-- 2004 did, and a proxy is called «mellomtjener», with the English word behind it where it is explained.

local months = { "januar", "februar", "mars", "april", "mai", "juni", "juli", "august",
  "september", "oktober", "november", "desember" }

local messages = {
  subject = {
    open = {
      relay = "{project}: åpen e-postserver på {address}, port {port}",
      proxy = "{project}: åpen mellomtjener på {address}, port {port}",
    },
    suspect = {
      relay = "{project}: mulig åpen e-postserver på {address}, port {port}",
      proxy = "{project}: mulig åpen mellomtjener på {address}, port {port}",
    },
  },

  greeting = "Til den som har ansvaret for serveren {address}",
  address = "Dette brevet gjelder serveren med IP-adressen {address}, port {port}. Etter det vi "
    .. "forstår, er det dere som har ansvaret for denne serveren.",
  address_name = "Dette brevet gjelder serveren {host} med IP-adressen {address}, port {port}. "
    .. "Etter det vi forstår, er det dere som har ansvaret for denne serveren.",
  source = "Adressen står på listen «{source}» over servere som kan være åpne for utenforstående. "
    .. "Vi har derfor undersøkt serveren.",
  sources = "Adressen står på flere lister over servere som kan være åpne for utenforstående: {sources}. "
    .. "Vi har derfor undersøkt serveren.",
  source_name = "«{name}»",
  source_given = "Adressen står på en liste vi har fått, over servere som kan være åpne for "
    .. "utenforstående. Vi har derfor undersøkt serveren.",
  source_unknown = "Vi har fått oppgitt at denne adressen kan tilhøre en åpen server, og har "
    .. "derfor undersøkt den.",
  tested = {
    open = {
      relay = "Den {date} kl. {time} (UTC) tok serveren imot en melding fra testprogrammet vårt, "
        .. "som ikke var logget inn, og sendte den videre til en postkasse et annet sted. En "
        .. "server som gjør dette for hvem som helst, kalles en åpen e-postserver (open relay).",
      proxy = "Den {date} kl. {time} (UTC) formidlet serveren trafikk fra testprogrammet vårt, "
        .. "som ikke var logget inn, til en annen datamaskin på Internett. En server som gjør "
        .. "dette for hvem som helst, kalles en åpen mellomtjener (proxy).",
    },
    suspect = {
      relay = "Den {date} kl. {time} (UTC) godtok serveren en melding fra testprogrammet vårt, "
        .. "som ikke var logget inn, til en postkasse et annet sted. Meldingen var ikke kommet "
        .. "fram da undersøkelsen ble avsluttet. Vi kan derfor ikke si med sikkerhet at serveren "
        .. "er åpen, men ber dere kontrollere den.",
      proxy = "Den {date} kl. {time} (UTC) sa serveren seg villig til å opprette forbindelse "
        .. "mellom testprogrammet vårt, som ikke var logget inn, og en annen datamaskin på "
        .. "Internett. Ingenting var kommet fram dit da undersøkelsen ble avsluttet. Vi kan "
        .. "derfor ikke si med sikkerhet at serveren er åpen, men ber dere kontrollere den.",
    },
    doubtful = {
      relay = "Den {date} kl. {time} (UTC) godtok serveren meldinger fra testprogrammet vårt, som "
        .. "ikke var logget inn, til en postkasse et annet sted. Én av dem kom fram, en annen kom "
        .. "ikke fram. Vi kan derfor ikke si med sikkerhet at serveren er åpen, men ber dere "
        .. "kontrollere den.",
      proxy = "Den {date} kl. {time} (UTC) kom noe som testprogrammet vårt, som ikke var logget "
        .. "inn, hadde sendt til serveren, fram til en annen datamaskin på Internett. Men "
        .. "serveren oppførte seg også slik en åpen mellomtjener ikke gjør. Vi kan derfor ikke si "
        .. "med sikkerhet at den er åpen, men ber dere kontrollere den.",
    },
  },
  no_blame = "En server kan være åpen uten at eieren er klar over det, ofte fordi en innstilling "
    .. "aldri er blitt endret. Vi går ut fra at dere ikke har kjent til forholdet, og hevder ikke "
    .. "at dere har gjort noe galt.",
  first_step = "Som et første skritt ber vi dere lukke serveren for utenforstående. Nedenfor "
    .. "forklarer vi hvordan det kan gjøres.",

  earlier = "Vi har skrevet til dere om denne serveren før.",
  earlier_on = "Vi skrev til dere om denne serveren den {date}.",
  earlier_case = "Saksnummeret var da {earlier_case}.",

  seen_title = "Dette har vi observert",
  seen = "Testprogrammet koblet seg til port {port}. Linjene som er merket C, er sendt av "
    .. "testprogrammet. Linjene som er merket S, er mottatt fra serveren.",
  seen_from = "Testprogrammet koblet seg til port {port} fra adressen {from}. Linjene som er "
    .. "merket C, er sendt av testprogrammet. Linjene som er merket S, er mottatt fra serveren.",
  decisive = "Linjene med stjerne (*) foran er de avgjørende.",
  more_lines = { one = "… (1 linje til)", other = "… ({n} linjer til)" },
  returned = {
    relay = "Meldingen var merket med koden {token}, som ikke kan gjettes. Den kom fram til vår "
      .. "egen mottaksserver den {date} kl. {time} (UTC), levert fra {peer}.",
    proxy = "Forbindelsen var merket med koden {token}, som ikke kan gjettes. Den kom fram til "
      .. "vår egen mottaksserver den {date} kl. {time} (UTC), fra {peer}.",
  },
  peer_same = "Det er adressen til serveren vi undersøkte.",
  peer_other = "Det er en annen adresse enn den vi undersøkte. Serveren ser ut til å sende "
    .. "trafikken videre gjennom den.",
  ports_all = "Vi ba om flere porter på vår egen maskin. Alle forbindelsene kom fram: {reached}.",
  ports_some = "Vi ba om flere porter på vår egen maskin. Forbindelsene til disse kom fram: {reached}. "
    .. "Forbindelsene til disse kom ikke fram: {missed}.",
  ports_mail = "Blant portene som serveren formidler til, er port 25, som brukes til e-post: Hvem som "
    .. "helst kan sende e-post gjennom serveren, og e-posten ser ut til å komme derfra.",
  ours_alone = {
    relay = "Meldingen var adressert bare til vår egen postkasse. Ingen andre har fått noe "
      .. "tilsendt.",
    proxy = "Forbindelsen gjaldt bare vår egen datamaskin. Ingen andre er kontaktet gjennom "
      .. "serveren.",
  },

  check_title = "Slik kan dere se det selv",
  check = {
    relay = "Det avgjørende trinnet kan gjentas med programmet swaks, som her avslutter før noen melding er sendt. Kjør dette "
      .. "på en datamaskin utenfor egne nett, og sett inn en egen adresse hos en annen leverandør i stedet for "
      .. "you@elsewhere.example:",
    relay_lines = "Koble til serveren fra en datamaskin utenfor egne nett med kommandoen nedenfor. Skriv deretter linjene "
      .. "som er merket C ovenfor, til og med RCPT TO, med en egen adresse hos en annen leverandør som mottaker:",
    relay_answer = "Dersom serveren svarer på RCPT TO med en kode som begynner på 5, avviser den utenforstående, slik den "
      .. "skal. Dersom koden begynner på 2, tar den imot meldinger fra utenforstående til mottakere andre steder.",
    proxy = "Kjør disse kommandoene på en datamaskin utenfor egne nett:",
    proxy_answer = "Dersom en av dem viser siden «Example Domain», slipper serveren utenforstående gjennom. Dersom alle "
      .. "ender med en feilmelding, har den avvist disse forespørslene.",
  },

  matter = "Les gjerne hele brevet: Det som står her, kan få betydning for internettilgangen deres og for "
    .. "tilstedeværelsen deres på nettet.",
  who = "Dette brevet er et ledd i prosjektet «{project}», som er et samarbeid mellom {partners}.",
  who_alone = "Dette brevet er et ledd i prosjektet «{project}».",
  purpose = "Formålet er å fortelle eiere av åpne servere hvordan serverne kan sikres, slik at "
    .. "andre ikke kan bruke dem til å sende uønsket e-post (spam) eller til å skjule hvem de er.",

  what_title = "Hva åpne e-postservere og åpne mellomtjenere er",
  what_they_are = "En åpen e-postserver (open relay) tar imot e-post fra hvem som helst og sender "
    .. "den videre til hvem som helst, selv om verken avsender eller mottaker har noe med eieren "
    .. "å gjøre. En åpen mellomtjener (proxy) formidler på samme måte forbindelser fra hvem som "
    .. "helst til et hvilket som helst sted på Internett. For mottakeren ser det ut som om "
    .. "trafikken kommer fra den serveren.",
  how_abused = "Slike servere er lette å finne ved automatiske søk. De blir brukt til å sende "
    .. "store mengder uønsket e-post, spre skadelig programvare, begå bedragerier og angripe "
    .. "andre datamaskiner, mens den egentlige avsenderen forblir skjult.",

  harm_title = "Hva dette kan bety for dere",
  harm = {
    "Serveren og Internett-forbindelsen deres kan bli trege eller slutte å virke når store "
      .. "mengder fremmed trafikk går gjennom dem.",
    "Dere kan få utgifter til trafikken og til opprydding etterpå.",
    "Internett-leverandøren kan begrense eller stenge tilgangen deres.",
    "Adressen kan bli ført opp på sperrelister, slik at andre avviser e-post fra dere.",
    "Uønsket e-post og angrep kan se ut til å komme fra dere og skade omdømmet deres.",
  },

  remedy_title = "Slik lukker dere serveren",
  remedy = {
    relay = {
      "La serveren ta imot e-post til mottakere utenfor virksomheten bare fra egne nett og fra "
        .. "brukere som har logget inn. Alle andre skal avvises.",
      "Hold listen over klarerte nett så kort som mulig. Kontroller at serveren ser den virkelige "
        .. "adressen til dem som kobler seg til, særlig når den kjører i en konteiner eller bak "
        .. "en lastfordeler.",
      "Hold programvaren oppdatert.",
    },
    proxy = {
      "Slå av mellomtjeneren dersom dere ikke trenger den.",
      "Dersom dere trenger den, skal den bare kunne nås fra egne nett, eller kreve innlogging. "
        .. "Alle andre skal avvises.",
      "Sperr port {port} mot Internett i brannmuren.",
      "Dersom ingen hos dere har satt opp denne tjenesten, kan den ha fulgt med utstyret, eller "
        .. "noen kan ha tatt kontroll over maskinen. Da er det ikke nok å sperre porten, og "
        .. "maskinen må undersøkes.",
    },
  },
  found = {
    open = "Dette fant testen vår: {what} {close}",
    suspect = "Dersom serveren er åpen, er det på denne måten: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Serveren sender videre e-post fra hvilken som helst avsender til hvilken som helst mottaker, selv om "
        .. "ingen av dem hører til hos dere.",
      close = "Serveren skal avvise mottakere andre steder med mindre klienten er i deres eget nett eller har "
        .. "logget inn.",
    },
    ["same-domain"] = {
      what = "Serveren sender videre e-post når avsender og mottaker hører til samme domene, selv om domenet ikke er "
        .. "deres. Hvem som helst kan oppgi en slik avsender.",
      close = "La klientens adresse eller innlogging avgjøre, aldri avsenderadressen.",
    },
    ["null-sender"] = {
      what = "Serveren sender videre e-post til hvem som helst når avsenderen er tom (<>), slik den er i meldinger "
        .. "om at e-post ikke kunne leveres.",
      close = "Den tomme avsenderen skal behandles etter samme regel som alle andre. Fjern alle unntak for den.",
    },
    ["bare-sender"] = {
      what = "Serveren tar en avsender uten domene for en av sine egne brukere og sender videre alt fra en slik "
        .. "avsender.",
      close = "Avvis avsendere uten domene utenfra.",
    },
    ["claimed-sender"] = {
      what = "Serveren sender videre e-post til hvem som helst når avsenderadressen hører til et av serverens egne "
        .. "domener, navn eller adresser. Hvem som helst kan oppgi en slik adresse.",
      close = "La klientens adresse eller innlogging avgjøre, aldri avsenderadressen.",
    },
    ["claimed-user"] = {
      what = "Serveren sender videre e-post til hvem som helst når avsenderadressen tilhører en av brukerne på "
        .. "serveren, for eksempel root eller postmaster. Hvem som helst kan oppgi en slik adresse.",
      close = "La klientens adresse eller innlogging avgjøre, uten unntak for noen brukers adresse.",
    },
    ["claimed-greeting"] = {
      what = "Serveren sender videre e-post for klienter som oppgir et bestemt navn i hilsenen (EHLO). Hvem som "
        .. "helst kan oppgi et hvilket som helst navn.",
      close = "Stol ikke på navnet i hilsenen. La klientens adresse eller innlogging avgjøre.",
    },
    ["unknown-sender"] = {
      what = "Serveren sender videre e-post fra avsendere med et domene som ikke finnes.",
      close = "Serveren skal avvise mottakere andre steder når klienten er ukjent, og avsendere med ukjent domene.",
    },
    ["empty-domain"] = {
      what = "Serveren tar en adresse som slutter på @ uten domene etter, for en av sine egne, og sender deretter "
        .. "meldingen videre.",
      close = "Avvis adresser med tomt domene som feil syntaks før noe annet avgjøres.",
    },
    ["bare-recipient"] = {
      what = "Serveren bruker ikke regelen sin på mottakere som er skrevet uten vinkelparenteser.",
      close = "Godta bare adresser i vinkelparenteser.",
    },
    ["quoted-route"] = {
      what = "Serveren tar en adresse i anførselstegn for en av sine egne, fjerner anførselstegnene og sender "
        .. "deretter meldingen til det som stod mellom dem.",
      close = "La regelen avgjøre etter at adressene er omskrevet, eller avvis @, %, ! og / foran domenet.",
    },
    ["percent-route"] = {
      what = "Serveren leser % foran domenet som en rute (bruker%annetsted.example@serveren-deres) og sender "
        .. "meldingen videre etter den.",
      close = "Slå av denne gamle formen for ruting.",
    },
    ["two-ats"] = {
      what = "Serveren tar en adresse med to @ for en av sine egne etter den siste av dem, og sender meldingen "
        .. "videre etter den første.",
      close = "Avvis adresser med mer enn én @ som feil syntaks.",
    },
    ["source-route"] = {
      what = "Serveren følger en rute foran adressen (@serveren-deres:bruker@annetsted.example) og sender "
        .. "meldingen videre etter den.",
      close = "Se bort fra slike ruter, eller avvis dem.",
    },
    ["uucp-path"] = {
      what = "Serveren leser ! i en adresse som en rute (annetsted.example!bruker) og sender meldingen videre etter "
        .. "den, eller tar en avsender med ! for en av sine egne.",
      close = "Avvis ! i adresser utenfra.",
    },
    ["srs-hash"] = {
      what = "Serveren gjør omskrevne returadresser (SRS) om til adressene i dem uten å kontrollere kontrollsummen "
        .. "(hash), og sender meldingen videre dit.",
      close = "Kontroller kontrollsummen og datoen i en slik adresse, og avvis den når de ikke stemmer.",
    },
    spelling = {
      what = "Serveren kjenner ikke igjen domenet til en mottaker når det er skrevet på en annen måte (store "
        .. "bokstaver, punktum til slutt, bokstaver i full bredde), og sender meldingen videre.",
      close = "Skriv domenet om til én form før det sammenlignes med noen liste.",
    },
    smtputf8 = {
      what = "Serveren bruker ikke regelen sin på meldinger som er meldt som internasjonaliserte (SMTPUTF8).",
      close = "La den samme regelen gjelde for dem, eller slå av utvidelsen.",
    },
    ["inside-tls"] = {
      what = "Serveren avviser utenforstående på en vanlig forbindelse, men sender videre e-post for hvem som helst "
        .. "når forbindelsen er kryptert (STARTTLS).",
      close = "Kryptering alene er ingen innlogging. Krev passord, eller stol bare på klientsertifikater som dere "
        .. "kjenner.",
    },
    xclient = {
      what = "Serveren lar enhver klient oppgi med kommandoen XCLIENT hvilken adresse den kommer fra, og sender "
        .. "videre e-post for den som utgir seg for å være serveren selv.",
      close = "Godta XCLIENT bare fra deres egne portnere (192.0.2.10 i eksempelet).",
    },
    ["proxy-line"] = {
      what = "Serveren stoler på PROXY-linjen fra enhver klient, som sier hvor en forbindelse kommer fra, og sender "
        .. "videre e-post for den som utgir seg for å være serveren selv.",
      close = "Godta PROXY-protokollen bare fra deres egen lastfordeler (192.0.2.10 i eksempelet), på en port som "
        .. "bare den kan nå.",
    },
    ["second-recipient"] = {
      what = "Serveren avviser en mottaker et annet sted når den står først, og godtar den etter en av sine egne.",
      close = "La regelen avgjøre for hver enkelt mottaker.",
    },
    ["web-form"] = {
      what = "Et skjema på nettserveren sender e-post til den adressen som forespørselen oppgir.",
      close = "Skriv mottakerne av e-posten inn i skriptet, hent ingen av dem fra forespørselen, og fjern gamle "
        .. "skript som FormMail.",
    },
    ["web-proxy"] = {
      what = "En side på nettserveren henter den adressen (URL) som en forespørsel oppgir, for hvem som helst, og viser "
        .. "det den fikk.",
      close = "Fjern skriptet, eller la det hente bare fra verter som dere selv har listet opp, og bare for dem som "
        .. "har logget inn.",
    },
    ["local-services"] = {
      what = "Mellomtjeneren slipper utenforstående inn til tjenester på sin egen maskin, som kan stole på den som kommer derfra.",
      close = "Avvis mål på mellomtjenerens egen maskin (127.0.0.1, ::1 og dens andre adresser), og slipp bare inn klienter "
        .. "fra deres eget nett.",
    },
    ["connect-udp"] = {
      what = "Serveren sender hvem som helst sine datagrammer (UDP) til enhver adresse over HTTP (connect-udp, også kalt "
        .. "MASQUE).",
      close = "Slå av connect-udp hvis dere ikke trenger det. Krev ellers pålogging, eller slipp bare inn klienter fra "
        .. "deres eget nett.",
    },
    ["ipv6-clients"] = {
      what = "Dette skjedde over IPv6. En server i en konteiner ser ofte alle IPv6-klienter med en adresse fra "
        .. "sitt eget nett og stoler på dem av den grunn.",
      close = "Sørg for at serveren ser de virkelige IPv6-adressene til klientene, og ta konteinernettet ut av "
        .. "listen over klarerte nett.",
    },
  },
  cause_named = "Denne innstillingen i {software} lukker akkurat dette:",
  cause_if = "Dersom serveren bruker {software}, lukker dette akkurat det:",
  software_named = "Serveren oppgir at den bruker {software}. Med disse innstillingene lukkes "
    .. "{software} for utenforstående. De skal erstatte andre linjer med samme navn. Sett inn "
    .. "deres eget nett der det står 192.0.2.0/24.",
  software_if = "Dersom serveren bruker {software}, lukkes den for utenforstående med disse "
    .. "innstillingene. De skal erstatte andre linjer med samme navn. Sett inn deres eget nett "
    .. "der det står 192.0.2.0/24.",
  software_none = "Dersom dere forteller oss hvilken programvare serveren bruker, kan vi si mer "
    .. "nøyaktig hva som må stilles inn.",
  firewall = "Uansett programvare kan en brannmur holde utenforstående ute. Sett inn deres eget nett der det står "
    .. "192.0.2.0/24.",
  on_system = "Med {system}:",
  makers = "Blant lenkene nedenfor er veiledninger til vanlig programvare, fra dem som lager den, og noen som "
    .. "gjelder uansett programvare.",
  in_file = "I filen {file}:",
  remove = "Fjern fra filen {file}:",
  run = "Kjør deretter:",
  shell = "På programmets egen kommandolinje:",
  questions = "Disse spørsmålene kan være til hjelp for å finne svakheten:",

  links_title = "Mer informasjon",

  after_title = "Ny undersøkelse og innsigelser",
  retest = "Når serveren er lukket, kan dere skrive til {retest} med «RETEST {case}» som emne. Vi undersøker den da på nytt "
    .. "og gir dere beskjed om resultatet.",
  object = "Dersom dere mener at noe her er feil, kan dere skrive til {objection}. Oppgi saksnummeret, {case}.",
  lists = "Det finnes to lister for dem som ikke ønsker dette. Dere kan bli ført opp på én av dem, eller på begge:",
  list_tests = "Dersom dere ikke vil at serveren skal undersøkes igjen, kan dere skrive til {stop_tests} med «STOP-TESTS "
    .. "{case}» som emne.",
  list_letters = "Dersom dere ikke ønsker flere brev, kan dere skrive til {stop_letters} med «STOP-LETTERS {case}» som "
    .. "emne.",

  evidence_title = "Dokumentasjon",
  evidence = "All trafikk mellom testprogrammet og serveren er tatt vare på, med tidspunkter, "
    .. "i bevisfilen {bundle}, sak {case}. Dette er filens SHA-256-sum, slik kommandoen «sha256sum» skriver den ut:",
  evidence_check = "En fil med en annen sum er en annen fil, eller den er endret eller utvidet etter at brevet ble "
    .. "skrevet. Filen er signert med nøkkelen {key_id}. Dere kan få den delen som gjelder dere, hos oss: Det er en fil "
    .. "med sin egen sum og den samme signaturen. Begge kontrolleres med kommandoen «ajar verify», eller uten vår "
    .. "programvare med minisign og sha256sum, slik filen VERIFY.txt i dem forklarer. Den offentlige nøkkelen er:",

  contact = "Spørsmål kan rettes til {contact}.",
  regards = "Med vennlig hilsen",

  interval = {
    one = "Dere får høyst ett slikt brev fra oss om dagen.",
    other = "Dere får høyst ett slikt brev fra oss i løpet av {n} dager.",
  },

  group_subject = "{project}: servere i deres varetekt som er eller kan være åpne for utenforstående ({case})",
  group_greeting = "Til den som har ansvaret for serverne i listen nedenfor",
  group_findings = {
    one = "Dette brevet gjelder {n} funn på servere som dere, etter det vi forstår, har ansvaret for.",
    other = "Dette brevet gjelder {n} funn på servere som dere, etter det vi forstår, har ansvaret for.",
  },
  group_at_one = "Alle gjelder IP-adressen {address}.",
  group_at = { one = "De gjelder {n} IP-adresse.", other = "De gjelder {n} forskjellige IP-adresser." },
  group_tested = "Vi har fått oppgitt at adressene kan tilhøre servere som er åpne for utenforstående, og har "
    .. "derfor undersøkt dem. Listen nedenfor viser resultatet av hver undersøkelse.",
  group_first_step = "Som et første skritt ber vi dere lukke disse serverne for utenforstående. Nedenfor "
    .. "forklarer vi hvordan det kan gjøres.",
  group_title = "Hva vi fant",
  group_columns = { address = "Adresse", port = "Port", found = "Funn", time = "Tid (UTC)" },
  group_found = {
    open = { relay = "åpen e-postserver", proxy = "åpen mellomtjener" },
    suspect = { relay = "e-postserver, mulig åpen", proxy = "mellomtjener, mulig åpen" },
  },
  group_attached = "Den vedlagte filen {file} inneholder alle funnene, ett på hver linje, med flere opplysninger.",
  group_example = "Et eksempel er serveren på adressen {address}, port {port} (sak {case}).",
  group_remedy_for = "Om adressen {address}, port {port}, og servere som ligner:",
  group_retest = "Når serverne er lukket, kan dere skrive til {retest} med «RETEST {case}» som emne; dette "
    .. "nummeret står for alle sakene i brevet. Dersom bare noen av dem er lukket, ber vi dere nevne disse "
    .. "sakene i meldingen. Vi undersøker dem da på nytt og gir dere beskjed om resultatet.",
  group_list_tests = "Dersom dere ikke vil at disse serverne skal undersøkes igjen, kan dere skrive til "
    .. "{stop_tests} med «STOP-TESTS {case}» som emne.",
  group_evidence = "All trafikk mellom testprogrammet og serverne er tatt vare på, med tidspunkter, i "
    .. "bevisfilen {bundle}, hver sak under sitt nummer. Dette er filens SHA-256-sum, slik kommandoen "
    .. "«sha256sum» skriver den ut:",
  group_earlier = "Vi har skrevet til dere om disse serverne før.",
  group_earlier_on = "Vi skrev til dere om disse serverne den {date}.",

  tones = {
    reminder = {
      group_subject = "{project}: påminnelse om servere i deres varetekt som er eller kan være åpne for "
        .. "utenforstående ({case})",
      group_tested = "Nå har vi undersøkt dem på nytt. Listen nedenfor viser resultatet av hver undersøkelse.",
      group_first_step = "Vi ber dere lukke disse serverne for utenforstående nå. Nedenfor forklarer vi hvordan "
        .. "det kan gjøres. Dersom dere alt er i gang, eller trenger hjelp, ber vi dere si fra: En kort melding "
        .. "til {contact} er nok.",
      group_no_blame = "Det kan være at det forrige brevet ikke nådde rette vedkommende, eller at en endring "
        .. "ikke fikk den virkningen den skulle. Dersom andre har ansvaret for disse serverne, ber vi dere "
        .. "sende dette brevet videre til dem.",
      subject = {
        open = {
          relay = "{project}: påminnelse om den åpne e-postserveren på {address}, port {port}",
          proxy = "{project}: påminnelse om den åpne mellomtjeneren på {address}, port {port}",
        },
        suspect = {
          relay = "{project}: påminnelse om e-postserveren på {address}, port {port}",
          proxy = "{project}: påminnelse om mellomtjeneren på {address}, port {port}",
        },
      },
      again = "Nå har vi undersøkt den på nytt.",
      still = "Serveren er altså fortsatt åpen for utenforstående.",
      no_blame = "Det kan være at det forrige brevet ikke nådde rette vedkommende, eller at en endring ikke fikk den "
        .. "virkningen den skulle. Dersom andre har ansvaret for serveren, ber vi dere sende dette brevet videre til dem.",
      first_step = "Vi ber dere lukke serveren for utenforstående nå. Nedenfor forklarer vi hvordan det kan gjøres. Dersom "
        .. "dere alt er i gang, eller trenger hjelp, ber vi dere si fra: En kort melding til {contact} er nok.",
    },

    provider = {
      group_subject = "{project}: servere i nettet deres som er eller kan være åpne for utenforstående ({case})",
      group_greeting = "Til den som har ansvaret for nettet som adressene i listen nedenfor hører til",
      group_findings = {
        one = "Dette brevet gjelder {n} funn på servere i det vi forstår er nettet deres; de kan tilhøre "
          .. "kundene deres.",
        other = "Dette brevet gjelder {n} funn på servere i det vi forstår er nettet deres; de kan tilhøre "
          .. "kundene deres.",
      },
      group_first_step = "Vi ber dere sende dette brevet videre til dem som driver serverne, og sørge for at "
        .. "disse blir lukket for utenforstående. Dersom dere vet hvem vi heller bør skrive til, ber vi dere si "
        .. "fra til {contact}.",
      group_limit = "Til de er lukket, kan dere verne andre ved å sperre for forbindelser fra Internett til "
        .. "portene til mellomtjenerne, og ved å begrense det e-postserverne får sende til port 25 på andre "
        .. "servere.",
      subject = {
        open = {
          relay = "{project}: åpen e-postserver i nettet deres på {address}, port {port}",
          proxy = "{project}: åpen mellomtjener i nettet deres på {address}, port {port}",
        },
        suspect = {
          relay = "{project}: mulig åpen e-postserver i nettet deres på {address}, port {port}",
          proxy = "{project}: mulig åpen mellomtjener i nettet deres på {address}, port {port}",
        },
      },
      greeting = "Til den som har ansvaret for nettet som adressen {address} hører til",
      address = "Dette brevet gjelder serveren med IP-adressen {address}, port {port}. Etter det vi forstår, hører adressen "
        .. "til nettet deres, og serveren kan tilhøre en av kundene deres.",
      address_name = "Dette brevet gjelder serveren {host} med IP-adressen {address}, port {port}. Etter det vi forstår, "
        .. "hører adressen til nettet deres, og serveren kan tilhøre en av kundene deres.",
      matter = "Les gjerne hele brevet: Det som står her, kan få betydning for nettet deres og for kundene deres.",
      no_blame = "En server kan være åpen uten at eieren er klar over det, ofte fordi en innstilling aldri er blitt endret. "
        .. "Vi hevder ikke at dere eller kunden deres har gjort noe galt.",
      first_step = "Vi ber dere sende dette brevet videre til den som driver serveren, og sørge for at serveren blir lukket "
        .. "for utenforstående. Dersom dere vet hvem vi heller bør skrive til, ber vi dere si fra til {contact}.",
      limit = {
        relay = "Til den er lukket, kan dere verne andre ved å begrense det serveren får sende til port 25 på andre servere.",
        proxy = "Til den er lukket, kan dere verne andre ved å sperre for forbindelser fra Internett til port {port} på "
          .. "denne adressen.",
      },
      harm_title = "Hva dette kan bety for dere og kundene deres",
      harm = {
        "Adresser i nettet deres kan bli ført opp på sperrelister, slik at andre avviser e-post fra dere og fra kunder som "
          .. "ikke har noe med saken å gjøre.",
        "Fremmed trafikk legger beslag på linjene deres, og dere eller kunden deres kan få utgifter til den.",
        "Klager over uønsket e-post og angrep kommer til dere, fordi de ser ut til å komme fra nettet deres.",
      },
      pass_on = "Det som følger, er skrevet til den som driver serveren.",
    },

    ["all-clear"] = {
      group_subject = "{project}: servere i deres varetekt er lukket for utenforstående ({case})",
      group_findings = {
        one = "Dette brevet gjelder {n} server som ved tidligere undersøkelser var åpen, og som dere, etter det "
          .. "vi forstår, har ansvaret for.",
        other = "Dette brevet gjelder {n} servere som ved tidligere undersøkelser var åpne, og som dere, etter "
          .. "det vi forstår, har ansvaret for.",
      },
      group_tested = "Vi har undersøkt dem på nytt. Testprogrammet vårt, som ikke var logget inn, slapp ikke "
        .. "lenger gjennom noen av dem. Listen nedenfor viser resultatet av hver undersøkelse.",
      group_found = {
        closed = { relay = "lukket e-postserver", proxy = "lukket mellomtjener" },
      },
      group_thanks = "Så langt disse undersøkelsene kan vise, er serverne lukket for utenforstående. Takk for "
        .. "hjelpen.",
      group_bounds = "Undersøkelsene gjaldt bare disse tjenestene, på disse tidspunktene. De sier ingenting om "
        .. "andre tjenester på maskinene, og en senere endring av innstillingene kan åpne en server igjen.",
      subject = {
        closed = {
          relay = "{project}: e-postserveren på {address}, port {port}, er lukket for utenforstående",
          proxy = "{project}: mellomtjeneren på {address}, port {port}, er lukket for utenforstående",
        },
      },
      tested = {
        closed = {
          relay = "Den {date} kl. {time} (UTC) undersøkte vi den på nytt. Testprogrammet vårt, som ikke var logget inn, "
            .. "kunne ikke sende noen melding gjennom serveren til en postkasse et annet sted.",
          proxy = "Den {date} kl. {time} (UTC) undersøkte vi den på nytt. Testprogrammet vårt, som ikke var logget inn, "
            .. "kunne ikke nå noen annen datamaskin på Internett gjennom serveren.",
        },
      },
      thanks = "Så langt denne undersøkelsen kan vise, er serveren lukket for utenforstående. Takk for hjelpen.",
      settled = "For oss er saken dermed avsluttet, og dere trenger ikke å svare på dette brevet.",
      bounds = "Undersøkelsen gjaldt bare denne tjenesten, på dette tidspunktet. Den sier ingenting om andre tjenester på "
        .. "maskinen, og en senere endring av innstillingene kan åpne serveren igjen.",
      left_title = "Hva som fortsatt kan gjenstå",
      left = {
        relay = {
          "Meldinger som utenforstående har levert til serveren, kan fortsatt vente i køen. Gå gjennom køen, og slett det "
            .. "som ikke er deres.",
          "Dersom adressen står på sperrelister, fjerner de som driver dem, den når dere ber om det. Noen lister gjør det av "
            .. "seg selv etter en tid.",
          "Hold programvaren oppdatert, og kontroller serveren utenfra etter hver endring av innstillingene.",
        },
        proxy = {
          "Loggene til serveren kan vise hvem som brukte den mens den var åpen, og til hva. Ta vare på dem dersom dere vil "
            .. "anmelde saken til politiet.",
          "Dersom ingen hos dere har satt opp denne tjenesten, kan noen ha tatt kontroll over maskinen. Da må den undersøkes, "
            .. "selv om tjenesten ikke lenger kan nås.",
          "Dersom adressen står på sperrelister, fjerner de som driver dem, den når dere ber om det. Noen lister gjør det av "
            .. "seg selv etter en tid.",
          "Hold programvaren oppdatert, og kontroller serveren utenfra etter hver endring av innstillingene.",
        },
      },
    },
  },
}

return {
  code = "nb",
  name = "norsk bokmål",
  english = "Norwegian Bokmål",
  aliases = { "no" },
  messages = messages,

  plural = function(n)
    return n == 1 and "one" or "other"
  end,

  -- 24. november 2026
  date = function(t)
    return string.format("%d. %s %d", t.day, months[t.month], t.year)
  end,

  -- 02.10.16
  time = function(t)
    return string.format("%02d.%02d.%02d", t.hour, t.minute, t.second)
  end,

  -- 12 345, with a no-break space, from five digits on
  number = function(n)
    local digits = string.format("%d", n)
    if #digits < 5 then
      return digits
    end
    local head = #digits % 3
    local grouped = digits:sub(head + 1):gsub("(%d%d%d)", "\194\160%1")
    return head > 0 and digits:sub(1, head) .. grouped or grouped:sub(3)
  end,

  -- a, b og c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " og " .. items[#items] or items[1]
  end,
}
