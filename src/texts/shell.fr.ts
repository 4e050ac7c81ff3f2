/** La voix de l'interpréteur de commandes des machines simulées ; les programmes imités, eux, parlent anglais partout. */
import type en from './shell.en.ts'

const fr: Record<keyof typeof en, string> = {
  'shell.welcome': 'Vous êtes sur {host}, une machine simulée.\n« help » donne la liste des commandes.',
  'shell.logout': 'Au revoir. Le terminal reste : voici une nouvelle session.',
  'shell.help-intro': 'Commandes de cette machine (« help COMMANDE » pour en voir une) :',
  'shell.help-keys':
    "Ctrl-C arrête ce qui tourne, Ctrl-D dit qu'il n'y a plus rien à taper, Ctrl-] mène à l'invite de telnet.\nLes commandes se combinent : ; l'une après l'autre, | la sortie de l'une est l'entrée de la suivante, < et > lisent et écrivent des fichiers, '...' et \"...\" tiennent des mots ensemble.",
  'shell.no-help': 'Pas de commande « {command} » ici ; « help » donne la liste.',
  'shell.try-help': "« {command} --help » dit comment s'en servir.",
  'shell.did-you-mean': 'Vouliez-vous dire « {command} » ?',
  'shell.not-connected':
    "{verb} est un mot de {protocol}, et voici l'interpréteur de commandes de votre machine. Connectez-vous d'abord à un serveur : telnet HÔTE {port}",
  'shell.operator':
    "Un vrai interpréteur de commandes connaît {operator}, celui-ci non. Entre guillemets, c'est un caractère comme un autre.",
  'shell.reads-no-pipe': "{command} ne lit rien d'un tube ni d'un fichier ici.",
  'shell.feeds-no-pipe':
    "{command} n'alimente ni tube ni fichier ici : il ne s'arrête pas de lui-même, ou n'a rien à dire.",
  'shell.cut': '[Coupé ici : on ne montre pas plus de {lines} lignes ou {kilobytes} ko.]',
  'shell.telnet': 'se connecte à un port et vous laisse parler avec ce qui y écoute',
  'shell.telnet-mode': "Il n'y a que « mode line » : une ligne part quand vous appuyez sur Entrée.",
  'shell.telnet-send':
    "Il n'y a que « send escape » : brk, eof, ip et les autres sont des signes du protocole TELNET (RFC 854), qu'un serveur de courrier ne parle pas.",
  'shell.nc': 'comme telnet, sans rien ajouter : les lignes finissent par LF seul, avec -C par CRLF ; lit un tube',
  'shell.openssl':
    'parle TLS à la main : s_client est le telnet des ports sous TLS et montre le certificat ; aussi x509, dgst, md5 et base64',
  'shell.dig': 'interroge le DNS et montre toute la réponse',
  'shell.host': 'interroge le DNS et répond par des phrases',
  'shell.nslookup': 'interroge le DNS, comme dans les cours plus anciens',
  'shell.mail':
    'écrit un message et le remet, avec -A un fichier joint, avec -v en montrant le dialogue ; sans ADRESSE, lit votre boîte aux lettres',
  'shell.mail-not-sent': "Le message n'est pas parti.",
  'shell.mail-no-server': "Cette machine n'a pas de serveur à qui remettre du courrier.",
  'shell.mail-lost': 'la connexion a été perdue',
  'shell.mail-uncertain':
    'la connexion a été perdue après le point final : le message est peut-être arrivé, peut-être pas, et personne de ce côté ne peut le savoir (RFC 1047).',
  'shell.mail-elsewhere':
    "Il n'y a pas de boîte aux lettres sur cette machine ; le courrier est distribué là où vit votre adresse, dans /var/mail/NOM.",
  'shell.mail-no-delete': 'Rien ne se supprime ici : ce mail-ci ne fait que lire.',
  'shell.mail-help':
    'NUMÉRO montre un message, Entrée le suivant, h la liste, s NUMÉRO FICHIER en enregistre un, q quitte.',
  'shell.mailq': 'montre ce qui attend dans la file de courrier de cette machine',
  'shell.sendmail':
    'envoie un message entier, en-tête compris, avec -t à ceux que ses champs nomment ; -q essaie tout de suite de distribuer ce qui attend, -bp le montre comme mailq',
  'shell.sendmail-only': "Des modes de sendmail, il n'y a que -bm, qui envoie, et -bp, qui montre la file.",
  'shell.curl':
    'va chercher du courrier par une URL : imap://HOST/INBOX;UID=1, pop3://HOST/1 ; -u NOM:MOTDEPASSE pour la connexion, -v montre le dialogue, -X dit une autre commande, -T envoie un fichier',
  'shell.tcpdump':
    "montre les paquets de la carte réseau de cette machine jusqu'à Ctrl-C, avec -A ce qu'ils contiennent",
  'shell.cat': 'montre un fichier, avec -A aussi ses fins de ligne ; une boîte aux lettres est /var/mail/NOM',
  'shell.tail':
    "montre la fin d'un fichier, avec -f ce qui s'y ajoute jusqu'à Ctrl-C ; le journal du courrier est /var/log/mail.log",
  'shell.ls': 'montre un répertoire, avec -l aussi les tailles',
  'shell.rm': 'supprime vos propres fichiers',
  'shell.echo': 'dit ses mots, avec -n sans fin de ligne, avec -e en lisant \\r et \\n comme printf',
  'shell.printf': "dit ses mots comme le format le demande : printf 'NOOP\\r\\nQUIT\\r\\n'",
  'shell.base64': "code en base64, avec -d décode, avec -i en passant sur ce qui n'en est pas",
  'shell.qprint':
    'code en quoted-printable, avec -d décode ; avec -b les fins de ligne sont des octets comme les autres',
  'shell.iconv': "convertit d'un jeu de caractères à un autre, avec -c en omettant ce qui manque à l'autre",
  'shell.xxd':
    'montre les octets en hexadécimal, avec -b bit à bit, avec -p les chiffres seuls ; -r en refait des octets',
  'shell.munpack': 'démonte un message et écrit en fichiers ce qui y est joint, avec -t aussi les textes',
  'shell.md5sum': "calcule l'empreinte MD5",
  'shell.whoami': 'dit qui est connecté',
  'shell.who': 'énumère qui est devant cette machine, avec -T aussi quels terminaux acceptent des messages',
  'shell.sievec': "vérifie qu'un filtre (Sieve) est bien écrit ; celui qui compte est le fichier .dovecot.sieve",
  'shell.sieve-test': "dit ce qu'un filtre ferait d'un message : -f son expéditeur, -a son destinataire",
  'shell.mesg': "dit si la messagerie peut écrire sur ce terminal (SEND) ; n l'interdit, y le permet",
  'shell.hostname': 'dit le nom de cette machine, avec -I son adresse',
  'shell.date': "dit ce que montre l'horloge de cette machine",
  'shell.history': 'montre ce qui a été tapé, sauf les mots de passe',
  'shell.clear': "efface l'écran",
  'shell.help': 'donne la liste des commandes, ou en explique une',
  'shell.exit': 'termine cette session et en commence une autre',
}
export default fr
