/** What stands on the buttons in a lesson's text: the words that the page has for the same things. */
import { translator, type Language } from './index.ts'
import { english } from './views/workshop.en.ts'
import { french } from './views/workshop.fr.ts'

const workshop = { en: english['workshop.title'], fr: french['workshop.title'] }

const type = { en: 'Type it', fr: 'Taper tout' }

/** `what`: `skip`, `type`, or `see.` and a view. */
export function buttonWords(language: Language, what: string): string {
  if (what === 'see.workshop') return workshop[language]
  if (what === 'type') return type[language]
  return translator(language)(what === 'skip' ? 'bar.skip' : what.replace(/^see\./, 'pane.'))
}
