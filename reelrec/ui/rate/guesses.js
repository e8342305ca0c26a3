// Guesses as lines under each other, all on one scale. Every text is set as text, never as HTML.
export default function ({ data, parentElement, setTriggerValue }) {
  let list = parentElement.querySelector('ul')
  if (!list) list = parentElement.appendChild(document.createElement('ul'))
  list.setAttribute('aria-label', data.label)
  while (list.children.length > data.films.length) list.lastChild.remove()
  data.films.forEach((film, place) => {
    const line = list.children[place] || build(list)
    const [name, stars, picture, note] = line.children
    name.textContent = film.name
    lead(name, film.href)
    line.opened = () => data.logs && setTriggerValue('opened', film.slug)
    stars.textContent = film.stars
    range(picture.firstChild, film.picture)
    note.textContent = film.note
  })
}

function build(list) {
  const line = list.appendChild(document.createElement('li'))
  for (const [tag, name] of [['a', 'name'], ['b', 'stars'], ['span', 'picture'], ['span', 'note']]) {
    line.appendChild(document.createElement(tag)).className = name
  }
  line.children[0].addEventListener('reelrec:opened', () => line.opened())
  line.children[2].appendChild(document.createElement('span')).className = 'range'
  return line
}
