/* The search page. It asks /search while the reader types and shows articles with their marks.
 *
 * The address bar is the state that lasts: ?q= &sort= &index= &article= is a place, and every place
 * can be linked, left and come back to. Whatever the server sends becomes text nodes and <mark>,
 * never markup. */

const PAGE_HITS = 20;
const MOST_HITS = 200;     /* asked for at once when a long list is come back to */
const MOST_MARKS = 10000;  /* of an article: the server gives no more */
const TYPING_MS = 150;     /* from the last key to the question */
const GRACE_MS = 600;      /* half-typed words find nothing: say so only when the reader pauses */
const SETTLED_MS = 2000;   /* an answer read this long has an entry of its own in the history */
const SLOW_MS = 400;
const RETRY_MS = [1500, 3000, 6000, 12000];

const part = (id) => document.getElementById(id);
const box = part('box');
const hits = part('hits');
const reader = part('reader');

let here = placeOf(location);  /* what the page shows or is about to show */
let shelf = null;              /* the list in the page: { key, place, answer, hits, total } */
let asking = null;             /* AbortController of the question under way */
let draft = false;             /* the history's entry is still being typed */
let shownAt = 0;
let marks = [];                /* of the article: one array of <mark> a match */
let markAt = -1;
let aim = null;                /* what opened the article: { snippet, which } of its highlights */
let timers = { typing: 0, grace: 0, scroll: 0, retry: 0 };
let tries = 0;
let retry = null;              /* what to do again when the server is back */

/* ---- places ---- */

function placeOf(address) {
  const given = new URLSearchParams(address.search);
  const sort = given.get('sort');
  return {
    q: (given.get('q') ?? '').trim(),
    sort: sort === 'date' || sort === '-date' ? sort : '',
    index: given.get('index') ?? '',
    article: given.get('article') || null,
  };
}

function addressOf(place) {
  const given = new URLSearchParams();
  for (const name of ['q', 'sort', 'index', 'article']) {
    if (place[name]) given.set(name, place[name]);
  }
  const text = given.toString();
  return text ? '/?' + text : '/';
}

const listOf = (place) => ({ ...place, article: null });
const keyOf = (place) => JSON.stringify([place.q, place.sort, place.index]);

/* Goes to a place; `how` is 'push' or 'replace'; the state is for show(). */
function travel(next, how, state = {}) {
  if (how === 'push') keepScroll();
  clearTimeout(timers.scroll);
  const inside = next.article !== null && here.article === null;
  history[how + 'State']({ inside }, '', addressOf(next));
  here = next;
  show(state);
}

function keepScroll() {
  clearTimeout(timers.scroll);
  const kept = part('room').hidden ? { count: shelf?.hits.length } : { mark: Math.max(markAt, 0) };
  history.replaceState({ ...history.state, ...kept, scroll: window.scrollY }, '');
}

/* Brings the page to `here`. The state: where it was scrolled to, how many hits were shown, which
 * mark was come to, the article just read. */
function show(state) {
  clearTimeout(timers.typing);
  clearTimeout(timers.grace);
  if (box.value.trim() !== here.q) box.value = here.q;
  part('clear').hidden = !box.value;
  for (const button of part('sorting').children) {
    button.setAttribute('aria-pressed', String(button.dataset.sort === here.sort));
  }
  part('chooser').value = here.index || part('chooser').options[0]?.value || '';
  if (here.article !== null) openArticle(state);
  else if (here.q) openList(state);
  else openStart();
}

function enter(room) {
  for (const id of ['list', 'start', 'room']) part(id).hidden = id !== room;
}

/* ---- asking ---- */

class Gone extends Error {}

class Problem extends Error {
  constructor(status, told) {
    super(told?.detail || told?.title || `the server answered with status ${status}`);
    this.status = status;
    this.title = told?.title;
  }
}

async function fetchJson(path, signal) {
  let reply, told;
  try {
    reply = await fetch(path, { signal, headers: { Accept: 'application/json' } });
    const text = await reply.text();
    try { told = JSON.parse(text); } catch { told = null; }
  } catch (trouble) {
    throw signal?.aborted ? trouble : new Gone();
  }
  signal?.throwIfAborted();
  if (!reply.ok || told === null) throw new Problem(reply.status, told);
  return told;
}

