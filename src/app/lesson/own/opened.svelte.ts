/** The dialog for lessons of one's own, and the one that is written in it: it stays when the dialog is closed. */
import type { LessonFiles } from '../../../core/lesson/own.ts'

class Opened {
  shown = $state(false)
  /** Null: the list of lessons is shown. */
  files = $state.raw<LessonFiles | null>(null)
  name = $state('')
  /** The name it has on the shelf; null where it was not put there yet. */
  kept = $state<string | null>(null)
  /** What it is called among those that are not kept; null where nothing was changed yet. */
  draft: string | null = null
  /** What there is to say of what was brought in: a key of a text, and its values. */
  said = $state.raw<{ key: string; values?: Readonly<Record<string, string | number>> } | null>(null)

  edit(name: string, files: LessonFiles, kept: string | null = null, draft: string | null = null): void {
    this.draft = draft
    this.name = name
    this.files = files
    this.kept = kept
    this.said = null
    this.shown = true
  }
}

export const ownLessons = new Opened()
