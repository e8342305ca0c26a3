// Mouse, fingers and keys. One finger scrolls the page; two move the map and zoom it.
const AWAITED = 20000 // ms for a tile to come
const TILE = '.st-key-film-map-film' // as map_search.py calls it

function moves(map) {
  const { canvas, stage } = map
  const place = point => {
    const box = canvas.getBoundingClientRect()
    return [point.clientX - box.left, point.clientY - box.top]
  }
  mouse(map, place)
  fingers(map, place)
  canvas.addEventListener('click', event => {
    if (map.dragged) return
    const film = nearest(map, place(event), event.pointerType === 'touch' ? REACH.touch : REACH.mouse)
    if (!film) return
    map.marked = film
    map.paint()
    map.pick(film.n)
    bring(map, film)
  })
  const far = () => map.w / 6
  const keys = {
    '+': () => map.zoom(1.6), '=': () => map.zoom(1.6), '-': () => map.zoom(1 / 1.6),
    0: () => map.look(WHOLE),
    ArrowLeft: () => map.shift(far(), 0), ArrowRight: () => map.shift(-far(), 0),
    ArrowUp: () => map.shift(0, far()), ArrowDown: () => map.shift(0, -far()),
  }
  canvas.addEventListener('keydown', event => {
    const act = !event.ctrlKey && !event.metaKey && !event.altKey && keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  })
  let hiding
  map.tell = words => {
    map.hint.textContent = words
    map.hint.hidden = false
    clearTimeout(hiding)
    hiding = setTimeout(() => { map.hint.hidden = true }, HINTED)
  }
  stage.addEventListener('mouseleave', () => { map.tip.hidden = true })
}

// Bring the tile of a film that was clicked on into sight, once the page has it, and say so to a screen reader.
function bring(map, film) {
  const until = performance.now() + AWAITED
  const asked = (map.asked = {})
  const look = () => {
    if (map.asked !== asked || !map.canvas.isConnected || performance.now() > until) return
    const place = document.querySelector(TILE)
    const roots = place ? [place, ...[...place.querySelectorAll('*')].map(node => node.shadowRoot).filter(Boolean)] : []
    const links = roots.flatMap(root => [...root.querySelectorAll('a.poster')])
    if (!links.some(link => link.getAttribute('aria-label') === film.t)) return setTimeout(look, 60)
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    place.style.scrollMarginBottom = '1rem'
    place.scrollIntoView({ block: 'nearest', behavior: still ? 'instant' : 'smooth' })
    map.said.textContent = _('{film} is shown below the map.', { film: film.t })
  }
  look()
}

function mouse(map, place) {
  const { canvas } = map
  let held = null
  canvas.addEventListener('pointerdown', event => {
    map.dragged = false
    if (event.pointerType === 'touch' || event.button) return
    held = [event.clientX, event.clientY]
    canvas.setPointerCapture(event.pointerId)
  })
  canvas.addEventListener('pointermove', event => {
    if (event.pointerType === 'touch') return
    if (!held) return hover(map, place(event))
    const [dx, dy] = [event.clientX - held[0], event.clientY - held[1]]
    if (!map.dragged && Math.hypot(dx, dy) < 4) return
    map.dragged = true
    map.tip.hidden = true
    held = [event.clientX, event.clientY]
    map.shift(dx, dy)
  })
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => { held = null })
  canvas.addEventListener('dblclick', event => map.zoom(2, ...place(event)))
  // The wheel scrolls the page until the map is clicked or tabbed into, and again once the mouse has left it.
  let used = false
  for (const begins of ['focus', 'pointerdown']) canvas.addEventListener(begins, () => { used = true })
  map.stage.addEventListener('mouseleave', () => { used = false })
  const wheel = event => {
    const asked = event.ctrlKey || (used && canvas.getRootNode().activeElement === canvas)
    if (!asked) return map.tell(_('Click the map, then scroll to zoom'))
    if (event.deltaY > 0 && !map.canShrink()) return // the page scrolls on
    event.preventDefault()
    const lines = event.deltaMode ? 20 : 1
    map.zoom(Math.exp(-Math.max(-120, Math.min(event.deltaY * lines, 120)) / 300), ...place(event), false)
  }
  canvas.addEventListener('wheel', wheel, { passive: false })
}

function fingers(map, place) {
  const { canvas } = map
  let before = null
  let began = null
  const pair = touches => {
    const [a, b] = [place(touches[0]), place(touches[1])]
    return { x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2, apart: Math.hypot(a[0] - b[0], a[1] - b[1]) || 1 }
  }
  const down = event => {
    map.tip.hidden = true
    began = event.touches.length === 1 ? place(event.touches[0]) : null
    before = event.touches.length === 2 ? pair(event.touches) : null
    if (before) event.preventDefault()
  }
  const move = event => {
    if (before && event.touches.length === 2) {
      event.preventDefault()
      const now = pair(event.touches)
      map.zoom(now.apart / before.apart, before.x, before.y, false)
      map.shift(now.x - before.x, now.y - before.y)
      before = now
    } else if (began) {
      const [x, y] = place(event.touches[0])
      if (Math.abs(x - began[0]) > 24 && Math.abs(x - began[0]) > Math.abs(y - began[1])) {
        map.tell(_('Two fingers move the map'))
        began = null
      }
    }
  }
  canvas.addEventListener('touchstart', down, { passive: false })
  canvas.addEventListener('touchmove', move, { passive: false })
  for (const end of ['touchend', 'touchcancel'])
    canvas.addEventListener(end, () => {
      before = null
      began = null
    })
}

function hover(map, point) {
  const film = nearest(map, point, REACH.mouse)
  map.canvas.style.cursor = film ? 'pointer' : ''
  map.tip.hidden = !film
  if (!film) return
  const [x, y] = map.at(film)
  map.tip.textContent = film.s > 0 ? _('{film} · you gave {stars}', { film: film.t, stars: film.s / 2 }) : film.s < 0 ? `${film.t} · ♥` : film.t
  const right = x > map.w / 2
  Object.assign(map.tip.style, {
    left: right ? '' : `${x + 12}px`, right: right ? `${map.w - x + 12}px` : '', top: `${Math.max(y - 12, 2)}px`,
  })
}

// The film drawn nearest to a point, within so many px; of two, one of the visitor's own.
function nearest(map, [px, py], within) {
  let best = null
  let least = within
  for (const film of map.marked ? [...map.films, map.marked] : map.films) {
    const [x, y] = map.at(film)
    const apart = Math.hypot(x - px, y - py) - (film.s ? 3 : 0)
    if (apart <= least) [best, least] = [film, apart]
  }
  return best
}
