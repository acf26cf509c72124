/* What this tablet says of itself: open sheet, marks not sent, clock, last receipt; and who else has the
   sheet open. A claim for the wall and a warning for colleagues: no mark depends on it. */

import { csrfToken } from './queue.js'
import { deviceId, newestReceipt, unsentBySheet, uuid } from './store.js'

const EVERY = 15000
const TAB = 'leitai-tab'

/* One id for this tab: kept over reloads, given up when a copy of the tab has it too. */
function tabId() {
  let id = sessionStorage.getItem(TAB)
  if (!id) sessionStorage.setItem(TAB, id = uuid())
  return id
}

export function createPresence({ page, told, lost = () => {} }) {
  const load = uuid()
  let tab = tabId()
  let saying

  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('leitai-tabs') : null
  if (channel) {
    channel.onmessage = ({ data }) => {
      if (data.load === load || data.tab !== tab) return
      if (data.taken) {
        sessionStorage.setItem(TAB, tab = uuid())
        say()
      } else {
        channel.postMessage({ tab, load, taken: true })
      }
    }
    channel.postMessage({ tab, load })
  }

  const headers = () => ({ 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': csrfToken() })

  async function say() {
    clearTimeout(saying)
    saying = setTimeout(say, EVERY)
    const receipt = await newestReceipt()
    const body = {
      v: 1, device: deviceId(), tab, sheet: page.sheet ?? null, unsent: await unsentBySheet(),
      time: new Date().toISOString(), receipt: receipt ? [receipt.seq, receipt.hash] : null,
    }
    try {
      const response = await fetch(page.urls.here, { method: 'POST', headers: headers(), body: JSON.stringify(body) })
      if (response.ok) told((await response.json()).company)
    } catch {
      lost()
    }
  }

  function leave() {
    const body = JSON.stringify({ v: 1, tab })
    fetch(page.urls.gone, { method: 'POST', headers: headers(), body, keepalive: true }).catch(() => {})
  }
  addEventListener('pagehide', leave)
  addEventListener('pageshow', ({ persisted }) => { if (persisted) say() })

  return { say, headers: () => ({ 'X-Tablet': deviceId(), 'X-Tab': tab }) }
}
