/** The texts of the line of time come with it. */
import { learn } from '../index.ts'
import { timeEnglish } from './time.en.ts'
import { timeFrench } from './time.fr.ts'

learn({ en: timeEnglish, fr: timeFrench })
