/** Day, month and minute, as a list of messages has room for. What is formatted has its zone in it already. */
import type { Language } from '../../texts/index.ts'

export const shortDate = (language: Language): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  })