function searchPath(place, offset, limit) {
  const given = new URLSearchParams({ q: place.q, limit, offset });
  if (place.sort) given.set('sort', place.sort);
  if (place.index) given.set('index', place.index);
  return '/search?' + given;
}

function articlePath(place, id = place.article) {
  const given = new URLSearchParams();
  if (place.q) given.set('q', place.q);
  if (place.index) given.set('index', place.index);
  const text = given.toString();
  return '/articles/' + encodeURIComponent(id) + (text ? '?' + text : '');
}

/* Does the one thing that is asked for now: whatever was asked before is dropped. */
async function load(work) {
  asking?.abort();
  clearTimeout(timers.retry);
  const mine = asking = new AbortController();
  const slow = setTimeout(() => setWaiting(true), SLOW_MS);
  try {
    await work(mine.signal);
    if (!mine.signal.aborted) clearTrouble();
  } catch (trouble) {
    if (!mine.signal.aborted) showTrouble(trouble, () => load(work));
  } finally {
    clearTimeout(slow);
    if (asking === mine) setWaiting(false);
  }
}

function setWaiting(on) {
  part('waiting').hidden = !on;
  if (!on || here.article !== null || shelf?.key === keyOf(here)) return;
  hits.classList.add('stale');
  if (part('room').hidden) enter('list');
  part('status').textContent = 'Searching…';
}

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

/* ---- the list of answers ---- */

function openList(state) {
  if (shelf?.key === keyOf(here)) {
    asking?.abort();
    setWaiting(false);
    clearTrouble();
    hits.classList.remove('stale');
    enter('list');
    settleList(state);
    return;
  }
  const wanted = Math.min(Math.max(state.count ?? 0, PAGE_HITS), MOST_HITS);
  load(async (signal) => {
    const place = here;
    const answer = await fetchJson(searchPath(place, 0, wanted), signal);
    showAnswer(place, answer);
    settleList(state);
  });
}

/* Back to where the list was left, and to the article that was read. */
function settleList(state) {
  document.title = `${here.q} – Verbatim`;
  window.scrollTo(0, state.scroll ?? 0);
  if (!state.read) return;
  const link = hitLinks().find((one) => one.dataset.id === state.read);
  link?.focus({ preventScroll: true });
}

function showAnswer(place, answer) {
  showLibrary(answer.index);
  clearTimeout(timers.grace);
  part('status').textContent = statusText(answer);
  enter('list');
  if (answer.total.value === 0 && draft && hits.childElementCount) {
    hits.classList.add('stale');
    timers.grace = setTimeout(() => fillList(place, answer), GRACE_MS);
  } else {
    fillList(place, answer);
  }
}

function fillList(place, answer) {
  shelf = { key: keyOf(place), place, answer, hits: [...answer.hits], total: answer.total };
  shownAt = performance.now();
  hits.classList.remove('stale');
  hits.replaceChildren(...answer.hits.map((hit) => hitNode(place, hit)));
  part('sorting').hidden = answer.total.value < 2;
  part('aside').textContent = asideText(answer);
  showMore();
  part('nothing').replaceChildren();
  if (answer.total.value === 0) showNothing(place, answer);
}

function statusText(answer) {
  const { value, relation } = answer.total;
  const amount = (relation === 'gte' ? 'at least ' : '') + count(value, 'article');
  return Number.isFinite(answer.took_us) ? `${amount} · ${duration(answer.took_us)}` : amount;
}

/* What the reader ought to know of this answer, beside its total. */
function asideText(answer) {
  const told = [];
  if (answer.partial) told.push('This answer is not whole: ' + answer.partial);
  if (answer.query?.any_words) told.push('No article holds all of these words; these hold some');
  if (!draft) told.push(...list(answer.query?.repairs));
  return told.map((one) => one.charAt(0).toUpperCase() + one.slice(1) + '.').join(' ');
}

