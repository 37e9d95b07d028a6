-- Portuguese, worded so that Portugal and Brazil can both read it. The reader is addressed impersonally; a relay is a «servidor de correio
-- aberto (open relay)», a proxy a «proxy aberto (open proxy)».

local months = { "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto",
  "setembro", "outubro", "novembro", "dezembro" }

local messages = {
  subject = {
    open = {
      relay = "{project}: servidor de correio eletrónico aberto em {address}, porta {port}",
      proxy = "{project}: proxy aberto em {address}, porta {port}",
    },
    suspect = {
      relay = "{project}: servidor de correio eletrónico possivelmente aberto em {address}, porta {port}",
      proxy = "{project}: proxy possivelmente aberto em {address}, porta {port}",
    },
  },

  greeting = "Aos responsáveis pelo servidor {address}",
  address = "A presente carta diz respeito ao servidor com o endereço IP {address}, porta {port}. Segundo as nossas informações, este "
    .. "servidor está sob a vossa responsabilidade.",
  address_name = "A presente carta diz respeito ao servidor {host}, com o endereço IP {address}, porta {port}. Segundo as nossas "
    .. "informações, este servidor está sob a vossa responsabilidade.",
  source = "O endereço consta da lista «{source}», que indica servidores que podem estar abertos a terceiros. Por isso, testámos o servidor.",
  sources = "O endereço consta de várias listas de servidores que podem estar abertos a terceiros: {sources}. Por isso, testámos o servidor.",
  source_name = "«{name}»",
  source_given = "O endereço consta de uma lista que nos foi fornecida e que indica servidores que "
    .. "podem estar abertos a terceiros. Por isso, testámos o servidor.",
  source_unknown = "O endereço foi-nos indicado como o de um servidor que pode estar aberto a terceiros. Por isso, testámos o servidor.",
  tested = {
    open = {
      relay = "Em {date}, às {time} (UTC), o servidor aceitou uma mensagem do nosso programa de teste, que não se tinha autenticado, e "
        .. "encaminhou-a para uma caixa de correio externa. Um servidor que faz isto para qualquer pessoa chama-se servidor de correio "
        .. "aberto (open relay).",
      proxy = "Em {date}, às {time} (UTC), o servidor encaminhou tráfego do nosso programa de teste, que não se tinha autenticado, para outro "
        .. "computador na Internet. Um servidor que faz isto para qualquer pessoa chama-se proxy aberto (open proxy).",
    },
    suspect = {
      relay = "Em {date}, às {time} (UTC), o servidor aceitou uma mensagem do nosso programa de teste, que não se tinha autenticado, para uma "
        .. "caixa de correio externa. No fim do teste, a mensagem não tinha chegado. Não podemos, portanto, afirmar com certeza que o "
        .. "servidor está aberto, e pedimos que o verifiquem.",
      proxy = "Em {date}, às {time} (UTC), o servidor aceitou ligar o nosso programa de teste, que não se tinha autenticado, a outro computador "
        .. "na Internet. No fim do teste, nada tinha chegado lá. Não podemos, portanto, afirmar com certeza que o servidor está aberto, e "
        .. "pedimos que o verifiquem.",
    },
    doubtful = {
      relay = "Em {date}, às {time} (UTC), o servidor aceitou mensagens do nosso programa de teste, que não se tinha autenticado, para uma "
        .. "caixa de correio externa. Uma delas chegou, outra não. Não podemos, portanto, afirmar com certeza que o servidor está aberto, e "
        .. "pedimos que o verifiquem.",
      proxy = "Em {date}, às {time} (UTC), algo que o nosso programa de teste, que não se tinha autenticado, tinha enviado ao servidor chegou a "
        .. "outro computador na Internet. Mas o servidor também se comportou como um proxy aberto não faz. Não podemos, portanto, afirmar "
        .. "com certeza que está aberto, e pedimos que o verifiquem.",
    },
  },
  no_blame = "Um servidor pode estar aberto sem o conhecimento do proprietário, muitas vezes porque uma definição nunca foi alterada. Partimos "
    .. "do princípio de que não tinham conhecimento disso, e nada vos censuramos.",
  first_step = "Como primeiro passo, pedimos que fechem o servidor a terceiros. Mais abaixo explica-se como fazê-lo.",

  earlier = "Já lhes escrevemos a respeito deste servidor.",
  earlier_on = "Escrevemos-lhes a respeito deste servidor em {date}.",
  earlier_case = "O número do processo era então {earlier_case}.",

  seen_title = "O que observámos",
  seen = "O nosso programa de teste ligou-se à porta {port}. As linhas marcadas com C foram enviadas pelo programa de teste; as linhas "
    .. "marcadas com S foram recebidas do servidor.",
  seen_from = "O nosso programa de teste ligou-se à porta {port} a partir do endereço {from}. As linhas marcadas com C foram enviadas pelo "
    .. "programa de teste; as linhas marcadas com S foram recebidas do servidor.",
  decisive = "As linhas assinaladas com um asterisco (*) são as decisivas.",
  more_lines = { one = "… (mais {n} linha)", other = "… (mais {n} linhas)" },
  returned = {
    relay = "A mensagem levava a marca {token}, que não se pode adivinhar. Chegou ao nosso próprio servidor de receção em {date}, às {time} "
      .. "(UTC), entregue por {peer}.",
    proxy = "A ligação levava a marca {token}, que não se pode adivinhar. Chegou ao nosso próprio servidor de receção em {date}, às {time} "
      .. "(UTC), vinda de {peer}.",
  },
  peer_same = "É o endereço do servidor que testámos.",
  peer_other = "Não é o endereço que testámos; ao que parece, o servidor encaminha tráfego através dele.",
  ports_all = "Pedimos várias portas do nosso próprio computador. Todas as ligações se estabeleceram: {reached}.",
  ports_some = "Pedimos várias portas do nosso próprio computador. Estabeleceram-se as ligações a estas: {reached}. A estas outras, não: "
    .. "{missed}.",
  ports_mail = "Entre elas está a porta 25, usada pelo correio eletrónico: qualquer pessoa pode enviar correio através do servidor, e esse "
    .. "correio parece vir dele.",
  ours_alone = {
    relay = "A mensagem foi dirigida apenas à nossa própria caixa de correio. Nada foi enviado a mais ninguém.",
    proxy = "A ligação dirigiu-se apenas ao nosso próprio computador. Mais ninguém foi contactado através do servidor.",
  },

  check_title = "Como podem verificar por si próprios",
  check = {
    relay = "O passo decisivo pode ser repetido com o programa swaks, que aqui termina antes de ser enviada uma mensagem. Executem-no num "
      .. "computador fora das próprias redes e ponham um endereço próprio noutro fornecedor no lugar de you@elsewhere.example:",
    relay_lines = "Liguem-se ao servidor a partir de um computador fora das próprias redes, com o comando abaixo. Escrevam depois as linhas "
      .. "marcadas acima com C, até RCPT TO, com um endereço próprio noutro fornecedor como destinatário:",
    relay_answer = "Se o servidor responder a RCPT TO com um código que começa por 5, recusa terceiros, como deve. Se o código começar por 2, "
      .. "aceita a mensagem de um terceiro para um destinatário externo.",
    proxy = "Executem estes comandos num computador fora das próprias redes:",
    proxy_answer = "Se um deles mostrar a página «Example Domain», o servidor deixa passar terceiros. Se todos terminarem com um erro, recusou "
      .. "estes pedidos.",
  },

  matter = "Pedimos que leiam esta carta até ao fim: o seu assunto pode afetar o acesso à Internet e a presença na rede.",
  who = "A presente carta faz parte do projeto conjunto «{project}». Nele participam: {partners}.",
  who_alone = "A presente carta faz parte do projeto «{project}».",
  purpose = "O objetivo é indicar aos proprietários de servidores abertos como protegê-los, para que outros não possam usá-los para enviar "
    .. "correio não solicitado (spam) ou para ocultar a sua identidade.",

  what_title = "O que são servidores de correio abertos e proxies abertos",
  what_they_are = "Um servidor de correio aberto (open relay) aceita correio de qualquer pessoa e encaminha-o para qualquer pessoa, embora nem "
    .. "o remetente nem o destinatário tenham relação com o proprietário. Um proxy aberto (open proxy) faz o mesmo com ligações: de "
    .. "qualquer pessoa para qualquer ponto da Internet. Para quem está na outra extremidade, o tráfego parece vir desse servidor.",
  how_abused = "Tais servidores encontram-se facilmente por pesquisas automáticas. São usados para enviar spam em grande quantidade, difundir "
    .. "programas maliciosos, burlar pessoas e atacar outros computadores, enquanto o verdadeiro autor permanece oculto.",

  harm_title = "O que isto pode significar",
  harm = {
    "O servidor e a ligação à Internet podem tornar-se lentos, ou deixar de funcionar, quando passa por eles muito tráfego alheio.",
    "Pode ser necessário pagar esse tráfego e o trabalho de reparação.",
    "O fornecedor de Internet pode restringir ou cortar o acesso.",
    "O endereço pode entrar em listas de bloqueio, de modo que outros recusem o vosso próprio correio.",
    "O spam e os ataques podem parecer vir da vossa organização e prejudicar a sua reputação.",
  },

  remedy_title = "Como fechar o servidor",
  remedy = {
    relay = {
      "Façam com que o servidor aceite correio para destinatários externos apenas das próprias redes e de utilizadores autenticados. Todos os "
        .. "outros devem ser recusados.",
      "Mantenham a lista de redes de confiança tão curta quanto possível. Verifiquem se o servidor vê o verdadeiro endereço de quem se liga, "
        .. "sobretudo quando funciona num contentor ou atrás de um balanceador de carga.",
      "Mantenham o software atualizado.",
    },
    proxy = {
      "Desativem o proxy se não precisarem dele.",
      "Se precisarem dele, permitam o acesso apenas a partir das próprias redes, ou exijam uma palavra-passe. Todos os outros devem ser "
        .. "recusados.",
      "Bloqueiem na firewall a porta {port} para as ligações vindas da Internet.",
      "Se ninguém na organização instalou este serviço, ele pode ter vindo com o equipamento, ou alguém pode ter tomado conta da máquina. Nesse "
        .. "caso, não basta bloquear a porta: a máquina tem de ser examinada.",
    },
  },
  found = {
    open = "O que o nosso teste encontrou: {what} {close}",
    suspect = "Se o servidor está aberto, é desta maneira: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "O servidor encaminha correio de qualquer remetente para qualquer destinatário, sem que nenhum deles tenha de pertencer à "
        .. "organização.",
      close = "Façam-no recusar destinatários externos, a não ser que o cliente esteja na própria rede ou se tenha autenticado.",
    },
    ["same-domain"] = {
      what = "O servidor encaminha correio quando o remetente e o destinatário estão no mesmo domínio, ainda que esse domínio não pertença à "
        .. "organização. Qualquer pessoa pode declarar um tal remetente.",
      close = "Façam com que decida o endereço do cliente ou a sua autenticação, nunca o endereço do remetente.",
    },
    ["null-sender"] = {
      what = "O servidor encaminha correio para qualquer pessoa quando o remetente está vazio (<>), como acontece nos avisos de correio não "
        .. "entregue.",
      close = "O remetente vazio deve obedecer à mesma regra que qualquer outro; eliminem todas as exceções para ele.",
    },
    ["bare-sender"] = {
      what = "O servidor toma um remetente sem domínio por um dos seus próprios utilizadores, e encaminha tudo o que um tal remetente envia.",
      close = "Recusem remetentes sem domínio vindos de fora.",
    },
    ["claimed-sender"] = {
      what = "O servidor encaminha correio para qualquer pessoa quando o endereço do remetente pertence aos seus próprios domínios, nomes ou "
        .. "endereços. Qualquer pessoa pode declarar um tal endereço.",
      close = "Façam com que decida o endereço do cliente ou a sua autenticação, nunca o endereço do remetente.",
    },
    ["claimed-user"] = {
      what = "O servidor encaminha correio para qualquer pessoa quando o endereço do remetente é o de um dos seus utilizadores, como root ou "
        .. "postmaster. Qualquer pessoa pode declarar um tal endereço.",
      close = "Façam com que decida o endereço do cliente ou a sua autenticação, sem exceção para o endereço de nenhum utilizador.",
    },
    ["claimed-greeting"] = {
      what = "O servidor encaminha correio de clientes que dão um certo nome na saudação (EHLO). Qualquer pessoa pode dar qualquer nome.",
      close = "Não confiem em nenhum nome da saudação: façam com que decida o endereço do cliente ou a sua autenticação.",
    },
    ["unknown-sender"] = {
      what = "O servidor encaminha correio de remetentes cujo domínio não existe.",
      close = "Façam-no recusar destinatários externos quando o cliente é um terceiro, e remetentes cujo domínio é desconhecido.",
    },
    ["empty-domain"] = {
      what = "O servidor toma um endereço que termina em @, sem domínio a seguir, por um dos seus, e depois encaminha o correio.",
      close = "Recusem um endereço com domínio vazio como erro de sintaxe, antes de qualquer outra decisão.",
    },
    ["bare-recipient"] = {
      what = "O servidor não aplica a sua regra a destinatários escritos sem parênteses angulares.",
      close = "Aceitem apenas endereços entre parênteses angulares.",
    },
    ["quoted-route"] = {
      what = "O servidor toma um endereço entre aspas por um dos seus, retira as aspas e depois encaminha o correio para o que estava entre elas.",
      close = "Façam com que a regra decida depois de os endereços serem reescritos, ou recusem @, %, ! e / antes do domínio.",
    },
    ["percent-route"] = {
      what = "O servidor lê um % antes do domínio como um caminho (user%elsewhere.example@your-server) e encaminha o correio por ele.",
      close = "Desativem esta forma antiga de encaminhamento.",
    },
    ["two-ats"] = {
      what = "O servidor toma um endereço com dois @ por um dos seus segundo o último, e encaminha o correio segundo o primeiro.",
      close = "Recusem endereços com mais de um @ como erro de sintaxe.",
    },
    ["source-route"] = {
      what = "O servidor segue um caminho antes do endereço (@your-server:user@elsewhere.example) e encaminha o correio por ele.",
      close = "Ignorem ou recusem tais caminhos.",
    },
    ["uucp-path"] = {
      what = "O servidor lê um ! num endereço como um caminho (elsewhere.example!user) e encaminha o correio por ele, ou toma um remetente com "
        .. "! por um dos seus.",
      close = "Recusem ! em endereços vindos de fora.",
    },
    ["srs-hash"] = {
      what = "O servidor converte os endereços de retorno reescritos (SRS) nos endereços que contêm sem verificar o hash, e encaminha o correio "
        .. "para lá.",
      close = "Verifiquem o hash e a data de um tal endereço, e recusem-no quando não forem válidos.",
    },
    spelling = {
      what = "O servidor não reconhece o domínio de um destinatário quando está escrito de outra maneira (maiúsculas, um ponto final, letras de "
        .. "largura total), e encaminha o correio.",
      close = "Reduzam um domínio a uma só grafia antes de o comparar com qualquer lista.",
    },
    smtputf8 = {
      what = "O servidor não aplica a sua regra a mensagens anunciadas como internacionalizadas (SMTPUTF8).",
      close = "Façam valer para elas a mesma regra, ou desativem a extensão.",
    },
    ["inside-tls"] = {
      what = "O servidor recusa terceiros numa ligação em claro, mas encaminha correio de qualquer pessoa quando a ligação está cifrada "
        .. "(STARTTLS).",
      close = "A cifragem só por si não é autenticação: exijam uma palavra-passe, ou confiem apenas em certificados de cliente conhecidos.",
    },
    xclient = {
      what = "O servidor deixa qualquer cliente dizer com o comando XCLIENT de que endereço vem, e encaminha correio de quem se faz passar pelo "
        .. "próprio servidor.",
      close = "Aceitem XCLIENT apenas das próprias gateways (192.0.2.10 no exemplo).",
    },
    ["proxy-line"] = {
      what = "O servidor acredita na linha PROXY de qualquer cliente, que diz de onde vem uma ligação, e encaminha correio de quem se faz passar "
        .. "pelo próprio servidor.",
      close = "Aceitem o protocolo PROXY apenas do próprio balanceador de carga (192.0.2.10 no exemplo), numa porta a que só ele possa chegar.",
    },
    ["second-recipient"] = {
      what = "O servidor recusa um destinatário externo quando é o primeiro, e aceita-o depois de um dos seus.",
      close = "Façam com que a regra decida sobre cada destinatário em separado.",
    },
    ["web-form"] = {
      what = "Um formulário do servidor web envia correio para qualquer endereço indicado no pedido.",
      close = "Escrevam os destinatários do correio no script do formulário, não tomem nenhum do pedido, e eliminem scripts antigos como o "
        .. "FormMail.",
    },
    ["web-proxy"] = {
      what = "Uma página do servidor web vai buscar, para qualquer pessoa, o URL indicado num pedido, e mostra o que obteve.",
      close = "Eliminem o script, ou permitam-lhe ir buscar apenas aos anfitriões que listaram, e apenas para quem se autenticou.",
    },
    ["local-services"] = {
      what = "O proxy conduz terceiros a serviços da sua própria máquina, que talvez confiem em quem vem dela.",
      close = "Recusem destinos na própria máquina do proxy (127.0.0.1, ::1 e os seus outros endereços), e admitam apenas clientes da própria "
        .. "rede.",
    },
    ["connect-udp"] = {
      what = "O servidor envia por HTTP os datagramas (UDP) de qualquer pessoa para qualquer endereço (connect-udp, também chamado MASQUE).",
      close = "Desativem o connect-udp se não precisarem dele. Caso contrário, exijam autenticação, ou admitam apenas clientes da própria rede.",
    },
    ["ipv6-clients"] = {
      what = "Isto aconteceu por IPv6. Muitas vezes, um servidor num contentor vê todos os clientes IPv6 com um endereço da sua própria rede, e "
        .. "por isso confia neles.",
      close = "Assegurem-se de que o servidor vê os verdadeiros endereços IPv6 dos seus clientes, e retirem a rede dos contentores das redes de "
        .. "confiança.",
    },
  },
  cause_named = "Esta definição de {software} fecha exatamente isso:",
  cause_if = "Se o servidor usa {software}, isto fecha exatamente isso:",
  software_named = "O servidor diz que usa {software}. Estas definições fecham {software} a terceiros. Substituem as linhas do mesmo nome. "
    .. "Ponham a própria rede onde está 192.0.2.0/24.",
  software_if = "Se o servidor usa {software}, estas definições fecham-no a terceiros. Substituem as linhas do mesmo nome. Ponham a própria "
    .. "rede onde está 192.0.2.0/24.",
  software_none = "Se nos disserem que software o servidor usa, podemos indicar com mais precisão o que definir.",
  firewall = "Seja qual for o software, uma firewall mantém terceiros de fora. Ponham a própria rede onde está 192.0.2.0/24.",
  on_system = "Com {system}:",
  makers = "Entre as ligações abaixo há instruções para software comum, de quem o faz, e algumas que valem para qualquer software.",
  in_file = "No ficheiro {file}:",
  remove = "Retirem do ficheiro {file}:",
  run = "Executem depois:",
  shell = "Na linha de comandos do próprio programa:",
  questions = "Estas perguntas podem ajudar a encontrar o ponto fraco:",

  links_title = "Mais informações",

  after_title = "Novo teste e objeções",
  retest = "Quando o servidor estiver fechado, escrevam para {retest} com «RETEST {case}» como assunto. Testá-lo-emos então de novo e "
    .. "comunicaremos o resultado.",
  object = "Se considerarem que algo aqui está incorreto, escrevam para {objection} e indiquem o número do processo, {case}.",
  lists = "Há duas listas de quem não deseja isto. Podem constar de uma delas, ou de ambas:",
  list_tests = "Se não quiserem que o servidor seja testado de novo, escrevam para {stop_tests} com «STOP-TESTS {case}» como assunto.",
  list_letters = "Se não quiserem receber mais cartas, escrevam para {stop_letters} com «STOP-LETTERS {case}» como assunto.",

  evidence_title = "Provas",
  evidence = "Tudo o que se passou entre o nosso programa de teste e o servidor foi guardado, com as horas, no ficheiro de provas {bundle}, "
    .. "processo {case}. Este é o resumo SHA-256 do ficheiro, tal como o comando «sha256sum» o apresenta:",
  evidence_check = "Um ficheiro com outro resumo é outro ficheiro, ou foi alterado ou aumentado depois desta carta. O ficheiro está assinado com "
    .. "a chave {key_id}. A parte que vos diz respeito pode ser obtida junto de nós: é um ficheiro com o seu próprio resumo, sob a mesma "
    .. "assinatura. Ambos se verificam com o comando «ajar verify» ou, sem o nosso software, com minisign e sha256sum, como explica o "
    .. "ficheiro VERIFY.txt que contêm. A chave pública é:",

  contact = "As perguntas podem ser enviadas para {contact}.",
  regards = "Com os melhores cumprimentos",

  interval = {
    one = "Receberão de nós, no máximo, uma carta deste tipo por dia.",
    other = "Receberão de nós, no máximo, uma carta deste tipo em cada {n} dias.",
  },

  group_subject = "{project}: servidores sob a vossa responsabilidade que estão, ou podem estar, abertos a "
    .. "terceiros ({case})",
  group_greeting = "Aos responsáveis pelos servidores indicados mais abaixo",
  group_findings = {
    one = "A presente carta diz respeito a {n} constatação relativa a servidores que, segundo as nossas "
      .. "informações, estão sob a vossa responsabilidade.",
    other = "A presente carta diz respeito a {n} constatações relativas a servidores que, segundo as nossas "
      .. "informações, estão sob a vossa responsabilidade.",
  },
  group_at_one = "Todas dizem respeito ao endereço IP {address}.",
  group_at = { one = "Dizem respeito a {n} endereço IP.", other = "Dizem respeito a {n} endereços IP diferentes." },
  group_tested = "Os endereços foram-nos indicados como os de servidores que podem estar abertos a terceiros. "
    .. "Por isso, testámos os servidores. A lista que se segue indica o resultado de cada teste.",
  group_first_step = "Como primeiro passo, pedimos que fechem estes servidores a terceiros. Mais abaixo "
    .. "explica-se como fazê-lo.",
  group_title = "O que encontrámos",
  group_columns = {
    address = "Endereço",
    port = "Porta",
    found = "Constatação",
    time = "Hora (UTC)",
  },
  group_found = {
    open = { relay = "servidor de correio aberto", proxy = "proxy aberto" },
    suspect = { relay = "servidor de correio, talvez aberto", proxy = "proxy, talvez aberto" },
  },
  group_attached = "O ficheiro anexo {file} contém todas as constatações, uma por linha, com mais pormenores.",
  group_example = "Um exemplo é o servidor no endereço {address}, porta {port} (processo {case}).",
  group_remedy_for = "Sobre o endereço {address}, porta {port}, e servidores semelhantes:",
  group_retest = "Quando os servidores estiverem fechados, escrevam para {retest} com «RETEST {case}» como "
    .. "assunto; esse número vale para todos os processos desta carta. Se só alguns estiverem fechados, "
    .. "indiquem esses processos na mensagem. Testá-los-emos então de novo e comunicaremos o resultado.",
  group_list_tests = "Se não quiserem que estes servidores sejam testados de novo, escrevam para {stop_tests} "
    .. "com «STOP-TESTS {case}» como assunto.",
  group_evidence = "Tudo o que se passou entre o nosso programa de teste e os servidores foi guardado, com as "
    .. "horas, no ficheiro de provas {bundle}, cada processo sob o seu número. Este é o resumo SHA-256 do "
    .. "ficheiro, tal como o comando «sha256sum» o apresenta:",
  group_earlier = "Já lhes escrevemos a respeito destes servidores.",
  group_earlier_on = "Escrevemos-lhes a respeito destes servidores em {date}.",

  tones = {
    reminder = {
      group_subject = "{project}: lembrete sobre servidores sob a vossa responsabilidade que estão, ou podem "
        .. "estar, abertos a terceiros ({case})",
      group_tested = "Testámo-los agora de novo. A lista que se segue indica o resultado de cada teste.",
      group_first_step = "Pedimos que fechem agora estes servidores a terceiros. Mais abaixo explica-se como "
        .. "fazê-lo. Se já estão a tratar disso, ou precisam de ajuda, pedimos que nos informem: basta uma "
        .. "breve mensagem para {contact}.",
      group_no_blame = "A nossa carta anterior pode não ter chegado à pessoa certa, ou uma alteração pode não "
        .. "ter tido o efeito pretendido. Se os responsáveis por estes servidores são outros, pedimos que lhes "
        .. "encaminhem esta carta.",
      subject = {
        open = {
          relay = "{project}: lembrete sobre o servidor de correio eletrónico aberto em {address}, porta {port}",
          proxy = "{project}: lembrete sobre o proxy aberto em {address}, porta {port}",
        },
        suspect = {
          relay = "{project}: lembrete sobre o servidor de correio eletrónico em {address}, porta {port}",
          proxy = "{project}: lembrete sobre o proxy em {address}, porta {port}",
        },
      },
      again = "Testámo-lo agora de novo.",
      still = "O servidor continua, portanto, aberto a terceiros.",
      no_blame = "A nossa carta anterior pode não ter chegado à pessoa certa, ou uma alteração pode não ter tido o efeito pretendido. Se os "
        .. "responsáveis pelo servidor são outros, pedimos que lhes encaminhem esta carta.",
      first_step = "Pedimos que fechem agora o servidor a terceiros. Mais abaixo explica-se como fazê-lo. Se já estão a tratar disso, ou precisam "
        .. "de ajuda, pedimos que nos informem: basta uma breve mensagem para {contact}.",
    },

    provider = {
      group_subject = "{project}: servidores na vossa rede que estão, ou podem estar, abertos a terceiros ({case})",
      group_greeting = "Aos responsáveis pela rede a que pertencem os endereços indicados mais abaixo",
      group_findings = {
        one = "A presente carta diz respeito a {n} constatação relativa a servidores que, segundo as nossas "
          .. "informações, estão na vossa rede; podem ser de clientes vossos.",
        other = "A presente carta diz respeito a {n} constatações relativas a servidores que, segundo as nossas "
          .. "informações, estão na vossa rede; podem ser de clientes vossos.",
      },
      group_first_step = "Pedimos que encaminhem esta carta a quem gere os servidores e que cuidem de que sejam "
        .. "fechados a terceiros. Se souberem a quem devemos antes escrever, pedimos que nos indiquem: "
        .. "{contact}.",
      group_limit = "Até estarem fechados, é possível proteger outros bloqueando as ligações da Internet às "
        .. "portas dos proxies e limitando o que os servidores de correio eletrónico podem enviar para a porta "
        .. "25 de outros servidores.",
      subject = {
        open = {
          relay = "{project}: servidor de correio eletrónico aberto na vossa rede em {address}, porta {port}",
          proxy = "{project}: proxy aberto na vossa rede em {address}, porta {port}",
        },
        suspect = {
          relay = "{project}: servidor de correio eletrónico possivelmente aberto na vossa rede em {address}, porta {port}",
          proxy = "{project}: proxy possivelmente aberto na vossa rede em {address}, porta {port}",
        },
      },
      greeting = "Aos responsáveis pela rede a que pertence o endereço {address}",
      address = "A presente carta diz respeito ao servidor com o endereço IP {address}, porta {port}. Segundo as nossas informações, o endereço "
        .. "pertence à vossa rede, e o servidor pode ser o de um cliente vosso.",
      address_name = "A presente carta diz respeito ao servidor {host}, com o endereço IP {address}, porta {port}. Segundo as nossas "
        .. "informações, o endereço pertence à vossa rede, e o servidor pode ser o de um cliente vosso.",
      matter = "Pedimos que leiam esta carta até ao fim: o seu assunto pode afetar a vossa rede e os vossos clientes.",
      no_blame = "Um servidor pode estar aberto sem o conhecimento do proprietário, muitas vezes porque uma definição nunca foi alterada. Nada "
        .. "vos censuramos, nem ao vosso cliente.",
      first_step = "Pedimos que encaminhem esta carta a quem gere o servidor e que cuidem de que ele seja fechado a terceiros. Se souberem a quem "
        .. "devemos antes escrever, pedimos que nos indiquem: {contact}.",
      limit = {
        relay = "Até estar fechado, é possível proteger outros limitando o que o servidor pode enviar para a porta 25 de outros servidores.",
        proxy = "Até estar fechado, é possível proteger outros bloqueando as ligações da Internet à porta {port} deste endereço.",
      },
      harm_title = "O que isto pode significar para a rede e para os clientes",
      harm = {
        "Endereços da vossa rede podem entrar em listas de bloqueio, de modo que outros recusem o vosso correio e o de clientes que nada têm a "
          .. "ver com o assunto.",
        "O tráfego de terceiros ocupa as vossas linhas, e pode ser necessário pagá-lo.",
        "As queixas por spam e ataques chegam à vossa organização, pois estes parecem vir da vossa rede.",
      },
      pass_on = "O que se segue destina-se a quem gere o servidor.",
    },

    ["all-clear"] = {
      group_subject = "{project}: servidores sob a vossa responsabilidade estão fechados a terceiros ({case})",
      group_findings = {
        one = "A presente carta diz respeito a {n} servidor que os nossos testes anteriores encontraram aberto "
          .. "e que, segundo as nossas informações, está sob a vossa responsabilidade.",
        other = "A presente carta diz respeito a {n} servidores que os nossos testes anteriores encontraram "
          .. "abertos e que, segundo as nossas informações, estão sob a vossa responsabilidade.",
      },
      group_tested = "Testámo-los de novo. O nosso programa de teste, que não se tinha autenticado, já não "
        .. "conseguiu passar por nenhum deles. A lista que se segue indica o resultado de cada teste.",
      group_found = {
        closed = { relay = "servidor de correio fechado", proxy = "proxy fechado" },
      },
      group_thanks = "Tanto quanto estes testes permitem saber, os servidores estão fechados a terceiros. "
        .. "Agradecemos a ajuda.",
      group_bounds = "Os testes incidiram apenas sobre estes serviços, nesses momentos. Nada dizem sobre outros "
        .. "serviços das máquinas, e uma alteração posterior das definições pode voltar a abrir um servidor.",
      subject = {
        closed = {
          relay = "{project}: o servidor de correio eletrónico em {address}, porta {port}, está fechado a terceiros",
          proxy = "{project}: o proxy em {address}, porta {port}, está fechado a terceiros",
        },
      },
      tested = {
        closed = {
          relay = "Em {date}, às {time} (UTC), testámo-lo de novo. O nosso programa de teste, que não se tinha autenticado, não conseguiu enviar "
            .. "através do servidor uma mensagem para uma caixa de correio externa.",
          proxy = "Em {date}, às {time} (UTC), testámo-lo de novo. O nosso programa de teste, que não se tinha autenticado, não conseguiu chegar "
            .. "através do servidor a outro computador na Internet.",
        },
      },
      thanks = "Tanto quanto este teste permite saber, o servidor está fechado a terceiros. Agradecemos a ajuda.",
      settled = "Para nós, o assunto fica assim resolvido, e não é necessário responder a esta carta.",
      bounds = "O teste incidiu apenas sobre este serviço, nesse momento. Nada diz sobre outros serviços da máquina, e uma alteração posterior das "
        .. "definições pode voltar a abrir o servidor.",
      left_title = "O que pode ainda faltar fazer",
      left = {
        relay = {
          "Mensagens deixadas por terceiros no servidor podem ainda esperar na fila. Verifiquem a fila e apaguem o que não for vosso.",
          "Se o endereço consta de listas de bloqueio, quem as gere retira-o a pedido; algumas listas fazem-no por si ao fim de algum tempo.",
          "Mantenham o software atualizado e verifiquem o servidor a partir de fora após cada alteração das definições.",
        },
        proxy = {
          "Os registos do servidor podem mostrar quem o usou enquanto esteve aberto, e para quê. Conservem-nos se tencionarem apresentar queixa.",
          "Se ninguém na organização instalou este serviço, alguém pode ter tomado conta da máquina. Nesse caso, ela tem de ser examinada, embora "
            .. "já não se possa chegar ao serviço.",
          "Se o endereço consta de listas de bloqueio, quem as gere retira-o a pedido; algumas listas fazem-no por si ao fim de algum tempo.",
          "Mantenham o software atualizado e verifiquem o servidor a partir de fora após cada alteração das definições.",
        },
      },
    },
  },
}

return {
  code = "pt",
  name = "português",
  english = "Portuguese",
  messages = messages,

  plural = function(n)
    return n < 2 and "one" or "other"
  end,

  -- 24 de novembro de 2026
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

  -- a, b e c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " e " .. items[#items] or items[1]
  end,
}
