/** The host whose queue, log, mailboxes or zones somebody wants to see: the view that shows them begins there. */
import { untrack } from 'svelte'

/** Who has not come there by then has gone elsewhere. */
const PATIENCE = 1500

class AtHost {
  host = $state<string | null>(null)

  wish(host: string): void {
    this.host = host
    setTimeout(() => this.met(host), PATIENCE)
  }

  met(host: string): void {
    if (this.host === host) this.host = null
  }
}

export const atHost = new AtHost()

/** The heading of what a host has: it is brought into sight where that is wished. */
export function headsHost(heading: HTMLElement, host: string): void {
  $effect(() => {
    if (atHost.host !== host) return
    untrack(() => atHost.met(host))
    // Behind whatever else the view scrolls to when it comes.
    requestAnimationFrame(() => {
      heading.scrollIntoView({ block: 'start' })
      heading.tabIndex = -1
      heading.focus({ preventScroll: true })
    })
  })
}
