/** Makes the texts of the mail program known: they come with it. */
import { learn } from '../index.ts'
import { mailerEnglish } from './mailer.en.ts'
import { mailerFrench } from './mailer.fr.ts'

learn({ en: mailerEnglish, fr: mailerFrench })
