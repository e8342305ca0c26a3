// Copies the address of the page, ratings and all.
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
      await navigator.clipboard.writeText(location.href)
      said.textContent = 'Copied.'
    } catch {
      said.textContent = 'Your browser does not let us: copy the address bar.'
    }
    setTimeout(() => (said.textContent = ''), 5000)
  }
  parentElement.append(row)
}
