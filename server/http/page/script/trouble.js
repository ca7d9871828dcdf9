/* ---- trouble ---- */

function showTrouble(trouble, again) {
  const gone = trouble instanceof Gone;
  if (here.article === null && shelf?.key !== keyOf(here)) emptyList();
  part('status').textContent = '';
  enter(here.view === 'quote' && here.article === null ? 'quotation' : 'list');
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
    make('p', {}, sentence(trouble.message)), wayOutNode(trouble),
    !known || trouble.status >= 500 ? retryNode() : null);
}

/* From an article or an index that is not there. */
function wayOutNode(trouble) {
  if (trouble.status !== 404) return null;
  const place = here.article === null ? { ...here, index: '' } : listOf(here);
  const told = here.article === null ? 'Ask the first index instead'
    : here.q ? 'Back to the answers' : 'To the search';
  return make('p', {}, make('a', { href: addressOf(place) }, told), '.');
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
  part('aside').replaceChildren();
  for (const id of ['more', 'sorting', 'viewing', 'narrow-open', 'narrow']) part(id).hidden = true;
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
