import { describe, expect, test } from 'vitest'
import { field, fieldValues } from '../../../src/core/message/fields.ts'
import { listFields, withoutListFields } from '../../../src/core/mta/list-fields.ts'
import { Bench, client, relaysTo, send } from './bench.ts'

const LIST = 'profs@rennes.example'
const lists = { [LIST]: { name: 'The Professors', owner: 'bob@rennes.example', members: ['alice@rennes.example'] } }
const PEOPLE = ['alice', 'bob'].map((user) => ({ user, address: `${user}@rennes.example` }))

const fieldsOf = (message: string) =>
  ['List-Id', 'List-Post', 'List-Unsubscribe', 'Precedence'].map((name) => fieldValues(message, name))

describe('what a list writes into its copies', () => {
  test('says what it is, how to write to it and to whom who wants to leave writes', () => {
    const { backend, inbox } = new Bench().mta('mx1.rennes.example', '192.0.2.10', { lists }, PEOPLE)
    send(backend, 'x@far.example', [LIST])
    expect(fieldsOf(inbox('alice')[0]!)).toEqual([
      ['The Professors <profs.rennes.example>'],
      [`<mailto:${LIST}>`],
      ['<mailto:profs-owner@rennes.example>'],
      ['list'],
    ])
  })

  test('names list-request where there is one', () => {
    const aliases = { 'profs-request@rennes.example': ['bob@rennes.example'] }
    const { backend, inbox } = new Bench().mta('mx1.rennes.example', '192.0.2.10', { lists, aliases }, PEOPLE)
    send(backend, 'x@far.example', [LIST])
    expect(field(inbox('alice')[0]!, 'List-Unsubscribe')).toBe('<mailto:profs-request@rennes.example>')
  })

  test('is written once, though the writer or another list wrote it before', () => {
    const bench = new Bench()
    bench.names('lyon.example MX 10 mx.lyon.example', 'mx.lyon.example A 198.51.100.1')
    const inner = {
      ...lists[LIST]!,
      name: 'Those of Lyon',
      owner: 'claire@lyon.example',
      members: ['claire@lyon.example'],
    }
    const lyon = bench.mta(
      'mx.lyon.example',
      '198.51.100.1',
      { domains: ['lyon.example'], lists: { 'tous@lyon.example': inner } },
      [{ user: 'claire', address: 'claire@lyon.example' }],
    )
    bench.server('198.51.100.1', relaysTo(lyon.backend, client({ peer: { address: '192.0.2.10', port: 50_000 } })))
    const outer = { ...lists[LIST]!, members: ['tous@lyon.example'] }
    const { backend } = bench.mta('mx1.rennes.example', '192.0.2.10', { lists: { [LIST]: outer } }, PEOPLE)
    const content =
      'List-Id: <mine>\r\nSubject: hi\r\nPrecedence: bulk\r\nlist-post:\r\n <mailto:x@far.example>\r\n' +
      'List-Archive: <https://far.example/>\r\n\r\nList-Id: stays\r\n'
    send(backend, 'x@far.example', [LIST], { content })
    bench.drain()
    const [message = ''] = lyon.inbox('claire')
    expect(fieldsOf(message)).toEqual([
      ['Those of Lyon <tous.lyon.example>'],
      ['<mailto:tous@lyon.example>'],
      ['<mailto:tous-owner@lyon.example>'],
      ['list'],
    ])
    // What is no list's own stays, and so does the body.
    expect(field(message, 'Subject')).toBe('hi')
    expect(field(message, 'List-Archive')).toBe('<https://far.example/>')
    expect(message).toMatch(/\r\n\r\nList-Id: stays\r\n$/)
  })

  test('is a URI, whatever stands in the address', () => {
    const fields = listFields('r&d/50%@rennes.example', 'R&D', 'r&d/50%-owner@rennes.example')
    expect(field(fields, 'List-Post')).toBe('<mailto:r%26d%2F50%25@rennes.example>')
    expect(field(fields, 'Delivered-To')).toBe('r&d/50%@rennes.example')
  })

  test('is taken out of nothing but the header', () => {
    for (const content of ['', '\r\nList-Id: x\r\n', 'a line of text\r\nList-Id: x\r\n', 'Subject: a\r\n\r\nb\r\n'])
      expect(withoutListFields(content)).toBe(content)
    expect(withoutListFields('Precedence: list\r\n')).toBe('')
  })
})
