/** The texts of one's own worlds come with their dialog. */
import { learn } from '../index.ts'
import { worldsEnglish } from './worlds.en.ts'
import { worldsFrench } from './worlds.fr.ts'

learn({ en: worldsEnglish, fr: worldsFrench })
