/** Opens the workshop over the page, from wherever somebody has a message in hand. It comes when it is first wanted. */
import { mount, unmount } from 'svelte'
import type { Octets } from '../../core/bytes/octets.ts'

let isOpen = false

/** Null: as it was left. */
export async function openWorkshop(letter: { name: string; content: Octets } | null): Promise<void> {
  const [{ default: WorkshopDialog }, { Workshop }] = await Promise.all([
    import('./WorkshopDialog.svelte'),
    import('./workshop.svelte.ts'),
  ])
  if (isOpen) return
  isOpen = true
  const close = () => {
    isOpen = false
    void unmount(dialog)
  }
  const dialog = mount(WorkshopDialog, { target: document.body, props: { workshop: new Workshop(letter), close } })
}
