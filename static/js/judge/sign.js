/* Signing: the PIN on the tablet's own pad. Nothing is signed while marks still wait on this tablet. */

import { createLink } from './link.js'
import { createPresence } from './presence.js'
import { createQueue } from './queue.js'
import { createSession } from './session.js'
import { register } from './shell.js'
import { pendingCount } from './store.js'
import { openHelp } from './help.js'
import { pageFacts } from './words.js'

const LENGTH = 6
const page = pageFacts('judge-page')
const form = document.querySelector('[data-sign]')
const link = createLink({ page, pill: document.querySelector('.pill'), nudged: () => {} })
const session = createSession({ page, resumed: () => queue.flush() })
let waitingBefore = 0

async function changed() {
  const { mine } = await pendingCount(page.user)
  if (waitingBefore && !mine) location.reload()
  waitingBefore = mine
  show(mine)
}
const presence = createPresence({ page, told: () => {} })
const queue = createQueue({ page, link, changed, signIn: session.ask, emptied: presence.say })

function show(waiting = waitingBefore) {
  if (!form) return
  const { pin } = form.elements
  const dots = form.querySelectorAll('.pin i')
  dots.forEach((dot, index) => dot.toggleAttribute('data-on', index < pin.value.length))
  form.querySelector('.pin').setAttribute('aria-label', page.words.pinTyped.replace('%s', pin.value.length))
  const blocked = form.querySelector('[data-blocked]')
  blocked.hidden = !waiting
  blocked.querySelector('span').textContent = page.words.signWaiting.replace('%s', waiting)
  form.querySelector('[data-key="ok"]').disabled = pin.value.length !== LENGTH || waiting > 0
}

function press(key) {
  const { pin } = form.elements
  if (key === 'back') pin.value = pin.value.slice(0, -1)
  else if (key === 'clear') pin.value = ''
  else if (pin.value.length < LENGTH) pin.value += key
  show()
}

if (form) {
  form.addEventListener('click', ({ target }) => {
    const key = target.closest('[data-key]')?.dataset.key
    if (key && key !== 'ok') press(key)
  })
  addEventListener('keydown', ({ key, target }) => {
    if (target.matches('input:not([name="pin"]), textarea')) return
    if (/^[0-9]$/.test(key)) press(key)
    else if (key === 'Backspace') press('back')
  })
  form.addEventListener('submit', () => { form.querySelector('[data-key="ok"]').disabled = true })
  show()
}
for (const button of document.querySelectorAll('[data-help]')) {
  button.addEventListener('click', () => openHelp(page, button.dataset.help))
}

link.onOpen(queue.flush)
queue.flush()
presence.say()
link.connect()
register(page)
