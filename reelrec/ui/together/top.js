// Another view has come in this page: it begins at its top, and the keyboard goes on from its heading.
const shown = new WeakMap()

export default function ({ data, parentElement }) {
  const before = shown.get(parentElement)
  shown.set(parentElement, data.view)
  if (before === undefined || before === data.view) return
  const main = document.querySelector('[data-testid="stMain"]')
  const heading = main?.querySelector('h1')
  if (!heading) return
  main.scrollTop = 0
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
