// moves.js may come a moment later; until then it is a link like any other.
function lead(node, href) {
  node.href = href
  if (window.reelrec) window.reelrec.link(node, href)
  else setTimeout(() => node.isConnected && lead(node, href), 100)
}
