import { describe, expect, it } from 'vitest'
import { parseRecord, recordText } from '../../../src/core/dns/zonefile.ts'

const parse = (line: string) => parseRecord(line, 'rennes.example', 3600)

describe('parseRecord', () => {
  it.each([
    ['@ MX 10 mx1', 'rennes.example. 3600 IN MX 10 mx1.rennes.example.'],
    ['mx1 300 A 192.0.2.10', 'mx1.rennes.example. 300 IN A 192.0.2.10'],
    ['www IN CNAME mx1', 'www.rennes.example. 3600 IN CNAME mx1.rennes.example.'],
    ['www in 60 cname MX1', 'www.rennes.example. 60 IN CNAME mx1.rennes.example.'],
    ['www 60 IN CNAME @', 'www.rennes.example. 60 IN CNAME rennes.example.'],
    ['@ TXT "v=spf1 -all"', 'rennes.example. 3600 IN TXT "v=spf1 -all"'],
    ['@ TXT one "two; \\"quoted\\"" \\065 ; a comment', 'rennes.example. 3600 IN TXT "one" "two; \\"quoted\\"" "A"'],
    ['@ TXT "" "é"', 'rennes.example. 3600 IN TXT "" "\\195\\169"'],
    ['@ TXT "\\000\\255\\\\"', 'rennes.example. 3600 IN TXT "\\000\\255\\\\"'],
    [
      '@ SOA dns hostmaster 1 7200 900 1209600 300',
      'rennes.example. 3600 IN SOA dns.rennes.example. hostmaster.rennes.example. 1 7200 900 1209600 300',
    ],
    [
      '@ SOA dns first\\.last ( 1 7200 900 1209600 300 )',
      'rennes.example. 3600 IN SOA dns.rennes.example. first\\.last.rennes.example. 1 7200 900 1209600 300',
    ],
    ['@\tNS\tns.lyon.example.', 'rennes.example. 3600 IN NS ns.lyon.example.'],
    ['@ MX 0 .', 'rennes.example. 3600 IN MX 0 .'],
    ['*.lab MX 10 MX1.Rennes.EXAMPLE.', '*.lab.rennes.example. 3600 IN MX 10 mx1.rennes.example.'],
    ['rennes.example. 0 A 192.0.2.1  ', 'rennes.example. 0 IN A 192.0.2.1'],
    ['in A 192.0.2.1', 'in.rennes.example. 3600 IN A 192.0.2.1'],
    ['10 A 192.0.2.1', '10.rennes.example. 3600 IN A 192.0.2.1'],
    ['a\\. A 192.0.2.1', 'a\\..rennes.example. 3600 IN A 192.0.2.1'],
  ])('%j', (line, text) => {
    const record = parse(line)
    if ('error' in record) throw new Error(record.error)
    expect(recordText(record)).toBe(text)
    expect(parseRecord(text, '', 1)).toEqual(record)
  })

  it('gives plain data', () => {
    expect(parse('@ MX 10 mx1')).toEqual({
      name: 'rennes.example',
      ttl: 3600,
      type: 'MX',
      preference: 10,
      exchange: 'mx1.rennes.example',
    })
  })

  it('takes an origin with a final dot, and the root', () => {
    expect(parseRecord('2 PTR mx1.rennes.example.', '0.192.in-addr.arpa.', 60)).toMatchObject({
      name: '2.0.192.in-addr.arpa',
    })
    expect(parseRecord('example NS a.root', '', 60)).toMatchObject({ name: 'example', server: 'a.root' })
  })

  it.each([
    ['', /name is missing/],
    ['; only a comment', /name is missing/],
    ['  MX 10 mx1', /begins with its name/],
    ['@', /record type is missing/],
    ['@ MX', /preference is missing/],
    ['@ MX 10', /name is missing/],
    ['@ MX ten mx1', /preference is a number from 0 to 65535, not: ten/],
    ['@ MX 65536 mx1', /65535/],
    ['@ MX -1 mx1', /65535/],
    ['@ MX 10 mx1 mx2', /too much in this line: mx2/],
    ['@ MX 10 mx..1', /not a domain name: mx\.\.1/],
    [`@ CNAME ${'x'.repeat(64)}`, /not a domain name/],
    ['@ A 192.0.2.256', /not an IPv4 address: 192\.0\.2\.256/],
    ['@ A', /IPv4 address is missing/],
    ['@ AAAA 2001:db8::1', /not a record type: AAAA/],
    ['@ 300 300 A 192.0.2.1', /not a record type: 300/],
    ['@ 2147483648 A 192.0.2.1', /time to live/],
    ['@ 1h A 192.0.2.1', /time to live/],
    ['@ TXT', /text is missing/],
    ['@ TXT "open', /quote is open/],
    ['@ TXT end\\', /backslash/],
    ['@ TXT "\\256"', /backslash/],
    [`@ TXT "${'x'.repeat(256)}"`, /255 octets/],
    ['@ SOA dns hostmaster 1 2 3 4', /minimum is missing/],
    ['@ SOA dns hostmaster 4294967296 2 3 4 5', /serial/],
    ['mx1.lyon.example. A 192.0.2.1', /mx1\.lyon\.example\. is not in the zone rennes\.example\./],
    ['@ MX 10 \x1b[2J', /␛\[2J/],
    ['"@" MX 10 mx1', /name is missing/],
  ])('%j is an error that says why', (line, why) => {
    const record = parse(line)
    expect('error' in record ? record.error : recordText(record)).toMatch(why)
    expect(record).toHaveProperty('error')
  })
})
