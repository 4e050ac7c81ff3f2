import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { anyCommand, smtpCommands, typedVerbs } from '../../../src/core/smtp/commands.ts'
import { english as early } from '../../../src/texts/en.ts'
import { french as earlyFrench } from '../../../src/texts/fr.ts'
import { isKey, translator } from '../../../src/texts/index.ts'
import { laterEnglish } from '../../../src/texts/later.en.ts'
import { laterFrench } from '../../../src/texts/later.fr.ts'
import '../../../src/texts/later.ts'

import.meta.glob('../../../src/texts/views/*.ts', { eager: true })

/** Those of the views at the right, each of which brings its own. */
const inViews = (language: string) =>
  Object.assign(
    {},
    ...Object.entries(
      import.meta.glob<Record<string, Record<string, string>>>('../../../src/texts/views/*.*.ts', { eager: true }),
    ).flatMap(([path, texts]) => (path.includes(`.${language}.`) ? Object.values(texts) : [])),
  ) as Record<string, string>

const english: Record<string, string> = { ...early, ...laterEnglish, ...inViews('en') }
const french: Record<string, string> = { ...earlyFrench, ...laterFrench, ...inViews('fr') }

const filled = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort()

describe('texts', () => {
  test('both languages have the same keys, and fill in the same', () => {
    expect(Object.keys(french).sort()).toEqual(Object.keys(english).sort())
    for (const [key, text] of Object.entries(english)) expect([key, filled(french[key]!)]).toEqual([key, filled(text)])
  })

  test('nothing is left in English', () => {
    const same = Object.entries(english).filter(([key, text]) => key.startsWith('page.') && french[key] === text)
    expect(same).toEqual([])
  })

  test('every verb and every reply code that the server has is explained', () => {
    for (const verb of typedVerbs) expect([verb, isKey(`smtp.${verb}`)]).toEqual([verb, true])
    const rows = [anyCommand, ...Object.values(smtpCommands).map(({ outcomes }) => outcomes)]
    const codes = new Set(rows.flatMap((outcomes) => Object.values(outcomes).map(({ code }) => code as string)))
    for (const code of codes) expect([code, isKey(`smtp.code.${code}`)]).toEqual([code, true])
  })

  test('whatever the server remarks on, the coach has a word for', () => {
    const folder = new URL('../../../src/core/smtp/', import.meta.url)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    const source = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n')
    const keys = [...source.matchAll(/remark\('([\w-]+)'/g)].map(([, key]) => key!)
    expect(keys.length).toBeGreaterThan(3)
    for (const key of [...keys, 'blank-after-colon', 'no-brackets'])
      expect([key, isKey(`coach.${key}`)]).toEqual([key, true])
  })

  test('nothing is said twice, and what comes later is known then', () => {
    for (const more of [laterEnglish, inViews('en')])
      expect(Object.keys(more).filter((key) => key in early)).toEqual([])
    expect(translator('fr')('look.read')).toBe(laterFrench['look.read'])
    expect(isKey('look.read')).toBe(true)
  })

  test('values are filled in, and an unknown key shows itself', () => {
    const t = translator('en')
    expect(t('bar.next', { what: 'a', time: '5 s' })).toBe('in 5 s: a')
    expect(t('no.such.key')).toBe('no.such.key')
    expect(t('bar.next', { what: '{time}', time: 1 })).toBe('in 1: {time}')
  })

  test('a word goes with its number, in each language as it is there', () => {
    const count = (language: 'en' | 'fr', count: number) => translator(language)('link.lines', { count, size: 9 })
    expect([0, 1, 2].map((number) => count('en', number).replace(' typed (9 octets)', ''))).toEqual([
      '0 lines that were',
      '1 line that was',
      '2 lines that were',
    ])
    expect([0, 1, 2].map((number) => count('fr', number).replace(' (9 octets)', ''))).toEqual([
      '0 ligne tapée',
      '1 ligne tapée',
      '2 lignes tapées',
    ])
  })

  test('French lines do not break before their punctuation', () => {
    const t = translator('fr')
    for (const [key, text] of Object.entries(french))
      if (key.startsWith('shell.')) expect(t(key)).toBe(text)
      else {
        expect(t(key)).not.toMatch(/ [:;?!»]|« /)
        expect(t(key).replaceAll('\u00a0', ' ')).toBe(text.replaceAll('\u00a0', ' '))
      }
  })
})
