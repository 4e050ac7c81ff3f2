/** The codecs that explain themselves, in French. */
import type { stepsEnglish } from './steps.en.ts'

export const stepsFrench: Record<keyof typeof stepsEnglish, string> = {
  'steps.why.charset.ascii':
    '{character} est {code}, l’un des 128 caractères d’US-ASCII : en {charset} aussi, c’est l’octet {octets}.',
  'steps.why.charset.same':
    '{character} est {code}. {charset} contient les 256 premiers caractères d’Unicode : l’octet est {octets}.',
  'steps.why.charset.table':
    '{character} est {code}. La table de {charset} le range en {octets} ; cela ne se calcule pas.',
  'steps.why.charset.utf8':
    '{character} est {code}. Ses bits sont répartis sur {count} octets : le premier dit combien ils sont, chacun des autres commence par 10.',
  'steps.why.charset.missing':
    '{charset} n’a pas de {character} ({code}). Un point d’interrogation prend sa place, et la lettre est perdue.',
  'steps.why.charset.half':
    '{code} est la moitié d’une paire UTF-16 et n’est pas un caractère à elle seule : on écrit U+FFFD à sa place.',
  'steps.why.charset.read-ascii': 'L’octet {octets} commence par 0 : c’est {character}, comme en US-ASCII.',
  'steps.why.charset.read-same':
    'En {charset}, l’octet {octets} est le caractère de même numéro : {code}, {character}.',
  'steps.why.charset.read-control':
    'En {charset}, l’octet {octets} est {code}, un caractère de contrôle qui ne se voit pas. L’expéditeur pensait peut-être à windows-1252.',
  'steps.why.charset.read-table': 'La table de {charset} a {character} ({code}) en {octets}.',
  'steps.why.charset.read-utf8':
    'Les marques disent que {count} octets vont ensemble. Sans elles, leurs bits sont {code} : {character}.',
  'steps.why.charset.read-wrong':
    'Là où il se trouve, l’octet {octets} n’est pas un caractère UTF-8 : on montre U+FFFD. L’étiquette est peut-être fausse.',
  'steps.why.charset.read-not-ascii':
    'L’octet {octets} commence par 1, et {charset} ne dit rien de ces octets-là : on montre U+FFFD.',

  'steps.why.base64.group':
    'Trois octets font 24 bits, et 24 bits font quatre groupes de six : {indexes}. Chacun est le numéro d’un caractère : {characters}.',
  'steps.why.base64.two-octets':
    'Il reste deux octets : 16 bits. Deux zéros complètent le troisième groupe : {indexes}. Un = dit qu’il manque un octet.',
  'steps.why.base64.one-octet':
    'Il reste un octet : 8 bits. Quatre zéros complètent le deuxième groupe : {indexes}. Deux = disent qu’il manque deux octets.',
  'steps.why.base64.line-end':
    'Dix-neuf groupes font 76 caractères. Une ligne ne peut pas être plus longue : on passe à la suivante.',
  'steps.why.base64.last-line-end': 'Tous les octets sont écrits. La dernière ligne se termine, elle aussi.',
  'steps.why.base64.read-group':
    'Quatre caractères sont les numéros {indexes}, de six bits chacun. Ensemble ils font 24 bits, donc trois octets.',
  'steps.why.base64.read-three':
    'Un seul = : trois caractères font 18 bits, donc deux octets. Les deux derniers bits ne servaient qu’à compléter.',
  'steps.why.base64.read-two':
    'Deux = : deux caractères font 12 bits, donc un octet. Les quatre derniers bits ne servaient qu’à compléter.',
  'steps.why.base64.read-line-end': 'La fin de ligne ne fait pas partie des données. On la saute.',
  'steps.why.base64.read-foreign':
    'Ces caractères ne sont pas dans l’alphabet. Un décodeur les saute et continue sa lecture.',
  'steps.why.base64.read-cut':
    'Le texte finit trop tôt : le remplissage manque. On garde ce qui fait des octets entiers, {spare} bits sont abandonnés.',
  'steps.why.base64.read-lone':
    'Un caractère, c’est six bits, et aucun octet n’est si petit. Quelque chose a été coupé ici.',
  'steps.why.base64.read-stray':
    'Les {spare} derniers bits n’appartiennent à aucun octet et devraient être nuls. On les abandonne : deux écritures, un seul sens.',
  'steps.why.base64.read-pad-alone':
    'Du remplissage alors qu’aucun groupe n’a commencé. Un décodeur le prend pour la fin.',
  'steps.why.base64.after-pad': 'Le remplissage marque la fin. Ce qui le suit n’est pas lu.',

  'steps.why.qp.literal':
    '{character} ({decimal}) est entre 33 et 126, et n’est pas le signe égal : il s’écrit lui-même.',
  'steps.why.qp.equals': 'Le signe égal annonce un codage, il faut donc le coder lui aussi : {written}.',
  'steps.why.qp.eight-bit':
    'L’octet {hex} a son huitième bit à 1 et ne passerait pas. Ses deux moitiés s’écrivent en chiffres : {written}.',
  'steps.why.qp.control':
    'L’octet {hex} est un caractère de contrôle ({decimal}), qui ne s’écrit pas lui-même : {written}.',
  'steps.why.qp.bare':
    'Un CR ou un LF seul n’est pas une fin de ligne : on le code, sinon il en deviendrait une : {written}.',
  'steps.why.qp.blank': 'Un blanc ou une tabulation s’écrit tel quel, puisque quelque chose suit sur la ligne.',
  'steps.why.qp.blank-last':
    'Un blanc ou une tabulation en fin de ligne pourrait se perdre en chemin. On le code donc : {written}.',
  'steps.why.qp.line-end': 'CRLF termine une ligne du texte, et termine une ligne ici. On ne le code pas.',
  'steps.why.qp.soft-break':
    'La ligne a {column} caractères, et avec la suite elle en aurait plus de 76. Un = à la fin dit : la ligne continue.',
  'steps.why.qp.read-literal': '{character} est là pour lui-même.',
  'steps.why.qp.read-escaped': '= et deux chiffres font un octet : {written} est {hex}.',
  'steps.why.qp.read-lower-case':
    'Les chiffres A à F devraient être en majuscules. Un décodeur tolérant lit {written} comme {hex}.',
  'steps.why.qp.read-blank': 'Un blanc ou une tabulation suivi de quelque chose est là pour lui-même.',
  'steps.why.qp.read-blank-last': 'Les blancs en fin de ligne ont été ajoutés en chemin. On les supprime.',
  'steps.why.qp.read-line-end': 'CRLF est une fin de ligne du texte.',
  'steps.why.qp.read-line-feed': 'Un LF sans son CR, comme dans un fichier Unix. On le prend pour une fin de ligne.',
  'steps.why.qp.read-soft-break':
    'Une coupure de mise en page : = en fin de ligne. Elle disparaît, et la ligne continue.',
  'steps.why.qp.read-cut': 'Le texte se termine par un =, comme s’il devait continuer. Il n’en sort rien.',
  'steps.why.qp.read-bad-escape': 'Ce = n’est pas suivi de deux chiffres hexadécimaux. On le garde tel quel.',
  'steps.why.qp.read-eight-bit': 'L’octet {hex} a son huitième bit à 1 et aurait dû être codé. On le garde.',
  'steps.why.qp.read-control': 'L’octet {hex} est un caractère de contrôle et aurait dû être codé. On le garde.',

  'steps.why.word.begin':
    'Un mot codé commence et nomme son jeu de caractères, {charset} : un en-tête n’a pas d’autre endroit pour le dire.',
  'steps.why.word.begin-language':
    'Un mot codé commence. Il nomme son jeu de caractères, {charset}, et derrière une * sa langue, {language}.',
  'steps.why.word.literal': '{character} ({decimal}) peut s’écrire lui-même dans un mot codé.',
  'steps.why.word.literal-phrase':
    '{character} ({decimal}) peut s’écrire lui-même jusque dans un nom : les lettres, les chiffres et ! * + - / le peuvent.',
  'steps.why.word.blank': 'Un blanc terminerait le mot. Un trait de soulignement le remplace, facile à lire.',
  'steps.why.word.escaped':
    'L’octet {hex} n’est pas de l’ASCII imprimable. Ses deux moitiés s’écrivent en chiffres : {written}.',
  'steps.why.word.escaped-special': '{character} a un sens particulier dans un mot codé, on le code donc : {written}.',
  'steps.why.word.escaped-phrase':
    '{character} a un sens particulier parmi les adresses. Dans un nom, on le code : {written}.',
  'steps.why.word.full':
    'Avec le caractère suivant, le mot dépasserait 75 caractères. Il finit ici, entre deux caractères.',
  'steps.why.word.fold':
    'Une nouvelle ligne du même champ : CRLF et un blanc. Un lecteur les ignorera entre deux mots codés.',
  'steps.why.word.end': 'Tout est dit. Le mot se termine.',
  'steps.why.word.read-begin': 'Un mot codé commence : jeu de caractères {charset}, codage {encoding}.',
  'steps.why.word.read-begin-language':
    'Un mot codé commence : jeu de caractères {charset}, langue {language}, codage {encoding}.',
  'steps.why.word.read-literal': '{character} est là pour lui-même.',
  'steps.why.word.read-blank': 'Un trait de soulignement est un blanc, l’octet 20 dans tous les jeux de caractères.',
  'steps.why.word.read-escaped':
    '= et deux chiffres font un octet : {written} est {hex}. Avec lui, le caractère est complet.',
  'steps.why.word.read-escaped-part':
    '{written} est l’octet {hex}. Son caractère n’est pas encore complet : il attend l’octet suivant.',
  'steps.why.word.read-bad-escape': 'Ce = n’est pas suivi de deux chiffres hexadécimaux. On le garde tel quel.',
  'steps.why.word.read-end': 'Le mot se termine.',
  'steps.why.word.join':
    'Les blancs entre deux mots codés ne font que les séparer. On ne les montre pas : les mots se rejoignent.',
  'steps.why.word.text': 'Ceci n’est pas un mot codé. Cela reste tel quel.',
  'steps.why.word.half':
    'Il reste des octets qui ne font pas un caractère entier ({octets}). On montre U+FFFD à leur place.',
  'steps.why.word.platform': 'Les {octets} octets se lisent avec la table que le navigateur possède pour {charset}.',

  'steps.why.rfc2231.begin':
    'Le nom du paramètre. L’* dit : le jeu de caractères et la langue viennent d’abord, et les % comptent.',
  'steps.why.rfc2231.begin-first':
    'Trop long pour une ligne : la valeur vient par sections numérotées. Voici la section 0 ; la seconde * dit que les % comptent.',
  'steps.why.rfc2231.charset': 'Le jeu de caractères, {charset}, et entre deux apostrophes aucune langue.',
  'steps.why.rfc2231.charset-language':
    'Le jeu de caractères, {charset}, et entre deux apostrophes la langue, {language}.',
  'steps.why.rfc2231.literal': '{character} peut s’écrire lui-même dans un paramètre.',
  'steps.why.rfc2231.escaped':
    'L’octet {hex} n’a pas le droit d’être là. Un % et ses deux moitiés en chiffres : {written}.',
  'steps.why.rfc2231.fold':
    'La ligne est pleine. Un point-virgule termine cette section, et le champ continue à la ligne suivante.',
  'steps.why.rfc2231.next':
    'La section {section} de la même valeur. Seule la section 0 nomme le jeu de caractères et la langue.',
  'steps.why.rfc2231.read-begin':
    'Un paramètre d’un seul tenant. L’* dit : le jeu de caractères et la langue viennent d’abord, et les % comptent.',
  'steps.why.rfc2231.read-first': 'La section 0 : la valeur commence ici, où que se trouve la section.',
  'steps.why.rfc2231.read-next': 'Ensuite vient la section {section}. C’est le numéro qui fait l’ordre, pas la place.',
  'steps.why.rfc2231.read-charset': 'Le jeu de caractères est {charset} ; aucune langue n’est dite.',
  'steps.why.rfc2231.read-charset-language': 'Le jeu de caractères est {charset}, la langue {language}.',
  'steps.why.rfc2231.read-no-charset':
    'Le jeu de caractères et la langue manquent, avec leurs deux apostrophes. On lit les octets en utf-8.',
  'steps.why.rfc2231.read-literal': '{character} est là pour lui-même.',
  'steps.why.rfc2231.read-escaped':
    '% et deux chiffres font un octet : {written} est {hex}. Avec lui, le caractère est complet.',
  'steps.why.rfc2231.read-escaped-part':
    '{written} est l’octet {hex}. Son caractère n’est pas encore complet : il attend l’octet suivant.',
  'steps.why.rfc2231.read-bad-escape': 'Ce % n’est pas suivi de deux chiffres hexadécimaux. On le garde tel quel.',
  'steps.why.rfc2231.read-plain': 'Une section sans * à la fin : les % n’y ont pas de sens particulier.',
  'steps.why.rfc2231.read-quoted': 'Une section entre guillemets : sans les guillemets, elle est telle quelle.',
  'steps.why.rfc2231.read-gap': 'La section {section} manque. Ce qui porte un numéro plus grand n’est pas lu.',
  'steps.why.rfc2231.read-none': 'Il n’y a pas ici de paramètre de cette forme : son nom contiendrait une *.',

  'steps.why.utf7.plain': '{character} est de l’ASCII imprimable et s’écrit lui-même.',
  'steps.why.utf7.ampersand': 'L’esperluette annonce une suite codée : elle-même s’écrit &-.',
  'steps.why.utf7.begin':
    '{code} n’est pas de l’ASCII imprimable. Une esperluette dit : à partir d’ici, UTF-16 en base64.',
  'steps.why.utf7.units':
    'Trois unités d’UTF-16 ({units}) font 48 bits, donc huit groupes de six : {characters}. La virgule remplace la barre oblique.',
  'steps.why.utf7.units-filled':
    'Les unités {units} sont les dernières de la suite. {spare} zéros complètent le dernier groupe : {characters}. Il n’y a pas de remplissage par =.',
  'steps.why.utf7.end': 'La suite s’écrit de nouveau elle-même, ou le nom finit : un tiret termine le passage codé.',
  'steps.why.utf7.read-plain': '{character} est là pour lui-même.',
  'steps.why.utf7.read-ampersand': '&- est une esperluette.',
  'steps.why.utf7.read-begin': 'Une esperluette : à partir d’ici, UTF-16 en base64.',
  'steps.why.utf7.read-units':
    'Les caractères {characters} sont six bits chacun. Recoupés par seize, ce sont les unités {units}.',
  'steps.why.utf7.read-end': 'Un tiret termine le passage codé.',
  'steps.why.utf7.read-unprintable':
    'L’octet {hex} n’est pas de l’ASCII imprimable. Il n’a pas sa place dans un tel nom.',
  'steps.why.utf7.read-open': 'Le passage codé n’a pas de tiret à la fin. Le nom n’est pas valide.',
  'steps.why.utf7.read-null-shift':
    'Un passage codé finissait juste avant : les deux devraient n’en faire qu’un. Le nom n’est pas valide.',
  'steps.why.utf7.read-wrong':
    'Ce n’est pas de l’UTF-16 en base64 modifié, ou ce sont des caractères qui s’écrivent eux-mêmes. Le nom n’est pas valide.',

  'steps.why.7bit.same': 'Le huitième bit de {hex} est déjà à 0. Rien ne se perd : {becomes}.',
  'steps.why.7bit.stripped':
    'Un relais à sept bits n’a pas de place pour le huitième. De {hex} il reste {given}, c’est-à-dire {becomes}. Personne n’en est averti.',
  'steps.why.8bit.line':
    'Une ligne de {octets} octets. Les huit bits passent, si chaque relais en chemin annonce 8BITMIME.',
  'steps.why.8bit.long-line':
    'Une ligne de {octets} octets. Huit bits, soit, mais une ligne ne peut pas en avoir plus de 998.',
  'steps.why.8bit.nul':
    'Il y a un NUL dans cette ligne : 8bit permet tous les octets sauf celui-là. Il faut binary, ou base64.',
  'steps.why.8bit.bare':
    'Il y a un CR ou un LF isolé dans cette ligne. En 8bit ils vont toujours ensemble, comme fin de ligne.',
  'steps.why.binary.same':
    'Chaque octet passe tel quel, et les lignes ne veulent plus rien dire. Il faut des relais avec BINARYMIME, et BDAT.',

  'steps.player': 'Les étapes',
  'steps.input': 'Ce qui entre',
  'steps.output': 'Ce qui sort',
  'steps.first': 'Première étape',
  'steps.back': 'Reculer',
  'steps.forward': 'Avancer',
  'steps.last': 'Dernière étape',
  'steps.play': 'Lecture',
  'steps.pause': 'Pause',
  'steps.slider': 'Étape',
  'steps.at': '{at} sur {count}',
  'steps.more': 'et {more} de plus, de la même façon',
  'steps.none': 'Rien n’est entré : il n’y a rien à montrer.',
  'steps.nothing': 'rien ne sort',
  'steps.rfc': 'RFC {rfc}, section {section}',
  'steps.cut.octets': 'encore {octets} octets',
  'steps.cut.characters': 'encore {octets} caractères',
  'steps.row.octet': 'octets',
  'steps.row.unit': 'unités',
  'steps.row.group': 'indice',
  'steps.row.digit': 'chiffres',
  'steps.row.code': 'point de code',
  'steps.row.sign': 'signes',
  'steps.row.bits': 'bits',
  'steps.filled': 'Zéros de remplissage',
  'steps.dropped': 'Bits abandonnés',
  'steps.mark': 'Marques',

  'steps.bench': 'L’établi des codages',
  'steps.bench.file': 'Choisir un fichier',
  'steps.bench.file.how':
    'ou en déposer ou coller un : une image, par exemple, est montrée de nouveau après son aller-retour',
  'steps.bench.file.large': 'Le fichier dépasse un million d’octets.',
  'steps.bench.turn': 'Le résultat dans l’autre sens',
  'steps.bench.keep': 'Enregistrer le résultat',
  'steps.bench.trip': 'Aller et retour',
  'steps.bench.same': 'Décodé, c’est le même, octet pour octet.',
  'steps.bench.untouched': 'Ce qui sort est ce qui est entré, octet pour octet.',
  'steps.bench.differs':
    'Il ne revient pas identique : il diffère à partir de l’octet {at} ({before} avant, {after} après).',
  'steps.bench.picture': 'L’image, refaite des octets obtenus',
  'steps.bench.picture.broken': 'Cela commence comme une image, mais aucun navigateur ne peut plus la lire.',
  'steps.bench.what': 'Ce que vous donnez',
  'steps.bench.text': 'texte',
  'steps.bench.hex': 'hexadécimal',
  'steps.bench.held': '{octets} octets ont été apportés.',
  'steps.bench.type': 'Taper autre chose',
  'steps.bench.codec': 'Codage',
  'steps.bench.direction': 'Sens',
  'steps.bench.encode': 'coder',
  'steps.bench.decode': 'décoder',
  'steps.bench.charset': 'Jeu de caractères',
  'steps.bench.written': 'Écrit en',
  'steps.bench.read': 'Lu comme',
  'steps.bench.language': 'Étiquette de langue',
  'steps.bench.phrase': 'dans un nom (devant une adresse)',
  'steps.bench.result': 'Résultat',
  'steps.bench.as-text': 'en texte',
  'steps.bench.as-hex': 'en hexadécimal',
  'steps.bench.size': '{input} → {output} octets',
  'steps.bench.size.encode': '{input} caractères → {output} octets',
  'steps.bench.size.decode': '{input} octets → {output} caractères',
  'steps.bench.wrong': 'Étapes où quelque chose ne va pas : {wrong}',
  'steps.bench.empty': 'Tapez quelque chose ci-dessus, et regardez ce que cela devient.',
  'steps.bench.result.cut': '… encore {octets}',
  'steps.bench.error.digit':
    '« {sign} » n’est pas un chiffre hexadécimal. Prenez 0 à 9 et A à F ; les blancs ne gênent pas.',
  'steps.bench.error.odd': 'Un octet a deux chiffres, et le dernier n’en a qu’un.',
  'steps.bench.error.charset':
    '{charset} n’a pas de « {sign} ». Choisissez un autre jeu de caractères, par exemple utf-8.',
  'steps.bench.error.hex-characters':
    'Ce codage part de caractères : en {charset}, certains de ces octets n’en sont pas.',
  'steps.codec.charset': 'jeu de caractères seul',
  'steps.codec.base64': 'base64',
  'steps.codec.quoted-printable': 'quoted-printable',
  'steps.codec.q-word': 'mot codé, Q',
  'steps.codec.b-word': 'mot codé, B',
  'steps.codec.rfc2231': 'paramètre (RFC 2231)',
  'steps.codec.utf7': 'UTF-7 modifié (IMAP)',
  'steps.codec.7bit': '7bit : un relais à sept bits',
  'steps.codec.8bit': '8bit : un relais à huit bits',
  'steps.codec.binary': 'binary',
}
