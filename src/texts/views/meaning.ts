/** Makes the meanings of words on the screen known, and with them what header fields are for. */
import { learn } from '../index.ts'
import '../later.ts'
import { english } from './meaning.en.ts'
import { french } from './meaning.fr.ts'

learn({ en: english, fr: french })
