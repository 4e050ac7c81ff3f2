/** Small choices (language, colours, speed) in the browser, where it lets us keep them. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`facteur.${name}`)
  } catch {
    return null
  }
}

/** False where it lasts only as long as the page: the storage is blocked or full. */
export function memorize(name: string, value: string): boolean {
  try {
    localStorage.setItem(`facteur.${name}`, value)
    return true
  } catch {
    return false
  }
}

/** All whose names begin so are forgotten. */
export function forget(start: string): void {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(`facteur.${start}`)) localStorage.removeItem(name)
  } catch {
    // Where nothing can be kept there is nothing to forget.
  }
}
