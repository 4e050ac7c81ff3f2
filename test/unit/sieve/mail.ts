/** Messages A and B of RFC 5228 1.2, and what a script makes of a message, in few words. */
import { parseSieve } from '../../../src/core/sieve/parse.ts'
import { runSieve, type SieveAction, type SieveFacts, type SieveResult } from '../../../src/core/sieve/run.ts'
import type { SieveScript } from '../../../src/core/sieve/script.ts'

export const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('')

export const A = lines(
  'Date: Tue, 1 Apr 1997 09:06:31 -0800 (PST)',
  'From: coyote@desert.example.org',
  'To: roadrunner@acme.example.com',
  'Subject: I have a present for you',
  '',
  "Look, I'm sorry about the whole anvil thing, and I really",
  "didn't mean to try and drop it on you from the top of the",
  "cliff.  I want to try to make it up to you.  I've got some",
  'great birdseed over here at my place--top of the line',
  "stuff--and if you come by, I'll have it all wrapped up",
  "for you.  I'm really sorry for all the problems I've caused",
  'for you over the years, but I know we can work this out.',
  '--',
  'Wile E. Coyote   "Super Genius"   coyote@desert.example.org',
)

export const B = lines(
  'From: youcouldberich!@reply-by-postal-mail.invalid',
  'Sender: b1ff@de.res.example.com',
  'To: rube@landru.example.com',
  'Date:  Mon, 31 Mar 1997 18:26:10 -0800',
  'Subject: $$$ YOU, TOO, CAN BE A MILLIONAIRE! $$$',
  '',
  'YOU MAY HAVE ALREADY WON TEN MILLION DOLLARS, BUT I DOUBT',
  'IT!  SO JUST POST THIS TO SIX HUNDRED NEWSGROUPS!  IT WILL',
  'GUARANTEE THAT YOU GET AT LEAST FIVE RESPONSES WITH MONEY!',
  'MONEY! MONEY! COLD HARD CASH!  YOU WILL RECEIVE OVER',
  "$20,000 IN LESS THAN TWO MONTHS!  AND IT'S LEGAL!!!!!!!!!",
  '!!!!!!!!!!!!!!!!!!111111111!!!!!!!11111111111!!1  JUST',
  'SEND $5 IN SMALL, UNMARKED BILLS TO THE ADDRESSES BELOW!',
)

export function script(text: string): SieveScript {
  const parsed = parseSieve(text)
  if ('problems' in parsed) throw new Error(problems(text).join('\n'))
  return parsed.script
}

/** `2:5 what is wrong`, each. */
export function problems(text: string): string[] {
  const parsed = parseSieve(text)
  if (!('problems' in parsed)) return []
  return parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

export const result = (text: string, content: string, facts: Partial<SieveFacts> = {}): SieveResult =>
  runSieve(script(text), { content, from: '', to: '', ...facts })

/** `fileinto spam`, `keep (implicit)`, each. */
export const done = (text: string, content: string, facts: Partial<SieveFacts> = {}): string[] =>
  result(text, content, facts).actions.map(told)

function told(action: SieveAction): string {
  const flags = 'flags' in action && action.flags.length > 0 ? ` [${action.flags.join(' ')}]` : ''
  if (action.does === 'keep') return `keep${action.implicit ? ' (implicit)' : ''}${flags}`
  if (action.does === 'fileinto') return `fileinto ${action.mailbox}${flags}`
  if (action.does === 'redirect') return `redirect ${action.address}`
  return action.does === 'reject' ? `reject ${action.reason}` : 'discard'
}

/** Is this test true of the message? */
export const holds = (test: string, content: string, requires = '', facts: Partial<SieveFacts> = {}): boolean =>
  done(`${requires} if ${test} { discard; }`, content, facts)[0] === 'discard'
