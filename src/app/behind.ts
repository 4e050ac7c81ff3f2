/**
 * What the page takes in while one can type already (index.html names it, as it was built): all of it is asked for at once, and
 * begins file by file, each in a task of its own. Where the page was not built, modules come as they are imported.
 *
 * An `await` at the top of those files would say the same, but Safari then runs what imports them too early (WebKit 242740).
 */
import { breath } from './paced.ts'

export async function takeIn(): Promise<void> {
  const behind = document.querySelector<HTMLTemplateElement>('#behind')
  if (!behind) return
  const files = [...behind.content.querySelectorAll<HTMLLinkElement>('[rel=modulepreload]')]
  document.head.append(behind.content)
  for (const { href } of files) {
    await import(/* @vite-ignore */ href).catch(() => {
      // Whoever imports it says so.
    })
    await breath()
  }
}