function hitNode(place, hit) {
  const title = marked('a', { href: addressOf({ ...place, article: hit.id }) }, hit.title || hit.id,
    hit.title ? hit.title_highlights : []);
  title.dataset.id = hit.id;
  title.dir = 'auto';
  title.classList.toggle('derived', hit.title_derived === true);
  return make('li', { className: 'hit' },
    make('h2', { dir: 'auto' }, title),
    make('p', { className: 'meta' }, ...joined([dateNode(hit.date, false), whence(hit)])),
    ...array(hit.snippets).map((snippet) => snippetNode(title, snippet)),
    footNode(place, hit));
}

const array = (value) => (Array.isArray(value) ? value : []);

function whence(hit) {
  return list(hit.source).join(', ') || webAddress(hit.url)?.host || (hit.title ? hit.id : '');
}

function snippetNode(title, snippet) {
  const node = marked('p', { className: 'snippet', dir: 'auto' }, snippet.text, snippet.highlights);
  node.addEventListener('click', (event) => {
    if (event.target.localName !== 'mark' || !getSelection().isCollapsed) return;
    aim = { snippet, which: [...node.children].indexOf(event.target) };
    title.click();
  });
  return node;
}

function footNode(place, hit) {
  const shown = array(hit.snippets).concat([{ highlights: hit.title_highlights }])
    .reduce((sum, one) => sum + array(one.highlights).length, 0);
  const more = (hit.phrase_count ?? 0) - shown;
  const copies = array(hit.also_in);
  if (more <= 0 && !copies.length) return '';
  const parts = [more > 0 ? make('span', {}, '+ ' + count(more, 'more occurrence')) : null];
  if (copies.length) parts.push(copiesNode(place, copies));
  return make('div', { className: 'foot' }, ...joined(parts));
}

function copiesNode(place, copies) {
  const items = copies.map((copy) => {
    const id = String(copy.id ?? copy);
    const link = make('a', { href: addressOf({ ...place, article: id }) }, copy.title || id);
    return make('li', {}, link, copy.source ? ` · ${list(copy.source).join(', ')}` : '');
  });
  const told = `also in ${count(copies.length, 'near-copy', 'near-copies')}`;
  return make('details', {}, make('summary', {}, told), make('ul', {}, ...items));
}

/* ---- more of the list ---- */

function showMore() {
  const left = shelf.total.value - shelf.hits.length;
  part('more').hidden = left <= 0;
  part('more-button').disabled = false;
  part('more-button').textContent = `Show ${numbers.format(Math.min(left, PAGE_HITS))} more`;
  part('more-told').textContent =
    `${numbers.format(shelf.hits.length)} of ${numbers.format(shelf.total.value)} shown`;
}

function askMore() {
  const from = shelf;
  part('more-button').disabled = true;
  load(async (signal) => {
    const answer = await fetchJson(searchPath(from.place, from.hits.length, PAGE_HITS), signal);
    if (answer.index?.checksum !== from.answer.index?.checksum) await refill(from, signal);
    else append(from, answer);
    hitLinks()[from.hits.length]?.focus({ preventScroll: true });
  }).finally(() => { part('more-button').disabled = false; });
}

function append(from, answer) {
  hits.append(...answer.hits.map((hit) => hitNode(from.place, hit)));
  shelf = { ...from, hits: from.hits.concat(answer.hits), total: answer.total };
  showMore();
}

/* The index was replaced meanwhile: the two pages would not fit together. */
async function refill(from, signal) {
  const wanted = Math.min(from.hits.length + PAGE_HITS, MOST_HITS);
  fillList(from.place, await fetchJson(searchPath(from.place, 0, wanted), signal));
}

/* ---- nothing found ---- */

function showNothing(place, answer) {
  const words = array(answer.query?.words);
  const missing = words.filter((word) => word.articles === 0);
  const room = part('nothing');
  room.replaceChildren(make('h2', {}, 'No article says that.'),
    make('p', {}, ...whyNot(words, missing)));
  offerOthers(place, words, missing, room);
}

function whyNot(words, missing) {
  if (!words.length) return ['No article fits this question.'];
  if (missing.length) {
    const named = joined(missing.slice(0, 8).map((word) => make('q', {}, word.word)), ', ');
    return [...named, missing.length === 1 ? ' is in no article.' : ' are in no article.'];
  }
  if (words.length === 1) {
    return [make('q', {}, words[0].word), ' is in ', articles(words[0]), ', but not as asked.'];
  }
  const each = words.slice(0, 8).map((word) =>
    make('span', {}, make('q', {}, word.word), ' in ', articles(word)));
  return ['Every word is there, but never together as asked: ', ...joined(each, ', '), '.'];
}

