/* ---- the empty box: five questions, made from what is in this index ---- */

const START = { q: '', sort: '', view: '', group: '', article: null };
const examples = new Map();

function openStart() {
  asking?.abort();
  setWaiting(false);
  clearTrouble();
  emptyList();
  document.title = 'Verbatim';
  enter('start');
  showExamples(here);
}

async function showExamples(place) {
  const key = place.index;
  if (!examples.has(key)) examples.set(key, await makeExamples(place).catch(() => null));
  if (here.q || here.article !== null || here.index !== key) return;
  const made = examples.get(key);
  if (!made) examples.delete(key);
  part('examples').replaceChildren(...(made ?? STANDARD).map((one) =>
    offerNode({ ...START, index: place.index, q: one.q }, one.why, one.total ?? null)));
}

const STANDARD = [
  { q: 'harbour lights', why: 'both words, anywhere' },
  { q: '"out of the question"', why: 'exactly this phrase' },
  { q: 'harbour -lights', why: 'the one without the other' },
  { q: '(harbour OR port) storm', why: 'either of two, and a third' },
  { q: 'title:storm', why: 'in the title' },
];

/* Some articles of the index with a phrase of each. */
async function textsOf(place) {
  const some = await fetchJson(searchPath({ index: place.index, q: '-' + 'zq'.repeat(8) }, 0, 12));
  return some.hits.map((hit) => ({ hit, phrase: phraseIn(hit) })).filter((one) => one.phrase);
}

/* Some articles of the index are looked into for words and a phrase that are sure to be found. */
async function makeExamples(place) {
  const ask = (q, limit) => fetchJson(searchPath({ index: place.index, q }, 0, limit));
  const texts = await textsOf(place);
  if (!texts.length) return null;
  const made = await Promise.all(questionsFrom(texts).map(async (choices) => {
    for (const one of choices) {
      const { total, query } = await ask(one.q, 0);
      if (total.value > 0 && !query.any_words) return { ...one, total: total.value };
    }
    return null;
  }));
  return made.filter(Boolean);
}

/* What says little and is as long. */
const SMALL_WORDS = new RegExp('(^| )(about|above|after|again|along|among|because|before|being|below|'
  + 'between|could|during|every|might|other|shall|should|since|still|their|there|these|thing|those|'
  + 'through|under|until|where|which|while|whose|would)( |$)');

/* Three plain words in a row, of which the outer two say something; not too long a line. */
function phraseIn(hit) {
  const text = array(hit.snippets)[0]?.text ?? '';
  const runs = text.match(/(?<![\p{L}\p{N}'’-])\p{Ll}{5,} \p{L}+ \p{Ll}{5,}(?![\p{L}\p{N}'’-])/gu);
  const fit = (run) => Math.abs(run.length - 22) + (SMALL_WORDS.test(run) ? 99 : 0);
  return (runs ?? []).sort((a, b) => fit(a) - fit(b))[0] ?? null;
}

/* For each construct some questions, the better ones first. */
function questionsFrom(texts) {
  const [first, second = first, third = second] = texts;
  const ends = (text) => { const words = text.phrase.split(' '); return [words[0], words[2]]; };
  const [a, b] = ends(first);
  const [c, d] = ends(second);
  const [e, f] = ends(third);
  const without = [`${e} -${a === e ? c : a}`, `${a} -"${second.phrase}"`, `${a} -mermaid`];
  return [
    [{ q: `${b} ${a}`, why: 'both words, anywhere' }],
    [{ q: `"${second.phrase}"`, why: 'exactly this phrase' }],
    without.map((q) => ({ q, why: 'the one without the other' })),
    [{ q: `(${d} OR ${f}) ${d === c ? e : c}`, why: 'either of two, and a third' }],
    fieldQuestions(texts.map((text) => text.hit)),
  ];
}

function fieldQuestions(found) {
  const month = found.map((hit) => /^\d{4}-\d\d/.exec(hit.date ?? '')?.[0]).find(Boolean);
  const titled = found.filter((hit) => hit.title && !hit.title_derived);
  const word = titled.map((hit) => /\p{L}{5,}/u.exec(hit.title)?.[0].toLowerCase()).find(Boolean);
  const source = found.flatMap((hit) => list(hit.source)).find((one) => !one.includes('"'));
  return [
    month && { q: `date:${month}`, why: `written in ${dateText(month, true)}` },
    word && { q: `title:${word}`, why: 'in the title' },
    source && { q: `source:"${source}"`, why: 'from this source' },
    { q: `id:"${found[0].id}"`, why: 'the article of this id' },
  ].filter(Boolean);
}
