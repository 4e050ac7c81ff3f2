/** Worlds of one's own, and those that are being written. */
import { Drafts } from '../drafts.svelte.ts'
import { Shelf } from '../shelf.svelte.ts'

export const shelf = new Shelf('yaml:')

export const drafts = new Drafts('draft-yaml:')
