/** A file becomes an attachment of the letter that is written. */
import { toOctets } from '../../core/bytes/octets.ts'
import type { Translate } from '../../texts/index.ts'
import type { AttachmentForm, Trouble } from './form.ts'

/** What a letter may bring; the host at the other end may take less. */
const MOST = 3_000_000

export async function attachmentOf(given: File, t: Translate): Promise<AttachmentForm | Trouble> {
  const { name, size } = given
  if (size > MOST) {
    const most = t('compose.size', { octets: MOST })
    return { field: 'attachments', key: 'compose.attachment.large', values: { name, most } }
  }
  const octets = toOctets(new Uint8Array(await given.arrayBuffer()))
  const type = /\.eml$/i.test(name) ? 'message/rfc822' : given.type || 'application/octet-stream'
  return { name, type, octets, description: '', inline: false, encoding: '' }
}
