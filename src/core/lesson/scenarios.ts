/**
 * Scenarios for demonstration: what people type, and what breaks, so that something worth seeing happens. A scenario is
 * played to its end at once; it is looked at from its beginning, step by step, forward and backward (Sim.until).
 */
import type { WorldFile } from '../world/schema.ts'
import { Sim, type SimOptions } from '../world/sim.ts'

export type Step =
  /** Somebody sits down, at a terminal that the lines after it are typed at. */
  | { sit: string; as: string }
  /** A line, or several; each when the world has answered the one before. */
  | { type: string | readonly string[] }
  | { fault: string }
  /** To the next time-out or try. */
  | 'skip'

export interface Scenario {
  /** Its texts are `scenario.ID` and `scenario.ID.text`. */
  id: string
  world: string
  steps: readonly Step[]
}

const ALICE: Step = { sit: 'pc-alice.rennes.example', as: 'alice' }
const BRUNO: Step = { sit: 'pc-bruno.rennes.example', as: 'bruno' }
const EMMA: Step = { sit: 'pc-emma.brest.example', as: 'emma' }
const INES: Step = { sit: 'pc-ines.rennes.example', as: 'ines' }
const VISITOR: Step = { sit: 'outside.example', as: 'visitor' }
const SPAMMER: Step = { sit: 'spammer.example', as: 'spammer' }

