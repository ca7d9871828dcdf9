/* The search page. It asks /search while the reader types and shows articles with their marks.
 *
 * The address bar is the state that lasts: ?q= &sort= &view= &index= &article= is a place, and
 * every place can be linked, left and come back to. Whatever the server sends becomes text nodes
 * and <mark>, never markup. */

const PAGE_HITS = 20;
const PAGE_LINES = 50;
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
let shelf = null;              /* the list in the page: { key, place, answer, hits, total }; of
                                  lines, hits are the lines and total counts them */
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
  const one = (name, allowed) => (allowed.includes(given.get(name)) ? given.get(name) : '');
  return {
    q: (given.get('q') ?? '').replace(/[\r\n]+/g, ' ').trim(), /* the box would lose line ends */
    sort: one('sort', ['date', '-date']),
    view: one('view', ['lines', 'quote']), /* each occurrence; a quotation to check */
    group: given.get('group') ?? '', /* all of one group of near-copies */
    index: given.get('index') ?? '',
    article: given.get('article') || null,
  };
}

function addressOf(place) {
  const given = new URLSearchParams();
  for (const name of ['q', 'sort', 'view', 'group', 'index', 'article']) {
    if (place[name]) given.set(name, place[name]);
  }
  const text = given.toString();
  return text ? '/?' + text : '/';
}

const listOf = (place) => ({ ...place, article: null });
const keyOf = (place) =>
  JSON.stringify([place.q, place.sort, place.view, place.group, place.index]);

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
  if (!draft) showCompletions([]);
  for (const name of ['sort', 'view']) {
    for (const button of part('told').querySelectorAll(`[data-${name}]`)) {
      button.setAttribute('aria-pressed', String(button.dataset[name] === here[name]));
    }
  }
  part('chooser').value = here.index || part('chooser').options[0]?.value || '';
  if (here.article !== null) openArticle(state);
  else if (here.view === 'quote') openQuotation();
  else if (here.q) openList(state);
  else openStart();
}

function enter(room) {
  for (const id of ['list', 'start', 'room', 'quotation']) part(id).hidden = id !== room;
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

/* With a body it is posted as plain text. */
async function fetchJson(path, signal, body) {
  const posted = body === undefined ? {} : { method: 'POST', body };
  const headers = { Accept: 'application/json' };
  let reply, told;
  if (posted.body !== undefined) headers['Content-Type'] = 'text/plain; charset=utf-8';
  try {
    reply = await fetch(path, { signal, headers, ...posted });
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
  for (const name of ['sort', 'group', 'index']) if (place[name]) given.set(name, place[name]);
  if (place.view === 'lines') given.set('kwic', '1');
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
