import { describe, expect, test } from 'vitest'
import { buildMessage, crlfLines, headerField, textMessage } from '../../../src/core/message/build.ts'
import { field, headerFields } from '../../../src/core/message/fields.ts'
import { receivedField, receptionProtocol } from '../../../src/core/message/received.ts'

const hop = {
  helo: 'njhome',
  name: null,
  address: '192.0.2.200',
  by: 'njhome.example',
  via: null,
  with: 'ESMTP',
  id: '67DA43F27F',
  for: 'nicolas@njhome.example',
  date: 'Wed, 20 Nov 2002 13:21:50 -0500 (EST)',
} as const

describe('Received', () => {
  test('says who gave what to whom', () => {
    expect(receivedField(hop)).toBe(
      'Received: from njhome (unknown [192.0.2.200])\r\n' +
        '\tby njhome.example with ESMTP id 67DA43F27F\r\n' +
        '\tfor <nicolas@njhome.example>; Wed, 20 Nov 2002 13:21:50 -0500 (EST)\r\n',
    )
    expect(receivedField({ ...hop, for: null, name: 'pc.example' })).toBe(
      'Received: from njhome (pc.example [192.0.2.200])\r\n' +
        '\tby njhome.example with ESMTP id 67DA43F27F;\r\n\tWed, 20 Nov 2002 13:21:50 -0500 (EST)\r\n',
    )
    expect(receivedField({ ...hop, via: 'TCP' })).toContain('\tby njhome.example via TCP with ESMTP id 67DA43F27F\r\n')
  })

  test('is one field with short lines, whatever a client calls itself', () => {
    for (const helo of ['x'.repeat(60), 'a) by evil; b\r\nX: y', '', 'é']) {
      const text = receivedField({ ...hop, helo, name: `${'y'.repeat(50)}.example` })
      expect(headerFields(text)).toHaveLength(1)
      expect(headerFields(text)[0]!.to).toBe(text.length)
      for (const line of text.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
      expect(text.match(/[;()]/g)!.join('')).toBe('();()')
    }
  })

  test('names the protocol as RFC 3848 does', () => {
    expect(receptionProtocol(false, false, false)).toBe('SMTP')
    expect(receptionProtocol(true, false, false)).toBe('ESMTP')
    expect(receptionProtocol(true, true, false)).toBe('ESMTPS')
    expect(receptionProtocol(true, false, true)).toBe('ESMTPA')
    expect(receptionProtocol(true, true, true)).toBe('ESMTPSA')
    expect(receptionProtocol(false, true, false, true)).toBe('LMTPS')
  })

  test('names it as RFC 6531 does where addresses are beyond ASCII', () => {
    expect(receptionProtocol(true, false, false, false, true)).toBe('UTF8SMTP')
    expect(receptionProtocol(true, true, true, false, true)).toBe('UTF8SMTPSA')
    expect(receptionProtocol(false, false, false, true, true)).toBe('UTF8LMTP')
  })
})

describe('building', () => {
  test('makes CRLF lines of any line ends, and ends the last one', () => {
    expect(buildMessage([['Subject', 'x']], 'a\nb\rc\r\nd')).toBe('Subject: x\r\n\r\na\r\nb\r\nc\r\nd\r\n')
    expect(buildMessage([['Subject', '']], '')).toBe('Subject:\r\n\r\n')
    expect(crlfLines('\n\r\n\r')).toBe('\r\n\r\n\r\n')
  })

  test('says what text beyond ASCII is', () => {
    const message = textMessage([['Subject', 'été']], 'à bientôt')
    expect(field(message, 'Content-Type')).toBe('text/plain; charset=utf-8')
    expect(message).toContain('\xc3\xa0 bient\xc3\xb4t\r\n')
    expect(field(textMessage([], 'plain'), 'Content-Type')).toBeNull()
  })

  test('folds, and lets no value begin another field', () => {
    const long = headerField('Subject', Array.from({ length: 40 }, () => 'word').join(' '))
    for (const line of long.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
    expect(headerFields(headerField('Subject', 'a\r\nBcc: evil@example'))).toHaveLength(1)
  })
})
