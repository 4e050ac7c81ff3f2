/** The page around a message, in French. */
import type { mimeEnglish } from './mime.en.ts'

export const mimeFrench: Record<keyof typeof mimeEnglish, string> = {
  'encoding.reason.as-it-is': 'Cela passe tel quel.',
  'encoding.reason.mostly-ascii': 'Peu d’octets ne sont pas ASCII : quoted-printable laisse le reste lisible.',
  'encoding.reason.mostly-not-ascii': 'Tant d’octets ne sont pas ASCII que base64 prend moins de place.',
  'encoding.reason.long-lines': 'Les lignes sont trop longues pour SMTP : quoted-printable les coupe et les recolle.',
  'encoding.reason.line-ends': 'Il y a des fins de ligne qui ne sont pas CRLF, et qu’un relais changerait.',
  'encoding.reason.binary': 'Ce sont des octets, pas du texte : seul base64 les rend tels quels.',
  'encoding.reason.wish': 'Comme on l’a voulu.',
  'encoding.obstacle.eight-bit': 'Il y a des octets au-dessus de 127.',
  'encoding.obstacle.long-line': 'Une ligne a plus de 998 octets.',
  'encoding.obstacle.nul': 'Il y a un octet 0.',
  'encoding.obstacle.bare-cr': 'Un CR est seul, sans son LF.',
  'encoding.obstacle.bare-lf': 'Un LF est seul, sans son CR.',
}
