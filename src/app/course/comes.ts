/** What somebody was sent to comes into sight, and is where the keyboard goes on. */
export const comes = (wanted: boolean) => (element: HTMLElement) => {
  if (!wanted) return
  requestAnimationFrame(() => {
    // Only the part that is read moves: to scroll into view would move the page's frame, too.
    const part = element.closest('#side')
    if (part) part.scrollTop += element.getBoundingClientRect().top - part.getBoundingClientRect().top - ABOVE
    element.tabIndex = -1
    element.focus({ preventScroll: true })
  })
}

const ABOVE = 12
