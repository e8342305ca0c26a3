// Says what the screen is there for. When the visitor goes on, keyboard and window come back to where it begins.
export default function ({ data, parentElement }) {
  let line = parentElement.querySelector('p')
  if (!line) {
    line = parentElement.appendChild(document.createElement('p'))
    line.tabIndex = -1
  }
  line.textContent = data.why
  const before = window.reelrecWentOn ?? data.went_on
  window.reelrecWentOn = data.went_on
  if (data.went_on <= before) return
  line.focus({ preventScroll: true })
  if (line.getBoundingClientRect().top < 60) line.scrollIntoView({ block: 'start' })
}
