// Films as tiles in one element. What the visitor says about a film is kept in `pending` until the server's data shows
// that it arrived, so that two quick ratings both count. Every text is set as text, never as HTML.
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  let list = parentElement.querySelector('ul')
  if (!list) {
    list = document.createElement('ul')
    parentElement.appendChild(list)
    list.pending = {}
    list.session = data.session
    const late = () => (list.isConnected ? [...list.children].forEach(hang) : removeEventListener('reelrec:images', late))
    addEventListener('reelrec:images', late)
  }
  const { pending } = list
  list.className = data.single ? 'single' : ''
  list.setAttribute('aria-label', data.label)
  list.style.setProperty('--tile', data.width)
  const shown = new Map(data.films.map(film => [film.number, film]))
  if (list.session !== data.session) {
    // The server began anew: it did not hear what was said meanwhile, and may show other films until it knows more.
    list.session = data.session
    clearTimeout(list.anew)
    list.anew = setTimeout(() => {
      list.anew = null
      if (Object.keys(pending).length) send()
    }, 800)
  }
  for (const number of Object.keys(pending)) {
    const film = shown.get(Number(number))
    if (film ? film.answer === pending[number] : !list.anew) delete pending[number]
  }
  // The time makes every message another one: a state that does not change is not sent.
  const send = () => setStateValue('answers', { films: { ...pending }, at: performance.timeOrigin + performance.now() })
  const say = (number, answer) => {
    pending[number] = answer
    send()
  }
  const open = film => setTriggerValue('opened', film.slug)
  const focus = focused(list)
  const old = new Map([...list.children].map(tile => [tile.dataset.film, tile]))
  const tiles = data.films.map(film => {
    const tile = old.get(String(film.number)) || build(film, data)
    update(tile, film, film.number in pending ? pending[film.number] : film.answer, say, open)
    return tile
  })
  tiles.forEach((tile, place) => {
    if (list.children[place] !== tile) list.insertBefore(tile, list.children[place] || null)
  })
  while (list.children.length > tiles.length) list.lastChild.remove()
  focus.restore()
}

// Where the keyboard was; when its tile leaves, the same control of the tile now in its place takes over.
function focused(list) {
  const active = list.getRootNode().activeElement
  const tile = active?.closest('li')
  const place = tile ? [...list.children].indexOf(tile) : -1
  const controls = node => [...node.querySelectorAll('a, input, button')]
  const control = tile ? controls(tile).indexOf(active) : -1
  return {
    restore() {
      if (place < 0 || list.getRootNode().activeElement) return
      const heir = list.contains(tile) ? tile : list.children[Math.min(place, list.children.length - 1)]
      if (heir) controls(heir)[control]?.focus({ preventScroll: true })
    },
  }
}

function make(parent, tag, name, text) {
  const node = document.createElement(tag)
  if (name) node.className = name
  if (text !== undefined) node.textContent = text
  parent.append(node)
  return node
}

function build(film, { captions, leaves }) {
  const tile = document.createElement('li')
  tile.dataset.film = film.number
  const poster = make(tile, 'a', `poster${film.poster.top ? ' top' : ''}`)
  poster.style.backgroundColor = film.poster.paper
  poster.style.backgroundImage = `url("${film.poster.image}")`
  poster.setAttribute('aria-label', film.name)
  const words = make(poster, 'span', 'words')
  words.style.color = film.poster.ink
  words.setAttribute('aria-hidden', 'true')
  make(words, 'span', 'title', film.title).style.fontSize = `${film.poster.size}cqi`
  const credit = make(words, 'span', 'credit')
  make(credit, 'span', '', film.director)
  make(credit, 'span', '', film.year)
  if (captions) make(tile, 'div', 'caption', film.name) // a photographed poster may not say it
  tile.line = make(tile, 'div', 'line')
  tile.range = make(tile, 'div', 'range')
  tile.chance = make(tile, 'div', 'chance')
  tile.why = make(tile, 'div', 'why')
  if (film.rate) tile.stars = stars(tile, film, leaves)
  tile.row = make(tile, 'div', 'row')
  tile.buttons = []
  return tile
}

// The film's own poster, over the drawn one, which stays where there is none or it cannot be loaded.
function hang(tile) {
  const image = tile.image || window.reelrecImages?.[tile.dataset.film]
  if (!image || tile.querySelector('img')) return
  const poster = tile.querySelector('a.poster')
  const picture = make(poster, 'img')
  Object.assign(picture, { alt: '', loading: 'lazy', decoding: 'async', referrerPolicy: 'no-referrer' })
  picture.onload = () => {
    poster.classList.add('pictured')
    poster.title = poster.getAttribute('aria-label') // what the drawn poster says in type
  }
  picture.onerror = () => picture.remove()
  picture.srcset = image.srcset
  picture.src = image.src
}

function update(tile, film, answer, say, open) {
  tile.image = film.image
  hang(tile)
  const poster = tile.querySelector('a.poster')
  poster.href = film.href
  poster.onclick = event => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
    event.preventDefault()
    open(film)
  }
  tile.line.replaceChildren()
  if (film.stars) {
    make(tile.line, 'b', '', film.stars)
    make(tile.line, 'span', '', film.note)
  }
  tile.line.hidden = !film.stars
  range(tile.range, film.picture)
  tile.chance.textContent = film.chance
  tile.chance.hidden = !film.chance
  tile.why.textContent = film.why
  tile.why.hidden = !film.why
  if (tile.stars) tile.stars.show(typeof answer === 'number' ? answer : 0, value => say(film.number, value))
  if (tile.buttons.length !== film.actions.length) {
    tile.row.replaceChildren()
    tile.buttons = film.actions.map(action => {
      const button = make(tile.row, 'button', '', action.label)
      button.type = 'button'
      button.setAttribute('aria-label', `${action.label}: ${film.name}`)
      return button
    })
  }
  film.actions.forEach((action, place) => {
    tile.buttons[place].onclick = () => say(film.number, answer === action.answer ? null : action.answer)
    tile.buttons[place].setAttribute('aria-pressed', String(answer === action.answer))
  })
}

// Ten half-stars: a range input for keyboard and screen readers, and for everybody else the pointer's place on the stars.
function stars(tile, film, leaves) {
  const box = make(tile, 'div', 'stars')
  const input = make(box, 'input')
  Object.assign(input, { type: 'range', min: 0, max: 10, step: 1 })
  input.setAttribute('aria-label', `Your stars for ${film.name}`)
  let given = 0 // half-stars, 0 for none
  let save = () => {}
  let waiting = null
  const paint = halves => {
    box.style.setProperty('--fill', `${halves * 10}%`)
    input.setAttribute('aria-valuetext', halves ? `${halves / 2} ${halves === 2 ? 'star' : 'stars'}` : 'not rated')
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
