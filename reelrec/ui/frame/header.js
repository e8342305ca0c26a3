// The header: pages, search, what was just done. Every text is set as text, never as HTML.
const SHORT = 6000 // ms a notice stays
const LONG = 14000 // ms, where the ratings were replaced

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  let head = parentElement.querySelector('header')
  const isNew = !head
  if (isNew) head = build(parentElement)
  const said = answering(data, setStateValue, isNew, head)
  const listed = answering(data, setStateValue, isNew, head, 'listed', 'listed')
  head.type = text => setStateValue('typed', text)
  head.undo = () => setTriggerValue('undo', performance.timeOrigin + performance.now())
  if (window.reelrec && data.arrived) window.reelrec.waits = false
  document.documentElement.lang = data.spoken
  lead(head.brand, './')
  data.pages.forEach(({ label, href, current }, place) => {
    const node = head.pages.children[place]?.firstChild || make(make(head.pages, 'li'), 'a')
    node.textContent = label
    if (href === './' && data.rated) {
      const count = make(node, 'small', 'count', data.rated)
      make(count, 'span', '', ' ' + _('rated'))
    }
    if (current) node.setAttribute('aria-current', 'page')
    else node.removeAttribute('aria-current')
    lead(node, href)
  })
  bring(head.pages)
  head.back.hidden = data.undo === null
  head.back.title = data.undo ? _('Undo: {what}', { what: data.undo }) : _('Undo the last change')
  head.back.setAttribute('aria-label', head.back.title)
  if (data.notice && data.notice.number !== head.noticed) {
    head.noticed = data.notice.number
    notify(head, data.notice)
  }
  head.keep.onclick = () => {
    hush(head)
    setTriggerValue('keep', performance.timeOrigin + performance.now())
  }
  head.reminds = data.reminds
  show(head, data, said, listed)
}

// On a phone not all pages fit: the one that is open is brought into sight.
function bring(pages) {
  const current = pages.querySelector('[aria-current]')
  const row = pages.parentElement
  if (!current || current === pages.brought) return
  pages.brought = current
  const hidden = current.offsetLeft + current.offsetWidth + 32 - row.offsetLeft - row.clientWidth
  if (hidden > row.scrollLeft) row.scrollLeft = hidden
  else if (current.offsetLeft - row.offsetLeft < row.scrollLeft) row.scrollLeft = 0
}

function build(parentElement) {
  const head = make(parentElement, 'header')
  head.brand = make(head, 'a', 'brand', 'ReelRec')
  const nav = make(head, 'nav')
  nav.setAttribute('aria-label', _('Pages'))
  head.pages = make(nav, 'ul')
  head.notice = make(head, 'div', 'notice')
  head.notice.setAttribute('role', 'status')
  head.keep = make(head, 'button', 'keep', _('Keep them on this device'))
  head.back = make(head, 'button', 'undo', '↶')
  head.back.onclick = () => {
    hush(head)
    head.undo()
  }
  const search = make(head, 'search')
  head.opener = make(search, 'button', 'opener')
  head.opener.setAttribute('aria-label', _('Search films'))
  head.opener.append(lens())
  head.input = make(search, 'input')
  Object.assign(head.input, { type: 'search', placeholder: _('What would I give …?'), maxLength: 100, autocomplete: 'off' })
  head.input.setAttribute('aria-label', _('Search all films: a title, a director, a year'))
  head.panel = make(search, 'div', 'panel')
  head.panel.hidden = true
  head.count = make(head.panel, 'p')
  head.count.setAttribute('role', 'status')
  head.found = make(head.panel, 'ul')
  head.found.setAttribute('aria-label', _('Films found'))
  for (const button of head.querySelectorAll('button')) button.type = 'button'

  const leaving = () => remind(head)
  document.addEventListener('visibilitychange', leaving)
  document.documentElement.addEventListener('mouseleave', event => event.clientY <= 0 && leaving())

  let waiting = 0
  head.input.oninput = () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => head.type(head.input.value.trim()), 180)
    head.reveal()
  }
  // The films stand below the search while the keyboard is in it and they are what was asked for.
  head.reveal = () => {
    const asked = head.input.value.trim()
    head.panel.hidden = !asked || !search.contains(head.getRootNode().activeElement) || (!head.typed && head.panel.hidden)
  }
  head.close = () => {
    head.panel.hidden = true
    head.classList.remove('searching')
  }
  head.opener.onclick = () => {
    head.classList.toggle('searching')
    if (head.classList.contains('searching')) head.input.focus()
    else head.close()
  }
  head.input.onfocus = head.reveal
  search.onkeydown = event => {
    if (event.key === 'Escape') {
      head.close()
      head.input.value = ''
      head.input.blur()
    } else if (event.key === 'Enter' && event.target === head.input) {
      head.found.querySelector('a')?.click()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const films = [head.input, ...head.found.querySelectorAll('a')]
      const next = films.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1)
      if (films.includes(event.target) && films[next]) {
        event.preventDefault()
        films[next].focus()
      }
    }
  }
  document.addEventListener('pointerdown', event => event.composedPath().includes(search) || head.close())
  search.onfocusout = () => setTimeout(() => search.contains(head.getRootNode().activeElement) || head.close(), 150)
  return head
}