const articles = (word) => count(word.articles, 'article');

/* Looser questions, each with what it finds; those that find nothing are not offered. */
async function offerOthers(place, words, missing, room) {
  const signal = asking?.signal;
  const others = looser(place.q, words, missing).filter((other) => other.q && other.q !== place.q);
  const asked = others.map((other) => fetchJson(searchPath({ ...place, ...other }, 0, 0), signal)
    .then(({ total, query }) => ({ ...other, total: query.any_words ? 0 : total.value }))
    .catch(() => null));
  const found = (await Promise.all(asked)).filter((other) => other?.total > 0);
  if (signal?.aborted || shelf?.key !== keyOf(place) || !found.length) return;
  room.append(make('h3', {}, 'Near it'), make('ul', { className: 'offers' },
    ...found.map((other) => offerNode({ ...place, q: other.q }, other.why, other.total))));
}

const QUOTED_OR_LEFT_OUT = /(?:(?<!\S)-)?["“”„«][^"“”„«»]*["“”»]?|(?<!\S)-\S+/g;

function looser(q, words, missing) {
  const plain = (text) => text.replace(/\s+/g, ' ').trim();
  const kept = plain(q.replace(QUOTED_OR_LEFT_OUT, (one) => (one.startsWith('-') ? ' ' : one)));
  if (kept !== plain(q)) return [{ q: kept, why: 'with nothing left out' }];
  const known = words.filter((word) => !missing.includes(word)).map((word) => word.word);
  const others = [];
  const quoted = /["“”„«»‹›「」『』＂〝〞]/.test(q);
  const why = missing.length ? 'what does occur' : quoted ? 'in any order' : 'the words alone';
  if (known.length) others.push({ q: known.join(' '), why });
  if (known.length > 1) others.push({ q: known.join(' OR '), why: 'any one of the words' });
  return others;
}

function offerNode(place, why, total) {
  return make('li', {},
    make('a', { href: addressOf(place) }, make('code', {}, place.q)),
    make('span', { className: 'why' }, why),
    make('span', { className: 'total' }, total === null ? '' : count(total, 'article')));
}

/* ---- the empty box: five questions, made from what is in this index ---- */

const examples = new Map();

function openStart() {
  asking?.abort();
  setWaiting(false);
  clearTrouble();
  emptyList();
  document.title = 'Verbatim';
  enter('start');
  showExamples(here);
}

async function showExamples(place) {
  const key = place.index;
  if (!examples.has(key)) examples.set(key, await makeExamples(place).catch(() => null));
  if (here.q || here.article !== null || here.index !== key) return;
  const made = examples.get(key);
  if (!made) examples.delete(key);
  part('examples').replaceChildren(...(made ?? STANDARD).map((one) =>
    offerNode({ ...listOf(place), q: one.q, sort: '' }, one.why, one.total ?? null)));
}

const STANDARD = [
  { q: 'harbour lights', why: 'both words, anywhere' },
  { q: '"out of the question"', why: 'exactly this phrase' },
  { q: 'harbour -lights', why: 'the one without the other' },
  { q: '(harbour OR port) storm', why: 'either of two, and a third' },
  { q: 'title:storm', why: 'in the title' },
];

/* Some articles of the index are looked into for words and a phrase that are sure to be found. */
async function makeExamples(place) {
  const ask = (q, limit) => fetchJson(searchPath({ ...place, q, sort: '' }, 0, limit));
  const some = await ask('-' + 'zq'.repeat(8), 12);
  const texts = some.hits.map((hit) => ({ hit, phrase: phraseIn(hit) }))
    .filter((one) => one.phrase);
  if (!texts.length) return null;
  const made = await Promise.all(questionsFrom(texts).map(async (choices) => {
    for (const one of choices) {
      const { total, query } = await ask(one.q, 0);
      if (total.value > 0 && !query.any_words) return { ...one, total: total.value };
    }
    return null;
  }));
  return made.filter(Boolean);
}

/* Three plain words in a row, of which the outer two say something; not too long a line. */
function phraseIn(hit) {
  const text = array(hit.snippets)[0]?.text ?? '';
  const runs = text.match(/(?<![\p{L}\p{N}'’-])\p{Ll}{5,} \p{L}+ \p{Ll}{5,}(?![\p{L}\p{N}'’-])/gu);
  const fit = (run) => Math.abs(run.length - 22);
  return (runs ?? []).sort((a, b) => fit(a) - fit(b))[0] ?? null;
}

/* For each construct some questions, the better ones first. */
function questionsFrom(texts) {
  const [first, second = first, third = second] = texts;
  const ends = (text) => { const words = text.phrase.split(' '); return [words[0], words[2]]; };
  const [a, b] = ends(first);
  const [c, d] = ends(second);
  const [e, f] = ends(third);
  const without = [`${e} -${a === e ? c : a}`, `${a} -"${second.phrase}"`, `${a} -mermaid`];
  return [
    [{ q: `${b} ${a}`, why: 'both words, anywhere' }],
    [{ q: `"${second.phrase}"`, why: 'exactly this phrase' }],
    without.map((q) => ({ q, why: 'the one without the other' })),
    [{ q: `(${d} OR ${f}) ${d === c ? e : c}`, why: 'either of two, and a third' }],
    fieldQuestions(texts.map((text) => text.hit)),
  ];
}

function fieldQuestions(found) {
  const month = found.map((hit) => /^\d{4}-\d\d/.exec(hit.date ?? '')?.[0]).find(Boolean);
  const titled = found.filter((hit) => hit.title && !hit.title_derived);
  const word = titled.map((hit) => /\p{L}{5,}/u.exec(hit.title)?.[0].toLowerCase()).find(Boolean);
  const source = found.flatMap((hit) => list(hit.source)).find((one) => !one.includes('"'));
  return [
    month && { q: `date:${month}`, why: `written in ${dateText(month, true)}` },
    word && { q: `title:${word}`, why: 'in the title' },
    source && { q: `source:"${source}"`, why: 'from this source' },
    { q: `id:"${found[0].id}"`, why: 'the article of this id' },
  ].filter(Boolean);
}

/* ---- the article ---- */

function openArticle(state) {
  draft = false;
  const place = here, through = aim;
  aim = null;
  load(async (signal) => {
    const article = await fetchJson(articlePath(place), signal);
    showArticle(place, article);
    enter('room');
    reader.querySelector('h1').focus({ preventScroll: true });
    openAt(state.mark ?? matchOf(through, article));
    if (state.scroll !== undefined) window.scrollTo(0, state.scroll);
  });
}

function showArticle(place, article) {
  const body = article.body ?? '';
  const title = article.title || article.id;
  markAt = -1;
  document.title = `${title} – Verbatim`;
  const [lang = ''] = list(article.lang);
  reader.lang = /^[a-zA-Z]{2,3}(-[\w-]+)?$/.test(lang) ? lang : '';
  reader.replaceChildren(headNode(article, title),
    bodyNode(body, unitRanges(body, article.highlights)), factsNode(place, article));
  part('back').href = addressOf(listOf(place));
  part('back').replaceChildren('Back',
    make('span', { className: 'roomy' }, place.q ? ' to the answers' : ''));
  part('steps').hidden = !marks.length;
}

function headNode(article, title) {
  const ranges = article.title ? article.title_highlights : [];
  const heading = marked('h1', { tabIndex: -1, dir: 'auto' }, title, ranges);
  /* A title that is the text's own beginning would be read twice. */
  const line = /\S[^\n]*/.exec(article.body ?? '')?.[0].trimEnd();
  if (article.title_derived || line === title) heading.className = 'unseen';
  const url = webAddress(article.url);
  const link = url && make('a', { href: url.href, rel: 'noopener noreferrer', target: '_blank' },
    url.host + ' ↗');
  const names = [list(article.source).join(', '), list(article.author).join(', ')].filter(Boolean)
    .map((name) => make('span', {}, name));
  return make('header', {}, heading,
    make('p', { className: 'byline' }, ...joined([...names, dateNode(article.date, true), link])));
}

function bodyNode(body, ranges) {
  const node = make('div', { className: 'body' });
  marks = ranges.map(() => []);
  for (const [from, to, manner] of paragraphs(body)) {
    node.append(inlay(make('p', { dir: 'auto', className: manner }), body, from, to, ranges,
      (mark, i) => { marks[i].push(mark); }));
  }
  if (!body) node.append(make('p', { className: 'why' }, 'No text is kept of this article.'));
  return node;
}

/* The paragraphs of a text as [from, to, manner]: parted by blank lines; where lines are long, by
 * each line's end. Lines of one even width were wrapped to it and flow again; verse stays. */
function paragraphs(text) {
  return spans(text, 0, text.length, /\n\s*\n/g).flatMap(([from, to]) => {
    const lines = spans(text, from, to, /\n/g);
    const lengths = lines.map(([start, end]) => end - start);
    if (lengths.some((length) => length > 100)) return lines.map((line) => [...line, '']);
    const wrapped = lengths.slice(0, -1).every((length) => length >= 50);
    return [[from, to, wrapped ? '' : 'lines']];
  });
}

/* The parts of text[from, to) between the separators, without the empty ones. */
function spans(text, from, to, separator) {
  const found = [], piece = text.slice(from, to);
  let at = 0;
  const add = (end) => { if (piece.slice(at, end).trim()) found.push([from + at, from + end]); };
  for (const gap of piece.matchAll(separator)) {
    add(gap.index);
    at = gap.index + gap[0].length;
  }
  add(piece.length);
  return found;
}

/* What else is known of the article, as it was given. */
function factsNode(place, article) {
  const facts = [['Id', article.id], ['Tags', list(article.tags).join(', ')],
    ['Language', list(article.lang).join(', ')]];
  if (article.url && !webAddress(article.url)) facts.push(['Address', article.url]);
  for (const [name, value] of Object.entries(article.extra ?? {})) {
    facts.push([name, typeof value === 'string' ? value : JSON.stringify(value)]);
  }
  const rows = facts.filter(([, value]) => value).map(([name, value]) =>
    make('div', {}, make('dt', {}, name), make('dd', {}, String(value))));
  const address = articlePath({ ...place, q: '' }, article.id);
  const stored = make('a', { href: address, target: '_blank' }, 'as it is stored');
  return make('footer', {}, make('dl', {}, ...rows),
    make('p', {}, 'This article ', stored, ' (JSON)'));
}

/* ---- marks ---- */

/* Which match of the article the snippet shows: the snippet's words are looked up in the body,
 * where white space may be wider. 0 where it is not found. */
function matchOf(opened, article) {
  if (!opened || !marks.length) return 0;
  const { snippet, which } = opened;
  const [start] = unitRanges(snippet.text, snippet.highlights)[which] ?? [0];
  const last = unitRanges(snippet.text, snippet.highlights)[which - 1]?.[1] ?? 0;
  const before = snippet.text.slice(Math.max(last, start - 40), start).replace(/^.*…\s*/s, '');
  const words = (before + snippet.text.slice(start, start + 80)).replace(/\s*….*$/s, '');
  const plain = words.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(plain.replace(/\s+/g, '\\s+'), 'u').exec(article.body);
  if (!found) return 0;
  const ranges = unitRanges(article.body, article.highlights);
  return Math.min(firstAfter(ranges, found.index), marks.length - 1);
}

function openAt(match) {
  window.scrollTo(0, 0);
  if (marks.length) setMark(match);
}

function setMark(at) {
  for (const mark of marks[markAt] ?? []) mark.classList.remove('current');
  markAt = (at + marks.length) % marks.length;
  for (const mark of marks[markAt]) mark.classList.add('current');
  const [mark] = marks[markAt];
  const { top, bottom } = mark.getBoundingClientRect();
  if (top < 64 || bottom > window.innerHeight - 64) mark.scrollIntoView({ block: 'center' });
  scrolled();
  const first = marks.length < MOST_MARKS ? '' : 'the first ';
  part('step-told').textContent =
    `${numbers.format(markAt + 1)} of ${first}${count(marks.length, 'mark')}`;
}

function leaveArticle() {
  if (history.state?.inside) history.back();
  else travel(listOf(here), 'push', { read: here.article });
}

/* ---- trouble ---- */

function showTrouble(trouble, again) {
  const gone = trouble instanceof Gone;
  if (here.article === null && shelf?.key !== keyOf(here)) emptyList();
  part('status').textContent = '';
  enter('list');
  retry = again;
  if (gone) {
    /* Told once, however often it is tried: a notice made anew would be read out anew. */
    if (!tries) part('notice').replaceChildren(goneNode());
    timers.retry = setTimeout(again, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]);
  } else {
    tries = 0;
    part('notice').replaceChildren(troubleNode(trouble));
  }
}

function goneNode() {
  return make('div', { className: 'notice' }, make('h2', {}, 'The server does not answer.'),
    make('p', {}, `Nothing answers at ${location.host}. When it is there again, this page goes on `
      + 'by itself.'), retryNode());
}

function troubleNode(trouble) {
  const known = trouble instanceof Problem;
  if (!known) console.error(trouble);
  return make('div', { className: 'notice' }, make('h2', {}, headingOf(trouble)),
    make('p', {}, sentence(trouble.message)), !known || trouble.status >= 500 ? retryNode() : '');
}

function retryNode() {
  return make('button', { type: 'button', onclick: () => retry() }, 'Try again');
}

function headingOf(trouble) {
  if (trouble.status === 404 && here.article !== null) return 'This article is not here.';
  if (trouble.status === 503) return 'The server has too much to do.';
  if (trouble.status < 500) return 'This question cannot be answered.';
  return sentence(trouble.title || 'This went wrong');
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
}

function clearTrouble() {
  tries = 0;
  clearTimeout(timers.retry);
  part('notice').replaceChildren();
}

function emptyList() {
  shelf = null;
  part('status').textContent = '';
  hits.replaceChildren();
  part('nothing').replaceChildren();
  part('aside').textContent = '';
  part('more').hidden = part('sorting').hidden = true;
}

/* ---- the library's name ---- */

function showLibrary(info) {
  if (!info) return;
  part('library-name').textContent = info.name ?? '';
  part('library-size').textContent = count(info.articles ?? 0, 'article');
}

async function showIndexes() {
  const told = await fetchJson('/indexes').catch(() => null);
  const indexes = array(told?.indexes);
  const chooser = part('chooser');
  chooser.replaceChildren(...indexes.map((one) => make('option', { value: one.name }, one.name)));
  chooser.value = here.index || indexes[0]?.name || '';
  chooser.hidden = indexes.length < 2;
  part('library-name').hidden = !chooser.hidden;
  showLibrary(indexes.find((one) => one.name === here.index) ?? indexes[0]);
}

/* ---- the reader's hands ---- */

function typed(event) {
  if (event.isComposing) return;
  part('clear').hidden = !box.value;
  clearTimeout(timers.typing);
  timers.typing = setTimeout(() => askTyped(), TYPING_MS);
}

/* A quotation pasted with its line ends: the box would join the words around them. */
function pasted(event) {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!/[\r\n]/.test(text.trim())) return;
  event.preventDefault();
  const line = text.trim().replace(/\s*[\r\n]\s*/g, ' ');
  box.setRangeText(line, box.selectionStart, box.selectionEnd, 'end');
  typed(event);
}

