// Ten half-stars: a range input for keyboard and screen readers, and for everybody else the pointer's place on the stars.
function stars(tile, film, leaves) {
  const box = make(tile, 'div', 'stars')
  const input = make(box, 'input')
  Object.assign(input, { type: 'range', min: 0, max: 10, step: 1 })
  input.setAttribute('aria-label', _('Your stars for {film}', { film: film.name }))
  let given = 0 // half-stars, 0 for none
  let save = () => {}
  let waiting = null
  const paint = halves => {
    box.style.setProperty('--fill', `${halves * 10}%`)
    input.setAttribute('aria-valuetext', halves ? ngettext('{n} star', '{n} stars', halves / 2) : _('not rated'))
  }
  const commit = halves => {
    clearTimeout(waiting)
    waiting = null
    given = halves
    input.value = halves
    paint(halves)
    save(halves ? halves / 2 : null)
  }
  const place = event => {
    const { left, width } = box.getBoundingClientRect()
    return Math.min(10, Math.max(1, Math.ceil(((event.clientX - left) / width) * 10)))
  }
  let pressed = false
  box.onpointerdown = event => {
    pressed = event.button === 0
    if (pressed) box.setPointerCapture(event.pointerId) // a finger may slide along the stars
    paint(place(event))
  }
  box.onpointermove = event => {
    if (pressed || event.pointerType === 'mouse') paint(place(event))
  }
  box.onpointerup = event => {
    if (pressed) commit(place(event) === given ? 0 : place(event)) // the same stars again take them back
    pressed = false
  }
  box.onpointerleave = () => {
    if (!pressed) paint(given)
  }
  box.onpointercancel = () => {
    pressed = false // it was a scroll
    paint(given)
  }
  input.oninput = () => {
    given = Number(input.value)
    paint(given)
    clearTimeout(waiting)
    // One rating for a run of arrow keys. Where a rated film leaves the page, only Enter or going on says that it is done.
    waiting = leaves ? true : setTimeout(() => commit(given), 500)
  }
  const finish = () => {
    if (waiting) commit(given)
  }
  input.onkeydown = event => {
    if (event.key === 'Enter') finish()
  }
  input.onblur = finish
  return {
    show(value, saveWith) {
      save = saveWith
      if (waiting || pressed) return
      given = value * 2
      input.value = given
      paint(given)
    },
  }
}
