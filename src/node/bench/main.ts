/**
 * `npm run bench`: how fast the SMTP engine is alone, in Node and in Chromium; how fast messages are taken apart and built,
 * beside postal-mime, mailparser and nodemailer; what a message in the queue costs; how fast mail goes in over TCP, beside smtp-server; how fast a mailbox is
 * read, beside hoodiecrow-imap; all in one run. Rounds
 * are interleaved, so that whatever else the machine does meets all alike. It shows medians and judges nothing.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { inNode } from './bundle.ts'
import { openPage } from './chromium.ts'
import * as peers from './message-peers.ts'
import { codecs } from './message.ts'
import { kinds } from './message-corpus.ts'
import { readOptions, USAGE, type BenchOptions } from './options.ts'
import { openScreen } from './screen.ts'
import { facteur, hoodiecrow, load, mailboxLoad, smtpServer } from './servers.ts'
import { add, medians, table, type Measured, type Medians } from './table.ts'

interface Table {
  title: string
  measured: Measured
}

const MEGABYTE = 1_000_000
const NO_PAGE = 'No Chromium found: Node alone. CHROMIUM_PATH may name one.\n'

async function measureEngine({ rounds, commands, messages, megabytes }: BenchOptions): Promise<Measured> {
  const measured: Measured = new Map()
  const engine = await inNode('engine.ts')
  const page = await openPage('engine.ts')
  if (page === null) process.stderr.write(NO_PAGE)
  const benches = [
    ['commands a second, with trace', 'commandsASecond', commands],
    ['2 kB messages a second by BDAT, pipelined', 'chunksASecond', messages],
    [`MB a second through DATA (${megabytes} MB)`, 'megabytesASecond', megabytes * MEGABYTE],
  ] as const
  // The round before the first is not counted: it warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [row, bench, amount] of benches) {
      const node = engine[bench](amount)
      const chromium = await page?.run(bench, amount)
      if (round === 0) continue
      add(measured, row, 'Node', node)
      if (chromium !== undefined) add(measured, row, 'Chromium', chromium)
    }
  }
  await page?.end()
  return measured
}

/** What a message costs that has to wait for its next try, when as many others wait. */
async function measureQueue({ rounds, queued }: BenchOptions): Promise<Measured> {
  const measured: Measured = new Map()
  const { queueRun } = await inNode('queue.ts')
  setFlagsFromString('--expose-gc')
  const sweep = runInNewContext('gc') as () => void
  const heap = () => {
    sweep()
    return process.memoryUsage().heapUsed
  }
  for (let round = 0; round <= rounds; round++) {
    const run = queueRun(queued, heap)
    if (round === 0) continue
    add(measured, `µs a message: taken, put off (${queued} of them)`, 'Node', run.queued)
    add(measured, 'µs a message: tried again, sent', 'Node', run.drained)
    add(measured, 'octets of memory a message of 2 kB', 'Node', run.memory)
  }
  return measured
}

async function measureScreen({ rounds }: BenchOptions): Promise<Measured> {
  const measured: Measured = new Map()
  const screen = await openScreen()
  if (screen === null) {
    process.stderr.write(NO_PAGE)
    return measured
  }
  // Each round begins with a page of its own and nothing in its cache: there is nothing to warm up.
  for (let round = 0; round < rounds; round++) {
    const { ready, script, echo, long } = await screen.measure()
    add(measured, 'ms from a cold load to a terminal to type in', 'Chromium', ready)
    add(measured, 'kB of script before it, gzip (aim: 200)', 'Chromium', script / 1000)
    add(measured, 'µs from a key to its echo', 'Chromium', echo * 1000)
    add(measured, 'µs an event on the screen, 3,000 there (aim: 4,000)', 'Chromium', long.short * 1000)
    for (const [view, time] of Object.entries(long.event))
      add(measured, `µs an event, 30,000 there, in front: ${view} (aim: 4,000)`, 'Chromium', time * 1000)
    for (const [view, { median, late, work, hard }] of Object.entries(long.scrub)) {
      add(measured, `µs a frame through 30,000 events: ${view} (aim: 16,667)`, 'Chromium', median * 1000)
      add(measured, `µs, one frame in twenty is longer: ${view}`, 'Chromium', late * 1000)
      add(measured, `µs of the page's thread a frame: ${view}`, 'Chromium', work * 1000)
      add(measured, `µs of the thread, one frame in twenty has more: ${view}`, 'Chromium', hard * 1000)
    }
    add(measured, 'octets of memory an event', 'Chromium', long.octets)
  }
  await screen.end()
  return measured
}

/** Who takes how long for the same: each in turn, and who goes first changes from round to round. */
interface Contest {
  row: string
  /** By column. */
  run: Record<string, () => Promise<number>>
}

async function compare(rounds: number, contests: readonly Contest[]): Promise<Measured> {
  const measured: Measured = new Map()
  for (let round = 0; round <= rounds; round++) {
    for (const { row, run } of contests) {
      const columns = Object.entries(run)
      const rates = new Map<string, number>()
      for (const [column, measure] of round % 2 === 0 ? columns : columns.toReversed()) {
        rates.set(column, await measure())
      }
      // The round before the first is not counted: it warms up.
      if (round > 0) for (const [column] of columns) add(measured, row, column, rates.get(column)!)
    }
  }
  return measured
}

