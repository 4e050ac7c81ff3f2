import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Random } from '../../../src/core/net/random.ts'
import { Authority } from '../../../src/core/net/tls/certificate.ts'
import type { TlsFacts } from '../../../src/core/stream.ts'
import type { Waiter } from '../../../src/core/task.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'
import { Desk, FakeStream, smtpServer } from './fake.ts'

const PROMPT = 'alice@pc-alice:~$ '
/** The desk's own date. */
const EPOCH = Date.UTC(2026, 8, 7, 8)
const authority = new Authority(new Random(1), EPOCH)

/** A server that shakes hands at once. */
class TlsStream extends FakeStream {
  tls: TlsFacts | null = null
  names: string[] = []
  facts: TlsFacts = {
    cipher: 'TLS_AES_128_GCM_SHA256',
    chain: authority.identity('mx1.rennes.example').chain,
    roots: [authority.root],
    read: 800,
    written: 250,
  }
  /** Said as soon as the handshake is over. */
  greeting = '220 mx1.rennes.example ESMTP Facteur\r\n'

  override startTls(name = ''): Waiter<string | null> {
    return (resume) => {
      this.names.push(name)
      this.tls = this.facts
      resume(null)
      if (this.greeting !== '') this.says(this.greeting)
      return () => {}
    }
  }
}

function at(port: number, server: FakeStream): Desk {
  const desk = new Desk().start()
  desk.servers[`192.0.2.10:${port}`] = server
  desk.read()
  return desk
}

const remarks = (desk: Desk) =>
  desk.notes.flatMap((note) => (note.kind === 'remark' ? [`${note.protocol} ${note.key}: ${note.detail}`] : []))

const COMMAND = 'openssl s_client -connect mx1.rennes.example:465'

