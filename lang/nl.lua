-- Dutch. The reader is addressed as «u»; a relay is an «open mailserver (open relay)», a proxy an «open proxy».

local months = { "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
  "september", "oktober", "november", "december" }

local messages = {
  subject = {
    open = {
      relay = "{project}: open mailserver op {address}, poort {port}",
      proxy = "{project}: open proxyserver op {address}, poort {port}",
    },
    suspect = {
      relay = "{project}: mogelijk open mailserver op {address}, poort {port}",
      proxy = "{project}: mogelijk open proxyserver op {address}, poort {port}",
    },
  },

  greeting = "Aan degenen die verantwoordelijk zijn voor de server {address}",
  address = "Deze brief gaat over de server met het IP-adres {address}, poort {port}. Naar wij begrijpen valt deze server onder uw "
    .. "verantwoordelijkheid.",
  address_name = "Deze brief gaat over de server {host} met het IP-adres {address}, poort {port}. Naar wij begrijpen valt deze server onder "
    .. "uw verantwoordelijkheid.",
  source = "Het adres staat op de lijst ‘{source}’, waarop servers staan die mogelijk openstaan voor derden. Daarom hebben wij de server "
    .. "onderzocht.",
  sources = "Het adres staat op meerdere lijsten van servers die mogelijk openstaan voor derden: {sources}. Daarom hebben wij de server "
    .. "onderzocht.",
  source_name = "‘{name}’",
  source_given = "Het adres staat op een lijst die wij hebben ontvangen en waarop servers staan die "
    .. "mogelijk openstaan voor derden. Daarom hebben wij de server onderzocht.",
  source_unknown = "Dit adres is ons opgegeven als dat van een server die mogelijk openstaat voor derden. Daarom hebben wij de server "
    .. "onderzocht.",
  tested = {
    open = {
      relay = "Op {date} om {time} uur (UTC) heeft de server een bericht aangenomen van ons testprogramma, dat niet was aangemeld, en het "
        .. "doorgestuurd naar een postbus elders. Een server die dit voor iedereen doet, wordt een open mailserver (open relay) genoemd.",
      proxy = "Op {date} om {time} uur (UTC) heeft de server verkeer van ons testprogramma, dat niet was aangemeld, doorgestuurd naar een "
        .. "andere computer op het internet. Een server die dit voor iedereen doet, wordt een open proxyserver (open proxy) genoemd.",
    },
    suspect = {
      relay = "Op {date} om {time} uur (UTC) heeft de server een bericht aangenomen van ons testprogramma, dat niet was aangemeld, voor een "
        .. "postbus elders. Toen de test eindigde, was het bericht daar niet aangekomen. Wij kunnen daarom niet met zekerheid zeggen dat de "
        .. "server open is, en vragen u dit na te gaan.",
      proxy = "Op {date} om {time} uur (UTC) heeft de server ermee ingestemd ons testprogramma, dat niet was aangemeld, te verbinden met een "
        .. "andere computer op het internet. Toen de test eindigde, was daar niets aangekomen. Wij kunnen daarom niet met zekerheid zeggen "
        .. "dat de server open is, en vragen u dit na te gaan.",
    },
    doubtful = {
      relay = "Op {date} om {time} uur (UTC) heeft de server berichten aangenomen van ons testprogramma, dat niet was aangemeld, voor een "
        .. "postbus elders. Een daarvan is daar aangekomen, een ander niet. Wij kunnen daarom niet met zekerheid zeggen dat de server open "
        .. "is, en vragen u dit na te gaan.",
      proxy = "Op {date} om {time} uur (UTC) is iets wat ons testprogramma, dat niet was aangemeld, naar de server had gestuurd, aangekomen "
        .. "bij een andere computer op het internet. Maar de server gedroeg zich ook zoals een open proxyserver dat niet doet. Wij kunnen "
        .. "daarom niet met zekerheid zeggen dat hij open is, en vragen u dit na te gaan.",
    },
  },
  no_blame = "Een server kan open zijn zonder dat de eigenaar het weet, vaak doordat een instelling nooit is gewijzigd. Wij gaan ervan uit dat "
    .. "u er niet van wist, en verwijten u niets.",
  first_step = "Als eerste stap vragen wij u de server voor derden te sluiten. Hoe dat gaat, wordt hieronder uitgelegd.",

  earlier = "Wij hebben u al eerder over deze server geschreven.",
  earlier_on = "Wij hebben u op {date} over deze server geschreven.",
  earlier_case = "Het zaaknummer was toen {earlier_case}.",

  seen_title = "Wat wij hebben gezien",
  seen = "Ons testprogramma heeft verbinding gemaakt met poort {port}. De regels met een C zijn door het testprogramma verstuurd, de regels met "
    .. "een S zijn van de server ontvangen.",
  seen_from = "Ons testprogramma heeft vanaf het adres {from} verbinding gemaakt met poort {port}. De regels met een C zijn door het "
    .. "testprogramma verstuurd, de regels met een S zijn van de server ontvangen.",
  decisive = "De regels met een sterretje (*) ervoor zijn doorslaggevend.",
  more_lines = { one = "… (nog 1 regel)", other = "… (nog {n} regels)" },
  returned = {
    relay = "Het bericht droeg het kenmerk {token}, dat niet te raden is. Het is op {date} om {time} uur (UTC) bij onze eigen ontvangende server "
      .. "aangekomen, afgeleverd door {peer}.",
    proxy = "De verbinding droeg het kenmerk {token}, dat niet te raden is. Zij heeft onze eigen ontvangende server op {date} om {time} uur (UTC) "
      .. "bereikt, vanaf {peer}.",
  },
  peer_same = "Dat is het adres van de server die wij hebben onderzocht.",
  peer_other = "Dat is niet het adres dat wij hebben onderzocht; de server lijkt verkeer via dat adres door te sturen.",
  ports_all = "Wij hebben om meerdere poorten van onze eigen computer gevraagd. Alle verbindingen kwamen tot stand: {reached}.",
  ports_some = "Wij hebben om meerdere poorten van onze eigen computer gevraagd. De verbindingen met deze kwamen tot stand: {reached}. Die met "
    .. "deze niet: {missed}.",
  ports_mail = "Daaronder is poort 25, die voor e-mail wordt gebruikt: iedereen kan via de server e-mail versturen, en die lijkt daarvandaan te "
    .. "komen.",
  ours_alone = {
    relay = "Het bericht was alleen aan onze eigen postbus gericht. Aan niemand anders is iets gestuurd.",
    proxy = "De verbinding ging alleen naar onze eigen computer. Met niemand anders is via de server contact gezocht.",
  },

  check_title = "Hoe u het zelf kunt zien",
  check = {
    relay = "De beslissende stap kan worden herhaald met het programma swaks, dat hier stopt voordat een bericht wordt verstuurd. Voer dit uit op "
      .. "een computer buiten uw eigen netwerken, en zet een eigen adres bij een andere aanbieder in de plaats van you@elsewhere.example:",
    relay_lines = "Maak vanaf een computer buiten uw eigen netwerken verbinding met de server, met de onderstaande opdracht. Typ daarna de "
      .. "hierboven met C aangegeven regels tot en met RCPT TO, met een eigen adres bij een andere aanbieder als ontvanger:",
    relay_answer = "Als de server op RCPT TO antwoordt met een code die met 5 begint, weigert hij derden, zoals het hoort. Begint de code met 2, "
      .. "dan neemt hij het bericht van een derde voor iemand elders aan.",
    proxy = "Voer deze opdrachten uit op een computer buiten uw eigen netwerken:",
    proxy_answer = "Als een ervan de pagina ‘Example Domain’ toont, laat de server derden door. Eindigen ze alle met een fout, dan heeft hij deze "
      .. "verzoeken geweigerd.",
  },

  matter = "Wij verzoeken u deze brief tot het einde te lezen: het onderwerp kan gevolgen hebben voor uw toegang tot het internet en uw "
    .. "aanwezigheid daarop.",
  who = "Deze brief maakt deel uit van het gezamenlijke project ‘{project}’. Daaraan nemen deel: {partners}.",
  who_alone = "Deze brief maakt deel uit van het project ‘{project}’.",
  purpose = "Het doel daarvan is eigenaren van open servers te vertellen hoe zij deze kunnen beveiligen, zodat anderen ze niet kunnen gebruiken om "
    .. "ongewenste e-mail (spam) te versturen of om te verbergen wie zij zijn.",

  what_title = "Wat open mailservers en open proxyservers zijn",
  what_they_are = "Een open mailserver (open relay) neemt e-mail van iedereen aan en stuurt die door naar iedereen, hoewel afzender noch ontvanger "
    .. "iets met de eigenaar te maken heeft. Een open proxyserver (open proxy) doet hetzelfde met verbindingen: van iedereen naar elke plaats op "
    .. "het internet. Voor wie aan de andere kant zit, lijkt het verkeer van die server te komen.",
  how_abused = "Zulke servers zijn met automatische zoekacties gemakkelijk te vinden. Zij worden gebruikt om spam in grote hoeveelheden te versturen, "
    .. "schadelijke programma’s te verspreiden, mensen op te lichten en andere computers aan te vallen, terwijl de werkelijke afzender verborgen "
    .. "blijft.",

  harm_title = "Wat het voor u kan betekenen",
  harm = {
    "De server en uw internetverbinding kunnen traag worden of uitvallen wanneer er veel verkeer van anderen doorheen gaat.",
    "U kunt moeten betalen voor het verkeer en voor het herstelwerk.",
    "Uw internetaanbieder kan uw toegang beperken of afsluiten.",
    "Het adres kan op blokkeerlijsten komen, zodat anderen uw eigen e-mail weigeren.",
    "Spam en aanvallen kunnen van u afkomstig lijken en uw reputatie schaden.",
  },

  remedy_title = "Hoe u de server sluit",
  remedy = {
    relay = {
      "Laat de server e-mail voor ontvangers elders alleen aannemen vanuit uw eigen netwerken en van gebruikers die zijn aangemeld. Alle anderen "
        .. "moeten worden geweigerd.",
      "Houd de lijst van vertrouwde netwerken zo kort mogelijk. Ga na of de server het werkelijke adres ziet van wie verbinding maakt, vooral wanneer "
        .. "hij in een container of achter een load balancer draait.",
      "Houd de software actueel.",
    },
    proxy = {
      "Zet de proxyserver uit als u hem niet nodig hebt.",
      "Als u hem nodig hebt, maak hem dan alleen vanuit uw eigen netwerken bereikbaar, of vraag om een wachtwoord. Alle anderen moeten worden "
        .. "geweigerd.",
      "Blokkeer in de firewall poort {port} voor verbindingen vanaf het internet.",
      "Als niemand bij u deze dienst heeft ingericht, kan hij met het apparaat zijn meegekomen, of kan iemand de machine hebben overgenomen. Dan is het "
        .. "niet genoeg de poort te blokkeren: de machine moet worden onderzocht.",
    },
  },
  found = {
    open = "Wat onze test heeft gevonden: {what} {close}",
    suspect = "Als de server open is, dan op deze manier: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "De server stuurt e-mail van elke afzender door naar elke ontvanger; geen van beiden hoeft bij u te horen.",
      close = "Laat hem ontvangers elders weigeren, tenzij de client zich in uw eigen netwerk bevindt of is aangemeld.",
    },
    ["same-domain"] = {
      what = "De server stuurt e-mail door wanneer afzender en ontvanger tot hetzelfde domein behoren, ook al is dat domein niet van u. Iedereen kan "
        .. "zo’n afzender opgeven.",
      close = "Laat het adres van de client of zijn aanmelding beslissen, nooit het adres van de afzender.",
    },
    ["null-sender"] = {
      what = "De server stuurt e-mail door naar iedereen wanneer de afzender leeg is (<>), zoals bij meldingen over onbestelbare e-mail.",
      close = "Voor de lege afzender moet dezelfde regel gelden als voor elke andere; verwijder elke uitzondering daarvoor.",
    },
    ["bare-sender"] = {
      what = "De server houdt een afzender zonder domein voor een van zijn eigen gebruikers, en stuurt alles door wat zo’n afzender verstuurt.",
      close = "Weiger afzenders zonder domein die van buiten komen.",
    },
    ["claimed-sender"] = {
      what = "De server stuurt e-mail door naar iedereen wanneer het adres van de afzender tot zijn eigen domeinen, namen of adressen behoort. Iedereen "
        .. "kan zo’n adres opgeven.",
      close = "Laat het adres van de client of zijn aanmelding beslissen, nooit het adres van de afzender.",
    },
    ["claimed-user"] = {
      what = "De server stuurt e-mail door naar iedereen wanneer het adres van de afzender dat van een van zijn gebruikers is, zoals root of postmaster. "
        .. "Iedereen kan zo’n adres opgeven.",
      close = "Laat het adres van de client of zijn aanmelding beslissen, zonder uitzondering voor het adres van welke gebruiker ook.",
    },
    ["claimed-greeting"] = {
      what = "De server stuurt e-mail door voor clients die zich met een bepaalde naam melden (EHLO). Iedereen kan elke naam opgeven.",
      close = "Vertrouw geen enkele naam in de begroeting: laat het adres van de client of zijn aanmelding beslissen.",
    },
    ["unknown-sender"] = {
      what = "De server stuurt e-mail door van afzenders waarvan het domein niet bestaat.",
      close = "Laat hem ontvangers elders weigeren wanneer de client een derde is, en afzenders waarvan het domein onbekend is.",
    },
    ["empty-domain"] = {
      what = "De server houdt een adres dat op @ eindigt, zonder domein erachter, voor een van zijn eigen adressen, en stuurt de e-mail dan door.",
      close = "Weiger een adres met een leeg domein als syntaxisfout, voordat iets anders wordt beslist.",
    },
    ["bare-recipient"] = {
      what = "De server past zijn regel niet toe op ontvangers die zonder punthaken zijn geschreven.",
      close = "Neem alleen adressen tussen punthaken aan.",
    },
    ["quoted-route"] = {
      what = "De server houdt een adres tussen aanhalingstekens voor een van zijn eigen adressen, haalt de aanhalingstekens weg en stuurt de e-mail dan "
        .. "door naar wat ertussen stond.",
      close = "Laat de regel beslissen nadat adressen zijn herschreven, of weiger @, %, ! en / vóór het domein.",
    },
    ["percent-route"] = {
      what = "De server leest een % vóór het domein als een route (user%elsewhere.example@your-server) en stuurt de e-mail daarlangs door.",
      close = "Zet deze oude vorm van routering uit.",
    },
    ["two-ats"] = {
      what = "De server houdt een adres met twee @ naar het laatste voor een van zijn eigen adressen, en stuurt de e-mail door naar het eerste.",
      close = "Weiger adressen met meer dan één @ als syntaxisfout.",
    },
    ["source-route"] = {
      what = "De server volgt een route vóór het adres (@your-server:user@elsewhere.example) en stuurt de e-mail daarlangs door.",
      close = "Negeer of weiger zulke routes.",
    },
    ["uucp-path"] = {
      what = "De server leest een ! in een adres als een route (elsewhere.example!user) en stuurt de e-mail daarlangs door, of houdt een afzender met ! "
        .. "voor een van zijn eigen gebruikers.",
      close = "Weiger ! in adressen die van buiten komen.",
    },
    ["srs-hash"] = {
      what = "De server zet herschreven retouradressen (SRS) om in de adressen die erin staan zonder hun hash te controleren, en stuurt de e-mail daarheen "
        .. "door.",
      close = "Controleer de hash en de datum van zo’n adres, en weiger het wanneer die niet kloppen.",
    },
    spelling = {
      what = "De server herkent het domein van een ontvanger niet wanneer het anders is gespeld (hoofdletters, een punt aan het einde, letters van volle "
        .. "breedte), en stuurt de e-mail door.",
      close = "Breng een domein in één schrijfwijze voordat het met een lijst wordt vergeleken.",
    },
    smtputf8 = {
      what = "De server past zijn regel niet toe op berichten die als geïnternationaliseerd worden aangekondigd (SMTPUTF8).",
      close = "Laat er dezelfde regel voor gelden, of zet de uitbreiding uit.",
    },
    ["inside-tls"] = {
      what = "De server weigert derden op een onversleutelde verbinding, maar stuurt e-mail door voor iedereen zodra de verbinding is versleuteld "
        .. "(STARTTLS).",
      close = "Versleuteling alleen is geen aanmelding: vraag om een wachtwoord, of vertrouw alleen clientcertificaten die u kent.",
    },
    xclient = {
      what = "De server laat elke client met de opdracht XCLIENT opgeven van welk adres hij komt, en stuurt e-mail door voor wie zich voor de server zelf "
        .. "uitgeeft.",
      close = "Neem XCLIENT alleen aan van uw eigen gateways (192.0.2.10 in het voorbeeld).",
    },
    ["proxy-line"] = {
      what = "De server gelooft de PROXY-regel van elke client, die zegt waar een verbinding vandaan komt, en stuurt e-mail door voor wie zich voor de "
        .. "server zelf uitgeeft.",
      close = "Neem het PROXY-protocol alleen aan van uw eigen load balancer (192.0.2.10 in het voorbeeld), op een poort die alleen deze kan bereiken.",
    },
    ["second-recipient"] = {
      what = "De server weigert een ontvanger elders wanneer deze de eerste is, en neemt hem aan na een eigen ontvanger.",
      close = "Laat de regel over elke ontvanger afzonderlijk beslissen.",
    },
    ["web-form"] = {
      what = "Een formulier op de webserver stuurt e-mail naar elk adres dat het verzoek noemt.",
      close = "Schrijf de ontvangers van de e-mail in het script van het formulier, neem er geen uit het verzoek over, en verwijder oude scripts zoals "
        .. "FormMail.",
    },
    ["web-proxy"] = {
      what = "Een pagina van de webserver haalt voor iedereen de URL op die een verzoek noemt, en toont wat zij heeft gekregen.",
      close = "Verwijder het script, of laat het alleen ophalen van hosts die u hebt opgesomd, en alleen voor wie is aangemeld.",
    },
    ["local-services"] = {
      what = "De proxyserver leidt derden naar diensten op zijn eigen machine, die misschien vertrouwen wie daarvandaan komt.",
      close = "Weiger bestemmingen op de eigen machine van de proxyserver (127.0.0.1, ::1 en zijn andere adressen), en laat alleen clients uit uw eigen "
        .. "netwerk toe.",
    },
    ["connect-udp"] = {
      what = "De server stuurt via HTTP ieders datagrammen (UDP) naar elk adres (connect-udp, ook MASQUE genoemd).",
      close = "Zet connect-udp uit als u het niet nodig hebt. Vraag anders om een aanmelding, of laat alleen clients uit uw eigen netwerk toe.",
    },
    ["ipv6-clients"] = {
      what = "Dit gebeurde via IPv6. Vaak ziet een server in een container alle IPv6-clients onder een adres van zijn eigen netwerk, en vertrouwt hij hen "
        .. "daarom.",
      close = "Zorg ervoor dat de server de werkelijke IPv6-adressen van zijn clients ziet, en haal het containernetwerk uit de vertrouwde netwerken.",
    },
  },
  cause_named = "Deze instelling van {software} sluit precies dat:",
  cause_if = "Als op de server {software} draait, sluit dit precies dat:",
  software_named = "De server geeft aan dat er {software} op draait. Deze instellingen sluiten {software} voor derden. Zij komen in de plaats van regels "
    .. "met dezelfde naam. Zet uw eigen netwerk waar 192.0.2.0/24 staat.",
  software_if = "Als op de server {software} draait, sluiten deze instellingen hem voor derden. Zij komen in de plaats van regels met dezelfde naam. Zet "
    .. "uw eigen netwerk waar 192.0.2.0/24 staat.",
  software_none = "Als u ons vertelt welke software op de server draait, kunnen wij nauwkeuriger zeggen wat er moet worden ingesteld.",
  firewall = "Welke software het ook is: een firewall houdt derden buiten. Zet uw eigen netwerk waar 192.0.2.0/24 staat.",
  on_system = "Met {system}:",
  makers = "Onder de links hieronder zijn aanwijzingen voor gangbare software, van de makers ervan, en enkele die voor elke software gelden.",
  in_file = "In het bestand {file}:",
  remove = "Verwijder uit het bestand {file}:",
  run = "Voer daarna uit:",
  shell = "Op de opdrachtregel van het programma zelf:",
  questions = "Deze vragen kunnen helpen het zwakke punt te vinden:",

  links_title = "Meer informatie",

  after_title = "Een nieuwe test, en bezwaren",
  retest = "Schrijf, wanneer de server gesloten is, aan {retest} met ‘RETEST {case}’ als onderwerp. Wij onderzoeken hem dan opnieuw en delen u de uitkomst "
    .. "mee.",
  object = "Als u meent dat hier iets niet klopt, schrijf dan aan {objection} en vermeld het zaaknummer, {case}.",
  lists = "Er zijn twee lijsten van wie dit niet wenst. U kunt op een ervan worden gezet, of op beide:",
  list_tests = "Als u niet wilt dat de server opnieuw wordt onderzocht, schrijf dan aan {stop_tests} met ‘STOP-TESTS {case}’ als onderwerp.",
  list_letters = "Als u geen brieven meer wilt, schrijf dan aan {stop_letters} met ‘STOP-LETTERS {case}’ als onderwerp.",

  evidence_title = "Bewijs",
  evidence = "Alles wat tussen ons testprogramma en de server is uitgewisseld, is met de tijden bewaard in het bewijsbestand {bundle}, zaak {case}. Dit is "
    .. "de SHA-256-som van het bestand, zoals de opdracht ‘sha256sum’ die weergeeft:",
  evidence_check = "Een bestand met een andere som is een ander bestand, of is na deze brief gewijzigd of aangevuld. Het bestand is ondertekend met de sleutel "
    .. "{key_id}. Het deel dat u betreft, kunt u van ons krijgen: dat is een bestand met een eigen som, onder dezelfde handtekening. Beide worden "
    .. "gecontroleerd met de opdracht ‘ajar verify’, of zonder onze software met minisign en sha256sum, zoals het bestand VERIFY.txt erin uitlegt. De "
    .. "openbare sleutel is:",

  contact = "Vragen kunt u sturen aan {contact}.",
  regards = "Hoogachtend",

  interval = {
    one = "U krijgt van ons hoogstens één brief van deze soort per dag.",
    other = "U krijgt van ons hoogstens één brief van deze soort per {n} dagen.",
  },

  group_subject = "{project}: servers onder uw verantwoordelijkheid die voor derden openstaan, of mogelijk "
    .. "openstaan ({case})",
  group_greeting = "Aan degenen die verantwoordelijk zijn voor de servers in de lijst hieronder",
  group_findings = {
    one = "Deze brief gaat over {n} bevinding bij servers die naar wij begrijpen onder uw verantwoordelijkheid "
      .. "vallen.",
    other = "Deze brief gaat over {n} bevindingen bij servers die naar wij begrijpen onder uw "
      .. "verantwoordelijkheid vallen.",
  },
  group_at_one = "Ze betreffen alle het IP-adres {address}.",
  group_at = { one = "Ze betreffen {n} IP-adres.", other = "Ze betreffen {n} verschillende IP-adressen." },
  group_tested = "De adressen zijn ons opgegeven als die van servers die mogelijk openstaan voor derden. Daarom "
    .. "hebben wij de servers onderzocht. De lijst hieronder geeft de uitkomst van elk onderzoek.",
  group_first_step = "Als eerste stap vragen wij u deze servers voor derden te sluiten. Hoe dat gaat, wordt "
    .. "hieronder uitgelegd.",
  group_title = "Wat wij hebben gevonden",
  group_columns = { address = "Adres", port = "Poort", found = "Bevinding", time = "Tijd (UTC)" },
  group_found = {
    open = { relay = "open mailserver", proxy = "open proxyserver" },
    suspect = { relay = "mailserver, mogelijk open", proxy = "proxyserver, mogelijk open" },
  },
  group_attached = "Het bijgevoegde bestand {file} bevat alle bevindingen, één per regel, met meer gegevens.",
  group_example = "Een voorbeeld is de server op het adres {address}, poort {port} (zaak {case}).",
  group_remedy_for = "Over het adres {address}, poort {port}, en servers zoals deze:",
  group_retest = "Schrijf, wanneer de servers gesloten zijn, aan {retest} met ‘RETEST {case}’ als onderwerp; "
    .. "dat nummer staat voor alle zaken in deze brief. Als er maar enkele gesloten zijn, noem deze zaken dan "
    .. "in uw bericht. Wij onderzoeken ze dan opnieuw en delen u de uitkomst mee.",
  group_list_tests = "Als u niet wilt dat deze servers opnieuw worden onderzocht, schrijf dan aan {stop_tests} "
    .. "met ‘STOP-TESTS {case}’ als onderwerp.",
  group_evidence = "Alles wat tussen ons testprogramma en de servers is uitgewisseld, is met de tijden bewaard "
    .. "in het bewijsbestand {bundle}, elke zaak onder haar nummer. Dit is de SHA-256-som van het bestand, "
    .. "zoals de opdracht ‘sha256sum’ die weergeeft:",
  group_earlier = "Wij hebben u al eerder over deze servers geschreven.",
  group_earlier_on = "Wij hebben u op {date} over deze servers geschreven.",

  tones = {
    reminder = {
      group_subject = "{project}: herinnering over servers onder uw verantwoordelijkheid die voor derden "
        .. "openstaan, of mogelijk openstaan ({case})",
      group_tested = "Wij hebben ze nu opnieuw onderzocht. De lijst hieronder geeft de uitkomst van elk onderzoek.",
      group_first_step = "Wij vragen u deze servers nu voor derden te sluiten. Hoe dat gaat, wordt hieronder "
        .. "uitgelegd. Als u er al mee bezig bent, of hulp nodig hebt, laat het ons dan weten: een kort bericht "
        .. "aan {contact} is genoeg.",
      group_no_blame = "Onze eerdere brief heeft misschien niet de juiste persoon bereikt, of een wijziging had "
        .. "niet de bedoelde uitwerking. Als anderen verantwoordelijk zijn voor deze servers, verzoeken wij u "
        .. "deze brief aan hen door te sturen.",
      subject = {
        open = {
          relay = "{project}: herinnering over de open mailserver op {address}, poort {port}",
          proxy = "{project}: herinnering over de open proxyserver op {address}, poort {port}",
        },
        suspect = {
          relay = "{project}: herinnering over de mailserver op {address}, poort {port}",
          proxy = "{project}: herinnering over de proxyserver op {address}, poort {port}",
        },
      },
      again = "Wij hebben hem nu opnieuw onderzocht.",
      still = "De server staat dus nog steeds open voor derden.",
      no_blame = "Onze eerdere brief heeft misschien niet de juiste persoon bereikt, of een wijziging had niet de bedoelde uitwerking. Als anderen "
        .. "verantwoordelijk zijn voor de server, verzoeken wij u deze brief aan hen door te sturen.",
      first_step = "Wij vragen u de server nu voor derden te sluiten. Hoe dat gaat, wordt hieronder uitgelegd. Als u er al mee bezig bent, of hulp nodig "
        .. "hebt, laat het ons dan weten: een kort bericht aan {contact} is genoeg.",
    },

    provider = {
      group_subject = "{project}: servers in uw netwerk die voor derden openstaan, of mogelijk openstaan ({case})",
      group_greeting = "Aan degenen die verantwoordelijk zijn voor het netwerk waartoe de adressen in de lijst "
        .. "hieronder behoren",
      group_findings = {
        one = "Deze brief gaat over {n} bevinding bij servers in wat naar wij begrijpen uw netwerk is; mogelijk "
          .. "zijn ze van uw klanten.",
        other = "Deze brief gaat over {n} bevindingen bij servers in wat naar wij begrijpen uw netwerk is; "
          .. "mogelijk zijn ze van uw klanten.",
      },
      group_first_step = "Wij vragen u deze brief door te sturen aan wie de servers beheert, en ervoor te "
        .. "zorgen dat deze voor derden worden gesloten. Als u weet aan wie wij beter kunnen schrijven, laat "
        .. "het ons dan weten: {contact}.",
      group_limit = "Tot ze gesloten zijn, kunt u anderen beschermen door verbindingen vanaf het internet naar "
        .. "de poorten van de proxyservers te blokkeren, en door te beperken wat de mailservers naar poort 25 "
        .. "van andere servers mogen sturen.",
      subject = {
        open = {
          relay = "{project}: open mailserver in uw netwerk op {address}, poort {port}",
          proxy = "{project}: open proxyserver in uw netwerk op {address}, poort {port}",
        },
        suspect = {
          relay = "{project}: mogelijk open mailserver in uw netwerk op {address}, poort {port}",
          proxy = "{project}: mogelijk open proxyserver in uw netwerk op {address}, poort {port}",
        },
      },
      greeting = "Aan degenen die verantwoordelijk zijn voor het netwerk waartoe het adres {address} behoort",
      address = "Deze brief gaat over de server met het IP-adres {address}, poort {port}. Naar wij begrijpen behoort het adres tot uw netwerk, en is de server "
        .. "mogelijk die van een van uw klanten.",
      address_name = "Deze brief gaat over de server {host} met het IP-adres {address}, poort {port}. Naar wij begrijpen behoort het adres tot uw netwerk, en "
        .. "is de server mogelijk die van een van uw klanten.",
      matter = "Wij verzoeken u deze brief tot het einde te lezen: het onderwerp kan gevolgen hebben voor uw netwerk en uw klanten.",
      no_blame = "Een server kan open zijn zonder dat de eigenaar het weet, vaak doordat een instelling nooit is gewijzigd. Wij verwijten u of uw klant niets.",
      first_step = "Wij vragen u deze brief door te sturen aan wie de server beheert, en ervoor te zorgen dat de server voor derden wordt gesloten. Als u weet "
        .. "aan wie wij beter kunnen schrijven, laat het ons dan weten: {contact}.",
      limit = {
        relay = "Tot hij gesloten is, kunt u anderen beschermen door te beperken wat de server naar poort 25 van andere servers mag sturen.",
        proxy = "Tot hij gesloten is, kunt u anderen beschermen door verbindingen vanaf het internet naar poort {port} van dit adres te blokkeren.",
      },
      harm_title = "Wat het voor u en uw klanten kan betekenen",
      harm = {
        "Adressen van uw netwerk kunnen op blokkeerlijsten komen, zodat anderen e-mail weigeren van u en van klanten die er niets mee te maken hebben.",
        "Het verkeer van derden neemt uw lijnen in beslag, en u of uw klant kan ervoor moeten betalen.",
        "Klachten over spam en aanvallen komen bij u terecht, omdat die uit uw netwerk lijken te komen.",
      },
      pass_on = "Wat volgt, is geschreven voor wie de server beheert.",
    },

    ["all-clear"] = {
      group_subject = "{project}: servers onder uw verantwoordelijkheid zijn gesloten voor derden ({case})",
      group_findings = {
        one = "Deze brief gaat over {n} server die bij onze eerdere tests openstond en die naar wij begrijpen "
          .. "onder uw verantwoordelijkheid valt.",
        other = "Deze brief gaat over {n} servers die bij onze eerdere tests openstonden en die naar wij "
          .. "begrijpen onder uw verantwoordelijkheid vallen.",
      },
      group_tested = "Wij hebben ze opnieuw onderzocht. Ons testprogramma, dat niet was aangemeld, kwam door "
        .. "geen van hen meer heen. De lijst hieronder geeft de uitkomst van elk onderzoek.",
      group_found = {
        closed = { relay = "gesloten mailserver", proxy = "gesloten proxyserver" },
      },
      group_thanks = "Voor zover deze tests kunnen uitwijzen, zijn de servers gesloten voor derden. Hartelijk "
        .. "dank voor uw medewerking.",
      group_bounds = "De tests betroffen alleen deze diensten, op die momenten. Ze zeggen niets over andere "
        .. "diensten van de machines, en een latere wijziging van de instellingen kan een server weer openen.",
      subject = {
        closed = {
          relay = "{project}: de mailserver op {address}, poort {port}, is gesloten voor derden",
          proxy = "{project}: de proxyserver op {address}, poort {port}, is gesloten voor derden",
        },
      },
      tested = {
        closed = {
          relay = "Op {date} om {time} uur (UTC) hebben wij hem opnieuw onderzocht. Ons testprogramma, dat niet was aangemeld, kon via de server geen bericht naar "
            .. "een postbus elders sturen.",
          proxy = "Op {date} om {time} uur (UTC) hebben wij hem opnieuw onderzocht. Ons testprogramma, dat niet was aangemeld, kon via de server geen andere "
            .. "computer op het internet bereiken.",
        },
      },
      thanks = "Voor zover deze test kan uitwijzen, is de server gesloten voor derden. Hartelijk dank voor uw medewerking.",
      settled = "Voor ons is de zaak daarmee afgedaan, en u hoeft deze brief niet te beantwoorden.",
      bounds = "De test betrof alleen deze dienst, op dat moment. Hij zegt niets over andere diensten van de machine, en een latere wijziging van de "
        .. "instellingen kan de server weer openen.",
      left_title = "Wat er nog te doen kan zijn",
      left = {
        relay = {
          "Berichten die derden op de server hebben achtergelaten, kunnen nog in de wachtrij staan. Kijk de wachtrij door, en verwijder wat niet van u is.",
          "Als het adres op blokkeerlijsten staat, halen de beheerders het er op uw verzoek af; sommige lijsten doen dat na enige tijd vanzelf.",
          "Houd de software actueel, en controleer de server van buitenaf na elke wijziging van zijn instellingen.",
        },
        proxy = {
          "De logbestanden van de server kunnen laten zien wie hem heeft gebruikt toen hij open was, en waarvoor. Bewaar ze als u aangifte wilt doen.",
          "Als niemand bij u deze dienst heeft ingericht, kan iemand de machine hebben overgenomen. Dan moet zij worden onderzocht, ook al is de dienst niet "
            .. "meer bereikbaar.",
          "Als het adres op blokkeerlijsten staat, halen de beheerders het er op uw verzoek af; sommige lijsten doen dat na enige tijd vanzelf.",
          "Houd de software actueel, en controleer de server van buitenaf na elke wijziging van zijn instellingen.",
        },
      },
    },
  },
}

return {
  code = "nl",
  name = "Nederlands",
  english = "Dutch",
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

  -- 12.345
  number = function(n)
    local digits = string.format("%d", n)
    local head = #digits % 3
    local grouped = digits:sub(head + 1):gsub("(%d%d%d)", ".%1")
    return head > 0 and digits:sub(1, head) .. grouped or grouped:sub(2)
  end,

  -- a, b en c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " en " .. items[#items] or items[1]
  end,
}
