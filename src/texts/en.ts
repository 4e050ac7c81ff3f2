/** Everything that a person reads, in English. */
import { pageEnglish } from './page.en.ts'
import shellEnglish from './shell.en.ts'
import { smtpEnglish } from './smtp.en.ts'

export const english = { ...pageEnglish, ...smtpEnglish, ...shellEnglish } as const
