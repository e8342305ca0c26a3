// Copies the address of the page with the ratings, but not where the visitor watches films, nor the room they are in.
export default function ({ data, parentElement }) {
  let row = parentElement.querySelector('.row')
  if (row) return
  row = document.createElement('div')
  row.className = 'row'
  const button = row.appendChild(document.createElement('button'))
  button.type = 'button'
  button.textContent = data.label
  const said = row.appendChild(document.createElement('span'))
  said.setAttribute('role', 'status')
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(location.href.replace(/(#|&)tv=[^&]*&?/, '$1').replace(/(#|&)room=[^&]*&?/, '$1').replace(/[#&]$/, ''))
      said.textContent = 'Copied.'
    } catch {
      said.textContent = 'Your browser does not let us: copy the address bar.'
    }
    setTimeout(() => (said.textContent = ''), 5000)
  }
  parentElement.append(row)
}
