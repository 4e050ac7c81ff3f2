/** Small choices (language, colours, speed) in the browser, where it lets us keep them. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`facteur.${name}`)
  } catch {
    return null
  }
}

export function memorize(name: string, value: string): void {
  try {
    localStorage.setItem(`facteur.${name}`, value)
  } catch {
    // Blocked or full: the choice lasts as long as the page.
  }
}