/* Asks what the box holds, unless it is asked already; gives whether it did. */
function askTyped(done = false) {
  clearTimeout(timers.typing);
  const q = box.value.trim();
  const goesOn = draft && performance.now() - shownAt < SETTLED_MS;
  const asked = q === here.q && here.article === null;
  draft = !done && (draft || !asked);
  if (asked) return false;
  travel({ ...here, q, article: null }, goesOn ? 'replace' : 'push');
  return true;
}

function submitted(event) {
  event.preventDefault();
  if (!askTyped(true) && shelf?.key !== keyOf(here)) show({});
  else if (shelf) part('aside').textContent = asideText(shelf.answer);
  if (matchMedia('(pointer: coarse)').matches) box.blur();
}

/* Links inside the page are followed here, unless the reader asks for a tab of their own. */
function clicked(event) {
  const link = event.target.closest?.('a[href]');
  const held = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || held || event.button || event.defaultPrevented) return;
  if (link.origin !== location.origin || link.pathname !== '/') return;
  event.preventDefault();
  if (link.hash) { part('answers').focus(); return; }
  if (link.id === 'back') { leaveArticle(); return; }
  draft = false;
  aim ??= aimOf(link.dataset.id);
  travel(placeOf(link), 'push');
  if (link.id === 'home') box.focus();
  else if (!hits.contains(link)) part('answers').focus({ preventScroll: true });
}

