/** Makes the texts about journeys known: they come with the view that needs them. */
import { learn } from '../index.ts'
import { journeyEnglish } from './journey.en.ts'
import { journeyFrench } from './journey.fr.ts'

learn({ en: journeyEnglish, fr: journeyFrench })
