/** The texts of the DNS come with its pane. */
import { learn } from '../index.ts'
import { dnsEnglish } from './dns.en.ts'
import { dnsFrench } from './dns.fr.ts'

learn({ en: dnsEnglish, fr: dnsFrench })
