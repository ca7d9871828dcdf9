/* ---- how what is half typed may go on ---- */

const COMPLETIONS = 5;
let completing = null; /* AbortController of the completions under way */

/* Offered below the box; nothing is put into it unasked. */
async function askCompletions() {
  const typed = box.value;
  completing?.abort();
  completing = new AbortController();
  const { signal } = completing;
  const given = new URLSearchParams({ q: typed, limit: COMPLETIONS });
  if (here.index) given.set('index', here.index);
  const told = /\S$/.test(typed)
    ? await fetchJson('/suggest?' + given, signal).catch(() => null) : null;
  if (signal.aborted || box.value !== typed) return;
  showCompletions(array(told?.completions));
}

function showCompletions(completions) {
  const offered = completions.filter((one) => one.text.trim() !== box.value.trim());
  part('completions').replaceChildren(...offered.map((one) => {
    const link = make('a', { href: addressOf({ ...listOf(here), view: '', group: '', q: one.text }),
      dir: 'auto' }, one.text);
    return link;
  }));
}
