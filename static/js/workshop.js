/* The workshop: line numbers beside a text, and what is wrong with it while it is typed.
   data-workshop="address" on the form: both texts go there, a moment after the last key;
   the answer's panel replaces data-panel, its lines are marked in the gutters. */

const WAIT = 350
const form = document.querySelector('[data-workshop]')
const panel = form.querySelector('[data-panel]')
const status = form.querySelector('[data-status]')
const panes = new Map([...form.querySelectorAll('[data-code]')].map((box) => [
  box.dataset.code,
  { box, gutter: box.querySelector('.code-lines'), area: box.querySelector('textarea'), count: 0, marks: '' },
]))
let timer = 0
let asked = null

function number(pane, lines = new Set()) {
  const count = pane.area.value.split('\n').length
  const marks = [...lines].join()
  if (count !== pane.count || marks !== pane.marks) {
    const rows = Array.from({ length: count }, (_, at) => {
      const row = document.createElement('span')
      row.textContent = `${at + 1}\n`
      if (lines.has(at + 1)) row.dataset.wrong = ''
      return row
    })
    pane.gutter.replaceChildren(...rows)
    pane.count = count
    pane.marks = marks
  }
  pane.gutter.scrollTop = pane.area.scrollTop
}

function show(name) {
  form.querySelector(`#pane-${name}`).checked = true
  form.dataset.pane = name
  const pane = panes.get(name)
  pane.gutter.scrollTop = pane.area.scrollTop
}

function marked() {
  for (const [name, pane] of panes) {
    const wrong = [...panel.querySelectorAll(`.found [data-source="${name}"], .ran [data-passed="no"][data-source="${name}"]`)]
    number(pane, new Set(wrong.map((each) => Number(each.dataset.line))))
    const count = form.querySelector(`[data-count="${name}"]`)
    count.textContent = wrong.length || ''
  }
}

async function check() {
  asked?.abort()
  asked = new AbortController()
  status.textContent = status.dataset.busy
  try {
    const answer = await fetch(form.dataset.workshop, {
      method: 'POST', body: new FormData(form), signal: asked.signal, headers: { Accept: 'application/json' },
    })
    if (!answer.ok) throw new Error(answer.status)
    const found = await answer.json()
    panel.innerHTML = found.panel
    status.textContent = status.dataset.done
    marked()
  } catch (error) {
    if (error.name !== 'AbortError') status.textContent = status.dataset.lost
  }
}

function goTo(item) {
  const pane = panes.get(item.dataset.source)
  const line = Number(item.dataset.line)
  show(item.dataset.source)
  const before = pane.area.value.split('\n').slice(0, line - 1).join('\n').length
  const start = before + (line > 1 ? 1 : 0)
  const end = pane.area.value.indexOf('\n', start)
  pane.area.focus()
  pane.area.setSelectionRange(start, end < 0 ? pane.area.value.length : end)
  const height = pane.area.scrollHeight / pane.area.value.split('\n').length
  pane.area.scrollTop = Math.max(0, (line - 6) * height)
}

form.addEventListener('input', (event) => {
  if (event.target.name === 'pane') return show(event.target.value)
  const pane = panes.get(event.target.name)
  if (pane) number(pane)
  clearTimeout(timer)
  timer = setTimeout(check, WAIT)
})
panel.addEventListener('click', (event) => {
  const item = event.target.closest('[data-goto]')?.closest('[data-line]')
  if (!item) return
  event.preventDefault()
  goTo(item)
})
for (const pane of panes.values()) {
  pane.area.addEventListener('scroll', () => { pane.gutter.scrollTop = pane.area.scrollTop })
}
show('text')
marked()
