/** SEARCH, SORT and THREAD against plain evaluators, which know nothing of folding, ranks, or how messages are written. */
import fc from '../fast-check.ts'
import { describe, expect, test } from 'vitest'
import { Desk, EPOCH, type Line } from '../unit/imap/desk.ts'

interface Letter {
  subject: string
  from: string
  body: string
  /** Days since 1 September 2026, at noon UTC; null: it does not say. */
  sent: number | null
  arrived: number
  flags: string[]
  id: number | null
  references: number[]
  pad: number
}

const WORDS = ['alpha', 'Beta', 'GAMMA', 'delta']
const FLAGS = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft', '$Junk']
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }).map((all) => all.join(' '))
const letterOf: fc.Arbitrary<Letter> = fc.record({
  subject: fc.tuple(fc.constantFrom('', 'Re: ', 'Fwd: '), words).map((both) => both.join('')),
  from: fc.constantFrom('ann', 'Bob', 'CAROL'),
  body: words,
  sent: fc.option(fc.integer({ min: 0, max: 9 })),
  arrived: fc.integer({ min: 0, max: 9 }),
  flags: fc.subarray(FLAGS),
  id: fc.option(fc.integer({ min: 0, max: 7 })),
  references: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }),
  pad: fc.integer({ min: 0, max: 5 }),
})
const mailboxOf = fc.array(letterOf, { maxLength: 12 })

const MONTH_DAY = (day: number) => `${day + 1}-Sep-2026`
const noon = (day: number) => Date.UTC(2026, 8, day + 1, 12)

const octetsOf = ({ subject, from, body, sent, id, references, pad }: Letter): string =>
  [
    `From: ${from}@x.test`,
    `Subject: ${subject}`,
    ...(sent === null ? [] : [`Date: ${sent + 1} Sep 2026 12:00:00 +0000`]),
    ...(id === null ? [] : [`Message-ID: <${id}@x.test>`]),
    `References: ${references.map((reference) => `<${reference}@x.test>`).join(' ')}`,
    `X-Pad: ${'x'.repeat(pad)}`,
    '',
    body,
  ].join('\r\n')

/** Every third message was there and is expunged, so that numbers are no UIDs. */
function open(letters: readonly Letter[]): Line {
  const desk = new Desk()
  for (const [at, letter] of letters.entries()) {
    if (at % 3 === 0) {
      desk.now = EPOCH
      desk.deliver('alice', 'Subject: gone\r\n\r\n')
    }
    desk.now = noon(letter.arrived)
    desk.store.deliver('alice', 'INBOX', octetsOf(letter), desk.now, letter.flags)
  }
  desk.now = noon(10)
  const line = desk.open()
  const gone = letters.flatMap((_, at) => (at % 3 === 0 ? [uidOf(at) - 1] : [])).join(',')
  if (gone !== '') {
    line.ok(`UID STORE ${gone} +FLAGS (\\Deleted)`)
    line.ok(`UID EXPUNGE ${gone}`)
  }
  return line
}

const uidOf = (place: number): number => place + 1 + Math.floor(place / 3) + 1

interface Program {
  text: string
  holds: (letter: Letter, place: number, all: readonly Letter[]) => boolean
}

const lower = (text: string) => text.toLowerCase()
const holding = (name: string, of: (letter: Letter) => string) =>
  fc.constantFrom(...WORDS, 'a B', 'et', 'nowhere', 'ann', 'o').map((needle): Program => ({
    text: `${name} "${needle}"`,
    holds: (letter) => lower(of(letter)).includes(lower(needle)),
  }))
const compared = (name: string, of: (letter: Letter) => number | null) =>
  fc.tuple(fc.constantFrom('BEFORE', 'ON', 'SINCE'), fc.integer({ min: 0, max: 9 })).map(([how, day]): Program => ({
    text: `${name}${how} ${MONTH_DAY(day)}`,
    holds(letter) {
      const other = of(letter)
      if (other === null) return false
      return how === 'BEFORE' ? other < day : how === 'ON' ? other === day : other >= day
    },
  }))
const headerOf = ({ subject, from, sent, id, references, pad }: Letter) =>
  octetsOf({ subject, from, sent, id, references, pad, body: '', arrived: 0, flags: [] })
