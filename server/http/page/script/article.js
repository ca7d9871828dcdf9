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
