/** Makes the texts about queues known: they come with the view that needs them. */
import { learn } from '../index.ts'
import { queueEnglish } from './queue.en.ts'
import { queueFrench } from './queue.fr.ts'

learn({ en: queueEnglish, fr: queueFrench })
