// One guess on the scale of stars.
export default function ({ data, parentElement }) {
  let node = parentElement.querySelector('.range')
  if (!node) {
    node = parentElement.appendChild(document.createElement('span'))
    node.className = 'range'
  }
  range(node, data)
}
