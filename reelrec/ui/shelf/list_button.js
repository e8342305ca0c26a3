// A sign for a film's place on the list: + or, where it is there, a tick. In a head its name stands beside it.
function listButton(parent, named) {
  const button = make(parent, 'button', named ? 'list named' : 'list')
  button.type = 'button'
  make(button, 'i').setAttribute('aria-hidden', 'true')
  if (named) make(button, 'span', '', _('My list'))
  return button
}

function toggles(button, film, listed) {
  const paint = on => {
    button.setAttribute('aria-pressed', String(on))
    button.title = on ? _('On my list') : _('Add to my list')
  }
  button.setAttribute('aria-label', _('Add {film} to my list', { film: film.name }))
  button.onclick = () => {
    const on = !listed.of(film)
    listed.say(film.number, on)
    paint(on)
  }
  paint(listed.of(film))
}
