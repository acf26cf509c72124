/* A board's state as messages build it; docs/live-protocol.md is the contract. Pure. */

export const VERSION = 1

/** The snapshot that a delta leads to, or null when it does not follow this state. */
export function apply(state, delta) {
  if (!state || delta.prev !== state.seq) return null
  const rows = new Map(state.rows.map((row) => [row.id, row]))
  for (const id of delta.gone) rows.delete(id)
  for (const [id, fields] of Object.entries(delta.rows)) {
    rows.set(id, { ...(rows.get(id) || { id }), ...fields })
  }
  const order = delta.order || [...rows.keys()]
  if (order.some((id) => !rows.has(id))) return null
  return {
    ...state,
    ...delta.set,
    seq: delta.seq,
    digest: delta.digest,
    at: delta.at,
    rows: order.map((id) => rows.get(id)),
  }
}

/** Seconds between the server's two times: how old figures may be that it calls current. */
export function lag(checked, sent) {
  const seconds = (Date.parse(sent) - Date.parse(checked)) / 1000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0
}