const mail = (to: string, subject: string, text: string): Step => ({
  type: `echo "${text}" | mail -s "${subject}" ${to}`,
})
const smtp = (helo: string, from: string, to: string, ...content: readonly string[]): Step => ({
  type: [`HELO ${helo}`, `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA', ...content, '.', 'QUIT'],
})
const dial = (host: string, port: number): Step => ({ type: `telnet ${host} ${port}` })

export const scenarios: readonly Scenario[] = [
  {
    id: 'direct',
    world: 'campus',
    steps: [
      VISITOR,
      { type: 'dig MX rennes.example' },
      dial('mx1.rennes.example', 25),
      smtp(
        'outside.example',
        'visitor@outside.example',
        'alice@rennes.example',
        'Subject: by hand',
        '',
        'Straight to her host.',
      ),
    ],
  },
  { id: 'relay', world: 'campus', steps: [ALICE, mail('claire@lyon.example', 'Lunch', 'On Monday?')] },
  {
    id: 'fallback',
    world: 'campus',
    steps: [
      { fault: 'down mx1.rennes.example' },
      EMMA,
      mail('bruno@rennes.example', 'Tides', 'High at noon.'),
      'skip',
      { fault: 'up mx1.rennes.example' },
      'skip',
      'skip',
    ],
  },
  {
    id: 'queue',
    world: 'campus',
    steps: [ALICE, mail('nobody@panne.example', 'Hello', 'Is anybody there?'), 'skip', 'skip', 'skip'],
  },
  { id: 'bounce', world: 'campus', steps: [ALICE, mail('nemo@lyon.example', 'Hello', 'Do you live there?')] },
  {
    id: 'loop',
    world: 'campus',
    steps: [
      INES,
      { type: 'echo \'redirect "bruno@rennes.example";\' > .dovecot.sieve' },
      BRUNO,
      { type: 'echo \'redirect "ines@rennes.example";\' > .dovecot.sieve' },
      ALICE,
      mail('ines@rennes.example', 'Round and round', 'Where does this end?'),
    ],
  },
  { id: 'list', world: 'campus', steps: [ALICE, mail('profs@rennes.example', 'Meeting', 'All of you, at ten.')] },
  {
    id: 'open-relay',
    world: 'campus',
    steps: [
      SPAMMER,
      dial('mx1.rennes.example', 25),
      { type: ['HELO spammer.example', 'MAIL FROM:<offers@spammer.example>', 'RCPT TO:<claire@lyon.example>', 'QUIT'] },
      ALICE,
      dial('mx1.rennes.example', 25),
      smtp(
        'pc-alice.rennes.example',
        'alice@rennes.example',
        'claire@lyon.example',
        'Subject: from our own network',
        '',
        'For us it relays.',
      ),
    ],
  },
  {
    id: 'forged',
    world: 'campus',
    steps: [
      SPAMMER,
      dial('mx1.rennes.example', 25),
      smtp(
        'mx1.rennes.example',
        'bruno@rennes.example',
        'alice@rennes.example',
        'From: Bruno Leroy <bruno@rennes.example>',
        'Subject: your password',
        '',
        'Send it to me.',
      ),
      ALICE,
      { type: 'tail /var/mail/alice' },
    ],
  },
  {
    id: 'greylist',
    world: 'campus',
    steps: [ALICE, mail('lea@grey.example', 'First time', 'We have never met.'), 'skip', 'skip'],
  },
  {
    id: 'pop',
    world: 'campus',
    steps: [
      ALICE,
      dial('mx1.rennes.example', 110),
      { type: ['USER alice', 'PASS tournesol', 'LIST', 'RETR 1', 'DELE 1', 'LIST', 'RSET', 'DELE 2', 'QUIT'] },
      dial('mx1.rennes.example', 110),
      { type: ['USER alice', 'PASS tournesol', 'STAT', 'QUIT'] },
    ],
  },
  {
    id: 'two-imap',
    world: 'campus',
    steps: [
      ALICE,
      dial('mx1.rennes.example', 143),
      { type: ['a1 LOGIN alice tournesol', 'a2 SELECT INBOX', 'a3 IDLE'] },
      ALICE,
      dial('mx1.rennes.example', 143),
      {
        type: [
          'b1 LOGIN alice tournesol',
          'b2 SELECT INBOX',
          'b3 STORE 1 +FLAGS (\\Deleted)',
          'b4 EXPUNGE',
          'b5 LOGOUT',
        ],
      },
    ],
  },
  {
    id: 'tls',
    world: 'campus',
    steps: [
      ALICE,
      { type: 'tcpdump -A port 25' },
      ALICE,
      dial('mx1.rennes.example', 25),
      { type: ['EHLO pc-alice.rennes.example', 'NOOP everybody on the way reads this', 'QUIT'] },
      { type: 'openssl s_client -starttls smtp -quiet -connect mx1.rennes.example:25' },
      { type: ['NOOP nobody on the way reads this', 'QUIT'] },
    ],
  },
  {
    id: 'eight-bit',
    world: 'campus',
    steps: [
      ALICE,
      mail('paul@vieux.example', 'été', 'Été à la plage'),
      EMMA,
      mail('odile@ancien.example', 'été', 'Été à la plage'),
    ],
  },
  {
    id: 'gateway',
    world: 'campus',
    steps: [
      ALICE,
      mail('Hugo.Lenoir@x400.example', 'Across', 'Does this reach you?'),
      { sit: 'mail.x400.example', as: 'hugo' },
      { type: 'cat /var/mail/hugo' },
      { type: 'sendmail alice@rennes.example < /usr/share/doc/memo.txt' },
    ],
  },
  {
    id: 'filter',
    world: 'campus',
    steps: [
      INES,
      { type: 'cat .dovecot.sieve' },
      ALICE,
      mail('ines@rennes.example', 'very urgent', 'Now!'),
      mail('ines@rennes.example', 'a word', 'When you have time.'),
    ],
  },
]

/** More of what is in flight than a scenario ever has. */
const MOST = 20_000

/** The scenario, played. */
export function played({ steps }: Scenario, file: WorldFile, options: SimOptions & { language?: string } = {}): Sim {
  const sim = new Sim(file, options)
  if (options.language !== undefined) sim.act({ act: 'language', language: options.language })
  const settle = () => {
    for (let left = MOST; left > 0 && sim.step(); left--);
  }
  let terminal = ''
  let seats = 0
  for (const step of steps) {
    if (step === 'skip') sim.skip()
    else if ('sit' in step) sim.open((terminal = `t${++seats}`), step.sit, step.as)
    else if ('fault' in step) sim.fault(step.fault)
    else
      for (const line of typeof step.type === 'string' ? [step.type] : step.type) {
        sim.type(terminal, `${line}\n`)
        settle()
      }
    settle()
  }
  return sim
}
