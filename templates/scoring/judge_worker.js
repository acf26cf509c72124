/* The tablet's pages without a network: what was seen last is shown again. Marks are not its business;
   they wait in the page's own queue. Written by the server so that it knows the addresses. */

const SHELL = 'leitai-judge-shell-{{ version }}'
const PAGES = 'leitai-judge-pages'
const SCOPE = '{{ scope }}'
const STATIC = '{{ static_prefix }}'
const FILES = {{ files|safe }}

addEventListener('install', (event) => {
  skipWaiting()
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)))
})

addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('leitai-judge-shell-') && name !== SHELL) await caches.delete(name)
    }
    await clients.claim()
  })())
})

/* The page in front is taken anew; those ahead only once, they ask for their state themselves. */
async function keep(path, index) {
  const isKnown = await (await caches.open(PAGES)).match(path)
  if (isKnown && index > 0) return
  const response = await fetch(path, { credentials: 'same-origin' })
  if (response.ok && !response.redirected) await (await caches.open(PAGES)).put(path, response)
}

addEventListener('message', (event) => {
  const paths = (event.data.keep ?? []).filter((path) => path.startsWith(SCOPE))
  event.waitUntil(paths.reduce((before, path, index) => before.then(() => keep(path, index)).catch(() => {}), Promise.resolve()))
})

function withPatience(request, patience) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('slow')), patience)
    fetch(request).then(resolve, reject)
  })
}

/* The network first, so that nobody works with an old page; what was kept when it does not answer. */
async function newest(request, name, key, patience) {
  const cache = await caches.open(name)
  try {
    const response = await withPatience(request, patience)
    if (response.ok && !response.redirected) await cache.put(key, response.clone())
    return response
  } catch (error) {
    const kept = await cache.match(key)
    if (kept) return kept
    return fetch(request)
  }
}

addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (url.pathname.startsWith(STATIC)) event.respondWith(newest(request, SHELL, request, 2500))
  else if (request.mode === 'navigate' && url.pathname.startsWith(SCOPE)) event.respondWith(newest(request, PAGES, url.pathname, 5000))
})
