/* The sheet page: every tap becomes a mark in the queue at once; the rows follow what is on disk here
   and what the server has answered. */

import { currentOf, paintIndex, paintRow } from './cell.js'
import { createKeypad } from './keypad.js'
import { createLink } from './link.js'
import { createQueue } from './queue.js'
import { createSession } from './session.js'
import { register } from './shell.js'
import { cellsOf, dismissRefusal, keepState, persist, refusalsOf, stateOf } from './store.js'
import { askReason, faultsOf, linesOf } from './faults.js'
import { createGroup, paintAgainst, paintCompany } from './group.js'
import { openHelp } from './help.js'
import { createPresence } from './presence.js'
import { pageFacts, clock, fill, icon } from './words.js'

const page = pageFacts('sheet-page')
const sign = { url: page.urls.review, text: page.words.reviewAndSign }
const rows = new Map()
const elementOf = (code) => document.querySelector(`[data-aspect="${CSS.escape(code)}"]`)
for (const code of Object.keys(page.aspects)) rows.set(code, { current: null, refusals: [] })

const link = createLink({ page, pill: document.querySelector('.pill'), nudged })
const session = createSession({ page, resumed: () => { queue.flush(); fetchState() } })
const presence = createPresence({ page, told: (lines) => paintCompany(lines, page), lost: () => link.lost() })
const queue = createQueue({ page, link, changed: repaint, answered: look, signIn: session.ask, emptied: presence.say })
const group = createGroup({ page, changed: repaint })
const keypad = createKeypad(document.querySelector('[data-keypad]'), page)

/* ---- What is known -> what is shown */

async function repaint() {
  const cells = new Map((await cellsOf(page.user, page.sheet)).map((cell) => [`${cell.aspect}:${cell.seat}`, cell]))
  const refusals = await refusalsOf(page.user, page.sheet)
  group.cells?.(cells)
  for (const [code, aspect] of Object.entries(page.aspects)) {
    const row = rows.get(code)
    row.current = currentOf(aspect.now.own, cells.get(`${code}:${aspect.seat}`))
    const told = row.refusals.length
    row.refusals = refusals.filter((refusal) => refusal.aspect === code)
    row.isNews = row.refusals.length > told
    if (row.current?.status === 'queued') delete row.cleared
    row.missing = group.missing(code)
    row.waits = Object.keys(aspect.now.each ?? {}).some((seat) => cells.get(`${code}:${seat}`)?.status === 'queued')
    row.mark = paintRow(elementOf(code), row, aspect, page)
    paintAgainst(elementOf(code), row, aspect, page)
    if (row.isNews) elementOf(code).scrollIntoView({ block: 'nearest' })
    paintIndex(document.querySelector(`[data-index="${CSS.escape(code)}"]`), row.mark, aspect, page)
  }
  paintDock([...rows.values()])
}

function nextCode() {
  const codes = Object.keys(page.aspects)
  const now = codes.indexOf(document.querySelector('.aspect[data-now]')?.dataset.aspect)
  const ordered = [...codes.slice(Math.max(now, 0)), ...codes.slice(0, Math.max(now, 0))]
  return ordered.find((code) => rows.get(code).mark === 'refused')
    ?? ordered.find((code) => rows.get(code).mark === 'empty' && page.aspects[code].canEnter)
    ?? ordered.find((code) => rows.get(code).mark === 'conflict')
}

function paintDock(all) {
  const count = (...marks) => all.filter((row) => marks.includes(row.mark)).length
  const done = all.length - count('empty', 'refused')
  for (const [name, value] of Object.entries({
    done: `${done} / ${all.length}`, queued: count('queued'), conflict: count('conflict'),
    refused: count('refused'), empty: count('empty'),
  })) {
    const place = document.querySelector(`[data-fact="${name}"]`)
    if (!place) continue
    place.textContent = value
    place.toggleAttribute('data-zero', value === 0)
  }
  const ledge = document.querySelector('.idhead .ledge')
  ledge.value = done
  ledge.setAttribute('aria-label', page.words.progress.replace('%d', done).replace('%n', all.length))
  const last = [...rows.values()].map((row) => row.current?.time ?? '').sort().at(-1)
  const waiting = count('queued')
  document.querySelector('[data-last]').textContent = last
    ? (waiting ? page.words.keptHere : page.words.saved).replace('%s', clock(last, page.zone)) : ''
  paintWay(count('empty', 'conflict', 'refused'))
}

/* The one main action: the next unfinished item; when there is none, signing, or the next sheet while
   colleagues still mark this one. */
