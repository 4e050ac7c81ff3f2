/** The page begins here. */
import '@xterm/xterm/css/xterm.css'
import './style.css'
import { mount } from 'svelte'
import App from './App.svelte'

mount(App, { target: document.getElementById('app')! })

// Once it was loaded, the page works without a network.
if (import.meta.env.PROD && 'serviceWorker' in navigator && location.protocol !== 'file:')
  navigator.serviceWorker.register('./sw.js').catch(() => {
    // Where that is forbidden the page needs its network, and nothing else changes.
  })