describe('openssl s_client', () => {
  it('shows what OpenSSL 3 shows, certificate and all', () => {
    const server = new TlsStream()
    const desk = at(465, server)
    const text = desk.type(COMMAND)
    const [, pem = ''] = /(-----BEGIN CERTIFICATE-----\n[^-]*-----END CERTIFICATE-----\n)/.exec(text) ?? []
    expect(text.replace(pem, 'PEM\n')).toBe(`${COMMAND}
CONNECTED(00000003)
depth=1 O = Facteur, CN = Facteur Root CA
verify return:1
depth=0 CN = mx1.rennes.example
verify return:1
---
Certificate chain
 0 s:CN = mx1.rennes.example
   i:O = Facteur, CN = Facteur Root CA
   a:PKEY: ED25519, 256 (bit); sigalg: ED25519
   v:NotBefore: Jun  9 00:00:00 2026 GMT; NotAfter: Jun  9 00:00:00 2027 GMT
---
Server certificate
PEM
subject=CN = mx1.rennes.example
issuer=O = Facteur, CN = Facteur Root CA
---
No client certificate CA names sent
Peer signature type: ed25519
Server Temp Key: X25519, 253 bits
---
SSL handshake has read 800 bytes and written 250 bytes
Verification: OK
---
New, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256
Server public key is 256 bit
Secure Renegotiation IS NOT supported
Compression: NONE
Expansion: NONE
No ALPN negotiated
Early data was not sent
Verify return code: 0 (ok)
---
220 mx1.rennes.example ESMTP Facteur
`)
    expect(new X509Certificate(pem).subject).toBe('CN=mx1.rennes.example')
    expect(server.names).toEqual(['mx1.rennes.example'])
    expect(desk.notes).toContainEqual({ kind: 'terminal-conn', terminal: 't1', conn: 'c1' })
  })

  it('sends lines with LF alone, or CRLF with -crlf, and says when the server closes', () => {
    const server = new TlsStream()
    const desk = at(465, server)
    desk.type(COMMAND, 'EHLO pc')
    server.says('250 mx1\r\n')
    expect(desk.read()).toContain('250 mx1\n')
    server.leaves()
    expect(desk.read()).toBe(`closed\n${PROMPT}`)
    expect(server).toMatchObject({ written: 'EHLO pc\n', ended: 'fin' })
    const other = new TlsStream()
    at(465, other).type(`${COMMAND} -crlf`, 'EHLO pc')
    expect(other.written).toBe('EHLO pc\r\n')
  })

  it('takes Q, R and K for itself, and the coach says so', () => {
    const server = new TlsStream()
    const desk = at(465, server)
    desk.type(COMMAND, 'EHLO pc')
    expect(desk.type('RCPT TO:<bob@rennes.example>')).toBe('RCPT TO:<bob@rennes.example>\nRENEGOTIATING\n')
    expect(desk.type('k1 NOOP')).toBe('k1 NOOP\nKEYUPDATE\n')
    expect(desk.type('rcpt TO:<bob@rennes.example>')).toBe('rcpt TO:<bob@rennes.example>\n')
    expect(desk.type('QUIT')).toBe(`QUIT\nDONE\n${PROMPT}`)
    expect(server).toMatchObject({ written: 'EHLO pc\nrcpt TO:<bob@rennes.example>\n', ended: 'fin' })
    expect(remarks(desk)).toEqual(['smtp openssl-letter: RCPT', 'smtp openssl-letter: k1', 'smtp openssl-quit: QUIT'])
  })

  it.each(['-quiet', '-ign_eof', '-nocommands'])('with %s letters are data', (option) => {
    const server = new TlsStream()
    const desk = at(465, server)
    desk.type(`${COMMAND} ${option}`, 'RSET', 'QUIT')
    expect(server).toMatchObject({ written: 'RSET\nQUIT\n', ended: null })
    expect(remarks(desk)).toEqual([])
  })

  it('leaves at Ctrl-D and Ctrl-C; with -ign_eof it goes on listening', () => {
    const desk = at(465, new TlsStream())
    desk.type(COMMAND)
    expect(desk.key('eof')).toBe(`DONE\n${PROMPT}`)
    const server = new TlsStream()
    desk.servers['192.0.2.10:465'] = server
    desk.type(`${COMMAND} -quiet`)
    expect(desk.key('eof')).toBe('')
    server.says('421 bye\r\n')
    expect(desk.read()).toBe('421 bye\n')
    server.leaves()
    expect(desk.read()).toBe(PROMPT)
    desk.servers['192.0.2.10:465'] = new TlsStream()
    desk.type(COMMAND)
    expect(desk.key('interrupt')).toBe(`^C\n${PROMPT}`)
  })

  it('leaves at the end of a pipe before the answer comes, but with -quiet waits', () => {
    const server = new TlsStream()
    const desk = at(465, server)
    expect(desk.output(`printf 'EHLO a\\r\\nQUIT\\r\\n' | ${COMMAND}`)).toMatch(/---\nDONE\n$/)
    expect(server).toMatchObject({ written: 'EHLO a\r\nQUIT\r\n', ended: 'fin' })
    expect(remarks(desk)).toEqual(['smtp openssl-eof: '])
    const other = new TlsStream()
    desk.servers['192.0.2.10:465'] = other
    other.onWrite = (_data, self) => {
      self.says('250 a\r\n221 b\r\n')
      self.leaves()
    }
    expect(desk.output(`printf 'EHLO a\\r\\nQUIT\\r\\n' | ${COMMAND} -quiet`)).toBe(
      'depth=1 O = Facteur, CN = Facteur Root CA\nverify return:1\ndepth=0 CN = mx1.rennes.example\nverify return:1\n220 mx1.rennes.example ESMTP Facteur\n250 a\n221 b\n',
    )
  })

  it('-starttls smtp says EHLO and STARTTLS, and shows the last line of the answer', () => {
    const server = new TlsStream()
    server.greeting = ''
    server.says('220-mx1\r\n220 ready\r\n')
    server.onWrite = (data, self) => {
      if (data.startsWith('EHLO')) self.says('250-mx1\r\n250-STARTTLS\r\n250 HELP\r\n')
      if (data.startsWith('STARTTLS')) self.says('220 go\r\n')
    }
    const desk = at(25, server)
    const text = desk.type('openssl s_client -connect mx1.rennes.example:25 -starttls smtp')
    expect(server.written).toBe('EHLO mail.example.com\r\nSTARTTLS\r\n')
    expect(text).not.toContain("Didn't find STARTTLS")
    expect(text).toContain('SSL handshake has read 861 bytes and written 283 bytes\n')
    expect(text).toMatch(/\n---\n250 HELP\n$/)
    desk.type('AUTH PLAIN AGFsaWNlAHRvdXJuZXNvbA==')
    expect(desk.notes.filter((note) => note.kind === 'typed').at(-1)).toMatchObject({ secret: true })
  })

  it('-starttls pop3 says STLS, imap asks for the capabilities first', () => {
    const pop3 = new TlsStream()
    pop3.greeting = ''
    pop3.says('+OK ready\r\n')
    pop3.onWrite = (_data, self) => self.says('+OK go\r\n')
    const desk = at(110, pop3)
    expect(desk.type('openssl s_client -starttls pop3 -connect mx1.rennes.example:110')).toMatch(/---\n\+OK ready\n$/)
    expect(pop3.written).toBe('STLS\r\n')
    desk.key('eof')
    const imap = new TlsStream()
    imap.greeting = ''
    imap.says('* OK ready\r\n')
    imap.onWrite = (data, self) =>
      self.says(data.includes('CAPABILITY') ? '* CAPABILITY IMAP4rev1\r\n. OK done\r\n' : '. OK go\r\n')
    desk.servers['192.0.2.10:143'] = imap
    const text = desk.type('openssl s_client -starttls imap -connect mx1.rennes.example:imap')
    expect(imap.written).toBe('. CAPABILITY\r\n. STARTTLS\r\n')
    expect(text).toContain("CONNECTED(00000003)\nDidn't find STARTTLS in server response, trying anyway...\n")
    expect(text).toMatch(/---\n\. OK done\n$/)
  })

  it('says what is wrong with a certificate', () => {
    const verdict = (change: Partial<TlsFacts>, when?: string): string => {
      const server = new TlsStream()
      server.facts = { ...server.facts, ...change }
      const desk = new Desk(when === undefined ? {} : { date: () => when }).start()
      desk.servers['192.0.2.10:465'] = server
      const text = desk.type(COMMAND)
      const told = [...text.matchAll(/verify error:num=(.*)/g)].map((match) => match[1])
      return [...told, /Verification(.*)/.exec(text)![1], /Verify return code: (.*)/.exec(text)![1]].join('; ')
    }
    expect(verdict({})).toBe(': OK; 0 (ok)')
    expect(verdict({ roots: [] })).toBe(
      '20:unable to get local issuer certificate; 21:unable to verify the first certificate;  error: unable to verify the first certificate; 21 (unable to verify the first certificate)',
    )
    expect(verdict({ chain: [authority.root], roots: [] })).toMatch(/18 \(self-signed certificate\)$/)
    expect(verdict({}, 'Tue, 07 Sep 1999 10:00:00 +0200')).toMatch(/; 9 \(certificate is not yet valid\)$/)
    expect(verdict({}, 'Thu, 07 Sep 2028 10:00:00 +0200')).toMatch(/; 10 \(certificate has expired\)$/)
  })

  it('fails in its own words', () => {
    const desk = at(25, smtpServer())
    expect(desk.output('openssl s_client -connect mx1.rennes.example:25')).toMatch(
      /^CONNECTED\(00000003\)\nerror:0A000438:SSL routines::no TLS in this test\n---\nno peer certificate available\n/,
    )
    expect(desk.output(COMMAND)).toMatch(/Connection refused\n.*\nconnect:errno=111\n$/)
    expect(desk.output('openssl s_client -connect mx9.example:25')).toMatch(
      /Name or service not known\nconnect:errno=22\n$/,
    )
    expect(desk.output('openssl s_client -connect mx1:nosuch')).toMatch(/^s_client: -connect argument/)
    expect(desk.output('openssl s_client -connect')).toBe(
      's_client: Option -connect needs a value\ns_client: Use -help for summary.\n',
    )
    expect(desk.output('openssl s_client -foo')).toMatch(/^s_client: Unknown option: -foo\n/)
    expect(desk.output('openssl s_client -starttls gopher -connect mx1:25')).toMatch(
      /^s_client: Value must be one of:\n/,
    )
    expect(desk.output('openssl foo')).toBe('Invalid command \'foo\'; type "help" for a list.\n')
    const silent = new FakeStream()
    silent.says('220-cut')
    silent.leaves()
    desk.servers['192.0.2.10:25'] = silent
    expect(desk.output('openssl s_client -starttls smtp -connect mx1:25')).toContain('unexpected eof while reading')
  })
})

