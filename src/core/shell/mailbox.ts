/** mail without an address: reads one's own mailbox, an mbox file (RFC 4155), as BSD mail lists it. */
import type { Octets } from '../bytes/octets.ts'
import type { Task } from '../task.ts'
import { readable, type Context } from './command.ts'
import { absolutePath } from './files.ts'
import { nothingSecret, readLine } from './read-line.ts'

interface Letter {
  from: string
  arrived: string
  subject: string
  text: Octets
}

export function* readMailbox(context: Context): Task<void> {
  const { host, out, terminal } = context
  const path = `/var/mail/${host.user}`
  const letters = split(host.readFile(path) ?? '')
  if (letters.length === 0) {
    out.text(`No mail for ${host.user}\n`)
    if (host.readFile(path) === null) out.text(`${host.say('shell.mail-elsewhere')}\n`)
    return
  }
  out.text(`"${path}": ${letters.length} message${letters.length === 1 ? '' : 's'}\n${list(letters, 1)}`)
  let current = 1
  for (;;) {
    out.renew()
    const entered = yield* readLine(terminal, { protocol: 'mail', prompt: '& ', secret: nothingSecret })
    if (entered.key === 'eof') return out.text('\n')
    if (entered.key === 'interrupt') return out.text('^C\n')
    if (entered.key !== null) continue
    const [, kept, file] = /^\s*s(?:ave)?\s+(?:(\d+)\s+)?(\S+)\s*$/.exec(readable(entered.line)) ?? []
    if (file !== undefined) {
      save(context, letters[Number(kept ?? current) - 1], file)
      continue
    }
    const [, word = '', number = ''] = /^\s*([a-z?]*)\s*(\d*)\s*$/i.exec(readable(entered.line)) ?? []
    if (/^(?:q|quit|x|exit)$/.test(word)) return
    if (/^(?:h|headers|f|from)$/.test(word)) out.text(list(letters, current))
    else if (/^(?:p|print|t|type|n|next)?$/.test(word) && (word !== '' || number !== '' || entered.line === '')) {
      if (number !== '') current = Number(number)
      else if (/^n/.test(word) || entered.line === '') current++
      const letter = letters[current - 1]
      if (letter) {
        out.text(`Message ${current}:\n`)
        out.put(letter.text)
      } else {
        out.text(number === '' ? 'At EOF\n' : `${number}: Invalid message number\n`)
        current = Math.min(Math.max(current, 1), letters.length)
      }
    } else if (/^(?:d|delete)$/.test(word)) out.text(`${host.say('shell.mail-no-delete')}\n`)
    else if (word === '?' || word === 'help') out.text(`${host.say('shell.mail-help')}\n`)
    else out.text(`Unknown command: "${readable(entered.line).trim()}"\n`)
  }
}

/** Behind what the file holds, and with its From_ line: the file is a mailbox, too. */
function save({ host, out }: Context, letter: Letter | undefined, file: string): void {
  if (!letter) return out.text('No applicable messages\n')
  const path = absolutePath(host, file)
  const isNew = host.readFile(path) === null
  const trouble = host.writeFile(path, letter.text, true)
  const size = `${letter.text.split('\n').length - 1}/${letter.text.length}`
  out.text(trouble === null ? `"${file}" [${isNew ? 'New file' : 'Appended'}] ${size}\n` : `${file}: ${trouble}\n`)
}

/** A line that begins with `From ` begins a message; in a message it is written `>From `. */
function split(mbox: Octets): Letter[] {
  return mbox
    .split(/^(?=From )/m)
    .filter((text) => text.startsWith('From '))
    .map((text) => {
      const [, from = '', arrived = ''] = /^From (\S*) *(.*)/.exec(text) ?? []
      const [, subject = ''] = /^Subject:[ \t]*(.*(?:\r?\n[ \t].*)*)/im.exec(text.split(/\r?\n\r?\n/, 1)[0]!) ?? []
      return {
        from: readable(from),
        arrived: readable(arrived.trim()),
        subject: readable(subject.replace(/\r?\n/g, '')),
        text,
      }
    })
}

function list(letters: readonly Letter[], current: number): string {
  return letters
    .map(({ from, arrived, subject, text }, index) => {
      const mark = index === current - 1 ? '>' : ' '
      const size = `${text.split('\n').length - 1}/${text.length}`
      return `${mark}${String(index + 1).padStart(3)} ${from.padEnd(24)} ${arrived.slice(0, 16).padEnd(16)} ${size.padStart(9)} ${subject}\n`
    })
    .join('')
}
