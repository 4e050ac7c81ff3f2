/** What is wrong with a file that somebody writes, in the reader's language; what has no words there stays English. */
import { errorsFrench, errorWordsFrench } from './errors.fr.ts'
import type { Language } from './index.ts'
import { spaced } from './spaced.ts'

export interface Told {
  text: string
  language: Language
}

/** Longest first: `{} has no filter.` is shorter than what `{}` may stand for elsewhere. */
const forms = Object.entries(errorsFrench)
  .sort(([a], [b]) => fixed(b) - fixed(a))
  .map(([english, french]) => ({ form: formOf(english), french }))

export function errorIn(language: Language, message: string): Told {
  if (language === 'fr')
    for (const { form, french } of forms) {
      const found = form.exec(message)
      if (found) return { text: filled(spaced(french), found.slice(1)), language }
    }
  return { text: message, language: 'en' }
}

const filled = (text: string, values: readonly string[]): string => {
  let at = 0
  return text.replace(/\{\}/g, (all) => inFrench(values[at++] ?? all))
}

/** Kinds of values may stand in a row: `a number or a list`. */
const inFrench = (value: string): string =>
  errorWordsFrench[value] ??
  (value.includes(' or ') && value.split(' or ').every((word) => errorWordsFrench[word])
    ? value
        .split(' or ')
        .map((word) => errorWordsFrench[word])
        .join(' ou ')
    : value)

function fixed(english: string): number {
  return english.replaceAll('{}', '').length
}

function formOf(english: string): RegExp {
  const parts = english.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('([^]*?)')}$`)
}
