/** What is said of single messages, in English: their fields and faults, reading, composing, codecs, signatures. */
import { composeEnglish } from './compose.en.ts'
import { messageEnglish } from './message.en.ts'
import { mimeEnglish } from './mime.en.ts'
import { readingEnglish } from './reading.en.ts'
import { smimeEnglish } from './smime.en.ts'
import { stepsEnglish } from './steps.en.ts'

export const laterEnglish = {
  ...messageEnglish,
  ...mimeEnglish,
  ...composeEnglish,
  ...stepsEnglish,
  ...smimeEnglish,
  ...readingEnglish,
} as const
