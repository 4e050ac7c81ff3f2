/** The dialog for worlds of one's own, and the text that is written in it: it stays when the dialog is closed. */
class Opened {
  shown = $state(false)
  /** Null: the list of worlds is shown. */
  text = $state<string | null>(null)
  /** The name it has on the shelf; null where it was not put there yet. */
  name = $state<string | null>(null)
  /** What it is called among those that are not kept; null where nothing was changed yet. */
  draft: string | null = null

  edit(text: string, name: string | null = null, draft: string | null = null): void {
    this.draft = draft
    this.text = text
    this.name = name
    this.shown = true
  }
}

export const opened = new Opened()

/** What a world's text calls it, right or wrong as the rest may be. */
export const nameIn = (text: string): string => /^name:[ \t]*["']?([\w-]{1,60})/m.exec(text)?.[1] ?? 'world'
