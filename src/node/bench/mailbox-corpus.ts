/**
 * A mailbox as people have it: 10,000 messages of 7.6 kB on the average, 76 MB in all: threads of several answers, texts in
 * ASCII, UTF-8 and quoted-printable, some with a picture in base64. The same ones each time.
 */
const WORDS = (
  'facteur lettre boîte relais serveur protocole réponse commande message réseau cours université adresse nom domaine ' +
  'paquet clef texte ligne octet file bureau poste courrier étudiant exercice demain lundi réunion rapport jardin'
).split(' ')

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A small generator of its own: benches must not depend on the core's. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 0x1_0000_0000
  }
}

/** Octets as a string of characters 0 to 255. */
export function mailbox(count: number): string[] {
  const random = chance(42)
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]!
  const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
  const sentence = (words: number) => Array.from({ length: words }, () => pick(WORDS)).join(' ')
  const paragraph = (octets: number) => {
    let text = ''
    while (text.length < octets) text += `${latin1(sentence(9))}.\r\n`
    return text
  }
  const picture = (octets: number) => {
    let text = ''
    while (text.length < octets)
      text += `${Buffer.from(Array.from({ length: 57 }, () => Math.floor(random() * 256))).toString('base64')}\r\n`
    return text
  }
  // What does not differ from message to message need not be made each time.
  const texts = Array.from({ length: 40 }, (_, at) => paragraph(1500 + at * 120))
  const pictures = Array.from({ length: 20 }, (_, at) => picture(7500 + at * 500))
  const messages: string[] = []
  for (let at = 0; at < count; at++) {
    const answers = at > 10 && random() < 0.6 ? Math.floor(random() * at) : null
    const subject = `${answers === null ? '' : 'Re: '}${sentence(4)} ${at % 97}`
    const encoded = /[^ -~]/.test(subject) ? `=?UTF-8?B?${Buffer.from(subject).toString('base64')}?=` : subject
    const day = 1 + (at % 28)
    const header = [
      `Return-Path: <p${at % 50}@rennes.example>`,
      `Received: from pc${at % 50}.rennes.example (pc${at % 50}.rennes.example [192.0.2.${at % 250}]) by mx.rennes.example (Facteur) with ESMTPSA id Q${at} for <alice@rennes.example>; ${day} Sep 2026 08:00:00 +0200`,
      `From: "Personne ${at % 50}" <p${at % 50}@rennes.example>`,
      `To: Alice Martin <alice@rennes.example>, Bob <bob@lyon.example>`,
      `Subject: ${encoded}`,
      `Date: Mon, ${day} ${MONTHS[at % 12]} ${2000 + (at % 26)} ${String(at % 24).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:07 +0200`,
      `Message-ID: <m${at}@rennes.example>`,
      ...(answers === null
        ? []
        : [`In-Reply-To: <m${answers}@rennes.example>`, `References: <m${answers}@rennes.example>`]),
      'MIME-Version: 1.0',
    ]
    const text = texts[Math.floor(random() * texts.length)]!
    if (at % 4 === 0)
      messages.push(
        [
          ...header,
          `Content-Type: multipart/mixed; boundary="b${at}"`,
          '',
          `--b${at}`,
          'Content-Type: text/plain; charset=utf-8',
          'Content-Transfer-Encoding: 8bit',
          '',
          `needle${at % 1000} ${text}`,
          `--b${at}`,
          `Content-Type: image/png; name="photo${at}.png"`,
          'Content-Transfer-Encoding: base64',
          `Content-Disposition: attachment; filename="photo${at}.png"`,
          '',
          pictures[Math.floor(random() * pictures.length)]!,
          `--b${at}--`,
          '',
        ].join('\r\n'),
      )
    else
      messages.push(
        [
          ...header,
          'Content-Type: text/plain; charset=utf-8',
          'Content-Transfer-Encoding: 8bit',
          '',
          `needle${at % 1000} ${text}`,
        ].join('\r\n'),
      )
  }
  return messages
}
