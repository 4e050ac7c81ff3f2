/**
 * What a line that is being typed is typed to, and what its writer could know: all that help at the prompt is made of. The
 * page puts it together; everything else in this folder is a function of it.
 */
import type { ProtocolTable } from '../protocols.ts'

export type Listener =
  | { to: 'shell' }
  | { to: 'telnet' }
  /** A server: the line is a command. */
  | {
      to: 'server'
      table: ProtocolTable
      state: string
      capabilities: readonly string[] | null
      /** Commands heard so far: the next tag follows from it. */
      heard: number
    }
  /** Lines of a message, in its header or behind it. */
  | { to: 'content'; header: boolean }
  /** A program, a password, an exchange: nothing is known of what could be said, or nothing may be shown. */
  | { to: 'nobody' }

export interface KnownHost {
  readonly name: string
  readonly address: string
  readonly ports: readonly number[]
}

export interface Known {
  readonly hosts: readonly KnownHost[]
  /** Domains that take mail or have a zone. */
  readonly domains: readonly string[]
  /** Mail addresses, and whose they are. */
  readonly people: readonly { readonly address: string; readonly name: string }[]
  /** The machine that one sits at, and one's own address. */
  readonly here: string
  readonly own: string | null
  /** Mailboxes of whoever has logged in, and how many messages are in the one that is open. */
  readonly mailboxes: readonly string[]
  readonly messages: number
  /** Mechanisms that the server has told. */
  readonly mechanisms: readonly string[]
  /** Files that lie at home. */
  readonly files: readonly string[]
}

export interface Scene {
  readonly listener: Listener
  readonly known: Known
}

/** A text by its key, and what is filled in. */
export interface Why {
  readonly key: string
  readonly values?: Readonly<Record<string, string | number>>
}

/** Something that could stand here, and why. */
export interface Option {
  readonly text: string
  readonly why: Why
}

/** What begins at `from`, and what could stand there. */
export interface Found {
  from: number
  options: Option[]
}

export const option = (text: string, key: string, values?: Why['values']): Option => ({
  text,
  why: values ? { key, values } : { key },
})
