/* Keeps the tablet's pages for the time without a network, where the browser allows it. */

const PAGES = 'leitai-judge-pages'

export async function register(page, ahead = []) {
  const before = localStorage.getItem('leitai-judge-user')
  if (before && before !== String(page.user) && 'caches' in window) await caches.delete(PAGES)
  localStorage.setItem('leitai-judge-user', page.user)
  if (!('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register(page.urls.worker, { scope: page.urls.scope })
    const { active } = await navigator.serviceWorker.ready
    active.postMessage({ keep: [location.pathname, ...ahead] })
  } catch { /* an old or plain-http browser marks without it; the queue does not depend on it */ }
}
