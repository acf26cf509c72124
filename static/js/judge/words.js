/* The page's facts and words, written by the server in the judge's language. */

export function pageFacts(id) {
  const found = document.getElementById(id)
  return found ? JSON.parse(found.textContent) : null
}

/* A time of day as the hall's clocks show it, whatever the tablet's own zone. */
export function clock(iso, zone) {
  if (!iso) return ''
  return new Date(iso).toLocaleTimeString('zh-CN', { timeZone: zone, hour12: false })
}

export function icon(page, name) {
  const namespace = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(namespace, 'svg')
  svg.setAttribute('class', 'i')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS(namespace, 'use')
  use.setAttribute('href', `${page.urls.icons}#${name}`)
  svg.append(use)
  return svg
}

/* Replaces an element's content by text and nodes; never by markup. */
export function fill(element, ...parts) {
  element.replaceChildren(...parts.filter((part) => part !== '' && part !== null && part !== undefined))
}
