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
  const wanted = Math.min(Math.max(state.count ?? 0, pageOf(here)), MOST_HITS);
  load(async (signal) => {
    const place = here;
    const answer = await fetchJson(searchPath(place, 0, wanted), signal);
    showAnswer(place, answer);
    settleList(state);
  });
}

const pageOf = (place) => (place.view === 'lines' ? PAGE_LINES : PAGE_HITS);

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
  const rows = rowsOf(place, answer);
  shelf = { key: keyOf(place), place, answer, hits: [...rows], total: totalOf(place, answer) };
  shownAt = performance.now();
  hits.classList.remove('stale');
  hits.replaceChildren(...rowNodes(place, rows, null));
  part('sorting').hidden = answer.total.value < 2;
  part('viewing').hidden = answer.total.value === 0;
  part('aside').replaceChildren(...asideNodes(place, answer));
  showMore();
  showNarrow(place, answer);
  part('nothing').replaceChildren();
  if (answer.total.value === 0) showNothing(place, answer);
}

const rowsOf = (place, answer) => array(place.view === 'lines' ? answer.lines : answer.hits);
const totalOf = (place, answer) =>
  (place.view === 'lines' && answer.occurrences ? answer.occurrences : answer.total);
const rowNodes = (place, rows, before) => (place.view === 'lines'
  ? lineNodes(place, rows, before) : rows.map((hit) => hitNode(place, hit)));

function statusText(answer) {
  const { value, relation } = answer.total;
  const found = answer.occurrences;
  const amount = (relation === 'gte' ? 'at least ' : '') + count(value, 'article')
    + (found ? ', ' + (found.relation === 'gte' ? 'at least ' : '')
      + count(found.value, 'occurrence') : '');
  return Number.isFinite(answer.took_us) ? `${amount} · ${duration(answer.took_us)}` : amount;
}

/* What the reader ought to know of this answer, beside its total. */
function asideNodes(place, answer) {
  const query = answer.query ?? {};
  const told = [];
  if (answer.partial) told.push('this answer is not whole: ' + answer.partial);
  if (query.any_words) told.push('no article holds all of these words; these hold some');
  if (!draft) told.push(...list(query.repairs));
  const ignored = array(query.words).filter((word) => word.ignored)
    .map((word) => `“${word.word}”`);
  if (ignored.length && !draft) told.push(`${ignored.join(', ')} need not be there`);
  const nodes = told.map((one) => make('span', {}, sentence(one) + ' '));
  if (query.any_words && isPasted(place)) nodes.push(make('span', {}, 'Or ', checkLink(place), '. '));
  nodes.push(spellingsNode(array(query.spellings)), correctionsNode(place, query),
    otherSpellingsNode(place, query), groupNode(place, answer));
  return nodes.filter(Boolean);
}

function spellingsNode(spellings) {
  const others = spellings.flatMap(({ written, searched }) =>
    array(searched).filter((one) => one !== written));
  if (!others.length || draft) return null;
  const named = others.slice(0, 5).map((one) => `“${one}”`).join(', ');
  return make('span', {}, `Also searched: ${named}. `);
}

/* Offered, never done unasked. */
function correctionsNode(place, query) {
  const offered = array(query.corrections).slice(0, 3)
    .map((one) => offeredNode(place, one.query, one));
  return offered.length
    ? make('span', {}, 'Did you mean ', ...joined(offered, ' or '), '? ') : null;
}

function otherSpellingsNode(place, query) {
  const offered = array(query.also_written).slice(0, 4)
    .map((one) => offeredNode(place, one.query ?? `"${one.text}"`, one, one.text));
  return offered.length && !draft
    ? make('span', {}, 'Also written: ', ...joined(offered, ', '), '. ') : null;
}

function offeredNode(place, q, one, shown = q) {
  const link = make('a', { href: addressOf({ ...listOf(place), q }) }, shown);
  return Number.isFinite(one.articles)
    ? make('span', {}, link, ` (${numbers.format(one.articles)})`) : link;
}

/* Where only one group's articles are shown: the way back to all. */
function groupNode(place, answer) {
  if (!place.group) return null;
  const told = answer.total.value ? 'These are near-copies of one another. ' : '';
  return make('span', {}, told,
    make('a', { href: addressOf({ ...listOf(place), group: '' }) }, 'Show all answers'), '.');
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
  /* A sign of what was cut does not stand in a line by itself. */
  const text = snippet.text.replace(/ …$/, '\u00a0…');
  const node = marked('p', { className: 'snippet', dir: 'auto' }, text, snippet.highlights);
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
  const copies = place.group ? [] : array(hit.also_in);
  if (more <= 0 && !copies.length) return '';
  const parts = [more > 0 ? make('span', {}, '+ ' + count(more, 'more occurrence')) : null];
  if (copies.length) parts.push(copiesNode(place, hit, copies));
  return make('div', { className: 'foot' }, ...joined(parts));
}

function copiesNode(place, hit, copies) {
  const total = hit.also_in_total ?? copies.length;
  const items = copies.map((copy) => {
    const id = String(copy.id ?? copy);
    const link = make('a', { href: addressOf({ ...place, article: id }) }, copy.title || id);
    return make('li', {}, ...joined([link, list(copy.source).join(', '),
      dateNode(copy.date, false)]));
  });
  if (total > copies.length) {
    const all = addressOf({ ...place, group: hit.group ?? hit.id });
    items.push(make('li', {}, make('a', { href: all }, `all ${numbers.format(total + 1)}`)));
  }
  const told = `also in ${count(total, 'near-copy', 'near-copies')}`;
  return make('details', {}, make('summary', {}, told), make('ul', {}, ...items));
}

/* ---- more of the list ---- */

function showMore() {
  const shown = shelf.hits.reduce((sum, hit) => sum + 1 + (hit.also_in_total ?? 0), 0);
  const left = shelf.total.value - shown;
  part('more').hidden = left <= 0;
  part('more-button').disabled = false;
  const next = Math.min(left, pageOf(shelf.place));
  part('more-button').textContent = `Show ${numbers.format(next)} more`;
  part('more-told').textContent =
    `${numbers.format(shown)} of ${numbers.format(shelf.total.value)} shown`;
}

function askMore() {
  const from = shelf;
  part('more-button').disabled = true;
  load(async (signal) => {
    const path = searchPath(from.place, from.hits.length, pageOf(from.place));
    const answer = await fetchJson(path, signal);
    if (answer.index?.checksum !== from.answer.index?.checksum) await refill(from, signal);
    else append(from, answer);
    hitLinks()[from.hits.length]?.focus({ preventScroll: true });
  }).finally(() => { part('more-button').disabled = false; });
}

function append(from, answer) {
  const rows = rowsOf(from.place, answer);
  hits.append(...rowNodes(from.place, rows, from.hits.at(-1)));
  shelf = { ...from, hits: from.hits.concat(rows), total: totalOf(from.place, answer) };
  showMore();
}

/* The index was replaced meanwhile: the two pages would not fit together. */
async function refill(from, signal) {
  const wanted = Math.min(from.hits.length + pageOf(from.place), MOST_HITS);
  fillList(from.place, await fetchJson(searchPath(from.place, 0, wanted), signal));
}
