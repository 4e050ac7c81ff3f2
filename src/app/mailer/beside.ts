/** The wire is seen beside the program that causes it: where there is room, the sequence takes the second place for views. */
import { layout } from '../layout.svelte.ts'
import { workbench } from '../workbench.svelte.ts'

/** As App.svelte has it: below, views take turns. */
const ROOMY = '(min-width: 1101px)'

export function showWire(): void {
  if (workbench.right !== 'mailer' || layout.alone !== null || !matchMedia(ROOMY).matches) return
  layout.setMore('sequence')
  layout.reveal('more')
}
