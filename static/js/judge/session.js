/* An ended session asks for the password over the form; the page and its queue stay as they are. */

import { csrfToken } from './queue.js'

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
      const response = await fetch(page.urls.resume, {
        method: 'POST', body, headers: { Accept: 'application/json', 'X-CSRFToken': csrfToken() },
      })
      if (response.ok) {
        dialog.close()
        form.reset()
        resumed()
        return
      }
      error.textContent = (await response.json()).message
    } catch {
      error.textContent = page.words.noServer
    }
    error.hidden = false
  })

  return {
    ask() {
      if (dialog.open) return
      dialog.showModal()
      form.querySelector('input[type="password"]').focus()
    },
  }
}
