/** Makes the texts of the reading room known. */
import { learn } from '../index.ts'
import { english } from './course.en.ts'
import { french } from './course.fr.ts'

learn({ en: english, fr: french })
