// A film follows the finger: let go far to the right it is wanted, far to the left not tonight. The buttons say the same.
const FAR = 70 // px
const CARD = '.st-key-together-swipe'
let from = null // where the finger came down, and on which card

const moved = event => event.clientX - from.x
const end = () => {
  if (from) from.card.style.transform = ''
  from = null
}
document.addEventListener('pointerdown', event => {
  const card = event.target.closest?.(CARD)
  from = card && event.pointerType !== 'mouse' ? { card, x: event.clientX, y: event.clientY } : null
})
document.addEventListener('pointermove', event => {
  if (from) from.card.style.transform = `translateX(${moved(event)}px) rotate(${moved(event) / 40}deg)`
})
document.addEventListener('pointerup', event => {
  if (!from) return
  const [x, y, card] = [moved(event), event.clientY - from.y, from.card]
  end()
  if (Math.abs(x) < FAR || Math.abs(x) < 2 * Math.abs(y)) return
  // What lay under the finger is not clicked.
  document.addEventListener('click', click => click.preventDefault(), { capture: true, once: true })
  card.querySelector(`.st-key-together-${x > 0 ? 'yes' : 'no'} button`)?.click()
})
document.addEventListener('pointercancel', end)

export default function () {}
