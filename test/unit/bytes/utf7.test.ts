import { describe, expect, it } from 'vitest'
import { decodeModifiedUtf7, encodeModifiedUtf7 } from '../../../src/core/bytes/utf7.ts'

describe('modified UTF-7', () => {
  it.each([
    ['', ''],
    ['INBOX', 'INBOX'],
    /** RFC 3501 5.1.3. */
    ['~peter/mail/台北/日本語', '~peter/mail/&U,BTFw-/&ZeVnLIqe-'],
    ['☺!', '&Jjo-!'],
    ['Entwürfe', 'Entw&APw-rfe'],
    ['Éléments envoyés', '&AMk-l&AOk-ments envoy&AOk-s'],
    ['A & B', 'A &- B'],
    ['&&', '&-&-'],
    ['é&é', '&AOk-&-&AOk-'],
    ['a-b,c', 'a-b,c'],
    ['-é-', '-&AOk--'],
    ['😀', '&2D3eAA-'],
    ['\t\x7f', '&AAkAfw-'],
  ])('%j is %j', (text, name) => {
    expect(encodeModifiedUtf7(text)).toBe(name)
    expect(decodeModifiedUtf7(name)).toBe(text)
  })

  it('writes half a surrogate pair as U+FFFD', () => {
    expect(encodeModifiedUtf7('a\ud83d')).toBe('a&,,0-')
    expect(encodeModifiedUtf7('\ude00\ud83d')).toBe(encodeModifiedUtf7('\ufffd\ufffd'))
  })

  it.each([
    ['a shift that is not closed', '&'],
    ['a shift that is not closed', 'a&AOk'],
    ['a shift that is not closed', '&Jjo!'],
    ['printable ASCII in base64', '&AGE-'],
    ['an ampersand in base64', '&ACY-'],
    ['printable ASCII behind something else in base64', '&AOkAYQ-'],
    ['shifting back to shift again', '&U,BTFw-&ZeVnLIqe-'],
    ['eight bits', 'caf\xe9'],
    ['eight bits in base64', '&AO\xe9-'],
    ['a control character', 'a\tb'],
    ['DEL', '\x7f'],
    ['stray bits', '&AOl-'],
    ['a slash in base64', '&U/BTFw-'],
    ['padding', '&AOk=-'],
    ['a character too many', '&AOkA-'],
    ['a character alone', '&A-'],
    ['two characters alone', '&AO-'],
    ['the first half of a surrogate pair alone', '&2D0-'],
    ['the halves in the wrong order', '&3gDYPQ-'],
  ])('refuses %s: %j', (_, name) => {
    expect(decodeModifiedUtf7(name)).toBeNull()
  })

  it('takes ten million of anything', () => {
    expect(decodeModifiedUtf7('&'.repeat(10_000_000))).toBeNull()
    expect(decodeModifiedUtf7('&-'.repeat(1_000_000))).toBe('&'.repeat(1_000_000))
    expect(decodeModifiedUtf7(encodeModifiedUtf7('é'.repeat(1_000_000)))).toBe('é'.repeat(1_000_000))
  })
})
