-- Turkish. The letter is a «yazı» and the reader «siz»; a proxy is a «vekil sunucu». That a server is open or closed to strangers is
-- said in full («yetkisiz kullanıma açık»), as «açık» and «kapalı» alone would be that it is switched on or off. No suffix stands
-- behind what is filled in: a noun takes it.

local months = { "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos",
  "Eylül", "Ekim", "Kasım", "Aralık" }

local messages = {
  subject = {
    open = {
      relay = "{project}: {address} adresinde, {port} numaralı portta açık e-posta sunucusu",
      proxy = "{project}: {address} adresinde, {port} numaralı portta açık vekil sunucu",
    },
    suspect = {
      relay = "{project}: {address} adresinde, {port} numaralı portta olası açık e-posta sunucusu",
      proxy = "{project}: {address} adresinde, {port} numaralı portta olası açık vekil sunucu",
    },
  },

  greeting = "{address} adresli sunucunun sorumlularının dikkatine",
  address = "Bu yazı, {address} IP adresinde ve {port} numaralı portta hizmet veren sunucuyla "
    .. "ilgilidir. Bildiğimiz kadarıyla bu sunucu sizin sorumluluğunuzdadır.",
  address_name = "Bu yazı, {address} IP adresinde ve {port} numaralı portta hizmet veren {host} "
    .. "adlı sunucuyla ilgilidir. Bildiğimiz kadarıyla bu sunucu sizin sorumluluğunuzdadır.",
  source = "Bu adres, yetkisiz kullanıma açık olabilecek sunucuları içeren “{source}” adlı listede "
    .. "yer almaktadır. Bu nedenle sunucuyu test ettik.",
  sources = "Bu adres, yetkisiz kullanıma açık olabilecek sunucuları içeren birden fazla listede "
    .. "yer almaktadır: {sources}. Bu nedenle sunucuyu test ettik.",
  source_name = "“{name}”",
  source_given = "Bu adres, bize verilen ve yetkisiz kullanıma açık olabilecek sunucuları içeren bir "
    .. "listede yer almaktadır. Bu nedenle sunucuyu test ettik.",
  source_unknown = "Bu adres bize, yetkisiz kullanıma açık olabilecek bir sunucunun adresi olarak "
    .. "bildirildi. Bu nedenle sunucuyu test ettik.",
  tested = {
    open = {
      relay = "{date} tarihinde (saat {time} UTC) sunucu, oturum açmamış olan test programımızdan "
        .. "bir ileti kabul etti ve bu iletiyi başka bir yerdeki posta kutusuna aktardı. Bunu "
        .. "herkes için yapan sunuculara açık e-posta sunucusu (open relay) denir.",
      proxy = "{date} tarihinde (saat {time} UTC) sunucu, oturum açmamış olan test programımızın "
        .. "trafiğini internetteki başka bir bilgisayara aktardı. Bunu herkes için yapan "
        .. "sunuculara açık vekil sunucu (open proxy) denir.",
    },
    suspect = {
      relay = "{date} tarihinde (saat {time} UTC) sunucu, oturum açmamış olan test programımızın "
        .. "başka bir yerdeki posta kutusuna gönderdiği bir iletiyi kabul etti. Test sona "
        .. "erdiğinde ileti oraya ulaşmamıştı. Bu nedenle sunucunun yetkisiz kullanıma açık "
        .. "olduğunu kesin olarak söyleyemiyoruz; sunucuyu kontrol etmenizi rica ederiz.",
      proxy = "{date} tarihinde (saat {time} UTC) sunucu, oturum açmamış olan test programımızı "
        .. "internetteki başka bir bilgisayara bağlamayı kabul etti. Test sona erdiğinde oraya "
        .. "hiçbir şey ulaşmamıştı. Bu nedenle sunucunun yetkisiz kullanıma açık olduğunu kesin "
        .. "olarak söyleyemiyoruz; sunucuyu kontrol etmenizi rica ederiz.",
    },
    doubtful = {
      relay = "{date} tarihinde (saat {time} UTC) sunucu, oturum açmamış olan test programımızın "
        .. "başka bir yerdeki posta kutusuna gönderdiği iletileri kabul etti. Bunlardan biri oraya "
        .. "ulaştı, bir diğeri ulaşmadı. Bu nedenle sunucunun yetkisiz kullanıma açık olduğunu "
        .. "kesin olarak söyleyemiyoruz; sunucuyu kontrol etmenizi rica ederiz.",
      proxy = "{date} tarihinde (saat {time} UTC), oturum açmamış olan test programımızın sunucuya "
        .. "gönderdiği veriler internetteki başka bir bilgisayara ulaştı. Ancak sunucu, açık bir "
        .. "vekil sunucunun yapmayacağı şekilde de davrandı. Bu nedenle sunucunun yetkisiz "
        .. "kullanıma açık olduğunu kesin olarak söyleyemiyoruz; sunucuyu kontrol etmenizi rica "
        .. "ederiz.",
    },
  },
  no_blame = "Bir sunucu, çoğu zaman bir ayar hiç değiştirilmediği için, sahibinin bilgisi olmadan "
    .. "yetkisiz kullanıma açık olabilir. Durumdan haberiniz olmadığını varsayıyoruz ve yanlış bir "
    .. "şey yaptığınızı ileri sürmüyoruz.",
  first_step = "İlk adım olarak, sunucuyu yetkisiz kullanıma kapatmanızı rica ederiz. Bunun nasıl "
    .. "yapılacağı aşağıda açıklanmıştır.",

  earlier = "Bu sunucu hakkında size daha önce de yazmıştık.",
  earlier_on = "Bu sunucu hakkında size {date} tarihinde yazmıştık.",
  earlier_case = "O zamanki vaka numarası: {earlier_case}.",

  seen_title = "Gözlemlerimiz",
  seen = "Test programımız {port} numaralı porta bağlandı. C ile işaretli satırları test programı "
    .. "göndermiştir; S ile işaretli satırlar sunucudan alınmıştır.",
  seen_from = "Test programımız, {from} adresinden {port} numaralı porta bağlandı. C ile işaretli "
    .. "satırları test programı göndermiştir; S ile işaretli satırlar sunucudan alınmıştır.",
  decisive = "Belirleyici satırların başında yıldız (*) bulunur.",
  more_lines = { one = "… (1 satır daha)", other = "… ({n} satır daha)" },
  returned = {
    relay = "İleti, tahmin edilmesi mümkün olmayan {token} işaretini taşıyordu. Kendi alıcı "
      .. "sunucumuza {date} tarihinde (saat {time} UTC) {peer} adresinden teslim edildi.",
    proxy = "Bağlantı, tahmin edilmesi mümkün olmayan {token} işaretini taşıyordu. Kendi alıcı "
      .. "sunucumuza {date} tarihinde (saat {time} UTC) {peer} adresinden ulaştı.",
  },
  peer_same = "Bu, test ettiğimiz sunucunun adresidir.",
  peer_other = "Bu, test ettiğimiz adres değildir; sunucu trafiği bu adres üzerinden aktarıyor "
    .. "gibi görünmektedir.",
  ports_all = "Kendi bilgisayarımızın birden fazla portuna bağlantı istedik. Bağlantıların tümü "
    .. "kuruldu: {reached}.",
  ports_some = "Kendi bilgisayarımızın birden fazla portuna bağlantı istedik. Bağlantı kurulan "
    .. "portlar: {reached}. Bağlantı kurulamayan portlar: {missed}.",
  ports_mail = "Sunucunun bağlantı sağladığı portlar arasında, e-posta için kullanılan 25 numaralı "
    .. "port da vardır: Sunucu üzerinden herkes e-posta gönderebilir ve bu e-postalar oradan "
    .. "geliyormuş gibi görünür.",
  ours_alone = {
    relay = "İleti yalnızca kendi posta kutumuza gönderilmiştir. Başka hiç kimseye bir şey "
      .. "gönderilmemiştir.",
    proxy = "Bağlantı yalnızca kendi bilgisayarımıza yöneliktir. Sunucu üzerinden başka hiç "
      .. "kimseyle bağlantı kurulmamıştır.",
  },

  check_title = "Bunu kendiniz nasıl görebilirsiniz",
  check = {
    relay = "Belirleyici adım, swaks programıyla tekrarlanabilir; program burada ileti "
      .. "gönderilmeden sonlanır. Lütfen aşağıdaki komutu kendi ağlarınızın dışındaki bir "
      .. "bilgisayarda çalıştırın ve you@elsewhere.example yerine başka bir sağlayıcıdaki kendi "
      .. "adresinizi yazın:",
    relay_lines = "Lütfen kendi ağlarınızın dışındaki bir bilgisayardan aşağıdaki komutla sunucuya "
      .. "bağlanın. Ardından yukarıda C ile işaretli satırları, RCPT TO satırı dâhil olmak üzere "
      .. "yazın; alıcı olarak başka bir sağlayıcıdaki kendi adresinizi kullanın:",
    relay_answer = "Sunucu RCPT TO komutuna 5 ile başlayan bir kodla yanıt verirse, yetkisiz "
      .. "kişileri olması gerektiği gibi reddediyor demektir. Kod 2 ile başlarsa, yetkisiz "
      .. "kişilerin başka yerlerdeki alıcılara gönderdiği iletileri kabul ediyor demektir.",
    proxy = "Lütfen aşağıdaki komutları kendi ağlarınızın dışındaki bir bilgisayarda çalıştırın:",
    proxy_answer = "Bunlardan biri “Example Domain” sayfasını gösterirse, sunucu yetkisiz "
      .. "kişilerin geçişine izin veriyor demektir. Hepsi hatayla sonuçlanırsa, sunucu bu "
      .. "istekleri reddetmiştir.",
  },

  matter = "Lütfen bu yazıyı sonuna kadar okuyun: Ele aldığı konu, internete erişiminizi ve "
    .. "internetteki varlığınızı etkileyebilir.",
  who = "Bu yazı, “{project}” adlı ortak proje kapsamında gönderilmiştir. Projede yer alanlar: "
    .. "{partners}.",
  who_alone = "Bu yazı, “{project}” projesi kapsamında gönderilmiştir.",
  purpose = "Projenin amacı, yetkisiz kullanıma açık sunucuların sahiplerini, sunucularını nasıl "
    .. "güvenli hâle getirebilecekleri konusunda bilgilendirmek ve böylece başkalarının bu "
    .. "sunucuları istenmeyen e-posta (spam) göndermek veya kimliğini gizlemek için kullanmasını "
    .. "önlemektir.",

  what_title = "Açık e-posta sunucuları ve açık vekil sunucular nedir",
  what_they_are = "Açık e-posta sunucusu (open relay), gönderenin de alıcının da sunucunun "
    .. "sahibiyle bir ilgisi olmamasına rağmen, herkesten e-posta kabul eder ve bunları herkese "
    .. "aktarır. Açık vekil sunucu (open proxy) aynı şeyi bağlantılar için yapar: Herkesten gelen "
    .. "bağlantıları internette herhangi bir yere aktarır. Karşı taraftakilere trafik o sunucudan "
    .. "geliyormuş gibi görünür.",
  how_abused = "Bu tür sunucular otomatik aramalarla kolayca bulunur. Gerçek gönderen gizli "
    .. "kalırken çok miktarda istenmeyen e-posta göndermek, kötü amaçlı yazılım yaymak, insanları "
    .. "dolandırmak ve başka bilgisayarlara saldırmak için kullanılır.",

  harm_title = "Sizin için olası sonuçlar",
  harm = {
    "Başkalarına ait çok miktarda trafik geçtiğinde sunucu ve internet bağlantınız yavaşlayabilir "
      .. "veya çalışmaz hâle gelebilir.",
    "Trafiğin ve sorunun giderilmesi için yapılacak çalışmaların maliyeti size yansıyabilir.",
    "İnternet servis sağlayıcınız erişiminizi kısıtlayabilir veya kesebilir.",
    "Adres engelleme listelerine alınabilir; bu durumda başkaları sizin e-postalarınızı reddeder.",
    "İstenmeyen e-postalar ve saldırılar sizden geliyormuş gibi görünebilir ve itibarınıza zarar "
      .. "verebilir.",
  },

  remedy_title = "Sunucu yetkisiz kullanıma nasıl kapatılır",
  remedy = {
    relay = {
      "Sunucunun, dışarıdaki alıcılara gönderilecek e-postaları yalnızca kendi ağlarınızdan ve "
        .. "oturum açmış kullanıcılardan kabul etmesini sağlayın. Diğer herkes reddedilmelidir.",
      "Güvenilen ağların listesini olabildiğince kısa tutun. Özellikle sunucu bir konteyner içinde "
        .. "veya bir yük dengeleyicinin arkasında çalışıyorsa, bağlananların gerçek adresini "
        .. "gördüğünü kontrol edin.",
      "Yazılımı güncel tutun.",
    },
    proxy = {
      "İhtiyacınız yoksa vekil sunucuyu devre dışı bırakın.",
      "İhtiyacınız varsa, vekil sunucuya yalnızca kendi ağlarınızdan erişilebilmesini sağlayın "
        .. "veya parola isteyin. Diğer herkes reddedilmelidir.",
      "İnternetten {port} numaralı porta erişimi güvenlik duvarında engelleyin.",
      "Bu hizmeti kuruluşunuzda hiç kimse kurmadıysa, hizmet cihazla birlikte gelmiş veya biri "
        .. "makineyi ele geçirmiş olabilir. Bu durumda portu engellemek yeterli değildir; makine "
        .. "incelenmelidir.",
    },
  },
  found = {
    open = "Testimizde belirlenen durum: {what} {close}",
    suspect = "Sunucu yetkisiz kullanıma açıksa bunun nedeni şudur: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Sunucu, gönderen de alıcı da size ait olmasa bile, herhangi bir gönderenden herhangi "
        .. "bir alıcıya e-posta aktarmaktadır.",
      close = "İstemci kendi ağınızda değilse ve oturum açmamışsa, sunucunun dışarıdaki alıcıları "
        .. "reddetmesini sağlayın.",
    },
    ["same-domain"] = {
      what = "Sunucu, gönderen ile alıcı aynı alan adında olduğunda, bu alan adı size ait olmasa "
        .. "bile e-postayı aktarmaktadır. Böyle bir gönderen adresini herkes belirtebilir.",
      close = "Kararı istemcinin adresi veya oturum açmış olması belirlesin; gönderenin adresi "
        .. "hiçbir zaman belirlemesin.",
    },
    ["null-sender"] = {
      what = "Sunucu, teslim edilemeyen iletilere ilişkin bildirimlerde olduğu gibi gönderen boş "
        .. "olduğunda (<>), e-postayı herkese aktarmaktadır.",
      close = "Boş gönderene de diğerleriyle aynı kural uygulanmalıdır; bunun için tanınan tüm "
        .. "istisnaları kaldırın.",
    },
    ["bare-sender"] = {
      what = "Sunucu, alan adı içermeyen bir göndereni kendi kullanıcılarından biri saymakta ve "
        .. "böyle bir gönderenin gönderdiği her şeyi aktarmaktadır.",
      close = "Dışarıdan gelen ve alan adı içermeyen gönderenleri reddedin.",
    },
    ["claimed-sender"] = {
      what = "Sunucu, gönderenin adresi kendi alan adlarından, adlarından veya adreslerinden "
        .. "birine ait olduğunda e-postayı herkese aktarmaktadır. Böyle bir adresi herkes "
        .. "belirtebilir.",
      close = "Kararı istemcinin adresi veya oturum açmış olması belirlesin; gönderenin adresi "
        .. "hiçbir zaman belirlemesin.",
    },
    ["claimed-user"] = {
      what = "Sunucu, gönderenin adresi root veya postmaster gibi kullanıcılarından birinin adresi "
        .. "olduğunda e-postayı herkese aktarmaktadır. Böyle bir adresi herkes belirtebilir.",
      close = "Kararı istemcinin adresi veya oturum açmış olması belirlesin; hiçbir kullanıcının "
        .. "adresine istisna tanımayın.",
    },
    ["claimed-greeting"] = {
      what = "Sunucu, selamlama komutunda (EHLO) belirli bir ad bildiren istemcilerin "
        .. "e-postalarını aktarmaktadır. Herkes istediği adı bildirebilir.",
      close = "Selamlama komutundaki hiçbir ada güvenmeyin; kararı istemcinin adresi veya oturum "
        .. "açmış olması belirlesin.",
    },
    ["unknown-sender"] = {
      what = "Sunucu, alan adı mevcut olmayan gönderenlerden gelen e-postaları aktarmaktadır.",
      close = "Sunucunun, yetkisiz kişilerden gelen e-postalarda dışarıdaki alıcıları ve alan adı "
        .. "bilinmeyen gönderenleri reddetmesini sağlayın.",
    },
    ["empty-domain"] = {
      what = "Sunucu, @ ile biten ve ardından alan adı gelmeyen bir adresi kendi adreslerinden "
        .. "biri saymakta, sonra da e-postayı aktarmaktadır.",
      close = "Alan adı boş olan adresleri, başka bir karar verilmeden önce söz dizimi hatası "
        .. "olarak reddedin.",
    },
    ["bare-recipient"] = {
      what = "Sunucu, açılı ayraçlar (< >) olmadan yazılan alıcılara kuralını uygulamamaktadır.",
      close = "Yalnızca açılı ayraçlar içindeki adresleri kabul edin.",
    },
    ["quoted-route"] = {
      what = "Sunucu, tırnak içindeki bir adresi kendi adreslerinden biri saymakta, tırnakları "
        .. "kaldırmakta ve sonra e-postayı tırnakların arasındaki adrese aktarmaktadır.",
      close = "Kural, adresler yeniden yazıldıktan sonra uygulansın veya alan adından önceki @, %, "
        .. "! ve / karakterlerini reddedin.",
    },
    ["percent-route"] = {
      what = "Sunucu, alan adından önceki % karakterini bir rota olarak yorumlamakta "
        .. "(kullanici%elsewhere.example@sunucunuz) ve e-postayı buna göre aktarmaktadır.",
      close = "Bu eski yönlendirme biçimini kapatın.",
    },
    ["two-ats"] = {
      what = "Sunucu, iki @ içeren bir adresi sonuncusuna bakarak kendi adreslerinden biri "
        .. "saymakta, e-postayı ise ilkine göre aktarmaktadır.",
      close = "Birden fazla @ içeren adresleri söz dizimi hatası olarak reddedin.",
    },
    ["source-route"] = {
      what = "Sunucu, adresten önce gelen bir rotayı izlemekte "
        .. "(@sunucunuz:kullanici@elsewhere.example) ve e-postayı buna göre aktarmaktadır.",
      close = "Bu tür rotaları yok sayın veya reddedin.",
    },
    ["uucp-path"] = {
      what = "Sunucu, adresteki ! karakterini bir rota olarak yorumlamakta "
        .. "(elsewhere.example!kullanici) ve e-postayı buna göre aktarmakta ya da ! içeren bir "
        .. "göndereni kendi kullanıcılarından biri saymaktadır.",
      close = "Dışarıdan gelen adreslerde ! karakterini reddedin.",
    },
    ["srs-hash"] = {
      what = "Sunucu, yeniden yazılmış dönüş adreslerini (SRS), özet değerini (hash) denetlemeden "
        .. "içlerindeki adreslere geri çevirmekte ve e-postayı oraya aktarmaktadır.",
      close = "Böyle bir adresin özet değerini ve tarihini denetleyin; geçerli değillerse adresi "
        .. "reddedin.",
    },
    spelling = {
      what = "Sunucu, alıcının alan adı başka bir biçimde yazıldığında (büyük harfler, sonda "
        .. "nokta, tam genişlikli harfler) onu tanımamakta ve e-postayı aktarmaktadır.",
      close = "Alan adını, herhangi bir listeyle karşılaştırmadan önce tek bir yazım biçimine getirin.",
    },
    smtputf8 = {
      what = "Sunucu, uluslararasılaştırılmış olarak bildirilen iletilere (SMTPUTF8) kuralını "
        .. "uygulamamaktadır.",
      close = "Aynı kuralı bu iletilere de uygulayın veya eklentiyi kapatın.",
    },
    ["inside-tls"] = {
      what = "Sunucu, şifresiz bağlantıda yetkisiz kişileri reddetmekte, ancak bağlantı "
        .. "şifrelendiğinde (STARTTLS) herkesin e-postasını aktarmaktadır.",
      close = "Şifreleme tek başına oturum açma sayılmaz: Parola isteyin veya yalnızca tanıdığınız "
        .. "istemci sertifikalarına güvenin.",
    },
    xclient = {
      what = "Sunucu, her istemcinin hangi adresten geldiğini XCLIENT komutuyla bildirmesine izin "
        .. "vermekte ve sunucunun kendisi olduğunu ileri süren herkesin e-postasını aktarmaktadır.",
      close = "XCLIENT komutunu yalnızca kendi ağ geçitlerinizden kabul edin (örnekte 192.0.2.10).",
    },
    ["proxy-line"] = {
      what = "Sunucu, bağlantının nereden geldiğini bildiren PROXY satırına, hangi istemciden "
        .. "gelirse gelsin güvenmekte ve sunucunun kendisi olduğunu ileri süren herkesin "
        .. "e-postasını aktarmaktadır.",
      close = "PROXY protokolünü yalnızca kendi yük dengeleyicinizden (örnekte 192.0.2.10) ve "
        .. "yalnızca onun erişebildiği bir portta kabul edin.",
    },
    ["second-recipient"] = {
      what = "Sunucu, dışarıdaki bir alıcıyı ilk sırada olduğunda reddetmekte, kendi alıcılarından "
        .. "birinin ardından geldiğinde ise kabul etmektedir.",
      close = "Kural, her alıcı için ayrı ayrı uygulansın.",
    },
    ["web-form"] = {
      what = "Web sunucusundaki bir form, istekte hangi adres belirtilmişse oraya e-posta "
        .. "göndermektedir.",
      close = "Formun e-postalarının alıcılarını betiğin içine yazın, hiçbirini istekten almayın "
        .. "ve FormMail gibi eski betikleri kaldırın.",
    },
    ["web-proxy"] = {
      what = "Web sunucusundaki bir sayfa, istekte belirtilen herhangi bir URL’yi herkes için "
        .. "getirmekte ve aldığı içeriği göstermektedir.",
      close = "Betiği kaldırın ya da yalnızca listelediğiniz sunuculardan ve yalnızca oturum açmış "
        .. "olanlar için içerik getirmesini sağlayın.",
    },
    ["local-services"] = {
      what = "Vekil sunucu, yetkisiz kişileri kendi makinesindeki hizmetlere ulaştırmaktadır; bu "
        .. "hizmetler oradan gelen herkese güveniyor olabilir.",
      close = "Vekil sunucunun kendi makinesindeki hedefleri (127.0.0.1, ::1 ve diğer adresleri) "
        .. "reddedin ve yalnızca kendi ağınızdaki istemcileri kabul edin.",
    },
    ["connect-udp"] = {
      what = "Sunucu, kim olursa olsun herkesin veri paketlerini (UDP) HTTP üzerinden herhangi bir "
        .. "adrese göndermektedir (connect-udp, diğer adıyla MASQUE).",
      close = "İhtiyacınız yoksa connect-udp özelliğini kapatın. Aksi hâlde oturum açılmasını "
        .. "zorunlu kılın veya yalnızca kendi ağınızdaki istemcileri kabul edin.",
    },
    ["ipv6-clients"] = {
      what = "Bu durum IPv6 üzerinden gerçekleşmiştir. Konteyner içindeki bir sunucu çoğu zaman "
        .. "tüm IPv6 istemcilerini kendi ağının bir adresiyle görür ve bu nedenle onlara güvenir.",
      close = "Sunucunun, istemcilerinin gerçek IPv6 adreslerini gördüğünden emin olun ve "
        .. "konteyner ağını güvenilen ağlardan çıkarın.",
    },
  },
  cause_named = "{software} yazılımının şu ayarı tam olarak bu açığı kapatır:",
  cause_if = "Sunucuda {software} yazılımı çalışıyorsa, tam olarak bu açığı kapatan ayar şudur:",
  software_named = "Sunucu, {software} yazılımını çalıştırdığını bildirmektedir. Aşağıdaki ayarlar "
    .. "{software} yazılımını yetkisiz kullanıma kapatır. Bunları, aynı adı taşıyan satırların "
    .. "yerine koyun. 192.0.2.0/24 yerine kendi ağınızı yazın.",
  software_if = "Sunucuda {software} yazılımı çalışıyorsa, aşağıdaki ayarlar onu yetkisiz "
    .. "kullanıma kapatır. Bunları, aynı adı taşıyan satırların yerine koyun. 192.0.2.0/24 yerine "
    .. "kendi ağınızı yazın.",
  software_none = "Sunucuda hangi yazılımın çalıştığını bize bildirirseniz, nelerin ayarlanması "
    .. "gerektiğini daha kesin olarak söyleyebiliriz.",
  firewall = "Yazılım ne olursa olsun, bir güvenlik duvarı yetkisiz kişileri dışarıda tutar. "
    .. "192.0.2.0/24 yerine kendi ağınızı yazın.",
  on_system = "{system} ile:",
  makers = "Aşağıdaki bağlantılar arasında, yaygın yazılımlar için üreticilerinin hazırladığı "
    .. "yönergeler ve her yazılım için geçerli olan bazı yönergeler bulunmaktadır.",
  in_file = "{file} dosyasında:",
  remove = "{file} dosyasından kaldırın:",
  run = "Ardından çalıştırın:",
  shell = "Programın kendi komut satırında:",
  questions = "Aşağıdaki sorular zayıf noktayı bulmanıza yardımcı olabilir:",

  links_title = "Daha fazla bilgi",

  after_title = "Yeni test ve itirazlar",
  retest = "Sunucu yetkisiz kullanıma kapatıldığında lütfen {retest} adresine “RETEST {case}” "
    .. "konusuyla yazın. Bunun üzerine sunucuyu yeniden test eder ve sonucu size bildiririz.",
  object = "Burada bir yanlışlık olduğunu düşünüyorsanız, lütfen {objection} adresine yazın ve "
    .. "vaka numarasını belirtin: {case}.",
  lists = "Test yapılmasını veya yazı gönderilmesini istemeyenler için iki liste bulunmaktadır. "
    .. "Bunlardan birine veya ikisine birden alınabilirsiniz:",
  list_tests = "Sunucunun yeniden test edilmesini istemiyorsanız, lütfen {stop_tests} adresine "
    .. "“STOP-TESTS {case}” konusuyla yazın.",
  list_letters = "Başka yazı almak istemiyorsanız, lütfen {stop_letters} adresine “STOP-LETTERS "
    .. "{case}” konusuyla yazın.",

  evidence_title = "Kanıtlar",
  evidence = "Test programımız ile sunucu arasındaki tüm iletişim, zaman bilgileriyle birlikte "
    .. "{bundle} adlı kanıt dosyasında, {case} vaka numarasıyla saklanmıştır. “sha256sum” "
    .. "komutunun yazdığı biçimiyle dosyanın SHA-256 özeti şudur:",
  evidence_check = "Özeti farklı olan bir dosya başka bir dosyadır ya da bu yazıdan sonra "
    .. "değiştirilmiş veya genişletilmiştir. Dosya {key_id} anahtarıyla imzalanmıştır. Sizi "
    .. "ilgilendiren bölümü bizden alabilirsiniz: Bu, kendi özeti olan ve aynı imzayı taşıyan bir "
    .. "dosyadır. Her ikisi de “ajar verify” komutuyla veya yazılımımız olmadan, içlerindeki "
    .. "VERIFY.txt dosyasında açıklandığı gibi minisign ve sha256sum ile doğrulanır. Açık anahtar "
    .. "şudur:",

  contact = "Sorularınızı {contact} adresine iletebilirsiniz.",
  regards = "Saygılarımızla",

  interval = {
    one = "Bizden günde en çok bir kez bu tür bir yazı alırsınız.",
    other = "Bizden {n} gün içinde en çok bir kez bu tür bir yazı alırsınız.",
  },

  group_subject = "{project}: sorumluluğunuzda olup yetkisiz kullanıma açık olan veya açık olabilecek sunucular "
    .. "({case})",
  group_greeting = "Aşağıda listelenen sunucuların sorumlularının dikkatine",
  group_findings = {
    one = "Bu yazı, bildiğimiz kadarıyla sizin sorumluluğunuzda olan sunuculara ilişkin {n} bulguyla ilgilidir.",
    other = "Bu yazı, bildiğimiz kadarıyla sizin sorumluluğunuzda olan sunuculara ilişkin {n} bulguyla ilgilidir.",
  },
  group_at_one = "Tümü {address} IP adresiyle ilgilidir.",
  group_at = {
    one = "Bulgular {n} IP adresiyle ilgilidir.",
    other = "Bulgular {n} farklı IP adresiyle ilgilidir.",
  },
  group_tested = "Bu adresler bize, yetkisiz kullanıma açık olabilecek sunucuların adresleri olarak bildirildi. "
    .. "Bu nedenle sunucuları test ettik. Aşağıdaki listede her testin sonucu yer almaktadır.",
  group_first_step = "İlk adım olarak, bu sunucuları yetkisiz kullanıma kapatmanızı rica ederiz. Bunun nasıl "
    .. "yapılacağı aşağıda açıklanmıştır.",
  group_title = "Bulgularımız",
  group_columns = { address = "Adres", port = "Port", found = "Bulgu", time = "Saat (UTC)" },
  group_found = {
    open = { relay = "açık e-posta sunucusu", proxy = "açık vekil sunucu" },
    suspect = { relay = "e-posta sunucusu, açık olabilir", proxy = "vekil sunucu, açık olabilir" },
  },
  group_attached = "Ekteki {file} adlı dosyada, her satırda bir tane olmak üzere bütün bulgular daha fazla "
    .. "ayrıntıyla yer almaktadır.",
  group_example = "Örnek olarak, {address} adresinde, {port} numaralı porttaki sunucu ({case} numaralı vaka) "
    .. "aşağıda gösterilmiştir.",
  group_remedy_for = "{address} adresinde, {port} numaralı porttaki sunucu ve benzerleri hakkında:",
  group_retest = "Sunucular yetkisiz kullanıma kapatıldığında lütfen {retest} adresine “RETEST {case}” "
    .. "konusuyla yazın; bu numara yazıdaki bütün vakalar için geçerlidir. Yalnızca bir bölümü kapatıldıysa, "
    .. "lütfen iletinizde bu vakaları belirtin. Bunun üzerine sunucuları yeniden test eder ve sonucu size "
    .. "bildiririz.",
  group_list_tests = "Bu sunucuların yeniden test edilmesini istemiyorsanız, lütfen {stop_tests} adresine "
    .. "“STOP-TESTS {case}” konusuyla yazın.",
  group_evidence = "Test programımız ile sunucular arasındaki tüm iletişim, zaman bilgileriyle birlikte "
    .. "{bundle} adlı kanıt dosyasında, her vaka kendi numarasıyla saklanmıştır. “sha256sum” komutunun yazdığı "
    .. "biçimiyle dosyanın SHA-256 özeti şudur:",
  group_earlier = "Bu sunucular hakkında size daha önce de yazmıştık.",
  group_earlier_on = "Bu sunucular hakkında size {date} tarihinde yazmıştık.",

  tones = {
    reminder = {
      group_subject = "{project}: sorumluluğunuzda olup yetkisiz kullanıma açık olan veya açık olabilecek "
        .. "sunucular hakkında hatırlatma ({case})",
      group_tested = "Şimdi sunucuları yeniden test ettik. Aşağıdaki listede her testin sonucu yer almaktadır.",
      group_first_step = "Bu sunucuları şimdi yetkisiz kullanıma kapatmanızı rica ederiz. Bunun nasıl "
        .. "yapılacağı aşağıda açıklanmıştır. Konu üzerinde hâlihazırda çalışıyorsanız veya yardıma ihtiyacınız "
        .. "varsa lütfen bize bildirin: {contact} adresine kısa bir ileti yeterlidir.",
      group_no_blame = "Önceki yazımız doğru kişiye ulaşmamış veya yapılan bir değişiklik beklenen etkiyi "
        .. "göstermemiş olabilir. Bu sunuculardan başkaları sorumluysa, lütfen bu yazıyı onlara iletin.",
      subject = {
        open = {
          relay = "{project}: {address} adresinde, {port} numaralı porttaki açık e-posta sunucusu "
            .. "hakkında hatırlatma",
          proxy = "{project}: {address} adresinde, {port} numaralı porttaki açık vekil sunucu "
            .. "hakkında hatırlatma",
        },
        suspect = {
          relay = "{project}: {address} adresinde, {port} numaralı porttaki e-posta sunucusu "
            .. "hakkında hatırlatma",
          proxy = "{project}: {address} adresinde, {port} numaralı porttaki vekil sunucu hakkında "
            .. "hatırlatma",
        },
      },
      again = "Şimdi sunucuyu yeniden test ettik.",
      still = "Dolayısıyla sunucu hâlâ yetkisiz kullanıma açıktır.",
      no_blame = "Önceki yazımız doğru kişiye ulaşmamış veya yapılan bir değişiklik beklenen "
        .. "etkiyi göstermemiş olabilir. Sunucudan başkaları sorumluysa, lütfen bu yazıyı onlara "
        .. "iletin.",
      first_step = "Sunucuyu şimdi yetkisiz kullanıma kapatmanızı rica ederiz. Bunun nasıl "
        .. "yapılacağı aşağıda açıklanmıştır. Konu üzerinde hâlihazırda çalışıyorsanız veya "
        .. "yardıma ihtiyacınız varsa lütfen bize bildirin: {contact} adresine kısa bir ileti "
        .. "yeterlidir.",
    },

    provider = {
      group_subject = "{project}: ağınızda olup yetkisiz kullanıma açık olan veya açık olabilecek sunucular "
        .. "({case})",
      group_greeting = "Aşağıda listelenen adreslerin bağlı olduğu ağın sorumlularının dikkatine",
      group_findings = {
        one = "Bu yazı, bildiğimiz kadarıyla ağınızda bulunan sunuculara ilişkin {n} bulguyla ilgilidir; "
          .. "sunucular müşterilerinizin olabilir.",
        other = "Bu yazı, bildiğimiz kadarıyla ağınızda bulunan sunuculara ilişkin {n} bulguyla ilgilidir; "
          .. "sunucular müşterilerinizin olabilir.",
      },
      group_first_step = "Bu yazıyı sunucuları işletenlere iletmenizi ve sunucuların yetkisiz kullanıma "
        .. "kapatılmasını sağlamanızı rica ederiz. Sizin yerinize kime yazmamız gerektiğini biliyorsanız, "
        .. "lütfen bize bildirin: {contact}.",
      group_limit = "Sunucular yetkisiz kullanıma kapatılana kadar, internetten vekil sunucuların portlarına "
        .. "gelen bağlantıları engelleyerek ve e-posta sunucularının başka sunucuların 25 numaralı portuna "
        .. "gönderebileceklerini kısıtlayarak başkalarını koruyabilirsiniz.",
      subject = {
        open = {
          relay = "{project}: ağınızda, {address} adresinde, {port} numaralı portta açık e-posta "
            .. "sunucusu",
          proxy = "{project}: ağınızda, {address} adresinde, {port} numaralı portta açık vekil sunucu",
        },
        suspect = {
          relay = "{project}: ağınızda, {address} adresinde, {port} numaralı portta olası açık "
            .. "e-posta sunucusu",
          proxy = "{project}: ağınızda, {address} adresinde, {port} numaralı portta olası açık "
            .. "vekil sunucu",
        },
      },
      greeting = "{address} adresinin bağlı olduğu ağın sorumlularının dikkatine",
      address = "Bu yazı, {address} IP adresinde ve {port} numaralı portta hizmet veren sunucuyla "
        .. "ilgilidir. Bildiğimiz kadarıyla bu adres sizin ağınıza aittir ve sunucu "
        .. "müşterilerinizden birinin olabilir.",
      address_name = "Bu yazı, {address} IP adresinde ve {port} numaralı portta hizmet veren "
        .. "{host} adlı sunucuyla ilgilidir. Bildiğimiz kadarıyla bu adres sizin ağınıza aittir ve "
        .. "sunucu müşterilerinizden birinin olabilir.",
      matter = "Lütfen bu yazıyı sonuna kadar okuyun: Ele aldığı konu, ağınızı ve müşterilerinizi "
        .. "etkileyebilir.",
      no_blame = "Bir sunucu, çoğu zaman bir ayar hiç değiştirilmediği için, sahibinin bilgisi "
        .. "olmadan yetkisiz kullanıma açık olabilir. Sizin veya müşterinizin yanlış bir şey "
        .. "yaptığını ileri sürmüyoruz.",
      first_step = "Bu yazıyı sunucuyu işletenlere iletmenizi ve sunucunun yetkisiz kullanıma "
        .. "kapatılmasını sağlamanızı rica ederiz. Sizin yerinize kime yazmamız gerektiğini "
        .. "biliyorsanız, lütfen bize bildirin: {contact}.",
      limit = {
        relay = "Sunucu yetkisiz kullanıma kapatılana kadar, sunucunun başka sunucuların 25 "
          .. "numaralı portuna gönderebileceklerini kısıtlayarak başkalarını koruyabilirsiniz.",
        proxy = "Sunucu yetkisiz kullanıma kapatılana kadar, internetten bu adresin {port} "
          .. "numaralı portuna gelen bağlantıları engelleyerek başkalarını koruyabilirsiniz.",
      },
      harm_title = "Siz ve müşterileriniz için olası sonuçlar",
      harm = {
        "Ağınızın adresleri engelleme listelerine alınabilir; bu durumda başkaları sizden ve "
          .. "konuyla hiçbir ilgisi olmayan müşterilerden gelen e-postaları reddeder.",
        "Yetkisiz kişilerin trafiği hatlarınızı meşgul eder; bu trafiğin bedelini siz veya "
          .. "müşteriniz ödemek zorunda kalabilirsiniz.",
        "İstenmeyen e-postalar ve saldırılar sizin ağınızdan geliyormuş gibi göründüğü için, "
          .. "bunlarla ilgili şikâyetler size ulaşır.",
      },
      pass_on = "Aşağıdakiler sunucuyu işletenler için yazılmıştır.",
    },

    ["all-clear"] = {
      group_subject = "{project}: sorumluluğunuzdaki sunucular yetkisiz kullanıma kapalı ({case})",
      group_findings = {
        one = "Bu yazı, önceki testlerimizde açık bulunan ve bildiğimiz kadarıyla sizin sorumluluğunuzda olan "
          .. "{n} sunucuyla ilgilidir.",
        other = "Bu yazı, önceki testlerimizde açık bulunan ve bildiğimiz kadarıyla sizin sorumluluğunuzda olan "
          .. "{n} sunucuyla ilgilidir.",
      },
      group_tested = "Sunucuları yeniden test ettik. Oturum açmamış olan test programımız artık hiçbirinin "
        .. "üzerinden geçemedi. Aşağıdaki listede her testin sonucu yer almaktadır.",
      group_found = {
        closed = { relay = "kapalı e-posta sunucusu", proxy = "kapalı vekil sunucu" },
      },
      group_thanks = "Bu testlerin gösterebildiği kadarıyla sunucular yetkisiz kullanıma kapalıdır. Yardımınız "
        .. "için teşekkür ederiz.",
      group_bounds = "Testler, yalnızca bu hizmetleri ve yalnızca o anları kapsamaktadır. Makinelerdeki diğer "
        .. "hizmetler hakkında bilgi vermez; ayarlarda daha sonra yapılacak bir değişiklik bir sunucuyu yeniden "
        .. "yetkisiz kullanıma açabilir.",
      subject = {
        closed = {
          relay = "{project}: {address} adresinde, {port} numaralı porttaki e-posta sunucusu "
            .. "yetkisiz kullanıma kapalı",
          proxy = "{project}: {address} adresinde, {port} numaralı porttaki vekil sunucu yetkisiz "
            .. "kullanıma kapalı",
        },
      },
      tested = {
        closed = {
          relay = "{date} tarihinde (saat {time} UTC) sunucuyu yeniden test ettik. Oturum açmamış "
            .. "olan test programımız, sunucu üzerinden başka bir yerdeki posta kutusuna ileti "
            .. "gönderemedi.",
          proxy = "{date} tarihinde (saat {time} UTC) sunucuyu yeniden test ettik. Oturum açmamış "
            .. "olan test programımız, sunucu üzerinden internetteki başka bir bilgisayara "
            .. "ulaşamadı.",
        },
      },
      thanks = "Bu testin gösterebildiği kadarıyla sunucu yetkisiz kullanıma kapalıdır. Yardımınız "
        .. "için teşekkür ederiz.",
      settled = "Böylece vaka bizim açımızdan kapanmıştır; bu yazıya yanıt vermeniz gerekmez.",
      bounds = "Test, yalnızca bu hizmeti ve yalnızca o anı kapsamaktadır. Makinedeki diğer "
        .. "hizmetler hakkında bilgi vermez; ayarlarda daha sonra yapılacak bir değişiklik "
        .. "sunucuyu yeniden yetkisiz kullanıma açabilir.",
      left_title = "Yapılması gerekebilecek diğer işler",
      left = {
        relay = {
          "Yetkisiz kişilerin sunucuya bıraktığı iletiler hâlâ kuyrukta bekliyor olabilir. Lütfen "
            .. "kuyruğu gözden geçirin ve size ait olmayanları silin.",
          "Adres engelleme listelerinde yer alıyorsa, listeleri işletenler talebiniz üzerine "
            .. "adresi çıkarır; bazı listeler bunu bir süre sonra kendiliğinden yapar.",
          "Yazılımı güncel tutun ve ayarlardaki her değişiklikten sonra sunucuyu dışarıdan kontrol "
            .. "edin.",
        },
        proxy = {
          "Sunucunun günlük kayıtları, sunucu yetkisiz kullanıma açıkken onu kimin ne amaçla "
            .. "kullandığını gösterebilir. Durumu polise bildirmeyi düşünüyorsanız lütfen bu "
            .. "kayıtları saklayın.",
          "Bu hizmeti kuruluşunuzda hiç kimse kurmadıysa, biri makineyi ele geçirmiş olabilir. Bu "
            .. "durumda, hizmete artık erişilemese bile makine incelenmelidir.",
          "Adres engelleme listelerinde yer alıyorsa, listeleri işletenler talebiniz üzerine "
            .. "adresi çıkarır; bazı listeler bunu bir süre sonra kendiliğinden yapar.",
          "Yazılımı güncel tutun ve ayarlardaki her değişiklikten sonra sunucuyu dışarıdan kontrol "
            .. "edin.",
        },
      },
    },
  },
}

return {
  code = "tr",
  name = "Türkçe",
  english = "Turkish",
  messages = messages,

  plural = function(n)
    return n == 1 and "one" or "other"
  end,

  -- 24 Kasım 2026
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

  -- a, b ve c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " ve " .. items[#items] or items[1]
  end,
}
