/* One tablet for a whole panel: the seat that is entered now, chosen in sight of everybody; and what two
   devices said of one cell, until somebody says which of them counts. */

import { clock, icon } from './words.js'

/* Shows and moves the seat. aspects: page.aspects; rows hold what waits here, by code and seat. */
export function createGroup({ page, changed }) {
  if (!page.group) return { take() {}, missing: () => [], entered() {} }
  const bar = document.querySelector('[data-group]')
  const seats = page.group.seats.map(({ seat }) => seat)
  let now = seats.includes(page.group.now) ? page.group.now : seats[0]
  let waiting = new Map() // what this tablet holds of each cell, by code and seat

  function apply() {
    for (const [code, aspect] of Object.entries(page.aspects)) {
      const each = aspect.now.each ?? {}
      if (!Object.keys(each).length) continue
      aspect.seat = now
      aspect.now.own = each[now] ?? null
      aspect.now.others = Object.entries(each).filter(([seat]) => Number(seat) !== now).map(([seat, known]) => {
        const mark = waiting.get(`${code}:${seat}`) ?? known
        const said = mark && (mark.state === 'value' ? mark.value : page.words.states[mark.state])
        return { seat: Number(seat) % 100, is_in: Boolean(said), value: said || null }
      })
    }
    for (const button of bar.querySelectorAll('[data-seat]')) {
      button.setAttribute('aria-pressed', Number(button.dataset.seat) === now)
    }
    const { name, number } = page.group.seats.find(({ seat }) => seat === now)
    bar.querySelector('[data-who]').textContent = page.words.group.replace('%s', `${number} ${name}`)
  }

  function choose(seat) {
    now = seat
    apply()
    changed()
  }

  /* Seats of an aspect that have nothing yet, neither on the server nor waiting here. */
  function missing(code) {
    const each = page.aspects[code].now.each ?? {}
    return Object.keys(each).map(Number).filter((seat) => !each[seat] && !waiting.has(`${code}:${seat}`))
  }

  bar.addEventListener('click', ({ target }) => {
    const seat = target.closest('[data-seat]')?.dataset.seat
    if (seat) choose(Number(seat))
  })
  apply()

  return {
    take: apply,
    missing,
    cells(held) { waiting = held; apply() },
    /* The cards are shown together and entered one after another: the next seat that is still empty. */
    entered(code, seat) {
      const left = missing(code).filter((each) => each !== seat)
      const after = left.find((each) => each > seat) ?? left[0]
      if (after !== undefined) choose(after)
      else if (Object.keys(page.aspects[code].now.each ?? {}).length) choose(seats[0])
    },
  }
}

export function paintAgainst(element, row, aspect, page) {
  const place = element.querySelector('[data-against]')
  if (!place) return
  const against = row.current?.status === 'saved' ? row.current.against : null
  place.hidden = !against
  if (!against) return
  const { words } = page
  place.querySelector('span').textContent = words.against
    .replace('%d', against.device || words.thisDevice).replace('%n', against.by).replace('%t', clock(against.time, page.zone))
    .replace('%a', against.text).replace('%b', against.mine)
  place.querySelector('[data-do="keep"]').textContent = words.keepIt.replace('%s', against.mine)
  place.querySelector('[data-do="take"]').textContent = words.takeIt.replace('%s', against.text)
}

/* Who else has the sheet open: every line in words, the ones that matter in the colour of a warning. */
export function paintCompany(lines, page) {
  const place = document.querySelector('[data-company]')
  if (!place) return
  const known = JSON.stringify(lines ?? [])
  if (place.dataset.known === known) return
  place.dataset.known = known
  place.replaceChildren(...(lines ?? []).map(({ tone, text }) => {
    const line = document.createElement('p')
    line.className = tone ? 'note' : 'company-line'
    if (tone) line.dataset.tone = tone
    const words = document.createElement('span')
    words.textContent = text
    line.append(icon(page, tone ? 'alert' : 'eye'), words)
    return line
  }))
}
