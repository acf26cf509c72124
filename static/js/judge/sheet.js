/* The sheet page: every tap becomes a mark in the queue at once; the rows follow what is on disk here
   and what the server has answered. */

import { currentOf, paintIndex, paintRow } from './cell.js'
import { createKeypad } from './keypad.js'
import { createLink } from './link.js'
import { createQueue } from './queue.js'
import { createSession } from './session.js'
import { register } from './shell.js'
import { cellsOf, dismissRefusal, persist, refusalsOf } from './store.js'
import { openHelp } from './help.js'
import { pageFacts, clock, fill, icon } from './words.js'

const page = pageFacts('sheet-page')
const rows = new Map()
const elementOf = (code) => document.querySelector(`[data-aspect="${CSS.escape(code)}"]`)
for (const code of Object.keys(page.aspects)) rows.set(code, { current: null, refusals: [] })

const link = createLink({ page, pill: document.querySelector('.pill'), nudged })
const session = createSession({ page, resumed: () => { queue.flush(); fetchState() } })
const queue = createQueue({ page, link, changed: repaint, answered: look, signIn: session.ask })
const keypad = createKeypad(document.querySelector('[data-keypad]'), page)

/* ---- What is known -> what is shown */

async function repaint() {
  const cells = new Map((await cellsOf(page.user, page.sheet)).map((cell) => [`${cell.aspect}:${cell.seat}`, cell]))
  const refusals = await refusalsOf(page.user, page.sheet)
  for (const [code, aspect] of Object.entries(page.aspects)) {
    const row = rows.get(code)
    row.current = currentOf(aspect.now.own, cells.get(`${code}:${aspect.seat}`))
    row.refusals = refusals.filter((refusal) => refusal.aspect === code)
    if (row.current?.status === 'queued') delete row.cleared
    row.mark = paintRow(elementOf(code), row, aspect, page)
    paintIndex(document.querySelector(`[data-index="${CSS.escape(code)}"]`), row.mark, aspect, page)
  }
  paintDock([...rows.values()])
}

function nextCode() {
  const codes = Object.keys(page.aspects)
  const now = codes.indexOf(document.querySelector('.aspect[data-now]')?.dataset.aspect)
  const ordered = [...codes.slice(now + 1), ...codes.slice(0, now + 1)]
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
  const missing = count('empty', 'conflict', 'refused')
  const review = document.querySelector('[data-review]')
  if (!review) return
  review.textContent = missing ? page.words.reviewMissing.replace('%s', missing) : page.words.review
  const next = document.querySelector('[data-next]')
  const code = nextCode()
  review.hidden = !code
  next.href = code ? `#${elementOf(code).id}` : page.urls.review
  fill(next, code
    ? page.words.next.replace('%n', page.aspects[code].number).replace('%s', page.words.marks[rows.get(code).mark])
    : page.words.reviewAndSign, icon(page, 'right'))
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
  const remark = change.remark ?? (row.current?.state === 'value' ? row.current.remark : '') ?? ''
  mind(code)
  queue.enter({ sheet: page.sheet, skill: page.skill, aspect: code, seat: aspect.seat, remark, ...change })
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
    rangeText: aspect.largest === null ? '' : page.words.keyRange.replace('%s', aspect.largest),
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
    enter(code, { state: dialog.returnValue, value: '', remark: form.elements.remark.value.trim() })
  }
  dialog.returnValue = ''
  dialog.showModal()
}

function openRemark(code) {
  const dialog = document.querySelector('[data-remark-dialog]')
  const input = dialog.querySelector('input')
  const { current } = rows.get(code)
  input.value = current?.remark ?? ''
  dialog.onclose = () => {
    if (dialog.returnValue === 'save') enter(code, { state: 'value', value: current.value, remark: input.value.trim() })
  }
  dialog.returnValue = ''
  dialog.showModal()
}

async function dismiss(code) {
  for (const refusal of rows.get(code).refusals) await dismissRefusal(refusal.key)
  await fetchState()
}

const clicks = {
  less: (code) => step(code, -1),
  more: (code) => step(code, 1),
  field: openKeypad,
  states: openStates,
  remark: openRemark,
  dismiss,
  again: (code) => { rows.get(code).cleared = true; repaint() },
  ask: (code) => openHelp(page, 'call', page.words.askAbout.replace('%n', page.aspects[code].number)),
}

document.querySelector('.aspects').addEventListener('click', ({ target }) => {
  const code = target.closest('[data-aspect]')?.dataset.aspect
  const action = target.closest('[data-do]')?.dataset.do
  if (code && action) clicks[action](code)
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

async function fetchState() {
  try {
    const response = await fetch(page.urls.state, { headers: { Accept: 'application/json' }, cache: 'no-store' })
    link.reached()
    if (response.status === 401) return session.ask()
    if (!response.ok) return undefined
    const state = await response.json()
    if (state.editable !== page.editable) return location.reload()
    for (const [code, now] of Object.entries(state.aspects)) if (page.aspects[code]) page.aspects[code].now = now
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

repaint().then(queue.flush).then(fetchState)
mind(document.querySelector(location.hash || null)?.dataset.aspect ?? Object.keys(page.aspects)[0])
link.connect()
persist()
register(page)
