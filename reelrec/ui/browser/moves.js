// Moving about, installed once in a tab. What stands behind the # stays when Streamlit writes an address; a page begins
// at its top; and Back comes to the place where the page was left.
const PAGES = ['for_you', 'lists', 'together', 'taste', 'letterboxd', 'film', 'models', 'about'] // any other path is Rate's
const SETTLES = 12000 // ms in which a page that is come back to grows to its height

function moves() {
  if (window.reelrec) return window.reelrec
  const main = () => document.querySelector('[data-testid="stMain"]')
  const searches = {} // the last query of each page, by its path
  let place = history.state?.reelrec?.y || 0 // where the page is to be scrolled to, null when it is there
  let settling = 0

  const page = () => location.pathname + location.search
  let at = page()

  // An address that Streamlit writes has no #, and its state says nothing of the place. What it writes for the page that
  // is shown, such as a filter that was cleared, is no step to go back.
  const rewrite = history.replaceState.bind(history)
  const push = history.pushState.bind(history)
  const whole = url => (url === undefined || String(url).includes('#') ? url : url + location.hash)
  history.replaceState = (state, title, url) => {
    rewrite({ ...history.state, ...state }, title, whole(url))
    at = page()
  }
  history.pushState = (state, title, url) => {
    const path = new URL(url || '', location.href).pathname
    if (path === location.pathname) return history.replaceState(state, title, url)
    push(state, title, whole(url))
    at = page()
    begin(0)
  }
  // A new server's first answer to a deep link writes the address twice (address.js) before this script is there.
  const born = performance.getEntriesByType('navigation')[0]?.name || ''
  if (!location.hash && born.includes('#')) rewrite(history.state, '', location.href + born.slice(born.indexOf('#')))
  // What history keeps of this page: y, where it is scrolled to, and x of its rows, by their keys.
  const remember = more => {
    history.replaceState({ reelrec: { ...history.state?.reelrec, ...more } }, '')
  }
  const leave = () => {
    searches[location.pathname] = location.search
    if (main() && place === null) remember({ y: main().scrollTop })
  }
  const settle = y => {
    place = y
    const until = performance.now() + SETTLES
    const mine = ++settling
    let good = 0
    const step = () => {
      const page = main()
      if (mine !== settling) return
      if (page) {
        page.scrollTop = place
        good = Math.abs(page.scrollTop - place) <= 1 ? good + 1 : 0
      }
      if (!place || good >= 12 || performance.now() > until) place = null
      else requestAnimationFrame(step)
    }
    step()
  }
  const stop = () => {
    settling += 1
    place = null
  }
  for (const name of ['wheel', 'touchstart', 'keydown', 'pointerdown']) {
    window.addEventListener(name, stop, { passive: true, capture: true })
  }
  // Another page comes; y: where it will be scrolled to.
  const begin = y => {
    clearTimeout(noted)
    place = y
    settling += 1
    if (!y && main()) main().scrollTop = 0
  }
  let noted = 0
  document.addEventListener('scroll', event => {
    if (event.target !== main() || place !== null) return
    clearTimeout(noted)
    noted = setTimeout(() => place === null && remember({ y: main().scrollTop }), 250)
  }, { capture: true, passive: true })
  window.addEventListener('popstate', event => {
    const stays = page() === at // a link to a heading, or to the page's own beginning
    at = page()
    if (stays) return
    begin(event.state?.reelrec?.y || 0)
  })

  // A link to a heading takes the place of what stands behind the #: put that back.
  window.addEventListener('hashchange', event => {
    const before = new URL(event.oldURL).hash
    if (/[#&](p|as|shared|ask|room)=/.test(before) && !location.hash.includes('=')) {
      rewrite(history.state, '', location.href.split('#')[0] + before)
    }
  })

  // Streamlit disables a tab for a moment while it draws it again, which takes the focus away: give it back.
  document.addEventListener('focusout', ({ target }) => {
    if (!target.matches('[role="tab"]:not([tabindex])')) return
    const until = performance.now() + SETTLES
    const again = () => {
      if (document.activeElement !== document.body || !target.isConnected || performance.now() > until) return
      if (target.hasAttribute('tabindex')) target.focus({ preventScroll: true })
      else requestAnimationFrame(again)
    }
    requestAnimationFrame(again)
  })

  // A language that the address names goes along to other pages.
  const speak = url => {
    const language = new URLSearchParams(location.search).get('lang')
    if (language && url.pathname !== location.pathname) url.searchParams.set('lang', language)
    return url
  }
  const unspoken = ({ pathname, search }) => {
    const query = new URLSearchParams(search)
    query.delete('lang')
    return `${pathname}?${query}`
  }

  const moved = {
    shown: null, // the page and film that were drawn last
    // Go to another page as if its address had been typed, but with this session.
    go(href) {
      leave()
      const url = new URL(href, location.href)
      if (!url.search && url.pathname in searches) url.search = searches[url.pathname]
      speak(url)
      if (url.pathname + url.search === location.pathname + location.search) return settle(0)
      const step = unspoken(url) === unspoken(location) ? rewrite : push // another language is no step to go back
      step({}, '', whole(url.pathname + url.search))
      at = page()
      begin(0)
      window.dispatchEvent(new PopStateEvent('popstate', { state: {} }))
    },
    // Let an <a> go there; a new tab that it opens has the ratings too.
    link(node, href) {
      const address = () => (node.href = speak(new URL(href, location.href)).href + location.hash)
      address()
      node.onpointerdown = node.onfocus = node.onmouseenter = address
      node.onclick = event => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
        event.preventDefault()
        node.dispatchEvent(new CustomEvent('reelrec:opened'))
        moved.go(href)
      }
    },
    // A page is drawn. page: its path. film: the film that it shows. Neither counts where the address is another by now.
    drawn(page, film) {
      const here = location.pathname.split('/').pop()
      if (page ? here !== page : PAGES.includes(here)) return
      if ((new URLSearchParams(location.search).get('id') || '') !== film) return
      const now = `${page} ${film}`
      if (now === moved.shown) return place === null || settle(place)
      const first = moved.shown === null
      moved.shown = now
      if (place !== null) settle(place)
      if (!first && document.activeElement === document.body) title()?.focus({ preventScroll: true })
    },
    // Write another address for this page, with what stands behind its #.
    rewrite: href => rewrite(history.state, '', href),
    remember,
    remembered: () => history.state?.reelrec || {},
  }
  // The heading of the page, which the keyboard goes on from.
  const title = () => {
    const heading = main()?.querySelector('h1')
    if (heading) heading.tabIndex = -1
    return heading
  }
  window.reelrec = moved
  return moved
}

