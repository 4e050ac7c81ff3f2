/** RFC 5321 4.3.2 as golden data: a row declares every code that the RFC lists for its command. */
import { describe, expect, test } from 'vitest'
import { anyCommand, smtpCommands, type Verb } from '../../../src/core/smtp/commands.ts'

/** Success and error codes, as the section lists them; DATA's second half stands under the lone dot. */
const listed: Partial<Record<Verb, string>> = {
  greeting: '220 554',
  EHLO: '250 504 550 502',
  HELO: '250 504 550 502',
  MAIL: '250 355 552 451 452 550 553 503 455 555',
  RCPT: '250 251 550 551 552 553 450 451 452 503 455 555',
  DATA: '354 503 554 451',
  '.': '250 552 554 451 452 450 550',
  RSET: '250',
  VRFY: '250 251 252 550 551 553 502 504',
  EXPN: '250 252 550 500 502 504',
  HELP: '211 214 502 504',
  NOOP: '250',
  QUIT: '221',
  // RFC 821 4.3.
  SEND: '250 552 451 452 500 501 502 421',
  SOML: '250 552 451 452 500 501 502 421',
  SAML: '250 552 451 452 500 501 502 421',
  TURN: '250 502 500 503',
  // RFC 1985 5.3, RFC 3030 2, RFC 2033 4, RFC 4954 6.
  ETRN: '250 251 252 253 458 459 500 501',
  BDAT: '250 501 503 554 552 451 452 450 550',
  LHLO: '250 504 550',
  AUTH: '235 334 432 454 500 501 503 504 534 535 538',
}

const codesOf = (outcomes: Readonly<Record<string, { code: string }>>) =>
  Object.values(outcomes).map(({ code }) => code)

describe.each(Object.entries(listed))('%s', (verb, codes) => {
  test(`may answer ${codes}`, () => {
    const declared = [...codesOf(smtpCommands[verb as Verb].outcomes), ...codesOf(anyCommand)]
    expect(codes.split(' ').filter((code) => !declared.includes(code))).toEqual([])
  })
})

test('what any command may answer (4.2.4, 4.3.2)', () => {
  expect(codesOf(anyCommand)).toEqual(expect.arrayContaining(['421', '500', '501', '502', '503']))
})

test('a greeting may also be put off (3.8, 4.2.3)', () => {
  expect(codesOf(smtpCommands.greeting.outcomes)).toContain('421')
})
