// A guess on the scale of stars. Drawn again in the same node, so that a bar is seen to narrow.
function range(node, guess) {
  node.hidden = !guess
  if (!guess) return
  if (!node.firstChild) {
    node.setAttribute('role', 'img')
    for (const name of ['reach', 'mean', 'given']) node.appendChild(document.createElement('i')).className = name
  }
  const [reach, mean, given] = node.children
  reach.hidden = guess.low === null
  reach.style.setProperty('--at', `${guess.low}%`)
  reach.style.setProperty('--to', `${guess.high}%`)
  mean.style.setProperty('--at', `${guess.mean}%`)
  given.hidden = guess.given === null
  given.style.setProperty('--at', `${guess.given}%`)
  node.setAttribute('aria-label', guess.says)
  node.title = guess.says
}

