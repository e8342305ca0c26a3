// The terms of a sum of stars, each with a bar to the left or right. Every text is set as text, never as HTML. A film that
// was just told not to count keeps its row, so that none slides under the finger, and can be counted again there.
export default function ({ data, parentElement, setTriggerValue }) {
  let list = parentElement.querySelector('ul')
  if (!list) list = parentElement.appendChild(document.createElement('ul'))
  list.setAttribute('aria-label', data.label)
  list.classList.toggle('measured', data.bars)
  const before = (window.reelrecSums ??= {})[data.id] || []
  const lines = [...data.lines]
  for (const gone of data.uncounted) {
    const place = before.indexOf(gone.film)
    if (place >= 0) lines.splice(place, 0, gone)
  }
  window.reelrecSums[data.id] = lines.map(line => line.film)
  list.replaceChildren(...lines.map(line => row(line, data.bars, setTriggerValue)))
}

function row(line, bars, setTriggerValue) {
  const node = document.createElement('li')
  node.className = line.total ? 'total' : line.gone ? 'gone' : ''
  const name = node.appendChild(document.createElement(line.href ? 'a' : 'span'))
  name.className = 'name'
  name.textContent = line.name
  if (line.href) lead(name, line.href)
  if (line.about) node.appendChild(document.createElement('small')).textContent = line.about
  if (bars && line.length) {
    const bar = node.appendChild(document.createElement('i'))
    bar.className = line.figure.startsWith('−') ? 'down' : 'up'
    bar.style.setProperty('--length', line.length)
  }
  node.appendChild(document.createElement('b')).textContent = line.figure
  if (line.film !== null) {
    const button = node.appendChild(document.createElement('button'))
    button.type = 'button'
    button.textContent = line.gone ? _('Count it') : _('Don’t count')
    button.setAttribute('aria-label', line.gone ? _('Count {film}', { film: line.says }) : _('Don’t count {film}', { film: line.says }))
    button.onclick = () => setTriggerValue(line.gone ? 'again' : 'aside', line.film)
  }
  return node
}
