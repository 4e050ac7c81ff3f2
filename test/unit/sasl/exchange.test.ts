import fc from '../../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { answer, choose } from '../../../src/core/sasl/client.ts'
import { advance, begin, sendsPassword, speaksFirst } from '../../../src/core/sasl/exchange.ts'
import type { Identities, Mechanism, Step } from '../../../src/core/sasl/mechanism.ts'
import { scramProof } from '../../../src/core/sasl/scram-keys.ts'
import { saslPrep } from '../../../src/core/sasl/text.ts'
import { utf8Octets } from '../../../src/core/bytes/utf8.ts'
import { encodeBase64 } from '../../../src/core/bytes/base64.ts'

const MECHANISMS: Mechanism[] = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256']

/** The people of the RFCs' examples, and two whose names need care. */
const passwords: Record<string, string> = {
  tim: 'tanstaaftanstaaf',
  user: 'pencil',
  'a=b,c': 'x',
  Zoé: 'sésame ouvre-toi',
  Ursel: 'xipj3plmq',
}

class People implements Identities {
  private count = 0
  login(user: string, password: string): string | null {
    return passwords[user] === password ? user : null
  }
  secret(user: string): { account: string; password: string } | null {
    return Object.hasOwn(passwords, user) ? { account: user, password: passwords[user]! } : null
  }
  nonce(): string {
    return `<${++this.count},896.697170952@postoffice.reston.mci.net>`
  }
}

/** Both sides, one against the other; what was said, and how it ended. */
function logIn(mechanism: Mechanism, user: string, password: string, early = true) {
  const who = new People()
  const client = answer(mechanism, user, password, 'rOprNGfwEbeRWgbNEkqO')
  let { exchange, step } = begin(mechanism, early ? client.initial : null, who)
  const said: string[] = []
  let opening = client.initial !== null && !early
  while (step.is === 'challenge') {
    said.push(`S: ${step.challenge}`)
    const next = opening ? client.initial! : client.next(step.challenge)
    opening = false
    if (next === null) throw new Error(`${mechanism}: the client gives up at ${step.challenge}`)
    said.push(`C: ${next}`)
    exchange = structuredClone(exchange)
    step = advance(exchange, next, who)
  }
  return { step, said, complete: client.complete }
}

describe('every mechanism', () => {
  it.each(MECHANISMS.flatMap((mechanism) => Object.keys(passwords).map((user) => [mechanism, user] as const)))(
    '%s lets %s in, with and without an initial response, and nobody with another password',
    (mechanism, user) => {
      for (const early of [true, false]) {
        const { step, complete } = logIn(mechanism, user, passwords[user]!, early)
        expect(step).toEqual({ is: 'ok', user })
        expect(complete).toBe(true)
        expect(logIn(mechanism, user, `${passwords[user]}!`, early).step).toEqual({ is: 'failed' })
      }
    },
  )

  it.each(MECHANISMS)('%s tells as much of somebody who is not there as of a wrong password', (mechanism) => {
    const shape = (user: string) =>
      logIn(mechanism, user, 'wrong').said.map((line) => (line.startsWith('S:') ? line.slice(0, 4) : 'C:'))
    expect(shape('nobody')).toEqual(shape('tim'))
    expect(logIn(mechanism, 'nobody', '').step).toEqual({ is: 'failed' })
  })

  it('is begun by one of the two, and may say the password', () => {
    expect(MECHANISMS.map(speaksFirst)).toEqual(['client', 'client', 'server', 'client'])
    expect(MECHANISMS.filter(sendsPassword)).toEqual(['PLAIN', 'LOGIN'])
    expect(begin('CRAM-MD5', 'tim', new People()).step).toEqual({ is: 'failed' })
    expect(begin('CRAM-MD5', '', new People()).step).toEqual({ is: 'failed' })
  })

  it('is chosen by what it says of the password', () => {
    expect(choose(['plain', 'login', 'cram-md5'])).toBe('CRAM-MD5')
    expect(choose(['GSSAPI', 'SCRAM-SHA-256', 'PLAIN'])).toBe('SCRAM-SHA-256')
    expect(choose(['LOGIN', 'PLAIN'])).toBe('PLAIN')
    expect(choose(['GSSAPI', ''])).toBeNull()
  })
})

