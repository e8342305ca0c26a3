// Hands posters that came late to the shelves on the page, and asks for the rest a moment later.
export default function ({ data, setTriggerValue }) {
  window.reelrecImages = { ...window.reelrecImages, ...data.images }
  window.dispatchEvent(new Event('reelrec:images'))
  const wait = setTimeout(() => {
    if (data.pending) setTriggerValue('again', performance.timeOrigin + performance.now())
  }, data.wait)
  return () => clearTimeout(wait)
}
