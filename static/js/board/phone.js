/* The board on a phone: find, follow, read. The page is complete without this; here it lives. */

import { Link } from './link.js'
import { ago, animateMoves, breaks, clock, drawEmpty, drawHead, footNote, inWords, isEmpty, isRanked, make, offsets, place, prefix, say, settled, since, slot, icon, ticks, total, words } from './draw.js'

const start = JSON.parse(document.getElementById('board').textContent)
const { board, query } = document.body.dataset
const table = slot('table')
const body = table.tBodies[0]
const field = slot('find').querySelector('input')
const opened = new Set()
const pins = readPins()
let state = start

function readPins() {
  try {
    return new Set(JSON.parse(localStorage.getItem(`leitai-pins-${board}`) || '[]'))
  } catch {
    return new Set()
  }
}

function writePins() {
  try {
    localStorage.setItem(`leitai-pins-${board}`, JSON.stringify([...pins]))
  } catch { /* private mode: followed until the page closes */ }
}

function matches(row, text) {
  if (!text) return true
  const wanted = text.trim().toLowerCase()
  if (/^\d+$/.test(wanted) && /^\d+$/.test(row.label)) return row.label.includes(wanted)
  return [row.label, row.unit, row.delegation].some((each) => each.toLowerCase().includes(wanted))
}

function nameCell(row) {
  const named = state.naming === 'names'
  const lines = [row.delegation, row.delegation && row.unit && make('br'), ...(row.unit ? breaks(row.unit) : [])]
  const small = (row.delegation || row.unit) && make('small', {}, ...lines.filter(Boolean))
  const code = prefix(state) ? [make('span', { class: 'code' }, prefix(state)), ' '] : []
  const prize = !row.medal && row.award ? [' ', make('span', { class: 'prize' }, inWords(row.award))] : []
  const pick = make(
    'button', { class: 'pick', type: 'button', 'aria-pressed': String(pins.has(row.id)), title: pins.has(row.id) ? words.unpin : words.pin },
    ...code, row.label, ...prize, small,
  )
  return make('th', { scope: 'row', class: 'who', colspan: named ? 2 : undefined }, pick)
}

function drawRow(row) {
  const pinned = pins.has(row.id)
  return make(
    'tr', { 'data-id': row.id, 'data-pinned': pinned, class: isRanked(row) ? undefined : 'none' },
    make('td', { class: 'place' }, ...place(state, row, false)),
    nameCell(row),
    state.naming !== 'names' && make('td', {}, ticks(state, row)),
    make('td', { class: 'num total' }, total(row)),
  )
}

function drawModules(row) {
  const pairs = row.module_points.map((points, index) => make(
    'div', {}, make('dt', {}, `${words.module} ${state.modules[index]}`), make('dd', {}, points),
  ))
  return make('tr', { class: 'more-modules' }, make('td', { class: 'place' }), make('td', { colspan: 3 }, make('dl', { class: 'modules' }, ...pairs)))
}

const group = (text) => make('tr', { class: 'board-group' }, make('th', { colspan: 4, scope: 'rowgroup' }, text))

function lines(rows) {
  return rows.flatMap((row) => (opened.has(row.id) && row.module_points.length ? [drawRow(row), drawModules(row)] : [drawRow(row)]))
}

function drawRows() {
  const text = field.value
  const found = state.rows.filter((row) => matches(row, text))
  const ranked = found.filter(isRanked)
  const unranked = found.filter((row) => !isRanked(row))
  const followed = text ? [] : state.rows.filter((row) => pins.has(row.id))
  const names = { codes: 'all_codes', aliases: 'all_aliases' }
  const all = state.rows.filter(isRanked).length
  const parts = []
  if (followed.length) parts.push(group(words.pinned), ...lines(followed).map(asCopy))
  if (ranked.length) parts.push(...(text ? [] : [group(say(names[state.naming] || (state.team ? 'all_teams' : 'all_names'), { n: all }))]), ...lines(ranked))
  if (unranked.length) parts.push(group(words.unranked), ...lines(unranked))
  const focused = document.activeElement?.closest?.('tr[data-id]')?.dataset.id
  body.replaceChildren(...parts)
  if (focused) body.querySelector(`tr[data-id="${focused}"]:not([data-copy]) .pick`)?.focus({ preventScroll: true })
  table.hidden = isEmpty(state) && !text && !followed.length
  const none = slot('nothing')
  none.hidden = Boolean(found.length) || !text
  none.textContent = say('no_match', { text })
}

function asCopy(row) {
  row.dataset.copy = ''
  return row
}

function drawColumns() {
  const named = state.naming === 'names'
  const head = table.tHead.rows[0]
  const letters = state.modules
  const modules = letters.length > 1 ? say('modules', { first: letters[0], last: letters[letters.length - 1] }) : letters.map((each) => `${words.module} ${each}`).join('')
  head.replaceChildren(
    make('th', { scope: 'col', class: 'place' }, words.place),
    ...(named
      ? [make('th', { scope: 'col', colspan: 2 }, words.competitor)]
      : [make('th', { scope: 'col' }, prefix(state)), make('th', { scope: 'col' }, modules)]),
    make('th', { scope: 'col', class: 'num total' }, settled(state) ? words.total : words.points),
  )
}

function drawTable() {
  slot('empty').hidden = !isEmpty(state)
  slot('find').hidden = !state.rows.length
  drawColumns()
  drawRows()
  field.placeholder = words[`find_${state.naming}`] || ''
  drawEmpty(state)
  slot('foot').textContent = footNote(state)
}

function drawLine(line) {
  drawHead(state, line, false)
  const pill = slot('link')
  pill.hidden = false
  const now = line.up ? 'on' : 'off'
  if (pill.dataset.link !== now) {
    pill.dataset.link = now
    pill.replaceChildren(icon(line.up ? 'link' : 'unlink'), line.up ? words.link_on : words.link_off)
    if (line.up) pill.removeAttribute('role')
    else pill.setAttribute('role', 'status')
  }
  slot('age').textContent = (line.up && since(state)) || ago(line.age)
  slot('time').textContent = say('data_time', { time: clock(new Date(Date.now() - line.age * 1000)) })
}

function toggle(id) {
  const row = state.rows.find((each) => each.id === id)
  if (row.module_points.length) {
    if (opened.has(id)) opened.delete(id)
    else opened.add(id)
  }
  if (!settled(state) || !row.module_points.length) {
    if (pins.has(id)) pins.delete(id)
    else pins.add(id)
    writePins()
  }
  drawRows()
}

field.addEventListener('input', drawRows)
body.addEventListener('click', (event) => {
  const row = event.target.closest('tr[data-id]')
  if (row && !getSelection().toString()) toggle(row.dataset.id)
})

const link = new Link({
  board,
  query,
  state,
  onLine: drawLine,
  onState(next) {
    const rows = () => body.querySelectorAll('tr[data-id]:not([data-copy])')
    const before = offsets(rows())
    state = next
    drawLine(link)
    drawTable()
    animateMoves(before, rows())
  },
})
drawTable()
drawLine(link)
link.start()
