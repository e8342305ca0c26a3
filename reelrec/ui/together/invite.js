// The way into a room: its QR code, its link, and a button that copies the link.
export default function ({ data, parentElement }) {
  const SVG = 'http://www.w3.org/2000/svg'
  let box = parentElement.querySelector('.invite')
  if (box && box.dataset.link === data.link) return
  box?.remove()
  box = make(parentElement, 'div', 'invite')
  box.dataset.link = data.link
  const picture = box.appendChild(document.createElementNS(SVG, 'svg'))
  picture.setAttribute('viewBox', `0 0 ${data.size} ${data.size}`)
  picture.setAttribute('role', 'img')
  picture.setAttribute('aria-label', data.alt)
  picture.setAttribute('shape-rendering', 'crispEdges')
  picture.appendChild(document.createElementNS(SVG, 'path')).setAttribute('d', data.path)
  const words = make(box, 'div', 'words')
  make(words, 'code', '', data.link)
  const button = make(words, 'button', '', data.copy)
  button.type = 'button'
  const said = make(words, 'span')
  said.setAttribute('role', 'status')
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.link)
      said.textContent = data.copied
    } catch {
      said.textContent = data.refused
    }
    setTimeout(() => (said.textContent = ''), 5000)
  }
}
