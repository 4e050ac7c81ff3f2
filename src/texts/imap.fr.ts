/** IMAP for students, in French. */
import type { imapEnglish } from './imap.en.ts'

export const imapFrench: Record<keyof typeof imapEnglish, string> = {
  'imap.CAPABILITY': 'Demande ce que sait faire le serveur. Il peut y en avoir davantage une fois identifié.',
  'imap.NOOP': 'Ne fait rien, mais donne au serveur l’occasion de dire ce qu’il y a de nouveau.',
  'imap.LOGOUT': 'Dit au revoir. Le serveur répond BYE, puis OK, et ferme.',
  'imap.ID': 'Dit quel programme vous êtes et le demande au serveur. ID NIL ne dit rien de vous.',
  'imap.STARTTLS': 'À partir d’ici, tout est chiffré. Après la poignée de main, redemandez CAPABILITY.',
  'imap.AUTHENTICATE':
    'Identifie par un mécanisme SASL, comme en SMTP. La base64 est une écriture, pas un secret : sans TLS, PLAIN et LOGIN montrent le mot de passe.',
  'imap.response': 'Le serveur attend votre part de l’identification, en base64. Un * seul abandonne.',
  'imap.LOGIN':
    'Identifie par nom et mot de passe, tels quels : sans TLS, tous ceux qui sont sur le chemin peuvent les lire.',
  'imap.ENABLE':
    'Active des extensions qui changent la façon de parler du serveur : CONDSTORE, QRESYNC, UTF8=ACCEPT, IMAP4rev2.',
  'imap.SELECT':
    'Ouvre une boîte. La réponse dit combien de messages elle contient, et jusqu’à quand les numéros valent (UIDVALIDITY).',
  'imap.EXAMINE': 'Ouvre une boîte en lecture seule : rien n’est marqué comme lu.',
  'imap.CREATE': 'Crée une boîte. Un / dans son nom la place à l’intérieur d’une autre.',
  'imap.DELETE': 'Supprime une boîte avec tout ce qu’elle contient. INBOX ne peut pas être supprimée.',
  'imap.RENAME':
    'Renomme une boîte, avec celles qu’elle contient. Renommer INBOX déplace ses messages et la laisse vide.',
  'imap.SUBSCRIBE':
    'Met une boîte sur votre liste, que montre LSUB : les programmes montrent celles-là, et non toutes.',
  'imap.UNSUBSCRIBE': 'Retire une boîte de votre liste. La boîte elle-même reste.',
  'imap.LIST': 'Donne la liste des boîtes. LIST "" "*" les donne toutes, % s’arrête au prochain /.',
  'imap.LSUB': 'Donne les boîtes de votre liste (SUBSCRIBE).',
  'imap.RLIST': 'LIST, avec aussi ce qui se trouve sur d’autres serveurs.',
  'imap.RLSUB': 'LSUB, avec aussi ce qui se trouve sur d’autres serveurs.',
  'imap.SCAN': 'Donne les boîtes dont un message contient un texte.',
  'imap.STATUS': 'Regarde une boîte du dehors, sans l’ouvrir : STATUS INBOX (MESSAGES UNSEEN).',
  'imap.APPEND':
    'Dépose un message dans une boîte. {310} annonce 310 octets ; attendez la ligne + avant de les envoyer.',
  'imap.NAMESPACE': 'Dit où commencent vos propres boîtes, celles des autres et les boîtes partagées.',
  'imap.IDLE': 'Attend : le serveur dit ce qui arrive au moment où cela arrive, jusqu’à DONE.',
  'imap.DONE': 'Le serveur dit ce qui arrive. DONE, sans étiquette, y met fin.',
  'imap.GETQUOTA': 'Dit combien d’un quota est utilisé.',
  'imap.GETQUOTAROOT': 'Dit sur quel quota compte une boîte, et combien en est utilisé.',
  'imap.SETQUOTA': 'Fixe un quota.',
  'imap.GETACL': 'Dit qui peut faire quoi d’une boîte.',
  'imap.SETACL':
    'Donne à quelqu’un des droits sur une boîte : l voir, r lire, s marquer lu, w drapeaux, i déposer, t et e supprimer, a donner des droits …',
  'imap.DELETEACL': 'Retire à quelqu’un tous ses droits sur une boîte.',
  'imap.LISTRIGHTS': 'Dit quels droits quelqu’un a toujours sur une boîte, et lesquels peuvent lui être donnés.',
  'imap.MYRIGHTS': 'Dit ce que vous pouvez faire d’une boîte.',
  'imap.CHECK': 'Demande au serveur de mettre de l’ordre. La plupart ne font rien ; c’est NOOP qu’il vous faut.',
  'imap.CLOSE': 'Ferme la boîte et supprime ce qui est marqué \\Deleted, sans un mot.',
  'imap.UNSELECT': 'Ferme la boîte et ne supprime rien.',
  'imap.EXPUNGE': 'Supprime ce qui est marqué \\Deleted. Les numéros suivants remontent ; les UID ne changent jamais.',
  'imap.SEARCH':
    'Cherche des messages sur le serveur : SEARCH UNSEEN FROM "bruno" SINCE 1-Sep-2026. Les clefs se placent devant ce qu’elles visent.',
  'imap.FETCH':
    'Va chercher quelque chose de certains messages : FETCH 1:* FLAGS, FETCH 2 BODY[HEADER], FETCH 3 BODY.PEEK[1].',
  'imap.STORE': 'Change les drapeaux : STORE 2 +FLAGS (\\Deleted). Avec FLAGS.SILENT, le serveur ne les répète pas.',
  'imap.COPY': 'Copie des messages dans une autre boîte.',
  'imap.MOVE': 'Déplace des messages dans une autre boîte.',
  'imap.SORT': 'SEARCH, dans un ordre : SORT (REVERSE DATE) UTF-8 ALL.',
  'imap.THREAD': 'SEARCH, par conversations : THREAD REFERENCES UTF-8 ALL.',
  'imap.CANCELUPDATE': 'Plus de nouvelles d’une recherche qui était tenue à jour.',
  'imap.UID COPY': 'COPY par UID, qui ne changent jamais, au lieu des numéros.',
  'imap.UID EXPUNGE': 'Ne supprime, parmi les messages nommés, que ceux qui sont marqués \\Deleted.',
  'imap.UID FETCH': 'FETCH par UID, qui ne changent jamais, au lieu des numéros.',
  'imap.UID MOVE': 'MOVE par UID, qui ne changent jamais, au lieu des numéros.',
  'imap.UID SEARCH': 'SEARCH qui répond par des UID au lieu des numéros.',
  'imap.UID SORT': 'SORT qui répond par des UID au lieu des numéros.',
  'imap.UID STORE': 'STORE par UID, qui ne changent jamais, au lieu des numéros.',
  'imap.UID THREAD': 'THREAD qui répond par des UID au lieu des numéros.',

  'imap.code.OK': 'C’est fait.',
  'imap.code.NO': 'Compris, mais cela n’a pas marché. Le texte dit pourquoi.',
  'imap.code.BAD': 'Le serveur n’a pas compris : une faute de frappe, ou le mauvais moment.',
  'imap.code.BYE': 'Le serveur met fin à la connexion.',
  'imap.code.PREAUTH': 'Vous êtes déjà identifié : cette porte ne demande pas de mot de passe.',
  'imap.code.+': 'Continuez : le serveur attend la suite.',

  'coach.imap.unrecognized':
    'Le serveur ne connaît pas la commande « {word} ». Une commande est une étiquette de votre choix, puis le mot : a1 SELECT INBOX.',
  'coach.imap.noTag':
    'En IMAP, chaque ligne commence par une étiquette de votre choix, par exemple : a1 NOOP. La réponse la porte aussi.',
  'coach.imap.syntax': 'Le mot est juste, la suite ne l’est pas. On écrit : {syntax} (SP est un blanc).',
  'coach.imap.wrongState.not-authenticated': 'Identifiez-vous d’abord : a1 LOGIN, votre nom et votre mot de passe.',
  'coach.imap.wrongState.authenticated':
    'Pas maintenant. Pour une commande sur les messages, ouvrez d’abord une boîte : a2 SELECT INBOX.',
  'coach.imap.wrongState.selected': 'Cela se dit avant l’identification. LOGOUT termine cette session.',
  'coach.imap.notOffered': '{word} est une extension que ce serveur n’offre pas. CAPABILITY donne ce qu’il offre.',
  'coach.imap.lineTooLong':
    'Le serveur ne prend pas de ligne aussi longue. Ce qui est long passe en littéral : {123}, et autant d’octets après la ligne.',
  'coach.imap.literalTooBig': 'Le serveur ne prend pas de littéral aussi grand.',
  'coach.imap.tooManyErrors': 'Trop d’erreurs dans une connexion : ce serveur perd patience. Reconnectez-vous.',
  'coach.imap.timeout': 'Personne n’a rien dit pendant une demi-heure : le serveur a raccroché.',
  'coach.imap.unavailable': 'Le serveur a un ennui passager. Réessayez plus tard.',
  'coach.imap.serverBug': 'Quelque chose s’est mal passé sur le serveur, pas de votre côté.',
  'coach.imap.shutdown': 'Le serveur s’arrête. Réessayez plus tard.',
  'coach.imap.failed': 'Le nom ou le mot de passe est faux ; le serveur ne dit pas lequel.',
  'coach.imap.referral':
    'Cela se trouve sur un autre serveur. L’URL entre crochets dit lequel : connectez-vous là-bas.',
  'coach.imap.tlsFirst':
    'Ce serveur ne prend pas de mot de passe en clair : d’abord STARTTLS, ou le port avec TLS (993).',
  'coach.imap.notBase64':
    'Il faut ici de la base64 : la commande base64 du shell en fait. Recommencez par AUTHENTICATE.',
  'coach.imap.cancelled': 'Vous avez abandonné l’identification. Tout le reste continue.',
  'coach.imap.noMechanism': 'Le serveur ne connaît pas ce mécanisme. Les AUTH= de sa CAPABILITY disent lesquels il a.',
  'coach.imap.STARTTLS.already': 'TLS est déjà là : une fois suffit pour une connexion.',
  'coach.imap.nonexistent': 'Il n’y a pas de telle boîte. LIST "" "*" montre celles qui existent.',
  'coach.imap.UNSUBSCRIBE.nonexistent': 'Ce nom n’est pas sur votre liste. LSUB "" "*" montre ceux qui y sont.',
  'coach.imap.tryCreate': 'Il n’y a pas de telle boîte. TRYCREATE dit : créez-la avec CREATE, et recommencez.',
  'coach.imap.noPermission': 'Vous pouvez voir cela, mais pas faire ceci. MYRIGHTS dit ce que vous pouvez faire.',
  'coach.imap.noSelect': 'Ce nom ne fait que contenir d’autres boîtes et n’a pas de messages à lui.',
  'coach.imap.exists': 'Il y a déjà une boîte de ce nom.',
  'coach.imap.cannot': 'Cela ne peut se faire de cette boîte, ou avec ce nom. INBOX ne peut jamais être supprimée.',
  'coach.imap.useAttr':
    'Un usage particulier est \\Sent, \\Drafts, \\Trash, \\Junk ou \\Archive, et une seule boîte l’a.',
  'coach.imap.hasChildren': 'Elle contient d’autres boîtes : supprimez d’abord celles-là.',
  'coach.imap.limit': 'Il y en a déjà trop.',
  'coach.imap.overQuota':
    'Votre quota est épuisé : GETQUOTAROOT INBOX dit combien vous avez. Supprimez quelque chose, puis EXPUNGE.',
  'coach.imap.noSpace': 'Le serveur lui-même est plein.',
  'coach.imap.empty': 'Il n’y a rien à déposer : un message a au moins un en-tête.',
  'coach.imap.tooBig':
    'Le message est plus grand que ce que prend ce serveur ; APPENDLIMIT, dans CAPABILITY, dit jusqu’où il peut aller.',
  'coach.imap.badUrl': 'CATENATE prend des parties de messages de vos propres boîtes : /INBOX/;UID=20/;SECTION=1.',
  'coach.imap.unknownCte':
    'Personne ici ne connaît l’encodage de transfert de cette partie : prenez-la telle quelle avec BODY[].',
  'coach.imap.badCharset': 'Le serveur ne connaît pas ce jeu de caractères. Il connaît UTF-8.',
  'coach.imap.gone': 'Une autre session a supprimé des messages que vous demandiez. NOOP dit lesquels.',
  'coach.imap.modifiedGone': 'Une autre session a supprimé des messages que vous demandiez. NOOP dit lesquels.',
  'coach.imap.readOnly':
    'La boîte est ouverte en lecture seule : EXAMINE l’a ouverte ainsi, ou vous n’avez pas le droit d’y changer quoi que ce soit.',
  'coach.imap.notDoneSelected': 'Pendant IDLE, seul DONE est compris, sans étiquette.',
  'coach.imap.notDoneAuthenticated': 'Pendant IDLE, seul DONE est compris, sans étiquette.',
}
