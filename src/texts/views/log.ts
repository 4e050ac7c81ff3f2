/** The texts of the log pane come with it. */
import { learn } from '../index.ts'
import { logEnglish } from './log.en.ts'
import { logFrench } from './log.fr.ts'

learn({ en: logEnglish, fr: logFrench })
