/** Makes the texts of the help at the prompt known. */
import { learn } from '../index.ts'
import { english } from './terminal.en.ts'
import { french } from './terminal.fr.ts'

learn({ en: english, fr: french })
