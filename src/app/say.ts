/** What a simulated world says in the teaching tool's own words, in the page's languages. */
import { translator, type Values } from '../texts/index.ts'

export const say = (language: string, key: string, values?: Values) =>
  translator(language === 'fr' ? 'fr' : 'en')(key, values)
