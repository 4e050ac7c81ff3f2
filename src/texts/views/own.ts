/** The texts of one's own lessons come with their dialog. */
import { learn } from '../index.ts'
import { ownEnglish } from './own.en.ts'
import { ownFrench } from './own.fr.ts'

learn({ en: ownEnglish, fr: ownFrench })
