// Counts what is rated at once, before the server has heard of it: of the shelf beside it, stars on their way count too.
export default function ({ data, parentElement }) {
  let meter = parentElement.querySelector('.meter')
  if (!meter) meter = build(parentElement)
  meter.show = () => {
    const { readings, shelf } = data
    const ahead = window.reelrecSaid?.[shelf]?.ahead() || 0
    const { word, told } = readings[Math.min(Math.max(ahead, 0), readings.length - 1)]
    meter.button.textContent = word
    meter.button.hidden = !word
    meter.line.textContent = told
    meter.line.popover = word ? 'auto' : null // without a rating it stands in place of the button
  }
  meter.show()
}

function build(parent) {
  const meter = parent.appendChild(document.createElement('div'))
  meter.className = 'meter'
  meter.button = meter.appendChild(document.createElement('button'))
  meter.button.type = 'button'
  meter.line = meter.appendChild(document.createElement('p'))
  meter.button.popoverTargetElement = meter.line
  meter.line.addEventListener('beforetoggle', () => {
    const { left, top } = meter.button.getBoundingClientRect()
    meter.line.style.left = `${left}px`
    meter.line.style.bottom = `${innerHeight - top + 8}px`
  })
  const said = () => (meter.isConnected ? meter.show() : removeEventListener('reelrec:said', said))
  addEventListener('reelrec:said', said)
  return meter
}