describe('openssl s_client in a world', () => {
  it('speaks with a real engine, twice the same', () => {
    const spoken = () => {
      const sim = new Sim(readWorld('campus'))
      sim.open('t1', 'pc-alice.rennes.example', 'alice')
      sim.drain()
      for (const line of ['openssl s_client -starttls smtp -connect mx1.rennes.example:25', 'EHLO pc', 'QUIT']) {
        sim.type('t1', `${line}\n`)
        sim.drain()
      }
      return sim.trace.flatMap((event) => (event.kind === 'printed' ? [event.text] : [])).join('')
    }
    const text = spoken()
    expect(text).toContain('subject=CN = mx1.rennes.example\n')
    expect(text).toContain('Verify return code: 0 (ok)\n')
    expect(text).toContain('250-mx1.rennes.example greets pc\n')
    expect(text).toContain('DONE\n')
    expect(spoken()).toBe(text)
  })
})

describe('openssl x509', () => {
  const server = () => new TlsStream()

  it('takes a certificate apart, out of a pipe or a file', () => {
    const desk = at(465, server())
    expect(desk.output(`echo | ${COMMAND} | openssl x509 -noout -subject -issuer -dates`)).toContain(
      'subject=CN = mx1.rennes.example\nissuer=O = Facteur, CN = Facteur Root CA\nnotBefore=Jun  9 00:00:00 2026 GMT\nnotAfter=Jun  9 00:00:00 2027 GMT\n',
    )
    desk.servers['192.0.2.10:465'] = server()
    desk.type(`echo | ${COMMAND} > c.txt`)
    const pem = desk.output('openssl x509 -in c.txt')
    const other = new X509Certificate(pem)
    expect(desk.output('openssl x509 -in c.txt -noout -fingerprint -serial')).toBe(
      `SHA1 Fingerprint=${other.fingerprint}\nserial=${other.serialNumber}\n`,
    )
    expect(desk.output('openssl x509 -in c.txt -noout -fingerprint -sha256')).toBe(
      `sha256 Fingerprint=${other.fingerprint256}\n`,
    )
  })

  it('-text says all of it', () => {
    const desk = at(465, server())
    desk.type(`echo | ${COMMAND} > c.txt`)
    const text = desk.output('openssl x509 -in c.txt -noout -text')
    const hex = /(?:^ +(?:[\da-f]{2}:?){2,}\n)+/gm
    expect(text.replace(/([\dA-F]{2}:){19}[\dA-F]{2}/g, 'ID').replace(hex, 'HEX\n')).toBe(`Certificate:
    Data:
        Version: 3 (0x2)
        Serial Number:
HEX
        Signature Algorithm: ED25519
        Issuer: O = Facteur, CN = Facteur Root CA
        Validity
            Not Before: Jun  9 00:00:00 2026 GMT
            Not After : Jun  9 00:00:00 2027 GMT
        Subject: CN = mx1.rennes.example
        Subject Public Key Info:
            Public Key Algorithm: ED25519
                ED25519 Public-Key:
                pub:
HEX
        X509v3 extensions:
            X509v3 Basic Constraints: critical
                CA:FALSE
            X509v3 Key Usage: critical
                Digital Signature
            X509v3 Extended Key Usage: 
                TLS Web Server Authentication
            X509v3 Subject Alternative Name: 
                DNS:mx1.rennes.example
            X509v3 Subject Key Identifier: 
                ID
            X509v3 Authority Key Identifier: 
                ID
    Signature Algorithm: ED25519
    Signature Value:
HEX
`)
  })

  it('says that something else is none', () => {
    const desk = at(465, server())
    expect(desk.output('echo abc | openssl x509')).toBe(
      'Could not read certificate from <stdin>\nUnable to load certificate\n',
    )
    expect(desk.output('openssl x509 -in nothing')).toContain('Unable to load certificate\n')
  })
})

