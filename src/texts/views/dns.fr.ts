/** What the DNS pane says, in French. */
import { spaced } from '../spaced.ts'
import type { dnsEnglish } from './dns.en.ts'

const french: Record<keyof typeof dnsEnglish, string> = {
  'dns.look': 'Que voir du DNS',
  'dns.zones': 'Zones',
  'dns.lookups': 'Questions',
  'dns.memories': 'Mémoires',
  'dns.text': 'Chercher un nom',
  'dns.zones.about':
    'Ce que répondent les serveurs de chaque zone. Cliquez sur un type pour le demander dans le terminal.',
  'dns.zone': 'Zone {origin}',
  'dns.zone.server': 'sur {server}',
  'dns.zone.servfail': 'son serveur répond SERVFAIL',
  'dns.zone.silence': 'son serveur se tait',
  'dns.name': 'Nom',
  'dns.type': 'Type',
  'dns.data': 'Données',
  'dns.ttl': 'TTL',
  'dns.left': 'Reste',
  'dns.seconds': '{seconds} s',
  'dns.ask': 'Demander {type} de {name}',
  'dns.more': 'et encore {count}',
  'dns.none': 'Rien ne correspond.',
  'dns.zones.empty': 'Ce monde n’a pas de zones.',
  'dns.lookups.empty': 'Personne n’a encore demandé de nom. Essayez dig, host ou telnet dans le terminal.',
  'dns.lookups.list': 'Questions, dans l’ordre où elles ont été posées',
  'dns.earlier': '{count} plus anciennes ne sont pas montrées.',
  'dns.asks': '{host} demande à {server}',
  'dns.knows': '{host} le sait déjà',
  'dns.nobody': '{host} ne trouve personne à qui demander',
  'dns.cached': 'de mémoire',
  'dns.result.found': 'trouvé',
  'dns.result.no-data': 'pas d’enregistrement de ce type',
  'dns.result.nxdomain': 'ce nom n’existe pas (NXDOMAIN)',
  'dns.result.servfail': 'le serveur a échoué (SERVFAIL)',
  'dns.result.timeout': 'pas de réponse',
  'dns.result.refused': 'refusé',
  'dns.result.open': 'pas encore de réponse',
  'dns.memories.about':
    'Ce que les serveurs de noms ont appris des autres, et combien de temps ils peuvent encore s’en souvenir.',
  'dns.memory': 'Ce dont {host} se souvient',
  'dns.memory.empty': 'ne se souvient de rien',
  'dns.any': 'tous',
}

export const dnsFrench = spaced(french)
