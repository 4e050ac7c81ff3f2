/**
 * The reading room: the courses, the glossary, the reference. It lies over the lesson's part of the page; which page of
 * it is open, and at what, stands in the address, for a reload and for links.
 */
import { workbench } from '../workbench.svelte.ts'

export const readingPages = ['courses', 'glossary', 'reference'] as const
export type ReadingPage = (typeof readingPages)[number]

interface Place {
  page: ReadingPage
  /** A course, or a line of it: `000`, `000/318`; a word; a command, code or field: `smtp RCPT`. */
  at: string | null
}

const PARAMETER = 'read'

class Reading {
  place = $state.raw<Place | null>(fromAddress())
  /** Where somebody was, on each page. */
  private readonly left = new Map<ReadingPage, string | null>()

  open(page: ReadingPage, at: string | null = null): void {
    this.go({ page, at })
    workbench.showText()
  }

  /** Goes on where it was left; from the page itself, to its beginning. */
  turn(page: ReadingPage): void {
    this.open(page, this.place?.page === page ? null : (this.left.get(page) ?? null))
  }

  /** What is looked at leads elsewhere: here one comes back to. */
  leave(at: string): void {
    if (this.place) this.left.set(this.place.page, at)
  }

  close(): void {
    this.go(null)
  }

  private go(place: Place | null): void {
    this.place = place
    if (place) this.left.set(place.page, place.at)
    const address = new URL(location.href)
    if (place === null) address.searchParams.delete(PARAMETER)
    else address.searchParams.set(PARAMETER, place.at === null ? place.page : `${place.page}/${place.at}`)
    if (address.href !== location.href) history.replaceState(null, '', address)
  }
}

function fromAddress(): Place | null {
  const wanted = new URLSearchParams(location.search).get(PARAMETER)
  const page = readingPages.find((name) => wanted === name || wanted?.startsWith(`${name}/`))
  return page === undefined ? null : { page, at: wanted!.slice(page.length + 1) || null }
}

export const reading = new Reading()
