-- Finnish. The reader is addressed as ”te”. An open relay is ”avoin sähköpostipalvelin (open relay)”, an open proxy ”avoin
-- välityspalvelin (open proxy)”, strangers are ”ulkopuoliset”. The noun before what is filled in takes the ending.

local months = { "tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta", "heinäkuuta", "elokuuta",
  "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta" }

local messages = {
  subject = {
    open = {
      relay = "{project}: avoin sähköpostipalvelin osoitteessa {address}, portti {port}",
      proxy = "{project}: avoin välityspalvelin osoitteessa {address}, portti {port}",
    },
    suspect = {
      relay = "{project}: mahdollisesti avoin sähköpostipalvelin osoitteessa {address}, portti {port}",
      proxy = "{project}: mahdollisesti avoin välityspalvelin osoitteessa {address}, portti {port}",
    },
  },

  greeting = "Palvelimesta {address} vastaaville",
  address = "Tämä kirje koskee palvelinta, jonka IP-osoite on {address} ja portti {port}. Käsityksemme mukaan "
    .. "palvelin on teidän vastuullanne.",
  address_name = "Tämä kirje koskee palvelinta {host}, jonka IP-osoite on {address} ja portti {port}. Käsityksemme "
    .. "mukaan palvelin on teidän vastuullanne.",
  source = "Osoite on luettelossa ”{source}”, johon on koottu palvelimia, jotka saattavat olla avoimia "
    .. "ulkopuolisille. Siksi olemme testanneet palvelimen.",
  sources = "Osoite on useassa luettelossa, joihin on koottu palvelimia, jotka saattavat olla avoimia "
    .. "ulkopuolisille: {sources}. Siksi olemme testanneet palvelimen.",
  source_name = "”{name}”",
  source_given = "Osoite on meille toimitetussa luettelossa, johon on koottu palvelimia, jotka "
    .. "saattavat olla avoimia ulkopuolisille. Siksi olemme testanneet palvelimen.",
  source_unknown = "Meille on ilmoitettu, että osoitteessa saattaa olla palvelin, joka on avoin ulkopuolisille. "
    .. "Siksi olemme testanneet palvelimen.",
  tested = {
    open = {
      relay = "Palvelin otti {date} kello {time} (UTC) vastaan viestin testiohjelmaltamme, joka ei ollut kirjautunut "
        .. "sisään, ja välitti viestin edelleen muualla olevaan postilaatikkoon. Palvelinta, joka tekee näin kenen "
        .. "tahansa viesteille, kutsutaan avoimeksi sähköpostipalvelimeksi (open relay).",
      proxy = "Palvelin välitti {date} kello {time} (UTC) liikennettä testiohjelmaltamme, joka ei ollut kirjautunut "
        .. "sisään, toiselle internetissä olevalle tietokoneelle. Palvelinta, joka tekee näin kenen tahansa "
        .. "liikenteelle, kutsutaan avoimeksi välityspalvelimeksi (open proxy).",
    },
    suspect = {
      relay = "Palvelin hyväksyi {date} kello {time} (UTC) testiohjelmaltamme, joka ei ollut kirjautunut sisään, "
        .. "viestin muualla olevaan postilaatikkoon. Viesti ei ollut saapunut perille, kun testi päättyi. Emme siksi "
        .. "voi varmuudella sanoa, että palvelin on avoin, ja pyydämme teitä tarkistamaan asian.",
      proxy = "Palvelin suostui {date} kello {time} (UTC) yhdistämään testiohjelmamme, joka ei ollut kirjautunut "
        .. "sisään, toiseen internetissä olevaan tietokoneeseen. Sinne ei ollut saapunut mitään, kun testi päättyi. "
        .. "Emme siksi voi varmuudella sanoa, että palvelin on avoin, ja pyydämme teitä tarkistamaan asian.",
    },
    doubtful = {
      relay = "Palvelin hyväksyi {date} kello {time} (UTC) testiohjelmaltamme, joka ei ollut kirjautunut sisään, "
        .. "viestejä muualla olevaan postilaatikkoon. Yksi niistä saapui perille, toinen ei. Emme siksi voi "
        .. "varmuudella sanoa, että palvelin on avoin, ja pyydämme teitä tarkistamaan asian.",
      proxy = "Toiselle internetissä olevalle tietokoneelle saapui {date} kello {time} (UTC) jotakin, minkä "
        .. "testiohjelmamme oli lähettänyt palvelimelle kirjautumatta sisään. Palvelin kuitenkin toimi myös tavalla, "
        .. "jolla avoin välityspalvelin ei toimi. Emme siksi voi varmuudella sanoa, että palvelin on avoin, ja "
        .. "pyydämme teitä tarkistamaan asian.",
    },
  },
  no_blame = "Palvelin voi olla avoin omistajansa tietämättä, usein siksi, ettei jotakin asetusta ole koskaan "
    .. "muutettu. Oletamme, ettette ole tienneet asiasta, emmekä väitä teidän tehneen mitään väärää.",
  first_step = "Pyydämme teitä ensi toimena sulkemaan palvelimen ulkopuolisilta. Jäljempänä kerrotaan, miten se "
    .. "tehdään.",

  earlier = "Olemme kirjoittaneet teille tästä palvelimesta aiemmin.",
  earlier_on = "Kirjoitimme teille tästä palvelimesta {date}.",
  earlier_case = "Tapausnumero oli silloin {earlier_case}.",

  seen_title = "Mitä havaitsimme",
  seen = "Testiohjelmamme otti yhteyden porttiin {port}. Kirjaimella C merkityt rivit lähetti testiohjelma; "
    .. "kirjaimella S merkityt rivit saatiin palvelimelta.",
  seen_from = "Testiohjelmamme otti yhteyden porttiin {port} osoitteesta {from}. Kirjaimella C merkityt rivit "
    .. "lähetti testiohjelma; kirjaimella S merkityt rivit saatiin palvelimelta.",
  decisive = "Ratkaisevat rivit on merkitty tähdellä (*).",
  more_lines = { one = "… (vielä 1 rivi)", other = "… (vielä {n} riviä)" },
  returned = {
    relay = "Viestissä oli tunniste {token}, jota ei voi arvata. Viesti saapui omalle vastaanottopalvelimellemme "
      .. "{date} kello {time} (UTC) osoitteesta {peer}.",
    proxy = "Yhteydessä oli tunniste {token}, jota ei voi arvata. Yhteys saapui omalle vastaanottopalvelimellemme "
      .. "{date} kello {time} (UTC) osoitteesta {peer}.",
  },
  peer_same = "Se on testaamamme palvelimen osoite.",
  peer_other = "Se ei ole testaamamme osoite; palvelin näyttää välittävän liikennettä edelleen sen kautta.",
  ports_all = "Pyysimme yhteyttä oman tietokoneemme useaan porttiin. Kaikki yhteydet toimivat: {reached}.",
  ports_some = "Pyysimme yhteyttä oman tietokoneemme useaan porttiin. Yhteydet seuraaviin portteihin toimivat: "
    .. "{reached}. Yhteydet seuraaviin portteihin eivät toimineet: {missed}.",
  ports_mail = "Palvelin välittää liikennettä myös sähköpostin käyttämään porttiin 25: kuka tahansa voi lähettää "
    .. "sähköpostia palvelimen kautta, ja viestit näyttävät tulevan siltä.",
  ours_alone = {
    relay = "Viesti oli osoitettu vain omaan postilaatikkoomme. Kenellekään muulle ei lähetetty mitään.",
    proxy = "Yhteys otettiin vain omaan tietokoneeseemme. Palvelimen kautta ei otettu yhteyttä kehenkään muuhun.",
  },

  check_title = "Miten voitte todeta asian itse",
  check = {
    relay = "Ratkaiseva vaihe voidaan toistaa ohjelmalla swaks, joka lopettaa tässä, ennen kuin mitään viestiä "
      .. "lähetetään. Suorittakaa tämä tietokoneella, joka ei ole omissa verkoissanne, ja kirjoittakaa osoitteen "
      .. "you@elsewhere.example tilalle oma osoitteenne toisen palveluntarjoajan palvelussa:",
    relay_lines = "Ottakaa palvelimeen yhteys jäljempänä olevalla komennolla tietokoneelta, joka ei ole omissa "
      .. "verkoissanne. Kirjoittakaa sitten edellä olevat kirjaimella C merkityt rivit riviin RCPT TO saakka ja "
      .. "antakaa vastaanottajaksi oma osoitteenne toisen palveluntarjoajan palvelussa:",
    relay_answer = "Jos palvelin vastaa komentoon RCPT TO koodilla, joka alkaa numerolla 5, se torjuu ulkopuoliset, "
      .. "kuten pitääkin. Jos koodi alkaa numerolla 2, se ottaa ulkopuoliselta vastaan viestin muualla olevalle "
      .. "vastaanottajalle.",
    proxy = "Suorittakaa nämä komennot tietokoneella, joka ei ole omissa verkoissanne:",
    proxy_answer = "Jos jokin niistä näyttää sivun ”Example Domain”, palvelin päästää ulkopuoliset läpi. Jos kaikki "
      .. "päättyvät virheeseen, palvelin on torjunut nämä pyynnöt.",
  },

  matter = "Pyydämme teitä lukemaan tämän kirjeen loppuun saakka: sen aihe voi vaikuttaa internetyhteyteenne ja "
    .. "näkyvyyteenne verkossa.",
  who = "Tämä kirje on osa yhteishanketta ”{project}”, jonka osapuolet ovat {partners}.",
  who_alone = "Tämä kirje on osa hanketta ”{project}”.",
  purpose = "Hankkeen tarkoituksena on kertoa avointen palvelinten omistajille, miten palvelimet suojataan, jotta "
    .. "muut eivät voi käyttää niitä roskapostin (spam) lähettämiseen tai henkilöllisyytensä salaamiseen.",

  what_title = "Mitä avoimet sähköpostipalvelimet ja välityspalvelimet ovat",
  what_they_are = "Avoin sähköpostipalvelin (open relay) ottaa sähköpostia vastaan keneltä tahansa ja välittää sen "
    .. "edelleen kenelle tahansa, vaikka lähettäjällä sen enempää kuin vastaanottajallakaan ei ole mitään tekemistä "
    .. "palvelimen omistajan kanssa. Avoin välityspalvelin (open proxy) tekee saman yhteyksille: keneltä tahansa "
    .. "mihin tahansa internetissä. Vastaanottavassa päässä liikenne näyttää tulevan tältä palvelimelta.",
  how_abused = "Tällaiset palvelimet löytyvät helposti automaattisilla hauilla. Niitä käytetään roskapostin "
    .. "lähettämiseen suurina määrinä, haittaohjelmien levittämiseen, petoksiin ja hyökkäyksiin muita tietokoneita "
    .. "vastaan todellisen lähettäjän pysyessä piilossa.",

  harm_title = "Mitä siitä voi teille seurata",
  harm = {
    "Palvelin ja internetyhteytenne voivat hidastua tai lakata toimimasta, kun niiden kautta kulkee suuria määriä "
      .. "muiden liikennettä.",
    "Voitte joutua maksamaan liikenteestä ja jälkien selvittämisestä.",
    "Internetpalveluntarjoajanne voi rajoittaa yhteyttänne tai katkaista sen.",
    "Osoite voi joutua estolistoille, jolloin muut torjuvat myös oman sähköpostinne.",
    "Roskaposti ja hyökkäykset voivat näyttää tulevan teiltä ja vahingoittaa mainettanne.",
  },

  remedy_title = "Miten palvelin suljetaan",
  remedy = {
    relay = {
      "Palvelin saa ottaa vastaan muualle osoitettua sähköpostia vain omista verkoistanne ja sisään kirjautuneilta "
        .. "käyttäjiltä. Kaikki muut on torjuttava.",
      "Pitäkää luotettujen verkkojen luettelo mahdollisimman lyhyenä. Varmistakaa, että palvelin näkee yhteyden "
        .. "ottajien todellisen osoitteen, varsinkin kun se toimii kontissa tai kuormantasaajan takana.",
      "Pitäkää ohjelmisto ajan tasalla.",
    },
    proxy = {
      "Poistakaa välityspalvelin käytöstä, jos ette tarvitse sitä.",
      "Jos tarvitsette sitä, sallikaa yhteydet vain omista verkoistanne tai vaatikaa salasana. Kaikki muut on "
        .. "torjuttava.",
      "Estäkää palomuurissa yhteydet internetistä porttiin {port}.",
      "Jos kukaan organisaatiossanne ei ole ottanut tätä palvelua käyttöön, se on voinut tulla laitteen mukana tai "
        .. "joku on voinut ottaa koneen haltuunsa. Silloin portin estäminen ei riitä, vaan kone on tutkittava.",
    },
  },
  found = {
    open = "Testimme havainto: {what} {close}",
    suspect = "Jos palvelin on avoin, syy on tämä: {what} {close}",
  },
  causes = {
    ["no-rule"] = {
      what = "Palvelin välittää edelleen sähköpostia keneltä tahansa lähettäjältä kenelle tahansa vastaanottajalle; "
        .. "kummankaan ei tarvitse kuulua teille.",
      close = "Määrittäkää palvelin torjumaan muualla olevat vastaanottajat, ellei yhteyden ottaja ole omassa "
        .. "verkossanne tai kirjautunut sisään.",
    },
    ["same-domain"] = {
      what = "Palvelin välittää sähköpostin edelleen, kun lähettäjä ja vastaanottaja ovat samassa verkkotunnuksessa, "
        .. "vaikka verkkotunnus ei ole teidän. Kuka tahansa voi esiintyä tällaisena lähettäjänä.",
      close = "Ratkaisevana on pidettävä yhteyden ottajan osoitetta tai sisäänkirjautumista, ei koskaan lähettäjän "
        .. "osoitetta.",
    },
    ["null-sender"] = {
      what = "Palvelin välittää sähköpostia edelleen kenelle tahansa, kun lähettäjä on tyhjä (<>), kuten "
        .. "ilmoituksissa viesteistä, joita ei voitu toimittaa.",
      close = "Tyhjään lähettäjään on sovellettava samaa sääntöä kuin muihinkin; poistakaa kaikki sitä koskevat "
        .. "poikkeukset.",
    },
    ["bare-sender"] = {
      what = "Palvelin pitää lähettäjää, jolla ei ole verkkotunnusta, omana käyttäjänään ja välittää edelleen "
        .. "kaiken, mitä tällainen lähettäjä lähettää.",
      close = "Torjukaa ulkoa tulevat lähettäjät, joilla ei ole verkkotunnusta.",
    },
    ["claimed-sender"] = {
      what = "Palvelin välittää sähköpostia edelleen kenelle tahansa, kun lähettäjän osoitteessa on jokin palvelimen "
        .. "omista verkkotunnuksista, nimistä tai osoitteista. Kuka tahansa voi ilmoittaa tällaisen osoitteen.",
      close = "Ratkaisevana on pidettävä yhteyden ottajan osoitetta tai sisäänkirjautumista, ei koskaan lähettäjän "
        .. "osoitetta.",
    },
    ["claimed-user"] = {
      what = "Palvelin välittää sähköpostia edelleen kenelle tahansa, kun lähettäjän osoite kuuluu jollekin sen "
        .. "käyttäjistä, kuten käyttäjälle root tai postmaster. Kuka tahansa voi ilmoittaa tällaisen osoitteen.",
      close = "Ratkaisevana on pidettävä yhteyden ottajan osoitetta tai sisäänkirjautumista, eikä minkään käyttäjän "
        .. "osoitteelle saa tehdä poikkeusta.",
    },
    ["claimed-greeting"] = {
      what = "Palvelin välittää edelleen sähköpostia yhteyden ottajilta, jotka ilmoittavat tietyn nimen "
        .. "tervehdyksessään (EHLO). Kuka tahansa voi ilmoittaa minkä tahansa nimen.",
      close = "Tervehdyksessä ilmoitettuun nimeen ei pidä luottaa: ratkaisevana on pidettävä yhteyden ottajan "
        .. "osoitetta tai sisäänkirjautumista.",
    },
    ["unknown-sender"] = {
      what = "Palvelin välittää edelleen sähköpostia lähettäjiltä, joiden verkkotunnusta ei ole olemassa.",
      close = "Määrittäkää palvelin torjumaan ulkopuolisten viestit muualla oleville vastaanottajille sekä "
        .. "lähettäjät, joiden verkkotunnusta ei tunneta.",
    },
    ["empty-domain"] = {
      what = "Palvelin pitää omanaan osoitetta, joka päättyy merkkiin @ ja jonka lopussa ei ole verkkotunnusta, ja "
        .. "välittää viestin sen jälkeen edelleen.",
      close = "Torjukaa osoite, jonka verkkotunnus on tyhjä, syntaksiltaan virheellisenä, ennen kuin mistään muusta "
        .. "päätetään.",
    },
    ["bare-recipient"] = {
      what = "Palvelin ei sovella sääntöään vastaanottajiin, jotka on kirjoitettu ilman kulmasulkeita.",
      close = "Hyväksykää vain kulmasulkeissa olevat osoitteet.",
    },
    ["quoted-route"] = {
      what = "Palvelin pitää lainausmerkeissä olevaa osoitetta omanaan, poistaa lainausmerkit ja välittää viestin "
        .. "sen jälkeen edelleen siihen osoitteeseen, joka oli niiden välissä.",
      close = "Soveltakaa sääntöä vasta osoitteiden uudelleenkirjoituksen jälkeen tai torjukaa merkit @, %, ! ja / "
        .. "verkkotunnuksen edellä.",
    },
    ["percent-route"] = {
      what = "Palvelin tulkitsee verkkotunnuksen edellä olevan merkin % reitiksi "
        .. "(user%elsewhere.example@your-server) ja välittää viestin edelleen sen mukaan.",
      close = "Poistakaa tämä vanha reititystapa käytöstä.",
    },
    ["two-ats"] = {
      what = "Palvelin pitää osoitetta, jossa on kaksi @-merkkiä, omanaan niistä jälkimmäisen perusteella ja "
        .. "välittää viestin edelleen ensimmäisen mukaan.",
      close = "Torjukaa osoitteet, joissa on useampi kuin yksi @-merkki, syntaksiltaan virheellisinä.",
    },
    ["source-route"] = {
      what = "Palvelin noudattaa osoitteen edellä olevaa reittiä (@your-server:user@elsewhere.example) ja välittää "
        .. "viestin edelleen sen mukaan.",
      close = "Jättäkää tällaiset reitit huomiotta tai torjukaa ne.",
    },
    ["uucp-path"] = {
      what = "Palvelin tulkitsee osoitteessa olevan merkin ! reitiksi (elsewhere.example!user) ja välittää viestin "
        .. "edelleen sen mukaan, tai se pitää omanaan lähettäjää, jonka osoitteessa on merkki !.",
      close = "Torjukaa merkki ! ulkoa tulevissa osoitteissa.",
    },
    ["srs-hash"] = {
      what = "Palvelin muuntaa uudelleenkirjoitetut palautusosoitteet (SRS) takaisin niihin sisältyviksi osoitteiksi "
        .. "tarkistamatta tiivistettä ja välittää viestin edelleen niihin.",
      close = "Tarkistakaa tällaisen osoitteen tiiviste ja päiväys, ja torjukaa osoite, jos ne eivät pidä paikkaansa.",
    },
    spelling = {
      what = "Palvelin ei tunnista vastaanottajan verkkotunnusta, kun se on kirjoitettu toisella tavalla (isot "
        .. "kirjaimet, piste lopussa, täysleveät kirjaimet), ja välittää viestin edelleen.",
      close = "Muuntakaa verkkotunnus yhteen kirjoitusasuun, ennen kuin sitä verrataan mihinkään luetteloon.",
    },
    smtputf8 = {
      what = "Palvelin ei sovella sääntöään viesteihin, jotka on ilmoitettu kansainvälistetyiksi (SMTPUTF8).",
      close = "Soveltakaa niihin samaa sääntöä tai poistakaa laajennus käytöstä.",
    },
    ["inside-tls"] = {
      what = "Palvelin torjuu ulkopuoliset salaamattomassa yhteydessä, mutta välittää kenen tahansa sähköpostia "
        .. "edelleen, kun yhteys on salattu (STARTTLS).",
      close = "Salaus ei yksin ole sisäänkirjautumista: vaatikaa salasana tai luottakaa vain tuntemiinne "
        .. "asiakasvarmenteisiin.",
    },
    xclient = {
      what = "Palvelin antaa kenen tahansa yhteyden ottajan ilmoittaa komennolla XCLIENT, mistä osoitteesta yhteys "
        .. "tulee, ja välittää edelleen sähköpostia jokaiselta, joka väittää olevansa itse palvelin.",
      close = "Hyväksykää XCLIENT vain omilta yhdyskäytäviltänne (esimerkissä 192.0.2.10).",
    },
    ["proxy-line"] = {
      what = "Palvelin luottaa kenen tahansa yhteyden ottajan lähettämään PROXY-riviin, joka kertoo, mistä yhteys "
        .. "tulee, ja välittää edelleen sähköpostia jokaiselta, joka väittää olevansa itse palvelin.",
      close = "Hyväksykää PROXY-protokolla vain omalta kuormantasaajaltanne (esimerkissä 192.0.2.10) ja portissa, "
        .. "johon vain se pääsee.",
    },
    ["second-recipient"] = {
      what = "Palvelin torjuu muualla olevan vastaanottajan, kun se on ensimmäisenä, mutta hyväksyy sen, kun se "
        .. "seuraa palvelimen omaa vastaanottajaa.",
      close = "Soveltakaa sääntöä jokaiseen vastaanottajaan erikseen.",
    },
    ["web-form"] = {
      what = "Verkkopalvelimen lomake lähettää sähköpostia mihin tahansa osoitteeseen, joka pyynnössä annetaan.",
      close = "Kirjoittakaa lomakkeen viestien vastaanottajat skriptiin, älkää ottako yhtäkään vastaanottajaa "
        .. "pyynnöstä ja poistakaa vanhat skriptit, kuten FormMail.",
    },
    ["web-proxy"] = {
      what = "Verkkopalvelimen sivu noutaa kenelle tahansa minkä tahansa URL-osoitteen, joka pyynnössä annetaan, ja "
        .. "näyttää noudetun sisällön.",
      close = "Poistakaa skripti tai sallikaa sen noutaa sisältöä vain luetteloimistanne palvelimista ja vain sisään "
        .. "kirjautuneille.",
    },
    ["local-services"] = {
      what = "Välityspalvelin päästää ulkopuoliset oman koneensa palveluihin, jotka saattavat luottaa jokaiseen "
        .. "sieltä tulevaan.",
      close = "Torjukaa välityspalvelimen omaan koneeseen johtavat kohdeosoitteet (127.0.0.1, ::1 ja koneen muut "
        .. "osoitteet) ja sallikaa yhteydet vain omasta verkostanne.",
    },
    ["connect-udp"] = {
      what = "Palvelin lähettää kenen tahansa datagrammeja (UDP) mihin tahansa osoitteeseen HTTP-protokollalla "
        .. "(connect-udp, josta käytetään myös nimeä MASQUE).",
      close = "Poistakaa connect-udp käytöstä, jos ette tarvitse sitä. Vaatikaa muuten sisäänkirjautuminen tai "
        .. "sallikaa yhteydet vain omasta verkostanne.",
    },
    ["ipv6-clients"] = {
      what = "Tämä tapahtui IPv6-yhteydellä. Kontissa toimiva palvelin näkee usein kaikki IPv6-yhteyden ottajat oman "
        .. "verkkonsa osoitteella ja luottaa niihin siksi.",
      close = "Varmistakaa, että palvelin näkee yhteyden ottajien todelliset IPv6-osoitteet, ja poistakaa kontin "
        .. "verkko luotetuista verkoista.",
    },
  },
  cause_named = "Tämä ohjelmiston {software} asetus sulkee juuri kyseisen aukon:",
  cause_if = "Jos palvelimella käytetään ohjelmistoa {software}, tämä sulkee juuri kyseisen aukon:",
  software_named = "Palvelin ilmoittaa käyttävänsä ohjelmistoa {software}. Nämä asetukset sulkevat ohjelmiston "
    .. "{software} ulkopuolisilta. Ne korvaavat samannimiset rivit. Kirjoittakaa oma verkkonne osoitteen "
    .. "192.0.2.0/24 tilalle.",
  software_if = "Jos palvelimella käytetään ohjelmistoa {software}, nämä asetukset sulkevat sen ulkopuolisilta. Ne "
    .. "korvaavat samannimiset rivit. Kirjoittakaa oma verkkonne osoitteen 192.0.2.0/24 tilalle.",
  software_none = "Jos kerrotte meille, mitä ohjelmistoa palvelimella käytetään, voimme kertoa tarkemmin, mitä "
    .. "asetuksia tarvitaan.",
  firewall = "Palomuuri pitää ulkopuoliset poissa ohjelmistosta riippumatta. Kirjoittakaa oma verkkonne osoitteen "
    .. "192.0.2.0/24 tilalle.",
  on_system = "Kun käytössä on {system}:",
  makers = "Jäljempänä olevien linkkien joukossa on yleisten ohjelmistojen valmistajien ohjeita sekä ohjeita, jotka "
    .. "sopivat mihin tahansa ohjelmistoon.",
  in_file = "Tiedostossa {file}:",
  remove = "Poistakaa tiedostosta {file}:",
  run = "Suorittakaa sitten:",
  shell = "Ohjelman omalla komentorivillä:",
  questions = "Nämä kysymykset voivat auttaa löytämään heikon kohdan:",

  links_title = "Lisätietoja",

  after_title = "Uusi testi ja huomautukset",
  retest = "Kun palvelin on suljettu ulkopuolisilta, pyydämme teitä kirjoittamaan osoitteeseen {retest} ja antamaan "
    .. "aiheeksi ”RETEST {case}”. Testaamme palvelimen silloin uudelleen ja ilmoitamme teille tuloksen.",
  object = "Jos jokin tässä kirjeessä on mielestänne väärin, pyydämme teitä kirjoittamaan osoitteeseen {objection} "
    .. "ja mainitsemaan tapausnumeron {case}.",
  lists = "Niistä, jotka eivät halua testejä tai kirjeitä, pidetään kahta luetteloa. Teidät voidaan lisätä "
    .. "jompaankumpaan tai molempiin:",
  list_tests = "Jos ette halua, että palvelin testataan uudelleen, pyydämme teitä kirjoittamaan osoitteeseen "
    .. "{stop_tests} ja antamaan aiheeksi ”STOP-TESTS {case}”.",
  list_letters = "Jos ette halua enää kirjeitä, pyydämme teitä kirjoittamaan osoitteeseen {stop_letters} ja antamaan "
    .. "aiheeksi ”STOP-LETTERS {case}”.",

  evidence_title = "Todisteet",
  evidence = "Kaikki testiohjelmamme ja palvelimen välillä kulkenut tieto on tallennettu kellonaikoineen "
    .. "todistetiedostoon {bundle}, tapaus {case}. Tiedoston SHA-256-tiiviste komennon ”sha256sum” tulostamassa "
    .. "muodossa on:",
  evidence_check = "Jos tiedoston tiiviste on muu, kyseessä on toinen tiedosto tai tiedostoa on muutettu tai "
    .. "täydennetty tämän kirjeen jälkeen. Tiedosto on allekirjoitettu avaimella {key_id}. Voitte saada meiltä teitä "
    .. "koskevan osan: se on tiedosto, jolla on oma tiivisteensä ja sama allekirjoitus. Kummankin voi tarkistaa "
    .. "komennolla ”ajar verify” tai ilman meidän ohjelmistoamme ohjelmilla minisign ja sha256sum, kuten tiedostossa "
    .. "oleva VERIFY.txt selostaa. Julkinen avain on:",

  contact = "Kysymykset voi lähettää osoitteeseen {contact}.",
  regards = "Kunnioittavasti",

  interval = {
    one = "Saatte meiltä enintään yhden tällaisen kirjeen päivässä.",
    other = "Saatte meiltä enintään yhden tällaisen kirjeen {n} päivän aikana.",
  },

  group_subject = "{project}: vastuullanne olevia palvelimia, jotka ovat tai saattavat olla avoimia "
    .. "ulkopuolisille ({case})",
  group_greeting = "Alla lueteltujen palvelinten vastuuhenkilöille",
  group_findings = {
    one = "Tämä kirje koskee {n} havaintoa palvelimista, jotka käsityksemme mukaan ovat teidän vastuullanne.",
    other = "Tämä kirje koskee {n} havaintoa palvelimista, jotka käsityksemme mukaan ovat teidän vastuullanne.",
  },
  group_at_one = "Ne kaikki koskevat IP-osoitetta {address}.",
  group_at = { one = "Ne koskevat {n} IP-osoitetta.", other = "Ne koskevat {n} eri IP-osoitetta." },
  group_tested = "Meille on ilmoitettu, että osoitteissa saattaa olla palvelimia, jotka ovat avoimia "
    .. "ulkopuolisille. Siksi olemme testanneet palvelimet. Alla olevassa luettelossa on kunkin testin tulos.",
  group_first_step = "Pyydämme teitä ensi toimena sulkemaan nämä palvelimet ulkopuolisilta. Jäljempänä "
    .. "kerrotaan, miten se tehdään.",
  group_title = "Mitä havaitsimme",
  group_columns = { address = "Osoite", port = "Portti", found = "Havainto", time = "Aika (UTC)" },
  group_found = {
    open = { relay = "avoin sähköpostipalvelin", proxy = "avoin välityspalvelin" },
    suspect = { relay = "sähköpostipalvelin, ehkä avoin", proxy = "välityspalvelin, ehkä avoin" },
  },
  group_attached = "Liitteenä olevassa tiedostossa {file} ovat kaikki havainnot, yksi kullakin rivillä, "
    .. "tarkempine tietoineen.",
  group_example = "Esimerkkinä on palvelin osoitteessa {address}, portti {port} (tapaus {case}).",
  group_remedy_for = "Osoite {address}, portti {port}, ja vastaavat palvelimet:",
  group_retest = "Kun palvelimet on suljettu ulkopuolisilta, pyydämme teitä kirjoittamaan osoitteeseen {retest} "
    .. "ja antamaan aiheeksi ”RETEST {case}”; tämä numero tarkoittaa kaikkia kirjeen tapauksia. Jos vain osa on "
    .. "suljettu, pyydämme mainitsemaan nämä tapaukset viestissä. Testaamme palvelimet silloin uudelleen ja "
    .. "ilmoitamme teille tuloksen.",
  group_list_tests = "Jos ette halua, että nämä palvelimet testataan uudelleen, pyydämme teitä kirjoittamaan "
    .. "osoitteeseen {stop_tests} ja antamaan aiheeksi ”STOP-TESTS {case}”.",
  group_evidence = "Kaikki testiohjelmamme ja palvelinten välillä kulkenut tieto on tallennettu kellonaikoineen "
    .. "todistetiedostoon {bundle}, kukin tapaus numerollaan. Tiedoston SHA-256-tiiviste komennon ”sha256sum” "
    .. "tulostamassa muodossa on:",
  group_earlier = "Olemme kirjoittaneet teille näistä palvelimista aiemmin.",
  group_earlier_on = "Kirjoitimme teille näistä palvelimista {date}.",

  tones = {
    reminder = {
      group_subject = "{project}: muistutus vastuullanne olevista palvelimista, jotka ovat tai saattavat olla "
        .. "avoimia ulkopuolisille ({case})",
      group_tested = "Olemme nyt testanneet ne uudelleen. Alla olevassa luettelossa on kunkin testin tulos.",
      group_first_step = "Pyydämme teitä nyt sulkemaan nämä palvelimet ulkopuolisilta. Jäljempänä kerrotaan, "
        .. "miten se tehdään. Jos työ on jo käynnissä tai tarvitsette apua, pyydämme kertomaan siitä meille: "
        .. "lyhyt viesti osoitteeseen {contact} riittää.",
      group_no_blame = "Aiempi kirjeemme ei ehkä ole tavoittanut oikeaa henkilöä, tai tehdyllä muutoksella ei "
        .. "ehkä ole ollut tarkoitettua vaikutusta. Jos näistä palvelimista vastaa joku muu, pyydämme teitä "
        .. "toimittamaan tämän kirjeen hänelle.",
      subject = {
        open = {
          relay = "{project}: muistutus avoimesta sähköpostipalvelimesta osoitteessa {address}, portti {port}",
          proxy = "{project}: muistutus avoimesta välityspalvelimesta osoitteessa {address}, portti {port}",
        },
        suspect = {
          relay = "{project}: muistutus sähköpostipalvelimesta osoitteessa {address}, portti {port}",
          proxy = "{project}: muistutus välityspalvelimesta osoitteessa {address}, portti {port}",
        },
      },
      again = "Olemme nyt testanneet sen uudelleen.",
      still = "Palvelin on siis edelleen avoin ulkopuolisille.",
      no_blame = "Aiempi kirjeemme ei ehkä ole tavoittanut oikeaa henkilöä, tai tehdyllä muutoksella ei ehkä ole "
        .. "ollut tarkoitettua vaikutusta. Jos palvelimesta vastaa joku muu, pyydämme teitä toimittamaan tämän "
        .. "kirjeen hänelle.",
      first_step = "Pyydämme teitä nyt sulkemaan palvelimen ulkopuolisilta. Jäljempänä kerrotaan, miten se tehdään. "
        .. "Jos työ on jo käynnissä tai tarvitsette apua, pyydämme kertomaan siitä meille: lyhyt viesti osoitteeseen "
        .. "{contact} riittää.",
    },

    provider = {
      group_subject = "{project}: verkossanne olevia palvelimia, jotka ovat tai saattavat olla avoimia "
        .. "ulkopuolisille ({case})",
      group_greeting = "Niille, jotka vastaavat verkosta, johon alla luetellut osoitteet kuuluvat",
      group_findings = {
        one = "Tämä kirje koskee {n} havaintoa palvelimista, jotka käsityksemme mukaan ovat verkossanne; ne "
          .. "saattavat olla asiakkaidenne.",
        other = "Tämä kirje koskee {n} havaintoa palvelimista, jotka käsityksemme mukaan ovat verkossanne; ne "
          .. "saattavat olla asiakkaidenne.",
      },
      group_first_step = "Pyydämme teitä toimittamaan tämän kirjeen palvelinten ylläpitäjille ja huolehtimaan "
        .. "siitä, että palvelimet suljetaan ulkopuolisilta. Jos tiedätte, kenelle meidän pitäisi kirjoittaa "
        .. "teidän sijastanne, pyydämme ilmoittamaan siitä osoitteeseen {contact}.",
      group_limit = "Kunnes palvelimet on suljettu, voitte suojella muita estämällä yhteydet internetistä "
        .. "välityspalvelinten portteihin ja rajoittamalla sitä, mitä sähköpostipalvelimet saavat lähettää "
        .. "muiden palvelinten porttiin 25.",
      subject = {
        open = {
          relay = "{project}: avoin sähköpostipalvelin verkossanne osoitteessa {address}, portti {port}",
          proxy = "{project}: avoin välityspalvelin verkossanne osoitteessa {address}, portti {port}",
        },
        suspect = {
          relay = "{project}: mahdollisesti avoin sähköpostipalvelin verkossanne osoitteessa {address}, portti {port}",
          proxy = "{project}: mahdollisesti avoin välityspalvelin verkossanne osoitteessa {address}, portti {port}",
        },
      },
      greeting = "Niille, jotka vastaavat verkosta, johon osoite {address} kuuluu",
      address = "Tämä kirje koskee palvelinta, jonka IP-osoite on {address} ja portti {port}. Käsityksemme mukaan "
        .. "osoite kuuluu verkkoonne, ja palvelin saattaa olla jonkin asiakkaanne.",
      address_name = "Tämä kirje koskee palvelinta {host}, jonka IP-osoite on {address} ja portti {port}. "
        .. "Käsityksemme mukaan osoite kuuluu verkkoonne, ja palvelin saattaa olla jonkin asiakkaanne.",
      matter = "Pyydämme teitä lukemaan tämän kirjeen loppuun saakka: sen aihe voi vaikuttaa verkkoonne ja "
        .. "asiakkaisiinne.",
      no_blame = "Palvelin voi olla avoin omistajansa tietämättä, usein siksi, ettei jotakin asetusta ole koskaan "
        .. "muutettu. Emme väitä teidän tai asiakkaanne tehneen mitään väärää.",
      first_step = "Pyydämme teitä toimittamaan tämän kirjeen palvelimen ylläpitäjille ja huolehtimaan siitä, että "
        .. "palvelin suljetaan ulkopuolisilta. Jos tiedätte, kenelle meidän pitäisi kirjoittaa teidän sijastanne, "
        .. "pyydämme ilmoittamaan siitä osoitteeseen {contact}.",
      limit = {
        relay = "Kunnes palvelin on suljettu, voitte suojella muita rajoittamalla sitä, mitä palvelin saa lähettää "
          .. "muiden palvelinten porttiin 25.",
        proxy = "Kunnes palvelin on suljettu, voitte suojella muita estämällä yhteydet internetistä tämän osoitteen "
          .. "porttiin {port}.",
      },
      harm_title = "Mitä siitä voi seurata teille ja asiakkaillenne",
      harm = {
        "Verkkonne osoitteita voi joutua estolistoille, jolloin muut torjuvat sähköpostin teiltä ja myös "
          .. "asiakkailta, joilla ei ole mitään tekemistä asian kanssa.",
        "Ulkopuolisten liikenne kuormittaa yhteyksiänne, ja te tai asiakkaanne voitte joutua maksamaan siitä.",
        "Valitukset roskapostista ja hyökkäyksistä tulevat teille, koska ne näyttävät olevan peräisin verkostanne.",
      },
      pass_on = "Tästä eteenpäin kirje on tarkoitettu palvelimen ylläpitäjille.",
    },

    ["all-clear"] = {
      group_subject = "{project}: vastuullanne olevat palvelimet on suljettu ulkopuolisilta ({case})",
      group_findings = {
        one = "Tämä kirje koskee {n} palvelinta, joka oli aiemmissa testeissämme avoin ja joka käsityksemme "
          .. "mukaan on teidän vastuullanne.",
        other = "Tämä kirje koskee {n} palvelinta, jotka olivat aiemmissa testeissämme avoimia ja jotka "
          .. "käsityksemme mukaan ovat teidän vastuullanne.",
      },
      group_tested = "Olemme testanneet ne uudelleen. Testiohjelmamme, joka ei ollut kirjautunut sisään, ei "
        .. "enää päässyt yhdenkään läpi. Alla olevassa luettelossa on kunkin testin tulos.",
      group_found = {
        closed = { relay = "suljettu sähköpostipalvelin", proxy = "suljettu välityspalvelin" },
      },
      group_thanks = "Sikäli kuin näistä testeistä voi päätellä, palvelimet on suljettu ulkopuolisilta. "
        .. "Kiitämme avustanne.",
      group_bounds = "Testit koskivat vain näitä palveluja mainittuina ajankohtina. Ne eivät kerro mitään "
        .. "koneiden muista palveluista, ja myöhempi asetusten muutos voi avata palvelimen uudelleen.",
      subject = {
        closed = {
          relay = "{project}: sähköpostipalvelin osoitteessa {address}, portti {port}, on suljettu ulkopuolisilta",
          proxy = "{project}: välityspalvelin osoitteessa {address}, portti {port}, on suljettu ulkopuolisilta",
        },
      },
      tested = {
        closed = {
          relay = "Testasimme palvelimen uudelleen {date} kello {time} (UTC). Testiohjelmamme, joka ei ollut "
            .. "kirjautunut sisään, ei voinut lähettää palvelimen kautta viestiä muualla olevaan postilaatikkoon.",
          proxy = "Testasimme palvelimen uudelleen {date} kello {time} (UTC). Testiohjelmamme, joka ei ollut "
            .. "kirjautunut sisään, ei saanut palvelimen kautta yhteyttä toiseen internetissä olevaan tietokoneeseen.",
        },
      },
      thanks = "Sikäli kuin tästä testistä voi päätellä, palvelin on suljettu ulkopuolisilta. Kiitämme avustanne.",
      settled = "Asia on näin ollen meidän osaltamme loppuun käsitelty, eikä teidän tarvitse vastata tähän "
        .. "kirjeeseen.",
      bounds = "Testi koski vain tätä palvelua mainittuna ajankohtana. Se ei kerro mitään koneen muista palveluista, "
        .. "ja myöhempi asetusten muutos voi avata palvelimen uudelleen.",
      left_title = "Mitä voi vielä olla tekemättä",
      left = {
        relay = {
          "Palvelimen jonossa voi yhä olla ulkopuolisten sinne jättämiä viestejä. Käykää jono läpi ja poistakaa "
            .. "viestit, jotka eivät ole teidän.",
          "Jos osoite on estolistoilla, niiden ylläpitäjät poistavat sen pyynnöstänne; jotkin listat poistavat sen "
            .. "itsestään jonkin ajan kuluttua.",
          "Pitäkää ohjelmisto ajan tasalla ja tarkistakaa palvelin ulkoapäin aina, kun sen asetuksia on muutettu.",
        },
        proxy = {
          "Palvelimen lokeista voi ilmetä, ketkä käyttivät sitä sen ollessa avoinna ja mihin. Säilyttäkää lokit, jos "
            .. "aiotte tehdä asiasta rikosilmoituksen.",
          "Jos kukaan organisaatiossanne ei ole ottanut tätä palvelua käyttöön, joku on voinut ottaa koneen "
            .. "haltuunsa. Silloin kone on tutkittava, vaikka palveluun ei enää saa yhteyttä.",
          "Jos osoite on estolistoilla, niiden ylläpitäjät poistavat sen pyynnöstänne; jotkin listat poistavat sen "
            .. "itsestään jonkin ajan kuluttua.",
          "Pitäkää ohjelmisto ajan tasalla ja tarkistakaa palvelin ulkoapäin aina, kun sen asetuksia on muutettu.",
        },
      },
    },
  },
}

return {
  code = "fi",
  name = "suomi",
  english = "Finnish",
  messages = messages,

  plural = function(n)
    return n == 1 and "one" or "other"
  end,

  -- 24. marraskuuta 2026
  date = function(t)
    return string.format("%d. %s %d", t.day, months[t.month], t.year)
  end,

  -- 02.10.16
  time = function(t)
    return string.format("%02d.%02d.%02d", t.hour, t.minute, t.second)
  end,

  -- 12 345, with a no-break space
  number = function(n)
    local digits = string.format("%d", n)
    local head = #digits % 3
    local grouped = digits:sub(head + 1):gsub("(%d%d%d)", "\194\160%1")
    return head > 0 and digits:sub(1, head) .. grouped or grouped:sub(3)
  end,

  -- a, b ja c
  list = function(items)
    local all = table.concat(items, ", ", 1, #items - 1)
    return #items > 1 and all .. " ja " .. items[#items] or items[1]
  end,
}
