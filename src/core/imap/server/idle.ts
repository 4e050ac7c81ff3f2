/** IDLE and its DONE (RFC 2177): until then the server tells what happens as it happens. */
import type { Handler } from './turn.ts'

export const idle: Handler<'IDLE'> = (turn, reader) => {
  reader.end()
  turn.backend.heed(true)
  return { outcome: 'idling' }
}

export const done: Handler<'DONE'> = ({ session, backend }, { text }) => {
  backend.heed(false)
  const selected = session.view !== null
  if (text.trim().toUpperCase() === 'DONE') return { outcome: selected ? 'toSelected' : 'toAuthenticated' }
  return { outcome: selected ? 'notDoneSelected' : 'notDoneAuthenticated' }
}
