/** A small world to begin one's own with: two hosts, two people, and a comment at each part. */
export const beginning = (language: 'en' | 'fr'): string => (language === 'fr' ? FRENCH : ENGLISH)

const world = (
  say: (english: string, french: string) => string,
) => `# ${say('A world of your own.', 'Un monde à vous.')}
name: mine
title: { en: A world of my own, fr: Un monde à moi }
epoch: "2026-09-07T08:00:00Z"     # ${say('when it begins', 'quand il commence')}
zone: "+0200"

# ${say('Machines: addresses come from the ranges for documentation.', 'Les machines : leurs adresses viennent des plages de documentation.')}
hosts:
  mail.ici.example:
    address: 192.0.2.10
    organisation: ici.example
    roles: [mx, mda, dns]
    resolver: mail.ici.example
    services: { smtp: {}, pop3: {}, imap: {} }
    mail: { domains: [ici.example] }
  pc.ici.example:
    address: 192.0.2.20
    organisation: ici.example
    roles: [laptop]
    resolver: mail.ici.example

# ${say('The DNS: records as a zone file writes them.', 'Le DNS : les enregistrements comme dans un fichier de zone.')}
zones:
  ici.example:
    server: mail.ici.example
    records:
      - '@ MX 10 mail'
      - 'mail A 192.0.2.10'
      - 'pc A 192.0.2.20'

# ${say('Mailboxes; no real password here.', 'Les boîtes aux lettres ; pas de vrai mot de passe ici.')}
accounts:
  - { address: jean@ici.example, password: cerise, name: Jean Petit, host: mail.ici.example }
  - { address: zoe@ici.example, password: pomme, name: Zoé Grand, host: mail.ici.example }

# ${say('Who sits where.', 'Qui est assis où.')}
people:
  - { name: Jean, host: pc.ici.example, account: jean@ici.example }
`

const ENGLISH = world((english) => english)
const FRENCH = world((_english, french) => french)
