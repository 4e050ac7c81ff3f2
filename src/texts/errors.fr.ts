/**
 * What is wrong with a world's or a lesson's file, in French. The checks say it in English, for the command line, too; what
 * they say is the key here, each `{}` standing for what is told of the file.
 */
export const errorsFrench: Readonly<Record<string, string>> = {
  // YAML, and its form.
  'Here too many lists or blocks stand in one another.': 'Trop de listes ou de blocs sont ici l’un dans l’autre.',
  'Aliases (*name) stand here for more than {} copies.': 'Des alias (*nom) valent ici pour plus de {} copies.',
  'This file is longer than {} characters.': 'Ce fichier a plus de {} caractères.',
  'This cannot be read: {}': 'Cela ne peut pas être lu : {}',
  'This must be a block of keys, not a list.': 'Il faut ici un bloc de clés, pas une liste.',
  'The key {} is not known here. Known are: {}.': 'La clé {} n’est pas connue ici. On connaît : {}.',
  'The key {} is missing here.': 'La clé {} manque ici.',
  'The key {} is not known here.': 'La clé {} n’est pas connue ici.',
  'This must be {}, not {}.': 'Il faut ici {}, pas {}.',
  'This is not right: {}.': 'Cela ne va pas : {}.',
  'This key stands here twice.': 'Cette clé est là deux fois.',
  'A file holds one document; "---" begins another.':
    'Un fichier contient un seul document ; « --- » en commence un autre.',
  'Lines are indented with blanks, not with tabs.':
    'Les lignes sont décalées par des espaces, pas par des tabulations.',
  'A key is text; put it in quotes.': 'Une clé est du texte : mettez-la entre guillemets.',
  'This is not YAML: {}': 'Ce n’est pas du YAML : {}',
  // Values.
  '"{}" is not {}.': '« {} » n’est pas {}.',
  'This must be a number of octets, or a size such as 500 kB or 10 MB, not {}.':
    'Il faut ici un nombre d’octets, ou une taille comme 500 kB ou 10 MB, pas {}.',
  'This must be a whole number above 0.': 'Il faut ici un entier au-dessus de 0.',
  'A chance lies between 0 (never) and 1 (always).': 'Une probabilité va de 0 (jamais) à 1 (toujours).',
  'A port is a whole number from 1 to 65535.': 'Un port est un entier de 1 à 65535.',
  'Addresses come from 192.0.2.0/24, 198.51.100.0/24 or 203.0.113.0/24, which nobody really has (RFC 5737).':
    'Les adresses viennent de 192.0.2.0/24, 198.51.100.0/24 ou 203.0.113.0/24, qui ne sont à personne (RFC 5737).',
  'Line {} of the script: {}.': 'Ligne {} du script : {}.',
  'A seed is a whole number.': 'Une graine est un entier.',
  'At least one delay stands here.': 'Il y a ici au moins un délai.',
  'Two host names stand here: [a.example, b.example].': 'Il y a ici deux noms de machines : [a.example, b.example].',
  'A host stands here, with lmtp: before it where it speaks LMTP.':
    'Il y a ici une machine, précédée de lmtp: quand elle parle LMTP.',
  'A reply code like 250 or 550 stands here.': 'Il y a ici un code de réponse, comme 250 ou 550.',
  'A status like 2.0.0 stands here.': 'Il y a ici un statut, comme 2.0.0.',
  'A command of this host begins with X, in capitals.':
    'Une commande propre à cette machine commence par X, en capitales.',
  // What has to agree across a world.
  'There is no host {} in this world.': 'Il n’y a pas de machine {} dans ce monde.',
  'There is no account {} in this world.': 'Il n’y a pas de compte {} dans ce monde.',
  'There is no zone {} in this world.': 'Il n’y a pas de zone {} dans ce monde.',
  'A world has at most {} {}.': 'Un monde a au plus {} {}.',
  '{} has this address already.': '{} a déjà cette adresse.',
  '{} has no mail block that could vary.': '{} n’a pas de bloc mail qui pourrait varier.',
  'No transport says which host has {}.': 'Aucun transport ne dit quelle machine a {}.',
  '{} has no service lmtp.': '{} n’a pas de service lmtp.',
  '{} speaks LMTP on port {}.': '{} parle LMTP sur le port {}.',
  'Mail for {} ends here, and cannot wait.': 'Le courrier pour {} finit ici, et ne peut pas attendre.',
  'After TURN this host is the server: it needs a service smtp.':
    'Après TURN cette machine est le serveur : il lui faut un service smtp.',
  'Mail for {} does not end on this host: its "mail: domains" are {}.':
    'Le courrier pour {} ne finit pas sur cette machine : ses « mail: domains » sont {}.',
  'A link joins two hosts, not one with itself.': 'Un lien joint deux machines, pas une avec elle-même.',
  'These two hosts have a link already.': 'Ces deux machines ont déjà un lien.',
  'Another account has the address {} already.': 'Un autre compte a déjà l’adresse {}.',
  'There is a user {} already.': 'Il y a déjà un utilisateur {}.',
  'A host with these services needs a mail block; "mail: {}" will do.':
    'Une machine qui a ces services a besoin d’un bloc mail ; « mail: {} » suffit.',
  'Port {} is taken by {} already.': 'Le port {} est déjà pris par {}.',
  '{} is a service by itself, and stands one level higher.':
    '{} est un service en soi, et se place un niveau plus haut.',
  'There is no account {} to log in here.': 'Il n’y a pas de compte {} à qui ouvrir la session ici.',
  '{} has no service {} that could vary.': '{} n’a pas de service {} qui pourrait varier.',
  'No reply is called "{}". Names are like greeting, {}, unrecognized.':
    'Aucune réponse ne s’appelle « {} ». Les noms sont comme greeting, {}, unrecognized.',
  'There is no command {}.': 'Il n’y a pas de commande {}.',
  '{} has no outcome "{}". It has: {}; any command has: {}.':
    '{} n’a pas d’issue « {} ». Elle a : {} ; toute commande a : {}.',
  '{} cannot always answer "{}": that is said of what was really done.':
    '{} ne peut pas toujours répondre « {} » : cela se dit de ce qui a vraiment été fait.',
  'BINARYMIME needs CHUNKING beside it (RFC 3030 3).': 'BINARYMIME a besoin de CHUNKING à côté (RFC 3030 3).',
  'Who finds {} too weak must know it: it belongs to the mechanisms, too.':
    'Qui trouve {} trop faible doit le connaître : il est aussi parmi les mécanismes.',
  '{} says that something is done, and {} only answers.':
    '{} dit que quelque chose est fait, et {} ne fait que répondre.',
  'The status of a reply {} begins with {}.': 'Le statut d’une réponse {} commence par {}.',
  'This zone is made from the addresses of the hosts; a host may say "reverse: NAME".':
    'Cette zone est faite des adresses des machines ; une machine peut dire « reverse: NOM ».',
  'No zone here has the name {} that this MX leads to.': 'Aucune zone d’ici n’a le nom {} où mène ce MX.',
  'No host has a list {}.': 'Aucune machine n’a de liste {}.',
  'No host has an alias {}.': 'Aucune machine n’a d’alias {}.',
  'The password of {} is in its form already.': 'Le mot de passe de {} est déjà sous sa forme.',
  '{} has no filter.': '{} n’a pas de filtre.',
  'No mail for {} waits at {}.': 'Aucun courrier pour {} n’attend chez {}.',
  '{} translates nothing for {}.': '{} ne traduit rien pour {}.',
  '{} has no command {}.': '{} n’a pas de commande {}.',
  '{} sends no {} elsewhere.': '{} n’envoie aucun {} ailleurs.',
  'No account has a mailbox {} elsewhere.': 'Aucun compte n’a de boîte {} ailleurs.',
  'No service {} of {} greets so.': 'Aucun service {} de {} ne salue ainsi.',
  '"{}" is no fault; there are: {}.': '« {} » n’est pas une panne ; il y a : {}.',
  'World {} has no host {}.': 'Le monde {} n’a pas de machine {}.',
  '{} has no variant {}; it has: {}.': '{} n’a pas de variante {} ; il y a : {}.',
  // Lessons.
  'This file is missing.': 'Ce fichier manque.',
  'Nothing stands here.': 'Il n’y a rien ici.',
  'A page begins with ---, its title, summary, learned and panes, and --- again.':
    'Une page commence par ---, ses title, summary, learned et panes, puis de nouveau ---.',
  'A lesson shows at most {} cards.': 'Une leçon montre au plus {} fiches.',
  'The question {} stands here {} times; [[ask: {}]] shows it once.':
    'La question {} est là {} fois ; [[ask: {}]] la montre une fois.',
  'The link {} leads nowhere; to another lesson leads ?lesson=PART/NAME.':
    'Le lien {} ne mène nulle part ; à une autre leçon mène ?lesson=PARTIE/NOM.',
  'There is no lesson {}.': 'Il n’y a pas de leçon {}.',
  'A lesson has no such file; it has {} and wrong-*.txt.': 'Une leçon n’a pas ce fichier ; elle a {} et wrong-*.txt.',
  'The two languages differ: {} in French, {} in English.':
    'Les deux langues diffèrent : {} en français, {} en anglais.',
  'There is no view {}. Known are: {}.': 'Il n’y a pas de vue {}. On connaît : {}.',
  'There is no card {}. A card is of {} and one of its commands.':
    'Il n’y a pas de fiche {}. Une fiche est de {}, avec une de ses commandes.',
  'There is no question {} in goals.yaml.': 'Il n’y a pas de question {} dans goals.yaml.',
  'There is no term {} in the glossary.': 'Il n’y a pas de mot {} dans le glossaire.',
  'This pattern is empty.': 'Ce motif est vide.',
  'A reply code has three digits, such as 250 (an x is any digit: 5xx); POP3 has +OK and -ERR, IMAP has OK, NO, BAD, BYE, PREAUTH and +.':
    'Un code de réponse a trois chiffres, comme 250 (un x est un chiffre quelconque : 5xx) ; POP3 a +OK et -ERR, IMAP a OK, NO, BAD, BYE, PREAUTH et +.',
  'At least one goal stands here.': 'Il y a ici au moins un objectif.',
  'For none there is exactly: 0.': 'Pour aucun, il y a exactly: 0.',
  'A mailbox has either atLeast or exactly, not both.': 'Une boîte a atLeast ou exactly, pas les deux.',
  'A goal has exactly one form, one of: mailbox, queue, reply, command, lookup, typed, event, check, all, any, order, session.':
    'Un objectif a exactement une forme, parmi : mailbox, queue, reply, command, lookup, typed, event, check, all, any, order, session.',
  'On one connection there are only: {}.': 'Sur une même connexion il n’y a que : {}.',
  'An id has small letters, digits and hyphens.': 'Un id est fait de minuscules, de chiffres et de traits d’union.',
  'A question has two to five answers.': 'Une question a de deux à cinq réponses.',
  'Exactly one answer is right.': 'Une seule réponse est juste.',
  'A goal has either when (it is earned) or never (it must not happen).':
    'Un objectif a when (il se gagne) ou never (cela ne doit pas arriver).',
  'What must not happen is looked for in what the learner does; trial and seed belong to a when.':
    'Ce qui ne doit pas arriver est cherché dans ce que fait l’élève ; trial et seed vont avec un when.',
  'A goal has at least two hints without if: first what happened or what is wanted, last the next step.':
    'Un objectif a au moins deux indices sans if : d’abord ce qui s’est passé ou ce qui est voulu, à la fin le pas suivant.',
  'A lesson takes 5 to 15 minutes.': 'Une leçon prend de 5 à 15 minutes.',
  'There is something to read on for every lesson.': 'Pour chaque leçon il y a de quoi lire plus loin.',
  'Two questions have the same id.': 'Deux questions ont le même id.',
  'At least one goal has to be earned, and not in a trial alone.':
    'Au moins un objectif doit se gagner, et pas seulement dans un essai.',
  'Two goals have the same id.': 'Deux objectifs ont le même id.',
  '"{}" is neither RFC NUMBER SECTION nor course NUMBER LINE.':
    '« {} » n’est ni RFC NUMÉRO SECTION ni course NUMÉRO LIGNE.',
}