const range = fc.tuple(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 15 }))
const within = ([from, to]: [number, number], value: number) =>
  value >= Math.min(from, to) && value <= Math.max(from, to)

const { program } = fc.letrec<{ program: Program }>((tie) => ({
  program: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Program>({ text: 'ALL', holds: () => true }, { text: 'OLD', holds: () => false }),
    fc.constantFrom(...FLAGS.slice(0, 5)).chain((flag) =>
      fc.boolean().map((set): Program => ({
        text: `${set ? '' : 'UN'}${flag.slice(1).toUpperCase()}`,
        holds: ({ flags }) => flags.includes(flag) === set,
      })),
    ),
    fc.constant<Program>({ text: 'KEYWORD $JUNK', holds: ({ flags }) => flags.includes('$Junk') }),
    holding('SUBJECT', ({ subject }) => subject),
    holding('FROM', ({ from }) => `${from}@x.test`),
    holding('BODY', ({ body }) => body),
    holding('TEXT', (letter) => `${headerOf(letter)}\n${letter.body}`),
    holding('HEADER X-PAD', ({ pad }) => 'x'.repeat(pad)),
    compared('', ({ arrived }) => arrived),
    compared('SENT', ({ sent }) => sent),
    fc
      .integer({ min: 80, max: 250 })
      .chain((size) =>
        fc.constantFrom<Program>(
          { text: `LARGER ${size}`, holds: (letter) => octetsOf(letter).length > size },
          { text: `SMALLER ${size}`, holds: (letter) => octetsOf(letter).length < size },
        ),
      ),
    fc
      .integer({ min: 1, max: 12 })
      .chain((days) =>
        fc.constantFrom<Program>(
          { text: `YOUNGER ${days * 86_400}`, holds: ({ arrived }) => 10 - arrived <= days },
          { text: `OLDER ${days * 86_400}`, holds: ({ arrived }) => 10 - arrived >= days },
        ),
      ),
    range.map((ends): Program => ({ text: ends.join(':'), holds: (_, place) => within(ends, place + 1) })),
    range.map((ends): Program => ({ text: `UID ${ends.join(':')}`, holds: (_, place) => within(ends, uidOf(place)) })),
    fc.constant<Program>({ text: '*', holds: (_, place, all) => place === all.length - 1 }),
    tie('program').map(({ text, holds }): Program => ({
      text: `NOT ${text}`,
      holds: (...letter) => !holds(...letter),
    })),
    fc.tuple(tie('program'), tie('program')).map(([one, other]): Program => ({
      text: `OR ${one.text} ${other.text}`,
      holds: (...letter) => one.holds(...letter) || other.holds(...letter),
    })),
    fc.array(tie('program'), { minLength: 1, maxLength: 3 }).map((all): Program => ({
      text: `(${all.map(({ text }) => text).join(' ')})`,
      holds: (...letter) => all.every(({ holds }) => holds(...letter)),
    })),
  ),
}))

const numbersIn = (line: string) => line.split(' ').slice(1).map(Number)

describe('SEARCH', () => {
  test('finds what a plain evaluator finds', () => {
    fc.assert(
      fc.property(mailboxOf, fc.array(program, { minLength: 1, maxLength: 8 }), (letters, programs) => {
        const line = open(letters)
        for (const { text, holds } of programs) {
          const places = letters.flatMap((letter, place) => (holds(letter, place, letters) ? [place] : []))
          expect(numbersIn(line.ok(`SEARCH ${text}`)[0]!), text).toEqual(places.map((place) => place + 1))
          expect(numbersIn(line.ok(`UID SEARCH ${text}`)[0]!), text).toEqual(places.map(uidOf))
        }
      }),
      { numRuns: 60 },
    )
  })
})

const base = (subject: string) => lower(subject.replace(/^(?:(?:Re|Fwd): ?)+/, ''))
const KEYS: Record<string, (letter: Letter) => number | string> = {
  ARRIVAL: ({ arrived }) => arrived,
  DATE: ({ sent, arrived }) => sent ?? arrived,
  SIZE: (letter) => octetsOf(letter).length,
  FROM: ({ from }) => lower(from),
  SUBJECT: ({ subject }) => base(subject),
  DISPLAYFROM: ({ from }) => lower(from),
  CC: () => '',
}
const criterion = fc.record({ key: fc.constantFrom(...Object.keys(KEYS)), reverse: fc.boolean() })

