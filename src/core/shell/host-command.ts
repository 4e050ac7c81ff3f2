/** host: DNS answers as sentences. */
import { reverseName } from '../dns/address.ts'
import type { ResourceRecord } from '../dns/records.ts'
import type { QuestionType } from '../dns/wire.ts'
import { dataText } from '../dns/zonefile.ts'
import type { Task } from '../task.ts'
import type { Ipv4 } from '../terms.ts'
import { options, readable, usage, type Context, type ShellCommand } from './command.ts'
import { isAddress, qualified } from './names.ts'
import { askServer, legalName, noAnswer, questionType, serverFor, typeName } from './question.ts'

export const host: ShellCommand = {
  name: 'host',
  synopsis: 'host [-t TYPE] NAME|ADDRESS [SERVER]',
  summary: 'shell.host',
  reads: false,
  feeds: true,
  *run(context) {
    const given = options(context, 't:a')
    if (!given) return
    const [typed, named = null] = given.rest.map(readable)
    if (typed === undefined) return usage(context, host.synopsis)
    const word = given.options.get('t') ?? (given.options.has('a') ? 'any' : null)
    const chosen = word === null ? null : questionType(word)
    if (word !== null && chosen === null) return context.complain(`host: invalid type: ${readable(word)}\n`)
    const name = isAddress(typed) ? reverseName(typed) : legalName(context, qualified(context.host, typed))
    if (name === null) return
    const server = yield* serverFor(context, named)
    if (named !== null && server === null)
      return context.complain(`host: couldn't get address for '${named}': not found\n`)
    if (server === null) return context.out.text(';; no servers could be reached\n')
    if (named !== null)
      context.out.text(`Using domain server:\nName: ${named}\nAddress: ${server.address}#53\nAliases: \n\n`)
    if (chosen !== null) yield* tell(context, server.address, name, chosen, true)
    else if (isAddress(typed)) yield* tell(context, server.address, name, 'PTR', true)
    else {
      const alias = yield* tell(context, server.address, name, 'A', false)
      if (alias !== null) yield* tell(context, server.address, alias, 'MX', false)
    }
  },
}

/** The name at the end of the aliases; null where there is no such name or no answer. `told`: also that there is none. */
function* tell(
  { out, ...context }: Context,
  server: Ipv4,
  name: string,
  type: QuestionType,
  told: boolean,
): Task<string | null> {
  const reply = yield* askServer({ out, ...context }, server, name, type)
  if (reply === null) {
    out.text(noAnswer(server))
    return null
  }
  if (reply.rcode !== 'NOERROR') {
    out.text(`Host ${name} not found: ${codes[reply.rcode]}(${reply.rcode})\n`)
    return null
  }
  for (const record of reply.answers) out.text(`${sentence(record)}\n`)
  if (reply.answers.length === 0 && told) out.text(`${name} has no ${typeName(type)} record\n`)
  return reply.answers.reduce((last, record) => (record.type === 'CNAME' ? record.target : last), name)
}

const codes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const

function sentence(record: ResourceRecord): string {
  const said = {
    A: 'has address',
    NS: 'name server',
    CNAME: 'is an alias for',
    PTR: 'domain name pointer',
    MX: 'mail is handled by',
    TXT: 'descriptive text',
    SOA: 'has SOA record',
    SRV: 'has SRV record',
  } as const
  return `${record.name} ${said[record.type]} ${dataText(record)}`
}
