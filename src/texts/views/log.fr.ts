/** What the log pane says, in French. */
import type { logEnglish } from './log.en.ts'

export const logFrench: Record<keyof typeof logEnglish, string> = {
  'log.host': 'Journal de courrier de',
  'log.text': 'Chercher dans le journal',
  'log.list': 'Journal de courrier de {host}, la dernière ligne en bas',
  'log.empty': 'Il n’y a encore rien dans ce journal.',
  'log.none': 'Aucune ligne ne correspond.',
  'log.no-hosts': 'Aucune machine de ce monde n’a de système de courrier.',
  'log.earlier': '{count} lignes plus anciennes ne sont pas montrées.',
  'log.count': '{count} lignes',
  'log.latest': 'Dernière',
}
