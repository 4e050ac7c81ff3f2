/**
 * The views at the right: a row each. The sequence is there from the beginning; the others, with their texts, come when
 * they are first looked at.
 */
import type { Component } from 'svelte'
import type { IconName } from './chrome/icons.ts'
import type { Run } from './run.svelte.ts'
import type { ViewId } from './view-ids.ts'

export interface View {
  id: ViewId
  icon: IconName
  load: () => Promise<{ default: Component<{ run: Run }> }>
}

export const views: readonly View[] = [
  { id: 'sequence', icon: 'sequence', load: () => import('./sequence/SequencePane.svelte') },
  { id: 'network', icon: 'globe', load: () => import('./network/NetworkPane.svelte') },
  { id: 'state', icon: 'fork', load: () => import('./state/StatePane.svelte') },
  { id: 'journey', icon: 'fork', load: () => import('./journey/JourneyPane.svelte') },
  { id: 'queue', icon: 'clock', load: () => import('./queue/QueuePane.svelte') },
  { id: 'mailboxes', icon: 'envelope', load: () => import('./mailboxes/MailboxesPane.svelte') },
  { id: 'mailer', icon: 'pen', load: () => import('./mailer/MailerPane.svelte') },
  { id: 'dns', icon: 'book', load: () => import('./dns/DnsPane.svelte') },
  { id: 'packets', icon: 'copy', load: () => import('./packets/PacketsPane.svelte') },
  { id: 'log', icon: 'terminal', load: () => import('./log/LogPane.svelte') },
]
