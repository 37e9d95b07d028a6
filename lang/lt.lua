-- Lithuanian. The reader is addressed as «Jūs»; this letter is a «raštas», a message of e-mail a «laiškas»; a relay is an
-- «atviras pašto serveris (open relay)», a proxy an «atviras įgaliotasis serveris (open proxy)». A date ends in «d.», so that
-- none stands at the end of a sentence.

local months = { "sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio", "liepos", "rugpjūčio",
  "rugsėjo", "spalio", "lapkričio", "gruodžio" }

local messages = {
  subject = {
    open = {
      relay = "{project}: atviras pašto serveris adresu {address}, prievadas {port}",
      proxy = "{project}: atviras įgaliotasis serveris adresu {address}, prievadas {port}",
    },
    suspect = {
      relay = "{project}: galbūt atviras pašto serveris adresu {address}, prievadas {port}",
      proxy = "{project}: galbūt atviras įgaliotasis serveris adresu {address}, prievadas {port}",
    },
  },

  greeting = "Asmenims, atsakingiems už serverį {address}",
  address = "Šis raštas yra dėl serverio, kurio IP adresas yra {address}, prievadas – {port}. Mūsų žiniomis, už šį "
    .. "serverį atsakote Jūs.",
  address_name = "Šis raštas yra dėl serverio {host}, kurio IP adresas yra {address}, prievadas – {port}. Mūsų žiniomis, "
    .. "už šį serverį atsakote Jūs.",
  source = "Adresas yra sąraše „{source}“, kuriame nurodyti serveriai, galintys būti atviri pašaliniams asmenims. Todėl "
    .. "serverį patikrinome.",
  sources = "Adresas yra keliuose sąrašuose serverių, kurie gali būti atviri pašaliniams asmenims: {sources}. Todėl "
    .. "serverį patikrinome.",
  source_name = "„{name}“",
  source_given = "Adresas yra mums pateiktame sąraše, kuriame nurodyti serveriai, galintys būti "
    .. "atviri pašaliniams asmenims. Todėl serverį patikrinome.",
  source_unknown = "Šis adresas mums nurodytas kaip serverio, kuris gali būti atviras pašaliniams asmenims, adresas. "
    .. "Todėl serverį patikrinome.",
  tested = {
    open = {
      relay = "{date} {time} (UTC) serveris priėmė mūsų bandomosios programos, kuri nebuvo autentifikuota, laišką ir "
        .. "persiuntė jį į išorinę pašto dėžutę. Serveris, kuris tai leidžia bet kam, vadinamas atviru pašto serveriu "
        .. "(angl. open relay).",
      proxy = "{date} {time} (UTC) serveris perdavė mūsų bandomosios programos, kuri nebuvo autentifikuota, duomenų "
        .. "srautą kitam kompiuteriui internete. Serveris, kuris tai leidžia bet kam, vadinamas atviru įgaliotuoju "
        .. "serveriu (angl. open proxy).",
    },
    suspect = {
      relay = "{date} {time} (UTC) serveris priėmė mūsų bandomosios programos, kuri nebuvo autentifikuota, laišką, skirtą "
        .. "išorinei pašto dėžutei. Iki patikros pabaigos laiškas ten nebuvo gautas. Todėl negalime tvirtai teigti, kad "
        .. "serveris yra atviras, ir prašome Jūsų jį patikrinti.",
      proxy = "{date} {time} (UTC) serveris sutiko sujungti mūsų bandomąją programą, kuri nebuvo autentifikuota, su kitu "
        .. "kompiuteriu internete. Iki patikros pabaigos ten nieko nebuvo gauta. Todėl negalime tvirtai teigti, kad "
        .. "serveris yra atviras, ir prašome Jūsų jį patikrinti.",
    },
    doubtful = {
      relay = "{date} {time} (UTC) serveris priėmė mūsų bandomosios programos, kuri nebuvo autentifikuota, laiškus, "
        .. "skirtus išorinei pašto dėžutei. Vienas iš jų ten buvo gautas, o kitas – ne. Todėl negalime tvirtai teigti, "
        .. "kad serveris yra atviras, ir prašome Jūsų jį patikrinti.",
      proxy = "{date} {time} (UTC) kitas kompiuteris internete gavo duomenis, kuriuos mūsų bandomoji programa, nebūdama "
        .. "autentifikuota, išsiuntė serveriui. Tačiau serveris elgėsi ir taip, kaip atviras įgaliotasis serveris "
        .. "nesielgia. Todėl negalime tvirtai teigti, kad jis yra atviras, ir prašome Jūsų jį patikrinti.",
    },
  },
  no_blame = "Serveris gali būti atviras savininkui to nežinant, dažnai todėl, kad kuri nors nuostata niekada nebuvo "
    .. "pakeista. Manome, kad apie tai nežinojote, ir neteigiame, kad padarėte ką nors netinkamo.",
  first_step = "Pirmiausia prašome uždaryti serverį pašaliniams asmenims. Toliau paaiškinta, kaip tai padaryti.",

  earlier = "Jau rašėme Jums dėl šio serverio.",
  earlier_on = "{date} rašėme Jums dėl šio serverio.",
  earlier_case = "Tuomet atvejo numeris buvo {earlier_case}.",

  seen_title = "Ką nustatėme",
  seen = "Mūsų bandomoji programa prisijungė prie {port} prievado. Eilutes, pažymėtas raide C, išsiuntė bandomoji "
    .. "programa; eilutės, pažymėtos raide S, gautos iš serverio.",
  seen_from = "Mūsų bandomoji programa prisijungė prie {port} prievado iš adreso {from}. Eilutes, pažymėtas raide C, "
    .. "išsiuntė bandomoji programa; eilutės, pažymėtos raide S, gautos iš serverio.",
  decisive = "Lemiamos yra eilutės, pažymėtos žvaigždute (*).",
  more_lines = { one = "… (dar {n} eilutė)", few = "… (dar {n} eilutės)", other = "… (dar {n} eilučių)" },
  returned = {
    relay = "Laiške buvo žyma {token}, kurios neįmanoma atspėti. Į mūsų pačių priėmimo serverį laiškas buvo pristatytas "
      .. "{date} {time} (UTC) iš adreso {peer}.",
    proxy = "Ryšiu buvo perduota žyma {token}, kurios neįmanoma atspėti. Mūsų pačių priėmimo serverį ji pasiekė {date} "
      .. "{time} (UTC) iš adreso {peer}.",
  },
  peer_same = "Tai serverio, kurį tikrinome, adresas.",
  peer_other = "Tai ne tas adresas, kurį tikrinome; atrodo, kad serveris per jį persiunčia duomenų srautą.",
  ports_all = "Prašėme ryšio su keliais mūsų pačių kompiuterio prievadais. Visi ryšiai buvo užmegzti: {reached}.",
  ports_some = "Prašėme ryšio su keliais mūsų pačių kompiuterio prievadais. Ryšys buvo užmegztas su šiais prievadais: "
    .. "{reached}. Ryšys nebuvo užmegztas su šiais prievadais: {missed}.",
  ports_mail = "Tarp prievadų, į kuriuos serveris praleidžia, yra el. paštui skirtas 25 prievadas: bet kas gali per "
    .. "serverį siųsti el. laiškus, ir atrodo, kad jie siunčiami iš jo.",
  ours_alone = {
    relay = "Laiškas buvo skirtas tik mūsų pačių pašto dėžutei. Niekam kitam nieko nebuvo išsiųsta.",
    proxy = "Ryšys buvo užmegztas tik su mūsų pačių kompiuteriu. Su niekuo kitu per serverį nebuvo susisiekta.",
  },

  check_title = "Kaip tai patikrinti patiems",
  check = {
    relay = "Lemiamą žingsnį galima pakartoti programa swaks, kuri čia baigia darbą dar neišsiuntusi laiško. Prašome "
      .. "paleisti šią komandą kompiuteryje, esančiame už Jūsų pačių tinklų ribų, ir vietoj you@elsewhere.example įrašyti "
      .. "savo adresą, suteiktą kito paslaugų teikėjo:",
    relay_lines = "Prašome prisijungti prie serverio iš kompiuterio, esančio už Jūsų pačių tinklų ribų, toliau nurodyta "
      .. "komanda. Tada įveskite pirmiau pateiktas eilutes, pažymėtas raide C, iki RCPT TO imtinai, kaip gavėją "
      .. "nurodydami savo adresą, suteiktą kito paslaugų teikėjo:",
    relay_answer = "Jei į RCPT TO serveris atsako kodu, prasidedančiu skaitmeniu 5, jis atmeta pašalinius asmenis, kaip "
      .. "ir turėtų. Jei kodas prasideda skaitmeniu 2, jis priima pašalinio asmens laišką išoriniam gavėjui.",
    proxy = "Prašome paleisti šias komandas kompiuteryje, esančiame už Jūsų pačių tinklų ribų:",
    proxy_answer = "Jei bent viena iš jų parodo tinklalapį „Example Domain“, serveris praleidžia pašalinius asmenis. Jei "
      .. "visos baigiasi klaida, serveris šias užklausas atmetė.",
  },

  matter = "Prašome perskaityti šį raštą iki galo: tai, apie ką jame rašoma, gali turėti įtakos Jūsų interneto prieigai "
    .. "ir Jūsų buvimui internete.",
  who = "Šis raštas yra bendro projekto „{project}“ dalis. Projekte dalyvauja: {partners}.",
  who_alone = "Šis raštas yra projekto „{project}“ dalis.",
  purpose = "Projekto tikslas – pranešti atvirų serverių savininkams, kaip juos apsaugoti, kad kiti negalėtų jų naudoti "
    .. "nepageidaujamiems el. laiškams (brukalui) siųsti arba savo tapatybei slėpti.",

  what_title = "Kas yra atviri pašto serveriai ir atviri įgaliotieji serveriai",
  what_they_are = "Atviras pašto serveris (angl. open relay) priima el. paštą iš bet ko ir persiunčia jį bet kam, nors "
    .. "nei siuntėjas, nei gavėjas neturi nieko bendra su jo savininku. Atviras įgaliotasis serveris (angl. open proxy) "
    .. "tą patį daro su ryšiais: iš bet ko į bet kurią interneto vietą. Kitai pusei atrodo, kad duomenų srautas "
    .. "siunčiamas iš to serverio.",
  how_abused = "Tokius serverius lengva rasti automatine paieška. Jie naudojami dideliems brukalo kiekiams siųsti, "
    .. "kenkimo programinei įrangai platinti, žmonėms apgaudinėti ir kitiems kompiuteriams atakuoti, o tikrasis siuntėjas "
    .. "lieka nežinomas.",

  harm_title = "Ką tai gali reikšti Jums",
  harm = {
    "Serveris ir Jūsų interneto ryšys gali sulėtėti arba nustoti veikti, kai per juos eina didelis svetimų duomenų "
      .. "srautas.",
    "Jums gali tekti mokėti už duomenų srautą ir padarinių šalinimą.",
    "Jūsų interneto paslaugų teikėjas gali apriboti arba nutraukti Jūsų prieigą.",
    "Adresas gali būti įtrauktas į blokavimo sąrašus, todėl kiti gali atmesti Jūsų pačių el. laiškus.",
    "Gali atrodyti, kad brukalas ir atakos sklinda iš Jūsų, ir tai gali pakenkti Jūsų reputacijai.",
  },

  remedy_title = "Kaip uždaryti serverį",
  remedy = {
    relay = {
      "Nustatykite, kad serveris priimtų el. paštą išoriniams gavėjams tik iš Jūsų pačių tinklų ir iš autentifikuotų "
        .. "naudotojų. Visi kiti turi būti atmetami.",
      "Patikimų tinklų sąrašas turi būti kuo trumpesnis. Patikrinkite, ar serveris mato tikrąjį besijungiančiųjų adresą, "
        .. "ypač jei jis veikia konteineryje arba už apkrovos skirstytuvo.",
      "Nuolat atnaujinkite programinę įrangą.",
    },
    proxy = {
      "Išjunkite įgaliotąjį serverį, jei jis Jums nereikalingas.",
      "Jei jis reikalingas, leiskite jį pasiekti tik iš Jūsų pačių tinklų arba reikalaukite slaptažodžio. Visi kiti turi "
        .. "būti atmetami.",
      "Užkardoje užblokuokite prieigą iš interneto prie {port} prievado.",
      "Jei niekas iš Jūsų šios paslaugos neįdiegė, ji galėjo būti pateikta kartu su įrenginiu arba kas nors galėjo "
        .. "perimti kompiuterio valdymą. Tokiu atveju užblokuoti prievadą nepakanka: kompiuterį būtina ištirti.",
    },
  },
  found = {
    open = "Ką nustatė mūsų patikra: {what} {close}",
    suspect = "Jei serveris yra atviras, taip yra dėl šios priežasties: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Serveris persiunčia laiškus iš bet kurio siuntėjo bet kuriam gavėjui; nebūtina, kad bent vienas iš jų būtų "
        .. "Jūsų.",
      close = "Nustatykite, kad jis atmestų išorinius gavėjus, nebent klientas yra Jūsų pačių tinkle arba yra "
        .. "autentifikuotas.",
    },
    ["same-domain"] = {
      what = "Serveris persiunčia laiškus, kai siuntėjas ir gavėjas yra iš to paties domeno, nors tas domenas ne Jūsų. "
        .. "Tokį siuntėją gali nurodyti bet kas.",
      close = "Sprendimas turi priklausyti nuo kliento adreso arba autentifikavimo ir niekada – nuo siuntėjo adreso.",
    },
    ["null-sender"] = {
      what = "Serveris persiunčia laiškus bet kam, kai siuntėjas tuščias (<>), kaip būna pranešimuose apie nepristatytus "
        .. "laiškus.",
      close = "Tuščiam siuntėjui turi galioti ta pati taisyklė kaip ir bet kuriam kitam; panaikinkite visas jam taikomas "
        .. "išimtis.",
    },
    ["bare-sender"] = {
      what = "Serveris laiko siuntėją be domeno vienu iš savo naudotojų ir persiunčia viską, ką toks siuntėjas siunčia.",
      close = "Atmeskite siuntėjus be domeno, besikreipiančius iš išorės.",
    },
    ["claimed-sender"] = {
      what = "Serveris persiunčia laiškus bet kam, kai siuntėjo adresas priklauso jo paties domenams, vardams ar "
        .. "adresams. Tokį adresą gali nurodyti bet kas.",
      close = "Sprendimas turi priklausyti nuo kliento adreso arba autentifikavimo ir niekada – nuo siuntėjo adreso.",
    },
    ["claimed-user"] = {
      what = "Serveris persiunčia laiškus bet kam, kai siuntėjo adresas yra vieno iš jo naudotojų, pavyzdžiui, root arba "
        .. "postmaster, adresas. Tokį adresą gali nurodyti bet kas.",
      close = "Sprendimas turi priklausyti nuo kliento adreso arba autentifikavimo, netaikant išimčių jokio naudotojo "
        .. "adresui.",
    },
    ["claimed-greeting"] = {
      what = "Serveris persiunčia laiškus klientų, kurie pasisveikinimo komandoje (EHLO) nurodo tam tikrą vardą. Bet kas "
        .. "gali nurodyti bet kokį vardą.",
      close = "Netikėkite jokiu pasisveikinant nurodytu vardu: sprendimas turi priklausyti nuo kliento adreso arba "
        .. "autentifikavimo.",
    },
    ["unknown-sender"] = {
      what = "Serveris persiunčia laiškus iš siuntėjų, kurių domenas neegzistuoja.",
      close = "Nustatykite, kad jis atmestų pašalinių asmenų nurodytus išorinius gavėjus, taip pat siuntėjus, kurių "
        .. "domenas nežinomas.",
    },
    ["empty-domain"] = {
      what = "Serveris laiko savu adresą, kuris baigiasi ženklu @ be domeno po jo, ir tada laišką persiunčia.",
      close = "Adresą su tuščiu domenu atmeskite kaip sintaksės klaidą, prieš spręsdami ką nors kita.",
    },
    ["bare-recipient"] = {
      what = "Serveris netaiko savo taisyklės gavėjams, užrašytiems be kampinių skliaustų < >.",
      close = "Priimkite tik adresus kampiniuose skliaustuose < >.",
    },
    ["quoted-route"] = {
      what = "Serveris laiko savu adresą kabutėse, pašalina kabutes ir tada persiunčia laišką tuo adresu, kuris buvo tarp "
        .. "jų.",
      close = "Taisyklė turi būti taikoma po to, kai adresai perrašomi; arba atmeskite ženklus @, %, ! ir / prieš domeną.",
    },
    ["percent-route"] = {
      what = "Serveris ženklą % prieš domeną supranta kaip maršrutą (naudotojas%elsewhere.example@jusu-serveris) ir pagal "
        .. "jį persiunčia laišką.",
      close = "Išjunkite šį pasenusį maršruto parinkimo būdą.",
    },
    ["two-ats"] = {
      what = "Serveris adresą su dviem ženklais @ laiko savu pagal paskutinį iš jų, o laišką persiunčia pagal pirmąjį.",
      close = "Adresus, kuriuose yra daugiau kaip vienas ženklas @, atmeskite kaip sintaksės klaidą.",
    },
    ["source-route"] = {
      what = "Serveris vadovaujasi prieš adresą nurodytu maršrutu (@jusu-serveris:naudotojas@elsewhere.example) ir pagal "
        .. "jį persiunčia laišką.",
      close = "Tokių maršrutų nepaisykite arba juos atmeskite.",
    },
    ["uucp-path"] = {
      what = "Serveris ženklą ! adrese supranta kaip maršrutą (elsewhere.example!naudotojas) ir pagal jį persiunčia "
        .. "laišką arba laiko savu siuntėją su ženklu !.",
      close = "Atmeskite ženklą ! adresuose, gaunamuose iš išorės.",
    },
    ["srs-hash"] = {
      what = "Serveris perrašytus grįžtamuosius adresus (SRS) vėl paverčia juose esančiais adresais, netikrindamas jų "
        .. "maišos reikšmės, ir persiunčia laišką tais adresais.",
      close = "Tikrinkite tokio adreso maišos reikšmę ir datą ir adresą atmeskite, jei jos neteisingos.",
    },
    spelling = {
      what = "Serveris neatpažįsta gavėjo domeno, kai jis užrašytas kitaip (didžiosiomis raidėmis, su tašku pabaigoje, "
        .. "viso pločio raidėmis), ir persiunčia laišką.",
      close = "Prieš lygindami domeną su bet kuriuo sąrašu, suvienodinkite jo užrašymą.",
    },
    smtputf8 = {
      what = "Serveris netaiko savo taisyklės laiškams, kurie nurodyti kaip internacionalizuoti (SMTPUTF8).",
      close = "Ta pati taisyklė turi galioti ir jiems; arba išjunkite šį plėtinį.",
    },
    ["inside-tls"] = {
      what = "Serveris atmeta pašalinius asmenis, kai ryšys nešifruotas, bet persiunčia bet kieno laiškus, kai tik ryšys "
        .. "užšifruojamas (STARTTLS).",
      close = "Vien šifravimas nėra autentifikavimas: reikalaukite slaptažodžio arba pasitikėkite tik Jums žinomais "
        .. "klientų sertifikatais.",
    },
    xclient = {
      what = "Serveris leidžia bet kuriam klientui komanda XCLIENT nurodyti, iš kokio adreso jis jungiasi, ir persiunčia "
        .. "laiškus kiekvieno, kuris apsimeta pačiu serveriu.",
      close = "Komandą XCLIENT priimkite tik iš savo pačių tinklų sietuvų (pavyzdyje – 192.0.2.10).",
    },
    ["proxy-line"] = {
      what = "Serveris tiki bet kurio kliento PROXY eilute, kurioje nurodoma, iš kur jungiamasi, ir persiunčia laiškus "
        .. "kiekvieno, kuris apsimeta pačiu serveriu.",
      close = "PROXY protokolą priimkite tik iš savo pačių apkrovos skirstytuvo (pavyzdyje – 192.0.2.10) ir tik per "
        .. "prievadą, kurį gali pasiekti tik jis.",
    },
    ["second-recipient"] = {
      what = "Serveris atmeta išorinį gavėją, kai jis nurodytas pirmas, bet priima jį po vieno iš savo gavėjų.",
      close = "Taisyklė turi būti taikoma kiekvienam gavėjui atskirai.",
    },
    ["web-form"] = {
      what = "Žiniatinklio serverio forma siunčia el. laiškus bet kuriuo užklausoje nurodytu adresu.",
      close = "Formos laiškų gavėjus įrašykite pačiame scenarijuje, nė vieno neimkite iš užklausos ir pašalinkite senus "
        .. "scenarijus, tokius kaip FormMail.",
    },
    ["web-proxy"] = {
      what = "Žiniatinklio serverio puslapis bet kam parsiunčia bet kurio užklausoje nurodyto URL adreso turinį ir jį "
        .. "parodo.",
      close = "Pašalinkite scenarijų arba leiskite jam parsiųsti turinį tik iš Jūsų išvardytų serverių ir tik "
        .. "autentifikuotiems naudotojams.",
    },
    ["local-services"] = {
      what = "Įgaliotasis serveris praleidžia pašalinius asmenis prie savo paties kompiuterio paslaugų, kurios gali "
        .. "pasitikėti kiekvienu, besijungiančiu iš ten.",
      close = "Atmeskite ryšius su paties įgaliotojo serverio kompiuteriu (127.0.0.1, ::1 ir kitais jo adresais) ir "
        .. "praleiskite tik savo tinklo klientus.",
    },
    ["connect-udp"] = {
      what = "Serveris per HTTP (connect-udp, kitaip – MASQUE) siunčia bet kieno datagramas (UDP) bet kuriuo adresu.",
      close = "Išjunkite connect-udp, jei Jums to nereikia. Kitu atveju reikalaukite autentifikavimo arba praleiskite tik "
        .. "savo tinklo klientus.",
    },
    ["ipv6-clients"] = {
      what = "Tai įvyko per IPv6. Serveris konteineryje dažnai visus IPv6 klientus mato su savo paties tinklo adresu ir "
        .. "todėl jais pasitiki.",
      close = "Pasirūpinkite, kad serveris matytų tikruosius savo klientų IPv6 adresus, ir išbraukite konteinerių tinklą "
        .. "iš patikimų tinklų sąrašo.",
    },
  },
  cause_named = "Ši programinės įrangos {software} nuostata uždaro būtent tai:",
  cause_if = "Jei serveryje veikia programinė įranga {software}, būtent tai uždaro ši nuostata:",
  software_named = "Serveris nurodo, kad jame veikia programinė įranga {software}. Toliau pateiktos nuostatos uždaro ją "
    .. "pašaliniams asmenims. Jos pakeičia eilutes tuo pačiu pavadinimu. Vietoj 192.0.2.0/24 įrašykite savo tinklą.",
  software_if = "Jei serveryje veikia programinė įranga {software}, toliau pateiktos nuostatos uždaro ją pašaliniams "
    .. "asmenims. Jos pakeičia eilutes tuo pačiu pavadinimu. Vietoj 192.0.2.0/24 įrašykite savo tinklą.",
  software_none = "Jei pranešite mums, kokia programinė įranga veikia serveryje, galėsime tiksliau nurodyti, ką nustatyti.",
  firewall = "Kad ir kokia būtų programinė įranga, užkarda nepraleidžia pašalinių asmenų. Vietoj 192.0.2.0/24 įrašykite "
    .. "savo tinklą.",
  on_system = "Naudojant užkardą {system}:",
  makers = "Tarp toliau pateiktų nuorodų yra paplitusios programinės įrangos kūrėjų instrukcijų ir tokių, kurios tinka "
    .. "bet kokiai programinei įrangai.",
  in_file = "Faile {file}:",
  remove = "Pašalinkite iš failo {file}:",
  run = "Tada paleiskite:",
  shell = "Pačios programos komandų eilutėje:",
  questions = "Šie klausimai gali padėti rasti silpnąją vietą:",

  links_title = "Daugiau informacijos",

  after_title = "Pakartotinė patikra ir prieštaravimai",
  retest = "Kai serveris bus uždarytas, prašome parašyti adresu {retest}, temos eilutėje nurodant „RETEST {case}“. Tada "
    .. "jį patikrinsime dar kartą ir pranešime Jums rezultatą.",
  object = "Jei manote, kad čia kas nors neteisinga, prašome parašyti adresu {objection} ir nurodyti atvejo numerį: "
    .. "{case}.",
  lists = "Yra du sąrašai tų, kurie nepageidauja patikrų arba raštų. Galite būti įtraukti į vieną iš jų arba į abu:",
  list_tests = "Jei nepageidaujate, kad serveris būtų tikrinamas dar kartą, prašome parašyti adresu {stop_tests}, temos "
    .. "eilutėje nurodant „STOP-TESTS {case}“.",
  list_letters = "Jei nepageidaujate daugiau raštų, prašome parašyti adresu {stop_letters}, temos eilutėje nurodant "
    .. "„STOP-LETTERS {case}“.",

  evidence_title = "Įrodymai",
  evidence = "Viskas, kuo apsikeitė mūsų bandomoji programa ir serveris, kartu su laiku išsaugota įrodymų faile {bundle}, "
    .. "atvejis {case}. Štai šio failo SHA-256 maišos reikšmė, kokią pateikia komanda „sha256sum“:",
  evidence_check = "Failas su kita maišos reikšme yra kitas failas arba po šio rašto buvo pakeistas ar papildytas. Failas "
    .. "pasirašytas raktu {key_id}. Dalį, kuri susijusi su Jumis, galite gauti iš mūsų: tai failas su sava maišos reikšme "
    .. "ir tuo pačiu parašu. Abu failai tikrinami komanda „ajar verify“ arba be mūsų programinės įrangos – programomis "
    .. "minisign ir sha256sum, kaip paaiškinta juose esančiame faile VERIFY.txt. Viešasis raktas:",

  contact = "Klausimus galima siųsti adresu {contact}.",
  regards = "Pagarbiai",

  interval = {
    one = "Iš mūsų gausite ne daugiau kaip vieną tokį raštą per {n} dieną.",
    few = "Iš mūsų gausite ne daugiau kaip vieną tokį raštą per {n} dienas.",
    other = "Iš mūsų gausite ne daugiau kaip vieną tokį raštą per {n} dienų.",
  },

  group_subject = "{project}: serveriai, už kuriuos atsakote ir kurie yra arba gali būti atviri pašaliniams "
    .. "asmenims ({case})",
  group_greeting = "Asmenims, atsakingiems už toliau išvardytus serverius",
  group_findings = {
    one = "Šis raštas yra dėl {n} radinio serveriuose, už kuriuos, mūsų žiniomis, atsakote Jūs.",
    few = "Šis raštas yra dėl {n} radinių serveriuose, už kuriuos, mūsų žiniomis, atsakote Jūs.",
    other = "Šis raštas yra dėl {n} radinių serveriuose, už kuriuos, mūsų žiniomis, atsakote Jūs.",
  },
  group_at_one = "Visi jie susiję su IP adresu {address}.",
  group_at = {
    one = "Jie susiję su {n} IP adresu.",
    few = "Jie susiję su {n} skirtingais IP adresais.",
    other = "Jie susiję su {n} skirtingų IP adresų.",
  },
  group_tested = "Šie adresai mums nurodyti kaip serverių, kurie gali būti atviri pašaliniams asmenims, "
    .. "adresai. Todėl serverius patikrinome. Toliau pateiktame sąraše nurodytas kiekvienos patikros rezultatas.",
  group_first_step = "Pirmiausia prašome uždaryti šiuos serverius pašaliniams asmenims. Toliau paaiškinta, kaip "
    .. "tai padaryti.",
  group_title = "Ką radome",
  group_columns = {
    address = "Adresas",
    port = "Prievadas",
    found = "Radinys",
    time = "Laikas (UTC)",
  },
  group_found = {
    open = { relay = "atviras pašto serveris", proxy = "atviras įgaliotasis serveris" },
    suspect = { relay = "pašto serveris, galbūt atviras", proxy = "įgaliotasis serveris, galbūt atviras" },
  },
  group_attached = "Pridėtame faile {file} yra visi radiniai, po vieną eilutėje, su išsamesniais duomenimis.",
  group_example = "Pavyzdys – serveris adresu {address}, prievadas {port} (atvejis {case}).",
  group_remedy_for = "Dėl adreso {address}, prievadas {port}, ir panašių serverių:",
  group_retest = "Kai serveriai bus uždaryti, prašome parašyti adresu {retest}, temos eilutėje nurodant „RETEST "
    .. "{case}“; šis numeris apima visus šio rašto atvejus. Jei uždaryti tik kai kurie iš jų, prašome laiške "
    .. "nurodyti tuos atvejus. Tada juos patikrinsime dar kartą ir pranešime Jums rezultatą.",
  group_list_tests = "Jei nepageidaujate, kad šie serveriai būtų tikrinami dar kartą, prašome parašyti adresu "
    .. "{stop_tests}, temos eilutėje nurodant „STOP-TESTS {case}“.",
  group_evidence = "Viskas, kuo apsikeitė mūsų bandomoji programa ir serveriai, kartu su laiku išsaugota "
    .. "įrodymų faile {bundle}, kiekvienas atvejis pagal savo numerį. Štai šio failo SHA-256 maišos reikšmė, "
    .. "kokią pateikia komanda „sha256sum“:",
  group_earlier = "Jau rašėme Jums dėl šių serverių.",
  group_earlier_on = "{date} rašėme Jums dėl šių serverių.",

  tones = {
    reminder = {
      group_subject = "{project}: priminimas dėl serverių, už kuriuos atsakote ir kurie yra arba gali būti "
        .. "atviri pašaliniams asmenims ({case})",
      group_tested = "Dabar serverius patikrinome dar kartą. Toliau pateiktame sąraše nurodytas kiekvienos "
        .. "patikros rezultatas.",
      group_first_step = "Prašome dabar uždaryti šiuos serverius pašaliniams asmenims. Toliau paaiškinta, kaip "
        .. "tai padaryti. Jei jau tai darote arba Jums reikia pagalbos, prašome mums pranešti: pakanka trumpos "
        .. "žinutės adresu {contact}.",
      group_no_blame = "Gali būti, kad ankstesnis mūsų raštas nepasiekė reikiamo asmens arba kad kuris nors "
        .. "pakeitimas nedavė norimo rezultato. Jei už šiuos serverius atsako kiti, prašome perduoti jiems šį "
        .. "raštą.",
      subject = {
        open = {
          relay = "{project}: priminimas dėl atviro pašto serverio adresu {address}, prievadas {port}",
          proxy = "{project}: priminimas dėl atviro įgaliotojo serverio adresu {address}, prievadas {port}",
        },
        suspect = {
          relay = "{project}: priminimas dėl pašto serverio adresu {address}, prievadas {port}",
          proxy = "{project}: priminimas dėl įgaliotojo serverio adresu {address}, prievadas {port}",
        },
      },
      again = "Dabar serverį patikrinome dar kartą.",
      still = "Taigi serveris tebėra atviras pašaliniams asmenims.",
      no_blame = "Gali būti, kad ankstesnis mūsų raštas nepasiekė reikiamo asmens arba kad kuris nors pakeitimas nedavė "
        .. "norimo rezultato. Jei už serverį atsako kiti, prašome perduoti jiems šį raštą.",
      first_step = "Prašome dabar uždaryti serverį pašaliniams asmenims. Toliau paaiškinta, kaip tai padaryti. Jei jau "
        .. "tai darote arba Jums reikia pagalbos, prašome mums pranešti: pakanka trumpos žinutės adresu {contact}.",
    },

    provider = {
      group_subject = "{project}: serveriai Jūsų tinkle, kurie yra arba gali būti atviri pašaliniams asmenims "
        .. "({case})",
      group_greeting = "Asmenims, atsakingiems už tinklą, kuriam priklauso toliau išvardyti adresai",
      group_findings = {
        one = "Šis raštas yra dėl {n} radinio serveriuose, kurie, mūsų žiniomis, yra Jūsų tinkle; jie gali "
          .. "priklausyti Jūsų klientams.",
        few = "Šis raštas yra dėl {n} radinių serveriuose, kurie, mūsų žiniomis, yra Jūsų tinkle; jie gali "
          .. "priklausyti Jūsų klientams.",
        other = "Šis raštas yra dėl {n} radinių serveriuose, kurie, mūsų žiniomis, yra Jūsų tinkle; jie gali "
          .. "priklausyti Jūsų klientams.",
      },
      group_first_step = "Prašome perduoti šį raštą tiems, kurie prižiūri serverius, ir pasirūpinti, kad "
        .. "serveriai būtų uždaryti pašaliniams asmenims. Jei žinote, kam turėtume rašyti vietoj Jūsų, prašome "
        .. "mums pranešti: {contact}.",
      group_limit = "Kol serveriai neuždaryti, galite apsaugoti kitus užblokuodami ryšius iš interneto su "
        .. "įgaliotųjų serverių prievadais ir apribodami, ką pašto serveriai gali siųsti į kitų serverių 25 "
        .. "prievadą.",
      subject = {
        open = {
          relay = "{project}: atviras pašto serveris Jūsų tinkle adresu {address}, prievadas {port}",
          proxy = "{project}: atviras įgaliotasis serveris Jūsų tinkle adresu {address}, prievadas {port}",
        },
        suspect = {
          relay = "{project}: galbūt atviras pašto serveris Jūsų tinkle adresu {address}, prievadas {port}",
          proxy = "{project}: galbūt atviras įgaliotasis serveris Jūsų tinkle adresu {address}, prievadas {port}",
        },
      },
      greeting = "Asmenims, atsakingiems už tinklą, kuriam priklauso adresas {address}",
      address = "Šis raštas yra dėl serverio, kurio IP adresas yra {address}, prievadas – {port}. Mūsų žiniomis, adresas "
        .. "priklauso Jūsų tinklui, o serveris gali priklausyti vienam iš Jūsų klientų.",
      address_name = "Šis raštas yra dėl serverio {host}, kurio IP adresas yra {address}, prievadas – {port}. Mūsų "
        .. "žiniomis, adresas priklauso Jūsų tinklui, o serveris gali priklausyti vienam iš Jūsų klientų.",
      matter = "Prašome perskaityti šį raštą iki galo: tai, apie ką jame rašoma, gali turėti įtakos Jūsų tinklui ir Jūsų "
        .. "klientams.",
      no_blame = "Serveris gali būti atviras savininkui to nežinant, dažnai todėl, kad kuri nors nuostata niekada nebuvo "
        .. "pakeista. Neteigiame, kad Jūs arba Jūsų klientas padarėte ką nors netinkamo.",
      first_step = "Prašome perduoti šį raštą tiems, kurie prižiūri serverį, ir pasirūpinti, kad serveris būtų uždarytas "
        .. "pašaliniams asmenims. Jei žinote, kam turėtume rašyti vietoj Jūsų, prašome mums pranešti: {contact}.",
      limit = {
        relay = "Kol serveris neuždarytas, galite apsaugoti kitus apribodami, ką jis gali siųsti į kitų serverių 25 "
          .. "prievadą.",
        proxy = "Kol serveris neuždarytas, galite apsaugoti kitus užblokuodami ryšius iš interneto su šio adreso {port} "
          .. "prievadu.",
      },
      harm_title = "Ką tai gali reikšti Jums ir Jūsų klientams",
      harm = {
        "Jūsų tinklo adresai gali būti įtraukti į blokavimo sąrašus, todėl kiti gali atmesti Jūsų ir su tuo nieko bendra "
          .. "neturinčių Jūsų klientų el. laiškus.",
        "Svetimas duomenų srautas apkrauna Jūsų linijas, ir Jums arba Jūsų klientui gali tekti už jį mokėti.",
        "Skundai dėl brukalo ir atakų siunčiami Jums, nes atrodo, kad brukalas ir atakos sklinda iš Jūsų tinklo.",
      },
      pass_on = "Toliau pateiktas tekstas skirtas tiems, kurie prižiūri serverį.",
    },

    ["all-clear"] = {
      group_subject = "{project}: serveriai, už kuriuos atsakote, uždaryti pašaliniams asmenims ({case})",
      group_findings = {
        one = "Šis raštas yra dėl {n} serverio, kuris per ankstesnes mūsų patikras buvo atviras ir už kurį, "
          .. "mūsų žiniomis, atsakote Jūs.",
        few = "Šis raštas yra dėl {n} serverių, kurie per ankstesnes mūsų patikras buvo atviri ir už kuriuos, "
          .. "mūsų žiniomis, atsakote Jūs.",
        other = "Šis raštas yra dėl {n} serverių, kurie per ankstesnes mūsų patikras buvo atviri ir už kuriuos, "
          .. "mūsų žiniomis, atsakote Jūs.",
      },
      group_tested = "Serverius patikrinome dar kartą. Mūsų bandomoji programa, kuri nebuvo autentifikuota, "
        .. "nebegalėjo praeiti nė pro vieną iš jų. Toliau pateiktame sąraše nurodytas kiekvienos patikros "
        .. "rezultatas.",
      group_found = {
        closed = { relay = "uždarytas pašto serveris", proxy = "uždarytas įgaliotasis serveris" },
      },
      group_thanks = "Kiek galima spręsti iš šių patikrų, serveriai yra uždaryti pašaliniams asmenims. Dėkojame "
        .. "už pagalbą.",
      group_bounds = "Patikros apėmė tik šias paslaugas nurodytu metu. Jos nieko nepasako apie kitas "
        .. "kompiuterių paslaugas, o vėliau pakeitus nuostatas serveris vėl gali tapti atviras.",
      subject = {
        closed = {
          relay = "{project}: pašto serveris adresu {address}, prievadas {port}, uždarytas pašaliniams asmenims",
          proxy = "{project}: įgaliotasis serveris adresu {address}, prievadas {port}, uždarytas pašaliniams asmenims",
        },
      },
      tested = {
        closed = {
          relay = "{date} {time} (UTC) serverį patikrinome dar kartą. Mūsų bandomoji programa, kuri nebuvo "
            .. "autentifikuota, negalėjo per jį išsiųsti laiško į išorinę pašto dėžutę.",
          proxy = "{date} {time} (UTC) serverį patikrinome dar kartą. Mūsų bandomoji programa, kuri nebuvo "
            .. "autentifikuota, negalėjo per jį pasiekti kito kompiuterio internete.",
        },
      },
      thanks = "Kiek galima spręsti iš šios patikros, serveris yra uždarytas pašaliniams asmenims. Dėkojame už pagalbą.",
      settled = "Mums šis atvejis tuo baigtas, ir Jums nereikia atsakyti į šį raštą.",
      bounds = "Patikra apėmė tik šią paslaugą nurodytu metu. Ji nieko nepasako apie kitas kompiuterio paslaugas, o "
        .. "vėliau pakeitus nuostatas serveris vėl gali tapti atviras.",
      left_title = "Ką galbūt dar liko padaryti",
      left = {
        relay = {
          "Pašalinių asmenų serveryje palikti laiškai vis dar gali laukti jo eilėje. Prašome peržiūrėti eilę ir ištrinti "
            .. "tai, kas ne Jūsų.",
          "Jei adresas yra blokavimo sąrašuose, jų tvarkytojai Jūsų prašymu jį pašalina; kai kuriuose sąrašuose tai po "
            .. "kurio laiko padaroma savaime.",
          "Nuolat atnaujinkite programinę įrangą ir po kiekvieno nuostatų pakeitimo patikrinkite serverį iš išorės.",
        },
        proxy = {
          "Serverio žurnalai gali parodyti, kas ir kam jį naudojo, kol jis buvo atviras. Prašome juos išsaugoti, jei "
            .. "ketinate apie tai pranešti policijai.",
          "Jei niekas iš Jūsų šios paslaugos neįdiegė, kas nors galėjo perimti kompiuterio valdymą. Tokiu atveju "
            .. "kompiuterį būtina ištirti, nors paslauga nebepasiekiama.",
          "Jei adresas yra blokavimo sąrašuose, jų tvarkytojai Jūsų prašymu jį pašalina; kai kuriuose sąrašuose tai po "
            .. "kurio laiko padaroma savaime.",
          "Nuolat atnaujinkite programinę įrangą ir po kiekvieno nuostatų pakeitimo patikrinkite serverį iš išorės.",
        },
      },
    },
  },
}

return {
  code = "lt",
  name = "lietuvių",
  english = "Lithuanian",
  messages = messages,

  plural = function(n)
    local ten, hundred = n % 10, n % 100
    if hundred >= 11 and hundred <= 19 or ten == 0 then
      return "other"
    end
    return ten == 1 and "one" or "few"
  end,

  -- 2026 m. lapkričio 24 d.
  date = function(t)
    return string.format("%d m. %s %d d.", t.year, months[t.month], t.day)
  end,

  -- 02:10:16
  time = function(t)
    return string.format("%02d:%02d:%02d", t.hour, t.minute, t.second)
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

  -- a, b ir c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " ir " .. items[#items] or items[1]
  end,
}
