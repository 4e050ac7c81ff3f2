/** What is said before a link is made, in French. */
import type { linkEnglish } from './link.en.ts'

export const linkFrench: Record<keyof typeof linkEnglish, string> = {
  'link.title': 'Ce moment en lien',
  'link.now': 'Qui ouvre le lien voit ce que vous voyez maintenant, et peut continuer de là.',
  'link.past': 'Qui ouvre le lien voit le moment que vous regardez, et tout ce qui a suivi.',
  'link.carries':
    'Le lien contient tout ce qui a été fait ici depuis le début. Il n’est jamais envoyé à un serveur, mais qui l’a peut le lire :',
  'link.lines': '{count} {count:ligne tapée|lignes tapées} ({size} octets)',
  'link.files': '{count} {count:fichier ou lettre|fichiers ou lettres} à vous ({size} octets)',
  'link.secrets': '{count} {count:commande|commandes} avec un mot de passe : y en a-t-il un vrai ?',
  'link.make': 'Faire le lien',
  'link.copy': 'Copier le lien',
  'link.size': '{count} caractères : il tient sur une ligne d’un courrier.',
  'link.long':
    '{count} caractères : les logiciels de courrier peuvent couper un tel lien. « Enregistrer dans un fichier », au menu, est plus sûr.',
  'link.zones': '{count} {count:changement de zone|changements de zones}',
  'link.own':
    'votre propre monde « {world} », tel que son fichier est écrit, avec tous ses mots de passe et son courrier ({size} caractères)',
  'link.wraps':
    '{count} caractères : plus qu’une ligne de courrier. Mettez-le entre < et >, et vérifiez qu’il est arrivé entier.',
}
