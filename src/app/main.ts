/** The page begins here. */
import '@xterm/xterm/css/xterm.css'
import './style.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { workbench } from './workbench.svelte.ts'

/** What stands in index.html is seen first: on a slow machine the page takes a while. A page in the background paints nothing. */
let begun = false
function begin(): void {
  if (begun) return
  begun = true
  const target = document.getElementById('app')!
  target.replaceChildren()
  mount(App, { target, props: { stands: workOffline } })
}
new PerformanceObserver((painted) => {
  if (painted.getEntriesByName('first-contentful-paint').length > 0) begin()
}).observe({ type: 'paint', buffered: true })
setTimeout(begin, document.hidden ? 0 : 1000)

// What comes only when it is wanted may not be there any more: without a network, or after an update. Wherever it was wanted.
addEventListener('vite:preloadError', () =>
  workbench.notices.tellOnce('page.missing', {}, { key: 'page.reload', act: () => location.reload() }),
)

/** Once it was loaded, the page works without a network. What that fetches comes behind what is wanted at once. */
function workOffline(): void {
  if (import.meta.env.PROD && 'serviceWorker' in navigator && location.protocol !== 'file:')
    navigator.serviceWorker.register('./sw.js').catch(() => {
      // Where that is forbidden the page needs its network, and nothing else changes.
    })
}