function paintWay(missing) {
  const second = document.querySelector('[data-review]')
  const main = document.querySelector('[data-next]')
  if (!main) return
  const code = nextCode()
  const alone = Object.values(page.aspects).some(({ now }) => now.others.some((other) => !other.is_in))
  const sheet = page.nextSheet
  if (code) {
    second.textContent = page.words.reviewMissing.replace('%s', missing)
    second.href = page.urls.review
    main.href = `#${elementOf(code).id}`
    const words = page.words.next.replace('%n', page.aspects[code].number)
    fill(main, words.replace('%s', page.words.marks[rows.get(code).mark]), icon(page, 'right'))
  } else {
    const [first, other] = alone && sheet ? [sheet, sign] : [sign, sheet]
    fill(main, first.text, icon(page, 'right'))
    main.href = first.url
    second.textContent = other?.text ?? ''
    if (other) second.href = other.url
  }
  second.hidden = !code && !sheet
}

function mind(code) {
  for (const element of document.querySelectorAll('.aspect[data-now]')) element.removeAttribute('data-now')
  for (const element of document.querySelectorAll('[data-index][aria-current]')) element.removeAttribute('aria-current')
  elementOf(code).setAttribute('data-now', '')
  const index = document.querySelector(`[data-index="${CSS.escape(code)}"]`)
  index.setAttribute('aria-current', 'true')
  index.scrollIntoView({ block: 'nearest', inline: 'center' })
}

/* ---- What is done -> a mark */

function enter(code, change) {
  const aspect = page.aspects[code]
  if (!page.editable || !aspect.canEnter) return
  const row = rows.get(code)
  const had = row.current?.state === 'value' ? row.current : null
  const remark = change.remark ?? had?.remark ?? ''
  mind(code)
  if (aspect.now.state === 'conflict' && aspect.control === 'level' && change.value && change.remark === undefined) {
    askWhy(code, change)
    return
  }
  const more = aspect.control === 'count' && aspect.deducts && Number(change.value) > Number(had?.value || 0)
  if (more && !change.state) openRemark(code, change.value)
  else send(code, { remark: change.value === '0' && aspect.deducts ? '' : remark, ...change })
}

function send(code, change) {
  const { seat } = page.aspects[code]
  const { current } = rows.get(code)
  const over = current?.seq ?? current?.over ?? 0
  queue.enter({ sheet: page.sheet, skill: page.skill, aspect: code, seat, over, ...change }).then(() => group.entered(code, seat))
}

/* Marked again after a conflict: why, for the chief judge and the record; it may be left empty. */
function askWhy(code, change) {
  askReason(page, {
    title: page.words.why, text: '', reasons: [], required: false,
    done: (remark) => send(code, { ...change, remark }),
    back: repaint,
  })
}

/* Which of two contradicting marks counts: either way it is a mark of its own, made in sight of both. */
function settle(code, mark) {
  send(code, { state: mark.state, value: mark.state === 'value' ? mark.value : '', remark: mark.remark })
}

function step(code, by) {
  const { largest } = page.aspects[code]
  const { current } = rows.get(code)
  const had = current?.state === 'value' && current.value !== ''
  const next = had ? Number(current.value) + by : Math.max(0, by)
  if (next < 0 || (largest !== null && next > Number(largest))) return
  enter(code, { value: String(next), typing: true })
}

function openKeypad(code) {
  const aspect = page.aspects[code]
  const row = rows.get(code)
  mind(code)
  const repaintRow = () => paintRow(elementOf(code), row, aspect, page)
  keypad.open({
    name: page.words.keyFor.replace('%n', aspect.number).replace('%s', aspect.title),
    suffix: aspect.suffix,
    largest: aspect.largest,
    step: aspect.step,
    isClock: aspect.control === 'time',
    rangeText: aspect.control === 'time' ? page.words.keyClock : aspect.largest === null ? '' : page.words.keyRange.replace('%s', aspect.largest),
    typing: (text) => { row.typing = text || '…'; repaintRow() },
    done: (value) => {
      delete row.typing
      repaintRow()
      if (value !== null) enter(code, { value })
    },
  })
  elementOf(code).scrollIntoView({ block: 'center' })
}

function openStates(code) {
  const dialog = document.querySelector('[data-states]')
  const form = dialog.querySelector('form')
  mind(code)
  form.reset()
  dialog.querySelector('[data-title]').textContent = page.words.statesFor.replace('%n', page.aspects[code].number)
  dialog.onclose = () => {
    if (!dialog.returnValue || dialog.returnValue === 'back') return
    if (dialog.returnValue === 'clear') {
      enter(code, { value: '', remark: '' })
      return
    }
    enter(code, { state: dialog.returnValue, value: '', remark: form.elements.remark.value.trim() })
  }
  dialog.returnValue = ''
  dialog.showModal()
}

