-- German. The reader is addressed formally. Open relay and open proxy keep their English names in the trade: a relay is «offener
-- Mailserver (Open Relay)», a proxy «offener Proxy».

local months = { "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
  "September", "Oktober", "November", "Dezember" }

local messages = {
  subject = {
    open = {
      relay = "{project}: offener Mailserver unter {address}, Port {port}",
      proxy = "{project}: offener Proxy unter {address}, Port {port}",
    },
    suspect = {
      relay = "{project}: möglicherweise offener Mailserver unter {address}, Port {port}",
      proxy = "{project}: möglicherweise offener Proxy unter {address}, Port {port}",
    },
  },

  greeting = "An die Verantwortlichen für den Server {address}",
  address = "Dieses Schreiben betrifft den Server mit der IP-Adresse {address}, Port {port}. Nach unserer Kenntnis "
    .. "sind Sie für diesen Server verantwortlich.",
  address_name = "Dieses Schreiben betrifft den Server {host} mit der IP-Adresse {address}, Port {port}. Nach "
    .. "unserer Kenntnis sind Sie für diesen Server verantwortlich.",
  source = "Die Adresse steht auf der Liste „{source}“, die Server nennt, die möglicherweise Fremden offenstehen. "
    .. "Deshalb haben wir den Server geprüft.",
  sources = "Die Adresse steht auf mehreren Listen von Servern, die möglicherweise Fremden offenstehen: {sources}. "
    .. "Deshalb haben wir den Server geprüft.",
  source_name = "„{name}“",
  source_given = "Die Adresse steht auf einer uns übergebenen Liste, die Server nennt, die "
    .. "möglicherweise Fremden offenstehen. Deshalb haben wir den Server geprüft.",
  source_unknown = "Uns wurde mitgeteilt, dass diese Adresse zu einem Server gehört, der möglicherweise Fremden "
    .. "offensteht. Deshalb haben wir den Server geprüft.",
  tested = {
    open = {
      relay = "Am {date} um {time} Uhr (UTC) hat der Server eine Nachricht von unserem Testprogramm angenommen, das "
        .. "nicht angemeldet war, und sie an ein Postfach außerhalb weitergeleitet. Ein Server, der dies für jeden "
        .. "Beliebigen tut, wird offener Mailserver (Open Relay) genannt.",
      proxy = "Am {date} um {time} Uhr (UTC) hat der Server Datenverkehr unseres Testprogramms, das nicht angemeldet "
        .. "war, an einen anderen Rechner im Internet weitergeleitet. Ein Server, der dies für jeden Beliebigen tut, "
        .. "wird offener Proxy (Open Proxy) genannt.",
    },
    suspect = {
      relay = "Am {date} um {time} Uhr (UTC) hat der Server eine Nachricht von unserem Testprogramm, das nicht "
        .. "angemeldet war, an ein Postfach außerhalb angenommen. Bis zum Ende der Prüfung war die Nachricht dort "
        .. "nicht eingetroffen. Wir können deshalb nicht mit Sicherheit sagen, dass der Server offen ist, und bitten "
        .. "Sie, dies zu überprüfen.",
      proxy = "Am {date} um {time} Uhr (UTC) hat der Server zugesagt, unser Testprogramm, das nicht angemeldet war, "
        .. "mit einem anderen Rechner im Internet zu verbinden. Bis zum Ende der Prüfung war dort nichts "
        .. "eingetroffen. Wir können deshalb nicht mit Sicherheit sagen, dass der Server offen ist, und bitten Sie, "
        .. "dies zu überprüfen.",
    },
    doubtful = {
      relay = "Am {date} um {time} Uhr (UTC) hat der Server Nachrichten von unserem Testprogramm, das nicht "
        .. "angemeldet war, an ein Postfach außerhalb angenommen. Eine davon ist dort eingetroffen, eine andere "
        .. "nicht. Wir können deshalb nicht mit Sicherheit sagen, dass der Server offen ist, und bitten Sie, dies zu "
        .. "überprüfen.",
      proxy = "Am {date} um {time} Uhr (UTC) ist etwas, das unser Testprogramm, das nicht angemeldet war, an den "
        .. "Server gesendet hatte, bei einem anderen Rechner im Internet eingetroffen. Der Server hat sich aber auch "
        .. "so verhalten, wie es ein offener Proxy nicht tut. Wir können deshalb nicht mit Sicherheit sagen, dass er "
        .. "offen ist, und bitten Sie, dies zu überprüfen.",
    },
  },
  no_blame = "Ein Server kann offen sein, ohne dass sein Betreiber davon weiß, oft weil eine Einstellung nie geändert "
    .. "wurde. Wir gehen davon aus, dass Ihnen dies nicht bekannt war, und werfen Ihnen nichts vor.",
  first_step = "Wir bitten Sie, den Server als ersten Schritt für Fremde zu schließen. Wie das geht, wird weiter unten "
    .. "erklärt.",

  earlier = "Wir haben Ihnen wegen dieses Servers bereits geschrieben.",
  earlier_on = "Am {date} haben wir Ihnen wegen dieses Servers geschrieben.",
  earlier_case = "Die Fallnummer war damals {earlier_case}.",

  seen_title = "Was wir festgestellt haben",
  seen = "Unser Testprogramm hat sich mit Port {port} verbunden. Die mit C bezeichneten Zeilen hat das Testprogramm "
    .. "gesendet, die mit S bezeichneten kamen vom Server.",
  seen_from = "Unser Testprogramm hat sich von der Adresse {from} aus mit Port {port} verbunden. Die mit C "
    .. "bezeichneten Zeilen hat das Testprogramm gesendet, die mit S bezeichneten kamen vom Server.",
  decisive = "Die Zeilen mit einem Sternchen (*) davor sind die entscheidenden.",
  more_lines = { one = "… (1 weitere Zeile)", other = "… ({n} weitere Zeilen)" },
  returned = {
    relay = "Die Nachricht trug die Kennung {token}, die nicht zu erraten ist. Sie ist am {date} um {time} Uhr (UTC) "
      .. "auf unserem eigenen Empfangsserver eingetroffen, zugestellt von {peer}.",
    proxy = "Die Verbindung trug die Kennung {token}, die nicht zu erraten ist. Sie hat unseren eigenen "
      .. "Empfangsserver am {date} um {time} Uhr (UTC) erreicht, von {peer} aus.",
  },
  peer_same = "Das ist die Adresse des geprüften Servers.",
  peer_other = "Das ist nicht die geprüfte Adresse; der Server leitet den Verkehr offenbar über sie weiter.",
  ports_all = "Wir haben mehrere Ports unseres eigenen Rechners angefragt. Alle Verbindungen kamen zustande: {reached}.",
  ports_some = "Wir haben mehrere Ports unseres eigenen Rechners angefragt. Zu diesen kamen die Verbindungen zustande: "
    .. "{reached}. Zu diesen nicht: {missed}.",
  ports_mail = "Darunter ist Port 25, über den E-Mail läuft: Jeder kann über den Server E-Mails versenden, die von dort "
    .. "zu kommen scheinen.",
  ours_alone = {
    relay = "Die Nachricht war nur an unser eigenes Postfach gerichtet. An niemand anderen wurde etwas gesendet.",
    proxy = "Die Verbindung führte nur zu unserem eigenen Rechner. Zu niemand anderem wurde über den Server Kontakt "
      .. "aufgenommen.",
  },

  check_title = "Wie Sie es selbst sehen können",
  check = {
    relay = "Der entscheidende Schritt lässt sich mit dem Programm swaks wiederholen, das hier abbricht, bevor eine "
      .. "Nachricht gesendet wird. Bitte führen Sie dies auf einem Rechner außerhalb Ihrer eigenen Netze aus, und setzen "
      .. "Sie anstelle von you@elsewhere.example eine eigene Adresse bei einem anderen Anbieter ein:",
    relay_lines = "Bitte verbinden Sie sich von einem Rechner außerhalb Ihrer eigenen Netze mit dem folgenden Befehl "
      .. "mit dem Server. Geben Sie dann die oben mit C bezeichneten Zeilen bis RCPT TO ein, mit einer eigenen Adresse "
      .. "bei einem anderen Anbieter als Empfänger:",
    relay_answer = "Antwortet der Server auf RCPT TO mit einem Code, der mit 5 beginnt, so weist er Fremde ab, wie es "
      .. "sein soll. Beginnt der Code mit 2, so nimmt er die Nachricht eines Fremden an jemanden außerhalb an.",
    proxy = "Bitte führen Sie diese Befehle auf einem Rechner außerhalb Ihrer eigenen Netze aus:",
    proxy_answer = "Zeigt einer von ihnen die Seite „Example Domain“, so lässt der Server Fremde durch. Enden alle mit "
      .. "einem Fehler, so hat er diese Anfragen abgewiesen.",
  },

  matter = "Bitte lesen Sie dieses Schreiben bis zum Ende: Sein Gegenstand kann Ihren Zugang zum Internet und Ihre "
    .. "Präsenz dort betreffen.",
  who = "Dieses Schreiben ist Teil des gemeinsamen Projekts „{project}“. Daran beteiligt sind: {partners}.",
  who_alone = "Dieses Schreiben ist Teil des Projekts „{project}“.",
  purpose = "Das Projekt soll Betreibern offener Server zeigen, wie sie diese absichern, damit andere sie nicht "
    .. "dazu benutzen können, unerwünschte E-Mails (Spam) zu versenden oder ihre Identität zu verbergen.",

  what_title = "Was offene Mailserver und offene Proxys sind",
  what_they_are = "Ein offener Mailserver (Open Relay) nimmt E-Mails von jedem an und leitet sie an jeden weiter, "
    .. "obwohl weder Absender noch Empfänger etwas mit dem Betreiber zu tun haben. Ein offener Proxy (Open Proxy) tut "
    .. "dasselbe mit Verbindungen: von jedem zu jedem Ort im Internet. Für die Gegenstelle scheint der Verkehr von "
    .. "diesem Server zu kommen.",
  how_abused = "Solche Server werden durch automatische Suche leicht gefunden. Sie werden benutzt, um Spam in großen "
    .. "Mengen zu versenden, Schadprogramme zu verbreiten, Menschen zu betrügen und andere Rechner anzugreifen, während "
    .. "der wahre Absender verborgen bleibt.",

  harm_title = "Was das für Sie bedeuten kann",
  harm = {
    "Der Server und Ihre Internetverbindung können langsam werden oder ausfallen, wenn große Mengen fremden Verkehrs "
      .. "über sie laufen.",
    "Ihnen können Kosten für den Datenverkehr und für die Beseitigung der Folgen entstehen.",
    "Ihr Internetanbieter kann Ihren Zugang einschränken oder sperren.",
    "Die Adresse kann auf Sperrlisten geraten, sodass andere Ihre eigenen E-Mails abweisen.",
    "Spam und Angriffe können von Ihnen zu kommen scheinen und Ihrem Ruf schaden.",
  },

  remedy_title = "Wie Sie den Server schließen",
  remedy = {
    relay = {
      "Lassen Sie den Server E-Mails an Empfänger außerhalb nur aus Ihren eigenen Netzen und von angemeldeten Benutzern "
        .. "annehmen. Alle anderen müssen abgewiesen werden.",
      "Halten Sie die Liste der vertrauenswürdigen Netze so kurz wie möglich. Prüfen Sie, ob der Server die wirkliche "
        .. "Adresse derer sieht, die sich mit ihm verbinden, vor allem wenn er in einem Container oder hinter einem "
        .. "Lastverteiler läuft.",
      "Halten Sie die Software auf dem neuesten Stand.",
    },
    proxy = {
      "Schalten Sie den Proxy ab, wenn Sie ihn nicht brauchen.",
      "Wenn Sie ihn brauchen, machen Sie ihn nur aus Ihren eigenen Netzen erreichbar, oder verlangen Sie ein Passwort. "
        .. "Alle anderen müssen abgewiesen werden.",
      "Sperren Sie Port {port} in der Firewall für Zugriffe aus dem Internet.",
      "Wenn bei Ihnen niemand diesen Dienst eingerichtet hat, kann er mit dem Gerät gekommen sein, oder jemand hat den "
        .. "Rechner übernommen. Dann genügt es nicht, den Port zu sperren: Der Rechner muss untersucht werden.",
    },
  },
  found = {
    open = "Was unsere Prüfung ergeben hat: {what} {close}",
    suspect = "Falls der Server offen ist, dann hierdurch: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Der Server leitet E-Mails von jedem Absender an jeden Empfänger weiter; keiner von beiden muss zu Ihnen "
        .. "gehören.",
      close = "Lassen Sie ihn Empfänger außerhalb abweisen, es sei denn, der Client steht in Ihrem eigenen Netz oder "
        .. "ist angemeldet.",
    },
    ["same-domain"] = {
      what = "Der Server leitet E-Mails weiter, wenn Absender und Empfänger in derselben Domain sind, auch wenn es keine "
        .. "Ihrer Domains ist. Einen solchen Absender kann jeder vorgeben.",
      close = "Lassen Sie die Adresse des Clients oder seine Anmeldung entscheiden, niemals die Absenderadresse.",
    },
    ["null-sender"] = {
      what = "Der Server leitet E-Mails an jeden weiter, wenn der Absender leer ist (<>), wie es bei Meldungen über "
        .. "unzustellbare E-Mails der Fall ist.",
      close = "Für den leeren Absender muss dieselbe Regel gelten wie für jeden anderen; entfernen Sie jede Ausnahme "
        .. "für ihn.",
    },
    ["bare-sender"] = {
      what = "Der Server hält einen Absender ohne Domain für einen seiner eigenen Benutzer und leitet weiter, was ein "
        .. "solcher Absender sendet.",
      close = "Weisen Sie Absender ohne Domain, die von außen kommen, ab.",
    },
    ["claimed-sender"] = {
      what = "Der Server leitet E-Mails an jeden weiter, wenn die Absenderadresse zu seinen eigenen Domains, Namen oder "
        .. "Adressen gehört. Eine solche Adresse kann jeder vorgeben.",
      close = "Lassen Sie die Adresse des Clients oder seine Anmeldung entscheiden, niemals die Absenderadresse.",
    },
    ["claimed-user"] = {
      what = "Der Server leitet E-Mails an jeden weiter, wenn die Absenderadresse die eines seiner Benutzer ist, etwa "
        .. "root oder postmaster. Eine solche Adresse kann jeder vorgeben.",
      close = "Lassen Sie die Adresse des Clients oder seine Anmeldung entscheiden, und nehmen Sie keine Benutzeradresse "
        .. "davon aus.",
    },
    ["claimed-greeting"] = {
      what = "Der Server leitet E-Mails für Clients weiter, die sich mit einem bestimmten Namen melden (EHLO). Jeder "
        .. "kann jeden Namen angeben.",
      close = "Vertrauen Sie keinem Namen aus der Begrüßung: Lassen Sie die Adresse des Clients oder seine Anmeldung "
        .. "entscheiden.",
    },
    ["unknown-sender"] = {
      what = "Der Server leitet E-Mails von Absendern weiter, deren Domain es nicht gibt.",
      close = "Lassen Sie ihn Empfänger außerhalb abweisen, wenn Fremde an sie senden, ebenso Absender, deren Domain "
        .. "unbekannt ist.",
    },
    ["empty-domain"] = {
      what = "Der Server hält eine Adresse, die mit @ endet und keine Domain dahinter hat, für eine seiner eigenen und "
        .. "leitet die E-Mail dann weiter.",
      close = "Weisen Sie eine Adresse mit leerer Domain als Syntaxfehler ab, bevor irgendetwas anderes entschieden "
        .. "wird.",
    },
    ["bare-recipient"] = {
      what = "Der Server wendet seine Regel nicht auf Empfänger an, die ohne spitze Klammern geschrieben sind.",
      close = "Nehmen Sie nur Adressen in spitzen Klammern an.",
    },
    ["quoted-route"] = {
      what = "Der Server hält eine Adresse in Anführungszeichen für eine seiner eigenen, entfernt die Anführungszeichen "
        .. "und leitet die E-Mail dann dorthin weiter, was zwischen ihnen stand.",
      close = "Lassen Sie die Regel entscheiden, nachdem Adressen umgeschrieben wurden, oder weisen Sie @, %, ! und / "
        .. "vor der Domain ab.",
    },
    ["percent-route"] = {
      what = "Der Server liest ein % vor der Domain als Wegangabe (user%elsewhere.example@your-server) und leitet die "
        .. "E-Mail danach weiter.",
      close = "Schalten Sie diese alte Form der Wegangabe ab.",
    },
    ["two-ats"] = {
      what = "Der Server hält eine Adresse mit zwei @ nach dem letzten für eine seiner eigenen und leitet die E-Mail "
        .. "nach dem ersten weiter.",
      close = "Weisen Sie Adressen mit mehr als einem @ als Syntaxfehler ab.",
    },
    ["source-route"] = {
      what = "Der Server folgt einer Wegangabe vor der Adresse (@your-server:user@elsewhere.example) und leitet die "
        .. "E-Mail danach weiter.",
      close = "Ignorieren Sie solche Wegangaben, oder weisen Sie sie ab.",
    },
    ["uucp-path"] = {
      what = "Der Server liest ein ! in einer Adresse als Wegangabe (elsewhere.example!user) und leitet die E-Mail "
        .. "danach weiter, oder er hält einen Absender mit ! für einen seiner eigenen.",
      close = "Weisen Sie ! in Adressen, die von außen kommen, ab.",
    },
    ["srs-hash"] = {
      what = "Der Server verwandelt umgeschriebene Rücksendeadressen (SRS) in die darin enthaltenen Adressen zurück, ohne "
        .. "ihren Hash zu prüfen, und leitet die E-Mail dorthin weiter.",
      close = "Prüfen Sie Hash und Datum einer solchen Adresse, und weisen Sie sie ab, wenn sie nicht stimmen.",
    },
    spelling = {
      what = "Der Server erkennt die Domain eines Empfängers nicht, wenn sie anders geschrieben ist (Großbuchstaben, ein "
        .. "Punkt am Ende, vollbreite Buchstaben), und leitet die E-Mail weiter.",
      close = "Bringen Sie eine Domain in eine einheitliche Schreibweise, bevor sie mit einer Liste verglichen wird.",
    },
    smtputf8 = {
      what = "Der Server wendet seine Regel nicht auf Nachrichten an, die als internationalisiert angekündigt werden "
        .. "(SMTPUTF8).",
      close = "Lassen Sie für sie dieselbe Regel gelten, oder schalten Sie die Erweiterung ab.",
    },
    ["inside-tls"] = {
      what = "Der Server weist Fremde auf einer unverschlüsselten Verbindung ab, leitet aber E-Mails für jeden weiter, "
        .. "sobald die Verbindung verschlüsselt ist (STARTTLS).",
      close = "Verschlüsselung allein ist keine Anmeldung: Verlangen Sie ein Passwort, oder vertrauen Sie nur "
        .. "Client-Zertifikaten, die Sie kennen.",
    },
    xclient = {
      what = "Der Server lässt jeden Client mit dem Befehl XCLIENT angeben, von welcher Adresse er kommt, und leitet "
        .. "E-Mails für jeden weiter, der sich als der Server selbst ausgibt.",
      close = "Nehmen Sie XCLIENT nur von Ihren eigenen Gateways an (192.0.2.10 im Beispiel).",
    },
    ["proxy-line"] = {
      what = "Der Server glaubt die PROXY-Zeile jedes Clients, die besagt, woher eine Verbindung kommt, und leitet "
        .. "E-Mails für jeden weiter, der sich als der Server selbst ausgibt.",
      close = "Nehmen Sie das PROXY-Protokoll nur von Ihrem eigenen Lastverteiler an (192.0.2.10 im Beispiel), auf einem "
        .. "Port, den nur dieser erreichen kann.",
    },
    ["second-recipient"] = {
      what = "Der Server weist einen Empfänger außerhalb ab, wenn er der erste ist, und nimmt ihn hinter einem eigenen "
        .. "an.",
      close = "Lassen Sie die Regel über jeden Empfänger einzeln entscheiden.",
    },
    ["web-form"] = {
      what = "Ein Formular auf dem Webserver sendet E-Mails an jede Adresse, die die Anfrage nennt.",
      close = "Schreiben Sie die Empfänger der E-Mails in das Skript des Formulars, übernehmen Sie keine aus der "
        .. "Anfrage, und entfernen Sie alte Skripte wie FormMail.",
    },
    ["web-proxy"] = {
      what = "Eine Seite des Webservers ruft für jeden jede URL ab, die eine Anfrage nennt, und zeigt, was sie erhalten "
        .. "hat.",
      close = "Entfernen Sie das Skript, oder lassen Sie es nur von Hosts abrufen, die Sie aufgeführt haben, und nur für "
        .. "angemeldete Benutzer.",
    },
    ["local-services"] = {
      what = "Der Proxy führt Fremde zu Diensten auf seinem eigenen Rechner, die womöglich jedem vertrauen, der von dort "
        .. "kommt.",
      close = "Weisen Sie Ziele auf dem Rechner des Proxys ab (127.0.0.1, ::1 und seine anderen Adressen), und lassen Sie "
        .. "nur Clients aus Ihrem eigenen Netz zu.",
    },
    ["connect-udp"] = {
      what = "Der Server sendet über HTTP jedermanns Datagramme (UDP) an jede Adresse (connect-udp, auch MASQUE "
        .. "genannt).",
      close = "Schalten Sie connect-udp ab, wenn Sie es nicht brauchen. Andernfalls verlangen Sie eine Anmeldung, oder "
        .. "lassen Sie nur Clients aus Ihrem eigenen Netz zu.",
    },
    ["ipv6-clients"] = {
      what = "Dies geschah über IPv6. Oft sieht ein Server in einem Container alle IPv6-Clients unter einer Adresse "
        .. "seines eigenen Netzes und vertraut ihnen deshalb.",
      close = "Stellen Sie sicher, dass der Server die wirklichen IPv6-Adressen seiner Clients sieht, und nehmen Sie das "
        .. "Netz der Container aus den vertrauenswürdigen Netzen heraus.",
    },
  },
  cause_named = "Diese Einstellung von {software} schließt genau das:",
  cause_if = "Falls auf dem Server {software} läuft, schließt dies genau das:",
  software_named = "Der Server gibt an, dass auf ihm {software} läuft. Diese Einstellungen schließen {software} für "
    .. "Fremde. Sie treten an die Stelle gleichnamiger Zeilen. Setzen Sie Ihr eigenes Netz ein, wo 192.0.2.0/24 steht.",
  software_if = "Falls auf dem Server {software} läuft, schließen diese Einstellungen ihn für Fremde. Sie treten an die "
    .. "Stelle gleichnamiger Zeilen. Setzen Sie Ihr eigenes Netz ein, wo 192.0.2.0/24 steht.",
  software_none = "Wenn Sie uns mitteilen, welche Software auf dem Server läuft, können wir genauer sagen, was "
    .. "einzustellen ist.",
  firewall = "Welche Software es auch ist: Eine Firewall hält Fremde fern. Setzen Sie Ihr eigenes Netz ein, wo "
    .. "192.0.2.0/24 steht.",
  on_system = "Mit {system}:",
  makers = "Unter den Verweisen weiter unten sind Anleitungen der Hersteller verbreiteter Software und einige, die für "
    .. "jede Software gelten.",
  in_file = "In der Datei {file}:",
  remove = "Aus der Datei {file} entfernen:",
  run = "Dann ausführen:",
  shell = "In der Befehlszeile des Programms selbst:",
  questions = "Diese Fragen können helfen, die Schwachstelle zu finden:",

  links_title = "Weitere Informationen",

  after_title = "Eine neue Prüfung, und Einwände",
  retest = "Wenn der Server geschlossen ist, schreiben Sie bitte an {retest}, mit „RETEST {case}“ als Betreff. Wir prüfen "
    .. "ihn dann erneut und teilen Ihnen das Ergebnis mit.",
  object = "Wenn Sie meinen, dass hier etwas nicht richtig ist, schreiben Sie bitte an {objection}, und geben Sie die "
    .. "Fallnummer {case} an.",
  lists = "Es gibt zwei Listen für diejenigen, die dies nicht wünschen. Sie können sich in eine davon oder in beide "
    .. "aufnehmen lassen:",
  list_tests = "Wenn Sie nicht möchten, dass der Server erneut geprüft wird, schreiben Sie bitte an {stop_tests}, mit "
    .. "„STOP-TESTS {case}“ als Betreff.",
  list_letters = "Wenn Sie keine weiteren Schreiben möchten, schreiben Sie bitte an {stop_letters}, mit "
    .. "„STOP-LETTERS {case}“ als Betreff.",

  evidence_title = "Beweismittel",
  evidence = "Alles, was zwischen unserem Testprogramm und dem Server ausgetauscht wurde, ist mit den Zeiten in der "
    .. "Beweisdatei {bundle} festgehalten, Fall {case}. Dies ist die SHA-256-Prüfsumme der Datei, wie sie der Befehl "
    .. "„sha256sum“ ausgibt:",
  evidence_check = "Eine Datei mit einer anderen Prüfsumme ist eine andere oder wurde nach diesem Schreiben verändert oder "
    .. "ergänzt. Die Datei ist mit dem Schlüssel {key_id} signiert. Den Teil, der Sie betrifft, können Sie von uns "
    .. "erhalten: Das ist eine Datei mit eigener Prüfsumme unter derselben Signatur. Beide lassen sich mit dem Befehl „ajar "
    .. "verify“ prüfen oder ohne unsere Software mit minisign und sha256sum, wie es die darin enthaltene Datei VERIFY.txt "
    .. "erklärt. Der öffentliche Schlüssel lautet:",

  contact = "Fragen richten Sie bitte an {contact}.",
  regards = "Mit freundlichen Grüßen",

  interval = {
    one = "Sie erhalten von uns höchstens ein Schreiben dieser Art am Tag.",
    other = "Sie erhalten von uns höchstens ein Schreiben dieser Art in {n} Tagen.",
  },

  group_subject = "{project}: Server in Ihrer Verantwortung, die Fremden offenstehen oder offenstehen könnten "
    .. "({case})",
  group_greeting = "An die Verantwortlichen für die unten aufgeführten Server",
  group_findings = {
    one = "Dieses Schreiben betrifft {n} Befund zu Servern, für die Sie nach unserer Kenntnis verantwortlich sind.",
    other = "Dieses Schreiben betrifft {n} Befunde zu Servern, für die Sie nach unserer Kenntnis verantwortlich "
      .. "sind.",
  },
  group_at_one = "Alle betreffen die IP-Adresse {address}.",
  group_at = { one = "Sie betreffen {n} IP-Adresse.", other = "Sie betreffen {n} verschiedene IP-Adressen." },
  group_tested = "Uns wurde mitgeteilt, dass diese Adressen zu Servern gehören, die möglicherweise Fremden "
    .. "offenstehen. Deshalb haben wir die Server geprüft. Die folgende Liste nennt das Ergebnis jeder Prüfung.",
  group_first_step = "Wir bitten Sie, diese Server als ersten Schritt für Fremde zu schließen. Wie das geht, "
    .. "wird weiter unten erklärt.",
  group_title = "Was wir gefunden haben",
  group_columns = { address = "Adresse", port = "Port", found = "Befund", time = "Zeit (UTC)" },
  group_found = {
    open = { relay = "offener Mailserver", proxy = "offener Proxy" },
    suspect = { relay = "Mailserver, möglicherweise offen", proxy = "Proxy, möglicherweise offen" },
  },
  group_attached = "Die beigefügte Datei {file} enthält alle Befunde, einen je Zeile, mit weiteren Angaben.",
  group_example = "Ein Beispiel ist der Server unter der Adresse {address}, Port {port} (Fall {case}).",
  group_remedy_for = "Zur Adresse {address}, Port {port}, und zu ähnlichen Servern:",
  group_retest = "Wenn die Server geschlossen sind, schreiben Sie bitte an {retest}, mit „RETEST {case}“ als "
    .. "Betreff; diese Nummer steht für alle Fälle in diesem Schreiben. Sind nur einige davon geschlossen, so "
    .. "nennen Sie diese Fälle bitte in Ihrer Nachricht. Wir prüfen sie dann erneut und teilen Ihnen das "
    .. "Ergebnis mit.",
  group_list_tests = "Wenn Sie nicht möchten, dass diese Server erneut geprüft werden, schreiben Sie bitte an "
    .. "{stop_tests}, mit „STOP-TESTS {case}“ als Betreff.",
  group_evidence = "Alles, was zwischen unserem Testprogramm und den Servern ausgetauscht wurde, ist mit den "
    .. "Zeiten in der Beweisdatei {bundle} festgehalten, jeder Fall unter seiner Nummer. Dies ist die "
    .. "SHA-256-Prüfsumme der Datei, wie sie der Befehl „sha256sum“ ausgibt:",
  group_earlier = "Wir haben Ihnen wegen dieser Server bereits geschrieben.",
  group_earlier_on = "Am {date} haben wir Ihnen wegen dieser Server geschrieben.",

  tones = {
    reminder = {
      group_subject = "{project}: Erinnerung wegen der Server in Ihrer Verantwortung, die Fremden offenstehen "
        .. "oder offenstehen könnten ({case})",
      group_tested = "Wir haben sie nun erneut geprüft. Die folgende Liste nennt das Ergebnis jeder Prüfung.",
      group_first_step = "Wir bitten Sie, diese Server jetzt für Fremde zu schließen. Wie das geht, wird weiter "
        .. "unten erklärt. Wenn Sie bereits daran arbeiten oder Hilfe brauchen, teilen Sie uns dies bitte mit: "
        .. "Eine kurze Nachricht an {contact} genügt.",
      group_no_blame = "Unser früheres Schreiben hat vielleicht nicht die richtige Person erreicht, oder eine "
        .. "Änderung hatte nicht die beabsichtigte Wirkung. Falls andere für diese Server verantwortlich sind, "
        .. "leiten Sie dieses Schreiben bitte an sie weiter.",
      subject = {
        open = {
          relay = "{project}: Erinnerung wegen des offenen Mailservers unter {address}, Port {port}",
          proxy = "{project}: Erinnerung wegen des offenen Proxys unter {address}, Port {port}",
        },
        suspect = {
          relay = "{project}: Erinnerung wegen des Mailservers unter {address}, Port {port}",
          proxy = "{project}: Erinnerung wegen des Proxys unter {address}, Port {port}",
        },
      },
      again = "Wir haben ihn nun erneut geprüft.",
      still = "Der Server steht demnach Fremden weiterhin offen.",
      no_blame = "Unser früheres Schreiben hat vielleicht nicht die richtige Person erreicht, oder eine Änderung hatte nicht "
        .. "die beabsichtigte Wirkung. Falls andere für den Server verantwortlich sind, leiten Sie dieses Schreiben bitte an "
        .. "sie weiter.",
      first_step = "Wir bitten Sie, den Server jetzt für Fremde zu schließen. Wie das geht, wird weiter unten erklärt. Wenn "
        .. "Sie bereits daran arbeiten oder Hilfe brauchen, teilen Sie uns dies bitte mit: Eine kurze Nachricht an {contact} "
        .. "genügt.",
    },

    provider = {
      group_subject = "{project}: Server in Ihrem Netz, die Fremden offenstehen oder offenstehen könnten ({case})",
      group_greeting = "An die Verantwortlichen für das Netz, zu dem die unten aufgeführten Adressen gehören",
      group_findings = {
        one = "Dieses Schreiben betrifft {n} Befund zu Servern, die nach unserer Kenntnis in Ihrem Netz stehen; "
          .. "möglicherweise sind es Server Ihrer Kunden.",
        other = "Dieses Schreiben betrifft {n} Befunde zu Servern, die nach unserer Kenntnis in Ihrem Netz "
          .. "stehen; möglicherweise sind es Server Ihrer Kunden.",
      },
      group_first_step = "Wir bitten Sie, dieses Schreiben an die Betreiber der Server weiterzuleiten und dafür "
        .. "zu sorgen, dass diese für Fremde geschlossen werden. Wenn Sie wissen, an wen wir uns stattdessen "
        .. "wenden sollen, teilen Sie es uns bitte mit: {contact}.",
      group_limit = "Bis sie geschlossen sind, können Sie andere schützen, indem Sie Verbindungen aus dem "
        .. "Internet zu den Ports der Proxys sperren und einschränken, was die Mailserver an Port 25 anderer "
        .. "Server senden dürfen.",
      subject = {
        open = {
          relay = "{project}: offener Mailserver in Ihrem Netz unter {address}, Port {port}",
          proxy = "{project}: offener Proxy in Ihrem Netz unter {address}, Port {port}",
        },
        suspect = {
          relay = "{project}: möglicherweise offener Mailserver in Ihrem Netz unter {address}, Port {port}",
          proxy = "{project}: möglicherweise offener Proxy in Ihrem Netz unter {address}, Port {port}",
        },
      },
      greeting = "An die Verantwortlichen für das Netz, zu dem die Adresse {address} gehört",
      address = "Dieses Schreiben betrifft den Server mit der IP-Adresse {address}, Port {port}. Nach unserer Kenntnis "
        .. "gehört die Adresse zu Ihrem Netz, und der Server ist möglicherweise der eines Ihrer Kunden.",
      address_name = "Dieses Schreiben betrifft den Server {host} mit der IP-Adresse {address}, Port {port}. Nach unserer "
        .. "Kenntnis gehört die Adresse zu Ihrem Netz, und der Server ist möglicherweise der eines Ihrer Kunden.",
      matter = "Bitte lesen Sie dieses Schreiben bis zum Ende: Sein Gegenstand kann Ihr Netz und Ihre Kunden betreffen.",
      no_blame = "Ein Server kann offen sein, ohne dass sein Betreiber davon weiß, oft weil eine Einstellung nie geändert "
        .. "wurde. Wir werfen weder Ihnen noch Ihrem Kunden etwas vor.",
      first_step = "Wir bitten Sie, dieses Schreiben an die Betreiber des Servers weiterzuleiten und dafür zu sorgen, dass "
        .. "der Server für Fremde geschlossen wird. Wenn Sie wissen, an wen wir uns stattdessen wenden sollen, teilen Sie es "
        .. "uns bitte mit: {contact}.",
      limit = {
        relay = "Bis er geschlossen ist, können Sie andere schützen, indem Sie einschränken, was der Server an Port 25 "
          .. "anderer Server senden darf.",
        proxy = "Bis er geschlossen ist, können Sie andere schützen, indem Sie Verbindungen aus dem Internet zu Port {port} "
          .. "dieser Adresse sperren.",
      },
      harm_title = "Was das für Sie und Ihre Kunden bedeuten kann",
      harm = {
        "Adressen Ihres Netzes können auf Sperrlisten geraten, sodass andere E-Mails von Ihnen und von Kunden abweisen, die "
          .. "nichts damit zu tun haben.",
        "Der Verkehr Fremder belegt Ihre Leitungen, und Ihnen oder Ihrem Kunden können dafür Kosten entstehen.",
        "Beschwerden über Spam und Angriffe gehen bei Ihnen ein, da diese aus Ihrem Netz zu kommen scheinen.",
      },
      pass_on = "Das Folgende richtet sich an die Betreiber des Servers.",
    },

    ["all-clear"] = {
      group_subject = "{project}: Server in Ihrer Verantwortung sind für Fremde geschlossen ({case})",
      group_findings = {
        one = "Dieses Schreiben betrifft {n} Server, der bei unseren früheren Prüfungen offen war und für den "
          .. "Sie nach unserer Kenntnis verantwortlich sind.",
        other = "Dieses Schreiben betrifft {n} Server, die bei unseren früheren Prüfungen offen waren und für "
          .. "die Sie nach unserer Kenntnis verantwortlich sind.",
      },
      group_tested = "Wir haben sie erneut geprüft. Unser Testprogramm, das nicht angemeldet war, kam durch "
        .. "keinen von ihnen mehr hindurch. Die folgende Liste nennt das Ergebnis jeder Prüfung.",
      group_found = {
        closed = { relay = "geschlossener Mailserver", proxy = "geschlossener Proxy" },
      },
      group_thanks = "Soweit diese Prüfungen zeigen, sind die Server für Fremde geschlossen. Wir danken Ihnen "
        .. "für Ihre Hilfe.",
      group_bounds = "Geprüft wurden nur diese Dienste zu diesen Zeitpunkten. Über andere Dienste der Rechner "
        .. "sagen die Prüfungen nichts, und eine spätere Änderung der Einstellungen kann einen Server wieder "
        .. "öffnen.",
      subject = {
        closed = {
          relay = "{project}: Der Mailserver unter {address}, Port {port}, ist für Fremde geschlossen",
          proxy = "{project}: Der Proxy unter {address}, Port {port}, ist für Fremde geschlossen",
        },
      },
      tested = {
        closed = {
          relay = "Am {date} um {time} Uhr (UTC) haben wir ihn erneut geprüft. Unser Testprogramm, das nicht angemeldet war, "
            .. "konnte über den Server keine Nachricht an ein Postfach außerhalb senden.",
          proxy = "Am {date} um {time} Uhr (UTC) haben wir ihn erneut geprüft. Unser Testprogramm, das nicht angemeldet war, "
            .. "konnte über den Server keinen anderen Rechner im Internet erreichen.",
        },
      },
      thanks = "Soweit diese Prüfung zeigt, ist der Server für Fremde geschlossen. Wir danken Ihnen für Ihre Hilfe.",
      settled = "Für uns ist der Fall damit erledigt; Sie brauchen auf dieses Schreiben nicht zu antworten.",
      bounds = "Geprüft wurde nur dieser Dienst zu diesem Zeitpunkt. Über andere Dienste des Rechners sagt die Prüfung nichts, "
        .. "und eine spätere Änderung der Einstellungen kann den Server wieder öffnen.",
      left_title = "Was noch zu tun sein kann",
      left = {
        relay = {
          "Nachrichten, die Fremde auf dem Server hinterlassen haben, können noch in seiner Warteschlange stehen. Bitte sehen "
            .. "Sie die Warteschlange durch, und löschen Sie, was nicht von Ihnen stammt.",
          "Falls die Adresse auf Sperrlisten steht, nehmen deren Betreiber sie auf Ihren Antrag heraus; manche Listen tun dies "
            .. "nach einiger Zeit von selbst.",
          "Halten Sie die Software auf dem neuesten Stand, und prüfen Sie den Server nach jeder Änderung seiner Einstellungen "
            .. "von außen.",
        },
        proxy = {
          "Die Protokolle des Servers können zeigen, wer ihn benutzt hat, solange er offen war, und wofür. Bitte bewahren Sie "
            .. "sie auf, falls Sie Anzeige erstatten wollen.",
          "Wenn bei Ihnen niemand diesen Dienst eingerichtet hat, kann jemand den Rechner übernommen haben. Dann muss er "
            .. "untersucht werden, auch wenn der Dienst nicht mehr erreichbar ist.",
          "Falls die Adresse auf Sperrlisten steht, nehmen deren Betreiber sie auf Ihren Antrag heraus; manche Listen tun dies "
            .. "nach einiger Zeit von selbst.",
          "Halten Sie die Software auf dem neuesten Stand, und prüfen Sie den Server nach jeder Änderung seiner Einstellungen "
            .. "von außen.",
        },
      },
    },
  },
}

return {
  code = "de",
  name = "Deutsch",
  english = "German",
  messages = messages,

  plural = function(n)
    return n == 1 and "one" or "other"
  end,

  -- 24. November 2026
  date = function(t)
    return string.format("%d. %s %d", t.day, months[t.month], t.year)
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

  -- a, b und c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " und " .. items[#items] or items[1]
  end,
}
