-- Czech. The reader is addressed as «Vy»; a relay is an «otevřený poštovní server (open relay)», a proxy an «otevřený proxy
-- server (open proxy)». Before a time stands «v čase», as «v» alone would have to be «ve» before some hours.

local months = { "ledna", "února", "března", "dubna", "května", "června", "července", "srpna",
  "září", "října", "listopadu", "prosince" }

local messages = {
  subject = {
    open = {
      relay = "{project}: otevřený poštovní server na adrese {address}, port {port}",
      proxy = "{project}: otevřený proxy server na adrese {address}, port {port}",
    },
    suspect = {
      relay = "{project}: možná otevřený poštovní server na adrese {address}, port {port}",
      proxy = "{project}: možná otevřený proxy server na adrese {address}, port {port}",
    },
  },

  greeting = "Osobám odpovědným za server {address}",
  address = "Tento dopis se týká serveru s IP adresou {address}, port {port}. Podle našich informací za tento server "
    .. "odpovídáte Vy.",
  address_name = "Tento dopis se týká serveru {host} s IP adresou {address}, port {port}. Podle našich informací za tento "
    .. "server odpovídáte Vy.",
  source = "Adresa je uvedena na seznamu „{source}“, který obsahuje servery možná otevřené cizím osobám. Proto jsme "
    .. "server otestovali.",
  sources = "Adresa je uvedena na více seznamech serverů možná otevřených cizím osobám: {sources}. Proto jsme server "
    .. "otestovali.",
  source_name = "„{name}“",
  source_given = "Adresa je uvedena na seznamu, který nám byl předán a který obsahuje servery možná "
    .. "otevřené cizím osobám. Proto jsme server otestovali.",
  source_unknown = "Adresa nám byla sdělena jako adresa serveru, který může být otevřený cizím osobám. Proto jsme server "
    .. "otestovali.",
  tested = {
    open = {
      relay = "Dne {date} v čase {time} (UTC) server přijal zprávu od našeho testovacího programu, který nebyl přihlášen, "
        .. "a předal ji do schránky mimo tento server. Server, který to umožňuje komukoli, se označuje jako otevřený "
        .. "poštovní server (open relay).",
      proxy = "Dne {date} v čase {time} (UTC) server předal provoz od našeho testovacího programu, který nebyl přihlášen, "
        .. "jinému počítači na internetu. Server, který to umožňuje komukoli, se označuje jako otevřený proxy server "
        .. "(open proxy).",
    },
    suspect = {
      relay = "Dne {date} v čase {time} (UTC) server přijal zprávu od našeho testovacího programu, který nebyl přihlášen, "
        .. "určenou do schránky mimo tento server. Do konce testu tam zpráva nedorazila. Nemůžeme proto s jistotou říci, "
        .. "že je server otevřený, a žádáme Vás o jeho kontrolu.",
      proxy = "Dne {date} v čase {time} (UTC) server souhlasil se spojením našeho testovacího programu, který nebyl "
        .. "přihlášen, s jiným počítačem na internetu. Do konce testu tam nic nedorazilo. Nemůžeme proto s jistotou říci, "
        .. "že je server otevřený, a žádáme Vás o jeho kontrolu.",
    },
    doubtful = {
      relay = "Dne {date} v čase {time} (UTC) server přijal zprávy od našeho testovacího programu, který nebyl přihlášen, "
        .. "určené do schránky mimo tento server. Jedna z nich tam dorazila, jiná nikoli. Nemůžeme proto s jistotou říci, "
        .. "že je server otevřený, a žádáme Vás o jeho kontrolu.",
      proxy = "Dne {date} v čase {time} (UTC) dorazila k jinému počítači na internetu data, která náš testovací program "
        .. "odeslal serveru, aniž by byl přihlášen. Server se však choval i tak, jak se otevřený proxy server nechová. "
        .. "Nemůžeme proto s jistotou říci, že je otevřený, a žádáme Vás o jeho kontrolu.",
    },
  },
  no_blame = "Server může být otevřený bez vědomí vlastníka, často proto, že některé nastavení nebylo nikdy změněno. "
    .. "Předpokládáme, že jste o tom nevěděli, a netvrdíme, že jste udělali něco špatného.",
  first_step = "Jako první krok Vás žádáme, abyste server cizím osobám uzavřeli. Jak to udělat, vysvětlujeme níže.",

  earlier = "O tomto serveru jsme Vám již psali.",
  earlier_on = "O tomto serveru jsme Vám psali dne {date}.",
  earlier_case = "Číslo případu tehdy bylo {earlier_case}.",

  seen_title = "Co jsme zjistili",
  seen = "Náš testovací program se připojil k portu {port}. Řádky označené písmenem C odeslal testovací program, řádky "
    .. "označené písmenem S byly přijaty od serveru.",
  seen_from = "Náš testovací program se připojil k portu {port} z adresy {from}. Řádky označené písmenem C odeslal "
    .. "testovací program, řádky označené písmenem S byly přijaty od serveru.",
  decisive = "Rozhodující jsou řádky s hvězdičkou (*) na začátku.",
  more_lines = { one = "… (ještě 1 řádek)", few = "… (ještě {n} řádky)", other = "… (ještě {n} řádků)" },
  returned = {
    relay = "Zpráva nesla kód {token}, který nelze uhodnout. Na náš vlastní přijímací server dorazila dne {date} v čase "
      .. "{time} (UTC), doručena z adresy {peer}.",
    proxy = "Spojení neslo kód {token}, který nelze uhodnout. Na náš vlastní přijímací server dorazilo dne {date} v čase "
      .. "{time} (UTC), a to z adresy {peer}.",
  },
  peer_same = "Je to adresa serveru, který jsme testovali.",
  peer_other = "Není to adresa, kterou jsme testovali; server přes ni zřejmě předává provoz dál.",
  ports_all = "Požádali jsme o spojení s několika porty našeho vlastního počítače. Všechna spojení prošla: {reached}.",
  ports_some = "Požádali jsme o spojení s několika porty našeho vlastního počítače. Prošla spojení s těmito porty: "
    .. "{reached}. Neprošla spojení s těmito: {missed}.",
  ports_mail = "Mezi porty, ke kterým server zprostředkuje spojení, je port 25 určený pro elektronickou poštu: kdokoli "
    .. "může přes server odesílat e-maily a ty pak vypadají, jako by pocházely od něj.",
  ours_alone = {
    relay = "Zpráva byla adresována výhradně do naší vlastní schránky. Nikomu jinému nebylo nic odesláno.",
    proxy = "Spojení vedlo výhradně k našemu vlastnímu počítači. Přes server nebyl kontaktován nikdo jiný.",
  },

  check_title = "Jak si to můžete sami ověřit",
  check = {
    relay = "Rozhodující krok lze zopakovat programem swaks, který zde skončí ještě před odesláním zprávy. Spusťte prosím "
      .. "následující příkaz na počítači mimo Vaše vlastní sítě a místo you@elsewhere.example uveďte svou adresu u jiného "
      .. "poskytovatele:",
    relay_lines = "Připojte se prosím k serveru z počítače mimo Vaše vlastní sítě níže uvedeným příkazem. Poté zadejte "
      .. "výše uvedené řádky označené písmenem C až po RCPT TO, přičemž jako příjemce uveďte svou adresu u jiného "
      .. "poskytovatele:",
    relay_answer = "Pokud server na RCPT TO odpoví kódem začínajícím číslicí 5, odmítá cizí osoby tak, jak má. Pokud kód "
      .. "začíná číslicí 2, přijímá zprávu cizí osoby pro příjemce mimo tento server.",
    proxy = "Spusťte prosím tyto příkazy na počítači mimo Vaše vlastní sítě:",
    proxy_answer = "Pokud některý z nich zobrazí stránku „Example Domain“, server cizí osoby propouští. Pokud všechny "
      .. "skončí chybou, server tyto požadavky odmítl.",
  },

  matter = "Přečtěte si prosím tento dopis až do konce: věc, které se týká, může ovlivnit Váš přístup k internetu a Vaši "
    .. "přítomnost na něm.",
  who = "Tento dopis je součástí společného projektu „{project}“. Podílejí se na něm: {partners}.",
  who_alone = "Tento dopis je součástí projektu „{project}“.",
  purpose = "Cílem projektu je sdělit vlastníkům otevřených serverů, jak je zabezpečit, aby je ostatní nemohli používat k "
    .. "rozesílání nevyžádané pošty (spamu) ani ke skrývání své totožnosti.",

  what_title = "Co jsou otevřené poštovní servery a otevřené proxy servery",
  what_they_are = "Otevřený poštovní server (open relay) přijímá e-maily od kohokoli a předává je komukoli, i když "
    .. "odesílatel ani příjemce nemají s jeho vlastníkem nic společného. Otevřený proxy server (open proxy) dělá totéž se "
    .. "spojeními: od kohokoli kamkoli na internetu. Protistraně se jeví, jako by provoz pocházel z tohoto serveru.",
  how_abused = "Takové servery lze snadno najít automatickým vyhledáváním. Zneužívají se k rozesílání velkého množství "
    .. "spamu, k šíření škodlivého softwaru, k podvodům a k útokům na jiné počítače, zatímco skutečný odesílatel zůstává "
    .. "skryt.",

  harm_title = "Co to pro Vás může znamenat",
  harm = {
    "Server a Vaše připojení k internetu se mohou zpomalit nebo přestat fungovat, když přes ně prochází velké množství "
      .. "cizího provozu.",
    "Mohou Vám vzniknout náklady na tento provoz a na odstranění následků.",
    "Váš poskytovatel internetu může Vaše připojení omezit nebo zrušit.",
    "Adresa se může dostat na seznamy blokovaných adres (blacklisty), takže ostatní budou odmítat Vaše vlastní e-maily.",
    "Spam a útoky mohou vypadat, jako by pocházely od Vás, a poškodit Vaši pověst.",
  },

  remedy_title = "Jak server uzavřít",
  remedy = {
    relay = {
      "Nastavte server tak, aby e-maily pro externí příjemce přijímal jen z Vašich vlastních sítí a od přihlášených "
        .. "uživatelů. Všechny ostatní musí odmítat.",
      "Seznam důvěryhodných sítí udržujte co nejkratší. Ověřte, že server vidí skutečnou adresu toho, kdo se připojuje, "
        .. "zejména pokud běží v kontejneru nebo za zařízením pro vyvažování zátěže (load balancer).",
      "Software pravidelně aktualizujte.",
    },
    proxy = {
      "Pokud proxy server nepotřebujete, vypněte jej.",
      "Pokud jej potřebujete, zajistěte, aby byl dostupný jen z Vašich vlastních sítí nebo aby vyžadoval heslo. Všechny "
        .. "ostatní musí odmítat.",
      "Ve firewallu zablokujte přístup z internetu k portu {port}.",
      "Pokud u Vás tuto službu nikdo nezřídil, mohla být součástí zařízení nebo mohl stroj ovládnout někdo cizí. Pak "
        .. "zablokování portu nestačí: stroj je třeba prověřit.",
    },
  },
  found = {
    open = "Co náš test zjistil: {what} {close}",
    suspect = "Pokud je server otevřený, pak tímto způsobem: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Server předává poštu od jakéhokoli odesílatele jakémukoli příjemci; žádný z nich nemusí patřit k Vám.",
      close = "Nastavte jej tak, aby externí příjemce odmítal, ledaže je klient ve Vaší vlastní síti nebo se přihlásil.",
    },
    ["same-domain"] = {
      what = "Server předává poštu, pokud odesílatel a příjemce patří do téže domény, i když tato doména není Vaše. "
        .. "Takového odesílatele může uvést kdokoli.",
      close = "Ať rozhoduje adresa klienta nebo jeho přihlášení, nikdy adresa odesílatele.",
    },
    ["null-sender"] = {
      what = "Server předává poštu komukoli, pokud je odesílatel prázdný (<>), jako je tomu ve zprávách o "
        .. "nedoručitelnosti.",
      close = "Pro prázdného odesílatele musí platit stejné pravidlo jako pro každého jiného; zrušte všechny výjimky pro "
        .. "něj.",
    },
    ["bare-sender"] = {
      what = "Server považuje odesílatele bez domény za jednoho ze svých uživatelů a předává vše, co takový odesílatel "
        .. "pošle.",
      close = "Odesílatele bez domény přicházející zvenčí odmítejte.",
    },
    ["claimed-sender"] = {
      what = "Server předává poštu komukoli, pokud adresa odesílatele patří k jeho vlastním doménám, názvům nebo adresám. "
        .. "Takovou adresu může uvést kdokoli.",
      close = "Ať rozhoduje adresa klienta nebo jeho přihlášení, nikdy adresa odesílatele.",
    },
    ["claimed-user"] = {
      what = "Server předává poštu komukoli, pokud adresa odesílatele patří některému z jeho uživatelů, například root "
        .. "nebo postmaster. Takovou adresu může uvést kdokoli.",
      close = "Ať rozhoduje adresa klienta nebo jeho přihlášení, bez výjimky pro adresu jakéhokoli uživatele.",
    },
    ["claimed-greeting"] = {
      what = "Server předává poštu klientů, kteří v pozdravu (EHLO) uvedou určitý název. Libovolný název může uvést "
        .. "kdokoli.",
      close = "Nevěřte žádnému názvu v pozdravu: ať rozhoduje adresa klienta nebo jeho přihlášení.",
    },
    ["unknown-sender"] = {
      what = "Server předává poštu od odesílatelů, jejichž doména neexistuje.",
      close = "Nastavte jej tak, aby od cizích osob odmítal externí příjemce a také odesílatele s neznámou doménou.",
    },
    ["empty-domain"] = {
      what = "Server považuje adresu, která končí znakem @ bez domény za ním, za jednu ze svých a poštu pak předává dál.",
      close = "Adresu s prázdnou doménou odmítejte jako chybu syntaxe dříve, než se rozhodne o čemkoli jiném.",
    },
    ["bare-recipient"] = {
      what = "Server neuplatňuje své pravidlo na příjemce zapsané bez lomených závorek.",
      close = "Přijímejte jen adresy v lomených závorkách.",
    },
    ["quoted-route"] = {
      what = "Server považuje adresu v uvozovkách za jednu ze svých, uvozovky odstraní a poštu pak předá na to, co stálo "
        .. "mezi nimi.",
      close = "Ať pravidlo rozhoduje až po přepsání adres, nebo odmítejte znaky @, %, ! a / před doménou.",
    },
    ["percent-route"] = {
      what = "Server chápe znak % před doménou jako trasu (uzivatel%elsewhere.example@vas-server) a předává poštu podle "
        .. "ní.",
      close = "Tuto zastaralou formu směrování vypněte.",
    },
    ["two-ats"] = {
      what = "Server považuje adresu se dvěma znaky @ za jednu ze svých podle posledního z nich a předává poštu podle "
        .. "prvního.",
      close = "Adresy s více než jedním znakem @ odmítejte jako chybu syntaxe.",
    },
    ["source-route"] = {
      what = "Server se řídí trasou uvedenou před adresou (@vas-server:uzivatel@elsewhere.example) a předává poštu podle "
        .. "ní.",
      close = "Takové trasy ignorujte nebo odmítejte.",
    },
    ["uucp-path"] = {
      what = "Server chápe znak ! v adrese jako trasu (elsewhere.example!uzivatel) a předává poštu podle ní, nebo "
        .. "považuje odesílatele se znakem ! za jednoho ze svých.",
      close = "Znak ! v adresách zvenčí odmítejte.",
    },
    ["srs-hash"] = {
      what = "Server převádí přepsané návratové adresy (SRS) zpět na adresy v nich obsažené, aniž by kontroloval jejich "
        .. "hash, a předává poštu tam.",
      close = "Kontrolujte hash a datum takové adresy, a pokud nesouhlasí, adresu odmítejte.",
    },
    spelling = {
      what = "Server nerozpozná doménu příjemce, pokud je zapsána jinak (velkými písmeny, s tečkou na konci, písmeny plné "
        .. "šířky), a poštu předává dál.",
      close = "Doménu převádějte na jednotný zápis dříve, než se porovná s jakýmkoli seznamem.",
    },
    smtputf8 = {
      what = "Server neuplatňuje své pravidlo na zprávy ohlášené jako internacionalizované (SMTPUTF8).",
      close = "Ať pro ně platí totéž pravidlo, nebo toto rozšíření vypněte.",
    },
    ["inside-tls"] = {
      what = "Server odmítá cizí osoby při nešifrovaném spojení, ale jakmile je spojení šifrované (STARTTLS), předává "
        .. "poštu pro kohokoli.",
      close = "Samotné šifrování není přihlášení: vyžadujte heslo nebo důvěřujte jen klientským certifikátům, které znáte.",
    },
    xclient = {
      what = "Server umožňuje kterémukoli klientovi uvést příkazem XCLIENT, z jaké adresy přichází, a předává poštu pro "
        .. "každého, kdo se vydává za server samotný.",
      close = "Příkaz XCLIENT přijímejte jen od svých vlastních bran (v příkladu 192.0.2.10).",
    },
    ["proxy-line"] = {
      what = "Server věří řádku PROXY, který udává, odkud spojení pochází, od kteréhokoli klienta a předává poštu pro "
        .. "každého, kdo se vydává za server samotný.",
      close = "Protokol PROXY přijímejte jen od svého vlastního zařízení pro vyvažování zátěže (v příkladu 192.0.2.10), a "
        .. "to na portu, ke kterému má přístup jen toto zařízení.",
    },
    ["second-recipient"] = {
      what = "Server odmítá externího příjemce, pokud je uveden jako první, ale přijímá jej, pokud následuje po některém "
        .. "z vlastních příjemců.",
      close = "Ať pravidlo rozhoduje o každém příjemci zvlášť.",
    },
    ["web-form"] = {
      what = "Formulář na webovém serveru odesílá e-maily na jakoukoli adresu, kterou požadavek uvede.",
      close = "Příjemce e-mailů z formuláře zapište přímo do skriptu, žádného nepřebírejte z požadavku a odstraňte staré "
        .. "skripty, například FormMail.",
    },
    ["web-proxy"] = {
      what = "Stránka webového serveru načte komukoli jakoukoli adresu URL, kterou požadavek uvede, a zobrazí, co získala.",
      close = "Skript odstraňte, nebo jej nastavte tak, aby načítal jen z hostitelů, které jste sami vyjmenovali, a jen "
        .. "pro přihlášené uživatele.",
    },
    ["local-services"] = {
      what = "Proxy server zpřístupňuje cizím osobám služby na svém vlastním stroji, které mohou důvěřovat každému, kdo "
        .. "odtud přichází.",
      close = "Odmítejte cíle na vlastním stroji proxy serveru (127.0.0.1, ::1 a jeho další adresy) a povolte přístup jen "
        .. "klientům z Vaší vlastní sítě.",
    },
    ["connect-udp"] = {
      what = "Server odesílá pomocí HTTP (connect-udp, nazývané též MASQUE) datagramy (UDP) od kohokoli na jakoukoli "
        .. "adresu.",
      close = "Pokud connect-udp nepotřebujete, vypněte jej. Jinak vyžadujte přihlášení nebo povolte přístup jen klientům "
        .. "z Vaší vlastní sítě.",
    },
    ["ipv6-clients"] = {
      what = "Stalo se tak přes IPv6. Server v kontejneru často vidí všechny klienty IPv6 pod adresou ze své vlastní sítě "
        .. "a kvůli tomu jim důvěřuje.",
      close = "Zajistěte, aby server viděl skutečné adresy IPv6 svých klientů, a vyřaďte síť kontejnerů z důvěryhodných "
        .. "sítí.",
    },
  },
  cause_named = "Toto nastavení softwaru {software} uzavírá právě tuto cestu:",
  cause_if = "Pokud na serveru běží software {software}, uzavírá právě tuto cestu toto nastavení:",
  software_named = "Server uvádí, že na něm běží software {software}. Následující nastavení jej uzavírají cizím osobám. "
    .. "Nahrazují řádky stejného názvu. Místo 192.0.2.0/24 uveďte svou vlastní síť.",
  software_if = "Pokud na serveru běží software {software}, následující nastavení jej uzavírají cizím osobám. Nahrazují "
    .. "řádky stejného názvu. Místo 192.0.2.0/24 uveďte svou vlastní síť.",
  software_none = "Pokud nám sdělíte, jaký software na serveru běží, můžeme přesněji říci, co nastavit.",
  firewall = "Ať jde o jakýkoli software, cizím osobám zabrání v přístupu firewall. Místo 192.0.2.0/24 uveďte svou "
    .. "vlastní síť.",
  on_system = "Pro {system}:",
  makers = "Mezi níže uvedenými odkazy jsou návody k běžnému softwaru od jeho tvůrců a některé, které platí pro jakýkoli "
    .. "software.",
  in_file = "V souboru {file}:",
  remove = "Odstraňte ze souboru {file}:",
  run = "Poté spusťte:",
  shell = "Na vlastním příkazovém řádku programu:",
  questions = "Slabé místo mohou pomoci najít tyto otázky:",

  links_title = "Další informace",

  after_title = "Nový test a námitky",
  retest = "Až bude server uzavřen, napište prosím na adresu {retest} zprávu s předmětem „RETEST {case}“. Server pak "
    .. "znovu otestujeme a výsledek Vám sdělíme.",
  object = "Pokud se domníváte, že je zde něco nesprávně, napište prosím na adresu {objection} a uveďte číslo případu: "
    .. "{case}.",
  lists = "Existují dva seznamy těch, kdo si testy nebo dopisy nepřejí. Můžete být zapsáni na jeden z nich nebo na oba:",
  list_tests = "Pokud si nepřejete, aby byl server znovu testován, napište prosím na adresu {stop_tests} zprávu s "
    .. "předmětem „STOP-TESTS {case}“.",
  list_letters = "Pokud si nepřejete další dopisy, napište prosím na adresu {stop_letters} zprávu s předmětem "
    .. "„STOP-LETTERS {case}“.",

  evidence_title = "Důkazy",
  evidence = "Vše, co proběhlo mezi naším testovacím programem a serverem, bylo i s časovými údaji uchováno v souboru s "
    .. "důkazy {bundle}, případ {case}. Toto je otisk SHA-256 tohoto souboru, jak jej vypíše příkaz „sha256sum“:",
  evidence_check = "Soubor s jiným otiskem je jiný soubor, nebo byl po odeslání tohoto dopisu změněn či doplněn. Soubor "
    .. "je podepsán klíčem {key_id}. Část, která se Vás týká, od nás můžete získat: je to soubor s vlastním otiskem a se "
    .. "stejným podpisem. Oba soubory lze zkontrolovat příkazem „ajar verify“, nebo bez našeho softwaru pomocí programů "
    .. "minisign a sha256sum, jak vysvětluje soubor VERIFY.txt v nich obsažený. Veřejný klíč je:",

  contact = "Dotazy lze zasílat na adresu {contact}.",
  regards = "S pozdravem",

  interval = {
    one = "Dostanete od nás nejvýše jeden takový dopis denně.",
    few = "Dostanete od nás nejvýše jeden takový dopis za {n} dny.",
    other = "Dostanete od nás nejvýše jeden takový dopis za {n} dní.",
  },

  group_subject = "{project}: servery, za které odpovídáte a které jsou nebo mohou být otevřené cizím osobám "
    .. "({case})",
  group_greeting = "Osobám odpovědným za níže uvedené servery",
  group_findings = {
    one = "Tento dopis se týká {n} nálezu na serverech, za které podle našich informací odpovídáte Vy.",
    few = "Tento dopis se týká {n} nálezů na serverech, za které podle našich informací odpovídáte Vy.",
    other = "Tento dopis se týká {n} nálezů na serverech, za které podle našich informací odpovídáte Vy.",
  },
  group_at_one = "Všechny se týkají IP adresy {address}.",
  group_at = {
    one = "Týkají se {n} IP adresy.",
    few = "Týkají se {n} různých IP adres.",
    other = "Týkají se {n} různých IP adres.",
  },
  group_tested = "Adresy nám byly sděleny jako adresy serverů, které mohou být otevřené cizím osobám. Proto "
    .. "jsme servery otestovali. Níže uvedený seznam obsahuje výsledek každého testu.",
  group_first_step = "Jako první krok Vás žádáme, abyste tyto servery cizím osobám uzavřeli. Jak to udělat, "
    .. "vysvětlujeme níže.",
  group_title = "Co jsme našli",
  group_columns = { address = "Adresa", port = "Port", found = "Nález", time = "Čas (UTC)" },
  group_found = {
    open = { relay = "otevřený poštovní server", proxy = "otevřený proxy server" },
    suspect = { relay = "poštovní server, možná otevřený", proxy = "proxy server, možná otevřený" },
  },
  group_attached = "Přiložený soubor {file} obsahuje všechny nálezy, jeden na každém řádku, s dalšími údaji.",
  group_example = "Příkladem je server na adrese {address}, port {port} (případ {case}).",
  group_remedy_for = "K adrese {address}, port {port}, a k podobným serverům:",
  group_retest = "Až budou servery uzavřeny, napište prosím na adresu {retest} zprávu s předmětem „RETEST "
    .. "{case}“; toto číslo zastupuje všechny případy v tomto dopise. Pokud jsou uzavřeny jen některé, uveďte "
    .. "prosím tyto případy ve zprávě. Servery pak znovu otestujeme a výsledek Vám sdělíme.",
  group_list_tests = "Pokud si nepřejete, aby byly tyto servery znovu testovány, napište prosím na adresu "
    .. "{stop_tests} zprávu s předmětem „STOP-TESTS {case}“.",
  group_evidence = "Vše, co proběhlo mezi naším testovacím programem a servery, bylo i s časovými údaji "
    .. "uchováno v souboru s důkazy {bundle}, každý případ pod svým číslem. Toto je otisk SHA-256 tohoto "
    .. "souboru, jak jej vypíše příkaz „sha256sum“:",
  group_earlier = "O těchto serverech jsme Vám již psali.",
  group_earlier_on = "O těchto serverech jsme Vám psali dne {date}.",

  tones = {
    reminder = {
      group_subject = "{project}: opakované upozornění na servery, za které odpovídáte a které jsou nebo mohou "
        .. "být otevřené cizím osobám ({case})",
      group_tested = "Nyní jsme servery otestovali znovu. Níže uvedený seznam obsahuje výsledek každého testu.",
      group_first_step = "Žádáme Vás, abyste tyto servery cizím osobám uzavřeli nyní. Jak to udělat, "
        .. "vysvětlujeme níže. Pokud na tom již pracujete nebo potřebujete pomoc, dejte nám prosím vědět: stačí "
        .. "krátká zpráva na adresu {contact}.",
      group_no_blame = "Je možné, že se náš dřívější dopis nedostal ke správné osobě nebo že některá změna "
        .. "neměla zamýšlený účinek. Pokud za tyto servery odpovídá někdo jiný, předejte mu prosím tento dopis.",
      subject = {
        open = {
          relay = "{project}: opakované upozornění na otevřený poštovní server na adrese {address}, port {port}",
          proxy = "{project}: opakované upozornění na otevřený proxy server na adrese {address}, port {port}",
        },
        suspect = {
          relay = "{project}: opakované upozornění na poštovní server na adrese {address}, port {port}",
          proxy = "{project}: opakované upozornění na proxy server na adrese {address}, port {port}",
        },
      },
      again = "Nyní jsme server otestovali znovu.",
      still = "Server je tedy stále otevřený cizím osobám.",
      no_blame = "Je možné, že se náš dřívější dopis nedostal ke správné osobě nebo že některá změna neměla zamýšlený "
        .. "účinek. Pokud za server odpovídá někdo jiný, předejte mu prosím tento dopis.",
      first_step = "Žádáme Vás, abyste server cizím osobám uzavřeli nyní. Jak to udělat, vysvětlujeme níže. Pokud na tom "
        .. "již pracujete nebo potřebujete pomoc, dejte nám prosím vědět: stačí krátká zpráva na adresu {contact}.",
    },

    provider = {
      group_subject = "{project}: servery ve Vaší síti, které jsou nebo mohou být otevřené cizím osobám ({case})",
      group_greeting = "Osobám odpovědným za síť, do které patří níže uvedené adresy",
      group_findings = {
        one = "Tento dopis se týká {n} nálezu na serverech, které jsou podle našich informací ve Vaší síti; "
          .. "mohou patřit Vašim zákazníkům.",
        few = "Tento dopis se týká {n} nálezů na serverech, které jsou podle našich informací ve Vaší síti; "
          .. "mohou patřit Vašim zákazníkům.",
        other = "Tento dopis se týká {n} nálezů na serverech, které jsou podle našich informací ve Vaší síti; "
          .. "mohou patřit Vašim zákazníkům.",
      },
      group_first_step = "Žádáme Vás, abyste tento dopis předali těm, kdo servery provozují, a zajistili, aby "
        .. "byly servery cizím osobám uzavřeny. Pokud víte, komu bychom měli raději psát, sdělte nám to prosím: "
        .. "{contact}.",
      group_limit = "Dokud servery nebudou uzavřeny, můžete chránit ostatní tím, že zablokujete spojení z "
        .. "internetu na porty proxy serverů a omezíte, co smějí poštovní servery odesílat na port 25 jiných "
        .. "serverů.",
      subject = {
        open = {
          relay = "{project}: otevřený poštovní server ve Vaší síti na adrese {address}, port {port}",
          proxy = "{project}: otevřený proxy server ve Vaší síti na adrese {address}, port {port}",
        },
        suspect = {
          relay = "{project}: možná otevřený poštovní server ve Vaší síti na adrese {address}, port {port}",
          proxy = "{project}: možná otevřený proxy server ve Vaší síti na adrese {address}, port {port}",
        },
      },
      greeting = "Osobám odpovědným za síť, do které patří adresa {address}",
      address = "Tento dopis se týká serveru s IP adresou {address}, port {port}. Podle našich informací patří adresa do "
        .. "Vaší sítě a server může patřit některému z Vašich zákazníků.",
      address_name = "Tento dopis se týká serveru {host} s IP adresou {address}, port {port}. Podle našich informací "
        .. "patří adresa do Vaší sítě a server může patřit některému z Vašich zákazníků.",
      matter = "Přečtěte si prosím tento dopis až do konce: věc, které se týká, může ovlivnit Vaši síť a Vaše zákazníky.",
      no_blame = "Server může být otevřený bez vědomí vlastníka, často proto, že některé nastavení nebylo nikdy změněno. "
        .. "Netvrdíme, že jste Vy nebo Váš zákazník udělali něco špatného.",
      first_step = "Žádáme Vás, abyste tento dopis předali těm, kdo server provozují, a zajistili, aby byl server cizím "
        .. "osobám uzavřen. Pokud víte, komu bychom měli raději psát, sdělte nám to prosím: {contact}.",
      limit = {
        relay = "Dokud server nebude uzavřen, můžete chránit ostatní tím, že omezíte, co smí odesílat na port 25 jiných "
          .. "serverů.",
        proxy = "Dokud server nebude uzavřen, můžete chránit ostatní tím, že zablokujete spojení z internetu na port "
          .. "{port} této adresy.",
      },
      harm_title = "Co to může znamenat pro Vás a Vaše zákazníky",
      harm = {
        "Adresy Vaší sítě se mohou dostat na seznamy blokovaných adres (blacklisty), takže ostatní budou odmítat e-maily "
          .. "od Vás i od zákazníků, kteří s tím nemají nic společného.",
        "Cizí provoz zatěžuje Vaše linky a Vy nebo Váš zákazník za něj možná budete muset platit.",
        "Stížnosti na spam a útoky přicházejí Vám, protože se zdá, že spam a útoky pocházejí z Vaší sítě.",
      },
      pass_on = "Následující text je určen těm, kdo server provozují.",
    },

    ["all-clear"] = {
      group_subject = "{project}: servery, za které odpovídáte, jsou cizím osobám uzavřeny ({case})",
      group_findings = {
        one = "Tento dopis se týká {n} serveru, který byl při našich dřívějších testech otevřený a za který "
          .. "podle našich informací odpovídáte Vy.",
        few = "Tento dopis se týká {n} serverů, které byly při našich dřívějších testech otevřené a za které "
          .. "podle našich informací odpovídáte Vy.",
        other = "Tento dopis se týká {n} serverů, které byly při našich dřívějších testech otevřené a za které "
          .. "podle našich informací odpovídáte Vy.",
      },
      group_tested = "Servery jsme otestovali znovu. Náš testovací program, který nebyl přihlášen, již žádným z "
        .. "nich neprošel. Níže uvedený seznam obsahuje výsledek každého testu.",
      group_found = {
        closed = { relay = "uzavřený poštovní server", proxy = "uzavřený proxy server" },
      },
      group_thanks = "Pokud lze z těchto testů soudit, jsou servery cizím osobám uzavřeny. Děkujeme Vám za pomoc.",
      group_bounds = "Testy se týkaly pouze těchto služeb v uvedené době. O jiných službách strojů nic "
        .. "nevypovídají a pozdější změna nastavení může některý server znovu otevřít.",
      subject = {
        closed = {
          relay = "{project}: poštovní server na adrese {address}, port {port}, je cizím osobám uzavřen",
          proxy = "{project}: proxy server na adrese {address}, port {port}, je cizím osobám uzavřen",
        },
      },
      tested = {
        closed = {
          relay = "Dne {date} v čase {time} (UTC) jsme server otestovali znovu. Náš testovací program, který nebyl "
            .. "přihlášen, přes něj nemohl odeslat zprávu do schránky mimo tento server.",
          proxy = "Dne {date} v čase {time} (UTC) jsme server otestovali znovu. Náš testovací program, který nebyl "
            .. "přihlášen, se přes něj nemohl spojit s jiným počítačem na internetu.",
        },
      },
      thanks = "Pokud lze z tohoto testu soudit, je server cizím osobám uzavřen. Děkujeme Vám za pomoc.",
      settled = "Pro nás je tím případ vyřešen a na tento dopis nemusíte odpovídat.",
      bounds = "Test se týkal pouze této služby v uvedené době. O jiných službách stroje nic nevypovídá a pozdější změna "
        .. "nastavení může server znovu otevřít.",
      left_title = "Co ještě může zbývat",
      left = {
        relay = {
          "Zprávy, které na serveru zanechaly cizí osoby, mohou stále čekat v jeho frontě. Projděte prosím frontu a "
            .. "smažte, co není Vaše.",
          "Pokud je adresa na seznamech blokovaných adres, jejich provozovatelé ji na Vaši žádost odstraní; některé "
            .. "seznamy to po určité době udělají samy.",
          "Software pravidelně aktualizujte a po každé změně nastavení server zkontrolujte zvenčí.",
        },
        proxy = {
          "Z protokolů (logů) serveru může být patrné, kdo jej používal, dokud byl otevřený, a k čemu. Uschovejte je "
            .. "prosím, pokud zamýšlíte věc oznámit policii.",
          "Pokud u Vás tuto službu nikdo nezřídil, mohl stroj ovládnout někdo cizí. Pak je třeba stroj prověřit, i když "
            .. "služba již není dostupná.",
          "Pokud je adresa na seznamech blokovaných adres, jejich provozovatelé ji na Vaši žádost odstraní; některé "
            .. "seznamy to po určité době udělají samy.",
          "Software pravidelně aktualizujte a po každé změně nastavení server zkontrolujte zvenčí.",
        },
      },
    },
  },
}

return {
  code = "cs",
  name = "čeština",
  english = "Czech",
  messages = messages,

  plural = function(n)
    if n == 1 then
      return "one"
    end
    return n >= 2 and n <= 4 and "few" or "other"
  end,

  -- 24. listopadu 2026
  date = function(t)
    return string.format("%d. %s %d", t.day, months[t.month], t.year)
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

  -- a, b a c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " a " .. items[#items] or items[1]
  end,
}
