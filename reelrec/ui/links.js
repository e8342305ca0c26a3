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
    lead(node, link.href)
  })
}
