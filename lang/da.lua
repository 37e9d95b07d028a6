-- Danish. The reader is addressed as «I», as authorities write to firms; a relay is an «åben mailserver (open relay)», a proxy an «åben
-- proxyserver (open proxy)».

local months = { "januar", "februar", "marts", "april", "maj", "juni", "juli", "august",
  "september", "oktober", "november", "december" }

local messages = {
  subject = {
    open = {
      relay = "{project}: åben mailserver på {address}, port {port}",
      proxy = "{project}: åben proxyserver på {address}, port {port}",
    },
    suspect = {
      relay = "{project}: muligvis åben mailserver på {address}, port {port}",
      proxy = "{project}: muligvis åben proxyserver på {address}, port {port}",
    },
  },

  greeting = "Til den ansvarlige for serveren {address}",
  address = "Dette brev drejer sig om serveren med IP-adressen {address}, port {port}. Så vidt vi ved, er det jer, der er "
    .. "ansvarlige for denne server.",
  address_name = "Dette brev drejer sig om serveren {host} med IP-adressen {address}, port {port}. Så vidt vi ved, er det jer, "
    .. "der er ansvarlige for denne server.",
  source = "Adressen står på listen »{source}« over servere, der kan være åbne for udenforstående. Vi har derfor undersøgt "
    .. "serveren.",
  sources = "Adressen står på flere lister over servere, der kan være åbne for udenforstående: {sources}. Vi har derfor undersøgt "
    .. "serveren.",
  source_name = "»{name}«",
  source_given = "Adressen står på en liste, som vi har fået, over servere, der kan være åbne for "
    .. "udenforstående. Vi har derfor undersøgt serveren.",
  source_unknown = "Vi har fået oplyst, at adressen kan tilhøre en server, der er åben for udenforstående. Vi har derfor undersøgt "
    .. "serveren.",
  tested = {
    open = {
      relay = "Den {date} kl. {time} (UTC) modtog serveren en meddelelse fra vores testprogram, som ikke var logget ind, og sendte "
        .. "den videre til en postkasse et andet sted. En server, der gør dette for hvem som helst, kaldes en åben mailserver (open "
        .. "relay).",
      proxy = "Den {date} kl. {time} (UTC) formidlede serveren trafik fra vores testprogram, som ikke var logget ind, til en anden "
        .. "computer på internettet. En server, der gør dette for hvem som helst, kaldes en åben proxyserver (open proxy).",
    },
    suspect = {
      relay = "Den {date} kl. {time} (UTC) accepterede serveren en meddelelse fra vores testprogram, som ikke var logget ind, til en "
        .. "postkasse et andet sted. Meddelelsen var ikke nået frem, da undersøgelsen sluttede. Vi kan derfor ikke sige med "
        .. "sikkerhed, at serveren er åben, og beder jer kontrollere den.",
      proxy = "Den {date} kl. {time} (UTC) indvilligede serveren i at forbinde vores testprogram, som ikke var logget ind, med en "
        .. "anden computer på internettet. Der var ikke nået noget frem dertil, da undersøgelsen sluttede. Vi kan derfor ikke sige "
        .. "med sikkerhed, at serveren er åben, og beder jer kontrollere den.",
    },
    doubtful = {
      relay = "Den {date} kl. {time} (UTC) accepterede serveren meddelelser fra vores testprogram, som ikke var logget ind, til en "
        .. "postkasse et andet sted. En af dem nåede frem, en anden gjorde ikke. Vi kan derfor ikke sige med sikkerhed, at serveren "
        .. "er åben, og beder jer kontrollere den.",
      proxy = "Den {date} kl. {time} (UTC) nåede noget, som vores testprogram, der ikke var logget ind, havde sendt til serveren, frem "
        .. "til en anden computer på internettet. Men serveren opførte sig også, som en åben proxyserver ikke gør. Vi kan derfor "
        .. "ikke sige med sikkerhed, at den er åben, og beder jer kontrollere den.",
    },
  },
  no_blame = "En server kan være åben, uden at ejeren ved det, ofte fordi en indstilling aldrig er blevet ændret. Vi går ud fra, at I "
    .. "ikke har kendt til det, og hævder ikke, at I har gjort noget forkert.",
  first_step = "Som et første skridt beder vi jer lukke serveren for udenforstående. Nedenfor forklarer vi, hvordan det gøres.",

  earlier = "Vi har skrevet til jer om denne server tidligere.",
  earlier_on = "Vi skrev til jer om denne server den {date}.",
  earlier_case = "Sagsnummeret var dengang {earlier_case}.",

  seen_title = "Hvad vi har set",
  seen = "Vores testprogram oprettede forbindelse til port {port}. Linjerne mærket C er sendt af testprogrammet, linjerne mærket S er "
    .. "modtaget fra serveren.",
  seen_from = "Vores testprogram oprettede forbindelse til port {port} fra adressen {from}. Linjerne mærket C er sendt af "
    .. "testprogrammet, linjerne mærket S er modtaget fra serveren.",
  decisive = "Linjerne med en stjerne (*) foran er de afgørende.",
  more_lines = { one = "… (1 linje mere)", other = "… ({n} linjer mere)" },
  returned = {
    relay = "Meddelelsen bar koden {token}, som ikke kan gættes. Den nåede frem til vores egen modtageserver den {date} kl. {time} "
      .. "(UTC), leveret fra {peer}.",
    proxy = "Forbindelsen bar koden {token}, som ikke kan gættes. Den nåede frem til vores egen modtageserver den {date} kl. {time} "
      .. "(UTC), fra {peer}.",
  },
  peer_same = "Det er adressen på den server, vi undersøgte.",
  peer_other = "Det er ikke den adresse, vi undersøgte; serveren ser ud til at sende trafik videre gennem den.",
  ports_all = "Vi bad om flere porte på vores egen computer. Alle forbindelserne nåede frem: {reached}.",
  ports_some = "Vi bad om flere porte på vores egen computer. Forbindelserne til disse nåede frem: {reached}. Forbindelserne til disse "
    .. "nåede ikke frem: {missed}.",
  ports_mail = "Blandt dem er port 25, som bruges til e-mail: Hvem som helst kan sende e-mail gennem serveren, og den ser ud til at "
    .. "komme derfra.",
  ours_alone = {
    relay = "Meddelelsen var kun adresseret til vores egen postkasse. Der er ikke sendt noget til andre.",
    proxy = "Forbindelsen gik kun til vores egen computer. Ingen andre er kontaktet gennem serveren.",
  },

  check_title = "Sådan kan I selv se det",
  check = {
    relay = "Det afgørende trin kan gentages med programmet swaks, som her slutter, før en meddelelse sendes. Kør dette på en computer "
      .. "uden for jeres egne netværk, og sæt en egen adresse hos en anden udbyder ind i stedet for you@elsewhere.example:",
    relay_lines = "Opret forbindelse til serveren fra en computer uden for jeres egne netværk med kommandoen nedenfor. Skriv derefter "
      .. "linjerne mærket C ovenfor til og med RCPT TO, med en egen adresse hos en anden udbyder som modtager:",
    relay_answer = "Hvis serveren svarer på RCPT TO med en kode, der begynder med 5, afviser den udenforstående, som den skal. Hvis "
      .. "koden begynder med 2, modtager den en udenforståendes meddelelse til nogen et andet sted.",
    proxy = "Kør disse kommandoer på en computer uden for jeres egne netværk:",
    proxy_answer = "Hvis en af dem viser siden »Example Domain«, lader serveren udenforstående slippe igennem. Hvis de alle ender med "
      .. "en fejl, har den afvist disse forespørgsler.",
  },

  matter = "Læs venligst brevet til ende: Det, der står her, kan få betydning for jeres adgang til internettet og jeres tilstedeværelse "
    .. "der.",
  who = "Dette brev er en del af det fælles projekt »{project}«. I projektet deltager: {partners}.",
  who_alone = "Dette brev er en del af projektet »{project}«.",
  purpose = "Formålet er at fortælle ejere af åbne servere, hvordan de kan sikres, så andre ikke kan bruge dem til at sende uønsket "
    .. "e-mail (spam) eller til at skjule, hvem de er.",

  what_title = "Hvad åbne mailservere og åbne proxyservere er",
  what_they_are = "En åben mailserver (open relay) modtager e-mail fra hvem som helst og sender den videre til hvem som helst, selv om "
    .. "hverken afsender eller modtager har noget med ejeren at gøre. En åben proxyserver (open proxy) gør det samme med "
    .. "forbindelser: fra hvem som helst til et hvilket som helst sted på internettet. For den, der er i den anden ende, ser det ud, "
    .. "som om trafikken kommer fra den server.",
  how_abused = "Sådanne servere er lette at finde ved automatiske søgninger. De bruges til at sende store mængder spam, sprede skadelige "
    .. "programmer, bedrage mennesker og angribe andre computere, mens den egentlige afsender forbliver skjult.",

  harm_title = "Hvad det kan betyde for jer",
  harm = {
    "Serveren og jeres internetforbindelse kan blive langsomme eller holde op med at virke, når store mængder fremmed trafik går gennem "
      .. "dem.",
    "I kan komme til at betale for trafikken og for arbejdet med at rydde op.",
    "Jeres internetudbyder kan begrænse eller lukke jeres adgang.",
    "Adressen kan komme på spærrelister, så andre afviser jeres egen e-mail.",
    "Spam og angreb kan se ud til at komme fra jer og skade jeres omdømme.",
  },

  remedy_title = "Sådan lukker I serveren",
  remedy = {
    relay = {
      "Lad kun serveren modtage e-mail til modtagere uden for organisationen fra jeres egne netværk og fra brugere, der er logget ind. "
        .. "Alle andre skal afvises.",
      "Hold listen over betroede netværk så kort som muligt. Kontroller, at serveren ser den rigtige adresse på dem, der opretter "
        .. "forbindelse, især når den kører i en container eller bag en load balancer.",
      "Hold softwaren opdateret.",
    },
    proxy = {
      "Slå proxyserveren fra, hvis I ikke har brug for den.",
      "Hvis I har brug for den, skal den kun kunne nås fra jeres egne netværk, eller den skal kræve adgangskode. Alle andre skal afvises.",
      "Spær for port {port} fra internettet i firewallen.",
      "Hvis ingen hos jer har sat tjenesten op, kan den være fulgt med udstyret, eller nogen kan have overtaget maskinen. Så er det ikke "
        .. "nok at spærre porten: Maskinen skal undersøges.",
    },
  },
  found = {
    open = "Dette fandt vores undersøgelse: {what} {close}",
    suspect = "Hvis serveren er åben, er det på denne måde: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Serveren sender e-mail videre fra enhver afsender til enhver modtager; ingen af dem behøver at høre til hos jer.",
      close = "Lad den afvise modtagere andre steder, medmindre klienten er i jeres eget netværk eller er logget ind.",
    },
    ["same-domain"] = {
      what = "Serveren sender e-mail videre, når afsender og modtager hører til samme domæne, selv om domænet ikke er jeres. Hvem som "
        .. "helst kan opgive en sådan afsender.",
      close = "Lad klientens adresse eller login afgøre det, aldrig afsenderens adresse.",
    },
    ["null-sender"] = {
      what = "Serveren sender e-mail videre til hvem som helst, når afsenderen er tom (<>), sådan som den er i meddelelser om e-mail, der "
        .. "ikke kunne leveres.",
      close = "Den tomme afsender skal behandles efter samme regel som alle andre; fjern enhver undtagelse for den.",
    },
    ["bare-sender"] = {
      what = "Serveren tager en afsender uden domæne for en af sine egne brugere og sender alt videre, som en sådan afsender sender.",
      close = "Afvis afsendere uden domæne, der kommer udefra.",
    },
    ["claimed-sender"] = {
      what = "Serveren sender e-mail videre til hvem som helst, når afsenderens adresse hører til et af serverens egne domæner, navne "
        .. "eller adresser. Hvem som helst kan opgive en sådan adresse.",
      close = "Lad klientens adresse eller login afgøre det, aldrig afsenderens adresse.",
    },
    ["claimed-user"] = {
      what = "Serveren sender e-mail videre til hvem som helst, når afsenderens adresse tilhører en af serverens brugere, for eksempel "
        .. "root eller postmaster. Hvem som helst kan opgive en sådan adresse.",
      close = "Lad klientens adresse eller login afgøre det, uden undtagelse for nogen brugers adresse.",
    },
    ["claimed-greeting"] = {
      what = "Serveren sender e-mail videre for klienter, der opgiver et bestemt navn i deres hilsen (EHLO). Hvem som helst kan opgive et "
        .. "hvilket som helst navn.",
      close = "Stol ikke på noget navn i hilsenen: Lad klientens adresse eller login afgøre det.",
    },
    ["unknown-sender"] = {
      what = "Serveren sender e-mail videre fra afsendere, hvis domæne ikke findes.",
      close = "Lad den afvise modtagere andre steder, når klienten er udenforstående, og afsendere med ukendt domæne.",
    },
    ["empty-domain"] = {
      what = "Serveren tager en adresse, der slutter på @ uden domæne efter, for en af sine egne og sender derefter meddelelsen videre.",
      close = "Afvis en adresse med tomt domæne som syntaksfejl, før noget andet afgøres.",
    },
    ["bare-recipient"] = {
      what = "Serveren anvender ikke sin regel på modtagere, der er skrevet uden vinkelparenteser.",
      close = "Accepter kun adresser i vinkelparenteser.",
    },
    ["quoted-route"] = {
      what = "Serveren tager en adresse i anførselstegn for en af sine egne, fjerner anførselstegnene og sender derefter meddelelsen til "
        .. "det, der stod mellem dem.",
      close = "Lad reglen afgøre det, efter at adresser er skrevet om, eller afvis @, %, ! og / foran domænet.",
    },
    ["percent-route"] = {
      what = "Serveren læser et % foran domænet som en rute (user%elsewhere.example@your-server) og sender meddelelsen videre efter den.",
      close = "Slå denne gamle form for dirigering fra.",
    },
    ["two-ats"] = {
      what = "Serveren tager en adresse med to @ for en af sine egne efter det sidste af dem og sender meddelelsen videre efter det "
        .. "første.",
      close = "Afvis adresser med mere end ét @ som syntaksfejl.",
    },
    ["source-route"] = {
      what = "Serveren følger en rute foran adressen (@your-server:user@elsewhere.example) og sender meddelelsen videre efter den.",
      close = "Se bort fra sådanne ruter, eller afvis dem.",
    },
    ["uucp-path"] = {
      what = "Serveren læser et ! i en adresse som en rute (elsewhere.example!user) og sender meddelelsen videre efter den, eller den tager "
        .. "en afsender med ! for en af sine egne.",
      close = "Afvis ! i adresser udefra.",
    },
    ["srs-hash"] = {
      what = "Serveren laver omskrevne returadresser (SRS) om til adresserne i dem uden at kontrollere deres hashværdi og sender "
        .. "meddelelsen videre dertil.",
      close = "Kontroller hashværdien og datoen i en sådan adresse, og afvis den, når de ikke passer.",
    },
    spelling = {
      what = "Serveren genkender ikke en modtagers domæne, når det er stavet på en anden måde (store bogstaver, et punktum til sidst, "
        .. "bogstaver i fuld bredde), og sender meddelelsen videre.",
      close = "Bring et domæne på én form, før det sammenlignes med en liste.",
    },
    smtputf8 = {
      what = "Serveren anvender ikke sin regel på meddelelser, der er meldt som internationaliserede (SMTPUTF8).",
      close = "Lad samme regel gælde for dem, eller slå udvidelsen fra.",
    },
    ["inside-tls"] = {
      what = "Serveren afviser udenforstående på en ukrypteret forbindelse, men sender e-mail videre for hvem som helst, når forbindelsen "
        .. "er krypteret (STARTTLS).",
      close = "Kryptering alene er ikke et login: Kræv adgangskode, eller stol kun på klientcertifikater, I kender.",
    },
    xclient = {
      what = "Serveren lader enhver klient oplyse med kommandoen XCLIENT, hvilken adresse den kommer fra, og sender e-mail videre for den, "
        .. "der udgiver sig for at være serveren selv.",
      close = "Accepter kun XCLIENT fra jeres egne gateways (192.0.2.10 i eksemplet).",
    },
    ["proxy-line"] = {
      what = "Serveren stoler på enhver klients PROXY-linje, som oplyser, hvor en forbindelse kommer fra, og sender e-mail videre for den, "
        .. "der udgiver sig for at være serveren selv.",
      close = "Accepter kun PROXY-protokollen fra jeres egen load balancer (192.0.2.10 i eksemplet) på en port, som kun den kan nå.",
    },
    ["second-recipient"] = {
      what = "Serveren afviser en modtager et andet sted, når den står først, og accepterer den efter en af sine egne.",
      close = "Lad reglen afgøre det for hver modtager for sig.",
    },
    ["web-form"] = {
      what = "En formular på webserveren sender e-mail til enhver adresse, som forespørgslen nævner.",
      close = "Skriv modtagerne af formularens e-mail ind i scriptet, tag ingen fra forespørgslen, og fjern gamle scripts som FormMail.",
    },
    ["web-proxy"] = {
      what = "En side på webserveren henter den URL, som en forespørgsel nævner, for hvem som helst og viser det, den fik.",
      close = "Fjern scriptet, eller lad det kun hente fra værter, I selv har opført, og kun for dem, der er logget ind.",
    },
    ["local-services"] = {
      what = "Proxyserveren fører udenforstående til tjenester på sin egen maskine, som måske stoler på den, der kommer derfra.",
      close = "Afvis mål på proxyserverens egen maskine (127.0.0.1, ::1 og dens andre adresser), og luk kun klienter fra jeres eget "
        .. "netværk ind.",
    },
    ["connect-udp"] = {
      what = "Serveren sender hvem som helsts datagrammer (UDP) til enhver adresse over HTTP (connect-udp, også kaldet MASQUE).",
      close = "Slå connect-udp fra, hvis I ikke har brug for det. Kræv ellers login, eller luk kun klienter fra jeres eget netværk ind.",
    },
    ["ipv6-clients"] = {
      what = "Dette skete over IPv6. En server i en container ser ofte alle IPv6-klienter under en adresse i sit eget netværk og stoler på "
        .. "dem af den grund.",
      close = "Sørg for, at serveren ser klienternes rigtige IPv6-adresser, og tag containernetværket ud af de betroede netværk.",
    },
  },
  cause_named = "Denne indstilling i {software} lukker netop dette:",
  cause_if = "Hvis serveren kører {software}, lukker dette netop det:",
  software_named = "Serveren oplyser, at den kører {software}. Disse indstillinger lukker {software} for udenforstående. De træder i "
    .. "stedet for linjer med samme navn. Sæt jeres eget netværk ind, hvor der står 192.0.2.0/24.",
  software_if = "Hvis serveren kører {software}, lukker disse indstillinger den for udenforstående. De træder i stedet for linjer med "
    .. "samme navn. Sæt jeres eget netværk ind, hvor der står 192.0.2.0/24.",
  software_none = "Hvis I fortæller os, hvilken software serveren kører, kan vi sige mere præcist, hvad der skal indstilles.",
  firewall = "Uanset softwaren holder en firewall udenforstående ude. Sæt jeres eget netværk ind, hvor der står 192.0.2.0/24.",
  on_system = "Med {system}:",
  makers = "Blandt linkene nedenfor er vejledninger til almindelig software fra dem, der laver den, og nogle, der gælder for enhver "
    .. "software.",
  in_file = "I filen {file}:",
  remove = "Fjern fra filen {file}:",
  run = "Kør derefter:",
  shell = "På programmets egen kommandolinje:",
  questions = "Disse spørgsmål kan være en hjælp til at finde det svage punkt:",

  links_title = "Flere oplysninger",

  after_title = "Ny undersøgelse og indsigelser",
  retest = "Når serveren er lukket, kan I skrive til {retest} med »RETEST {case}« som emne. Så undersøger vi den igen og meddeler jer "
    .. "resultatet.",
  object = "Hvis I mener, at noget her er forkert, kan I skrive til {objection}. Oplys venligst sagsnummeret, {case}.",
  lists = "Der er to lister over dem, der ikke ønsker dette. I kan komme på en af dem eller på begge:",
  list_tests = "Hvis I ikke ønsker, at serveren undersøges igen, kan I skrive til {stop_tests} med »STOP-TESTS {case}« som emne.",
  list_letters = "Hvis I ikke ønsker flere breve, kan I skrive til {stop_letters} med »STOP-LETTERS {case}« som emne.",

  evidence_title = "Bevis",
  evidence = "Alt, hvad der gik mellem vores testprogram og serveren, er gemt med tidspunkterne i bevisfilen {bundle}, sag {case}. Dette "
    .. "er filens SHA-256-sum, sådan som kommandoen »sha256sum« skriver den:",
  evidence_check = "En fil med en anden sum er en anden fil, eller den er ændret eller udvidet efter dette brev. Filen er signeret med "
    .. "nøglen {key_id}. Den del, der vedrører jer, kan I få hos os: Det er en fil med sin egen sum under samme signatur. Begge "
    .. "kontrolleres med kommandoen »ajar verify« eller uden vores software med minisign og sha256sum, sådan som filen VERIFY.txt i dem "
    .. "forklarer. Den offentlige nøgle er:",

  contact = "Spørgsmål kan rettes til {contact}.",
  regards = "Med venlig hilsen",

  interval = {
    one = "I får højst ét brev af denne slags fra os om dagen.",
    other = "I får højst ét brev af denne slags fra os i løbet af {n} dage.",
  },

  group_subject = "{project}: servere under jeres ansvar, som er eller kan være åbne for udenforstående ({case})",
  group_greeting = "Til den ansvarlige for serverne på listen nedenfor",
  group_findings = {
    one = "Dette brev drejer sig om {n} fund på servere, som I, så vidt vi ved, er ansvarlige for.",
    other = "Dette brev drejer sig om {n} fund på servere, som I, så vidt vi ved, er ansvarlige for.",
  },
  group_at_one = "De vedrører alle IP-adressen {address}.",
  group_at = { one = "De vedrører {n} IP-adresse.", other = "De vedrører {n} forskellige IP-adresser." },
  group_tested = "Vi har fået oplyst, at adresserne kan tilhøre servere, der er åbne for udenforstående. Vi har "
    .. "derfor undersøgt serverne. Listen nedenfor viser resultatet af hver undersøgelse.",
  group_first_step = "Som et første skridt beder vi jer lukke disse servere for udenforstående. Nedenfor "
    .. "forklarer vi, hvordan det gøres.",
  group_title = "Hvad vi fandt",
  group_columns = { address = "Adresse", port = "Port", found = "Fund", time = "Tid (UTC)" },
  group_found = {
    open = { relay = "åben mailserver", proxy = "åben proxyserver" },
    suspect = { relay = "mailserver, muligvis åben", proxy = "proxyserver, muligvis åben" },
  },
  group_attached = "Den vedhæftede fil {file} indeholder alle fund, ét på hver linje, med flere oplysninger.",
  group_example = "Et eksempel er serveren på adressen {address}, port {port} (sag {case}).",
  group_remedy_for = "Om adressen {address}, port {port}, og lignende servere:",
  group_retest = "Når serverne er lukket, kan I skrive til {retest} med »RETEST {case}« som emne; dette nummer "
    .. "står for alle sagerne i brevet. Hvis kun nogle af dem er lukket, beder vi jer nævne disse sager i "
    .. "meddelelsen. Så undersøger vi dem igen og meddeler jer resultatet.",
  group_list_tests = "Hvis I ikke ønsker, at disse servere undersøges igen, kan I skrive til {stop_tests} med "
    .. "»STOP-TESTS {case}« som emne.",
  group_evidence = "Alt, hvad der gik mellem vores testprogram og serverne, er gemt med tidspunkterne i "
    .. "bevisfilen {bundle}, hver sag under sit nummer. Dette er filens SHA-256-sum, sådan som kommandoen "
    .. "»sha256sum« skriver den:",
  group_earlier = "Vi har skrevet til jer om disse servere tidligere.",
  group_earlier_on = "Vi skrev til jer om disse servere den {date}.",

  tones = {
    reminder = {
      group_subject = "{project}: påmindelse om servere under jeres ansvar, som er eller kan være åbne for "
        .. "udenforstående ({case})",
      group_tested = "Nu har vi undersøgt dem igen. Listen nedenfor viser resultatet af hver undersøgelse.",
      group_first_step = "Vi beder jer lukke disse servere for udenforstående nu. Nedenfor forklarer vi, "
        .. "hvordan det gøres. Hvis I allerede er i gang, eller har brug for hjælp, beder vi jer sige til: En "
        .. "kort meddelelse til {contact} er nok.",
      group_no_blame = "Det kan være, at vores tidligere brev ikke nåede den rette, eller at en ændring ikke "
        .. "fik den tilsigtede virkning. Hvis andre er ansvarlige for disse servere, beder vi jer sende dette "
        .. "brev videre til dem.",
      subject = {
        open = {
          relay = "{project}: påmindelse om den åbne mailserver på {address}, port {port}",
          proxy = "{project}: påmindelse om den åbne proxyserver på {address}, port {port}",
        },
        suspect = {
          relay = "{project}: påmindelse om mailserveren på {address}, port {port}",
          proxy = "{project}: påmindelse om proxyserveren på {address}, port {port}",
        },
      },
      again = "Nu har vi undersøgt den igen.",
      still = "Serveren er altså stadig åben for udenforstående.",
      no_blame = "Det kan være, at vores tidligere brev ikke nåede den rette, eller at en ændring ikke fik den tilsigtede virkning. Hvis "
        .. "andre er ansvarlige for serveren, beder vi jer sende dette brev videre til dem.",
      first_step = "Vi beder jer lukke serveren for udenforstående nu. Nedenfor forklarer vi, hvordan det gøres. Hvis I allerede er i gang, "
        .. "eller har brug for hjælp, beder vi jer sige til: En kort meddelelse til {contact} er nok.",
    },

    provider = {
      group_subject = "{project}: servere i jeres netværk, som er eller kan være åbne for udenforstående ({case})",
      group_greeting = "Til den ansvarlige for det netværk, som adresserne på listen nedenfor hører til",
      group_findings = {
        one = "Dette brev drejer sig om {n} fund på servere i det, der så vidt vi ved er jeres netværk; de kan "
          .. "tilhøre jeres kunder.",
        other = "Dette brev drejer sig om {n} fund på servere i det, der så vidt vi ved er jeres netværk; de "
          .. "kan tilhøre jeres kunder.",
      },
      group_first_step = "Vi beder jer sende dette brev videre til dem, der driver serverne, og sørge for, at "
        .. "disse bliver lukket for udenforstående. Hvis I ved, hvem vi hellere bør skrive til, beder vi jer "
        .. "meddele os det: {contact}.",
      group_limit = "Indtil de er lukket, kan I beskytte andre ved at spærre for forbindelser fra internettet "
        .. "til proxyservernes porte og ved at begrænse, hvad mailserverne må sende til port 25 på andre "
        .. "servere.",
      subject = {
        open = {
          relay = "{project}: åben mailserver i jeres netværk på {address}, port {port}",
          proxy = "{project}: åben proxyserver i jeres netværk på {address}, port {port}",
        },
        suspect = {
          relay = "{project}: muligvis åben mailserver i jeres netværk på {address}, port {port}",
          proxy = "{project}: muligvis åben proxyserver i jeres netværk på {address}, port {port}",
        },
      },
      greeting = "Til den ansvarlige for det netværk, som adressen {address} hører til",
      address = "Dette brev drejer sig om serveren med IP-adressen {address}, port {port}. Så vidt vi ved, hører adressen til jeres netværk, "
        .. "og serveren kan tilhøre en af jeres kunder.",
      address_name = "Dette brev drejer sig om serveren {host} med IP-adressen {address}, port {port}. Så vidt vi ved, hører adressen til "
        .. "jeres netværk, og serveren kan tilhøre en af jeres kunder.",
      matter = "Læs venligst brevet til ende: Det, der står her, kan få betydning for jeres netværk og jeres kunder.",
      no_blame = "En server kan være åben, uden at ejeren ved det, ofte fordi en indstilling aldrig er blevet ændret. Vi hævder ikke, at I "
        .. "eller jeres kunde har gjort noget forkert.",
      first_step = "Vi beder jer sende dette brev videre til dem, der driver serveren, og sørge for, at serveren bliver lukket for "
        .. "udenforstående. Hvis I ved, hvem vi hellere bør skrive til, beder vi jer meddele os det: {contact}.",
      limit = {
        relay = "Indtil den er lukket, kan I beskytte andre ved at begrænse, hvad serveren må sende til port 25 på andre servere.",
        proxy = "Indtil den er lukket, kan I beskytte andre ved at spærre for forbindelser fra internettet til port {port} på denne adresse.",
      },
      harm_title = "Hvad det kan betyde for jer og jeres kunder",
      harm = {
        "Adresser i jeres netværk kan komme på spærrelister, så andre afviser e-mail fra jer og fra kunder, der ikke har noget med sagen at "
          .. "gøre.",
        "Fremmed trafik lægger beslag på jeres linjer, og I eller jeres kunde kan komme til at betale for den.",
        "Klager over spam og angreb kommer til jer, fordi de ser ud til at komme fra jeres netværk.",
      },
      pass_on = "Det følgende er skrevet til dem, der driver serveren.",
    },

    ["all-clear"] = {
      group_subject = "{project}: servere under jeres ansvar er lukket for udenforstående ({case})",
      group_findings = {
        one = "Dette brev drejer sig om {n} server, som var åben ved vores tidligere undersøgelser, og som I, "
          .. "så vidt vi ved, er ansvarlige for.",
        other = "Dette brev drejer sig om {n} servere, som var åbne ved vores tidligere undersøgelser, og som "
          .. "I, så vidt vi ved, er ansvarlige for.",
      },
      group_tested = "Vi har undersøgt dem igen. Vores testprogram, som ikke var logget ind, kunne ikke længere "
        .. "komme igennem nogen af dem. Listen nedenfor viser resultatet af hver undersøgelse.",
      group_found = {
        closed = { relay = "lukket mailserver", proxy = "lukket proxyserver" },
      },
      group_thanks = "Så vidt disse undersøgelser viser, er serverne lukket for udenforstående. Tak for jeres "
        .. "hjælp.",
      group_bounds = "Undersøgelserne gjaldt kun disse tjenester på disse tidspunkter. De siger intet om andre "
        .. "tjenester på maskinerne, og en senere ændring af indstillingerne kan åbne en server igen.",
      subject = {
        closed = {
          relay = "{project}: mailserveren på {address}, port {port}, er lukket for udenforstående",
          proxy = "{project}: proxyserveren på {address}, port {port}, er lukket for udenforstående",
        },
      },
      tested = {
        closed = {
          relay = "Den {date} kl. {time} (UTC) undersøgte vi den igen. Vores testprogram, som ikke var logget ind, kunne ikke sende en "
            .. "meddelelse gennem serveren til en postkasse et andet sted.",
          proxy = "Den {date} kl. {time} (UTC) undersøgte vi den igen. Vores testprogram, som ikke var logget ind, kunne ikke nå en anden "
            .. "computer på internettet gennem serveren.",
        },
      },
      thanks = "Så vidt denne undersøgelse viser, er serveren lukket for udenforstående. Tak for jeres hjælp.",
      settled = "For os er sagen dermed afsluttet, og I behøver ikke svare på dette brev.",
      bounds = "Undersøgelsen gjaldt kun denne tjeneste på dette tidspunkt. Den siger intet om andre tjenester på maskinen, og en senere "
        .. "ændring af indstillingerne kan åbne serveren igen.",
      left_title = "Hvad der endnu kan være at gøre",
      left = {
        relay = {
          "Meddelelser, som udenforstående har efterladt på serveren, kan stadig vente i dens kø. Gennemse venligst køen, og slet det, der "
            .. "ikke er jeres.",
          "Hvis adressen står på spærrelister, fjerner de, der driver listerne, den, når I beder om det; nogle lister gør det af sig selv "
            .. "efter en tid.",
          "Hold softwaren opdateret, og kontroller serveren udefra efter hver ændring af dens indstillinger.",
        },
        proxy = {
          "Serverens logfiler kan vise, hvem der brugte den, mens den var åben, og til hvad. Gem dem, hvis I vil anmelde det til politiet.",
          "Hvis ingen hos jer har sat tjenesten op, kan nogen have overtaget maskinen. Så skal den undersøges, selv om tjenesten ikke længere "
            .. "kan nås.",
          "Hvis adressen står på spærrelister, fjerner de, der driver listerne, den, når I beder om det; nogle lister gør det af sig selv "
            .. "efter en tid.",
          "Hold softwaren opdateret, og kontroller serveren udefra efter hver ændring af dens indstillinger.",
        },
      },
    },
  },
}

return {
  code = "da",
  name = "dansk",
  english = "Danish",
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

  -- 12.345
  number = function(n)
    local digits = string.format("%d", n)
    local head = #digits % 3
    local grouped = digits:sub(head + 1):gsub("(%d%d%d)", ".%1")
    return head > 0 and digits:sub(1, head) .. grouped or grouped:sub(2)
  end,

  -- a, b og c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " og " .. items[#items] or items[1]
  end,
}