describe('SORT', () => {
  test('orders as a stable sort by each key does, the last first', () => {
    fc.assert(
      fc.property(mailboxOf, fc.array(criterion, { minLength: 1, maxLength: 4 }), (letters, criteria) => {
        const places = letters.map((_, place) => place)
        for (const { key, reverse } of criteria.toReversed()) {
          const value = (place: number) => KEYS[key]!(letters[place]!)
          const sign = reverse ? -1 : 1
          places.sort((a, b) => (value(a) === value(b) ? 0 : value(a) < value(b) ? -sign : sign))
        }
        const written = criteria.map(({ key, reverse }) => (reverse ? `REVERSE ${key}` : key)).join(' ')
        expect(numbersIn(open(letters).ok(`SORT (${written}) UTF-8 ALL`)[0]!)).toEqual(places.map((place) => place + 1))
      }),
      { numRuns: 60 },
    )
  })
})

interface Node {
  place: number | null
  parent: Node | null
  children: Node[]
}

/** RFC 5256 3, REFERENCES, step by step as it is written, with recursion and no thought of speed. */
function threads(letters: readonly Letter[]): string {
  const when = (place: number) => letters[place]!.sent ?? letters[place]!.arrived
  const node = (place: number | null): Node => ({ place, parent: null, children: [] })
  const own = letters.map((_, place) => node(place))
  const byId = new Map<number, Node>()
  for (const [place, { id }] of letters.entries()) if (id !== null && !byId.has(id)) byId.set(id, own[place]!)
  const above = (one: Node, other: Node): boolean =>
    one === other || (other.parent !== null && above(one, other.parent))
  const cut = (one: Node) => {
    if (one.parent) one.parent.children = one.parent.children.filter((child) => child !== one)
    one.parent = null
  }
  const link = (parent: Node, child: Node) => {
    if (above(child, parent)) return
    child.parent = parent
    parent.children.push(child)
  }
  for (const [place, { references }] of letters.entries()) {
    const chain = references.map((id) => {
      if (!byId.has(id)) byId.set(id, node(null))
      return byId.get(id)!
    })
    for (let at = 1; at < chain.length; at++) if (!chain[at]!.parent) link(chain[at - 1]!, chain[at]!)
    cut(own[place]!)
    const last = chain.at(-1)
    if (last) link(last, own[place]!)
  }
  const all = [...own, ...[...byId.values()].filter(({ place }) => place === null)]
  /** What comes of a node under another message: itself, or its children in its stead. */
  const pruned = (one: Node): Node[] => {
    const children = one.children.flatMap(pruned)
    return one.place === null ? children : [{ ...one, children }]
  }
  let roots = all
    .filter(({ parent }) => parent === null)
    .flatMap((root): Node[] => {
      const children = root.children.flatMap(pruned)
      return root.place !== null || children.length > 1 ? [{ ...root, children }] : children
    })
  const first = (one: Node): number => one.place ?? Math.min(...one.children.map(({ place }) => rank(place!)))
  const order = own.map(({ place }) => place!).sort((a, b) => when(a) - when(b) || a - b)
  const rank = (place: number) => order.indexOf(place)
  const key = (one: Node) => (one.place === null ? first(one) : rank(one.place))
  const sort = (nodes: Node[]) => nodes.sort((a, b) => key(a) - key(b))
  const about = (one: Node) => letters[one.place ?? order[first(one)]!]!.subject
  const isReply = (one: Node) => /^(?:Re|Fwd):/.test(about(one))
  sort(roots)
  const table = new Map<string, Node>()
  for (const root of roots) {
    const subject = base(about(root))
    const known = table.get(subject)
    if (subject === '') continue
    if (!known || (known.place !== null && (root.place === null || (isReply(known) && !isReply(root)))))
      table.set(subject, root)
  }
  for (const root of [...roots]) {
    const subject = base(about(root))
    const known = table.get(subject)
    if (subject === '' || known === root || !known) continue
    roots = roots.filter((other) => other !== root)
    if (root.place === null && known.place === null) known.children.push(...root.children)
    else if (known.place === null || (isReply(root) && !isReply(known))) known.children.push(root)
    else {
      const both = { ...node(null), children: [known, root] }
      roots = [...roots.filter((other) => other !== known), both]
      table.set(subject, both)
    }
  }
  const write = (one: Node): string => {
    const children = sort(one.children)
    const number = one.place === null ? '' : String(one.place + 1)
    if (children.length === 1 && one.place !== null) return `${number} ${write(children[0]!)}`
    const below = children.map((child) => `(${write(child)})`).join('')
    return number !== '' && below !== '' ? `${number} ${below}` : number + below
  }
  return sort(roots)
    .map((root) => `(${write(root)})`)
    .join('')
}

