-- Albanian. The reader is addressed as “ju”. An open relay is “server i hapur i postës elektronike (open relay)”, an open proxy
-- “server proxy i hapur (open proxy)”, strangers are “persona të paautorizuar” (“të huaj” would be foreigners).

local months = { "janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht",
  "shtator", "tetor", "nëntor", "dhjetor" }

local messages = {
  subject = {
    open = {
      relay = "{project}: server i hapur i postës elektronike në adresën {address}, porta {port}",
      proxy = "{project}: server proxy i hapur në adresën {address}, porta {port}",
    },
    suspect = {
      relay = "{project}: server i postës elektronike që mund të jetë i hapur, në adresën {address}, porta {port}",
      proxy = "{project}: server proxy që mund të jetë i hapur, në adresën {address}, porta {port}",
    },
  },

  greeting = "Përgjegjësve për serverin {address}",
  address = "Kjo letër ka të bëjë me serverin me adresë IP {address}, porta {port}. Sipas informacionit që kemi, "
    .. "përgjegjës për këtë server jeni ju.",
  address_name = "Kjo letër ka të bëjë me serverin {host}, me adresë IP {address}, porta {port}. Sipas informacionit "
    .. "që kemi, përgjegjës për këtë server jeni ju.",
  source = "Adresa gjendet në listën “{source}”, e cila përmban serverë që mund të jenë të hapur për persona të "
    .. "paautorizuar. Për këtë arsye e kemi testuar serverin.",
  sources = "Adresa gjendet në disa lista serverësh që mund të jenë të hapur për persona të paautorizuar: {sources}. "
    .. "Për këtë arsye e kemi testuar serverin.",
  source_name = "“{name}”",
  source_given = "Adresa gjendet në një listë që na është dhënë, e cila përmban serverë që mund të "
    .. "jenë të hapur për persona të paautorizuar. Për këtë arsye e kemi testuar serverin.",
  source_unknown = "Adresa na është njoftuar si adresë e një serveri që mund të jetë i hapur për persona të "
    .. "paautorizuar. Për këtë arsye e kemi testuar serverin.",
  tested = {
    open = {
      relay = "Më {date}, në orën {time} (UTC), serveri pranoi një mesazh nga programi ynë i testimit, i cili nuk "
        .. "ishte identifikuar, dhe e përcolli atë në një kuti postare gjetkë. Një server që e bën këtë për këdo "
        .. "quhet server i hapur i postës elektronike (open relay).",
      proxy = "Më {date}, në orën {time} (UTC), serveri përcolli trafik nga programi ynë i testimit, i cili nuk "
        .. "ishte identifikuar, te një kompjuter tjetër në internet. Një server që e bën këtë për këdo quhet server "
        .. "proxy i hapur (open proxy).",
    },
    suspect = {
      relay = "Më {date}, në orën {time} (UTC), serveri pranoi nga programi ynë i testimit, i cili nuk ishte "
        .. "identifikuar, një mesazh për një kuti postare gjetkë. Kur përfundoi testi, mesazhi nuk kishte mbërritur "
        .. "atje. Prandaj nuk mund të themi me siguri që serveri është i hapur dhe ju lutemi ta kontrolloni.",
      proxy = "Më {date}, në orën {time} (UTC), serveri pranoi ta lidhte programin tonë të testimit, i cili nuk "
        .. "ishte identifikuar, me një kompjuter tjetër në internet. Kur përfundoi testi, atje nuk kishte mbërritur "
        .. "asgjë. Prandaj nuk mund të themi me siguri që serveri është i hapur dhe ju lutemi ta kontrolloni.",
    },
    doubtful = {
      relay = "Më {date}, në orën {time} (UTC), serveri pranoi nga programi ynë i testimit, i cili nuk ishte "
        .. "identifikuar, mesazhe për një kuti postare gjetkë. Njëri prej tyre mbërriti atje, kurse një tjetër jo. "
        .. "Prandaj nuk mund të themi me siguri që serveri është i hapur dhe ju lutemi ta kontrolloni.",
      proxy = "Më {date}, në orën {time} (UTC), diçka që programi ynë i testimit, i cili nuk ishte identifikuar, i "
        .. "kishte dërguar serverit, mbërriti te një kompjuter tjetër në internet. Por serveri u soll edhe në një "
        .. "mënyrë në të cilën nuk sillet një server proxy i hapur. Prandaj nuk mund të themi me siguri që serveri "
        .. "është i hapur dhe ju lutemi ta kontrolloni.",
    },
  },
  no_blame = "Një server mund të jetë i hapur pa dijeninë e pronarit të tij, shpesh sepse një cilësim nuk është "
    .. "ndryshuar kurrë. Nisemi nga supozimi se nuk keni pasur dijeni për këtë dhe nuk pretendojmë se keni bërë "
    .. "diçka të gabuar.",
  first_step = "Si hap të parë, ju lutemi ta mbyllni serverin për personat e paautorizuar. Më poshtë shpjegohet se "
    .. "si bëhet kjo.",

  earlier = "Ju kemi shkruar edhe më parë për këtë server.",
  earlier_on = "Ju kemi shkruar për këtë server më {date}.",
  earlier_case = "Numri i çështjes ishte atëherë {earlier_case}.",

  seen_title = "Çfarë vumë re",
  seen = "Programi ynë i testimit u lidh me portën {port}. Rreshtat e shënuar me C u dërguan nga programi i "
    .. "testimit; rreshtat e shënuar me S u morën nga serveri.",
  seen_from = "Programi ynë i testimit u lidh me portën {port} nga adresa {from}. Rreshtat e shënuar me C u dërguan "
    .. "nga programi i testimit; rreshtat e shënuar me S u morën nga serveri.",
  decisive = "Rreshtat me yll (*) përpara janë vendimtarë.",
  more_lines = { one = "… (edhe 1 rresht)", other = "… (edhe {n} rreshta)" },
  returned = {
    relay = "Mesazhi mbante shenjën {token}, e cila nuk mund të merret me mend. Mesazhi mbërriti në serverin tonë "
      .. "marrës më {date}, në orën {time} (UTC), i dorëzuar nga adresa {peer}.",
    proxy = "Lidhja mbante shenjën {token}, e cila nuk mund të merret me mend. Lidhja mbërriti në serverin tonë "
      .. "marrës më {date}, në orën {time} (UTC), nga adresa {peer}.",
  },
  peer_same = "Kjo është adresa e serverit që testuam.",
  peer_other = "Kjo nuk është adresa që testuam; me sa duket, serveri e përcjell trafikun nëpërmjet saj.",
  ports_all = "Kërkuam lidhje me disa porta të kompjuterit tonë. Të gjitha lidhjet u vendosën: {reached}.",
  ports_some = "Kërkuam lidhje me disa porta të kompjuterit tonë. Lidhjet me këto porta u vendosën: {reached}. "
    .. "Lidhjet me këto porta nuk u vendosën: {missed}.",
  ports_mail = "Ndër portat te të cilat të çon serveri është porta 25, që përdoret nga posta elektronike: kushdo "
    .. "mund të dërgojë mesazhe elektronike nëpërmjet serverit dhe ato duken sikur vijnë prej tij.",
  ours_alone = {
    relay = "Mesazhi i ishte drejtuar vetëm kutisë sonë postare. Askujt tjetër nuk iu dërgua asgjë.",
    proxy = "Lidhja u bë vetëm me kompjuterin tonë. Askush tjetër nuk u kontaktua nëpërmjet serverit.",
  },

  check_title = "Si mund ta shihni vetë",
  check = {
    relay = "Hapi vendimtar mund të përsëritet me programin swaks, i cili këtu ndalet para se të dërgohet ndonjë "
      .. "mesazh. Ju lutemi ta ekzekutoni këtë komandë në një kompjuter jashtë rrjeteve tuaja dhe në vend të "
      .. "you@elsewhere.example të vendosni një adresë tuajën te një ofrues tjetër:",
    relay_lines = "Ju lutemi të lidheni me serverin nga një kompjuter jashtë rrjeteve tuaja, me komandën e "
      .. "mëposhtme. Më pas shkruani rreshtat e mësipërm të shënuar me C deri te RCPT TO (përfshirë), me një adresë "
      .. "tuajën te një ofrues tjetër si marrës:",
    relay_answer = "Nëse serveri i përgjigjet RCPT TO me një kod që fillon me 5, ai i refuzon personat e "
      .. "paautorizuar, siç duhet. Nëse kodi fillon me 2, ai pranon nga persona të paautorizuar mesazhe për marrës "
      .. "gjetkë.",
    proxy = "Ju lutemi t’i ekzekutoni këto komanda në një kompjuter jashtë rrjeteve tuaja:",
    proxy_answer = "Nëse njëra prej tyre shfaq faqen “Example Domain”, serveri i lejon të kalojnë personat e "
      .. "paautorizuar. Nëse të gjitha përfundojnë me gabim, serveri i ka refuzuar këto kërkesa.",
  },

  matter = "Ju lutemi ta lexoni këtë letër deri në fund: përmbajtja e saj mund të ketë ndikim në qasjen tuaj në "
    .. "internet dhe në praninë tuaj atje.",
  who = "Kjo letër është pjesë e projektit të përbashkët “{project}”, në të cilin marrin pjesë: {partners}.",
  who_alone = "Kjo letër është pjesë e projektit “{project}”.",
  purpose = "Qëllimi i projektit është t’u tregojë pronarëve të serverëve të hapur se si t’i sigurojnë ata, në "
    .. "mënyrë që të tjerët të mos mund t’i përdorin për të dërguar postë të padëshiruar (spam) ose për të fshehur "
    .. "identitetin e tyre.",

  what_title = "Serverët e hapur të postës elektronike dhe serverët proxy të hapur",
  what_they_are = "Një server i hapur i postës elektronike (open relay) pranon postë elektronike nga kushdo dhe ia "
    .. "përcjell kujtdo, ndonëse as dërguesi, as marrësi nuk kanë lidhje me pronarin e serverit. Një server proxy i "
    .. "hapur (open proxy) bën të njëjtën gjë me lidhjet: nga kushdo drejt çdo vendi në internet. Për ata në anën "
    .. "tjetër, trafiku duket sikur vjen nga ky server.",
  how_abused = "Serverë të tillë gjenden lehtë me kërkime automatike. Ata përdoren për të dërguar postë të "
    .. "padëshiruar në sasi të mëdha, për të përhapur programe keqdashëse, për të kryer mashtrime dhe për të sulmuar "
    .. "kompjuterë të tjerë, ndërsa dërguesi i vërtetë mbetet i fshehur.",

  harm_title = "Çfarë pasojash mund të ketë kjo për ju",
  harm = {
    "Serveri dhe lidhja juaj me internetin mund të ngadalësohen ose të mos funksionojnë më kur nëpër to kalojnë sasi "
      .. "të mëdha të trafikut të të tjerëve.",
    "Mund t’ju duhet të paguani për trafikun dhe për punën e rregullimit të pasojave.",
    "Ofruesi juaj i internetit mund t’jua kufizojë ose t’jua ndërpresë lidhjen.",
    "Adresa mund të përfshihet në lista bllokimi, kështu që të tjerët do të refuzojnë edhe postën tuaj elektronike.",
    "Posta e padëshiruar dhe sulmet mund të duken sikur vijnë nga ju dhe ta dëmtojnë emrin tuaj të mirë.",
  },

  remedy_title = "Si mbyllet serveri",
  remedy = {
    relay = {
      "Serveri duhet të pranojë postë elektronike për marrës të jashtëm vetëm nga rrjetet tuaja dhe nga përdorues të "
        .. "identifikuar. Të gjithë të tjerët duhen refuzuar.",
      "Mbajeni listën e rrjeteve të besuara sa më të shkurtër. Kontrolloni që serveri të shohë adresën e vërtetë të "
        .. "atyre që lidhen, sidomos kur punon brenda një kontejneri ose pas një shpërndarësi ngarkese (load "
        .. "balancer).",
      "Mbajeni programin të përditësuar.",
    },
    proxy = {
      "Çaktivizojeni serverin proxy nëse nuk ju nevojitet.",
      "Nëse ju nevojitet, lejoni lidhje me të vetëm nga rrjetet tuaja ose kërkoni fjalëkalim. Të gjithë të tjerët "
        .. "duhen refuzuar.",
      "Bllokoni në murin mbrojtës (firewall) portën {port} ndaj internetit.",
      "Nëse këtë shërbim nuk e ka instaluar askush në organizatën tuaj, ai mund të ketë ardhur bashkë me pajisjen "
        .. "ose dikush mund të ketë marrë nën kontroll kompjuterin. Në këtë rast nuk mjafton bllokimi i portës: "
        .. "kompjuteri duhet ekzaminuar.",
    },
  },
  found = {
    open = "Testi ynë gjeti sa vijon: {what} {close}",
    suspect = "Nëse serveri është i hapur, shkaku është ky: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Serveri përcjell postë nga çdo dërgues te çdo marrës; nuk është e nevojshme që ndonjëri prej tyre të "
        .. "jetë nga tuajt.",
      close = "Konfigurojeni serverin të refuzojë marrësit gjetkë, përveçse kur klienti ndodhet në rrjetin tuaj ose "
        .. "është identifikuar.",
    },
    ["same-domain"] = {
      what = "Serveri përcjell postë kur dërguesi dhe marrësi janë në të njëjtin domen, edhe pse ai domen nuk është "
        .. "i juaji. Kushdo mund të paraqitet si një dërgues i tillë.",
      close = "Vendimin duhet ta përcaktojë adresa e klientit ose identifikimi i tij, kurrë adresa e dërguesit.",
    },
    ["null-sender"] = {
      what = "Serveri i përcjell postë kujtdo kur dërguesi është bosh (<>), siç ndodh në njoftimet për postë që nuk "
        .. "mund të dorëzohej.",
      close = "Për dërguesin bosh duhet të zbatohet i njëjti rregull si për çdo dërgues tjetër; hiqni çdo përjashtim "
        .. "për të.",
    },
    ["bare-sender"] = {
      what = "Serveri e merr një dërgues pa domen për një nga përdoruesit e vet dhe përcjell gjithçka që dërgon një "
        .. "dërgues i tillë.",
      close = "Refuzoni dërguesit pa domen që vijnë nga jashtë.",
    },
    ["claimed-sender"] = {
      what = "Serveri i përcjell postë kujtdo kur adresa e dërguesit përmban një nga domenet, emrat ose adresat e "
        .. "vetë serverit. Kushdo mund të paraqesë një adresë të tillë.",
      close = "Vendimin duhet ta përcaktojë adresa e klientit ose identifikimi i tij, kurrë adresa e dërguesit.",
    },
    ["claimed-user"] = {
      what = "Serveri i përcjell postë kujtdo kur adresa e dërguesit i përket njërit prej përdoruesve të tij, si për "
        .. "shembull root ose postmaster. Kushdo mund të paraqesë një adresë të tillë.",
      close = "Vendimin duhet ta përcaktojë adresa e klientit ose identifikimi i tij, pa përjashtim për adresën e "
        .. "asnjë përdoruesi.",
    },
    ["claimed-greeting"] = {
      what = "Serveri përcjell postë për klientët që japin një emër të caktuar në përshëndetje (EHLO). Kushdo mund "
        .. "të japë çfarëdo emri.",
      close = "Mos i besoni asnjë emri në përshëndetje: vendimin duhet ta përcaktojë adresa e klientit ose "
        .. "identifikimi i tij.",
    },
    ["unknown-sender"] = {
      what = "Serveri përcjell postë nga dërgues, domeni i të cilëve nuk ekziston.",
      close = "Konfigurojeni serverin të refuzojë postën e personave të paautorizuar për marrës gjetkë, si edhe "
        .. "dërguesit me domen të panjohur.",
    },
    ["empty-domain"] = {
      what = "Serveri e merr për të vetën një adresë që mbaron me @, pa ndonjë domen pas saj, dhe më pas e përcjell "
        .. "mesazhin.",
      close = "Refuzojeni si sintaksë të gabuar adresën me domen bosh, para se të merret çdo vendim tjetër.",
    },
    ["bare-recipient"] = {
      what = "Serveri nuk e zbaton rregullin e vet për marrësit që shkruhen pa kllapa këndore.",
      close = "Pranoni vetëm adresa në kllapa këndore.",
    },
    ["quoted-route"] = {
      what = "Serveri e merr për të vetën një adresë në thonjëza, i heq thonjëzat dhe më pas e përcjell mesazhin tek "
        .. "adresa që gjendej mes tyre.",
      close = "Zbatojeni rregullin pasi adresat të jenë rishkruar, ose refuzoni shenjat @, %, ! dhe / para domenit.",
    },
    ["percent-route"] = {
      what = "Serveri e lexon shenjën % para domenit si rrugë (user%elsewhere.example@your-server) dhe e përcjell "
        .. "mesazhin sipas saj.",
      close = "Çaktivizojeni këtë formë të vjetër të rrugëzimit.",
    },
    ["two-ats"] = {
      what = "Serveri e merr për të vetën një adresë me dy shenja @ sipas shenjës së fundit dhe e përcjell mesazhin "
        .. "sipas së parës.",
      close = "Refuzoni si sintaksë të gabuar adresat me më shumë se një shenjë @.",
    },
    ["source-route"] = {
      what = "Serveri ndjek një rrugë të shënuar para adresës (@your-server:user@elsewhere.example) dhe e përcjell "
        .. "mesazhin sipas saj.",
      close = "Shpërfillni ose refuzoni rrugë të tilla.",
    },
    ["uucp-path"] = {
      what = "Serveri e lexon shenjën ! në një adresë si rrugë (elsewhere.example!user) dhe e përcjell mesazhin "
        .. "sipas saj, ose e merr për të vetin një dërgues me shenjën !.",
      close = "Refuzoni shenjën ! në adresat që vijnë nga jashtë.",
    },
    ["srs-hash"] = {
      what = "Serveri i kthen adresat e rishkruara të kthimit (SRS) në adresat që ato përmbajnë, pa ua kontrolluar "
        .. "vlerën hash, dhe e përcjell mesazhin atje.",
      close = "Kontrolloni vlerën hash dhe datën e një adrese të tillë dhe refuzojeni atë kur ato nuk janë të "
        .. "vlefshme.",
    },
    spelling = {
      what = "Serveri nuk e njeh domenin e një marrësi kur ai është shkruar ndryshe (shkronja të mëdha, pikë në "
        .. "fund, shkronja me gjerësi të plotë) dhe e përcjell mesazhin.",
      close = "Kthejeni domenin në një mënyrë të vetme shkrimi para se të krahasohet me ndonjë listë.",
    },
    smtputf8 = {
      what = "Serveri nuk e zbaton rregullin e vet për mesazhet që njoftohen si të ndërkombëtarizuara (SMTPUTF8).",
      close = "Zbatoni për to të njëjtin rregull ose çaktivizojeni këtë zgjerim.",
    },
    ["inside-tls"] = {
      what = "Serveri i refuzon personat e paautorizuar në një lidhje të pashifruar, por përcjell postë për këdo "
        .. "sapo lidhja shifrohet (STARTTLS).",
      close = "Shifrimi në vetvete nuk është identifikim: kërkoni fjalëkalim ose besojuni vetëm certifikatave të "
        .. "klientëve që njihni.",
    },
    xclient = {
      what = "Serveri lejon çdo klient të thotë me komandën XCLIENT se nga cila adresë vjen dhe përcjell postë për "
        .. "këdo që pretendon se është vetë serveri.",
      close = "Pranojeni XCLIENT vetëm nga serverët tuaj hyrës (gateway), në shembull 192.0.2.10.",
    },
    ["proxy-line"] = {
      what = "Serveri i beson rreshtit PROXY të çdo klienti, që tregon se nga vjen një lidhje, dhe përcjell postë "
        .. "për këdo që pretendon se është vetë serveri.",
      close = "Pranojeni protokollin PROXY vetëm nga shpërndarësi juaj i ngarkesës (në shembull 192.0.2.10), në një "
        .. "portë ku mund të lidhet vetëm ai.",
    },
    ["second-recipient"] = {
      what = "Serveri e refuzon një marrës gjetkë kur ai është i pari dhe e pranon kur vjen pas një marrësi të vetë "
        .. "serverit.",
      close = "Zbatojeni rregullin veç e veç për secilin marrës.",
    },
    ["web-form"] = {
      what = "Një formular në serverin web dërgon postë elektronike në çdo adresë që jepet në kërkesë.",
      close = "Shkruajini në skript marrësit e postës së formularit, mos merrni asnjë prej tyre nga kërkesa dhe "
        .. "hiqni skriptet e vjetra, si FormMail.",
    },
    ["web-proxy"] = {
      what = "Një faqe e serverit web shkarkon për këdo çdo URL që jepet në një kërkesë dhe shfaq atë që ka marrë.",
      close = "Hiqeni skriptin ose lejojeni të shkarkojë vetëm nga serverë që i keni renditur në një listë dhe vetëm "
        .. "për përdorues të identifikuar.",
    },
    ["local-services"] = {
      what = "Serveri proxy i çon personat e paautorizuar te shërbimet në kompjuterin e vet, të cilat mund t’i "
        .. "besojnë kujtdo që vjen prej andej.",
      close = "Refuzoni destinacionet në kompjuterin e vetë serverit proxy (127.0.0.1, ::1 dhe adresat e tjera të "
        .. "tij) dhe lejoni vetëm klientët e rrjetit tuaj.",
    },
    ["connect-udp"] = {
      what = "Serveri i dërgon datagramet (UDP) e kujtdo në çdo adresë nëpërmjet HTTP (connect-udp, i quajtur edhe "
        .. "MASQUE).",
      close = "Çaktivizojeni connect-udp nëse nuk ju nevojitet. Përndryshe kërkoni identifikim ose lejoni vetëm "
        .. "klientët e rrjetit tuaj.",
    },
    ["ipv6-clients"] = {
      what = "Kjo ndodhi nëpërmjet IPv6. Shpesh një server në kontejner i sheh të gjithë klientët IPv6 me një adresë "
        .. "të rrjetit të vet dhe për këtë arsye u beson atyre.",
      close = "Sigurohuni që serveri t’i shohë adresat e vërteta IPv6 të klientëve dhe hiqeni rrjetin e kontejnerit "
        .. "nga rrjetet e besuara.",
    },
  },
  cause_named = "Ky cilësim i programit {software} mbyll pikërisht këtë dobësi:",
  cause_if = "Nëse serveri përdor programin {software}, ky cilësim mbyll pikërisht këtë dobësi:",
  software_named = "Serveri deklaron se përdor programin {software}. Këto cilësime e mbyllin programin {software} "
    .. "për personat e paautorizuar. Ato zëvendësojnë rreshtat me të njëjtin emër. Në vend të 192.0.2.0/24 vendosni "
    .. "rrjetin tuaj.",
  software_if = "Nëse serveri përdor programin {software}, këto cilësime e mbyllin atë për personat e paautorizuar. "
    .. "Ato zëvendësojnë rreshtat me të njëjtin emër. Në vend të 192.0.2.0/24 vendosni rrjetin tuaj.",
  software_none = "Nëse na njoftoni se cilin program përdor serveri, mund t’ju themi më saktë se çfarë duhet "
    .. "cilësuar.",
  firewall = "Cilido qoftë programi, një mur mbrojtës (firewall) i mban jashtë personat e paautorizuar. Në vend të "
    .. "192.0.2.0/24 vendosni rrjetin tuaj.",
  on_system = "Me {system}:",
  makers = "Ndër lidhjet e mëposhtme ka udhëzime për programet më të përdorura nga prodhuesit e tyre, si dhe "
    .. "udhëzime që vlejnë për çdo program.",
  in_file = "Në skedarin {file}:",
  remove = "Hiqni nga skedari {file}:",
  run = "Pastaj ekzekutoni:",
  shell = "Në linjën e komandave të vetë programit:",
  questions = "Këto pyetje mund të ndihmojnë për të gjetur pikën e dobët:",

  links_title = "Më shumë informacion",

  after_title = "Një test i ri dhe kundërshtimet",
  retest = "Kur serveri të jetë mbyllur për personat e paautorizuar, ju lutemi të na shkruani në {retest} me temën "
    .. "“RETEST {case}”. Atëherë do ta testojmë përsëri dhe do t’ju njoftojmë rezultatin.",
  object = "Nëse mendoni se diçka këtu është e gabuar, ju lutemi të na shkruani në {objection} dhe të jepni numrin e "
    .. "çështjes, {case}.",
  lists = "Ekzistojnë dy lista të atyre që nuk dëshirojnë teste ose letra. Mund të përfshiheni në njërën prej tyre "
    .. "ose në të dyja:",
  list_tests = "Nëse nuk dëshironi që serveri të testohet përsëri, ju lutemi të na shkruani në {stop_tests} me temën "
    .. "“STOP-TESTS {case}”.",
  list_letters = "Nëse nuk dëshironi të merrni letra të tjera, ju lutemi të na shkruani në {stop_letters} me temën "
    .. "“STOP-LETTERS {case}”.",

  evidence_title = "Provat",
  evidence = "Gjithçka që u shkëmbye ndërmjet programit tonë të testimit dhe serverit është ruajtur, bashkë me orët "
    .. "përkatëse, në skedarin e provave {bundle}, çështja {case}. Kjo është përmbledhja SHA-256 e skedarit, ashtu "
    .. "siç e shfaq komanda “sha256sum”:",
  evidence_check = "Një skedar me përmbledhje tjetër është një skedar tjetër, ose është ndryshuar apo plotësuar pas "
    .. "kësaj letre. Skedari është nënshkruar me çelësin {key_id}. Pjesën që ju takon mund ta merrni prej nesh: ajo "
    .. "është një skedar me përmbledhjen e vet, nën të njëjtin nënshkrim. Secili prej tyre kontrollohet me komandën "
    .. "“ajar verify” ose, pa programin tonë, me minisign dhe sha256sum, siç shpjegohet në skedarin VERIFY.txt "
    .. "brenda tij. Çelësi publik është:",

  contact = "Pyetjet mund të dërgohen në {contact}.",
  regards = "Me respekt,",

  interval = {
    one = "Do të merrni prej nesh jo më shumë se një letër të tillë në ditë.",
    other = "Do të merrni prej nesh jo më shumë se një letër të tillë në {n} ditë.",
  },

  group_subject = "{project}: serverë nën përgjegjësinë tuaj që janë, ose mund të jenë, të hapur për persona të "
    .. "paautorizuar ({case})",
  group_greeting = "Përgjegjësve për serverët e renditur më poshtë",
  group_findings = {
    one = "Kjo letër ka të bëjë me {n} gjetje në serverë për të cilët, sipas informacionit që kemi, jeni "
      .. "përgjegjës ju.",
    other = "Kjo letër ka të bëjë me {n} gjetje në serverë për të cilët, sipas informacionit që kemi, jeni "
      .. "përgjegjës ju.",
  },
  group_at_one = "Të gjitha kanë të bëjnë me adresën IP {address}.",
  group_at = {
    one = "Ato kanë të bëjnë me {n} adresë IP.",
    other = "Ato kanë të bëjnë me {n} adresa IP të ndryshme.",
  },
  group_tested = "Adresat na janë njoftuar si adresa serverësh që mund të jenë të hapur për persona të "
    .. "paautorizuar. Për këtë arsye i kemi testuar serverët. Lista më poshtë jep rezultatin e çdo testi.",
  group_first_step = "Si hap të parë, ju lutemi t’i mbyllni këta serverë për personat e paautorizuar. Më poshtë "
    .. "shpjegohet se si bëhet kjo.",
  group_title = "Çfarë gjetëm",
  group_columns = { address = "Adresa", port = "Porta", found = "Gjetja", time = "Ora (UTC)" },
  group_found = {
    open = { relay = "server i hapur poste", proxy = "server proxy i hapur" },
    suspect = { relay = "server poste, ndoshta i hapur", proxy = "server proxy, ndoshta i hapur" },
  },
  group_attached = "Skedari bashkëlidhur {file} përmban të gjitha gjetjet, një në çdo rresht, me më shumë hollësi.",
  group_example = "Një shembull është serveri në adresën {address}, porta {port} (çështja {case}).",
  group_remedy_for = "Për adresën {address}, porta {port}, dhe për serverë të ngjashëm:",
  group_retest = "Kur serverët të jenë mbyllur për personat e paautorizuar, ju lutemi të na shkruani në "
    .. "{retest} me temën “RETEST {case}”; ky numër vlen për të gjitha çështjet e kësaj letre. Nëse janë "
    .. "mbyllur vetëm disa prej tyre, ju lutemi t’i përmendni këto çështje në mesazh. Atëherë do t’i testojmë "
    .. "përsëri dhe do t’ju njoftojmë rezultatin.",
  group_list_tests = "Nëse nuk dëshironi që këta serverë të testohen përsëri, ju lutemi të na shkruani në "
    .. "{stop_tests} me temën “STOP-TESTS {case}”.",
  group_evidence = "Gjithçka që u shkëmbye ndërmjet programit tonë të testimit dhe serverëve është ruajtur, "
    .. "bashkë me orët përkatëse, në skedarin e provave {bundle}, çdo çështje nën numrin e saj. Kjo është "
    .. "përmbledhja SHA-256 e skedarit, ashtu siç e shfaq komanda “sha256sum”:",
  group_earlier = "Ju kemi shkruar edhe më parë për këta serverë.",
  group_earlier_on = "Ju kemi shkruar për këta serverë më {date}.",

  tones = {
    reminder = {
      group_subject = "{project}: rikujtesë për serverë nën përgjegjësinë tuaj që janë, ose mund të jenë, të "
        .. "hapur për persona të paautorizuar ({case})",
      group_tested = "Tani i kemi testuar përsëri. Lista më poshtë jep rezultatin e çdo testi.",
      group_first_step = "Ju lutemi t’i mbyllni tani këta serverë për personat e paautorizuar. Më poshtë "
        .. "shpjegohet se si bëhet kjo. Nëse jeni tashmë duke punuar për këtë ose keni nevojë për ndihmë, ju "
        .. "lutemi të na njoftoni: mjafton një mesazh i shkurtër në {contact}.",
      group_no_blame = "Letra jonë e mëparshme mund të mos ketë mbërritur te personi i duhur, ose një ndryshim "
        .. "mund të mos e ketë pasur efektin e synuar. Nëse për këta serverë janë përgjegjës të tjerë, ju "
        .. "lutemi t’ua përcillni këtë letër atyre.",
      subject = {
        open = {
          relay = "{project}: rikujtesë për serverin e hapur të postës elektronike në adresën {address}, porta {port}",
          proxy = "{project}: rikujtesë për serverin proxy të hapur në adresën {address}, porta {port}",
        },
        suspect = {
          relay = "{project}: rikujtesë për serverin e postës elektronike në adresën {address}, porta {port}",
          proxy = "{project}: rikujtesë për serverin proxy në adresën {address}, porta {port}",
        },
      },
      again = "Tani e kemi testuar përsëri.",
      still = "Serveri është pra ende i hapur për persona të paautorizuar.",
      no_blame = "Letra jonë e mëparshme mund të mos ketë mbërritur te personi i duhur, ose një ndryshim mund të mos "
        .. "e ketë pasur efektin e synuar. Nëse për serverin janë përgjegjës të tjerë, ju lutemi t’ua përcillni këtë "
        .. "letër atyre.",
      first_step = "Ju lutemi ta mbyllni tani serverin për personat e paautorizuar. Më poshtë shpjegohet se si bëhet "
        .. "kjo. Nëse jeni tashmë duke punuar për këtë ose keni nevojë për ndihmë, ju lutemi të na njoftoni: mjafton "
        .. "një mesazh i shkurtër në {contact}.",
    },

    provider = {
      group_subject = "{project}: serverë në rrjetin tuaj që janë, ose mund të jenë, të hapur për persona të "
        .. "paautorizuar ({case})",
      group_greeting = "Përgjegjësve për rrjetin të cilit i përkasin adresat e renditura më poshtë",
      group_findings = {
        one = "Kjo letër ka të bëjë me {n} gjetje në serverë që, sipas informacionit që kemi, ndodhen në "
          .. "rrjetin tuaj; ata mund të jenë të klientëve tuaj.",
        other = "Kjo letër ka të bëjë me {n} gjetje në serverë që, sipas informacionit që kemi, ndodhen në "
          .. "rrjetin tuaj; ata mund të jenë të klientëve tuaj.",
      },
      group_first_step = "Ju lutemi t’ua përcillni këtë letër atyre që administrojnë serverët dhe të kujdeseni "
        .. "që serverët të mbyllen për personat e paautorizuar. Nëse e dini se kujt tjetër duhet t’i shkruajmë, "
        .. "ju lutemi të na njoftoni në {contact}.",
      group_limit = "Derisa serverët të mbyllen, mund t’i mbroni të tjerët duke bllokuar lidhjet nga interneti "
        .. "me portat e serverëve proxy dhe duke kufizuar atë që serverët e postës elektronike mund të dërgojnë "
        .. "në portën 25 të serverëve të tjerë.",
      subject = {
        open = {
          relay = "{project}: server i hapur i postës elektronike në rrjetin tuaj, në adresën {address}, porta {port}",
          proxy = "{project}: server proxy i hapur në rrjetin tuaj, në adresën {address}, porta {port}",
        },
        suspect = {
          relay = "{project}: server i postës elektronike në rrjetin tuaj që mund të jetë i hapur, në adresën "
            .. "{address}, porta {port}",
          proxy = "{project}: server proxy në rrjetin tuaj që mund të jetë i hapur, në adresën {address}, porta "
            .. "{port}",
        },
      },
      greeting = "Përgjegjësve për rrjetin të cilit i përket adresa {address}",
      address = "Kjo letër ka të bëjë me serverin me adresë IP {address}, porta {port}. Sipas informacionit që kemi, "
        .. "adresa i përket rrjetit tuaj dhe serveri mund të jetë i njërit prej klientëve tuaj.",
      address_name = "Kjo letër ka të bëjë me serverin {host}, me adresë IP {address}, porta {port}. Sipas "
        .. "informacionit që kemi, adresa i përket rrjetit tuaj dhe serveri mund të jetë i njërit prej klientëve "
        .. "tuaj.",
      matter = "Ju lutemi ta lexoni këtë letër deri në fund: përmbajtja e saj mund të ketë ndikim në rrjetin tuaj "
        .. "dhe te klientët tuaj.",
      no_blame = "Një server mund të jetë i hapur pa dijeninë e pronarit të tij, shpesh sepse një cilësim nuk është "
        .. "ndryshuar kurrë. Nuk pretendojmë se ju ose klienti juaj keni bërë diçka të gabuar.",
      first_step = "Ju lutemi t’ua përcillni këtë letër atyre që administrojnë serverin dhe të kujdeseni që serveri "
        .. "të mbyllet për personat e paautorizuar. Nëse e dini se kujt tjetër duhet t’i shkruajmë, ju lutemi të na "
        .. "njoftoni në {contact}.",
      limit = {
        relay = "Derisa serveri të mbyllet, mund t’i mbroni të tjerët duke kufizuar atë që serveri mund të dërgojë "
          .. "në portën 25 të serverëve të tjerë.",
        proxy = "Derisa serveri të mbyllet, mund t’i mbroni të tjerët duke bllokuar lidhjet nga interneti me portën "
          .. "{port} të kësaj adrese.",
      },
      harm_title = "Çfarë pasojash mund të ketë kjo për ju dhe klientët tuaj",
      harm = {
        "Adresa të rrjetit tuaj mund të përfshihen në lista bllokimi, kështu që të tjerët do të refuzojnë postën "
          .. "elektronike nga ju dhe nga klientë që nuk kanë asnjë lidhje me çështjen.",
        "Trafiku i personave të paautorizuar i zë linjat tuaja dhe ju ose klienti juaj mund të detyroheni ta paguani "
          .. "atë.",
        "Ankesat për postën e padëshiruar dhe për sulmet ju drejtohen juve, sepse kjo postë dhe këto sulme duken "
          .. "sikur vijnë nga rrjeti juaj.",
      },
      pass_on = "Teksti që vijon u drejtohet atyre që administrojnë serverin.",
    },

    ["all-clear"] = {
      group_subject = "{project}: serverë nën përgjegjësinë tuaj janë të mbyllur për personat e paautorizuar "
        .. "({case})",
      group_findings = {
        one = "Kjo letër ka të bëjë me {n} server që testet tona të mëparshme e gjetën të hapur dhe për të "
          .. "cilin, sipas informacionit që kemi, jeni përgjegjës ju.",
        other = "Kjo letër ka të bëjë me {n} serverë që testet tona të mëparshme i gjetën të hapur dhe për të "
          .. "cilët, sipas informacionit që kemi, jeni përgjegjës ju.",
      },
      group_tested = "I kemi testuar përsëri. Programi ynë i testimit, i cili nuk ishte identifikuar, nuk mundi "
        .. "të kalonte më nëpërmjet asnjërit prej tyre. Lista më poshtë jep rezultatin e çdo testi.",
      group_found = {
        closed = { relay = "server poste i mbyllur", proxy = "server proxy i mbyllur" },
      },
      group_thanks = "Me sa mund të tregojnë këto teste, serverët janë të mbyllur për personat e paautorizuar. "
        .. "Ju falënderojmë për ndihmën.",
      group_bounds = "Testet kishin të bënin vetëm me këto shërbime, në ato çaste. Ato nuk thonë asgjë për "
        .. "shërbimet e tjera të kompjuterëve, dhe një ndryshim i mëvonshëm i cilësimeve mund ta hapë përsëri "
        .. "një server.",
      subject = {
        closed = {
          relay = "{project}: serveri i postës elektronike në adresën {address}, porta {port}, është i mbyllur për "
            .. "personat e paautorizuar",
          proxy = "{project}: serveri proxy në adresën {address}, porta {port}, është i mbyllur për personat e "
            .. "paautorizuar",
        },
      },
      tested = {
        closed = {
          relay = "Më {date}, në orën {time} (UTC), e testuam përsëri serverin. Programi ynë i testimit, i cili nuk "
            .. "ishte identifikuar, nuk mundi të dërgonte nëpërmjet serverit mesazh në një kuti postare gjetkë.",
          proxy = "Më {date}, në orën {time} (UTC), e testuam përsëri serverin. Programi ynë i testimit, i cili nuk "
            .. "ishte identifikuar, nuk mundi të lidhej nëpërmjet serverit me një kompjuter tjetër në internet.",
        },
      },
      thanks = "Me sa mund të tregojë ky test, serveri është i mbyllur për personat e paautorizuar. Ju falënderojmë "
        .. "për ndihmën.",
      settled = "Për ne çështja quhet kështu e mbyllur dhe nuk është e nevojshme t’i përgjigjeni kësaj letre.",
      bounds = "Testi kishte të bënte vetëm me këtë shërbim, në atë çast. Ai nuk thotë asgjë për shërbimet e tjera "
        .. "të kompjuterit, dhe një ndryshim i mëvonshëm i cilësimeve mund ta hapë përsëri serverin.",
      left_title = "Çfarë mund të mbetet ende për t’u bërë",
      left = {
        relay = {
          "Mesazhe të lëna në server nga persona të paautorizuar mund të jenë ende në radhë. Ju lutemi ta "
            .. "kontrolloni radhën dhe të fshini ato që nuk janë tuajat.",
          "Nëse adresa gjendet në lista bllokimi, administratorët e tyre e heqin atë me kërkesën tuaj; disa lista e "
            .. "bëjnë këtë vetvetiu pas njëfarë kohe.",
          "Mbajeni programin të përditësuar dhe kontrollojeni serverin nga jashtë pas çdo ndryshimi të cilësimeve.",
        },
        proxy = {
          "Regjistrat e serverit (log) mund të tregojnë se kush e përdori atë sa kohë ishte i hapur dhe për çfarë. "
            .. "Ju lutemi t’i ruani nëse keni ndër mend të bëni kallëzim në polici.",
          "Nëse këtë shërbim nuk e ka instaluar askush në organizatën tuaj, dikush mund të ketë marrë nën kontroll "
            .. "kompjuterin. Në këtë rast kompjuteri duhet ekzaminuar, edhe pse shërbimi nuk është më i arritshëm.",
          "Nëse adresa gjendet në lista bllokimi, administratorët e tyre e heqin atë me kërkesën tuaj; disa lista e "
            .. "bëjnë këtë vetvetiu pas njëfarë kohe.",
          "Mbajeni programin të përditësuar dhe kontrollojeni serverin nga jashtë pas çdo ndryshimi të cilësimeve.",
        },
      },
    },
  },
}

return {
  code = "sq",
  name = "shqip",
  english = "Albanian",
  messages = messages,

  plural = function(n)
    return n == 1 and "one" or "other"
  end,

  -- 24 nëntor 2026
  date = function(t)
    return string.format("%d %s %d", t.day, months[t.month], t.year)
  end,

  -- 02:10:16
  time = function(t)
    return string.format("%02d:%02d:%02d", t.hour, t.minute, t.second)
  end,

  -- 12 345, with a no-break space
  number = function(n)
    local digits = string.format("%d", n)
    local head = #digits % 3
    local grouped = digits:sub(head + 1):gsub("(%d%d%d)", "\194\160%1")
    return head > 0 and digits:sub(1, head) .. grouped or grouped:sub(3)
  end,

  -- a, b dhe c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " dhe " .. items[#items] or items[1]
  end,
}
