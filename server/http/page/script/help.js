/* ---- help: every construct with an example that finds something here ---- */

/* Words of one text in a row, a x b, and a word of another: what they make is in the articles. */
const CONSTRUCTS = [
  [({ a, b }) => `${a} ${b}`, 'both words, anywhere in the article, their inflections too'],
  [({ a, x, b }) => `"${a} ${x} ${b}"`, 'exactly this phrase; “…” and «…» do as well'],
  [({ a }) => `=${a}`, 'this very word, without its inflections'],
  [({ a, c }) => `${a} -${c}`, 'the one without the other; -"a phrase" too'],
  [({ a, c }) => `${a} OR ${c}`, 'either of them; brackets keep together what belongs together'],
  [({ a, b }) => `"${a} ${b}"~3`, 'in this order, at most 3 other words in between'],
  [({ a, b }) => `${b} NEAR/5 ${a}`, 'at most 5 words apart, in any order; ADJ/5 in this order'],
  [({ a, b }) => `"${a} * ${b}"`, 'exactly one word, any'],
  [({ a }) => `${a.slice(0, 4)}*`, 'every word that begins so; ? is one letter'],
  [({ b }) => `${b.slice(0, 2)}${b[3]}${b[2]}${b.slice(4)}~1`, 'spelled nearly so; ~2 less nearly'],
  [({ title }) => title && `title:${title}`, 'in the title; also source: author: tag: lang: id:'],
  [({ month }) => month && `date:${month}`, 'a day, a month or a year; or a span, date:2014..2015'],
];
const STANDARD_WORDS = { a: 'harbour', x: 'and', b: 'lights', c: 'storm', title: 'storm',
  month: '2015-10' };

function openHelp() {
  part('help').showModal();
  showConstructs(STANDARD_WORDS, here.index);
  wordsOf(here).then((words) => words && showConstructs(words, here.index)).catch(() => null);
}

async function wordsOf(place) {
  const texts = await textsOf(place);
  if (!texts.length) return null;
  const [a, x, b] = texts[0].phrase.split(' ');
  const found = texts.map((text) => text.hit);
  const other = texts.map((text) => text.phrase.split(' ')[0]).find((word) => word !== a);
  const fields = fieldQuestions(found).map((one) => one.q);
  const value = (name) => fields.find((q) => q.startsWith(name))?.slice(name.length);
  return { a, x, b, c: other ?? 'storm', title: value('title:'), month: value('date:') };
}

function showConstructs(words, index) {
  const rows = CONSTRUCTS.map(([write, why]) => [write(words), why]).filter(([q]) => q);
  part('constructs').replaceChildren(...rows.map(([q, why]) => {
    const link = make('a', { href: addressOf({ ...START, index, q }) }, make('code', {}, q));
    return make('div', {}, make('dt', {}, link), make('dd', {}, why));
  }));
}
