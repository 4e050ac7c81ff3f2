import { domainToASCII } from 'node:url'
import { expect, test } from 'vitest'
import { utf8Octets } from '../../../src/core/bytes/utf8.ts'
import { asciiDomain } from '../../../src/core/dns/idna.ts'

// The last ones are of RFC 3492 7.1; what Node's own implementation says is the same.
test.each([
  ['Rennes.Example', 'rennes.example'],
  ['\u00c9cole.example', 'xn--cole-9oa.example'],
  ['e\u0301cole.example', 'xn--cole-9oa.example'],
  ['b\u00fccher.example', 'xn--bcher-kva.example'],
  ['\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587.example', 'xn--ihqwcrb4cv8a8dqg056pqjye.example'],
  ['mail.\u4f8b\u3048.\u30c6\u30b9\u30c8', 'mail.xn--r8jz45g.xn--zckzah'],
  ['\u{1f600}x.example', 'xn--x-iv3s.example'],
])('%s is %s', (domain, ascii) => {
  expect(domainToASCII(domain)).toBe(ascii)
  expect(asciiDomain(utf8Octets(domain))).toBe(ascii)
})
