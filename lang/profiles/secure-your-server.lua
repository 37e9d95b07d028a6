-- HISTORICAL EXAMPLE. The facts are those of "Operation Secure Your Server" of 29 January 2004, in
-- which the United States Federal Trade Commission and 36 other agencies in 26 countries wrote to
-- owners of open servers. The project is over, its addresses are gone, and those below lie under
-- example domains that reach nobody. Copy this file and put your own facts in; whoever sends letters
-- speaks for the authority that the profile names.
--
-- Which keys there are stands in scripts/notice/profile.lua. Texts are by language: project = { en = "…", nb = "…" }; here each
-- language has its own in one place, and `by_language` puts them together. Where one is missing, the English one is used.

-- remark: printed on top of each letter; leave it out of your own profile. partners: completes "a joint project of …"; in most
-- languages it stands behind a colon. authority: a whole sentence. writer: the name in the From field. signature: the lines under
-- the letter. pages: the link's title. questions: the project's six to owners of proxies.
local texts = {
  en = {
    remark = "EXAMPLE: this letter was made with the profile of a project of 2004. It has not been sent by the "
      .. "authorities that it names.",
    project = "Secure Your Server",
    partners = "the Federal Trade Commission of the United States and 36 other agencies in 26 countries, among them "
      .. "the Norwegian Ministry of Transport and Communications and the Norwegian Post and Telecommunications "
      .. "Authority",
    authority = "In Norway the letters are sent by the Ministry of Transport and Communications together with the "
      .. "Norwegian Post and Telecommunications Authority.",
    writer = "The project “Secure Your Server”",
    signature = { "Ministry of Transport and Communications", "Norwegian Post and Telecommunications Authority" },
    pages = "The project’s pages of 2004, which are gone",
    questions = {
      "Does the proxy accept connections from networks that you do not trust, such as the Internet?",
      "Do you use the latest version of the proxy’s software and hardware?",
      "Have you installed the latest patches and updates?",
      "Is access to the server controlled as it should be?",
      "Does somebody look regularly for unauthorised use of the proxy?",
      "Do you have an address abuse@ in your own domain, where others can report misuse, and does somebody read it?",
    },
  },
  nb = {
    remark = "EKSEMPEL: Dette brevet er laget med profilen til et prosjekt fra 2004. Det er ikke sendt av "
      .. "myndighetene som er nevnt i det.",
    project = "Gjør deres server sikker",
    partners = "Federal Trade Commission i USA og 36 andre myndigheter i 26 land, blant dem Samferdselsdepartementet "
      .. "og Post- og teletilsynet",
    authority = "I Norge sendes brevene av Samferdselsdepartementet i samarbeid med Post- og teletilsynet.",
    writer = "Prosjektet «Gjør deres server sikker»",
    signature = { "Samferdselsdepartementet", "Post- og teletilsynet" },
    pages = "Prosjektets nettsider fra 2004, som ikke finnes lenger",
    questions = {
      "Tar mellomtjeneren imot forbindelser fra nett dere ikke stoler på, for eksempel Internett?",
      "Bruker dere siste versjon av mellomtjenerens program- og maskinvare?",
      "Har dere installert de siste feilrettingene og oppdateringene?",
      "Er tilgangen til serveren styrt slik den bør være?",
      "Er det noen som jevnlig ser etter uberettiget bruk av mellomtjeneren?",
      "Har dere en adresse abuse@ i deres eget domene, der andre kan melde fra om misbruk, og blir den lest?",
    },
  },
  sq = {
    remark = "SHEMBULL: Kjo letër u krijua me profilin e një projekti të vitit 2004. Ajo nuk është dërguar nga "
      .. "autoritetet që përmenden në të.",
    project = "Siguroni serverin tuaj",
    partners = "Komisioni Federal i Tregtisë i Shteteve të Bashkuara dhe 36 autoritete të tjera në 26 vende, ndër to "
      .. "Ministria Norvegjeze e Transportit dhe Komunikacionit dhe Autoriteti Norvegjez i Postës dhe "
      .. "Telekomunikacionit",
    authority = "Në Norvegji letrat dërgohen nga Ministria e Transportit dhe Komunikacionit së bashku me Autoritetin "
      .. "Norvegjez të Postës dhe Telekomunikacionit.",
    writer = "Projekti “Siguroni serverin tuaj”",
    signature = { "Ministria e Transportit dhe Komunikacionit", "Autoriteti Norvegjez i Postës dhe Telekomunikacionit" },
    pages = "Faqet e projektit të vitit 2004, të cilat nuk ekzistojnë më",
    questions = {
      "A pranon serveri proxy lidhje nga rrjete të cilave nuk u besoni, si për shembull interneti?",
      "A përdorni versionin më të ri të programit dhe të pajisjes së serverit proxy?",
      "A i keni instaluar korrigjimet dhe përditësimet më të fundit?",
      "A kontrollohet qasja në server ashtu siç duhet?",
      "A mbikëqyr dikush rregullisht nëse serveri proxy përdoret pa autorizim?",
      "A keni në domenin tuaj një adresë abuse@ ku të tjerët mund të njoftojnë për keqpërdorime, dhe a e lexon dikush?",
    },
  },
  ar = {
    remark = "مثال: أُعد هذا الخطاب بملف تعريف مشروع يعود إلى عام 2004، ولم ترسله الجهات المذكورة فيه.",
    project = "أمّنوا خادمكم",
    partners = "لجنة التجارة الاتحادية في الولايات المتحدة و36 جهة أخرى في 26 بلدًا، من بينها وزارة النقل والاتصالات "
      .. "النرويجية وهيئة البريد والاتصالات النرويجية",
    authority = "وفي النرويج ترسل الخطابات وزارة النقل والاتصالات بالاشتراك مع هيئة البريد والاتصالات النرويجية.",
    writer = "مشروع «أمّنوا خادمكم»",
    signature = { "وزارة النقل والاتصالات", "هيئة البريد والاتصالات النرويجية" },
    pages = "صفحات المشروع لعام 2004، ولم تعد موجودة",
    questions = {
      "هل يقبل الخادم الوكيل اتصالات من شبكات لا تثقون بها، مثل الإنترنت؟",
      "هل تستخدمون أحدث إصدار من برمجيات الخادم الوكيل وعتاده؟",
      "هل ثبّتم أحدث الإصلاحات والتحديثات؟",
      "هل يُضبط الوصول إلى الخادم كما ينبغي؟",
      "هل يراقب أحد بانتظام الاستخدام غير المصرح به للخادم الوكيل؟",
      "هل لديكم في نطاقكم عنوان abuse@ يمكن للآخرين الإبلاغ فيه عن إساءة الاستخدام، وهل يقرؤه أحد؟",
    },
  },
  bg = {
    remark = "ПРИМЕР: това писмо е създадено с профила на проект от 2004 г. То не е изпратено от органите, посочени в "
      .. "него.",
    project = "Защитете сървъра си",
    partners = "Федералната търговска комисия на САЩ и още 36 органа от 26 държави, сред които норвежкото "
      .. "Министерство на транспорта и съобщенията и норвежкият орган за пощи и далекосъобщения",
    authority = "В Норвегия писмата се изпращат от Министерството на транспорта и съобщенията съвместно с норвежкия "
      .. "орган за пощи и далекосъобщения.",
    writer = "Проектът „Защитете сървъра си“",
    signature = { "Министерство на транспорта и съобщенията", "Норвежки орган за пощи и далекосъобщения" },
    pages = "Страниците на проекта от 2004 г., които вече не съществуват",
    questions = {
      "Приема ли прокси сървърът връзки от мрежи, на които нямате доверие, например от интернет?",
      "Използвате ли последната версия на софтуера и хардуера на прокси сървъра?",
      "Инсталирали ли сте последните корекции и актуализации?",
      "Контролира ли се достъпът до сървъра както трябва?",
      "Следи ли някой редовно за непозволено използване на прокси сървъра?",
      "Имате ли във Вашия домейн адрес abuse@, на който други лица могат да съобщават за злоупотреби, и чете ли го "
        .. "някой?",
    },
  },
  zh = {
    remark = "示例：本函是用 2004 年一个项目的配置文件制作的，并非由其中提及的机构发出。",
    project = "保护您的服务器",
    partners = "美国联邦贸易委员会和 26 个国家的另外 36 个机构，其中包括挪威交通通信部和挪威邮政电信管理局",
    authority = "在挪威，信函由交通通信部会同挪威邮政电信管理局发出。",
    writer = "“保护您的服务器”项目",
    signature = { "交通通信部", "挪威邮政电信管理局" },
    pages = "该项目 2004 年的网页（现已不存在）",
    questions = {
      "该代理服务器是否接受来自您不信任的网络（例如互联网）的连接？",
      "您使用的是否是该代理服务器软件和硬件的最新版本？",
      "您是否已安装最新的补丁和更新？",
      "对该服务器的访问是否受到应有的控制？",
      "是否有人定期检查该代理服务器有无未经授权的使用？",
      "您自己的域中是否有 abuse@ 地址供他人举报滥用，并且有人查阅？",
    },
  },
  cs = {
    remark = "PŘÍKLAD: Tento dopis byl vytvořen s profilem projektu z roku 2004. Úřady v něm uvedené jej neodeslaly.",
    project = "Zabezpečte svůj server",
    partners = "Federální obchodní komise Spojených států a 36 dalších úřadů z 26 zemí, mezi nimi norské Ministerstvo "
      .. "dopravy a spojů a norský Úřad pro poštu a telekomunikace",
    authority = "V Norsku dopisy zasílá Ministerstvo dopravy a spojů společně s norským Úřadem pro poštu a "
      .. "telekomunikace.",
    writer = "Projekt „Zabezpečte svůj server“",
    signature = { "Ministerstvo dopravy a spojů", "Norský úřad pro poštu a telekomunikace" },
    pages = "Stránky projektu z roku 2004, které již neexistují",
    questions = {
      "Přijímá proxy server spojení ze sítí, kterým nedůvěřujete, například z internetu?",
      "Používáte nejnovější verzi softwaru a hardwaru proxy serveru?",
      "Nainstalovali jste nejnovější opravy a aktualizace?",
      "Je přístup k serveru řízen tak, jak má být?",
      "Sleduje někdo pravidelně, zda není proxy server používán neoprávněně?",
      "Máte ve své doméně adresu abuse@, na kterou mohou ostatní hlásit zneužití, a čte ji někdo?",
    },
  },
  da = {
    remark = "EKSEMPEL: Dette brev er lavet med profilen fra et projekt fra 2004. Det er ikke sendt af de "
      .. "myndigheder, der er nævnt i det.",
    project = "Sikr jeres server",
    partners = "Federal Trade Commission i USA og 36 andre myndigheder i 26 lande, heriblandt det norske "
      .. "Samferdselsdepartement og det norske Post- og teletilsyn",
    authority = "I Norge sendes brevene af Samferdselsdepartementet i samarbejde med det norske Post- og teletilsyn.",
    writer = "Projektet »Sikr jeres server«",
    signature = { "Det norske Samferdselsdepartement", "Det norske Post- og teletilsyn" },
    pages = "Projektets sider fra 2004, som ikke findes længere",
    questions = {
      "Tager proxyserveren imod forbindelser fra net, I ikke har tillid til, f.eks. internettet?",
      "Bruger I den nyeste version af proxyserverens software og hardware?",
      "Har I installeret de nyeste rettelser og opdateringer?",
      "Er adgangen til serveren styret, som den bør være?",
      "Holder nogen jævnligt øje med uberettiget brug af proxyserveren?",
      "Har I en adresse abuse@ i jeres eget domæne, hvor andre kan melde misbrug, og bliver den læst?",
    },
  },
  nl = {
    remark = "VOORBEELD: deze brief is gemaakt met het profiel van een project uit 2004. Hij is niet verstuurd door "
      .. "de instanties die erin worden genoemd.",
    project = "Beveilig uw server",
    partners = "de Federal Trade Commission van de Verenigde Staten en 36 andere instanties in 26 landen, waaronder "
      .. "het Noorse ministerie van Vervoer en Communicatie en de Noorse Post- en Telecommunicatieautoriteit",
    authority = "In Noorwegen worden de brieven verstuurd door het ministerie van Vervoer en Communicatie, samen met "
      .. "de Noorse Post- en Telecommunicatieautoriteit.",
    writer = "Het project ‘Beveilig uw server’",
    signature = { "Ministerie van Vervoer en Communicatie", "Noorse Post- en Telecommunicatieautoriteit" },
    pages = "De pagina’s van het project uit 2004, die niet meer bestaan",
    questions = {
      "Accepteert de proxyserver verbindingen vanuit netwerken die u niet vertrouwt, zoals het internet?",
      "Gebruikt u de nieuwste versie van de software en hardware van de proxyserver?",
      "Hebt u de nieuwste patches en updates geïnstalleerd?",
      "Is de toegang tot de server geregeld zoals het hoort?",
      "Let iemand er regelmatig op of de proxyserver onbevoegd wordt gebruikt?",
      "Hebt u in uw eigen domein een adres abuse@ waar anderen misbruik kunnen melden, en leest iemand dat?",
    },
  },
  fi = {
    remark = "ESIMERKKI: tämä kirje on tehty vuoden 2004 hankkeen profiililla. Siinä nimetyt viranomaiset eivät ole "
      .. "lähettäneet sitä.",
    project = "Suojatkaa palvelimenne",
    partners = "Yhdysvaltain liittovaltion kauppakomissio ja 36 muuta viranomaista 26 maasta, muun muassa Norjan "
      .. "liikenne- ja viestintäministeriö ja Norjan posti- ja televiranomainen",
    authority = "Norjassa kirjeet lähettää liikenne- ja viestintäministeriö yhdessä Norjan posti- ja televiranomaisen "
      .. "kanssa.",
    writer = "Hanke ”Suojatkaa palvelimenne”",
    signature = { "Liikenne- ja viestintäministeriö", "Norjan posti- ja televiranomainen" },
    pages = "Hankkeen sivut vuodelta 2004; niitä ei enää ole",
    questions = {
      "Ottaako välityspalvelin vastaan yhteyksiä verkoista, joihin ette luota, kuten internetistä?",
      "Onko välityspalvelimen ohjelmistosta ja laitteistosta käytössä uusin versio?",
      "Oletteko asentaneet uusimmat korjaukset ja päivitykset?",
      "Valvotaanko palvelimen käyttöoikeuksia asianmukaisesti?",
      "Seuraako joku säännöllisesti välityspalvelimen luvatonta käyttöä?",
      "Onko omassa verkkotunnuksessanne osoite abuse@, johon muut voivat ilmoittaa väärinkäytöksistä, ja lukeeko joku "
        .. "sitä?",
    },
  },
  fr = {
    remark = "EXEMPLE : cette lettre a été établie avec le profil d’un projet de 2004. Elle n’a pas été envoyée par "
      .. "les autorités qui y sont citées.",
    project = "Sécurisez votre serveur",
    partners = "la Federal Trade Commission des États-Unis et 36 autres autorités de 26 pays, dont le ministère "
      .. "norvégien des Transports et des Communications et l’autorité norvégienne des postes et télécommunications",
    authority = "En Norvège, les lettres sont envoyées par le ministère des Transports et des Communications avec "
      .. "l’autorité norvégienne des postes et télécommunications.",
    writer = "Le projet « Sécurisez votre serveur »",
    signature = { "Ministère des Transports et des Communications", "Autorité norvégienne des postes et télécommunications" },
    pages = "Les pages du projet de 2004, qui n’existent plus",
    questions = {
      "Le serveur mandataire accepte-t-il des connexions venant de réseaux auxquels vous ne faites pas confiance, "
        .. "comme Internet ?",
      "Utilisez-vous la dernière version du logiciel et du matériel du serveur mandataire ?",
      "Avez-vous installé les derniers correctifs et les dernières mises à jour ?",
      "L’accès au serveur est-il contrôlé comme il doit l’être ?",
      "Quelqu’un surveille-t-il régulièrement l’usage non autorisé du serveur mandataire ?",
      "Avez-vous dans votre propre domaine une adresse abuse@ où des tiers peuvent signaler des abus, et quelqu’un la "
        .. "lit-il ?",
    },
  },
  de = {
    remark = "BEISPIEL: Dieses Schreiben wurde mit dem Profil eines Projekts von 2004 erstellt. Die darin genannten "
      .. "Behörden haben es nicht versandt.",
    project = "Sichern Sie Ihren Server",
    partners = "die Federal Trade Commission der Vereinigten Staaten und 36 weitere Behörden aus 26 Ländern, darunter "
      .. "das norwegische Ministerium für Verkehr und Kommunikation und die norwegische Post- und "
      .. "Telekommunikationsbehörde",
    authority = "In Norwegen versendet die Schreiben das Ministerium für Verkehr und Kommunikation gemeinsam mit der "
      .. "norwegischen Post- und Telekommunikationsbehörde.",
    writer = "Das Projekt „Sichern Sie Ihren Server“",
    signature = { "Ministerium für Verkehr und Kommunikation", "Norwegische Post- und Telekommunikationsbehörde" },
    pages = "Die Seiten des Projekts von 2004, die es nicht mehr gibt",
    questions = {
      "Nimmt der Proxy Verbindungen aus Netzen an, denen Sie nicht vertrauen, etwa aus dem Internet?",
      "Verwenden Sie die neueste Version der Soft- und Hardware des Proxys?",
      "Haben Sie die neuesten Korrekturen und Aktualisierungen eingespielt?",
      "Ist der Zugang zum Server so geregelt, wie er sein soll?",
      "Achtet jemand regelmäßig auf eine unbefugte Nutzung des Proxys?",
      "Haben Sie in Ihrer eigenen Domain eine Adresse abuse@, unter der andere Missbrauch melden können, und liest "
        .. "sie jemand?",
    },
  },
  el = {
    remark = "ΠΑΡΑΔΕΙΓΜΑ: η επιστολή αυτή συντάχθηκε με το προφίλ ενός έργου του 2004. Δεν έχει αποσταλεί από τις "
      .. "αρχές που αναφέρονται σε αυτήν.",
    project = "Ασφαλίστε τον διακομιστή σας",
    partners = "η Ομοσπονδιακή Επιτροπή Εμπορίου των Ηνωμένων Πολιτειών και 36 άλλες αρχές σε 26 χώρες, μεταξύ των "
      .. "οποίων το νορβηγικό Υπουργείο Μεταφορών και Επικοινωνιών και η νορβηγική Αρχή Ταχυδρομείων και "
      .. "Τηλεπικοινωνιών",
    authority = "Στη Νορβηγία τις επιστολές αποστέλλει το Υπουργείο Μεταφορών και Επικοινωνιών από κοινού με τη "
      .. "νορβηγική Αρχή Ταχυδρομείων και Τηλεπικοινωνιών.",
    writer = "Το έργο «Ασφαλίστε τον διακομιστή σας»",
    signature = { "Υπουργείο Μεταφορών και Επικοινωνιών", "Νορβηγική Αρχή Ταχυδρομείων και Τηλεπικοινωνιών" },
    pages = "Οι σελίδες του έργου του 2004, οι οποίες δεν υπάρχουν πλέον",
    questions = {
      "Δέχεται ο διακομιστής μεσολάβησης συνδέσεις από δίκτυα τα οποία δεν εμπιστεύεστε, όπως το διαδίκτυο;",
      "Χρησιμοποιείτε την τελευταία έκδοση του λογισμικού και του υλικού του διακομιστή μεσολάβησης;",
      "Έχετε εγκαταστήσει τις τελευταίες διορθώσεις και ενημερώσεις;",
      "Ελέγχεται η πρόσβαση στον διακομιστή όπως πρέπει;",
      "Παρακολουθεί κάποιος τακτικά αν γίνεται μη εξουσιοδοτημένη χρήση του διακομιστή μεσολάβησης;",
      "Έχετε στο δικό σας όνομα τομέα διεύθυνση abuse@ στην οποία άλλοι μπορούν να αναφέρουν κατάχρηση, και τη "
        .. "διαβάζει κάποιος;",
    },
  },
  hu = {
    remark = "PÉLDA: ez a levél egy 2004-es projekt profiljával készült. A benne megnevezett hatóságok nem küldték el.",
    project = "Tegyék biztonságossá szerverüket",
    partners = "az Egyesült Államok Szövetségi Kereskedelmi Bizottsága és további 36 hatóság 26 országból, köztük a "
      .. "norvég Közlekedési és Hírközlési Minisztérium és a norvég Posta- és Távközlési Hatóság",
    authority = "Norvégiában a leveleket a Közlekedési és Hírközlési Minisztérium küldi a norvég Posta- és Távközlési "
      .. "Hatósággal közösen.",
    writer = "A „Tegyék biztonságossá szerverüket” projekt",
    signature = { "Közlekedési és Hírközlési Minisztérium", "Norvég Posta- és Távközlési Hatóság" },
    pages = "A projekt 2004-es oldalai, amelyek már nem léteznek",
    questions = {
      "Fogad-e a proxyszerver kapcsolatokat olyan hálózatokból, amelyekben nem bíznak meg, például az internetről?",
      "A proxyszerver szoftverének és hardverének legújabb változatát használják-e?",
      "Telepítették-e a legújabb javításokat és frissítéseket?",
      "Megfelelően szabályozott-e a szerverhez való hozzáférés?",
      "Figyeli-e valaki rendszeresen a proxyszerver jogosulatlan használatát?",
      "Van-e saját tartományukban abuse@ cím, ahol mások bejelenthetik a visszaéléseket, és olvassa-e azt valaki?",
    },
  },
  it = {
    remark = "ESEMPIO: la presente lettera è stata redatta con il profilo di un progetto del 2004. Non è stata "
      .. "inviata dalle autorità che vi sono nominate.",
    project = "Proteggete il vostro server",
    partners = "la Federal Trade Commission degli Stati Uniti e altre 36 autorità di 26 Paesi, tra cui il Ministero "
      .. "norvegese dei trasporti e delle comunicazioni e l’Autorità norvegese per le poste e le telecomunicazioni",
    authority = "In Norvegia le lettere sono inviate dal Ministero dei trasporti e delle comunicazioni insieme "
      .. "all’Autorità norvegese per le poste e le telecomunicazioni.",
    writer = "Il progetto «Proteggete il vostro server»",
    signature = { "Ministero dei trasporti e delle comunicazioni", "Autorità norvegese per le poste e le telecomunicazioni" },
    pages = "Le pagine del progetto del 2004, che non esistono più",
    questions = {
      "Il proxy accetta connessioni da reti di cui non vi fidate, come Internet?",
      "Usate l’ultima versione del software e dell’hardware del proxy?",
      "Avete installato le ultime correzioni e gli ultimi aggiornamenti?",
      "L’accesso al server è controllato come si deve?",
      "Qualcuno verifica regolarmente se il proxy è usato senza autorizzazione?",
      "Avete nel vostro dominio un indirizzo abuse@ al quale altri possono segnalare abusi, e qualcuno lo legge?",
    },
  },
  ja = {
    remark = "例：この書簡は、2004 年のプロジェクトのプロファイルを用いて作成されたものです。文中の機関が送付したもの"
      .. "ではありません。",
    project = "サーバーを安全に",
    partners = "米国連邦取引委員会および 26 か国の他の 36 機関（ノルウェー運輸通信省、ノルウェー郵便電気通信庁を含む）",
    authority = "ノルウェーでは、運輸通信省がノルウェー郵便電気通信庁と共同で書簡を送付しています。",
    writer = "プロジェクト「サーバーを安全に」",
    signature = { "運輸通信省", "ノルウェー郵便電気通信庁" },
    pages = "2004 年のプロジェクトのページ（現在は存在しません）",
    questions = {
      "プロキシは、インターネットなど、信頼していないネットワークからの接続を受け付けますか。",
      "プロキシのソフトウェアとハードウェアは最新版をお使いですか。",
      "最新の修正プログラムと更新を適用していますか。",
      "サーバーへのアクセスは適切に管理されていますか。",
      "プロキシの不正利用を、誰かが定期的に監視していますか。",
      "ご自身のドメインに、不正利用を通報できる abuse@ のアドレスがあり、誰かがそれを読んでいますか。",
    },
  },
  ko = {
    remark = "예시: 이 안내문은 2004년의 한 사업 프로필로 작성된 것입니다. 여기에 언급된 기관이 발송한 것이 아닙니다.",
    project = "서버를 안전하게",
    partners = "미국 연방거래위원회와 26개국의 다른 36개 기관(노르웨이 교통통신부와 노르웨이 우편전기통신청 포함)",
    authority = "노르웨이에서는 교통통신부가 노르웨이 우편전기통신청과 함께 이 안내문을 발송합니다.",
    writer = "사업 ‘서버를 안전하게’",
    signature = { "교통통신부", "노르웨이 우편전기통신청" },
    pages = "2004년 당시 사업의 웹페이지(현재는 없음)",
    questions = {
      "프록시가 인터넷 등 신뢰하지 않는 네트워크로부터의 접속을 받아들입니까?",
      "프록시의 소프트웨어와 하드웨어를 최신 버전으로 사용하고 계십니까?",
      "최신 패치와 업데이트를 설치하셨습니까?",
      "서버에 대한 접근이 적절하게 통제되고 있습니까?",
      "프록시가 무단으로 사용되는지 정기적으로 확인하는 사람이 있습니까?",
      "다른 사람이 오남용을 신고할 수 있는 abuse@ 주소가 귀하의 도메인에 있으며, 그 주소를 확인하는 사람이 있습니까?",
    },
  },
  lt = {
    remark = "PAVYZDYS: šis raštas parengtas pagal 2004 m. projekto profilį. Jame minimos institucijos jo nesiuntė.",
    project = "Apsaugokite savo serverį",
    partners = "Jungtinių Amerikos Valstijų Federalinė prekybos komisija ir dar 36 institucijos iš 26 šalių, tarp jų "
      .. "Norvegijos transporto ir ryšių ministerija ir Norvegijos pašto ir telekomunikacijų tarnyba",
    authority = "Norvegijoje raštus siunčia Transporto ir ryšių ministerija kartu su Norvegijos pašto ir "
      .. "telekomunikacijų tarnyba.",
    writer = "Projektas „Apsaugokite savo serverį“",
    signature = { "Transporto ir ryšių ministerija", "Norvegijos pašto ir telekomunikacijų tarnyba" },
    pages = "2004 m. projekto puslapiai, kurių nebėra",
    questions = {
      "Ar įgaliotasis serveris priima ryšius iš tinklų, kuriais nepasitikite, pavyzdžiui, iš interneto?",
      "Ar naudojate naujausią įgaliotojo serverio programinės ir aparatinės įrangos versiją?",
      "Ar įdiegėte naujausias pataisas ir naujinimus?",
      "Ar prieiga prie serverio tinkamai kontroliuojama?",
      "Ar kas nors reguliariai stebi, ar įgaliotasis serveris nenaudojamas be leidimo?",
      "Ar Jūsų domene yra adresas abuse@, kuriuo kiti gali pranešti apie piktnaudžiavimą, ir ar kas nors jį skaito?",
    },
  },
  pl = {
    remark = "PRZYKŁAD: niniejsze pismo sporządzono z profilem projektu z 2004 r. Nie zostało wysłane przez "
      .. "wymienione w nim urzędy.",
    project = "Bezpieczny serwer",
    partners = "Federalna Komisja Handlu Stanów Zjednoczonych i 36 innych urzędów z 26 krajów, wśród nich norweskie "
      .. "Ministerstwo Transportu i Komunikacji oraz norweski Urząd Poczty i Telekomunikacji",
    authority = "W Norwegii pisma wysyła Ministerstwo Transportu i Komunikacji wspólnie z norweskim Urzędem Poczty i "
      .. "Telekomunikacji.",
    writer = "Projekt „Bezpieczny serwer”",
    signature = { "Ministerstwo Transportu i Komunikacji", "Norweski Urząd Poczty i Telekomunikacji" },
    pages = "Strony projektu z 2004 r., które już nie istnieją",
    questions = {
      "Czy serwer proxy przyjmuje połączenia z sieci, którym Państwo nie ufają, na przykład z Internetu?",
      "Czy używają Państwo najnowszej wersji oprogramowania i sprzętu serwera proxy?",
      "Czy zainstalowali Państwo najnowsze poprawki i aktualizacje?",
      "Czy dostęp do serwera jest właściwie kontrolowany?",
      "Czy ktoś regularnie sprawdza, czy serwer proxy nie jest używany bez uprawnień?",
      "Czy mają Państwo we własnej domenie adres abuse@, pod którym inni mogą zgłaszać nadużycia, i czy ktoś go czyta?",
    },
  },
  pt = {
    remark = "EXEMPLO: a presente carta foi feita com o perfil de um projeto de 2004. Não foi enviada pelas "
      .. "autoridades nela referidas.",
    project = "Proteja o seu servidor",
    partners = "a Federal Trade Commission dos Estados Unidos e 36 outras autoridades de 26 países, entre as quais o "
      .. "Ministério dos Transportes e Comunicações da Noruega e a Autoridade Norueguesa dos Correios e "
      .. "Telecomunicações",
    authority = "Na Noruega, as cartas são enviadas pelo Ministério dos Transportes e Comunicações em conjunto com a "
      .. "Autoridade Norueguesa dos Correios e Telecomunicações.",
    writer = "O projeto «Proteja o seu servidor»",
    signature = { "Ministério dos Transportes e Comunicações", "Autoridade Norueguesa dos Correios e Telecomunicações" },
    pages = "As páginas do projeto de 2004, que já não existem",
    questions = {
      "O proxy aceita ligações de redes em que não confiam, como a Internet?",
      "Utilizam a versão mais recente do software e do hardware do proxy?",
      "Instalaram as correções e atualizações mais recentes?",
      "O acesso ao servidor é controlado como deve ser?",
      "Alguém verifica regularmente se o proxy é utilizado sem autorização?",
      "Têm no vosso domínio um endereço abuse@ onde outros possam comunicar abusos, e alguém o lê?",
    },
  },
  ro = {
    remark = "EXEMPLU: prezenta scrisoare a fost întocmită cu profilul unui proiect din 2004. Nu a fost trimisă de "
      .. "autoritățile menționate în ea.",
    project = "Securizați-vă serverul",
    partners = "Comisia Federală pentru Comerț a Statelor Unite și alte 36 de autorități din 26 de țări, printre care "
      .. "Ministerul Transporturilor și Comunicațiilor din Norvegia și Autoritatea Norvegiană pentru Poștă și "
      .. "Telecomunicații",
    authority = "În Norvegia scrisorile sunt trimise de Ministerul Transporturilor și Comunicațiilor împreună cu "
      .. "Autoritatea Norvegiană pentru Poștă și Telecomunicații.",
    writer = "Proiectul „Securizați-vă serverul”",
    signature = { "Ministerul Transporturilor și Comunicațiilor", "Autoritatea Norvegiană pentru Poștă și Telecomunicații" },
    pages = "Paginile proiectului din 2004, care nu mai există",
    questions = {
      "Serverul proxy acceptă conexiuni din rețele în care nu aveți încredere, cum este internetul?",
      "Folosiți cea mai recentă versiune a software-ului și a echipamentului serverului proxy?",
      "Ați instalat cele mai recente corecții și actualizări?",
      "Accesul la server este controlat așa cum trebuie?",
      "Verifică cineva în mod regulat dacă serverul proxy este folosit fără drept?",
      "Aveți în domeniul propriu o adresă abuse@ la care alții pot semnala abuzuri și o citește cineva?",
    },
  },
  sr = {
    remark = "ПРИМЕР: ово писмо је састављено са профилом једног пројекта из 2004. године. Нису га послали органи "
      .. "који се у њему наводе.",
    project = "Заштитите свој сервер",
    partners = "Савезна трговинска комисија Сједињених Америчких Држава и још 36 органа из 26 земаља, међу њима "
      .. "норвешко Министарство саобраћаја и веза и норвешка Управа за пошту и телекомуникације",
    authority = "У Норвешкој писма шаље Министарство саобраћаја и веза заједно са норвешком Управом за пошту и "
      .. "телекомуникације.",
    writer = "Пројекат „Заштитите свој сервер”",
    signature = { "Министарство саобраћаја и веза", "Норвешка управа за пошту и телекомуникације" },
    pages = "Странице пројекта из 2004. године, којих више нема",
    questions = {
      "Да ли прокси сервер прихвата везе из мрежа којима не верујете, на пример са интернета?",
      "Да ли користите најновију верзију софтвера и хардвера прокси сервера?",
      "Да ли сте инсталирали најновије исправке и ажурирања?",
      "Да ли се приступ серверу контролише како треба?",
      "Да ли неко редовно прати да ли се прокси сервер користи без овлашћења?",
      "Да ли у свом домену имате адресу abuse@ на коју други могу да пријаве злоупотребу и да ли је неко чита?",
    },
  },
  es = {
    remark = "EJEMPLO: esta carta se ha hecho con el perfil de un proyecto de 2004. No ha sido enviada por las "
      .. "autoridades que se mencionan en ella.",
    project = "Proteja su servidor",
    partners = "la Federal Trade Commission de los Estados Unidos y otras 36 autoridades de 26 países, entre ellas el "
      .. "Ministerio de Transportes y Comunicaciones de Noruega y la Autoridad Noruega de Correos y Telecomunicaciones",
    authority = "En Noruega envía las cartas el Ministerio de Transportes y Comunicaciones junto con la Autoridad "
      .. "Noruega de Correos y Telecomunicaciones.",
    writer = "El proyecto «Proteja su servidor»",
    signature = { "Ministerio de Transportes y Comunicaciones", "Autoridad Noruega de Correos y Telecomunicaciones" },
    pages = "Las páginas del proyecto de 2004, que ya no existen",
    questions = {
      "¿Acepta el proxy conexiones de redes en las que no confían, como Internet?",
      "¿Utilizan la última versión del software y del hardware del proxy?",
      "¿Han instalado los últimos parches y actualizaciones?",
      "¿Se controla el acceso al servidor como es debido?",
      "¿Vigila alguien con regularidad si el proxy se usa sin autorización?",
      "¿Tienen en su propio dominio una dirección abuse@ en la que otros puedan denunciar abusos, y la lee alguien?",
    },
  },
  sv = {
    remark = "EXEMPEL: detta brev har gjorts med profilen för ett projekt från 2004. Det har inte skickats av de "
      .. "myndigheter som nämns i det.",
    project = "Säkra er server",
    partners = "Federal Trade Commission i USA och 36 andra myndigheter i 26 länder, däribland Norges "
      .. "kommunikationsdepartement och norska Post- och telestyrelsen",
    authority = "I Norge skickas breven av kommunikationsdepartementet tillsammans med norska Post- och telestyrelsen.",
    writer = "Projektet ”Säkra er server”",
    signature = { "Norges kommunikationsdepartement", "Norska Post- och telestyrelsen" },
    pages = "Projektets sidor från 2004, som inte finns kvar",
    questions = {
      "Tar proxyservern emot anslutningar från nät som ni inte litar på, till exempel internet?",
      "Använder ni den senaste versionen av proxyserverns program- och maskinvara?",
      "Har ni installerat de senaste rättningarna och uppdateringarna?",
      "Styrs åtkomsten till servern som den bör?",
      "Håller någon regelbundet uppsikt över obehörig användning av proxyservern?",
      "Har ni en adress abuse@ i er egen domän, där andra kan anmäla missbruk, och läser någon den?",
    },
  },
  tr = {
    remark = "ÖRNEK: Bu yazı, 2004 yılındaki bir projenin profiliyle hazırlanmıştır. Yazıda adı geçen kurumlar "
      .. "tarafından gönderilmemiştir.",
    project = "Sunucunuzu güvenli kılın",
    partners = "Amerika Birleşik Devletleri Federal Ticaret Komisyonu ve 26 ülkeden 36 kurum daha; bunlar arasında "
      .. "Norveç Ulaştırma ve Haberleşme Bakanlığı ile Norveç Posta ve Telekomünikasyon Kurumu da bulunmaktadır",
    authority = "Norveç’te yazılar, Ulaştırma ve Haberleşme Bakanlığı tarafından Norveç Posta ve Telekomünikasyon "
      .. "Kurumu ile birlikte gönderilmektedir.",
    writer = "“Sunucunuzu güvenli kılın” projesi",
    signature = { "Ulaştırma ve Haberleşme Bakanlığı", "Norveç Posta ve Telekomünikasyon Kurumu" },
    pages = "Projenin artık var olmayan 2004 yılına ait sayfaları",
    questions = {
      "Vekil sunucu, internet gibi güvenmediğiniz ağlardan gelen bağlantıları kabul ediyor mu?",
      "Vekil sunucunun yazılım ve donanımının en son sürümünü kullanıyor musunuz?",
      "En son yamaları ve güncellemeleri yüklediniz mi?",
      "Sunucuya erişim gerektiği gibi denetleniyor mu?",
      "Vekil sunucunun yetkisiz kullanılıp kullanılmadığı düzenli olarak izleniyor mu?",
      "Kendi alan adınızda, başkalarının kötüye kullanımı bildirebileceği bir abuse@ adresiniz var mı ve bu adres "
        .. "okunuyor mu?",
    },
  },
  uk = {
    remark = "ПРИКЛАД: цей лист створено з профілем проєкту 2004 року. Його не надсилали органи, названі в ньому.",
    project = "Захистіть свій сервер",
    partners = "Федеральна торгова комісія США та ще 36 органів із 26 країн, серед них Міністерство транспорту і "
      .. "зв’язку Норвегії та норвезьке Управління пошти і телекомунікацій",
    authority = "У Норвегії листи надсилає Міністерство транспорту і зв’язку спільно з норвезьким Управлінням пошти і "
      .. "телекомунікацій.",
    writer = "Проєкт «Захистіть свій сервер»",
    signature = { "Міністерство транспорту і зв’язку", "Норвезьке управління пошти і телекомунікацій" },
    pages = "Сторінки проєкту 2004 року, яких уже немає",
    questions = {
      "Чи приймає проксі-сервер з’єднання з мереж, яким Ви не довіряєте, наприклад з інтернету?",
      "Чи використовуєте Ви найновішу версію програмного та апаратного забезпечення проксі-сервера?",
      "Чи встановлено найновіші виправлення та оновлення?",
      "Чи контролюється доступ до сервера належним чином?",
      "Чи стежить хтось регулярно за несанкціонованим використанням проксі-сервера?",
      "Чи є у Вашому домені адреса abuse@, на яку інші можуть повідомляти про зловживання, і чи хтось її читає?",
    },
  },
}

local function by_language(key)
  local all = {}
  for code, own in pairs(texts) do
    all[code] = own[key]
  end
  return all
end

return {
  remark = by_language("remark"),
  project = by_language("project"),
  partners = by_language("partners"),
  authority = by_language("authority"),
  writer = by_language("writer"),
  signature = by_language("signature"),
  questions = by_language("questions"),

  from = "project@secure-your-server.example",
  reply_to = "answers@secure-your-server.example",
  contact = "contact@secure-your-server.example",
  retest = "retest@secure-your-server.example",
  objection = "objections@secure-your-server.example",

  links = {
    { title = by_language("pages"), url = "http://www.ftc.gov/secureyourserver" },
  },
}
