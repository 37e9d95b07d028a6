-- Polish. The reader is addressed as «Państwo»; a relay is an «otwarty serwer pocztowy (open relay)», a proxy an «otwarty serwer
-- proxy (open proxy)».

local months = { "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia",
  "września", "października", "listopada", "grudnia" }

local messages = {
  subject = {
    open = {
      relay = "{project}: otwarty serwer pocztowy pod adresem {address}, port {port}",
      proxy = "{project}: otwarty serwer proxy pod adresem {address}, port {port}",
    },
    suspect = {
      relay = "{project}: prawdopodobnie otwarty serwer pocztowy pod adresem {address}, port {port}",
      proxy = "{project}: prawdopodobnie otwarty serwer proxy pod adresem {address}, port {port}",
    },
  },

  greeting = "Do osób odpowiedzialnych za serwer {address}",
  address = "Niniejsze pismo dotyczy serwera o adresie IP {address}, port {port}. Według naszych informacji odpowiadają Państwo za ten serwer.",
  address_name = "Niniejsze pismo dotyczy serwera {host} o adresie IP {address}, port {port}. Według naszych informacji odpowiadają Państwo za "
    .. "ten serwer.",
  source = "Adres znajduje się na liście „{source}”, która obejmuje serwery mogące być otwarte dla osób postronnych. Dlatego zbadaliśmy ten serwer.",
  sources = "Adres znajduje się na kilku listach serwerów mogących być otwarte dla osób postronnych: {sources}. Dlatego zbadaliśmy ten serwer.",
  source_name = "„{name}”",
  source_given = "Adres znajduje się na przekazanej nam liście, która obejmuje serwery mogące być "
    .. "otwarte dla osób postronnych. Dlatego zbadaliśmy ten serwer.",
  source_unknown = "Podano nam ten adres jako adres serwera, który może być otwarty dla osób postronnych. Dlatego zbadaliśmy ten serwer.",
  tested = {
    open = {
      relay = "Dnia {date} o godzinie {time} (UTC) serwer przyjął wiadomość od naszego programu testowego, który nie był zalogowany, i przekazał ją "
        .. "do zewnętrznej skrzynki pocztowej. Serwer, który robi to dla każdego, nazywa się otwartym serwerem pocztowym (open relay).",
      proxy = "Dnia {date} o godzinie {time} (UTC) serwer przekazał ruch naszego programu testowego, który nie był zalogowany, do innego komputera w "
        .. "Internecie. Serwer, który robi to dla każdego, nazywa się otwartym serwerem proxy (open proxy).",
    },
    suspect = {
      relay = "Dnia {date} o godzinie {time} (UTC) serwer przyjął wiadomość od naszego programu testowego, który nie był zalogowany, przeznaczoną dla "
        .. "zewnętrznej skrzynki pocztowej. Do końca testu wiadomość tam nie dotarła. Nie możemy więc z całą pewnością stwierdzić, że serwer jest "
        .. "otwarty, i prosimy o sprawdzenie tego.",
      proxy = "Dnia {date} o godzinie {time} (UTC) serwer zgodził się połączyć nasz program testowy, który nie był zalogowany, z innym komputerem w "
        .. "Internecie. Do końca testu nic tam nie dotarło. Nie możemy więc z całą pewnością stwierdzić, że serwer jest otwarty, i prosimy o "
        .. "sprawdzenie tego.",
    },
    doubtful = {
      relay = "Dnia {date} o godzinie {time} (UTC) serwer przyjął wiadomości od naszego programu testowego, który nie był zalogowany, przeznaczone dla "
        .. "zewnętrznej skrzynki pocztowej. Jedna z nich tam dotarła, inna nie. Nie możemy więc z całą pewnością stwierdzić, że serwer jest otwarty, i "
        .. "prosimy o sprawdzenie tego.",
      proxy = "Dnia {date} o godzinie {time} (UTC) dane, które nasz program testowy, niezalogowany, wysłał do serwera, dotarły do innego komputera w "
        .. "Internecie. Serwer zachował się jednak także tak, jak otwarty serwer proxy się nie zachowuje. Nie możemy więc z całą pewnością stwierdzić, że "
        .. "jest otwarty, i prosimy o sprawdzenie tego.",
    },
  },
  no_blame = "Serwer może być otwarty bez wiedzy właściciela, często dlatego, że jakieś ustawienie nigdy nie zostało zmienione. Zakładamy, że nie "
    .. "wiedzieli Państwo o tym, i niczego Państwu nie zarzucamy.",
  first_step = "W pierwszej kolejności prosimy o zamknięcie serwera dla osób postronnych. Poniżej wyjaśniamy, jak to zrobić.",

  earlier = "Pisaliśmy już do Państwa w sprawie tego serwera.",
  earlier_on = "Pisaliśmy do Państwa w sprawie tego serwera dnia {date}.",
  earlier_case = "Numer sprawy brzmiał wówczas {earlier_case}.",

  seen_title = "Co stwierdziliśmy",
  seen = "Nasz program testowy połączył się z portem {port}. Wiersze oznaczone literą C wysłał program testowy, wiersze oznaczone literą S otrzymano od "
    .. "serwera.",
  seen_from = "Nasz program testowy połączył się z portem {port} z adresu {from}. Wiersze oznaczone literą C wysłał program testowy, wiersze oznaczone "
    .. "literą S otrzymano od serwera.",
  decisive = "Rozstrzygające są wiersze oznaczone gwiazdką (*).",
  more_lines = { one = "… (jeszcze 1 wiersz)", few = "… (jeszcze {n} wiersze)", many = "… (jeszcze {n} wierszy)" },
  returned = {
    relay = "Wiadomość zawierała znacznik {token}, którego nie można odgadnąć. Dotarła do naszego własnego serwera odbiorczego dnia {date} o godzinie "
      .. "{time} (UTC), dostarczona z adresu {peer}.",
    proxy = "Połączenie zawierało znacznik {token}, którego nie można odgadnąć. Dotarło do naszego własnego serwera odbiorczego dnia {date} o godzinie "
      .. "{time} (UTC), z adresu {peer}.",
  },
  peer_same = "Jest to adres zbadanego serwera.",
  peer_other = "Nie jest to adres, który zbadaliśmy; serwer najwyraźniej przekazuje przez niego ruch.",
  ports_all = "Poprosiliśmy o połączenie z kilkoma portami naszego własnego komputera. Wszystkie połączenia się powiodły: {reached}.",
  ports_some = "Poprosiliśmy o połączenie z kilkoma portami naszego własnego komputera. Powiodły się połączenia z tymi portami: {reached}. Nie powiodły "
    .. "się z tymi: {missed}.",
  ports_mail = "Jest wśród nich port 25, którego używa poczta elektroniczna: każdy może wysyłać pocztę przez ten serwer, a wygląda ona tak, jakby "
    .. "pochodziła od niego.",
  ours_alone = {
    relay = "Wiadomość była zaadresowana wyłącznie do naszej własnej skrzynki. Nikomu innemu niczego nie wysłano.",
    proxy = "Połączenie prowadziło wyłącznie do naszego własnego komputera. Przez serwer nie kontaktowano się z nikim innym.",
  },

  check_title = "Jak to sprawdzić samodzielnie",
  check = {
    relay = "Decydujący krok można powtórzyć programem swaks, który kończy tu pracę przed wysłaniem wiadomości. Prosimy uruchomić to na komputerze poza "
      .. "własnymi sieciami i w miejsce you@elsewhere.example wpisać własny adres u innego dostawcy:",
    relay_lines = "Prosimy połączyć się z serwerem z komputera poza własnymi sieciami poniższym poleceniem. Następnie prosimy wpisać powyższe wiersze "
      .. "oznaczone literą C aż do RCPT TO, z własnym adresem u innego dostawcy jako adresatem:",
    relay_answer = "Jeśli serwer odpowie na RCPT TO kodem zaczynającym się od 5, odrzuca osoby postronne, tak jak powinien. Jeśli kod zaczyna się od 2, "
      .. "przyjmuje wiadomość od osoby postronnej dla zewnętrznego adresata.",
    proxy = "Prosimy uruchomić te polecenia na komputerze poza własnymi sieciami:",
    proxy_answer = "Jeśli jedno z nich pokaże stronę „Example Domain”, serwer przepuszcza osoby postronne. Jeśli wszystkie zakończą się błędem, serwer "
      .. "odrzucił te żądania.",
  },

  matter = "Prosimy o przeczytanie tego pisma do końca: jego przedmiot może mieć wpływ na Państwa dostęp do Internetu i obecność w nim.",
  who = "Niniejsze pismo jest częścią wspólnego projektu „{project}”. Biorą w nim udział: {partners}.",
  who_alone = "Niniejsze pismo jest częścią projektu „{project}”.",
  purpose = "Celem projektu jest poinformowanie właścicieli otwartych serwerów, jak je zabezpieczyć, aby inni nie mogli używać ich do wysyłania niechcianej "
    .. "poczty (spamu) ani do ukrywania swojej tożsamości.",

  what_title = "Czym są otwarte serwery pocztowe i otwarte serwery proxy",
  what_they_are = "Otwarty serwer pocztowy (open relay) przyjmuje pocztę od każdego i przekazuje ją każdemu, choć ani nadawca, ani adresat nie mają nic "
    .. "wspólnego z jego właścicielem. Otwarty serwer proxy (open proxy) robi to samo z połączeniami: od każdego do dowolnego miejsca w Internecie. Dla "
    .. "drugiej strony ruch wydaje się pochodzić z tego serwera.",
  how_abused = "Takie serwery łatwo znaleźć za pomocą automatycznego przeszukiwania. Używa się ich do wysyłania spamu w wielkich ilościach, "
    .. "rozpowszechniania złośliwego oprogramowania, oszukiwania ludzi i atakowania innych komputerów, podczas gdy prawdziwy sprawca pozostaje ukryty.",

  harm_title = "Co to może dla Państwa oznaczać",
  harm = {
    "Serwer i Państwa łącze internetowe mogą działać wolno lub przestać działać, gdy przechodzi przez nie dużo cudzego ruchu.",
    "Mogą Państwo ponieść koszty tego ruchu oraz usuwania skutków.",
    "Państwa dostawca Internetu może ograniczyć lub odciąć dostęp.",
    "Adres może trafić na listy blokujące, przez co inni będą odrzucać Państwa własną pocztę.",
    "Spam i ataki mogą wyglądać tak, jakby pochodziły od Państwa, i zaszkodzić Państwa reputacji.",
  },

  remedy_title = "Jak zamknąć serwer",
  remedy = {
    relay = {
      "Serwer powinien przyjmować pocztę dla zewnętrznych adresatów tylko z Państwa własnych sieci i od zalogowanych użytkowników. Wszyscy inni muszą "
        .. "być odrzucani.",
      "Lista zaufanych sieci powinna być możliwie krótka. Prosimy sprawdzić, czy serwer widzi prawdziwe adresy łączących się, zwłaszcza gdy działa w "
        .. "kontenerze lub za modułem równoważenia obciążenia.",
      "Prosimy dbać o aktualność oprogramowania.",
    },
    proxy = {
      "Prosimy wyłączyć serwer proxy, jeśli nie jest potrzebny.",
      "Jeśli jest potrzebny, powinien być dostępny tylko z Państwa własnych sieci albo wymagać hasła. Wszyscy inni muszą być odrzucani.",
      "Prosimy zablokować w zaporze sieciowej port {port} dla połączeń z Internetu.",
      "Jeśli nikt u Państwa nie uruchomił tej usługi, mogła zostać dostarczona z urządzeniem albo ktoś mógł przejąć kontrolę nad maszyną. Wtedy "
        .. "zablokowanie portu nie wystarczy: maszynę trzeba zbadać.",
    },
  },
  found = {
    open = "Co wykazał nasz test: {what} {close}",
    suspect = "Jeśli serwer jest otwarty, to w ten sposób: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Serwer przekazuje pocztę od każdego nadawcy do każdego adresata; żaden z nich nie musi należeć do Państwa.",
      close = "Powinien odrzucać zewnętrznych adresatów, chyba że klient jest w Państwa własnej sieci lub się zalogował.",
    },
    ["same-domain"] = {
      what = "Serwer przekazuje pocztę, gdy nadawca i adresat są w tej samej domenie, choć nie jest to Państwa domena. Za takiego nadawcę może podać się "
        .. "każdy.",
      close = "Powinien decydować adres klienta lub jego zalogowanie, nigdy adres nadawcy.",
    },
    ["null-sender"] = {
      what = "Serwer przekazuje pocztę do każdego, gdy nadawca jest pusty (<>), tak jak w zawiadomieniach o niedoręczonej poczcie.",
      close = "Pustego nadawcę musi obowiązywać ta sama reguła co każdego innego; prosimy usunąć wszelkie wyjątki dla niego.",
    },
    ["bare-sender"] = {
      what = "Serwer uznaje nadawcę bez domeny za jednego z własnych użytkowników i przekazuje wszystko, co taki nadawca wysyła.",
      close = "Prosimy odrzucać nadawców bez domeny przychodzących z zewnątrz.",
    },
    ["claimed-sender"] = {
      what = "Serwer przekazuje pocztę do każdego, gdy adres nadawcy należy do jego własnych domen, nazw lub adresów. Taki adres może podać każdy.",
      close = "Powinien decydować adres klienta lub jego zalogowanie, nigdy adres nadawcy.",
    },
    ["claimed-user"] = {
      what = "Serwer przekazuje pocztę do każdego, gdy adres nadawcy jest adresem jednego z jego użytkowników, na przykład root lub postmaster. Taki adres "
        .. "może podać każdy.",
      close = "Powinien decydować adres klienta lub jego zalogowanie, bez wyjątku dla adresu jakiegokolwiek użytkownika.",
    },
    ["claimed-greeting"] = {
      what = "Serwer przekazuje pocztę klientów, którzy podają określoną nazwę w powitaniu (EHLO). Każdy może podać dowolną nazwę.",
      close = "Prosimy nie ufać żadnej nazwie z powitania: powinien decydować adres klienta lub jego zalogowanie.",
    },
    ["unknown-sender"] = {
      what = "Serwer przekazuje pocztę od nadawców, których domena nie istnieje.",
      close = "Powinien odrzucać zewnętrznych adresatów, gdy klient jest obcy, oraz nadawców, których domena jest nieznana.",
    },
    ["empty-domain"] = {
      what = "Serwer uznaje adres kończący się znakiem @, bez domeny za nim, za jeden z własnych, po czym przekazuje pocztę dalej.",
      close = "Prosimy odrzucać adres z pustą domeną jako błąd składni, zanim zapadnie jakakolwiek inna decyzja.",
    },
    ["bare-recipient"] = {
      what = "Serwer nie stosuje swojej reguły do adresatów zapisanych bez nawiasów ostrokątnych.",
      close = "Prosimy przyjmować tylko adresy w nawiasach ostrokątnych.",
    },
    ["quoted-route"] = {
      what = "Serwer uznaje adres w cudzysłowie za jeden z własnych, usuwa cudzysłów i przekazuje pocztę do tego, co było w środku.",
      close = "Reguła powinna decydować po przepisaniu adresów; albo prosimy odrzucać znaki @, %, ! i / przed domeną.",
    },
    ["percent-route"] = {
      what = "Serwer odczytuje znak % przed domeną jako trasę (user%elsewhere.example@your-server) i przekazuje pocztę zgodnie z nią.",
      close = "Prosimy wyłączyć tę starą formę trasowania.",
    },
    ["two-ats"] = {
      what = "Serwer uznaje adres z dwoma znakami @ za jeden z własnych na podstawie ostatniego z nich, a przekazuje pocztę na podstawie pierwszego.",
      close = "Prosimy odrzucać adresy z więcej niż jednym znakiem @ jako błąd składni.",
    },
    ["source-route"] = {
      what = "Serwer podąża za trasą przed adresem (@your-server:user@elsewhere.example) i przekazuje pocztę zgodnie z nią.",
      close = "Prosimy ignorować lub odrzucać takie trasy.",
    },
    ["uucp-path"] = {
      what = "Serwer odczytuje znak ! w adresie jako trasę (elsewhere.example!user) i przekazuje pocztę zgodnie z nią albo uznaje nadawcę ze znakiem ! za "
        .. "jednego z własnych.",
      close = "Prosimy odrzucać znak ! w adresach z zewnątrz.",
    },
    ["srs-hash"] = {
      what = "Serwer zamienia przepisane adresy zwrotne (SRS) z powrotem na zawarte w nich adresy bez sprawdzania ich skrótu i przekazuje tam pocztę.",
      close = "Prosimy sprawdzać skrót i datę takiego adresu i odrzucać go, gdy się nie zgadzają.",
    },
    spelling = {
      what = "Serwer nie rozpoznaje domeny adresata zapisanej w inny sposób (wielkie litery, kropka na końcu, litery pełnej szerokości) i przekazuje pocztę.",
      close = "Prosimy sprowadzać domenę do jednej pisowni, zanim zostanie porównana z jakąkolwiek listą.",
    },
    smtputf8 = {
      what = "Serwer nie stosuje swojej reguły do wiadomości zapowiedzianych jako umiędzynarodowione (SMTPUTF8).",
      close = "Powinna ich dotyczyć ta sama reguła; albo prosimy wyłączyć to rozszerzenie.",
    },
    ["inside-tls"] = {
      what = "Serwer odrzuca osoby postronne na zwykłym połączeniu, ale przekazuje pocztę każdemu, gdy połączenie jest szyfrowane (STARTTLS).",
      close = "Samo szyfrowanie nie jest zalogowaniem: prosimy wymagać hasła albo ufać tylko znanym Państwu certyfikatom klientów.",
    },
    xclient = {
      what = "Serwer pozwala każdemu klientowi podać poleceniem XCLIENT, z jakiego adresu pochodzi, i przekazuje pocztę każdego, kto podaje się za sam serwer.",
      close = "Prosimy przyjmować XCLIENT tylko od własnych bram (192.0.2.10 w przykładzie).",
    },
    ["proxy-line"] = {
      what = "Serwer wierzy wierszowi PROXY każdego klienta, który mówi, skąd pochodzi połączenie, i przekazuje pocztę każdego, kto podaje się za sam serwer.",
      close = "Prosimy przyjmować protokół PROXY tylko od własnego modułu równoważenia obciążenia (192.0.2.10 w przykładzie), na porcie dostępnym tylko dla "
        .. "niego.",
    },
    ["second-recipient"] = {
      what = "Serwer odrzuca zewnętrznego adresata, gdy jest pierwszy, a przyjmuje go za jednym z własnych.",
      close = "Reguła powinna decydować o każdym adresacie osobno.",
    },
    ["web-form"] = {
      what = "Formularz na serwerze WWW wysyła pocztę na każdy adres podany w żądaniu.",
      close = "Prosimy wpisać adresatów poczty do skryptu formularza, nie brać żadnych z żądania i usunąć stare skrypty, takie jak FormMail.",
    },
    ["web-proxy"] = {
      what = "Strona na serwerze WWW pobiera dla każdego dowolny adres URL podany w żądaniu i pokazuje to, co otrzymała.",
      close = "Prosimy usunąć ten skrypt albo pozwolić mu pobierać tylko z wymienionych przez Państwa hostów i tylko dla zalogowanych.",
    },
    ["local-services"] = {
      what = "Serwer proxy prowadzi osoby postronne do usług na własnej maszynie, które mogą ufać każdemu, kto stamtąd przychodzi.",
      close = "Prosimy odrzucać połączenia z własną maszyną serwera proxy (127.0.0.1, ::1 i jej inne adresy) i wpuszczać tylko klientów z Państwa własnej "
        .. "sieci.",
    },
    ["connect-udp"] = {
      what = "Serwer wysyła przez HTTP czyjekolwiek datagramy (UDP) na dowolny adres (connect-udp, zwane też MASQUE).",
      close = "Prosimy wyłączyć connect-udp, jeśli nie jest potrzebne. W przeciwnym razie prosimy wymagać zalogowania albo wpuszczać tylko klientów z "
        .. "Państwa własnej sieci.",
    },
    ["ipv6-clients"] = {
      what = "Stało się to przez IPv6. Serwer w kontenerze często widzi wszystkich klientów IPv6 pod adresem z własnej sieci i dlatego im ufa.",
      close = "Prosimy zapewnić, by serwer widział prawdziwe adresy IPv6 swoich klientów, i usunąć sieć kontenerów z zaufanych sieci.",
    },
  },
  cause_named = "To ustawienie programu {software} zamyka właśnie tę możliwość:",
  cause_if = "Jeśli na serwerze działa program {software}, to zamyka właśnie tę możliwość:",
  software_named = "Serwer podaje, że działa na nim program {software}. Te ustawienia zamykają go dla osób postronnych. Zastępują wiersze o tej samej nazwie. W "
    .. "miejsce 192.0.2.0/24 prosimy wpisać własną sieć.",
  software_if = "Jeśli na serwerze działa program {software}, te ustawienia zamykają go dla osób postronnych. Zastępują wiersze o tej samej nazwie. W miejsce "
    .. "192.0.2.0/24 prosimy wpisać własną sieć.",
  software_none = "Jeśli poinformują nas Państwo, jakie oprogramowanie działa na serwerze, będziemy mogli dokładniej wskazać, co ustawić.",
  firewall = "Niezależnie od oprogramowania zapora sieciowa nie wpuszcza osób postronnych. W miejsce 192.0.2.0/24 prosimy wpisać własną sieć.",
  on_system = "W systemie {system}:",
  makers = "Wśród poniższych odsyłaczy są instrukcje do popularnego oprogramowania, napisane przez jego twórców, oraz takie, które dotyczą każdego "
    .. "oprogramowania.",
  in_file = "W pliku {file}:",
  remove = "Usunąć z pliku {file}:",
  run = "Następnie uruchomić:",
  shell = "W wierszu poleceń samego programu:",
  questions = "Te pytania mogą pomóc znaleźć słaby punkt:",

  links_title = "Więcej informacji",

  after_title = "Ponowny test i sprzeciw",
  retest = "Gdy serwer zostanie zamknięty, prosimy napisać na adres {retest}, podając jako temat „RETEST {case}”. Zbadamy go wtedy ponownie i poinformujemy "
    .. "Państwa o wyniku.",
  object = "Jeśli uważają Państwo, że coś się tu nie zgadza, prosimy napisać na adres {objection}, podając numer sprawy {case}.",
  lists = "Istnieją dwie listy tych, którzy sobie tego nie życzą. Mogą Państwo znaleźć się na jednej z nich lub na obu:",
  list_tests = "Jeśli nie chcą Państwo, by serwer był ponownie badany, prosimy napisać na adres {stop_tests}, podając jako temat „STOP-TESTS {case}”.",
  list_letters = "Jeśli nie chcą Państwo otrzymywać dalszych pism, prosimy napisać na adres {stop_letters}, podając jako temat „STOP-LETTERS {case}”.",

  evidence_title = "Dowody",
  evidence = "Wszystko, co wymieniono między naszym programem testowym a serwerem, zachowano wraz z czasem w pliku dowodowym {bundle}, sprawa {case}. Oto skrót "
    .. "SHA-256 tego pliku, tak jak wypisuje go polecenie „sha256sum”:",
  evidence_check = "Plik o innym skrócie jest innym plikiem albo został zmieniony lub uzupełniony po tym piśmie. Plik podpisano kluczem {key_id}. Część, która "
    .. "Państwa dotyczy, mogą Państwo otrzymać od nas: jest to plik z własnym skrótem, pod tym samym podpisem. Oba sprawdza się poleceniem „ajar verify” albo "
    .. "bez naszego oprogramowania programami minisign i sha256sum, jak wyjaśnia zawarty w nich plik VERIFY.txt. Klucz publiczny:",

  contact = "Pytania można kierować na adres {contact}.",
  regards = "Z poważaniem",

  interval = {
    one = "Otrzymają Państwo od nas najwyżej jedno takie pismo dziennie.",
    few = "Otrzymają Państwo od nas najwyżej jedno takie pismo na {n} dni.",
    many = "Otrzymają Państwo od nas najwyżej jedno takie pismo na {n} dni.",
  },

  group_subject = "{project}: serwery, za które Państwo odpowiadają, otwarte lub być może otwarte dla osób "
    .. "postronnych ({case})",
  group_greeting = "Do osób odpowiedzialnych za wymienione niżej serwery",
  group_findings = {
    one = "Niniejsze pismo dotyczy {n} ustalenia na serwerach, za które według naszych informacji Państwo "
      .. "odpowiadają.",
    few = "Niniejsze pismo dotyczy {n} ustaleń na serwerach, za które według naszych informacji Państwo "
      .. "odpowiadają.",
    many = "Niniejsze pismo dotyczy {n} ustaleń na serwerach, za które według naszych informacji Państwo "
      .. "odpowiadają.",
  },
  group_at_one = "Wszystkie dotyczą adresu IP {address}.",
  group_at = {
    one = "Dotyczą one {n} adresu IP.",
    few = "Dotyczą one {n} różnych adresów IP.",
    many = "Dotyczą one {n} różnych adresów IP.",
  },
  group_tested = "Podano nam te adresy jako adresy serwerów, które mogą być otwarte dla osób postronnych. "
    .. "Dlatego zbadaliśmy te serwery. Poniższa lista zawiera wynik każdego badania.",
  group_first_step = "W pierwszej kolejności prosimy o zamknięcie tych serwerów dla osób postronnych. Poniżej "
    .. "wyjaśniamy, jak to zrobić.",
  group_title = "Co ustaliliśmy",
  group_columns = { address = "Adres", port = "Port", found = "Ustalenie", time = "Czas (UTC)" },
  group_found = {
    open = { relay = "otwarty serwer pocztowy", proxy = "otwarty serwer proxy" },
    suspect = { relay = "serwer pocztowy, być może otwarty", proxy = "serwer proxy, być może otwarty" },
  },
  group_attached = "Załączony plik {file} zawiera wszystkie ustalenia, po jednym w wierszu, z dalszymi "
    .. "szczegółami.",
  group_example = "Przykładem jest serwer pod adresem {address}, port {port} (sprawa {case}).",
  group_remedy_for = "W sprawie adresu {address}, port {port}, i podobnych serwerów:",
  group_retest = "Gdy serwery zostaną zamknięte, prosimy napisać na adres {retest}, podając jako temat „RETEST "
    .. "{case}”; numer ten oznacza wszystkie sprawy wymienione w tym piśmie. Jeśli zamknięto tylko niektóre z "
    .. "nich, prosimy podać te sprawy w wiadomości. Zbadamy je wtedy ponownie i poinformujemy Państwa o wyniku.",
  group_list_tests = "Jeśli nie chcą Państwo, by te serwery były ponownie badane, prosimy napisać na adres "
    .. "{stop_tests}, podając jako temat „STOP-TESTS {case}”.",
  group_evidence = "Wszystko, co wymieniono między naszym programem testowym a serwerami, zachowano wraz z "
    .. "czasem w pliku dowodowym {bundle}, każdą sprawę pod jej numerem. Oto skrót SHA-256 tego pliku, tak jak "
    .. "wypisuje go polecenie „sha256sum”:",
  group_earlier = "Pisaliśmy już do Państwa w sprawie tych serwerów.",
  group_earlier_on = "Pisaliśmy do Państwa w sprawie tych serwerów dnia {date}.",

  tones = {
    reminder = {
      group_subject = "{project}: przypomnienie o serwerach, za które Państwo odpowiadają, otwartych lub być "
        .. "może otwartych dla osób postronnych ({case})",
      group_tested = "Teraz zbadaliśmy je ponownie. Poniższa lista zawiera wynik każdego badania.",
      group_first_step = "Prosimy o zamknięcie tych serwerów dla osób postronnych już teraz. Poniżej "
        .. "wyjaśniamy, jak to zrobić. Jeśli już nad tym Państwo pracują lub potrzebują pomocy, prosimy o "
        .. "informację: wystarczy krótka wiadomość na adres {contact}.",
      group_no_blame = "Nasze poprzednie pismo mogło nie dotrzeć do właściwej osoby albo zmiana mogła nie "
        .. "odnieść zamierzonego skutku. Jeśli za te serwery odpowiada ktoś inny, prosimy o przekazanie mu tego "
        .. "pisma.",
      subject = {
        open = {
          relay = "{project}: przypomnienie o otwartym serwerze pocztowym pod adresem {address}, port {port}",
          proxy = "{project}: przypomnienie o otwartym serwerze proxy pod adresem {address}, port {port}",
        },
        suspect = {
          relay = "{project}: przypomnienie o serwerze pocztowym pod adresem {address}, port {port}",
          proxy = "{project}: przypomnienie o serwerze proxy pod adresem {address}, port {port}",
        },
      },
      again = "Teraz zbadaliśmy go ponownie.",
      still = "Serwer jest więc nadal otwarty dla osób postronnych.",
      no_blame = "Nasze poprzednie pismo mogło nie dotrzeć do właściwej osoby albo zmiana mogła nie odnieść zamierzonego skutku. Jeśli za serwer odpowiada ktoś "
        .. "inny, prosimy o przekazanie mu tego pisma.",
      first_step = "Prosimy o zamknięcie serwera dla osób postronnych już teraz. Poniżej wyjaśniamy, jak to zrobić. Jeśli już nad tym Państwo pracują lub "
        .. "potrzebują pomocy, prosimy o informację: wystarczy krótka wiadomość na adres {contact}.",
    },

    provider = {
      group_subject = "{project}: serwery w Państwa sieci, otwarte lub być może otwarte dla osób postronnych "
        .. "({case})",
      group_greeting = "Do osób odpowiedzialnych za sieć, do której należą wymienione niżej adresy",
      group_findings = {
        one = "Niniejsze pismo dotyczy {n} ustalenia na serwerach, które według naszych informacji znajdują się "
          .. "w Państwa sieci; mogą one należeć do Państwa klientów.",
        few = "Niniejsze pismo dotyczy {n} ustaleń na serwerach, które według naszych informacji znajdują się w "
          .. "Państwa sieci; mogą one należeć do Państwa klientów.",
        many = "Niniejsze pismo dotyczy {n} ustaleń na serwerach, które według naszych informacji znajdują się "
          .. "w Państwa sieci; mogą one należeć do Państwa klientów.",
      },
      group_first_step = "Prosimy o przekazanie tego pisma tym, którzy prowadzą serwery, i o dopilnowanie, by "
        .. "zostały one zamknięte dla osób postronnych. Jeśli wiedzą Państwo, do kogo powinniśmy raczej "
        .. "napisać, prosimy o informację: {contact}.",
      group_limit = "Do czasu ich zamknięcia mogą Państwo chronić innych, blokując połączenia z Internetu z "
        .. "portami serwerów proxy oraz ograniczając to, co serwery pocztowe mogą wysyłać na port 25 innych "
        .. "serwerów.",
      subject = {
        open = {
          relay = "{project}: otwarty serwer pocztowy w Państwa sieci pod adresem {address}, port {port}",
          proxy = "{project}: otwarty serwer proxy w Państwa sieci pod adresem {address}, port {port}",
        },
        suspect = {
          relay = "{project}: prawdopodobnie otwarty serwer pocztowy w Państwa sieci pod adresem {address}, port {port}",
          proxy = "{project}: prawdopodobnie otwarty serwer proxy w Państwa sieci pod adresem {address}, port {port}",
        },
      },
      greeting = "Do osób odpowiedzialnych za sieć, do której należy adres {address}",
      address = "Niniejsze pismo dotyczy serwera o adresie IP {address}, port {port}. Według naszych informacji adres należy do Państwa sieci, a serwer może należeć "
        .. "do jednego z Państwa klientów.",
      address_name = "Niniejsze pismo dotyczy serwera {host} o adresie IP {address}, port {port}. Według naszych informacji adres należy do Państwa sieci, a serwer "
        .. "może należeć do jednego z Państwa klientów.",
      matter = "Prosimy o przeczytanie tego pisma do końca: jego przedmiot może mieć wpływ na Państwa sieć i klientów.",
      no_blame = "Serwer może być otwarty bez wiedzy właściciela, często dlatego, że jakieś ustawienie nigdy nie zostało zmienione. Niczego nie zarzucamy ani Państwu, "
        .. "ani Państwa klientowi.",
      first_step = "Prosimy o przekazanie tego pisma tym, którzy prowadzą serwer, i o dopilnowanie, by został on zamknięty dla osób postronnych. Jeśli wiedzą Państwo, do "
        .. "kogo powinniśmy raczej napisać, prosimy o informację: {contact}.",
      limit = {
        relay = "Do czasu jego zamknięcia mogą Państwo chronić innych, ograniczając to, co serwer może wysyłać na port 25 innych serwerów.",
        proxy = "Do czasu jego zamknięcia mogą Państwo chronić innych, blokując połączenia z Internetu z portem {port} tego adresu.",
      },
      harm_title = "Co to może oznaczać dla Państwa i Państwa klientów",
      harm = {
        "Adresy Państwa sieci mogą trafić na listy blokujące, przez co inni będą odrzucać pocztę od Państwa i od klientów, którzy nie mają z tym nic wspólnego.",
        "Cudzy ruch obciąża Państwa łącza, a Państwo lub Państwa klient mogą ponieść jego koszty.",
        "Skargi na spam i ataki trafiają do Państwa, gdyż wydają się one pochodzić z Państwa sieci.",
      },
      pass_on = "Dalszy ciąg jest przeznaczony dla tych, którzy prowadzą serwer.",
    },

    ["all-clear"] = {
      group_subject = "{project}: serwery, za które Państwo odpowiadają, są zamknięte dla osób postronnych "
        .. "({case})",
      group_findings = {
        one = "Niniejsze pismo dotyczy {n} serwera, który w naszych poprzednich badaniach był otwarty i za "
          .. "który według naszych informacji Państwo odpowiadają.",
        few = "Niniejsze pismo dotyczy {n} serwerów, które w naszych poprzednich badaniach były otwarte i za "
          .. "które według naszych informacji Państwo odpowiadają.",
        many = "Niniejsze pismo dotyczy {n} serwerów, które w naszych poprzednich badaniach były otwarte i za "
          .. "które według naszych informacji Państwo odpowiadają.",
      },
      group_tested = "Zbadaliśmy je ponownie. Nasz program testowy, który nie był zalogowany, nie mógł już "
        .. "przejść przez żaden z nich. Poniższa lista zawiera wynik każdego badania.",
      group_found = {
        closed = { relay = "zamknięty serwer pocztowy", proxy = "zamknięty serwer proxy" },
      },
      group_thanks = "O ile można to stwierdzić na podstawie tych testów, serwery są zamknięte dla osób "
        .. "postronnych. Dziękujemy za pomoc.",
      group_bounds = "Testy dotyczyły wyłącznie tych usług w tym czasie. Nie mówią nic o innych usługach tych "
        .. "maszyn, a późniejsza zmiana ustawień może ponownie otworzyć serwer.",
      subject = {
        closed = {
          relay = "{project}: serwer pocztowy pod adresem {address}, port {port}, jest zamknięty dla osób postronnych",
          proxy = "{project}: serwer proxy pod adresem {address}, port {port}, jest zamknięty dla osób postronnych",
        },
      },
      tested = {
        closed = {
          relay = "Dnia {date} o godzinie {time} (UTC) zbadaliśmy go ponownie. Nasz program testowy, który nie był zalogowany, nie mógł wysłać przez serwer wiadomości do "
            .. "zewnętrznej skrzynki pocztowej.",
          proxy = "Dnia {date} o godzinie {time} (UTC) zbadaliśmy go ponownie. Nasz program testowy, który nie był zalogowany, nie mógł przez serwer połączyć się z innym "
            .. "komputerem w Internecie.",
        },
      },
      thanks = "O ile można to stwierdzić na podstawie tego testu, serwer jest zamknięty dla osób postronnych. Dziękujemy za pomoc.",
      settled = "Dla nas sprawa jest tym samym zakończona i nie muszą Państwo odpowiadać na to pismo.",
      bounds = "Test dotyczył wyłącznie tej usługi w tym czasie. Nie mówi nic o innych usługach tej maszyny, a późniejsza zmiana ustawień może ponownie otworzyć serwer.",
      left_title = "Co może jeszcze pozostać do zrobienia",
      left = {
        relay = {
          "Wiadomości pozostawione na serwerze przez osoby postronne mogą nadal czekać w jego kolejce. Prosimy przejrzeć kolejkę i usunąć to, co nie jest Państwa.",
          "Jeśli adres znajduje się na listach blokujących, prowadzący je usuwają go na Państwa prośbę; niektóre listy robią to same po pewnym czasie.",
          "Prosimy dbać o aktualność oprogramowania i po każdej zmianie ustawień sprawdzać serwer z zewnątrz.",
        },
        proxy = {
          "Dzienniki serwera mogą pokazać, kto i do czego go używał, gdy był otwarty. Prosimy je zachować, jeśli zamierzają Państwo zgłosić sprawę policji.",
          "Jeśli nikt u Państwa nie uruchomił tej usługi, ktoś mógł przejąć kontrolę nad maszyną. Wtedy trzeba ją zbadać, choć usługa nie jest już dostępna.",
          "Jeśli adres znajduje się na listach blokujących, prowadzący je usuwają go na Państwa prośbę; niektóre listy robią to same po pewnym czasie.",
          "Prosimy dbać o aktualność oprogramowania i po każdej zmianie ustawień sprawdzać serwer z zewnątrz.",
        },
      },
    },
  },
}

return {
  code = "pl",
  name = "polski",
  english = "Polish",
  messages = messages,

  plural = function(n)
    local ten, hundred = n % 10, n % 100
    if n == 1 then
      return "one"
    end
    return ten >= 2 and ten <= 4 and (hundred < 12 or hundred > 14) and "few" or "many"
  end,

  -- 24 listopada 2026
  date = function(t)
    return string.format("%d %s %d", t.day, months[t.month], t.year)
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

  -- a, b i c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " i " .. items[#items] or items[1]
  end,
}
