// Copies a link: one that is given, or the address of the page with the ratings, but not where the visitor watches films
// nor a list of somebody else, nor the room they are in. A link that is given stands in a box too, where a browser lets nothing be copied.
export default function ({ data, parentElement }) {
  const row = parentElement.querySelector('.row') || built(parentElement, data)
  const given = () => new URL(data.href, location.href).href
  const own = () => location.href.replace(/(#|&)(?:tv|shared|room)=[^&]*/g, '$1').replace(/&+/g, '&').replace('#&', '#').replace(/[#&]$/, '')
  if (row.box) row.box.value = given()
  row.button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.href ? given() : own())
      row.said.textContent = _('Copied.')
    } catch {
      row.said.textContent = row.box
        ? _('Your browser does not let us: copy the link in the box.')
        : _('Your browser does not let us: copy the address bar.')
      row.box?.select()
    }
    setTimeout(() => (row.said.textContent = ''), 5000)
  }
}

function built(parentElement, data) {
  const row = document.createElement('div')
  row.className = 'row'
  if (data.shows) {
    row.box = row.appendChild(document.createElement('input'))
    row.box.readOnly = true
    row.box.setAttribute('aria-label', data.shows)
    row.box.onfocus = () => row.box.select()
  }
  row.button = row.appendChild(document.createElement('button'))
  row.button.type = 'button'
  row.button.textContent = data.label
  row.said = row.appendChild(document.createElement('span'))
  row.said.setAttribute('role', 'status')
  parentElement.append(row)
  return row
}
