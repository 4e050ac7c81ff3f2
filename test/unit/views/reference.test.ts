/** The reference leaves out no row of the tables, and has words for each in both languages. */
import { expect, test } from 'vitest'
import type { CommandRow } from '../../../src/core/engine.ts'
import { fieldRows } from '../../../src/core/message/field-table.ts'
import { reportFieldRows } from '../../../src/core/message/report-field-table.ts'
import { imapCommands } from '../../../src/core/imap/commands.ts'
import { pop3Commands } from '../../../src/core/pop3/commands.ts'
import { smtpCommands } from '../../../src/core/smtp/commands.ts'
import { meaningKey, titleOf } from '../../../src/app/course/reference-texts.ts'
import {
  codeEntries,
  commandEntries,
  fieldEntries,
  metAs,
  reportFieldEntries,
} from '../../../src/core/views/reference.ts'
import { isKey, translator } from '../../../src/texts/index.ts'
import '../../../src/texts/views/course.ts'
import '../../../src/texts/views/meaning.ts'

const tables = { smtp: smtpCommands, pop3: pop3Commands, imap: imapCommands }
const all = [...commandEntries, ...codeEntries, ...fieldEntries, ...reportFieldEntries]

test('every command that can be typed has an entry, and the lone dot', () => {
  const verbs = Object.entries(tables).flatMap(([service, rows]) =>
    Object.keys(rows).flatMap((verb) => (/^[A-Z.]/.test(verb) ? [`${service} ${verb}`] : [])),
  )
  expect(commandEntries.map(({ id }) => id).toSorted()).toEqual(verbs.toSorted())
})

test('every code that a table has is there', () => {
  for (const [service, rows] of Object.entries(tables))
    for (const [verb, { outcomes }] of Object.entries<CommandRow<string>>(rows))
      for (const { code } of Object.values(outcomes))
        expect(codeEntries.find(({ id }) => id === `${service} ${code}`)?.verbs).toContain(verb)
})

test('every field is there', () => {
  expect(fieldEntries.map(({ row }) => row)).toEqual(fieldRows)
  expect(reportFieldEntries.map(({ row }) => row)).toEqual(reportFieldRows)
})

test('none is there twice', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
})

test('each says what it is for, in both languages', () => {
  for (const entry of all) {
    const key = meaningKey(entry)
    expect([entry.id, isKey(key)]).toEqual([entry.id, true])
    expect([entry.id, translator('fr')(key)]).not.toEqual([entry.id, translator('en')(key)])
  }
})

test('the states in which commands are legal, and to which they lead, have names', () => {
  for (const { row } of commandEntries)
    for (const state of [...row.legalIn, ...Object.values(row.outcomes).map(({ to }) => to)])
      if (state !== null) expect([state, isKey(`hint.state.${state}`)]).toEqual([state, true])
})

test('it is called as in what the lessons meet', () => {
  const of = (id: string) => metAs(all.find((entry) => entry.id === id)!)
  expect([of('smtp RCPT'), of('imap UID FETCH'), of('smtp 550'), of('field Subject')]).toEqual([
    'smtp RCPT',
    'imap UID FETCH',
    'code 550',
    'field subject',
  ])
  expect(titleOf(fieldEntries[0]!)).toBe('Date:')
})
