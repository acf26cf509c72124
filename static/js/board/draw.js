/* What phone and wall draw alike, in the words the server sent. Mirrors live/presentation.py. */

export const words = JSON.parse(document.getElementById('words').textContent)
export const SETTLED = ['public', 'final']
const ICONS = document.body.dataset.icons
const TICKS = ['', 'h', 'f']
const TICK_WORDS = ['module_empty', 'module_begun', 'module_full']
const PAUSES = /(公司|学院|学校|集团|中心|大学)(?=.)/g

export const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key])
/** What a snapshot carries in Chinese, in the reader's language. */
export const inWords = (text) => words[text] ?? text
export const slot = (name) => document.querySelector(`[data-slot="${name}"]`)
export const ledge = document.querySelector('.ledge')

/** An element: tag.class, attributes, children (text or elements; nothing where falsy). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.filter((child) => child !== '' && child !== null && child !== undefined && child !== false))
  return element
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'i')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `${ICONS}#${name}`)
  svg.append(use)
  return svg
}

export function breaks(name) {
  const parts = name.replace(PAUSES, '$1\n').split('\n')
  return parts.flatMap((part, index) => (index ? [make('wbr'), part] : [part]))
}

const two = (number) => String(number).padStart(2, '0')

export function clock(moment) {
  if (!moment) return ''
  const at = new Date(moment)
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

export function day(text) {
  if (!text) return ''
  const [, m, d] = text.slice(0, 10).split('-').map(Number)
  return say('day', { m, d })
}

export function ago(seconds) {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 60) return say('seconds', { n: whole })
  if (whole < 3600) return say('minutes', { m: Math.floor(whole / 60), s: whole % 60 })
  return say('hours', { h: Math.floor(whole / 3600) })
}

/** Whether a row stands in the table; the others are listed apart. */
export const isRanked = (row) => row.standing === 'ranked' || row.standing === 'not-scored'
/** Nothing to rank yet: progress only, or no mark that counts. */
export const isEmpty = (state) => state.state === 'none' || !state.rows.length
export const settled = (state) => SETTLED.includes(state.state)

export function percent(state) {
  if (settled(state)) return 100
  if (state.state === 'none') return 0
  return state.sheets_total ? Math.floor((state.sheets_done * 100) / state.sheets_total) : 0
}

export const size = (state) => `${inWords(state.group)} ${say(state.team ? 'teams' : 'people', { n: state.count })}`.trim()
export const prefix = (state) => ({ codes: words.code, aliases: words.alias }[state.naming] || '')
export const total = (row) => (isRanked(row) ? row.points || '' : words[row.standing])

function notice(state) {
  if (!state.notice) return ''
  return say('notice', { days: state.notice.working_days, date: day(state.notice.ends_on) })
}

export function fact(state, onWall) {
  if (state.state === 'none') return words.nothing_yet
  if (state.state === 'public') return notice(state)
  if (state.state === 'final') return state.release
  const values = { percent: percent(state), done: state.sheets_done, total: state.sheets_total, time: clock(state.frozen_at).slice(0, 5) }
  if (state.state === 'frozen') return say(onWall ? 'stopped_at' : 'stopped', values)
  return say(onWall ? 'sheets' : 'submitted', values)
}

export function since(state) {
  if (state.state === 'frozen') return clock(state.frozen_at)
  if (state.state === 'final' && state.published_on) return say('published', { date: day(state.published_on) })
  return ''
}

export const footNote = (state) => words[`foot_${settled(state) ? state.state : state.naming}`]

/** An empty board says why: nothing yet, or progress only. */
export function drawEmpty(state) {
  const progress = state.naming === 'progress'
  slot('empty-progress').hidden = !progress
  slot('empty-none').hidden = progress
  slot('progress').textContent = say('progress_title', { percent: percent(state) })
}

export function ticks(state, row) {
  if (!row.modules.length) return ''
  const said = row.modules.map((tick, index) => say(TICK_WORDS[tick], { letter: state.modules[index] }))
  return make(
    'span', { class: 'ticks', role: 'img', 'aria-label': said.join(words.join) },
    ...row.modules.map((tick) => make('i', TICKS[tick] ? { class: TICKS[tick] } : {})),
  )
}

