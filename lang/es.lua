-- Spanish. The reader is addressed as «ustedes»; a relay is a «servidor de correo abierto (open relay)», a proxy a «proxy
-- abierto (open proxy)».

local months = { "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
  "septiembre", "octubre", "noviembre", "diciembre" }

local messages = {
  subject = {
    open = {
      relay = "{project}: servidor de correo abierto en {address}, puerto {port}",
      proxy = "{project}: proxy abierto en {address}, puerto {port}",
    },
    suspect = {
      relay = "{project}: servidor de correo posiblemente abierto en {address}, puerto {port}",
      proxy = "{project}: proxy posiblemente abierto en {address}, puerto {port}",
    },
  },

  greeting = "A los responsables del servidor {address}",
  address = "Esta carta se refiere al servidor con la dirección IP {address}, puerto {port}. Según nuestra información, "
    .. "ustedes son responsables de este servidor.",
  address_name = "Esta carta se refiere al servidor {host}, con la dirección IP {address}, puerto {port}. Según nuestra "
    .. "información, ustedes son responsables de este servidor.",
  source = "La dirección figura en la lista «{source}», que recoge servidores que pueden estar abiertos a terceros. Por eso "
    .. "hemos examinado el servidor.",
  sources = "La dirección figura en varias listas de servidores que pueden estar abiertos a terceros: {sources}. Por eso "
    .. "hemos examinado el servidor.",
  source_name = "«{name}»",
  source_given = "La dirección figura en una lista que se nos ha facilitado y que recoge servidores "
    .. "que pueden estar abiertos a terceros. Por eso hemos examinado el servidor.",
  source_unknown = "Se nos ha comunicado esta dirección como la de un servidor que puede estar abierto a terceros. Por eso "
    .. "hemos examinado el servidor.",
  tested = {
    open = {
      relay = "El {date} a las {time} (UTC), el servidor aceptó un mensaje de nuestro programa de prueba, que no había "
        .. "iniciado sesión, y lo retransmitió a un buzón externo. Un servidor que hace esto para cualquiera se llama "
        .. "servidor de correo abierto (open relay).",
      proxy = "El {date} a las {time} (UTC), el servidor transmitió tráfico de nuestro programa de prueba, que no había "
        .. "iniciado sesión, a otro ordenador de Internet. Un servidor que hace esto para cualquiera se llama proxy abierto "
        .. "(open proxy).",
    },
    suspect = {
      relay = "El {date} a las {time} (UTC), el servidor aceptó un mensaje de nuestro programa de prueba, que no había "
        .. "iniciado sesión, dirigido a un buzón externo. Al terminar la prueba, el mensaje no había llegado. Por tanto, no "
        .. "podemos afirmar con certeza que el servidor esté abierto, y les pedimos que lo comprueben.",
      proxy = "El {date} a las {time} (UTC), el servidor accedió a conectar nuestro programa de prueba, que no había iniciado "
        .. "sesión, con otro ordenador de Internet. Al terminar la prueba, allí no había llegado nada. Por tanto, no podemos "
        .. "afirmar con certeza que el servidor esté abierto, y les pedimos que lo comprueben.",
    },
    doubtful = {
      relay = "El {date} a las {time} (UTC), el servidor aceptó mensajes de nuestro programa de prueba, que no había iniciado "
        .. "sesión, dirigidos a un buzón externo. Uno de ellos llegó y otro no. Por tanto, no podemos afirmar con certeza que "
        .. "el servidor esté abierto, y les pedimos que lo comprueben.",
      proxy = "El {date} a las {time} (UTC), llegó a otro ordenador de Internet algo que nuestro programa de prueba, que no "
        .. "había iniciado sesión, había enviado al servidor. Pero el servidor se comportó también como no lo hace un proxy "
        .. "abierto. Por tanto, no podemos afirmar con certeza que esté abierto, y les pedimos que lo comprueben.",
    },
  },
  no_blame = "Un servidor puede estar abierto sin que lo sepa su propietario, a menudo porque nunca se cambió un ajuste. "
    .. "Suponemos que ustedes no lo sabían, y no les reprochamos nada.",
  first_step = "Como primer paso, les pedimos que cierren el servidor a terceros. Más abajo se explica cómo hacerlo.",

  earlier = "Ya les hemos escrito acerca de este servidor.",
  earlier_on = "Les escribimos acerca de este servidor el {date}.",
  earlier_case = "El número de caso era entonces {earlier_case}.",

  seen_title = "Lo que hemos observado",
  seen = "Nuestro programa de prueba se conectó al puerto {port}. Las líneas marcadas con C las envió el programa de prueba; "
    .. "las marcadas con S se recibieron del servidor.",
  seen_from = "Nuestro programa de prueba se conectó al puerto {port} desde la dirección {from}. Las líneas marcadas con C las "
    .. "envió el programa de prueba; las marcadas con S se recibieron del servidor.",
  decisive = "Las líneas precedidas de un asterisco (*) son las decisivas.",
  more_lines = { one = "… (1 línea más)", other = "… ({n} líneas más)" },
  returned = {
    relay = "El mensaje llevaba la marca {token}, que no se puede adivinar. Llegó a nuestro propio servidor receptor el {date} "
      .. "a las {time} (UTC), entregado desde {peer}.",
    proxy = "La conexión llevaba la marca {token}, que no se puede adivinar. Llegó a nuestro propio servidor receptor el {date} "
      .. "a las {time} (UTC), desde {peer}.",
  },
  peer_same = "Esa es la dirección del servidor que examinamos.",
  peer_other = "Esa no es la dirección que examinamos; al parecer, el servidor transmite tráfico a través de ella.",
  ports_all = "Pedimos varios puertos de nuestro propio ordenador. Todas las conexiones se establecieron: {reached}.",
  ports_some = "Pedimos varios puertos de nuestro propio ordenador. Se establecieron las conexiones con estos: {reached}. No se "
    .. "establecieron con estos otros: {missed}.",
  ports_mail = "Entre ellos está el puerto 25, que utiliza el correo electrónico: cualquiera puede enviar correo a través del "
    .. "servidor, y ese correo parece proceder de él.",
  ours_alone = {
    relay = "El mensaje iba dirigido únicamente a nuestro propio buzón. A nadie más se le envió nada.",
    proxy = "La conexión se dirigió únicamente a nuestro propio ordenador. No se contactó con nadie más a través del servidor.",
  },

  check_title = "Cómo pueden comprobarlo ustedes mismos",
  check = {
    relay = "El paso decisivo puede repetirse con el programa swaks, que aquí termina antes de que se envíe un mensaje. "
      .. "Ejecútenlo en un ordenador situado fuera de sus propias redes y pongan una dirección propia en otro proveedor en "
      .. "lugar de you@elsewhere.example:",
    relay_lines = "Conéctense al servidor desde un ordenador situado fuera de sus propias redes con la orden que figura más "
      .. "abajo. Escriban después las líneas marcadas arriba con C, hasta RCPT TO, con una dirección propia en otro proveedor "
      .. "como destinatario:",
    relay_answer = "Si el servidor responde a RCPT TO con un código que empieza por 5, rechaza a terceros, como debe ser. Si el "
      .. "código empieza por 2, acepta el mensaje de un tercero para un destinatario externo.",
    proxy = "Ejecuten estas órdenes en un ordenador situado fuera de sus propias redes:",
    proxy_answer = "Si una de ellas muestra la página «Example Domain», el servidor deja pasar a terceros. Si todas terminan con "
      .. "un error, ha rechazado estas peticiones.",
  },

  matter = "Les rogamos que lean esta carta hasta el final: su asunto puede afectar a su acceso a Internet y a su presencia en "
    .. "la red.",
  who = "Esta carta forma parte del proyecto conjunto «{project}». Participan en él: {partners}.",
  who_alone = "Esta carta forma parte del proyecto «{project}».",
  purpose = "Su objetivo es indicar a los propietarios de servidores abiertos cómo protegerlos, para que otros no puedan "
    .. "utilizarlos para enviar correo no solicitado (spam) ni para ocultar su identidad.",

  what_title = "Qué son los servidores de correo abiertos y los proxies abiertos",
  what_they_are = "Un servidor de correo abierto (open relay) acepta correo de cualquiera y lo retransmite a cualquiera, aunque "
    .. "ni el remitente ni el destinatario tengan relación con su propietario. Un proxy abierto (open proxy) hace lo mismo con "
    .. "las conexiones: de cualquiera a cualquier lugar de Internet. Para quien está al otro extremo, el tráfico parece proceder "
    .. "de ese servidor.",
  how_abused = "Estos servidores se encuentran con facilidad mediante búsquedas automáticas. Se utilizan para enviar spam en "
    .. "grandes cantidades, difundir programas maliciosos, estafar a personas y atacar otros ordenadores, mientras el verdadero "
    .. "autor permanece oculto.",

  harm_title = "Qué puede significar para ustedes",
  harm = {
    "El servidor y su conexión a Internet pueden volverse lentos, o dejar de funcionar, cuando pasa por ellos mucho tráfico "
      .. "ajeno.",
    "Es posible que tengan que pagar ese tráfico y los trabajos para remediar los daños.",
    "Su proveedor de Internet puede restringir o cortar su acceso.",
    "La dirección puede acabar en listas de bloqueo, de modo que otros rechacen el correo de ustedes.",
    "El spam y los ataques pueden parecer obra de ustedes y dañar su reputación.",
  },

  remedy_title = "Cómo cerrar el servidor",
  remedy = {
    relay = {
      "Hagan que el servidor acepte correo para destinatarios externos solo desde sus propias redes y de usuarios que hayan "
        .. "iniciado sesión. Todos los demás deben ser rechazados.",
      "Mantengan la lista de redes de confianza tan corta como sea posible. Comprueben que el servidor ve la dirección verdadera "
        .. "de quienes se conectan, sobre todo si funciona en un contenedor o detrás de un balanceador de carga.",
      "Mantengan el software actualizado.",
    },
    proxy = {
      "Desactiven el proxy si no lo necesitan.",
      "Si lo necesitan, permitan que se llegue a él solo desde sus propias redes, o exijan una contraseña. Todos los demás deben "
        .. "ser rechazados.",
      "Bloqueen en el cortafuegos el puerto {port} para las conexiones desde Internet.",
      "Si nadie en su organización ha instalado este servicio, puede haber venido con el aparato, o alguien puede haberse "
        .. "apoderado de la máquina. En ese caso no basta con bloquear el puerto: hay que examinar la máquina.",
    },
  },
  found = {
    open = "Lo que ha revelado nuestra prueba: {what} {close}",
    suspect = "Si el servidor está abierto, lo está de esta manera: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "El servidor retransmite correo de cualquier remitente a cualquier destinatario, sin que ninguno de los dos tenga "
        .. "que pertenecer a ustedes.",
      close = "Hagan que rechace destinatarios externos, salvo que el cliente esté en su propia red o haya iniciado sesión.",
    },
    ["same-domain"] = {
      what = "El servidor retransmite correo cuando el remitente y el destinatario están en el mismo dominio, aunque ese dominio "
        .. "no sea de ustedes. Cualquiera puede presentarse como un remitente así.",
      close = "Hagan que decida la dirección del cliente o su autenticación, nunca la dirección del remitente.",
    },
    ["null-sender"] = {
      what = "El servidor retransmite correo a cualquiera cuando el remitente está vacío (<>), como lo está en los avisos de "
        .. "correo no entregado.",
      close = "El remitente vacío debe someterse a la misma regla que cualquier otro; eliminen toda excepción para él.",
    },
    ["bare-sender"] = {
      what = "El servidor toma un remitente sin dominio por uno de sus propios usuarios y retransmite todo lo que ese remitente "
        .. "envía.",
      close = "Rechacen los remitentes sin dominio que lleguen de fuera.",
    },
    ["claimed-sender"] = {
      what = "El servidor retransmite correo a cualquiera cuando la dirección del remitente pertenece a sus propios dominios, "
        .. "nombres o direcciones. Cualquiera puede atribuirse una dirección así.",
      close = "Hagan que decida la dirección del cliente o su autenticación, nunca la dirección del remitente.",
    },
    ["claimed-user"] = {
      what = "El servidor retransmite correo a cualquiera cuando la dirección del remitente es la de uno de sus usuarios, como "
        .. "root o postmaster. Cualquiera puede atribuirse una dirección así.",
      close = "Hagan que decida la dirección del cliente o su autenticación, sin excepción para la dirección de ningún usuario.",
    },
    ["claimed-greeting"] = {
      what = "El servidor retransmite correo de los clientes que dan un nombre determinado en su saludo (EHLO). Cualquiera puede "
        .. "dar cualquier nombre.",
      close = "No confíen en ningún nombre del saludo: hagan que decida la dirección del cliente o su autenticación.",
    },
    ["unknown-sender"] = {
      what = "El servidor retransmite correo de remitentes cuyo dominio no existe.",
      close = "Hagan que rechace los destinatarios externos cuando el cliente sea un tercero, y los remitentes cuyo dominio sea "
        .. "desconocido.",
    },
    ["empty-domain"] = {
      what = "El servidor toma por una de las suyas una dirección que termina en @, sin dominio detrás, y después retransmite el "
        .. "correo.",
      close = "Rechacen una dirección con el dominio vacío como error de sintaxis, antes de decidir cualquier otra cosa.",
    },
    ["bare-recipient"] = {
      what = "El servidor no aplica su regla a los destinatarios escritos sin paréntesis angulares.",
      close = "Acepten únicamente direcciones entre paréntesis angulares.",
    },
    ["quoted-route"] = {
      what = "El servidor toma una dirección entre comillas por una de las suyas, quita las comillas y después retransmite el "
        .. "correo a lo que había entre ellas.",
      close = "Hagan que la regla decida después de reescribir las direcciones, o rechacen @, %, ! y / delante del dominio.",
    },
    ["percent-route"] = {
      what = "El servidor interpreta un % delante del dominio como una ruta (user%elsewhere.example@your-server) y retransmite el "
        .. "correo según ella.",
      close = "Desactiven esta antigua forma de encaminamiento.",
    },
    ["two-ats"] = {
      what = "El servidor toma una dirección con dos @ por una de las suyas según la última, y retransmite el correo según la "
        .. "primera.",
      close = "Rechacen las direcciones con más de una @ como error de sintaxis.",
    },
    ["source-route"] = {
      what = "El servidor sigue una ruta situada delante de la dirección (@your-server:user@elsewhere.example) y retransmite el "
        .. "correo según ella.",
      close = "Ignoren o rechacen tales rutas.",
    },
    ["uucp-path"] = {
      what = "El servidor interpreta un ! en una dirección como una ruta (elsewhere.example!user) y retransmite el correo según "
        .. "ella, o toma un remitente con ! por uno de los suyos.",
      close = "Rechacen el ! en las direcciones que lleguen de fuera.",
    },
    ["srs-hash"] = {
      what = "El servidor convierte las direcciones de retorno reescritas (SRS) en las direcciones que contienen sin comprobar su "
        .. "hash, y retransmite el correo a ellas.",
      close = "Comprueben el hash y la fecha de una dirección así, y rechácenla cuando no sean válidos.",
    },
    spelling = {
      what = "El servidor no reconoce el dominio de un destinatario cuando está escrito de otra manera (mayúsculas, un punto "
        .. "final, letras de ancho completo), y retransmite el correo.",
      close = "Lleven un dominio a una única grafía antes de compararlo con cualquier lista.",
    },
    smtputf8 = {
      what = "El servidor no aplica su regla a los mensajes anunciados como internacionalizados (SMTPUTF8).",
      close = "Hagan que valga para ellos la misma regla, o desactiven la extensión.",
    },
    ["inside-tls"] = {
      what = "El servidor rechaza a terceros en una conexión sin cifrar, pero retransmite correo de cualquiera en cuanto la "
        .. "conexión está cifrada (STARTTLS).",
      close = "El cifrado por sí solo no es una autenticación: exijan una contraseña, o confíen solo en certificados de cliente "
        .. "que conozcan.",
    },
    xclient = {
      what = "El servidor permite que cualquier cliente diga con la orden XCLIENT de qué dirección procede, y retransmite correo "
        .. "de quien se hace pasar por el propio servidor.",
      close = "Acepten XCLIENT únicamente de sus propias pasarelas (192.0.2.10 en el ejemplo).",
    },
    ["proxy-line"] = {
      what = "El servidor cree la línea PROXY de cualquier cliente, que dice de dónde procede una conexión, y retransmite correo "
        .. "de quien se hace pasar por el propio servidor.",
      close = "Acepten el protocolo PROXY únicamente de su propio balanceador de carga (192.0.2.10 en el ejemplo), en un puerto "
        .. "al que solo este pueda llegar.",
    },
    ["second-recipient"] = {
      what = "El servidor rechaza un destinatario externo cuando es el primero, y lo acepta detrás de uno propio.",
      close = "Hagan que la regla decida sobre cada destinatario por separado.",
    },
    ["web-form"] = {
      what = "Un formulario del servidor web envía correo a cualquier dirección que indique la petición.",
      close = "Escriban los destinatarios del correo en el script del formulario, no tomen ninguno de la petición y eliminen "
        .. "scripts antiguos como FormMail.",
    },
    ["web-proxy"] = {
      what = "Una página del servidor web recoge, para cualquiera, la URL que indique una petición y muestra lo que ha obtenido.",
      close = "Eliminen el script, o permítanle acceder solo a los equipos que ustedes hayan enumerado y solo para quienes hayan "
        .. "iniciado sesión.",
    },
    ["local-services"] = {
      what = "El proxy lleva a terceros a servicios de su propia máquina, que pueden confiar en quien venga de ella.",
      close = "Rechacen los destinos en la propia máquina del proxy (127.0.0.1, ::1 y sus demás direcciones), y admitan "
        .. "únicamente a los clientes de su propia red.",
    },
    ["connect-udp"] = {
      what = "El servidor envía por HTTP los datagramas (UDP) de cualquiera a cualquier dirección (connect-udp, también llamado "
        .. "MASQUE).",
      close = "Desactiven connect-udp si no lo necesitan. De lo contrario, exijan autenticación, o admitan únicamente a los "
        .. "clientes de su propia red.",
    },
    ["ipv6-clients"] = {
      what = "Esto ocurrió por IPv6. A menudo, un servidor en un contenedor ve a todos los clientes IPv6 con una dirección de su "
        .. "propia red, y por eso confía en ellos.",
      close = "Asegúrense de que el servidor ve las direcciones IPv6 verdaderas de sus clientes, y quiten la red de contenedores "
        .. "de las redes de confianza.",
    },
  },
  cause_named = "Este ajuste de {software} cierra exactamente eso:",
  cause_if = "Si el servidor utiliza {software}, esto cierra exactamente eso:",
  software_named = "El servidor indica que utiliza {software}. Estos ajustes cierran {software} a terceros. Sustituyen a las "
    .. "líneas del mismo nombre. Pongan su propia red donde figura 192.0.2.0/24.",
  software_if = "Si el servidor utiliza {software}, estos ajustes lo cierran a terceros. Sustituyen a las líneas del mismo "
    .. "nombre. Pongan su propia red donde figura 192.0.2.0/24.",
  software_none = "Si nos indican qué software utiliza el servidor, podremos decirles con más precisión qué ajustar.",
  firewall = "Sea cual sea el software, un cortafuegos mantiene fuera a terceros. Pongan su propia red donde figura "
    .. "192.0.2.0/24.",
  on_system = "Con {system}:",
  makers = "Entre los enlaces que figuran más abajo hay instrucciones para software habitual, de quienes lo hacen, y otras que "
    .. "valen para cualquier software.",
  in_file = "En el archivo {file}:",
  remove = "Eliminen del archivo {file}:",
  run = "Ejecuten después:",
  shell = "En la línea de órdenes del propio programa:",
  questions = "Estas preguntas pueden ayudar a encontrar el punto débil:",

  links_title = "Más información",

  after_title = "Nueva prueba y objeciones",
  retest = "Cuando el servidor esté cerrado, escriban a {retest} con el asunto «RETEST {case}». Lo examinaremos entonces de nuevo "
    .. "y les comunicaremos el resultado.",
  object = "Si creen que algo de lo aquí expuesto no es correcto, escriban a {objection} e indiquen el número de caso, {case}.",
  lists = "Hay dos listas de quienes no desean esto. Pueden figurar en una de ellas o en ambas:",
  list_tests = "Si no quieren que el servidor se examine de nuevo, escriban a {stop_tests} con el asunto «STOP-TESTS {case}».",
  list_letters = "Si no quieren recibir más cartas, escriban a {stop_letters} con el asunto «STOP-LETTERS {case}».",

  evidence_title = "Pruebas",
  evidence = "Todo lo que se transmitió entre nuestro programa de prueba y el servidor se ha conservado, con las horas, en el "
    .. "archivo de pruebas {bundle}, caso {case}. Este es el resumen SHA-256 del archivo, tal como lo muestra la orden "
    .. "«sha256sum»:",
  evidence_check = "Un archivo con otro resumen es otro archivo, o se ha modificado o ampliado después de esta carta. El archivo "
    .. "está firmado con la clave {key_id}. Pueden obtener de nosotros la parte que les concierne: es un archivo con su propio "
    .. "resumen, bajo la misma firma. Ambos se comprueban con la orden «ajar verify» o, sin nuestro software, con minisign y "
    .. "sha256sum, como explica el archivo VERIFY.txt que contienen. La clave pública es:",

  contact = "Pueden dirigir sus preguntas a {contact}.",
  regards = "Atentamente",

  interval = {
    one = "Recibirán de nosotros como máximo una carta de este tipo al día.",
    other = "Recibirán de nosotros como máximo una carta de este tipo cada {n} días.",
  },

  group_subject = "{project}: servidores bajo su responsabilidad que están, o pueden estar, abiertos a terceros "
    .. "({case})",
  group_greeting = "A los responsables de los servidores que figuran más abajo",
  group_findings = {
    one = "Esta carta se refiere a {n} hallazgo en servidores de los que, según nuestra información, ustedes "
      .. "son responsables.",
    other = "Esta carta se refiere a {n} hallazgos en servidores de los que, según nuestra información, ustedes "
      .. "son responsables.",
  },
  group_at_one = "Todos se refieren a la dirección IP {address}.",
  group_at = { one = "Se refieren a {n} dirección IP.", other = "Se refieren a {n} direcciones IP distintas." },
  group_tested = "Las direcciones nos fueron comunicadas como las de servidores que pueden estar abiertos a "
    .. "terceros. Por eso los hemos examinado. La lista siguiente indica el resultado de cada prueba.",
  group_first_step = "Como primer paso, les pedimos que cierren estos servidores a terceros. Más abajo se "
    .. "explica cómo hacerlo.",
  group_title = "Lo que hemos encontrado",
  group_columns = {
    address = "Dirección",
    port = "Puerto",
    found = "Hallazgo",
    time = "Hora (UTC)",
  },
  group_found = {
    open = { relay = "servidor de correo abierto", proxy = "proxy abierto" },
    suspect = { relay = "servidor de correo, quizá abierto", proxy = "proxy, quizá abierto" },
  },
  group_attached = "El archivo adjunto {file} contiene todos los hallazgos, uno por línea, con más detalles.",
  group_example = "Un ejemplo es el servidor en la dirección {address}, puerto {port} (caso {case}).",
  group_remedy_for = "Sobre la dirección {address}, puerto {port}, y servidores semejantes:",
  group_retest = "Cuando los servidores estén cerrados, escriban a {retest} con el asunto «RETEST {case}»; ese "
    .. "número vale por todos los casos de esta carta. Si solo algunos están cerrados, indiquen esos casos en "
    .. "su mensaje. Los examinaremos entonces de nuevo y les comunicaremos el resultado.",
  group_list_tests = "Si no quieren que estos servidores se examinen de nuevo, escriban a {stop_tests} con el "
    .. "asunto «STOP-TESTS {case}».",
  group_evidence = "Todo lo que se transmitió entre nuestro programa de prueba y los servidores se ha "
    .. "conservado, con las horas, en el archivo de pruebas {bundle}, cada caso bajo su número. Este es el "
    .. "resumen SHA-256 del archivo, tal como lo muestra la orden «sha256sum»:",
  group_earlier = "Ya les hemos escrito acerca de estos servidores.",
  group_earlier_on = "Les escribimos acerca de estos servidores el {date}.",

  tones = {
    reminder = {
      group_subject = "{project}: recordatorio sobre servidores bajo su responsabilidad que están, o pueden "
        .. "estar, abiertos a terceros ({case})",
      group_tested = "Ahora los hemos examinado de nuevo. La lista siguiente indica el resultado de cada prueba.",
      group_first_step = "Les pedimos que cierren ahora estos servidores a terceros. Más abajo se explica cómo "
        .. "hacerlo. Si ya están en ello, o necesitan ayuda, les rogamos que nos lo digan: basta un breve "
        .. "mensaje a {contact}.",
      group_no_blame = "Es posible que nuestra carta anterior no llegara a la persona indicada, o que un cambio "
        .. "no tuviera el efecto previsto. Si los responsables de estos servidores son otros, les rogamos que "
        .. "les hagan llegar esta carta.",
      subject = {
        open = {
          relay = "{project}: recordatorio sobre el servidor de correo abierto en {address}, puerto {port}",
          proxy = "{project}: recordatorio sobre el proxy abierto en {address}, puerto {port}",
        },
        suspect = {
          relay = "{project}: recordatorio sobre el servidor de correo en {address}, puerto {port}",
          proxy = "{project}: recordatorio sobre el proxy en {address}, puerto {port}",
        },
      },
      again = "Ahora lo hemos examinado de nuevo.",
      still = "El servidor sigue, por tanto, abierto a terceros.",
      no_blame = "Es posible que nuestra carta anterior no llegara a la persona indicada, o que un cambio no tuviera el efecto "
        .. "previsto. Si los responsables del servidor son otros, les rogamos que les hagan llegar esta carta.",
      first_step = "Les pedimos que cierren ahora el servidor a terceros. Más abajo se explica cómo hacerlo. Si ya están en ello, o "
        .. "necesitan ayuda, les rogamos que nos lo digan: basta un breve mensaje a {contact}.",
    },

    provider = {
      group_subject = "{project}: servidores de su red que están, o pueden estar, abiertos a terceros ({case})",
      group_greeting = "A los responsables de la red a la que pertenecen las direcciones que figuran más abajo",
      group_findings = {
        one = "Esta carta se refiere a {n} hallazgo en servidores que, según nuestra información, están en su "
          .. "red; pueden ser de sus clientes.",
        other = "Esta carta se refiere a {n} hallazgos en servidores que, según nuestra información, están en "
          .. "su red; pueden ser de sus clientes.",
      },
      group_first_step = "Les pedimos que hagan llegar esta carta a quienes gestionan los servidores y que "
        .. "procuren que se cierren a terceros. Si saben a quién deberíamos escribir en su lugar, les rogamos "
        .. "que nos lo indiquen: {contact}.",
      group_limit = "Hasta que estén cerrados, pueden proteger a otros bloqueando las conexiones desde Internet "
        .. "a los puertos de los proxies y limitando lo que los servidores de correo pueden enviar al puerto 25 "
        .. "de otros servidores.",
      subject = {
        open = {
          relay = "{project}: servidor de correo abierto en su red en {address}, puerto {port}",
          proxy = "{project}: proxy abierto en su red en {address}, puerto {port}",
        },
        suspect = {
          relay = "{project}: servidor de correo posiblemente abierto en su red en {address}, puerto {port}",
          proxy = "{project}: proxy posiblemente abierto en su red en {address}, puerto {port}",
        },
      },
      greeting = "A los responsables de la red a la que pertenece la dirección {address}",
      address = "Esta carta se refiere al servidor con la dirección IP {address}, puerto {port}. Según nuestra información, la "
        .. "dirección pertenece a su red, y el servidor puede ser el de uno de sus clientes.",
      address_name = "Esta carta se refiere al servidor {host}, con la dirección IP {address}, puerto {port}. Según nuestra "
        .. "información, la dirección pertenece a su red, y el servidor puede ser el de uno de sus clientes.",
      matter = "Les rogamos que lean esta carta hasta el final: su asunto puede afectar a su red y a sus clientes.",
      no_blame = "Un servidor puede estar abierto sin que lo sepa su propietario, a menudo porque nunca se cambió un ajuste. No les "
        .. "reprochamos nada, ni a ustedes ni a su cliente.",
      first_step = "Les pedimos que hagan llegar esta carta a quienes gestionan el servidor y que procuren que se cierre a terceros. "
        .. "Si saben a quién deberíamos escribir en su lugar, les rogamos que nos lo indiquen: {contact}.",
      limit = {
        relay = "Hasta que esté cerrado, pueden proteger a otros limitando lo que el servidor puede enviar al puerto 25 de otros "
          .. "servidores.",
        proxy = "Hasta que esté cerrado, pueden proteger a otros bloqueando las conexiones desde Internet al puerto {port} de esta "
          .. "dirección.",
      },
      harm_title = "Qué puede significar para ustedes y sus clientes",
      harm = {
        "Direcciones de su red pueden acabar en listas de bloqueo, de modo que otros rechacen el correo de ustedes y de clientes "
          .. "que no tienen nada que ver con ello.",
        "El tráfico ajeno ocupa sus líneas, y ustedes o su cliente pueden tener que pagarlo.",
        "Las quejas por spam y ataques les llegan a ustedes, ya que parecen proceder de su red.",
      },
      pass_on = "Lo que sigue está escrito para quienes gestionan el servidor.",
    },

    ["all-clear"] = {
      group_subject = "{project}: servidores bajo su responsabilidad están cerrados a terceros ({case})",
      group_findings = {
        one = "Esta carta se refiere a {n} servidor que nuestras pruebas anteriores encontraron abierto y del "
          .. "que, según nuestra información, ustedes son responsables.",
        other = "Esta carta se refiere a {n} servidores que nuestras pruebas anteriores encontraron abiertos y "
          .. "de los que, según nuestra información, ustedes son responsables.",
      },
      group_tested = "Los hemos examinado de nuevo. Nuestro programa de prueba, que no había iniciado sesión, "
        .. "ya no pudo pasar por ninguno de ellos. La lista siguiente indica el resultado de cada prueba.",
      group_found = {
        closed = { relay = "servidor de correo cerrado", proxy = "proxy cerrado" },
      },
      group_thanks = "Hasta donde estas pruebas permiten saber, los servidores están cerrados a terceros. Les "
        .. "agradecemos su ayuda.",
      group_bounds = "Las pruebas se limitaron a estos servicios y a esos momentos. No dicen nada de otros "
        .. "servicios de las máquinas, y un cambio posterior de los ajustes puede abrir de nuevo un servidor.",
      subject = {
        closed = {
          relay = "{project}: el servidor de correo en {address}, puerto {port}, está cerrado a terceros",
          proxy = "{project}: el proxy en {address}, puerto {port}, está cerrado a terceros",
        },
      },
      tested = {
        closed = {
          relay = "El {date} a las {time} (UTC) lo examinamos de nuevo. Nuestro programa de prueba, que no había iniciado sesión, no "
            .. "pudo enviar a través del servidor un mensaje a un buzón externo.",
          proxy = "El {date} a las {time} (UTC) lo examinamos de nuevo. Nuestro programa de prueba, que no había iniciado sesión, no "
            .. "pudo llegar a través del servidor a otro ordenador de Internet.",
        },
      },
      thanks = "Hasta donde esta prueba permite saber, el servidor está cerrado a terceros. Les agradecemos su ayuda.",
      settled = "Para nosotros el caso queda así resuelto, y no necesitan responder a esta carta.",
      bounds = "La prueba se limitó a este servicio y a ese momento. No dice nada de otros servicios de la máquina, y un cambio "
        .. "posterior de los ajustes puede abrir de nuevo el servidor.",
      left_title = "Qué puede quedar por hacer",
      left = {
        relay = {
          "Es posible que mensajes que terceros dejaron en el servidor esperen todavía en su cola. Revisen la cola y borren lo que "
            .. "no sea suyo.",
          "Si la dirección figura en listas de bloqueo, sus operadores la retiran cuando se les pide; algunas listas lo hacen por sí "
            .. "mismas al cabo de un tiempo.",
          "Mantengan el software actualizado y comprueben el servidor desde fuera después de cada cambio de sus ajustes.",
        },
        proxy = {
          "Los registros del servidor pueden mostrar quién lo utilizó mientras estuvo abierto, y para qué. Consérvenlos si piensan "
            .. "presentar una denuncia.",
          "Si nadie en su organización ha instalado este servicio, alguien puede haberse apoderado de la máquina. En ese caso hay que "
            .. "examinarla, aunque ya no se pueda llegar al servicio.",
          "Si la dirección figura en listas de bloqueo, sus operadores la retiran cuando se les pide; algunas listas lo hacen por sí "
            .. "mismas al cabo de un tiempo.",
          "Mantengan el software actualizado y comprueben el servidor desde fuera después de cada cambio de sus ajustes.",
        },
      },
    },
  },
}

return {
  code = "es",
  name = "español",
  english = "Spanish",
  messages = messages,

  plural = function(n)
    return n == 1 and "one" or "other"
  end,

  -- 24 de noviembre de 2026
  date = function(t)
    return string.format("%d de %s de %d", t.day, months[t.month], t.year)
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

  -- a, b y c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " y " .. items[#items] or items[1]
  end,
}
