// A new node at the end of another. The text is set as text, never as HTML.
function make(parent, tag, name, text) {
  const node = document.createElement(tag)
  if (name) node.className = name
  if (text !== undefined) node.textContent = text
  parent.append(node)
  return node
}
