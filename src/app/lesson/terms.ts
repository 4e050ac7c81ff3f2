/** A word of the glossary, explained where it stands. */
import { mount, unmount } from 'svelte'
import Term from './Term.svelte'

/** `at`: the word, which has the keyboard again afterwards. */
export function explain(id: string, at: HTMLElement): void {
  const shown = mount(Term, {
    target: document.body,
    props: {
      id,
      place: at.getBoundingClientRect(),
      close: () => {
        void unmount(shown)
        at.focus()
      },
    },
  })
}
