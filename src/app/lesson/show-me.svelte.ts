/** “Show me”: the solution types itself into the real terminal, slowly; it can be paused, and stopped. */
import type { Lesson } from '../../core/lesson/lesson.ts'

class ShowMe {
  state = $state<'off' | 'typing' | 'paused'>('off')
  /** Steps of the solution that were taken, of so many. */
  at = $state(0)
  of = $state(0)

  get on(): boolean {
    return this.state !== 'off'
  }

  async start(lesson: Lesson): Promise<void> {
    if (this.on) return
    this.state = 'typing'
    this.at = 0
    const { perform } = await import('./typist.ts')
    await perform(lesson, this).finally(() => this.stop())
  }

  pause(): void {
    if (this.on) this.state = this.state === 'paused' ? 'typing' : 'paused'
  }

  stop(): void {
    this.state = 'off'
  }
}

export const showMe = new ShowMe()