function aimOf(id) {
  const hit = id && shelf?.hits.find((one) => one.id === id);
  const snippet = hit && array(hit.snippets).find((one) => array(one.highlights).length);
  return snippet ? { snippet, which: 0 } : null;
}

const hitLinks = () => [...hits.querySelectorAll('h2 a')];

/* Down and up through the list; up from the first is the box. */
function walk(step) {
  const stops = hitLinks();
  if (!part('more').hidden) stops.push(part('more-button'));
  const active = document.activeElement;
  const at = stops.indexOf(active.closest('.hit')?.querySelector('h2 a') ?? active);
  const visible = stops.findIndex((one) => one.getBoundingClientRect().top >= 0);
  const next = at >= 0 ? at + step : active === box ? 0 : visible;
  if (next < 0) { box.focus(); return; }
  const stop = stops[Math.min(next, stops.length - 1)];
  stop?.focus({ preventScroll: true });
  (stop?.closest('.hit') ?? stop)?.scrollIntoView({ block: 'nearest' });
}

function escaped(event) {
  if (!part('room').hidden) leaveArticle();
  else if (event.target !== box) box.focus();
  else return;
  event.preventDefault();
}

const reading = () => !part('room').hidden && marks.length > 0;
const listing = () => !part('list').hidden && hits.childElementCount > 0;

