/* The judge's list pages: the connection, what still waits on this tablet, and the next sheets kept ahead. */

import { createLink } from './link.js'
import { createPresence } from './presence.js'
import { createQueue } from './queue.js'
import { createSession } from './session.js'
import { register } from './shell.js'
import { persist } from './store.js'
import { pageFacts } from './words.js'

const page = pageFacts('judge-page')
const AHEAD = 24

const BREATH = 4000

let reload
const link = createLink({
  page,
  pill: document.querySelector('.pill'),
  nudged: () => { reload ??= setTimeout(refresh, BREATH * (0.75 + Math.random())) },
})
const session = createSession({ page, resumed: () => location.reload() })
const presence = createPresence({ page, told: () => {} })
const queue = createQueue({ page, link, changed: () => {}, signIn: session.ask, emptied: presence.say })

/* New progress without losing the place: the list is fetched and put in the old one's stead. */
async function refresh() {
  reload = undefined
  try {
    const response = await fetch(location.href, { cache: 'no-store' })
    if (!response.ok || response.redirected) return
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('[data-list]')
    const old = document.querySelector('[data-list]')
    if (fresh && old) old.replaceWith(document.importNode(fresh, true))
  } catch {
    link.lost()
  }
}

link.onOpen(queue.flush)
queue.flush()
presence.say()
link.connect()
persist()
const ahead = [...document.querySelectorAll('[data-ahead]')].slice(0, AHEAD).map((each) => each.getAttribute('href'))
register(page, ahead)
