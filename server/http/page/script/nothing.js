/* ---- nothing found ---- */

/* Why, in the server's words, and looser questions, each with what it finds. */
function showNothing(place, answer) {
  const why = answer.why ?? {};
  const room = part('nothing');
  room.replaceChildren(make('h2', {}, 'No article says that.'),
    make('p', {}, sentence(why.message || 'no article fits this question')));
  const offers = array(why.relaxations).filter((one) => one.query && one.total > 0);
  if (offers.length) {
    room.append(make('h3', {}, 'Near it'), make('ul', { className: 'offers' },
      ...offers.map((one) => offerNode(placeOfOffer(place, one), '', one.total))));
  }
  if (isPasted(place)) {
    room.append(make('p', {}, 'Or ', checkLink(place),
      ': which parts of it stand where, word for word.'));
  }
}

const placeOfOffer = (place, { query, without }) => ({ ...listOf(place), q: query,
  group: array(without).includes('group') ? '' : place.group });

/* A long question is most often a quotation, of which a part may stand somewhere. */
const isPasted = (place) => place.q.split(/\s+/).length >= QUOTED_WORDS;

function checkLink(place) {
  const link = make('a', { href: addressOf({ ...listOf(place), q: '', view: 'quote' }) },
    'check it as a quotation');
  link.addEventListener('click', () => { keepQuotation(place.q); });
  return link;
}

function offerNode(place, why, total) {
  return make('li', {},
    make('a', { href: addressOf(place) }, make('code', {}, place.q)),
    make('span', { className: 'why' }, why),
    make('span', { className: 'total' }, total === null ? '' : count(total, 'article')));
}
