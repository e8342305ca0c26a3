// The terms of a sum of stars, each with a bar to the left or right. Every text is set as text, never as HTML.
export default function ({ data, parentElement, setTriggerValue }) {
  let list = parentElement.querySelector('ul')
  if (!list) list = parentElement.appendChild(document.createElement('ul'))
  list.setAttribute('aria-label', data.label)
  list.classList.toggle('measured', data.bars)
  list.replaceChildren(
    ...data.lines.map(line => {
      const row = document.createElement('li')
      if (line.total) row.className = 'total'
      const name = row.appendChild(document.createElement(line.href ? 'a' : 'span'))
      name.className = 'name'
      name.textContent = line.name
      if (line.href) lead(name, line.href)
      if (line.about) row.appendChild(document.createElement('small')).textContent = line.about
      if (line.length) {
        const bar = row.appendChild(document.createElement('i'))
        bar.className = line.figure.startsWith('−') ? 'down' : 'up'
        bar.style.setProperty('--length', line.length)
      }
      row.appendChild(document.createElement('b')).textContent = line.figure
      if (line.film !== null) {
        const button = row.appendChild(document.createElement('button'))
        button.type = 'button'
        button.textContent = 'Don’t count'
        button.setAttribute('aria-label', `Don’t count ${line.name}`)
        button.onclick = () => setTriggerValue('aside', line.film)
      }
      return row
    }),
  )
}
