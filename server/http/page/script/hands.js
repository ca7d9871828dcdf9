/* ---- the reader's hands ---- */

function typed(event) {
  if (event.isComposing) return;
  part('clear').hidden = !box.value;
  clearTimeout(timers.typing);
  timers.typing = setTimeout(() => { askTyped(); askCompletions(); }, TYPING_MS);
}

/* A quotation pasted with its line ends: the box would join the words around them. A word that is parted
 * there keeps its hyphen, which asks for it in one as well as in two. */
function pasted(event) {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!/[\r\n]/.test(text.trim())) return;
  event.preventDefault();
  const line = text.trim().replace(/(\p{L})[-\u2010\u00ad][ \t]*\r?\n\s*(?=\p{L})/gu, '$1-')
    .replace(/\s*[\r\n]\s*/g, ' ');
  box.setRangeText(line, box.selectionStart, box.selectionEnd, 'end');
  typed(event);
}

/* Asks what the box holds, unless it is asked already; gives whether it did. */
function askTyped(done = false) {
  clearTimeout(timers.typing);
  const q = box.value.trim();
  const goesOn = draft && performance.now() - shownAt < SETTLED_MS;
  const asked = q === here.q && here.article === null && here.view !== 'quote';
  draft = !done && (draft || !asked);
  if (asked) return false;
  const view = here.view === 'quote' ? '' : here.view;
  travel({ ...here, q, view, group: '', article: null }, goesOn ? 'replace' : 'push');
  return true;
}

function submitted(event) {
  event.preventDefault();
  if (!askTyped(true) && shelf?.key !== keyOf(here)) show({});
  else if (shelf) part('aside').replaceChildren(...asideNodes(shelf.place, shelf.answer));
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
  part('help').close();
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
  '?': () => { openHelp(); return true; },
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
  const writes = ['select', 'textarea'].includes(event.target.localName);
  if (inBox ? event.key !== 'ArrowDown' : writes) return;
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
  part('help-open').addEventListener('click', openHelp);
  part('help-close').addEventListener('click', () => help.close());
  help.addEventListener('click', (event) => { if (event.target === help) help.close(); });
  part('chooser').addEventListener('change', (event) => {
    travel({ ...here, index: event.target.value, article: null }, 'push');
  });
  for (const name of ['sort', 'view']) {
    for (const button of part('told').querySelectorAll(`[data-${name}]`)) {
      button.addEventListener('click', () => {
        draft = false;
        travel({ ...here, [name]: button.dataset[name] }, 'push');
      });
    }
  }
  part('narrow-open').addEventListener('click', toggleNarrow);
  part('pasted').addEventListener('input', typedQuotation);
  document.addEventListener('click', clicked);
  document.addEventListener('keydown', pressed);
  window.addEventListener('popstate', wentThrough);
  window.addEventListener('scroll', scrolled, { passive: true });
}

history.scrollRestoration = 'manual';
wire();
showIndexes();
show({ ...history.state });
if (!here.q && !here.view && here.article === null) box.focus();
