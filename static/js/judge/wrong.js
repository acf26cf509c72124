/* Another panel's sheet was opened here: those who mark it are told. */

import { createPresence } from './presence.js'
import { pageFacts } from './words.js'

createPresence({ page: pageFacts('judge-page'), told: () => {} }).say()
