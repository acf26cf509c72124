/* 呼叫裁判长 and 报告问题, from any page of a sheet: a word to the chief judge, kept by the server. */

import { csrfToken } from './queue.js'

export function openHelp(page, kind, text = '') {
  const dialog = document.querySelector('[data-help-dialog]')
  const form = dialog.querySelector('form')
  const result = dialog.querySelector('[data-result]')
  dialog.querySelector('[data-title]').textContent = page.words.help[kind]
  form.elements.text.value = text
  form.elements.text.required = kind === 'problem'
  result.textContent = ''
  form.onsubmit = async (event) => {
    if (event.submitter?.value === 'back') return
    event.preventDefault()
    const body = new FormData(form)
    body.set('kind', kind)
    try {
      const response = await fetch(page.urls.call, {
        method: 'POST', body, headers: { Accept: 'application/json', 'X-CSRFToken': csrfToken() },
      })
      const answer = await response.json()
      result.textContent = answer.message
      if (response.ok) setTimeout(() => dialog.close(), 1500)
    } catch {
      result.textContent = page.words.helpOffline
    }
  }
  dialog.showModal()
}
