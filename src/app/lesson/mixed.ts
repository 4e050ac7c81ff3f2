/** Answers in an order that says nothing about which is right, and is the same each time. */
export function mixed<Answer>(answers: readonly Answer[], name: string): Answer[] {
  const rank = new Map(answers.map((answer, at) => [answer, hash(`${name} ${at}`)]))
  return [...answers].sort((one, other) => rank.get(one)! - rank.get(other)!)
}

/** 32-bit FNV-1a, its bits stirred once more: names that differ in one digit are far apart. */
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
  sum = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d)
  return (sum ^ (sum >>> 13)) >>> 0
}