describe('PLAIN', () => {
  const plain = (message: string): Step => begin('PLAIN', message, new People()).step

  it('as RFC 4616 section 4 shows it', () => {
    expect(plain('\0tim\0tanstaaftanstaaf')).toEqual({ is: 'ok', user: 'tim' })
    expect(answer('PLAIN', 'tim', 'tanstaaftanstaaf', '').initial).toBe('\0tim\0tanstaaftanstaaf')
    // The second example acts for Kurt, which is not offered.
    expect(plain('Ursel\0Kurt\0xipj3plmq')).toEqual({ is: 'failed' })
    expect(plain('Ursel\0Ursel\0xipj3plmq')).toEqual({ is: 'ok', user: 'Ursel' })
  })

  it('is UTF-8, of three parts, two of which are not empty', () => {
    expect(plain(`\0${utf8Octets('Zoé')}\0${utf8Octets('sésame ouvre-toi')}`)).toEqual({ is: 'ok', user: 'Zoé' })
    for (const wrong of ['', 'tim', '\0tim', '\0\0', '\0tim\0', '\0\0x', '\0tim\0tanstaaftanstaaf\0', '\0Zo\xe9\0x'])
      expect(plain(wrong)).toEqual({ is: 'failed' })
  })
})

describe('LOGIN', () => {
  it('asks for both in turn', () => {
    expect(logIn('LOGIN', 'tim', 'tanstaaftanstaaf').said).toEqual([
      'S: Username:',
      'C: tim',
      'S: Password:',
      'C: tanstaaftanstaaf',
    ])
    expect(begin('LOGIN', 'tim', new People()).step).toEqual({ is: 'challenge', challenge: 'Password:' })
  })
})

describe('CRAM-MD5', () => {
  it('as RFC 2195 section 2 shows it', () => {
    const challenge = '<1896.697170952@postoffice.reston.mci.net>'
    const message = 'tim b913a602c7eda7a495b4e6e7334d3890'
    expect(answer('CRAM-MD5', 'tim', 'tanstaaftanstaaf', '').next(challenge)).toBe(message)
    const who = Object.assign(new People(), { nonce: () => challenge })
    const { exchange, step } = begin('CRAM-MD5', null, who)
    expect(step).toEqual({ is: 'challenge', challenge })
    expect(advance(exchange, message, who)).toEqual({ is: 'ok', user: 'tim' })
  })

  it('fails without a digest', () => {
    const who = new People()
    for (const wrong of ['', 'tim', 'tim ', ' b913a602c7eda7a495b4e6e7334d3890'])
      expect(advance(begin('CRAM-MD5', null, who).exchange, wrong, who)).toEqual({ is: 'failed' })
  })
})

