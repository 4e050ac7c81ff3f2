/** The parts of the page that come while one can type already: a chunk of their own. */
export { default as Borders } from './chrome/Borders.svelte'
export { default as LeftPane } from './lesson/LeftPane.svelte'
export { default as MiddlePane } from './terminal/TerminalPane.svelte'
export { default as RightPane } from './RightPane.svelte'
export { default as TimeLine } from './chrome/TimeLine.svelte'

// A link that is put into the address of a page that is open changes no more than what stands behind its #: it is opened as ever.
addEventListener('hashchange', () => {
  if (/^#(moment|lesson)=/.test(location.hash)) location.reload()
})
