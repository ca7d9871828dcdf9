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
