/** The certificate is a page of its own, beside the application: so it can be printed, and nothing else. */
import { mount, unmount } from 'svelte'
import type { LessonEntry } from 'virtual:lessons'
import Certificate from './Certificate.svelte'

export function openCertificate(all: readonly LessonEntry[]): void {
  const before = document.activeElement
  const shown = mount(Certificate, {
    target: document.body,
    props: {
      all,
      close: () => {
        void unmount(shown)
        if (before instanceof HTMLElement) before.focus()
      },
    },
  })
}
