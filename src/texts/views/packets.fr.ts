/** What the capture says, in French. */
import type { packetsEnglish } from './packets.en.ts'

export const packetsFrench: Record<keyof typeof packetsEnglish, string> = {
  'packets.list': 'Paquets, dans l’ordre de leur départ',
  'packets.empty': 'Aucun paquet n’est encore passé sur un fil.',
  'packets.empty.more': 'Tapez telnet, dig ou mail dans le terminal : chaque paquet sera ici, octet par octet.',
  'packets.none': 'Aucun paquet ne correspond.',
  'packets.number': 'Nº',
  'packets.time': 'Heure',
  'packets.source': 'Source',
  'packets.destination': 'Destination',
  'packets.protocol': 'Protocole',
  'packets.length': 'Longueur',
  'packets.info': 'Ce qu’il dit',
  'packets.host': 'Machine',
  'packets.host.all': 'toutes les machines',
  'packets.protocol.all': 'tous les protocoles',
  'packets.text': 'Chercher dans les paquets',
  'packets.conn': 'connexion {conn}',
  'packets.conn.all': 'Montrer de nouveau toutes les connexions',
  'packets.count': '{shown} sur {all}',
  'packets.save': 'Enregistrer la capture (pcapng, pour Wireshark)',
  'packets.compare': 'Comparé à Wireshark',
  'packets.compare.place':
    'Wireshark écoute à une seule carte réseau. Ici on entend tous les fils du monde à la fois, et chaque paquet figure une fois, à son départ ; la réponse à un SYN, à son arrivée.',
  'packets.compare.ack':
    'Les paquets qui ne font qu’acquitter sont omis, sauf le troisième de l’ouverture. Ce qui a été entendu est acquitté par le prochain paquet qui va dans l’autre sens (son Ack compte comme arrivé ce qui était en route). Une vraie machine qui n’a rien à dire envoie un ACK nu en moins d’une demi-seconde, après un FIN aussi (RFC 9293 3.8.6.3) : ce serait presque une ligne sur deux.',
  'packets.compare.room':
    'Un paquet porte jusqu’à 16 384 octets, et les SYN en conviennent ; sur Ethernet c’est 1460, et un long message fait onze fois plus de paquets. Les fenêtres ne se remplissent jamais. Les numéros partent de 0, comme Wireshark les montre aussi.',
  'packets.compare.lost':
    'Ce qui a été perdu figure à son départ, avec une croix. Wireshark voit seulement qu’il manque quelque chose, ou que cela revient.',
  'packets.compare.below':
    'Sous IP il n’y a rien : pas d’Ethernet, pas d’ARP, et pas de routeurs qui ôteraient quelque chose à la durée de vie. Dans le fichier enregistré les paquets commencent par IP (LINKTYPE_RAW), et toutes les sommes de contrôle sont justes.',
  'packets.only': 'Cette connexion seule',
  'packets.follow': 'Suivre le flux',
  'packets.details': 'Paquet {number}',
  'packets.layers': 'Couches du paquet',
  'packets.bytes': 'Ses octets, en hexadécimal et en texte',
  'packets.more': 'encore {octets} octets',
  'packets.point': 'Pointez un champ ou un octet, ou parcourez les couches avec les flèches.',
  'packets.octets': 'octets {from} à {to}',
  'packets.octet': 'octet {from}',
  'packets.lost.loss': 'perdu en chemin',
  'packets.lost.cut': 'perdu : la ligne est coupée',
  'packets.lost.down': 'perdu : la machine est arrêtée',
  'packets.lost.what':
    'Ce paquet n’est jamais arrivé. Parmi les segments TCP, celui qui est passé figure de nouveau dans la liste, plus bas.',
  'packets.stream': 'Flux {conn} : {client} et {server}, {service}',
  'packets.stream.back': 'Retour aux paquets',
  'packets.stream.ends': 'Les deux bouts',
  'packets.stream.eavesdropper': 'Une oreille indiscrète',
  'packets.stream.side': 'Qui écoute',
  'packets.stream.client': '{client} dit',
  'packets.stream.server': '{server} répond',
  'packets.stream.handshake': '(ils conviennent de clés)',
  'packets.stream.alert': '(une alerte : ce bout met fin à TLS)',
  'packets.stream.message': '(d’un message : {octets} octets)',
  'packets.stream.sealed': '{records}, {octets} octets',
  'packets.stream.begins':
    'À partir d’ici, TLS : les deux bouts continuent comme avant, et qui écoute en chemin n’a plus que du bruit.',
  'packets.stream.clear': 'Tout ceci passe en clair : quiconque transporte les paquets le lit, mots de passe compris.',
  'packets.stream.before': '{count} morceaux plus anciens ne sont pas montrés.',
  'packets.stream.empty': 'Rien n’a encore été dit.',

  'packets.why.ip':
    'La couche Internet : elle porte un paquet d’une adresse à l’autre, à travers autant de réseaux qu’il faut, et ne promet rien (RFC 791).',
  'packets.why.ip.version': 'La version du protocole Internet : 4.',
  'packets.why.ip.header': 'La longueur de cet en-tête, en mots de quatre octets : cinq, car il n’y a pas d’options.',
  'packets.why.ip.service': 'L’urgence du paquet. Le courrier n’est pas pressé.',
  'packets.why.ip.length':
    'Octets du paquet entier, cet en-tête compris. Ici jusqu’à 16 424 ; Ethernet n’a de place que pour 1500.',
  'packets.why.ip.id':
    'Un numéro par lequel les morceaux d’un paquet coupé se retrouveraient. Ici : son numéro dans cette liste.',
  'packets.why.ip.fragment': 'DF : les routeurs ne doivent pas couper ce paquet. Il est entier, donc il commence à 0.',
  'packets.why.ip.ttl':
    'Combien de routeurs il peut encore passer. Chacun en ôte un ; à 0 le paquet est jeté, pour qu’aucun ne tourne sans fin.',
  'packets.why.ip.protocol': 'À qui le reste est remis à l’arrivée : 6 est TCP, 17 UDP.',
  'packets.why.ip.checksum': 'Somme de contrôle de cet en-tête : un routeur qui en trouve une autre jette le paquet.',
  'packets.why.ip.source': 'Qui l’a envoyé. Rien ne le prouve, mais c’est là que vont les réponses.',
  'packets.why.ip.destination': 'Où il va. Le nom venait du DNS ; sur le fil il n’y a que des nombres.',
  'packets.why.tcp':
    'La couche transport : des paquets elle fait un flux d’octets qui arrive entier et dans l’ordre (RFC 9293).',
  'packets.why.tcp.source': 'Le programme de l’expéditeur. Un client prend un port libre, un par connexion.',
  'packets.why.tcp.destination':
    'Le programme du destinataire : 25 pour le courrier entre machines, 587 pour le dépôt, 110 POP3, 143 IMAP, 80 le web.',
  'packets.why.tcp.seq':
    'La place du premier octet de ce paquet dans sa direction. SYN et FIN comptent pour un octet. Ici on compte à partir de 0 ; une vraie connexion commence n’importe où.',
  'packets.why.tcp.ack':
    'L’octet de l’autre direction qui est attendu : tous ceux d’avant sont arrivés. Ce qui était en route compte ici comme arrivé.',
  'packets.why.tcp.header':
    'La longueur de cet en-tête, en mots de quatre octets. Ici seul un SYN a des options, et il est plus long.',
  'packets.why.tcp.flags.syn': 'SYN : parlons-nous. Le premier des trois paquets qui ouvrent une connexion.',
  'packets.why.tcp.flags.syn-ack': 'SYN et ACK : volontiers, je vous ai entendu. Le deuxième des trois.',
  'packets.why.tcp.flags.ack':
    'ACK : je vous ai entendu aussi. Le troisième : la connexion est ouverte des deux côtés. C’est le seul paquet de cette liste qui ne fait qu’acquitter.',
  'packets.why.tcp.flags.push': 'PSH : à remettre tout de suite au programme. ACK : le numéro d’acquittement compte.',
  'packets.why.tcp.flags.fin': 'FIN : j’ai tout dit. L’autre direction reste ouverte tant qu’elle ne le dit pas aussi.',
  'packets.why.tcp.flags.reset':
    'RST : cette connexion n’existe pas, ou personne n’écoute sur ce port. C’est fini aussitôt.',
  'packets.why.tcp.window':
    'Pour combien d’octets l’expéditeur a de la place, dans l’unité convenue par les SYN. Les fenêtres ne sont pas simulées : il y a toujours de la place.',
  'packets.why.tcp.checksum':
    'Somme de contrôle des adresses, de l’en-tête et des données : ce qui est abîmé est jeté, et renvoyé.',
  'packets.why.tcp.urgent': 'Où finissent des données urgentes. Il n’y en a pas.',
  'packets.why.tcp.option.mss':
    'Ce qu’un paquet à mon adresse peut porter au plus. Sur Ethernet on trouve ici 1460 : 1500 octets, moins les deux en-têtes.',
  'packets.why.tcp.option.nop':
    'Ne dit rien : il remplit, pour que les options finissent avec un mot de quatre octets.',
  'packets.why.tcp.option.scale':
    'Mes fenêtres sont à décaler d’autant de bits : deux octets ne pourraient dire plus de 65 535 (RFC 7323).',
  'packets.why.tcp.option.kind': 'De quelle option il s’agit.',
  'packets.why.tcp.option.length': 'Octets de l’option, celui-ci et le genre compris.',
  'packets.why.udp':
    'La couche transport sans promesse : un paquet, qui arrive ou n’arrive pas (RFC 768). Assez pour une question et une réponse.',
  'packets.why.udp.source': 'Où doit aller la réponse : un port pris pour cette seule question.',
  'packets.why.udp.destination': 'Le programme du destinataire : 53 est le DNS.',
  'packets.why.udp.length': 'Octets de l’en-tête et des données.',
  'packets.why.udp.checksum': 'Somme de contrôle des adresses, de l’en-tête et des données.',
  'packets.why.data': 'Ce que le paquet porte, et dont cette page ne tire rien de plus.',
  'packets.why.tls': 'Transport Layer Security : des enregistrements, tous scellés sauf les premiers (RFC 8446).',
  'packets.why.tls.record': 'Un enregistrement : type, version et longueur en clair, le reste selon son type.',
  'packets.why.tls.type':
    '22 négocie, 21 est une alerte, 23 des données, et tout ce qui doit rester secret voyage sous 23.',
  'packets.why.tls.version':
    'Dit TLS 1.2 pour ne pas effrayer de vieux pare-feu ; la vraie version est dans une extension.',
  'packets.why.tls.length': 'Combien d’octets suivent et en font partie.',
  'packets.why.tls.handshake':
    'Un message par lequel les deux bouts conviennent de clés. Les deux « hello » sont en clair : il n’y a pas encore de clés.',
  'packets.why.tls.message': '1 est le « hello » du client, 2 celui du serveur.',
  'packets.why.tls.random': '32 octets tirés au hasard, pour que deux négociations ne se ressemblent jamais.',
  'packets.why.tls.session': 'Servait à reprendre une session plus ancienne. TLS 1.3 n’en fait rien.',
  'packets.why.tls.suite': 'Par quoi les données sont scellées et les clés mélangées.',
  'packets.why.tls.compression': 'Aucune : la compression a déjà trahi des secrets.',
  'packets.why.tls.ext.type': 'De quelle extension il s’agit.',
  'packets.why.tls.ext.server_name':
    'Le nom de la machine appelée, en clair : une oreille indiscrète l’apprend (RFC 6066).',
  'packets.why.tls.ext.supported_groups': 'Sur quelle courbe les clés sont convenues.',
  'packets.why.tls.ext.signature_algorithms': 'Par quelles signatures le serveur peut prouver qui il est.',
  'packets.why.tls.ext.supported_versions': 'La version vraiment voulue : TLS 1.3.',
  'packets.why.tls.ext.key_share':
    'Une moitié de l’échange de clés. Des deux moitiés, que tout le monde voit, seuls les deux bouts peuvent tirer la clé (Diffie et Hellman).',
  'packets.why.tls.ext.other': 'Une extension dont cette page ne sait rien de plus.',
  'packets.why.tls.sealed':
    'Scellé par AES-GCM : sans la clé on ne lit rien, et on ne change pas un octet sans que cela se voie.',
  'packets.why.tls.level': 'Gravité : tout est fatal, sauf un adieu.',
  'packets.why.tls.alert': 'Pourquoi la connexion finit.',
  'packets.why.dns': 'Le système des noms de domaine : une question et ses réponses sous une même forme (RFC 1035 4).',
  'packets.why.dns.id':
    'Un numéro tiré au hasard, répété dans la réponse : le demandeur sait ainsi à quelle question elle répond.',
  'packets.why.dns.flags': 'Seize bits qui disent de quelle sorte de message il s’agit.',
  'packets.why.dns.qr': '0 demande, 1 répond.',
  'packets.why.dns.opcode': '0 est une question ordinaire.',
  'packets.why.dns.aa': 'La réponse vient d’un serveur de la zone elle-même, et non de la mémoire de quelqu’un.',
  'packets.why.dns.tc': 'La réponse était trop longue pour un datagramme et elle est coupée.',
  'packets.why.dns.rd': 'Trouvez-le pour moi, où que ce soit.',
  'packets.why.dns.ra': 'Ce serveur cherche pour les autres.',
  'packets.why.dns.rcode': '0 : tout va bien. 2 : le serveur a échoué. 3 : ce nom n’existe pas (NXDOMAIN). 5 : refusé.',
  'packets.why.dns.count': 'Combien il en suit.',
  'packets.why.dns.question': 'Ce qui est demandé. Une réponse le répète.',
  'packets.why.dns.name':
    'Un nom : la longueur de chaque étiquette est écrite devant elle, et un 0 le termine. Il n’y a pas de points sur le fil.',
  'packets.why.dns.pointer':
    'Un nom déjà écrit n’est pas répété : deux octets qui commencent par les bits 11 y renvoient (RFC 1035 4.1.4).',
  'packets.why.dns.type':
    'La sorte d’enregistrement : A une adresse, MX qui prend le courrier d’un domaine, PTR le nom d’une adresse, NS un serveur de noms.',
  'packets.why.dns.class': '1 : l’Internet.',
  'packets.why.dns.answers': 'Les enregistrements qui répondent à la question.',
  'packets.why.dns.authorities':
    'De qui la parole compte ici : des serveurs de noms, ou l’enregistrement SOA qui dit qu’il n’y a rien.',
  'packets.why.dns.additionals':
    'Ce que le demandeur demanderait ensuite : les adresses des machines nommées, et la longueur permise d’un datagramme (EDNS).',
  'packets.why.dns.record':
    'Un enregistrement : nom, type, classe, combien de temps il peut être gardé, et ses données.',
  'packets.why.dns.ttl': 'Pendant tant de secondes, qui l’entend peut s’en souvenir.',
  'packets.why.dns.length': 'Octets des données qui suivent.',
  'packets.why.dns.preference': 'Le plus petit nombre est essayé d’abord ; les autres s’il ne répond pas.',
  'packets.why.dns.exchange': 'La machine qui prend le courrier de ce domaine. On demandera ensuite son adresse.',
  'packets.why.dns.data.A': 'Une adresse : quatre octets.',
  'packets.why.dns.data.NS': 'Un serveur qui connaît cette zone.',
  'packets.why.dns.data.CNAME': 'Le vrai nom, dont celui qui est demandé n’est qu’un alias.',
  'packets.why.dns.data.PTR': 'Le nom qui va avec une adresse, selon son propriétaire.',
  'packets.why.dns.data.TXT': 'Du texte.',
  'packets.why.dns.data.SRV': 'Priorité, poids, port et machine d’un service (RFC 2782).',
  'packets.why.dns.data.SOA':
    'Qui est responsable de la zone, et combien de temps on peut se souvenir que « ce nom n’existe pas ».',
  'packets.why.dns.data.MX': 'Préférence, et machine qui prend le courrier.',
  'packets.why.dns.data.other': 'Les données d’un type dont cette page ne sait rien de plus.',
  'packets.why.dns.size': 'La longueur de datagramme que l’expéditeur accepte ; sans EDNS, 512 octets (RFC 6891).',
  'packets.why.dns.edns': 'D’autres bits pour le code et les drapeaux, et des options. Rien de cela n’est utilisé ici.',
  'packets.why.smtp': 'Simple Mail Transfer Protocol : des lignes de texte, une réponse à chaque commande (RFC 5321).',
  'packets.why.smtp.verb': 'Ce que le serveur doit faire. Majuscules ou minuscules, peu importe.',
  'packets.why.smtp.code':
    'Premier chiffre : 2 c’est fait, 3 continuez, 4 pas maintenant, 5 non. Les programmes ne lisent que le nombre.',
  'packets.why.smtp.separator':
    'Un trait d’union : d’autres lignes de cette réponse suivent. Une espace : c’est la dernière.',
  'packets.why.lmtp':
    'Local Mail Transfer Protocol : SMTP pour le dernier pas, avec une réponse par destinataire (RFC 2033).',
  'packets.why.pop3': 'Post Office Protocol : aller chercher son courrier (RFC 1939).',
  'packets.why.pop3.verb': 'Ce que le serveur doit faire.',
  'packets.why.pop3.status': '+OK c’est fait, -ERR ce ne l’est pas.',
  'packets.why.imap':
    'Internet Message Access Protocol : le courrier reste sur le serveur, et c’est là qu’on le lit (RFC 9051).',
  'packets.why.imap.tag':
    'La marque que le client donne à sa commande ; la réponse qui la termine porte la même. Un astérisque : ceci est dit à côté. Un plus : continuez.',
  'packets.why.imap.verb': 'Ce que le serveur doit faire.',
  'packets.why.http':
    'Hypertext Transfer Protocol : une requête et sa réponse, chacune un en-tête en lignes de texte et, peut-être, un corps (RFC 9110, 9112). Un webmail parle ainsi avec le navigateur ; derrière lui, le courrier continue par IMAP et SMTP.',
  'packets.why.http.request': 'Ce que veut le navigateur, en une ligne.',
  'packets.why.http.method':
    'GET : montrez-moi ceci. POST : prenez ce qui est dans le corps et faites-en quelque chose. Ici majuscules et minuscules comptent.',
  'packets.why.http.target':
    'Laquelle des choses de ce serveur est demandée. Ce qui n’a pas sa place dans une adresse s’écrit %XX, avec son octet en hexadécimal.',
  'packets.why.http.version': 'Dans quelle version ceci est dit : comment le message se découpe en lignes et corps.',
  'packets.why.http.status': 'Ce qu’il en est, en une ligne.',
  'packets.why.http.code':
    'Premier chiffre : 2 c’est fait, 3 voyez ailleurs, 4 la requête est mauvaise, 5 le serveur a échoué. En SMTP, 3 veut dire continuez, et 4 pas maintenant.',
  'packets.why.http.phrase': 'La même chose pour les gens. Les programmes ne lisent que le nombre.',
  'packets.why.http.field.host':
    'Le nom demandé : une même adresse peut porter les pages de beaucoup de noms. Aucune requête HTTP/1.1 ne va sans lui.',
  'packets.why.http.field.cookie':
    'Ce que le serveur a donné à l’ouverture de session revient avec chaque requête (RFC 6265) : il sait ainsi qui demande. Qui le lit ici peut se faire passer pour cette personne, sans le mot de passe.',
  'packets.why.http.field.set-cookie':
    'Un mot que le navigateur joindra désormais à ses requêtes (RFC 6265). HttpOnly : aucun script ne peut le lire ; SameSite : aucun autre site ne peut s’en servir. Sans TLS, rien de cela ne le cache à qui écoute.',
  'packets.why.http.field.content-type': 'Ce qu’est le corps : les mêmes types que dans le courrier (MIME, RFC 2045).',
  'packets.why.http.field.content-length':
    'Combien d’octets a le corps. On en connaît donc la fin en comptant, sans point final comme en SMTP.',
  'packets.why.http.field.connection':
    'close : après cette réponse la connexion est finie. Sinon d’autres requêtes pourraient y suivre.',
  'packets.why.http.field.location': 'Où le navigateur doit voir à la place. Il le demande ensuite de lui-même.',
  'packets.why.http.field.server': 'Ce que le serveur dit être.',
  'packets.why.http.field.cache-control': 'no-store : personne en chemin ne doit en garder une copie.',
  'packets.why.http.field.allow': 'Les méthodes qui auraient convenu.',
  'packets.why.http.field.other':
    'Un champ d’en-tête : écrit comme dans une lettre, mais au sujet de cette requête ou de cette réponse.',
  'packets.why.http.name': 'Ce dont parle le champ. Majuscules ou minuscules, peu importe.',
  'packets.why.http.colon':
    'Le deux-points tient au nom, sans espace entre eux, sinon deux lecteurs pourraient comprendre autrement.',
  'packets.why.http.value': 'Ce que dit le champ.',
  'packets.why.http.end':
    'Une ligne vide : l’en-tête est fini, comme dans une lettre. S’il suit quelque chose, c’est le corps.',
  'packets.why.http.rest':
    'Cela appartient à l’en-tête : commencé dans un paquet précédent, ou plus long que ce qui est montré.',
  'packets.why.http.body':
    'Ce qui est porté. Sa longueur était dans l’en-tête ; il peut continuer sur plusieurs paquets.',
  'packets.why.http.form': 'Un champ de formulaire, tel qu’il a été rempli : un nom, un signe égal, une valeur.',
  'packets.why.http.form.name': 'Quel champ du formulaire.',
  'packets.why.http.form.value':
    'Ce qui y a été tapé, avec %XX pour ce qui pourrait passer pour un signe. Cela ne cache rien : un mot de passe est ici lisible par tous.',
  'packets.why.http.form.next': 'Un autre champ suit.',
  'packets.why.http.json': 'Des données pour le programme de la page (JSON, RFC 8259).',
  'packets.why.http.line': 'Une ligne de ce qui est porté, ici une lettre. HTTP n’y regarde pas.',
  'packets.why.command': 'Une ligne que dit le client.',
  'packets.why.response': 'Une ligne que dit le serveur.',
  'packets.why.parameters': 'Ce sur quoi porte le verbe.',
  'packets.why.text': 'Pour les gens : il peut dire n’importe quoi.',
  'packets.why.line': 'Une ligne du message lui-même. On n’y regarde rien, sauf le point seul qui le termine.',
  'packets.why.line-end':
    'Retour chariot et saut de ligne, les octets 13 et 10, terminent chaque ligne de ces protocoles.',
}
