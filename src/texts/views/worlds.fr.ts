/** What is said of worlds of one's own, in French. */
import type { worldsEnglish } from './worlds.en.ts'

export const worldsFrench: Record<keyof typeof worldsEnglish, string> = {
  'worlds.title': 'Mondes à vous',
  'worlds.about':
    'Un monde est un fichier de texte (YAML) qui décrit des machines, des zones, des boîtes aux lettres et des gens. Il reste dans ce navigateur ; un lien ou un fichier l’emporte ailleurs.',
  'worlds.empty': 'Vous n’en avez pas encore.',
  'worlds.memory': 'Ce navigateur ne garde rien : enregistrez vos mondes dans des fichiers.',
  'worlds.list': 'Vos mondes',
  'worlds.play': 'Ouvrir {name}',
  'worlds.play.short': 'Ouvrir',
  'worlds.edit': 'Modifier {name}',
  'worlds.edit.short': 'Modifier',
  'worlds.remove': 'Supprimer {name}',
  'worlds.remove.short': 'Supprimer',
  'worlds.remove.sure': 'Supprimer « {name} » pour de bon ?',
  'worlds.new': 'En écrire un nouveau',
  'worlds.copy': 'Partir de',
  'worlds.copy.none': 'un petit monde',
  'worlds.file': 'Apporter un fichier…',
  'worlds.back': 'À la liste',
  'worlds.text': 'Le monde en texte',
  'worlds.checking': 'Vérification…',
  'worlds.sound':
    'Pas d’erreur : {hosts} {hosts:machine|machines}, {zones} {zones:zone|zones}, {accounts} {accounts:boîte|boîtes} aux lettres.',
  'worlds.errors': '{count} {count:erreur|erreurs}',
  'worlds.errors.more': 'et encore {count}',
  'worlds.error.place': 'ligne {line}, colonne {column}',
  'worlds.keep': 'Garder dans le navigateur',
  'worlds.kept': '« {name} » est gardé.',
  'worlds.kept.other': '« {name} » est gardé. Celui qui portait ce nom est parmi ceux qui ne sont pas gardés.',
  'worlds.drafts': 'Écrits, mais pas gardés',
  'worlds.full': 'Le navigateur n’a plus de place pour lui : enregistrez-le dans un fichier.',
  'worlds.export': 'Enregistrer dans un fichier',
  'worlds.open': 'Garder et ouvrir',
  'worlds.large': 'Un monde a au plus 1 Mo de texte.',
}
