-- Italian. The reader is addressed impersonally and as «voi» only where it can't be avoided; a relay is a «server di posta aperto (open
-- relay)», a proxy a «proxy aperto (open proxy)».

local months = { "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
  "settembre", "ottobre", "novembre", "dicembre" }

local messages = {
  subject = {
    open = {
      relay = "{project}: server di posta aperto all’indirizzo {address}, porta {port}",
      proxy = "{project}: proxy aperto all’indirizzo {address}, porta {port}",
    },
    suspect = {
      relay = "{project}: server di posta forse aperto all’indirizzo {address}, porta {port}",
      proxy = "{project}: proxy forse aperto all’indirizzo {address}, porta {port}",
    },
  },

  greeting = "Ai responsabili del server {address}",
  address = "La presente lettera riguarda il server con l’indirizzo IP {address}, porta {port}. Secondo le nostre informazioni, "
    .. "questo server è sotto la vostra responsabilità.",
  address_name = "La presente lettera riguarda il server {host}, con l’indirizzo IP {address}, porta {port}. Secondo le nostre "
    .. "informazioni, questo server è sotto la vostra responsabilità.",
  source = "L’indirizzo figura nell’elenco «{source}», che indica server forse aperti a estranei. Abbiamo pertanto esaminato il "
    .. "server.",
  sources = "L’indirizzo figura in più elenchi di server forse aperti a estranei: {sources}. Abbiamo pertanto esaminato il server.",
  source_name = "«{name}»",
  source_given = "L’indirizzo figura in un elenco che ci è stato fornito e che indica server forse "
    .. "aperti a estranei. Abbiamo pertanto esaminato il server.",
  source_unknown = "L’indirizzo ci è stato segnalato come quello di un server forse aperto a estranei. Abbiamo pertanto esaminato il "
    .. "server.",
  tested = {
    open = {
      relay = "In data {date} alle ore {time} (UTC) il server ha accettato un messaggio dal nostro programma di prova, che non aveva "
        .. "effettuato l’accesso, e lo ha inoltrato a una casella esterna. Un server che fa questo per chiunque è detto server di "
        .. "posta aperto (open relay).",
      proxy = "In data {date} alle ore {time} (UTC) il server ha inoltrato il traffico del nostro programma di prova, che non aveva "
        .. "effettuato l’accesso, a un altro computer su Internet. Un server che fa questo per chiunque è detto proxy aperto (open "
        .. "proxy).",
    },
    suspect = {
      relay = "In data {date} alle ore {time} (UTC) il server ha accettato un messaggio dal nostro programma di prova, che non aveva "
        .. "effettuato l’accesso, destinato a una casella esterna. Al termine della prova il messaggio non vi era giunto. Non possiamo "
        .. "quindi affermare con certezza che il server sia aperto, e vi chiediamo di verificarlo.",
      proxy = "In data {date} alle ore {time} (UTC) il server ha accettato di collegare il nostro programma di prova, che non aveva "
        .. "effettuato l’accesso, a un altro computer su Internet. Al termine della prova non vi era giunto nulla. Non possiamo quindi "
        .. "affermare con certezza che il server sia aperto, e vi chiediamo di verificarlo.",
    },
    doubtful = {
      relay = "In data {date} alle ore {time} (UTC) il server ha accettato messaggi dal nostro programma di prova, che non aveva "
        .. "effettuato l’accesso, destinati a una casella esterna. Uno di essi vi è giunto, un altro no. Non possiamo quindi affermare "
        .. "con certezza che il server sia aperto, e vi chiediamo di verificarlo.",
      proxy = "In data {date} alle ore {time} (UTC) qualcosa che il nostro programma di prova, che non aveva effettuato l’accesso, aveva "
        .. "inviato al server è giunto a un altro computer su Internet. Ma il server si è comportato anche come un proxy aperto non fa. "
        .. "Non possiamo quindi affermare con certezza che sia aperto, e vi chiediamo di verificarlo.",
    },
  },
  no_blame = "Un server può essere aperto all’insaputa del suo proprietario, spesso perché un’impostazione non è mai stata cambiata. "
    .. "Presumiamo che non ne foste a conoscenza, e non vi rimproveriamo nulla.",
  first_step = "Come primo passo vi chiediamo di chiudere il server agli estranei. Il modo di farlo è spiegato più avanti.",

  earlier = "Vi abbiamo già scritto a proposito di questo server.",
  earlier_on = "Vi abbiamo scritto a proposito di questo server in data {date}.",
  earlier_case = "Il numero di pratica era allora {earlier_case}.",

  seen_title = "Che cosa abbiamo rilevato",
  seen = "Il nostro programma di prova si è collegato alla porta {port}. Le righe contrassegnate con C sono state inviate dal programma "
    .. "di prova, quelle contrassegnate con S sono state ricevute dal server.",
  seen_from = "Il nostro programma di prova si è collegato alla porta {port} dall’indirizzo {from}. Le righe contrassegnate con C sono "
    .. "state inviate dal programma di prova, quelle contrassegnate con S sono state ricevute dal server.",
  decisive = "Le righe precedute da un asterisco (*) sono quelle decisive.",
  more_lines = { one = "… (ancora 1 riga)", other = "… (ancora {n} righe)" },
  returned = {
    relay = "Il messaggio portava il contrassegno {token}, che non si può indovinare. È giunto al nostro server di ricezione in data "
      .. "{date} alle ore {time} (UTC), consegnato da {peer}.",
    proxy = "La connessione portava il contrassegno {token}, che non si può indovinare. Ha raggiunto il nostro server di ricezione in "
      .. "data {date} alle ore {time} (UTC), da {peer}.",
  },
  peer_same = "È l’indirizzo del server che abbiamo esaminato.",
  peer_other = "Non è l’indirizzo che abbiamo esaminato; a quanto pare il server inoltra il traffico attraverso di esso.",
  ports_all = "Abbiamo richiesto più porte del nostro computer. Tutte le connessioni sono riuscite: {reached}.",
  ports_some = "Abbiamo richiesto più porte del nostro computer. Le connessioni a queste sono riuscite: {reached}. Quelle a queste altre "
    .. "no: {missed}.",
  ports_mail = "Tra queste vi è la porta 25, usata dalla posta elettronica: chiunque può inviare posta attraverso il server, e la posta "
    .. "sembra provenire da esso.",
  ours_alone = {
    relay = "Il messaggio era indirizzato soltanto alla nostra casella. A nessun altro è stato inviato nulla.",
    proxy = "La connessione era diretta soltanto al nostro computer. Nessun altro è stato contattato attraverso il server.",
  },

  check_title = "Come verificarlo di persona",
  check = {
    relay = "Il passo decisivo si può ripetere con il programma swaks, che qui termina prima che un messaggio sia inviato. Eseguitelo su "
      .. "un computer esterno alle vostre reti, e mettete un vostro indirizzo presso un altro fornitore al posto di "
      .. "you@elsewhere.example:",
    relay_lines = "Collegatevi al server da un computer esterno alle vostre reti, con il comando indicato sotto. Digitate poi le righe "
      .. "contrassegnate sopra con C fino a RCPT TO, con un vostro indirizzo presso un altro fornitore come destinatario:",
    relay_answer = "Se il server risponde a RCPT TO con un codice che comincia per 5, rifiuta gli estranei, come deve. Se il codice "
      .. "comincia per 2, accetta il messaggio di un estraneo per un destinatario esterno.",
    proxy = "Eseguite questi comandi su un computer esterno alle vostre reti:",
    proxy_answer = "Se uno di essi mostra la pagina «Example Domain», il server lascia passare gli estranei. Se terminano tutti con un "
      .. "errore, ha rifiutato queste richieste.",
  },

  matter = "Vi preghiamo di leggere questa lettera fino in fondo: il suo oggetto può riguardare il vostro accesso a Internet e la vostra "
    .. "presenza in rete.",
  who = "La presente lettera fa parte del progetto comune «{project}». Vi partecipano: {partners}.",
  who_alone = "La presente lettera fa parte del progetto «{project}».",
  purpose = "Il suo scopo è indicare ai proprietari di server aperti come metterli in sicurezza, affinché altri non possano usarli per "
    .. "inviare posta non richiesta (spam) o per nascondere la propria identità.",

  what_title = "Che cosa sono i server di posta aperti e i proxy aperti",
  what_they_are = "Un server di posta aperto (open relay) accetta posta da chiunque e la inoltra a chiunque, benché né il mittente né il "
    .. "destinatario abbiano a che fare con il suo proprietario. Un proxy aperto (open proxy) fa lo stesso con le connessioni: da "
    .. "chiunque verso qualunque punto di Internet. A chi si trova all’altro capo il traffico sembra provenire da quel server.",
  how_abused = "Server di questo tipo si trovano facilmente con ricerche automatiche. Vengono usati per inviare grandi quantità di spam, "
    .. "diffondere programmi dannosi, truffare persone e attaccare altri computer, mentre il vero mittente resta nascosto.",

  harm_title = "Che cosa può significare per voi",
  harm = {
    "Il server e la vostra connessione a Internet possono rallentare, o smettere di funzionare, quando vi passano grandi quantità di "
      .. "traffico altrui.",
    "Potreste dover pagare il traffico e il lavoro necessario per rimediare.",
    "Il vostro fornitore di accesso a Internet può limitare o interrompere il vostro accesso.",
    "L’indirizzo può finire in liste di blocco, così che altri rifiutino la vostra posta.",
    "Spam e attacchi possono sembrare provenire da voi e danneggiare la vostra reputazione.",
  },

  remedy_title = "Come chiudere il server",
  remedy = {
    relay = {
      "Fate in modo che il server accetti posta per destinatari esterni soltanto dalle vostre reti e da utenti che hanno effettuato "
        .. "l’accesso. Tutti gli altri devono essere rifiutati.",
      "Tenete l’elenco delle reti fidate il più breve possibile. Verificate che il server veda il vero indirizzo di chi si collega, "
        .. "soprattutto se funziona in un container o dietro un bilanciatore di carico.",
      "Tenete aggiornato il software.",
    },
    proxy = {
      "Disattivate il proxy se non vi serve.",
      "Se vi serve, rendetelo raggiungibile soltanto dalle vostre reti, o richiedete una password. Tutti gli altri devono essere "
        .. "rifiutati.",
      "Bloccate nel firewall la porta {port} per le connessioni da Internet.",
      "Se nessuno presso di voi ha installato questo servizio, può essere arrivato con il dispositivo, oppure qualcuno può essersi "
        .. "impadronito della macchina. In tal caso non basta bloccare la porta: la macchina va esaminata.",
    },
  },
  found = {
    open = "Che cosa ha rilevato la nostra prova: {what} {close}",
    suspect = "Se il server è aperto, lo è in questo modo: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Il server inoltra posta da qualunque mittente a qualunque destinatario, senza che l’uno o l’altro debba essere dei vostri.",
      close = "Fategli rifiutare i destinatari esterni, a meno che il client non sia nella vostra rete o non abbia effettuato l’accesso.",
    },
    ["same-domain"] = {
      what = "Il server inoltra posta quando mittente e destinatario sono nello stesso dominio, anche se quel dominio non è dei vostri. "
        .. "Chiunque può dichiarare un simile mittente.",
      close = "Fate decidere l’indirizzo del client o la sua autenticazione, mai l’indirizzo del mittente.",
    },
    ["null-sender"] = {
      what = "Il server inoltra posta a chiunque quando il mittente è vuoto (<>), come lo è negli avvisi di mancata consegna.",
      close = "Il mittente vuoto deve sottostare alla stessa regola di ogni altro; togliete ogni eccezione per esso.",
    },
    ["bare-sender"] = {
      what = "Il server prende un mittente senza dominio per uno dei propri utenti, e inoltra tutto ciò che un simile mittente invia.",
      close = "Rifiutate i mittenti senza dominio che giungono dall’esterno.",
    },
    ["claimed-sender"] = {
      what = "Il server inoltra posta a chiunque quando l’indirizzo del mittente appartiene ai suoi domini, nomi o indirizzi. Chiunque può "
        .. "dichiarare un simile indirizzo.",
      close = "Fate decidere l’indirizzo del client o la sua autenticazione, mai l’indirizzo del mittente.",
    },
    ["claimed-user"] = {
      what = "Il server inoltra posta a chiunque quando l’indirizzo del mittente è quello di uno dei suoi utenti, come root o postmaster. "
        .. "Chiunque può dichiarare un simile indirizzo.",
      close = "Fate decidere l’indirizzo del client o la sua autenticazione, senza eccezioni per l’indirizzo di alcun utente.",
    },
    ["claimed-greeting"] = {
      what = "Il server inoltra posta per i client che danno un certo nome nel saluto (EHLO). Chiunque può dare qualunque nome.",
      close = "Non fidatevi di alcun nome nel saluto: fate decidere l’indirizzo del client o la sua autenticazione.",
    },
    ["unknown-sender"] = {
      what = "Il server inoltra posta da mittenti il cui dominio non esiste.",
      close = "Fategli rifiutare i destinatari esterni quando il client è un estraneo, e i mittenti il cui dominio non è noto.",
    },
    ["empty-domain"] = {
      what = "Il server prende un indirizzo che termina con @, senza dominio, per uno dei propri, e poi inoltra la posta.",
      close = "Rifiutate un indirizzo con il dominio vuoto come errore di sintassi, prima di ogni altra decisione.",
    },
    ["bare-recipient"] = {
      what = "Il server non applica la sua regola ai destinatari scritti senza parentesi angolari.",
      close = "Accettate soltanto indirizzi tra parentesi angolari.",
    },
    ["quoted-route"] = {
      what = "Il server prende un indirizzo tra virgolette per uno dei propri, toglie le virgolette e poi inoltra la posta a ciò che vi era "
        .. "racchiuso.",
      close = "Fate decidere la regola dopo che gli indirizzi sono stati riscritti, o rifiutate @, %, ! e / prima del dominio.",
    },
    ["percent-route"] = {
      what = "Il server legge un % prima del dominio come un percorso (user%elsewhere.example@your-server) e inoltra la posta di "
        .. "conseguenza.",
      close = "Disattivate questa vecchia forma di instradamento.",
    },
    ["two-ats"] = {
      what = "Il server prende un indirizzo con due @ per uno dei propri in base all’ultima, e inoltra la posta in base alla prima.",
      close = "Rifiutate gli indirizzi con più di una @ come errore di sintassi.",
    },
    ["source-route"] = {
      what = "Il server segue un percorso posto prima dell’indirizzo (@your-server:user@elsewhere.example) e inoltra la posta di "
        .. "conseguenza.",
      close = "Ignorate o rifiutate simili percorsi.",
    },
    ["uucp-path"] = {
      what = "Il server legge un ! in un indirizzo come un percorso (elsewhere.example!user) e inoltra la posta di conseguenza, o prende un "
        .. "mittente con ! per uno dei propri.",
      close = "Rifiutate il ! negli indirizzi che giungono dall’esterno.",
    },
    ["srs-hash"] = {
      what = "Il server riconverte gli indirizzi di ritorno riscritti (SRS) negli indirizzi che contengono senza verificarne l’hash, e vi "
        .. "inoltra la posta.",
      close = "Verificate l’hash e la data di un simile indirizzo, e rifiutatelo quando non sono validi.",
    },
    spelling = {
      what = "Il server non riconosce il dominio di un destinatario quando è scritto in altro modo (maiuscole, un punto finale, lettere a "
        .. "larghezza intera), e inoltra la posta.",
      close = "Portate un dominio a un’unica grafia prima di confrontarlo con qualunque elenco.",
    },
    smtputf8 = {
      what = "Il server non applica la sua regola ai messaggi annunciati come internazionalizzati (SMTPUTF8).",
      close = "Fate valere per essi la stessa regola, o disattivate l’estensione.",
    },
    ["inside-tls"] = {
      what = "Il server rifiuta gli estranei su una connessione in chiaro, ma inoltra posta per chiunque una volta che la connessione è "
        .. "cifrata (STARTTLS).",
      close = "La sola cifratura non è un’autenticazione: richiedete una password, o fidatevi soltanto di certificati client che conoscete.",
    },
    xclient = {
      what = "Il server lascia che qualunque client dica con il comando XCLIENT da quale indirizzo proviene, e inoltra posta per chi si "
        .. "dichiara il server stesso.",
      close = "Accettate XCLIENT soltanto dai vostri gateway (192.0.2.10 nell’esempio).",
    },
    ["proxy-line"] = {
      what = "Il server crede alla riga PROXY di qualunque client, che dice da dove proviene una connessione, e inoltra posta per chi si "
        .. "dichiara il server stesso.",
      close = "Accettate il protocollo PROXY soltanto dal vostro bilanciatore di carico (192.0.2.10 nell’esempio), su una porta che solo "
        .. "esso possa raggiungere.",
    },
    ["second-recipient"] = {
      what = "Il server rifiuta un destinatario esterno quando è il primo, e lo accetta dopo uno dei propri.",
      close = "Fate decidere la regola su ciascun destinatario separatamente.",
    },
    ["web-form"] = {
      what = "Un modulo del server web invia posta a qualunque indirizzo indicato dalla richiesta.",
      close = "Scrivete i destinatari della posta nello script del modulo, non prendetene alcuno dalla richiesta, ed eliminate vecchi "
        .. "script come FormMail.",
    },
    ["web-proxy"] = {
      what = "Una pagina del server web preleva, per chiunque, l’URL indicato da una richiesta, e mostra ciò che ha ottenuto.",
      close = "Eliminate lo script, o fategli prelevare soltanto da host che avete elencato, e soltanto per chi ha effettuato l’accesso.",
    },
    ["local-services"] = {
      what = "Il proxy conduce estranei a servizi della sua stessa macchina, che possono fidarsi di chi proviene da essa.",
      close = "Rifiutate le destinazioni sulla macchina del proxy (127.0.0.1, ::1 e gli altri suoi indirizzi), e ammettete soltanto i client "
        .. "della vostra rete.",
    },
    ["connect-udp"] = {
      what = "Il server invia per mezzo di HTTP i datagrammi (UDP) di chiunque a qualunque indirizzo (connect-udp, detto anche MASQUE).",
      close = "Disattivate connect-udp se non vi serve. Altrimenti richiedete un’autenticazione, o ammettete soltanto i client della vostra "
        .. "rete.",
    },
    ["ipv6-clients"] = {
      what = "Ciò è avvenuto su IPv6. Spesso un server in un container vede tutti i client IPv6 con un indirizzo della propria rete, e per "
        .. "questo si fida di loro.",
      close = "Assicuratevi che il server veda i veri indirizzi IPv6 dei suoi client, e togliete la rete dei container dalle reti fidate.",
    },
  },
  cause_named = "Questa impostazione di {software} chiude esattamente ciò:",
  cause_if = "Se il server usa {software}, questo chiude esattamente ciò:",
  software_named = "Il server dichiara di usare {software}. Queste impostazioni chiudono {software} agli estranei. Sostituiscono le righe "
    .. "con lo stesso nome. Mettete la vostra rete dove si legge 192.0.2.0/24.",
  software_if = "Se il server usa {software}, queste impostazioni lo chiudono agli estranei. Sostituiscono le righe con lo stesso nome. "
    .. "Mettete la vostra rete dove si legge 192.0.2.0/24.",
  software_none = "Se ci comunicate quale software usa il server, possiamo indicarvi con più precisione che cosa impostare.",
  firewall = "Qualunque sia il software, un firewall tiene fuori gli estranei. Mettete la vostra rete dove si legge 192.0.2.0/24.",
  on_system = "Con {system}:",
  makers = "Tra i collegamenti sotto vi sono istruzioni per software diffuso, di chi lo produce, e alcune valide per qualunque software.",
  in_file = "Nel file {file}:",
  remove = "Togliete dal file {file}:",
  run = "Eseguite poi:",
  shell = "Nella riga di comando del programma stesso:",
  questions = "Queste domande possono aiutare a trovare il punto debole:",

  links_title = "Ulteriori informazioni",

  after_title = "Una nuova prova, e obiezioni",
  retest = "Quando il server è chiuso, scrivete a {retest} con oggetto «RETEST {case}». Lo esamineremo allora di nuovo e vi comunicheremo "
    .. "il risultato.",
  object = "Se ritenete che qualcosa qui non sia corretto, scrivete a {objection} indicando il numero di pratica, {case}.",
  lists = "Vi sono due elenchi di chi non desidera tutto ciò. Potete essere inseriti in uno di essi, o in entrambi:",
  list_tests = "Se non volete che il server sia esaminato di nuovo, scrivete a {stop_tests} con oggetto «STOP-TESTS {case}».",
  list_letters = "Se non volete altre lettere, scrivete a {stop_letters} con oggetto «STOP-LETTERS {case}».",

  evidence_title = "Prove",
  evidence = "Tutto ciò che è passato tra il nostro programma di prova e il server è stato conservato, con gli orari, nel file di prova "
    .. "{bundle}, pratica {case}. Questo è il digest SHA-256 del file, come lo mostra il comando «sha256sum»:",
  evidence_check = "Un file con un altro digest è un altro file, o è stato modificato o ampliato dopo questa lettera. Il file è firmato con "
    .. "la chiave {key_id}. Potete avere da noi la parte che vi riguarda: è un file con un proprio digest, sotto la stessa firma. Entrambi "
    .. "si verificano con il comando «ajar verify» o, senza il nostro software, con minisign e sha256sum, come spiega il file VERIFY.txt "
    .. "che contengono. La chiave pubblica è:",

  contact = "Per domande ci si può rivolgere a {contact}.",
  regards = "Distinti saluti",

  interval = {
    one = "Riceverete da noi al massimo una lettera di questo tipo al giorno.",
    other = "Riceverete da noi al massimo una lettera di questo tipo ogni {n} giorni.",
  },

  group_subject = "{project}: server sotto la vostra responsabilità che sono, o potrebbero essere, aperti a "
    .. "estranei ({case})",
  group_greeting = "Ai responsabili dei server elencati più avanti",
  group_findings = {
    one = "La presente lettera riguarda {n} rilievo su server che, secondo le nostre informazioni, sono sotto "
      .. "la vostra responsabilità.",
    other = "La presente lettera riguarda {n} rilievi su server che, secondo le nostre informazioni, sono sotto "
      .. "la vostra responsabilità.",
  },
  group_at_one = "Tutti riguardano l’indirizzo IP {address}.",
  group_at = { one = "Riguardano {n} indirizzo IP.", other = "Riguardano {n} indirizzi IP diversi." },
  group_tested = "Gli indirizzi ci sono stati segnalati come quelli di server forse aperti a estranei. Abbiamo "
    .. "pertanto esaminato i server. L’elenco che segue riporta il risultato di ogni prova.",
  group_first_step = "Come primo passo vi chiediamo di chiudere questi server agli estranei. Il modo di farlo è "
    .. "spiegato più avanti.",
  group_title = "Che cosa abbiamo trovato",
  group_columns = {
    address = "Indirizzo",
    port = "Porta",
    found = "Rilievo",
    time = "Ora (UTC)",
  },
  group_found = {
    open = { relay = "server di posta aperto", proxy = "proxy aperto" },
    suspect = { relay = "server di posta, forse aperto", proxy = "proxy, forse aperto" },
  },
  group_attached = "Il file allegato {file} contiene tutti i rilievi, uno per riga, con altri dettagli.",
  group_example = "Un esempio è il server all’indirizzo {address}, porta {port} (pratica {case}).",
  group_remedy_for = "Per l’indirizzo {address}, porta {port}, e per i server simili:",
  group_retest = "Quando i server sono chiusi, scrivete a {retest} con oggetto «RETEST {case}»; questo numero "
    .. "vale per tutte le pratiche della lettera. Se solo alcuni sono chiusi, indicate le relative pratiche nel "
    .. "messaggio. Li esamineremo allora di nuovo e vi comunicheremo il risultato.",
  group_list_tests = "Se non volete che questi server siano esaminati di nuovo, scrivete a {stop_tests} con "
    .. "oggetto «STOP-TESTS {case}».",
  group_evidence = "Tutto ciò che è passato tra il nostro programma di prova e i server è stato conservato, con "
    .. "gli orari, nel file di prova {bundle}, ogni pratica sotto il suo numero. Questo è il digest SHA-256 del "
    .. "file, come lo mostra il comando «sha256sum»:",
  group_earlier = "Vi abbiamo già scritto a proposito di questi server.",
  group_earlier_on = "Vi abbiamo scritto a proposito di questi server in data {date}.",

  tones = {
    reminder = {
      group_subject = "{project}: sollecito per i server sotto la vostra responsabilità che sono, o potrebbero "
        .. "essere, aperti a estranei ({case})",
      group_tested = "Ora li abbiamo esaminati di nuovo. L’elenco che segue riporta il risultato di ogni prova.",
      group_first_step = "Vi chiediamo di chiudere ora questi server agli estranei. Il modo di farlo è spiegato "
        .. "più avanti. Se ci state già lavorando, o avete bisogno di aiuto, vi preghiamo di farcelo sapere: "
        .. "basta un breve messaggio a {contact}.",
      group_no_blame = "La nostra lettera precedente può non aver raggiunto la persona giusta, o una modifica "
        .. "può non aver avuto l’effetto voluto. Se i responsabili di questi server sono altri, vi preghiamo di "
        .. "inoltrare loro questa lettera.",
      subject = {
        open = {
          relay = "{project}: sollecito per il server di posta aperto all’indirizzo {address}, porta {port}",
          proxy = "{project}: sollecito per il proxy aperto all’indirizzo {address}, porta {port}",
        },
        suspect = {
          relay = "{project}: sollecito per il server di posta all’indirizzo {address}, porta {port}",
          proxy = "{project}: sollecito per il proxy all’indirizzo {address}, porta {port}",
        },
      },
      again = "Ora lo abbiamo esaminato di nuovo.",
      still = "Il server è dunque ancora aperto agli estranei.",
      no_blame = "La nostra lettera precedente può non aver raggiunto la persona giusta, o una modifica può non aver avuto l’effetto voluto. "
        .. "Se i responsabili del server sono altri, vi preghiamo di inoltrare loro questa lettera.",
      first_step = "Vi chiediamo di chiudere ora il server agli estranei. Il modo di farlo è spiegato più avanti. Se ci state già lavorando, o "
        .. "avete bisogno di aiuto, vi preghiamo di farcelo sapere: basta un breve messaggio a {contact}.",
    },

    provider = {
      group_subject = "{project}: server nella vostra rete che sono, o potrebbero essere, aperti a estranei "
        .. "({case})",
      group_greeting = "Ai responsabili della rete a cui appartengono gli indirizzi elencati più avanti",
      group_findings = {
        one = "La presente lettera riguarda {n} rilievo su server che, secondo le nostre informazioni, si "
          .. "trovano nella vostra rete; possono essere di vostri clienti.",
        other = "La presente lettera riguarda {n} rilievi su server che, secondo le nostre informazioni, si "
          .. "trovano nella vostra rete; possono essere di vostri clienti.",
      },
      group_first_step = "Vi chiediamo di inoltrare questa lettera a chi gestisce i server, e di fare in modo "
        .. "che siano chiusi agli estranei. Se sapete a chi dovremmo scrivere invece, vi preghiamo di "
        .. "indicarcelo: {contact}.",
      group_limit = "Finché non sono chiusi, potete proteggere altri bloccando le connessioni da Internet alle "
        .. "porte dei proxy e limitando ciò che i server di posta possono inviare alla porta 25 di altri server.",
      subject = {
        open = {
          relay = "{project}: server di posta aperto nella vostra rete all’indirizzo {address}, porta {port}",
          proxy = "{project}: proxy aperto nella vostra rete all’indirizzo {address}, porta {port}",
        },
        suspect = {
          relay = "{project}: server di posta forse aperto nella vostra rete all’indirizzo {address}, porta {port}",
          proxy = "{project}: proxy forse aperto nella vostra rete all’indirizzo {address}, porta {port}",
        },
      },
      greeting = "Ai responsabili della rete a cui appartiene l’indirizzo {address}",
      address = "La presente lettera riguarda il server con l’indirizzo IP {address}, porta {port}. Secondo le nostre informazioni, "
        .. "l’indirizzo appartiene alla vostra rete, e il server può essere quello di un vostro cliente.",
      address_name = "La presente lettera riguarda il server {host}, con l’indirizzo IP {address}, porta {port}. Secondo le nostre "
        .. "informazioni, l’indirizzo appartiene alla vostra rete, e il server può essere quello di un vostro cliente.",
      matter = "Vi preghiamo di leggere questa lettera fino in fondo: il suo oggetto può riguardare la vostra rete e i vostri clienti.",
      no_blame = "Un server può essere aperto all’insaputa del suo proprietario, spesso perché un’impostazione non è mai stata cambiata. Non "
        .. "rimproveriamo nulla né a voi né al vostro cliente.",
      first_step = "Vi chiediamo di inoltrare questa lettera a chi gestisce il server, e di fare in modo che il server sia chiuso agli "
        .. "estranei. Se sapete a chi dovremmo scrivere invece, vi preghiamo di indicarcelo: {contact}.",
      limit = {
        relay = "Finché non è chiuso, potete proteggere altri limitando ciò che il server può inviare alla porta 25 di altri server.",
        proxy = "Finché non è chiuso, potete proteggere altri bloccando le connessioni da Internet alla porta {port} di questo indirizzo.",
      },
      harm_title = "Che cosa può significare per voi e i vostri clienti",
      harm = {
        "Indirizzi della vostra rete possono finire in liste di blocco, così che altri rifiutino la posta vostra e di clienti che non "
          .. "c’entrano nulla.",
        "Il traffico di estranei occupa le vostre linee, e voi o il vostro cliente potreste doverlo pagare.",
        "I reclami per spam e attacchi giungono a voi, poiché sembrano provenire dalla vostra rete.",
      },
      pass_on = "Ciò che segue è scritto per chi gestisce il server.",
    },

    ["all-clear"] = {
      group_subject = "{project}: server sotto la vostra responsabilità sono chiusi agli estranei ({case})",
      group_findings = {
        one = "La presente lettera riguarda {n} server che le nostre prove precedenti avevano trovato aperto e "
          .. "che, secondo le nostre informazioni, è sotto la vostra responsabilità.",
        other = "La presente lettera riguarda {n} server che le nostre prove precedenti avevano trovato aperti "
          .. "e che, secondo le nostre informazioni, sono sotto la vostra responsabilità.",
      },
      group_tested = "Li abbiamo esaminati di nuovo. Il nostro programma di prova, che non aveva effettuato "
        .. "l’accesso, non è più riuscito a passare attraverso nessuno di essi. L’elenco che segue riporta il "
        .. "risultato di ogni prova.",
      group_found = {
        closed = { relay = "server di posta chiuso", proxy = "proxy chiuso" },
      },
      group_thanks = "Per quanto queste prove possono dire, i server sono chiusi agli estranei. Vi ringraziamo "
        .. "per l’aiuto.",
      group_bounds = "Le prove hanno riguardato soltanto questi servizi, in quei momenti. Non dicono nulla di "
        .. "altri servizi delle macchine, e una modifica successiva delle impostazioni può riaprire un server.",
      subject = {
        closed = {
          relay = "{project}: il server di posta all’indirizzo {address}, porta {port}, è chiuso agli estranei",
          proxy = "{project}: il proxy all’indirizzo {address}, porta {port}, è chiuso agli estranei",
        },
      },
      tested = {
        closed = {
          relay = "In data {date} alle ore {time} (UTC) lo abbiamo esaminato di nuovo. Il nostro programma di prova, che non aveva effettuato "
            .. "l’accesso, non ha potuto inviare attraverso il server un messaggio a una casella esterna.",
          proxy = "In data {date} alle ore {time} (UTC) lo abbiamo esaminato di nuovo. Il nostro programma di prova, che non aveva effettuato "
            .. "l’accesso, non ha potuto raggiungere attraverso il server un altro computer su Internet.",
        },
      },
      thanks = "Per quanto questa prova può dire, il server è chiuso agli estranei. Vi ringraziamo per l’aiuto.",
      settled = "Per noi la pratica è così conclusa, e non è necessario rispondere a questa lettera.",
      bounds = "La prova ha riguardato soltanto questo servizio, in quel momento. Non dice nulla di altri servizi della macchina, e una "
        .. "modifica successiva delle impostazioni può riaprire il server.",
      left_title = "Che cosa può restare da fare",
      left = {
        relay = {
          "Messaggi lasciati da estranei sul server possono attendere ancora nella sua coda. Esaminate la coda, e cancellate ciò che non è "
            .. "vostro.",
          "Se l’indirizzo figura in liste di blocco, chi le gestisce lo toglie su richiesta; alcune liste lo fanno da sé dopo qualche tempo.",
          "Tenete aggiornato il software, e verificate il server dall’esterno dopo ogni modifica delle impostazioni.",
        },
        proxy = {
          "I registri del server possono mostrare chi lo ha usato mentre era aperto, e a quale scopo. Conservateli se intendete sporgere "
            .. "denuncia.",
          "Se nessuno presso di voi ha installato questo servizio, qualcuno può essersi impadronito della macchina. In tal caso va esaminata, "
            .. "anche se il servizio non è più raggiungibile.",
          "Se l’indirizzo figura in liste di blocco, chi le gestisce lo toglie su richiesta; alcune liste lo fanno da sé dopo qualche tempo.",
          "Tenete aggiornato il software, e verificate il server dall’esterno dopo ogni modifica delle impostazioni.",
        },
      },
    },
  },
}

return {
  code = "it",
  name = "italiano",
  english = "Italian",
  messages = messages,

  plural = function(n)
    return n == 1 and "one" or "other"
  end,

  -- 24 novembre 2026
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

  -- a, b e c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " e " .. items[#items] or items[1]
  end,
}
