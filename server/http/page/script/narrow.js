/* ---- narrowing: how the answers lie in time, and whose they are ---- */

const FACETS = { source: 'Source', author: 'Author', tag: 'Tag', lang: 'Language' };
const FACET_ROWS = 6;      /* values shown before the rest is asked for */
const SPARKS = 40;         /* bars of the small chart at most */
let narrowing = null;      /* AbortController of the counts under way */

/* The small chart stands beside the total; what it opens stands below. Counting waits until the
 * reader pauses. */
function showNarrow(place, answer) {
  narrowing?.abort();
  clearTimeout(timers.narrow);
  const counts = answer.total.value > 1 && !place.group;
  part('narrow-open').hidden = !counts;
  if (!counts) part('narrow').hidden = true;
  else timers.narrow = setTimeout(() => askNarrow(place), draft ? SLOW_MS : 0);
}

const narrowOpen = () => part('narrow-open').getAttribute('aria-expanded') === 'true';

async function askNarrow(place) {
  narrowing = new AbortController();
  const { signal } = narrowing, told = new URLSearchParams({ q: place.q });
  if (place.index) told.set('index', place.index);
  try {
    const times = await fetchJson('/timeline?' + told, signal);
    showSparks(array(times.buckets));
    if (!narrowOpen()) return;
    const facets = Object.keys(FACETS).join(',');
    const counted = await fetchJson(`/search?${told}&limit=0&facets=${facets}`, signal);
    showPanel(place, times, counted.facets ?? {});
  } catch (trouble) {
    /* The answers stand without it. */
    if (!signal.aborted && !(trouble instanceof Gone)) console.error(trouble);
  }
}

function toggleNarrow() {
  const open = !narrowOpen();
  part('narrow-open').setAttribute('aria-expanded', String(open));
  if (open && shelf) askNarrow(shelf.place);
  else part('narrow').hidden = true;
}

/* ---- dates ---- */

function showSparks(buckets) {
  const per = Math.ceil(buckets.length / SPARKS) || 1, sums = [];
  buckets.forEach((bucket, i) => {
    sums[Math.floor(i / per)] = (sums[Math.floor(i / per)] ?? 0) + bucket.articles;
  });
  const most = Math.max(...sums, 1);
  part('sparks').replaceChildren(...(sums.length > 1 ? sums : []).map((sum) =>
    tall(make('i', {}), sum, most)));
  part('narrow-told').textContent = buckets.length ? spanText(buckets) : 'Narrow';
}

function tall(node, value, most) {
  node.style.height = value ? `${Math.max(8, 100 * value / most)}%` : '0';
  return node;
}

/* "Sep – Oct 2015": the year once where it is the same. */
function spanText(buckets) {
  const first = dateText(buckets[0].date, false), last = dateText(buckets.at(-1).date, false);
  if (first === last) return first;
  const year = / \d{4}$/.exec(last)?.[0];
  return `${year && first.endsWith(year) ? first.slice(0, -year.length) : first} – ${last}`;
}

function chartNode(place, { buckets, undated, coarser }) {
  const most = Math.max(...buckets.map((bucket) => bucket.articles));
  const bars = buckets.map((bucket, i) => barNode(place, bucket, most, i === 0));
  const chart = make('div', { className: 'chart' }, ...bars);
  chart.setAttribute('role', 'group');
  chart.setAttribute('aria-label', 'Articles by date');
  chart.addEventListener('keydown', walkBars);
  const first = buckets[0].date, last = buckets.at(-1).date;
  return make('div', { className: 'times' }, chart,
    make('p', { className: 'ends' }, dateNode(first, false), undatedText(undated, coarser),
      first === last ? '' : dateNode(last, false)));
}

function undatedText(undated, coarser) {
  const parts = [coarser > 0 && `${count(coarser, 'article')} dated less exactly`,
    undated > 0 && `${numbers.format(undated)} without a date`];
  return make('span', {}, parts.filter(Boolean).join(', '));
}

