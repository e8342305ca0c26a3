// Keeps the visitor's ratings, and what Rate asks, in the address bar, without an entry in the history for every star.
export default function ({ data, setTriggerValue }) {
  announce(data.notice)
  if (data.first_run) dismissPageNotFound()
  const address = new URL(window.location.href)
  const here = address.searchParams.get('p') || ''
  const asked = address.searchParams.get('ask') || ''
  // A session that began in a tab that had one before (the server restarted, or the tab slept) has read the link that
  // the tab was opened with. The ratings given since, and the screen asked since, are in the address bar: they count,
  // so the address stays until the server has heard of it.
  const another = window.reelrecSession && window.reelrecSession !== data.session
  const newer = here !== data.opened || (asked && asked !== data.ask)
  if (another && newer && !data.caught_up) {
    setTriggerValue('found', { link: here, ask: asked })
    return
  }
  window.reelrecSession = data.session
  if (!address.pathname.endsWith('/film') && address.searchParams.has('id')) {
    address.searchParams.delete('id')
    window.history.replaceState(window.history.state, '', address)
  }
  const wanted = { p: data.keep ? here : data.token, ask: data.ask }
  if (here === wanted.p && asked === wanted.ask) return
  for (const [name, value] of Object.entries(wanted)) {
    if (value) address.searchParams.set(name, value)
    else address.searchParams.delete(name)
  }
  window.history.replaceState(window.history.state, '', address)
}

// Tell a screen reader what was just done.
function announce(notice) {
  let region = document.getElementById('reelrec-notice')
  if (!region) {
    region = document.createElement('div')
    region.id = 'reelrec-notice'
    region.setAttribute('role', 'status')
    region.style.cssText = 'position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)'
    document.body.appendChild(region)
  }
  if (region.textContent !== notice) region.textContent = notice
}

// A new server answers its first visit, if that is a deep link, with "Page not found" and then with the page, because
// it takes pages/ for the old kind of app until st.navigation has run once. The page is there: take the message away.
function dismissPageNotFound() {
  const dismiss = () => {
    const dialog = [...document.querySelectorAll('[role="dialog"]')].find(node => node.innerText.startsWith('Page not found'))
    dialog?.querySelector('button')?.click()
    return Boolean(dialog)
  }
  if (dismiss()) return
  const observer = new MutationObserver(() => dismiss() && observer.disconnect())
  observer.observe(document.body, { childList: true, subtree: true })
  setTimeout(() => observer.disconnect(), 5000)
}
