-- French. The reader is addressed as «vous»; a relay is a «serveur de messagerie ouvert (open relay)», a proxy a «serveur
-- mandataire ouvert (open proxy)». A no-break space stands before « : », « ; », « ? », « ! » and inside quotation marks.

local months = { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
  "septembre", "octobre", "novembre", "décembre" }

local messages = {
  subject = {
    open = {
      relay = "{project} : serveur de messagerie ouvert à l’adresse {address}, port {port}",
      proxy = "{project} : serveur mandataire (proxy) ouvert à l’adresse {address}, port {port}",
    },
    suspect = {
      relay = "{project} : serveur de messagerie peut-être ouvert à l’adresse {address}, port {port}",
      proxy = "{project} : serveur mandataire (proxy) peut-être ouvert à l’adresse {address}, port {port}",
    },
  },

  greeting = "À l’attention des responsables du serveur {address}",
  address = "La présente lettre concerne le serveur dont l’adresse IP est {address}, port {port}. D’après les "
    .. "informations dont nous disposons, ce serveur relève de votre responsabilité.",
  address_name = "La présente lettre concerne le serveur {host}, dont l’adresse IP est {address}, port {port}. D’après "
    .. "les informations dont nous disposons, ce serveur relève de votre responsabilité.",
  source = "L’adresse figure sur la liste « {source} », qui recense des serveurs susceptibles d’être ouverts à des tiers. "
    .. "Nous avons donc testé ce serveur.",
  sources = "L’adresse figure sur plusieurs listes de serveurs susceptibles d’être ouverts à des tiers : {sources}. Nous "
    .. "avons donc testé ce serveur.",
  source_name = "« {name} »",
  source_given = "L’adresse figure sur une liste qui nous a été remise et qui recense des serveurs "
    .. "susceptibles d’être ouverts à des tiers. Nous avons donc testé ce serveur.",
  source_unknown = "Cette adresse nous a été signalée comme celle d’un serveur susceptible d’être ouvert à des tiers. Nous "
    .. "avons donc testé ce serveur.",
  tested = {
    open = {
      relay = "Le {date} à {time} (UTC), le serveur a accepté un message de notre programme de test, qui ne s’était pas "
        .. "authentifié, et l’a transmis à une boîte aux lettres extérieure. Un serveur qui fait cela pour n’importe qui "
        .. "est appelé serveur de messagerie ouvert (open relay).",
      proxy = "Le {date} à {time} (UTC), le serveur a transmis le trafic de notre programme de test, qui ne s’était pas "
        .. "authentifié, à un autre ordinateur sur Internet. Un serveur qui fait cela pour n’importe qui est appelé "
        .. "serveur mandataire ouvert (open proxy).",
    },
    suspect = {
      relay = "Le {date} à {time} (UTC), le serveur a accepté un message de notre programme de test, qui ne s’était pas "
        .. "authentifié, à destination d’une boîte aux lettres extérieure. Le message n’y était pas arrivé à la fin du "
        .. "test. Nous ne pouvons donc pas affirmer avec certitude que le serveur est ouvert, et nous vous demandons de "
        .. "le vérifier.",
      proxy = "Le {date} à {time} (UTC), le serveur a accepté de connecter notre programme de test, qui ne s’était pas "
        .. "authentifié, à un autre ordinateur sur Internet. Rien n’y était arrivé à la fin du test. Nous ne pouvons donc "
        .. "pas affirmer avec certitude que le serveur est ouvert, et nous vous demandons de le vérifier.",
    },
    doubtful = {
      relay = "Le {date} à {time} (UTC), le serveur a accepté des messages de notre programme de test, qui ne s’était pas "
        .. "authentifié, à destination d’une boîte aux lettres extérieure. L’un d’eux y est arrivé, un autre non. Nous ne "
        .. "pouvons donc pas affirmer avec certitude que le serveur est ouvert, et nous vous demandons de le vérifier.",
      proxy = "Le {date} à {time} (UTC), des données que notre programme de test, qui ne s’était pas authentifié, avait "
        .. "envoyées au serveur sont arrivées à un autre ordinateur sur Internet. Mais le serveur s’est aussi comporté "
        .. "comme un serveur mandataire ouvert ne le fait pas. Nous ne pouvons donc pas affirmer avec certitude qu’il est "
        .. "ouvert, et nous vous demandons de le vérifier.",
    },
  },
  no_blame = "Un serveur peut être ouvert à l’insu de son propriétaire, souvent parce qu’un réglage n’a jamais été modifié. "
    .. "Nous partons du principe que vous n’en aviez pas connaissance, et nous ne vous reprochons rien.",
  first_step = "Dans un premier temps, nous vous demandons de fermer le serveur aux tiers. La marche à suivre est expliquée "
    .. "ci-dessous.",

  earlier = "Nous vous avons déjà écrit au sujet de ce serveur.",
  earlier_on = "Nous vous avons écrit au sujet de ce serveur le {date}.",
  earlier_case = "Le numéro de dossier était alors {earlier_case}.",

  seen_title = "Ce que nous avons constaté",
  seen = "Notre programme de test s’est connecté au port {port}. Les lignes marquées C ont été envoyées par le programme de "
    .. "test, les lignes marquées S ont été reçues du serveur.",
  seen_from = "Notre programme de test s’est connecté au port {port} depuis l’adresse {from}. Les lignes marquées C ont été "
    .. "envoyées par le programme de test, les lignes marquées S ont été reçues du serveur.",
  decisive = "Les lignes précédées d’un astérisque (*) sont déterminantes.",
  more_lines = { one = "… ({n} ligne de plus)", other = "… ({n} lignes de plus)" },
  returned = {
    relay = "Le message portait la marque {token}, impossible à deviner. Il est arrivé sur notre propre serveur de réception "
      .. "le {date} à {time} (UTC), remis par l’adresse {peer}.",
    proxy = "La connexion portait la marque {token}, impossible à deviner. Elle a atteint notre propre serveur de réception "
      .. "le {date} à {time} (UTC), depuis l’adresse {peer}.",
  },
  peer_same = "C’est l’adresse du serveur que nous avons testé.",
  peer_other = "Ce n’est pas l’adresse que nous avons testée : le serveur semble transmettre du trafic par son intermédiaire.",
  ports_all = "Nous avons demandé plusieurs ports de notre propre ordinateur. Toutes les connexions ont abouti : {reached}.",
  ports_some = "Nous avons demandé plusieurs ports de notre propre ordinateur. Les connexions à ceux-ci ont abouti : "
    .. "{reached}. Celles à ceux-là n’ont pas abouti : {missed}.",
  ports_mail = "Le port 25, utilisé pour le courrier électronique, est du nombre : n’importe qui peut envoyer du courrier par "
    .. "le serveur, et ce courrier semble en provenir.",
  ours_alone = {
    relay = "Le message était adressé à notre seule boîte aux lettres. Rien n’a été envoyé à qui que ce soit d’autre.",
    proxy = "La connexion ne visait que notre propre ordinateur. Personne d’autre n’a été contacté par l’intermédiaire du "
      .. "serveur.",
  },

  check_title = "Comment le constater vous-même",
  check = {
    relay = "L’étape décisive peut être reproduite avec le programme swaks, qui s’arrête ici avant l’envoi d’un message. "
      .. "Veuillez l’exécuter sur un ordinateur situé en dehors de vos propres réseaux, et remplacer you@elsewhere.example "
      .. "par une adresse qui vous appartient chez un autre fournisseur :",
    relay_lines = "Veuillez vous connecter au serveur depuis un ordinateur situé en dehors de vos propres réseaux, avec la "
      .. "commande ci-dessous. Saisissez ensuite les lignes marquées C plus haut, jusqu’à RCPT TO, avec pour destinataire une "
      .. "adresse qui vous appartient chez un autre fournisseur :",
    relay_answer = "Si le serveur répond à RCPT TO par un code commençant par 5, il refuse les tiers, comme il se doit. Si le "
      .. "code commence par 2, il accepte le message d’un tiers pour un destinataire extérieur.",
    proxy = "Veuillez exécuter ces commandes sur un ordinateur situé en dehors de vos propres réseaux :",
    proxy_answer = "Si l’une d’elles affiche la page « Example Domain », le serveur laisse passer les tiers. Si toutes se "
      .. "terminent par une erreur, il a refusé ces requêtes.",
  },

  matter = "Nous vous prions de lire cette lettre jusqu’au bout : son objet peut affecter votre accès à Internet et votre "
    .. "présence sur le réseau.",
  who = "Cette lettre s’inscrit dans le projet commun « {project} ». Y participent : {partners}.",
  who_alone = "Cette lettre s’inscrit dans le projet « {project} ».",
  purpose = "Ce projet vise à indiquer aux propriétaires de serveurs ouverts comment les sécuriser, afin que d’autres ne "
    .. "puissent pas s’en servir pour envoyer du courrier non sollicité (spam) ou pour dissimuler leur identité.",

  what_title = "Ce que sont les serveurs de messagerie et mandataires ouverts",
  what_they_are = "Un serveur de messagerie ouvert (open relay) accepte le courrier de n’importe qui et le transmet à "
    .. "n’importe qui, alors que ni l’expéditeur ni le destinataire n’ont de lien avec son propriétaire. Un serveur "
    .. "mandataire ouvert (open proxy) fait de même avec les connexions : de n’importe qui vers n’importe quel point "
    .. "d’Internet. Pour l’autre extrémité, le trafic semble provenir de ce serveur.",
  how_abused = "De tels serveurs sont faciles à trouver par des recherches automatiques. Ils servent à envoyer du spam en "
    .. "grande quantité, à diffuser des logiciels malveillants, à escroquer des personnes et à attaquer d’autres ordinateurs, "
    .. "tandis que le véritable auteur reste caché.",

  harm_title = "Ce que cela peut signifier pour vous",
  harm = {
    "Le serveur et votre connexion à Internet peuvent ralentir, ou cesser de fonctionner, lorsque d’importants volumes de "
      .. "trafic étranger y transitent.",
    "Vous pouvez avoir à payer ce trafic et les travaux de remise en état.",
    "Votre fournisseur d’accès à Internet peut restreindre ou couper votre accès.",
    "L’adresse peut être inscrite sur des listes de blocage, si bien que d’autres refusent votre propre courrier.",
    "Le spam et les attaques peuvent sembler provenir de vous et nuire à votre réputation.",
  },

  remedy_title = "Comment fermer le serveur",
  remedy = {
    relay = {
      "Faites en sorte que le serveur n’accepte le courrier pour des destinataires extérieurs que depuis vos propres réseaux "
        .. "et de la part d’utilisateurs authentifiés. Tous les autres doivent être refusés.",
      "Limitez autant que possible la liste des réseaux de confiance. Vérifiez que le serveur voit la véritable adresse de "
        .. "ceux qui se connectent, surtout s’il fonctionne dans un conteneur ou derrière un répartiteur de charge.",
      "Maintenez le logiciel à jour.",
    },
    proxy = {
      "Désactivez le serveur mandataire si vous n’en avez pas besoin.",
      "Si vous en avez besoin, rendez-le accessible depuis vos propres réseaux uniquement, ou exigez un mot de passe. Tous "
        .. "les autres doivent être refusés.",
      "Bloquez dans le pare-feu le port {port} pour les connexions venant d’Internet.",
      "Si personne chez vous n’a installé ce service, il a pu être livré avec l’appareil, ou quelqu’un a pu prendre le "
        .. "contrôle de la machine. Il ne suffit alors pas de bloquer le port : la machine doit être examinée.",
    },
  },
  found = {
    open = "Ce que notre test a révélé : {what} {close}",
    suspect = "Si le serveur est ouvert, c’est de la manière suivante : {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Le serveur transmet le courrier de n’importe quel expéditeur à n’importe quel destinataire, sans que l’un ou "
        .. "l’autre doive relever de vous.",
      close = "Faites-lui refuser les destinataires extérieurs, sauf si le client se trouve dans votre propre réseau ou s’est "
        .. "authentifié.",
    },
    ["same-domain"] = {
      what = "Le serveur transmet le courrier lorsque l’expéditeur et le destinataire sont dans un même domaine, même si ce "
        .. "domaine n’est pas l’un des vôtres. N’importe qui peut prétendre être un tel expéditeur.",
      close = "Faites décider selon l’adresse du client ou son authentification, jamais selon l’adresse de l’expéditeur.",
    },
    ["null-sender"] = {
      what = "Le serveur transmet le courrier à n’importe qui lorsque l’expéditeur est vide (<>), comme il l’est dans les avis "
        .. "de non-remise.",
      close = "L’expéditeur vide doit être soumis à la même règle que tout autre ; supprimez toute exception en sa faveur.",
    },
    ["bare-sender"] = {
      what = "Le serveur prend un expéditeur sans domaine pour l’un de ses propres utilisateurs, et transmet tout ce qu’un tel "
        .. "expéditeur envoie.",
      close = "Refusez les expéditeurs sans domaine venant de l’extérieur.",
    },
    ["claimed-sender"] = {
      what = "Le serveur transmet le courrier à n’importe qui lorsque l’adresse de l’expéditeur relève de ses propres domaines, "
        .. "noms ou adresses. N’importe qui peut prétendre à une telle adresse.",
      close = "Faites décider selon l’adresse du client ou son authentification, jamais selon l’adresse de l’expéditeur.",
    },
    ["claimed-user"] = {
      what = "Le serveur transmet le courrier à n’importe qui lorsque l’adresse de l’expéditeur est celle de l’un de ses "
        .. "utilisateurs, comme root ou postmaster. N’importe qui peut prétendre à une telle adresse.",
      close = "Faites décider selon l’adresse du client ou son authentification, sans exception pour l’adresse d’aucun "
        .. "utilisateur.",
    },
    ["claimed-greeting"] = {
      what = "Le serveur transmet le courrier des clients qui donnent un certain nom dans leur message d’accueil (EHLO). "
        .. "N’importe qui peut donner n’importe quel nom.",
      close = "Ne vous fiez à aucun nom du message d’accueil : faites décider selon l’adresse du client ou son "
        .. "authentification.",
    },
    ["unknown-sender"] = {
      what = "Le serveur transmet le courrier d’expéditeurs dont le domaine n’existe pas.",
      close = "Faites-lui refuser les destinataires extérieurs lorsque le client est un tiers, ainsi que les expéditeurs dont "
        .. "le domaine est inconnu.",
    },
    ["empty-domain"] = {
      what = "Le serveur prend pour l’une des siennes une adresse qui se termine par @, sans domaine derrière, puis transmet le "
        .. "courrier.",
      close = "Refusez une adresse au domaine vide comme erreur de syntaxe, avant toute autre décision.",
    },
    ["bare-recipient"] = {
      what = "Le serveur n’applique pas sa règle aux destinataires écrits sans chevrons.",
      close = "N’acceptez que les adresses entre chevrons.",
    },
    ["quoted-route"] = {
      what = "Le serveur prend une adresse entre guillemets pour l’une des siennes, ôte les guillemets, puis transmet le "
        .. "courrier à ce qui se trouvait entre eux.",
      close = "Faites appliquer la règle après la réécriture des adresses, ou refusez @, %, ! et / avant le domaine.",
    },
    ["percent-route"] = {
      what = "Le serveur lit un % placé avant le domaine comme un chemin (user%elsewhere.example@your-server) et transmet le "
        .. "courrier en conséquence.",
      close = "Désactivez cette ancienne forme de routage.",
    },
    ["two-ats"] = {
      what = "Le serveur prend une adresse comportant deux @ pour l’une des siennes d’après le dernier, et transmet le courrier "
        .. "d’après le premier.",
      close = "Refusez les adresses comportant plus d’un @ comme erreur de syntaxe.",
    },
    ["source-route"] = {
      what = "Le serveur suit un chemin placé avant l’adresse (@your-server:user@elsewhere.example) et transmet le courrier en "
        .. "conséquence.",
      close = "Ignorez ou refusez de tels chemins.",
    },
    ["uucp-path"] = {
      what = "Le serveur lit un ! dans une adresse comme un chemin (elsewhere.example!user) et transmet le courrier en "
        .. "conséquence, ou prend un expéditeur comportant un ! pour l’un des siens.",
      close = "Refusez le ! dans les adresses venant de l’extérieur.",
    },
    ["srs-hash"] = {
      what = "Le serveur retransforme les adresses de retour réécrites (SRS) en l’adresse qu’elles contiennent sans vérifier "
        .. "leur empreinte, et y transmet le courrier.",
      close = "Vérifiez l’empreinte et la date d’une telle adresse, et refusez-la si elles ne sont pas valables.",
    },
    spelling = {
      what = "Le serveur ne reconnaît pas le domaine d’un destinataire lorsqu’il est écrit autrement (majuscules, point final, "
        .. "lettres pleine chasse), et transmet le courrier.",
      close = "Ramenez un domaine à une seule graphie avant de le comparer à une liste.",
    },
    smtputf8 = {
      what = "Le serveur n’applique pas sa règle aux messages annoncés comme internationalisés (SMTPUTF8).",
      close = "Appliquez-leur la même règle, ou désactivez l’extension.",
    },
    ["inside-tls"] = {
      what = "Le serveur refuse les tiers sur une connexion en clair, mais transmet le courrier de n’importe qui dès que la "
        .. "connexion est chiffrée (STARTTLS).",
      close = "Le chiffrement seul n’est pas une authentification : exigez un mot de passe, ou ne faites confiance qu’aux "
        .. "certificats de clients que vous connaissez.",
    },
    xclient = {
      what = "Le serveur laisse tout client indiquer par la commande XCLIENT de quelle adresse il vient, et transmet le courrier "
        .. "de quiconque se fait passer pour le serveur lui-même.",
      close = "N’acceptez XCLIENT que de vos propres passerelles (192.0.2.10 dans l’exemple).",
    },
    ["proxy-line"] = {
      what = "Le serveur croit la ligne PROXY de tout client, qui indique d’où vient une connexion, et transmet le courrier de "
        .. "quiconque se fait passer pour le serveur lui-même.",
      close = "N’acceptez le protocole PROXY que de votre propre répartiteur de charge (192.0.2.10 dans l’exemple), sur un port "
        .. "que lui seul peut atteindre.",
    },
    ["second-recipient"] = {
      what = "Le serveur refuse un destinataire extérieur lorsqu’il est le premier, et l’accepte après l’un des siens.",
      close = "Faites appliquer la règle à chaque destinataire séparément.",
    },
    ["web-form"] = {
      what = "Un formulaire du serveur web envoie du courrier à n’importe quelle adresse indiquée dans la requête.",
      close = "Inscrivez les destinataires du courrier dans le script du formulaire, n’en reprenez aucun de la requête, et "
        .. "supprimez les anciens scripts tels que FormMail.",
    },
    ["web-proxy"] = {
      what = "Une page du serveur web va chercher, pour n’importe qui, toute URL indiquée dans une requête, et affiche ce "
        .. "qu’elle a obtenu.",
      close = "Supprimez le script, ou limitez-le aux hôtes que vous avez énumérés et aux utilisateurs authentifiés.",
    },
    ["local-services"] = {
      what = "Le serveur mandataire conduit des tiers à des services de sa propre machine, qui font peut-être confiance à "
        .. "quiconque en vient.",
      close = "Refusez les destinations situées sur la machine du serveur mandataire (127.0.0.1, ::1 et ses autres adresses), et "
        .. "n’admettez que les clients de votre propre réseau.",
    },
    ["connect-udp"] = {
      what = "Le serveur envoie par HTTP les datagrammes (UDP) de n’importe qui à n’importe quelle adresse (connect-udp, aussi "
        .. "appelé MASQUE).",
      close = "Désactivez connect-udp si vous n’en avez pas besoin. Sinon, exigez une authentification, ou n’admettez que les "
        .. "clients de votre propre réseau.",
    },
    ["ipv6-clients"] = {
      what = "Cela s’est produit en IPv6. Souvent, un serveur dans un conteneur voit tous les clients IPv6 sous une adresse de "
        .. "son propre réseau, et leur fait confiance pour cette raison.",
      close = "Assurez-vous que le serveur voit les véritables adresses IPv6 de ses clients, et retirez le réseau des conteneurs "
        .. "des réseaux de confiance.",
    },
  },
  cause_named = "Ce réglage de {software} ferme exactement cela :",
  cause_if = "Si le serveur utilise {software}, ceci ferme exactement cela :",
  software_named = "Le serveur indique qu’il utilise {software}. Ces réglages ferment {software} aux tiers. Ils remplacent les "
    .. "lignes du même nom. Mettez votre propre réseau à la place de 192.0.2.0/24.",
  software_if = "Si le serveur utilise {software}, ces réglages le ferment aux tiers. Ils remplacent les lignes du même nom. "
    .. "Mettez votre propre réseau à la place de 192.0.2.0/24.",
  software_none = "Si vous nous indiquez quel logiciel le serveur utilise, nous pourrons préciser les réglages à effectuer.",
  firewall = "Quel que soit le logiciel, un pare-feu tient les tiers à l’écart. Mettez votre propre réseau à la place de "
    .. "192.0.2.0/24.",
  on_system = "Avec {system} :",
  makers = "Parmi les liens ci-dessous figurent des instructions pour des logiciels courants, rédigées par leurs auteurs, et "
    .. "d’autres valables pour tout logiciel.",
  in_file = "Dans le fichier {file} :",
  remove = "À supprimer du fichier {file} :",
  run = "Exécutez ensuite :",
  shell = "Dans l’interface de commande du programme :",
  questions = "Ces questions peuvent aider à trouver le point faible :",

  links_title = "Pour en savoir plus",

  after_title = "Nouveau test et objections",
  retest = "Lorsque le serveur sera fermé, veuillez écrire à {retest} avec pour objet « RETEST {case} ». Nous le testerons "
    .. "alors de nouveau et vous communiquerons le résultat.",
  object = "Si vous estimez que quelque chose est inexact ici, veuillez écrire à {objection} en indiquant le numéro de dossier, "
    .. "{case}.",
  lists = "Il existe deux listes pour ceux qui ne souhaitent pas cela. Vous pouvez être inscrit sur l’une d’elles, ou sur les "
    .. "deux :",
  list_tests = "Si vous ne voulez pas que le serveur soit testé de nouveau, veuillez écrire à {stop_tests} avec pour objet "
    .. "« STOP-TESTS {case} ».",
  list_letters = "Si vous ne voulez plus recevoir de lettres, veuillez écrire à {stop_letters} avec pour objet "
    .. "« STOP-LETTERS {case} ».",

  evidence_title = "Éléments de preuve",
  evidence = "Tout ce qui a été échangé entre notre programme de test et le serveur a été conservé, avec les heures, dans le "
    .. "fichier de preuve {bundle}, dossier {case}. Voici l’empreinte SHA-256 de ce fichier, telle que l’affiche la commande "
    .. "« sha256sum » :",
  evidence_check = "Un fichier ayant une autre empreinte est un autre fichier, ou a été modifié ou complété après cette lettre. "
    .. "Le fichier est signé avec la clé {key_id}. Vous pouvez obtenir de nous la partie qui vous concerne : c’est un fichier "
    .. "qui a sa propre empreinte, sous la même signature. L’un et l’autre se vérifient avec la commande « ajar verify » ou, "
    .. "sans notre logiciel, avec minisign et sha256sum, comme l’explique le fichier VERIFY.txt qu’ils contiennent. La clé "
    .. "publique est :",

  contact = "Pour toute question, veuillez écrire à {contact}.",
  regards = "Veuillez agréer, Madame, Monsieur, l’expression de nos salutations distinguées.",

  interval = {
    one = "Vous recevrez de nous au plus une lettre de ce genre par jour.",
    other = "Vous recevrez de nous au plus une lettre de ce genre par période de {n} jours.",
  },

  group_subject = "{project} : serveurs sous votre responsabilité qui sont, ou pourraient être, ouverts à des "
    .. "tiers ({case})",
  group_greeting = "À l’attention des responsables des serveurs énumérés ci-dessous",
  group_findings = {
    one = "La présente lettre concerne {n} constat relatif à des serveurs qui, d’après les informations dont "
      .. "nous disposons, relèvent de votre responsabilité.",
    other = "La présente lettre concerne {n} constats relatifs à des serveurs qui, d’après les informations "
      .. "dont nous disposons, relèvent de votre responsabilité.",
  },
  group_at_one = "Tous concernent l’adresse IP {address}.",
  group_at = { one = "Ils concernent {n} adresse IP.", other = "Ils concernent {n} adresses IP différentes." },
  group_tested = "Ces adresses nous ont été signalées comme celles de serveurs susceptibles d’être ouverts à "
    .. "des tiers. Nous avons donc testé ces serveurs. La liste ci-dessous donne le résultat de chaque test.",
  group_first_step = "Dans un premier temps, nous vous demandons de fermer ces serveurs aux tiers. La marche à "
    .. "suivre est expliquée ci-dessous.",
  group_title = "Ce que nous avons constaté sur vos serveurs",
  group_columns = { address = "Adresse", port = "Port", found = "Constat", time = "Heure (UTC)" },
  group_found = {
    open = { relay = "serveur de messagerie ouvert", proxy = "serveur mandataire (proxy) ouvert" },
    suspect = { relay = "serveur de messagerie, peut-être ouvert", proxy = "serveur mandataire, peut-être ouvert" },
  },
  group_attached = "Le fichier joint {file} contient tous les constats, un par ligne, avec plus de détails.",
  group_example = "Un exemple est le serveur à l’adresse {address}, port {port} (dossier {case}).",
  group_remedy_for = "Au sujet de l’adresse {address}, port {port}, et des serveurs semblables :",
  group_retest = "Lorsque les serveurs seront fermés, veuillez écrire à {retest} avec pour objet « RETEST "
    .. "{case} » ; ce numéro vaut pour tous les dossiers de cette lettre. Si certains seulement sont fermés, "
    .. "veuillez indiquer ces dossiers dans votre message. Nous les testerons alors de nouveau et vous "
    .. "communiquerons le résultat.",
  group_list_tests = "Si vous ne voulez pas que ces serveurs soient testés de nouveau, veuillez écrire à "
    .. "{stop_tests} avec pour objet « STOP-TESTS {case} ».",
  group_evidence = "Tout ce qui a été échangé entre notre programme de test et les serveurs a été conservé, "
    .. "avec les heures, dans le fichier de preuve {bundle}, chaque dossier sous son numéro. Voici l’empreinte "
    .. "SHA-256 de ce fichier, telle que l’affiche la commande « sha256sum » :",
  group_earlier = "Nous vous avons déjà écrit au sujet de ces serveurs.",
  group_earlier_on = "Nous vous avons écrit au sujet de ces serveurs le {date}.",

  tones = {
    reminder = {
      group_subject = "{project} : rappel concernant des serveurs sous votre responsabilité qui sont, ou "
        .. "pourraient être, ouverts à des tiers ({case})",
      group_tested = "Nous les avons maintenant testés de nouveau. La liste ci-dessous donne le résultat de "
        .. "chaque test.",
      group_first_step = "Nous vous demandons de fermer dès maintenant ces serveurs aux tiers. La marche à "
        .. "suivre est expliquée ci-dessous. Si vous y travaillez déjà, ou si vous avez besoin d’aide, veuillez "
        .. "nous le faire savoir : un bref message à {contact} suffit.",
      group_no_blame = "Il se peut que notre lettre précédente ne soit pas parvenue à la bonne personne, ou "
        .. "qu’une modification n’ait pas eu l’effet voulu. Si d’autres sont responsables de ces serveurs, nous "
        .. "vous prions de leur transmettre cette lettre.",
      subject = {
        open = {
          relay = "{project} : rappel concernant le serveur de messagerie ouvert à l’adresse {address}, port {port}",
          proxy = "{project} : rappel concernant le serveur mandataire (proxy) ouvert à l’adresse {address}, port {port}",
        },
        suspect = {
          relay = "{project} : rappel concernant le serveur de messagerie à l’adresse {address}, port {port}",
          proxy = "{project} : rappel concernant le serveur mandataire (proxy) à l’adresse {address}, port {port}",
        },
      },
      again = "Nous venons de le tester de nouveau.",
      still = "Le serveur est donc toujours ouvert aux tiers.",
      no_blame = "Il se peut que notre lettre précédente ne soit pas parvenue à la bonne personne, ou qu’une modification n’ait "
        .. "pas eu l’effet voulu. Si d’autres sont responsables du serveur, nous vous prions de leur transmettre cette lettre.",
      first_step = "Nous vous demandons de fermer dès maintenant le serveur aux tiers. La marche à suivre est expliquée "
        .. "ci-dessous. Si vous y travaillez déjà, ou si vous avez besoin d’aide, veuillez nous le faire savoir : un bref message "
        .. "à {contact} suffit.",
    },

    provider = {
      group_subject = "{project} : serveurs de votre réseau qui sont, ou pourraient être, ouverts à des tiers "
        .. "({case})",
      group_greeting = "À l’attention des responsables du réseau auquel appartiennent les adresses énumérées "
        .. "ci-dessous",
      group_findings = {
        one = "La présente lettre concerne {n} constat relatif à des serveurs qui, d’après les informations "
          .. "dont nous disposons, se trouvent dans votre réseau ; ce sont peut-être ceux de vos clients.",
        other = "La présente lettre concerne {n} constats relatifs à des serveurs qui, d’après les informations "
          .. "dont nous disposons, se trouvent dans votre réseau ; ce sont peut-être ceux de vos clients.",
      },
      group_first_step = "Nous vous demandons de transmettre cette lettre à ceux qui exploitent les serveurs, "
        .. "et de veiller à ce que ceux-ci soient fermés aux tiers. Si vous savez à qui nous devrions plutôt "
        .. "écrire, veuillez nous l’indiquer : {contact}.",
      group_limit = "Tant qu’ils ne sont pas fermés, vous pouvez protéger les autres en bloquant les connexions "
        .. "venant d’Internet vers les ports des serveurs mandataires, et en limitant ce que les serveurs de "
        .. "messagerie peuvent envoyer au port 25 d’autres serveurs.",
      subject = {
        open = {
          relay = "{project} : serveur de messagerie ouvert dans votre réseau à l’adresse {address}, port {port}",
          proxy = "{project} : serveur mandataire (proxy) ouvert dans votre réseau à l’adresse {address}, port {port}",
        },
        suspect = {
          relay = "{project} : serveur de messagerie peut-être ouvert dans votre réseau à l’adresse {address}, port {port}",
          proxy = "{project} : serveur mandataire (proxy) peut-être ouvert dans votre réseau à l’adresse {address}, port {port}",
        },
      },
      greeting = "À l’attention des responsables du réseau auquel appartient l’adresse {address}",
      address = "La présente lettre concerne le serveur dont l’adresse IP est {address}, port {port}. D’après les informations "
        .. "dont nous disposons, cette adresse appartient à votre réseau, et le serveur est peut-être celui d’un de vos clients.",
      address_name = "La présente lettre concerne le serveur {host}, dont l’adresse IP est {address}, port {port}. D’après les "
        .. "informations dont nous disposons, cette adresse appartient à votre réseau, et le serveur est peut-être celui d’un de "
        .. "vos clients.",
      matter = "Nous vous prions de lire cette lettre jusqu’au bout : son objet peut affecter votre réseau et vos clients.",
      no_blame = "Un serveur peut être ouvert à l’insu de son propriétaire, souvent parce qu’un réglage n’a jamais été modifié. "
        .. "Nous ne vous reprochons rien, ni à votre client.",
      first_step = "Nous vous demandons de transmettre cette lettre à ceux qui exploitent le serveur, et de veiller à ce que "
        .. "celui-ci soit fermé aux tiers. Si vous savez à qui nous devrions plutôt écrire, veuillez nous l’indiquer : {contact}.",
      limit = {
        relay = "Tant qu’il n’est pas fermé, vous pouvez protéger les autres en limitant ce que le serveur peut envoyer au port 25 "
          .. "d’autres serveurs.",
        proxy = "Tant qu’il n’est pas fermé, vous pouvez protéger les autres en bloquant les connexions venant d’Internet vers le "
          .. "port {port} de cette adresse.",
      },
      harm_title = "Ce que cela peut signifier pour vous et pour vos clients",
      harm = {
        "Des adresses de votre réseau peuvent être inscrites sur des listes de blocage, si bien que d’autres refusent votre "
          .. "courrier et celui de clients qui n’y sont pour rien.",
        "Le trafic de tiers occupe vos lignes, et vous ou votre client pouvez avoir à le payer.",
        "Les plaintes pour spam et pour attaques vous sont adressées, car ceux-ci semblent provenir de votre réseau.",
      },
      pass_on = "Ce qui suit s’adresse à ceux qui exploitent le serveur.",
    },

    ["all-clear"] = {
      group_subject = "{project} : des serveurs sous votre responsabilité sont fermés aux tiers ({case})",
      group_findings = {
        one = "La présente lettre concerne {n} serveur que nos tests précédents avaient trouvé ouvert et qui, "
          .. "d’après les informations dont nous disposons, relève de votre responsabilité.",
        other = "La présente lettre concerne {n} serveurs que nos tests précédents avaient trouvés ouverts et "
          .. "qui, d’après les informations dont nous disposons, relèvent de votre responsabilité.",
      },
      group_tested = "Nous les avons testés de nouveau. Notre programme de test, qui ne s’était pas "
        .. "authentifié, n’a plus pu passer par aucun d’eux. La liste ci-dessous donne le résultat de chaque "
        .. "test.",
      group_found = {
        closed = { relay = "serveur de messagerie fermé", proxy = "serveur mandataire fermé" },
      },
      group_thanks = "Autant que ces tests permettent d’en juger, les serveurs sont fermés aux tiers. Nous vous "
        .. "remercions de votre aide.",
      group_bounds = "Les tests n’ont porté que sur ces services, à ces moments. Ils ne disent rien des autres "
        .. "services des machines, et une modification ultérieure des réglages peut rouvrir un serveur.",
      subject = {
        closed = {
          relay = "{project} : le serveur de messagerie à l’adresse {address}, port {port}, est fermé aux tiers",
          proxy = "{project} : le serveur mandataire (proxy) à l’adresse {address}, port {port}, est fermé aux tiers",
        },
      },
      tested = {
        closed = {
          relay = "Le {date} à {time} (UTC), nous l’avons testé de nouveau. Notre programme de test, qui ne s’était pas "
            .. "authentifié, n’a pas pu envoyer de message par ce serveur à une boîte aux lettres extérieure.",
          proxy = "Le {date} à {time} (UTC), nous l’avons testé de nouveau. Notre programme de test, qui ne s’était pas "
            .. "authentifié, n’a pu atteindre par le serveur aucun autre ordinateur sur Internet.",
        },
      },
      thanks = "Autant que ce test permette d’en juger, le serveur est fermé aux tiers. Nous vous remercions de votre aide.",
      settled = "Pour nous, l’affaire est ainsi close, et vous n’avez pas besoin de répondre à cette lettre.",
      bounds = "Le test n’a porté que sur ce service, à ce moment. Il ne dit rien des autres services de la machine, et une "
        .. "modification ultérieure des réglages peut rouvrir le serveur.",
      left_title = "Ce qui peut rester à faire",
      left = {
        relay = {
          "Des messages laissés par des tiers sur le serveur peuvent encore attendre dans sa file. Veuillez examiner cette file et "
            .. "supprimer ce qui n’est pas à vous.",
          "Si l’adresse figure sur des listes de blocage, leurs exploitants l’en retirent à votre demande ; certaines listes le "
            .. "font d’elles-mêmes au bout d’un certain temps.",
          "Maintenez le logiciel à jour, et vérifiez le serveur depuis l’extérieur après chaque modification de ses réglages.",
        },
        proxy = {
          "Les journaux du serveur peuvent montrer qui l’a utilisé pendant qu’il était ouvert, et à quelles fins. Veuillez les "
            .. "conserver si vous comptez porter plainte.",
          "Si personne chez vous n’a installé ce service, quelqu’un a pu prendre le contrôle de la machine. Elle doit alors être "
            .. "examinée, bien que le service ne soit plus accessible.",
          "Si l’adresse figure sur des listes de blocage, leurs exploitants l’en retirent à votre demande ; certaines listes le "
            .. "font d’elles-mêmes au bout d’un certain temps.",
          "Maintenez le logiciel à jour, et vérifiez le serveur depuis l’extérieur après chaque modification de ses réglages.",
        },
      },
    },
  },
}

return {
  code = "fr",
  name = "français",
  english = "French",
  messages = messages,

  plural = function(n)
    return n < 2 and "one" or "other"
  end,

  -- 24 novembre 2026; 1er novembre 2026
  date = function(t)
    return string.format("%d%s %s %d", t.day, t.day == 1 and "er" or "", months[t.month], t.year)
  end,

  -- 02:10:16
  time = function(t)
    return string.format("%02d:%02d:%02d", t.hour, t.minute, t.second)
  end,

  -- 12 345, with a narrow no-break space
  number = function(n)
    local digits = string.format("%d", n)
    local head = #digits % 3
    local grouped = digits:sub(head + 1):gsub("(%d%d%d)", "\226\128\175%1")
    return head > 0 and digits:sub(1, head) .. grouped or grouped:sub(4)
  end,

  -- a, b et c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " et " .. items[#items] or items[1]
  end,
}
