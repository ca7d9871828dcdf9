/* ---- a quotation to check ---- */

const QUOTED_WORDS = 12;  /* so long a question may be a quotation */
const QUOTE_MS = 400;     /* from the last key to the question */
const LEAST_WORDS = 4;    /* of a run that is told */

const pastedText = () => sessionStorage.getItem('quotation') ?? '';
const keepQuotation = (text) => { sessionStorage.setItem('quotation', text); };

function openQuotation() {
  const field = part('pasted');
  asking?.abort();
  clearTrouble();
  emptyList();
  document.title = 'Check a quotation – Verbatim';
  field.value = pastedText();
  enter('quotation');
  field.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  askQuotation();
}

function typedQuotation() {
  clearTimeout(timers.typing);
  keepQuotation(part('pasted').value);
  timers.typing = setTimeout(askQuotation, QUOTE_MS);
}

function askQuotation() {
  const text = part('pasted').value;
  if (text.trim().split(/\s+/).length < LEAST_WORDS) {
    asking?.abort();
    clearTrouble();
    showVerdict(text.trim() ? `${LEAST_WORDS} words at least are looked up.` : '', [], []);
    return;
  }
  load(async (signal) => {
    const path = '/quote' + (here.index ? '?' + new URLSearchParams({ index: here.index }) : '');
    const answer = await fetchJson(path, signal, text);
    showLibrary(answer.index);
    enter('quotation');
    showVerdict(verdictText(answer), [pastedNode(text, answer)],
      array(answer.articles).map((article) => quotedNode(text, article, answer)));
  });
}

function showVerdict(told, pasted, articles) {
  part('quotation-status').textContent = told;
  part('verdict').replaceChildren(...pasted);
  part('quoted').replaceChildren(...articles);
}

function verdictText(answer) {
  const ranges = mergedRanges(array(answer.runs));
  const time = Number.isFinite(answer.took_us) ? ` · ${duration(answer.took_us)}` : '';
  const partial = answer.partial ? ` · not whole: ${answer.partial}` : '';
  if (!ranges.length) return `No part of it stands in any article${time}${partial}`;
  const best = array(answer.articles)[0]?.covered ?? 0;
  const whole = best === answer.words ? 'All of its' : `${numbers.format(best)} of its`;
  const held = count(answer.total_articles?.value ?? 0, 'article');
  return `${whole} ${count(answer.words, 'word')} stand in one article; parts of it in ${held}`
    + time + partial;
}

/* Runs may overlap where different articles hold them. */
function mergedRanges(runs) {
  const merged = [];
  for (const [start, end] of runs.map((run) => [run.start, run.end]).sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

function pastedNode(text, answer) {
  return marked('p', { className: 'snippet pasted', dir: 'auto' }, text,
    mergedRanges(array(answer.runs)));
}

/* An article with what it holds of the quotation: its runs plain, what differs beside it. */
function quotedNode(text, article, answer) {
  const longest = array(article.runs).reduce((a, b) => (b.words > (a?.words ?? 0) ? b : a), null);
  const q = longest ? `"${[...text].slice(longest.start, longest.end).join('')
    .replace(/["“”„«»]/g, ' ').replace(/\s+/g, ' ').trim()}"` : '';
  const link = make('a', { href: addressOf({ ...here, view: '', q, article: article.id }) },
    article.title || article.id);
  link.dataset.id = article.id;
  return make('li', { className: 'hit' }, make('h2', { dir: 'auto' }, link),
    make('p', { className: 'meta' }, ...joined([dateNode(article.date, false), whence(article)])),
    comparedNode(text, article),
    make('p', { className: 'foot' }, `${numbers.format(article.covered)} of `
      + `${count(answer.words, 'word')} word for word`));
}

/* The quotation as this article has it: marked what is the same, struck out what it has not, and
 * beside that what it has instead. */
function comparedNode(text, article) {
  const points = [...text];
  const node = make('p', { className: 'snippet compared', dir: 'auto' });
  const pieces = array(article.runs).filter((run) => run.in_order !== false)
    .map((run) => ({ ...run, same: true }))
    .concat(array(article.differs)).sort((a, b) => a.start - b.start || a.end - b.end);
  let at = pieces[0]?.start ?? 0;
  if (at > 0) node.append('… ');
  for (const piece of pieces) {
    if (piece.start > at) node.append(points.slice(at, piece.start).join(''));
    const words = points.slice(Math.max(at, piece.start), piece.end).join('');
    const written = piece.written?.text;
    if (piece.same) node.append(make('mark', {}, words));
    else appendDifference(node, words.trim(), written, points[piece.end] ?? '');
    at = Math.max(at, piece.end);
  }
  if (at < points.length) node.append(' …');
  return node;
}

/* Parted from the words on both sides, not from a comma or a full stop behind it. */
function appendDifference(node, pasted, written, next) {
  for (const [name, words] of [['del', pasted], ['ins', written]]) {
    if (!words) continue;
    if (/[^\s“„«‘(]$/u.test(node.lastChild?.textContent ?? '')) node.append(' ');
    node.append(make(name, {}, words));
  }
  if (/[\p{L}\p{N}“„«‘(]/u.test(next)) node.append(' ');
}
