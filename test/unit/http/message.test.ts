import { describe, expect, it } from 'vitest'
import { httpText, readMessage } from '../../../src/core/http/message.ts'

const request = (...lines: string[]) => [...lines, '', ''].join('\r\n')
const statusOf = (octets: string) => {
  const read = readMessage(octets, { line: 40, head: 200, body: 50 })
  return read === null ? 'more' : read.ok ? 'ok' : read.status
}

describe('a message on the wire', () => {
  it('is read octet by octet, with its body, and what follows is left', () => {
    const octets = httpText('POST /mail HTTP/1.1', { Host: 'a.example', 'X-Two': ' b ' }, 'body')
    for (let at = 1; at < octets.length; at++) expect(readMessage(octets.slice(0, at))).toBeNull()
    const read = readMessage(`${octets}GET`)
    expect(read).toMatchObject({
      ok: true,
      length: octets.length,
      message: { start: 'POST /mail HTTP/1.1', body: 'body' },
    })
    expect(read?.ok && [...read.message.fields]).toEqual([
      ['host', 'a.example'],
      ['x-two', 'b'],
      ['content-length', '4'],
    ])
  })

  it.each([
    ['a long line', `GET /${'x'.repeat(50)}`, 414],
    ['a long head', `GET / HTTP/1.1\r\nX: ${'x'.repeat(300)}`, 431],
    ['a large body', request('POST / HTTP/1.1', 'Content-Length: 51'), 413],
    ['two lengths', request('POST / HTTP/1.1', 'Content-Length: 1', 'Content-Length: 2'), 400],
    ['a length with a sign', request('POST / HTTP/1.1', 'Content-Length: +1'), 400],
    ['chunks, which nobody here knows', request('POST / HTTP/1.1', 'Transfer-Encoding: chunked'), 501],
    ['a blank before the colon', request('GET / HTTP/1.1', 'Host : a'), 400],
    ['a folded line', request('GET / HTTP/1.1', 'X: a', ' b'), 400],
    ['a bare line feed', 'EHLO me\n', 400],
    ['a head that has not ended', 'GET / HTTP/1.1\r\nHost: a\r\n', 'more'],
    ['an empty line before', `\r\n${request('GET / HTTP/1.1')}`, 'ok'],
  ])('%s', (_what, octets, status) => expect(statusOf(octets)).toBe(status))
})
