/**
 * What holds of every message that was taken apart, whatever its octets: each place lies where it must, and the pieces
 * put behind each other are the source again.
 */
import { allParts, type MessageTree, type Part } from '../../src/core/message/mime/part.ts'
import type { Place } from '../../src/core/message/place.ts'

/** What does not hold; empty where all is well. */
export function broken({ root, problems }: MessageTree, source: string): string[] {
  const found: string[] = []
  const check = (holds: boolean, what: string, place: Place) => {
    if (!holds && found.length < 20) found.push(`${what} at ${place.from}-${place.to}`)
  }
  check(root.place.from === 0 && root.place.to === source.length, 'the root is not the whole source', root.place)
  check(root.parent === null, 'the root has a parent', root.place)
  for (const problem of problems) {
    check(0 <= problem.from && problem.from <= problem.to && problem.to <= source.length, problem.key, problem)
  }
  const numbers = new Set<string>()
  for (const part of allParts(root)) {
    const { place, header, body, fields } = part
    check(header.from === place.from && header.to === body.from && body.to === place.to, 'header and body', place)
    check(header.from <= header.to && body.from <= body.to, 'turned round', place)
    check(part.size === body.to - body.from, 'size', body)
    check(part.lines >= 0 && part.lines <= part.size, 'lines', body)
    if (part.number !== null) {
      check(!numbers.has(part.number), `number ${part.number} twice`, place)
      numbers.add(part.number)
    }
    let at = header.from
    for (const field of fields) {
      check(field.from === at && field.to <= header.to, `field ${field.name} is not behind the one before`, field)
      check(field.from < field.value.from && field.value.to <= field.to, `value of ${field.name}`, field.value)
      check(source.startsWith(field.name, field.from), `name ${field.name}`, field)
      at = field.to
    }
    at = body.from
    const pieces = piecesOf(part)
    for (const piece of pieces) {
      check(piece.from === at && piece.to >= piece.from, 'a piece is not behind the one before', piece)
      at = piece.to
    }
    if (pieces.length > 0) check(at === body.to, 'the pieces end too early', body)
    for (const child of part.children) check(child.parent === part, 'another parent', child.place)
    for (const delimiter of part.multipart?.delimiters ?? []) {
      const { text } = delimiter
      check(delimiter.from <= text.from && text.to <= delimiter.to, 'text of a delimiter', delimiter)
      const written = `--${part.multipart!.boundary}${delimiter.closing ? '--' : ''}`
      check(source.slice(text.from, text.to) === written, `not ${written}`, text)
    }
  }
  if (rebuilt(root, source) !== source) found.push('the pieces are not the source')
  return found
}

/** What the body of a part that holds others is made of, in order. */
function piecesOf({ multipart, children }: Part): Place[] {
  if (multipart === null) return children.map(({ place }) => place)
  const { preamble, delimiters, epilogue } = multipart
  const pieces = preamble === null ? [] : [preamble]
  delimiters.forEach((delimiter, k) => {
    pieces.push(delimiter)
    if (!delimiter.closing && children[k] !== undefined) pieces.push(children[k].place)
  })
  if (epilogue !== null) pieces.push(epilogue)
  return pieces
}

/** Headers, leaves, delimiters and what stands around them, one behind the other. */
function rebuilt(part: Part, source: string): string {
  const slice = ({ from, to }: Place) => source.slice(from, to)
  const head = slice(part.header)
  const pieces = piecesOf(part)
  if (pieces.length === 0) return head + slice(part.body)
  const children = new Map(part.children.map((child): [Place, Part] => [child.place, child]))
  return (
    head + pieces.map((piece) => (children.has(piece) ? rebuilt(children.get(piece)!, source) : slice(piece))).join('')
  )
}
