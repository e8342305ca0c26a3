// Tells a session what stands behind the # and in the browser's storage, then keeps both as the visit has them, without
// an entry in the history for every star.
const STORED = ['ratings', 'services', 'language'] // the keys of the storage, after "reelrec."
const CARRIED = ['p', 'as', 'tv', 'shared', 'ask', 'room']

export default function ({ data, setTriggerValue }) {
  const moved = moves()
  if (data.first_run) dismissPageNotFound()
  if (data.waiting) {
    if (moved.told === data.session) return
    moved.told = data.session
    moved.waits = true
    const tell = () => {
      if (!moved.waits) return
      setTriggerValue('arrived', { ...carried(), ...stored(), seat: seat(), at: performance.timeOrigin + performance.now() })
      setTimeout(tell, 3000) // a message can be lost; header.js says when the next run began
    }
    tell()
    return
  }
  moved.waits = false
  const here = carried()
  if (data.forget) store({})
  seat(data.seat)
  if (data.stored !== null) store(data.stored)
  write(data.unread ? { ...data.carried, p: here.p } : data.carried, moved)
  moved.drawn(data.page, data.film)
}

// What stands behind the #; in an address of the old kind, what stands before it.
function carried() {
  const hash = new URLSearchParams(location.hash.slice(1))
  const search = new URLSearchParams(location.search)
  return Object.fromEntries(CARRIED.map(name => [name, hash.get(name) || search.get(name) || '']))
}

function write(wanted, moved) {
  const address = new URL(location.href)
  const isOld = CARRIED.some(name => address.searchParams.has(name))
  for (const name of CARRIED) address.searchParams.delete(name)
  const parts = CARRIED.filter(name => wanted[name]).map(name => `${name}=${encodeURIComponent(wanted[name])}`)
  address.hash = parts.join('&')
  const href = address.href.replace(/#$/, '')
  if (href !== location.href) moved.rewrite(href)
  // Streamlit remembers the query that the tab was opened with, and would hand it to the next session too.
  if (isOld) dispatchEvent(new PopStateEvent('popstate', { state: history.state }))
}

function stored() {
  try {
    return Object.fromEntries(STORED.map(name => [name, localStorage.getItem(`reelrec.${name}`) || '']))
  } catch {
    return {} // the browser has no storage for us
  }
}

function store(values) {
  try {
    for (const name of STORED) {
      if (values[name]) localStorage.setItem(`reelrec.${name}`, values[name])
      else localStorage.removeItem(`reelrec.${name}`)
    }
  } catch {
    // it was not to be
  }
}

// The visitor's seat in a room, which this tab keeps when it is loaded again, and which no copied address holds.
function seat(taken) {
  try {
    if (taken) sessionStorage.setItem('reelrec.seat', taken)
    else if (taken === '') sessionStorage.removeItem('reelrec.seat')
    return sessionStorage.getItem('reelrec.seat') || ''
  } catch {
    return ''
  }
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
