// A map of films on a canvas. Every text is set or drawn as text, never as HTML.
const MOST = 14 // times as large as the whole map
const WHOLE = [-106, -106, 106, 106]
const REACH = { mouse: 12, touch: 24 } // px from a dot to a click
const HINTED = 1800 // ms

export default function ({ data, parentElement, setTriggerValue }) {
  let box = parentElement.querySelector('.map')
  if (!box) box = built(parentElement)
  const map = box.map
  map.pick = number => setTriggerValue('picked', number)
  box.setAttribute('aria-label', data.label)
  map.alt.textContent = data.alt
  const first = !map.films
  const key = `${data.key}`
  if (map.key !== key) {
    map.key = key
    map.films = films(data.films)
    map.regions = data.regions.map(([name, x, y]) => ({ name, x, y, lines: lines(name) }))
    map.home = data.window
    map.tip.hidden = true
    if (first) map.start()
  }
  const mark = data.mark
  if (mark && mark.go !== map.went) {
    map.went = mark.go
    map.tip.hidden = true
    map.marked = map.films.find(film => film.n === mark.n) || { ...mark, s: 0 }
    map.go(mark.x, mark.y)
  }
  map.paint()
}

// Columns to films: n number, t title and year, s half-stars (0 none, -1 a heart), x and y on the map.
function films({ n, t, s, x, y }) {
  return n.map((number, i) => ({ n: number, t: t[i], s: s[i], x: x[i] / 10, y: y[i] / 10 }))
}

// A long name in two lines, broken near its middle; the words of a title hold together.
function lines(name) {
  const spaces = [...name.matchAll(/ /g)].map(found => found.index)
  if (name.length < 18 || !spaces.length) return [name]
  const off = place => Math.abs(place - name.length / 2)
  const at = spaces.reduce((best, place) => (off(place) < off(best) ? place : best))
  return [name.slice(0, at), name.slice(at + 1)]
}

function built(parentElement) {
  const box = make(parentElement, 'div', 'map')
  box.setAttribute('role', 'group')
  const stage = make(box, 'div', 'stage')
  const canvas = make(stage, 'canvas', '')
  canvas.tabIndex = 0
  canvas.setAttribute('role', 'application')
  canvas.setAttribute('aria-label', _('Map of films: arrow keys move it, plus and minus zoom, 0 shows all of it'))
  canvas.setAttribute('aria-describedby', 'alt')
  const map = (box.map = { canvas, stage, k: 0, cx: 0, cy: 0, films: null, regions: [], marked: null })
  map.alt = make(stage, 'p', 'alt')
  map.alt.id = 'alt'
  map.said = make(stage, 'p', 'alt')
  map.said.setAttribute('role', 'status')
  map.tip = make(stage, 'div', 'tip')
  map.tip.setAttribute('aria-hidden', 'true')
  map.tip.hidden = true
  map.hint = make(stage, 'div', 'hint')
  map.hint.hidden = true
  views(map)
  moves(map)
  const tools = (map.tools = make(box, 'div', 'tools'))
  const tool = (label, sign, act) => {
    const button = make(tools, 'button', '', sign)
    button.type = 'button'
    button.title = label
    button.setAttribute('aria-label', label)
    button.onclick = act
  }
  tool(_('Zoom in'), '+', () => map.zoom(1.6))
  tool(_('Zoom out'), '−', () => map.zoom(1 / 1.6))
  tool(_('Your loved films'), '♥', () => map.look(map.home))
  tool(_('The whole map'), '⤢', () => map.look(WHOLE))
  legend(make(box, 'ul', 'legend'))
  new ResizeObserver(() => map.fit()).observe(stage)
  recoloured(map)
  return box
}

// A change of the theme reaches the canvas as other values of the page's colours, a moment later.
function recoloured(map) {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const again = () => {
    if (!map.canvas.isConnected) return dark.removeEventListener('change', again)
    for (const moment of [0, 300, 1000]) setTimeout(map.paint, moment)
  }
  dark.addEventListener('change', again)
}

