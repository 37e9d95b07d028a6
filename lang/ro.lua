-- Romanian. The reader is addressed as „dumneavoastră”. An open relay is „server de e-mail deschis (open relay)”, an open proxy
-- „server proxy deschis (open proxy)”, strangers are „terți”. The letters ș and ț have a comma below.

local months = { "ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august",
  "septembrie", "octombrie", "noiembrie", "decembrie" }

local messages = {
  subject = {
    open = {
      relay = "{project}: server de e-mail deschis la adresa {address}, portul {port}",
      proxy = "{project}: server proxy deschis la adresa {address}, portul {port}",
    },
    suspect = {
      relay = "{project}: posibil server de e-mail deschis la adresa {address}, portul {port}",
      proxy = "{project}: posibil server proxy deschis la adresa {address}, portul {port}",
    },
  },

  greeting = "În atenția persoanelor responsabile de serverul {address}",
  address = "Prezenta scrisoare se referă la serverul cu adresa IP {address}, portul {port}. Potrivit informațiilor "
    .. "de care dispunem, răspunderea pentru acest server vă revine dumneavoastră.",
  address_name = "Prezenta scrisoare se referă la serverul {host} cu adresa IP {address}, portul {port}. Potrivit "
    .. "informațiilor de care dispunem, răspunderea pentru acest server vă revine dumneavoastră.",
  source = "Adresa figurează pe lista „{source}”, care cuprinde servere ce ar putea fi deschise pentru terți. De "
    .. "aceea am testat serverul.",
  sources = "Adresa figurează pe mai multe liste de servere care ar putea fi deschise pentru terți: {sources}. De "
    .. "aceea am testat serverul.",
  source_name = "„{name}”",
  source_given = "Adresa figurează pe o listă care ne-a fost pusă la dispoziție și care cuprinde "
    .. "servere ce ar putea fi deschise pentru terți. De aceea am testat serverul.",
  source_unknown = "Adresa ne-a fost semnalată ca fiind a unui server care ar putea fi deschis pentru terți. De "
    .. "aceea am testat serverul.",
  tested = {
    open = {
      relay = "La data de {date}, ora {time} (UTC), serverul a acceptat un mesaj de la programul nostru de testare, "
        .. "care nu se autentificase, și l-a transmis mai departe către o căsuță poștală aflată în altă parte. Un "
        .. "server care procedează astfel pentru oricine se numește server de e-mail deschis (open relay).",
      proxy = "La data de {date}, ora {time} (UTC), serverul a transmis mai departe, către un alt calculator din "
        .. "internet, trafic de la programul nostru de testare, care nu se autentificase. Un server care procedează "
        .. "astfel pentru oricine se numește server proxy deschis (open proxy).",
    },
    suspect = {
      relay = "La data de {date}, ora {time} (UTC), serverul a acceptat de la programul nostru de testare, care nu "
        .. "se autentificase, un mesaj către o căsuță poștală aflată în altă parte. Până la încheierea testului, "
        .. "mesajul nu ajunsese acolo. Prin urmare, nu putem afirma cu certitudine că serverul este deschis și vă "
        .. "rugăm să verificați.",
      proxy = "La data de {date}, ora {time} (UTC), serverul a acceptat să conecteze programul nostru de testare, "
        .. "care nu se autentificase, la un alt calculator din internet. Până la încheierea testului, nimic nu "
        .. "ajunsese acolo. Prin urmare, nu putem afirma cu certitudine că serverul este deschis și vă rugăm să "
        .. "verificați.",
    },
    doubtful = {
      relay = "La data de {date}, ora {time} (UTC), serverul a acceptat de la programul nostru de testare, care nu "
        .. "se autentificase, mesaje către o căsuță poștală aflată în altă parte. Unul dintre ele a ajuns acolo, iar "
        .. "altul nu. Prin urmare, nu putem afirma cu certitudine că serverul este deschis și vă rugăm să verificați.",
      proxy = "La data de {date}, ora {time} (UTC), date pe care programul nostru de testare, care nu se "
        .. "autentificase, le trimisese serverului au ajuns la un alt calculator din internet. Serverul s-a "
        .. "comportat însă și într-un mod în care un server proxy deschis nu se comportă. Prin urmare, nu putem "
        .. "afirma cu certitudine că serverul este deschis și vă rugăm să verificați.",
    },
  },
  no_blame = "Un server poate fi deschis fără știrea proprietarului, adesea pentru că o setare nu a fost modificată "
    .. "niciodată. Presupunem că nu ați avut cunoștință de acest lucru și nu afirmăm că ați fi procedat greșit.",
  first_step = "Ca prim pas, vă rugăm să închideți accesul terților la server. Modul în care se poate face acest "
    .. "lucru este explicat mai jos.",

  earlier = "V-am mai scris anterior cu privire la acest server.",
  earlier_on = "V-am scris cu privire la acest server la data de {date}.",
  earlier_case = "Numărul cazului era atunci {earlier_case}.",

  seen_title = "Ce am constatat",
  seen = "Programul nostru de testare s-a conectat la portul {port}. Rândurile marcate cu C au fost trimise de "
    .. "programul de testare; rândurile marcate cu S au fost primite de la server.",
  seen_from = "Programul nostru de testare s-a conectat la portul {port} de la adresa {from}. Rândurile marcate cu C "
    .. "au fost trimise de programul de testare; rândurile marcate cu S au fost primite de la server.",
  decisive = "Rândurile marcate cu un asterisc (*) sunt cele decisive.",
  more_lines = { one = "… (încă 1 rând)", few = "… (încă {n} rânduri)", other = "… (încă {n} de rânduri)" },
  returned = {
    relay = "Mesajul purta marcajul {token}, care nu poate fi ghicit. Mesajul a ajuns la propriul nostru server de "
      .. "recepție la data de {date}, ora {time} (UTC), livrat de la adresa {peer}.",
    proxy = "Conexiunea purta marcajul {token}, care nu poate fi ghicit. Conexiunea a ajuns la propriul nostru "
      .. "server de recepție la data de {date}, ora {time} (UTC), de la adresa {peer}.",
  },
  peer_same = "Aceasta este adresa serverului pe care l-am testat.",
  peer_other = "Aceasta nu este adresa pe care am testat-o; se pare că serverul transmite traficul mai departe prin "
    .. "ea.",
  ports_all = "Am cerut conectarea la mai multe porturi ale propriului nostru calculator. Toate conexiunile au "
    .. "reușit: {reached}.",
  ports_some = "Am cerut conectarea la mai multe porturi ale propriului nostru calculator. Conexiunile la "
    .. "următoarele porturi au reușit: {reached}. Conexiunile la următoarele porturi nu au reușit: {missed}.",
  ports_mail = "Printre porturile la care serverul oferă acces se află portul 25, folosit pentru e-mail: oricine "
    .. "poate trimite e-mailuri prin acest server, iar ele par să provină de la acesta.",
  ours_alone = {
    relay = "Mesajul a fost adresat exclusiv propriei noastre căsuțe poștale. Nimănui altcuiva nu i s-a trimis nimic.",
    proxy = "Conexiunea s-a făcut exclusiv la propriul nostru calculator. Nimeni altcineva nu a fost contactat prin "
      .. "intermediul serverului.",
  },

  check_title = "Cum puteți verifica și dumneavoastră",
  check = {
    relay = "Pasul decisiv poate fi repetat cu programul swaks, care aici se oprește înainte de trimiterea vreunui "
      .. "mesaj. Vă rugăm să executați comanda de mai jos pe un calculator din afara rețelelor proprii și să "
      .. "înlocuiți you@elsewhere.example cu o adresă proprie la un alt furnizor:",
    relay_lines = "Vă rugăm să vă conectați la server de pe un calculator din afara rețelelor proprii, cu comanda de "
      .. "mai jos. Introduceți apoi rândurile de mai sus marcate cu C, până la RCPT TO inclusiv, cu o adresă proprie "
      .. "la un alt furnizor ca destinatar:",
    relay_answer = "Dacă serverul răspunde la RCPT TO cu un cod care începe cu 5, îi refuză pe terți, așa cum "
      .. "trebuie. În cazul în care codul începe cu 2, serverul acceptă de la terți mesaje pentru destinatari aflați "
      .. "în altă parte.",
    proxy = "Vă rugăm să executați aceste comenzi pe un calculator din afara rețelelor proprii:",
    proxy_answer = "Dacă una dintre ele afișează pagina „Example Domain”, serverul permite accesul terților. Dacă "
      .. "toate se încheie cu o eroare, serverul a refuzat aceste cereri.",
  },

  matter = "Vă rugăm să citiți scrisoarea până la capăt: aspectele prezentate pot afecta accesul dumneavoastră la "
    .. "internet și prezența dumneavoastră online.",
  who = "Prezenta scrisoare face parte din proiectul comun „{project}”, la care participă: {partners}.",
  who_alone = "Prezenta scrisoare face parte din proiectul „{project}”.",
  purpose = "Scopul proiectului este de a informa proprietarii de servere deschise cum le pot securiza, astfel încât "
    .. "alții să nu le poată folosi pentru a trimite mesaje nesolicitate (spam) sau pentru a-și ascunde identitatea.",

  what_title = "Ce sunt serverele de e-mail deschise și serverele proxy deschise",
  what_they_are = "Un server de e-mail deschis (open relay) acceptă e-mailuri de la oricine și le transmite mai "
    .. "departe oricui, deși nici expeditorul, nici destinatarul nu au vreo legătură cu proprietarul serverului. Un "
    .. "server proxy deschis (open proxy) face același lucru cu conexiunile: de la oricine către orice loc din "
    .. "internet. Pentru cei de la celălalt capăt, traficul pare să provină de la acel server.",
  how_abused = "Astfel de servere sunt ușor de găsit prin căutări automate. Ele sunt folosite pentru a trimite spam "
    .. "în cantități mari, pentru a răspândi programe malițioase, pentru a comite fraude și pentru a ataca alte "
    .. "calculatoare, în timp ce expeditorul real rămâne ascuns.",

  harm_title = "Ce consecințe poate avea pentru dumneavoastră",
  harm = {
    "Serverul și conexiunea dumneavoastră la internet pot deveni lente sau pot înceta să funcționeze atunci când "
      .. "prin ele trec cantități mari de trafic al altora.",
    "Este posibil să trebuiască să plătiți pentru trafic și pentru remedierea situației.",
    "Furnizorul dumneavoastră de internet vă poate restricționa sau întrerupe accesul.",
    "Adresa poate fi inclusă pe liste de blocare, astfel încât alții să refuze și propriile dumneavoastră e-mailuri.",
    "Mesajele spam și atacurile pot părea că vin de la dumneavoastră și vă pot dăuna reputației.",
  },

  remedy_title = "Cum se închide serverul",
  remedy = {
    relay = {
      "Serverul trebuie să accepte e-mailuri pentru destinatari externi numai din rețelele proprii și de la "
        .. "utilizatori autentificați. Toți ceilalți trebuie refuzați.",
      "Păstrați lista rețelelor de încredere cât mai scurtă. Verificați dacă serverul vede adresa reală a celor care "
        .. "se conectează, mai ales atunci când rulează într-un container sau în spatele unui echilibrator de "
        .. "încărcare (load balancer).",
      "Mențineți software-ul actualizat.",
    },
    proxy = {
      "Opriți serverul proxy dacă nu aveți nevoie de el.",
      "Dacă aveți nevoie de el, permiteți accesul numai din rețelele proprii sau solicitați o parolă. Toți ceilalți "
        .. "trebuie refuzați.",
      "Blocați în firewall accesul din internet la portul {port}.",
      "Dacă nimeni din organizația dumneavoastră nu a instalat acest serviciu, este posibil ca el să fi fost livrat "
        .. "odată cu echipamentul sau ca cineva să fi preluat controlul asupra calculatorului. În acest caz, "
        .. "blocarea portului nu este suficientă: calculatorul trebuie examinat.",
    },
  },
  found = {
    open = "Testul nostru a constatat următoarele: {what} {close}",
    suspect = "Dacă serverul este deschis, cauza este următoarea: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Serverul retransmite mesaje de la orice expeditor către orice destinatar; nu este necesar ca vreunul "
        .. "dintre ei să aparțină organizației dumneavoastră.",
      close = "Configurați serverul să refuze destinatarii aflați în altă parte, cu excepția cazului în care "
        .. "clientul se află în rețeaua proprie sau s-a autentificat.",
    },
    ["same-domain"] = {
      what = "Serverul retransmite mesajele când expeditorul și destinatarul se află în același domeniu, deși acel "
        .. "domeniu nu este al dumneavoastră. Oricine poate declara un astfel de expeditor.",
      close = "Decizia trebuie luată după adresa clientului sau după autentificarea acestuia, niciodată după adresa "
        .. "expeditorului.",
    },
    ["null-sender"] = {
      what = "Serverul retransmite mesaje către oricine atunci când expeditorul este gol (<>), ca în notificările "
        .. "privind mesajele care nu au putut fi livrate.",
      close = "Expeditorul gol trebuie supus aceleiași reguli ca oricare altul; eliminați toate excepțiile prevăzute "
        .. "pentru acesta.",
    },
    ["bare-sender"] = {
      what = "Serverul consideră că un expeditor fără domeniu este unul dintre utilizatorii proprii și retransmite "
        .. "tot ce trimite un astfel de expeditor.",
      close = "Refuzați expeditorii fără domeniu veniți din exterior.",
    },
    ["claimed-sender"] = {
      what = "Serverul retransmite mesaje către oricine atunci când adresa expeditorului conține unul dintre "
        .. "domeniile, numele sau adresele serverului. Oricine poate declara o astfel de adresă.",
      close = "Decizia trebuie luată după adresa clientului sau după autentificarea acestuia, niciodată după adresa "
        .. "expeditorului.",
    },
    ["claimed-user"] = {
      what = "Serverul retransmite mesaje către oricine atunci când adresa expeditorului aparține unuia dintre "
        .. "utilizatorii săi, de exemplu root sau postmaster. Oricine poate declara o astfel de adresă.",
      close = "Decizia trebuie luată după adresa clientului sau după autentificarea acestuia, fără excepție pentru "
        .. "adresa vreunui utilizator.",
    },
    ["claimed-greeting"] = {
      what = "Serverul retransmite mesaje pentru clienții care indică un anumit nume la salut (EHLO). Oricine poate "
        .. "indica orice nume.",
      close = "Nu acordați încredere niciunui nume indicat la salut: decizia trebuie luată după adresa clientului "
        .. "sau după autentificarea acestuia.",
    },
    ["unknown-sender"] = {
      what = "Serverul retransmite mesaje de la expeditori al căror domeniu nu există.",
      close = "Configurați serverul să refuze mesajele terților către destinatari aflați în altă parte, precum și "
        .. "expeditorii al căror domeniu nu este cunoscut.",
    },
    ["empty-domain"] = {
      what = "Serverul consideră ca fiind a sa o adresă care se termină cu @, fără niciun domeniu după acest semn, "
        .. "iar apoi retransmite mesajul.",
      close = "Refuzați adresele cu domeniu gol, ca având o sintaxă greșită, înainte de a decide orice altceva.",
    },
    ["bare-recipient"] = {
      what = "Serverul nu aplică regula sa destinatarilor scriși fără paranteze unghiulare.",
      close = "Acceptați numai adrese scrise între paranteze unghiulare.",
    },
    ["quoted-route"] = {
      what = "Serverul consideră ca fiind a sa o adresă scrisă între ghilimele, elimină ghilimelele, iar apoi "
        .. "retransmite mesajul către ceea ce se afla între ele.",
      close = "Regula trebuie aplicată după rescrierea adreselor; în caz contrar, refuzați semnele @, %, ! și / "
        .. "înaintea domeniului.",
    },
    ["percent-route"] = {
      what = "Serverul interpretează semnul % dinaintea domeniului ca pe o rută (user%elsewhere.example@your-server) "
        .. "și retransmite mesajul potrivit acesteia.",
      close = "Dezactivați această formă veche de rutare.",
    },
    ["two-ats"] = {
      what = "Serverul consideră ca fiind a sa o adresă cu două semne @, luându-se după ultimul, și retransmite "
        .. "mesajul după primul.",
      close = "Refuzați adresele cu mai mult de un semn @, ca având o sintaxă greșită.",
    },
    ["source-route"] = {
      what = "Serverul urmează o rută scrisă înaintea adresei (@your-server:user@elsewhere.example) și retransmite "
        .. "mesajul potrivit acesteia.",
      close = "Ignorați sau refuzați astfel de rute.",
    },
    ["uucp-path"] = {
      what = "Serverul interpretează semnul ! dintr-o adresă ca pe o rută (elsewhere.example!user) și retransmite "
        .. "mesajul potrivit acesteia sau consideră că un expeditor cu semnul ! îi aparține.",
      close = "Refuzați semnul ! în adresele venite din exterior.",
    },
    ["srs-hash"] = {
      what = "Serverul transformă adresele de retur rescrise (SRS) înapoi în adresele conținute de acestea, fără a "
        .. "le verifica valoarea hash, și retransmite mesajul acolo.",
      close = "Verificați valoarea hash și data unei astfel de adrese și refuzați adresa atunci când ele nu sunt "
        .. "valabile.",
    },
    spelling = {
      what = "Serverul nu recunoaște domeniul unui destinatar când este scris într-o altă formă (majuscule, punct la "
        .. "sfârșit, litere cu lățime întreagă) și retransmite mesajul.",
      close = "Aduceți domeniul la o formă unică de scriere înainte ca el să fie comparat cu vreo listă.",
    },
    smtputf8 = {
      what = "Serverul nu aplică regula sa mesajelor anunțate ca internaționalizate (SMTPUTF8).",
      close = "Aplicați-le aceeași regulă sau dezactivați extensia.",
    },
    ["inside-tls"] = {
      what = "Serverul îi refuză pe terți pe o conexiune necriptată, dar retransmite mesajele oricui după ce "
        .. "conexiunea este criptată (STARTTLS).",
      close = "Criptarea singură nu înseamnă autentificare: solicitați o parolă sau acordați încredere numai "
        .. "certificatelor de client pe care le cunoașteți.",
    },
    xclient = {
      what = "Serverul permite oricărui client să declare prin comanda XCLIENT de la ce adresă vine și retransmite "
        .. "mesajele oricui pretinde a fi serverul însuși.",
      close = "Acceptați XCLIENT numai de la gateway-urile proprii (în exemplu, 192.0.2.10).",
    },
    ["proxy-line"] = {
      what = "Serverul dă crezare rândului PROXY al oricărui client, care arată de unde vine o conexiune, și "
        .. "retransmite mesajele oricui pretinde a fi serverul însuși.",
      close = "Acceptați protocolul PROXY numai de la echilibratorul de încărcare propriu (în exemplu, 192.0.2.10), "
        .. "pe un port accesibil numai acestuia.",
    },
    ["second-recipient"] = {
      what = "Serverul refuză un destinatar aflat în altă parte când este primul, dar îl acceptă după un destinatar "
        .. "propriu.",
      close = "Regula trebuie aplicată fiecărui destinatar în parte.",
    },
    ["web-form"] = {
      what = "Un formular de pe serverul web trimite e-mailuri la orice adresă indicată în cerere.",
      close = "Scrieți în script destinatarii mesajelor formularului, nu preluați niciunul din cerere și eliminați "
        .. "scripturile vechi, cum ar fi FormMail.",
    },
    ["web-proxy"] = {
      what = "O pagină a serverului web descarcă, pentru oricine, orice adresă URL indicată într-o cerere și "
        .. "afișează ceea ce a primit.",
      close = "Eliminați scriptul sau permiteți-i să descarce numai de pe serverele incluse într-o listă proprie și "
        .. "numai pentru utilizatorii autentificați.",
    },
    ["local-services"] = {
      what = "Serverul proxy îi lasă pe terți să ajungă la serviciile de pe propriul său calculator, care ar putea "
        .. "avea încredere în oricine vine de acolo.",
      close = "Refuzați destinațiile de pe calculatorul serverului proxy (127.0.0.1, ::1 și celelalte adrese ale "
        .. "acestuia) și permiteți accesul numai clienților din rețeaua proprie.",
    },
    ["connect-udp"] = {
      what = "Serverul trimite datagramele (UDP) ale oricui la orice adresă, prin HTTP (connect-udp, numit și "
        .. "MASQUE).",
      close = "Dezactivați connect-udp dacă nu aveți nevoie de el. În caz contrar, solicitați autentificarea sau "
        .. "permiteți accesul numai clienților din rețeaua proprie.",
    },
    ["ipv6-clients"] = {
      what = "Acest lucru s-a întâmplat prin IPv6. Adesea, un server dintr-un container vede toți clienții IPv6 cu o "
        .. "adresă din propria rețea și, din acest motiv, are încredere în ei.",
      close = "Asigurați-vă că serverul vede adresele IPv6 reale ale clienților și eliminați rețeaua containerului "
        .. "din rețelele de încredere.",
    },
  },
  cause_named = "Următoarea setare a software-ului {software} închide exact această breșă:",
  cause_if = "Dacă serverul folosește {software}, următoarea setare închide exact această breșă:",
  software_named = "Serverul declară că folosește {software}. Setările de mai jos închid accesul terților la "
    .. "{software}. Ele înlocuiesc rândurile cu același nume. În locul valorii 192.0.2.0/24, introduceți rețeaua "
    .. "proprie.",
  software_if = "Dacă serverul folosește {software}, setările de mai jos îl închid pentru terți. Ele înlocuiesc "
    .. "rândurile cu același nume. În locul valorii 192.0.2.0/24, introduceți rețeaua proprie.",
  software_none = "Dacă ne comunicați ce software folosește serverul, vă putem spune mai exact ce trebuie setat.",
  firewall = "Indiferent de software, un firewall oprește accesul terților. În locul valorii 192.0.2.0/24, "
    .. "introduceți rețeaua proprie.",
  on_system = "Cu {system}:",
  makers = "Printre linkurile de mai jos se află instrucțiuni ale producătorilor pentru software-ul uzual, precum și "
    .. "instrucțiuni valabile pentru orice software.",
  in_file = "În fișierul {file}:",
  remove = "Eliminați din fișierul {file}:",
  run = "Executați apoi:",
  shell = "În linia de comandă proprie a programului:",
  questions = "Întrebările de mai jos pot ajuta la găsirea punctului slab:",

  links_title = "Informații suplimentare",

  after_title = "Un nou test și obiecții",
  retest = "După ce serverul este închis pentru terți, vă rugăm să scrieți la {retest}, cu subiectul „RETEST "
    .. "{case}”. Vom testa atunci din nou serverul și vă vom comunica rezultatul.",
  object = "În cazul în care considerați că ceva din această scrisoare este greșit, vă rugăm să scrieți la "
    .. "{objection} și să indicați numărul cazului, {case}.",
  lists = "Există două liste ale celor care nu doresc teste sau scrisori. Puteți fi înscriși pe una dintre ele sau "
    .. "pe ambele:",
  list_tests = "Dacă nu doriți ca serverul să fie testat din nou, vă rugăm să scrieți la {stop_tests}, cu subiectul "
    .. "„STOP-TESTS {case}”.",
  list_letters = "Dacă nu mai doriți să primiți scrisori, vă rugăm să scrieți la {stop_letters}, cu subiectul "
    .. "„STOP-LETTERS {case}”.",

  evidence_title = "Probe",
  evidence = "Tot schimbul de date dintre programul nostru de testare și server a fost păstrat, cu orele "
    .. "corespunzătoare, în fișierul de probe {bundle}, cazul {case}. Aceasta este amprenta SHA-256 a fișierului, "
    .. "așa cum o afișează comanda „sha256sum”:",
  evidence_check = "Un fișier cu o altă amprentă este un alt fișier sau a fost modificat ori completat după data "
    .. "acestei scrisori. Fișierul este semnat cu cheia {key_id}. Puteți obține de la noi partea care vă privește: "
    .. "aceasta este un fișier cu amprentă proprie, sub aceeași semnătură. Oricare dintre ele se verifică cu comanda "
    .. "„ajar verify” sau, fără software-ul nostru, cu minisign și sha256sum, după cum explică fișierul VERIFY.txt "
    .. "inclus. Cheia publică este:",

  contact = "Întrebările pot fi trimise la {contact}.",
  regards = "Cu deosebită considerație,",

  interval = {
    one = "Veți primi de la noi cel mult o scrisoare de acest fel pe zi.",
    few = "Veți primi de la noi cel mult o scrisoare de acest fel la {n} zile.",
    other = "Veți primi de la noi cel mult o scrisoare de acest fel la {n} de zile.",
  },

  group_subject = "{project}: servere aflate în răspunderea dumneavoastră care sunt sau ar putea fi deschise "
    .. "pentru terți ({case})",
  group_greeting = "În atenția persoanelor responsabile de serverele enumerate mai jos",
  group_findings = {
    one = "Prezenta scrisoare se referă la {n} constatare privind servere de care, potrivit informațiilor de "
      .. "care dispunem, răspundeți dumneavoastră.",
    few = "Prezenta scrisoare se referă la {n} constatări privind servere de care, potrivit informațiilor de "
      .. "care dispunem, răspundeți dumneavoastră.",
    other = "Prezenta scrisoare se referă la {n} de constatări privind servere de care, potrivit informațiilor "
      .. "de care dispunem, răspundeți dumneavoastră.",
  },
  group_at_one = "Toate privesc adresa IP {address}.",
  group_at = {
    one = "Ele privesc {n} adresă IP.",
    few = "Ele privesc {n} adrese IP diferite.",
    other = "Ele privesc {n} de adrese IP diferite.",
  },
  group_tested = "Adresele ne-au fost semnalate ca fiind ale unor servere care ar putea fi deschise pentru "
    .. "terți. De aceea am testat serverele. Lista de mai jos cuprinde rezultatul fiecărui test.",
  group_first_step = "Ca prim pas, vă rugăm să închideți accesul terților la aceste servere. Modul în care se "
    .. "poate face acest lucru este explicat mai jos.",
  group_title = "Ce am constatat",
  group_columns = { address = "Adresă", port = "Port", found = "Constatare", time = "Ora (UTC)" },
  group_found = {
    open = { relay = "server de e-mail deschis", proxy = "server proxy deschis" },
    suspect = { relay = "server de e-mail, posibil deschis", proxy = "server proxy, posibil deschis" },
  },
  group_attached = "Fișierul atașat {file} cuprinde toate constatările, câte una pe rând, cu mai multe detalii.",
  group_example = "Un exemplu este serverul de la adresa {address}, portul {port} (cazul {case}).",
  group_remedy_for = "Cu privire la adresa {address}, portul {port}, și la serverele asemănătoare:",
  group_retest = "După ce serverele sunt închise pentru terți, vă rugăm să scrieți la {retest}, cu subiectul "
    .. "„RETEST {case}”; acest număr ține locul tuturor cazurilor din scrisoare. Dacă numai unele sunt închise, "
    .. "vă rugăm să indicați aceste cazuri în mesaj. Vom testa atunci din nou serverele și vă vom comunica "
    .. "rezultatul.",
  group_list_tests = "Dacă nu doriți ca aceste servere să fie testate din nou, vă rugăm să scrieți la "
    .. "{stop_tests}, cu subiectul „STOP-TESTS {case}”.",
  group_evidence = "Tot schimbul de date dintre programul nostru de testare și servere a fost păstrat, cu orele "
    .. "corespunzătoare, în fișierul de probe {bundle}, fiecare caz sub numărul său. Aceasta este amprenta "
    .. "SHA-256 a fișierului, așa cum o afișează comanda „sha256sum”:",
  group_earlier = "V-am mai scris anterior cu privire la aceste servere.",
  group_earlier_on = "V-am scris cu privire la aceste servere la data de {date}.",

  tones = {
    reminder = {
      group_subject = "{project}: reamintire privind servere aflate în răspunderea dumneavoastră care sunt sau "
        .. "ar putea fi deschise pentru terți ({case})",
      group_tested = "Acum le-am testat din nou. Lista de mai jos cuprinde rezultatul fiecărui test.",
      group_first_step = "Vă rugăm să închideți acum accesul terților la aceste servere. Modul în care se poate "
        .. "face acest lucru este explicat mai jos. Dacă lucrați deja la aceasta sau aveți nevoie de ajutor, vă "
        .. "rugăm să ne anunțați: este suficient un scurt mesaj la {contact}.",
      group_no_blame = "Este posibil ca scrisoarea noastră anterioară să nu fi ajuns la persoana potrivită sau "
        .. "ca o modificare să nu fi avut efectul dorit. Dacă de aceste servere răspund alte persoane, vă rugăm "
        .. "să le transmiteți această scrisoare.",
      subject = {
        open = {
          relay = "{project}: reamintire privind serverul de e-mail deschis de la adresa {address}, portul {port}",
          proxy = "{project}: reamintire privind serverul proxy deschis de la adresa {address}, portul {port}",
        },
        suspect = {
          relay = "{project}: reamintire privind serverul de e-mail de la adresa {address}, portul {port}",
          proxy = "{project}: reamintire privind serverul proxy de la adresa {address}, portul {port}",
        },
      },
      again = "Acum l-am testat din nou.",
      still = "Prin urmare, serverul este în continuare deschis pentru terți.",
      no_blame = "Este posibil ca scrisoarea noastră anterioară să nu fi ajuns la persoana potrivită sau ca o "
        .. "modificare să nu fi avut efectul dorit. Dacă de server răspund alte persoane, vă rugăm să le transmiteți "
        .. "această scrisoare.",
      first_step = "Vă rugăm să închideți acum accesul terților la server. Modul în care se poate face acest lucru "
        .. "este explicat mai jos. Dacă lucrați deja la aceasta sau aveți nevoie de ajutor, vă rugăm să ne anunțați: "
        .. "este suficient un scurt mesaj la {contact}.",
    },

    provider = {
      group_subject = "{project}: servere din rețeaua dumneavoastră care sunt sau ar putea fi deschise pentru "
        .. "terți ({case})",
      group_greeting = "În atenția persoanelor responsabile de rețeaua căreia îi aparțin adresele enumerate mai "
        .. "jos",
      group_findings = {
        one = "Prezenta scrisoare se referă la {n} constatare privind servere care, potrivit informațiilor de "
          .. "care dispunem, se află în rețeaua dumneavoastră; ele pot fi ale clienților dumneavoastră.",
        few = "Prezenta scrisoare se referă la {n} constatări privind servere care, potrivit informațiilor de "
          .. "care dispunem, se află în rețeaua dumneavoastră; ele pot fi ale clienților dumneavoastră.",
        other = "Prezenta scrisoare se referă la {n} de constatări privind servere care, potrivit informațiilor "
          .. "de care dispunem, se află în rețeaua dumneavoastră; ele pot fi ale clienților dumneavoastră.",
      },
      group_first_step = "Vă rugăm să transmiteți această scrisoare celor care administrează serverele și să vă "
        .. "asigurați că acestea sunt închise pentru terți. Dacă știți cui ar trebui să îi scriem în locul "
        .. "dumneavoastră, vă rugăm să ne comunicați acest lucru la {contact}.",
      group_limit = "Până la închiderea serverelor, îi puteți proteja pe ceilalți blocând conexiunile din "
        .. "internet către porturile serverelor proxy și restricționând ceea ce pot trimite serverele de e-mail "
        .. "către portul 25 al altor servere.",
      subject = {
        open = {
          relay = "{project}: server de e-mail deschis în rețeaua dumneavoastră la adresa {address}, portul {port}",
          proxy = "{project}: server proxy deschis în rețeaua dumneavoastră la adresa {address}, portul {port}",
        },
        suspect = {
          relay = "{project}: posibil server de e-mail deschis în rețeaua dumneavoastră la adresa {address}, portul "
            .. "{port}",
          proxy = "{project}: posibil server proxy deschis în rețeaua dumneavoastră la adresa {address}, portul "
            .. "{port}",
        },
      },
      greeting = "În atenția persoanelor responsabile de rețeaua căreia îi aparține adresa {address}",
      address = "Prezenta scrisoare se referă la serverul cu adresa IP {address}, portul {port}. Potrivit "
        .. "informațiilor de care dispunem, adresa aparține rețelei dumneavoastră, iar serverul poate fi al unuia "
        .. "dintre clienții dumneavoastră.",
      address_name = "Prezenta scrisoare se referă la serverul {host} cu adresa IP {address}, portul {port}. "
        .. "Potrivit informațiilor de care dispunem, adresa aparține rețelei dumneavoastră, iar serverul poate fi al "
        .. "unuia dintre clienții dumneavoastră.",
      matter = "Vă rugăm să citiți scrisoarea până la capăt: aspectele prezentate pot afecta rețeaua și clienții "
        .. "dumneavoastră.",
      no_blame = "Un server poate fi deschis fără știrea proprietarului, adesea pentru că o setare nu a fost "
        .. "modificată niciodată. Nu afirmăm că dumneavoastră sau clientul dumneavoastră ați fi procedat greșit.",
      first_step = "Vă rugăm să transmiteți această scrisoare celor care administrează serverul și să vă asigurați "
        .. "că serverul este închis pentru terți. Dacă știți cui ar trebui să îi scriem în locul dumneavoastră, vă "
        .. "rugăm să ne comunicați acest lucru la {contact}.",
      limit = {
        relay = "Până la închiderea serverului, îi puteți proteja pe ceilalți restricționând ceea ce poate trimite "
          .. "serverul către portul 25 al altor servere.",
        proxy = "Până la închiderea serverului, îi puteți proteja pe ceilalți blocând conexiunile din internet către "
          .. "portul {port} al acestei adrese.",
      },
      harm_title = "Ce consecințe poate avea pentru dumneavoastră și clienții dumneavoastră",
      harm = {
        "Adrese din rețeaua dumneavoastră pot fi incluse pe liste de blocare, astfel încât alții să refuze "
          .. "e-mailurile de la dumneavoastră și de la clienți care nu au nicio legătură cu situația.",
        "Traficul terților vă ocupă liniile de comunicații, iar dumneavoastră sau clientul dumneavoastră ați putea "
          .. "fi nevoiți să plătiți pentru el.",
        "Reclamațiile privind mesajele spam și atacurile ajung la dumneavoastră, deoarece acestea par să provină din "
          .. "rețeaua dumneavoastră.",
      },
      pass_on = "Textul care urmează se adresează celor care administrează serverul.",
    },

    ["all-clear"] = {
      group_subject = "{project}: servere aflate în răspunderea dumneavoastră sunt închise pentru terți ({case})",
      group_findings = {
        one = "Prezenta scrisoare se referă la {n} server pe care testele noastre anterioare l-au găsit deschis "
          .. "și de care, potrivit informațiilor de care dispunem, răspundeți dumneavoastră.",
        few = "Prezenta scrisoare se referă la {n} servere pe care testele noastre anterioare le-au găsit "
          .. "deschise și de care, potrivit informațiilor de care dispunem, răspundeți dumneavoastră.",
        other = "Prezenta scrisoare se referă la {n} de servere pe care testele noastre anterioare le-au găsit "
          .. "deschise și de care, potrivit informațiilor de care dispunem, răspundeți dumneavoastră.",
      },
      group_tested = "Le-am testat din nou. Programul nostru de testare, care nu se autentificase, nu a mai "
        .. "putut trece prin niciunul dintre ele. Lista de mai jos cuprinde rezultatul fiecărui test.",
      group_found = {
        closed = { relay = "server de e-mail închis", proxy = "server proxy închis" },
      },
      group_thanks = "În măsura în care aceste teste pot arăta, serverele sunt închise pentru terți. Vă "
        .. "mulțumim pentru ajutor.",
      group_bounds = "Testele au vizat numai aceste servicii, la momentele indicate. Ele nu spun nimic despre "
        .. "alte servicii ale calculatoarelor, iar o modificare ulterioară a setărilor poate deschide din nou "
        .. "un server.",
      subject = {
        closed = {
          relay = "{project}: serverul de e-mail de la adresa {address}, portul {port}, este închis pentru terți",
          proxy = "{project}: serverul proxy de la adresa {address}, portul {port}, este închis pentru terți",
        },
      },
      tested = {
        closed = {
          relay = "La data de {date}, ora {time} (UTC), am testat serverul din nou. Programul nostru de testare, "
            .. "care nu se autentificase, nu a putut trimite prin server niciun mesaj către o căsuță poștală aflată "
            .. "în altă parte.",
          proxy = "La data de {date}, ora {time} (UTC), am testat serverul din nou. Programul nostru de testare, "
            .. "care nu se autentificase, nu a putut ajunge prin server la un alt calculator din internet.",
        },
      },
      thanks = "În măsura în care acest test poate arăta, serverul este închis pentru terți. Vă mulțumim pentru "
        .. "ajutor.",
      settled = "Din partea noastră, cazul este astfel încheiat și nu este necesar să răspundeți la această "
        .. "scrisoare.",
      bounds = "Testul a vizat numai acest serviciu, la momentul indicat. El nu spune nimic despre alte servicii ale "
        .. "calculatorului, iar o modificare ulterioară a setărilor poate deschide din nou serverul.",
      left_title = "Ce ar putea rămâne de făcut",
      left = {
        relay = {
          "Este posibil ca mesaje lăsate de terți pe server să aștepte încă în coadă. Vă rugăm să verificați coada "
            .. "și să ștergeți mesajele care nu sunt ale dumneavoastră.",
          "Dacă adresa figurează pe liste de blocare, administratorii acestora o elimină la cerere; unele liste fac "
            .. "acest lucru de la sine după un timp.",
          "Mențineți software-ul actualizat și verificați serverul din exterior după fiecare modificare a setărilor.",
        },
        proxy = {
          "Jurnalele serverului pot arăta cine l-a folosit cât timp a fost deschis și în ce scop. Vă rugăm să le "
            .. "păstrați dacă intenționați să sesizați poliția.",
          "Dacă nimeni din organizația dumneavoastră nu a instalat acest serviciu, este posibil ca cineva să fi "
            .. "preluat controlul asupra calculatorului. În acest caz, calculatorul trebuie examinat, chiar dacă "
            .. "serviciul nu mai este accesibil.",
          "Dacă adresa figurează pe liste de blocare, administratorii acestora o elimină la cerere; unele liste fac "
            .. "acest lucru de la sine după un timp.",
          "Mențineți software-ul actualizat și verificați serverul din exterior după fiecare modificare a setărilor.",
        },
      },
    },
  },
}

return {
  code = "ro",
  name = "română",
  english = "Romanian",
  messages = messages,

  -- 1 rând; 0, 2 to 19 and 101 to 119 rânduri; 20 to 100 de rânduri
  plural = function(n)
    if n == 1 then
      return "one"
    end
    return (n == 0 or (n % 100 >= 1 and n % 100 <= 19)) and "few" or "other"
  end,

  -- 24 noiembrie 2026
  date = function(t)
    return string.format("%d %s %d", t.day, months[t.month], t.year)
  end,

  -- 02:10:16
  time = function(t)
    return string.format("%02d:%02d:%02d", t.hour, t.minute, t.second)
  end,

  -- 12.345
  number = function(n)
    local digits = string.format("%d", n)
    local head = #digits % 3
    local grouped = digits:sub(head + 1):gsub("(%d%d%d)", ".%1")
    return head > 0 and digits:sub(1, head) .. grouped or grouped:sub(2)
  end,

  -- a, b și c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " și " .. items[#items] or items[1]
  end,
}
