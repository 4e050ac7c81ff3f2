/** Makes the texts of the MIME workshop known. */
import { learn } from '../index.ts'
import { english } from './workshop.en.ts'
import { french } from './workshop.fr.ts'

learn({ en: english, fr: french })
