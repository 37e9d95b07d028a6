-- Swedish. The reader is addressed as «ni»; a relay is an «öppen e-postserver (open relay)», a proxy an «öppen proxyserver (open
-- proxy)».

local months = { "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
  "september", "oktober", "november", "december" }

local messages = {
  subject = {
    open = {
      relay = "{project}: öppen e-postserver på {address}, port {port}",
      proxy = "{project}: öppen proxyserver på {address}, port {port}",
    },
    suspect = {
      relay = "{project}: möjligen öppen e-postserver på {address}, port {port}",
      proxy = "{project}: möjligen öppen proxyserver på {address}, port {port}",
    },
  },

  greeting = "Till den som ansvarar för servern {address}",
  address = "Detta brev gäller servern med IP-adressen {address}, port {port}. Såvitt vi förstår är det ni som ansvarar för "
    .. "denna server.",
  address_name = "Detta brev gäller servern {host} med IP-adressen {address}, port {port}. Såvitt vi förstår är det ni som "
    .. "ansvarar för denna server.",
  source = "Adressen finns på listan ”{source}” över servrar som kan vara öppna för utomstående. Vi har därför undersökt "
    .. "servern.",
  sources = "Adressen finns på flera listor över servrar som kan vara öppna för utomstående: {sources}. Vi har därför undersökt "
    .. "servern.",
  source_name = "”{name}”",
  source_given = "Adressen finns på en lista som vi har fått, över servrar som kan vara öppna för "
    .. "utomstående. Vi har därför undersökt servern.",
  source_unknown = "Vi har fått uppgift om att adressen kan tillhöra en server som är öppen för utomstående. Vi har därför "
    .. "undersökt servern.",
  tested = {
    open = {
      relay = "Den {date} kl. {time} (UTC) tog servern emot ett meddelande från vårt testprogram, som inte hade loggat in, och "
        .. "skickade det vidare till en brevlåda på annat håll. En server som gör detta för vem som helst kallas en öppen "
        .. "e-postserver (open relay).",
      proxy = "Den {date} kl. {time} (UTC) förmedlade servern trafik från vårt testprogram, som inte hade loggat in, till en "
        .. "annan dator på internet. En server som gör detta för vem som helst kallas en öppen proxyserver (open proxy).",
    },
    suspect = {
      relay = "Den {date} kl. {time} (UTC) godtog servern ett meddelande från vårt testprogram, som inte hade loggat in, till en "
        .. "brevlåda på annat håll. Meddelandet hade inte kommit fram när undersökningen avslutades. Vi kan därför inte säga "
        .. "med säkerhet att servern är öppen, och ber er kontrollera den.",
      proxy = "Den {date} kl. {time} (UTC) godtog servern att ansluta vårt testprogram, som inte hade loggat in, till en annan "
        .. "dator på internet. Ingenting hade kommit fram dit när undersökningen avslutades. Vi kan därför inte säga med "
        .. "säkerhet att servern är öppen, och ber er kontrollera den.",
    },
    doubtful = {
      relay = "Den {date} kl. {time} (UTC) godtog servern meddelanden från vårt testprogram, som inte hade loggat in, till en "
        .. "brevlåda på annat håll. Ett av dem kom fram, ett annat gjorde det inte. Vi kan därför inte säga med säkerhet att "
        .. "servern är öppen, och ber er kontrollera den.",
      proxy = "Den {date} kl. {time} (UTC) kom något som vårt testprogram, som inte hade loggat in, hade skickat till servern "
        .. "fram till en annan dator på internet. Men servern uppförde sig också så som en öppen proxyserver inte gör. Vi kan "
        .. "därför inte säga med säkerhet att den är öppen, och ber er kontrollera den.",
    },
  },
  no_blame = "En server kan vara öppen utan att ägaren känner till det, ofta för att en inställning aldrig har ändrats. Vi "
    .. "utgår från att ni inte kände till det, och påstår inte att ni har gjort något fel.",
  first_step = "Som ett första steg ber vi er stänga servern för utomstående. Hur det görs förklaras nedan.",

  earlier = "Vi har skrivit till er om denna server tidigare.",
  earlier_on = "Vi skrev till er om denna server den {date}.",
  earlier_case = "Ärendenumret var då {earlier_case}.",

  seen_title = "Vad vi har sett",
  seen = "Vårt testprogram anslöt till port {port}. Raderna märkta C skickades av testprogrammet, raderna märkta S togs emot "
    .. "från servern.",
  seen_from = "Vårt testprogram anslöt till port {port} från adressen {from}. Raderna märkta C skickades av testprogrammet, "
    .. "raderna märkta S togs emot från servern.",
  decisive = "Raderna med en asterisk (*) framför är de avgörande.",
  more_lines = { one = "… (1 rad till)", other = "… ({n} rader till)" },
  returned = {
    relay = "Meddelandet bar koden {token}, som inte går att gissa. Det kom fram till vår egen mottagningsserver den {date} "
      .. "kl. {time} (UTC), levererat från {peer}.",
    proxy = "Anslutningen bar koden {token}, som inte går att gissa. Den kom fram till vår egen mottagningsserver den {date} "
      .. "kl. {time} (UTC), från {peer}.",
  },
  peer_same = "Det är adressen till servern som vi undersökte.",
  peer_other = "Det är inte adressen som vi undersökte; servern tycks skicka trafik vidare genom den.",
  ports_all = "Vi bad om flera portar på vår egen dator. Alla anslutningar kom fram: {reached}.",
  ports_some = "Vi bad om flera portar på vår egen dator. Anslutningarna till dessa kom fram: {reached}. Anslutningarna till "
    .. "dessa kom inte fram: {missed}.",
  ports_mail = "Bland dem finns port 25, som används för e-post: vem som helst kan skicka e-post genom servern, och e-posten "
    .. "tycks komma därifrån.",
  ours_alone = {
    relay = "Meddelandet var adresserat enbart till vår egen brevlåda. Ingenting skickades till någon annan.",
    proxy = "Anslutningen gällde enbart vår egen dator. Ingen annan kontaktades genom servern.",
  },

  check_title = "Så kan ni se det själva",
  check = {
    relay = "Det avgörande steget kan upprepas med programmet swaks, som här avslutar innan något meddelande skickas. Kör detta "
      .. "på en dator utanför era egna nät, och sätt in en egen adress hos en annan leverantör i stället för "
      .. "you@elsewhere.example:",
    relay_lines = "Anslut till servern från en dator utanför era egna nät med kommandot nedan. Skriv sedan raderna märkta C ovan "
      .. "till och med RCPT TO, med en egen adress hos en annan leverantör som mottagare:",
    relay_answer = "Om servern svarar på RCPT TO med en kod som börjar på 5 avvisar den utomstående, som den ska. Om koden börjar "
      .. "på 2 tar den emot en utomståendes meddelande till någon på annat håll.",
    proxy = "Kör dessa kommandon på en dator utanför era egna nät:",
    proxy_answer = "Om ett av dem visar sidan ”Example Domain” släpper servern igenom utomstående. Om alla slutar med ett fel har "
      .. "den avvisat dessa förfrågningar.",
  },

  matter = "Läs gärna hela brevet: det som tas upp här kan påverka er tillgång till internet och er närvaro där.",
  who = "Detta brev är en del av det gemensamma projektet ”{project}”. I projektet deltar: {partners}.",
  who_alone = "Detta brev är en del av projektet ”{project}”.",
  purpose = "Syftet är att berätta för ägare till öppna servrar hur de kan skydda dem, så att andra inte kan använda dem för att "
    .. "skicka oönskad e-post (skräppost, spam) eller för att dölja vilka de är.",

  what_title = "Vad öppna e-postservrar och öppna proxyservrar är",
  what_they_are = "En öppen e-postserver (open relay) tar emot e-post från vem som helst och skickar den vidare till vem som "
    .. "helst, fastän varken avsändare eller mottagare har med ägaren att göra. En öppen proxyserver (open proxy) gör detsamma "
    .. "med anslutningar: från vem som helst till vilken plats som helst på internet. För den som finns i andra änden tycks "
    .. "trafiken komma från den servern.",
  how_abused = "Sådana servrar är lätta att hitta med automatiska sökningar. De används för att skicka stora mängder skräppost, "
    .. "sprida skadlig programvara, bedra människor och angripa andra datorer, medan den verkliga avsändaren förblir dold.",

  harm_title = "Vad det kan betyda för er",
  harm = {
    "Servern och er internetanslutning kan bli långsamma, eller sluta fungera, när stora mängder främmande trafik går genom dem.",
    "Ni kan få betala för trafiken och för arbetet med att städa upp.",
    "Er internetleverantör kan begränsa eller stänga av er anslutning.",
    "Adressen kan hamna på spärrlistor, så att andra avvisar er egen e-post.",
    "Skräppost och angrepp kan tyckas komma från er och skada ert anseende.",
  },

  remedy_title = "Så stänger ni servern",
  remedy = {
    relay = {
      "Låt servern ta emot e-post till mottagare utanför organisationen endast från era egna nät och från användare som har "
        .. "loggat in. Alla andra måste avvisas.",
      "Håll listan över betrodda nät så kort som möjligt. Kontrollera att servern ser den verkliga adressen till dem som ansluter, "
        .. "särskilt när den körs i en container eller bakom en lastbalanserare.",
      "Håll programvaran uppdaterad.",
    },
    proxy = {
      "Stäng av proxyservern om ni inte behöver den.",
      "Om ni behöver den ska den kunna nås endast från era egna nät, eller kräva lösenord. Alla andra måste avvisas.",
      "Spärra port {port} mot internet i brandväggen.",
      "Om ingen hos er har satt upp tjänsten kan den ha följt med utrustningen, eller så kan någon ha tagit över datorn. Då räcker "
        .. "det inte att spärra porten: datorn måste undersökas.",
    },
  },
  found = {
    open = "Detta fann vår undersökning: {what} {close}",
    suspect = "Om servern är öppen är det på detta sätt: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Servern skickar vidare e-post från vilken avsändare som helst till vilken mottagare som helst; ingen av dem behöver "
        .. "höra till er.",
      close = "Låt den avvisa mottagare på annat håll om inte klienten finns i ert eget nät eller har loggat in.",
    },
    ["same-domain"] = {
      what = "Servern skickar vidare e-post när avsändare och mottagare hör till samma domän, fastän domänen inte är er. Vem som "
        .. "helst kan uppge en sådan avsändare.",
      close = "Låt klientens adress eller inloggning avgöra, aldrig avsändarens adress.",
    },
    ["null-sender"] = {
      what = "Servern skickar vidare e-post till vem som helst när avsändaren är tom (<>), som den är i meddelanden om e-post som "
        .. "inte kunde levereras.",
      close = "Den tomma avsändaren måste behandlas efter samma regel som alla andra; ta bort varje undantag för den.",
    },
    ["bare-sender"] = {
      what = "Servern tar en avsändare utan domän för en av sina egna användare, och skickar vidare allt som en sådan avsändare "
        .. "skickar.",
      close = "Avvisa avsändare utan domän som kommer utifrån.",
    },
    ["claimed-sender"] = {
      what = "Servern skickar vidare e-post till vem som helst när avsändarens adress hör till någon av serverns egna domäner, namn "
        .. "eller adresser. Vem som helst kan uppge en sådan adress.",
      close = "Låt klientens adress eller inloggning avgöra, aldrig avsändarens adress.",
    },
    ["claimed-user"] = {
      what = "Servern skickar vidare e-post till vem som helst när avsändarens adress tillhör en av serverns användare, till "
        .. "exempel root eller postmaster. Vem som helst kan uppge en sådan adress.",
      close = "Låt klientens adress eller inloggning avgöra, utan undantag för någon användares adress.",
    },
    ["claimed-greeting"] = {
      what = "Servern skickar vidare e-post för klienter som uppger ett visst namn i sin hälsning (EHLO). Vem som helst kan uppge "
        .. "vilket namn som helst.",
      close = "Lita inte på något namn i hälsningen: låt klientens adress eller inloggning avgöra.",
    },
    ["unknown-sender"] = {
      what = "Servern skickar vidare e-post från avsändare vilkas domän inte finns.",
      close = "Låt den avvisa mottagare på annat håll när klienten är utomstående, och avsändare med okänd domän.",
    },
    ["empty-domain"] = {
      what = "Servern tar en adress som slutar på @, utan domän efter, för en av sina egna, och skickar sedan meddelandet vidare.",
      close = "Avvisa en adress med tom domän som syntaxfel innan något annat avgörs.",
    },
    ["bare-recipient"] = {
      what = "Servern tillämpar inte sin regel på mottagare som skrivs utan vinkelparenteser.",
      close = "Godta endast adresser inom vinkelparenteser.",
    },
    ["quoted-route"] = {
      what = "Servern tar en adress inom citattecken för en av sina egna, tar bort citattecknen och skickar sedan meddelandet till "
        .. "det som stod mellan dem.",
      close = "Låt regeln avgöra efter att adresser har skrivits om, eller avvisa @, %, ! och / före domänen.",
    },
    ["percent-route"] = {
      what = "Servern läser ett % före domänen som en väg (user%elsewhere.example@your-server) och skickar meddelandet vidare efter "
        .. "den.",
      close = "Stäng av denna gamla form av dirigering.",
    },
    ["two-ats"] = {
      what = "Servern tar en adress med två @ för en av sina egna efter det sista, och skickar meddelandet vidare efter det första.",
      close = "Avvisa adresser med mer än ett @ som syntaxfel.",
    },
    ["source-route"] = {
      what = "Servern följer en väg före adressen (@your-server:user@elsewhere.example) och skickar meddelandet vidare efter den.",
      close = "Bortse från sådana vägar, eller avvisa dem.",
    },
    ["uucp-path"] = {
      what = "Servern läser ett ! i en adress som en väg (elsewhere.example!user) och skickar meddelandet vidare efter den, eller "
        .. "tar en avsändare med ! för en av sina egna.",
      close = "Avvisa ! i adresser utifrån.",
    },
    ["srs-hash"] = {
      what = "Servern gör om omskrivna returadresser (SRS) till adresserna i dem utan att kontrollera deras hashvärde, och skickar "
        .. "meddelandet vidare dit.",
      close = "Kontrollera hashvärdet och datumet i en sådan adress, och avvisa den när de inte stämmer.",
    },
    spelling = {
      what = "Servern känner inte igen en mottagares domän när den stavas på annat sätt (stora bokstäver, punkt i slutet, bokstäver "
        .. "i full bredd), och skickar meddelandet vidare.",
      close = "Skriv om en domän till en enda form innan den jämförs med någon lista.",
    },
    smtputf8 = {
      what = "Servern tillämpar inte sin regel på meddelanden som anges vara internationaliserade (SMTPUTF8).",
      close = "Låt samma regel gälla för dem, eller stäng av tillägget.",
    },
    ["inside-tls"] = {
      what = "Servern avvisar utomstående på en okrypterad anslutning, men skickar vidare e-post för vem som helst när "
        .. "anslutningen är krypterad (STARTTLS).",
      close = "Enbart kryptering är ingen inloggning: kräv lösenord, eller lita endast på klientcertifikat som ni känner till.",
    },
    xclient = {
      what = "Servern låter vilken klient som helst uppge med kommandot XCLIENT vilken adress den kommer från, och skickar vidare "
        .. "e-post för den som utger sig för att vara servern själv.",
      close = "Godta XCLIENT endast från era egna gatewayer (192.0.2.10 i exemplet).",
    },
    ["proxy-line"] = {
      what = "Servern tror på varje klients PROXY-rad, som anger varifrån en anslutning kommer, och skickar vidare e-post för den "
        .. "som utger sig för att vara servern själv.",
      close = "Godta PROXY-protokollet endast från er egen lastbalanserare (192.0.2.10 i exemplet), på en port som bara den kan nå.",
    },
    ["second-recipient"] = {
      what = "Servern avvisar en mottagare på annat håll när den står först, och godtar den efter en av sina egna.",
      close = "Låt regeln avgöra om varje mottagare för sig.",
    },
    ["web-form"] = {
      what = "Ett formulär på webbservern skickar e-post till vilken adress som helst som begäran anger.",
      close = "Skriv in e-postens mottagare i formulärets skript, hämta ingen av dem från begäran, och ta bort gamla skript som "
        .. "FormMail.",
    },
    ["web-proxy"] = {
      what = "En sida på webbservern hämtar den URL som en begäran anger, för vem som helst, och visar det den fick.",
      close = "Ta bort skriptet, eller låt det hämta endast från värdar som ni har räknat upp, och endast för dem som har loggat in.",
    },
    ["local-services"] = {
      what = "Proxyservern släpper in utomstående till tjänster på sin egen dator, som kan lita på den som kommer därifrån.",
      close = "Avvisa mål på proxyserverns egen dator (127.0.0.1, ::1 och dess övriga adresser), och släpp in endast klienter från "
        .. "ert eget nät.",
    },
    ["connect-udp"] = {
      what = "Servern skickar vem som helsts datagram (UDP) till vilken adress som helst över HTTP (connect-udp, även kallat MASQUE).",
      close = "Stäng av connect-udp om ni inte behöver det. Kräv annars inloggning, eller släpp in endast klienter från ert eget "
        .. "nät.",
    },
    ["ipv6-clients"] = {
      what = "Detta skedde över IPv6. Ofta ser en server i en container alla IPv6-klienter under en adress i sitt eget nät, och "
        .. "litar på dem av det skälet.",
      close = "Se till att servern ser sina klienters verkliga IPv6-adresser, och ta bort containernätet från de betrodda näten.",
    },
  },
  cause_named = "Denna inställning i {software} stänger just detta:",
  cause_if = "Om servern kör {software} stänger detta just det:",
  software_named = "Servern uppger att den kör {software}. Dessa inställningar stänger {software} för utomstående. De ersätter "
    .. "rader med samma namn. Sätt in ert eget nät där det står 192.0.2.0/24.",
  software_if = "Om servern kör {software} stänger dessa inställningar den för utomstående. De ersätter rader med samma namn. Sätt "
    .. "in ert eget nät där det står 192.0.2.0/24.",
  software_none = "Om ni berättar för oss vilken programvara servern kör kan vi säga mer exakt vad som ska ställas in.",
  firewall = "Oavsett programvara håller en brandvägg utomstående ute. Sätt in ert eget nät där det står 192.0.2.0/24.",
  on_system = "Med {system}:",
  makers = "Bland länkarna nedan finns anvisningar för vanlig programvara, från dem som gör den, och några som gäller all "
    .. "programvara.",
  in_file = "I filen {file}:",
  remove = "Ta bort ur filen {file}:",
  run = "Kör sedan:",
  shell = "På programmets egen kommandorad:",
  questions = "Dessa frågor kan vara till hjälp för att hitta den svaga punkten:",

  links_title = "Mer information",

  after_title = "Ny undersökning och invändningar",
  retest = "När servern är stängd kan ni skriva till {retest} med ”RETEST {case}” som ämne. Vi undersöker den då på nytt och "
    .. "meddelar er resultatet.",
  object = "Om ni anser att något här är fel kan ni skriva till {objection}. Ange då ärendenumret, {case}.",
  lists = "Det finns två listor för dem som inte önskar detta. Ni kan stå på en av dem, eller på båda:",
  list_tests = "Om ni inte vill att servern undersöks igen kan ni skriva till {stop_tests} med ”STOP-TESTS {case}” som ämne.",
  list_letters = "Om ni inte vill ha fler brev kan ni skriva till {stop_letters} med ”STOP-LETTERS {case}” som ämne.",

  evidence_title = "Bevis",
  evidence = "Allt som utväxlades mellan vårt testprogram och servern har sparats, med tidpunkterna, i bevisfilen {bundle}, "
    .. "ärende {case}. Detta är filens SHA-256-summa, så som kommandot ”sha256sum” skriver ut den:",
  evidence_check = "En fil med en annan summa är en annan fil, eller så har den ändrats eller utökats efter detta brev. Filen är "
    .. "signerad med nyckeln {key_id}. Den del som gäller er kan ni få av oss: det är en fil med en egen summa, under samma "
    .. "signatur. Båda kontrolleras med kommandot ”ajar verify”, eller utan vår programvara med minisign och sha256sum, så som "
    .. "filen VERIFY.txt i dem förklarar. Den öppna nyckeln är:",

  contact = "Frågor kan ställas till {contact}.",
  regards = "Med vänlig hälsning",

  interval = {
    one = "Ni får högst ett brev av detta slag från oss per dag.",
    other = "Ni får högst ett brev av detta slag från oss på {n} dagar.",
  },

  group_subject = "{project}: servrar i ert ansvar som är eller kan vara öppna för utomstående ({case})",
  group_greeting = "Till den som ansvarar för servrarna i listan nedan",
  group_findings = {
    one = "Detta brev gäller {n} fynd på servrar som ni, såvitt vi förstår, ansvarar för.",
    other = "Detta brev gäller {n} fynd på servrar som ni, såvitt vi förstår, ansvarar för.",
  },
  group_at_one = "Alla gäller IP-adressen {address}.",
  group_at = { one = "De gäller {n} IP-adress.", other = "De gäller {n} olika IP-adresser." },
  group_tested = "Vi har fått uppgift om att adresserna kan tillhöra servrar som är öppna för utomstående. Vi "
    .. "har därför undersökt servrarna. Listan nedan visar resultatet av varje undersökning.",
  group_first_step = "Som ett första steg ber vi er stänga dessa servrar för utomstående. Hur det görs "
    .. "förklaras nedan.",
  group_title = "Vad vi fann",
  group_columns = { address = "Adress", port = "Port", found = "Fynd", time = "Tid (UTC)" },
  group_found = {
    open = { relay = "öppen e-postserver", proxy = "öppen proxyserver" },
    suspect = { relay = "e-postserver, möjligen öppen", proxy = "proxyserver, möjligen öppen" },
  },
  group_attached = "Den bifogade filen {file} innehåller alla fynd, ett på varje rad, med fler uppgifter.",
  group_example = "Ett exempel är servern på adressen {address}, port {port} (ärende {case}).",
  group_remedy_for = "Om adressen {address}, port {port}, och liknande servrar:",
  group_retest = "När servrarna är stängda kan ni skriva till {retest} med ”RETEST {case}” som ämne; detta "
    .. "nummer står för alla ärenden i brevet. Om bara några av dem är stängda ber vi er ange dessa ärenden i "
    .. "meddelandet. Vi undersöker dem då på nytt och meddelar er resultatet.",
  group_list_tests = "Om ni inte vill att dessa servrar undersöks igen kan ni skriva till {stop_tests} med "
    .. "”STOP-TESTS {case}” som ämne.",
  group_evidence = "Allt som utväxlades mellan vårt testprogram och servrarna har sparats, med tidpunkterna, i "
    .. "bevisfilen {bundle}, varje ärende under sitt nummer. Detta är filens SHA-256-summa, så som kommandot "
    .. "”sha256sum” skriver ut den:",
  group_earlier = "Vi har skrivit till er om dessa servrar tidigare.",
  group_earlier_on = "Vi skrev till er om dessa servrar den {date}.",

  tones = {
    reminder = {
      group_subject = "{project}: påminnelse om servrar i ert ansvar som är eller kan vara öppna för "
        .. "utomstående ({case})",
      group_tested = "Nu har vi undersökt dem på nytt. Listan nedan visar resultatet av varje undersökning.",
      group_first_step = "Vi ber er stänga dessa servrar för utomstående nu. Hur det görs förklaras nedan. Om "
        .. "ni redan arbetar med det, eller behöver hjälp, ber vi er höra av er: ett kort meddelande till "
        .. "{contact} räcker.",
      group_no_blame = "Vårt tidigare brev kanske inte nådde rätt person, eller så fick en ändring inte avsedd "
        .. "verkan. Om andra ansvarar för dessa servrar ber vi er skicka detta brev vidare till dem.",
      subject = {
        open = {
          relay = "{project}: påminnelse om den öppna e-postservern på {address}, port {port}",
          proxy = "{project}: påminnelse om den öppna proxyservern på {address}, port {port}",
        },
        suspect = {
          relay = "{project}: påminnelse om e-postservern på {address}, port {port}",
          proxy = "{project}: påminnelse om proxyservern på {address}, port {port}",
        },
      },
      again = "Nu har vi undersökt den på nytt.",
      still = "Servern är alltså fortfarande öppen för utomstående.",
      no_blame = "Vårt tidigare brev kanske inte nådde rätt person, eller så fick en ändring inte avsedd verkan. Om andra ansvarar "
        .. "för servern ber vi er skicka detta brev vidare till dem.",
      first_step = "Vi ber er stänga servern för utomstående nu. Hur det görs förklaras nedan. Om ni redan arbetar med det, eller "
        .. "behöver hjälp, ber vi er höra av er: ett kort meddelande till {contact} räcker.",
    },

    provider = {
      group_subject = "{project}: servrar i ert nät som är eller kan vara öppna för utomstående ({case})",
      group_greeting = "Till den som ansvarar för nätet som adresserna i listan nedan hör till",
      group_findings = {
        one = "Detta brev gäller {n} fynd på servrar i det som såvitt vi förstår är ert nät; de kan tillhöra "
          .. "era kunder.",
        other = "Detta brev gäller {n} fynd på servrar i det som såvitt vi förstår är ert nät; de kan tillhöra "
          .. "era kunder.",
      },
      group_first_step = "Vi ber er skicka detta brev vidare till dem som driver servrarna, och se till att "
        .. "dessa stängs för utomstående. Om ni vet vem vi hellre bör skriva till ber vi er meddela oss: "
        .. "{contact}.",
      group_limit = "Till dess att de är stängda kan ni skydda andra genom att spärra anslutningar från "
        .. "internet till proxyservrarnas portar och genom att begränsa vad e-postservrarna får skicka till "
        .. "port 25 på andra servrar.",
      subject = {
        open = {
          relay = "{project}: öppen e-postserver i ert nät på {address}, port {port}",
          proxy = "{project}: öppen proxyserver i ert nät på {address}, port {port}",
        },
        suspect = {
          relay = "{project}: möjligen öppen e-postserver i ert nät på {address}, port {port}",
          proxy = "{project}: möjligen öppen proxyserver i ert nät på {address}, port {port}",
        },
      },
      greeting = "Till den som ansvarar för nätet som adressen {address} hör till",
      address = "Detta brev gäller servern med IP-adressen {address}, port {port}. Såvitt vi förstår hör adressen till ert nät, och "
        .. "servern kan tillhöra en av era kunder.",
      address_name = "Detta brev gäller servern {host} med IP-adressen {address}, port {port}. Såvitt vi förstår hör adressen till "
        .. "ert nät, och servern kan tillhöra en av era kunder.",
      matter = "Läs gärna hela brevet: det som tas upp här kan påverka ert nät och era kunder.",
      no_blame = "En server kan vara öppen utan att ägaren känner till det, ofta för att en inställning aldrig har ändrats. Vi "
        .. "påstår inte att ni, eller er kund, har gjort något fel.",
      first_step = "Vi ber er skicka detta brev vidare till den som driver servern, och se till att servern stängs för utomstående. "
        .. "Om ni vet vem vi hellre bör skriva till ber vi er meddela oss: {contact}.",
      limit = {
        relay = "Till dess att den är stängd kan ni skydda andra genom att begränsa vad servern får skicka till port 25 på andra "
          .. "servrar.",
        proxy = "Till dess att den är stängd kan ni skydda andra genom att spärra anslutningar från internet till port {port} på "
          .. "denna adress.",
      },
      harm_title = "Vad det kan betyda för er och era kunder",
      harm = {
        "Adresser i ert nät kan hamna på spärrlistor, så att andra avvisar e-post från er och från kunder som inte har med saken att "
          .. "göra.",
        "Utomståendes trafik tar er kapacitet i anspråk, och ni eller er kund kan få betala för den.",
        "Klagomål om skräppost och angrepp kommer till er, eftersom de tycks komma från ert nät.",
      },
      pass_on = "Det som följer är skrivet till den som driver servern.",
    },

    ["all-clear"] = {
      group_subject = "{project}: servrar i ert ansvar är stängda för utomstående ({case})",
      group_findings = {
        one = "Detta brev gäller {n} server som var öppen vid våra tidigare undersökningar och som ni, såvitt "
          .. "vi förstår, ansvarar för.",
        other = "Detta brev gäller {n} servrar som var öppna vid våra tidigare undersökningar och som ni, "
          .. "såvitt vi förstår, ansvarar för.",
      },
      group_tested = "Vi har undersökt dem på nytt. Vårt testprogram, som inte hade loggat in, kom inte längre "
        .. "igenom någon av dem. Listan nedan visar resultatet av varje undersökning.",
      group_found = {
        closed = { relay = "stängd e-postserver", proxy = "stängd proxyserver" },
      },
      group_thanks = "Såvitt dessa undersökningar visar är servrarna stängda för utomstående. Tack för er hjälp.",
      group_bounds = "Undersökningarna gällde enbart dessa tjänster, vid dessa tidpunkter. De säger ingenting "
        .. "om datorernas andra tjänster, och en senare ändring av inställningarna kan öppna en server igen.",
      subject = {
        closed = {
          relay = "{project}: e-postservern på {address}, port {port}, är stängd för utomstående",
          proxy = "{project}: proxyservern på {address}, port {port}, är stängd för utomstående",
        },
      },
      tested = {
        closed = {
          relay = "Den {date} kl. {time} (UTC) undersökte vi den på nytt. Vårt testprogram, som inte hade loggat in, kunde inte skicka "
            .. "ett meddelande genom servern till en brevlåda på annat håll.",
          proxy = "Den {date} kl. {time} (UTC) undersökte vi den på nytt. Vårt testprogram, som inte hade loggat in, kunde inte nå en "
            .. "annan dator på internet genom servern.",
        },
      },
      thanks = "Såvitt denna undersökning visar är servern stängd för utomstående. Tack för er hjälp.",
      settled = "För vår del är ärendet därmed avslutat, och ni behöver inte svara på detta brev.",
      bounds = "Undersökningen gällde enbart denna tjänst, vid denna tidpunkt. Den säger ingenting om datorns andra tjänster, och en "
        .. "senare ändring av inställningarna kan öppna servern igen.",
      left_title = "Vad som kan återstå att göra",
      left = {
        relay = {
          "Meddelanden som utomstående har lämnat på servern kan fortfarande vänta i dess kö. Gå gärna igenom kön och ta bort det som "
            .. "inte är ert.",
          "Om adressen finns på spärrlistor tar de som driver listorna bort den när ni ber om det; vissa listor gör det av sig själva "
            .. "efter en tid.",
          "Håll programvaran uppdaterad, och kontrollera servern utifrån efter varje ändring av dess inställningar.",
        },
        proxy = {
          "Serverns loggar kan visa vem som använde den medan den var öppen, och till vad. Spara dem om ni tänker göra en "
            .. "polisanmälan.",
          "Om ingen hos er har satt upp tjänsten kan någon ha tagit över datorn. Då måste den undersökas, även om tjänsten inte längre "
            .. "går att nå.",
          "Om adressen finns på spärrlistor tar de som driver listorna bort den när ni ber om det; vissa listor gör det av sig själva "
            .. "efter en tid.",
          "Håll programvaran uppdaterad, och kontrollera servern utifrån efter varje ändring av dess inställningar.",
        },
      },
    },
  },
}

return {
  code = "sv",
  name = "svenska",
  english = "Swedish",
  messages = messages,

  plural = function(n)
    return n == 1 and "one" or "other"
  end,

  -- 24 november 2026
  date = function(t)
    return string.format("%d %s %d", t.day, months[t.month], t.year)
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

  -- a, b och c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " och " .. items[#items] or items[1]
  end,
}
