/** The texts of the capture come with its pane. */
import { learn } from '../index.ts'
import { packetsEnglish } from './packets.en.ts'
import { packetsFrench } from './packets.fr.ts'

learn({ en: packetsEnglish, fr: packetsFrench })
