// Films as tiles in one element. Every text is set as text, never as HTML.
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  let list = parentElement.querySelector('ul')
  const isNew = !list
  if (isNew) {
    list = document.createElement('ul')
    parentElement.appendChild(list)
    const late = () => (list.isConnected ? [...list.children].forEach(hang) : removeEventListener('reelrec:images', late))
    addEventListener('reelrec:images', late)
  }
  list.className = data.layout
  list.setAttribute('aria-label', data.label)
  list.style.setProperty('--tile', data.width)
  const answers = answering(data, setStateValue, isNew, list)
  const own = owning(data, setStateValue, isNew, list)
  const opened = data.logs ? film => setTriggerValue('opened', film.slug) : () => {}
  const focus = focused(list)
  const old = new Map([...list.children].map(tile => [tile.dataset.film, tile]))
  const tiles = own.films.map(film => {
    const tile = old.get(String(film.number)) || build(film, data, own)
    update(tile, film, answers.of(film), answers.say, opened)
    own.update(tile, film)
    tile.asks.hidden = !data.explains || !film.stars
    tile.asks.textContent = _('Why {stars}?', { stars: film.stars })
    tile.asks.setAttribute('aria-label', _('Why {stars}: {film}', { stars: film.stars, film: film.name }))
    tile.asks.onclick = () => setTriggerValue('why', film.number)
    return tile
  })
  tiles.forEach((tile, place) => {
    if (list.children[place] !== tile) list.insertBefore(tile, list.children[place] || null)
  })
  while (list.children.length > tiles.length) list.lastChild.remove()
  focus.restore()
  if (isNew && data.layout === 'strip') keepPlace(list, data.key)
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

function build(film, { captions, layout, leaves, short }, own) {
  const tile = document.createElement('li')
  tile.dataset.film = film.number
  const frame = make(tile, 'div', 'frame')
  const poster = make(frame, 'a', `poster${film.poster.top ? ' top' : ''}`)
  poster.style.backgroundColor = film.poster.paper
  poster.style.backgroundImage = `url("${film.poster.image}")`
  poster.setAttribute('aria-label', film.name)
  poster.addEventListener('reelrec:opened', () => tile.opened())
  const words = make(poster, 'span', 'words')
  words.style.color = film.poster.ink
  words.setAttribute('aria-hidden', 'true')
  make(words, 'span', 'title', film.title).style.fontSize = `${film.poster.size}cqi`
  const credit = make(words, 'span', 'credit')
  make(credit, 'span', '', film.director)
  make(credit, 'span', '', film.year)
  if (captions && layout !== 'head') make(tile, 'div', 'caption', film.name) // a photographed poster may not say it
  const whole = layout === 'head' // it hides nothing
  if (whole) tile.label = make(tile, 'div', 'label')
  tile.line = make(tile, whole ? 'div' : 'button', 'line')
  tile.line.type = 'button'
  tile.details = make(tile, 'div', 'details')
  tile.details.hidden = !whole
  tile.people = make(tile, 'dl', 'people')
  tile.range = make(tile.details, 'div', 'range')
  tile.chance = make(tile.details, 'div', 'chance')
  tile.why = make(tile.details, 'div', 'why')
  tile.asks = make(tile.details, 'button', 'asks')
  tile.asks.type = 'button'
  const answers = short ? tile.details : tile
  if (film.rate) tile.stars = stars(answers, film, leaves)
  tile.row = make(answers, 'div', 'row')
  tile.buttons = []
  own.build(tile, frame, answers, whole)
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

function update(tile, film, answer, say, opened) {
  tile.image = film.image
  hang(tile)
  const poster = tile.querySelector('a.poster')
  lead(poster, film.href)
  tile.opened = () => opened(film)
  tile.line.replaceChildren()
  if (film.stars) {
    make(tile.line, 'b', '', film.stars)
    tile.line.append(' ') // for who hears it
    if (film.word) make(tile.line, 'span', '', film.word)
  }
  tile.line.hidden = !film.stars
  range(tile.range, film.picture)
  tile.people.replaceChildren()
  tile.people.hidden = !film.people.length
  film.people.forEach(line => person(tile.people, line))
  for (const name of ['chance', 'why']) {
    tile[name].textContent = film[name]
    tile[name].hidden = !film[name]
  }
  if (tile.label) tile.label.textContent = film.label
  else unfolds(tile, film)
  if (tile.stars) tile.stars.show(typeof answer === 'number' ? answer : 0, value => say(film.number, value))
  if (tile.buttons.length !== film.actions.length) {
    tile.row.replaceChildren()
    tile.buttons = film.actions.map(action => {
      const button = make(tile.row, 'button', '', action.label)
      button.type = 'button'
      button.setAttribute('aria-label', `${action.label}: ${film.name}`)
      return button
    })
    if (tile.list?.classList.contains('named')) tile.row.append(tile.list)
  }
  film.actions.forEach((action, place) => {
    tile.buttons[place].onclick = () => say(film.number, answer === action.answer ? null : action.answer)
    tile.buttons[place].setAttribute('aria-pressed', String(answer === action.answer))
  })
}

// A line for one of several people.
function person(list, { name, stars, reach, says }) {
  const line = make(list, 'div')
  make(line, 'dt', '', name).title = name
  const said = make(line, 'dd')
  make(said, 'span', 'heard', says)
  for (const [tag, seen] of [['b', stars], ['small', reach]]) {
    if (seen) make(said, tag, '', seen).setAttribute('aria-hidden', 'true')
  }
}

// The line shows and hides the rest.
function unfolds(tile, film) {
  tile.line.setAttribute('aria-label', _('{stars} {word}: more about {film}', { stars: film.stars, word: film.word, film: film.name }))
  tile.line.setAttribute('aria-expanded', String(!tile.details.hidden))
  tile.line.onclick = () => {
    tile.details.hidden = !tile.details.hidden
    tile.line.setAttribute('aria-expanded', String(!tile.details.hidden))
  }
}

// A row that is scrolled to the side comes back so when its page does.
function keepPlace(list, key) {
  const rows = () => window.reelrec?.remembered().rows || {}
  list.scrollLeft = rows()[key] || 0
  let noted = 0
  list.onscroll = () => {
    clearTimeout(noted)
    noted = setTimeout(() => window.reelrec?.remember({ rows: { ...rows(), [key]: list.scrollLeft } }), 250)
  }
}
