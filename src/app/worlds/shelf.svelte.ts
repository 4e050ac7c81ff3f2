/** Worlds of one's own. */
import { Shelf } from '../shelf.svelte.ts'

export const shelf = new Shelf('yaml:')
