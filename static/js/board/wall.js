/* The board on a big screen: pages through long tables by itself, lasts without its server.

   Settings in the address and on keys: ?rows=10 lines a column, ?every=12 seconds a page, ?top=10 lines that stay.
   Keys: arrows page, space holds, + and - lines, [ and ] seconds, F full screen, ? help. */

import { Link } from './link.js'
import { ago, animateMoves, breaks, clock, drawEmpty, drawHead, inWords, isEmpty, isRanked, make, offsets, place, prefix, say, settled, since, slot, ticks, total, words } from './draw.js'

const ONE_TABLE = 12
const LEAST_ROWS = 8
const LONG_NAME = 6
const LONG_NAME_WIDE = 11
const start = JSON.parse(document.getElementById('board').textContent)
const { board, query } = document.body.dataset
const asked = new URLSearchParams(location.search)
const number = (name, otherwise, low, high) => Math.min(high, Math.max(low, Number.parseInt(asked.get(name), 10) || otherwise))

const empty = slot('empty')
let state = start
let rows = number('rows', 10, 5, 14)
let every = number('every', 12, 3, 120)
const top = () => Math.min(rows, number('top', rows, 1, 14))
let page = 0
let held = false
let shownFor = 0

function remember() {
  asked.set('rows', rows)
  asked.set('every', every)
  history.replaceState(null, '', `?${asked}`)
}

const columns = (...names) => make('colgroup', {}, ...names.map((name) => make('col', name ? { class: `c-${name}` } : {})))

/** Who it is; a name too long for one line of its column gets two smaller ones. */
function who(row, wide) {
  const code = prefix(state) ? [make('small', { class: 'code' }, prefix(state)), ' '] : []
  const long = row.label.length > (wide ? LONG_NAME_WIDE : LONG_NAME)
  return make('th', { scope: 'row', class: 'who', 'data-long': long }, ...code, row.label)
}

function unit(row) {
  const text = row.unit || row.delegation
  return make('td', { class: 'unit', 'data-long': text.length > 22 }, make('span', {}, ...breaks(text)))
}

/** A line of the table with units (up to twelve names) or of a narrow column. */
function line(row, wide) {
  const named = state.naming === 'names'
  const cells = wide && named
    ? [unit(row), settled(state) ? make('td', { class: 'unit' }, row.medal ? '' : inWords(row.award)) : make('td', {}, ticks(state, row))]
    : [make('td', {}, settled(state) ? make('span', { class: 'unit' }, row.medal ? '' : inWords(row.award)) : ticks(state, row))]
  return make(
    'tr', { 'data-id': row.id, class: isRanked(row) ? undefined : 'none' },
    make('td', { class: 'place' }, ...place(state, row, true)), who(row, wide), ...cells,
    make('td', { class: 'num total' }, total(row)),
  )
}

function table(part, wide, ...caption) {
  const named = state.naming === 'names'
  let cols = named && settled(state) ? columns('rank', '', 'award', 'sum') : columns('place', '', 'ticks', 'total')
  if (wide) cols = named ? columns('place', 'name', '', settled(state) ? 'prize' : 'ticks', 'total') : columns('place', 'code', '', 'total')
  return make(
    'table', { class: 'board', 'data-codes': wide && !named },
    make('caption', caption.length ? {} : { class: 'vh' }, ...(caption.length ? caption : [state.skill])), cols,
    make('tbody', {}, ...part.map((row) => line(row, wide))),
  )
}

function rest() { return state.rows.slice(Math.min(top(), state.rows.length)) }

function pages() { return Math.max(1, Math.ceil(rest().length / rows)) }

function pageMarks() {
  if (pages() < 2) return ''
  const label = say('page_of', { n: page + 1, total: pages() })
  return make(
    'span', { class: 'pages', role: 'img', 'aria-label': label },
    ...Array.from({ length: pages() }, (_, index) => make('i', { 'data-on': index === page })),
  )
}

function restCaption(part) {
  const ranked = part.filter(isRanked)
  const of = say(state.team ? 'of_teams' : 'of_people', { n: state.count })
  if (!ranked.length || ranked[0].place === null) return [make('b', {}, words.unranked), of]
  const first = top() + page * rows + 1
  return [make('b', {}, say('from_to', { first, last: first + ranked.length - 1 })), of]
}

function drawMain() {
  const main = slot('main')
  if (isEmpty(state)) {
    empty.hidden = false
    main.replaceChildren(empty)
    drawEmpty(state)
    return
  }
  const before = offsets(main.querySelectorAll('tr[data-id]'))
  const one = state.rows.length <= ONE_TABLE
  main.className = one ? 'wall-one' : 'wall-cols'
  main.style.setProperty('--rows', one ? Math.max(state.rows.length, LEAST_ROWS) : rows)
  page = Math.min(page, pages() - 1)
  if (one) main.replaceChildren(table(state.rows, true))
  else {
    const part = rest().slice(page * rows, (page + 1) * rows)
    main.replaceChildren(
      table(state.rows.slice(0, top()), false, make('b', {}, say('top', { n: top() }))),
      table(part, false, ...restCaption(part), pageMarks()),
    )
  }
  animateMoves(before, main.querySelectorAll('tr[data-id]'))
}

function drawLine(link) {
  drawHead(state, link, true)
  const time = clock(new Date(Date.now() - link.age * 1000))
  slot('age').textContent = (link.up && since(state)) || say('line_age', { time, age: ago(link.age) })
  slot('key').hidden = settled(state) || !state.modules.length || isEmpty(state)
  slot('foot').textContent = settled(state)
    ? state.receipt && `${words.receipt} ${state.receipt}`
    : words.foot_wall
}

function turn(step) {
  page = (page + step + pages()) % pages()
  shownFor = 0
  drawMain()
}

const keys = {
  ArrowRight: () => turn(1),
  ArrowLeft: () => turn(-1),
  ' ': () => { held = !held },
  '+': () => { rows = Math.min(14, rows + 1) },
  '=': () => { rows = Math.min(14, rows + 1) },
  '-': () => { rows = Math.max(5, rows - 1) },
  '[': () => { every = Math.max(3, every - 1) },
  ']': () => { every = Math.min(120, every + 1) },
  f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.()),
  '?': () => { slot('help').hidden = !slot('help').hidden },
}

addEventListener('keydown', (event) => {
  const act = keys[event.key] || keys[event.key.toLowerCase()]
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  act()
  if ('+=-[]'.includes(event.key)) { remember(); drawMain() }
})

let quiet = 0
function stir() {
  delete document.documentElement.dataset.quiet
  clearTimeout(quiet)
  quiet = setTimeout(() => { document.documentElement.dataset.quiet = '' }, 3000)
}
addEventListener('mousemove', stir)
stir()

const link = new Link({
  board,
  query,
  state,
  onLine: drawLine,
  onState(next) {
    state = next
    drawLine(link)
    drawMain()
  },
})

setInterval(() => {
  shownFor += 1
  if (!held && !isEmpty(state) && state.rows.length > ONE_TABLE && pages() > 1 && shownFor >= every) turn(1)
}, 1000)
drawMain()
drawLine(link)
link.start()
