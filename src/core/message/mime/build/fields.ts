/** Writes the header fields of a draft, each by its kind, folded, with its CRLF. */
import type { Octets } from '../../../bytes/octets.ts'
import { utf8Octets } from '../../../bytes/utf8.ts'
import { headerField } from '../../build.ts'
import type { DraftField, DraftGroup, DraftMailbox } from './draft.ts'
import type { WordOptions } from './encoded-words.ts'
import { addComment, addPhrase, addText } from './encoded-words.ts'
import { FieldLines } from './field-lines.ts'

export function writeField(field: DraftField): Octets {
  // Where nothing can be a name, nothing is a field.
  if (!/^[!-9;-~]+$/.test(field.name)) return ''
  if (field.kind === 'raw') return headerField(field.name, field.value)
  const lines = new FieldLines(field.name)
  if (field.kind === 'text') addText(lines, field.text, field.words)
  else if (field.kind === 'addresses') addAddresses(lines, field.addresses, field.words)
  else for (const id of field.ids) lines.add(messageId(id))
  return lines.end()
}

function addAddresses(
  lines: FieldLines,
  addresses: readonly (DraftMailbox | DraftGroup)[],
  words: WordOptions | undefined,
): void {
  addresses.forEach((address, index) => {
    if (index > 0) lines.add(',', '')
    if ('address' in address) return addMailbox(lines, address, words)
    addPhrase(lines, address.group, words)
    lines.add(':', '')
    address.members.forEach((member, at) => {
      if (at > 0) lines.add(',', '')
      addMailbox(lines, member, words)
    })
    lines.add(';', '')
  })
}

/** `André <andre@vax1.mit.edu>`; without a name the bare address, which needs no angle brackets (RFC 5322 3.4). */
function addMailbox(lines: FieldLines, { name, address, comment }: DraftMailbox, words: WordOptions | undefined): void {
  // An address beyond ASCII is UTF-8 (RFC 6532 3.2). No encoded word may stand in it (RFC 2047 5).
  const spec = utf8Octets(address.replace(/[\x00-\x1f\x7f]/g, ''))
  if (name === '') lines.add(spec)
  else {
    addPhrase(lines, name, words)
    lines.add(`<${spec}>`)
  }
  if (comment !== undefined) addComment(lines, comment, words)
}

const messageId = (id: string): Octets => utf8Octets(id.replace(/[\x00-\x20\x7f]/g, ''))
