/* The connection as the judge sees it: a pill with words, and the socket that carries nudges only.
   Marks never travel here; when sockets fail, everything still works by requests. */

const BACK_FOR = 8000
const PROBE = 10000
const LOOK = 15000

export function createLink({ page, pill, nudged }) {
  let online = navigator.onLine
  let mine = 0
  let others = 0
  let received = 0
  let wasLost = false
  let back
  let opened = () => {}
  let hasSocket = false

  function show() {
    const { words } = page
    if (!pill) return
    let state = 'on'
    let text = words.connected
    let icon = 'link'
    if (!online) {
      state = 'off'
      icon = 'unlink'
      text = mine ? words.offlineWaiting.replace('%s', mine) : words.offline
    } else if (mine) {
      text = words.sending.replace('%s', mine)
    } else if (back) {
      state = 'back'
      icon = 'check'
      text = received ? words.restored.replace('%s', received) : words.restoredPlain
    }
    pill.dataset.link = state
    pill.querySelector('use').setAttribute('href', `${page.urls.icons}#${icon}`)
    pill.querySelector('span').textContent = text
    document.body.dataset.link = state
    const note = document.querySelector('[data-others]')
    if (note) {
      note.hidden = !others
      note.querySelector('span').textContent = words.othersWaiting.replace('%s', others)
    }
  }

  function reached() {
    if (!online || wasLost) {
      clearTimeout(back)
      back = setTimeout(() => { back = undefined; received = 0; show() }, BACK_FOR)
    }
    online = true
    wasLost = false
    show()
  }

  function lost() {
    online = false
    if (!wasLost) received = 0
    wasLost = true
    show()
  }

  /* Reconnects for ever with jitter; while it is down, a small request tells whether we are. */
  function connect(attempt = 0) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const socket = new WebSocket(`${scheme}://${location.host}/ws/judge/`)
    let alive = false
    socket.onopen = () => {
      alive = hasSocket = true
      reached()
      opened()
    }
    socket.onmessage = ({ data }) => {
      try {
        nudged(JSON.parse(data))
      } catch { /* a nudge that cannot be read is no loss: the state is fetched anyway */ }
    }
    socket.onclose = () => {
      hasSocket = false
      if (!navigator.onLine) lost()
      const next = alive ? 0 : attempt + 1
      setTimeout(() => connect(next), Math.min(30000, 1000 * 2 ** next) * (0.5 + Math.random()))
      if (alive) probe()
    }
  }

  async function probe() {
    if (document.visibilityState !== 'visible') return
    try {
      await fetch(page.urls.alive, { cache: 'no-store' })
      reached()
    } catch {
      lost()
    }
  }

  addEventListener('offline', lost)
  addEventListener('online', probe)
  setInterval(() => { if (!online) probe() }, PROBE)
  setInterval(() => { if (!hasSocket && online && !document.hidden) nudged({}) }, LOOK)
  show()

  return {
    connect,
    reached,
    lost,
    received(count) { received += count },
    waiting(own, foreign) { mine = own; others = foreign; show() },
    onOpen(callback) { opened = callback },
    get online() { return online },
  }
}
