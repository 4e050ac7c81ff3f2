/** Messages and MIME for students, in French. */
import type { messageEnglish } from './message.en.ts'

export const messageFrench: Record<keyof typeof messageEnglish, string> = {
  'problem.no-colon': 'Cette ligne de l’en-tête n’est ni un champ (nom, deux-points, valeur) ni une suite.',
}
