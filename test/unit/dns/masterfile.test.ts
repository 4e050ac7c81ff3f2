import { describe, expect, it } from 'vitest'
import { masterText, readMaster } from '../../../src/core/dns/masterfile.ts'
import { zoneErrors, zoneWarnings, type Surroundings } from '../../../src/core/dns/zone-checks.ts'
import { recordText } from '../../../src/core/dns/zonefile.ts'

const texts = (text: string, zone = 'ici.example') =>
  readMaster(text, zone).map(({ record, wrong, line }) => (record ? recordText(record) : `${line}: ${wrong!.why}`))

/** The example of RFC 1035 5.3, but for its WKS records, in a domain of today. */
const RFC1035 = `
@   IN  SOA     VENERA      Action\\.domains (
                                 20     ; SERIAL
                                 7200   ; REFRESH
                                 600    ; RETRY
                                 3600000; EXPIRE
                                 60)    ; MINIMUM

        NS      A.ISI.EDU.
        NS      VENERA
        MX      10      VENERA
A       A       26.3.0.103
VENERA  A       10.1.0.52
        A       128.9.0.32
`

describe('the text of a zone', () => {
  it('is read as RFC 1035 5.3 writes it', () => {
    expect(texts(`$TTL 86400${RFC1035}`, 'isi.edu')).toEqual([
      'isi.edu. 86400 IN SOA venera.isi.edu. action\\.domains.isi.edu. 20 7200 600 3600000 60',
      'isi.edu. 86400 IN NS a.isi.edu.',
      'isi.edu. 86400 IN NS venera.isi.edu.',
      'isi.edu. 86400 IN MX 10 venera.isi.edu.',
      'a.isi.edu. 86400 IN A 26.3.0.103',
      'venera.isi.edu. 86400 IN A 10.1.0.52',
      'venera.isi.edu. 86400 IN A 128.9.0.32',
    ])
  })

  it('is written so that it reads the same', () => {
    const records = readMaster(`$TTL 300\n${RFC1035}_imaps._tcp SRV 0 1 993 A\n* 60 TXT "a;b" "\\"("\n`, 'isi.edu')
    const written = masterText(
      'isi.edu',
      records.flatMap(({ record }) => record ?? []),
    )
    expect(readMaster(written, 'isi.edu').map(({ record }) => record)).toEqual(records.map(({ record }) => record))
    expect(written).toContain('20         ; serial')
  })

  it.each([
    ['$ORIGIN sub\na A 192.0.2.1', ['a.sub.ici.example. 3600 IN A 192.0.2.1']],
    ['$ORIGIN loin.example.\na A 192.0.2.1', ['2: outside']],
    ['$INCLUDE /etc/passwd', ['1: directive']],
    ['$TTL 1h\n@ MX 10 mail', ['1: number', 'ici.example. 3600 IN MX 10 mail.ici.example.']],
    ['@ TXT "open\n@ MX 10 mail', ['1: open', 'ici.example. 3600 IN MX 10 mail.ici.example.']],
    ['@ A 192.0.2.\r\n\r\n; nothing\r\nb A 192.0.2.1', ['1: address', 'b.ici.example. 3600 IN A 192.0.2.1']],
  ])('%j', (text, entries) => expect(texts(text)).toEqual(entries))

  it('has an end', () => {
    expect(texts('a A 192.0.2.1\n'.repeat(2000)).at(-1)).toBe('1001: many')
    expect(texts('x'.repeat(70_000))).toEqual(['1: many'])
  })
})