async function* measureMessages({ rounds, megabytes }: BenchOptions): AsyncGenerator<Table> {
  const message = await inNode('message.ts')
  const node: Contest[] = [
    ...kinds.flatMap(([kind, name]): Contest[] => [
      {
        row: `read, MB/s: ${name}`,
        run: {
          Facteur: () => message.readWithFacteur(kind, megabytes, latin1),
          'postal-mime': () => message.readWithPostalMime(kind, megabytes),
          mailparser: () => peers.readWithMailparser(kind, megabytes),
        },
      },
      { row: `parse only, MB/s: ${name}`, run: { Facteur: () => message.parse(kind, megabytes) } },
      {
        row: `build, MB/s: ${name}`,
        run: {
          Facteur: () => message.build(kind, megabytes),
          nodemailer: () => peers.buildWithNodemailer(kind, megabytes),
        },
      },
    ]),
    ...codecs.map((codec) => ({
      row: `${codec}, MB/s`,
      run: {
        Facteur: () => message.code(codec, megabytes),
        libraries: () => peers.codeWithLibraries(codec, megabytes),
      },
    })),
  ]
  yield { title: 'Messages in Node', measured: await compare(rounds, node) }
  const page = await openPage('message.ts')
  if (page === null) {
    process.stderr.write(NO_PAGE)
    return
  }
  const chromium: Contest[] = [
    ...kinds.flatMap(([kind, name]): Contest[] => [
      {
        row: `read, MB/s: ${name}`,
        run: {
          Facteur: () => page.run('readWithFacteur', kind, megabytes),
          'postal-mime': () => page.run('readWithPostalMime', kind, megabytes),
        },
      },
      { row: `build, MB/s: ${name}`, run: { Facteur: () => page.run('build', kind, megabytes) } },
    ]),
    ...codecs.map((codec) => ({
      row: `${codec}, MB/s`,
      run: { Facteur: () => page.run('code', codec, megabytes) },
    })),
  ]
  yield { title: 'Messages in Chromium', measured: await compare(rounds, chromium) }
  await page.end()
}

/** As the bridge reads a socket. */
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

async function measureTcp({ rounds, messages, megabytes }: BenchOptions): Promise<Measured> {
  const measured: Measured = new Map()
  const small = [1, 10].flatMap((connections) =>
    [true, false].map((pipelined) => ({
      row: `2 kB messages a second, ${connections} connection${connections > 1 ? 's' : ''}, ${pipelined ? 'pipelined' : 'one by one'}`,
      what: { connections, pipelined, messages, size: 2_000 },
      weight: 1,
      ours: false,
    })),
  )
  // smtp-server has no CHUNKING: what it does pipelined by DATA stands above.
  const chunked = [1, 10].map((connections) => ({
    row: `2 kB messages a second, ${connections} connection${connections > 1 ? 's' : ''}, BDAT, 50 in flight`,
    what: { connections, pipelined: true, messages: 5 * messages, size: 2_000, chunked: 50 },
    weight: 1,
    ours: true,
  }))
  const big = {
    row: `MB a second, messages of ${megabytes} MB one by one`,
    what: { connections: 1, pipelined: false, messages: 4, size: megabytes * MEGABYTE },
    weight: megabytes,
    ours: false,
  }
  for (let round = 0; round < rounds; round++) {
    for (const { row, what, weight, ours } of [...small, ...chunked, big]) {
      const both = [
        ['Facteur', facteur],
        ['smtp-server', smtpServer],
      ] as const
      const servers = ours ? both.slice(0, 1) : both
      // Who goes first changes from round to round. Each time a server of its own: nobody has a full store or a warm one.
      for (const [column, start] of round % 2 === 0 ? servers : servers.toReversed()) {
        const server = await start()
        const rate = await load({ port: server.port, recipient: 'b@bench.example', ...what }).finally(() => {
          server.end()
        })
        add(measured, row, column, rate * weight)
      }
    }
  }
  return measured
}

/** One mailbox after the other: each server begins empty, and is asked for the same. */
async function measureMailbox({ rounds, mailbox }: BenchOptions): Promise<Measured> {
  const measured: Measured = new Map()
  const who = { user: 'b', password: 'bench', messages: mailbox }
  const contestants = {
    Facteur: async () => {
      const { ports, end } = await facteur()
      return mailboxLoad({ ...who, imap: ports['imap']!, pop3: ports['pop3']!, together: 50, sorts: true }).finally(end)
    },
    'hoodiecrow-imap': async () => {
      const { port, end } = await hoodiecrow()
      // It does not take a second literal while it deals with the first.
      const load = { imap: port, pop3: null, together: 1, sorts: false }
      return mailboxLoad({ ...load, user: 'testuser', password: 'testpass', messages: mailbox }).finally(end)
    },
  }
  for (let round = 0; round < rounds; round++) {
    const turns = Object.entries(contestants)
    for (const [column, run] of round % 2 === 0 ? turns : turns.toReversed())
      for (const [row, rate] of Object.entries(await run())) add(measured, row, column, rate)
  }
  return measured
}

/** Each as soon as it is whole: all of them take long. */
async function* tables(options: BenchOptions): AsyncGenerator<Table> {
  if (options.engine) yield { title: 'The engine alone', measured: await measureEngine(options) }
  if (options.message) yield* measureMessages(options)
  if (options.queue) yield { title: 'The queue alone', measured: await measureQueue(options) }
  if (options.imap) yield { title: 'A mailbox over TCP', measured: await measureMailbox(options) }
  if (options.tcp) yield { title: 'Over TCP', measured: await measureTcp(options) }
  if (options.screen) yield { title: 'The page', measured: await measureScreen(options) }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if ('error' in options) {
    process.stderr.write(`${options.error}\n\n${USAGE}\n`)
    process.exitCode = 1
    return
  }
  const found: Record<string, Medians> = {}
  for await (const { title, measured } of tables(options)) {
    found[title] = medians(measured)
    if (!options.json) process.stdout.write(`${table(title, found[title])}\n\n`)
  }
  if (options.json) process.stdout.write(`${JSON.stringify(found)}\n`)
}

await main()