describe('openssl md5, dgst and base64', () => {
  const desk = new Desk().start()
  it.each([
    ['echo abc | openssl md5', 'MD5(stdin)= 0bee89b07a248e27c83fc3d5951213c1\n'],
    ['echo abc | openssl md5 -r', '0bee89b07a248e27c83fc3d5951213c1 *stdin\n'],
    [
      'echo abc | openssl dgst -sha256',
      'SHA2-256(stdin)= edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb\n',
    ],
    [
      "echo -n '<1896.697170952@postoffice.reston.mci.net>' | openssl dgst -md5 -hmac tanstaaftanstaaf",
      'MD5(stdin)= b913a602c7eda7a495b4e6e7334d3890\n',
    ],
    ['echo -n abc | openssl base64', 'YWJj\n'],
    ['echo YWJj | openssl base64 -d', 'abc'],
    ["printf '%064d' 1 | openssl base64 -A", `${Buffer.from('1'.padStart(64, '0')).toString('base64')}`],
    ["printf '%01000d' 0 | openssl base64 -A", Buffer.from('0'.repeat(1000)).toString('base64')],
    ["echo '!!!' | openssl base64 -d", ''],
  ])('%s', (line, output) => {
    expect(desk.output(line)).toBe(output)
  })
})

describe('pipes of the courses', () => {
  const desk = new Desk().start()
  it.each([
    ['echo -n "<2ea91e.1037815512000@mel-pop6.wanadoo.fr>mot_passe" | md5sum', 'e7a0a8acb857d0b1e99c4a9974c00d0d  -\n'],
    ["echo -n '<1896.697170952@dbc.mtview.ca.us>tanstaaf' | md5sum", 'c4c9334bac560ecc979e58001b3e22fb  -\n'],
    ["printf '\\0alice\\0secret' | base64", 'AGFsaWNlAHNlY3JldA==\n'],
    ['printf "\\0alice\\0secret" | base64', 'AGFsaWNlAHNlY3JldA==\n'],
    // A format that takes no argument is used once, however many there are; another one for as long as they last.
    ["printf '%q.\\n' 7", '%q.\n'],
    ["printf '%s,' a b", 'a,b,'],
  ])('%s', (line, output) => {
    expect(desk.output(line)).toBe(output)
  })

  it('a whole POP3 dialogue through nc', () => {
    const server = new FakeStream()
    server.says('+OK ready\r\n')
    server.onClose = (self) => {
      self.says('+OK\r\n+OK\r\n+OK 0 0\r\n+OK bye\r\n')
      self.leaves()
    }
    const other = at(110, server)
    expect(other.output('printf "USER a\\r\\nPASS b\\r\\nSTAT\\r\\nQUIT\\r\\n" | nc mx1.rennes.example 110')).toBe(
      '+OK ready\n+OK\n+OK\n+OK 0 0\n+OK bye\n',
    )
    expect(server.written).toBe('USER a\r\nPASS b\r\nSTAT\r\nQUIT\r\n')
  })
})
