/** What a person reads on the page from the beginning, in English. What is about single messages is in `later.ts`. */
import { imapEnglish } from './imap.en.ts'
import { pageEnglish } from './page.en.ts'
import { pop3English } from './pop3.en.ts'
import shellEnglish from './shell.en.ts'
import { smtpEnglish } from './smtp.en.ts'

export const english = { ...pageEnglish, ...smtpEnglish, ...imapEnglish, ...pop3English, ...shellEnglish } as const
