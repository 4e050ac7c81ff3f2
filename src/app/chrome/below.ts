/** Puts a menu below what opens it, along one of its sides, and within the page. */
export function below(handle: HTMLElement, menu: HTMLElement, side: 'left' | 'right'): void {
  const { left, right, bottom } = handle.getBoundingClientRect()
  const x = side === 'left' ? Math.min(left, innerWidth - menu.offsetWidth - EDGE) : right - menu.offsetWidth
  menu.style.left = `${Math.max(EDGE, x)}px`
  menu.style.top = `${Math.min(bottom + 4, innerHeight - menu.offsetHeight - EDGE)}px`
}

const EDGE = 8
