// Names with a bar each, left or right of zero. Every text is set as text, never as HTML.
export default function ({ data, parentElement }) {
  let list = parentElement.querySelector('ul')
  if (!list) list = parentElement.appendChild(document.createElement('ul'))
  list.setAttribute('aria-label', data.label)
  list.replaceChildren(...data.bars.map(line))
}

function line({ name, length, lift, detail, out }) {
  const node = document.createElement('li')
  if (out) node.className = 'out'
  put(node, 'b', name)
  const track = put(node, 'i')
  track.setAttribute('aria-hidden', 'true')
  const bar = put(track, 'u')
  bar.style.width = `${50 * Math.abs(length)}%`
  bar.style[length < 0 ? 'right' : 'left'] = '50%'
  put(node, 'strong', lift)
  put(node, 'small', detail)
  if (out) put(node, 'em', _('stands out'))
  return node
}

function put(parent, tag, words = '') {
  const node = parent.appendChild(document.createElement(tag))
  node.textContent = words
  return node
}
