/** Which mail program is in front, and what is chosen in it. What the programs know lies in the world; this is only the page's. */
import { SvelteMap } from 'svelte/reactivity'
import type { Reference } from '../../core/mua/requests.ts'
import type { Order } from '../../core/views/mailer.ts'
import type { HostName } from '../../core/terms.ts'

export interface MailSeat {
  host: HostName
  user: string
  /** In a browser, at the webmail of that host. */
  web?: HostName
}

const keyOf = ({ host, user, web }: MailSeat): string => `${user}@${host} ${web ?? ''}`

class MailWindow {
  /** Whose; null: the first who has one. */
  front = $state.raw<{ host: HostName; address: string } | null>(null)
  /** At the webmail, where there is one. */
  inBrowser = $state(false)
  order = $state.raw<Order>({ by: 'date', down: true })
  /** The message that is read, for each program. */
  private readonly chosen = new SvelteMap<string, Reference | null>()

  chosenBy(seat: MailSeat): Reference | null {
    return this.chosen.get(keyOf(seat)) ?? null
  }

  choose(seat: MailSeat, message: Reference | null): void {
    this.chosen.set(keyOf(seat), message)
  }
}

export const mailWindow = new MailWindow()
