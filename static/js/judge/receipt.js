/* The receipt stays on the tablet too: what the server said it has, to hold against any later claim. */

import { register } from './shell.js'
import { keepSignature } from './store.js'
import { pageFacts } from './words.js'

const page = pageFacts('judge-page')
keepSignature({ ...page.receipt, user: page.user }).then(() => {
  document.querySelector('[data-kept]').hidden = false
})
register(page)
