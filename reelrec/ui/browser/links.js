// Links in a row; moves.js lets each of them keep the ratings.
export default function ({ data, parentElement }) {
  let row = parentElement.querySelector('.row')
  if (!row) {
    row = document.createElement(data.label ? 'nav' : 'div')
    row.className = 'row'
    parentElement.append(row)
  }
  if (data.label) row.setAttribute('aria-label', data.label)
  while (row.children.length > data.links.length) row.lastChild.remove()
  data.links.forEach((link, place) => {
    const node = row.children[place] || row.appendChild(document.createElement('a'))
    node.textContent = link.label
    node.className = link.look
    if (link.current) node.setAttribute('aria-current', 'page')
    else node.removeAttribute('aria-current')
    node.href = link.href
    node.onclick = null
    if (link.href.startsWith('#')) node.onclick = event => scrollTo(event, link.href.slice(1))
    else lead(node, link.href)
  })
}

// To a place on this page; the address keeps what it has behind its #.
function scrollTo(event, key) {
  event.preventDefault()
  const heading = document.querySelector(`.st-key-${key} :is(h2, h3)`)
  heading?.scrollIntoView({ block: 'start' })
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
}
