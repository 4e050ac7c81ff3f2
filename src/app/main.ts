/** The page begins here. */
import '@xterm/xterm/css/xterm.css'
import './style.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { workbench } from './workbench.svelte.ts'

mount(App, { target: document.getElementById('app')! })

// What comes only when it is wanted may not be there any more: without a network, or after an update. Wherever it was wanted.
addEventListener('vite:preloadError', () =>
  workbench.notices.tellOnce('page.missing', {}, { key: 'page.reload', act: () => location.reload() }),
)

// Once it was loaded, the page works without a network.
if (import.meta.env.PROD && 'serviceWorker' in navigator && location.protocol !== 'file:')
  navigator.serviceWorker.register('./sw.js').catch(() => {
    // Where that is forbidden the page needs its network, and nothing else changes.
  })
