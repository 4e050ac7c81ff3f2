/** The same in French: a key that is missing here does not compile. */
import type { english } from './en.ts'
import { imapFrench } from './imap.fr.ts'
import { pageFrench } from './page.fr.ts'
import { pop3French } from './pop3.fr.ts'
import shellFrench from './shell.fr.ts'
import { smtpFrench } from './smtp.fr.ts'

export const french: Record<keyof typeof english, string> = {
  ...pageFrench,
  ...smtpFrench,
  ...pop3French,
  ...imapFrench,
  ...shellFrench,
}
