/* A tablet's door: the id that its marks will carry goes with the code, and the waiting page looks again. */

import { deviceId } from './store.js'

const AGAIN = 4000
const form = document.querySelector('[data-enrol]')
if (form) form.elements.client.value = deviceId()
if (document.querySelector('[data-waiting]')) setTimeout(() => location.reload(), AGAIN)
