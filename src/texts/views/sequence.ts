/** The texts of the sequence's filters, details and exports come with them. */
import { learn } from '../index.ts'
import { sequenceEnglish } from './sequence.en.ts'
import { sequenceFrench } from './sequence.fr.ts'

learn({ en: sequenceEnglish, fr: sequenceFrench })
