// Dots, names of regions and titles; where two would overlap, the weightier one is drawn.
// From low stars to high: blue to orange, which the colour-blind tell apart; each stands out on light and dark pages.
const STAR_COLOURS = ['#3f73b8', '#5c93cf', '#8a857c', '#b97d1e', '#d0573a']
const PAGE = { text: '--st-text-color', paper: '--st-background-color', font: '--st-font' }

// How a film is drawn. stars: halves; 0 for none, -1 for a heart.
function dot(stars) {
  if (stars < 0) return { colour: STAR_COLOURS[4], radius: 4.6, hollow: false }
  const place = stars <= 3 ? 0 : stars <= 5 ? 1 : stars === 6 ? 2 : stars <= 8 ? 3 : 4
  return { colour: STAR_COLOURS[place], radius: [3, 3, 3, 3.9, 5][place] + (stars === 10 ? 0.8 : 0), hollow: place < 2 }
}

function draw(map) {
  const style = getComputedStyle(map.stage)
  const page = Object.fromEntries(Object.entries(PAGE).map(([name, key]) => [name, style.getPropertyValue(key).trim()]))
  const pen = map.canvas.getContext('2d')
  const dense = map.canvas.width / map.w
  pen.setTransform(dense, 0, 0, dense, 0, 0)
  pen.clearRect(0, 0, map.w, map.h)
  const grown = Math.min(Math.max(map.zoomed() ** 0.35, 0.85), 1.9) * (map.w < 500 ? 0.85 : 1)
  const seen = map.films.filter(film => {
    const [x, y] = map.at(film)
    return x > -9 && y > -9 && x < map.w + 9 && y < map.h + 9
  })
  dots(map, pen, page, seen, grown)
  if (map.marked) ring(map, pen, page, grown)
  const over = getComputedStyle(map.tools).position === 'absolute' // on a phone, the buttons lie below
  const write = writer(map, pen, page, over ? [[map.w - 52, 0, map.w, 170]] : [])
  if (map.marked) write.title(map.marked, 13, 700, true)
  const small = map.w < 500
  for (const region of map.regions) write.region(region, small ? 11.5 : 13.5)
  titles(map, seen).forEach(film => write.title(film, small ? 11 : 12, 450, false))
}

function dots(map, pen, page, seen, grown) {
  pen.fillStyle = page.text
  pen.globalAlpha = 0.32
  pen.beginPath()
  for (const film of seen.filter(film => !film.s)) {
    const [x, y] = map.at(film)
    pen.moveTo(x + 2 * grown, y)
    pen.arc(x, y, 1.9 * grown, 0, 7)
  }
  pen.fill()
  pen.globalAlpha = 1
  for (const film of seen.filter(film => film.s)) {
    const [x, y] = map.at(film)
    const { colour, radius, hollow } = dot(film.s)
    pen.beginPath()
    pen.arc(x, y, radius * grown, 0, 7)
    pen.lineWidth = hollow ? 1.6 : 1
    pen.strokeStyle = hollow ? colour : page.paper
    pen.fillStyle = hollow ? page.paper : colour
    pen.fill()
    pen.stroke()
  }
}

function ring(map, pen, page, grown) {
  const [x, y] = map.at(map.marked)
  const { colour, radius } = map.marked.s ? dot(map.marked.s) : { colour: page.text, radius: 3 }
  pen.beginPath()
  pen.arc(x, y, radius * grown, 0, 7)
  pen.fillStyle = colour
  pen.fill()
  pen.beginPath()
  pen.arc(x, y, radius * grown + 5, 0, 7)
  pen.lineWidth = 2.5
  pen.strokeStyle = page.text
  pen.stroke()
}

// Loved films first, the dearest ones first; further in, the best known ones. As many as there is room for.
function titles(map, seen) {
  const room = (map.w * map.h) / 14000
  const own = seen.filter(film => film.s >= 8 || film.s < 0).sort((a, b) => Math.abs(b.s) - Math.abs(a.s))
  if (map.zoomed() < 1.8) return own.slice(0, room / 3)
  const rest = seen.filter(film => !own.includes(film))
  return [...own.slice(0, room), ...rest.slice(0, map.zoomed() < 3 ? room / 3 : room)]
}

function writer(map, pen, page, taken) {
  const free = box => !taken.some(other => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])
  const letters = (words, x, y, alpha) => {
    pen.globalAlpha = 1
    pen.lineJoin = 'round'
    pen.lineWidth = 3.5
    pen.strokeStyle = page.paper
    pen.strokeText(words, x, y)
    pen.globalAlpha = alpha
    pen.fillStyle = page.text
    pen.fillText(words, x, y)
    pen.globalAlpha = 1
  }
  return {
    region({ x, y, lines }, size) {
      const [px, py] = map.at({ x, y })
      pen.font = `650 ${size}px ${page.font}`
      pen.textAlign = 'center'
      const wide = Math.max(...lines.map(line => pen.measureText(line).width)) / 2
      const high = lines.length * size * 0.62
      const box = [px - wide - 4, py - high - 3, px + wide + 4, py + high + 3]
      if (box[0] < 0 || box[2] > map.w || box[1] < 0 || box[3] > map.h || !free(box)) return
      taken.push(box)
      lines.forEach((line, i) => letters(line, px, py + (i - lines.length / 2 + 0.8) * size * 1.2, 0.92))
    },
    title(film, size, weight, always) {
      const [px, py] = map.at(film)
      pen.font = `${weight} ${size}px ${page.font}`
      const words = film.t.length > 40 ? `${film.t.slice(0, 38)}…` : film.t
      const wide = pen.measureText(words).width
      for (const side of [1, -1]) {
        const near = px + 9 * side
        const box = [Math.min(near, near + side * wide), py - size * 0.6, Math.max(near, near + side * wide), py + size * 0.6]
        const inside = box[0] >= 0 && box[2] <= map.w && box[1] >= 0 && box[3] <= map.h
        if (!(inside && free(box)) && !(always && inside)) continue
        taken.push(box)
        pen.textAlign = side > 0 ? 'left' : 'right'
        letters(words, near, py + size * 0.35, 0.82)
        return
      }
    },
  }
}
