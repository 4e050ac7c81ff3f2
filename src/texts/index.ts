/** Texts by key, in the reader's language. `{name}` in a text is filled in. */
import { english } from './en.ts'
import { french } from './fr.ts'

export type Language = 'en' | 'fr'
export type Key = keyof typeof english
export type Values = Readonly<Record<string, string | number>>
/** `key` may be one that is put together (`smtp.code.550`); one that nobody wrote comes back as it is. */
export type Translate = (key: Key | (string & {}), values?: Values) => string

const texts: Record<Language, Readonly<Record<string, string>>> = { en: english, fr: french }

export function translator(language: Language): Translate {
  const own = texts[language]
  return (key, values) => fill(own[key] ?? key, values)
}

/** Is there a text under this key? */
export const isKey = (key: string): key is Key => Object.hasOwn(english, key)

function fill(text: string, values: Values | undefined): string {
  return values ? text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all)) : text
}
