/** Makes the texts of the lessons and of the map of the course known. */
import { learn } from '../index.ts'
import { lessonEnglish } from './lesson.en.ts'
import { lessonFrench } from './lesson.fr.ts'

learn({ en: lessonEnglish, fr: lessonFrench })
