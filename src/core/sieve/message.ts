/**
 * What a script's tests see of a message: values of header fields in UTF-8, addresses, the texts of its body. Each is worked
 * out when it is asked for, and once.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { type Mailbox, mailboxesOf, readAddressList } from '../message/address-list.ts'
import { bodyAt, headerFields, withoutBlanks } from '../message/fields.ts'
import { htmlText } from '../message/mime/kinds/html-text.ts'
import { MessageModel } from '../message/mime/model.ts'
import { allParts, isMessage, isMultipart, type Part } from '../message/mime/part.ts'
import { silent } from '../message/problems.ts'
import { decodeWords } from '../message/words.ts'

export class FilteredMessage {
  readonly content: Octets
  private readonly model: MessageModel
  private readonly raw = new Map<string, Octets[]>()
  private readonly decoded = new Map<string, Octets[]>()

  constructor(content: Octets) {
    this.content = content
    this.model = new MessageModel(content)
    for (const { name, value } of headerFields(content)) {
      const lower = name.toLowerCase()
      const values = this.raw.get(lower)
      if (values) values.push(value)
      else this.raw.set(lower, [value])
    }
  }

  /** Unfolded, encoded words decoded, no white space around it (RFC 5228 2.4.2.2, 2.7.2, 5.7). */
  values(name: Octets): readonly Octets[] {
    const lower = name.toLowerCase()
    let values = this.decoded.get(lower)
    if (values === undefined) {
      values = (this.raw.get(lower) ?? []).map((value) => withoutBlanks(utf8Octets(decodeWords(value))))
      this.decoded.set(lower, values)
    }
    return values
  }

  has(name: Octets): boolean {
    return this.raw.has(name.toLowerCase())
  }

  /** Of groups the members; no names (RFC 5228 5.1). */
  mailboxes(name: Octets): Mailbox[] {
    return (this.raw.get(name.toLowerCase()) ?? []).flatMap((value) =>
      mailboxesOf(readAddressList(value, { from: 0, to: value.length }, silent)),
    )
  }

  /** All behind the empty line (RFC 5173 5.1); none where there is no such line (4). */
  rawBody(): Octets[] {
    const { content } = this
    const at = bodyAt(content)
    const none = at === content.length && content !== '\r\n' && !content.endsWith('\r\n\r\n')
    return none ? [] : [content.slice(at)]
  }

  /** The texts that people read: of HTML without its tags (RFC 5173 5.3). */
  bodyTexts(): Octets[] {
    return this.parts().flatMap((part) => {
      if (part.type !== 'text') return []
      const text = this.model.text(part)
      return [utf8Octets(part.subtype === 'html' ? htmlText(text) : text)]
    })
  }

  /** What of the parts of these types can be searched (RFC 5173 5.2). */
  bodyContents(types: readonly Octets[]): Octets[] {
    return this.parts().flatMap((part) => (types.some((type) => isOfType(part, type)) ? this.searched(part) : []))
  }

  private parts(): Part[] {
    return this.rawBody().length === 0 ? [] : [...allParts(this.model.tree.root)]
  }

  /** Of a multipart what stands before and behind its parts; of a message its header; of others all. */
  private searched(part: Part): Octets[] {
    const { content } = this
    if (isMultipart(part) && part.multipart !== null) {
      const { preamble, epilogue } = part.multipart
      return [preamble, epilogue].map((place) => (place === null ? '' : content.slice(place.from, place.to)))
    }
    const [inner] = part.children
    if (isMessage(part) && inner !== undefined) return [content.slice(inner.header.from, inner.header.to)]
    return [part.type === 'text' ? utf8Octets(this.model.text(part)) : this.model.octets(part)]
  }
}

/** `text` or `text/plain`; '' is every type, and what is badly written none. */
function isOfType({ type, subtype }: Part, wanted: Octets): boolean {
  const lower = wanted.toLowerCase()
  return lower === '' || lower === type || lower === `${type}/${subtype}`
}
