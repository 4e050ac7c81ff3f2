/** nslookup, as older courses use it. */
import { reverseName } from '../dns/address.ts'
import type { ResourceRecord } from '../dns/records.ts'
import { dataText } from '../dns/zonefile.ts'
import { readable, usage, type ShellCommand } from './command.ts'
import { isAddress, qualified } from './names.ts'
import { askServer, legalName, questionType, serverFor } from './question.ts'

export const nslookup: ShellCommand = {
  name: 'nslookup',
  synopsis: 'nslookup [-type=TYPE] NAME|ADDRESS [SERVER]',
  summary: 'shell.nslookup',
  reads: false,
  feeds: true,
  *run(context) {
    const { out } = context
    const words = context.arguments.map(readable)
    const option = words.find((word) => word.startsWith('-'))
    const [typed, named = null] = words.filter((word) => !word.startsWith('-'))
    const [, word] = /^-(?:q|ty|type|query|querytype)=(.*)$/i.exec(option ?? '') ?? []
    if (typed === undefined) return usage(context, nslookup.synopsis)
    if (option !== undefined && word === undefined) return context.complain(`*** Invalid option: ${option.slice(1)}\n`)
    const chosen = word === undefined ? null : questionType(word)
    if (word !== undefined && chosen === null) return context.complain(`unknown query type: ${word}\n`)
    const server = yield* serverFor(context, named)
    if (server === null && named !== null)
      return context.complain(`nslookup: couldn't get address for '${named}': not found\n`)
    const name = isAddress(typed) ? reverseName(typed) : legalName(context, qualified(context.host, typed))
    if (name === null) return
    const type = chosen ?? (isAddress(typed) ? 'PTR' : 'A')
    const reply = server === null ? null : yield* askServer(context, server.address, name, type)
    if (server === null || reply === null) return out.text(';; connection timed out; no servers could be reached\n\n')
    out.text(`Server:\t\t${server.name}\nAddress:\t${server.address}#53\n\n`)
    if (reply.rcode !== 'NOERROR') return out.text(`** server can't find ${name}: ${reply.rcode}\n\n`)
    if (!reply.authoritative) out.text('Non-authoritative answer:\n')
    if (reply.answers.length === 0) out.text(`*** Can't find ${name}: No answer\n`)
    for (const record of reply.answers) out.text(`${answer(record)}\n`)
    if (type !== 'A') {
      const rest = [...reply.authorities, ...reply.additionals].map((record) => `${other(record)}\n`).join('')
      if (!reply.authoritative) out.text(`\nAuthoritative answers can be found from:\n${rest}`)
    }
    out.text('\n')
  },
}

function answer(record: ResourceRecord): string {
  switch (record.type) {
    case 'A':
      return `Name:\t${record.name}\nAddress: ${record.address}`
    case 'CNAME':
      return `${record.name}\tcanonical name = ${dataText(record)}`
    case 'MX':
      return `${record.name}\tmail exchanger = ${dataText(record)}`
    case 'NS':
      return `${record.name}\tnameserver = ${dataText(record)}`
    case 'PTR':
      return `${record.name}\tname = ${dataText(record)}`
    case 'TXT':
      return `${record.name}\ttext = ${dataText(record)}`
    case 'SRV':
      return `${record.name}\tservice = ${dataText(record)}`
    case 'SOA': {
      const { name, primary, mailbox, serial, refresh, retry, expire, minimum } = record
      const numbers = { serial, refresh, retry, expire, minimum }
      const lines = Object.entries(numbers).map(([key, value]) => `\n\t${key} = ${value}`)
      return `${name}\n\torigin = ${primary}\n\tmail addr = ${mailbox}${lines.join('')}`
    }
  }
}

const other = (record: ResourceRecord): string =>
  record.type === 'A' ? `${record.name}\tinternet address = ${record.address}` : answer(record)
