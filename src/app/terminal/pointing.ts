/** The word at a place of the screen, and what it means. */
import { meaningAt, type Meaning } from '../../core/views/help/meaning.ts'
import type { Listener, Scene } from '../../core/views/help/scene.ts'
import type { Spoken } from '../../core/views/protocols.ts'
import { isKey } from '../../texts/index.ts'
import '../../texts/views/meaning.ts'
import '../../texts/views/terminal.ts'
import type { Pointed } from './screen.ts'

/** The shell's own lines have its prompt; what stands above it may be of any session. */
export function spokenBy(listener: Listener, line: string): Spoken | null {
  if (/^\S+@\S+:\S*[$#] /.test(line)) return null
  if (listener.to === 'content') return 'smtp'
  return listener.to === 'server' ? listener.table.name : null
}

export const pointing = ({ text, index }: Pointed, { listener, known }: Scene): Meaning | null =>
  meaningAt(text, index, { known, spoken: spokenBy(listener, text), has: isKey })
