/** How folders are called: those that everybody has by the words of the reader's language, others as they are. */
import type { FolderView } from '../../core/views/mailer.ts'
import type { Translate } from '../../texts/index.ts'

export const folderName = ({ use, label }: FolderView, t: Translate): string =>
  use === null ? label : t(`mailer.folder.${use}`)