describe('a zone as a whole', () => {
  const HEAD = '@ SOA ns hostmaster 1 7200 900 1209600 300\n@ NS ns\nns A 192.0.2.1\nmail A 192.0.2.2\n'
  const errors = (text: string) => zoneErrors('ici.example', readMaster(text, 'ici.example')).map(({ key }) => key)
  const around: Surroundings = {
    server: 'ns.ici.example',
    zones: [
      {
        origin: 'la.example',
        server: 'dns.la.example',
        records: readMaster('mx A 192.0.2.9\nalias CNAME mx', 'la.example').flatMap(({ record }) => record ?? []),
      },
    ],
    addressOf: () => '192.0.2.1',
    hostAt: (address) => (/^192\.0\.2\.[129]$/.test(address) ? 'someone' : null),
  }
  const warnings = (text: string, origin = 'ici.example') =>
    zoneWarnings(origin, readMaster(text, origin), around).map(({ key, field }) => `${key} ${field ?? '-'}`)

  it.each([
    ['', ['no-soa', 'no-ns']],
    [HEAD, []],
    [`${HEAD}@ SOA ns hostmaster 2 1 1 1 1`, ['two-soas']],
    [`${HEAD}sub SOA ns hostmaster 2 1 1 1 1`, ['soa-place']],
    [`${HEAD}www CNAME mail\nwww MX 10 mail`, ['cname-beside']],
    [`${HEAD}www CNAME mail\nwww CNAME ns`, ['cname-beside']],
    [`${HEAD}@ NS alias\nalias CNAME ns`, ['ns-cname']],
    [`${HEAD}@ NS ns2`, ['ns-address']],
    [`${HEAD}sub NS ns.sub`, ['ns-address']],
    [`${HEAD}sub NS ns.sub\nns.sub A 192.0.2.1`, []],
  ])('no server would load %j', (text, keys) => expect(errors(text)).toEqual(keys))

  it.each([
    ['@ MX 10 mail', []],
    ['@ MX 10 mx.la.example.', []],
    ['@ MX 10 mx.la.example', ['dot exchange']],
    ['@ MX 10 mail.ici.example', ['dot exchange']],
    ['www.ici.example A 192.0.2.1', ['dot name']],
    ['@ MX 10 nosuch', ['mx-nowhere exchange']],
    ['@ MX 10 alias.la.example.', ['mx-cname exchange']],
    ['@ MX 10 192.0.2.2', ['mx-address exchange']],
    ['@ MX 0 .\n@ MX 10 mail', ['mx-null exchange']],
    ['@ MX 0 .', []],
    ['a A 198.51.100.77', ['a-nobody address']],
    ['my_host A 192.0.2.1', ['hostname name']],
    ['@ TXT "v=spf1 mx -all"\n@ TXT "v=spf1 -all"', ['spf texts']],
    ['@ 60 MX 10 mail\n@ 90 MX 20 ns', ['ttls ttl']],
    ['@ 9999999 MX 10 mail', ['ttl-long ttl']],
    ['@ MX 10 mail\n@ MX 10 mail', ['twice line']],
    ['_imap._tcp SRV 0 1 143 mail', []],
    ['imap SRV 0 1 143 mail', ['srv-name name']],
    ['_imap._tcp SRV 0 1 143 alias.la.example.', ['srv-cname target']],
    ['1 PTR mail', ['ptr-name name']],
  ])('%j is warned of', (text, keys) => expect(warnings(HEAD + text)).toEqual(keys))

  it('says where nobody is led to its server, and where the zone above knows nothing of it', () => {
    expect(warnings('@ SOA ns h 1 1 1 1 1\n@ NS mail\nmail A 192.0.2.1')).toEqual([])
    const lame = { ...around, server: 'far.example', addressOf: () => '198.51.100.1' }
    const found = (origin: string) => zoneWarnings(origin, readMaster(HEAD, origin), lame).map(({ key }) => key)
    expect(found('ici.example')).toEqual(['lame'])
    expect(found('sub.la.example')).toEqual(['lame', 'delegation'])
  })

  it('compares addresses with names both ways', () => {
    const reverse = (text: string) => warnings(`@ SOA a. b. 1 1 1 1 1\n@ NS ns.ici.example.\n${text}`, 'in-addr.arpa')
    expect(reverse('9.2.0.192 PTR mx.la.example.')).toEqual([])
    expect(reverse('8.2.0.192 PTR mx.la.example.')).toEqual(['ptr-forward target'])
    expect(reverse('192 PTR mx.la.example.')).toEqual(['ptr-name name'])
  })
})