// The films that the search found. They can be opened, get stars on the spot, and join the visitor's own list.
function show(head, data, said, listed) {
  const old = new Map([...head.found.children].map(line => [line.dataset.film, line]))
  const lines = data.films.map(film => {
    const line = old.get(String(film.number)) || make(head.found, 'li')
    if (!line.stars) {
      line.dataset.film = film.number
      line.film = make(line, 'a')
      make(line.film, 'b', '', film.title)
      make(line.film, 'span', '', film.about)
      line.film.setAttribute('aria-label', film.name)
      line.film.addEventListener('reelrec:opened', () => {
        head.close()
        head.input.value = ''
      })
      line.stars = stars(line, film, false)
      line.list = listButton(line)
    }
    lead(line.film, film.href)
    const answer = said.of(film)
    line.stars.show(typeof answer === 'number' ? answer : 0, value => said.say(film.number, value))
    toggles(line.list, film, listed)
    return line
  })
  lines.forEach((line, place) => {
    if (head.found.children[place] !== line) head.found.insertBefore(line, head.found.children[place] || null)
  })
  while (head.found.children.length > lines.length) head.found.lastChild.remove()
  if (head.typed === data.typed) return
  head.typed = data.typed
  const n = data.films.length
  head.count.textContent = !data.typed || n ? '' : _('No film is like that. Try fewer words, or the original title.')
  head.count.hidden = !head.count.textContent
  head.found.setAttribute('aria-label', ngettext('{n} film found', '{n} films found', n))
  head.reveal()
}

// Once, when the visitor is about to leave: only the address holds the ratings.
function remind(head) {
  if (!head.isConnected || !head.reminds || window.reelrecReminded) return
  window.reelrecReminded = true
  notify(head, { text: _('Only this page’s address holds your ratings: bookmark it, or'), lasting: true })
  head.classList.add('reminding')
}

// A notice takes the place of what is least needed, and goes by itself; a screen reader reads it, and undo stays.
function notify(head, notice) {
  head.notice.textContent = notice.text
  head.classList.add('noticing')
  head.classList.remove('reminding')
  clearTimeout(head.hushing)
  const end = () => (head.matches(':hover') || head.matches(':focus-within') ? later(1500) : hush(head))
  const later = wait => (head.hushing = setTimeout(end, wait))
  later(notice.lasting ? LONG : SHORT)
}

function hush(head) {
  clearTimeout(head.hushing)
  head.classList.remove('noticing', 'reminding')
}

function lens() {
  const space = 'http://www.w3.org/2000/svg'
  const icon = document.createElementNS(space, 'svg')
  icon.setAttribute('viewBox', '0 0 20 20')
  icon.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(space, 'path')
  path.setAttribute('d', 'M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M12.6 12.6 17 17')
  icon.append(path)
  return icon
}
