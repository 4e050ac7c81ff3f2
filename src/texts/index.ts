/** Texts by key, in the reader's language. `{name}` in a text is filled in; `{name:line|lines}` is the word that goes with its number. */
import { english } from './en.ts'
import { french } from './fr.ts'
import type { laterEnglish } from './later.en.ts'
import { spaced } from './spaced.ts'

export type Language = 'en' | 'fr'
export type Key = keyof typeof english | keyof typeof laterEnglish
export type Values = Readonly<Record<string, string | number>>
/** `key` may be one that is put together (`smtp.code.550`); one that nobody wrote comes back as it is. */
export type Translate = (key: Key | (string & {}), values?: Values) => string

type Texts = Readonly<Record<string, string>>

const texts: Record<Language, Record<string, string>> = { en: { ...english }, fr: { ...french } }

/** More of them, from the part of the page that needs them. */
export function learn(more: Record<Language, Texts>): void {
  Object.assign(texts.en, more.en)
  Object.assign(texts.fr, more.fr)
}

export function translator(language: Language): Translate {
  const text = language === 'fr' ? frenchText : (key: string) => texts.en[key] ?? key
  // None is many in English, and one in French.
  const isOne = language === 'fr' ? (count: number) => count < 2 : (count: number) => count === 1
  return (key, values) => fill(text(key), values, isOne)
}

/** Those that were wanted already, as they are set. All of them at once would keep whoever opens the page waiting. */
const set = new Map<string, string>()

function frenchText(key: string): string {
  const text = texts.fr[key]
  // What a shell says stands in the cells of a terminal, where nothing is set.
  if (text === undefined || key.startsWith('shell.')) return text ?? key
  const known = set.get(key) ?? spaced(text)
  set.set(key, known)
  return known
}

/** Is there a text under this key? */
export const isKey = (key: string): key is Key => Object.hasOwn(texts.en, key)

function fill(text: string, values: Values | undefined, isOne: (count: number) => boolean): string {
  if (!values) return text
  return text.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (all, name: string, one?: string, many?: string) => {
    const value = values[name]
    if (value === undefined) return all
    return one === undefined ? String(value) : isOne(Number(value)) ? one : many!
  })
}
