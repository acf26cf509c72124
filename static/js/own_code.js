/* The code of a slip's QR stands behind # in the address, which no browser sends to a server.
   It is taken out of the address bar and the history first, then posted like a typed one. */

const form = document.querySelector('[data-code-form]')
const scanned = decodeURIComponent(location.hash.slice(1))

if (form && scanned) {
  history.replaceState(null, '', location.pathname)
  form.elements.code.value = scanned
  form.requestSubmit()
}
