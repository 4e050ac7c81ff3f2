/** What is said of single messages, in French. */
import type { laterEnglish } from './later.en.ts'
import { composeFrench } from './compose.fr.ts'
import { messageFrench } from './message.fr.ts'
import { mimeFrench } from './mime.fr.ts'
import { readingFrench } from './reading.fr.ts'
import { smimeFrench } from './smime.fr.ts'
import { stepsFrench } from './steps.fr.ts'

export const laterFrench: Record<keyof typeof laterEnglish, string> = {
  ...messageFrench,
  ...mimeFrench,
  ...composeFrench,
  ...stepsFrench,
  ...smimeFrench,
  ...readingFrench,
}
