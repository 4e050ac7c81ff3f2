/** The wire is seen beside the program that causes it: where there is room, the sequence takes the second place for views. */
import { layout } from '../layout.svelte.ts'
import { compact } from '../widths.ts'
import { workbench } from '../workbench.svelte.ts'

export function showWire(): void {
  if (workbench.right !== 'mailer' || layout.alone !== null || compact.current) return
  layout.setMore('sequence')
  layout.reveal('more')
}
