/** Every dialogue of this folder, over the simulated network. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Engine } from '../../src/core/engine.ts'
import { imapServer } from '../../src/core/imap/server.ts'
import { failureText } from '../../src/core/lesson/script-run.ts'
import { pop3Server } from '../../src/core/pop3/server.ts'
import { smtpServer } from '../../src/core/smtp/server.ts'
import { play, readScript, scriptFiles } from './scripts.ts'

function cloning<State extends object, Backend>(engine: Engine<State, Backend>): void {
  const { step } = engine
  vi.spyOn(engine, 'step').mockImplementation((session, ...rest) => {
    Object.assign(session, structuredClone(session))
    step.call(engine, session, ...rest)
  })
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(scriptFiles)('%s', (file) => {
  const script = readScript(file)

  test('names its source, and says something', () => {
    expect(script.source).not.toBeNull()
    expect(script.steps.length).toBeGreaterThan(1)
  })

  test('goes as it says', () => {
    expect(failureText(play(script).result)).toBe('')
  })

  test('goes on from a clone of the server’s state at every step', () => {
    cloning(smtpServer)
    cloning(pop3Server)
    cloning(imapServer)
    expect(failureText(play(script).result)).toBe('')
  })
})

test('a script that is not as it says fails, with its place', () => {
  const script = readScript(scriptFiles[0]!)
  const at = script.steps.findIndex(({ step }) => step === 'hear')
  const steps = script.steps.map((step, index) =>
    index === at && step.step === 'hear' ? { ...step, reply: ['299 something else'] } : step,
  )
  expect(failureText(play({ ...script, steps }).result)).toContain(
    `${script.file}:${script.steps[at]!.line}\n  expected: 299 something else\n  got:      `,
  )
})
