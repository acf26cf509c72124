/* Times on the keypad: digits come in from the right, as on a stop-watch; 12345 is 12:34.5. */

export function clockOf(digits, places) {
  const padded = digits.padStart(places + 3, '0')
  const decimals = places ? `.${padded.slice(-places)}` : ''
  const whole = places ? padded.slice(0, -places) : padded
  return `${Number(whole.slice(0, -2))}:${whole.slice(-2)}${decimals}`
}

export const secondsFit = (digits, places) => {
  const whole = places ? digits.slice(0, -places) : digits
  return Number(whole.slice(-2)) < 60
}