/** The place cell's content: medal or figure, then what there is to say about it. */
export function place(state, row, onWall) {
  if (!isRanked(row)) return [make('b', {}, '—')]
  if (row.medal) {
    const medal = make('span', { class: 'medal', 'data-m': row.medal }, words[row.medal])
    return onWall ? [medal] : [medal, make('small', {}, say('nth', { n: row.place }))]
  }
  const figure = make('b', {}, row.place === null ? '' : String(row.place))
  if (row.shared) return [figure, make('small', {}, words.shared)]
  if (!row.move) return [figure]
  const up = row.move > 0
  return [figure, make(
    'small', up ? { class: 'up' } : {},
    make('span', { class: 'vh' }, up ? words.rise : words.fall),
    make('span', { 'aria-hidden': 'true' }, up ? '▲' : '▼'), ` ${Math.abs(row.move)}`,
  )]
}

/** The head: state, fact, ledge, notes. `line` is the Link. */
export function drawHead(state, line, onWall) {
  const root = document.documentElement
  const stale = !line.up
  root.dataset.state = state.state
  root.toggleAttribute('data-rehearsal', state.rehearsal)
  if (stale) root.dataset.link = 'off'
  else delete root.dataset.link
  slot('state').replaceChildren(make(
    'span', { class: 'state', 'data-state': state.state, 'data-stale': stale },
    icon(stale ? 'unlink' : `s-${state.state}`), stale ? words.stale : words[`state_${state.state}`],
  ))
  slot('fact').textContent = fact(state, onWall)
  slot('size').textContent = size(state)
  ledge.dataset.state = state.state
  ledge.toggleAttribute('data-stale', stale)
  ledge.value = percent(state)
  for (const table of document.querySelectorAll('.board')) table.toggleAttribute('data-stale', stale)
  drawNotes(state, line, stale, onWall)
}

function drawNotes(state, line, stale, onWall) {
  const notes = []
  if (stale) {
    const time = clock(new Date(Date.now() - line.age * 1000))
    const [title, hint] = onWall
      ? [say('wall_stale', { time }), say('wall_stale_hint', { age: ago(line.age) })]
      : [say('reconnecting', { time }), words.reconnecting_hint]
    notes.push(note('warn', 'unlink', title, hint))
  } else if (state.state === 'frozen') {
    notes.push(note('frozen', 's-frozen', say('frozen', { time: clock(state.frozen_at) }), words.frozen_hint))
  } else if (state.public_frozen) {
    notes.push(note('frozen', 's-frozen', words.public_frozen, words.public_frozen_hint))
  }
  if (state.note && !onWall && state.naming !== 'progress') notes.push(note('', 'alert', '', state.note))
  const key = notes.map((each) => each.textContent).join('\n')
  if (slot('notes').dataset.key === key) return
  slot('notes').dataset.key = key
  slot('notes').replaceChildren(...notes)
}

function note(tone, glyph, title, text) {
  return make(
    'p', { class: 'note', 'data-tone': tone || undefined, role: tone === 'warn' ? 'status' : undefined },
    icon(glyph), make('span', {}, title && make('b', {}, title), text),
  )
}

/** Move rows from where they were to where they are, in at most 400 ms, unless motion is unwelcome. */
export function animateMoves(before, rows) {
  const duration = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--t-rank')) || 0
  if (!duration || document.hidden) return
  for (const row of rows) {
    const from = before.get(row.dataset.id)
    if (from === undefined || !row.animate) continue
    const distance = from - row.offsetTop
    if (!distance) continue
    row.animate(
      [{ transform: `translateY(${distance}px)` }, { transform: 'none' }],
      { duration: Math.min(duration, 400), easing: 'cubic-bezier(0.2, 0, 0, 1)' },
    )
  }
}

export const offsets = (rows) => new Map([...rows].map((row) => [row.dataset.id, row.offsetTop]))
