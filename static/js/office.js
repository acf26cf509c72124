/* Office pages: the small behaviours that forms need without a page load.
   data-check-all="name": a box that ticks every box of that name in its form, and says how many
     in [data-ticked] (its words for one and for more: data-one, data-more with a 0).
   data-typed="words": a button that stays disabled until the field names it types exactly these words.
   data-autosubmit: a filter that applies as soon as it is changed.
   data-rest-while="selector": a region that is not read again while something like this is in it.
   The page we are on is in view in a navigation that scrolls.
   .facet-fold: the filters beside a list; folded where they would stand before it. */

function checkAll(box) {
  const boxes = () => [...box.form.querySelectorAll(`input[name="${box.dataset.checkAll}"]`)]
  const count = () => {
    const ticked = boxes().filter((each) => each.checked).length
    box.checked = ticked > 0 && ticked === boxes().length
    box.indeterminate = ticked > 0 && ticked < boxes().length
    for (const out of box.form.querySelectorAll('[data-ticked]')) {
      const { one, more = '0' } = out.dataset
      out.textContent = one && ticked === 1 ? one : more.replace('0', ticked)
    }
    for (const each of boxes()) each.closest('tr')?.setAttribute('aria-selected', each.checked)
  }
  box.addEventListener('change', () => {
    for (const each of boxes()) each.checked = box.checked
    count()
  })
  box.form.addEventListener('change', count)
  count()
}

function typedConfirmation(field) {
  const button = field.form.querySelector('[type="submit"]')
  const update = () => { button.disabled = field.value.trim() !== field.dataset.typed }
  field.addEventListener('input', update)
  update()
}

for (const box of document.querySelectorAll('[data-check-all]')) checkAll(box)
for (const field of document.querySelectorAll('[data-typed]')) typedConfirmation(field)
for (const field of document.querySelectorAll('[data-autosubmit]')) {
  field.addEventListener('change', () => field.form.requestSubmit())
}
document.body.addEventListener('htmx:beforeRequest', (event) => {
  const rest = event.detail.elt.dataset?.restWhile
  if (rest && event.detail.elt.querySelector(rest)) event.preventDefault()
})
const here = document.querySelector('.navbar .nav-link[aria-current]')
if (here) {
  const row = here.parentElement
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2
}
if (window.matchMedia('(max-width: 62em)').matches) {
  for (const fold of document.querySelectorAll('.facet-fold')) fold.open = false
}
