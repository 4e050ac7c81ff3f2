/** The same in French: a key that is missing here does not compile. */
import type { english } from './en.ts'
import { imapFrench } from './imap.fr.ts'
import { pageFrench } from './page.fr.ts'
import { pop3French } from './pop3.fr.ts'
import shellFrench from './shell.fr.ts'
import { smtpFrench } from './smtp.fr.ts'
import { spaced } from './spaced.ts'

export const french: Record<keyof typeof english, string> = {
  ...spaced(pageFrench),
  ...spaced(smtpFrench),
  ...spaced(pop3French),
  ...spaced(imapFrench),
  ...shellFrench,
}
