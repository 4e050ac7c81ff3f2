/** Where a message is read: what a reader may ask of the world around it. */
import type { Octets } from '../../core/bytes/octets.ts'
import type { ExternalAccess } from '../../core/message/mime/kinds/external-body.ts'
import type { Fetched } from '../../core/world/external.ts'
import type { Keyring } from './keyring.ts'

export interface Circumstances {
  /** Brings what a message/external-body points at. */
  fetch: (where: ExternalAccess) => Fetched
  /** The other messages of the mailbox: the missing pieces of a message/partial may be among them. */
  siblings: readonly Octets[]
  keys: Keyring | null
}
