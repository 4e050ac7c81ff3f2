/**
 * Makes the texts about single messages known. They are half of all there is to say, and come with the first part of the
 * page that shows a message: whoever needs them imports this file.
 */
import { learn } from './index.ts'
import { laterEnglish } from './later.en.ts'
import { laterFrench } from './later.fr.ts'

learn({ en: laterEnglish, fr: laterFrench })
