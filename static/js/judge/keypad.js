/* The tablet's own keypad: a value is a mark only after 确定; the system keyboard never covers a row. */

import { clockOf, secondsFit } from './clock.js'

export function createKeypad(element, { words }) {
  const output = element.querySelector('output b')
  const unit = element.querySelector('output small')
  const label = element.querySelector('[data-label]')
  const range = element.querySelector('[data-range]')
  const warning = element.querySelector('[data-warning]')
  const okay = element.querySelector('[data-key="ok"]')
  const point = element.querySelector('[data-key="."]')
  let current = null
  let text = ''

  const decimals = (step) => (step.includes('.') ? step.split('.')[1].replace(/0+$/, '').length : 0)

  const typed = () => (current.isClock && text !== '' ? clockOf(text, current.places) : text)

  function fault() {
    if (current.isClock) return text === '' ? words.keyEmpty : secondsFit(text, current.places) ? '' : words.keySeconds
    if (text === '' || text === '.') return words.keyEmpty
    const places = text.includes('.') ? text.split('.')[1].length : 0
    if (places > current.places) return words.keyStep.replace('%s', current.step)
    if (current.largest !== null && Number(text) > Number(current.largest)) {
      return words.keyLargest.replace('%s', current.largest)
    }
    return ''
  }

  function show() {
    output.textContent = typed() || '—'
    const wrong = fault()
    okay.disabled = wrong !== ''
    warning.textContent = text === '' ? '' : wrong
    current.typing(typed())
  }

  function press(key) {
    if (key === 'ok') {
      if (!fault()) close(text.endsWith('.') ? text.slice(0, -1) : typed())
      return
    }
    if (key === 'back') text = text.slice(0, -1)
    else if (current.isClock) text = key === '.' || text.length > 7 || (text === '' && key === '0') ? text : text + key
    else if (key === '.') text = text.includes('.') || !current.places ? text : `${text || '0'}.`
    else if (text.length < 10) text = text === '0' ? key : text + key
    show()
  }

  function close(value = null) {
    if (!current) return
    const { done } = current
    current = null
    element.hidden = true
    delete document.body.dataset.keypad
    done(value)
  }

  element.addEventListener('click', ({ target }) => {
    const key = target.closest('[data-key]')?.dataset.key
    if (key && current) press(key)
  })
  addEventListener('keydown', (event) => {
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return
    const key = { Enter: 'ok', Backspace: 'back', ',': '.' }[event.key] ?? event.key
    if (event.key === 'Escape') close()
    else if (/^[0-9.]$/.test(key) || key === 'ok' || key === 'back') {
      event.preventDefault()
      press(key)
    }
  })

  return {
    /* Opens for one field; typing(text) previews, done(value or null) ends. */
    open({ name, suffix, largest, step, isClock = false, rangeText, typing, done }) {
      if (current) close()
      current = { largest, step: step ?? '', places: step ? decimals(step) : 6, isClock, typing, done }
      text = ''
      label.textContent = name
      range.textContent = rangeText
      unit.textContent = suffix
      point.disabled = isClock || !current.places
      element.hidden = false
      document.body.dataset.keypad = 'open'
      show()
    },
    close: () => close(),
    get isOpen() { return current !== null },
  }
}
