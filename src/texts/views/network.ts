/** Makes the texts of the map known; its pane imports this file. */
import { learn } from '../index.ts'
import { english } from './network.en.ts'
import { french } from './network.fr.ts'

learn({ en: english, fr: french })
