/**
 * Tasks: what runs on a host and is not a server (a client, the queue runner, a resolver, a shell command).
 *
 * A task is a generator, so that it reads like the dialogue it speaks. It waits by yielding a `Waiter`: a function that
 * begins to wait, calls `resume` once with what it waited for, and returns a function that gives up waiting. Nothing
 * else is needed: the virtual network and a Node socket both offer waiters, and the same client runs over either.
 */
export type Waiter<T> = (resume: (value: T) => void) => () => void
export type Task<T> = Generator<Waiter<unknown>, T, unknown>

/** The typed way to wait: `const reply = yield* ask(stream.read)`. */
export function* ask<T>(waiter: Waiter<T>): Task<T> {
  return (yield waiter as Waiter<unknown>) as T
}

export interface Running {
  stop(): void
}

/** Runs a task to its end; a waiter that resumes at once does not grow the stack. */
export function run<T>(task: Task<T>, done?: (value: T) => void): Running {
  let giveUp: (() => void) | null = null
  let stopped = false
  const go = (value: unknown) => {
    for (let next = value; !stopped;) {
      const step = task.next(next)
      if (step.done) {
        stopped = true
        done?.(step.value)
        return
      }
      let answered = false
      let waiting = false
      let answer: unknown
      const cancel = step.value((given) => {
        if (answered || stopped) return
        answered = true
        answer = given
        giveUp = null
        if (waiting) go(given)
      })
      waiting = true
      if (!answered) {
        giveUp = cancel
        return
      }
      next = answer
    }
  }
  go(undefined)
  return {
    stop() {
      if (stopped) return
      stopped = true
      giveUp?.()
      task.return(undefined as T)
    },
  }
}

/** Waits for whichever comes first; the others are given up. The answer is `[index, value]`. */
export function first<T>(...waiters: Waiter<T>[]): Waiter<[number, T]> {
  return (resume) => {
    let over = false
    const cancels: (() => void)[] = []
    const end = () => {
      over = true
      for (const cancel of cancels) cancel()
    }
    for (let index = 0; index < waiters.length && !over; index++) {
      cancels.push(
        waiters[index]!((value) => {
          if (over) return
          end()
          resume([index, value])
        }),
      )
    }
    // A waiter that resumed before its `cancel` was known has still to be given up.
    if (over) for (const cancel of cancels) cancel()
    return end
  }
}

/** Waits for `waiter`, but at most for what `alarm` waits; null when the alarm came first. */
export function within<T>(waiter: Waiter<T>, alarm: Waiter<void>): Waiter<T | null> {
  return (resume) => first<T | void>(waiter, alarm)(([index, value]) => resume(index === 0 ? (value as T) : null))
}
