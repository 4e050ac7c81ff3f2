/** Makes the texts of the scenarios known; whoever lists them imports this. */
import { learn } from '../index.ts'
import { english } from './scenarios.en.ts'
import { french } from './scenarios.fr.ts'

learn({ en: english, fr: french })
