/** What is to be played step by step: a piece of a message, and the codec that it went through. */
import type { Codec } from '../../core/message/steps/run.ts'

export interface Steps {
  codec: Codec
  /** As it stands in the message: octets. */
  input: string
  charset: string
  /** What it is, in the reader's language. */
  what: string
}