describe('THREAD', () => {
  test('REFERENCES gives what its steps give', () => {
    fc.assert(
      fc.property(mailboxOf, (letters) => {
        expect(open(letters).ok('THREAD REFERENCES UTF-8 ALL')[0]).toBe(`THREAD ${threads(letters)}`.trim())
      }),
      { numRuns: 150 },
    )
  })

  test('ORDEREDSUBJECT gathers subjects, one level deep', () => {
    fc.assert(
      fc.property(mailboxOf, (letters) => {
        const when = (place: number) => letters[place]!.sent ?? letters[place]!.arrived
        const groups = new Map<string, number[]>()
        const order = letters.map((_, place) => place).sort((a, b) => when(a) - when(b) || a - b)
        for (const place of order) {
          const subject = base(letters[place]!.subject)
          groups.set(subject, [...(groups.get(subject) ?? []), place + 1])
        }
        const text = [...groups.values()]
          .map(([head, ...others]) =>
            others.length < 2 ? `(${[head, ...others].join(' ')})` : `(${head} (${others.join(')(')}))`,
          )
          .join('')
        expect(open(letters).ok('THREAD ORDEREDSUBJECT UTF-8 ALL')[0]).toBe(`THREAD ${text}`.trim())
      }),
      { numRuns: 60 },
    )
  })
})

describe('a search that is kept up to date', () => {
  test('tells exactly what makes of the old result the new one', () => {
    const step = fc.tuple(fc.nat(11), fc.constantFrom('+', '-'), fc.constantFrom(...FLAGS))
    fc.assert(
      fc.property(
        mailboxOf,
        program,
        fc.boolean(),
        fc.array(step, { maxLength: 6 }),
        (letters, { text }, sorts, steps) => {
          const line = open(letters)
          const command = (option: string) =>
            sorts
              ? `UID SORT RETURN (${option}) (REVERSE FROM SUBJECT) UTF-8 ${text}`
              : `UID SEARCH RETURN (${option}) ${text}`
          const result = list(/ ALL ([\d,:]+)/.exec(line.feed(`c ${command('UPDATE ALL')}\r\n`))?.[1])
          for (const [place, sign, flag] of steps) {
            if (place >= letters.length) continue
            for (const told of line.ok(`UID STORE ${uidOf(place)} ${sign}FLAGS (${flag})`)) apply(result, told)
            const expected = list(/ ALL ([\d,:]+)/.exec(line.ok(command('ALL'))[0]!)?.[1])
            expect(sorts ? result : result.toSorted((a, b) => a - b)).toEqual(expected)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

function list(set: string | undefined): number[] {
  if (set === undefined) return []
  return set.split(',').flatMap((item) => {
    const [from, to = from] = item.split(':').map(Number) as [number, number?]
    return Array.from({ length: to! - from + 1 }, (_, at) => from + at)
  })
}

/** ADDTO and REMOVEFROM as RFC 5267 4.3.3 and 4.3.4 say. */
function apply(result: number[], told: string): void {
  const update = /^ESEARCH \(TAG "c"\) UID (ADDTO|REMOVEFROM) \((.*)\)$/.exec(told)
  if (!update) return
  const items = update[2]!.split(' ')
  for (let at = 0; at < items.length; at += 2) {
    const place = Number(items[at])
    const uids = list(items[at + 1])
    if (update[1] === 'ADDTO') result.splice(place === 0 ? result.length : place - 1, 0, ...uids)
    else if (place === 0) for (const uid of uids) result.splice(result.indexOf(uid), 1)
    else expect(result.splice(place - 1, uids.length)).toEqual(uids)
  }
}
