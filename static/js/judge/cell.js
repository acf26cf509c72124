/* One aspect's row: what the judge sees of a cell. Reads server state and what waits here; writes
   nothing and sends nothing (sheet.js listens to the controls). */

import { paintFaults } from './faults.js'
import { clock, fill, icon } from './words.js'

/* The newest word on a cell: what waits on this tablet, what it knows to be saved, what the page says. */
export function currentOf(own, cell) {
  if (!cell || (cell.status === 'saved' && own && own.seq >= cell.seq)) return own ? { ...own, status: 'saved' } : null
  const isTakenBack = cell.status === 'saved' && cell.state === 'value' && cell.value === ''
  return isTakenBack ? null : { ...cell, time: cell.saved ?? cell.time }
}

/* Marked by others only: the viewer leads and has no seat of their own. */
const isWatched = (aspect) => aspect.looksOnly && aspect.now.others.length > 0

export function markOf(row, aspect) {
  if (row.refusals.length) return 'refused'
  if (row.waits || row.current?.status === 'queued') return 'queued'
  if (aspect.now.state === 'conflict') return 'conflict'
  if (row.missing?.length) return 'empty'
  if (!row.current) return isWatched(aspect) && aspect.now.others.every((other) => other.is_in) ? 'value' : 'empty'
  return row.current.state === 'value' ? 'value' : 'void'
}

const ICONS = { value: 'check', queued: 'clock', conflict: 'alert', refused: 'alert', void: 'void' }

export function paintIndex(link, mark, aspect, page) {
  link.dataset.mark = mark === 'refused' ? 'conflict' : mark
  link.setAttribute('aria-label', page.words.indexLabel.replace('%n', aspect.number).replace('%s', page.words.marks[mark]))
  fill(link, String(aspect.number), ICONS[mark] ? icon(page, ICONS[mark]) : '')
}

function paintSaved(element, row, aspect, page) {
  const { current } = row
  const { words } = page
  if (!current && isWatched(aspect)) {
    fill(element)
  } else if (!current) {
    element.dataset.mark = 'empty'
    fill(element, words.marks.empty)
  } else if (current.status === 'queued') {
    element.dataset.mark = 'queued'
    fill(element, icon(page, 'clock'), words.keptHere.replace('%s', clock(current.time, page.zone)))
  } else {
    delete element.dataset.mark
    const by = current.by && !current.by_me ? words.by.replace('%s', current.by) : ''
    fill(element, icon(page, 'check'), words.saved.replace('%s', clock(current.time, page.zone)) + by)
  }
}

function paintAnswers(element, row) {
  const value = row.current?.state === 'value' && !row.cleared ? row.current.value : null
  for (const input of element.querySelectorAll('input[type="radio"]')) input.checked = input.value === value
}

function paintField(element, row, aspect, page) {
  const field = element.querySelector('[data-field]')
  if (!field) return
  const value = row.current?.state === 'value' ? row.current.value : ''
  const waiting = value === '' && ['value', 'time'].includes(aspect.control) && row.typing === undefined
  field.toggleAttribute('data-empty', waiting)
  const shown = value === '' ? (waiting ? page.words.tapToEnter : '—') : value
  field.querySelector('b').textContent = row.typing ?? shown
  field.toggleAttribute('data-now', row.typing !== undefined)
}

/* Points while marking: known values come from the server's list, others once the server has counted. */
function paintPoints(element, row, aspect, page) {
  const place = element.querySelector('[data-points]')
  if (!place) return
  const value = row.typing ?? (row.current?.state === 'value' ? row.current.value : '')
  const known = aspect.points[value] ?? (aspect.control === 'value' && aspect.direct ? value : undefined)
  const saved = row.current?.status === 'saved' && row.typing === undefined ? aspect.now.points : undefined
  const points = value === '' ? undefined : known ?? saved
  const lost = aspect.lost[value]
  place.classList.toggle('points-minus', lost !== undefined && value !== '0')
  if (points === undefined || points === null || aspect.pointless) {
    fill(place)
    return
  }
  const bold = document.createElement('b')
  bold.textContent = lost ?? points
  fill(place, `${lost === undefined ? page.words.earns : page.words.deducts} `, bold)
}

function paintJudges(element, aspect, page) {
  const list = element.querySelector('[data-judges]')
  if (!list) return
  fill(list, ...aspect.now.others.map((other) => {
    const item = document.createElement('li')
    const said = other.value !== null && other.value !== undefined ? other.value : page.words.marks[other.is_in ? 'value' : 'empty']
    const name = page.words.judge.replace('%s', other.seat)
    item.append(icon(page, other.is_in ? 'check' : 's-none'), other.value ? page.words.said.replace('%j', name).replace('%s', said) : `${name} ${said}`)
    return item
  }))
}

function paintVoid(element, row, page) {
  const place = element.querySelector('[data-void]')
  const state = row.current && row.current.state !== 'value' ? page.words.states[row.current.state] : ''
  place.hidden = !state
  if (state) fill(place.querySelector('span'), state + (row.current.remark ? page.words.because.replace('%s', row.current.remark) : ''))
}

function paintRemark(element, row, aspect, page) {
  const line = element.querySelector('[data-remark]')
  if (!line) return
  const remark = row.current?.state === 'value' ? row.current.remark : ''
  const value = row.current?.state === 'value' ? row.current.value : ''
  const points = aspect.points[value] ?? aspect.now.points
  const less = value !== '' && points !== undefined && points !== null && points !== aspect.maximum
  line.hidden = !(remark || (less && aspect.canEnter && !['value', 'time'].includes(aspect.control)))
  line.toggleAttribute('data-empty', !remark)
  line.querySelector('span').textContent = remark || page.words.remarkWanted
}

function paintRefusals(element, row, page) {
  const place = element.querySelector('[data-refusals]')
  place.hidden = !row.refusals.length
  fill(place.querySelector('ul'), ...row.refusals.map((refusal) => {
    const item = document.createElement('li')
    const what = refusal.state === 'value' ? refusal.value : page.words.states[refusal.state]
    item.textContent = page.words.refused.replace('%v', what).replace('%t', clock(refusal.time, page.zone)).replace('%s', refusal.message)
    return item
  }))
}

export function paintRow(element, row, aspect, page) {
  const mark = markOf(row, aspect)
  element.dataset.mark = mark
  paintSaved(element.querySelector('[data-saved]'), row, aspect, page)
  paintAnswers(element, row)
  paintField(element, row, aspect, page)
  paintPoints(element, row, aspect, page)
  paintJudges(element, aspect, page)
  paintVoid(element, row, page)
  paintRemark(element, row, aspect, page)
  paintFaults(element, row, aspect, page)
  paintRefusals(element, row, page)
  element.querySelector('[data-conflict]').hidden = aspect.now.state !== 'conflict'
  return mark
}
