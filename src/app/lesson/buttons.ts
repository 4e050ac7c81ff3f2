/** What the buttons in a lesson's text do: its HTML says only what they name. */
import { lessons } from 'virtual:lessons'
import { isViewId } from '../view-ids.ts'
import { workbench } from '../workbench.svelte.ts'
import { openWorkshop } from '../workshop/open.ts'

export function follow(event: MouseEvent): void {
  const at = event.target instanceof Element ? event.target.closest<HTMLElement>('button, a') : null
  if (!at) return
  const { do: command, type, see, at: host, skip, term } = at.dataset
  if (command !== undefined) workbench.enter(command)
  else if (type !== undefined) void workbench.paste.take(`${type}\n`)
  else if (see !== undefined) look(see)
  else if (host !== undefined) sit(host)
  else if (skip !== undefined) workbench.run?.skip()
  else if (term !== undefined) void import('./terms.ts').then(({ explain }) => explain(term, at))
  else if (at instanceof HTMLAnchorElement && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    // A link to another lesson needs no new page.
    const id = /^\?lesson=([\w/-]+)$/.exec(at.getAttribute('href') ?? '')?.[1]
    const lesson = lessons.find((other) => other.id === id)
    if (!lesson) return
    event.preventDefault()
    void workbench.open({ ...workbench.place, lesson })
  }
}

function look(view: string): void {
  if (view === 'workshop') void openWorkshop(null)
  else if (isViewId(view)) workbench.show(view)
}

/** At the terminal of who has their place there; else as a guest. */
function sit(host: string): void {
  const person = workbench.run?.sim.file.people.find((other) => other.host === host)
  if (person) workbench.sitAs(person)
  else workbench.sit(host, 'guest')
}
