// Films with a bar each. Every text is set as text, never as HTML.
export default function ({ data, parentElement }) {
  let list = parentElement.querySelector('ul')
  if (!list) list = parentElement.appendChild(document.createElement('ul'))
  list.setAttribute('aria-label', data.label)
  list.replaceChildren(
    ...data.bars.map(({ name, href, length, figure }) => {
      const line = document.createElement('li')
      const link = line.appendChild(document.createElement('a'))
      link.textContent = name
      lead(link, href)
      line.appendChild(document.createElement('i')).style.width = `${100 * length}%`
      line.appendChild(document.createElement('span')).textContent = figure
      return line
    }),
  )
}