const KEYS = {
  '/': () => { box.focus(); box.select(); return true; },
  '?': () => { part('help').showModal(); return true; },
  n: () => reading() && (setMark(markAt + 1), true),
  p: () => reading() && (setMark(markAt - 1), true),
  ArrowDown: () => listing() && (walk(1), true),
  ArrowUp: () => listing() && (walk(-1), true),
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (part('help').open) return;
  if (event.key === 'Escape') { escaped(event); return; }
  const inBox = event.target === box;
  if (inBox ? event.key !== 'ArrowDown' : event.target.localName === 'select') return;
  if (Object.hasOwn(KEYS, event.key) && KEYS[event.key]()) event.preventDefault();
}

function wentThrough(event) {
  clearTimeout(timers.scroll);
  draft = false;
  const read = here.article;
  here = placeOf(location);
  show({ ...event.state, read: here.article === null ? read : null });
}

function scrolled() {
  clearTimeout(timers.scroll);
  timers.scroll = setTimeout(keepScroll, 120);
}

function wire() {
  box.addEventListener('input', typed);
  box.addEventListener('compositionend', typed);
  box.addEventListener('paste', pasted);
  part('ask').addEventListener('submit', submitted);
  part('clear').addEventListener('click', () => { box.value = ''; box.focus(); askTyped(); });
  part('more-button').addEventListener('click', askMore);
  part('step-on').addEventListener('click', () => setMark(markAt + 1));
  part('step-back').addEventListener('click', () => setMark(markAt - 1));
  const help = part('help');
  part('help-open').addEventListener('click', () => help.showModal());
  part('help-close').addEventListener('click', () => help.close());
  help.addEventListener('click', (event) => { if (event.target === help) help.close(); });
  part('chooser').addEventListener('change', (event) => {
    travel({ ...here, index: event.target.value, article: null }, 'push');
  });
  for (const button of part('sorting').children) {
    button.addEventListener('click', () => {
      draft = false;
      travel({ ...here, sort: button.dataset.sort }, 'push');
    });
  }
  document.addEventListener('click', clicked);
  document.addEventListener('keydown', pressed);
  window.addEventListener('popstate', wentThrough);
  window.addEventListener('scroll', scrolled, { passive: true });
}

history.scrollRestoration = 'manual';
wire();
showIndexes();
show({ ...history.state });
if (!here.q && here.article === null) box.focus();
