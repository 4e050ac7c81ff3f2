/** The scenarios, in French. */
import { spaced } from '../spaced.ts'
import type { english } from './scenarios.en.ts'

export const french: Record<keyof typeof english, string> = spaced({
  'scenario.intro':
    'Chacun se joue d’un clic et se regarde depuis le début : en avant, en arrière, à toute allure. On peut repartir de n’importe quel moment.',
  'scenario.direct': 'Tout droit',
  'scenario.direct.text': 'Par le MX du domaine jusqu’à sa machine, et la lettre y est.',
  'scenario.relay': 'Un relais en deux temps',
  'scenario.relay.text': 'D’une organisation à l’autre : MSA, MX, boîte, et un champ Received à chaque étape.',
  'scenario.fallback': 'Le premier MX est en panne',
  'scenario.fallback.text': 'Le second prend le courrier, le garde, et le remet quand le premier revient.',
  'scenario.queue': 'File d’attente et nouveaux essais',
  'scenario.queue.text': 'Une machine ne répond pas : le message attend, et est réessayé, de plus en plus tard.',
  'scenario.bounce': 'Un retour',
  'scenario.bounce.text': 'Personne n’a ce nom là-bas : l’auteur l’apprend, de la part de <>.',
  'scenario.loop': 'Une boucle',
  'scenario.loop.text': 'Ines renvoie son courrier à Bruno, Bruno le sien à Ines : comment cela finit.',
  'scenario.list': 'Une liste de diffusion',
  'scenario.list.text': 'Une lettre en devient une par membre ; le propriétaire reçoit ce qui n’est pas remis.',
  'scenario.open-relay': 'Pour qui une machine relaie',
  'scenario.open-relay.text': 'Un spammeur est refusé ; quelqu’un de la maison ne l’est pas.',
  'scenario.forged': 'Un expéditeur forgé',
  'scenario.forged.text': 'HELO ment, MAIL ment, From ment ; seule l’adresse dans Received ne ment pas.',
  'scenario.greylist': 'La liste grise',
  'scenario.greylist.text': 'Un inconnu est prié de revenir, et revient.',
  'scenario.pop': 'Supprimer par POP',
  'scenario.pop.text': 'Marqué, démarqué, marqué de nouveau ; supprimé seulement par QUIT.',
  'scenario.two-imap': 'Deux clients IMAP',
  'scenario.two-imap.text': 'Ce que l’un supprime, l’autre l’apprend pendant qu’il attend dans IDLE.',
  'scenario.tls': 'Une oreille indiscrète',
  'scenario.tls.text': 'Les mêmes mots avant et après STARTTLS, tels qu’ils passent sur le fil.',
  'scenario.eight-bit': 'Huit bits dans sept',
  'scenario.eight-bit.text':
    'Une machine soigneuse code la lettre ; une autre l’envoie à une machine qui coupe le bit.',
  'scenario.gateway': 'Une passerelle',
  'scenario.gateway.text': 'Une lettre devient un mémo du monde X.400 ; un mémo revient en lettre.',
  'scenario.filter': 'Un filtre',
  'scenario.filter.text': 'Ines fait trier son courrier : l’urgent est marqué, et Bruno le reçoit aussi.',
})
