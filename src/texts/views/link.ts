/** The texts of links come with their dialog. */
import { learn } from '../index.ts'
import { linkEnglish } from './link.en.ts'
import { linkFrench } from './link.fr.ts'

learn({ en: linkEnglish, fr: linkFrench })
