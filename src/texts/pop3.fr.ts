/** POP3 for students: what each command does, what the answers mean, and what the coach says. French. */
import type { pop3English } from './pop3.en.ts'

export const pop3French: Record<keyof typeof pop3English, string> = {
  'pop3.USER': 'Dit quelle boîte vous voulez. Le mot de passe vient ensuite, avec PASS.',
  'pop3.PASS': 'Donne le mot de passe, tel quel : sans TLS, tout le monde en chemin peut le lire.',
  'pop3.APOP':
    'S’identifie sans montrer le mot de passe : le nom, puis le MD5 du <…> de l’accueil suivi du mot de passe. Dans le shell : echo -n "<…>mot_de_passe" | md5sum',
  'pop3.AUTH':
    'S’identifie par un mécanisme SASL, comme en SMTP. Seul, il énumère les mécanismes. Base64 est une écriture, pas un secret.',
  'pop3.response': 'Le serveur attend votre part de l’identification, en base64. Un * seul abandonne.',
  'pop3.STLS': 'À partir d’ici, tout est chiffré. Après la négociation, redemandez CAPA.',
  'pop3.UTF8': 'Dit que vous savez lire des en-têtes en UTF-8. Seulement avant de s’identifier.',
  'pop3.CAPA':
    'Demande ce que ce serveur sait faire en plus du premier POP3. Une capacité par ligne, jusqu’au point seul.',
  'pop3.LANG':
    'Demande en quelles langues le serveur sait répondre, ou en choisit une. Cela concerne ses réponses, pas votre courrier.',
  'pop3.STAT': 'Le nombre de messages et d’octets en tout. Ce qui est marqué comme supprimé ne compte pas.',
  'pop3.LIST':
    'Le numéro et la taille de chaque message, ou d’un seul. Les numéros restent les mêmes jusqu’à votre départ.',
  'pop3.RETR': 'Récupère un message entier, jusqu’au point seul. Il reste sur le serveur jusqu’à DELE et QUIT.',
  'pop3.DELE': 'Marque un message comme supprimé. Il ne disparaît qu’à QUIT ; RSET enlève la marque.',
  'pop3.NOOP': 'Ne fait rien, et reçoit un OK. Pratique pour savoir si l’autre est toujours là.',
  'pop3.RSET': 'Enlève toutes les marques : rien ne sera supprimé.',
  'pop3.TOP': 'L’en-tête et tant de lignes du texte : TOP 1 0, c’est l’en-tête seul. Utile avant un gros RETR.',
  'pop3.UIDL':
    'Un nom pour chaque message, qui ne change jamais : un programme sait ainsi la fois suivante ce qu’il a déjà, bien que les numéros aient changé.',
  'pop3.LAST': 'Le plus grand numéro jamais récupéré. Sorti de la norme en 1994 ; UIDL fait mieux.',
  'pop3.QUIT':
    'Dit au revoir. C’est maintenant que le serveur retire ce qui est marqué ; une connexion perdue ne retire rien.',

  'pop3.code.+OK': 'C’est fait.',
  'pop3.code.-ERR': 'Cela n’a pas marché. Le texte dit pourquoi ; un programme ne regarde que le -ERR.',
  'pop3.code.+': 'Poursuivez l’identification : le serveur attend votre réponse, en base64.',

  'coach.pop3.unrecognized':
    'Le serveur ne connaît pas le mot « {word} ». En POP3, ils ont trois ou quatre lettres : USER, PASS, STAT, LIST, RETR, DELE, QUIT…',
  'coach.pop3.tooLong': 'Une ligne de commande a au plus 255 octets (RFC 2449 4).',
  'coach.pop3.notImplemented':
    'Le serveur connaît {word} de nom, mais ne le propose pas. CAPA énumère ce qu’il propose.',
  'coach.pop3.sequence.authorization': 'Identifiez-vous d’abord : USER et votre nom, puis PASS et votre mot de passe.',
  'coach.pop3.sequence.transaction': 'Vous êtes déjà identifié. Partez par QUIT pour être quelqu’un d’autre.',
  'coach.pop3.tooManyErrors':
    'Trop d’erreurs dans une même connexion : ce serveur perd patience, et rien de ce que vous aviez marqué n’est retiré.',
  'coach.pop3.bareEnd': 'Une ligne se termine par CR et LF ensemble. L’un sans l’autre est ici une erreur.',
  'coach.pop3.syntax':
    'Le mot est juste, la suite ne l’est pas. On écrit : {syntax} (SP est un blanc, CRLF la touche Entrée).',
  'coach.pop3.noSuch': 'Il n’y a pas de message de ce numéro. LIST seul montre ceux qui sont là.',
  'coach.pop3.deleted':
    'Vous avez marqué ce message comme supprimé : jusqu’à votre départ, c’est comme s’il n’était plus là. RSET enlève toutes les marques.',
  'coach.pop3.gone':
    'Quelqu’un a retiré ce message par IMAP pendant que vous teniez la boîte ouverte. POP3 garde quand même ses numéros.',
  'coach.pop3.needsUtf8': 'L’en-tête de ce message est en UTF-8. Partez, et dites UTF8 avant de vous identifier.',
  'coach.pop3.tlsFirst': 'Ce serveur ne prend pas de mot de passe en clair : d’abord STLS, ou le port avec TLS (995).',
  'coach.pop3.inUse':
    'Le nom et le mot de passe sont bons, mais une autre session POP3 tient cette boîte : une seule à la fois. IMAP, lui, peut entrer à côté de vous.',
  'coach.pop3.loginDelay':
    'Vous étiez là il y a un instant : ce serveur veut une pause entre deux visites. CAPA dit combien (LOGIN-DELAY).',
  'coach.pop3.unavailable': 'Le serveur a un ennui passager (SYS/TEMP). Réessayez plus tard.',
  'coach.pop3.broken': 'Le serveur a un ennui qui ne passera pas tout seul (SYS/PERM).',
  'coach.pop3.failed': 'Le nom ou le mot de passe est faux ; le serveur ne dit pas lequel.',
  'coach.pop3.noMechanism': 'Le serveur ne connaît pas ce mécanisme. AUTH seul énumère ceux qu’il a.',
  'coach.pop3.notBase64': 'Cela doit être en base64 : la commande base64 du shell le fabrique. Reprenez à AUTH.',
  'coach.pop3.cancelled': 'Vous avez renoncé à vous identifier. Tout le reste continue.',
  'coach.pop3.already': 'TLS est déjà là : une fois suffit pour une connexion.',
  'coach.pop3.notNow': 'TLS ne fonctionne pas en ce moment (SYS/TEMP). Réessayez plus tard.',
  'coach.pop3.LANG.unknown': 'Le serveur ne parle pas cette langue. LANG seul énumère celles qu’il a.',
  'coach.pop3.USER.syntax': 'Après USER vient votre nom, par exemple : USER alice',
  'coach.pop3.USER.unknown':
    'Ce serveur dit tout de suite qu’il n’a pas cette boîte. La plupart attendent le mot de passe : ils ne le disent pas aux inconnus.',
  'coach.pop3.AUTH.tlsFirst':
    'Ce mécanisme montrerait le mot de passe : d’abord STLS, ou un autre mécanisme. AUTH seul énumère ceux qui sont permis maintenant.',
  'coach.pop3.PASS.sequence': 'PASS vient juste après USER. Après un mauvais mot de passe, on reprend à USER.',
  'coach.pop3.PASS.failed': 'Le nom ou le mot de passe est faux ; le serveur ne dit pas lequel. Reprenez à USER.',
  'coach.pop3.APOP.failed':
    'L’empreinte est fausse : c’est le MD5 du <…> de cet accueil, avec ses crochets, et du mot de passe juste derrière. Le -n de echo compte : sans lui, une fin de ligne entre dans l’empreinte.',
  'coach.pop3.APOP.notImplemented':
    'Il n’y avait pas de <…> dans l’accueil, donc rien à mettre dans l’empreinte : pas d’APOP ici.',
  'coach.pop3.DELE.deleted': 'Il est déjà marqué. Il disparaîtra quand vous direz QUIT.',
  'coach.pop3.TOP.syntax':
    'TOP veut deux nombres : quel message, et combien de lignes de son texte. TOP 1 0, c’est l’en-tête seul.',
  'coach.pop3.QUIT.notRemoved':
    'Quelque chose que vous aviez marqué est encore là. Reconnectez-vous et regardez avec LIST.',

  'coach.password-as-it-is':
    'Sans TLS, le mot de passe vient de passer sur le réseau tel que vous l’avez tapé. Tout le monde en chemin peut le lire : regardez avec tcpdump. APOP et STLS l’évitent.',
  'coach.marks-forgotten':
    'La connexion s’est terminée sans QUIT : rien n’a été retiré, bien que {detail} messages aient été marqués.',
  'coach.auto-logout':
    'Personne n’a rien dit pendant dix minutes ; le serveur a raccroché. Il ne dit alors rien, et ne retire rien (RFC 1939 3).',
}
