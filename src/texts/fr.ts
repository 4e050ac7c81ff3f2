/** Everything that a person reads, in French: a key that is missing here does not compile. */
import type { english } from './en.ts'
import { composeFrench } from './compose.fr.ts'
import { messageFrench } from './message.fr.ts'
import { mimeFrench } from './mime.fr.ts'
import { pageFrench } from './page.fr.ts'
import { readingFrench } from './reading.fr.ts'
import shellFrench from './shell.fr.ts'
import { smimeFrench } from './smime.fr.ts'
import { smtpFrench } from './smtp.fr.ts'
import { stepsFrench } from './steps.fr.ts'

/** French sets a blank before `: ; ? !` and inside « »; a line must not break there. */
const spaced = <Texts extends Record<string, string>>(texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, text.replace(/ (?=[:;?!»])|(?<=«) /g, '\u00a0')]),
  ) as Texts

export const french: Record<keyof typeof english, string> = {
  ...spaced(pageFrench),
  ...spaced(smtpFrench),
  ...spaced(messageFrench),
  ...spaced(mimeFrench),
  ...spaced(composeFrench),
  ...spaced(stepsFrench),
  ...spaced(smimeFrench),
  ...spaced(readingFrench),
  ...shellFrench,
}
