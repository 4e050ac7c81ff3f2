/** Makes the texts of the state view known. */
import { learn } from '../index.ts'
import { english } from './state.en.ts'
import { french } from './state.fr.ts'

learn({ en: english, fr: french })
