// What a tile does beside stars and answers: its film joins the visitor's own list, leaves the watchlist, moves on the list.
function owning(data, setStateValue, isNew, list) {
  const said = (wanted, what) => (wanted ? answering(data, setStateValue, isNew, list, what, what) : null)
  const listed = said(data.lists, 'listed')
  const wanted = said(data.wants, 'wanted')
  const order = data.moves ? ordering(data, setStateValue, isNew, list) : null
  return {
    films: order ? order.films : data.films,
    // The buttons of a new tile. frame: around its poster. answers: where its other buttons are. head: it is drawn alone.
    build(tile, frame, answers, head) {
      const row = order && make(tile, 'div', 'row moves')
      if (order) tile.moves = ['←', '→'].map(sign => make(row, 'button', '', sign))
      if (listed) tile.list = listButton(head ? tile.row : frame, head)
      if (wanted) tile.want = make(make(answers, 'div', 'row'), 'button', '', data.wants)
      for (const button of [tile.want, ...(tile.moves || [])]) if (button) button.type = 'button'
    },
    update(tile, film) {
      if (listed) toggles(tile.list, film, listed)
      if (wanted) {
        tile.want.setAttribute('aria-label', `${data.wants}: ${film.name}`)
        tile.want.onclick = () => wanted.say(film.number, false)
      }
      if (order) tile.moves.forEach((button, place) => order.leads(button, film, place ? 1 : -1))
    },
  }
}

// The order in which the visitor put the films and that the server has not shown yet is one answer about the whole shelf.
function ordering(data, setStateValue, isNew, list) {
  const numbers = data.films.map(film => film.number)
  const there = new Set(numbers)
  const kept = window.reelrecSaid?.[`${data.key} order`]
  const said = kept?.said[0]?.split(' ').map(Number)
  if (said && (said.length !== numbers.length || !said.every(number => there.has(number)))) kept.said = {}
  const shown = { number: 0, order: numbers.join(' ') }
  const order = answering({ ...data, films: [shown] }, setStateValue, isNew, list, 'order', 'order')
  const places = () => order.of(shown).split(' ').map(Number)
  const byNumber = new Map(data.films.map(film => [film.number, film]))
  const end = (at, by, n) => (by < 0 ? at === 0 : at === n - 1)
  return {
    films: numbers.length ? places().map(number => byNumber.get(number)) : [],
    leads(button, film, by) {
      const at = places().indexOf(film.number)
      button.setAttribute('aria-label', by < 0
        ? _('Move {film} one place earlier', { film: film.name })
        : _('Move {film} one place later', { film: film.name }))
      button.setAttribute('aria-disabled', String(end(at, by, numbers.length))) // it keeps the keyboard
      button.onclick = () => {
        const now = places()
        const from = now.indexOf(film.number)
        if (end(from, by, now.length)) return
        ;[now[from], now[from + by]] = [now[from + by], now[from]]
        order.say(0, now.join(' '))
        const tile = button.closest('li')
        // The other tile moves, so that the keyboard stays where it is.
        if (by < 0) tile.after(tile.previousElementSibling)
        else tile.before(tile.nextElementSibling)
        const tiles = [...tile.parentElement.children]
        tiles.forEach((other, place) =>
          other.moves.forEach((arrow, later) =>
            arrow.setAttribute('aria-disabled', String(end(place, later ? 1 : -1, tiles.length)))))
      }
    },
  }
}
