/** Everything that a person reads, in English. */
import { composeEnglish } from './compose.en.ts'
import { messageEnglish } from './message.en.ts'
import { mimeEnglish } from './mime.en.ts'
import { pageEnglish } from './page.en.ts'
import { readingEnglish } from './reading.en.ts'
import shellEnglish from './shell.en.ts'
import { smimeEnglish } from './smime.en.ts'
import { smtpEnglish } from './smtp.en.ts'
import { stepsEnglish } from './steps.en.ts'

export const english = {
  ...pageEnglish,
  ...smtpEnglish,
  ...messageEnglish,
  ...mimeEnglish,
  ...composeEnglish,
  ...stepsEnglish,
  ...smimeEnglish,
  ...readingEnglish,
  ...shellEnglish,
} as const
