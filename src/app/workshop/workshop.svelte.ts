/** What lies in the workshop: a source that is edited, what it is taken for, and how others would hand it on. */
import type { Octets } from '../../core/bytes/octets.ts'
import { MessageModel } from '../../core/message/mime/model.ts'
import type { Part } from '../../core/message/mime/part.ts'
import type { Problem } from '../../core/message/problems.ts'
import { type Changes, changes } from '../../core/views/changes.ts'
import { editableText, EditedText } from '../../core/views/editable.ts'
import { type MeddlerId, meddlers } from '../../core/views/meddling.ts'
import { type Region, sourceRegions } from '../../core/views/source.ts'
import { moreCharsets } from '../message/charsets.ts'
import { examples, FIRST_EXAMPLE } from './examples.ts'
import { type Kept, memorizeKept, recallKept } from './kept.ts'

/** A source as it was understood. */
export class Understood {
  readonly octets: Octets
  readonly model: MessageModel
  readonly regions: readonly Region[]
  readonly problems: readonly Problem[]

  constructor(octets: Octets) {
    this.octets = octets
    this.model = new MessageModel(octets, moreCharsets)
    this.regions = sourceRegions(this.model.tree.root, moreCharsets)
    this.problems = this.model.problems
  }

  /** Inner regions stand behind those that they lie in. The last octet stands for what is behind the end. */
  innermost(octet: number): number {
    const at = Math.min(octet, this.octets.length - 1)
    return this.regions.findLastIndex(({ from, to }) => from <= at && at < to)
  }

  regionOf(part: Part): number {
    return this.regions.findIndex((region) => region.kind === 'part' && region.part === part)
  }
}

/** So much is understood with every key; more when the hand rests. */
export const AT_ONCE = 20_000
/** And above this, said so, later still. */
export const LARGE = 1_000_000

export class Workshop {
  private others = $state.raw<readonly Kept[]>([])
  name = $state('')
  original = $state.raw<Octets>('')
  text = $state.raw('')
  /** Who hands it on; '' for nobody: the source itself. */
  meddler = $state<MeddlerId | ''>('')
  isKept = $state(true)
  /** Counts what was laid into the workshop: another one is another text field. */
  laid = $state(0)
  /** Which region is lit: where the cursor stands, or what was picked in the tree. */
  lit = $state(-1)
  /** The octet under the cursor. */
  octet = $state(0)

  readonly edited = $derived(new EditedText(this.text))
  /** Null: it is refused. */
  readonly handed = $derived(
    this.meddler === '' ? this.edited.octets : meddlers[this.meddler].apply(this.edited.octets),
  )
  /** What is looked at. */
  readonly shown = $derived(
    this.meddler === '' || this.handed === null ? this.edited : new EditedText(editableText(this.handed)),
  )
  readonly meddled = $derived(
    this.meddler === '' || this.handed === null ? null : changes(this.edited.octets, this.handed),
  )
  understood = $state.raw<Understood>(new Understood(''))
  /** Beside the original. */
  changed = $state.raw<Changes>({ places: [], before: 0, after: 0 })
  readonly isLate = $derived(this.understood.octets !== this.shown.octets)
  readonly isChanged = $derived(this.edited.octets !== this.original)

  constructor(letter: { name: string; content: Octets } | null) {
    this.others = recallKept()
    const [last] = this.others
    if (letter) this.lay(letter.name, letter.content)
    else if (last) this.take(last)
    else this.lay(FIRST_EXAMPLE, examples[FIRST_EXAMPLE]())
  }

  get names(): string[] {
    return [this.name, ...this.others.map(({ name }) => name)]
  }

  /** Another message. What lay there before stays at hand, if something was done to it. */
  lay(name: string, content: Octets): void {
    const known = this.others.find((one) => one.name === name && one.original === content)
    this.putAside()
    this.take(known ?? { name, original: content, text: editableText(content) })
  }

  /** Back to one that was put aside; 0 is the one in hand. */
  takeBack(at: number): void {
    const wanted = this.others[at - 1]
    if (!wanted) return
    this.putAside()
    this.take(wanted)
  }

  private putAside(): void {
    if (this.laid > 0 && this.isChanged) this.others = [this.hand(), ...this.others]
  }

  private take(kept: Kept): void {
    this.others = this.others.filter((one) => one !== kept)
    this.name = kept.name
    this.original = kept.original
    this.text = kept.text
    this.meddler = ''
    this.lit = -1
    this.octet = 0
    this.laid++
    this.changed = changes(this.original, this.edited.octets)
    this.understand()
    this.keep()
  }

  private hand(): Kept {
    return { name: this.name, original: this.original, text: this.text }
  }

  keep(): void {
    this.isKept = memorizeKept([this.hand(), ...this.others])
  }

  understand(): void {
    if (!this.isLate) return
    this.changed = changes(this.original, this.edited.octets)
    this.understood = new Understood(this.shown.octets)
    this.lit = this.understood.innermost(this.octet)
  }

  /** The cursor stands before that octet. */
  stand(octet: number): void {
    this.octet = octet
    this.lit = this.understood.innermost(octet)
  }
}
