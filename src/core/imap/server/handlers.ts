/** Which handler does which command. A verb without one does not compile; the greeting is no line to handle. */
import type { Verb } from '../commands.ts'
import { deleteAcl, getAcl, listRights, myRights, setAcl } from './acl.ts'
import { append } from './append.ts'
import { copy, move } from './copy.ts'
import { fetch } from './fetch.ts'
import { create, deleteMailbox, rename, subscribe, unsubscribe } from './folders.ts'
import { done, idle } from './idle.ts'
import { list, lsub, rlist, rlsub, scan } from './list.ts'
import { authenticate, login, response, starttls } from './login.ts'
import { getQuota, getQuotaRoot, setQuota } from './quota.ts'
import { cancelUpdate, search, sort, thread } from './search.ts'
import { close, examine, expunge, select, unselect } from './select.ts'
import { capability, check, enable, id, logout, namespace, noop } from './session-commands.ts'
import { status } from './status.ts'
import { store } from './store.ts'
import type { Handler } from './turn.ts'

export const handlers: { [V in Exclude<Verb, 'greeting'>]: Handler<V> } = {
  CAPABILITY: capability,
  NOOP: noop,
  LOGOUT: logout,
  ID: id,
  STARTTLS: starttls,
  AUTHENTICATE: authenticate,
  response,
  LOGIN: login,
  ENABLE: enable,
  SELECT: select,
  EXAMINE: examine,
  CREATE: create,
  DELETE: deleteMailbox,
  RENAME: rename,
  SUBSCRIBE: subscribe,
  UNSUBSCRIBE: unsubscribe,
  LIST: list,
  LSUB: lsub,
  RLIST: rlist,
  RLSUB: rlsub,
  SCAN: scan,
  STATUS: status,
  APPEND: append,
  NAMESPACE: namespace,
  IDLE: idle,
  DONE: done,
  GETQUOTA: getQuota,
  GETQUOTAROOT: getQuotaRoot,
  SETQUOTA: setQuota,
  GETACL: getAcl,
  SETACL: setAcl,
  DELETEACL: deleteAcl,
  LISTRIGHTS: listRights,
  MYRIGHTS: myRights,
  CHECK: check,
  CLOSE: close,
  UNSELECT: unselect,
  EXPUNGE: expunge,
  SEARCH: search,
  FETCH: fetch,
  STORE: store,
  COPY: copy,
  MOVE: move,
  SORT: sort,
  THREAD: thread,
  CANCELUPDATE: cancelUpdate,
  'UID COPY': copy,
  'UID EXPUNGE': expunge,
  'UID FETCH': fetch,
  'UID MOVE': move,
  'UID SEARCH': search,
  'UID SORT': sort,
  'UID STORE': store,
  'UID THREAD': thread,
}
