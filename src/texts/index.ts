/** Texts by key, in the reader's language. `{name}` in a text is filled in. */
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
  return (key, values) => fill(text(key), values)
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

function fill(text: string, values: Values | undefined): string {
  return values ? text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all)) : text
}
