/* What this tablet holds: marks on their way (events), what the server said about them (receipts,
   refusals, the newest head of each skill's chain), the last word on each cell and the last state of each sheet. A mark is here, durably, before the screen says so;
   it leaves `events` only when the server has answered for its key. */

const NAME = 'leitai-judge'
const VERSION = 1
let opening

function openDatabase() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION)
    request.onupgradeneeded = () => {
      const events = request.result.createObjectStore('events', { keyPath: 'n', autoIncrement: true })
      events.createIndex('user', 'user')
      request.result.createObjectStore('receipts', { keyPath: 'key' })
      request.result.createObjectStore('refusals', { keyPath: 'key' }).createIndex('place', 'place')
      request.result.createObjectStore('cells', { keyPath: 'cell' }).createIndex('place', 'place')
      request.result.createObjectStore('states', { keyPath: 'place' })
      request.result.createObjectStore('heads', { keyPath: 'skill' })
      request.result.createObjectStore('signatures', { keyPath: 'id' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opening
}

/* Runs `work` in one transaction; resolves with what it returned once everything is on disk. */
async function transact(stores, mode, work) {
  const database = await openDatabase()
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, mode, { durability: 'strict' })
    let result
    transaction.oncomplete = () => resolve(result instanceof IDBRequest ? result.result : result)
    transaction.onerror = transaction.onabort = () => reject(transaction.error)
    result = work(transaction)
  })
}

/* Service workers, locks and randomUUID need a secure context; a hall's plain http has none. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export function deviceId() {
  let id = localStorage.getItem('leitai-device')
  if (!id) localStorage.setItem('leitai-device', id = uuid())
  return id
}

const placeOf = (mark) => `${mark.user}:${mark.sheet}`
const cellOf = (mark) => `${placeOf(mark)}:${mark.aspect}:${mark.seat}`

/* Adds a mark. One that replaces digits still being tapped (`typing`) takes the place of the unsent
   one of the same cell, so that 1, 2, 3 … 9 is one mark; `busy` names the keys that are on the wire. */
export function addMark(mark, { typing = false, busy = new Set() } = {}) {
  return transact(['events', 'cells'], 'readwrite', (transaction) => {
    const events = transaction.objectStore('events')
    transaction.objectStore('cells').put({ ...mark, cell: cellOf(mark), place: placeOf(mark), status: 'queued' })
    if (!typing) return events.add(mark)
    events.index('user').openCursor(IDBKeyRange.only(mark.user)).onsuccess = ({ target }) => {
      const cursor = target.result
      if (!cursor) return events.add(mark)
      const old = cursor.value
      if (cellOf(old) === cellOf(mark) && old.typing && !busy.has(old.key)) cursor.delete()
      return cursor.continue()
    }
  })
}

export function pendingMarks(user, limit) {
  return transact(['events'], 'readonly', (transaction) => (
    transaction.objectStore('events').index('user').getAll(IDBKeyRange.only(user), limit)
  ))
}

/* How many marks wait here: this judge's, and those of others who used the tablet. */
export async function pendingCount(user) {
  const [mine, all] = await transact(['events'], 'readonly', (transaction) => {
    const store = transaction.objectStore('events')
    return [store.index('user').count(IDBKeyRange.only(user)), store.count()]
  }).then((requests) => requests.map((request) => request.result))
  return { mine, others: all - mine }
}

/* Marks that wait here, as [sheet, how many], whoever of its judges made them: for the tablet's report. */
export async function unsentBySheet() {
  const waiting = await transact(['events'], 'readonly', (transaction) => transaction.objectStore('events').getAll())
  const counted = new Map()
  for (const { sheet } of waiting) counted.set(sheet, (counted.get(sheet) ?? 0) + 1)
  return [...counted].slice(0, 200)
}

export async function newestReceipt() {
  const heads = await transact(['heads'], 'readonly', (transaction) => transaction.objectStore('heads').getAll())
  return heads.sort((one, other) => other.seq - one.seq)[0]
}

/* The newest receipt of a skill: sent with every batch, so that a server that lost it is found out. */
function raiseHead(heads, skill, { seq, hash }) {
  heads.get(skill).onsuccess = ({ target }) => {
    if (!target.result || target.result.seq < seq) heads.put({ skill, seq, hash })
  }
}
export const headOf = (skill) => transact(['heads'], 'readonly', (transaction) => transaction.objectStore('heads').get(skill))

/* Writes down the server's answer for each key; only then the mark leaves the queue. */
export function settle(pairs) {
  const stores = ['events', 'cells', 'receipts', 'refusals', 'heads']
  return transact(stores, 'readwrite', (transaction) => {
    const at = Object.fromEntries(stores.map((name) => [name, transaction.objectStore(name)]))
    const newest = pairs.filter(([, answer]) => answer.seq).sort(([, one], [, other]) => other.seq - one.seq)[0]
    if (newest) raiseHead(at.heads, newest[0].skill, newest[1])
    for (const [mark, answer] of pairs) {
      at.events.delete(mark.n)
      const taken = answer.status === 'accepted' || answer.status === 'replayed'
      if (taken) at.receipts.put({ ...answer, sheet: mark.sheet, aspect: mark.aspect, user: mark.user })
      else at.refusals.put({ ...mark, place: placeOf(mark), code: answer.code, message: answer.message })
      at.cells.get(cellOf(mark)).onsuccess = ({ target }) => {
        const cell = target.result
        if (!cell || cell.key !== mark.key) return
        if (taken) at.cells.put({ ...cell, status: 'saved', seq: answer.seq, saved: answer.server_time })
        else at.cells.delete(cell.cell)
      }
    }
  })
}

const byPlace = (store, user, sheet) => transact([store], 'readonly', (transaction) => (
  transaction.objectStore(store).index('place').getAll(IDBKeyRange.only(`${user}:${sheet}`))
))
export const cellsOf = (user, sheet) => byPlace('cells', user, sheet)
export const refusalsOf = (user, sheet) => byPlace('refusals', user, sheet)

/* The sheet as the server last told it; cells it already counts need no word of ours any more. */
export function keepState(user, sheet, state, known) {
  const place = `${user}:${sheet}`
  return transact(['states', 'cells'], 'readwrite', (transaction) => {
    transaction.objectStore('states').put({ place, ...state })
    const cells = transaction.objectStore('cells')
    for (const cell of known) {
      cells.get(cell.cell).onsuccess = ({ target }) => {
        if (target.result?.status === 'saved' && target.result.key === cell.key) cells.delete(cell.cell)
      }
    }
  })
}
export const stateOf = (user, sheet) => transact(['states'], 'readonly', (transaction) => (
  transaction.objectStore('states').get(`${user}:${sheet}`)
))

export function dismissRefusal(key) {
  return transact(['refusals'], 'readwrite', (transaction) => { transaction.objectStore('refusals').delete(key) })
}

export function keepSignature(receipt) {
  return transact(['signatures'], 'readwrite', (transaction) => { transaction.objectStore('signatures').put(receipt) })
}

/* Ask the browser not to clear us under pressure; the answer is not always yes. */
export async function persist() {
  try {
    return await navigator.storage.persist()
  } catch {
    return false
  }
}
