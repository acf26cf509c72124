/* An ended session asks over the form: for the PIN on an enrolled tablet, else for the password. A tablet
   left alone for five minutes ends its session itself. The page and its queue stay as they are. */

import { csrfToken } from './queue.js'

const IDLE = 5 * 60 * 1000

export function createSession({ page, resumed }) {
  const dialog = document.querySelector('[data-resume]')
  if (!dialog) return { ask() {} }
  const form = dialog.querySelector('form')
  const error = dialog.querySelector('[data-error]')

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    error.hidden = true
    const body = new FormData(form)
    try {
      const response = await fetch(page.byPin ? page.urls.resumeByPin : page.urls.resume, {
        method: 'POST', body, headers: { Accept: 'application/json', 'X-CSRFToken': csrfToken() },
      })
      if (response.ok) {
        dialog.close()
        form.reset()
        // Signing in gave a new token: forms of this page are to send it too.
        for (const field of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) field.value = csrfToken()
        resumed()
        return
      }
      const answer = await response.json()
      if (answer.url) location.assign(answer.url)
      error.textContent = answer.message
    } catch {
      error.textContent = page.words.noServer
    }
    error.hidden = false
  })

  /* Only where the server could end the session: a tablet without a network marks on. */
  async function lock() {
    if (dialog.open) return
    try {
      const response = await fetch(page.urls.lock, {
        method: 'POST', headers: { Accept: 'application/json', 'X-CSRFToken': csrfToken() },
      })
      if (!response.ok) return
    } catch {
      return
    }
    ask(page.words.idleLocked)
  }

  let idle
  function touched() {
    clearTimeout(idle)
    idle = setTimeout(lock, IDLE)
  }
  if (page.byPin) {
    for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, touched, { passive: true })
    touched()
  }

  function ask(why = '') {
    if (dialog.open) return
    if (why) dialog.querySelector('[data-why]').textContent = why
    dialog.showModal()
    form.querySelector('input[type="password"]').focus()
  }
  return { ask: () => ask() }
}
