/* The line to the server: a socket that reconnects forever, HTTP where sockets fail.

   onState(state, before) when figures changed; onLine({ up, age }) every second and whenever the line
   changes: up is false once nothing has confirmed the figures for STALE seconds; age is in seconds. */

import { VERSION, apply, lag } from './state.js'

const STALE = 12
const SILENT = 16
const FIRST_WAIT = 0.5
const LONGEST_WAIT = 30
const POLL = 3

const seconds = () => performance.now() / 1000
const jitter = (base) => base * (0.5 + Math.random())

export class Link {
  constructor({ board, query, state, onState, onLine }) {
    Object.assign(this, { board, query, state, onState, onLine })
    this.confirmedAt = seconds()
    this.heardAt = seconds()
    this.lag = 0
    this.tries = 0
    this.socket = null
    this.retry = 0
    this.asking = null
    this.etag = ''
  }

  start() {
    this.connect()
    this.poll()
    setInterval(() => this.tick(), 1000)
    addEventListener('online', () => this.connectNow())
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.connectNow() })
  }

  get age() { return seconds() - this.confirmedAt + this.lag }

  get up() { return this.age < STALE }

  connectNow() {
    if (this.socket && this.socket.readyState === WebSocket.OPEN) return
    this.tries = 0
    this.connect()
  }

  connect() {
    clearTimeout(this.retry)
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const query = [this.query, `since=${this.state.seq}`].filter(Boolean).join('&')
    const socket = new WebSocket(`${scheme}://${location.host}/ws/live/${this.board}/?${query}`)
    this.socket = socket
    this.heardAt = seconds()
    socket.onopen = () => { this.tries = 0 }
    socket.onmessage = (event) => { if (socket === this.socket) this.hear(JSON.parse(event.data)) }
    socket.onclose = () => { if (socket === this.socket) this.again() }
  }

  /* Never give up; never come back all at once. */
  again() {
    this.socket = null
    clearTimeout(this.retry)
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.tries)
    this.tries += 1
    this.retry = setTimeout(() => this.connect(), jitter(wait) * 1000)
    this.onLine(this)
  }

  hear(message) {
    this.heardAt = seconds()
    if (message.v !== VERSION) return
    if (message.type === 'snapshot') this.take(message)
    if (message.type === 'delta') {
      const next = apply(this.state, message)
      if (next) this.take(next)
      else if (message.seq > this.state.seq) this.fetch()
    }
    if (message.type === 'heartbeat') {
      if (message.seq !== this.state.seq || message.digest !== this.state.digest) this.fetch()
      else this.confirm(message.checked ? lag(message.checked, message.sent) : 0)
    }
  }

  take(state) {
    this.confirm(0)
    if (state.seq === this.state.seq && state.digest === this.state.digest) return
    const before = this.state
    this.state = state
    this.onState(state, before)
  }

  confirm(lagSeconds) {
    const wasUp = this.up
    this.confirmedAt = seconds()
    this.lag = lagSeconds < 4 ? 0 : lagSeconds
    if (!wasUp) this.onLine(this)
  }

  /* The snapshot over HTTP: after a gap, and instead of the socket where sockets fail. */
  async fetch(wait = Math.random()) {
    if (this.asking) return
    this.asking = new Promise((go) => setTimeout(go, wait * 1000)).then(() => this.ask())
    try { await this.asking } catch { this.onLine(this) } finally { this.asking = null }
  }

  async ask() {
    const query = this.query ? `?${this.query}` : ''
    const headers = this.etag ? { 'If-None-Match': this.etag } : {}
    const answer = await fetch(`/live/${this.board}/snapshot.json${query}`, { headers, cache: 'no-store' })
    if (answer.status === 404) { location.reload(); return }
    if (!answer.ok && answer.status !== 304) throw new Error(String(answer.status))
    if (answer.ok) {
      const state = await answer.json()
      if (state.seq >= this.state.seq) this.take(state)
      this.etag = answer.headers.get('ETag') || ''
    }
    const checked = answer.headers.get('Checked-At')
    this.confirm(checked ? lag(checked, answer.headers.get('Date')) : 0)
  }

  async poll() {
    for (;;) {
      await new Promise((go) => setTimeout(go, jitter(POLL) * 1000))
      const open = this.socket && this.socket.readyState === WebSocket.OPEN
      if (!open && !document.hidden) await this.fetch(0)
    }
  }

  tick() {
    if (this.socket && this.socket.readyState === WebSocket.OPEN && seconds() - this.heardAt > SILENT) {
      this.socket.close()
      this.again()
    }
    this.onLine(this)
  }
}
