// The texts of a component in the visitor's language, which component.py puts before this: `language`, and `texts` by
// their English, each a list of its forms. `_` and `ngettext` are as in reelrec/translation.py, but for numbers: {n} is
// written with the language's own marks, and `number` writes one with so many decimals.
const number = (value, digits = 0) =>
  value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (place, name) => {
    if (!(name in values)) return place
    return typeof values[name] === 'number' ? values[name].toLocaleString(language) : values[name]
  })
const _ = (text, values = {}) => filled(texts[text]?.[0] ?? text, values)
const ngettext = (one, many, n, values = {}) => {
  const form = new Intl.PluralRules(language).select(n) === 'one' ? 0 : 1
  return filled(texts[one]?.[form] ?? [one, many][form], { n, ...values })
}
