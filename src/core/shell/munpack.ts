/** munpack: takes a message apart, and writes what is attached to it as files. */
import type { Octets } from '../bytes/octets.ts'
import { crlfLines } from '../message/build.ts'
import { decodedOctets } from '../message/mime/decoded.ts'
import { safeFileName } from '../message/mime/file-name.ts'
import { parseMessage } from '../message/mime/parse.ts'
import { allParts } from '../message/mime/part.ts'
import { options, readable, type Context, type ShellCommand } from './command.ts'
import { homeOf, readInput } from './files.ts'

export const munpack: ShellCommand = {
  name: 'munpack',
  synopsis: 'munpack [-f] [-q] [-t] [FILE]...',
  summary: 'shell.munpack',
  reads: true,
  feeds: true,
  *run(context) {
    const given = options(context, 'fqt')
    if (!given) return
    const { options: found, rest } = given
    for (const file of rest.length === 0 ? ['-'] : rest) {
      const octets = yield* readInput(context, file)
      if (octets === null) continue
      // A mailbox file has a line before each message that is no part of it (RFC 4155).
      const message = crlfLines(octets.replace(/^From .*\n/, ''))
      const unpacked = unpack(context, message, { overwrite: found.has('f'), texts: found.has('t') })
      const name = file === '-' ? 'standard input' : readable(file)
      if (unpacked === 0 && !found.has('q')) context.complain(`Did not find anything to unpack from ${name}\n`)
    }
  },
}

interface Wish {
  overwrite: boolean
  /** Texts without a name, too. */
  texts: boolean
}

/** How many files were written. */
function unpack({ host, out, complain, name: command }: Context, message: Octets, { overwrite, texts }: Wish): number {
  let written = 0
  let unnamed = 0
  for (const part of allParts(parseMessage(message).root)) {
    if (part.children.length > 0 || part.multipart || part.type === 'message') continue
    const suggested = safeFileName(part)
    if (part.type === 'text' && suggested === null && !texts) continue
    const octets = decodedOctets(part)
    const type = `${part.type}/${part.subtype}`
    const wanted = suggested ?? `part${++unnamed}`
    if (octets === null) {
      complain(`${command}: ${wanted}: unknown encoding ${readable(part.encoding)}\n`)
      continue
    }
    const name = overwrite ? wanted : freeName(host, wanted)
    const trouble = host.writeFile(`${homeOf(host.user)}/${name}`, octets, false)
    if (trouble === null) {
      out.text(`${name} (${readable(type)})\n`)
      written++
      continue
    }
    complain(`${command}: ${name}: ${trouble}\n`)
    if (trouble === 'No space left on device') break
  }
  return written
}

function freeName({ readFile, user }: Context['host'], name: string): string {
  const taken = (other: string) => readFile(`${homeOf(user)}/${other}`) !== null
  if (!taken(name)) return name
  let number = 1
  while (taken(`${name}.${number}`)) number++
  return `${name}.${number}`
}
