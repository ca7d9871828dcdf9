/* ---- making nodes ---- */

/* make('p', {className: …}, child, …): a child is a node, or a string that stays text. */
function make(name, traits, ...children) {
  const node = Object.assign(document.createElement(name), traits);
  node.append(...children.filter((child) => child !== null));
  return node;
}

const numbers = new Intl.NumberFormat('en');
const count = (n, one, many = one + 's') => `${numbers.format(n)} ${n === 1 ? one : many}`;
const list = (value) => (Array.isArray(value) ? value : value ? [value] : []).map(String);

function duration(us) {
  if (us < 100) return `${us} µs`;
  if (us < 9950) return `${(us / 1000).toFixed(1)} ms`;
  if (us < 999500) return `${Math.round(us / 1000)} ms`;
  return `${(us / 1e6).toFixed(1)} s`;
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
  'September', 'October', 'November', 'December'];

/* A civil date as it was written, at its own precision: no time zone is ever converted. */
function dateText(iso, long) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?(.*))?)?)?/.exec(iso);
  if (!found) return iso;
  const [, year, month, day, clock, offset] = found;
  const name = MONTHS[Number(month) - 1] ?? '';
  const civil = [day && String(Number(day)), long ? name : name.slice(0, 3), String(Number(year))];
  const zone = offset === 'Z' ? ' UTC' : offset ? ` (UTC${offset})` : '';
  return civil.filter(Boolean).join(' ') + (long && clock ? `, ${clock}${zone}` : '');
}

function dateNode(iso, long) {
  return iso ? make('time', { dateTime: iso }, dateText(iso, long)) : null;
}

/* The URL where it is one to follow; null for javascript: and its like. */
function webAddress(text) {
  if (!text) return null;
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}

function joined(nodes, between = ' · ') {
  return nodes.filter(Boolean).flatMap((node, at) => (at ? [between, node] : [node]));
}

/* ---- highlights ---- */

/* Ranges of code points as ranges of UTF-16 units, ascending, inside the text and apart. */
function unitRanges(text, ranges) {
  const good = (Array.isArray(ranges) ? ranges : [])
    .filter((range) => Number.isInteger(range?.[0]) && range[0] >= 0 && range[1] > range[0])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const apart = [];
  for (const [start, end] of good) {
    const last = apart.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else apart.push([start, end]);
  }
  const unit = unitCounter(text);
  return apart.map(([start, end]) => [unit(start), unit(end)])
    .filter(([start, end]) => start < end);
}

/* A function from code points, asked in ascending order, to UTF-16 units. */
function unitCounter(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => Math.min(point, text.length);
  let unit = 0, passed = 0;
  return (point) => {
    for (; passed < point && unit < text.length; passed++) {
      unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    }
    return unit;
  };
}

/* Appends text[from, to) with <mark> where the ranges lie; made(node, i) is told of range i's. */
function inlay(parent, text, from, to, ranges, made) {
  let at = from;
  for (let i = firstAfter(ranges, from); i < ranges.length && ranges[i][0] < to; i++) {
    const start = Math.max(ranges[i][0], from), end = Math.min(ranges[i][1], to);
    const mark = make('mark', {}, text.slice(start, end));
    parent.append(text.slice(at, start), mark);
    made?.(mark, i);
    at = end;
  }
  parent.append(text.slice(at, to));
  return parent;
}

/* The first range that ends after `from`. */
function firstAfter(ranges, from) {
  let low = 0, high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle][1] <= from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function marked(name, traits, text, ranges) {
  return inlay(make(name, traits), text, 0, text.length, unitRanges(text, ranges));
}
