import { describe, expect, test } from 'vitest'
import { fieldRow, fieldRows } from '../../../src/core/message/field-table.ts'
import { problems } from '../../../src/core/message/problems.ts'
import { reportFieldRow, reportFieldRows } from '../../../src/core/message/report-field-table.ts'
import { messageEnglish } from '../../../src/texts/message.en.ts'
import { messageFrench } from '../../../src/texts/message.fr.ts'

const keys = [
  ...fieldRows.map(({ name }) => `field.${name}`),
  ...reportFieldRows.map(({ name }) => `field.report.${name}`),
  ...['field.X-...', 'field.optional-field'],
  ...Object.keys(problems).map((key) => `problem.${key}`),
]

describe('the table of fields', () => {
  test('has each name once, with all that RFC 5322 3.6 allows', () => {
    const names = fieldRows.map(({ name }) => name.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
    // RFC 5322 3.6: "Min number" 1; "Max number" 1; the rest unlimited.
    const required = fieldRows.filter(({ times }) => times === 'required')
    expect(required.map(({ name }) => name)).toEqual(['Date', 'From'])
    for (const name of [
      'sender',
      'reply-to',
      'to',
      'cc',
      'bcc',
      'message-id',
      'in-reply-to',
      'references',
      'subject',
    ]) {
      expect(fieldRow(name).times, name).toBe('once')
    }
    for (const name of ['comments', 'keywords', 'received', 'resent-date', 'resent-from', 'resent-to']) {
      expect(fieldRow(name).times, name).toBe('any')
    }
  })

  test('is asked in any case, and says when it does not know', () => {
    expect(fieldRow('MESSAGE-id')).toMatchObject({ name: 'Message-ID', rfc: 5322, structure: 'ids' })
    expect(fieldRow('X-Spam-Level').name).toBe('X-...')
    expect(fieldRow('constructor').name).toBe('optional-field')
    expect(fieldRow('Status').addedBy).toBe('some systems')
    expect(reportFieldRow('status')).toMatchObject({ rfc: 3464, section: '2.3.4' })
    expect(reportFieldRow('X-Other').name).toBe('X-...')
  })

  test('and that of problems have their texts, and there are no others', () => {
    expect(keys.filter((key) => !Object.hasOwn(messageEnglish, key))).toEqual([])
    const ours = Object.keys(messageEnglish).filter((key) => /^(?:field|problem)\./.test(key))
    expect(ours.filter((key) => !keys.includes(key))).toEqual([])
    for (const key of ours as (keyof typeof messageEnglish)[]) {
      for (const text of [messageEnglish[key], messageFrench[key]]) expect(text, key).toMatch(/^.{8,}[.»)”?]$/)
    }
  })
})
