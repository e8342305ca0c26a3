// Puts the texts into the picture. Every text is set as text, never as HTML.
export default function ({ data, parentElement }) {
  for (const node of parentElement.querySelectorAll('[data-text]')) node.textContent = data.texts[node.dataset.text]
}