describe('SCRAM-SHA-256', () => {
  /** RFC 7677 section 3. */
  const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0'
  const serverFirst = `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`
  const clientFinal = `c=biws,r=${nonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`
  const serverFinal = 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='

  it('as RFC 7677 section 3 shows it: the client', () => {
    const client = answer('SCRAM-SHA-256', 'user', 'pencil', 'rOprNGfwEbeRWgbNEkqO')
    expect(client.initial).toBe('n,,n=user,r=rOprNGfwEbeRWgbNEkqO')
    expect(client.next(serverFirst)).toBe(clientFinal)
    expect(client.complete).toBe(false)
    expect(client.next(serverFinal)).toBe('')
    expect(client.complete).toBe(true)
  })

  it('as RFC 7677 section 3 shows it: what the server reckons', () => {
    const said = `n=user,r=rOprNGfwEbeRWgbNEkqO,${serverFirst},c=biws,r=${nonce}`
    const proof = scramProof('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64').toString('latin1'), 4096, said)
    expect(`p=${encodeBase64(proof.client)}`).toBe(clientFinal.slice(clientFinal.indexOf('p=')))
    expect(`v=${encodeBase64(proof.server)}`).toBe(serverFinal)
  })

  it('does not believe a server that does not know the password, nor a nonce that is not ours', () => {
    const client = () => answer('SCRAM-SHA-256', 'user', 'pencil', 'rOprNGfwEbeRWgbNEkqO')
    for (const wrong of [
      serverFirst.replace('rOpr', 'xOpr'),
      'r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
      serverFirst.replace('4096', '0'),
      `m=x,${serverFirst}`,
      '',
    ])
      expect(client().next(wrong)).toBeNull()
    for (const wrong of [serverFinal.replace('6rri', '7rri'), 'e=invalid-proof', '']) {
      const one = client()
      one.next(serverFirst)
      expect(one.next(wrong)).toBeNull()
      expect(one.complete).toBe(false)
    }
  })

  it('sends the signature as one more challenge, answered by an empty line', () => {
    const { said } = logIn('SCRAM-SHA-256', 'a=b,c', 'x')
    expect(said[0]).toMatch(/^S: r=rOprNGfwEbeRWgbNEkqO<1896\.697170952@postoffice\.reston\.mci\.net>,s=.{24},i=4096$/)
    expect(said[1]).toMatch(/^C: c=biws,r=.*,p=.{44}$/)
    expect(said.slice(2)).toEqual([expect.stringMatching(/^S: v=.{44}$/), 'C: '])
  })

  it.each([
    ['y,,n=user,r=abc', 'challenge'],
    ['n,a=user,n=user,r=abc', 'challenge'],
    ['n,,n=user,r=abc,x=more', 'challenge'],
    ['n,,n=nobody,r=abc', 'challenge'],
    ['n,a=tim,n=user,r=abc', 'failed'],
    ['p=tls-unique,,n=user,r=abc', 'failed'],
    ['n,,m=must,n=user,r=abc', 'failed'],
    ['n,,n=us=er,r=abc', 'failed'],
    ['n,,n=,r=abc', 'failed'],
    ['n,,n=user,r=', 'failed'],
    ['n,,n=user', 'failed'],
    ['', 'failed'],
  ])('%j is followed by %s', (message, is) => {
    expect(begin('SCRAM-SHA-256', message, new People()).step.is).toBe(is)
  })

  it('holds the client to its header, its nonce and its proof', () => {
    const who = new People()
    const client = () => answer('SCRAM-SHA-256', 'user', 'pencil', 'abc')
    const final = (change: (message: string) => string) => {
      const one = client()
      const { exchange, step } = begin('SCRAM-SHA-256', one.initial, who)
      return advance(exchange, change(one.next(step.is === 'challenge' ? step.challenge : '')!), who).is
    }
    expect(final((message) => message)).toBe('challenge')
    expect(final((message) => message.replace('c=biws', 'c=eSws'))).toBe('failed')
    expect(final((message) => message.replace('r=abc', 'r=abd'))).toBe('failed')
    expect(final((message) => message.replace(/p=./, 'p=!'))).toBe('failed')
    expect(final((message) => message.replace(/,p=.*/, ''))).toBe('failed')
    expect(final(() => '')).toBe('failed')
  })
})

describe('whatever a client says', () => {
  it('is a challenge, a success or a failure, and leaves plain data', () => {
    const word = fc.oneof(
      fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 40 }),
      fc.constantFrom('n,,n=user,r=abc', 'y,,n=tim,r=x', 'c=biws,r=abc,p=AAAA', '\0tim\0x', 'tim', '__proto__ 00', ''),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...MECHANISMS),
        fc.option(word),
        fc.array(word, { maxLength: 4 }),
        (name, initial, more) => {
          const who = new People()
          let { exchange, step } = begin(name, initial, who)
          for (const answer of more) {
            if (step.is !== 'challenge') break
            exchange = structuredClone(exchange)
            step = advance(exchange, answer, who)
          }
          expect(step.is).toMatch(/^(?:challenge|failed)$/)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('SASLprep', () => {
  it('as RFC 4013 section 3 shows it', () => {
    expect(saslPrep('I\u00adX')).toBe('IX')
    expect(saslPrep('user')).toBe('user')
    expect(saslPrep('USER')).toBe('USER')
    expect(saslPrep('\u00aa')).toBe('a')
    expect(saslPrep('\u2168')).toBe('IX')
    expect(saslPrep('\u0007')).toBeNull()
  })
})
