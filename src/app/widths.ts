/** How much room the page has, where that decides what is there at all; what it looks like is said in the styles. */
import { MediaQuery } from 'svelte/reactivity'

/** One part of the page is seen at a time, and one terminal. */
export const narrow = new MediaQuery('max-width: 700px')
/** The parts of the page stand in rows, instead of columns. */
export const compact = new MediaQuery('max-width: 1100px')
/** The bar has no room for the choices: they are in the menu. */
export const narrowBar = new MediaQuery('max-width: 1180px')
