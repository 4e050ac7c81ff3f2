/** The texts of writing zones come with the editor. */
import { learn } from '../index.ts'
import { zoneEnglish } from './zone.en.ts'
import { zoneFrench } from './zone.fr.ts'

learn({ en: zoneEnglish, fr: zoneFrench })
