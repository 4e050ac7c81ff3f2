import { expect, test } from 'vitest'
import { Store } from '../../../src/core/store/store.ts'
import { Folder } from '../../../src/core/views/folder.ts'
import { letterText } from '../../../src/core/views/letter.ts'
import { arrivals, letterKey, mailboxesByHost } from '../../../src/core/views/mailboxes.ts'
import { Traced } from './trace.ts'

const letter = (subject: string) => `From: bob@x.example\r\nSubject: ${subject}\r\n\r\nHello\r\n`

function alice(): Store {
  const store = new Store({ limit: 10_000, uidValidity: 1 })
  store.add({ user: 'alice', password: '', name: 'Alice', addresses: ['alice@x.example'], quota: null })
  store.deliver('alice', 'INBOX', letter('old'), 5)
  return store
}

test('what lay there before and what came stand in one list, the latest first; the trace tells which came', () => {
  const store = alice()
  const traced = new Traced()
  const folder = new Folder(arrivals)
  store.deliver('alice', 'INBOX', letter('caf\xc3\xa9 \x07'), 7)
  traced.note('mx1', {
    kind: 'delivered',
    id: 'A',
    address: 'alice@x.example',
    account: 'alice',
    mailbox: 'INBOX',
    uid: 2,
    octets: 9,
  })
  const [host] = mailboxesByHost(new Map([['mx1', store]]), folder.catchUp(traced.events), 50)
  expect(host?.mailboxes).toMatchObject([
    {
      user: 'alice',
      address: 'alice@x.example',
      mailbox: 'INBOX',
      count: 2,
      letters: [
        { number: 2, uid: 2, from: 'bob@x.example', subject: 'caf\u00e9 \u2407', at: 7, arrived: 0 },
        { number: 1, uid: 1, subject: 'old', at: 5, arrived: null },
      ],
    },
  ])
  expect(host?.mailboxes[0]?.letters[0]?.key).toBe(
    letterKey({ host: 'mx1', account: 'alice', mailbox: 'INBOX', uid: 2 }),
  )
})

test('of a full mailbox only the latest are listed, with their own numbers', () => {
  const store = alice()
  for (let n = 2; n <= 5; n++) store.deliver('alice', 'INBOX', letter(`${n}`), n)
  const [host] = mailboxesByHost(new Map([['mx1', store]]), new Map(), 2)
  expect(host?.mailboxes[0]).toMatchObject({ count: 5, letters: [{ number: 5 }, { number: 4 }] })
})

test('a message is shown whole; what servers stamped on it is told apart', () => {
  const stamps = 'Return-Path: <a@x>\r\nDelivered-To: b@x\r\nReceived: from a\r\n\tby b; today\r\n'
  const text = letterText(stamps + letter('Received: no'), 1000)
  expect(text.fields.map(({ stamp }) => stamp)).toEqual([true, true, true, false, false])
  expect([...text.fields.map((field) => `${field.text}\n`), text.rest].join('')).toBe(
    (stamps + letter('Received: no')).replaceAll('\r\n', '\n'),
  )
  expect(letterText(`Received: x\r\n\r\nno header\r\n`, 1000).rest).toBe('\nno header\n')
  expect(letterText('x'.repeat(30), 20)).toEqual({ fields: [], rest: 'x'.repeat(20), more: 10 })
})
