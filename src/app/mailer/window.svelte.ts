/** Which mail program is in front, and what is chosen in it. What the programs know lies in the world; this is only the page's. */
import { SvelteMap } from 'svelte/reactivity'
import type { Reference } from '../../core/mua/requests.ts'
import type { Order } from '../../core/views/mailer.ts'
import type { HostName } from '../../core/terms.ts'

export interface MailSeat {
  host: HostName
  user: string
}

class MailWindow {
  /** Whose; null: the first who has one. */
  front = $state.raw<{ host: HostName; address: string } | null>(null)
  order = $state.raw<Order>({ by: 'date', down: true })
  /** The message that is read, for each program. */
  private readonly chosen = new SvelteMap<string, Reference | null>()

  chosenBy({ host, user }: MailSeat): Reference | null {
    return this.chosen.get(`${user}@${host}`) ?? null
  }

  choose({ host, user }: MailSeat, message: Reference | null): void {
    this.chosen.set(`${user}@${host}`, message)
  }
}

export const mailWindow = new MailWindow()
