/**
 * The parts of a message and how IMAP numbers them (RFC 3501 6.4.5): who has the structure knows what to fetch, and need not
 * fetch an attachment to show a text.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { PartStructure, Structure } from '../../message/mime/structure.ts'

export interface NumberedPart {
  section: Octets
  part: PartStructure
}

/** Every part that holds something of its own, in the order of the message; a message within has its parts behind it. */
export function partsOf(structure: Structure): NumberedPart[] {
  const parts: NumberedPart[] = []
  collect(structure, '', parts)
  return parts
}

/** `path` is that of the message or multipart around it, with its dot. */
function collect(structure: Structure, path: Octets, parts: NumberedPart[]): void {
  if (structure.kind === 'multipart')
    structure.parts.forEach((part, index) => {
      if (part.kind === 'multipart') collect(part, `${path}${index + 1}.`, parts)
      else single(part, `${path}${index + 1}`, parts)
    })
  // A message that is no multipart has one part, 1.
  else single(structure, `${path}1`, parts)
}

function single(part: PartStructure, section: Octets, parts: NumberedPart[]): void {
  parts.push({ section, part })
  if (part.message) collect(part.message.structure, `${section}.`, parts)
}

/** The text that a list or a small screen shows: the first plain one, else the first of any kind; no attachment. */
export function textPart(structure: Structure): NumberedPart | null {
  const texts = partsOf(structure).filter(({ part }) => part.type === 'TEXT' && part.disposition?.type !== 'ATTACHMENT')
  return texts.find(({ part }) => part.subtype === 'PLAIN') ?? texts[0] ?? null
}
