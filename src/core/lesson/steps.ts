/** A lesson's text in steps: each heading of the second level begins one. Cards and questions stand between its paragraphs. */
import type { Token } from 'marked'
import { cardOf, type SpokenService } from './directives.ts'
import { inlineHtml, lexed, rendered, type Label } from './markdown.ts'

export type Block =
  | { block: 'text'; html: string }
  /** The card of a command, drawn from its table. */
  | { block: 'card'; service: SpokenService; verb: string }
  /** A question of goals.yaml. */
  | { block: 'ask'; id: string }

export interface Step {
  /** HTML; '' for what stands before the first heading. */
  title: string
  blocks: Block[]
}

export function stepsOf(markdown: string, label: Label): Step[] {
  const steps: Step[] = []
  let step: Step = { title: '', blocks: [] }
  let text: Token[] = []
  const endText = () => {
    const html = rendered(text, label)
    if (html.trim() !== '') step.blocks.push({ block: 'text', html })
    text = []
  }
  const endStep = () => {
    endText()
    if (step.title !== '' || step.blocks.length > 0) steps.push(step)
  }
  for (const token of lexed(markdown)) {
    if (token.type === 'heading' && token['depth'] === 2) {
      endStep()
      step = { title: inlineHtml(String(token['text']), label), blocks: [] }
    } else if (token.type === 'block') {
      endText()
      const { name, value } = token as unknown as { name: string; value: string }
      const card = cardOf(value)
      if (name === 'ask') step.blocks.push({ block: 'ask', id: value })
      else if (card) step.blocks.push({ block: 'card', ...card })
    } else text.push(token)
  }
  endStep()
  return steps
}
