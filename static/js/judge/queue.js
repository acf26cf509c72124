/* The way of a mark to the server: in order, at most 200 at a time, again until it is answered.
   Nothing here drops a mark; an answer for its key is the only way out of the queue. */

import { addMark, deviceId, headOf, pendingCount, pendingMarks, settle, uuid } from './store.js'

const LARGEST_BATCH = 200
const PATIENCE = 15000
const RETRY = [1500, 3000, 6000, 12000]
const DIGITS_SETTLE = 700

/* The server does not know a receipt it gave: nobody may overlook that. */
function alarm(message) {
  const place = document.querySelector('[data-alarm]')
  place.querySelector('span').textContent = message
  place.hidden = false
}

export const csrfToken = () => document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? ''

async function post(url, body) {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), PATIENCE)
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': csrfToken() },
      body: JSON.stringify(body),
      signal: abort.signal,
    })
  } finally {
    clearTimeout(timer)
  }
}

/* page: user, urls.marks, words. link: what the pill shows. changed(): repaint.
   answered(): the server counted something new. signIn(): ask over the form. */
export function createQueue({ page, link, changed, answered = () => {}, signIn, emptied = () => {} }) {
  const wire = new Set()
  let running = false
  let wanted = false
  let failures = 0
  let largest = LARGEST_BATCH
  let timer
  let had = 0

  async function report() {
    const { mine, others } = await pendingCount(page.user)
    link.waiting(mine, others)
    if (had && !mine) emptied()
    had = mine
    await changed()
    return mine
  }

  function later(delay) {
    clearTimeout(timer)
    timer = setTimeout(flush, delay)
  }

  function retry() {
    const delay = RETRY[Math.min(failures, RETRY.length - 1)]
    failures += 1
    later(delay * (0.75 + Math.random() / 2))
  }

  /* The server refused the request as a whole: find the mark it is about, never lose the rest. */
  async function narrow(batch, status) {
    if (batch.length > 1) {
      largest = Math.max(1, Math.floor(batch.length / 2))
      return true
    }
    const message = status === 404 ? page.words.notYourSkill : page.words.unreadable
    await settle([[batch[0], { status: 'refused', code: `http-${status}`, message }]])
    largest = LARGEST_BATCH
    return true
  }

  /* Sends the next batch; true when there may be more to send now. */
  async function step() {
    const waiting = await pendingMarks(page.user, largest)
    if (!waiting.length) return false
    const batch = waiting.filter((mark) => mark.skill === waiting[0].skill)
    batch.forEach((mark) => wire.add(mark.key))
    const events = batch.map(({ key, sheet, aspect, seat, state, value, remark, n, time, over }) => (
      { key, sheet, aspect, seat, state, value, remark, n, time, over }
    ))
    const { skill } = batch[0]
    const known = await headOf(skill)
    const head = known && { seq: known.seq, hash: known.hash }
    try {
      const response = await post(page.urls.marks, { v: 1, skill, device: deviceId(), head, events })
      link.reached()
      if (response.status === 401) {
        signIn()
        return false
      }
      const shut = response.status === 403 && (await response.clone().json().catch(() => ({})))
      if (shut && shut.code?.startsWith('device')) {
        alarm(shut.message)
        return false
      }
      if (response.status === 403) await fetch(page.urls.home, { cache: 'no-store' }) // a fresh token
      if (response.status === 403) throw new Error('token')
      if (response.status === 409) {
        alarm((await response.json()).message)
        return false
      }
      if (response.status >= 500 || response.status === 429) throw new Error(String(response.status))
      if (!response.ok) return await narrow(batch, response.status)
      const answers = new Map((await response.json()).results.map((answer) => [answer.key, answer]))
      const pairs = batch.filter((mark) => answers.has(mark.key)).map((mark) => [mark, answers.get(mark.key)])
      await settle(pairs)
      link.received(pairs.length)
      if (pairs.length) answered()
      failures = 0
      largest = LARGEST_BATCH
      return pairs.length > 0
    } finally {
      batch.forEach((mark) => wire.delete(mark.key))
    }
  }

  async function flush() {
    if (running) {
      wanted = true
      return
    }
    running = true
    clearTimeout(timer)
    try {
      do {
        wanted = false
        while (await step()) await report()
      } while (wanted)
    } catch {
      link.lost()
      retry()
    } finally {
      running = false
      await report()
    }
  }

  /* Makes a mark: key and time are given here, once, and it is on disk before the screen changes. */
  async function enter({ sheet, skill, aspect, seat, state = 'value', value = '', remark = '', typing = false, over }) {
    const mark = {
      key: uuid(), user: page.user, skill, sheet, aspect, seat, state, value, remark, typing, over,
      time: new Date().toISOString(),
    }
    await addMark(mark, { typing, busy: wire })
    await report()
    later(typing ? DIGITS_SETTLE : 0)
    return mark
  }

  addEventListener('online', flush)
  addEventListener('pageshow', flush)
  document.addEventListener('visibilitychange', flush)
  setInterval(flush, 10000)

  return { enter, flush, report }
}
