// Keeps the visitor's ratings in the address bar, without a new entry in the history for every star.
export default function ({ data }) {
  const address = new URL(window.location.href)
  if ((address.searchParams.get('p') || '') !== data.token) {
    if (data.token) address.searchParams.set('p', data.token)
    else address.searchParams.delete('p')
    window.history.replaceState(window.history.state, '', address)
  }
  if (data.first_run) dismissPageNotFound()
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