/* A deduction is entered together with its reason; without one the value stays what it was. */
function openRemark(code, value = rows.get(code).current?.value) {
  askReason(page, {
    title: page.words.remark,
    text: rows.get(code).current?.remark ?? '',
    reasons: [],
    required: page.aspects[code].deducts,
    done: (remark) => send(code, { value, remark }),
    back: repaint,
  })
}

/* One fault more, or another reason for one that is counted. */
function openFault(code, index) {
  const aspect = page.aspects[code]
  const lines = linesOf(rows.get(code).current)
  mind(code)
  askReason(page, {
    title: page.words.faultFor.replace('%n', aspect.number).replace('%s', index + 1),
    text: lines[index] ?? '',
    reasons: aspect.reasons,
    required: true,
    done: (reason) => { if (reason) enter(code, faultsOf([...lines.slice(0, index), reason, ...lines.slice(index + 1)])) },
    back: repaint,
  })
}

const addFault = (code) => openFault(code, linesOf(rows.get(code).current).length)
const dropFault = (code) => enter(code, faultsOf(linesOf(rows.get(code).current).slice(0, -1)))

async function dismiss(code) {
  for (const refusal of rows.get(code).refusals) await dismissRefusal(refusal.key)
  await fetchState()
}

const clicks = {
  less: (code) => step(code, -1),
  more: (code) => step(code, 1),
  field: openKeypad,
  states: openStates,
  remark: (code) => openRemark(code),
  another: addFault,
  fewer: dropFault,
  fault: (code, button) => openFault(code, Number(button.dataset.line)),
  dismiss,
  keep: (code) => settle(code, rows.get(code).current),
  take: (code) => settle(code, rows.get(code).current.against),
  again: (code) => { rows.get(code).cleared = true; repaint() },
  ask: (code) => openHelp(page, 'call', page.words.askAbout.replace('%n', page.aspects[code].number)),
}

document.querySelector('.aspects').addEventListener('click', ({ target }) => {
  const code = target.closest('[data-aspect]')?.dataset.aspect
  const button = target.closest('[data-do]')
  if (code && button) clicks[button.dataset.do](code, button)
  else if (code) mind(code)
})
document.querySelector('.aspects').addEventListener('change', ({ target }) => {
  const code = target.closest('[data-aspect]')?.dataset.aspect
  if (code && target.type === 'radio') enter(code, { value: target.value })
})
for (const index of document.querySelectorAll('[data-index]')) {
  index.addEventListener('click', () => mind(index.dataset.index))
}
document.querySelector('[data-next]')?.addEventListener('click', ({ currentTarget }) => {
  const target = currentTarget.hash && document.querySelector(currentTarget.hash)
  if (target) mind(target.dataset.aspect)
})
for (const button of document.querySelectorAll('[data-help]')) {
  button.addEventListener('click', () => openHelp(page, button.dataset.help))
}

/* ---- What others did */

function take(state) {
  page.at = state.at
  for (const [code, now] of Object.entries(state.aspects)) if (page.aspects[code]) page.aspects[code].now = now
  group.take()
  if (state.company) paintCompany(state.company, page)
}

/* A page kept for the time without a network is older than what this tablet has heard since. */
async function recall() {
  const state = await stateOf(page.user, page.sheet)
  if (state && state.at > page.at) take(state)
}

async function fetchState() {
  const known = (await cellsOf(page.user, page.sheet)).filter((cell) => cell.status === 'saved')
  try {
    const response = await fetch(page.urls.state, { headers: { Accept: 'application/json', ...presence.headers() }, cache: 'no-store' })
    link.reached()
    if (response.status === 401) return session.ask()
    if (!response.ok) return undefined
    const state = await response.json()
    if (state.editable !== page.editable) return location.reload()
    await keepState(page.user, page.sheet, state, known)
    take(state)
  } catch {
    link.lost()
  }
  return repaint()
}

/* One look at the server for however many reasons came together. */
let soon
function look() {
  clearTimeout(soon)
  soon = setTimeout(fetchState, 300 + Math.random() * 400)
}

function nudged(message) {
  if (!message.sheets || message.sheets.includes(page.sheet)) look()
}

link.onOpen(() => { queue.flush(); fetchState() })
document.addEventListener('visibilitychange', () => { if (!document.hidden) fetchState() })

recall().then(repaint).then(queue.flush).then(fetchState)
mind(document.querySelector(location.hash || null)?.dataset.aspect ?? Object.keys(page.aspects)[0])
presence.say()
link.connect()
persist()
register(page)
