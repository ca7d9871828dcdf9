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
