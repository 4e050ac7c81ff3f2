/** What the line of time says beside its first words, in French. */
import type { timeEnglish } from './time.en.ts'

export const timeFrench: Record<keyof typeof timeEnglish, string> = {
  'time.back.by': 'En arrière, d’{grain}',
  'time.forward.by': 'En avant, d’{grain}',
  'time.jump': 'Aller à un moment',
  'time.jump.to': 'Une heure, ou le numéro d’un événement',
  'time.jump.go': 'Y aller',
  'time.jump.bad': 'De {first} à {last}, ou un événement de 1 à {of}.',
  'time.jump.marks': 'Repères : courrier arrivé ou en échec, pannes, attentes passées',
  'time.mark.before': 'Au repère précédent',
  'time.mark.next': 'Au repère suivant',
  'time.mark.none': 'Il n’y a pas de repère de ce côté.',
  'time.arriving': 'Les boîtes et les files d’attente de ce moment arrivent…',
}
