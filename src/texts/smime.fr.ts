/** Signed and encrypted mail, in French. */
import type { smimeEnglish } from './smime.en.ts'

export const smimeFrench: Record<keyof typeof smimeEnglish, string> = {
  'smime.outcome.good':
    'La signature est bonne : le texte est exactement celui qui a été signé, et une autorité en qui vous avez confiance dit que la clé est celle de l’expéditeur. L’en-tête du message (Subject, Date, To) n’est pas signé.',
  'smime.outcome.altered':
    'Le texte n’est pas celui qui a été signé : son empreinte n’est pas celle de la signature. Un octet suffit : un relais qui recode le texte ou ajoute une ligne à la fin le fait aussi.',
  'smime.outcome.wrong-signature':
    'La signature ne convient pas : elle n’a pas été faite avec la clé de ce certificat, ou elle a elle-même été modifiée.',
  'smime.outcome.unknown-signer':
    'Le texte est bien celui qui a été signé, mais personne en qui vous ayez confiance ne dit à qui était la clé. N’importe qui peut faire un certificat à n’importe quel nom.',
  'smime.outcome.not-for-mail':
    'Le texte est bien celui qui a été signé, mais le certificat n’est pas fait pour signer du courrier.',
  'smime.outcome.not-yet-valid':
    'Le texte est bien celui qui a été signé, mais un certificat sur le chemin de l’autorité n’est pas encore valable à cette heure.',
  'smime.outcome.expired':
    'Le texte est bien celui qui a été signé, mais un certificat sur le chemin de l’autorité a expiré. Quand il a été signé, seul le signataire le dit.',
  'smime.outcome.other-sender':
    'La signature est bonne, mais c’est celle de quelqu’un d’autre : le certificat n’est pas fait pour l’adresse de From.',
  'smime.outcome.damaged': 'Il devrait y avoir ici une signature, mais elle est illisible.',
  'smime.outcome.not-signed': 'Ce ne sont que des certificats : rien n’est signé.',
  'smime.outcome.no-certificate':
    'Le certificat du signataire n’accompagne pas la signature, et sans sa clé personne ne peut la vérifier.',
  'smime.outcome.unsupported': 'La signature utilise un algorithme inconnu ici (trop vieux, ou trop récent).',

  'smime.certificate.subject': 'À qui est la clé',
  'smime.certificate.issuer': 'Qui s’en porte garant',
  'smime.certificate.addresses': 'Pour les adresses',
  'smime.certificate.from': 'Valable à partir du',
  'smime.certificate.until': 'Valable jusqu’au',
  'smime.certificate.serial': 'Numéro de série',
  'smime.certificate.fingerprint': 'Empreinte (SHA-256)',
  'smime.certificate.algorithm': 'Clé',
  'smime.certificate.authority': 'Il peut se porter garant d’autres.',
  'smime.certificate.path': 'Le chemin jusqu’à l’autorité',

  'smime.digest.computed': 'Empreinte du texte tel qu’il est ici',
  'smime.digest.signed': 'Empreinte dans la signature',
  'smime.signing-time': 'Signé le, selon le signataire',

  'smime.decrypt.opened':
    'Ouvert avec votre clé privée. La clé de cette lettre est venue par {transport}, la lettre elle-même est en {cipher}.',
  'smime.decrypt.not-signed':
    'Chiffré n’est pas signé : personne d’autre n’a pu le lire, mais quiconque a votre certificat a pu l’écrire.',
  'smime.decrypt.not-for-you':
    'C’est chiffré, mais pas pour vous : aucune des clés qui s’y trouvent n’a été enfermée avec votre certificat.',
  'smime.decrypt.damaged':
    'C’est pour vous, mais cela ne s’ouvre pas : modifié ou coupé en chemin, ou votre clé est une autre.',
  'smime.decrypt.unsupported': 'Le chiffrement utilise un algorithme inconnu ici.',
  'smime.decrypt.bad-identity': 'Votre propre certificat ou votre clé privée est illisible.',

  'smime.form.smime-signed':
    'Signé par S/MIME, la signature à côté du texte : tout le monde peut le lire, ceux qui connaissent S/MIME peuvent vérifier.',
  'smime.form.smime-signed-data':
    'Signé par S/MIME d’un seul bloc : les relais n’y touchent pas, mais seuls ceux qui connaissent S/MIME peuvent le lire.',
  'smime.form.smime-enveloped-data': 'Chiffré par S/MIME : seules les clés privées des destinataires l’ouvrent.',
  'smime.form.smime-certs-only':
    'Des certificats seulement : une façon d’envoyer à quelqu’un les clés avec lesquelles écrire.',
  'smime.form.pgp-signed': 'Signé par PGP. On ne regarde ici que la disposition ; la signature n’est pas vérifiée.',
  'smime.form.pgp-encrypted': 'Chiffré par PGP. On ne regarde ici que la disposition ; il n’est pas ouvert.',
  'smime.form.unknown': 'Signé ou chiffré par un protocole inconnu ici.',

  'smime.layout.good': 'La disposition est la bonne.',
  'smime.layout.no-boundary': 'Le paramètre boundary manque.',
  'smime.layout.no-protocol':
    'Le paramètre protocol manque : il dit de quelle signature ou de quel chiffrement il s’agit.',
  'smime.layout.no-micalg':
    'Le paramètre micalg manque : il dit quelle empreinte calculer, pour le faire au fil de la lecture.',
  'smime.layout.not-two-parts': 'Il devrait y avoir exactement deux parties.',
  'smime.layout.not-the-protocol': 'La partie du protocole n’est pas du type que dit le paramètre protocol.',
  'smime.layout.not-octet-stream': 'La partie chiffrée devrait être application/octet-stream.',
  'smime.layout.no-version': 'La première partie devrait dire « Version: 1 ».',
  'smime.layout.unreadable': 'Ce qui est dedans est illisible.',

  'smime.refused.bare-line-end':
    'Un CR ou un LF est seul. Le prochain relais en ferait une fin de ligne et casserait la signature : que les lignes se terminent d’abord par CR LF.',
  'smime.refused.eight-bit':
    'Il y a un octet au-dessus de 127. Un relais peut le recoder et casser la signature : passez d’abord en quoted-printable ou en base64.',
  'smime.refused.nul': 'Il y a un NUL, qu’aucun texte ne peut contenir : passez d’abord en base64.',
  'smime.refused.long-line': 'Une ligne a plus de 998 caractères : passez d’abord en quoted-printable ou en base64.',
  'smime.refused.boundary': 'Cette frontière n’en est pas une, ou une ligne du texte commence par elle.',
  'smime.refused.bad-identity': 'Le certificat ou la clé privée pour signer est illisible.',
  'smime.refused.no-recipients': 'Il n’y a personne pour qui chiffrer.',
  'smime.refused.bad-certificate':
    'Le certificat d’un destinataire est illisible, ou sa clé n’est pas faite pour chiffrer.',
  'smime.refused.bad-authority': 'Cette autorité est illisible, ou ne peut pas se porter garante d’autres.',
  'smime.refused.bad-address': 'Un certificat ne se fait que pour une adresse de la forme nom@domaine, en ASCII.',
}
