import { describe, expect, it } from 'vitest'
import { Desk } from './fake.ts'

describe('dig', () => {
  it('prints the packet section by section', () => {
    const desk = new Desk().start()
    const output = desk.output('dig rennes.example MX').replace(/id: \d+/, 'id: 1')
    expect(output.replace(/rcvd: \d+/, 'rcvd: 1')).toBe(
      [
        '',
        '; <<>> DiG 9.18 <<>> rennes.example MX',
        ';; global options: +cmd',
        ';; Got answer:',
        ';; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1',
        ';; flags: qr aa rd ra; QUERY: 1, ANSWER: 2, AUTHORITY: 0, ADDITIONAL: 1',
        '',
        ';; QUESTION SECTION:',
        ';rennes.example.\t\tIN\tMX',
        '',
        ';; ANSWER SECTION:',
        'rennes.example.\t\t3600\tIN\tMX\t10 mx1.rennes.example.',
        'rennes.example.\t\t3600\tIN\tMX\t20 mx2.rennes.example.',
        '',
        ';; ADDITIONAL SECTION:',
        'mx1.rennes.example.\t3600\tIN\tA\t192.0.2.10',
        '',
        ';; Query time: 0 msec',
        ';; SERVER: 192.0.2.1#53(192.0.2.1) (UDP)',
        ';; WHEN: Mon Sep 07 10:00:00 CEST 2026',
        ';; MSG SIZE  rcvd: 1',
        '',
        '',
      ].join('\n'),
    )
  })

  it('has its short forms', () => {
    const desk = new Desk().start()
    expect(desk.output('dig +short MX rennes.example')).toBe('10 mx1.rennes.example.\n20 mx2.rennes.example.\n')
    expect(desk.output('dig -x 192.0.2.10 +short')).toBe('mx1.rennes.example.\n')
    expect(desk.output('dig @192.0.2.1 www.rennes.example +noall +answer')).toBe(
      'www.rennes.example.\t60\tIN\tCNAME\tmx1.rennes.example.\nmx1.rennes.example.\t3600\tIN\tA\t192.0.2.10\n',
    )
    expect(desk.output('dig nomail.example mx +short')).toBe('0 .\n')
  })

  it('says NXDOMAIN, and what it cannot do', () => {
    const desk = new Desk().start()
    expect(desk.output('dig nosuch.example')).toContain('status: NXDOMAIN')
    expect(desk.output('dig nosuch.example')).toContain(';; AUTHORITY SECTION:\nexample.')
    expect(desk.output('dig @nosuch.example x')).toBe("dig: couldn't get address for 'nosuch.example': not found\n")
    expect(desk.output('dig +frob x')).toContain('Invalid option: +frob')
    expect(desk.output('dig a..b')).toBe("dig: 'a..b' is not a legal name\n")
    desk.dnsDown = true
    expect(desk.output('dig rennes.example')).toContain(
      ';; communications error to 192.0.2.1#53: timed out\n;; no servers could be reached\n',
    )
    expect(new Desk({ resolver: null }).start().output('dig x.example')).toContain('no servers could be reached')
  })

  it('leaves a look-up in the trace', () => {
    const desk = new Desk().start()
    desk.type('dig rennes.example MX +short')
    expect(desk.notes).toContainEqual({ kind: 'lookup', name: 'rennes.example', type: 'MX', server: '192.0.2.1' })
    expect(desk.notes).toContainEqual({
      kind: 'looked-up',
      name: 'rennes.example',
      type: 'MX',
      result: 'found',
      answers: [
        'rennes.example. 3600 IN MX 10 mx1.rennes.example.',
        'rennes.example. 3600 IN MX 20 mx2.rennes.example.',
      ],
      cached: false,
    })
  })
})

describe('host', () => {
  it('answers in sentences', () => {
    const desk = new Desk().start()
    expect(desk.output('host rennes.example')).toBe(
      'rennes.example mail is handled by 10 mx1.rennes.example.\nrennes.example mail is handled by 20 mx2.rennes.example.\n',
    )
    expect(desk.output('host www.rennes.example')).toBe(
      'www.rennes.example is an alias for mx1.rennes.example.\nmx1.rennes.example has address 192.0.2.10\n',
    )
    expect(desk.output('host 192.0.2.10')).toBe('10.2.0.192.in-addr.arpa domain name pointer mx1.rennes.example.\n')
    expect(desk.output('host -t mx mx1')).toBe('mx1.rennes.example has no MX record\n')
    expect(desk.output('host nosuch.example')).toBe('Host nosuch.example not found: 3(NXDOMAIN)\n')
    expect(desk.output('host -t frob x')).toBe('host: invalid type: frob\n')
    expect(desk.output('host mx1 192.0.2.1')).toContain(
      'Using domain server:\nName: 192.0.2.1\nAddress: 192.0.2.1#53\n',
    )
    expect(desk.output('host')).toContain('usage: host')
  })
})

describe('nslookup', () => {
  it('prints server, addresses and mail exchangers', () => {
    const desk = new Desk().start()
    const server = 'Server:\t\t192.0.2.1\nAddress:\t192.0.2.1#53\n\n'
    expect(desk.output('nslookup mx1')).toBe(`${server}Name:\tmx1.rennes.example\nAddress: 192.0.2.10\n\n`)
    expect(desk.output('nslookup -type=mx rennes.example')).toContain(
      'rennes.example\tmail exchanger = 10 mx1.rennes.example.\n',
    )
    expect(desk.output('nslookup nosuch.example')).toBe(`${server}** server can't find nosuch.example: NXDOMAIN\n\n`)
    expect(desk.output('nslookup 192.0.2.10')).toContain('name = mx1.rennes.example.')
    expect(desk.output('nslookup -type=frob x')).toBe('unknown query type: frob\n')
    desk.dnsDown = true
    expect(desk.output('nslookup rennes.example')).toBe(';; connection timed out; no servers could be reached\n\n')
  })
})