/** Of what is told of the file, the words that are ours. */
export const errorWordsFrench: Readonly<Record<string, string>> = {
  text: 'du texte',
  'a number': 'un nombre',
  'true or false': 'true ou false',
  'a list': 'une liste',
  'a block of keys': 'un bloc de clés',
  empty: 'rien',
  'a duration such as 10ms, 5s, 15m, 4h or 5d': 'une durée comme 10ms, 5s, 15m, 4h ou 5d',
  'how far a clock is off, such as +5m (ahead) or -25m (behind)':
    'l’écart d’une horloge, comme +5m (en avance) ou -25m (en retard)',
  'a moment such as 2026-09-07T08:00:00Z': 'un moment comme 2026-09-07T08:00:00Z',
  'a time zone such as "+0200 (CEST)"': 'un fuseau horaire comme « +0200 (CEST) »',
  'an IPv4 address such as 192.0.2.10': 'une adresse IPv4 comme 192.0.2.10',
  'a network such as 192.0.2.0/24': 'un réseau comme 192.0.2.0/24',
  'a host name in lower case such as mx1.rennes.example': 'un nom de machine en minuscules comme mx1.rennes.example',
  'a domain in lower case such as rennes.example': 'un domaine en minuscules comme rennes.example',
  'the attributes of a place in X.400 such as "/O=x400/PRMD=facteur/ADMD= /C=FR/"':
    'les attributs d’un lieu en X.400 comme « /O=x400/PRMD=facteur/ADMD= /C=FR/ »',
  'a mail address such as alice@rennes.example': 'une adresse de courrier comme alice@rennes.example',
  'a word of letters, digits and . _ + -': 'un mot fait de lettres, de chiffres et de . _ + -',
  'a login such as alice or alice@rennes.example': 'un nom d’utilisateur comme alice ou alice@rennes.example',
  'a login, "anyone", or one of them behind a hyphen':
    'un nom d’utilisateur, « anyone », ou l’un d’eux après un trait d’union',
  'the name of a capability': 'le nom d’une capacité',
  'an address such as imap://alice@store.example/': 'une adresse comme imap://alice@store.example/',
  'the name of a mailbox such as Archive or Lists/imap': 'le nom d’une boîte comme Archive ou Lists/imap',
  'a flag such as \\Seen, or a keyword': 'un drapeau comme \\Seen, ou un mot-clé',
  'letters of lrswipkxtea, as RFC 4314 2.1 has them': 'des lettres de lrswipkxtea, comme le dit RFC 4314 2.1',
  'plain ASCII text, as it goes over the wire': 'du texte ASCII, comme il passe sur le fil',
  'text without control characters; octets that are no text are written { base64: ... }':
    'du texte sans caractères de contrôle ; des octets qui ne sont pas du texte s’écrivent { base64: ... }',
  'base64 (RFC 4648 section 4)': 'du base64 (RFC 4648 section 4)',
  'the whole path of a file such as /pub/rfc/rfc1341.txt': 'le chemin complet d’un fichier comme /pub/rfc/rfc1341.txt',
}
