/* Deductions: every fault counted has a line of its own that says why; the count is the number of lines. */

import { fill, icon } from './words.js'

export const linesOf = (current) => (
  current?.state === 'value' && current.remark ? current.remark.split('\n').filter((line) => line.trim()) : []
)

/* What is sent when the lines are these: as many faults as lines. */
export const faultsOf = (lines) => ({ value: String(lines.length), remark: lines.join('\n') })

export function paintFaults(element, row, aspect, page) {
  const list = element.querySelector('[data-remarks]')
  if (!list) return
  const lines = linesOf(row.current)
  list.hidden = !lines.length
  fill(list, ...lines.map((line, index) => {
    const item = document.createElement('li')
    const number = document.createElement('span')
    const text = document.createElement('span')
    number.textContent = page.words.faultNumber.replace('%s', index + 1)
    text.textContent = line
    item.append(number, text)
    if (aspect.canEnter && page.editable) {
      const edit = document.createElement('button')
      edit.className = 'action'
      edit.type = 'button'
      edit.dataset.do = 'fault'
      edit.dataset.line = String(index)
      edit.setAttribute('aria-label', page.words.editFault.replace('%s', index + 1))
      edit.append(icon(page, 'edit'))
      item.append(edit)
    }
    return item
  }))
}

/* Asks for one reason: a line to choose, or one to write. done(text) only when there is one. */
export function askReason(page, { title, text, reasons, required, done, back }) {
  const dialog = document.querySelector('[data-remark-dialog]')
  const input = dialog.querySelector('input')
  const choices = dialog.querySelector('[data-reasons]')
  dialog.querySelector('[data-title]').textContent = title
  input.value = text
  input.required = required
  choices.hidden = !reasons.length
  fill(choices, ...reasons.map((reason) => {
    const button = document.createElement('button')
    button.className = 'action'
    button.type = 'button'
    button.textContent = reason
    button.addEventListener('click', () => {
      input.value = reason
      dialog.close('save')
    })
    return button
  }))
  dialog.onclose = () => {
    if (dialog.returnValue === 'save') done(input.value.trim())
    else back()
  }
  dialog.returnValue = ''
  dialog.showModal()
}
