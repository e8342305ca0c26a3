// Keeps the visitor's ratings in the address bar, without a new entry in the history for every star.
export default function ({ data }) {
  const address = new URL(window.location.href)
  if ((address.searchParams.get('p') || '') === data.token) return
  if (data.token) address.searchParams.set('p', data.token)
  else address.searchParams.delete('p')
  window.history.replaceState(window.history.state, '', address)
}
