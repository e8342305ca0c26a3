// What the visitor said about films and the server has not shown yet, by shelf. Kept in the window, so that two quick
// ratings both count, and so that nothing is lost where the server begins anew and draws the page once more. A server that
// ends takes what it was just told along, and its successor runs nothing until it is told something: so it is said again,
// as long as the shelf is on the page: of a page that was left, nobody shows any more that it was heard.
const UNHEARD_MS = 600

// element: of the shelf. what: the part of the component's state that carries it. field: of a film, where the server shows it.
function answering({ key, session, films }, setStateValue, isNew, element, what = 'answers', field = 'answer') {
  const name = what === 'answers' ? key : `${key} ${what}`
  const shelf = ((window.reelrecSaid ??= {})[name] ??= { session, said: {}, anew: null })
  shelf.element = element
  if (isNew && shelf.session === session && !shelf.anew) shelf.said = {}
  // The time makes every message another one: a state that does not change is not sent.
  shelf.send = () => {
    setStateValue(what, { films: { ...shelf.said }, at: performance.timeOrigin + performance.now() })
    clearTimeout(shelf.unheard)
    shelf.unheard = setTimeout(again, UNHEARD_MS)
  }
  const again = () => {
    if (!Object.keys(shelf.said).length || !shelf.element.isConnected) return
    const { testConnectionState, testScriptState } = document.querySelector('[data-testid="stApp"]')?.dataset || {}
    if (testConnectionState === 'CONNECTED' && testScriptState !== 'running') shelf.send()
    else shelf.unheard = setTimeout(again, UNHEARD_MS)
  }
  if (shelf.session !== session) {
    // The server began anew: it did not hear what was said meanwhile, and may show other films until it knows more.
    shelf.session = session
    clearTimeout(shelf.anew)
    shelf.anew = setTimeout(() => {
      shelf.anew = null
      if (Object.keys(shelf.said).length) shelf.send()
    }, 800)
  }
  const shown = new Map(films.map(film => [film.number, film[field]]))
  const rated = answers => answers.filter(answer => typeof answer === 'number').length
  // By how many films more are rated than the server has shown.
  shelf.ahead = () => rated(Object.values(shelf.said)) - rated(Object.keys(shelf.said).map(film => shown.get(Number(film))))
  for (const number of Object.keys(shelf.said)) {
    const there = shown.has(Number(number))
    if (there ? shown.get(Number(number)) === shelf.said[number] : !shelf.anew) delete shelf.said[number]
  }
  return {
    of: film => (film.number in shelf.said ? shelf.said[film.number] : film[field]),
    say(number, answer) {
      shelf.said[number] = answer
      dispatchEvent(new Event('reelrec:said'))
      shelf.send()
    },
  }
}

