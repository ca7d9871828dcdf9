/* ---- each occurrence on a line of its own ---- */

/* Lines of one article stand under its title, told once. */
function lineNodes(place, lines, before) {
  return lines.map((line, i) => lineNode(place, line, (i ? lines[i - 1] : before)?.id !== line.id));
}

function lineNode(place, line, titled) {
  const href = addressOf({ ...place, article: line.id });
  const title = make('a', { href, dir: 'auto' }, line.title || line.id);
  title.dataset.id = line.id;
  const head = titled && make('h2', {}, ...joined([title, dateNode(line.date, false)]));
  const match = make('a', { href, className: 'match' }, make('mark', {}, line.match));
  match.dataset.id = line.id;
  match.addEventListener('click', () => { aim = aimOfLine(line); });
  return make('li', { className: titled ? 'line first' : 'line' }, head || '',
    make('p', {}, make('span', { className: /\s$/.test(line.left) ? 'left apart' : 'left' },
      make('bdi', {}, line.left.trimEnd())), match,
    make('span', { className: 'right' }, line.right)));
}

/* What opens the article at the very occurrence: as a snippet with one highlight. */
function aimOfLine(line) {
  const points = (text) => [...text].length;
  const start = points(line.left);
  return { snippet: { text: line.left + line.match + line.right,
    highlights: [[start, start + points(line.match)]] }, which: 0 };
}