function barNode(place, bucket, most, first) {
  const href = addressOf({ ...listOf(place), q: withCondition(place.q, 'date', bucket.date) });
  const told = `${dateText(bucket.date, true)}: ${count(bucket.articles, 'article')}`;
  const bar = make(bucket.articles ? 'a' : 'span', { title: told }, tall(make('i', {}),
    bucket.articles, most));
  if (!bucket.articles) return bar;
  bar.href = href;
  bar.tabIndex = first ? 0 : -1;
  bar.setAttribute('aria-label', told);
  return bar;
}

/* The bars are one stop of the Tab key; arrows walk among them. */
function walkBars(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  const bars = [...event.currentTarget.querySelectorAll('a')];
  bars[bars.indexOf(document.activeElement) + step]?.focus();
  event.preventDefault();
}

/* ---- sources and their like ---- */

function showPanel(place, times, facets) {
  const columns = Object.keys(FACETS).map((name) => facetNode(place, name, array(facets[name])));
  const dates = array(times.buckets).length > 1 ? chartNode(place, times) : null;
  const all = withoutField(place.q, 'date');
  part('narrow').replaceChildren(...[dates,
    all !== place.q && make('p', {}, make('a', { href: addressOf({ ...listOf(place), q: all }) },
      'All dates')),
    make('div', { className: 'facets' }, ...columns.filter(Boolean))].filter(Boolean));
  part('narrow').hidden = false;
}

function facetNode(place, name, values) {
  if (values.length < 2 && !values.some((one) => holds(place.q, name, one.value))) return null;
  const rows = values.map((one) => valueNode(place, name, one));
  const node = make('section', {}, make('h2', {}, FACETS[name]),
    make('ul', {}, ...rows.slice(0, FACET_ROWS)));
  if (rows.length > FACET_ROWS) {
    const more = make('button', { type: 'button', className: 'quiet' },
      `${rows.length - FACET_ROWS} more`);
    more.addEventListener('click', () => {
      node.querySelector('ul').append(...rows.slice(FACET_ROWS));
      rows[FACET_ROWS].querySelector('a').focus();
      more.remove();
    });
    node.append(more);
  }
  return node;
}

function valueNode(place, name, { value, articles }) {
  const held = holds(place.q, name, value);
  const q = held ? withoutCondition(place.q, name, value) : withCondition(place.q, name, value);
  const link = make('a', { href: addressOf({ ...listOf(place), q }), dir: 'auto' }, value);
  if (held) link.setAttribute('aria-current', 'true');
  return make('li', {}, link, make('span', { className: 'total' }, numbers.format(articles)));
}

/* ---- conditions are words of the query: seen, understood, taken out again by hand ---- */

const condition = (name, value) => `${name}:` + (/^[\p{L}\p{N}._-]+$/u.test(value)
  ? value : `"${value.replace(/["“”„«»]/g, ' ').replace(/\s+/g, ' ').trim()}"`);

const holds = (q, name, value) => ` ${q} `.includes(` ${condition(name, value)} `);

const plain = (text) => text.replace(/\s+/g, ' ').trim();

const withoutField = (q, name) =>
  plain(q.replace(new RegExp(`(?<!\\S)${name}:("[^"]*"?|\\S+)`, 'g'), ' '));

const withoutCondition = (q, name, value) =>
  plain(` ${q} `.replace(` ${condition(name, value)} `, ' '));

/* An article has one date and one language, but several authors and tags. */
function withCondition(q, name, value) {
  let kept = name === 'tag' || name === 'author' ? q : withoutField(q, name);
  if (kept.split('"').length % 2 === 0) kept += '"';
  if (/(?<!\S)OR(?!\S)/.test(kept) && !/^\([^()]*\)( \w+:\S+)*$/.test(kept)) kept = `(${kept})`;
  return plain(`${kept} ${condition(name, value)}`);
}
