// Which cards are shown, and in which order.

/** Every body of the document with the number of its tasks, the busiest first. */
function bodies(tasks) {
  const count = new Map();
  for (const task of tasks) {
    const names = new Set(ROLES.flatMap((role) => (task[role] || []).map(bodyName)));
    for (const name of names) count.set(name, (count.get(name) || 0) + 1);
  }
  return [...count].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'vi'));
}

function flags(tasks) {
  const count = new Map();
  for (const task of tasks) for (const flag of task.flags) count.set(flag, (count.get(flag) || 0) + 1);
  return [...count].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

function option(value, words) {
  return el('option', { value }, words);
}

/** The bar above the cards. */
function tools(view) {
  const { tasks } = view;
  const found = view.doc.diff.length > 0;
  const change = { on: { input: () => view.filter() } };
  return el('div', { id: 'tools' },
    el('div', { class: 'row' },
      el('input', { id: 'search', type: 'search', placeholder: w('filter.search'), 'aria-label': w('filter.search'), ...change }),
      el('button', { type: 'button', data: { action: 'clear' }, id: 'clear', hidden: true }, w('filter.clear')),
      el('span', { id: 'count', 'aria-live': 'polite' })),
    el('div', { class: 'row' },
      el('select', { id: 'body', 'aria-label': w('filter.body'), ...change },
        option('', w('filter.body')), bodies(tasks).map(([name, n]) => option(name, `${name} (${n})`))),
      el('select', { id: 'flag', 'aria-label': w('filter.flag'), ...change },
        option('', w('filter.flag')), option('*', w('filter.any-flag')), flags(tasks).map(([flag, n]) => option(flag, `${w('flag.' + flag)} (${n})`))),
      el('select', { id: 'limit', 'aria-label': w('filter.limit'), ...change },
        ['', 'some', 'none', 'dated', 'recurring', 'undated', 'until'].map((v) => option(v, w('filter.limit' + (v && '.' + v))))),
      el('input', { id: 'until', type: 'date', 'aria-label': w('filter.limit.until'), hidden: true, ...change })),
    el('div', { class: 'row' },
      el('label', {}, el('input', { id: 'flagged-first', type: 'checkbox', ...change }), ' ', w('filter.flagged-first')),
      found && el('label', {}, el('input', { id: 'differing', type: 'checkbox', ...change }), ' ', w('filter.differing'))));
}

const LIMIT_TESTS = {
  some: (limits) => limits.length > 0,
  none: (limits) => limits.length === 0,
  dated: (limits) => limits.some((d) => d.due),
  recurring: (limits) => limits.some((d) => d.kind === 'recurring' || d.kind === 'ongoing'),
  undated: (limits) => limits.some((d) => !d.due && ['by', 'within', 'relative'].includes(d.kind)),
};

/** The numbers of the tasks to show, in the order to show them in. */
function chosen(view) {
  const value = (id) => ($(id) ? $(id).value : '');
  const words = plain(value('search')).split(/\s+/).filter(Boolean);
  const [body, flag, limit, until] = ['body', 'flag', 'limit', 'until'].map(value);
  const fits = (task, i) =>
    words.every((word) => view.haystack(i).includes(word))
    && (!body || ROLES.some((role) => (task[role] || []).some((a) => bodyName(a) === body)))
    && (!flag || (flag === '*' ? task.flags.length > 0 : task.flags.includes(flag)))
    && (!limit || (limit === 'until' ? !until || task.deadlines.some((d) => d.due && d.due <= until) : LIMIT_TESTS[limit](task.deadlines)))
    && (!($('differing') && $('differing').checked) || view.diffs[i].length > 0);
  const shown = view.tasks.map((task, i) => i).filter((i) => fits(view.tasks[i], i));
  if (!$('flagged-first').checked) return shown;
  const doubt = (i) => view.tasks[i].flags.length + view.diffs[i].length;
  return [...shown.filter((i) => doubt(i) > 0).sort((a, b) => doubt(b) - doubt(a) || a - b), ...shown.filter((i) => doubt(i) === 0)];
}
