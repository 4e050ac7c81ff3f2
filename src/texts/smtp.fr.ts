/** SMTP for students: what each command does, what each reply code means, and what the coach says. French. */
import type { smtpEnglish } from './smtp.en.ts'

export const smtpFrench: Record<keyof typeof smtpEnglish, string> = {
  'smtp.HELO': 'Dit bonjour et donne votre nom, à l’ancienne : sans extensions. Un serveur d’aujourd’hui préfère EHLO.',
  'smtp.EHLO': 'Dit bonjour et donne votre nom. La réponse énumère ce que le serveur sait faire en plus de SMTP.',
  'smtp.MAIL':
    'Commence un message et dit qui prévenir s’il ne peut être remis. C’est l’enveloppe, pas la ligne From:. <> : personne.',
  'smtp.RCPT': 'Nomme un destinataire. À répéter pour chacun ; chacun reçoit sa propre réponse.',
  'smtp.DATA': 'Voici le message : en-têtes, une ligne vide, le texte. Un point seul sur une ligne le termine.',
  'smtp..':
    'Un point seul sur une ligne termine le message. C’est alors seulement que le serveur le prend, et en devient responsable.',
  'smtp.RSET': 'Oublie le message commencé : expéditeur, destinataires, texte. La salutation reste valable.',
  'smtp.VRFY':
    'Demande si une boîte existe. Beaucoup de serveurs répondent aujourd’hui 252 : ils ne le disent pas aux inconnus.',
  'smtp.EXPN': 'Demande qui est abonné à une liste.',
  'smtp.HELP': 'Demande de l’aide. HELP suivi d’une commande explique celle-ci.',
  'smtp.NOOP': 'Ne fait rien, et reçoit un OK. Pratique pour savoir si l’autre est toujours là.',
  'smtp.QUIT': 'Dit au revoir. Le serveur répond 221 et ferme la connexion.',
  'smtp.STARTTLS': 'À partir d’ici, tout est chiffré. Après la négociation, on recommence par EHLO.',
  'smtp.AUTH': 'S’identifie. Base64 est une écriture, pas un secret : sans TLS, tout le monde en chemin peut lire.',
  'smtp.response': 'Le serveur attend votre part de l’identification, en base64. Un * seul abandonne.',
  'smtp.content':
    'Tout ce que vous tapez fait maintenant partie du message. Terminez-le par un point seul sur une ligne. Une ligne qui commence par un point en demande un second.',
  'smtp.LHLO':
    'Le salut de LMTP, qui remet le courrier à la machine des boîtes. Comme EHLO ; à la fin, chaque destinataire a sa propre réponse.',
  'smtp.SEND':
    'Commence un message qui s’affiche sur le terminal du destinataire, et nulle part ailleurs. D’une époque où tous partageaient une machine.',
  'smtp.SOML': 'SEND or MAIL : sur le terminal si quelqu’un y est, sinon dans la boîte.',
  'smtp.SAML': 'SEND and MAIL : sur le terminal si quelqu’un y est, et dans la boîte aussi.',
  'smtp.BDAT':
    'Les octets qui suivent, en ce nombre, sont le message ou une partie : pas de point final, aucun point à doubler. LAST annonce la dernière partie.',
  'smtp.TURN': 'Échange les rôles : à partir d’ici, le serveur envoie sur cette connexion ce qu’il a pour vous.',
  'smtp.ETRN':
    'Demande au serveur d’envoyer maintenant ce qui attend dans sa file pour ce domaine. Il le fait par une autre connexion.',
  'smtp.chunk': 'Ces octets font partie du message, jusqu’à ce qu’il en soit venu autant que BDAT l’a dit.',
  'smtp.closing': 'Le serveur a dit au revoir.',

  'smtp.code.211': 'L’état du système, comme demandé.',
  'smtp.code.214': 'De l’aide, pour les humains.',
  'smtp.code.220': 'Le serveur est prêt.',
  'smtp.code.221': 'Au revoir : le serveur ferme la connexion.',
  'smtp.code.235': 'Vous êtes identifié.',
  'smtp.code.250': 'C’est fait, comme demandé.',
  'smtp.code.251': 'Cet utilisateur est ailleurs ; le serveur fait suivre.',
  'smtp.code.252': 'Le serveur ne dit pas si l’utilisateur existe. Il prend un message et essaie.',
  'smtp.code.334': 'Poursuivez l’identification : le serveur attend votre réponse, en base64.',
  'smtp.code.253': 'Le serveur envoie maintenant ce nombre de messages en attente.',
  'smtp.code.354': 'Allez-y : envoyez le message, et terminez par un point seul sur une ligne.',
  'smtp.code.355': 'Le serveur a gardé le début : continuez à partir de cet octet.',
  'smtp.code.421': 'Le serveur ne peut pas continuer et ferme la connexion. Réessayez plus tard.',
  'smtp.code.432': 'Il faut changer le mot de passe avant de pouvoir s’identifier ainsi.',
  'smtp.code.450':
    'Pas maintenant : la boîte est occupée, ou le serveur demande de la patience. Un client réessaie plus tard.',
  'smtp.code.451': 'Un incident chez le serveur, pas chez vous. Un client réessaie plus tard.',
  'smtp.code.452':
    'Pas maintenant : trop peu de place, ou trop de destinataires à la fois. Un client réessaie plus tard.',
  'smtp.code.454': 'TLS ou l’identification ne marche pas en ce moment. Réessayez plus tard.',
  'smtp.code.455': 'Le serveur ne peut pas le faire avec ces paramètres pour l’instant.',
  'smtp.code.458': 'Le serveur ne peut pas envoyer ce qui attend pour ce domaine.',
  'smtp.code.459': 'Le serveur ne le fait pas pour vous.',
  'smtp.code.500': 'Le serveur ne connaît pas cette commande. Une faute de frappe ?',
  'smtp.code.501': 'La commande est juste, ce qui la suit ne l’est pas. Regardez sa grammaire ci-dessous.',
  'smtp.code.502': 'Le serveur connaît cette commande mais ne la fait pas.',
  'smtp.code.503': 'Une bonne commande au mauvais moment. Une autre doit venir avant.',
  'smtp.code.504': 'Le serveur connaît la commande, mais pas avec ce paramètre.',
  'smtp.code.521': 'Cette machine ne prend aucun courrier.',
  'smtp.code.523': 'Le message dépasse la taille que le destinataire accepte.',
  'smtp.code.530': 'D’abord s’identifier, ou d’abord passer à TLS.',
  'smtp.code.534': 'Cette manière de s’identifier est trop faible pour ce serveur.',
  'smtp.code.535': 'Nom d’utilisateur ou mot de passe faux.',
  'smtp.code.538': 'STARTTLS d’abord : ce serveur ne prend pas de mot de passe en clair.',
  'smtp.code.550': 'Non : pas de telle boîte ici, ou le serveur ne veut pas. Réessayer n’y changerait rien.',
  'smtp.code.551': 'Cet utilisateur a déménagé. Le serveur dit où ; à vous de l’y envoyer.',
  'smtp.code.552': 'Trop gros, ou la boîte est pleine. Réessayer n’y changerait rien.',
  'smtp.code.553': 'Cette adresse n’est pas permise, ou convient à plusieurs personnes.',
  'smtp.code.554': 'La transaction a échoué. Réessayer n’y changerait rien.',
  'smtp.code.555': 'Le serveur ne connaît pas un des paramètres derrière l’adresse.',
  'smtp.code.556': 'Ce domaine ne prend pas de courrier : son MX le dit (MX nul).',

  'coach.class.4': '4xx : pas maintenant. Un client garde le message et réessaie.',
  'coach.class.5': '5xx : non. Tel quel, cela ne marchera jamais.',
  'coach.unrecognized':
    'Le serveur ne connaît pas le mot « {word} ». Presque toutes les commandes ont quatre lettres : EHLO, MAIL, RCPT, DATA…',
  'coach.empty': 'Une ligne vide n’est pas une commande. Elle n’a de sens que dans un message, après DATA.',
  'coach.tooLong': 'Une ligne de commande a au plus 512 octets (RFC 5321 4.5.3.1.4).',
  'coach.bareEnd': 'Une ligne se termine par CR et LF ensemble. L’un sans l’autre est ici une erreur.',
  'coach.syntax':
    'Le mot est juste, la suite ne l’est pas. On écrit : {syntax} (SP est un blanc, CRLF la touche Entrée).',
  'coach.HELO.syntax': 'Après HELO vient le nom de votre machine, par exemple : HELO pc-alice.rennes.example',
  'coach.EHLO.syntax': 'Après EHLO vient le nom de votre machine, par exemple : EHLO pc-alice.rennes.example',
  'coach.MAIL.syntax':
    'L’adresse se met entre < > juste après FROM et ses deux-points, par exemple : MAIL FROM:<alice@rennes.example>',
  'coach.RCPT.syntax':
    'L’adresse se met entre < > juste après TO et ses deux-points, par exemple : RCPT TO:<claire@lyon.example>',
  'coach.notImplemented': 'Le serveur connaît {word} de nom, mais ne le propose pas. EHLO énumère ce qu’il propose.',
  'coach.sequence.connected': 'La politesse d’abord : dites EHLO et votre nom.',
  'coach.sequence.rejected': 'Le serveur a dit 554 : il ne veut rien de vous. Dites QUIT.',
  'coach.sequence.ready': 'Il n’y a pas encore de message : commencez par MAIL FROM:<…>.',
  'coach.sequence.mail':
    'Il y a un expéditeur mais pas de destinataire : c’est le moment de RCPT TO:<…>. RSET oublierait l’expéditeur.',
  'coach.sequence.recipients': 'Un message est déjà commencé. Finissez-le par DATA, ou oubliez-le par RSET.',
  'coach.tooManyErrors': 'Trop d’erreurs dans une même connexion : ce serveur perd patience. Connectez-vous à nouveau.',
  'coach.timeout': 'Personne n’a rien dit trop longtemps ; le serveur a raccroché.',
  'coach.MAIL.badAddress': 'Ce n’est pas une adresse. Elle s’écrit ainsi : <alice@rennes.example>',
  'coach.RCPT.badAddress': 'Ce n’est pas une adresse. Elle s’écrit ainsi : <alice@rennes.example>',
  'coach.RCPT.unknown':
    'Le domaine est bon, mais personne n’y porte ce nom. Les autres destinataires n’en souffrent pas.',
  'coach.RCPT.noRelay':
    'Ce serveur ne prend pas de courrier pour ce domaine : ni vous ni le destinataire n’êtes de chez lui. Demandez le bon au DNS : dig MX et le domaine.',
  'coach.RCPT.greylisted':
    'Le serveur ne vous connaît pas et vous demande de revenir. Les vrais systèmes le font ; bien des spammeurs non.',
  'coach.RCPT.tooMany':
    'C’est trop de destinataires pour un seul message. Le client en envoie un second pour les autres.',
  'coach.MAIL.authFirst': 'C’est la porte des gens de la maison : identifiez-vous d’abord (AUTH).',
  'coach.MAIL.tlsFirst': 'Cette porte demande TLS, puis un mot de passe : STARTTLS, puis AUTH.',
  'coach.MAIL.notYours': 'Vous êtes identifié sous un autre nom : écrivez avec une adresse qui est à vous.',
  'coach.VRFY.unknown': 'Personne ici ne porte ce nom.',
  'coach.EXPN.unknown': 'Il n’y a pas de liste de ce nom ici.',
  'coach.AUTH.already': 'Vous êtes déjà identifié : une fois suffit pour une connexion.',
  'coach.AUTH.noInitial':
    'Ici, c’est au serveur de parler le premier : dites AUTH et le nom du mécanisme, rien de plus, puis répondez à son défi.',
  'coach.STARTTLS.already': 'TLS est déjà là : une fois suffit pour une connexion.',
  'coach.AUTH.notBase64':
    'Ce qui suit le nom du mécanisme doit être en base64 : la commande base64 du shell le fabrique.',
  'coach.response.notBase64': 'Cela doit être en base64 : la commande base64 du shell le fabrique. Reprenez à AUTH.',
  'coach.response.cancelled': 'Vous avez renoncé à vous identifier. Tout le reste continue.',
  'coach.DATA.noRecipients': 'Aucun destinataire n’a été accepté : le message n’a personne à qui aller.',
  'coach...loneEnd':
    'Le message contient un CR ou un LF isolé. Un serveur qui l’accepte peut être trompé (SMTP smuggling) ; il est refusé en entier.',
  'coach...loop':
    'Il porte tant de champs Received qu’il doit tourner en rond : deux machines dont chacune croit que l’autre est la bonne.',
  'coach.BDAT.loop': 'Il porte tant de champs Received qu’il doit tourner en rond.',
  'coach.LHLO.syntax': 'Après LHLO vient le nom de votre machine, par exemple : LHLO mx.lyon.example',
  'coach.BDAT.syntax':
    'Après BDAT vient le nombre d’octets qui suivent, et LAST avec les derniers, par exemple : BDAT 86 LAST',
  'coach.ETRN.syntax':
    'Après ETRN vient un domaine, ou @ et un domaine pour tout ce qui est dessous, ou # et le nom d’une file.',
  'coach.sequence.chunks':
    'Un message arrive par morceaux : continuez avec BDAT, finissez-le par BDAT … LAST, ou oubliez-le par RSET.',
  'coach.MAIL.unknownParameter':
    'Le serveur ne propose pas ce paramètre : EHLO énumère les extensions, et chacune apporte les siens.',
  'coach.RCPT.unknownParameter':
    'Après un destinataire ne peuvent venir que NOTIFY et ORCPT, et seulement si EHLO annonce DSN.',
  'coach.MAIL.needsUtf8': 'Une adresse hors de l’ASCII demande le paramètre SMTPUTF8, et un serveur qui le propose.',
  'coach.RCPT.needsUtf8': 'Une adresse hors de l’ASCII demande d’abord MAIL … SMTPUTF8, et un serveur qui le propose.',
  'coach.MAIL.notYourTransaction': 'Un autre client a donné ce nom à sa transaction : prenez-en un à vous.',
  'coach.RCPT.moved':
    'Le serveur dit la nouvelle adresse mais ne fait pas suivre : c’est à vous d’y envoyer, chez son serveur.',
  'coach.RCPT.full': 'Cette boîte ne pourra jamais en contenir autant. Les autres destinataires n’en souffrent pas.',
  'coach.RCPT.mailboxBusy': 'Pas maintenant : vous avez beaucoup envoyé en peu de temps. Attendez un peu.',
  'coach.RCPT.notLoggedIn':
    'SEND écrit sur un terminal, et cette personne n’est devant aucun. SOML ou MAIL atteindraient la boîte.',
  'coach.DATA.binary':
    'Vous avez dit BODY=BINARYMIME : un tel message n’est pas un texte terminé par un point. Envoyez-le par BDAT.',
  'coach.BDAT.noRecipients': 'Aucun destinataire n’a été accepté ; les octets ont été lus et jetés.',
  'coach.BDAT.tooBig': 'Plus d’octets que ce serveur n’en prend ; ils ont été lus et jetés.',
  'coach.BDAT.loneEnd':
    'Un texte par morceaux a aussi des lignes terminées par CR LF. Ce qui n’est pas du texte se dit BODY=BINARYMIME.',
  'coach.ETRN.unable': 'Ce serveur ne garde pas de courrier pour ce domaine.',
  'coach.ETRN.notAllowed': 'Seules les machines du domaine peuvent demander son courrier.',
  'coach.TURN.refused':
    'Le serveur n’échange pas les rôles avec vous : n’importe qui pourrait prendre le courrier d’un autre. ETRN est la voie sûre.',
  'coach.VRFY.ambiguous': 'Plusieurs personnes conviennent : redemandez avec une de ces adresses.',
  'coach.AUTH.failed': 'Nom ou mot de passe faux. Souvent, c’est le base64 d’un autre texte.',
  'coach.AUTH.noMechanism': 'EHLO énumère les mécanismes après AUTH : celui-ci n’en fait pas partie.',
  'coach.AUTH.tooWeak': 'Le serveur connaît ce mécanisme et le trouve trop faible : prenez-en un autre dans la liste.',
  'coach.AUTH.tlsFirst': 'D’abord STARTTLS : ce serveur ne prend pas de mot de passe en clair.',
  'coach.AUTH.transition':
    'Le serveur n’a pas encore de secret pour ce mécanisme : identifiez-vous une fois par PLAIN ou LOGIN, et il l’aura.',
  'coach.SEND.syntax':
    'L’adresse se met entre < > juste après FROM et ses deux-points, par exemple : SEND FROM:<alice@rennes.example>',
  'coach.SOML.syntax':
    'L’adresse se met entre < > juste après FROM et ses deux-points, par exemple : SOML FROM:<alice@rennes.example>',
  'coach.SAML.syntax':
    'L’adresse se met entre < > juste après FROM et ses deux-points, par exemple : SAML FROM:<alice@rennes.example>',

  'coach.bare-lf': 'Cette ligne se terminait par un LF seul. Ce serveur l’accepte ; la norme demande CR LF.',
  'coach.waits-for-crlf':
    'Le serveur attend encore : pour lui une ligne se termine par CR LF, et il n’est venu qu’un LF. telnet envoie CR LF ; nc envoie ce qu’on lui donne.',
  'coach.bare-end-in-message':
    'Les lignes d’un message se terminent par CR LF, comme telnet les envoie. Un fichier passé à nc n’a souvent que LF.',
  'coach.password-in-clear':
    'Sans TLS, le nom et le mot de passe passent sur le réseau en base64. Tout le monde en chemin peut les lire : regardez avec tcpdump.',
  'coach.hello-differs':
    'Vous avez donné un autre nom que celui que le DNS a pour votre adresse ({detail}). Les serveurs le notent.',
  'coach.blank-after-colon': 'Un blanc après les deux-points : ce serveur l’accepte, un serveur strict répond 501.',
  'coach.no-brackets': 'Une adresse sans < > : ce serveur l’accepte, un serveur strict répond 501.',
  'coach.tls-next':
    'Après ce 220, le serveur attend une négociation TLS, et non plus des lignes de texte. telnet ne connaît pas TLS : quoi que vous tapiez, la connexion s’arrêtera. openssl s_client -starttls smtp, lui, sait le faire.',
  'coach.tls-plaintext':
    'Le serveur attendait TLS et a reçu du texte en clair : il a envoyé une alerte et raccroché. telnet ne connaît pas TLS ; reconnectez-vous et passez-vous de STARTTLS, ou prenez openssl s_client.',

  'coach.openssl-quit':
    'Pour s_client, une ligne qui commence par Q veut dire : quitter. Le serveur n’a jamais vu votre {detail}. Écrivez-le en minuscules, ou lancez s_client avec -quiet ou -ign_eof : les lettres sont alors des données.',
  'coach.openssl-letter':
    'Pour s_client, une ligne qui commence par R ou K est une commande à lui (nouvelles clés). Le serveur n’a jamais vu votre {detail}. Écrivez-le en minuscules, ou lancez s_client avec -quiet ou -ign_eof : les lettres sont alors des données.',
  'coach.openssl-eof':
    's_client s’en va à la fin de son entrée, avant toute réponse. Avec -quiet ou -ign_eof, il attend que le serveur ferme.',

  'coach.dial.unknown':
    'Le DNS ne connaît pas de machine de ce nom. Une faute de frappe ? « Qui habite ici » énumère les machines.',
  'coach.dial.no-address':
    'Ce nom existe mais n’a pas d’adresse : c’est un domaine, pas une machine. dig MX et le domaine dit quelle machine prend son courrier.',
  'coach.dial.refused': 'Refusé : la machine est là et répond, mais personne n’écoute sur ce port.',
  'coach.dial.timeout':
    'Personne ne répond : la machine est arrêtée, ou le chemin est coupé. C’est long parce que TCP insiste.',
  'coach.dial.unreachable': 'Il n’y a pas de chemin vers ce réseau.',
  'coach.dial.reset': 'L’autre côté a rompu la connexion.',
}
