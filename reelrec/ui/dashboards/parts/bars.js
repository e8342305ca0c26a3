// Bars from the left, under their labels.
export default function ({ data, parentElement }) {
  let node = parentElement.querySelector('.bars')
  if (!node) {
    node = parentElement.appendChild(document.createElement('div'))
    node.className = 'bars'
    node.setAttribute('role', 'img')
  }
  node.setAttribute('aria-label', data.alt)
  node.style.setProperty('--room', data.room)
  node.replaceChildren(...data.groups.flatMap(group => [label(group.label), ...group.bars.map(bar)]))
}

function label(text) {
  const node = document.createElement('div')
  node.className = 'label'
  node.textContent = node.title = text
  return node
}

function bar({ says, ...numbers }) {
  const node = document.createElement('div')
  node.className = 'bar'
  for (const [name, value] of Object.entries(numbers)) node.style.setProperty(`--${name}`, value)
  for (const tag of ['i', 'b', 'span']) node.append(document.createElement(tag))
  node.lastChild.textContent = says
  return node
}