function legend(list) {
  const kinds = [[_('Your stars: {range}', { range: '½–1½' }), 2], ['2–2½', 5], ['3', 6], ['3½–4', 8], ['4½–5', 10], [_('not rated'), 0]]
  for (const [words, stars] of kinds) {
    const item = make(list, 'li', '')
    const { colour, radius, hollow } = dot(stars)
    const drawn = make(item, 'i', stars ? '' : 'quiet')
    if (stars) {
      const size = `${2 * radius + 2}px`
      Object.assign(drawn.style, { width: size, height: size, borderColor: colour })
      if (!hollow) drawn.style.background = colour
    }
    item.append(words)
  }
}

// What is seen: k px a unit of the map, and the point in the middle.
function views(map) {
  const { canvas, stage } = map
  const least = () => Math.min(map.w, map.h) / 220
  const bound = () => {
    map.k = Math.min(Math.max(map.k, least()), least() * MOST)
    map.cx = Math.min(Math.max(map.cx, -105), 105)
    map.cy = Math.min(Math.max(map.cy, -105), 105)
  }
  map.zoomed = () => map.k / least()
  map.at = film => [map.w / 2 + (film.x - map.cx) * map.k, map.h / 2 - (film.y - map.cy) * map.k]
  map.fit = () => {
    const whole = map.w ? map.k / least() : 0
    map.w = stage.clientWidth
    map.h = stage.clientHeight
    const dense = devicePixelRatio || 1
    canvas.width = map.w * dense
    canvas.height = map.h * dense
    if (!map.w) return
    if (whole) map.k = whole * least()
    else if (map.home) map.start()
    map.paint()
  }
  map.to = (cx, cy, k, animate = true) => {
    const from = [map.cx, map.cy, map.k]
    const began = performance.now()
    const still = !animate || matchMedia('(prefers-reduced-motion: reduce)').matches
    const flight = (map.flight = {})
    map.tip.hidden = true // what it tells of moves away
    const step = now => {
      if (map.flight !== flight) return
      const share = still ? 1 : Math.min(Math.max((now - began) / 350, 0), 1)
      const eased = share * (2 - share)
      map.cx = from[0] + (cx - from[0]) * eased
      map.cy = from[1] + (cy - from[1]) * eased
      map.k = from[2] * (k / from[2]) ** eased
      bound()
      map.paint()
      if (share < 1) requestAnimationFrame(step)
    }
    if (from[2]) step(still ? 0 : began)
    else Object.assign(map, { cx, cy, k }, bound())
  }
  map.look = ([left, bottom, right, top], animate = true) => {
    if (!map.w) return
    const k = Math.min(map.w / (right - left), map.h / (top - bottom))
    if (!map.k) map.k = k
    map.to((left + right) / 2, (bottom + top) / 2, k, animate)
  }
  map.start = () => {
    map.look(map.home, false)
    if (map.marked) map.go(map.marked.x, map.marked.y)
  }
  map.go = (x, y) => map.w && map.to(x, y, Math.max(map.k, least() * 5))
  // px, py: the point that stays where it is.
  map.zoom = (times, px = map.w / 2, py = map.h / 2, animate = true) => {
    const k = Math.min(Math.max(map.k * times, least()), least() * MOST)
    const x = map.cx + (px - map.w / 2) * (1 / map.k - 1 / k)
    const y = map.cy - (py - map.h / 2) * (1 / map.k - 1 / k)
    map.to(x, y, k, animate)
  }
  map.shift = (dx, dy) => map.to(map.cx - dx / map.k, map.cy + dy / map.k, map.k, false)
  map.canShrink = () => map.k > least() * 1.001
  let waits = false
  map.paint = () => {
    if (waits) return
    waits = true
    requestAnimationFrame(() => {
      waits = false
      if (canvas.isConnected && map.w && map.films) draw(map)
    })
  }
}
