/** A lesson to begin from: well-formed, and its solution still meets nothing. */

/** Its files by name. `id`: 02-part/03-name. */
export function lessonTemplate(id: string): Record<string, string> {
  const name = id.replace(/^.*\//, '').replace(/^\d+-/, '')
  return {
    'index.fr.md': page(
      {
        title: 'Le titre',
        summary: 'Une phrase qui dit de quoi il s’agit.',
        learned: 'Ce que l’on sait à la fin, la règle, en deux ou trois phrases.',
        why: 'Pourquoi voudrait-on savoir cela ? Deux phrases. Vous êtes Alice.',
        step: 'Se présenter',
        first: 'Ouvrez la connexion',
        then: 'Dites votre nom',
        last: 'Relire',
        told: 'Ce que l’on a vu, et où le lire (RFC 5321, section 4.1.1.1).',
      },
      true,
    ),
    'index.en.md': page(
      {
        title: 'The title',
        summary: 'One sentence that says what it is about.',
        learned: 'What one knows at the end, the rule, in two or three sentences.',
        why: 'Why would one want to know this? Two sentences. You are Alice.',
        step: 'Introduce yourself',
        first: 'Open the connection',
        then: 'Say your name',
        last: 'Look back',
        told: 'What there was to see, and where to read it (RFC 5321, section 4.1.1.1).',
      },
      false,
    ),
    'goals.yaml': goals,
    'world.yaml': world(name),
    'solution.txt':
      '# What the learner does. Whatever > says must be printed: npm run lesson -- play shows it.\nhost: pc-alice.rennes.example\n\n',
    'wrong-port.txt': `# A likely mistake, and why it is one: telnet's own port, where nobody listens.
host: pc-alice.rennes.example

$ telnet mx1.rennes.example
> telnet: Unable to connect to remote host: Connection refused
`,
    'wrong-no-name.txt': `# Another one: HELO wants a name.
host: pc-alice.rennes.example

$ telnet mx1.rennes.example 25
> 220 ...
$ HELO
> 501 ...
$ QUIT
> 221 ...
`,
  }
}

interface Words {
  title: string
  summary: string
  learned: string
  why: string
  step: string
  first: string
  then: string
  last: string
  told: string
}

/** French sets a no-break space before these. */
const colon = (french: boolean) => (french ? '\u00a0:' : ':')

const page = ({ title, summary, learned, why, step, first, then, last, told }: Words, french: boolean): string => `---
title: ${title}
summary: ${summary}
learned: ${learned}
panes: [terminal, sequence, mailboxes, people]
---

${french ? why.replace(/ (?=[?!:;])/g, '\u00a0') : why}

## 1. ${step}

${first}${colon(french)} [[do: telnet mx1.rennes.example 25]]

${then}${colon(french)} [[do: HELO pc-alice.rennes.example]]

## 2. ${last}

${told}
`

const goals = `minutes: 10
read: [RFC 5321 4.1.1.1]
goals:
  - id: hello
    text:
      fr: Le serveur connaît votre nom (\`250\`).
      en: The server knows your name (\`250\`).
    when: { reply: { code: 250, verb: HELO, host: mx1.rennes.example } }
    hints:
      - fr: 'Ce qui s’est passé, ou ce qui est demandé.'
        en: 'What has happened, or what is wanted.'
      - fr: 'La grammaire\u00a0: \`HELO SP Domain CRLF\`.'
        en: 'The grammar: \`HELO SP Domain CRLF\`.'
      - fr: 'Tapez [[do: HELO pc-alice.rennes.example]].'
        en: 'Type [[do: HELO pc-alice.rennes.example]].'
`

const world = (name: string) => `# A laptop, its mail server, its name server.
name: ${name}
title: { fr: Le monde, en: The world }
epoch: '2026-09-07T08:00:00Z'
zone: +0200 (CEST)
hosts:
  pc-alice.rennes.example:
    address: 192.0.2.20
    organisation: rennes.example
    roles: [laptop, mua]
    resolver: dns.rennes.example
  mx1.rennes.example:
    address: 192.0.2.10
    organisation: rennes.example
    roles: [mx, mda]
    resolver: dns.rennes.example
    services: { smtp: {} }
    mail: { domains: [rennes.example] }
  dns.rennes.example:
    address: 192.0.2.53
    organisation: rennes.example
    roles: [dns]
zones:
  rennes.example:
    server: dns.rennes.example
    records:
      - '@ MX 10 mx1'
      - 'mx1 A 192.0.2.10'
      - 'pc-alice A 192.0.2.20'
      - 'dns A 192.0.2.53'
accounts:
  - { address: alice@rennes.example, password: tournesol, name: Alice Martin, host: mx1.rennes.example }
people:
  - { name: Alice Martin, host: pc-alice.rennes.example, account: alice@rennes.example }
`
