-- Hungarian. The reader is addressed as „Önök”. An open relay is „nyílt levelezőszerver (open relay)”, an open proxy „nyílt
-- proxyszerver (open proxy)”, strangers are „illetéktelenek”. What is filled in takes neither an ending nor the article, which
-- would depend on its first sound: it stands behind a colon or in brackets.

local months = { "január", "február", "március", "április", "május", "június", "július", "augusztus",
  "szeptember", "október", "november", "december" }

local messages = {
  subject = {
    open = {
      relay = "{project}: nyílt levelezőszerver ({address}, port: {port})",
      proxy = "{project}: nyílt proxyszerver ({address}, port: {port})",
    },
    suspect = {
      relay = "{project}: esetlegesen nyílt levelezőszerver ({address}, port: {port})",
      proxy = "{project}: esetlegesen nyílt proxyszerver ({address}, port: {port})",
    },
  },

  greeting = "A következő szerver üzemeltetőinek: {address}",
  address = "Ez a levél a következő szerverre vonatkozik: IP-cím: {address}, port: {port}. Tudomásunk szerint a "
    .. "szerverért Önök felelnek.",
  address_name = "Ez a levél a következő szerverre vonatkozik: {host}, IP-cím: {address}, port: {port}. Tudomásunk "
    .. "szerint a szerverért Önök felelnek.",
  source = "A cím szerepel egy listán („{source}”), amely olyan szervereket sorol fel, amelyek illetéktelenek előtt "
    .. "is nyitva állhatnak. Ezért a szervert teszteltük.",
  sources = "A cím több olyan listán is szerepel, amely illetéktelenek előtt esetleg nyitva álló szervereket sorol "
    .. "fel: {sources}. Ezért a szervert teszteltük.",
  source_name = "„{name}”",
  source_given = "A cím szerepel egy nekünk átadott listán, amely olyan szervereket sorol fel, "
    .. "amelyek illetéktelenek előtt is nyitva állhatnak. Ezért a szervert teszteltük.",
  source_unknown = "Olyan tájékoztatást kaptunk, hogy ezen a címen egy illetéktelenek előtt esetleg nyitva álló "
    .. "szerver működik. Ezért a szervert teszteltük.",
  tested = {
    open = {
      relay = "A teszt időpontja: {date} {time} (UTC). A szerver ekkor átvett egy üzenetet a tesztprogramunktól, "
        .. "amely nem jelentkezett be, és továbbította azt egy máshol lévő postafiókba. Az olyan szervert, amely ezt "
        .. "bárki számára megteszi, nyílt levelezőszervernek (open relay) nevezik.",
      proxy = "A teszt időpontja: {date} {time} (UTC). A szerver ekkor továbbította a tesztprogramunk adatforgalmát "
        .. "egy másik számítógéphez az interneten, noha a program nem jelentkezett be. Az olyan szervert, amely ezt "
        .. "bárki számára megteszi, nyílt proxyszervernek (open proxy) nevezik.",
    },
    suspect = {
      relay = "A teszt időpontja: {date} {time} (UTC). A szerver ekkor elfogadott egy máshol lévő postafiókba szóló "
        .. "üzenetet a tesztprogramunktól, amely nem jelentkezett be. Az üzenet a teszt végéig nem érkezett meg oda. "
        .. "Ezért nem állíthatjuk biztosan, hogy a szerver nyílt, és kérjük, hogy ezt ellenőrizzék.",
      proxy = "A teszt időpontja: {date} {time} (UTC). A szerver ekkor vállalta, hogy összekapcsolja a "
        .. "tesztprogramunkat, amely nem jelentkezett be, egy másik számítógéppel az interneten. Oda a teszt végéig "
        .. "semmi sem érkezett meg. Ezért nem állíthatjuk biztosan, hogy a szerver nyílt, és kérjük, hogy ezt "
        .. "ellenőrizzék.",
    },
    doubtful = {
      relay = "A teszt időpontja: {date} {time} (UTC). A szerver ekkor máshol lévő postafiókba szóló üzeneteket "
        .. "fogadott el a tesztprogramunktól, amely nem jelentkezett be. Az egyik üzenet megérkezett oda, egy másik "
        .. "nem. Ezért nem állíthatjuk biztosan, hogy a szerver nyílt, és kérjük, hogy ezt ellenőrizzék.",
      proxy = "A teszt időpontja: {date} {time} (UTC). A tesztprogramunk, amely nem jelentkezett be, ekkor olyan "
        .. "adatot küldött a szervernek, amely megérkezett egy másik számítógéphez az interneten. A szerver azonban "
        .. "úgy is viselkedett, ahogyan egy nyílt proxyszerver nem szokott. Ezért nem állíthatjuk biztosan, hogy a "
        .. "szerver nyílt, és kérjük, hogy ezt ellenőrizzék.",
    },
  },
  no_blame = "Egy szerver a tulajdonosa tudta nélkül is lehet nyílt, gyakran azért, mert valamelyik beállítását soha "
    .. "nem módosították. Feltételezzük, hogy Önök erről nem tudtak, és nem állítjuk, hogy bármi helytelent tettek "
    .. "volna.",
  first_step = "Első lépésként kérjük, hogy zárják le a szervert az illetéktelenek elől. Ennek módját az alábbiakban "
    .. "ismertetjük.",

  earlier = "Erről a szerverről már korábban is írtunk Önöknek.",
  earlier_on = "Erről a szerverről már írtunk Önöknek (a levél kelte: {date}).",
  earlier_case = "Az ügyszám akkor {earlier_case} volt.",

  seen_title = "Amit tapasztaltunk",
  seen = "A tesztprogramunk kapcsolódott a szerverhez (port: {port}). A C betűvel jelölt sorokat a tesztprogram "
    .. "küldte, az S betűvel jelölteket a szervertől kapta.",
  seen_from = "A tesztprogramunk kapcsolódott a szerverhez (port: {port}, a tesztprogram címe: {from}). A C betűvel "
    .. "jelölt sorokat a tesztprogram küldte, az S betűvel jelölteket a szervertől kapta.",
  decisive = "A csillaggal (*) jelölt sorok a döntők.",
  more_lines = { one = "… (további 1 sor)", other = "… (további {n} sor)" },
  returned = {
    relay = "Az üzenet a következő, ki nem található jelölést tartalmazta: {token}. Az üzenet megérkezett a saját "
      .. "fogadószerverünkre (időpont: {date} {time}, UTC), és erről a címről kézbesítették: {peer}.",
    proxy = "A kapcsolat a következő, ki nem található jelölést hordozta: {token}. A kapcsolat megérkezett a saját "
      .. "fogadószerverünkre (időpont: {date} {time}, UTC), mégpedig erről a címről: {peer}.",
  },
  peer_same = "Ez az általunk tesztelt szerver címe.",
  peer_other = "Ez nem az általunk tesztelt cím; a szerver a jelek szerint ezen keresztül továbbítja az "
    .. "adatforgalmat.",
  ports_all = "A saját számítógépünk több portjához kértünk kapcsolatot. Valamennyi kapcsolat létrejött: {reached}.",
  ports_some = "A saját számítógépünk több portjához kértünk kapcsolatot. Létrejött a kapcsolat ezekkel a portokkal: "
    .. "{reached}. Nem jött létre ezekkel: {missed}.",
  ports_mail = "A szerver a levelezéshez használt 25-ös porthoz is továbbít: bárki küldhet e-mailt a szerveren "
    .. "keresztül, és az a látszat szerint onnan érkezik.",
  ours_alone = {
    relay = "Az üzenet címzettje kizárólag a saját postafiókunk volt. Senki másnak nem küldtünk semmit.",
    proxy = "A kapcsolat kizárólag a saját számítógépünkhöz irányult. Senki mással nem létesítettünk kapcsolatot a "
      .. "szerveren keresztül.",
  },

  check_title = "Hogyan győződhetnek meg róla Önök is",
  check = {
    relay = "A döntő lépés megismételhető a swaks programmal, amely itt még az üzenet elküldése előtt befejezi a "
      .. "párbeszédet. Kérjük, hogy az alábbi parancsot a saját hálózataikon kívüli számítógépen futtassák, és a "
      .. "you@elsewhere.example cím helyére írják be egy másik szolgáltatónál lévő saját címüket:",
    relay_lines = "Kérjük, hogy a saját hálózataikon kívüli számítógépről az alábbi paranccsal kapcsolódjanak a "
      .. "szerverhez. Ezután írják be a fenti, C betűvel jelölt sorokat az RCPT TO sorig bezárólag, címzettként "
      .. "pedig egy másik szolgáltatónál lévő saját címüket adják meg:",
    relay_answer = "Ha a szerver az RCPT TO parancsra 5-tel kezdődő kóddal válaszol, akkor az elvárt módon "
      .. "elutasítja az illetékteleneket. Ha a kód 2-vel kezdődik, akkor illetéktelentől is átvesz máshová szóló "
      .. "üzenetet.",
    proxy = "Kérjük, hogy az alábbi parancsokat a saját hálózataikon kívüli számítógépen futtassák:",
    proxy_answer = "Ha valamelyik parancs megjeleníti az „Example Domain” oldalt, akkor a szerver átengedi az "
      .. "illetékteleneket. Ha mindegyik hibával ér véget, akkor a szerver elutasította ezeket a kéréseket.",
  },

  matter = "Kérjük, hogy olvassák végig ezt a levelet: a benne foglaltak érinthetik az Önök internet-hozzáférését és "
    .. "internetes jelenlétét.",
  who = "Ez a levél egy közös projekt keretében készült. A projekt neve: „{project}”, résztvevői: {partners}.",
  who_alone = "Ez a levél a következő projekt keretében készült: „{project}”.",
  purpose = "A projekt célja, hogy a nyílt szerverek tulajdonosait tájékoztassa szerverük biztonságossá tételének "
    .. "módjáról, hogy mások ne használhassák a szervereket kéretlen levelek (spam) küldésére vagy kilétük "
    .. "elrejtésére.",

  what_title = "Mi a nyílt levelezőszerver és a nyílt proxyszerver",
  what_they_are = "A nyílt levelezőszerver (open relay) bárkitől átvesz és bárkihez továbbít e-mailt, noha sem a "
    .. "feladónak, sem a címzettnek nincs köze a szerver tulajdonosához. A nyílt proxyszerver (open proxy) ugyanezt "
    .. "teszi a kapcsolatokkal: bárkitől az internet bármely pontjára. A másik oldalon úgy látszik, hogy az "
    .. "adatforgalom ettől a szervertől érkezik.",
  how_abused = "Az ilyen szerverek automatikus kereséssel könnyen megtalálhatók. Nagy tömegű kéretlen levél "
    .. "küldésére, kártevők terjesztésére, csalásra és más számítógépek elleni támadásra használják őket, miközben a "
    .. "tényleges feladó rejtve marad.",

  harm_title = "Milyen következményekkel járhat ez Önökre nézve",
  harm = {
    "A szerver és az Önök internetkapcsolata lelassulhat vagy leállhat, ha nagy mennyiségű idegen adatforgalom halad "
      .. "át rajtuk.",
    "Előfordulhat, hogy az adatforgalomért és a helyreállítási munkáért fizetniük kell.",
    "Az internetszolgáltatójuk korlátozhatja vagy megszüntetheti a hozzáférésüket.",
    "A cím tiltólistára kerülhet, és emiatt mások az Önök saját e-mailjeit is elutasíthatják.",
    "A kéretlen levelek és a támadások úgy tűnhetnek, mintha Önöktől származnának, ami ronthatja a jó hírüket.",
  },

  remedy_title = "A szerver lezárásának módja",
  remedy = {
    relay = {
      "A szerver külső címzetteknek szóló e-mailt csak az Önök saját hálózataiból és bejelentkezett felhasználóktól "
        .. "fogadjon el. Mindenki mást el kell utasítani.",
      "A megbízhatónak tekintett hálózatok listája legyen a lehető legrövidebb. Ellenőrizzék, hogy a szerver a "
        .. "kapcsolódók tényleges címét látja-e, különösen akkor, ha konténerben vagy terheléselosztó mögött fut.",
      "Tartsák naprakészen a szoftvert.",
    },
    proxy = {
      "Kapcsolják ki a proxyszervert, ha nincs szükségük rá.",
      "Ha szükségük van rá, akkor csak a saját hálózataikból legyen elérhető, vagy kérjen jelszót. Mindenki mást el "
        .. "kell utasítani.",
      "Tiltsák le a tűzfalon az internet felől érkező kapcsolatokat ehhez a porthoz: {port}.",
      "Ha ezt a szolgáltatást Önöknél senki sem helyezte üzembe, akkor lehet, hogy az eszközzel együtt érkezett, "
        .. "vagy valaki átvette a gép felett az irányítást. Ilyenkor nem elég a portot letiltani: a gépet meg kell "
        .. "vizsgálni.",
    },
  },
  found = {
    open = "A tesztünk a következőt állapította meg: {what} {close}",
    suspect = "Ha a szerver nyílt, annak oka a következő: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "A szerver bármely feladótól bármely címzetthez továbbítja az e-mailt; egyiküknek sem kell az Önök "
        .. "szervezetéhez tartoznia.",
      close = "A szerver utasítsa el a máshol lévő címzetteket, kivéve, ha a kliens az Önök saját hálózatában van, "
        .. "vagy bejelentkezett.",
    },
    ["same-domain"] = {
      what = "A szerver továbbítja az e-mailt, ha a feladó és a címzett ugyanabban a domainben van, noha az a domain "
        .. "nem az Önöké. Bárki megadhat ilyen feladót.",
      close = "A kliens címe vagy bejelentkezése legyen a döntő, a feladó címe soha.",
    },
    ["null-sender"] = {
      what = "A szerver bárkihez továbbítja az e-mailt, ha a feladó üres (<>), mint a kézbesíthetetlen levelekről "
        .. "szóló értesítésekben.",
      close = "Az üres feladóra ugyanannak a szabálynak kell vonatkoznia, mint bármely másikra; szüntessenek meg "
        .. "minden rá vonatkozó kivételt.",
    },
    ["bare-sender"] = {
      what = "A szerver a domain nélküli feladót a saját felhasználójának tekinti, és mindent továbbít, amit az "
        .. "ilyen feladó küld.",
      close = "Utasítsák el a kívülről érkező, domain nélküli feladókat.",
    },
    ["claimed-sender"] = {
      what = "A szerver bárkihez továbbítja az e-mailt, ha a feladó címében a szerver saját domainje, neve vagy címe "
        .. "szerepel. Bárki megadhat ilyen címet.",
      close = "A kliens címe vagy bejelentkezése legyen a döntő, a feladó címe soha.",
    },
    ["claimed-user"] = {
      what = "A szerver bárkihez továbbítja az e-mailt, ha a feladó címe a szerver valamelyik felhasználójáé, "
        .. "például root vagy postmaster. Bárki megadhat ilyen címet.",
      close = "A kliens címe vagy bejelentkezése legyen a döntő, és egyetlen felhasználó címe se élvezzen kivételt.",
    },
    ["claimed-greeting"] = {
      what = "A szerver továbbítja az olyan kliensek e-mailjeit, amelyek egy bizonyos nevet adnak meg az üdvözlésben "
        .. "(EHLO). Bárki bármilyen nevet megadhat.",
      close = "Az üdvözlésben megadott névben ne bízzanak: a kliens címe vagy bejelentkezése legyen a döntő.",
    },
    ["unknown-sender"] = {
      what = "A szerver az olyan feladók e-mailjeit is továbbítja, akiknek a domainje nem létezik.",
      close = "Illetéktelenektől érkező üzenetnél a szerver utasítsa el a máshol lévő címzetteket, továbbá az "
        .. "ismeretlen domainű feladókat.",
    },
    ["empty-domain"] = {
      what = "A szerver a sajátjának tekinti az olyan címet, amely @ jelre végződik, domain nélkül, majd továbbítja "
        .. "az üzenetet.",
      close = "Az üres domaint tartalmazó címet hibás szintaxis miatt utasítsák el, mielőtt a szerver bármi másról "
        .. "döntene.",
    },
    ["bare-recipient"] = {
      what = "A szerver nem alkalmazza a szabályát a csúcsos zárójelek nélkül megadott címzettekre.",
      close = "Csak csúcsos zárójelek közötti címeket fogadjanak el.",
    },
    ["quoted-route"] = {
      what = "A szerver az idézőjelek közötti címet a sajátjának tekinti, eltávolítja az idézőjeleket, majd az "
        .. "üzenetet a közöttük álló címre továbbítja.",
      close = "A szabály a címek átírása után döntsön, vagy utasítsák el a domain előtt álló @, %, ! és / jeleket.",
    },
    ["percent-route"] = {
      what = "A szerver a domain előtt álló % jelet útvonalként értelmezi (user%elsewhere.example@your-server), és "
        .. "aszerint továbbítja az üzenetet.",
      close = "Kapcsolják ki az útválasztásnak ezt a régi formáját.",
    },
    ["two-ats"] = {
      what = "A szerver a két @ jelet tartalmazó címet az utolsó @ alapján a sajátjának tekinti, az üzenetet pedig "
        .. "az első szerint továbbítja.",
      close = "Hibás szintaxis miatt utasítsák el az egynél több @ jelet tartalmazó címeket.",
    },
    ["source-route"] = {
      what = "A szerver követi a cím előtt megadott útvonalat (@your-server:user@elsewhere.example), és aszerint "
        .. "továbbítja az üzenetet.",
      close = "Az ilyen útvonalakat hagyják figyelmen kívül, vagy utasítsák el.",
    },
    ["uucp-path"] = {
      what = "A szerver a címben álló ! jelet útvonalként értelmezi (elsewhere.example!user), és aszerint továbbítja "
        .. "az üzenetet, vagy a ! jelet tartalmazó feladót a sajátjának tekinti.",
      close = "A kívülről érkező címekben utasítsák el a ! jelet.",
    },
    ["srs-hash"] = {
      what = "A szerver az átírt visszaküldési címeket (SRS) az ellenőrző kivonat (hash) vizsgálata nélkül alakítja "
        .. "vissza a bennük lévő címekké, és az üzenetet oda továbbítja.",
      close = "Ellenőrizzék az ilyen címek kivonatát és dátumát, és utasítsák el a címet, ha ezek nem helytállóak.",
    },
    spelling = {
      what = "A szerver nem ismeri fel a címzett domainjét, ha azt más írásmóddal adják meg (nagybetűk, pont a "
        .. "végén, teljes szélességű betűk), és továbbítja az üzenetet.",
      close = "A domaint egységes írásmódra kell alakítani, mielőtt bármilyen listával összevetik.",
    },
    smtputf8 = {
      what = "A szerver nem alkalmazza a szabályát a nemzetköziként bejelentett üzenetekre (SMTPUTF8).",
      close = "Ezekre is ugyanaz a szabály vonatkozzon, vagy kapcsolják ki ezt a bővítményt.",
    },
    ["inside-tls"] = {
      what = "A szerver titkosítatlan kapcsolaton elutasítja az illetékteleneket, titkosított kapcsolaton (STARTTLS) "
        .. "azonban bárki e-mailjét továbbítja.",
      close = "A titkosítás önmagában nem bejelentkezés: kérjenek jelszót, vagy csak az Önök által ismert "
        .. "klienstanúsítványokat fogadják el.",
    },
    xclient = {
      what = "A szerver bármely kliensnek megengedi, hogy az XCLIENT paranccsal közölje, melyik címről érkezik, és "
        .. "mindenki e-mailjét továbbítja, aki magának a szervernek adja ki magát.",
      close = "Az XCLIENT parancsot csak a saját átjáróiktól fogadják el (a példában: 192.0.2.10).",
    },
    ["proxy-line"] = {
      what = "A szerver bármely kliens PROXY sorát elhiszi, amely a kapcsolat eredetét közli, és mindenki e-mailjét "
        .. "továbbítja, aki magának a szervernek adja ki magát.",
      close = "A PROXY protokollt csak a saját terheléselosztójuktól fogadják el (a példában: 192.0.2.10), olyan "
        .. "porton, amelyet csak az ér el.",
    },
    ["second-recipient"] = {
      what = "A szerver elutasítja a máshol lévő címzettet, ha az az első, de elfogadja, ha egy saját címzett után "
        .. "következik.",
      close = "A szabály minden egyes címzettről külön döntsön.",
    },
    ["web-form"] = {
      what = "A webszerver egyik űrlapja bármely, a kérésben megadott címre küld e-mailt.",
      close = "Az űrlap leveleinek címzettjeit rögzítsék a szkriptben, egyet se vegyenek át a kérésből, és "
        .. "távolítsák el az olyan régi szkripteket, mint a FormMail.",
    },
    ["web-proxy"] = {
      what = "A webszerver egyik oldala bárki számára letölti a kérésben megadott bármely URL-címet, és megjeleníti "
        .. "a kapott tartalmat.",
      close = "Távolítsák el a szkriptet, vagy csak az Önök által felsorolt szerverekről és csak bejelentkezett "
        .. "felhasználók számára töltsön le.",
    },
    ["local-services"] = {
      what = "A proxyszerver az illetékteleneket a saját gépének szolgáltatásaihoz is elvezeti, amelyek esetleg "
        .. "mindenkiben megbíznak, aki onnan érkezik.",
      close = "Utasítsák el a proxyszerver saját gépére mutató célcímeket (127.0.0.1, ::1 és a gép többi címe), és "
        .. "csak a saját hálózatuk klienseit engedjék be.",
    },
    ["connect-udp"] = {
      what = "A szerver HTTP-n keresztül (connect-udp, más néven MASQUE) bárki datagramjait (UDP) bármely címre "
        .. "elküldi.",
      close = "Ha nincs szükségük a connect-udp funkcióra, kapcsolják ki. Ellenkező esetben kérjenek bejelentkezést, "
        .. "vagy csak a saját hálózatuk klienseit engedjék be.",
    },
    ["ipv6-clients"] = {
      what = "Ez IPv6-kapcsolaton történt. A konténerben futó szerver gyakran minden IPv6-klienst a saját "
        .. "hálózatának egyik címével lát, és ezért megbízik bennük.",
      close = "Gondoskodjanak arról, hogy a szerver a kliensek tényleges IPv6-címét lássa, és vegyék ki a "
        .. "konténerhálózatot a megbízhatónak tekintett hálózatok közül.",
    },
  },
  cause_named = "Pontosan ezt szünteti meg a szoftver ({software}) alábbi beállítása:",
  cause_if = "Ha a szerveren a következő szoftver fut: {software}, akkor pontosan ezt szünteti meg az alábbi "
    .. "beállítás:",
  software_named = "A szerver azt közli magáról, hogy a következő szoftvert futtatja: {software}. Az alábbi "
    .. "beállítások lezárják ezt a szoftvert az illetéktelenek elől. A beállítások az azonos nevű sorok helyébe "
    .. "lépnek. A 192.0.2.0/24 helyére írják be a saját hálózatukat.",
  software_if = "Ha a szerveren a következő szoftver fut: {software}, akkor az alábbi beállítások lezárják az "
    .. "illetéktelenek elől. A beállítások az azonos nevű sorok helyébe lépnek. A 192.0.2.0/24 helyére írják be a "
    .. "saját hálózatukat.",
  software_none = "Ha közlik velünk, hogy milyen szoftver fut a szerveren, pontosabban meg tudjuk mondani, mit kell "
    .. "beállítani.",
  firewall = "A tűzfal bármilyen szoftver esetén távol tartja az illetékteleneket. A 192.0.2.0/24 helyére írják be a "
    .. "saját hálózatukat.",
  on_system = "{system} esetén:",
  makers = "Az alábbi hivatkozások között megtalálhatók az elterjedt szoftverek gyártóinak útmutatói, valamint "
    .. "olyanok is, amelyek bármely szoftverre érvényesek.",
  in_file = "A következő fájlban: {file}:",
  remove = "Törlendő a következő fájlból: {file}:",
  run = "Ezután futtassák a következőt:",
  shell = "A program saját parancssorában:",
  questions = "A következő kérdések segíthetnek a gyenge pont megtalálásában:",

  links_title = "További információk",

  after_title = "Újabb teszt és észrevételek",
  retest = "Miután a szervert lezárták, kérjük, hogy „RETEST {case}” tárggyal írjanak a következő címre: {retest}. "
    .. "Ekkor ismét teszteljük a szervert, és közöljük Önökkel az eredményt.",
  object = "Ha úgy vélik, hogy e levélben valami téves, kérjük, hogy az ügyszám ({case}) megadásával írjanak a "
    .. "következő címre: {objection}.",
  lists = "Két listát vezetünk azokról, akik nem kérnek tesztet vagy levelet. Önök az egyikre vagy mindkettőre "
    .. "felkerülhetnek:",
  list_tests = "Ha nem szeretnék, hogy a szervert ismét teszteljük, kérjük, hogy „STOP-TESTS {case}” tárggyal "
    .. "írjanak a következő címre: {stop_tests}.",
  list_letters = "Ha nem szeretnének több levelet kapni, kérjük, hogy „STOP-LETTERS {case}” tárggyal írjanak a "
    .. "következő címre: {stop_letters}.",

  evidence_title = "Bizonyítékok",
  evidence = "A tesztprogramunk és a szerver közötti teljes adatforgalmat az időpontokkal együtt megőriztük a "
    .. "bizonyítékfájlban (fájlnév: {bundle}, ügyszám: {case}). A fájl SHA-256-lenyomata a „sha256sum” parancs által "
    .. "kiírt formában:",
  evidence_check = "Ha egy fájl lenyomata ettől eltér, akkor az egy másik fájl, vagy azt e levél kelte után "
    .. "módosították, illetve kiegészítették. A fájl a következő kulccsal van aláírva: {key_id}. Az Önöket érintő "
    .. "részt elkérhetik tőlünk: az egy külön fájl, saját lenyomattal és ugyanazzal az aláírással. Mindkettő "
    .. "ellenőrizhető az „ajar verify” paranccsal, illetve a mi szoftverünk nélkül a minisign és a sha256sum "
    .. "programmal, ahogyan azt a benne található VERIFY.txt fájl leírja. A nyilvános kulcs:",

  contact = "Kérdéseiket a következő címre küldhetik: {contact}.",
  regards = "Tisztelettel:",

  interval = {
    one = "Naponta legfeljebb egy ilyen levelet kapnak tőlünk.",
    other = "Ilyen levelet {n} nap alatt legfeljebb egyet kapnak tőlünk.",
  },

  group_subject = "{project}: az Önök felelősségi körébe tartozó, illetéktelenek előtt nyitva álló vagy esetleg "
    .. "nyitva álló szerverek ({case})",
  group_greeting = "Az alább felsorolt szerverek üzemeltetőinek",
  group_findings = {
    one = "Ez a levél {n} megállapításról szól olyan szerverekkel kapcsolatban, amelyekért tudomásunk szerint "
      .. "Önök felelnek.",
    other = "Ez a levél {n} megállapításról szól olyan szerverekkel kapcsolatban, amelyekért tudomásunk szerint "
      .. "Önök felelnek.",
  },
  group_at_one = "Mindegyik a következő IP-címre vonatkozik: {address}.",
  group_at = {
    one = "A megállapítások {n} IP-címre vonatkoznak.",
    other = "A megállapítások {n} különböző IP-címre vonatkoznak.",
  },
  group_tested = "Olyan tájékoztatást kaptunk, hogy ezeken a címeken illetéktelenek előtt esetleg nyitva álló "
    .. "szerverek működnek. Ezért a szervereket teszteltük. Az alábbi lista minden teszt eredményét tartalmazza.",
  group_first_step = "Első lépésként kérjük, hogy zárják le ezeket a szervereket az illetéktelenek elől. Ennek "
    .. "módját az alábbiakban ismertetjük.",
  group_title = "Amit megállapítottunk",
  group_columns = { address = "Cím", port = "Port", found = "Megállapítás", time = "Idő (UTC)" },
  group_found = {
    open = { relay = "nyílt levelezőszerver", proxy = "nyílt proxyszerver" },
    suspect = { relay = "levelezőszerver, esetleg nyílt", proxy = "proxyszerver, esetleg nyílt" },
  },
  group_attached = "A csatolt fájl ({file}) az összes megállapítást tartalmazza, soronként egyet, további "
    .. "részletekkel.",
  group_example = "Példaként a következő szerver szolgál: {address}, port: {port} (ügyszám: {case}).",
  group_remedy_for = "A következő címről és a hasonló szerverekről: {address}, port: {port}",
  group_retest = "Miután a szervereket lezárták, kérjük, hogy „RETEST {case}” tárggyal írjanak a következő "
    .. "címre: {retest}. Ez a szám a levélben szereplő összes ügyre vonatkozik. Ha csak néhány szervert zártak "
    .. "le, kérjük, hogy az üzenetben adják meg ezek ügyszámát. Ekkor ismét teszteljük a szervereket, és "
    .. "közöljük Önökkel az eredményt.",
  group_list_tests = "Ha nem szeretnék, hogy ezeket a szervereket ismét teszteljük, kérjük, hogy „STOP-TESTS "
    .. "{case}” tárggyal írjanak a következő címre: {stop_tests}.",
  group_evidence = "A tesztprogramunk és a szerverek közötti teljes adatforgalmat az időpontokkal együtt "
    .. "megőriztük a bizonyítékfájlban (fájlnév: {bundle}), minden ügyet a saját száma alatt. A fájl "
    .. "SHA-256-lenyomata a „sha256sum” parancs által kiírt formában:",
  group_earlier = "Ezekről a szerverekről már korábban is írtunk Önöknek.",
  group_earlier_on = "Ezekről a szerverekről már írtunk Önöknek (a levél kelte: {date}).",

  tones = {
    reminder = {
      group_subject = "{project}: emlékeztető az Önök felelősségi körébe tartozó, illetéktelenek előtt nyitva "
        .. "álló vagy esetleg nyitva álló szerverekről ({case})",
      group_tested = "Most ismét teszteltük a szervereket. Az alábbi lista minden teszt eredményét tartalmazza.",
      group_first_step = "Kérjük, hogy most zárják le ezeket a szervereket az illetéktelenek elől. Ennek módját "
        .. "az alábbiakban ismertetjük. Ha már dolgoznak rajta, vagy segítségre van szükségük, kérjük, hogy ezt "
        .. "közöljék velünk; elegendő egy rövid üzenet a következő címre: {contact}.",
      group_no_blame = "Lehetséges, hogy a korábbi levelünk nem jutott el az illetékeshez, vagy hogy egy "
        .. "módosításnak nem volt meg a kívánt hatása. Ha ezekért a szerverekért mások felelnek, kérjük, hogy "
        .. "továbbítsák nekik ezt a levelet.",
      subject = {
        open = {
          relay = "{project}: emlékeztető a nyílt levelezőszerverről ({address}, port: {port})",
          proxy = "{project}: emlékeztető a nyílt proxyszerverről ({address}, port: {port})",
        },
        suspect = {
          relay = "{project}: emlékeztető a levelezőszerverről ({address}, port: {port})",
          proxy = "{project}: emlékeztető a proxyszerverről ({address}, port: {port})",
        },
      },
      again = "Most ismét teszteltük a szervert.",
      still = "A szerver tehát továbbra is nyitva áll illetéktelenek előtt.",
      no_blame = "Lehetséges, hogy a korábbi levelünk nem jutott el az illetékeshez, vagy hogy egy módosításnak nem "
        .. "volt meg a kívánt hatása. Ha a szerverért mások felelnek, kérjük, hogy továbbítsák nekik ezt a levelet.",
      first_step = "Kérjük, hogy most zárják le a szervert az illetéktelenek elől. Ennek módját az alábbiakban "
        .. "ismertetjük. Ha már dolgoznak rajta, vagy segítségre van szükségük, kérjük, hogy ezt közöljék velünk; "
        .. "elegendő egy rövid üzenet a következő címre: {contact}.",
    },

    provider = {
      group_subject = "{project}: illetéktelenek előtt nyitva álló vagy esetleg nyitva álló szerverek az Önök "
        .. "hálózatában ({case})",
      group_greeting = "Azon hálózat üzemeltetőinek, amelyhez az alább felsorolt címek tartoznak",
      group_findings = {
        one = "Ez a levél {n} megállapításról szól olyan szerverekkel kapcsolatban, amelyek tudomásunk szerint "
          .. "az Önök hálózatában vannak; a szerverek az ügyfeleiké lehetnek.",
        other = "Ez a levél {n} megállapításról szól olyan szerverekkel kapcsolatban, amelyek tudomásunk "
          .. "szerint az Önök hálózatában vannak; a szerverek az ügyfeleiké lehetnek.",
      },
      group_first_step = "Kérjük, hogy továbbítsák ezt a levelet a szerverek üzemeltetőinek, és gondoskodjanak "
        .. "arról, hogy a szervereket lezárják az illetéktelenek elől. Ha tudják, hogy Önök helyett kinek "
        .. "kellene írnunk, kérjük, hogy közöljék velünk a következő címen: {contact}.",
      group_limit = "Amíg a szervereket le nem zárják, azzal védhetnek másokat, ha letiltják az internet felől "
        .. "a proxyszerverek portjaira érkező kapcsolatokat, és korlátozzák, hogy a levelezőszerverek mit "
        .. "küldhetnek más szerverek 25-ös portjára.",
      subject = {
        open = {
          relay = "{project}: nyílt levelezőszerver az Önök hálózatában ({address}, port: {port})",
          proxy = "{project}: nyílt proxyszerver az Önök hálózatában ({address}, port: {port})",
        },
        suspect = {
          relay = "{project}: esetlegesen nyílt levelezőszerver az Önök hálózatában ({address}, port: {port})",
          proxy = "{project}: esetlegesen nyílt proxyszerver az Önök hálózatában ({address}, port: {port})",
        },
      },
      greeting = "Azon hálózat üzemeltetőinek, amelyhez a következő cím tartozik: {address}",
      address = "Ez a levél a következő szerverre vonatkozik: IP-cím: {address}, port: {port}. Tudomásunk szerint a "
        .. "cím az Önök hálózatához tartozik, a szerver pedig az egyik ügyfelüké lehet.",
      address_name = "Ez a levél a következő szerverre vonatkozik: {host}, IP-cím: {address}, port: {port}. "
        .. "Tudomásunk szerint a cím az Önök hálózatához tartozik, a szerver pedig az egyik ügyfelüké lehet.",
      matter = "Kérjük, hogy olvassák végig ezt a levelet: a benne foglaltak érinthetik az Önök hálózatát és "
        .. "ügyfeleit.",
      no_blame = "Egy szerver a tulajdonosa tudta nélkül is lehet nyílt, gyakran azért, mert valamelyik beállítását "
        .. "soha nem módosították. Nem állítjuk, hogy Önök vagy az ügyfelük bármi helytelent tettek volna.",
      first_step = "Kérjük, hogy továbbítsák ezt a levelet a szerver üzemeltetőinek, és gondoskodjanak arról, hogy a "
        .. "szervert lezárják az illetéktelenek elől. Ha tudják, hogy Önök helyett kinek kellene írnunk, kérjük, "
        .. "hogy közöljék velünk a következő címen: {contact}.",
      limit = {
        relay = "Amíg a szervert le nem zárják, azzal védhetnek másokat, ha korlátozzák, hogy a szerver mit küldhet "
          .. "más szerverek 25-ös portjára.",
        proxy = "Amíg a szervert le nem zárják, azzal védhetnek másokat, ha letiltják az internet felől az erre a "
          .. "címre érkező kapcsolatokat (port: {port}).",
      },
      harm_title = "Milyen következményekkel járhat ez Önökre és ügyfeleikre nézve",
      harm = {
        "Az Önök hálózatának címei tiltólistára kerülhetnek, és emiatt mások elutasíthatják az Önök és olyan "
          .. "ügyfeleik e-mailjeit is, akiknek ehhez semmi közük.",
        "Az illetéktelenek adatforgalma terheli a vonalaikat, és előfordulhat, hogy ezért Önöknek vagy az "
          .. "ügyfelüknek kell fizetnie.",
        "A kéretlen levelek és a támadások miatti panaszok Önökhöz érkeznek, mivel ezek a látszat szerint az Önök "
          .. "hálózatából származnak.",
      },
      pass_on = "A levél további része a szerver üzemeltetőinek szól.",
    },

    ["all-clear"] = {
      group_subject = "{project}: az Önök felelősségi körébe tartozó szerverek le vannak zárva az "
        .. "illetéktelenek elől ({case})",
      group_findings = {
        one = "Ez a levél {n} olyan szerverről szól, amely a korábbi tesztjeink során nyitva állt, és amelyért "
          .. "tudomásunk szerint Önök felelnek.",
        other = "Ez a levél {n} olyan szerverről szól, amely a korábbi tesztjeink során nyitva állt, és "
          .. "amelyért tudomásunk szerint Önök felelnek.",
      },
      group_tested = "A szervereket ismét teszteltük. A tesztprogramunk, amely nem jelentkezett be, már egyiken "
        .. "sem tudott átjutni. Az alábbi lista minden teszt eredményét tartalmazza.",
      group_found = {
        closed = { relay = "lezárt levelezőszerver", proxy = "lezárt proxyszerver" },
      },
      group_thanks = "Amennyire e tesztek alapján meg lehet ítélni, a szerverek le vannak zárva az "
        .. "illetéktelenek elől. Köszönjük a segítségüket.",
      group_bounds = "A tesztek kizárólag ezekre a szolgáltatásokra és ezekre az időpontokra vonatkoztak. A "
        .. "gépek többi szolgáltatásáról nem mondanak semmit, és a beállítások későbbi módosítása ismét "
        .. "megnyithat egy szervert.",
      subject = {
        closed = {
          relay = "{project}: a levelezőszerver le van zárva az illetéktelenek elől ({address}, port: {port})",
          proxy = "{project}: a proxyszerver le van zárva az illetéktelenek elől ({address}, port: {port})",
        },
      },
      tested = {
        closed = {
          relay = "A szervert ismét teszteltük (időpont: {date} {time}, UTC). A tesztprogramunk, amely nem "
            .. "jelentkezett be, nem tudott a szerveren keresztül máshol lévő postafiókba üzenetet küldeni.",
          proxy = "A szervert ismét teszteltük (időpont: {date} {time}, UTC). A tesztprogramunk, amely nem "
            .. "jelentkezett be, nem tudott a szerveren keresztül másik számítógépet elérni az interneten.",
        },
      },
      thanks = "Amennyire e teszt alapján meg lehet ítélni, a szerver le van zárva az illetéktelenek elől. Köszönjük "
        .. "a segítségüket.",
      settled = "Az ügyet ezzel a magunk részéről lezártnak tekintjük, és erre a levélre nem kell válaszolniuk.",
      bounds = "A teszt kizárólag erre a szolgáltatásra és erre az időpontra vonatkozott. A gép többi "
        .. "szolgáltatásáról nem mond semmit, és a beállítások későbbi módosítása ismét megnyithatja a szervert.",
      left_title = "Mi lehet még hátra",
      left = {
        relay = {
          "Az illetéktelenek által a szerveren hagyott üzenetek még a várakozási sorban lehetnek. Kérjük, hogy "
            .. "nézzék át a sort, és töröljék, ami nem az Önöké.",
          "Ha a cím tiltólistákon szerepel, a listák üzemeltetői kérésre törlik onnan; egyes listák ezt egy idő után "
            .. "maguktól is megteszik.",
          "Tartsák naprakészen a szoftvert, és a beállítások minden módosítása után ellenőrizzék kívülről a szervert.",
        },
        proxy = {
          "A szerver naplóiból kiderülhet, hogy kik és mire használták, amíg nyílt volt. Kérjük, hogy őrizzék meg a "
            .. "naplókat, ha feljelentést kívánnak tenni a rendőrségen.",
          "Ha ezt a szolgáltatást Önöknél senki sem helyezte üzembe, akkor lehet, hogy valaki átvette a gép felett "
            .. "az irányítást. Ilyenkor a gépet meg kell vizsgálni, noha a szolgáltatás már nem érhető el.",
          "Ha a cím tiltólistákon szerepel, a listák üzemeltetői kérésre törlik onnan; egyes listák ezt egy idő után "
            .. "maguktól is megteszik.",
          "Tartsák naprakészen a szoftvert, és a beállítások minden módosítása után ellenőrizzék kívülről a szervert.",
        },
      },
    },
  },
}

return {
  code = "hu",
  name = "magyar",
  english = "Hungarian",
  messages = messages,

  plural = function(n)
    return n == 1 and "one" or "other"
  end,

  -- 2026. november 24.
  date = function(t)
    return string.format("%d. %s %d.", t.year, months[t.month], t.day)
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

  -- a, b és c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " és " .. items[#items] or items[1]
  end,
}
